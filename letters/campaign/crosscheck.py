"""What no single record can know: references, doubles, languages, pictures, template values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from letters import reading
from letters.campaign import value_lists
from letters.campaign.bindings import check_bindings
from letters.campaign.casecheck import check_cases
from letters.campaign.enclosures import missing
from letters.campaign.languagecheck import check_languages, check_translated
from letters.campaign.localtext import LocalText
from letters.campaign.mailboxes import check_shared
from letters.campaign.mailcheck import check_mail
from letters.campaign.model import people_place
from letters.campaign.named_sources import named_sources, unknown
from letters.campaign.neutral import neutral
from letters.campaign.personcheck import check_recipient, check_signatory, is_ordinary
from letters.campaign.placecheck import check_address, check_form
from letters.campaign.recipient_needs import check_needs
from letters.campaign.shown import is_open
from letters.campaign.types import as_date, as_number
from letters.problem import KnownWords, Problem, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign, Located
    from letters.campaign.people import Recipient

_PICTURES = (".png", ".jpg", ".jpeg")


def crosscheck(campaign: Campaign, *, complete: bool, declared: bool) -> list[Problem]:
    """Every problem that shows only when the files are seen together.

    Unless the files could be read completely, nobody is reported as missing; unless the template
    has been read (``declared``), no value is reported as unknown to it.
    """
    checks = [
        _doubles, _sources, check_languages, check_translated, _people, _cases, _pictures,
        missing, _themes,
        check_shared,
        check_mail,
        check_bindings,
    ]  # fmt: skip
    if declared:
        checks += [_values, _ahead, check_needs]
    if complete:
        checks.append(_empty)
    return [problem for check in checks for problem in check(campaign)]


def _doubles(campaign: Campaign) -> Iterator[Problem]:
    for noun, ids, places in (
        ("signatory", campaign.signatory_ids, campaign.signatory_places),
        ("recipient", [each.id for each in campaign.recipients], campaign.recipient_places),
    ):
        seen: dict[str, int] = {}
        for number, identifier in enumerate(ids):
            if (first := seen.setdefault(identifier, number)) != number:
                there = places[first].place("id")
                message = f"a second {noun} has this id (the first is at {there})"
                yield Problem(places[number].place("id"), message, "give each an id of its own")
    ids = [case.id for case in campaign.letter.cases]
    met = set[str]()
    for index, identifier in enumerate(ids):
        if identifier in met:
            place = campaign.letter_place.place("cases", index, "id")
            yield Problem(place, "a second case has this id", "give each an id of its own")
        met.add(identifier)


def _empty(campaign: Campaign) -> Iterator[Problem]:
    letter, source = campaign.letter, campaign.letter_place.source
    for noun, key, path, people in (
        ("signatory", "signatories", letter.signatories, campaign.signatories),
        ("recipient", "recipients", letter.recipients, campaign.recipients),
    ):
        if not people:
            place = people_place(source, key, path)
            yield Problem(place, f"there is no {noun}", "a letter needs at least one")


def _sources(campaign: Campaign) -> Iterator[Problem]:
    letter, at = campaign.letter, campaign.letter_place
    cited: list[tuple[str | None, bool, Located, tuple[str | int, ...]]] = [
        (figure.source, True, at, ("figures", key, "source"))
        for key, figure in letter.figures.items()
    ]
    for c, case in enumerate(letter.cases):
        for f, fact in enumerate(case.facts):
            steps: tuple[str | int, ...] = ("cases", c, "facts", f, "source")
            cited.append((fact.source, is_open(case.visibility), at, steps))
    cited += [
        (
            signatory.testimony.source,
            is_open(signatory.visibility),
            campaign.signatory_places[number],
            ("testimony", "source"),
        )
        for number, signatory in enumerate(campaign.signatories)
        if signatory.testimony
    ]
    known: KnownWords | None = None
    for source, public, located, steps in cited:
        if source is not None and source not in letter.sources:
            known = KnownWords(named_sources(campaign)) if known is None else known
            message, hint = unknown(source, public=public, known=known)
            yield Problem(located.place(*steps), message, hint)


def _people(campaign: Campaign) -> Iterator[Problem]:
    free = neutral("signatory", campaign.signatory_ids)
    for number, signatory in enumerate(campaign.signatories):
        if not is_ordinary(signatory):
            yield from check_signatory(signatory, campaign.signatory_places[number], free)
    for recipient, at in _recipients(campaign):
        yield from check_recipient(recipient, at)
        yield from check_address(recipient, at, campaign)
        yield from check_form(recipient, at, campaign)


def _cases(campaign: Campaign) -> Iterator[Problem]:
    yield from check_cases(campaign.letter, campaign.letter_place)


def _pictures(campaign: Campaign) -> Iterator[Problem]:
    wanted: list[tuple[str | None, Located, tuple[str, ...]]] = [
        (campaign.letter.sender.logo, campaign.letter_place, ("from", "logo"))
    ]
    wanted += [
        (signatory.signature_image, campaign.signatory_places[number], ("signature_image",))
        for number, signatory in enumerate(campaign.signatories)
        if signatory.signature_image
    ]
    for path, at, steps in wanted:
        if path is None:
            continue
        file = campaign.inner(path)
        if file is None or not file.exists():
            yield Problem(at.place(*steps), "there is no such file in the campaign")
        elif wrong := reading.odd(file):
            yield Problem(at.place(*steps), wrong.why, wrong.hint)
        elif file.suffix.lower() not in _PICTURES:
            yield Problem(at.place(*steps), "must be a PNG or JPEG picture")


def _values(campaign: Campaign) -> Iterator[Problem]:
    """The values that template.yaml asks for, given and of the right type."""
    rules, given, at = campaign.declared.values, campaign.letter.values, campaign.letter_place
    yield from value_lists.written_twice(campaign)
    known = KnownWords(rules)
    for key in given:
        if key not in rules and not value_lists.list_of(key, rules):
            place = at.source.place((*at.base, "values", key), at_key=True)
            message = f"the template “{campaign.letter.template}” knows no such value"
            yield Problem(place, message, did_you_mean(key, known))
    for key, rule in rules.items():
        if rule.type == "list" and (items := value_lists.items(given, key)):
            for steps, item in items:
                if (wanted := _mistyped("text", item, campaign.letter.languages)) is not None:
                    yield Problem(at.place("values", *steps), wanted, rule.help)
        elif key not in given or rule.type == "list":
            if rule.required:
                message = f"the template needs a value “{key}”"
                yield Problem(at.place("values"), message, rule.help)
        elif (wanted := _mistyped(rule.type, given[key], campaign.letter.languages)) is not None:
            yield Problem(at.place("values", key), wanted, rule.help)


def _ahead(campaign: Campaign) -> Iterator[Problem]:
    """Facts about recipients are of the past: their days aren't later than the letter's own."""
    date, own = campaign.letter.date, campaign.letter.values
    records = [
        ({key: LocalText({"": said}) for key, said in own.items() if isinstance(said, str)},
         campaign.letter_place),
        *((recipient.values, at) for recipient, at in _recipients(campaign)),
    ]  # fmt: skip
    for values, at in records:
        for key in (key for key in campaign.declared.recipient_facts if key in values):
            days = [as_date(said) for said in values[key].texts.values()]
            if any(day and day > date for day in days):
                message = f"is later than the letter’s own date, {date}"
                hint = "it can’t tell what has not been yet: correct this day, or the letter’s"
                yield Problem(at.place("values", key), message, hint)


def _mistyped(kind: str, value: Any, languages: Iterable[str]) -> str | None:
    if kind == "text":
        texts = value if isinstance(value, dict) else {"": value}
        if not all(isinstance(text, str) for text in texts.values()):
            return "must be a text, or one text per language"
        missing = [tag for tag in languages if LocalText(texts).tag_for(tag) is None]
        return f"has no text for {', '.join(missing)}" if missing else None
    if not isinstance(value, str):
        return f"must be a {kind}"
    if kind == "number":
        return None if as_number(value) is not None else "must be a number"
    if kind == "date":
        return None if as_date(value) else "must be a date written like 2025-09-03"
    return None if value in ("yes", "no", "true", "false") else "must be yes or no"


def _themes(campaign: Campaign) -> Iterator[Problem]:
    theme = campaign.letter.theme
    if campaign.template_files.find("themes", theme, "theme.yaml") is None:
        hint = did_you_mean(theme, campaign.template_files.themes())
        yield Problem(campaign.letter_place.place("theme"), "there is no such theme", hint)


def _recipients(campaign: Campaign) -> list[tuple[Recipient, Located]]:
    return list(zip(campaign.recipients, campaign.recipient_places, strict=True))
