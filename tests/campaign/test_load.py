"""A folder becomes a campaign: one file or many, small or large, and never one outside it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.campaign.model import Campaign
from letters.problem import Place

if TYPE_CHECKING:
    from conftest import CampaignFolder


def loaded(folder: CampaignFolder) -> Campaign:
    campaign, problems = load(folder.path)
    assert [str(problem) for problem in problems] == []
    assert campaign is not None
    return campaign


def complaints(folder: CampaignFolder) -> list[str]:
    campaign, problems = load(folder.path)
    assert campaign is None
    return [str(problem) for problem in problems]


def test_it_reads_everything_that_was_written(campaign: CampaignFolder) -> None:
    read = loaded(campaign)
    assert read.letter.title.get("fr") == "Une lettre pour les essais"
    assert [s.id for s in read.signatories] == [
        "okafor",
        "lindqvist",
        "reading-circle",
        "signer-07",
        "signer-08",
    ]
    assert [r.id for r in read.recipients] == ["prime-minister", "minister"]
    assert sorted(read.declared.values) == ["pages", "seen", "thanks", "urgent"]


def test_it_knows_where_each_person_was_written(campaign: CampaignFolder) -> None:
    read = loaded(campaign)
    assert read.signatory_places[1].place("affiliation") == Place(
        "signatories.yaml", 13, 16, "[1].affiliation"
    )
    assert read.recipient_places[0].place("address", "city") == Place(
        "recipients.yaml", 7, 11, "[0].address.city"
    )


def test_people_may_be_a_folder_with_a_file_each(campaign: CampaignFolder) -> None:
    (campaign.path / "signatories.yaml").unlink()
    campaign.write("people/b.yaml", "name: Second Person\n")
    campaign.write("people/a.yml", "- {id: x, name: X Y}\n- {id: y, name: Y Z}\n")
    campaign.write("people/c.yaml", "id: other\nname: Third Person\n")
    campaign.write("people/README.txt", "name: Nobody\n")
    campaign.edit("letter.yaml", "place: Ottawa", "signatories: people")
    read = loaded(campaign)
    assert [s.id for s in read.signatories] == ["x", "y", "b", "other"]
    assert read.signatory_places[2].place("name") == Place("people/b.yaml", 1, 7, "name")
    assert read.signatory_places[2].place("id") == Place("people/b.yaml", 1, 1, "id")


def test_the_name_of_a_file_must_do_as_an_id(campaign: CampaignFolder) -> None:
    campaign.write("people/Ada Example.yaml", "name: Ada Example\n")
    campaign.edit("letter.yaml", "place: Ottawa", "signatories: people")
    [said] = complaints(campaign)
    assert said.startswith("people/Ada Example.yaml:1:1: id – must be of small letters")


def test_a_folder_without_people_is_a_letter_that_nobody_signs(campaign: CampaignFolder) -> None:
    campaign.write("people/README.txt", "nothing yet")
    campaign.edit("letter.yaml", "place: Ottawa", "signatories: people")
    [said] = complaints(campaign)
    assert said.startswith("letter.yaml:5:14: signatories – there is no signatory")


def test_a_single_person_needs_no_list(campaign: CampaignFolder) -> None:
    campaign.write("recipients.yaml", "id: one\nname: One Person\n")
    assert [r.id for r in loaded(campaign).recipients] == ["one"]


@pytest.mark.parametrize("path", ["../people.yaml", "/etc/passwd", "~/people.yaml", "a/../../b"])
def test_it_opens_nothing_outside_even_where_the_letter_is_wrong_too(
    campaign: CampaignFolder, path: str
) -> None:
    outside = campaign.path.parent / "people.yaml"
    outside.write_text("- {id: UNSEEN, name: X}\n", encoding="utf-8")
    campaign.edit("letter.yaml", "place: Ottawa", f"signatories: {path}")
    campaign.edit("letter.yaml", "date: 2025-09-03\n", "date: never\n")
    said = complaints(campaign)
    assert [line.partition(" – ")[0] for line in said] == [
        "letter.yaml:4:7: date",
        "letter.yaml:5:14: signatories",
    ]


def test_it_follows_no_link_out_of_the_campaign(campaign: CampaignFolder) -> None:
    outside = campaign.path.parent / "person.yaml"
    outside.write_text("name: Outside Person\n", encoding="utf-8")
    campaign.write("people/ada.yaml", "name: Ada Example\n")
    (campaign.path / "people" / "bo.yaml").symlink_to(outside)
    campaign.edit("letter.yaml", "place: Ottawa", "signatories: people")
    [said] = complaints(campaign)
    assert said == "people/bo.yaml:1:1: is a link that leads out of the campaign"


def test_a_file_that_is_none_is_not_waited_for(campaign: CampaignFolder) -> None:
    import os

    os.mkfifo(campaign.path / "people.yaml")
    campaign.edit("letter.yaml", "place: Ottawa", "signatories: people.yaml")
    [said] = complaints(campaign)
    assert said.startswith("letter.yaml:5:14: signatories – people.yaml is a pipe, and no file")


def test_mistakes_of_all_files_come_together(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "date: 2025-09-03\n", "date: never\n")
    campaign.edit("signatories.yaml", "id: okafor", "id: Okafor")
    campaign.edit("recipients.yaml", "  gender: m", "  gender: male")
    assert [line.partition(":")[0] for line in complaints(campaign)] == [
        "letter.yaml",
        "signatories.yaml",
        "recipients.yaml",
    ]


def test_an_unreadable_file_of_people_does_not_make_the_others_look_missing(
    campaign: CampaignFolder,
) -> None:
    campaign.write("signatories.yaml", "- {id: x\n")
    [said] = complaints(campaign)
    assert said.startswith("signatories.yaml:1:3: is not valid YAML: what opens here")


def test_ten_thousand_people_are_read(campaign: CampaignFolder) -> None:
    people = "".join(
        f"- id: signer-{n}\n  name: {{given: Given{n}, family: Family{n}}}\n"
        f"  role: {{en: Teacher, fr: Enseignante}}\n"
        for n in range(10_000)
    )
    campaign.write("signatories.yaml", people)
    read = loaded(campaign)
    assert len(read.signatories) == 10_000
    assert read.signatories[-1].name.shown("en") == "Given9999 Family9999"
    assert read.signatory_places[-1].place("role") == Place(
        "signatories.yaml", 29_999 + 1, 9, "[9999].role"
    )


def test_the_collector_of_garbage_is_left_as_it_was(campaign: CampaignFolder) -> None:
    gc.disable()
    try:
        loaded(campaign)
        assert not gc.isenabled()
    finally:
        gc.enable()
    loaded(campaign)
    assert gc.isenabled()
