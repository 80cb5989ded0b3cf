"""``letters people rename``: “please don’t name me” works at once, and everything follows."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.digests import MessageDigest
from letters.ledger import verify_receipt
from letters.ledger.details import Mailing
from letters.ledger.outgoing import Item
from letters.ledger.store import LOG_NAME, Ledger

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

SPEAKS = "the id gives away a part of a name"
OLD = "okafor"


@pytest.fixture
def signed(run: Letters) -> Letters:
    """Invited, and signed under an id that is a family name."""
    run("sign", "invite", OLD)
    run("sign", "record", OLD, "--note", "by telephone")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    return run


def withhold(campaign: CampaignFolder) -> None:
    """She asks not to be named."""
    campaign.edit("signatories.yaml", "  tier: author\n", "  visibility: withheld\n")
    campaign.edit("signatories.yaml", "    text: {en: Ngozi Okafor was there., fr: Ngozi Okafor y était.}\n", "    text: {en: Somebody was there., fr: Quelqu’un y était.}\n")  # fmt: skip


STOPPED = [
    ("check",), ("render",), ("send",), ("print",), ("status",), ("status", "--json"),
    ("log", "digest"), ("sign", "invite", "lindqvist"), ("sign", "record", "signer-07", "--note", "x"),
    ("track", "meeting", "minister", "--note", "x"), ("send", "--eml", "drafts"),
    ("editions", "status"), ("followup", "next"),
]  # fmt: skip


@pytest.mark.parametrize("words", STOPPED, ids=" ".join)
def test_what_stops_on_it_says_the_way_out_and_not_the_name(
    signed: Letters, campaign: CampaignFolder, words: tuple[str, ...]
) -> None:
    withhold(campaign)
    done = signed(*words)
    assert done.status == 1
    assert f"signatories.yaml:1:7: [0].id – {SPEAKS}" in done.stderr
    assert (
        "(“letters people rename --speaking” makes it signer-09, here and in the log)"
        in done.stderr
    )
    assert OLD not in (done.stdout + done.stderr).casefold()


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_the_list_leaves_such_an_id_out(
    signed: Letters, campaign: CampaignFolder, as_json: tuple[str, ...]
) -> None:
    assert OLD in signed("people", "list", *as_json).stdout
    withhold(campaign)
    done = signed("people", "list", *as_json)
    assert done.status == 0
    assert OLD not in (done.stdout + done.stderr).casefold()
    assert "…" in done.stdout or '"id": null' in done.stdout


HIDDEN = ("withheld", "role-only", "Withheld", "with-held", "[withheld]", "{a: b}", "1", "no", '""')


@pytest.mark.parametrize("visibility", HIDDEN)
@pytest.mark.parametrize(
    "name", ["{given: Ana, family: Vexlerin}", "{given: Ana, famly: Vexlerin}"]
)
def test_neither_id_nor_file_gives_away_who_may_be_hidden(
    run: Letters, campaign: CampaignFolder, visibility: str, name: str
) -> None:
    """Not by a record that is wrong, either, nor by what is searched for."""
    (campaign.path / "signatories.yaml").unlink()
    folder = campaign.path / "signatories"
    folder.mkdir()
    campaign.write(
        "letter.yaml",
        (campaign.path / "letter.yaml").read_text("utf-8") + "\nsignatories: signatories\n",
    )
    (folder / "ana-vexlerin.yaml").write_text(f"name: {name}\nvisibility: {visibility}\n", "utf-8")
    (folder / "s-2.yaml").write_text(
        f"id: vexlerin\nname: {name}\nvisibility: {visibility}\n", "utf-8"
    )
    (folder / "vexlerin-2.yaml").write_text("name: Vexlerin\nvisibility: withheld\n: [\n", "utf-8")
    (folder / "bo.yaml").write_text("name: Bo Open\n", "utf-8")
    for words in ((), ("--search", "bo"), ("--search", "vexlerin")):
        done = run("people", "list", *words)
        assert "vexlerin" not in done.stdout.casefold() + done.stderr.casefold(), done
        assert ("signatories/…:1:1" in done.stdout) == (not words)
        assert ("signatories/bo.yaml:1:1" in done.stdout) == (words != ("--search", "vexlerin"))
    told = run("people", "list", "--json").stdout
    assert "vexlerin" not in told.casefold()
    rows = {(row["id"], row["path"]) for row in json.loads(told)}
    assert rows == {(None, None), (None, "signatories/s-2.yaml"), ("bo", "signatories/bo.yaml")}
    assert run("people", "show", "ana-vexlerin").stdout.startswith("signatories/…:1:1: signatory")


def test_one_command_makes_it_right_and_everything_follows(
    signed: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    before = json.loads(signed("status", "--json").stdout)["signatories"][0]
    signed("log", "checkpoint")
    withhold(campaign)
    text = campaign.read("signatories.yaml")
    plan = signed("people", "rename", "--speaking")
    assert plan.status == 3
    assert plan.stdout == "signatories.yaml:1:7: signatory, to be signer-09\n"
    assert "nothing was changed (to do it, add --write)" in plan.stderr
    assert campaign.read("signatories.yaml") == text
    done = signed("people", "rename", "--speaking", "--write", "--by", "desk")
    assert done.status == 0
    assert "signatories.yaml:1:7: the id is signer-09 now" in done.stdout
    assert "4  renamed  signer-09" in done.stdout
    assert "the log’s own bytes still hold the old id" in done.stderr
    assert "“letters log erase signer-09” forgets it" in done.stderr
    assert campaign.read("signatories.yaml") == text.replace("- id: okafor", "- id: signer-09")

    shown = [done.stdout, done.stderr, plan.stdout, plan.stderr]
    for words in (
        ("check",), ("status",), ("status", "--json"), ("log", "show"), ("log", "show", "--json"),
        ("log", "export"), ("log", "export", "--format", "csv"), ("log", "verify"),
        ("log", "erase", "signer-09"),
    ):  # fmt: skip
        said = signed(*words)
        shown += [said.stdout, said.stderr]
    assert not any(OLD in one.casefold() for one in shown)
    after = json.loads(signed("status", "--json").stdout)["signatories"][0]
    assert (after["id"], after["digest"]) == ("signer-09", before["digest"])
    assert [e["subject"] for e in json.loads(signed("log", "show", "--json").stdout)] == [
        *("signer-09", "signer-09", "lindqvist", "signer-09")
    ]
    receipt = tmp_path / "receipt.json"
    made = signed("log", "receipt", "signer-09", "--out", str(receipt))
    proved = verify_receipt.proved(json.loads(receipt.read_bytes()))
    assert [one["number"] for one in proved] == [1, 2, 4]
    assert proved[-1]["subject"] == "signer-09"
    assert "the id from before" in made.stderr
    verified = signed("log", "verify", "--checkpoint", str(receipt))
    assert verified.status == 0
    assert signed("people", "rename", "--speaking").status == 0


def test_the_erasure_forgets_the_old_id_too(signed: Letters, campaign: CampaignFolder) -> None:
    withhold(campaign)
    signed("people", "rename", "--speaking", "--write")
    plan = signed("log", "erase", "signer-09")
    assert "entries of the log: 3 (1 invited, 1 signed, 1 renamed)" in plan.stdout
    assert "signatories.yaml, lines 1 to 10" in plan.stdout
    assert signed("log", "erase", OLD).stdout == plan.stdout
    assert signed("log", "erase", "signer-09", "--confirm", "signer-09").status == 0
    assert OLD.encode() not in (campaign.path / LOG_NAME).read_bytes()
    assert b"signer-09" not in (campaign.path / LOG_NAME).read_bytes()
    assert signed("log", "verify").status == 0
    assert signed("sign", "invite", "signer-09").status == 3
    campaign.edit("signatories.yaml", "id: signer-09", "id: okafor-2")
    assert signed("people", "rename", "okafor-2", OLD).status == 3
    again = signed("log", "erase", OLD, "--confirm", OLD)
    assert (again.status, "was erased of them before" in again.stdout) == (0, True)


def test_old_ids_are_pointed_to_the_new_one(signed: Letters) -> None:
    assert signed("people", "rename", OLD, "signer-20").status == 0
    for words in (("sign", "invite", OLD), ("sign", "withdraw", OLD)):
        done = signed(*words)
        assert done.status == 2
        assert "this id was given up for another one (it is “signer-20” now)" in done.stderr
    assert signed("sign", "withdraw", "signer-20").status == 0
    assert signed("people", "rename", "signer-20", OLD).status == 0
    [row] = [line for line in signed("status").stdout.splitlines() if line.startswith(OLD)]
    assert "withdrawn" in row
    assert signed("log", "verify").status == 0


def test_it_is_done_whatever_else_is_wrong(signed: Letters, campaign: CampaignFolder) -> None:
    withhold(campaign)
    campaign.edit("letter.yaml", "date: 2025-09-03\nplace", "date: tomorrow\nplaec")
    campaign.edit("signatories.yaml", "- id: lindqvist\n", "- id: lindqvist\n  visibility: no\n")
    campaign.edit("recipients.yaml", "  name: Sam Taylor\n", "")
    assert signed("check").status == 1
    assert signed("people", "rename", "--speaking", "--write").status == 0
    text = campaign.read("signatories.yaml")
    assert text.startswith("- id: signer-09\n")
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        assert ledger.ids().all("signer-09") == (OLD, "signer-09")


def test_a_record_that_is_wrong_itself_is_found_to_speak(
    signed: Letters, campaign: CampaignFolder
) -> None:
    withhold(campaign)
    campaign.edit("signatories.yaml", "  gender: f\n", "  gender: lady\n  unknown: key\n")
    assert signed("people", "rename", "--speaking", "--write").status == 0
    assert "- id: signer-09" in campaign.read("signatories.yaml")


def test_several_are_renamed_in_one_go(run: Letters, campaign: CampaignFolder) -> None:
    text = campaign.read("signatories.yaml").replace("id: signer-07", "id: withheld-p")
    campaign.write("signatories.yaml", text.replace("id: signer-08", "id: someone"))
    run("log", "digest")
    done = run("people", "rename", "--speaking", "--write")
    assert done.status == 0
    assert "to be signer-01" in done.stdout
    assert "to be signer-02" in done.stdout
    loaded, _ = load(campaign.path)
    assert loaded is not None
    assert [s.id for s in loaded.signatories][-2:] == ["signer-01", "signer-02"]
    assert not (campaign.path / LOG_NAME).exists()


def test_without_a_new_id_one_is_proposed(signed: Letters, campaign: CampaignFolder) -> None:
    done = signed("people", "rename", OLD)
    assert (done.status, done.stdout) == (3, "signatories.yaml:1:7: signatory, to be signer-09\n")
    # What the log knows is not proposed, though no file has it any more.
    campaign.write("signatories.yaml", campaign.read("signatories.yaml") + "- {id: signer-09, name: Cy}\n")  # fmt: skip
    signed("sign", "invite", "signer-09")
    signed("people", "rename", "signer-09", "cy")
    assert signed("people", "rename", OLD).stdout.endswith("to be signer-10\n")
    done = signed("people", "rename", "minister")
    assert done.stdout == "recipients.yaml:13:7: recipient, to be recipient-01\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((OLD, "lindqvist"), 3, "the id lindqvist is taken, at signatories.yaml:"),
        ((OLD, "Okafor"), 2, "small letters"),
        ((OLD, "-x"), 2, ""),
        ((OLD, "forgotten"), 3, "erased"),
        ((OLD, "known-before"), 3, "somebody else’s"),
        (("lindqvist-x", "signer-20"), 2, "did you mean “lindqvist”"),
        (("signer-07", "w-person"), 3, "the new id gives away"),
        (("signer-08", "described"), 3, "the new id gives away"),
        (("prime-minister", "minister"), 3, "is taken, at recipients.yaml:"),
        ((), 2, "say whose id it is"),
        ((OLD, "--speaking"), 2, "say whose id it is"),
    ],
)
def test_it_refuses(
    signed: Letters, campaign: CampaignFolder, words: tuple[str, ...], status: int, said: str
) -> None:
    people = campaign.read("signatories.yaml")
    campaign.write("signatories.yaml", people + "- {id: known-before, name: X}\n- {id: forgotten, name: Y}\n")  # fmt: skip
    for name in ("known-before", "forgotten"):
        signed("sign", "invite", name)
    signed("log", "erase", "forgotten", "--confirm", "forgotten")
    campaign.write("signatories.yaml", people)
    before = (campaign.path / LOG_NAME).read_bytes()
    done = signed("people", "rename", *words)
    assert done.status == status, done.stderr
    assert said in done.stderr
    assert campaign.read("signatories.yaml") == people
    assert (campaign.path / LOG_NAME).read_bytes() == before


def test_two_with_one_id_are_told_apart_by_hand(run: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("signatories.yaml", "- id: lindqvist", "- id: okafor")
    done = run("people", "rename", OLD, "signer-20")
    assert done.status == 3
    assert "stands at signatories.yaml:1:7, signatories.yaml:" in done.stderr


def test_a_recipient_of_the_same_id_is_another(run: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("recipients.yaml", "- id: minister\n", "- id: okafor\n")
    run("people", "rename", OLD, "signer-20")
    assert "- id: okafor" in campaign.read("recipients.yaml")
    campaign.edit("signatories.yaml", "id: signer-20", "id: okafor")
    run("people", "rename", OLD, "minister", "--recipient")
    assert "- id: minister\n" in campaign.read("recipients.yaml")
    assert "- id: okafor\n" in campaign.read("signatories.yaml")


def test_a_file_that_can_not_be_read_is_said(run: Letters, campaign: CampaignFolder) -> None:
    campaign.write("signatories.yaml", "- id: 'okafor\n")
    for words in ((OLD, "signer-20"), ("--speaking",)):
        done = run("people", "rename", *words)
        assert done.status == 1
        assert "what opens here is not closed" in done.stderr


def test_an_id_that_was_changed_by_hand_is_told_to_the_log(
    signed: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("signatories.yaml", "- id: okafor", "- id: signer-20")
    assert "signer-20       pending" in signed("status").stdout
    done = signed("people", "rename", OLD, "signer-20")
    assert done.status == 0
    assert "4  renamed  signer-20" in done.stdout
    assert "signer-20       signed" in signed("status").stdout
    done = signed("people", "rename", OLD, "signer-20")
    assert (done.status, "follows it already" in done.stderr) == (0, True)
    # A file from a backup comes after the log.
    campaign.edit("signatories.yaml", "- id: signer-20", "- id: okafor")
    assert signed("people", "rename", OLD).stdout.endswith("to be signer-20\n")
    assert signed("people", "rename", OLD, "signer-21").status == 3
    done = signed("people", "rename", OLD, "signer-20")
    assert (done.status, "follows it already" in done.stderr) == (0, True)
    assert "- id: signer-20\n" in campaign.read("signatories.yaml")


def test_a_file_of_ones_own_takes_the_new_name(signed: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "values:\n", "signatories: people\nvalues:\n")
    (campaign.path / "people").mkdir()
    own = campaign.write("people/okafor.yaml", "# hers\r\nname: {given: Ngozi, family: Okafor}\r\nvisibility: withheld\r\n")  # fmt: skip
    campaign.write("people/01-lindqvist.yml", "id: lindqvist\nname: Åsa Lindqvist\n")
    own.chmod(0o600)
    data = own.read_bytes()
    done = signed("people", "rename", "--speaking", "--write")
    assert done.status == 0, done.stderr
    assert "people/signer-01.yaml: the file is called so now" in done.stdout
    assert OLD not in done.stdout.partition("\n")[2] + done.stderr
    assert not own.exists()
    assert (campaign.path / "people/signer-01.yaml").read_bytes() == data
    done = signed("people", "rename", "lindqvist", "asa")
    assert done.status == 0
    assert "people/01-asa.yml:1:5: the id is asa now" in done.stdout
    assert "lindqvist" not in done.stdout
    moved = campaign.path / "people/01-asa.yml"
    assert moved.read_text() == "id: asa\nname: Åsa Lindqvist\n"
    assert sorted(path.name for path in moved.parent.iterdir()) == ["01-asa.yml", "signer-01.yaml"]
    assert stat.S_IMODE((campaign.path / "people/signer-01.yaml").stat().st_mode) == 0o600
    states = json.loads(signed("status", "--json").stdout)["signatories"]
    assert [(one["id"], one["state"]) for one in states] == [
        ("asa", "changed"),  # without the affiliation that was signed with
        ("signer-01", "changed"),  # no author any more
    ]
    campaign.write("people/signer-02.yaml", "name: Somebody\n")
    assert signed("people", "rename", "signer-01", "signer-02").status == 3
    done = signed("people", "rename", "signer-01", "aa")
    assert "in the order of their files’ names" not in done.stderr
    done = signed("people", "rename", "aa", "zz")
    assert "in the order of their files’ names" in done.stderr


def test_a_remark_with_the_old_id_is_pointed_out(run: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("signatories.yaml", "  gender: f", "  gender: f # okafor says so, not okafor-2")
    campaign.write("notes.yaml", "okafor-2: x\n")
    done = run("people", "rename", OLD, "signer-20")
    assert "which are yours to change: signatories.yaml:3\n" in done.stderr


@pytest.mark.parametrize("words", [("status",), ("render",), ("send",), ("print",)], ids=" ".join)
def test_a_file_from_before_is_noticed(
    final: CampaignFolder, run: Letters, words: tuple[str, ...]
) -> None:
    """To the log nothing has gone to an id that was given up: the letter would go out again."""
    run("track", "sent", "minister", "--channel", "post", "--note", "by hand")
    for name in ("signatories.yaml", "recipients.yaml"):
        old, new = (OLD, "signer-20") if name[0] == "s" else ("minister", "north")
        before = final.read(name)
        assert run("people", "rename", old, new).status == 0
        after = final.read(name)
        final.write(name, before)
        done = run(*words)
        assert done.status == 1
        assert "this id was given up for another one" in done.stderr
        assert f"write {new} there" in done.stderr
        final.write(name, after)
    assert run("status").status == 0


# --- recipients -----------------------------------------------------------------------------------


def test_what_went_to_a_recipient_went_to_the_new_id(final: CampaignFolder, run: Letters) -> None:
    assert run("track", "sent", "minister", "--channel", "post", "--note", "by hand").status == 0
    assert run("track", "reply", "minister", "--note", "thanks").status == 0
    before = json.loads(run("status", "--json").stdout)["recipients"][1]
    done = run("people", "rename", "minister", "north-minister")
    assert done.status == 0
    assert "recipients.yaml:13:7: the id is north-minister now" in done.stdout
    assert "renamed  north-minister" in done.stdout
    assert "out/ holds 2 files under the old id" in done.stderr
    after = json.loads(run("status", "--json").stdout)["recipients"][1]
    assert after == before | {"id": "north-minister"}
    again = run("track", "reply", "minister", "--note", "thanks")
    assert (again.status, "it is “north-minister” now" in again.stderr) == (2, True)
    assert run("track", "reply", "north-minister", "--note", "thanks again").status == 0
    assert run("log", "verify").status == 0
    assert '"minister"' not in run("log", "export").stdout


def test_a_letter_that_went_by_mail_is_not_sent_to_the_new_id(
    final: CampaignFolder, run: Letters
) -> None:
    from letters.channels import Channel

    said = json.loads(run("status", "--json").stdout)
    manifest = json.loads(final.read("out/manifest.json"))
    files = [f["sha256"] for f in manifest["files"] if f["recipient"] == "minister"]
    item = Item(
        said["text_digest"], "minister", Channel.EMAIL, "<1@x>", MessageDigest("4" * 64), "a@example.org",
        ("sam@example.org",), tuple(files), "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z",
    )  # fmt: skip
    with Ledger.open(final.path / LOG_NAME) as ledger, ledger.change() as change:
        change.outgoing.put(item)
        [row] = change.outgoing.all()
        change.outgoing.move(row, ("queued",), "in_doubt", at=item.changed)
    assert run("people", "rename", "minister", "north-minister").status == 0
    shutil.copytree(final.path / "out", final.path / "made")
    text = final.read("out/manifest.json").replace('"minister"', '"north-minister"')
    final.write("out/manifest.json", text)
    plan = json.loads(run("send", "--json").stdout)
    assert {"recipient": "north-minister", "reason": "in doubt since 2026-03-02T00:00:00Z (look after it: “letters send --resolve”)"} in plan["left_out"]  # fmt: skip
    assert plan["in_doubt"] == ["north-minister"]
    with Ledger.open(final.path / LOG_NAME) as ledger:
        assert [one.recipient for one in ledger.outgoing()] == ["north-minister"]
        details = [e.event.detail for e in ledger._recorded() if e.event.kind == "sent"]
        assert not any(isinstance(one, Mailing) for one in details)


def test_a_recipient_who_was_changed_by_hand_is_told_to_the_log(
    final: CampaignFolder, run: Letters
) -> None:
    run("track", "sent", "minister", "--channel", "post", "--note", "by hand")
    final.edit("recipients.yaml", "- id: minister\n", "- id: north\n")
    done = run("people", "rename", "minister", "north")
    assert (done.status, "renamed  north" in done.stdout) == (0, True)
    assert json.loads(run("status", "--json").stdout)["recipients"][1]["state"] == "sent"


def test_what_is_enclosed_for_one_recipient_follows(run: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "  - title: {en: A list, fr: Une liste}\n", "  - title: {en: A list, fr: Une liste}\n    file: first/{recipient}.pdf\n")  # fmt: skip
    campaign.write("first/minister.pdf", b"%PDF- one")
    campaign.write("first/prime-minister.pdf", b"%PDF- two")
    assert run("people", "rename", "minister", "north").status == 0
    assert sorted(path.name for path in (campaign.path / "first").iterdir()) == [
        "north.pdf",
        "prime-minister.pdf",
    ]
    assert run("check").status == 0
    assert run("people", "rename", "north", "x").status == 0
    campaign.write("first/y.pdf", b"%PDF- three")
    assert run("people", "rename", "x", "y").status == 3
    assert "- id: x\n" in campaign.read("recipients.yaml")


def test_nothing_is_renamed_while_letters_are_being_sent(
    final: CampaignFolder, run: Letters
) -> None:
    import fcntl

    run("track", "sent", "minister", "--channel", "post", "--note", "by hand")
    before = final.read("recipients.yaml")
    with (final.path / f"{LOG_NAME}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("people", "rename", "minister", "north").status == 3
        assert final.read("recipients.yaml") == before
        # Whoever asks not to be named doesn't wait for that.
        assert run("people", "rename", "okafor", "signer-20").status == 0


def test_a_folder_that_can_not_be_written_leaves_the_log_as_it_was(
    signed: Letters, campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters import files

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "signatories.yaml")

    monkeypatch.setattr(files, "replace", full)
    done = signed("people", "rename", OLD, "signer-20")
    assert (done.status, done.stderr) == (4, "letters: signatories.yaml: No space left on device\n")
    monkeypatch.undo()
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        assert len(ledger.entries()) == 3
