"""Entries that may be one are told by kind, once, and nobody's name with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from letters.campaign.load import load
from letters.check import duplicates

from .judging import judge

if TYPE_CHECKING:
    from conftest import CampaignFolder

SAME = "may be the same person as"
ORGANISATION = "may be the same organisation as"
MAILBOX = "has the same e-mail address as"


def told(campaign: CampaignFolder, entries: str, file: str = "signatories.yaml") -> list[str]:
    campaign.write(file, entries)
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    found = list(duplicates.look(loaded))
    assert {problem.severity for problem in found} <= {"warning"}
    return [f"{p.place.line}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Birch", "Ada BIRCH"),
        ("José Núñez", "Jose Nunez"),
        ("Anne-Marie O’Neil", "Anne Marie O'Neil"),
        ("Ada Birch", "Ada  Birch."),
        ("Straße Ada", "STRASSE ADA"),
        ("Ada Birch", "Ａda Birch".replace("Ａ", "A")),
        ("{given: Ada, family: Birch}", "Ada Birch"),
        ("{given: Ada, family: Birch, family_first: yes}", "Birch, Ada"),
        ("{display: {en: Ada, fr: Ada Birch}}", "{display: {en: Bo, fr: ada birch}}"),
        ("Ада Берёза", "АДА БЕРЕЗА"),
    ],
)
def test_a_person_who_is_written_down_twice(campaign: CampaignFolder, one: str, other: str) -> None:
    quoted = [name if name.startswith("{") else f'"{name}"' for name in (one, other)]
    entries = f"- id: a\n  name: {quoted[0]}\n- id: b\n  name: {quoted[1]}\n"
    assert told(campaign, entries) == [f"4: {SAME} signatories.yaml:2:9"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Birch", "Ada Burch"),
        ("Ali Hassan", "Hassan Ali"),
        ("Ada", "Ada Birch"),
        ("李明", "李鸣"),
    ],
)
def test_other_names_are_other_people(campaign: CampaignFolder, one: str, other: str) -> None:
    assert told(campaign, f"- {{id: a, name: {one}}}\n- {{id: b, name: {other}}}\n") == []


def test_an_organisation_twice_and_a_person_of_its_name(campaign: CampaignFolder) -> None:
    entries = (
        "- {id: a, name: The Reading Circle, kind: organisation}\n"
        "- {id: b, name: Reading circle, kind: organisation}\n"
        "- {id: c, name: Reading Circle}\n"
    )
    assert told(campaign, entries) == [f"2: {ORGANISATION} signatories.yaml:1:17"]


def test_one_mailbox_twice(campaign: CampaignFolder) -> None:
    entries = (
        "- {id: a, name: Ada, contact: {email: Ada@Example.org}}\n"
        "- {id: b, name: Bo, contact: {email: ada@example.org}}\n"
        "- {id: c, name: Cy, contact: {email: cy@münchen.example}}\n"
        "- {id: d, name: Di, contact: {email: cy@xn--mnchen-3ya.example}}\n"
        "- {id: e, name: Eve, contact: {email: eve@example.org}}\n"
    )
    assert told(campaign, entries) == [
        f"2: {MAILBOX} signatories.yaml:1:39", f"4: {MAILBOX} signatories.yaml:3:38",
    ]  # fmt: skip


def test_a_pair_is_told_once_and_a_group_too(campaign: CampaignFolder) -> None:
    pair = "- {{id: {}, name: Ada Birch, contact: {{email: ada@example.org}}}}\n"
    assert len(told(campaign, pair.format("a") + pair.format("b"))) == 1
    [line] = told(campaign, "".join(f"- {{id: p{n}, name: Ada Birch}}\n" for n in range(9)))
    assert line == (
        f"9: {SAME} signatories.yaml:1:18, signatories.yaml:2:18, signatories.yaml:3:18 and 5 more"
    )


def test_recipients_of_one_name_and_office(campaign: CampaignFolder) -> None:
    entries = (
        "- {id: a, name: Jo Abara, office: Minister}\n- {id: b, name: Jo ABARA, office: Minister}\n"
        "- {id: c, name: Jo Abara, office: Mayor}\n"
    )
    assert told(campaign, entries, "recipients.yaml") == [
        "2: may be the same recipient as recipients.yaml:1:17"
    ]


def test_no_name_is_given_away(campaign: CampaignFolder) -> None:
    hidden = "visibility: withheld, contact: {email: tove@example.net}"
    campaign.write(
        "signatories.yaml",
        f"- {{id: signer-07, name: Tove Marsh, {hidden}}}\n- {{id: signer-08, name: TOVE MARSH, "
        f"{hidden}}}\n- {{id: okafor, name: Ngozi Okafor, tier: author}}\n",
    )
    said = [str(problem) for problem in judge(campaign)]
    assert any(SAME in line for line in said)
    assert not any(word in line.lower() for line in said for word in ("tove", "marsh"))


def test_thousands_are_compared_in_one_go(campaign: CampaignFolder) -> None:
    entries = "".join(f"- {{id: p{n}, name: Person {n}}}\n" for n in range(5000))
    campaign.write("signatories.yaml", entries + "- {id: last, name: person 17}\n")
    loaded, _ = load(campaign.path)
    assert loaded is not None
    asked = 0

    def counted(name: Any, tags: Any) -> Any:
        nonlocal asked
        asked += 1
        return plain(name, tags)

    plain = duplicates._names
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_names", counted)
        assert len(list(duplicates.look(loaded))) == 1
    assert asked == 5001 + len(loaded.recipients)
