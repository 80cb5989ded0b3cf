"""What no single record can know: references, doubles, languages, pictures, template values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from letters.campaign.localtext import LocalText
from letters.campaign.types import Model, as_number
from letters.problem import Problem, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.load import Campaign, Located
    from letters.campaign.people import Recipient, Signatory

_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")
_HOLDS_TEXT = (LocalText, Model, tuple, dict)
_PICTURES = (".png", ".jpg", ".jpeg")


def crosscheck(campaign: Campaign, *, complete: bool) -> list[Problem]:
    """Every problem that shows only when the files are seen together.

    Unless the files could be read completely, nobody is reported as missing.
    """
    checks = [_doubles, _sources, _languages, _people, _pictures, _values, _themes]
    if complete:
        checks.append(_empty)
    return [problem for check in checks for problem in check(campaign)]


def _doubles(campaign: Campaign) -> Iterator[Problem]:
    groups: tuple[tuple[str, list[tuple[str, Located]]], ...] = (
        ("signatory", [(s.id, p) for s, p in _signatories(campaign)]),
        ("recipient", [(r.id, p) for r, p in _recipients(campaign)]),
    )
    for noun, records in groups:
        seen: dict[str, Located] = {}
        for identifier, located in records:
            if identifier in seen:
                first = seen[identifier].place("id")
                message = f"a second {noun} has this id (the first is at {first})"
                yield Problem(located.place("id"), message, "give each an id of its own")
            else:
                seen[identifier] = located
    ids = [case.id for case in campaign.letter.cases]
    for index, identifier in enumerate(ids):
        if identifier in ids[:index]:
            place = campaign.letter_place.place("cases", index, "id")
            yield Problem(place, "a second case has this id", "give each an id of its own")


def _empty(campaign: Campaign) -> Iterator[Problem]:
    for noun, key, people in (
        ("signatory", "signatories", campaign.signatories),
        ("recipient", "recipients", campaign.recipients),
    ):
        if not people:
            place = campaign.letter_place.place(key)
            yield Problem(place, f"there is no {noun}", "a letter needs at least one")


def _sources(campaign: Campaign) -> Iterator[Problem]:
    letter, at = campaign.letter, campaign.letter_place
    cited: list[tuple[str | None, Located, tuple[str | int, ...]]] = [
        (figure.source, at, ("figures", key, "source")) for key, figure in letter.figures.items()
    ]
    for c, case in enumerate(letter.cases):
        for f, fact in enumerate(case.facts):
            cited.append((fact.source, at, ("cases", c, "facts", f, "source")))
    for signatory, located in _signatories(campaign):
        if signatory.testimony:
            cited.append((signatory.testimony.source, located, ("testimony", "source")))
    for source, located, steps in cited:
        if source is not None and source not in letter.sources:
            hint = did_you_mean(source, letter.sources) or "add it under “sources” in letter.yaml"
            yield Problem(located.place(*steps), f"there is no source “{source}”", hint)


def _languages(campaign: Campaign) -> Iterator[Problem]:
    """Texts of the letter must exist in each of its languages; names may be in fewer."""
    languages = campaign.letter.languages
    for index, language in enumerate(languages):
        if language in languages[:index]:
            yield Problem(campaign.letter_place.place("languages", index), "stands here twice")
        if campaign.shelf.body(campaign.letter.template, language) is None and (
            campaign.shelf.find(campaign.letter.template, "template.yaml") is not None
        ):
            written = ", ".join(campaign.shelf.languages(campaign.letter.template))
            message = f"the template “{campaign.letter.template}” has no letter.{language}.md"
            place = campaign.letter_place.place("languages", index)
            yield Problem(place, message, f"it is written in: {written}" if written else "")
    records: list[tuple[Model, Located]] = [(campaign.letter, campaign.letter_place)]
    records += _signatories(campaign)
    records += _recipients(campaign)
    for record, located in records:
        for steps, text in _texts(record):
            missing = [tag for tag in languages if text.tag_for(tag) is None]
            if missing and steps[0] != "name":
                message = f"has no text for {', '.join(missing)}"
                hint = "add it, or write one text for all languages"
                yield Problem(located.place(*steps), message, hint)


def _texts(record: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, LocalText]]:
    """Every text of a record that is written per language, with the keys that lead to it."""
    if isinstance(record, LocalText):
        if "" not in record.texts:
            yield steps, record
        return
    items: Iterable[tuple[Any, Any]]
    if isinstance(record, Model):
        items = vars(record).items()
    elif isinstance(record, dict):
        items = record.items()
    else:
        items = enumerate(record)
    for key, value in items:
        if isinstance(value, _HOLDS_TEXT):
            # The one key that is not named like its field.
            yield from _texts(value, (*steps, "from" if key == "sender" else key))


def _people(campaign: Campaign) -> Iterator[Problem]:
    for signatory, at in _signatories(campaign):
        if signatory.visibility == "role-only" and signatory.description is None:
            hint = "say what is printed instead of the name, such as “a journalist, Minsk”"
            yield Problem(at.place("visibility"), "role-only needs a description", hint)
        if signatory.contact and signatory.contact.email:
            yield from _email(signatory.contact.email, at, "contact", "email")
        if signatory.visibility in ("withheld", "role-only") and _reveals(signatory):
            yield Problem(
                at.place("id"),
                "the id gives away a part of a name that is not to be printed",
                "ids stand in the log and in “letters status”: choose one such as signer-07",
            )
        yield from _scripts(signatory, at)
    for recipient, at in _recipients(campaign):
        if recipient.email:
            yield from _email(recipient.email, at, "email")
        yield from _scripts(recipient, at)


def _email(address: str, at: Located, *steps: str) -> Iterator[Problem]:
    if not _EMAIL.fullmatch(address):
        yield Problem(at.place(*steps), "is not one e-mail address", "like name@example.org")


def _reveals(signatory: Signatory) -> bool:
    name = signatory.name
    words = [name.given, name.family, name.native]
    words += name.display.texts.values() if name.display else []
    parts = {_plain(part) for word in words if word for part in re.split(r"[\s\-]+", word)}
    return any(len(part) > 2 and part in signatory.id.split("-") for part in parts)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _scripts(person: Signatory | Recipient, at: Located) -> Iterator[Problem]:
    """A Cyrillic letter inside a Latin word looks right and is found by no search."""
    for steps, name in (("name", person.name),):
        texts = list(name.display.texts.values()) if name.display else []
        texts += [part for part in (name.given, name.family) if part]
        if any(len(_alphabets(word)) > 1 for text in texts for word in text.split()):
            hint = "retype the name: a letter of another alphabet looks alike"
            message = "mixes alphabets within one word"
            yield Problem(at.place(steps), message, hint, severity="warning")


def _alphabets(word: str) -> set[str]:
    if word.isascii():
        return set()
    names = (unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha())
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")}


def _pictures(campaign: Campaign) -> Iterator[Problem]:
    wanted: list[tuple[str | None, Located, tuple[str, ...]]] = [
        (campaign.letter.sender.logo, campaign.letter_place, ("from", "logo"))
    ]
    wanted += [(s.signature_image, at, ("signature_image",)) for s, at in _signatories(campaign)]
    for path, at, steps in wanted:
        if path is None:
            continue
        file = campaign.inner(path)
        if file is None or not file.is_file():
            yield Problem(at.place(*steps), "there is no such file in the campaign")
        elif file.suffix.lower() not in _PICTURES:
            yield Problem(at.place(*steps), "must be a PNG or JPEG picture")


def _values(campaign: Campaign) -> Iterator[Problem]:
    """The values that template.yaml asks for, given and of the right type."""
    rules, given, at = campaign.declared.values, campaign.letter.values, campaign.letter_place
    for key in given:
        if key not in rules:
            place = at.source.place((*at.base, "values", key), at_key=True)
            message = f"the template “{campaign.letter.template}” knows no such value"
            yield Problem(place, message, did_you_mean(key, rules))
    for key, rule in rules.items():
        if key not in given:
            if rule.required:
                message = f"the template needs a value “{key}”"
                yield Problem(at.place("values"), message, rule.help)
        elif (wanted := _mistyped(rule.type, given[key], campaign.letter.languages)) is not None:
            yield Problem(at.place("values", key), wanted, rule.help)


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
        return None if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "must be a date like 2025-09-03"
    return None if value in ("yes", "no", "true", "false") else "must be yes or no"


def _themes(campaign: Campaign) -> Iterator[Problem]:
    theme = campaign.letter.theme
    if campaign.shelf.find("themes", theme, "theme.yaml") is None:
        hint = did_you_mean(theme, campaign.shelf.themes())
        yield Problem(campaign.letter_place.place("theme"), "there is no such theme", hint)


def _signatories(campaign: Campaign) -> list[tuple[Signatory, Located]]:
    return list(zip(campaign.signatories, campaign.signatory_places, strict=True))


def _recipients(campaign: Campaign) -> list[tuple[Recipient, Located]]:
    return list(zip(campaign.recipients, campaign.recipient_places, strict=True))
