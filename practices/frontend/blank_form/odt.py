"""Writes the blank form as an OpenDocument text, which Word and LibreOffice open.

OpenDocument, because it is the standard that Dutch government must offer; a package of a few small
XML files, so that no library is needed.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.frontend.blank_form.chapters import Chapter, Question

MIME_TYPE = "application/vnd.oasis.opendocument.text"
NEVER = (1980, 1, 1, 0, 0, 0)
"""The date of the files in the package, so that the same form gives the same bytes."""
LINES = 6

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "office": f"{_OFFICE}:office:1.0",
        "text": f"{_OFFICE}:text:1.0",
        "style": f"{_OFFICE}:style:1.0",
        "fo": f"{_OFFICE}:xsl-fo-compatible:1.0",
        "meta": f"{_OFFICE}:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES = (
    ("Title", "", 'fo:margin-bottom="0.4cm"', 'fo:font-size="22pt" fo:font-weight="bold"'),
    (
        "Heading_20_1",
        "Heading 1",
        'fo:break-before="auto" fo:margin-top="0.9cm" fo:margin-bottom="0.2cm"'
        ' fo:keep-with-next="always"',
        'fo:font-size="17pt" fo:font-weight="bold" fo:color="#0a5c68"',
    ),
    (
        "Heading_20_2",
        "Heading 2",
        'fo:margin-top="0.6cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"',
        'fo:font-size="13pt" fo:font-weight="bold"',
    ),
    (
        "Heading_20_3",
        "Heading 3",
        'fo:margin-top="0.4cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"',
        'fo:font-size="11pt" fo:font-weight="bold"',
    ),
    ("Text_20_body", "Text body", 'fo:margin-bottom="0.2cm"', ""),
    ("Help", "", 'fo:margin-bottom="0.15cm" fo:keep-with-next="always"', 'fo:color="#54626a"'),
    ("Option", "", 'fo:margin-left="0.6cm" fo:text-indent="-0.6cm"', ""),
    ("Narrower", "", 'fo:margin-left="1.4cm" fo:text-indent="-0.6cm"', ""),
    (
        "Answer",
        "",
        'fo:border="0.5pt solid #7b868b" fo:padding="0.15cm" fo:margin-top="0.1cm"'
        ' fo:margin-bottom="0.2cm"',
        "",
    ),
)  # fmt: skip


def write_odt(chapters: Iterable[Chapter]) -> bytes:
    """The document as bytes."""
    title = _("Describe a practice: the form to fill in beforehand")
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as file:
        # The first file tells what the package is, and stands there uncompressed.
        _add(file, "mimetype", MIME_TYPE, ZIP_STORED)
        _add(file, "META-INF/manifest.xml", _manifest())
        _add(file, "meta.xml", _meta(title))
        _add(file, "styles.xml", _styles())
        _add(file, "content.xml", _content(title, chapters))
    return package.getvalue()


def _add(file: ZipFile, name: str, text: str, how: int = ZIP_DEFLATED) -> None:
    info = ZipInfo(name, NEVER)
    info.compress_type = how
    file.writestr(info, text.encode())


def _manifest() -> str:
    space = f"{_OFFICE}:manifest:1.0"
    entries = [("/", MIME_TYPE)]
    entries += [(f"{name}.xml", "text/xml") for name in ("content", "styles", "meta")]
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in entries
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
        f"{rows}</manifest:manifest>"
    )


def _meta(title: str) -> str:
    return (
        f'{_HEAD}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{_language()}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _language() -> str:
    """A language with a country, for a spelling checker; "none" where no country is known."""
    language, _dash, country = (get_language() or "nl").partition("-")
    return f"{language}-{country.upper() or {'nl': 'NL'}.get(language, 'none')}"


def _styles() -> str:
    language, _dash, country = _language().partition("-")
    default = (
        '<style:default-style style:family="paragraph"><style:text-properties'
        ' fo:font-family="Arial" fo:font-size="11pt"'
        f' fo:language="{language}" fo:country="{country}"/></style:default-style>'
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:display-name="{shown or name}"'
        f' style:family="paragraph"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
        for name, shown, paragraph, text in _STYLES
    )
    page = (
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties'
        ' fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="A4"/>'
        "</office:master-styles>"
    )
    return (
        f'{_HEAD}<office:document-styles {_NAMESPACES} office:version="1.3">'
        f"<office:styles>{default}{styles}</office:styles>{page}</office:document-styles>"
    )


def _content(title: str, chapters: Iterable[Chapter]) -> str:
    parts = [
        _paragraph("Title", title),
        _paragraph(
            "Text_20_body", _("What is marked “needed” must be there to submit a practice.")
        ),
        _paragraph("Text_20_body", _("Name no persons, addresses or very small groups.")),
    ]
    for chapter in chapters:
        parts.append(_heading(1, chapter.heading))
        for question in chapter.questions:
            parts += _question(question, 2)
    body = "".join(parts)
    return (
        f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def _question(question: Question, level: int) -> Iterator[str]:
    needed = f" ({_('needed')})" if question.is_needed else ""
    yield _heading(level, question.label + needed)
    hints = [hint for hint in (question.help_text, question.choice) if hint]
    if question.parts:
        hints.append(_("More than one? Copy these questions."))
    if hints:
        yield _paragraph("Help", " ".join(hints))
    for option in question.options:
        text = f"☐ {option.label}" + (f": {option.definition}" if option.definition else "")
        yield _paragraph("Narrower" if option.is_narrower else "Option", text)
    for part in question.parts:
        yield from _question(part, level + 1)
    if not question.options and not question.parts:
        breaks = "" if question.is_line else "<text:line-break/>" * (LINES - 1)
        yield f'<text:p text:style-name="Answer">{breaks}</text:p>'


def _heading(level: int, text: str) -> str:
    style = f'text:style-name="Heading_20_{level}" text:outline-level="{level}"'
    return f"<text:h {style}>{escape(text)}</text:h>"


def _paragraph(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'
