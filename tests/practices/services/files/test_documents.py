"""A document is what its name says, and nothing in it runs by itself (fault A9)."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from practices.services.files.documents import LOOKERS, check_document
from practices.services.files.unfit import UnfitFileError

KINDS = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": ("[Content_Types].xml", "ppt/presentation.xml"),
}


def office(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as parts:
        if mimetype:
            parts.writestr("mimetype", mimetype)
        for name in names:
            parts.writestr(name, "<x/>")
    return file.getvalue()


def odt(*names: str) -> bytes:
    return office("content.xml", *names, mimetype="application/vnd.oasis.opendocument.text")


def pdf(change: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")}
    )
    if change == "script":
        tree = DictionaryObject(
            {NameObject("/Names"): ArrayObject([TextStringObject("x"), action])}
        )
        writer.root_object[NameObject("/Names")] = DictionaryObject(
            {NameObject("/JavaScript"): tree}
        )
    elif change == "opens":
        writer.root_object[NameObject("/OpenAction")] = action
    elif change == "page":
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    elif change in ("next", "round"):
        first = DictionaryObject({NameObject("/S"): NameObject("/GoTo")})
        chain = ArrayObject([action]) if change == "next" else writer._add_object(first)
        first[NameObject("/Next")] = chain
        writer.root_object[NameObject("/OpenAction")] = first
    elif change == "odd":
        page[NameObject("/AA")] = ArrayObject([action])
    elif change == "launch":
        action[NameObject("/S")] = NameObject("/Launch")
        writer.root_object[NameObject("/OpenAction")] = action
    elif change == "file":
        writer.add_attachment("x.exe", b"MZ")
    elif change == "link":
        action[NameObject("/S")] = NameObject("/URI")
        writer.root_object[NameObject("/OpenAction")] = action
    elif change == "password":
        writer.encrypt("geheim")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


GOOD = {
    **{kind: office(*names) for kind, names in KINDS.items()},
    "odt": odt(),
    "ods": office("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "pdf": pdf(),
    "txt": "Gewone tekst, met é.".encode(),
    "csv": b"a;b\n1;2\n",
}


def refusal(content: bytes, extension: str) -> str:
    file = io.BytesIO(content)
    with pytest.raises(UnfitFileError) as caught:
        check_document(file, extension)
    assert file.tell() == 0
    return str(caught.value)


@pytest.mark.parametrize("extension", LOOKERS)
def test_what_it_says_it_is_is_taken(extension: str) -> None:
    file = io.BytesIO(GOOD[extension])
    check_document(file, extension)
    assert file.read() == GOOD[extension]


@pytest.mark.parametrize("extension", LOOKERS)
@pytest.mark.parametrize("other", ["html", *GOOD])
def test_what_is_something_else_is_not(extension: str, other: str) -> None:
    alike = {extension, "txt", "csv"} if extension in ("txt", "csv") else {extension}
    if other in alike or (other == "pdf" and extension in ("txt", "csv")):
        return
    content = b"<!DOCTYPE html><script>x()</script>" if other == "html" else GOOD[other]
    assert "iets anders" in refusal(content, extension)


@pytest.mark.parametrize("change", ["script", "opens", "page", "next", "round", "launch", "file"])
def test_a_pdf_that_does_something_by_itself_is_refused(change: str) -> None:
    assert "nieuwe PDF" in refusal(pdf(change), "pdf")


def test_a_pdf_that_opens_with_a_link_does_nothing_by_itself() -> None:
    check_document(io.BytesIO(pdf("link")), "pdf")


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (office(*KINDS["docx"], "word/vbaProject.bin"), "docx"),
        (office(*KINDS["xlsx"], "xl/activeX/activeX1.xml"), "xlsx"),
        (odt("Basic/Standard/Module1.xml"), "odt"),
        (odt("Scripts/python/x.py"), "odt"),
    ],
)
def test_macros_are_refused_with_what_to_do(content: bytes, extension: str) -> None:
    assert "zonder macro" in refusal(content, extension)


def test_what_has_a_password_is_refused_with_what_to_do() -> None:
    assert "wachtwoord" in refusal(pdf("password"), "pdf")
    assert "wachtwoord" in refusal(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "docx")


def test_half_a_file_is_refused_with_what_to_do() -> None:
    assert "opnieuw" in refusal(GOOD["docx"][:60], "docx")
    assert "opnieuw" in refusal(b"%PDF-1.7 en dan niets", "pdf")
    assert "opnieuw" in refusal(pdf("odd"), "pdf")


def test_what_makes_the_reader_fall_over_is_refused_with_what_to_do() -> None:
    kind = "application/vnd.oasis.opendocument.text"
    assert "opnieuw" in refusal(office("MIMETYPE"), "odt")
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", kind * 20)
    content = bytearray(file.getvalue())
    content[45:60] = b"\xff" * 15
    assert "opnieuw" in refusal(bytes(content), "odt")


def test_the_work_is_bounded() -> None:
    assert "te veel" in refusal(office(*(f"word/{one}.xml" for one in range(5001))), "docx")
