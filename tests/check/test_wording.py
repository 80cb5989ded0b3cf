"""How a letter is worded: warnings that a reader would agree with, and none that they would not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.check.vocabulary import known, vocabulary
from letters.problem import Problem

from .judging import judge

if TYPE_CHECKING:
    from conftest import CampaignFolder

L, EN, FR = "letter.yaml", "templates/note/letter.en.md", "templates/note/letter.fr.md"
SALUTATION = "::: salutation\n{{ recipient.salutation }}\n:::\n\n"
ADDRESS = "::: address\n{{ recipient.address }}\n:::\n\n"


def said(folder: CampaignFolder) -> list[str]:
    found: list[Problem] = judge(folder)
    assert all(problem.severity == "warning" for problem in found)
    return [str(problem) for problem in found]


def test_a_polite_letter_is_left_alone(campaign: CampaignFolder) -> None:
    assert said(campaign) == []


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("to hear that we demand an answer;", "we demand"),
        ("to see that you must answer;", "you must"),
        ("to insist on nothing, for insist that we do;", "insist that"),
    ],
)
def test_an_ask_that_demands_is_a_warning(
    campaign: CampaignFolder, english: str, words: str
) -> None:
    campaign.edit(L, "{en: to answer the first question;", f"{{en: '{english}'")
    [line] = said(campaign)
    assert line.startswith("letter.yaml:12:16: warning: asks[0].text.en – demands, with the words ")
    assert f"“{words}”, in the edition “en”" in line


def test_the_words_before_the_asks_are_read_too(campaign: CampaignFolder) -> None:
    campaign.edit(EN, "We ask you:", "We demand:")
    campaign.edit(FR, "Nous vous demandons :", "Nous exigeons :")
    assert [line.split(" – ")[0].partition(" ")[2] for line in said(campaign)] == [
        (
            "warning: demands, with the words “we demand”, in the edition “en” "
            "(ask for it: whoever can refuse is not moved by a demand)"
        ),
        (
            "warning: demands, with the words “exigeons”, in the edition “fr” "
            "(ask for it: whoever can refuse is not moved by a demand)"
        ),
    ]


@pytest.mark.parametrize(
    "ask",
    ["to meet the demand for housing;", "to build on demand;", "to publish what must be kept;"],
)
def test_a_noun_is_no_demand(campaign: CampaignFolder, ask: str) -> None:
    campaign.edit(L, "{en: to answer the first question;", f"{{en: '{ask}'")
    assert said(campaign) == []


def test_what_others_demand_is_nobodys_fault(campaign: CampaignFolder) -> None:
    campaign.edit(L, "en: You listened.", "en: We demand nothing of you here")
    assert said(campaign) == []


@pytest.mark.parametrize("tag", known())
def test_every_language_has_its_words(tag: str) -> None:
    words = vocabulary(tag)
    assert words.demands
    assert words.orders
    assert words.you
    assert words.requests
    assert vocabulary(f"{tag}-XX") == words
    assert not set(words.requests) & {*words.demands, *words.orders}


def test_a_language_without_words_is_not_judged() -> None:
    assert vocabulary("tlh") == vocabulary("../wording/en") == type(vocabulary("en"))()


def test_asks_that_are_put_to_nobody_are_a_warning(campaign: CampaignFolder) -> None:
    for file in (EN, FR):
        campaign.edit(file, SALUTATION, "")
        campaign.edit(file, ADDRESS, "")
    assert said(campaign) == []  # “We ask you:” names the reader
    campaign.edit(EN, "We ask you:", "These are our wishes:")
    [line] = said(campaign)
    assert line.startswith(f"{EN}:28:1: warning: the asks are put to nobody, in the edition “en”")


@pytest.mark.parametrize(
    "lead", ["We ask the Government:", "We ask {{ place }}:", "I ask you:", "We ask the “House”:"]
)
def test_a_name_before_the_asks_is_enough(campaign: CampaignFolder, lead: str) -> None:
    for file in (EN, FR):
        campaign.edit(file, SALUTATION, "")
        campaign.edit(file, ADDRESS, "")
    campaign.edit(EN, "We ask you:", lead)
    assert said(campaign) == []


def test_a_letter_that_nobody_could_sign_is_a_warning(campaign: CampaignFolder) -> None:
    campaign.edit(EN, "::: signatures\n:::\n", "")
    [line] = said(campaign)
    assert line.startswith(f"{EN}:1:1: warning: somebody is to sign, and there is no place to")
    campaign.edit("templates/note/template.yaml", "title: Note", "title: Note\nsigned: no")
    assert said(campaign) == []


def test_without_an_author_nobody_has_to_sign_below(campaign: CampaignFolder) -> None:
    campaign.edit(EN, "::: signatures\n:::\n", "")
    campaign.edit("signatories.yaml", "  tier: author\n", "")
    assert "no place to" not in "".join(said(campaign))


@pytest.mark.parametrize(
    ("first", "second", "dash"),
    [
        ("One – two.", "Three — four.", "—"),
        ("One — two.", "Three – four.", "–"),
        ("One – two — three.", "Four.", "—"),
        ("One\u202f— two.", "Three – four.", "–"),
        ("One – two, 3–4 and x—y.", "Five – six.", ""),
        ("One — two.", "Three — four.", ""),
    ],
)
def test_a_text_has_one_dash(campaign: CampaignFolder, first: str, second: str, dash: str) -> None:
    body = campaign.read(EN)
    campaign.write(EN, f"{body}\n{first}\n\n{second}\n")
    lines = said(campaign)
    assert len(lines) == bool(dash)
    assert all(f"has the dash “{dash}” where" in line and EN in line for line in lines)
