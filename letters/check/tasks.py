"""What the process of an inspection does, step by step; the campaign stays in it between steps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from letters.campaign import references
from letters.campaign.load import load
from letters.campaign.namecheck import check_names
from letters.campaign.starter_text import left_over
from letters.check import addressed, covernotes, duplicates, grounds, numbers, wording
from letters.check import body as bodies
from letters.check.rules import Finding, Rule
from letters.digests import TextDigest
from letters.problem import (
    CampaignError,
    Place,
    Problem,
    Severity,
    did_you_mean,
    in_order,
)

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience
    from letters.check.reading import Reading
    from letters.draft.compose import Edition, Editions
    from letters.draft.document import Blocks, Image, Letter
    from letters.draft.signatures import Signed
    from letters.press.theme import Theme

_held: list[Campaign] = []
_editions: Editions = {}
_different: dict[tuple[str, Audience], list[int]] = {}  # the recipients whose letters are read


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading; ``place`` is where the template is named, for what happens later."""

    problems: list[Problem]
    usable: bool
    place: Place
    recipients: int


def nothing() -> None:
    """The process begins with nothing."""


def read(root: Path) -> Read:
    """Read the campaign, type it and look at it as a whole."""
    campaign, problems = load(root)
    _held[:] = [campaign] if campaign else []
    _editions.clear()
    _different.clear()
    if campaign is None:
        return Read(problems, usable=False, place=Place(""), recipients=0)
    place = campaign.letter_place.place("template")
    return Read(problems, usable=True, place=place, recipients=len(campaign.recipients))


def look_at_pictures() -> list[Problem]:
    """Open every picture, so that a broken one isn’t found when the letters are due."""
    campaign = _held[0]
    paths = [campaign.letter.sender.logo, *references.pictures(campaign).values()]
    problems: list[Problem] = []
    for path in filter(None, paths):
        try:
            _picture(path, "")
        except CampaignError as error:
            problems += error.problems
    return problems


def look_at_enclosures() -> list[Problem]:
    """Read what the enclosures say of themselves: they go out as they are."""
    from letters.check import enclosures
    from letters.check.protected import secrets

    enclosed = any(each.file for each in _held[0].letter.enclosures)
    return list(enclosures.look(_held[0], secrets(_held[0]))) if enclosed else []


def draft() -> list[Problem]:
    """Run the template for every recipient and language; look at theme, fonts and envelope.

    Whoever is asked for a signature is shown the same texts, for one signer and for several.
    """
    from letters.campaign.addressing import signings
    from letters.draft.branches import Branches
    from letters.draft.compose import Edition
    from letters.draft.context import audiences
    from letters.press.families import fallbacks
    from letters.press.obstacles import faults_in_all
    from letters.press.themes import load_theme

    campaign, branches = _held[0], Branches()
    problems: list[Problem] = []
    for tag, audience in itertools.product(campaign.letter.languages, audiences(campaign)):
        try:
            edition = _editions[tag, audience] = Edition(campaign, tag, audience, branches)
            for signing in signings(campaign.recipients, tag):
                first = _first_of_each_text(edition, signing)
                _different.setdefault((tag, audience), first)
        except CampaignError as error:
            problems += error.problems
    try:
        theme = load_theme(campaign)
    except CampaignError as error:
        return in_order([*problems, *error.problems])
    problems += covernotes.look(campaign)
    if problems:
        return in_order(problems)
    found = [*fallbacks(campaign), *branches.never_taken()]
    return [*found, *faults_in_all(campaign, theme, _editions, _different)]


def judge(sound: bool) -> tuple[list[Problem], tuple[str, ...]]:
    """What is unwise in the letter, and what its body does not allow; and what a person must check.

    Without ``sound`` the letter can’t be laid out, and only the data is looked at.
    """
    campaign = _held[0]
    problems = [*grounds.look(campaign), *check_names(campaign)]
    problems += [*duplicates.look(campaign), *numbers.look(campaign), *addressed.look(campaign)]
    body, found = _body(campaign)
    problems += found
    rules = body.rules if body else ()
    problems += [p for rule in rules for p in _told(body, rule, rule.of_campaign(campaign))]
    problems += left_over(campaign) if sound else ()  # mistakes come first
    for reading in _readings(campaign, rules) if sound else ():
        problems += _in_edition(reading, wording.look(reading))
        for rule in rules:
            problems += _in_edition(reading, _told(body, rule, rule.of_edition(reading)))
    return in_order(problems), _reminders(body)


def compare(sound: bool) -> list[Problem]:
    """Which paragraphs of the translations are not in step any more."""
    from letters.campaign import translation_log
    from letters.check.editions import out_of_step
    from letters.draft.edition_paragraphs import paragraphs_of

    record, problems = translation_log.load(_held[0].root)
    if record and sound:
        problems += out_of_step(record, paragraphs_of(_held[0], _editions))
    return problems


def search(folder: Path) -> tuple[int, list[Problem]]:
    """How many strings are protected, and which files and enclosures hold one of them."""
    from letters.check import enclosures
    from letters.check.privacy import search_folder
    from letters.check.protected import secrets

    known = secrets(_held[0])
    found = search_folder(folder, known, _held[0].root)
    return len(known), [*found, *enclosures.search_all(_held[0], known)]


def _body(campaign: Campaign) -> tuple[bodies.Institution | None, list[Problem]]:
    chosen = campaign.letter.body or campaign.declared.body
    if chosen is None:
        return None, []
    body, problems = bodies.load(campaign.root, chosen)
    if body is None and not problems:
        key = "body" if campaign.letter.body else "template"
        hint = did_you_mean(chosen, bodies.known(campaign.root))
        message = f"there is no body “{chosen}” with rules"
        return None, [Problem(campaign.letter_place.place(key), message, hint)]
    return body, problems


def _told(
    body: bodies.Institution | None, rule: Rule, findings: Iterator[Finding]
) -> Iterator[Problem]:
    source = body.source_of(rule) if body else ""
    severity: Severity = "error" if rule.level == "V" else "warning"
    for finding in findings:
        yield Problem(finding.place, finding.message, rule.says, severity, source)


def _in_edition(reading: Reading, problems: Iterator[Problem]) -> Iterator[Problem]:
    """Problems that say in which edition they were found, where there are several."""
    for problem in problems:
        if len(reading.campaign.letter.languages) > 1:
            message = f"{problem.message}, in the edition “{reading.tag}”"
            yield replace(problem, message=message)
        else:
            yield problem


def _reminders(body: bodies.Institution | None) -> tuple[str, ...]:
    if body is None:
        return ()
    return tuple(f"{entry.text} ({body.source_of(entry)})" for entry in body.reminders)


def _readings(campaign: Campaign, rules: tuple[Rule, ...]) -> Iterator[Reading]:
    """Each text that the campaign has: mostly one a language, whoever gets it."""
    from letters.check.reading import Reading, runs_of
    from letters.draft.compose import edition_for
    from letters.draft.template import read_body
    from letters.press.themes import load_theme

    theme = load_theme(campaign)
    signed = _signed(campaign, everybody=any(rule.needs_pages for rule in rules))
    for tag in campaign.letter.languages:
        edition = edition_for(campaign, tag, "recipient", _editions)
        file = campaign.template_files.body(campaign.letter.template, tag)
        if file is None:  # which was said when the template was drafted
            continue
        shown = campaign.template_files.shown(file)
        template = read_body(file, shown)
        for index in _different[tag, "recipient"]:
            letter = edition.letter(index, signed, _picture)
            pages = _Pages(letter, theme)
            yield Reading(
                campaign, letter, runs_of(letter), template, shown, theme.page_mm, pages.count
            )


def _first_of_each_text(edition: Edition, signing: int) -> list[int]:
    """The first recipient of each different text. Raises CampaignError."""
    first: dict[str, int] = {}
    for index, text in enumerate(edition.canonical_texts(signing)):
        first.setdefault(text, index)
    return list(first.values())


def _signed(campaign: Campaign, *, everybody: bool) -> Signed:
    """As if all had signed, so that pages are as full as they will be; else as if nobody had.

    Names in the block of signatures are no words of the text, and thousands of them take long.
    """
    from letters.draft.signatures import Signed

    states = dict.fromkeys(campaign.signatory_ids if everybody else (), "signed")
    return Signed(states, campaign.letter.date, draft=False, digest=TextDigest("0" * 64))


class _Pages:
    """Counts the pages of one letter’s blocks; what was laid out once is remembered."""

    def __init__(self, letter: Letter, theme: Theme) -> None:
        self._letter, self._theme = letter, theme
        self._known: dict[Blocks, int] = {}

    def count(self, blocks: Blocks) -> int:
        from letters.press import pdf

        if blocks not in self._known:
            whole = blocks == self._letter.blocks
            notes = self._letter.notes if whole else ()
            letter = replace(self._letter, blocks=blocks, notes=notes)
            self._known[blocks] = pdf.write(letter, self._theme).pages
        return self._known[blocks]


def _picture(path: str, alt: str) -> Image:
    from letters.press.pictures import clean

    return clean(_held[0], path, alt)
