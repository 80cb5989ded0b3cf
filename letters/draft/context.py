"""The public view of a campaign: the only data that a template ever sees.

Every field is named here one by one. What is not named (contacts, consent, notes, ids, the names
of those who are withheld) can't be reached by any template, whoever wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from letters.campaign import addressing, shown, value_lists
from letters.campaign.localtext import LocalText
from letters.campaign.model import Campaign, Located
from letters.campaign.named_sources import named_sources
from letters.campaign.people import Recipient
from letters.campaign.shown import Audience, ShownCase
from letters.campaign.types import as_number
from letters.draft.address_parts import address
from letters.draft.language import Language
from letters.draft.record import Absent, Deferred, Record
from letters.draft.sealer import Sealer
from letters.draft.signatory_records import people
from letters.draft.values import Raw, Sealed


def audiences(campaign: Campaign) -> tuple[Audience, ...]:
    """For whom there is a text; whoever signs answers for the public's too, where it can differ."""
    letter = campaign.letter
    cases = any(case.confidential for case in shown.cases(campaign))
    enclosures = any(enclosure.confidential for enclosure in letter.enclosures)
    return ("recipient", "public") if cases or enclosures else ("recipient",)


def shared_context(campaign: Campaign, language: Language, audience: Audience) -> dict[str, Any]:
    """What is the same for every recipient of one language and audience."""
    letter, at, seal = campaign.letter, campaign.letter_place, Sealer(language)
    sources = {
        key: Record(
            f"sources.{key}",
            {
                "title": seal.value(source.title, at, "sources", key, "title"),
                "publisher": seal.value(source.publisher, at, "sources", key, "publisher"),
                "date": seal.value(source.date, at, "sources", key, "date"),
                "url": seal.value(source.url, at, "sources", key, "url"),
                "accessed": seal.value(source.accessed, at, "sources", key, "accessed"),
                "key": key,
            },
            partial(at.place, "sources", key),
            "title",
        )
        for key, source in letter.sources.items()
    }
    fields: dict[str, Any] = {
        "language": language.tag,
        "title": seal.value(letter.title, at, "title"),
        "subject": seal.value(letter.subject, at, "subject"),
        "date": seal.value(letter.date, at, "date"),
        "place": seal.value(letter.place, at, "place"),
        "deadline": seal.value(letter.deadline, at, "deadline"),
        "sender": Record(
            "sender",
            {
                "organisation": seal.value(letter.sender.organisation, at, "from", "organisation"),
                "contact": seal.value(
                    "\n".join(letter.sender.contact) or None, at, "from", "contact"
                ),
            },
            partial(at.place, "from"),
            "organisation",
        ),
        "asks": [
            Record(
                "ask",
                {
                    "text": seal.value(ask.text, at, "asks", i, "text"),
                    "limits": seal.value(ask.limits, at, "asks", i, "limits"),
                },
                partial(at.place, "asks", i),
                "text",
            )
            for i, ask in enumerate(letter.asks)
        ],
        "figures": Record(
            "figures",
            {
                key: Record(
                    f"figures.{key}",
                    {
                        "value": seal.value(figure.value, at, "figures", key, "value"),
                        "date": seal.value(figure.date, at, "figures", key, "date"),
                        "label": seal.value(figure.label, at, "figures", key, "label"),
                        "source": sources.get(figure.source) if figure.source else None,
                    },
                    partial(at.place, "figures", key),
                    "value",
                )
                for key, figure in letter.figures.items()
            },
            partial(at.place, "figures"),
        ),
        "cases": [
            _case(case, seal, sources)
            for case in shown.cases(campaign)
            if case.is_shown_to(audience)
        ],
        "sources": Record(
            "sources", sources, partial(at.place, "sources"), listed=named_sources(campaign)
        ),
        "enclosures": _only(
            seal.value(enclosure.title, at, "enclosures", i, "title")
            for i, enclosure in enumerate(letter.enclosures)
            if not (enclosure.confidential and audience == "public")
        ),
        "copies_to": _only(
            seal.value(copy, at, "copies_to", i) for i, copy in enumerate(letter.copies_to)
        ),
        **people(campaign, seal, sources),
        "values": declared_values(campaign, seal),
    }
    return {
        key: Absent("", key, at.place) if value is None else value for key, value in fields.items()
    }


def recipient_context(
    recipient: Recipient,
    at: Located,
    campaign: Campaign,
    language: Language,
    values: Iterable[str],
    *,
    signers: int,
) -> Record:
    """The recipient's own slots; the text digest covers their names and not their text.

    What the template calls a fact about the recipient is no slot: who signs, signs that too.
    ``values`` names the values that any recipient has: a template may ask each one for them.
    The complimentary close agrees with the number of ``signers``.
    """
    seal, name, tag = Sealer(language), recipient.name, language.tag

    def slot(key: str, raw: LocalText | str | None, *steps: str | int) -> Sealed | None:
        return seal.value(raw, at, *steps, slot=f"recipient.{key}")

    def said(key: str, text: str | None) -> Sealed | None:
        """What the record says under that key or, where it is silent, its form of address."""
        own: LocalText | None = getattr(recipient, key)
        written = own.tag_for(tag) if own else None
        steps = (key, written) if written else (key,)
        return slot(key, language.typeset(text) if text else None, *steps)

    def own(key: str) -> Sealed | None:
        raw = recipient.values.get(key)
        if key in campaign.declared.recipient_facts:
            return seal.value(raw, at, "values", key)
        return slot(f"values.{key}", raw, "values", key)

    def organisation() -> str | None:
        return ", ".join(addressing.organisation(recipient, tag)) or None

    fields: dict[str, Callable[[], Any]] = {
        "name": lambda: slot("name", name.shown(tag), "name"),
        "full_name": lambda: slot("full_name", addressing.full_name(recipient, tag), "name"),
        "given": lambda: slot("given", name.given, "name", "given"),
        "family": lambda: slot("family", name.family, "name", "family"),
        "gender": lambda: recipient.gender,
        "office": lambda: said("office", addressing.office(recipient, tag)),
        "organisation": lambda: said("organisation", organisation()),
        "seat": lambda: slot("seat", addressing.seat(recipient, tag), "form"),
        "address": lambda: address(recipient, at, campaign, language),
        "salutation": lambda: said("salutation", addressing.salutation(recipient, tag)),
        "close": lambda: said("close", addressing.close(recipient, tag, signers)),
        "district": lambda: slot("district", recipient.district, "district"),
        "language": lambda: recipient.language,
        "values": lambda: Record(
            "recipient.values",
            Deferred({key: partial(own, key) for key in values}),
            partial(at.place, "values"),
        ),
    }
    return Record("recipient", Deferred(fields), at.place, "name")


def _case(case: ShownCase, seal: Sealer, sources: dict[str, Record]) -> Record:
    facts = [
        Record(
            "fact",
            {
                "text": seal.value(fact.text, case, "facts", f, "text"),
                "date": seal.value(fact.date, case, "facts", f, "date"),
                "said_by": seal.value(fact.said_by, case, "facts", f, "said_by"),
                "source": sources.get(fact.source) if fact.source else None,
            },
            partial(case.place, "facts", f),
            "text",
        )
        for f, fact in enumerate(case.facts)
    ]
    person, key = case.printed_as()
    fields = {"person": seal.value(person, case, key), "facts": facts}
    return Record("case", fields, case.place, "person")


def declared_values(campaign: Campaign, seal: Sealer) -> Record:
    """The template's own values, typed as template.yaml declares them."""
    fields: dict[str, Any] = {}
    for key, rule in campaign.declared.values.items():
        raw, at = campaign.letter.values.get(key), campaign.letter_place
        if rule.type == "list":
            items = value_lists.items(campaign.letter.values, key)
            fields[key] = _only(
                seal.value(_local(item), at, "values", *steps) for steps, item in items
            )
        elif raw is None:
            fields[key] = None
        elif rule.type == "yes-no":
            fields[key] = raw in ("yes", "true")
        else:
            typed: LocalText | Raw | None
            if rule.type == "number":
                typed = as_number(raw)
            elif rule.type == "date":
                typed = dt.date.fromisoformat(raw)
            else:
                typed = _local(raw)
            fields[key] = seal.value(typed, at, "values", key)
    return Record("values", fields, partial(campaign.letter_place.place, "values"))


def _local(raw: Any) -> LocalText:
    return LocalText(raw if isinstance(raw, dict) else {"": raw})


def _only(values: Iterable[Sealed | None]) -> Sequence[Sealed]:
    return [value for value in values if value is not None]
