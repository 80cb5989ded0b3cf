"""Many people in one go: by ids, by a state, by a list; shown first, recorded once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters

FIVE = ("okafor", "lindqvist", "reading-circle", "signer-07", "signer-08")


def entries(run: Letters) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("log", "show", "--json").stdout)
    return found


def states(run: Letters) -> dict[str, str]:
    said = json.loads(run("status", "--json").stdout)
    return {person["id"]: person["state"] for person in said["signatories"]}


def crowd(campaign: CampaignFolder, count: int) -> None:
    """That many more people, each with a mailbox."""
    more = "".join(
        f"- id: p-{n}\n  name: {{given: Pat, family: Number{n}}}\n"
        f"  contact: {{email: p{n}@example.org}}\n"
        for n in range(count)
    )
    campaign.write("signatories.yaml", campaign.read("signatories.yaml") + more)


def problems(done: Done) -> list[str]:
    """The lines that name a place in the list."""
    return [line for line in done.stderr.splitlines() if line.startswith("list.csv:")]


@pytest.fixture
def listed(campaign: CampaignFolder) -> Path:
    return campaign.path.parent / "list.csv"


def test_ids_that_are_named_are_recorded_at_once(run: Letters) -> None:
    done = run("sign", "invite", *FIVE[:3], "okafor", "--channel", "e-mail")
    assert done.status == 0
    assert [line.split()[:3] for line in done.stdout.splitlines()] == [
        [str(number), "invited", who] for number, who in enumerate(FIVE[:3], 1)
    ]
    # Once more, with others: who was asked is said, and not asked twice.
    again = run("sign", "invite", *FIVE, "--channel", "e-mail")
    assert "recorded already: okafor, lindqvist, reading-circle" in again.stderr
    assert len(entries(run)) == 5
    unknown = run("sign", "invite", "okafor", "nobody", "no-one")
    assert unknown.status == 2
    assert "there are no signatories “nobody”, “no-one”" in unknown.stderr


def test_what_is_refused_of_one_who_is_named_is_recorded_of_nobody(run: Letters) -> None:
    run("sign", "record", "okafor", "--note", "by telephone")
    done = run("sign", "withdraw", "okafor", "lindqvist", "signer-07")
    assert done.status == 3
    assert "this signatory has no signature to withdraw: lindqvist, signer-07" in done.stderr
    assert len(entries(run)) == 1


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("okafor", "--state", "pending"),
        ("--state", "pending", "--from", "list.csv"),
        ("okafor", "--skip-wrong"),
        ("--state", "sined"),
        ("--from", "nowhere.csv"),
    ],
)
def test_it_wants_to_know_of_whom_in_one_way(run: Letters, words: tuple[str, ...]) -> None:
    done = run("sign", "record", *words, "--note", "x")
    assert done.status == 2, done
    assert "Traceback" not in done.stderr


def test_a_state_is_shown_first_and_recorded_by_its_number(run: Letters) -> None:
    run("sign", "invite", "okafor", "lindqvist")
    plan = run("sign", "remind", "--state", "invited")
    assert plan.status == 0
    assert "2 reminders to record, text" in plan.stdout
    assert "to record this, add --confirm 2" in plan.stderr
    assert len(entries(run)) == 2
    wrong = run("sign", "remind", "--state", "invited", "--confirm", "3")
    assert (wrong.status, len(entries(run))) == (3, 2)
    assert "3 is not the number of the plan, which is 2" in wrong.stderr
    done = run("sign", "remind", "--state", "invited", "--confirm", "2")
    assert (done.status, len(entries(run))) == (0, 4)
    # A run that was interrupted is begun anew: nobody is reminded twice on one day.
    again = run("sign", "remind", "--state", "invited", "--confirm", "2")
    assert "2 recorded already" in again.stdout
    assert (again.status, len(entries(run))) == (0, 4)


def test_who_has_signed_an_earlier_text_reaffirms_together(
    run: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    run("sign", "record", *FIVE, "--note", "at the meeting")
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    assert run("sign", "reaffirm", "--state", "stale").status == 3  # nothing shows it
    words = ("--state", "stale", "--note", "at the second meeting", "--confirm", "5")
    done = run("sign", "reaffirm", *words)
    assert done.status == 0, done
    assert len(entries(run)) == 10
    assert set(states(run).values()) == {"signed"}
    assert run("sign", "reaffirm", *words).stdout.startswith("0 reaffirmations to record")


def test_a_note_for_all_names_none_of_those_who_are_not_to_be_named(run: Letters) -> None:
    note = ("--note", "Withheld Person brought them all")
    for words in (FIVE, ("--state", "pending"), ("--state", "pending", "--confirm", "5")):
        done = run("sign", "record", *words, *note)
        assert done.status == 3
        assert "the note names signer-07, whose name is not to be printed" in done.stderr
        assert "Person" not in done.stderr
    assert entries(run) == []


def test_a_row_whose_note_names_who_is_not_to_be_named_is_wrong(run: Letters, listed: Path) -> None:
    listed.write_text(
        "id,note\nokafor,Ngozi Okafor told me\nsigner-07,Withheld Person told me\n",
        encoding="utf-8",
    )
    done = run("sign", "record", "--from", str(listed), "--confirm", "2")
    assert done.status == 1
    [line] = problems(done)
    assert line.startswith("list.csv:3:")
    assert "signer-07: the note names signer-07, whose name is not to be printed (say it" in line
    assert entries(run) == []


def test_a_list_says_of_each_how_and_when(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    (listed.parent / "scan.pdf").write_bytes(b"%PDF")
    listed.write_text(
        "\ufeffE-Mail;ID;Day;Channel;Note;Evidence;Town\r\n"
        "NGOZI@example.org;;2025-08-30;form;;;Ottawa\r\n"
        ";lindqvist;2025-08-29 17:02:11;;told me;;\r\n"
        "\r\n"
        ";signer-08;;;;scan.pdf;\r\n",
        encoding="utf-8",
    )
    plan = run("sign", "record", "--from", str(listed), "--channel", "post")
    assert plan.status == 0, plan
    assert "columns that are not read: Town" in plan.stderr
    assert [line.split() for line in plan.stdout.splitlines()[1:4]] == [
        ["okafor", "2025-08-30", "form", "kept", "line", "2"],
        ["lindqvist", "2025-08-29", "post", "kept", "line", "3"],
        ["signer-08", "-", "post", "kept", "line", "5"],
    ]
    assert not (campaign.path / "evidence").exists()
    words = ("sign", "record", "--from", str(listed), "--channel", "post", "--confirm", "3")
    done = run(*words)
    assert done.status == 0, done
    okafor, _, someone = entries(run)
    row = (campaign.path / "evidence" / okafor["evidence_digest"]).read_text(encoding="utf-8")
    assert row == (
        "\ufeffE-Mail,ID,Day,Channel,Note,Evidence,Town\n"
        "NGOZI@example.org,,2025-08-30,form,,,Ottawa\n"
    ).removeprefix("\ufeff")
    assert (campaign.path / "evidence" / someone["evidence_digest"]).read_bytes() == b"%PDF"
    assert run("log", "verify").status == 0
    # The same list once more, and with one row more.
    assert "3 recorded already" in run(*words).stdout
    with listed.open("a", encoding="utf-8") as stream:
        stream.write(";signer-07;;;by telephone;;\r\n")
    assert "1 signature to record" in run(*words[:4]).stdout
    assert run(*words[:-1], "1").status == 0
    assert len(entries(run)) == 4


def test_every_row_that_is_wrong_is_said_at_once_and_nothing_is_recorded(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    run("sign", "record", "lindqvist", "--note", "by telephone")
    campaign.edit(
        "signatories.yaml", "affiliation: University of Example",
        "affiliation: University of Example\n  contact: {email: shared@example.org}",
    )  # fmt: skip
    campaign.edit(
        "signatories.yaml", "  kind: organisation",
        "  kind: organisation\n  contact: {email: Shared@example.org}",
    )  # fmt: skip
    outside = listed.parent.parent / "outside.txt"
    outside.write_text("secret")
    listed.write_text(
        "id,mailbox,day,note,evidence\n"
        "okafr,,,x,\n"
        ",someone@example.net,,x,\n"
        ",shared@example.org,,x,\n"
        "okafor,secret@example.net,,x,\n"
        "signer-07,,yesterday,x,\n"
        "signer-08,,3025-01-01,x,\n"
        "reading-circle,,1999-01-01,x,\n"
        "okafor,,,,../../outside.txt\n"
        ",,,x,\n"
        "signer-08,,,,\n"
        "okafor,,,x,,,more\n"
        "someone@example.net,,,x,\n"
        "SHARED@example.org,,,x,\n",
        encoding="utf-8",
    )
    done = run("sign", "record", "--from", str(listed), "--confirm", "1")
    assert (done.status, len(entries(run))) == (1, 1)
    found = problems(done)
    for number, what in enumerate(
        [
            "id – there is no signatory with this id (did you mean “okafor”?)",
            "mailbox – no signatory has this address",
            "mailbox – is the address of several signatories (say the id: lindqvist, reading",
            "mailbox – is another signatory’s address",
            "day – is not a day (write it like 2026-01-14)",
            "day – has yet to come",
            "day – is more than a year ago",
            "evidence – there is no such file to keep",
            "id – says neither an id nor a mailbox",
            "signer-08 is in line 7 too",
            "has 7 cells, and the table 5 columns",
            "id – no signatory has this address",
            "id – is the address of several signatories (say the id: lindqvist, reading",
        ],
        2,
    ):
        assert any(f"list.csv:{number}:" in line and what in line for line in found), what
    assert len(found) == 13
    assert "someone@" not in done.stderr
    assert "secret" not in done.stderr
    assert not (campaign.path / "evidence").exists()


def test_wrong_rows_are_left_out_where_that_is_said(run: Letters, listed: Path) -> None:
    listed.write_text("id,note\nokafor,x\nnobody,x\nlindqvist,x\n", encoding="utf-8")
    words = ("sign", "record", "--from", str(listed))
    assert run(*words).status == 1
    plan = run(*words, "--skip-wrong")
    assert (plan.status, len(problems(plan))) == (0, 1)
    assert "left out: 1 row" in plan.stderr
    assert run(*words, "--skip-wrong", "--confirm", "2").status == 0
    assert [one["subject"] for one in entries(run)] == ["okafor", "lindqvist"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "has nothing in it"),
        (b"\n\n", "has nothing in it"),
        (b"PK\x03\x04", "is a spreadsheet, and no CSV"),
        (b"id,note\nokafor,caf\xe9\n", "list.csv:2:1: is not UTF-8"),
        (b'id,note\nokafor,"never closed\n', "list.csv:2:1: can’t be read from here on"),
        (b"name,town\nAda,Ottawa\n", "has no column “id” or “mailbox”"),
        (b"id,id\nokafor,okafor\n", "has several columns “id”"),
        (b"id,note\nokafor," + b"x" * 200_000 + b"\n", "can’t be read from here on"),
        (b"id,note\nokafor,a\x00b\n", ""),
        ("id,evidence\nokafor,a\0b\n".encode("utf-16"), "there is no such file"),
        (b"id\nokafor\n", "okafor: a signature needs something that shows it"),
    ],
)
def test_a_file_that_is_no_such_list_is_said_to_be_none(
    run: Letters, listed: Path, data: bytes, what: str
) -> None:
    listed.write_bytes(data)
    done = run("sign", "record", "--from", str(listed), "--confirm", "1")
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr
    if what:
        assert done.status == 1, done
        assert what in done.stderr
        assert entries(run) == []


def test_who_withdrew_is_not_signed_again_by_the_same_row(run: Letters, listed: Path) -> None:
    listed.write_text("id,note\nokafor,on the form\nlindqvist,on the form\n", encoding="utf-8")
    words = ("sign", "record", "--from", str(listed), "--confirm", "2")
    assert run(*words).status == 0
    listed_out = listed.with_name("out.csv")
    listed_out.write_text("id,note\nokafor,asks to be left out\n", encoding="utf-8")
    assert run("sign", "withdraw", "--from", str(listed_out), "--confirm", "1").status == 0
    again = run(*words)
    assert "by this evidence they signed before, and withdrew" in again.stderr
    assert "1 recorded already" in again.stdout
    assert states(run)["okafor"] == "withdrawn"
    # Who is named comes back: somebody means them.
    assert run("sign", "record", "okafor", "signer-07", "--note", "on the form").status == 0
    assert states(run)["okafor"] == "signed"


def test_last_weeks_rows_sign_no_text_that_was_changed_since(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    listed.write_text("id,note\nokafor,a\nlindqvist,b\n", encoding="utf-8")
    words = ("sign", "record", "--from", str(listed))
    assert run(*words, "--confirm", "2").status == 0
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    listed.write_text("id,note\nokafor,a\nlindqvist,b\nsigner-07,c\n", encoding="utf-8")
    plan = run(*words)
    assert "the text was changed since: okafor, lindqvist" in plan.stderr
    assert "1 signature to record" in plan.stdout
    # A row that says more than it did is another one, for a text that they have signed as well.
    assert run(*words, "--confirm", "1").status == 0
    listed.write_text("id,note,town\nsigner-07,c,Ottawa\n", encoding="utf-8")
    assert "0 signatures to record" in run(*words).stdout
    assert [states(run)[who] for who in FIVE[:2]] == ["stale", "stale"]


def test_nobody_has_to_wait_with_a_withdrawal_until_the_letter_is_fixed(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    run("sign", "record", *FIVE, "--note", "x")
    campaign.edit("letter.yaml", "template: note", "template: nothing")
    listed.write_text("id\nokafor\nlindqvist\n", encoding="utf-8")
    done = run("sign", "withdraw", "--from", str(listed), "--confirm", "2")
    assert done.status == 0, done
    assert [one["event"] for one in entries(run)][5:] == ["withdrew", "withdrew"]
    assert run("sign", "withdraw", "signer-07", "signer-08").status == 0


def test_those_who_have_seen_another_text_are_named(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    run("sign", "invite", "okafor", "lindqvist")
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    done = run("sign", "record", "okafor", "lindqvist", "signer-07", "--note", "x")
    assert "warning: okafor, lindqvist were invited to sign an earlier text" in done.stderr


def test_one_file_for_several_people_is_said(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    scan = listed.with_name("scan.pdf")
    scan.write_bytes(b"%PDF")
    done = run("sign", "record", "okafor", "lindqvist", "--evidence", str(scan))
    assert "1 file of evidence is kept for several people, 2 in all" in done.stderr
    listed.write_text("id,evidence\nsigner-07,scan.pdf\n", encoding="utf-8")
    done = run("sign", "record", "--from", str(listed), "--confirm", "1")
    assert "1 file of evidence is kept for several people, 3 in all" in done.stderr
    assert len(list((campaign.path / "evidence").glob("[0-9a-f]*"))) == 1


def test_two_thousand_rows_are_theirs_one_by_one(
    run: Letters, campaign: CampaignFolder, listed: Path
) -> None:
    crowd(campaign, 2000)
    rows = "".join(f"p{n}@example.org,2025-09-01,Town {n}\n" for n in range(2000))
    listed.write_text(f"mailbox,day,town\n{rows}", encoding="utf-8")
    plan = run("sign", "record", "--from", str(listed))
    assert "and 1980 more\n2000 signatures to record" in plan.stdout
    done = run("sign", "record", "--from", str(listed), "--confirm", "2000")
    assert "recorded 1000 of 2000" in done.stderr
    assert done.stdout.splitlines()[-1].startswith("1 to 2000  signed  2000 people  text ")
    assert run("log", "erase", "p-7", "--confirm", "p-7").status == 0
    kept = [path.read_text() for path in (campaign.path / "evidence").glob("[0-9a-f]*")]
    assert len(kept) == 1999
    assert not any("p7@" in text for text in kept)
    assert sum(state == "signed" for state in states(run).values()) == 1999
