"""``sign approve-edit --editorial`` where the change touches what such a change leaves alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from signing import sign

from letters.campaign.load import load
from letters.check.editorial_weight import Touch
from letters.check.privacy import HIDDEN
from letters.check.protected import secrets
from letters.check.shown_names import names
from letters.cli import editorial_guard
from letters.ledger import detail_json

from .logged import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters

YES = "--yes-it-is-editorial"
FIGURE = ("value: 1000", "value: 1050")


def approve(run: Letters, *words: str) -> Done:
    return run("sign", "approve-edit", *words, "--by", "Ed Itor", "--why", "a slip of the pen")


@pytest.fixture
def signed(campaign: CampaignFolder) -> CampaignFolder:
    sign(campaign.path)
    return campaign


def test_a_changed_figure_is_said_and_has_to_be_confirmed(
    signed: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    signed.edit("letter.yaml", *FIGURE)
    before = kinds(signed)
    for more in ((), ("--dry-run",), ("--yes",)):
        done = approve(run, "--editorial", *more)
        assert done.status == 3
        assert "  en  a number: “1,000” → “1,050”\n" in done.stderr
        assert "  fr  a number: " in done.stderr
        assert f"nothing was recorded (if it says the same all the same, add {YES}" in done.stderr
        assert kinds(signed) == before
    assert approve(run, "--editorial", YES, "--dry-run").status == 0
    assert kinds(signed) == before

    note = tmp_path / "note.txt"
    done = approve(run, "--editorial", YES, "--tell", str(note))
    assert done.status == 0, done.stderr
    assert "  en  a number: “1,000” → “1,050”\n" in done.stderr
    assert kinds(signed) == [*before, "edit-approved"]
    told = note.read_text(encoding="utf-8")
    assert "The change touches:\n\n  en  a number: “1,000” → “1,050”\n" in told
    assert "Ed Itor has confirmed that it is editorial all the same" in told
    last = json.loads(run("log", "export").stdout.splitlines()[-1])
    assert last["confirmed"] == "en: number; fr: number"
    assert run("log", "verify").status == 0


def test_a_change_that_touches_nothing_needs_no_confirmation(
    signed: CampaignFolder, run: Letters
) -> None:
    signed.edit("letter.yaml", "You listened.", "You also listened.")
    done = approve(run, "--editorial", YES)
    assert done.status == 0, done.stderr
    assert f"it touches nothing for which {YES} is needed" in done.stderr
    last = json.loads(run("log", "export").stdout.splitlines()[-1])
    assert "confirmed" not in last
    assert "touches" not in done.stdout


def test_typography_alone_is_said(signed: CampaignFolder, run: Letters) -> None:
    signed.edit("letter.yaml", "You listened.", "You – listened!")
    done = approve(run, "--editorial", "--dry-run")
    assert done.status == 0, done.stderr
    assert "only typography differs: no word does\n" in done.stdout
    signed.edit("letter.yaml", "You – listened!", "You also listened.")
    assert "only typography" not in approve(run, "--editorial", "--dry-run").stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("letter.yaml", "deadline: 2025-10-01", "deadline: 2025-10-11", "en  a number, a date: "),
        ("letter.yaml", "to answer the first question;", "to answer the first question!", "en  an ask"),
        ("letter.yaml", "You listened.", "You never listened.", "en  a negation: “never” put in"),
        ("letter.yaml", "Vous avez écouté.", "Vous devez écouter.", "fr  a duty or a permission: "),
        ("letter.yaml", "person: Ada Example", "person: Ada Exemple", "a name: “Example” → “Exemple”"),
        ("letter.yaml", "en: Joint letter", "en: Joined letter", "en  a name: "),
        ("letter.yaml", "org/report", "org/other", "a source or a link: "),
        ("letter.yaml", "people have applied.", "people have paid $5.", "en  a number, an amount: "),
        ("signatories.yaml", "{given: Ngozi, family: Okafor}", "{given: Ngozi, family: Okafer}",
         "a name: “Okafor” → “Okafer”"),
        ("templates/note/letter.en.md", "\n::: subject\n", "\n\nA word more.\n\n::: subject\n",
         "en  a whole passage: “[paragraph]” put in"),
    ],
)  # fmt: skip
def test_each_kind_is_said_with_its_words_and_edition(
    signed: CampaignFolder, run: Letters, file: str, old: str, new: str, said: str
) -> None:
    signed.edit(file, old, new)
    done = approve(run, "--editorial")
    assert done.status == 3, done.stdout
    assert said in done.stderr
    assert approve(run, "--substantive", "--dry-run").status == 0


def test_it_goes_with_editorial_only(signed: CampaignFolder, run: Letters) -> None:
    signed.edit("letter.yaml", *FIGURE)
    done = approve(run, "--substantive", YES)
    assert done.status == 2
    assert f"{YES} goes with --editorial" in done.stderr


def test_many_touches_are_counted(signed: CampaignFolder, run: Letters) -> None:
    few = "".join(f"\nIn year {n} they came.\n" for n in range(30))
    body = signed.read("templates/note/letter.en.md")
    signed.write("templates/note/letter.en.md", body + few)
    sign(signed.path)
    signed.write("templates/note/letter.en.md", body + few.replace("year ", "year 9"))
    done = approve(run, "--editorial")
    assert done.status == 3
    assert done.stderr.count("  en  a number") == 20
    assert "  and 10 more; of all kinds: a number" in done.stderr


def test_names_of_those_who_are_withheld_are_not_looked_for(campaign: CampaignFolder) -> None:
    loaded, _ = load(campaign.path)
    assert loaded is not None
    found = names(loaded)
    assert {"Ngozi Okafor", "Okafor", "Cercle de lecture", "Ada Example", "Mark Carney"} <= found
    assert not {
        name for name in found if "Withheld" in name or "Described" in name or "Minsk" in name
    }


def test_entries_from_before_keep_their_bytes() -> None:
    old = {"class": "editorial", "from": "a" * 64, "why": "x", "diff": ""}
    change = detail_json.from_json("edit-approved", old)
    assert change is not None
    assert detail_json.as_json(change) == old
    new = old | {"confirmed": "en: number"}
    again = detail_json.from_json("edit-approved", new)
    assert again is not None
    assert detail_json.as_json(again) == new
    with pytest.raises(ValueError, match="shape"):
        detail_json.from_json("edit-approved", old | {"confirmed": ["en"]})


def test_whoever_was_named_then_and_is_withheld_now_is_not_told(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "person: Ada Example", "person: Quazimo Vexlerin")
    campaign.edit("letter.yaml", "visibility: public", "visibility: withheld")
    found, problems = load(campaign.path)
    assert found, problems
    known = secrets(found)
    touch = Touch("en", ("name",), "Quazimo Vexlerin waited", "Somebody waited")
    hidden = editorial_guard._without(touch, known)
    assert (hidden.went, hidden.came) == (HIDDEN, "Somebody waited")
