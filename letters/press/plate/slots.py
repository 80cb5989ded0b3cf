"""Slots: the words of a plate that can be exchanged, and the operators that show them."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from letters.press.pdf_fonts import is_whole, primed
from letters.press.plate.boxes import TextRun, runs
from letters.press.plate.form import Leaf, Taken, leaves, said
from letters.press.plate.lines import broken
from letters.press.shaping import UNSEEN, FontFace, LineWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from letters.press.pdf_fonts import Groups

# Words in these stand in other places of the file too, or move what is around them.
_BOUND = frozenset(("a", "h1", "h2", "h3", "table", "header", "title"))
_AT_HEAD = ("@top-left", "@top-right")
_APART = 10  # pixels


class Hole(Struct, frozen=True):
    """Where one line is shown: the page, and the operator's place among all of it."""

    page: int
    place: int


class Slot(Struct):
    """Words of the plate's own letter, and where its lines are shown.

    Whether they can be exchanged is tried when somebody wants to: `lines` must give what is there.
    """

    text: str
    holes: tuple[Hole, ...]
    style: Any
    width: float
    kept: bool
    face: FontFace
    pen: LineWriter
    glyphs: frozenset[int]
    _known: dict[str, tuple[bytes, ...] | None] = field(default_factory=dict)

    def lines(self, text: str) -> tuple[bytes, ...] | None:
        """The operators that show such words here, one a line; None where they can't be told."""
        if text not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[text] = self._lines(text)
        return self._known[text]

    def _lines(self, text: str) -> tuple[bytes, ...] | None:
        found = broken(text, self.face, self.style, self.width, kept=self.kept)
        if found is None or not all(self.glyphs.issuperset(line.glyphs) for line in found):
            return None
        return tuple(self.pen.shown(line) for line in found)


_REMEMBERED = 4096


class Slots(Struct, frozen=True):
    """All slots of a plate, by the number of the words in the body; ``head`` on further pages.

    ``has_head`` tells whether the running head stands on any page at all, be it a slot or not.
    """

    by_number: Mapping[int, Slot]
    head: Slot | None
    has_head: bool


def found_in(document: Any, drawn: list[list[bytes]], taken: Taken) -> Slots | None:
    """The slots of a document whose pages are ``drawn`` so; None where its words aren't found."""
    body = next(each for each in document._html.etree_element.iter("body"))  # noqa: SLF001
    written = list(leaves(body))
    if [said(leaf.text) for leaf in written] != [said(words) for words in taken.words]:
        return None
    everything = list(runs(document))
    finder = _Finder(document, drawn, taken.groups)
    by_element: dict[int, list[TextRun]] = {}
    for run in everything:
        if not run.edge and run.box.element is not None:
            by_element.setdefault(id(run.box.element), []).append(run)
    slots: dict[int, Slot] = {}
    for number, (leaf, own) in enumerate(_matched(written, by_element)):
        slot = finder.slot(own, leaf) if own else None
        if slot is not None:
            slots[number] = slot
    heads = [run for run in everything if run.edge in _AT_HEAD and said(taken.head) == run.box.text]
    beside = [run.box.width for run in everything if run.edge == "@top-center"]
    pages = len(document.pages) - 1
    head = finder.head(heads, max(beside, default=0)) if len(heads) == pages else None
    return Slots(slots, head, has_head=bool(taken.head) and pages > 0)


def _matched(
    written: Iterable[Leaf], by_element: Mapping[int, list[TextRun]]
) -> Iterator[tuple[Leaf, list[TextRun]]]:
    """The runs of each leaf, in order; none where the words of its element are others."""
    left = {key: deque(runs) for key, runs in by_element.items()}
    for leaf in written:
        waiting = left.get(id(leaf.element), deque())
        words, own, at = said(leaf.text), [], 0
        while at < len(words) and waiting:
            text = said(waiting[0].box.text)
            if not text or not words.startswith(text, at):
                break
            own.append(waiting.popleft())
            at += len(text)
            while words[at : at + 1] == " ":
                at += 1
        if at < len(words):
            waiting.clear()
            own = []
        yield leaf, own


class _Finder:
    """Looks for the operators of lines, by their places."""

    def __init__(self, document: Any, drawn: list[list[bytes]], groups: Groups) -> None:
        self._fonts, self._drawn, self._groups = document.fonts, drawn, groups
        self._pages = document.pages
        self._once = [
            {item: place for place, item in enumerate(page) if count[item] == 1}
            for page in drawn
            if (count := Counter(page)) is not None
        ]

    def slot(self, own: list[TextRun], leaf: Leaf) -> Slot | None:
        """The slot of a leaf whose lines are ``own``."""
        if any(element.tag in _BOUND for element in leaf.around):
            return None
        if not all(run.alone and run.flush and run.width == own[0].width for run in own):
            return None
        return self._slot(own, own[0].width)

    def head(self, own: list[TextRun], beside: float) -> Slot | None:
        """The slot of the running head, which is one line on each page that has it.

        It has the half of what the words in the middle leave: more would move what is beside it.
        """
        if not own or not all(run.alone for run in own):
            return None
        width = float(self._pages[0]._page_box.width)  # noqa: SLF001
        return self._slot(own, (width - beside) / 2 - _APART, one_line=True)

    def _slot(self, own: list[TextRun], width: float, *, one_line: bool = False) -> Slot | None:
        style = own[0].box.style
        if not _is_plain(style) or len({_look(run.box.style) for run in own}) > 1:
            return None
        holes = [self._hole(run) for run in own]
        face = face_of(style)
        font = self._fonts.get(face.key) if face else None
        if face is None or font is None or not is_whole(font) or not all(holes):
            return None
        kept = one_line or style["white_space"] != "normal"
        return Slot(
            text=own[0].box.text if kept else " ".join(said(run.box.text) for run in own),
            holes=tuple(hole for hole in holes if hole),
            style=style,
            width=width,
            kept=kept,
            face=face,
            pen=LineWriter(face, font.widths),
            glyphs=frozenset((*primed(font, self._groups), UNSEEN)),
        )

    def _hole(self, run: TextRun) -> Hole | None:
        """Where its glyphs are shown, if that can be told from its place alone."""
        import pydyf

        stream, box = pydyf.Stream(), run.box
        stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
        place = self._once[run.page].get(stream.stream[0])
        if place is None:
            return None
        items = self._drawn[run.page]
        at = place + (2 if items[place + 1].endswith(b" Tf") else 1)
        return (
            Hole(run.page, at) if items[at].endswith(b"] TJ") and items[at + 1] == b"ET" else None
        )


_faces: dict[tuple[Any, ...], FontFace | None] = {}
_LOOK = (
    "font_family", "font_size", "font_weight", "font_style", "font_stretch", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    "font_variation_settings", "font_language_override", "letter_spacing", "word_spacing", "lang",
    "white_space", "hyphens", "hyphenate_limit_chars", "overflow_wrap", "direction",
)  # fmt: skip


def _look(style: Any) -> tuple[str, ...]:
    """All of a style that glyphs and lines depend on."""
    return tuple(str(style[name]) for name in _LOOK)


def face_of(style: Any) -> FontFace | None:
    """The face that words of that style are set in, looked up once in a process."""
    key = _look(style)
    if key not in _faces:
        _faces[key] = FontFace.of(style)
    return _faces[key]


def _is_plain(style: Any) -> bool:
    """Whether words of that style begin at the start of their line and are drawn as they are."""
    return bool(
        style["direction"] == "ltr"
        and style["text_align_all"] in ("start", "left")
        and style["text_align_last"] in ("auto", "start", "left")
        and not style["text_indent"].value
        and style["text_decoration_line"] == "none"
        and style["text_transform"] == "none"
        and style["white_space"] in ("normal", "pre-wrap")
    )
