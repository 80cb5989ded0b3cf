"""All letters in one PDF for a printer that prints on both sides: each begins on a front side."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

from letters.post.paper.objects import Copier, Objects, dictionary

MADE_BY = "letters print"
"""Stands in every file that is made here, so that no other file is ever replaced."""

_PRINTED = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Group", "/UserUnit")
_NOTE_PARTS = ("/Type", "/Subtype", "/Rect", "/F", "/AS")
_NOT_PRINTED = ("/Link", "/Popup", "/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia")
_HIDDEN, _PRINT = 2, 4  # flags of an annotation


def is_ours(path: Path) -> bool:
    """Whether a file was made here, and may be replaced."""
    with _quiet():
        try:
            about = PdfReader(io.BytesIO(path.read_bytes())).metadata
        except Exception:  # noqa: BLE001 - a file that is no PDF can raise anything
            return False
    return about is not None and about.creator == MADE_BY


class UnfitFileError(Exception):
    """A PDF can't be printed as it is; says why, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)  # both, so that it can travel from another process
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Part:
    """What one PDF adds: its pages, and their sizes in points (width, height) in order."""

    pages: int
    sizes: tuple[tuple[float, float], ...]

    @property
    def sheets(self) -> int:
        """Sheets of paper, printed on both sides."""
        return (self.pages + 1) // 2


@dataclass(frozen=True, slots=True)
class _Taken:
    part: Part
    pages: tuple[DictionaryObject, ...]


class Bundle:
    """The PDF under construction; equal PDFs in the same order give equal bytes."""

    def __init__(self) -> None:
        self._objects = Objects()
        self._tree = self._objects.reserve()
        self._kids = ArrayObject()
        self._taken: dict[bytes, _Taken] = {}

    @property
    def pages(self) -> int:
        """How many pages there are, with those that were left blank."""
        return len(self._kids)

    def add(self, data: bytes) -> Part:
        """Put a PDF behind the others, and a blank page behind it if its last one is a front side.

        Raises UnfitFileError.
        """
        digest = hashlib.sha256(data).digest()
        if digest not in self._taken:
            self._taken[digest] = self._take(data)
        return self.again(digest)

    def again(self, digest: bytes) -> Part:
        """Put a PDF that was added before behind the others; ``digest`` is its SHA-256."""
        taken = self._taken[digest]
        for page in taken.pages:
            self._put(page)
        if taken.part.pages % 2:
            self._put(_blank(taken.pages[-1]))
        return taken.part

    def close(self, title: str) -> bytes:
        """The whole PDF, which asks for both sides, the right tray, and no change of size."""
        put = self._objects.put
        count = len(self._kids)
        put(dictionary(Type="Pages", Kids=self._kids, Count=count), self._tree)
        wishes = dictionary(
            Duplex="DuplexFlipLongEdge",
            PrintScaling="None",
            PickTrayByPDFSize=BooleanObject(True),
        )
        root = put(dictionary(Type="Catalog", Pages=self._tree, ViewerPreferences=wishes))
        info = dictionary(Title=TextStringObject(title), Creator=TextStringObject(MADE_BY))
        return self._objects.close(root, put(info))

    def _put(self, page: DictionaryObject) -> None:
        page = DictionaryObject(page)
        page[NameObject("/Parent")] = self._tree
        self._kids.append(self._objects.put(page, self._objects.reserve()))

    def _take(self, data: bytes) -> _Taken:
        with _quiet():
            try:
                return self._read(data)
            except UnfitFileError:
                raise
            except Exception:  # noqa: BLE001 - a broken file can raise anything
                message = "can’t be read as a PDF"
                raise UnfitFileError(message, "open it, and save it as a PDF again") from None

    def _read(self, data: bytes) -> _Taken:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnfitFileError("is encrypted", "save a copy without a password")
        if _has_hidden_layers(reader):
            hint = "print it to a new PDF, so that only what is to be seen is in it"
            raise UnfitFileError("has layers that are switched off", hint)
        copier, pages, sizes = Copier(self._objects), list[DictionaryObject](), []
        for page in reader.pages:
            copy = dictionary(Type="Page")
            for key in _PRINTED:
                if key in page:
                    copy[NameObject(key)] = copier.copied(page.raw_get(key))
            if notes := [copier.copied(note) for note in _notes(page)]:
                copy[NameObject("/Annots")] = ArrayObject(notes)
            pages.append(copy)
            sizes.append(_size(page))
        if not pages:
            raise UnfitFileError("has no pages", "choose another file")
        return _Taken(Part(len(pages), tuple(sizes)), tuple(pages))


def _has_hidden_layers(reader: PdfReader) -> bool:
    layers: Any = reader.root_object.get("/OCProperties", {})
    usual: Any = layers.get_object().get("/D", {}) if layers else {}
    off = usual.get_object() if usual else {}
    return bool(off.get("/OFF")) or off.get("/BaseState") == "/OFF"


def _notes(page: PageObject) -> Iterator[PdfObject]:
    """The annotations that a printer prints, such as a stamp or a field that was filled in."""
    for each in page.get("/Annots") or ():
        note: Any = each.get_object()
        flags = int(note.get("/F", 0))
        seen = flags & _PRINT and not flags & _HIDDEN and "/AP" in note
        if seen and note.get("/Subtype") not in _NOT_PRINTED:
            kept = {NameObject(key): note.raw_get(key) for key in _NOTE_PARTS if key in note}
            look = note["/AP"].get_object().raw_get("/N")
            yield DictionaryObject({**kept, NameObject("/AP"): DictionaryObject({"/N": look})})


def _size(page: PageObject) -> tuple[float, float]:
    """Width and height in points, as they lie before the reader."""
    unit = float(page.get("/UserUnit", 1))
    width, height = float(page.cropbox.width) * unit, float(page.cropbox.height) * unit
    turned = page.rotation % 180 == 90
    return (height, width) if turned else (width, height)


def _blank(page: DictionaryObject) -> DictionaryObject:
    """An empty page of the same size."""
    kept = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
    blank = dictionary(Type="Page", Resources=DictionaryObject())
    blank.update({NameObject(key): page.raw_get(key) for key in kept if key in page})
    return blank


@contextmanager
def _quiet() -> Iterator[None]:
    """What pypdf mends in passing is nobody's concern here."""
    logger = logging.getLogger("pypdf")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
