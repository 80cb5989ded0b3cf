"""``letters send --eml``: the same mails as files, for whoever presses the button by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import fast_mail_parser
import pytest
from conftest import CampaignFolder, Letters, write_campaign
from signing import sign

from letters.ledger.store import LOG_NAME, Ledger


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CampaignFolder:
    """Signed and rendered, to a prime minister who reads French and a minister at a domain of ours."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = write_campaign(tmp_path / "campaign")
    folder.edit(
        "recipients.yaml", "- id: minister\n", "- id: minister\n  email: bureau@münchen.example\n"
    )
    folder.edit("recipients.yaml", "  email: office", "  language: fr\n  email: office")
    sign(folder.path)
    words = ["-m", "letters", "-C", str(folder.path), "render", "--format", "pdf"]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=120)
    return folder


def kinds(campaign: CampaignFolder) -> list[str]:
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        assert ledger.outgoing() == ()
        return [entry.event.kind for entry in ledger.entries()]


def test_it_writes_a_draft_for_each_recipient_and_records_nothing(
    campaign: CampaignFolder, run: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kinds(campaign)
    drafts = tmp_path / "drafts"
    done = run("send", "--eml", str(drafts))
    assert done.status == 0, done.stderr
    assert "nothing was sent, and nothing is recorded" in done.stderr
    files = [drafts / f"{who}.eml" for who in ("prime-minister", "minister")]
    assert done.stdout.splitlines()[-2:] == [str(file) for file in files]
    assert sorted(drafts.iterdir()) == sorted(files)
    assert kinds(campaign) == before
    french, english = (fast_mail_parser.parse_email(file.read_bytes()) for file in files)
    assert french.headers["X-Unsent"] == ["1"]
    assert french.headers["To"] == ['"Mark Carney" <office@example.org>']
    assert english.headers["To"] == ['"Sam Taylor" <bureau@xn--mnchen-3ya.example>']
    assert (french.subject, english.subject) == ("Trois questions", "Three questions")
    assert french.text_plain[0].startswith("Monsieur le Premier Ministre,\r\n\r\nVous trouverez")
    out = campaign.path / "out"
    pdfs = [out / "prime-minister.fr.pdf"]  # their own language, and no other
    assert [file.content for file in french.attachments] == [file.read_bytes() for file in pdfs]
    names = ["Une lettre pour les essais.pdf"]
    assert [file.filename for file in french.attachments] == names


def test_it_sends_nothing_and_so_takes_no_confirmation(run: Letters, tmp_path: Path) -> None:
    done = run("send", "--eml", str(tmp_path / "drafts"), "--confirm", "2")
    assert done.status == 2
    assert "takes neither --confirm nor --json" in done.stderr
    assert not (tmp_path / "drafts").exists()


def test_it_names_the_drafts_of_an_earlier_run(run: Letters, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    assert "earlier run" not in run("send", "--eml", str(drafts)).stderr
    (drafts / "mine.eml").touch()
    done = run("send", "--eml", str(drafts), "--to", "minister")
    assert done.stdout.splitlines()[-1:] == [str(drafts / "minister.eml")]
    assert f"{drafts / 'prime-minister.eml'} is of an earlier run" in done.stderr
    assert done.stderr.count("earlier run") == 1


@pytest.mark.parametrize("below", [".", "deeper/still"])
def test_a_file_is_no_folder_to_write_into(run: Letters, tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    done = run("send", "--eml", str(file / below))
    assert done.status == 2
    assert f"{file} is a file, and no folder (name a folder with --eml)" in done.stderr
    assert file.read_text() == "mine"


def test_what_no_mail_can_carry_is_named_at_its_line(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    campaign.write(
        "letter.yaml",
        campaign.read("letter.yaml") + 'mail:\n  from: us@example.org\n  subject: "Two\\nlines"\n',
    )
    done = run("send", "--eml", str(tmp_path / "drafts"))
    assert done.status == 1
    line = len(campaign.read("letter.yaml").splitlines())
    assert f"letter.yaml:{line}:12: mail.subject – has more than one line" in done.stderr
    assert not (tmp_path / "drafts").exists()


def test_a_key_that_cannot_be_used_stops_it(
    run: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_DKIM_KEY", str(tmp_path / "nowhere.pem"))
    monkeypatch.setenv("LETTERS_DKIM_SELECTOR", "mail")
    done = run("send")
    assert done.status == 2
    assert "nowhere.pem: can’t be read" in done.stderr
