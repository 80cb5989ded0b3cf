"""A signature is a person's: what becomes of it when their printed form changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from letters.cli import bind_signature  # noqa: F401 - loaded before the libraries are counted

from .test_sign import refused, shown, states

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters

EN = "out/prime-minister.en.txt"


def sign(run: Letters, *who: str) -> None:
    for each in who:
        assert run("sign", "record", each, "--note", "by telephone").status == 0


def printed(run: Letters, campaign: CampaignFolder) -> tuple[Done, str]:
    done = run("render", "--format", "txt", "--recipient", "prime-minister", "--lang", "en")
    return done, campaign.read(EN)


def people(run: Letters) -> dict[str, dict[str, Any]]:
    said = json.loads(run("status", "--json").stdout)
    return {one["id"]: one for one in said["signatories"]}


@pytest.mark.parametrize(
    ("who", "old", "new", "field"),
    [
        ("lindqvist", "{given: Åsa, family: Lindqvist}", "Boris Banner", "name"),
        ("lindqvist", "{given: Åsa, family: Lindqvist}",
         "{given: Åsa, family: Lindqvist, display: {fr: Boris Banner}}", "name"),
        ("lindqvist", "{given: Åsa, family: Lindqvist}",
         "{given: Åsa, family: Lindqvist, sort: Banner}", "name"),
        ("lindqvist", "affiliation: University of Example", "affiliation: Ministry of Example", "affiliation"),
        ("lindqvist", "affiliation: University of Example",
         "affiliation: University of Example\n  identification_only: no", "identification_only"),
        ("lindqvist", "affiliation: University of Example",
         "affiliation: University of Example\n  role: Minister", "role"),
        ("lindqvist", "affiliation: University of Example",
         "affiliation: University of Example\n  tier: organisation", "tier"),
        ("reading-circle", "kind: organisation",
         "kind: organisation\n  signer: {name: Boris Banner}", "signer"),
        ("reading-circle", "kind: organisation", "tier: organisation", "kind"),
        ("reading-circle", "fr: Cercle de lecture", "fr: Boris Banner", "name"),
        ("signer-08", "a journalist, Minsk", "Boris Banner", "description"),
        ("signer-08", "{given: Described, family: Someone}", "Boris Banner", "name"),
        ("signer-07", "{given: Withheld, family: Person}", "Boris Banner", "name"),
    ],
)  # fmt: skip
def test_another_form_is_not_printed_as_signed(
    run: Letters, campaign: CampaignFolder, who: str, old: str, new: str, field: str
) -> None:
    sign(run, "okafor", who)
    campaign.edit("signatories.yaml", old, new)
    one = people(run)[who]
    assert (one["state"], one["changed"], one["bound"]) == ("changed", [field], True)
    plain = run("status")
    assert f"1 signed under another printed form: {who} ({field})" in plain.stderr
    assert "1 signed, 3 pending, 1 changed" in plain.stdout.replace(
        "1 changed, 3 pending", "3 pending, 1 changed"
    )
    assert "Signed by 1 person" in plain.stdout
    done, text = printed(run, campaign)
    assert f"1 signed under another printed form: {who} ({field})" in done.stderr
    for protected in ("Banner", "Withheld", "Described"):
        assert protected not in done.stdout + done.stderr + plain.stderr
        assert protected not in text
    for never in ("Lindqvist", "Reading Circle", "journalist", "withheld"):
        assert never not in text
    assert "Ngozi Okafor" in text
    assert run("log", "verify").status == 0


def test_what_is_written_back_stands_again(run: Letters, campaign: CampaignFolder) -> None:
    sign(run, "okafor", "lindqvist")
    campaign.edit("signatories.yaml", "{given: Åsa, family: Lindqvist}", "Boris Banner")
    assert states(run)["lindqvist"] == "changed"
    campaign.edit("signatories.yaml", "Boris Banner", "{given: Åsa, family: Lindqvist}")
    assert states(run)["lindqvist"] == "signed"


@pytest.mark.parametrize("after", ["public", "name-only", "role-only", "withheld"])
@pytest.mark.parametrize("before", ["public", "name-only", "role-only", "withheld"])
def test_being_shown_less_applies_at_once_and_more_takes_their_word(
    run: Letters, campaign: CampaignFolder, before: str, after: str
) -> None:
    levels = ["public", "name-only", "role-only", "withheld"]

    def show(level: str) -> None:
        described = "  description: {en: a teacher, fr: une enseignante}\n"
        record = f"- id: signer-10\n  name: Eve Example\n  visibility: {level}\n"
        record += described
        campaign.write("signatories.yaml", rest + record)

    rest = campaign.read("signatories.yaml")
    show(before)
    sign(run, "okafor", "signer-10")
    show(after)
    raised = levels.index(after) < levels.index(before)
    assert states(run)["signer-10"] == ("changed" if raised else "signed")
    done, text = printed(run, campaign)
    assert ("another printed form: signer-10 (visibility)" in done.stderr) is raised
    assert ("Eve Example" in text) is (before == after == "public" or (
        not raised and after in ("public", "name-only")))  # fmt: skip
    assert ("a teacher" in text) is (after == "role-only" and not raised)
    if raised:
        status = run("status")
        assert "Eve" not in status.stdout + status.stderr + run("status", "--json").stdout
        assert run("render", "--format", "txt", "--draft").status == 0
        assert "Eve" not in campaign.read(EN)
        words = ("--by", "Sam", "--why", "an error")
        refused(run("sign", "approve-name", "signer-10", *words), "takes their own word")
        assert run("sign", "reaffirm", "signer-10", "--note", "name me, she said").status == 0
        assert states(run)["signer-10"] == "signed"
        assert ("Eve Example" in printed(run, campaign)[1]) is (after != "role-only")


def test_somebody_answers_for_a_typing_error_and_they_are_told(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    sign(run, "okafor", "signer-07")
    refused(run("sign", "approve-name", "signer-07", "--by", "Sam", "--why", "x"), "as they signed")
    campaign.edit("signatories.yaml", "family: Person", "family: Persson")
    plan = run("sign", "approve-name", "signer-07", "--by", "Sam", "--why", "one s", "--dry-run")
    assert (plan.status, len(shown(run))) == (0, 2)
    assert "signer-07 is printed in another form than they signed in: name" in plan.stdout
    file = tmp_path / "note.txt"
    words = ("--by", "Sam", "--why", "one s was missing", "--tell", str(file))
    done = run("sign", "approve-name", "signer-07", *words)
    assert (done.status, done.stdout.splitlines()[-1]) == (0, "3  name-approved  signer-07  name")
    note = file.read_text(encoding="utf-8")
    assert "What was changed: name\nWhy: one s was missing\nApproved by: Sam" in note
    entry = shown(run)[-1]
    assert (entry["event"], entry["subject"], entry["changed"]) == (
        "name-approved", "signer-07", ["name"],
    )  # fmt: skip
    assert (entry["recorded_by"], entry["why"]) == ("Sam", "one s was missing")
    assert "signer-07: name" in run("log", "show").stdout
    assert states(run)["signer-07"] == "signed"
    status = run("status")
    assert "1 printed in a form that somebody else answered for: signer-07 (name)" in status.stderr
    assert run("log", "verify").status == 0
    receipt = run("log", "receipt", "signer-07", "--out", str(tmp_path / "r.json"))
    assert receipt.status == 0
    for said in (plan, done, status, receipt):
        assert "Pers" not in said.stdout + said.stderr
    refused(run("sign", "approve-name", "signer-07", *words), "as they signed")


@pytest.mark.parametrize("words", [("--by", " ", "--why", "x"), ("--by", "Sam", "--why", " ")])
def test_an_approval_names_who_answers_and_why(run: Letters, words: tuple[str, ...]) -> None:
    sign(run, "okafor")
    assert run("sign", "approve-name", "okafor", *words).status == 2
    assert run("sign", "approve-name", "okafr", "--by", "Sam", "--why", "x").status == 2


def test_nothing_is_approved_of_who_has_not_signed(run: Letters) -> None:
    words = ("--by", "Sam", "--why", "x")
    refused(run("sign", "approve-name", "okafor", *words), "no signature")
    refused(run("sign", "bind", "okafor", "--by", "Sam"), "okafor: this signatory has no signature")


def test_their_word_is_recorded_for_the_same_text(run: Letters, campaign: CampaignFolder) -> None:
    sign(run, "okafor", "lindqvist")
    refused(run("sign", "reaffirm", "lindqvist", "--note", "x"), "already signed this very text")
    campaign.edit("signatories.yaml", "family: Lindqvist", "family: Lindkvist")
    done = run("sign", "reaffirm", "lindqvist", "--note", "that is my name now")
    assert (done.status, states(run)["lindqvist"]) == (0, "signed")
    assert shown(run)[-1]["changed"] == ["name"]
    assert "Lindkvist" in printed(run, campaign)[1]
    refused(run("sign", "reaffirm", "lindqvist", "--note", "x"), "already signed this very text")


def test_that_they_asked_to_be_shown_less_can_be_put_on_record(
    run: Letters, campaign: CampaignFolder
) -> None:
    """After that, more takes their word again."""
    campaign.edit("signatories.yaml", "  visibility: withheld\n", "")
    sign(run, "okafor", "signer-07")
    seen = campaign.read("signatories.yaml")
    campaign.edit(
        "signatories.yaml", "family: Person}\n", "family: Person}\n  visibility: withheld\n"
    )
    assert states(run)["signer-07"] == "signed"
    assert run("sign", "reaffirm", "signer-07", "--note", "please don't name me").status == 0
    assert states(run)["signer-07"] == "signed"
    campaign.write("signatories.yaml", seen)
    assert people(run)["signer-07"]["changed"] == ["visibility"]


def test_nothing_goes_out_while_somebody_is_changed(run: Letters, campaign: CampaignFolder) -> None:
    sign(run, "okafor", "lindqvist")
    campaign.edit("signatories.yaml", "family: Lindqvist", "family: Banner")
    printed(run, campaign)
    done = run("send")
    assert "lindqvist signed under another printed form" in done.stdout + done.stderr
    assert run("print").status == 3
