"""What a template can see of a campaign: the public view, field by field, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from letters.campaign.shown import Audience
from letters.draft import document as d
from letters.draft.context import recipient_context, shared_context
from letters.draft.language import language
from letters.draft.record import Absent, Record
from letters.draft.values import Sealed
from letters.problem import Place

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder


def shared(
    folder: CampaignFolder, tag: str = "en", audience: Audience = "recipient"
) -> dict[str, Any]:
    return shared_context(read(folder), language(tag), audience)


def seen(value: Any) -> Any:
    """A context as plain data: what is printed of each value."""
    if isinstance(value, Sealed):
        return value.text
    if isinstance(value, Record):
        return {key: seen(one) for key, one in value.fields.items()}
    if isinstance(value, str | bool | int | None | Absent):
        return value
    return [seen(one) for one in value]


def test_the_whole_of_it(campaign: CampaignFolder) -> None:
    context = shared(campaign)
    report = {
        "title": "A report",
        "publisher": "The Example",
        "date": "1 September 2025",
        "url": "https://example.org/report",
        "accessed": None,
        "key": "report",
    }
    author = {
        "name": "Ngozi Okafor", "given": "Ngozi", "family": "Okafor", "role": "Teacher",
        "affiliation": None, "testimony": "Ngozi Okafor was there.", "source": report,
        "tier": "author", "kind": "person", "gender": "f",
    }  # fmt: skip
    assert {key: seen(value) for key, value in context.items() if key != "signatories"} == {
        "language": "en",
        "title": "A letter for the tests",
        "subject": "Three questions",
        "date": "3 September 2025",
        "place": "Ottawa",
        "deadline": "1 October 2025",
        "sender": {"organisation": "Joint letter", "contact": "reply@example.org"},
        "asks": [
            {"text": "to answer the first question;", "limits": None},
            {"text": "to answer the second.", "limits": "No more than that is asked."},
        ],
        "figures": {
            "applied": {"value": "1,000", "date": None, "label": "people have applied.", "source": report}
        },
        "cases": [
            {
                "person": "Ada Example",
                "facts": [
                    {"text": "Ada Example waited.", "date": "2 January 2025", "said_by": None, "source": report}
                ],
            }
        ],
        "sources": {"report": report},
        "enclosures": ["A list"],
        "copies_to": ["Office of the Clerk"],
        "authors": [author],
        "signers": "5",
        "values": {"thanks": "You listened.", "pages": "3", "seen": None, "urgent": None},
    }  # fmt: skip


def test_each_visibility_shows_what_it_says(campaign: CampaignFolder) -> None:
    campaign.edit(
        "signatories.yaml",
        "- id: lindqvist\n",
        "- id: lindqvist\n  visibility: name-only\n  role: {en: Reader, fr: Lectrice}\n"
        "  gender: f\n  testimony: {text: {en: Said., fr: Dit.}, source: report}\n",
    )
    campaign.edit(
        "signatories.yaml",
        '  description: {en: "a journalist, Minsk"',
        '  gender: f\n  role: {en: Editor, fr: Éditrice}\n  description: {en: "a journalist, Minsk"',
    )
    people = {person["name"]: person for person in seen(shared(campaign)["signatories"])}
    assert list(people) == [
        "Ngozi Okafor",
        "Åsa Lindqvist",
        "Reading Circle",
        "a journalist, Minsk",
    ]
    nothing = {"role": None, "affiliation": None, "testimony": None, "source": None}
    assert nothing.items() <= people["Åsa Lindqvist"].items()
    described = people["a journalist, Minsk"]
    assert (
        nothing | {"given": None, "family": None, "gender": "unknown"}
    ).items() <= described.items()
    assert people["Reading Circle"]["kind"] == "organisation"


def test_nothing_private_is_in_it_at_all(campaign: CampaignFolder) -> None:
    loaded = read(campaign)
    for tag in ("en", "fr"):
        context = shared_context(loaded, language(tag), "recipient")
        own = recipient_context(
            loaded.recipients[0], loaded.recipient_places[0], loaded, language(tag), (), signers=1
        )
        everything = str([seen(value) for value in (*context.values(), own)])
        for secret in (
            "@example.net",
            "ngozi@",
            "office@",
            "Withheld",
            "Described",
            "signer-0",
            "okafor",
        ):
            assert secret not in everything


@pytest.mark.parametrize(
    ("audience", "cases", "enclosures"),
    [("recipient", 2, ["A list", "A file"]), ("public", 1, ["A list"])],
)
def test_what_is_confidential_is_for_the_recipient(
    campaign: CampaignFolder, audience: Audience, cases: int, enclosures: list[str]
) -> None:
    campaign.edit(
        "letter.yaml",
        "cases:\n",
        "cases:\n  - {id: two, person: Bo, visibility: public, confidential: yes, consent: {given: yes}}\n",
    )
    campaign.edit(
        "letter.yaml", "copies_to:\n", "  - {title: A file, confidential: yes}\ncopies_to:\n"
    )
    context = shared(campaign, audience=audience)
    assert len(context["cases"]) == cases
    assert seen(context["enclosures"]) == enclosures


@pytest.mark.parametrize(
    ("visibility", "person", "facts"),
    [("public", "Ada Example", 1), ("name-only", "Ada Example", 0), ("role-only", "a teacher", 1), ("withheld", None, 0)],
)  # fmt: skip
def test_a_case_shows_what_its_visibility_says(
    campaign: CampaignFolder, visibility: str, person: str | None, facts: int
) -> None:
    campaign.edit(
        "letter.yaml",
        "    visibility: public\n",
        f"    visibility: {visibility}\n    description: a teacher\n    consent: {{given: yes}}\n",
    )
    campaign.edit(
        "letter.yaml",
        "{en: Ada Example waited., fr: Ada Example a attendu.}",
        "{en: One waited., fr: Quelqu’un a attendu.}",
    )
    cases = seen(shared(campaign)["cases"])
    assert [(case["person"], len(case["facts"])) for case in cases] == (
        [] if person is None else [(person, facts)]
    )


def test_values_of_the_template_are_of_their_type(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "  pages: 3", "  pages: 2.5\n  seen: 2024-02-29\n  urgent: no")
    values = shared(campaign, "fr")["values"].fields
    assert seen(values["thanks"]) == "Vous avez écouté."
    assert seen(values["pages"]) == "2,5"
    assert values["seen"].raw == dt.date(2024, 2, 29)
    assert seen(values["seen"]) == "29 février 2024"
    assert values["urgent"] is False


def test_every_value_knows_where_it_was_written(campaign: CampaignFolder) -> None:
    context = shared(campaign, "fr")
    assert context["subject"].origin == d.ValueOrigin(Place, "letter.yaml", 6, 36, "subject.fr")
    assert context["place"].origin == d.ValueOrigin(Place, "letter.yaml", 5, 8, "place")
    author = context["authors"][0].fields
    assert author["role"].origin == d.ValueOrigin(Place, "signatories.yaml", 5, 27, "[0].role.fr")
    assert author["family"].origin == d.ValueOrigin(
        Place, "signatories.yaml", 2, 32, "[0].name.family"
    )


def test_the_letters_own_fields_that_are_empty_say_so(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "place: Ottawa\n", "")
    assert isinstance(shared(campaign)["place"], Absent)


def test_all_of_a_recipient_is_their_own(campaign: CampaignFolder) -> None:
    loaded = read(campaign)
    own = recipient_context(
        loaded.recipients[0],
        loaded.recipient_places[0],
        loaded,
        language("fr"),
        ["past"],
        signers=3,
    )
    slots = {value.slot: value.text for value in own.fields.values() if isinstance(value, Sealed)}
    assert slots == {
        "recipient.name": "Mark Carney",
        "recipient.full_name": "Mark Carney",
        "recipient.given": "Mark",
        "recipient.family": "Carney",
        "recipient.office": "Premier ministre du Canada",
        "recipient.address": "Mark Carney\nPremier ministre du Canada\n80 Wellington Street\nOTTAWA ON  K1A 0A2",
        "recipient.salutation": "Monsieur le Premier Ministre,",
        "recipient.close": "Nous vous prions d’agréer, Monsieur le Premier Ministre, "
        "l’expression de notre haute considération.",
    }
    parts = {
        key: own.fields["address"].part(key)
        for key in ("street", "city", "region", "postcode", "country")
    }
    assert {value.slot: (value.raw, value.text) for value in parts.values()} == {
        "recipient.address.street": ("80 Wellington Street", "80 Wellington Street"),
        "recipient.address.city": ("Ottawa", "Ottawa"),
        "recipient.address.region": ("ON", "ON"),
        "recipient.address.postcode": ("K1A 0A2", "K1A 0A2"),
        "recipient.address.country": ("CA", "Canada"),
    }
    assert [str(value.origin)[:40] for value in parts.values()]
    assert own.fields["gender"] == "m"
    assert own.fields["values"].fields == {"past": None}


def test_a_template_cannot_reach_the_models_behind_it(campaign: CampaignFolder) -> None:
    def walk(value: Any) -> None:
        assert type(value) in (Sealed, Record, Absent, str, bool, type(None)) or hasattr(
            value, "__len__"
        )
        if isinstance(value, Record):
            for one in value.fields.values():
                walk(one)
        elif not isinstance(value, Sealed | str | bool | None | Absent):
            for one in value:
                walk(one)

    for value in shared(campaign).values():
        walk(value)
