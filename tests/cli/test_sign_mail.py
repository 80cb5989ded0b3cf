"""Mails as evidence: whose each one is, by its sender; what is not sure is listed, never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from letters.post.signing import mails

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

PEOPLE = ("okafor", "lindqvist", "reading-circle", "signer-07", "signer-08")


def mail(sender: str, day: str = "30 Aug 2025", body: str = "I sign it.", *head: str) -> bytes:
    lines = [f"From: {sender}", f"Date: Sat, {day} 23:30:00 -0700", "Subject: Yes", *head]
    return "\r\n".join([*lines, "", body, ""]).encode()


def entries(run: Letters) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("log", "show", "--json").stdout)
    return found


def left(stderr: str) -> dict[str, tuple[int, str]]:
    """By reason how many mails are left out, and which."""
    found = re.findall(r"left out, (\d+): (.+?): ([^:\n]+)$", stderr, flags=re.MULTILINE)
    return {reason: (int(count), labels) for count, reason, labels in found}


@pytest.fixture
def inbox(campaign: CampaignFolder) -> Path:
    """A folder of mails; each of the five has a mailbox, and two have one together."""
    campaign.edit(
        "signatories.yaml", "  affiliation: University of Example",
        "  affiliation: University of Example\n  contact: {email: åsa@exämple.org}",
    )  # fmt: skip
    for which in ("  kind: organisation", "  visibility: role-only"):
        campaign.edit("signatories.yaml", which, f"{which}\n  contact: {{email: us@example.org}}")
    folder = campaign.path.parent / "inbox"
    folder.mkdir()
    return folder


def test_each_mail_is_its_senders_and_the_rest_is_listed(
    run: Letters, campaign: CampaignFolder, inbox: Path
) -> None:
    yes = mail("Ngozi Okafor <NGOZI@Example.org>")
    (inbox / "1.eml").write_bytes(yes)
    (inbox / "1 again.eml").write_bytes(yes)
    (inbox / "2.EML").write_bytes(mail("=?utf-8?q?=C3=85sa?= <åsa@xn--exmple-cua.org>"))
    (inbox / "3.eml").write_bytes(mail("us@example.org"))
    (inbox / "4.eml").write_bytes(mail("somebody@example.net"))
    (inbox / "5.eml").write_bytes(mail("us@example.org, ngozi@example.org"))
    (inbox / "6.eml").write_bytes(mail("nobody"))
    (inbox / "7.eml").write_bytes(
        mail("ngozi@example.org", "1 Sep 2025", "Away", "Auto-Submitted: auto-replied")
    )
    (inbox / "8.eml").write_bytes(b"\x00\xff\xfe not a mail")
    (inbox / "notes.txt").write_text("From: ngozi@example.org\n\nYes")
    (inbox / "below").mkdir()
    (inbox / "below" / "9.eml").write_bytes(
        mail("secret@example.net", "29 Aug 2025", "yes", "X: 1")
    )
    (inbox / "below" / "10.eml").write_bytes(mail("secret@example.net", "30 Aug 2025", "no, don’t"))
    (inbox / "cur").mkdir()
    (inbox / "cur" / "1700000000.host").write_bytes(mail("us@example.org", "28 Aug 2025"))
    (inbox / "link.eml").symlink_to(inbox / "1.eml")
    plan = run("sign", "record", "--mail", str(inbox))
    assert plan.status == 0, plan
    assert [line.split() for line in plan.stdout.splitlines()] == [
        ["ID", "DAY", "HOW", "SHOWN", "BY", "FROM"],
        ["okafor", "2025-08-30", "e-mail", "kept", "1", "again.eml"],
        ["lindqvist", "2025-08-30", "e-mail", "kept", "2.EML"],
        ["2", "signatures", "to", "record,", "text", plan.stdout.split()[-1]],
    ]
    assert "add --confirm 2" in plan.stderr
    assert left(plan.stderr) == {
        "no signatory has the sender’s address": (1, "4.eml"),
        "several signatories have the sender’s address": (2, "3.eml, cur/1700000000.host"),
        "one of several mails by the same signatory (name the right one: --mail FILE)": (
            2,
            "below/10.eml, below/9.eml",
        ),
        "an automatic answer, a notice or a list": (1, "7.eml"),
        "has not one sender that can be read": (3, "5.eml, 6.eml, 8.eml"),
        "a copy of a mail that is there already": (1, "1.eml"),
        "no mail": (1, "notes.txt"),
        "a link, a pipe or a device": (1, "link.eml"),
    }
    assert "@" not in plan.stdout + plan.stderr
    assert not (campaign.path / "evidence").exists()
    assert run("sign", "record", "--mail", str(inbox), "--confirm", "9").status == 3
    assert run("sign", "record", "--mail", str(inbox), "--confirm", "2").status == 0
    first, second = entries(run)
    assert [first["subject"], second["subject"]] == ["okafor", "lindqvist"]
    assert (first["stated_at"], first["channel"]) == ("2025-08-30", "e-mail")
    assert (campaign.path / "evidence" / first["evidence_digest"]).read_bytes() == yes
    assert run("log", "verify").status == 0
    # The right one of two is named; the folder, once more, has nothing new.
    one = run("sign", "record", "--mail", str(inbox / "below" / "9.eml"), "--confirm", "1")
    assert one.status == 0, one
    again = run("sign", "record", "--mail", str(inbox), "--confirm", "2")
    assert "0 signatures to record" in again.stdout
    assert "2 recorded already" in again.stdout
    assert len(entries(run)) == 3


def test_a_mailbox_in_one_file_is_taken_apart(
    run: Letters, campaign: CampaignFolder, inbox: Path
) -> None:
    first = mail("ngozi@example.org").replace(b"\r\n", b"\n")
    second = mail("secret@example.net", "30 Aug 2025", "yes\n>From here on").replace(b"\r\n", b"\n")
    third = mail("us@example.org").replace(b"\r\n", b"\n")
    line = b"From x@example.org Sat Aug 30 23:30:00 2025\n"
    file = inbox / "Inbox"
    file.write_bytes(line + first + b"\n" + line + second + b"\n" + line + third)
    plan = run("sign", "record", "--mail", str(file))
    assert "Inbox, message 2" in plan.stdout
    assert left(plan.stderr)["several signatories have the sender’s address"] == (
        1,
        "Inbox, message 3",
    )
    assert run("sign", "record", "--mail", str(file), "--confirm", "2").status == 0
    digest = {one["subject"]: one["evidence_digest"] for one in entries(run)}
    assert (campaign.path / "evidence" / digest["okafor"]).read_bytes() == first + b"\n"
    assert (campaign.path / "evidence" / digest["signer-07"]).read_bytes() == second + b"\n"
    assert run("log", "erase", "signer-07", "--confirm", "signer-07").status == 0
    assert b"secret" not in b"".join(
        path.read_bytes() for path in (campaign.path / "evidence").iterdir()
    )


def test_a_mail_that_is_given_for_two_is_not_kept_for_both_in_silence(
    run: Letters, inbox: Path
) -> None:
    (inbox / "1.eml").write_bytes(mail("ngozi@example.org", "30 Aug 2025", "We both sign."))
    file = str(inbox / "1.eml")
    assert run("sign", "record", "--mail", file, "--confirm", "1").status == 0
    done = run("sign", "record", "lindqvist", "--evidence", file)
    assert "is kept for several people" in done.stderr


@pytest.mark.parametrize("kind", ["decline", "withdraw", "reaffirm"])
def test_mails_say_other_things_too(kind: str, run: Letters, inbox: Path) -> None:
    (inbox / "1.eml").write_bytes(mail("ngozi@example.org", "30 Aug 2025", "No."))
    if kind != "decline":
        run("sign", "record", *PEOPLE, "--note", "x")
    plan = run("sign", kind, "--mail", str(inbox), "--channel", "post")
    assert plan.status == 0
    assert ("okafor  2025-08-30  post" in plan.stdout) == (kind != "reaffirm")


def test_days_that_cannot_be_are_not_believed(run: Letters, inbox: Path) -> None:
    (inbox / "1.eml").write_bytes(mail("ngozi@example.org", "30 Aug 2999"))
    (inbox / "2.eml").write_bytes(mail("secret@example.net", "30 Aug 1999"))
    plan = run("sign", "record", "--mail", str(inbox))
    assert "okafor  -" in plan.stdout
    assert "is more than a year ago" in plan.stderr
    assert run("sign", "record", "--mail", str(inbox / "3.eml")).status == 2
    words = ("--mail", str(inbox), "--evidence", str(inbox / "1.eml"))
    assert run("sign", "record", *words).status == 2


@pytest.mark.parametrize(
    ("carrier", "is_taken"),
    [
        ("Sender: ngozi@example.org", True),
        ("Sender: NGOZI@example.org", True),
        ("Sender: somebody@evil.example", False),
        ("Sender: Ngozi Okafor <somebody@evil.example>", False),
        ('Sender: "ngozi@example.org" <somebody@evil.example>', False),
        ("Sender: ngozi@example.org\r\nSender: somebody@evil.example", False),
        ("Reply-To: somebody@evil.example", True),  # which says nothing of who wrote it
    ],
)
def test_a_mail_that_another_has_sent_is_no_signature(
    run: Letters, inbox: Path, carrier: str, is_taken: bool
) -> None:
    (inbox / "1.eml").write_bytes(mail("ngozi@example.org", "30 Aug 2025", "I sign it.", carrier))
    done = run("sign", "record", "--mail", str(inbox))
    assert done.status == 0
    assert ("okafor" in done.stdout) == is_taken
    assert ("was sent by another address" in done.stderr) != is_taken


@pytest.mark.parametrize(
    "carrier",
    [
        b"Sender: \xff\xfe evil@evil.example",
        b"Sender: =?utf-8?q?evil=40evil.example?=",
        b"Sender: evil at evil.example",
        b"Sender: admin",
        b"Sender:",
        b"Sender: <>",
        b"Sender: ngozi@example.org, admin",
        b"Sender: ngozi@example.org, =?utf-8?q?evil=40evil.example?=",
        b"Sender: ngozi@example.org\r\nSender: admin",
        b"SENDER: (evil@evil.example)",
        b"Sender : evil@evil.example",
        b"Sender\t: evil@evil.example",
        b"X-What is this\r\nSender: evil@evil.example",
        b"X-What is this\r\nAuto-Submitted: auto-replied",
    ],
)
def test_a_mail_of_whose_sender_not_all_can_be_read_is_no_signature(
    run: Letters, inbox: Path, carrier: bytes
) -> None:
    plain = mail("ngozi@example.org", "30 Aug 2025", "I sign it.", "X: 1")
    (inbox / "1.eml").write_bytes(plain.replace(b"X: 1", carrier))
    done = run("sign", "record", "--mail", str(inbox))
    assert "okafor" not in done.stdout
    assert left(done.stderr) == {"has not one sender that can be read": (1, "1.eml")}
    # As a mail of which the head is whole is taken.
    (inbox / "1.eml").write_bytes(plain)
    assert "okafor" in run("sign", "record", "--mail", str(inbox)).stdout


class Counted(Mapping[str, Sequence[str]]):
    """Mailboxes that count how many of them are looked at."""

    def __init__(self, boxes: dict[str, list[str]]) -> None:
        self.boxes, self.looked = boxes, 0

    def __getitem__(self, box: str) -> Sequence[str]:
        self.looked += 1
        return self.boxes[box]

    def __iter__(self) -> Iterator[str]:
        for box in self.boxes:
            self.looked += 1
            yield box

    def __len__(self) -> int:
        return len(self.boxes)


def test_each_sender_is_looked_up_and_not_held_against_everybody(tmp_path: Path) -> None:
    boxes = Counted({f"{n}@example.org": [f"signer-{n}"] for n in range(200)})
    for n in range(0, 200, 2):
        (tmp_path / f"{n}.eml").write_bytes(
            mail(f"{n}@example.org", "30 Aug 2025", "yes", f"Sender: {n}@example.org")
        )
    assert len(mails.match(tmp_path, boxes).found) == 100
    assert boxes.looked <= 3 * 100


def test_no_mail_is_named_that_is_called_after_somebody_withheld(
    run: Letters, campaign: CampaignFolder, inbox: Path
) -> None:
    campaign.edit("signatories.yaml", "given: Withheld, family: Person", "given: Quazimo, family: Vexlerin")  # fmt: skip
    sent = ("ngozi@example.org", "secret@example.net", "nobody@example.net", "a@b.org, c@d.org")
    for sender, name in zip(
        sent, ("1", "Quazimo Vexlerin", "Re Vexlerin", "VEXLERIN"), strict=True
    ):
        (inbox / f"{name}.eml").write_bytes(mail(sender))
    done = run("sign", "record", "--mail", str(inbox))
    assert "vexlerin" not in (done.stdout + done.stderr).casefold()
    assert "1.eml" in done.stdout
    assert re.search(r"signer-07 .* file \d of 4", done.stdout)


def test_no_name_of_a_mail_has_a_form_that_is_told(
    run: Letters, campaign: CampaignFolder, inbox: Path
) -> None:
    """Lines, digits and capitals part words there, and what comes next is another name."""
    campaign.edit("signatories.yaml", "given: Withheld, family: Person", "given: Bo, family: Strand")  # fmt: skip
    names = (
        "Re_Strand", "strand2", "2Strand", "ReStrand", "_strand_", "BoStrandSigns", "Strand-",
        "re.STRAND", "a/Strand-", "bo_strand", "sträng-strand",
    )  # fmt: skip
    (inbox / "a").mkdir()
    for name in names:
        (inbox / f"{name}.eml").write_bytes(mail("nobody@example.net"))
    (inbox / "Strand-").write_bytes(b"no mail")
    (inbox / "b.txt").write_bytes(b"no mail")
    (inbox / "strands 1.eml").write_bytes(mail("nobody@example.net"))
    done = run("sign", "record", "--mail", str(inbox))
    told = (done.stdout + done.stderr).casefold().replace("strands 1.eml", "")
    assert "strand" not in told
    assert "strands 1.eml" in done.stderr
    assert "b.txt" in done.stderr
    assert "file 1 of 14" in done.stderr
