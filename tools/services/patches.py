"""Lets Elasticsearch run on a Java without what it asks for and we don't use.

The Java that can be had as a package has no jdk.jlink and jdk.jdi, which Elasticsearch names only
to forbid them to its plugins, and no Thai, without which Lucene lets no index be made. Class files
are changed as the Java Virtual Machine Specification describes them (4.4, 4.7.25, 6.5).
"""

import re
import struct
import zipfile
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from tools.services import ServiceError

IF_PRESENT = 0x0040
"""ACC_STATIC_PHASE: needed to compile, optional to run."""

UTF8, LONG, DOUBLE, MODULE = 1, 5, 6, 19
SIZES = {3: 4, 4: 4, LONG: 8, DOUBLE: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2}
SIZES |= {17: 4, 18: 4, MODULE: 2, 20: 2}
"""Bytes of each kind of constant after its tag."""


THAI_DEMAND = re.compile(rb"\xb2..(?=\x9a..\xbb)", re.DOTALL)
"""In the constructor of Lucene's tokenizer: get the field that tells whether there is Thai …"""

THAI_IS_THERE = b"\x04\x00\x00"
"""… before a jump if so, past the error that there is none: push true instead, and do nothing."""


def apply_all(libraries: Path) -> None:
    """Change the jars in Elasticsearch's folder `lib`."""
    (entitlement,) = libraries.glob("elasticsearch-entitlement-*.jar")
    optional = partial(_with_optional, ("jdk.jlink", "jdk.jdi"))
    _rewrite(entitlement, "module-info.class", optional)
    (analysis,) = libraries.glob("lucene-analysis-common-*.jar")
    _rewrite(analysis, "org/apache/lucene/analysis/th/ThaiTokenizer.class", _without_thai)


def _rewrite(jar: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one class in a jar."""
    partial_jar = jar.with_suffix(".partial")
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(partial_jar, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == name else content)
    partial_jar.replace(jar)


def _without_thai(content: bytes) -> bytes:
    changed, count = THAI_DEMAND.subn(THAI_IS_THERE, content)
    if count != 1:
        raise ServiceError("Lucene asks for Thai in another way than before: set ES_JAVA_HOME.")
    return changed


def _with_optional(modules: Collection[str], content: bytes) -> bytes:
    """The declaration of a module that asks for these modules only if they are there."""
    names, at = _constants(content)
    at += 12  # access, class, parent, and no interfaces, fields or methods: just their counts
    (attributes,) = struct.unpack_from(">H", content, at)
    at += 2
    changed = bytearray(content)
    for _attribute in range(attributes):
        name, length = struct.unpack_from(">HI", content, at)
        at += 6
        if names[name] == "Module":
            (demands,) = struct.unpack_from(">H", content, at + 6)
            for demand in range(at + 8, at + 8 + 6 * demands, 6):
                module, flags = struct.unpack_from(">HH", content, demand)
                if names[module] in modules:
                    struct.pack_into(">H", changed, demand + 2, flags | IF_PRESENT)
        at += length
    return bytes(changed)


def _constants(content: bytes) -> tuple[dict[int, str], int]:
    """The texts and names of modules by their number, and where the constants end."""
    (count,) = struct.unpack_from(">H", content, 8)
    texts: dict[int, str] = {}
    modules: dict[int, int] = {}
    at, number = 10, 1
    while number < count:
        tag = content[at]
        (value,) = struct.unpack_from(">H", content, at + 1)
        if tag == UTF8:
            texts[number] = content[at + 3 : at + 3 + value].decode()
            at += 3 + value
        else:
            if tag == MODULE:
                modules[number] = value
            at += 1 + SIZES[tag]
        number += 2 if tag in (LONG, DOUBLE) else 1
    return texts | {number: texts[name] for number, name in modules.items()}, at
