"""Known edits of a Word file, by hand and by programs: these and no others, and back they go."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CampaignFolder, loaded, write_campaign
from openxml_audit import FileFormat, OpenXmlValidator

from letters.cli.compare import as_json
from letters.draft.signatures import Signed
from letters.press.jobs import Job, PressRun
from letters.press.themes import load_theme
from letters.workshop import returned as looking
from letters.workshop.workshop import Workshop

from .known_edits import COMPOSED, LETTER, OTHERS, PEOPLE, a_lawyers, edited, in_office, listed
from .redlines import AFTER, BEFORE, RTL, redline, signs
from .returned import BODY, Word, as_google_does, prepare

if TYPE_CHECKING:
    from conftest import Letters

    from .known_edits import Change


@dataclass
class Desk:
    """A campaign, its letter as a Word file, and a workshop that compares."""

    campaign: CampaignFolder
    data: bytes
    shop: Workshop
    run: PressRun

    def word(self) -> Word:
        return Word.of(self.data)

    def found(self, file: str) -> list[Change]:
        looked = self.shop.ask(looking.compare, Path(file).read_bytes(), Job(0, "en"), self.run)
        return listed([as_json(one) for one in looked.comparison.findings])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    campaign = write_campaign(tmp_path_factory.mktemp("desk") / "campaign")
    prepare(campaign)
    theme = load_theme(loaded(campaign))
    run = PressRun(("docx",), Signed({}, None, draft=True), "recipient", theme)
    with Workshop(campaign.path) as shop:
        [made] = shop.letters([Job(0, "en")], run)
        yield Desk(campaign, made.data, shop, run)


@pytest.fixture
def there(desk: Desk, campaign: CampaignFolder) -> CampaignFolder:
    """The same campaign, to be changed."""
    shutil.copytree(desk.campaign.path, campaign.path, dirs_exist_ok=True)
    return campaign


def pulled(run: Letters, file: str, *more: str) -> tuple[dict[str, Any], list[Change]]:
    """What ``pull --write`` says, and what differs then."""
    done = run("pull", file, "--write", "--json", *more)
    assert done.status == 0, done
    again = run("compare", file, "--json", *more)
    return json.loads(done.stdout), listed(json.loads(again.stdout)["paragraphs"])


def test_edits_by_hand_are_these_and_go_back_where_they_are_from(
    desk: Desk, there: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = desk.word()
    expected = edited(there, word)
    assert len(expected) >= 40
    file = word.save(tmp_path / "back.docx")
    assert sorted(desk.found(file)) == sorted(expected)

    files = {name: there.read(name) for name in (LETTER, PEOPLE, OTHERS, BODY)}
    told, left = pulled(run, file)
    whole = [one for one in expected if one[0] in ("moved", "removed") and LETTER not in one[3]]
    placed = [one for one in expected if one[0] == "words" and one[3] not in COMPOSED] + whole
    assert len(told["changes"]) == len(placed)
    assert len(told["not_placed"]) == len(expected) - len(placed)
    assert all(one["why"] for one in told["not_placed"])
    effect = told["effect"]
    assert effect["text_digest"]["before"] != effect["text_digest"]["after"]
    assert effect["languages_changed_too"] == ["fr"]  # what is one text for all languages
    kept = there.path / told["kept_in"]
    for name, text in files.items():
        assert (kept / name).read_text(encoding="utf-8") == text
    assert "    # a remark that stays\n" in there.read(LETTER)
    assert "over several lines and says violet # and more\n" in there.read(LETTER)
    assert "'A quoted value, it isn''t light green at all.'" in there.read(LETTER)
    # Word for word what the Word file says, but for what was not placed.
    rest = [one[:3] for one in expected if one not in placed]
    assert sorted(one[:3] for one in left) == sorted(rest)


def test_what_else_a_lawyer_does_goes_back_or_is_told_why_not(
    desk: Desk, there: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = desk.word()
    expected = a_lawyers(word)
    file = word.save(tmp_path / "back.docx")
    told, left = pulled(run, file)
    assert told["throughout"] == ["font Arial"]
    made, unplaced = (
        sorted(
            (one["kind"], one["went"].strip(), one["came"].strip(), one.get("why", ""))
            for one in told[key]
        )
        for key in ("changes", "not_placed")
    )
    assert [one[:3] for one in made] == sorted(change for change, why in expected if not why)
    left_over = sorted(each for each in expected if each[1])
    for one, (change, why) in zip(unplaced, left_over, strict=True):
        assert one[:3] == change
        assert why in one[3]
    body = there.read(BODY)
    assert "- The last entry of the template\n- 1\\. A new entry\n" in body
    assert "| Red apples | 12 |\n| Pears | 8 |\n" in body
    assert "now says something" in body
    assert "en: Please print this on paper." in there.read(LETTER)
    assert {one[0] for one in left} <= {"split", "added", "removed", "style", "words"}
    words = [one for one in left if one[0] == "words"]
    assert words == [
        ("words", "3", "4", "letter.yaml:date"), ("words", "Page", "Sheet", "toolkit")
    ]  # fmt: skip
    lines = run("compare", file).stdout.splitlines()
    assert lines[:2] == ["the whole letter", "  look  font Arial"]
    assert any(line.startswith("page-number (foot of the other pages)  Page of") for line in lines)


@pytest.fixture(scope="module")
def office(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run of LibreOffice for all: edits with and without a trace, and a file saved anew."""
    folder = tmp_path_factory.mktemp("office")
    word = desk.word()
    plain = word.save(folder / "plain.docx")
    by_hand = desk.word()
    edited(desk.campaign, by_hand)
    by_hand.plain("<w:b/>", '<w:b w:val="1"/>', raw=True)
    # The lines of notes that LibreOffice shows stand in another part than those of Word.
    by_hand.plain("about maroon", "about brown")
    # Debian's LibreOffice without windows ends at any comment, so none is in these files.
    edits = [edit for edit, _ in in_office(desk.campaign) if edit[0] != "nothing"]
    jobs = [
        {"open": plain, "save": str(folder / "typed.docx"), "tracked": False, "edits": edits},
        {"open": plain, "save": str(folder / "tracked.docx"), "tracked": True, "edits": edits},
        {
            "open": by_hand.save(folder / "by-hand.docx"),
            "save": str(folder / "saved.docx"),
            "tracked": False,
            "edits": [],
        },
    ]
    for tag in ("en", "fa"):
        shown = folder / f"{tag}.docx"
        shown.write_bytes(redline(loaded(desk.campaign), tag))
        jobs += [
            {"open": str(shown), "save": str(folder / f"{tag}.{each}.txt"), "all": each}
            for each in ("Accept", "Reject")
        ]
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    pipe = f"letters-{os.getpid()}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    with (folder / "office.log").open("wb") as log:
        program = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        script = Path(__file__).with_name("office_edits.py")
        done = subprocess.run(
            [python_with_uno(), str(script), pipe, str(folder / "jobs.json")],
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        program.wait(60)
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
    return folder


@pytest.mark.parametrize("tag", ["en", "fa"])
def test_accepting_all_of_a_redline_gives_the_one_text_and_refusing_the_other(
    office: Path, tag: str
) -> None:
    for each, text in zip(
        ("Reject", "Accept"), (BEFORE, AFTER) if tag == "en" else RTL, strict=True
    ):
        said = (office / f"{tag}.{each}.txt").read_text("utf-8-sig")
        # What isolates numbers and addresses in words from right to left is not seen.
        seen = "".join(c for c in said if unicodedata.category(c) != "Cf" and not c.isspace())
        assert seen.replace("•", "") == signs(text), each
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(office / f"{tag}.docx").errors == []


def python_with_uno() -> str:
    """The Python that LibreOffice speaks with: the system’s, or the one it brings along."""
    beside = Path(shutil.which("soffice") or "").resolve().parent
    for one in ("/usr/bin/python3", beside / "python", beside.parent / "Resources/python"):
        if (
            shutil.which(one)
            and not subprocess.run([one, "-c", "import uno"], check=False).returncode
        ):
            return str(one)
    raise AssertionError("no Python has uno: script/bootstrap --dev")


@pytest.mark.parametrize("name", ["typed", "tracked"])
def test_edits_in_libreoffice_are_these_and_go_back_where_they_are_from(
    desk: Desk, office: Path, there: CampaignFolder, run: Letters, name: str
) -> None:
    expected = [change for _, change in in_office(there) if change]
    assert len(expected) >= 40
    file = str(office / f"{name}.docx")
    if name == "tracked":  # LibreOffice gives the paragraph behind one that goes its style
        expected.append(("style", "", "", ""))
    assert sorted(desk.found(file)) == sorted(expected)
    told, left = pulled(run, file)
    looks = [one for one in expected if one[0] in ("look", "style")]
    assert len(told["changes"]) == len(expected) - len(looks)
    assert {one["kind"] for one in told["not_placed"]} <= {"look", "style"}
    # Word for word what the Word file says.
    assert {one[0] for one in left} <= {"look", "style"}


def test_libreoffice_may_save_it_in_between(desk: Desk, office: Path) -> None:
    """Its file has other styles, other runs, and the notes in the text."""
    expected = edited(desk.campaign, desk.word())
    assert sorted(desk.found(str(office / "saved.docx"))) == sorted(expected)


def test_bookmarks_styles_and_properties_may_be_gone_as_after_google(
    desk: Desk, there: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = desk.word()
    expected = [one for one in edited(there, word) if one[0] not in ("look", "style")]
    as_google_does(word)
    file = word.save(tmp_path / "prime-minister.en (1).docx")
    same = [one for one in desk.found(file) if one[0] not in ("look", "style")]
    assert sorted(same) == sorted(expected)
    done = run("compare", file, "--lang", "en")
    assert "doesn’t say which letter it is any more" in done.stderr
    told, left = pulled(run, file, "--lang", "en")
    assert told["throughout"] == ["style “normal”"]
    placed = [one for one in expected if one[0] == "words" and one[3] not in COMPOSED]
    assert len(told["changes"]) == len(placed) + 2  # one that moved, and one that went
    rest = [one[:3] for one in expected if one not in placed]
    assert len([one for one in left if one[0] not in ("look", "style")]) == len(rest) - 2
