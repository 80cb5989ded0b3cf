"""Whether the fonts that a theme names are fonts at all: a slip of the pen is none.

A family that is neither installed nor known would be passed over in silence, and the whole letter
set in whatever comes next. What Word has can't be looked up from here, so that for Word only a name
is refused that is nearly a known one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from letters import shipped
from letters.campaign.source import Source, read
from letters.press import fonts, scripts
from letters.problem import KnownWords, Problem, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_DATA = Path(__file__).with_name("families.yaml")
_NEARLY = 0.8


def unknown(source: Source) -> list[Problem]:
    """An error for each family in a theme.yaml that nobody knows."""
    here = fonts.installed()
    names = {*known(), *here}
    spelled = {name.casefold() for name in names}
    ours, meant = KnownWords(known()), KnownWords(names)
    problems: list[Problem] = []
    for steps, family in _named(source):
        if family.casefold() in spelled:
            continue
        for_word = steps[-1] == 1
        if (here and not for_word) or ours.near(family, _NEARLY):
            hint = did_you_mean(family, meant) or "install it, or name a font that is"
            message = f"there is no font “{family}”"
            problems.append(Problem(source.place(steps), message, hint))
    return problems


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
    hint = "install it, or PDFs that are made here look different"
    hint = hint if own else f"script/bootstrap fetches the fonts of the toolkit’s themes; {hint}"
    return [
        Problem(place, f"“{family}” is not installed here", hint, "warning")
        for family, place in missing.items()
    ]


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
