"""``letters check``, step by step: what is wrong with a campaign, and what is unwise in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.campaign import references, translation_log
from letters.campaign.addressing import signings
from letters.campaign.namecheck import check_names
from letters.campaign.recipient_languages import readers, unspoken
from letters.campaign.starter_text import left_over
from letters.check import addressed, covernotes, duplicates, grounds, numbers, wording
from letters.check import body as bodies
from letters.check.rules import Finding, Rule
from letters.digests import TextDigest
from letters.draft.signatures import Signed
from letters.problem import (
    CampaignError,
    Problem,
    Severity,
    did_you_mean,
    in_order,
)

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience
    from letters.check.reading import Reading
    from letters.draft.document import Blocks, Image, Letter
    from letters.draft.drafts import Drafts
    from letters.press.theme import Theme


class Inspection:
    """One look at a campaign, in steps that may each take long; to be taken in their order.

    ``pictures`` cleans those that letters show, and raises CampaignError for one it can't read.
    """

    def __init__(self, drafts: Drafts, pictures: Callable[[str, str], Image]) -> None:
        self._drafts, self._campaign, self._picture = drafts, drafts.campaign, pictures
        # The recipients whose letters are read: one for each text that differs.
        self._different: dict[tuple[str, Audience], list[int]] = {}

    def pictures(self) -> list[Problem]:
        """Open every picture that the data name, so that a broken one isn’t found too late."""
        paths = [self._campaign.letter.sender.logo, *references.pictures(self._campaign).values()]
        return self._opened(filter(None, paths))

    def _opened(self, paths: Iterable[str]) -> list[Problem]:
        problems: list[Problem] = []
        for path in paths:
            try:
                self._picture(path, "")
            except CampaignError as error:
                problems += error.problems
        return problems

    def enclosures(self) -> list[Problem]:
        """Read what the enclosures say of themselves: they go out as they are."""
        if not self._campaign.letter.enclosures:
            return []
        from letters.check import enclosures
        from letters.check.protected import secrets

        return list(enclosures.look(self._campaign, lambda: secrets(self._campaign)))

    def drafts(self) -> list[Problem]:
        """Run the template for every recipient and language; look at theme, fonts and envelope.

        Whoever is asked for a signature is shown the same texts, for one signer and for several.
        """
        from letters.press.families import fallbacks
        from letters.press.obstacles import faults_in_all
        from letters.press.themes import load_theme

        campaign, drafts = self._campaign, self._drafts
        problems: list[Problem] = []
        reading = {tag: frozenset(readers(campaign, tag)) for tag in campaign.letter.languages}
        for tag, audience in drafts.whole():
            try:
                for signing in signings(campaign.recipients, tag):
                    first: dict[str, int] = {}
                    for (text, _), indexes in drafts.texts(tag, audience, signing).items():
                        for index in filter(reading[tag].__contains__, indexes):
                            first.setdefault(text, index)
                    self._different.setdefault((tag, audience), sorted(first.values()))
            except CampaignError as error:
                problems += error.problems
        shown = {path for edition in drafts.editions.values() for path in edition.pictured}
        problems += self._opened(sorted(shown))
        try:
            theme = load_theme(campaign)
        except CampaignError as error:
            return in_order([*problems, *error.problems])
        problems += covernotes.look(drafts)
        if problems:
            return in_order(problems)
        found = [*fallbacks(campaign), *drafts.branches.never_taken()]
        return [*found, *faults_in_all(campaign, theme, drafts.editions, self._different)]

    def translations(self, sound: bool) -> list[Problem]:
        """Which paragraphs of the translations are not in step any more."""
        from letters.check.editions import out_of_step

        record, problems = translation_log.load(self._campaign.root)
        if record and sound:
            problems += out_of_step(record, self._drafts.paragraphs())
        return problems

    def judgement(self, sound: bool) -> tuple[list[Problem], tuple[str, ...]]:
        """What is unwise, and what the body addressed does not allow; what a person must check.

        Without ``sound`` the letter can’t be laid out, and only the data is looked at.
        """
        campaign = self._campaign
        problems = [*grounds.look(campaign), *check_names(campaign)]
        problems += [*duplicates.look(campaign), *numbers.look(campaign)]
        problems += [*addressed.look(campaign), *unspoken(campaign)]
        body, found = _body(campaign)
        problems += found
        rules = body.rules if body else ()
        for rule in rules:
            problems += _told(body, rule, rule.of_campaign(campaign))
            problems += _told(body, rule, rule.of_drafts(self._drafts))
        problems += left_over(campaign) if sound else ()  # mistakes come first
        for reading in self._readings(rules) if sound else ():
            problems += _in_edition(reading, wording.look(reading))
            for rule in rules:
                problems += _in_edition(reading, _told(body, rule, rule.of_edition(reading)))
        return in_order(problems), _reminders(body)

    def protected(self, folder: Path) -> tuple[int, list[Problem]]:
        """How many strings are protected, and which files and enclosures hold one of them."""
        from letters.check import enclosures
        from letters.check.privacy import search_folder
        from letters.check.protected import secrets

        known = secrets(self._campaign)
        found = search_folder(folder, known, self._campaign.root)
        return len(known), [*found, *enclosures.search_all(self._campaign, known)]

    def _readings(self, rules: tuple[Rule, ...]) -> Iterator[Reading]:
        """Each text that the campaign has: mostly one a language, whoever gets it."""
        from letters.check.reading import Reading, runs_of
        from letters.draft.template import read_body
        from letters.press.themes import load_theme

        campaign = self._campaign
        theme = load_theme(campaign)
        signed = _signed(campaign, everybody=any(rule.needs_pages for rule in rules))
        for tag in campaign.letter.languages:
            edition = self._drafts.edition(tag, "recipient")
            file = campaign.template_files.body(campaign.letter.template, tag)
            if file is None:  # which was said when the template was drafted
                continue
            shown = campaign.template_files.shown(file)
            template = read_body(file, shown)
            for index in self._different[tag, "recipient"]:
                letter = edition.letter(index, signed, self._picture)
                pages = _Pages(letter, theme)
                yield Reading(
                    campaign, letter, runs_of(letter), template, shown, theme.page_mm, pages.count
                )


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


def _signed(campaign: Campaign, *, everybody: bool) -> Signed:
    """As if all had signed, so that pages are as full as they will be; else as if nobody had.

    Names in the block of signatures are no words of the text, and thousands of them take long.
    """
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
