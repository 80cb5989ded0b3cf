"""``letters render --bilingual``: which files it makes, what they are called, who counts them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from signing import sign

from letters.press.manifest import languages_of

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


def files(campaign: CampaignFolder) -> dict[str, dict[str, Any]]:
    return {f["path"]: f for f in json.loads(campaign.read("out/manifest.json"))["files"]}


def states(run: Letters) -> set[str]:
    return {one["state"] for one in json.loads(run("status", "--json").stdout)["recipients"]}


def test_files_are_called_by_both_languages(campaign: CampaignFolder, run: Letters) -> None:
    assert run("render", "--format", "txt", "--bilingual", "columns").status == 0
    made = files(campaign)
    assert set(made) == {"prime-minister.en-fr.txt", "minister.en-fr.txt"}
    assert {file["language"] for file in made.values()} == {"en-fr"}
    printed = campaign.read("out/prime-minister.en-fr.txt")
    assert printed.index("We ask you:") < printed.index("Nous vous demandons")
    assert printed.index("Nous vous demandons") < printed.index("Please answer by")


def test_the_order_is_that_in_which_they_are_named(campaign: CampaignFolder, run: Letters) -> None:
    words = ("--bilingual", "sequence", "--lang", "fr", "--lang", "en", "--recipient", "minister")
    assert run("render", "--format", "txt", *words).status == 0
    assert set(files(campaign)) == {"minister.fr-en.txt"}
    printed = campaign.read("out/minister.fr-en.txt")
    assert printed.index("Merci de répondre") < printed.index("We ask you:")


def test_it_prints_the_digest_of_the_whole_mailing(campaign: CampaignFolder, run: Letters) -> None:
    digest = run("log", "digest").stdout.strip()
    run("render", "--format", "txt", "--bilingual", "columns")
    assert {file["text_digest"] for file in files(campaign).values()} == {digest}
    assert digest[:16] in campaign.read("out/minister.en-fr.txt")


@pytest.mark.parametrize(
    "tags", [(), ("--lang", "en"), ("--lang", "de", "--lang", "en", "--lang", "fr")]
)
def test_it_asks_for_two_languages(
    campaign: CampaignFolder, run: Letters, tags: tuple[str, ...]
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en, fr, de]")
    body = campaign.read("templates/note/letter.en.md")
    campaign.write("templates/note/letter.de.md", body)
    for name in ("letter.yaml", "signatories.yaml", "recipients.yaml"):
        text = (
            campaign.read(name)
            .replace("{en: ", "{de: x, en: ")
            .replace("[en, fr, {de: x", "[en, fr")
        )
        campaign.write(name, text)
    done = run("render", "--bilingual", "columns", *tags)
    assert done.status == 2, done.stderr
    assert "a bilingual letter has two languages" in done.stderr
    assert "--lang en --lang fr" in done.stderr


def test_another_layout_is_refused(run: Letters) -> None:
    assert run("render", "--bilingual", "rows").status == 2


def test_a_bilingual_letter_counts_for_both_languages(
    campaign: CampaignFolder, run: Letters
) -> None:
    sign(campaign.path)
    run("render", "--format", "txt", "--bilingual", "columns")
    assert states(run) == {"rendered"}
    campaign.edit("letter.yaml", "en: You listened.", "en: You have listened.")
    assert states(run) == {"outdated"}


def test_letters_in_one_language_and_in_two_lie_side_by_side(
    campaign: CampaignFolder, run: Letters
) -> None:
    run("render", "--format", "txt", "--bilingual", "columns", "--recipient", "minister")
    run("render", "--format", "txt", "--recipient", "minister")
    assert set(files(campaign)) == {
        "minister.en-fr.txt", "minister.en.txt", "minister.fr.txt",
    }  # fmt: skip
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    run("render", "--format", "txt", "--recipient", "minister")
    assert set(files(campaign)) == {"minister.en.txt"}


def test_copies_for_the_public_leave_out_what_is_confidential(
    campaign: CampaignFolder, run: Letters
) -> None:
    campaign.edit(
        "letter.yaml", "  - title: {en: A list", "  - confidential: yes\n    title: {en: A list"
    )
    words = ("--format", "txt", "--bilingual", "sequence")
    run("render", *words)
    run("render", *words, "--audience", "public")
    assert "Une liste" in campaign.read("out/minister.en-fr.txt")
    assert "Une liste" not in campaign.read("out/public/minister.en-fr.txt")


@pytest.mark.parametrize(
    ("written", "known", "expected"),
    [
        ("en", ("en", "fr"), {"en"}),
        ("en-fr", ("en", "fr"), {"en", "fr"}),
        ("fr-CA-en", ("en", "fr-CA"), {"en", "fr-CA"}),
        ("fr-CA", ("fr", "fr-CA"), {"fr-CA"}),
        ("en-de", ("en", "fr"), set()),
        ("de", ("en", "fr"), set()),
    ],
)
def test_a_label_is_read_by_the_languages_of_the_campaign(
    written: str, known: tuple[str, ...], expected: set[str]
) -> None:
    assert languages_of(written, known) == expected
