"""The words of a letter as each kind of reader meets them, for tests that compare the formats.

Every reading is normalised in the same three ways and no other: white space is one space, bullets
are left out, and where a program broke a line only a comparison can tell a space from none.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

LAST, END = "{last}", "{end}"
"""Around what stands at the foot of the last page alone."""

_INLINE = {"a", "em", "strong", "sup", "span", "bdi"}
_APART = {"number", "organisation", "contact"}
_EMPTY = {"br", "col", "img", "meta"}
_EDGES = {"draft-mark", "notice"}


def words(text: str) -> str:
    """``text`` with single spaces and without bullets."""
    return " ".join(text.replace("•", " ").split())


def left_to_right(text: str) -> str:
    """``text`` without its right-to-left letters, joiners and marks of direction.

    A PDF holds the glyphs of an Arabic name from left to right, and each program that reads it
    back puts them in order in its own way: their order can't be compared there.
    """
    return words("".join(character for character in text if not _turns(character)))


def turned(text: str) -> Counter[str]:
    """How often each right-to-left letter occurs: what `left_to_right` leaves out."""
    return Counter(c for c in text if unicodedata.bidirectional(c) in ("R", "AL"))


def _turns(character: str) -> bool:
    return (
        unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or unicodedata.category(character) == "Cf"
    )


def joined(pieces: Iterable[str], wanted: str) -> str:
    """The pieces as one text, with a space between two where ``wanted`` has one and their words fit.

    From the first piece that does not fit, all are joined by spaces, so that a comparison shows
    where the texts part.
    """
    text, fits = "", True
    for piece in pieces:
        if not piece:
            continue
        joint = next((j for j in ("", " ") if wanted.startswith(text + j + piece)), None)
        fits = fits and joint is not None
        text += piece if not text else (joint or "") + piece if fits else " " + piece
    return text


@dataclass(frozen=True)
class Reading:
    """One letter read back. ``first_head``, ``head`` and ``foot`` stand at the edges of its pages.

    ``foot`` has ``{page}`` and ``{pages}`` where the numbers are, and what is of the last page alone.
    """

    body: str
    first_head: str
    foot: str
    head: str = ""

    @property
    def whole_foot(self) -> str:
        """The foot of the last page."""
        return self.foot.replace(LAST, "").replace(END, "")

    @property
    def usual_foot(self) -> str:
        """The foot of every other page, and of all of them where a program can't tell the last."""
        return words(re.sub(f"{LAST}.*?{END}", "", self.foot))

    def edges(self, pages: int) -> list[list[str]]:
        """The words at head and foot of each page, sorted: where on the edge is no matter."""
        heads = [self.first_head, *[self.head] * (pages - 1)]
        feet = (
            (self.usual_foot if number < pages else self.whole_foot)
            .replace("{page}", str(number))
            .replace("{pages}", str(pages))
            for number in range(1, pages + 1)
        )
        return [sorted(f"{h} {f}".split()) for h, f in zip(heads, feet, strict=True)]


# --- HTML -------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects words by where they stand; raises ValueError where tags don't close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.parts: dict[str, list[str]] = {"": [], "draft-mark": [], "notice": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        self._edge(tag, kind)
        if tag not in _EMPTY:
            self.open.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise ValueError(f"</{tag}> closes nothing that is open")
        self._edge(*self.open.pop())

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        if "main" in tags:
            self._collect(data)

    def _edge(self, tag: str, kind: str) -> None:
        if tag not in _INLINE or kind in _APART:
            self._collect(" ")

    def _collect(self, data: str) -> None:
        place = next((kind for _, kind in self.open if kind in _EDGES), "")
        self.parts[place].append(data)


def html(data: bytes) -> Reading:
    """An HTML letter as a browser without its style sheet shows it."""
    page = _Page()
    page.feed(data.decode())
    page.close()
    if page.open:
        raise ValueError(f"<{page.open[-1][0]}> is never closed")
    body, mark, notice = (words("".join(parts)) for parts in page.parts.values())
    return Reading(body, first_head=mark, foot=notice)


# --- plain text -------------------------------------------------------------------------------


def text(data: bytes, draft_mark: str, notice: str) -> str:
    """The body of a letter in plain text; the two edges that a page would have are taken off."""
    written = data.decode()
    body = words(
        re.sub(r"^ *- | \| ", " ", re.sub(r"\[(\d+)\]", r"\1", written), flags=re.MULTILINE)
    )
    assert body.startswith(draft_mark)
    assert body.endswith(notice)
    return body.removeprefix(draft_mark).removesuffix(notice).strip()


# --- PDF --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Margins:
    """Where the words of a page stand, in points: the sheet, and its margins at head and foot."""

    width: float
    height: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """The lines between head and foot of all pages, and the sorted words at both of each page."""

    lines: list[str]
    edges: list[list[str]]


def printed(file: Path, page: Margins) -> Printed:
    """A PDF as a program reads it that knows nothing of tags: in the order of drawing."""
    body = _crop(file, page.top, page.height - page.top - page.bottom, page)
    heads = _crop(file, 0, page.top, page)
    feet = _crop(file, page.height - page.bottom, page.bottom, page)
    return Printed(
        lines=[words(line) for text in body for line in text.split("\n")],
        edges=[sorted(f"{h} {f}".split()) for h, f in zip(heads, feet, strict=True)],
    )


def _crop(file: Path, top: float, height: float, page: Margins) -> list[str]:
    """What stands in a strip of each page; ``top`` and ``height`` in points."""
    box = ["-W", round(page.width), "-y", round(top), "-H", round(height)]
    command = ["pdftotext", "-raw", "-x", "0", *map(str, box), str(file), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode().split("\f")[:-1]
