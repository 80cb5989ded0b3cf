"""``letters editions``, and what ``check`` and ``render`` say of editions that fell behind."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from signing import sign

from letters.cli import workspace

from . import inside

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

BEHIND = (
    "warning: values.thanks.fr – the English text of “signatories.okafor” has changed since this "
    "was translated (bring it up to date, then “letters editions accept fr signatories.okafor”)"
)


@pytest.fixture
def run(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Letters:
    monkeypatch.setattr(workspace, "now", lambda: dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    return inside.runner(campaign, capsys, monkeypatch)


def change(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "en: You listened.", "en: You have listened.")


def listed(run: Letters, state: str) -> list[dict[str, Any]]:
    found = json.loads(run("editions", "status", "--json").stdout)
    return [one for one in found["paragraphs"] if one["state"] == state]


def test_without_a_record_there_is_one_quiet_note(campaign: CampaignFolder, run: Letters) -> None:
    done = run("editions")
    assert done.status == 0
    assert done.stderr.startswith("nobody recorded yet that a translation was compared")
    assert done.stdout.splitlines()[-1] == "fr: 6 in step, 11 not compared"
    assert "letters editions" not in run("check").stderr
    change(campaign)
    assert "letters editions" not in run("check").stderr


def test_it_shows_what_it_records_and_lists_what_fell_behind(
    campaign: CampaignFolder, run: Letters
) -> None:
    done = run("editions", "accept", "fr")
    assert done.status == 0
    assert "figures.applied: not compared\n  en  1,000 people have applied.\n" in done.stdout
    assert done.stderr == "11 recorded in editions.yaml\n"
    assert run("editions").stdout == "fr: 17 in step\n"
    assert "“letters editions" not in run("check").stderr
    change(campaign)
    assert run("editions").stdout == (
        "fr  signatories.okafor  behind  letter.yaml:40:40\n"
        "    en  We are Ngozi Okafor. You have listened.\n"
        "    fr  Nous sommes Ngozi Okafor. Vous avez écouté.\n"
        "fr: 1 behind, 16 in step\n"
    )
    checked = run("check")
    assert checked.status == 0
    assert f"letter.yaml:40:40: {BEHIND}" in checked.stderr
    [problem] = [
        one for one in json.loads(run("check", "--json").stdout) if "translated" in one["message"]
    ]
    assert (problem["severity"], problem["key"]) == ("warning", "values.thanks.fr")
    assert run("editions", "accept", "fr", "signatories.okafor").status == 0
    assert run("editions").stdout == "fr: 17 in step\n"


def test_accepting_one_leaves_the_others_behind(campaign: CampaignFolder, run: Letters) -> None:
    run("editions", "accept", "fr")
    change(campaign)
    campaign.edit("letter.yaml", "en: Three questions", "en: Two questions")
    before = campaign.read("editions.yaml")
    assert run("editions", "accept", "fr", "subject").status == 0
    assert [one["id"] for one in listed(run, "behind")] == ["signatories.okafor"]
    after = campaign.read("editions.yaml")
    assert after.count("- id:") == before.count("- id:")
    assert len(set(before.splitlines()) - set(after.splitlines())) == 1


def test_only_what_is_compared_is_recorded(campaign: CampaignFolder, run: Letters) -> None:
    assert run("editions", "accept", "fr", "subject", "deadline").status == 0
    assert campaign.read("editions.yaml").count("- id:") == 2
    assert len(listed(run, "not compared")) == 9


def test_a_paragraph_in_one_language_only_is_reported(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("editions", "accept", "fr")
    campaign.edit("templates/note/letter.en.md", "We ask you:", "One more thing.\n\nWe ask you:")
    body = campaign.read("templates/note/letter.fr.md")
    campaign.write("templates/note/letter.fr.md", f"{body}\nUn post-scriptum.\n")
    checked = run("check").stderr
    assert "letter.en.md:34:1: warning: the French edition has no “cases.case-one+1”" in checked
    assert "warning: the English edition has no “copies+1” (add it there, or take it" in checked
    done = run("editions", "accept", "fr", "copies+1")
    assert (done.status, "stands in one of the two editions only" in done.stderr) == (3, True)
    done = run("editions", "accept", "fr")
    assert (done.status, "there is nothing to record" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("accept", "de"), 2, "there is no translation “de”"),
        (("accept", "en"), 2, "there is no translation “en”"),
        (("accept", "fr", "subjekt"), 2, "did you mean “subject”?"),
        (("accept", "fr", "address"), 3, "“address” is in step already: nothing differs"),
    ],
)
def test_it_refuses_what_it_cannot_record(
    campaign: CampaignFolder, run: Letters, words: tuple[str, ...], status: int, said: str
) -> None:
    done = run("editions", *words)
    assert done.status == status
    assert said in done.stderr
    assert not (campaign.path / "editions.yaml").exists()


def test_a_dry_run_records_nothing(campaign: CampaignFolder, run: Letters) -> None:
    done = run("editions", "accept", "fr", "--dry-run")
    assert (done.status, done.stderr) == (0, "dry run: nothing was recorded\n")
    assert "subject: not compared" in done.stdout
    assert not (campaign.path / "editions.yaml").exists()


def test_a_record_with_mistakes_stops_the_commands_that_need_it(
    campaign: CampaignFolder, run: Letters
) -> None:
    campaign.write("editions.yaml", "source: en\ntranslations: 5\n")
    for command in (("editions",), ("editions", "accept", "fr"), ("check",)):
        done = run(*command)
        assert done.status == 1
        assert "editions.yaml:2:15: translations – must be a group" in done.stderr
    assert campaign.read("editions.yaml") == "source: en\ntranslations: 5\n"


def test_another_source_language_makes_the_record_void(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("editions", "accept", "fr")
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [fr, en]")
    assert "warning: the source text is French now" in run("check").stderr
    assert run("editions", "accept", "en").status == 0
    assert "source: fr\n" in campaign.read("editions.yaml")
    assert "is French now" not in run("check").stderr


def test_a_letter_in_one_language_has_no_translations(
    campaign: CampaignFolder, run: Letters
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    done = run("editions")
    assert (done.status, done.stdout) == (0, "")
    assert done.stderr == "the letter is written in one language: en\n"


def test_a_final_letter_that_is_not_in_step_is_warned_of(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("editions", "accept", "fr")
    change(campaign)
    warning = "warning: the French edition is not in step with the source text: signatories.okafor"
    assert warning not in run("render", "--format", "txt").stderr  # a draft
    sign(campaign.path)
    assert warning in run("render", "--format", "txt").stderr
    assert warning in run("render", "--format", "txt", "--bilingual", "sequence").stderr
    assert warning not in run("render", "--format", "txt", "--lang", "en").stderr


def test_the_record_holds_no_words_of_the_letter(campaign: CampaignFolder, run: Letters) -> None:
    run("editions", "accept", "fr")
    record = campaign.read("editions.yaml")
    for words in ("listened", "Okafor,", "Withheld", "Ada", "people have"):
        assert words not in record
