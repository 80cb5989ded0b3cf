"""Rules about words: how many, which ones, in which languages, and how something is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from letters.campaign import shown
from letters.campaign.localtext import LocalText
from letters.campaign.model import Campaign
from letters.campaign.types import Identifier, Language, Truth
from letters.check.phrases import (
    characters_in,
    count_phrase,
    find_phrase,
    web_address,
    words_in,
)
from letters.check.reading import Part, Reading
from letters.check.rules.base import (
    Count,
    Finding,
    NotEmpty,
    PhrasesByLanguage,
    Rule,
    for_language,
    key_place,
)
from letters.check.vocabulary import vocabulary
from letters.counting import counted


class MostWords(Rule):
    """Counts what stands between spaces and holds a letter or a digit, in these parts."""

    rule: Literal["most-words"]
    most: Count
    parts: Annotated[tuple[Part, ...], NotEmpty] = ("text", "asks")

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        runs = list(reading.of(*self.parts))
        count = sum(words_in(run.text) for run in runs)
        if count > self.most:
            longest = max(runs, key=lambda run: len(run.longest.text) if run.longest else 0)
            message = f"the text has {counted(count, 'word')}, {count - self.most} too many"
            yield Finding(reading.place(longest), message)


class MostCharacters(Rule):
    """Counts the characters of one text of letter.yaml."""

    rule: Literal["most-characters"]
    most: Count
    of: Literal["title", "subject"] | None = None
    value: Identifier | None = None
    spaces: Truth = True

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        texts, steps = _written(campaign, self.of, self.value)
        for tag, text in texts.items():
            count = characters_in(text, spaces=self.spaces)
            if count > self.most:
                message = f"has {count} characters, {count - self.most} too many"
                yield Finding(key_place(campaign, *steps, *((tag,) if tag else ())), message)


class HasValues(Rule):
    """At least one of these values of letter.yaml is filled in."""

    rule: Literal["has-value"]
    values: Annotated[tuple[str, ...], NotEmpty]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        if not any(campaign.letter.values.get(key) for key in self.values):
            missing = "” or “".join(self.values)
            yield Finding(key_place(campaign, "values"), f"there is no value “{missing}”")


class NoWebAddresses(Rule):
    """No link, no www.…, no bare example.org, in any part that is read as the text."""

    rule: Literal["no-web-addresses"]
    parts: Annotated[tuple[Part, ...], NotEmpty] = ("subject", "text", "asks", "notes")

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        for run in reading.of(*self.parts):
            at = web_address(run.text)
            if at is not None:
                yield Finding(reading.place(run, at), "holds a web address")


class LanguagesAmong(Rule):
    """Every edition is in one of these languages."""

    rule: Literal["languages-among"]
    languages: Annotated[tuple[Language, ...], NotEmpty]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        for index, tag in enumerate(campaign.letter.languages):
            if tag not in self.languages and tag.partition("-")[0] not in self.languages:
                message = f"“{tag}” is not a language that this body reads"
                yield Finding(key_place(campaign, "languages", index), message)


class HasWords(Rule):
    """One of the phrases stands in the letter; a language without phrases is not looked at."""

    rule: Literal["has-words"]
    words: Annotated[PhrasesByLanguage, NotEmpty]
    parts: tuple[Part, ...] = ()

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        phrases = for_language(self.words, reading.tag)
        if not phrases:
            return
        runs = reading.of(*self.parts) if self.parts else reading.runs
        if not find_phrase(" ".join(run.text for run in runs), phrases):
            wanted = "” or “".join(phrases)
            yield Finding(reading.place(), f"the words “{wanted}” don’t stand in the letter")


class HasPrayer(Rule):
    """Something is asked for: by the asks, by one of these values, or by a verb of request."""

    rule: Literal["has-prayer"]
    values: tuple[str, ...] = ()

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        asks = vocabulary(reading.tag).requests
        keys = [f"values.{value}" for value in self.values]
        printed = any(run.part == "asks" or run.prints("asks[", *keys) for run in reading.runs)
        said = any(find_phrase(run.text, asks) for run in reading.of("text", "asks", "sheet"))
        if not printed and not said:
            yield Finding(reading.place(), "the letter asks for nothing")


class Requests(Rule):
    """The prayer requests; it holds none of the words with which the language demands."""

    rule: Literal["requests"]
    values: tuple[str, ...] = ()

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        demands = vocabulary(reading.tag).demands
        for run in reading.prayer(*self.values):
            if said := find_phrase(run.text, demands):
                message = f"demands, with the words “{said}”, instead of asking"
                yield Finding(reading.place(run), message)


class OneAsk(Rule):
    """One request, and not a list of them."""

    rule: Literal["one-ask"]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        asks = campaign.letter.asks
        if len(asks) != 1:
            message = "there is no ask" if not asks else f"there are {len(asks)} asks"
            yield Finding(key_place(campaign, "asks"), message)


class NameRepeated(Rule):
    """The full name of the person whom the letter is for stands in it so many times."""

    rule: Literal["name-repeated"]
    least: Count = 2

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        campaign = reading.campaign
        named = [(case, case.person) for case in shown.cases(campaign) if case.person]
        if not named:
            yield Finding(key_place(campaign, "cases"), "the letter is for nobody who is named")
        words = " ".join(run.text for run in reading.runs)
        for case, person in named:
            forms = (person.get(reading.tag), *person.texts.values())
            count = max(count_phrase(words, form) for form in forms if form)
            if count < self.least:
                times = "once" if count == 1 else f"{count} times"
                message = f"the full name stands {times} in the letter"
                yield Finding(case.place("person"), message)


WORDS: tuple[type[Rule], ...] = (
    MostWords, MostCharacters, HasValues, NoWebAddresses, LanguagesAmong, HasWords, HasPrayer,
    Requests, OneAsk, NameRepeated,
)  # fmt: skip


def _written(
    campaign: Campaign, of: str | None, value: str | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts of one key of letter.yaml by language, and the steps that lead to it."""
    if value is not None:
        written = campaign.letter.values.get(value)
        texts = written if isinstance(written, dict) else {"": written or ""}
        return {tag: str(text) for tag, text in texts.items()}, ("values", value)
    text: LocalText | None = getattr(campaign.letter, of) if of else None
    return (dict(text.texts) if text else {}), (of or "",)
