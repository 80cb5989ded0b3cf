"""All letters in one PDF for a printer that prints on both sides: each begins on a front side."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream

from letters.error import LettersError, Status
from letters.post.paper.bare import strip

MADE_BY = "letters print"
"""Stands in every file that is made here, so that no other file is ever replaced."""

_PRINTED = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Group", "/UserUnit")
_SIZE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_NOTE_PARTS = ("/Type", "/Subtype", "/Rect", "/F", "/AS")
_NOT_PRINTED = ("/Link", "/Popup", "/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia")
_HIDDEN, _PRINT = 2, 4  # flags of an annotation
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def is_ours(path: Path) -> bool:
    """Whether a file was made here, and may be replaced; ask it in a process with bounds."""
    try:
        if not path.is_file():  # a pipe would keep the reader waiting
            return False
        with pikepdf.open(path) as pdf:
            return str(pdf.docinfo.get("/Creator", "")) == MADE_BY
    except (OSError, ValueError, pikepdf.PdfError, pikepdf.PasswordError):
        return False


class UnfitFileError(LettersError):
    """A PDF can't be printed as it is; says why, and what to do."""

    status = Status.PROBLEMS


class BundledPdf(Struct, frozen=True):
    """What one PDF adds: its pages, and their sizes in points (width, height) in order."""

    pages: int
    sizes: tuple[tuple[float, float], ...]

    @property
    def sheets(self) -> int:
        """Sheets of paper, printed on both sides."""
        return (self.pages + 1) // 2


class Bundle:
    """The PDF under construction; equal PDFs in the same order give equal bytes.

    What many letters share, such as a font or a logo, is in it once.
    """

    def __init__(self) -> None:
        self._pdf = Pdf.new()
        self._taken: dict[bytes, tuple[BundledPdf, list[Page]]] = {}
        self._streams: dict[bytes, Stream] = {}

    @property
    def pages(self) -> int:
        """How many pages there are, with those that were left blank."""
        return len(self._pdf.pages)

    def add(self, data: bytes) -> BundledPdf:
        """Put a PDF behind the others, and a blank page behind it if its last one is a front side.

        Raises UnfitFileError.
        """
        digest = hashlib.sha256(data).digest()
        if digest in self._taken:
            return self.again(digest)
        first = self.pages
        try:
            part = self._read(data)
        except UnfitFileError:
            raise
        except Exception:  # noqa: BLE001 - a broken file can raise anything
            del self._pdf.pages[first:]
            message = "can’t be read as a PDF"
            raise UnfitFileError(message, "open it, and save it as a PDF again") from None
        self._taken[digest] = part, list(self._pdf.pages[first:])
        self._fill_up(part)
        return part

    def again(self, digest: bytes) -> BundledPdf:
        """Put a PDF that was added before behind the others; ``digest`` is its SHA-256."""
        part, pages = self._taken[digest]
        for page in pages:
            self._pdf.pages.append(page)
        self._fill_up(part)
        return part

    def close(self, title: str) -> bytes:
        """The whole PDF, which asks for both sides, the right tray, and no change of size."""
        self._pdf.Root.ViewerPreferences = Dictionary(
            Duplex=Name.DuplexFlipLongEdge, PrintScaling=Name("/None"), PickTrayByPDFSize=True
        )
        self._pdf.docinfo["/Title"], self._pdf.docinfo["/Creator"] = title, MADE_BY
        out = io.BytesIO()
        self._pdf.save(out, min_version="1.7", deterministic_id=True)
        return out.getvalue()

    def _read(self, data: bytes) -> BundledPdf:
        try:
            source = pikepdf.open(io.BytesIO(data))
        except pikepdf.PasswordError:
            raise _encrypted() from None
        if source.is_encrypted:
            raise _encrypted()
        if _has_hidden_layers(source):
            hint = "print it to a new PDF, so that only what is to be seen is in it"
            raise UnfitFileError("has layers that are switched off", hint)
        if not source.pages:
            raise UnfitFileError("has no pages", "choose another file")
        sizes = []
        for page in source.pages:
            sizes.append(_size(page))
            notes = list(_notes(page.obj))
            for key in set(page.obj.keys()) - {*_PRINTED, "/Type", "/Parent"}:
                del page.obj[key]
            if notes:
                page.obj.Annots = Array(notes)
            strip(page.obj)
            self._pdf.pages.append(page)
            self._share(self._pdf.pages[-1].obj.get("/Resources", Dictionary()))
        return BundledPdf(len(sizes), tuple(sizes))

    def _fill_up(self, part: BundledPdf) -> None:
        """A blank page of the size of the last one, where that is a front side."""
        if part.pages % 2:
            last = self._pdf.pages[-1].obj
            blank = Dictionary(Type=Name.Page, Resources=Dictionary())
            for key in _SIZE:
                if key in last:
                    blank[key] = last[key]
            self._pdf.pages.append(Page(self._pdf.make_indirect(blank)))

    def _share(self, resources: Any) -> None:
        for font in resources.get("/Font", Dictionary()).values():
            for each in (font, *font.get("/DescendantFonts", ())):
                descriptor = each.get("/FontDescriptor", Dictionary())
                for key in _FONT_FILES:
                    if key in descriptor:
                        descriptor[key] = self._once(descriptor[key])
        drawn = resources.get("/XObject", Dictionary())
        for key in list(drawn.keys()):
            drawn[key] = self._once(drawn[key])

    def _once(self, stream: Stream) -> Stream:
        """The stream, or the one that is there already and equal to it."""
        about = stream.stream_dict.unparse(resolved=True)
        digest = hashlib.sha256(about + b"\0" + stream.read_raw_bytes()).digest()
        return self._streams.setdefault(digest, stream)


def _encrypted() -> UnfitFileError:
    return UnfitFileError("is encrypted", "save a copy without a password")


def _has_hidden_layers(source: Pdf) -> bool:
    usual = source.Root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
    return len(usual.get("/OFF", ())) > 0 or usual.get("/BaseState") == Name.OFF


def _notes(page: Any) -> Iterator[Dictionary]:
    """The annotations that a printer prints, such as a stamp or a field that was filled in."""
    for note in page.get("/Annots", ()):
        flags = int(note.get("/F", 0))
        seen = flags & _PRINT and not flags & _HIDDEN and "/AP" in note
        if seen and str(note.get("/Subtype")) not in _NOT_PRINTED:
            kept = Dictionary({key: note[key] for key in _NOTE_PARTS if key in note})
            kept.AP = Dictionary(N=note.AP.N)
            yield kept


def _size(page: Page) -> tuple[float, float]:
    """Width and height in points, as they lie before the reader."""
    left, bottom, right, top = map(float, page.cropbox)
    unit, turn = float(page.obj.get("/UserUnit", 1)), int(page.obj.get("/Rotate", 0))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    return (height, width) if turn % 180 == 90 else (width, height)
