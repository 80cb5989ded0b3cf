"""Evidence that shows several people: what is said of it, and one cut out for one who is erased."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from letters.ledger.store import LOG_NAME, Ledger

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

FORM = (
    "\ufeffZeit;Name;E-Mail;Text\r\n"
    '1;Ngozi Okafor;ngozi@example.org;"I sign;\r\nreally"\r\n'
    "2;Åsa Lindqvist;;ja\r\n"
    '3;Reading Circle;circle@example.org;"""yes"""\r\n'
).encode()  # fmt: skip
HERS = b'1;Ngozi Okafor;ngozi@example.org;"I sign;\r\nreally"\r\n'
ASAS = "2;Åsa Lindqvist;;ja\r\n".encode()


def kept(campaign: CampaignFolder) -> dict[str, bytes]:
    folder = campaign.path / "evidence"
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != ".gitignore"}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def form(run: Letters, tmp_path: Path) -> Letters:
    """Three people signed on one form."""
    (tmp_path / "form.csv").write_bytes(FORM)
    for who in ("okafor", "lindqvist", "reading-circle"):
        assert run("sign", "record", who, "--evidence", str(tmp_path / "form.csv")).status == 0
    return run


def erased(run: Letters, who: str, *words: str, status: int = 0) -> str:
    done = run("log", "erase", who, "--confirm", who, *words)
    assert done.status == status, done.stderr
    return done.stdout + done.stderr


def test_a_file_that_shows_others_is_named_with_what_can_be_done(
    form: Letters, campaign: CampaignFolder
) -> None:
    plan = form("log", "erase", "okafor")
    assert plan.status == 3
    assert "evidence files: 0" in plan.stdout
    assert (
        "  evidence files that also show others: 1\n"
        f"    evidence/{digest(FORM)}\n"
        "      kept for lindqvist, reading-circle: entries 2, 3\n"
        "      can be cut out with --cut: line 2 (e-mail address, name)\n"
    ) in plan.stdout
    assert "to be cut out: line 2" in form("log", "erase", "okafor", "--cut").stdout
    assert "Ngozi" not in plan.stdout
    assert kept(campaign) == {digest(FORM): FORM}


def test_one_after_the_other_is_cut_out_and_the_rest_still_verifies(
    form: Letters, campaign: CampaignFolder
) -> None:
    assert "--yes" in erased(form, "okafor", "--cut", status=3)
    assert len(kept(campaign)) == 1
    said = erased(form, "okafor", "--cut", "--yes", "--by", "desk")
    left = FORM.replace(HERS, b"")
    assert f"cut: 1 of 4 parts; the rest is evidence/{digest(left)}" in said
    assert kept(campaign) == {digest(left): left}
    assert "evidence-cut  for entry 4" in form("log", "show").stdout
    verified = form("log", "verify")
    assert verified.status == 0
    assert "proved: cut evidence: 1, each copy as it was made" in verified.stdout
    assert "not proved: cut evidence: that a copy is what the original said" in verified.stdout

    erased(form, "lindqvist", "--cut", "--yes")
    last = left.replace(ASAS, b"")
    assert kept(campaign) == {digest(last): last}
    assert form("log", "verify").status == 0
    plan = form("log", "erase", "reading-circle", "--cut")
    assert "evidence files: 1" in plan.stdout
    assert "also show others: 0" in plan.stdout
    erased(form, "reading-circle", "--cut")
    assert kept(campaign) == {}
    assert form("log", "verify").status == 0
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        assert {e.event.kind for e in ledger.entries()} == {"erased", "evidence-cut"}


def test_what_was_not_cut_can_be_later(form: Letters, campaign: CampaignFolder) -> None:
    said = erased(form, "okafor")
    assert "evidence that still shows this person: 1 and can be cut out still" in said
    assert kept(campaign) == {digest(FORM): FORM}
    campaign.write("signatories.yaml", campaign.read("signatories.yaml").partition("- id: lindqvist")[1] + campaign.read("signatories.yaml").partition("- id: lindqvist")[2])  # fmt: skip
    nothing = form("log", "erase", "okafor", "--cut")
    assert "also show others: 0" in nothing.stdout
    plan = form("log", "erase", "okafor", "--cut", "--match", "ngozi OKAFOR")
    assert "to be cut out: line 2 (the given text)" in plan.stdout
    said = erased(form, "okafor", "--cut", "--match", "ngozi OKAFOR", "--yes")
    assert "was erased of them before" in said
    left = FORM.replace(HERS, b"")
    assert kept(campaign) == {digest(left): left}
    assert "for entry 4" in form("log", "show").stdout
    assert form("log", "verify").status == 0


def test_somebody_who_has_another_id_now_is_cut_out(
    form: Letters, campaign: CampaignFolder
) -> None:
    form("people", "rename", "okafor", "signer-20")
    erased(form, "signer-20", "--cut", "--yes")
    left = FORM.replace(HERS, b"")
    assert kept(campaign) == {digest(left): left}
    assert form("log", "verify").status == 0


def test_a_row_that_shows_another_of_them_stays(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    data = (
        b"who,mail\nNgozi Okafor and Asa Lindqvist,x@example.org\nNgozi Okafor,\nLindqvist Asa,\n"
    )
    (tmp_path / "both.csv").write_bytes(data)
    for who in ("okafor", "lindqvist"):
        run("sign", "record", who, "--evidence", str(tmp_path / "both.csv"))
    plan = run("log", "erase", "okafor", "--cut")
    assert "to be cut out: line 3 (name)" in plan.stdout
    assert "shows others too, and stays: line 2" in plan.stdout
    erased(run, "okafor", "--cut", "--yes")
    assert list(kept(campaign).values()) == [data.replace(b"Ngozi Okafor,\n", b"")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7 scan", "it can’t be cut, it is a PDF"),
        (b"\xd0\xcf\x11\xe0 secret", "it can’t be cut, it is encrypted, or of an old Office program"),
        (b"We both sign.\nNgozi and Asa\n", "it can’t be cut, it is a text without rows and columns"),
        (b"a,b\nNgozi Okafor,1\nngozi@example.org,2\n", "can be cut out with --cut: line 2 (name)"),
        (b"Ngozi Okafor,1\nngozi@example.org,2\n", "all of it was found to show this person"),
        (b"a,b\nSomebody,1\n", "was found in none of its 2 parts (say what stands there: --cut --match"),
    ],
)  # fmt: skip
def test_what_can_not_be_cut_is_said_and_left_alone(
    run: Letters, campaign: CampaignFolder, tmp_path: Path, data: bytes, why: str
) -> None:
    (tmp_path / "file").write_bytes(data)
    for who in ("okafor", "signer-07"):
        run("sign", "record", who, "--evidence", str(tmp_path / "file"))
    assert why in run("log", "erase", "okafor").stdout
    said = erased(run, "okafor", "--cut", "--yes")
    if "can be cut" not in why:
        assert kept(campaign) == {digest(data): data}
        assert "cut: " not in said.replace("be cut: ", "")
    assert run("log", "verify").status == 0


def test_a_file_that_is_gone_or_altered_is_said(form: Letters, campaign: CampaignFolder) -> None:
    file = campaign.path / "evidence" / digest(FORM)
    file.write_bytes(b"a;b\nNgozi Okafor;x\nc;d\n")
    assert "it was altered" in form("log", "erase", "okafor", "--cut").stdout
    file.unlink()
    assert "it is not in evidence/: look where it is kept" in form("log", "erase", "okafor").stdout
    erased(form, "okafor", "--cut", "--yes")
    assert form("log", "verify").status == 0


def test_only_whoever_had_a_copy_kept_holds_the_file(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    """The digest alone was taken for one of them: their proof lies elsewhere."""
    path = tmp_path / "form.csv"
    path.write_bytes(FORM)
    run("sign", "record", "okafor", "--evidence", str(path))
    run("sign", "record", "lindqvist", "--evidence", str(path), "--digest-only")
    plan = run("log", "erase", "lindqvist")
    assert "kept for okafor: entry 1" in plan.stdout
    assert "can be cut out with --cut: line 4 (name)" in plan.stdout
    assert "evidence of which only the digest was kept, wherever the file is: 1" in plan.stdout
    plan = run("log", "erase", "okafor")
    assert "evidence files: 1" in plan.stdout
    assert "also show others: 0" in plan.stdout
    erased(run, "okafor")
    assert kept(campaign) == {}
    assert run("log", "verify").status == 0


def test_the_same_file_twice_for_one_person_is_one_file(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(FORM)
    for words in (("record", "okafor"), ("withdraw", "okafor"), ("record", "lindqvist")):
        run("sign", *words, "--evidence", str(path))
    assert "also show others: 1" in run("log", "erase", "okafor").stdout
    erased(run, "okafor", "--cut", "--yes")
    assert kept(campaign) == {digest(FORM.replace(HERS, b"")): FORM.replace(HERS, b"")}


def test_evidence_of_letters_is_for_the_campaign(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(FORM)
    run("sign", "record", "okafor", "--evidence", str(path))
    run("track", "press", "--evidence", str(path))
    plan = run("log", "erase", "okafor")
    assert "kept for the campaign: entry 2" in plan.stdout


def test_on_a_terminal_it_asks(
    form: Letters, campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def close(self) -> None:
            """A process that reads aside closes its own."""

    answers = iter([False, True])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: next(answers))
    assert "nothing was erased or cut" in erased(form, "okafor", "--cut", status=3)
    assert kept(campaign) == {digest(FORM): FORM}
    assert "cut: 1 of 4 parts" in erased(form, "okafor", "--cut")


def test_a_text_to_find_is_for_cutting(form: Letters) -> None:
    done = form("log", "erase", "okafor", "--match", "x")
    assert (done.status, "add --cut" in done.stderr) == (2, True)


def test_a_mailbox_and_a_workbook_are_cut_in_the_same_way(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    from ledger.cutting.workbooks import workbook

    head = b"From x Sat Nov 28 10:00:00 2026\nFrom: "
    box = (
        head
        + b"ngozi@example.org\n\nyes\n\n"
        + head
        + b"Asa Lindqvist <a@x.org>\n\nOkafor asked.\n"
    )
    book = workbook([["name"], ["Ngozi Okafor"], ["Lindqvist, Åsa"]])
    for data in (box, book):
        (tmp_path / "file").write_bytes(data)
        for who in ("okafor", "lindqvist"):
            run("sign", "withdraw", who)
            run("sign", "record", who, "--evidence", str(tmp_path / "file"))
    plan = run("log", "erase", "okafor", "--cut").stdout
    assert "to be cut out: message 1 (e-mail address)" in plan
    assert "to be cut out: sheet1, row 2 (name)" in plan
    assert "also show others: 2" in plan
    erased(run, "okafor", "--cut", "--yes")
    files = list(kept(campaign).values())
    assert len(files) == 2
    assert not any(b"ngozi" in one.lower() for one in files)
    assert run("log", "verify").status == 0
