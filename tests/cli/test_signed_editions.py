"""Editions are signed, printed, counted and drafted one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from letters.press import manifest

from .test_sign import refused, shown

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters

BOTH, ENGLISH, FRENCH = "languages: [en, fr]", "languages: [en]", "languages: [fr]"
EN, FR = ("You listened.", "You heard."), ("Vous avez écouté.", "Vous avez entendu.")


@pytest.fixture
def english(run: Letters, campaign: CampaignFolder) -> Letters:
    """A letter in English that two people have signed."""
    campaign.edit("letter.yaml", BOTH, ENGLISH)
    sign(run, "okafor", "lindqvist")
    return run


def sign(run: Letters, *who: str, lang: tuple[str, ...] = ()) -> None:
    named = [word for tag in lang for word in ("--lang", tag)]
    for each in who:
        assert run("sign", "record", each, "--note", "by telephone", *named).status == 0


def people(run: Letters) -> dict[str, tuple[str, list[str]]]:
    said = json.loads(run("status", "--json").stdout)
    return {one["id"]: (one["state"], one["editions"]) for one in said["signatories"]}


def render(run: Letters, *words: str) -> Done:
    done = run("render", "--format", "txt", "--recipient", "minister", *words)
    assert done.status == 0
    return done


def text(campaign: CampaignFolder, tag: str) -> str:
    return campaign.read(f"out/minister.{tag}.txt")


def drafts(campaign: CampaignFolder) -> dict[str, bool]:
    made = manifest.read(campaign.path / "out")
    assert made is not None
    return {file.language: file.draft for file in made.files}


def approve(run: Letters, *words: str) -> Done:
    return run("sign", "approve-edit", *words, "--by", "Ed", "--why", "a comma", "--yes")


@pytest.mark.parametrize("day", ["2025-09-04", "2024-02-29", "2026-11-28"])
def test_another_day_of_the_letter_leaves_signatures_as_they_are(
    run: Letters, campaign: CampaignFolder, day: str
) -> None:
    sign(run, "okafor")
    campaign.edit("letter.yaml", "date: 2025-09-03", f"date: {day}")
    assert people(run)["okafor"] == ("signed", ["en", "fr"])
    assert render(run).stderr == ""


def test_a_day_inside_the_text_does_not(run: Letters, campaign: CampaignFolder) -> None:
    sign(run, "okafor")
    campaign.edit("letter.yaml", "deadline: 2025-10-01", "deadline: 2025-10-02")
    assert people(run)["okafor"] == ("stale", [])


def test_a_new_edition_is_a_draft_and_the_old_one_keeps_its_signatures(
    english: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    assert people(english)["okafor"] == ("signed", ["en"])
    done = render(english)
    assert drafts(campaign) == {"en": False, "fr": True}
    assert "draft in fr: nobody’s signature stands for it there" in done.stderr
    assert "draft in en" not in done.stderr
    assert "Ngozi Okafor" in text(campaign, "en")
    assert "not yet signed" not in text(campaign, "en")
    assert "Ngozi Okafor\nEnseignante\n" in text(campaign, "fr")
    assert [entry["event"] for entry in shown(english)] == ["signed", "signed", "rendered"]
    assert english("log", "verify").status == 0


def test_an_edition_is_printed_with_who_signed_it_and_counts_them(
    english: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    sign(english, "reading-circle", lang=("fr",))
    sign(english, "signer-08", lang=("en", "fr"))
    assert people(english) == {
        "okafor": ("signed", ["en"]),
        "lindqvist": ("signed", ["en"]),
        "reading-circle": ("signed", ["fr"]),
        "signer-07": ("pending", []),
        "signer-08": ("signed", ["en", "fr"]),
    }
    done = render(english)
    assert drafts(campaign) == {"en": False, "fr": False}
    assert "2 signed in another language only, and are not printed as signed in fr: okafor, lindqvist" in done.stderr  # fmt: skip
    assert "1 signed in another language only, and are not printed as signed in en: reading-circle" in done.stderr  # fmt: skip
    assert "Lindqvist" in text(campaign, "en")
    assert "Reading Circle" not in text(campaign, "en")
    assert "Signed by 3 people" in text(campaign, "en")
    assert "Lindqvist" not in text(campaign, "fr")
    assert "Cercle de lecture" in text(campaign, "fr")
    assert "Signed by 1 organisation and 3 people" in english("status").stdout


def test_a_letter_in_two_languages_has_who_signed_both(
    english: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    done = render(english, "--bilingual", "sequence")
    assert drafts(campaign) == {"en-fr": True}
    assert "draft in en and fr: nobody’s signature stands for it there" in done.stderr
    sign(english, "signer-08", lang=("en", "fr"))
    render(english, "--bilingual", "sequence")
    assert drafts(campaign) == {"en-fr": False}
    both = text(campaign, "en-fr")
    assert "a journalist, Minsk" in both
    assert "Lindqvist" not in both


def test_somebody_answers_for_a_translation(
    english: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    sign(english, "signer-07", lang=("fr",))
    plan = approve(english, "--translation", "fr", "--dry-run")
    assert (plan.status, len(shown(english))) == (0, 3)
    assert "signatures that count for it, to be told: okafor, lindqvist" in plan.stdout
    assert "paragraphs are not recorded as compared" in plan.stderr
    note = tmp_path / "note.txt"
    done = approve(english, "--translation", "fr", "--tell", str(note))
    assert done.status == 0
    assert "another language, too (fr)" in note.read_text(encoding="utf-8")
    entry = shown(english)[-1]
    assert (entry["event"], entry["source"], entry["translation"]) == ("edit-approved", "en", "fr")
    assert (entry["recorded_by"], entry["why"]) == ("Ed", "a comma")
    assert "translation en → fr" in english("log", "show").stdout
    assert people(english)["lindqvist"] == ("signed", ["en", "fr"])
    assert people(english)["signer-07"] == ("signed", ["fr"])
    render(english)
    assert drafts(campaign) == {"en": False, "fr": False}
    assert "Lindqvist" in text(campaign, "fr")
    refused(approve(english, "--translation", "fr"), "already answered for")
    assert english("log", "verify").status == 0

    campaign.edit("letter.yaml", *FR)
    assert people(english)["lindqvist"] == ("signed", ["en"])
    done = approve(english, "--editorial")
    assert "Vous avez [-écouté-]{+entendu+}." in done.stdout
    assert "to be told: okafor, lindqvist, signer-07" in done.stdout
    assert people(english)["lindqvist"] == ("signed", ["en", "fr"])
    assert people(english)["signer-07"] == ("signed", ["fr"])


@pytest.mark.parametrize(
    "words",
    [
        ("--translation", "en"),
        ("--translation", "de"),
        ("--translation", "fr", "--editorial"),
        ("--translation", "fr", "--substantive"),
        ("--translation", "fr", "--from", "0123456789"),
        (),
    ],
)
def test_a_translation_is_one_of_the_letters(run: Letters, words: tuple[str, ...]) -> None:
    sign(run, "okafor")
    assert approve(run, *words).status == 2


def test_one_edition_changes_and_the_other_stands(run: Letters, campaign: CampaignFolder) -> None:
    sign(run, "okafor", "lindqvist")
    campaign.edit("letter.yaml", *FR)
    assert people(run)["okafor"] == ("signed", ["en"])
    status = run("status")
    assert "2 signed an earlier text in fr: okafor, lindqvist" in status.stderr
    done = render(run)
    assert drafts(campaign) == {"en": False, "fr": True}
    assert "the text in fr has changed since okafor, lindqvist signed" in done.stderr
    assert "okafor, lindqvist signed an earlier text" in run("send").stderr
    done = approve(run, "--editorial")
    assert "[paragraph]" in done.stdout
    assert "Vous avez [-écouté-]{+entendu+}." in done.stdout
    assert "You listened" not in done.stdout
    assert people(run)["okafor"] == ("signed", ["en", "fr"])


def test_each_edition_is_compared_with_what_was_last_signed_in_it(
    run: Letters, campaign: CampaignFolder
) -> None:
    sign(run, "okafor", lang=("en",))
    sign(run, "lindqvist", lang=("fr",))
    campaign.edit("letter.yaml", *EN)
    campaign.edit("letter.yaml", *FR)
    assert {people(run)[who][0] for who in ("okafor", "lindqvist")} == {"stale"}
    done = approve(run, "--editorial")
    assert done.status == 0
    assert "You [-listened-]{+heard+}." in done.stdout
    assert "Vous avez [-écouté-]{+entendu+}." in done.stdout
    assert [entry["event"] for entry in shown(run)][2:] == ["edit-approved", "edit-approved"]
    assert people(run)["okafor"] == ("signed", ["en"])
    assert people(run)["lindqvist"] == ("signed", ["fr"])
    refused(approve(run, "--editorial"), "already recorded as editorial")
    assert run("log", "verify").status == 0


def test_a_substantive_change_of_one_edition_leaves_the_other(
    run: Letters, campaign: CampaignFolder
) -> None:
    sign(run, "okafor")
    campaign.edit("letter.yaml", *EN)
    done = approve(run, "--substantive")
    assert "stale, until “letters sign reaffirm ID …”: okafor" in done.stdout
    assert people(run)["okafor"] == ("signed", ["fr"])
    assert run("sign", "reaffirm", "okafor", "--note", "stands by it").status == 0
    assert people(run)["okafor"] == ("signed", ["en", "fr"])


def test_there_is_nothing_to_approve_where_a_language_is_only_new(
    english: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    refused(approve(english, "--editorial"), "the text is the one that was signed")


def test_everything_is_recorded_of_the_languages_that_were_shown(
    run: Letters, campaign: CampaignFolder
) -> None:
    digest = run("log", "digest")
    tags = dict(line.split() for line in digest.stderr.splitlines())
    assert list(tags) == ["en", "fr"]
    done = run("sign", "invite", "okafor", "--lang", "fr")
    assert done.stdout == f"1  invited  okafor  text {tags['fr'][:16]} in fr\n"
    assert run("sign", "remind", "okafor").status == 0
    both = run("sign", "record", "okafor", "--note", "x")
    assert "okafor was invited to sign it in fr: make sure that they have seen it in en" in both.stderr  # fmt: skip
    done = run("sign", "record", "lindqvist", "--note", "x", "--lang", "en")
    assert done.stderr == ""
    assert run("sign", "decline", "signer-07", "--note", "no", "--lang", "en").status == 0
    assert [entry["text_digest"] for entry in shown(run)] == [
        tags["fr"], tags["fr"], digest.stdout.strip(), tags["en"], tags["en"],
    ]  # fmt: skip
    campaign.edit("letter.yaml", *EN)
    assert run("sign", "reaffirm", "lindqvist", "--note", "x", "--lang", "en").status == 0
    assert people(run)["lindqvist"] == ("signed", ["en"])
    assert run("sign", "record", "signer-08", "--note", "x", "--lang", "de").status == 2
    assert "it is written in: en, fr" in run("sign", "invite", "signer-08", "--lang", "de").stderr


def test_whom_the_text_names_makes_a_draft_of_the_edition_that_they_did_not_sign(
    english: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    sign(english, "reading-circle", lang=("fr",))
    english("sign", "withdraw", "okafor")
    done = render(english)
    assert drafts(campaign) == {"en": True, "fr": True}
    assert "draft: the text names okafor, whose signature does not stand" in done.stderr


def test_another_language_first_is_another_letter_with_the_same_signatures(
    english: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", ENGLISH, "languages: [fr, en]")
    assert people(english)["okafor"] == ("signed", ["en"])
    campaign.edit("letter.yaml", "languages: [fr, en]", FRENCH)
    assert people(english)["okafor"] == ("stale", [])


def test_the_page_counts_who_stands_for_any_edition(
    english: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    campaign.edit("letter.yaml", ENGLISH, BOTH)
    file = tmp_path / "page.html"
    assert english("status", "--html", str(file)).status == 0
    assert "2 signatures stand for the text as it is." in file.read_text(encoding="utf-8")
