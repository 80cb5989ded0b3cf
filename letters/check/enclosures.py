"""What enclosures say beside their pages: who wrote them, with which program, and what is in them.

They go out byte for byte as they lie in the campaign, so whoever gets one can read all of it.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign.enclosures import data_of, named
from letters.check.privacy import holding, search
from letters.check.protected import Secret, from_everybody
from letters.draft.language import language_of
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from pikepdf import Pdf

    from letters.campaign.model import Campaign

_FIELDS = {
    "Author": "dc:creator",
    "Creator": "xmp:CreatorTool",
    "Keywords": "pdf:Keywords",
    "Subject": "dc:description",
    "Company": "pdfx:Company",
    "Manager": "pdfx:Manager",
}
"""Fields of /Info that tell of people and programs, each with its name in XMP."""

_HINT = "print it to a new PDF, and enclose that"

_DIGITS = 16  # of a text digest, as letters print it
_DIGEST = re.compile(f"[0-9a-f]{{{_DIGITS}}}")


class _About(Struct, frozen=True):
    """``words`` is all that a file says of itself; ``fields`` are filled, with what is in them."""

    words: str
    fields: dict[str, set[str]]


def look(campaign: Campaign, known: Callable[[], tuple[Secret, ...]]) -> Iterator[Problem]:
    """A problem for each enclosure that says of itself what is protected, or who made it.

    What it says is never repeated. ``known`` is asked for what is protected where there is a file.
    """
    ours = {_plain(text) for text in campaign.letter.sender.organisation.texts.values()}
    ours |= {*_versions(campaign)}
    private: tuple[Secret, ...] | None = None
    for place, which, data in _files(campaign):
        if private is None:
            private = from_everybody(known())
        about = _about(data)
        if about is None:
            message = (
                f"the file{which} can’t be opened, and nobody can tell whom it names as author"
            )
            yield Problem(place, message, "save a copy without a password", severity="warning")
            continue
        what = f"what the file{which} says of itself "
        found = list(holding([about.words], private, place, what))
        yield from found
        said = {field: {*map(_undigested, texts)} for field, texts in about.fields.items()}
        filled = [field for field, texts in said.items() if texts - ours]
        if filled and not found:
            message = f"the file{which} says who or what made it: {', '.join(filled)}"
            yield Problem(place, message, _HINT, severity="warning")


def _versions(campaign: Campaign) -> Iterator[str]:
    """By which text it is, as every letter of ours says: a follow-up may enclose the first one."""
    for tag in campaign.letter.languages:
        with suppress(KeyError):  # a language that is not known, which is reported
            yield _undigested(language_of(campaign, tag).label("text", digest="0" * _DIGITS))


def search_all(campaign: Campaign, known: tuple[Secret, ...]) -> Iterator[Problem]:
    """A problem for each protected string anywhere in an enclosure: also in its text."""
    private = from_everybody(known)
    for place, which, data in _files(campaign):
        for problem in search("", data, private):
            yield Problem(
                place, f"the file{which} {problem.message}", problem.hint, severity=problem.severity
            )


def _files(campaign: Campaign) -> Iterator[tuple[Place, str, bytes]]:
    for index, enclosure in enumerate(campaign.letter.enclosures):
        place = campaign.letter_place.place("enclosures", index, "file")
        ids = [each.id for each in campaign.recipients]
        for path, which in named(enclosure.file, ids) if enclosure.file else ():
            file = campaign.inner(path)
            if file is not None and file.is_file():  # what is not there is said elsewhere
                yield place, which, data_of(campaign, file, place)


def _about(data: bytes) -> _About | None:
    """What a PDF says of itself; None where it can't be read."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()}
            xmp = "\n".join(_xmp(pdf))
    except Exception:  # noqa: BLE001 - a broken file can raise anything
        return None
    fields = {
        field: {text for text in map(_plain, (info.get(field, ""), *_in_xmp(xmp, element))) if text}
        for field, element in _FIELDS.items()
    }
    return _About("\n".join((*info.values(), _plain(xmp), xmp)), fields)


def _xmp(pdf: Pdf) -> Iterator[str]:
    """The XMP of the document, and of its pictures."""
    from pikepdf import Stream

    for each in pdf.objects:
        if isinstance(each, Stream) and each.get("/Type") == "/Metadata":
            data = each.read_bytes()
            wide = data.startswith((b"\xfe\xff", b"\xff\xfe"))
            yield data.decode("utf-16" if wide else "utf-8", "replace")


def _in_xmp(xmp: str, element: str) -> Iterator[str]:
    """What stands in an element, or in an attribute of that name."""
    yield from re.findall(rf"\b{element}=[\"']([^\"']*)", xmp)
    start = re.compile(rf"<{element}\b[^<>]*>")
    found = start.search(xmp)
    while found and (end := xmp.find(f"</{element}>", found.end())) >= 0:
        yield xmp[found.end() : end]
        found = start.search(xmp, end)


def _undigested(text: str) -> str:
    return _DIGEST.sub("", text)


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", text)).split())
