"""A reference.docx that somebody edited in Word: how its styles look, and nothing else of it.

The file may come from a stranger. A few parts are read with bounds; of those, only what sets type
and stands in the lists below. Words, names, dates, macros, links and embedded files of it have no
way into a letter, nor has what would hide a word: the letter must say the same in each format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters import limits, reading
from letters.campaign import named_file
from letters.press.docx.ooxml import WORD, twips_from_mm
from letters.press.docx.restyle import UnfitReferenceError, read_fonts, restyled
from letters.press.docx.word_parts import NO_WORD, UnfitWordError, WordParts
from letters.press.paper import PAGE_MM, Margins, PageSize
from letters.press.reference import Key, ReferenceStyles, Restyled
from letters.press.theme import Theme
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST = 4_000_000
"""Bytes of one part; the styles of a book are a tenth of that."""

_W = f"{{{WORD}}}"
_HINT = "make a new one with “letters templates eject NAME --reference” and edit that in Word"
_NEAR = 3  # mm
_ROOM = 60  # mm that margins must leave
_TWIPS_A_MM = 1440 / 25.4


def read_reference(
    file: Path, shown: str, wanted: Collection[Key]
) -> tuple[ReferenceStyles | None, list[Problem]]:
    """How the ``wanted`` styles of ``file`` look, or what is wrong with it.

    Raises OSError where it can't be opened.
    """
    try:
        return _look(_bytes(file, shown), wanted), []
    except (UnfitReferenceError, UnfitWordError) as error:
        return None, [Problem(Place(shown), error.message, error.hint or _HINT)]


def on_paper(theme: Theme) -> Theme:
    """``theme`` with sheet and margins of its reference.docx; a window decides both itself."""
    look = theme.reference
    if look is None or theme.window:
        return theme
    page, margins = look.page or theme.page, look.margin_mm or theme.margin_mm
    return replace(theme, page=page, margin_mm=margins)


def _bytes(file: Path, shown: str) -> bytes:
    try:
        return named_file.read(file, shown, limits.REFERENCE)
    except reading.OddFileError as error:
        raise UnfitReferenceError(error.why, error.hint or _HINT) from None


def _look(data: bytes, wanted: Collection[Key]) -> ReferenceStyles:
    file = WordParts(data, _MOST)
    main = _targets(file, "").get("officeDocument", "")
    targets = _targets(file, main)
    document, styles = file.part(main), file.part(targets.get("styles", ""))
    theme = file.part(targets.get("theme", ""))
    if styles is None or document is None:
        raise UnfitWordError(NO_WORD)
    if styles.tag != f"{_W}styles" or document.tag != f"{_W}document":
        raise UnfitWordError(NO_WORD)
    fonts = read_fonts(theme) if theme is not None else {}
    defaults = styles.find(f"{_W}docDefaults")
    common = Restyled() if defaults is None else restyled("", defaults, fonts, deep=True)
    page, margins = _paper(document)
    return ReferenceStyles(common, _styles(styles, fonts, wanted), page, margins)


def _targets(file: WordParts, part: str) -> dict[str, str]:
    """The parts that ``part`` speaks of, by the last word of their kind."""
    found: dict[str, str] = {}
    for one in file.relations(part):
        if not one.outside:
            found.setdefault(one.kind, one.path)
        elif one.kind != "hyperlink":
            raise UnfitReferenceError("refers to a file outside of it")
    return found


def _styles(
    root: Element, fonts: Mapping[str, str], wanted: Collection[Key]
) -> dict[Key, Restyled]:
    """The wanted styles, and under names that tell nothing those that they are based on."""
    by_id = {(style.get(f"{_W}type", ""), style.get(f"{_W}styleId", "")): style for style in root}
    keys = {at: (at[0], _name(style)) for at, style in by_id.items()}
    waiting = [at for at, key in keys.items() if key in wanted]
    known = {at: keys[at] for at in waiting}
    found: dict[Key, Restyled] = {}
    while waiting:
        at = waiting.pop()
        kind, name = known[at]
        base = (kind, _value(by_id[at], "basedOn"))
        if base in by_id and base not in known:
            known[base] = (kind, f"base {len(known)}")
            waiting.append(base)
        based = known[base][1] if base in known and base != at else ""
        shown = name if (kind, name) in wanted else ""
        found[kind, name] = replace(restyled(shown, by_id[at], fonts), based=based)
    return found


def _name(style: Element) -> str:
    return _value(style, "name").lower()


def _value(element: Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def _paper(document: Element) -> tuple[PageSize | None, Margins | None]:
    """Sheet and margins of the last section."""
    sections = document.findall(f"{_W}body/{_W}sectPr")
    if not sections:
        return None, None
    size, margins = (sections[-1].find(f"{_W}{name}") for name in ("pgSz", "pgMar"))
    page = None if size is None else _sheet(*_lengths(size, "w", "h"))
    if margins is None:
        return page, None
    top, right, bottom, left = _lengths(margins, "top", "right", "bottom", "left")
    width, height = (min(sides) for sides in zip(*PAGE_MM.values(), strict=True))
    if min(top, right, bottom, left) < 0 or left + right > width - _ROOM:
        raise UnfitReferenceError(f"has margins that leave less than {_ROOM} mm for the text")
    if top + bottom > height - _ROOM:
        raise UnfitReferenceError(f"has margins that leave less than {_ROOM} mm for the text")
    return page, Margins(top, right, bottom, left)


def _sheet(width: float, height: float) -> PageSize:
    for name, (wide, high) in PAGE_MM.items():
        if abs(width - wide) < _NEAR and abs(height - high) < _NEAR:
            return name
    hint = "choose one of them under Layout, Size, and set it upright"
    raise UnfitReferenceError("has pages that are neither Letter nor A4", hint)


def _lengths(element: Element, *names: str) -> Iterator[float]:
    """Attributes in twips as mm."""
    for name in names:
        try:
            written = int(element.get(f"{_W}{name}", ""))
        except ValueError:
            raise UnfitReferenceError("is damaged: a length on its page is no number") from None
        exact = written / _TWIPS_A_MM
        tenths = round(exact, 1)  # as somebody has typed it
        yield tenths if twips_from_mm(tenths) == written else exact
