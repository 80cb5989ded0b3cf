"""Editions of one letter that are not in step any more, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from letters.campaign.model import Campaign
from letters.campaign.translation_log import FILE, EditionsFile, load
from letters.draft.editions import TranslationState, standings
from letters.draft.language import known as known_languages
from letters.draft.language import language
from letters.draft.paragraphs import Variants
from letters.problem import Place, Problem

Paragraphs = Mapping[str, Sequence[Variants]]


def translations(
    record: EditionsFile | None, paragraphs: Paragraphs
) -> dict[str, list[TranslationState]]:
    """How the paragraphs of each translation stand to those of the first language."""
    source, *others = paragraphs
    compared = record.translations if record and record.source == source else {}
    return {
        tag: standings(paragraphs[source], paragraphs[tag], compared.get(tag, ())) for tag in others
    }


def out_of_step(record: EditionsFile | None, paragraphs: Paragraphs) -> Iterator[Problem]:
    """A warning for each paragraph that is not in step.

    A translation that nobody ever compared is left alone: its authors keep it in step otherwise.
    """
    source = next(iter(paragraphs))
    if record is None:
        return
    if record.source != source:
        message = f"the source text is {name(source)} now; what was compared with "
        hint = f"compare anew, then “letters editions accept …”; {FILE} is then replaced"
        message += f"{name(record.source)} does not count any more"
        yield Problem(Place(FILE), message, hint, "warning")
        return
    for tag, found in translations(record, paragraphs).items():
        if record.translations.get(tag):
            for standing in found:
                if standing.state != "in step":
                    yield _problem(standing, source, tag)


def behind(
    campaign: Campaign, paragraphs: Callable[[], Paragraphs], going: Collection[str]
) -> Iterator[str]:
    """What to say of translations ``going`` out that are not in step; reads what was compared.

    ``paragraphs`` is asked only where somebody did compare one of them.
    """
    record, problems = load(campaign.root)
    yield from map(str, problems)
    compared = record.translations if record else {}
    if not any(tag in going for tag, entries in compared.items() if entries):
        return
    for tag, found in translations(record, paragraphs()).items():
        ids = [standing.id for standing in found if standing.state != "in step"]
        if ids and tag in going and compared.get(tag):
            yield (
                f"warning: the {name(tag)} edition is not in step with the source text: "
                f"{', '.join(ids)} (“letters editions” shows what to do)"
            )


def name(tag: str) -> str:
    """A language's name in English; a record may name one that letters doesn't know."""
    if tag.partition("-")[0] not in known_languages():
        return tag
    known = language(tag).locale.get_language_name("en") or tag
    return f"{known} ({tag})" if "-" in tag else known


def explained(standing: TranslationState, source: str, tag: str) -> tuple[str, str]:
    """What is wrong with a paragraph, and what to do."""
    first, second, part = name(source), name(tag), f"“{standing.id}”"
    accept = f"then “letters editions accept {tag} {standing.id}”"
    match standing.state:
        case "behind":
            message = f"the {first} text of {part} has changed since this was translated"
            return message, f"bring it up to date, {accept}"
        case "edited":
            message = f"this has changed since it was compared with the {first} text of {part}"
            return message, f"compare them, {accept}"
        case "not compared":
            return f"this was never compared with the {first} text of {part}", f"do so, {accept}"
        case "missing":
            return f"the {second} edition has no {part}", f"translate it, {accept}"
        case "extra":
            return f"the {first} edition has no {part}", "add it there, or take it out here"
        case "in step":
            return f"says what the {first} text of {part} says", ""


def _problem(standing: TranslationState, source: str, tag: str) -> Problem:
    return Problem(standing.place, *explained(standing, source, tag), "warning")
