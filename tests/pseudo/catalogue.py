"""Makes the catalogue of the pseudo language from the messages of the Dutch one."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
import wagtail

from tests.faults.gunicorn import ROOT
from tests.pseudo import CLOSES, CODE, OPENS

OURS = tuple(
    ROOT / f"{package}/locale/nl/LC_MESSAGES/django.po"
    for package in ("cms", "practices", "search")
)
DJANGO = Path(django.__file__).parent
WAGTAIL = Path(wagtail.__file__).parent
THEIRS = (
    *(DJANGO / f"{place}/locale/en/LC_MESSAGES/django.po" for place in ("conf", "contrib/auth")),
    *(WAGTAIL / f"{place}locale/en/LC_MESSAGES/django.po" for place in ("", "admin/", "users/")),
)
"""Their sentences stand between ours: the errors of forms, months, the frame of the admin."""
GROWS = 1.4
FILLING = "langer dan het was "
HEAD = r"""msgid ""
msgstr ""
"Project-Id-Version: WegWijzer\n"
"PO-Revision-Date: 2026-11-26 00:00+0000\n"
"Last-Translator: nobody\n"
"Language-Team: none\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Language: %s\n"

"""
LINE = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$')

Entry = dict[str, str]


def has_gettext() -> bool:
    """Whether this machine can compile a catalogue."""
    return shutil.which("msgfmt") is not None


def make(folder: Path) -> Path:
    """Write and compile the catalogue; returns what belongs in LOCALE_PATHS."""
    messages = folder / CODE / "LC_MESSAGES"
    messages.mkdir(parents=True)
    source = messages / "django.po"
    source.write_text(HEAD % CODE + "\n\n".join(_translated(_all_entries())) + "\n")
    subprocess.run(
        ["msgfmt", "--check", "--output-file", str(source.with_suffix(".mo")), str(source)],
        check=True,
    )
    return folder


def longer(text: str, *others: str) -> str:
    """A text in brackets, 40 % longer than the longest way to say it."""
    start, end = re.match(r"\s*", text), re.search(r"\s*$", text)
    assert start
    assert end
    need = round(max(map(len, (text, *others))) * GROWS) - len(text) - len(OPENS + CLOSES)
    # One word becomes a longer word, as languages do; a sentence gets more words.
    filling = FILLING if " " in text.strip() else FILLING.replace(" ", "")
    added = (filling * (need // len(filling) + 1))[: max(0, need)].rstrip()
    space = " " if " " in text.strip() and added else ""
    return f"{start[0]}{OPENS}{text.strip()}{space}{added}{CLOSES}{end[0] if text.strip() else ''}"


def _all_entries() -> Iterator[Entry]:
    seen = set()
    for path in (*OURS, *THEIRS):
        for entry in entries(path.read_text()):
            key = (entry.get("msgctxt"), entry["msgid"])
            if entry["msgid"] and key not in seen:
                seen.add(key)
                yield entry


def entries(text: str) -> Iterator[Entry]:
    """The messages of a `.po`, without comments."""
    for block in text.split("\n\n"):
        entry: Entry = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if match := LINE.match(line):
                key, line = match.groups()
            entry[key] = entry.get(key, "") + ast.literal_eval(line)
        if "msgid" in entry:
            yield entry


def _translated(found: Iterable[Entry]) -> Iterator[str]:
    for entry in found:
        lines = [f"{key} {_quoted(entry[key])}" for key in ("msgctxt", "msgid") if key in entry]
        if "msgid_plural" in entry:
            one = longer(entry["msgid"], entry.get("msgstr[0]", ""))
            more = longer(entry["msgid_plural"], entry.get("msgstr[1]", ""))
            lines += [
                f"msgid_plural {_quoted(entry['msgid_plural'])}",
                f"msgstr[0] {_quoted(one)}",
                f"msgstr[1] {_quoted(more)}",
            ]
        else:
            lines.append(f"msgstr {_quoted(longer(entry['msgid'], entry.get('msgstr', '')))}")
        yield "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
