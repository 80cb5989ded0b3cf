"""What falls away of a form of address is said once, with the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .judging import judge

if TYPE_CHECKING:
    from conftest import CampaignFolder

MILL = "{street: 12 Mill Street, city: Millbrook, region: ON, postcode: K9Z 4A1, country: CA}"


def said(campaign: CampaignFolder, recipients: str) -> list[str]:
    campaign.write("recipients.yaml", recipients)
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    return [str(problem) for problem in judge(campaign)]


def test_an_office_at_a_local_address(campaign: CampaignFolder) -> None:
    people = "".join(
        f"- {{id: m{n}, name: {{given: Jo, family: Abara{n}}}, form: ca-mp, gender: f,\n"
        f"   address: {MILL}}}\n"
        for n in range(3)
    )
    [line] = said(campaign, people)
    assert line.startswith(
        "recipients.yaml:2:13: warning: [0].address – and 2 more are written to elsewhere than at the "
        "office: its lines and its free postage fall away (that is right for a local office, best "
        "with its own form, “NAME-local”; else leave “address” out, or write “organisation”)"
    )


def test_a_local_address_with_lines_of_its_own_is_no_question(campaign: CampaignFolder) -> None:
    person = (
        "- {id: m, name: {given: Jo, family: Abara}, form: ca-mp, gender: f, organisation: Us,\n"
    )
    assert said(campaign, f"{person}   address: {MILL}}}\n") == []


def test_a_salutation_without_the_family_name(campaign: CampaignFolder) -> None:
    people = (
        "- {id: a, name: {display: Jo Abara, family: Abara}, form: us-representative}\n"
        "- {id: b, name: Pat Smith, form: us-representative}\n"
        "- {id: c, name: Kim Lee, form: us-representative, salutation: 'Dear Member:'}\n"
        "- {id: d, name: Bo Lind, form: us-representative}\n"
        "- {id: e, name: Di Ray}\n"
    )
    [line] = said(campaign, people)
    assert line.startswith(
        "recipients.yaml:2:17: warning: [1].name – and 1 more are addressed by office without "
        "“family”: the salutation of the form would have it (write “family” as that language does"
    )


def test_a_salutation_without_the_office(campaign: CampaignFolder) -> None:
    people = (
        "- {id: a, name: Pat Smith, form: ca-mp, gender: f}\n"
        "- {id: b, name: Bo Lind, form: ca-mp, gender: m}\n"
    )
    [line] = said(campaign, people)
    assert line.startswith(
        "recipients.yaml:1:17: warning: [0].name – and 1 more are addressed by the name alone: the "
        "salutation of the form needs a part of the name (write “family” as that language does"
    )


def test_whose_gender_is_not_known_is_nobody_s_mistake(campaign: CampaignFolder) -> None:
    assert said(campaign, "- {id: a, name: {given: Jo, family: Abara}, form: ca-mp}\n") == []


def test_names_and_offices_without_their_dative(campaign: CampaignFolder) -> None:
    people = (
        "- {id: a, name: {given: Ольга, family: Коваль}, form: ua-president, gender: f}\n"
        "- {id: b, name: {display: Ян Ковач}, gender: m}\n"
        "- {id: c, name: {uk: Офіс Президента України}}\n"
        "- {id: d, name: {display: Іда Лис, dative: Іді Лис}, gender: f, office: Суддя}\n"
    )
    campaign.write("templates/t/template.yaml", "title: T\n")
    campaign.write("signatories.yaml", "- {id: ada, name: Ада}\n")
    campaign.write("templates/t/letter.uk.md", "Так.\n")
    campaign.write(
        "letter.yaml",
        "title: T\ntemplate: t\nlanguages: [uk]\ndate: 2026-02-02\nsubject: T\n"
        "from: {organisation: Т}\n",
    )
    campaign.write("recipients.yaml", people)
    said = [p for p in map(str, judge(campaign)) if "nominative" in p]
    assert said == [
        (
            "recipients.yaml:1:17: warning: [0].name – and 1 more are named in the nominative: an address "
            "in that language stands in the dative (write the name as it stands there under “dative” of "
            "“name”)"
        ),
        (
            "recipients.yaml:4:73: warning: [3].office – is named in the nominative: the office is not "
            "known in the dative (write it as it stands in an address under “office_dative”)"
        ),
    ]
