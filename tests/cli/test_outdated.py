"""What goes out is what stands: a file that would be made otherwise now is refused, by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from post.servers import Sink, serving

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

SIGNATORIES, RECIPIENTS, LETTER = "signatories.yaml", "recipients.yaml", "letter.yaml"
MINISTER, PRIME_MINISTER = ["minister.en.pdf", "minister.fr.pdf"], [
    "prime-minister.en.pdf", "prime-minister.fr.pdf"]  # fmt: skip
ALL = [*MINISTER, *PRIME_MINISTER]

CIRCLE = """\
- id: reading-circle
  name: {display: {en: Reading Circle, fr: Cercle de lecture}}
  kind: organisation
"""

# File, what stands there and what then does; whose letters are outdated, and the words for it.
EDITS = {
    "withheld": (
        SIGNATORIES, "visibility: role-only\n  description", "visibility: withheld\n  description",
        ALL, "signer-08"),
    "role": (SIGNATORIES, "Teacher", "Professor", ALL, "signatory okafor: role"),
    "affiliation": (SIGNATORIES, "University of", "College of", ALL, "signatory lindqvist: affiliation"),
    "identification": (
        SIGNATORIES, "- id: lindqvist\n", "- id: lindqvist\n  identification_only: no\n",
        ALL, "lindqvist"),
    "name": (SIGNATORIES, "Åsa", "Eva", ALL, "signatory lindqvist: name"),
    "deleted": (SIGNATORIES, CIRCLE, "", ALL, "reading-circle"),
    "recipient": (RECIPIENTS, "name: Sam Taylor", "name: Sam Tailor", MINISTER, "recipient: "),
    "street": (RECIPIENTS, "80 Wellington", "81 Wellington", PRIME_MINISTER, "recipient: address"),
    "salutation": (
        RECIPIENTS, "Dear Prime Minister:", "Dear Sir:", PRIME_MINISTER[:1],
        "recipient: salutation"),
    "logo": (LETTER, "  country: CA\n", "  country: CA\n  logo: logo.png\n", ALL, "pictures"),
    "theme": (LETTER, "place: Ottawa\n", "place: Ottawa\ntheme: modern\n", ALL, "theme"),
    "paper": (LETTER, "place: Ottawa\n", "place: Ottawa\npage: a4\n", ALL, "theme"),
}  # fmt: skip


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Sink:
    return Sink()


def edited(campaign: CampaignFolder, kind: str) -> tuple[list[str], str]:
    """Make the edit; the files that are then outdated, and what is said of them."""
    name, old, new, files, words = EDITS[kind]
    Image.new("RGB", (20, 20), "#336699").save(campaign.path / "logo.png")
    campaign.edit(name, old, new)
    return files, words


@pytest.mark.parametrize("kind", EDITS)
def test_what_changed_since_it_was_rendered_is_not_sent(
    final: CampaignFolder, run: Letters, sink: Sink, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    files, words = edited(final, kind)
    with serving(sink) as port:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        done = run("send", "--confirm", "2")
    assert done.status == 3
    refused = [line for line in done.stderr.splitlines() if " is outdated: " in line]
    assert sorted(line.split()[1] for line in refused) == sorted(files)
    assert all(words in line for line in refused)
    assert sink.mails == []
    told = json.loads(run("status", "--json").stdout)["recipients"]
    states = {one["id"]: (one["state"], " ".join(one["changed"])) for one in told}
    for who, own in (("minister", MINISTER), ("prime-minister", PRIME_MINISTER)):
        state, changed = states[who]
        touched = bool({*own} & {*files})
        assert state == ("outdated" if touched else "rendered")
        assert (words in changed) == touched


@pytest.mark.parametrize(
    "way",
    [["print"], ["send", "--eml", "drafts"], ["send", "--drafts", "--confirm", "2"],
     ["send", "--json"], ["send", "--to", "minister", "--confirm", "1"]],
    ids=" ".join,
)  # fmt: skip
def test_it_leaves_in_no_other_way_either(
    final: CampaignFolder, run: Letters, way: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(final.path)
    edited(final, "withheld")
    done = run(*way)
    assert done.status == 3
    assert "minister.en.pdf is outdated: signatory signer-08: visibility" in done.stderr
    assert not (final.path / "drafts").exists()
    assert not (final.path / "out" / "print").exists()


def test_what_nobody_sees_outdates_nothing(final: CampaignFolder, run: Letters) -> None:
    final.write(SIGNATORIES, "# Who signs\n\n" + final.read(SIGNATORIES))
    final.edit(SIGNATORIES, "ngozi@example.org", "ngozi@example.com")
    final.edit(RECIPIENTS, "sam@example.org", "minister@example.org")
    assert "2 letters to send" in run("send").stdout
    done = run("status")
    assert "outdated" not in done.stdout + done.stderr


def test_one_change_is_said_once_with_its_files(final: CampaignFolder, run: Letters) -> None:
    edited(final, "affiliation")
    lines = [line for line in run("status").stderr.splitlines() if line.startswith("outdated: ")]
    assert len(lines) == 1
    assert all(file in lines[0] for file in ALL)
    assert "College" not in lines[0]


def test_letters_for_others_than_those_named_are_not_asked_about(
    final: CampaignFolder, run: Letters
) -> None:
    edited(final, "street")
    assert run("send", "--to", "minister").status == 0
    assert run("send", "--to", "prime-minister").status == 3


def test_files_from_before_letters_kept_what_they_are_made_from_are_made_again(
    final: CampaignFolder, run: Letters
) -> None:
    listed = json.loads(final.read("out/manifest.json"))
    del listed["rosters"]
    for file in listed["files"]:
        for key in ("options", "identity", "parts", "roster"):
            del file[key]
    final.write("out/manifest.json", json.dumps(listed))
    done = run("send")
    assert done.status == 3
    assert "minister.en.pdf is outdated: made by an earlier version of letters" in done.stderr
    assert run("render", "--format", "txt").status == 0


def test_what_was_posted_is_recorded_as_it_was_and_the_change_is_said(
    final: CampaignFolder, run: Letters
) -> None:
    edited(final, "withheld")
    done = run(
        "track", "sent", "minister", "--channel", "hand", "--on", "2026-03-02", "--note", "handed"
    )
    assert done.status == 0, done.stderr
    assert (
        "outdated: minister.en.pdf, minister.fr.pdf: signatory signer-08: visibility" in done.stderr
    )


def test_of_who_signed_in_another_form_the_fields_are_named(
    final: CampaignFolder, run: Letters
) -> None:
    assert run("sign", "bind", "--all", "--by", "Tom").status == 0
    edited(final, "affiliation")
    done = run("send")
    assert done.status == 3
    assert "lindqvist signed under another printed form" in done.stderr
    assert "minister.en.pdf is outdated: signatory lindqvist: affiliation (run" in done.stderr
    assert "College" not in done.stderr


def test_an_id_that_was_given_up_is_not_named_any_more(final: CampaignFolder, run: Letters) -> None:
    assert run("people", "rename", "lindqvist", "signer-21", "--write").status == 0
    done = run("status")
    assert "outdated" not in done.stdout + done.stderr  # no letter says an id
    final.edit(SIGNATORIES, "name: {given: Åsa, family: Lindqvist}\n",
               "name: {given: Åsa, family: Lindqvist}\n  visibility: withheld\n")  # fmt: skip
    done = run("status")
    assert "signatory signer-21: visibility" in done.stderr
    assert "lindqvist" not in (done.stdout + done.stderr).lower()
    assert "lindqvist" not in run("send").stderr.lower()


def test_the_privacy_search_names_outdated_files(final: CampaignFolder, run: Letters) -> None:
    edited(final, "withheld")
    done = run("check", "--privacy")
    assert "out/minister.en.pdf" in done.stdout + done.stderr
    assert "is outdated: signatory signer-08: visibility" in done.stdout + done.stderr


def test_a_draft_that_was_asked_for_is_one_and_not_outdated(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    assert run("render", "--draft", "--format", "txt", "--attach", "source").status == 2
    done = run("render", "--draft", "--format", "pdf", "--attach", "docx,source", "--lang", "en",
               "--lang", "fr", "--bilingual", "sequence", "--out", str(tmp_path / "other"))  # fmt: skip
    assert done.status == 0, done.stderr
    told = json.loads(run("status", "--json", "--out", str(tmp_path / "other")).stdout)[
        "recipients"
    ]
    assert [(one["state"], one["changed"]) for one in told] == [("draft", []), ("draft", [])]
    edited(final, "street")
    told = json.loads(run("status", "--json", "--out", str(tmp_path / "other")).stdout)[
        "recipients"
    ]
    assert [one["state"] for one in told] == ["outdated", "draft"]


def test_an_id_that_was_given_up_is_not_named_again(final: CampaignFolder, run: Letters) -> None:
    """It may speak; the files that were made before still know it, and so did the messages."""
    final.edit(SIGNATORIES, "family: Lindqvist}\n", "family: Lindqvist}\n  visibility: withheld\n")
    assert run("people", "rename", "--speaking", "--write").status == 0
    renamed = json.loads(run("status", "--json").stdout)["signatories"][1]["id"]
    ways = (["status"], ["status", "--json"], ["send"], ["print"], ["check", "--privacy"])

    def told() -> str:
        said = "".join(done.stdout + done.stderr for done in (run(*way) for way in ways))
        assert "lindqvist" not in said
        return said

    assert f"signatory {renamed}: visibility" in told()
    run("log", "erase", renamed, "--confirm", renamed, "--by", "Sam")
    assert "signatory who was erased: does not stand under it any more" in told()


def test_who_never_signed_is_not_said_to_stand_under_a_letter(
    final: CampaignFolder, run: Letters
) -> None:
    """The draft that it would be now lists those who are asked."""
    final.edit(SIGNATORIES, CIRCLE, CIRCLE + "- id: newcomer\n  name: Kim Newcomer\n")
    run("sign", "withdraw", "okafor", "--note", "no more")
    said = run("status").stderr
    assert "signatory newcomer: has not signed, and is listed in a draft" in said
    assert "stands under it now" not in said
