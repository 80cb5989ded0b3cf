"""Binding the parts into one file whose bytes depend on nothing but the parts.

Of the parts of a letter most are those of every other letter too: in one process each is packed
once. How parts refer to each other is written by python-docx, once for all letters that have the
same parts.
"""

from __future__ import annotations

import functools
import io
import zipfile
import zlib
from collections.abc import Sequence
from struct import pack
from typing import TypeAlias

from msgspec import Struct

from letters.press.docx.runs import Relations

_DAY, _VERSION, _DEFLATED = 33, 20, 8
"""1980-01-01, the earliest day that a zip can say: when it was made is nobody's business."""
_RIGHTS = 0o600 << 16
_CUSTOM = "docProps/custom.xml"
_OWN = ("word/document.xml", "word/header2.xml", _CUSTOM)
"""What is another in the letter to each recipient."""
_REMEMBERED = 128
_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"

_Refers: TypeAlias = tuple[tuple[str, str], ...]


class Member(Struct, frozen=True):
    """A part of the file: its name below ``word/``, and the name of its kind in python-docx.

    ``relation`` is the id under which the document speaks of it.
    """

    name: str
    kind: str
    xml: bytes
    relation: str
    relations: Relations | None = None
    fonts: tuple[bytes, ...] = ()


def bind(
    document: bytes,
    relations: Relations,
    members: Sequence[Member],
    core: bytes,
    custom: bytes | None = None,
) -> bytes:
    """A .docx of the document, its members and the pictures and links they refer to.

    Its properties are ``core`` and, if there are any, ``custom`` ones.
    """
    parts = {"word/document.xml": document, "docProps/core.xml": core, _CUSTOM: custom or b""}
    parts |= {f"word/{member.name}": member.xml for member in members}
    fonts = [face for member in members for face in member.fonts]
    parts |= {f"word/{_font_name(number)}": face for number, face in enumerate(fonts, start=1)}
    pictures = enumerate(relations.pictures, start=1)
    parts |= {f"word/media/image{number}.png": png for number, png in pictures}
    outline = _outline(
        tuple(
            (each.name, each.kind, each.relation, _refers(each.relations), len(each.fonts))
            for each in members
        ),
        _refers(relations),
        tuple(relations.pictures.values()),
        custom is not None,
    )
    return _zipped([(name, written or parts[name]) for name, written in outline])


def _refers(relations: Relations | None) -> _Refers:
    return tuple(relations.addresses.items()) if relations else ()


def _font_name(number: int) -> str:
    return f"fonts/font{number}.odttf"


def font_relation(number: int) -> str:
    """The id under which the table of fonts speaks of a face in the file."""
    return f"rIdFace{number}"


@functools.lru_cache(maxsize=_REMEMBERED)
def _outline(
    members: tuple[tuple[str, str, str, _Refers, int], ...],
    links: _Refers,
    pictures: tuple[str, ...],
    has_custom: bool,
) -> tuple[tuple[str, bytes], ...]:
    """The names of all files in a .docx in their order, and what says how they belong together.

    Those whose bytes are the letter's own have none here. The package starts empty rather than from
    python-docx's template, which carries a thumbnail, dates of 2013 and the name of the program it
    was made with.
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = OpcPackage()
    main = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, b"")
    package.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main, "rId1")
    properties = Part(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, b"")
    package.load_rel(RELATIONSHIP_TYPE.CORE_PROPERTIES, properties, "rId2")
    if has_custom:
        custom = Part(PackURI(f"/{_CUSTOM}"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, b"")
        package.load_rel(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, custom, "rId3")

    owners = [(main, links)]
    for name, kind, relation, refers, fonts in members:
        prefix = "OFC" if kind == "THEME" else "WML"
        part = Part(PackURI(f"/word/{name}"), getattr(CONTENT_TYPE, f"{prefix}_{kind}"), b"")
        main.load_rel(getattr(RELATIONSHIP_TYPE, kind), part, relation)
        owners.append((part, refers))
        for number in range(1, fonts + 1):
            face = Part(PackURI(f"/word/{_font_name(number)}"), _FONT, b"")
            part.load_rel(RELATIONSHIP_TYPE.FONT, face, font_relation(number))
    for owner, spoken_of in owners:
        for href, relation in spoken_of:
            owner.load_rel(RELATIONSHIP_TYPE.HYPERLINK, href, relation, is_external=True)
    for number, relation in enumerate(pictures, start=1):
        picture = Part(PackURI(f"/word/media/image{number}.png"), CONTENT_TYPE.PNG, b"")
        main.load_rel(RELATIONSHIP_TYPE.IMAGE, picture, relation)

    written = io.BytesIO()
    package.save(written)
    with zipfile.ZipFile(written) as source:
        return tuple((name, source.read(name)) for name in source.namelist())


def _zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The zip of these files, as zipfile writes it, but without time, system and rights."""
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data in files:
        check, packed = _packed_now(data) if name in _OWN else _packed(data)
        title = name.encode("ascii")
        sizes = (check, len(packed), len(data), len(title))
        told = pack("<5H3L2H", _VERSION, 0, _DEFLATED, 0, _DAY, *sizes, 0)
        out += (b"PK\3\4", told, title, packed)
        rest = pack(
            "<5H3L5H2L", _VERSION, 0, _DEFLATED, 0, _DAY, *sizes, 0, 0, 0, 0, _RIGHTS, offset
        )
        directory += (b"PK\1\2", pack("<H", _VERSION), rest, title)
        offset += 4 + len(told) + len(title) + len(packed)
    listed = b"".join(directory)
    count = len(files)
    end = pack("<4H2LH", 0, 0, count, count, len(listed), offset, 0)
    return b"".join((*out, listed, b"PK\5\6", end))


@functools.lru_cache(maxsize=_REMEMBERED)
def _packed(data: bytes) -> tuple[int, bytes]:
    """The same for parts that many letters have, which is done once."""
    return _packed_now(data)


def _packed_now(data: bytes) -> tuple[int, bytes]:
    """The checksum of a part, and the part as it stands in the zip."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()
