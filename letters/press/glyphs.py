"""Characters that no font of the letter has, reported where they were written.

Set as they are, they would come out as boxes, and nobody would know before the letter is read.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from letters import limits, shipped
from letters.campaign import named_file
from letters.campaign.localtext import LocalText
from letters.campaign.model import Campaign, paths_of
from letters.campaign.shown import signatories
from letters.draft import document as d
from letters.draft.annex import Annex
from letters.draft.characters import written_at
from letters.draft.language import language_of
from letters.press import fonts, scripts
from letters.press.theme import Theme
from letters.problem import Place, Problem, in_order

_SHOWN = 3
_ASCII = bytes(range(128))
_ESCAPE = re.compile(rb"\\[uUxX]")  # of YAML
# Letters whose capital or small form is another alphabet's, or two.
_UNWRITTEN = re.compile("[\u00b5\u0130\u0149]")


def missing(
    letter: d.Letter, theme: Theme, campaign: Campaign, recipient: int
) -> tuple[Problem, ...]:
    """A problem for each place that holds such characters, all at once; mostly none.

    ``recipient`` is the index of the one that the letter goes to. A problem quotes no more than
    single characters.
    """
    names = missing_in_annex(letter.annex, theme, campaign) if letter.annex else ()
    absent = lacking(letter, theme)
    if not absent:
        return names
    found: dict[Place, set[str]] = {}
    for text, origin in fonts.words(replace(letter, annex=None)):
        here = absent.intersection(text)
        if here and origin is not None:
            place = Place(origin.path, origin.line, origin.column, origin.key)
            found.setdefault(place, set()).update(here)
        elif here:
            for place, characters in _places(here, text, letter, campaign, recipient):
                found.setdefault(place, set()).update(characters)
    own = (p for place, here in found.items() for p in _problems(place, here, letter.language))
    return tuple(in_order([*own, *names]))


def missing_in_annex(annex: Annex, theme: Theme, campaign: Campaign) -> tuple[Problem, ...]:
    """The same for an annex of names, at the record of each who has such a character."""
    absent = lacking_in_annex(annex, theme)
    found: dict[Place, set[str]] = {}
    for one in signatories(campaign) if absent else ():
        written, key = one.printed_as(annex.language)
        beside = (("role", one.role), ("affiliation", one.affiliation), ("place", one.home))
        for name, text in ((key, written), *beside):
            said = text.get(annex.language) if isinstance(text, LocalText) else text
            if here := absent.intersection(said or ""):
                found.setdefault(one.place(name), set()).update(here)
    return tuple(
        in_order(p for place, here in found.items() for p in _problems(place, here, annex.language))
    )


def possible(campaign: Campaign) -> bool:
    """Whether anybody's record, or the language, needs more than a theme's own fonts.

    A campaign of nothing but ordinary letters needs no look at each one. The template is not asked:
    what it brings stands in every letter of the same text.
    """
    tags = campaign.letter.languages
    if any(fonts.unusual(str(language_of(campaign, tag).data)) for tag in tags):
        return True
    paths = {campaign.letter_place.source.path}
    paths |= paths_of(campaign.signatory_places) | paths_of(campaign.recipient_places)
    more = (f"{campaign.forms.own}", f"{campaign.places}")
    written = (named_file.data_of(campaign.root / path, path, limits.PEOPLE) for path in paths)
    return any(map(_is_unusual, itertools.chain(map(str.encode, more), written)))


def _is_unusual(data: bytes) -> bool:
    """Whether a text holds, or has an escape for, what an ordinary font might lack."""
    beyond = "".join(set(data.translate(None, _ASCII).decode("utf-8", "replace")))
    if fonts.unusual(beyond) or _UNWRITTEN.search(beyond):
        return True
    return b"\\" in data and _ESCAPE.search(data) is not None


def lacking(letter: d.Letter, theme: Theme) -> frozenset[str]:
    """The characters of a letter that none of its fonts has; none where that can't be told."""
    seen = fonts.unusual_in(letter)
    if not seen or not fonts.can_tell():
        return frozenset()
    families = fonts.stacks(letter, theme)[0]
    return frozenset(
        c for c in unicodedata.normalize("NFC", "".join(seen)) if not fonts.covered(c, families)
    )


def lacking_in_annex(annex: Annex, theme: Theme) -> frozenset[str]:
    """The same of an annex of names."""
    seen = frozenset[str]().union(*(fonts.unusual(text) for text in annex.texts()))
    if not seen or not fonts.can_tell():
        return frozenset()
    families = fonts.stacks_for(fonts.scripts_in(sorted(seen), annex.language), theme)[0]
    return frozenset(c for c in seen if not fonts.covered(c, families))


def _places(
    characters: frozenset[str], text: str, letter: d.Letter, campaign: Campaign, recipient: int
) -> Iterator[tuple[Place, Iterable[str]]]:
    """Where words were written that do not say it themselves, and which characters stand there."""
    tag = letter.language
    if text == letter.running_head[0]:
        yield campaign.recipient_places[recipient].place("name"), characters
        return
    notice = campaign.letter.notice
    if text == letter.notice and notice and (key := notice.tag_for(tag)) is not None:
        steps = ("notice", key) if key else ("notice",)
        yield campaign.letter_place.place(*steps), characters
        return
    unknown = set(characters)
    tags = dict.fromkeys((tag, *campaign.letter.languages))  # the other half of a bilingual letter
    for shown, body in (each for tag in tags for each in _bodies(campaign, tag)):
        for character in sorted(unknown):
            if (at := written_at(body, character)) is not None:
                line = body.count("\n", 0, at) + 1
                yield Place(shown, line, at - body.rfind("\n", 0, at)), {character}
                unknown.discard(character)
    if unknown:
        number = campaign.letter.languages.index(tag) if tag in campaign.letter.languages else 0
        yield campaign.letter_place.place("languages", number), unknown


def _bodies(campaign: Campaign, tag: str) -> Iterator[tuple[str, str]]:
    """The files that the letter's template may consist of in a language, and their texts."""
    template_files, template = campaign.template_files, campaign.letter.template
    body = template_files.body(template, tag)
    folders = (campaign.root / "templates" / template, shipped.TEMPLATES / template)
    parts = {file.name for folder in folders for file in folder.glob("*.md")}
    names = [body.name if body else "", *sorted(n for n in parts if not n.startswith("letter."))]
    for file in filter(None, (template_files.find(template, name) for name in names)):
        shown = template_files.shown(file)
        data = named_file.data_of(file, shown, limits.TEMPLATE)
        yield shown, data.decode("utf-8", "replace")


def _problems(place: Place, characters: set[str], language: str) -> Iterator[Problem]:
    """One problem for all characters of a place that the same advice helps."""
    advised: dict[str, list[str]] = {}
    for character in sorted(characters):
        advised.setdefault(_hint(character, language), []).append(character)
    for hint, alike in advised.items():
        named = ", ".join(_named(character) for character in alike[:_SHOWN])
        if len(alike) > _SHOWN:
            named += f" and {len(alike) - _SHOWN} more"
        are = "is" if len(alike) == 1 else "are"
        yield Problem(place, f"{named} {are} in none of the letter’s fonts", hint)


def _named(character: str) -> str:
    shown = f"◌{character}" if unicodedata.combining(character) else character
    name = unicodedata.name(character, "a character without a name")
    return f"“{shown}” (U+{ord(character):04X} {name})"


def _hint(character: str, language: str) -> str:
    script = scripts.script(character, language)
    if script is None:
        return "a box would be printed: write it in words, or take a theme whose fonts have it"
    return (
        f"install a font for {script.name}, such as {script.serif[0]}: apt-get install "
        f"{script.debian}, or brew install {script.brew}"
    )
