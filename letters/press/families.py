"""Whether the fonts that a theme names are fonts at all: a slip of the pen is none.

A family that is neither installed nor known would be passed over in silence, and the whole letter
set in whatever comes next. What Word has can't be looked up from here, so that for Word only a name
is refused that is nearly a known one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters import shipped
from letters.campaign.source import Source, read
from letters.draft.language import language_of
from letters.press import fonts, scripts
from letters.problem import KnownWords, Problem, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_DATA = Path(__file__).with_name("families.yaml")
_NEARLY = 0.8
# What CSS has for names without being one.
_GENERIC = frozenset(
    ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "emoji",
     "ui-sans-serif", "ui-monospace", "ui-rounded", "math", "inherit", "initial", "unset", "revert")
)  # fmt: skip


def unknown(source: Source) -> list[Problem]:
    """An error for each family in a theme.yaml that nobody knows."""
    return [
        Problem(source.place(steps), *wrong)
        for steps, family in _named(source)
        if (wrong := fault(family, for_word=steps[-1] == 1))
    ]


def fault(family: str, *, for_word: bool = False) -> tuple[str, str] | None:
    """What is wrong with the name of a font, and what to do; None where it is one."""
    here = fonts.installed()
    names = {*known(), *here}
    if family.casefold() in {name.casefold() for name in names}:
        return None
    if (here and not for_word) or KnownWords(known()).near(family, _NEARLY):
        hint = did_you_mean(family, KnownWords(names)) or "install it, or name a font that is"
        return f"there is no font “{family}”", hint
    return None


def in_sheet(value: list[Any]) -> Iterator[tuple[Any, str, str]]:
    """The families of a font-family in CSS that nobody knows: where, what, and what to do."""
    family: list[Any] = []
    for each in (*value, None):
        if each is not None and each != ",":
            family += [each] if each.type in ("string", "ident") else []
            continue
        name = " ".join(one.value for one in family)
        is_generic = family[:1] and family[0].type == "ident" and name.lower() in _GENERIC
        if family and not is_generic and (wrong := fault(name)):
            yield family[0], *wrong
        family = []


def fallbacks(campaign: Campaign) -> list[Problem]:
    """A warning for each font of the campaign's theme that this machine lacks.

    One of the toolkit's own themes is told by the line that chooses it.
    """
    file = campaign.template_files.find("themes", campaign.letter.theme, "theme.yaml")
    here = {name.casefold() for name in fonts.installed()}
    if file is None or not here:
        return []
    source, _ = read(file, campaign.template_files.shown(file))
    own = file.is_relative_to(campaign.root)
    missing = {
        family: source.place(steps) if own else campaign.letter_place.place("theme")
        for steps, family in reversed([*_named(source)])
        if steps[-1] == 0 and family.casefold() not in here
    }
    problems = [*_without_letters(campaign, source)] if own else []
    hint = "install it, or PDFs that are made here look different"
    hint = hint if own else f"script/bootstrap fetches the fonts of the toolkit’s themes; {hint}"
    return problems + [
        Problem(place, f"“{family}” is not installed here", hint, "warning")
        for family, place in missing.items()
    ]


def _without_letters(campaign: Campaign, source: Source) -> Iterator[Problem]:
    """A warning for each font that has no Latin letters, for a letter that is written in these.

    Other scripts have stand-ins, which suit the theme.
    """
    labels = (
        language_of(campaign, tag).label("text", digest="") for tag in campaign.letter.languages
    )
    latin = {
        letter for label in labels for letter in label if letter.isascii() and letter.isalpha()
    }
    here = {name.casefold(): name for name in fonts.installed()}
    for steps, family in _named(source):
        name = here.get(family.casefold())
        if steps[-1] == 1 or name is None:
            continue
        if not all(fonts.covered(letter, (name,)) for letter in latin):
            message = f"“{family}” has no Latin letters, and these are set in another font"
            yield Problem(source.place(steps), message, "name a font that has them", "warning")


@functools.cache
def known() -> frozenset[str]:
    """The families that can be meant, installed or not."""
    names = set[str](read(_DATA, _DATA.name)[0].root)
    for script in scripts.known():
        names.update(script.serif, script.sans, script.word)
    for file in shipped.THEMES.glob("*/theme.yaml"):
        names.update(family for _, family in _named(read(file, file.name)[0]))
    return frozenset(names)


def _named(source: Source) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The families of a sound theme.yaml, with their places: the PDF's, and Word's."""
    for use in ("text", "label"):
        for number, family in enumerate(source.root["fonts"][use]):
            yield ("fonts", use, number), family
