"""Lets a Java program do without modules that its Java lacks.

Elasticsearch asks for jdk.jlink and jdk.jdi, only to forbid its plugins their use; the Java that
can be had as a package has neither. A demand of a module is a flag in a class file: this changes
it to "if present" (Java Virtual Machine Specification, 4.4 and 4.7.25).
"""

import struct
import zipfile
from collections.abc import Collection
from pathlib import Path

IF_PRESENT = 0x0040
"""ACC_STATIC_PHASE: needed to compile, optional to run."""

UTF8, LONG, DOUBLE, MODULE = 1, 5, 6, 19
SIZES = {3: 4, 4: 4, LONG: 8, DOUBLE: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2}
SIZES |= {17: 4, 18: 4, MODULE: 2, 20: 2}
"""Bytes of each kind of constant after its tag."""


def make_optional(jar: Path, modules: Collection[str]) -> None:
    """Rewrite a modular jar so that it needs these modules no longer."""
    partial = jar.with_suffix(".partial")
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(partial, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            is_declaration = entry.filename == "module-info.class"
            new.writestr(entry, _changed(content, modules) if is_declaration else content)
    partial.replace(jar)


def _changed(content: bytes, modules: Collection[str]) -> bytes:
    """The declaration of a module, with these demands made optional."""
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
