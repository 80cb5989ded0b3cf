"""Binding the parts into one file whose bytes depend on nothing but the parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from letters.press.docx.runs import Relations

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can say; the moment of rendering is nobody's business."""


@dataclass(frozen=True, slots=True)
class Member:
    """A part of the file: its name below ``word/``, and the name of its kind in python-docx.

    ``relation`` is the id under which the document speaks of it.
    """

    name: str
    kind: str
    xml: bytes
    relation: str
    relations: Relations | None = None


def bind(document: bytes, relations: Relations, members: Sequence[Member], core: bytes) -> bytes:
    """A .docx of the document, its members and the pictures and links they refer to.

    The package starts empty rather than from python-docx's template, which carries a thumbnail,
    dates of 2013 and the name of the program it was made with.
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = OpcPackage()
    main = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, document)
    package.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main, "rId1")
    properties = Part(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, core)
    package.load_rel(RELATIONSHIP_TYPE.CORE_PROPERTIES, properties, "rId2")

    owners = [(main, relations)]
    for member in members:
        prefix = "OFC" if member.kind == "THEME" else "WML"
        content_type = getattr(CONTENT_TYPE, f"{prefix}_{member.kind}")
        part = Part(PackURI(f"/word/{member.name}"), content_type, member.xml)
        main.load_rel(getattr(RELATIONSHIP_TYPE, member.kind), part, member.relation)
        if member.relations:
            owners.append((part, member.relations))
    for owner, spoken_of in owners:
        for href, relation in spoken_of.addresses.items():
            owner.load_rel(RELATIONSHIP_TYPE.HYPERLINK, href, relation, is_external=True)
    for number, (png, relation) in enumerate(relations.pictures.items(), start=1):
        picture = Part(PackURI(f"/word/media/image{number}.png"), CONTENT_TYPE.PNG, png)
        main.load_rel(RELATIONSHIP_TYPE.IMAGE, picture, relation)

    written = io.BytesIO()
    package.save(written)
    return _undated(written)


def _undated(written: io.BytesIO) -> bytes:
    """The same zip without the time, the system and the rights that zipfile writes into it."""
    bound = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(bound, "w") as target:
        for name in source.namelist():
            plain = zipfile.ZipInfo(name, _EARLIEST)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.create_system = 0
            target.writestr(plain, source.read(name))
    return bound.getvalue()
