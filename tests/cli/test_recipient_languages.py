"""Who has a language gets that edition and no other, by every command that has to do with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conftest import loaded
from drafting import text_of

from letters.campaign.recipient_languages import languages_for, readers, unspoken
from letters.draft.cover import language_for
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

OWN = "another language than the recipient’s own (--all-languages)"


def prefer(campaign: CampaignFolder, tag: str) -> None:
    campaign.edit("recipients.yaml", "- id: minister\n", f"- id: minister\n  language: {tag}\n")


def test_it_is_the_same_letter_everywhere(campaign: CampaignFolder, signed: Letters) -> None:
    run = signed
    before = text_of(loaded(campaign)).digest
    prefer(campaign, "fr-CA")
    campaign.edit("recipients.yaml", "  district:", "  email: m@example.org\n  district:")
    assert text_of(loaded(campaign)).digest == before
    done = run("render", "--format", "pdf")
    assert done.status == 0, done.stderr
    assert f"left out: 1 letter in {OWN}" in done.stderr
    made = [file["path"] for file in json.loads(campaign.read("out/manifest.json"))["files"]]
    assert made == ["minister.fr.pdf", "prime-minister.en.pdf", "prime-minister.fr.pdf"]
    states = json.loads(run("status", "--json").stdout)["recipients"]
    assert [one["state"] for one in states] == ["rendered", "rendered"]

    # The others are made where they are asked for, and go only where that is asked for again.
    assert run("render", "--format", "pdf", "--all-languages").status == 0
    plan = json.loads(run("send", "--json").stdout)
    assert [each["files"] for each in plan["messages"]] == [
        ["prime-minister.en.pdf", "prime-minister.fr.pdf"],
        ["minister.fr.pdf"],
    ]
    assert plan["in_other_languages"] == ["minister.en.pdf"]
    assert f"left out: 1 file in {OWN}" in run("send").stdout
    plan = json.loads(run("send", "--json", "--all-languages").stdout)
    assert set(plan["messages"][1]["files"]) == {"minister.en.pdf", "minister.fr.pdf"}
    assert plan["in_other_languages"] == []
    printed = run("print", "--to", "minister")
    assert f"left out: 1 file in {OWN}" in printed.stderr
    assert "minister.en.pdf" not in printed.stderr

    # What was made in another language and is outdated now is nobody's letter.
    campaign.edit("recipients.yaml", "name: Sam Taylor", "name: Sam B. Taylor")
    assert run("render", "--format", "pdf").status == 0
    states = json.loads(run("status", "--json").stdout)["recipients"]
    assert [one["state"] for one in states] == ["rendered", "rendered"]
    assert run("send", "--json").status == 0
    done = run("track", "sent", "--channel", "post", "minister", "--note", "posted")
    assert f"left out: 1 file in {OWN}" in done.stderr
    assert len(done.stdout.splitlines()) == 1

    prefer_other = campaign.read("recipients.yaml").replace("language: fr-CA", "language: en")
    campaign.write("recipients.yaml", prefer_other)
    for path in ("minister.en.pdf", "minister.fr.pdf"):
        (campaign.path / "out" / path).unlink(missing_ok=True)
    assert run("render", "--format", "pdf", "--recipient", "minister", "--lang", "fr").stdout == ""
    states = json.loads(run("status", "--json").stdout)["recipients"]
    assert states[1]["state"] in ("pending", "sent", "sent earlier")


def test_public_copies_and_bilingual_letters(campaign: CampaignFolder, run: Letters) -> None:
    prefer(campaign, "fr")
    for options, names in (
        (["--audience", "public"], {"minister.en.txt", "minister.fr.txt"}),
        (["--bilingual", "columns"], {"minister.en-fr.txt"}),
        (["--lang", "en"], set[str]()),
        (["--lang", "en", "--all-languages"], {"minister.en.txt"}),
    ):
        done = run("render", "--format", "txt", "--recipient", "minister", *options)
        assert done.status == 0
        assert {line.rpartition("/")[2] for line in done.stdout.splitlines()} == names


def test_which_editions_a_recipient_gets(campaign: CampaignFolder) -> None:
    [person, *_] = loaded(campaign).recipients
    for wanted, written, found in (
        (None, ("en", "fr"), ("en", "fr")),
        ("fr", ("en", "fr"), ("fr",)),
        ("fr-CA", ("en", "fr"), ("fr",)),
        ("fr-CA", ("fr-FR", "fr", "en"), ("fr",)),
        ("fr", ("en", "fr-CA"), ("fr-CA",)),
        ("de", ("en", "fr"), ("en", "fr")),
    ):
        asked = person.model_copy(update={"language": wanted})
        assert languages_for(asked, written) == found
        assert languages_for(asked, written, every=True) == written


def test_a_language_that_the_letter_lacks_is_said_once(campaign: CampaignFolder) -> None:
    assert list(unspoken(loaded(campaign))) == []
    people = campaign.read("recipients.yaml").replace("- id: ", "- language: de\n  id: ")
    campaign.write("recipients.yaml", people)
    found = loaded(campaign)
    [problem] = unspoken(found)
    assert str(problem) == (
        "recipients.yaml:1:13: warning: [0].language – and 1 more get all editions: the letter is "
        "not written in this language (it is written in: en, fr)"
    )
    assert language_for(found, 0) == "en"
    with Workshop(campaign.path) as shop:
        said = [str(problem) for problem in shop.problems().problems]
    assert any("and 1 more get all editions" in line for line in said)


def test_pages_are_judged_for_those_who_get_them(campaign: CampaignFolder) -> None:
    prefer(campaign, "fr")
    assert readers(loaded(campaign), "en") == [0]
    assert readers(loaded(campaign), "fr") == [0, 1]
    prefer_en = campaign.read("recipients.yaml").replace("language: fr", "language: en")
    campaign.write(
        "recipients.yaml", prefer_en.replace("- id: prime", "- language: en\n  id: prime")
    )
    assert readers(loaded(campaign), "fr") == [0, 1]  # nobody's own: the public's
