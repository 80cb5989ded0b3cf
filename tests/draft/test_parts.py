"""The parts of an edition: what each is called, and that this holds across languages and edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.draft.compose import Edition

from .tree import UNSIGNED, no_pictures, read, words

if TYPE_CHECKING:
    from conftest import CampaignFolder


def called(folder: CampaignFolder, tag: str = "en", body: str | None = None) -> list[str]:
    if body is not None:
        folder.write(f"templates/note/letter.{tag}.md", body)
    edition = Edition(read(folder), tag, "recipient")
    return [part.id for part in edition.parts(0, UNSIGNED, no_pictures)]


def test_parts_are_called_by_kinds_and_values(campaign: CampaignFolder) -> None:
    expected = [
        "letterhead", "date", "address", "subject", "salutation", "signatories.okafor",
        "figures.applied", "cases.case-one", "cases.case-one+1", "asks.1", "asks.2",
        "deadline", "close", "signatures", "enclosures", "copies",
    ]  # fmt: skip
    assert called(campaign) == expected
    assert called(campaign, "fr") == expected


def test_an_id_that_is_given_wins_and_is_never_doubled(campaign: CampaignFolder) -> None:
    body = "{id=subject}\nA.\n\n::: subject\nB\n:::\n\nC.\n\n{id=deadline}\n{{ values.thanks }}\n\n"
    body += "{{ deadline }}\n\n{{ deadline }} {{ values.thanks }}\n"
    assert called(campaign, body=body) == [
        "subject", "subject-2", "subject-2+1", "deadline", "deadline-2", "deadline-3",
    ]  # fmt: skip


def test_entries_of_a_list_are_parts(campaign: CampaignFolder) -> None:
    body = "{id=why}\n5. one\n6. two\n\n{id=we-ask}\n::: asks\n1. this\n2. that\n:::\n\n- a\n- b\n"
    campaign.write("templates/note/letter.en.md", body)
    parts = Edition(read(campaign), "en", "recipient").parts(0, UNSIGNED, no_pictures)
    assert [(part.id, words(part.block), part.named) for part in parts] == [
        ("why.1", "one", False),
        ("why.2", "two", False),
        ("we-ask.1", "this", False),
        ("we-ask.2", "that", False),
        ("we-ask.2+1", "a", False),
        ("we-ask.2+2", "b", False),
    ]
    assert [getattr(part.block, "start", 0) for part in parts] == [5, 6, 1, 2, 1, 2]


def test_a_paragraph_put_in_renames_none_beyond_the_next_name(campaign: CampaignFolder) -> None:
    body = "A.\n\nB.\n\n{{ values.thanks }}\n\nC.\n"
    assert called(campaign, body=body) == ["start+1", "start+2", "values.thanks", "values.thanks+1"]
    assert called(campaign, body=f"New.\n\n{body}")[-2:] == ["values.thanks", "values.thanks+1"]


def test_people_are_called_by_their_ids_wherever_they_stand(campaign: CampaignFolder) -> None:
    body = "{% for s in signatories if s.testimony %}\n{{ s.testimony }}\n{% endfor %}\n"
    assert called(campaign, body=body) == ["signatories.okafor.testimony"]
    first, rest = campaign.read("signatories.yaml").split("- id: lindqvist")
    campaign.write("signatories.yaml", f"- id: lindqvist{rest}{first}")
    assert called(campaign, body=body) == ["signatories.okafor.testimony"]
    for record in campaign.read("signatories.yaml").split("- id: ")[1:]:
        name, _, text = record.partition("\n")
        lines = [line.removeprefix("  ") for line in text.split("\n")]
        campaign.write(f"people/{name}.yaml", "\n".join(lines))
    campaign.write("letter.yaml", f"{campaign.read('letter.yaml')}signatories: people\n")
    assert called(campaign, body=body) == ["signatories.okafor.testimony"]


def test_the_recipients_own_values_name_parts_too(campaign: CampaignFolder) -> None:
    campaign.write("templates/note/letter.en.md", "In {{ recipient.district }}, people wait.\n")
    edition = Edition(read(campaign), "en", "recipient")
    assert [part.id for part in edition.parts(1, UNSIGNED, no_pictures)] == ["recipient.district"]
