"""Texts that the languages of a letter lack, and those that are the same in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from letters.campaign import addressing, value_lists
from letters.campaign.localtext import LocalText
from letters.campaign.people import Name, Recipient
from letters.campaign.signatory import Contact, Signatory
from letters.campaign.types import Model
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign, Located

_WITH_DEFAULTS = frozenset(("name", "person", "salutation", "close", "office_dative"))
_SENTENCES = frozenset(("subject", "notice", "text", "limits", "label"))
_HOLDS_TEXT = (Model, tuple, dict)
_HOLDS_NONE = frozenset((type(None), str, bool))
_HOLDS_NAMES = frozenset((*_HOLDS_NONE, Name, Contact))


def check_languages(campaign: Campaign) -> Iterator[Problem]:
    """Texts of the letter must exist in each of its languages; names may be in fewer."""
    languages = campaign.letter.languages
    for index, language in enumerate(languages):
        if language in languages[:index]:
            yield Problem(campaign.letter_place.place("languages", index), "stands here twice")
        if campaign.template_files.body(campaign.letter.template, language) is None and (
            campaign.template_files.find(campaign.letter.template, "template.yaml") is not None
        ):
            written = ", ".join(campaign.template_files.languages(campaign.letter.template))
            message = f"the template “{campaign.letter.template}” has no letter.{language}.md"
            place = campaign.letter_place.place("languages", index)
            yield Problem(place, message, f"it is written in: {written}" if written else "")
    records: list[tuple[Model, Located]] = [(campaign.letter, campaign.letter_place)]
    records += [
        (signatory, campaign.signatory_places[number])
        for number, signatory in enumerate(campaign.signatories)
        if _is_by_language(signatory)
    ]
    records += zip(campaign.recipients, campaign.recipient_places, strict=True)
    for record, located in records:
        for steps, text in _texts(record):
            if "" in text.texts:
                continue
            missing = [tag for tag in languages if text.tag_for(tag) is None]
            if isinstance(record, Recipient):
                missing = [tag for tag in missing if not addressing.says(record, tag, steps[-1])]
            if missing and not _WITH_DEFAULTS.intersection(steps):
                message = f"has no text for {', '.join(missing)}"
                hint = "add it, or write one text for all languages"
                yield Problem(located.place(*steps), message, hint)


def _is_by_language(signatory: Signatory) -> bool:
    """Whether some text of it may be missing in one: of thousands, few are so."""
    written = (getattr(signatory, key) for key in signatory.model_fields_set)
    return any(
        "" not in value.texts if type(value) is LocalText else type(value) not in _HOLDS_NAMES
        for value in written
    )


def _texts(record: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, LocalText]]:
    """Every text of a record that must be there in each language, with the keys that lead to it."""
    items: Iterable[tuple[Any, Any]]
    if is_model := isinstance(record, Model):
        items = vars(record).items()
    elif isinstance(record, dict):
        items = record.items()
    else:
        items = enumerate(record)
    for key, value in items:
        if type(value) in _HOLDS_NONE or (is_model and key in _WITH_DEFAULTS):
            continue
        # The one key that is not named like its field.
        below = (*steps, "from" if key == "sender" else key)
        if type(value) is LocalText:
            yield below, value
        elif isinstance(value, _HOLDS_TEXT):
            yield from _texts(value, below)


def check_translated(campaign: Campaign) -> Iterator[Problem]:
    """One text for all languages is right for a name, and a slip for a sentence."""
    letter = campaign.letter
    if len(letter.languages) < 2:
        return
    records: list[tuple[Model, Located]] = [(letter, campaign.letter_place)]
    # Of what a signatory has, only a testimony is a sentence.
    records += [
        (signatory, campaign.signatory_places[number])
        for number, signatory in enumerate(campaign.signatories)
        if signatory.testimony
    ]
    texts = [
        (text, located.place(*steps))
        for record, located in records
        for steps, text in _texts(record)
        if steps[-1] in _SENTENCES and _is_sentence(text.texts.get("", ""))
    ]
    for key, rule in campaign.declared.values.items():
        written = (
            value_lists.items(letter.values, key)
            if rule.type == "list"
            else [((key,), letter.values.get(key))]
        )
        texts += [
            (LocalText({"": value}), campaign.letter_place.place("values", *steps))
            for steps, value in written
            if rule.type in ("text", "list") and isinstance(value, str)
        ]
    for text, place in texts:
        if _is_sentence(text.texts.get("", "")):
            message = "is the same text in every language of the letter"
            hint = f"write one for each of {', '.join(letter.languages)}"
            yield Problem(place, message, hint, severity="warning")


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 3
