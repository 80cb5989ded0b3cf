"""``letters followup``: from a letter that went out to the next one, as a user does it."""

from __future__ import annotations

import datetime as dt
import json
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from drafting import text_of
from post.servers import Sink, serving
from pypdf import PdfReader
from reading import words

from letters.campaign.load import load
from letters.digests import of_file
from letters.draft.language import language as language_of
from letters.press import manifest

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

PM, MINISTER = "prime-minister", "minister"
SENT, OFFICE, LOOKED = "2025-09-04", "2025-09-12", "2025-09-19"
SINCE = {"en": "Since then, it has rained.", "fr": "Depuis, il a plu."}


def text(folder: Path, who: str, tag: str) -> str:
    return words(
        " ".join(p.extract_text() for p in PdfReader(folder / f"out/{who}.{tag}.pdf").pages)
    )


@pytest.fixture
def posted(final: CampaignFolder, run: Letters) -> CampaignFolder:
    """A letter that was handed to both; one office has acknowledged it."""
    for step in (
        ("sent", "--all", "--channel", "hand", "--on", SENT),
        ("reply", PM, "--kind", "acknowledgement", "--on", OFFICE),
        ("reply", PM, "--kind", "none", "--on", LOOKED),
    ):
        done = run("track", *step, "--note", "as seen")
        assert done.status == 0, done.stderr
    return final


def test_it_starts_a_letter_that_is_true_for_each(
    posted: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    folder, today = tmp_path / "the next one", dt.datetime.now().astimezone().date()
    refused = run("followup", str(folder))
    assert (refused.status, refused.stdout) == (3, "")
    assert f"{MINISTER}: nobody has recorded looking for an answer" in refused.stderr
    assert not folder.exists()

    assert run("track", "reply", "--kind", "none", MINISTER).status == 0
    done = run("followup", str(folder))
    assert (done.status, done.stdout) == (0, f"{folder}\n")
    for line in (
        f"to {PM}: acknowledged on {OFFICE}; last looked on {LOOKED}",
        "the first letter goes along: en, fr",
        f"warning: {PM}: nobody has looked for an answer within a week",
        "Nobody has signed the new text",
        f"“letters -C '{folder}' check”, “letters -C '{folder}' sign invite …”",
    ):
        assert line in done.stderr
    for file in manifest.read(posted.path / "out").files:  # type: ignore[union-attr]
        there = folder / f"first-letter/{file.recipient}.{file.language}.pdf"
        assert of_file(there.read_bytes()) == file.sha256

    checked = run("check", folder=folder)
    assert checked.status == 1
    for tag in SINCE:
        assert f"values.since.{tag} – is empty" in checked.stderr
    letter = (folder / "letter.yaml").read_text(encoding="utf-8")
    for tag, said in SINCE.items():
        letter = letter.replace(f"    {tag}:\n", f'    {tag}: "{said}"\n')
    (folder / "letter.yaml").write_text(letter, encoding="utf-8")
    checked = run("check", folder=folder)
    assert (checked.status, checked.stderr) == (0, "no problems found\n")
    rendered = run("render", "--draft", "--format", "pdf", "--jobs", "1", folder=folder)
    assert rendered.status == 0, rendered.stderr
    for tag, nothing in (("en", "no public response"), ("fr", "aucune réponse publique")):
        shown = language_of(tag).date
        office, silent = text(folder, PM, tag), text(folder, MINISTER, tag)
        for one in (office, silent):
            assert words(shown(dt.date(2025, 9, 3))) in one
            assert SINCE[tag] in one
        assert words(shown(dt.date.fromisoformat(OFFICE))) in office
        assert nothing not in office
        assert words(shown(dt.date.fromisoformat(OFFICE))) not in silent
        assert words(shown(today)) in silent
        assert nothing in silent

    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    again = run("followup", str(folder))
    assert (again.status, again.stdout) == (3, "")
    assert "exists and is not empty (choose another name; nothing was changed)" in again.stderr
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_only_those_who_are_named_get_it(
    posted: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    folder = str(tmp_path / "next")
    unknown = run("followup", folder, "--to", "ministre")
    assert unknown.status == 2
    assert f"did you mean “{MINISTER}”?" in unknown.stderr
    (posted.path / f"out/{PM}.fr.pdf").write_bytes(b"%PDF another one")
    staged = tmp_path / "next" / ".letters-4194305-x"  # by a run that was killed
    staged.mkdir(parents=True)
    done = run("followup", folder, "--to", PM)
    assert (done.status, staged.exists()) == (0, False)
    assert f"left out: {MINISTER}: is not named with --to" in done.stderr
    assert "the first letter goes along: en" in done.stderr
    assert "warning: the first letter (fr) does not go along" in done.stderr
    assert [file.name for file in Path(folder, "first-letter").iterdir()] == [f"{PM}.en.pdf"]


def test_a_letter_in_no_language_of_the_template_can_not_be_followed_up(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    for name in ("letter.en.md", "letter.fr.md"):
        body = campaign.path / "templates/note" / name
        body.rename(body.with_name(name.replace("en", "de").replace("fr", "es")))
    for name in ("letter.yaml", "signatories.yaml", "recipients.yaml"):
        changed = campaign.read(name).replace("{en:", "{de:").replace(" fr:", " es:")
        campaign.write(name, changed.replace("[en, fr]", "[de, es]"))
    done = run("followup", str(tmp_path / "next"))
    assert (done.status, done.stdout) == (1, "")
    assert "the template “follow-up” has no de, es (it is written in: en, fr, ru" in done.stderr
    assert not (tmp_path / "next").exists()


def test_a_letter_that_never_went_out_can_not_be_followed_up(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    done = run("followup", str(tmp_path / "next"))
    assert (done.status, done.stdout) == (3, "")
    assert f"left out: {PM}: was not sent the letter" in done.stderr
    assert "there is nobody to write to again" in done.stderr
    assert campaign.path.is_dir()
    assert not (tmp_path / "next").exists()


def test_its_mail_follows_the_mails_before_it(
    final: CampaignFolder, run: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that is followed up here followed another one itself; the other went by post."""
    first, folder, sink = "<first.1@example.org>", tmp_path / "next", Sink()
    final.edit("recipients.yaml", f"- id: {PM}\n", f"- id: {PM}\n  thread: {first}\n")
    assert run("send", "--eml", str(tmp_path / "drafts")).status == 0
    draft = message_from_bytes((tmp_path / f"drafts/{PM}.eml").read_bytes())
    assert (draft["In-Reply-To"], draft["References"]) == (first, first)
    with serving(sink) as number:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{number}")
        assert run("send", "--to", PM, "--confirm", "1").status == 0
    [mail] = map(message_from_bytes, sink.mails)
    assert (mail["In-Reply-To"], mail["References"]) == (first, first)
    other = message_from_bytes((tmp_path / f"drafts/{MINISTER}.eml").read_bytes())
    assert other["In-Reply-To"] is other["References"] is None

    for step in (("sent", MINISTER, "--channel", "post"), ("reply", "--kind", "none")):
        assert run("track", *step, "--note", "as seen").status == 0
    assert run("followup", str(folder)).status == 0
    written = yaml.safe_load((folder / "recipients.yaml").read_text(encoding="utf-8"))
    assert [one.get("thread") for one in written] == [[first, mail["Message-ID"]], None]
    assert "thread" not in run("check", folder=folder).stderr


def test_a_successor_is_told_of_the_predecessor(
    posted: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    folder, name = tmp_path / "next", "name: Sam Taylor\n"
    assert "changed since" not in run("status").stderr
    posted.edit("recipients.yaml", name, "name: Kim Doe\n")
    posted.edit("recipients.yaml", "80 Wellington Street", "90 Wellington Street")
    posted.edit("recipients.yaml", "sam@example.org", "kim@example.org")  # it went by hand
    said = run("status")
    assert f"changed since it went to them: {PM} (postal address); {MINISTER} (name)" in said.stderr
    told = json.loads(run("status", "--json").stdout)["recipients"]
    assert [one["changed_since_sent"] for one in told] == [["postal address"], ["name"]]

    assert run("track", "reply", "--kind", "none", "--note", "looked").status == 0
    done = run("followup", str(folder))
    assert done.status == 0
    assert done.stderr.count("the letter went to another name") == 1
    assert f"warning: {MINISTER}: the letter went to another name" in done.stderr
    letter = (folder / "letter.yaml").read_text(encoding="utf-8")
    for tag, since in SINCE.items():
        letter = letter.replace(f"    {tag}:\n", f'    {tag}: "{since}"\n')
    (folder / "letter.yaml").write_text(letter, encoding="utf-8")
    new, problems = load(folder)
    assert new is not None, problems
    text = text_of(new).canonical
    for words_ in ("your predecessor, Sam Taylor.", "à Sam Taylor, à qui vous avez succédé."):
        assert text.count(words_) == 1
    for words_ in ("we wrote to you.", "nous vous avons écrit."):
        assert text.count(words_) == 1
