"""``letters track bounces``: what came back is found in the mailbox, told, and recorded once."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from post.desk import DIGEST, TEXT
from post.mailbox import corpus
from post.mailbox.dovecot import Box, Dovecot, running
from post.mailbox.returns import HEAD, OURS, POSTFIX, TO

from letters.campaign.load import load
from letters.digests import FileDigest, ManifestDigest
from letters.ledger.details import Rendering, Return
from letters.ledger.events import Event
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.outbox import Outbox, sealed
from letters.post.plan import LogState, plan

from .logged import bounced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import CampaignFolder, Letters

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
WHO = {"prime-minister": "office@example.org", "minister": "sam@example.org"}


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        yield server


@pytest.fixture
def box(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Box:
    box = dovecot.box()
    monkeypatch.setenv("LETTERS_IMAP_URL", box.url)
    monkeypatch.setenv("SSL_CERT_FILE", dovecot.authority)
    return box


@pytest.fixture
def sent(campaign: CampaignFolder) -> CampaignFolder:
    """A campaign of which both letters were accepted by a server."""
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        with ledger.change() as change:
            ledger._rows.keep_text(DIGEST, TEXT)
            change.append(
                Event("rendered", text_digest=DIGEST, detail=Rendering(ManifestDigest("0" * 64))),
                NOW,
            )
        outbox = Outbox(ledger, campaign.path, lambda: NOW)
        outbox.queue(
            sealed(
                text_digest=DIGEST,
                recipient=who,
                message_id=f"<{who}@example.org>",
                envelope=("us@example.org", (address,)),
                letters=[FileDigest(f"{number:064x}")],
                date=NOW,
                data=who.encode(),
            )
            for number, (who, address) in enumerate(WHO.items())
        )
        for item in outbox.items():
            outbox.claim(item)
            outbox.accepted(item)
    return campaign


def notice(who: str, mail: bytes = POSTFIX) -> bytes:
    there = mail.replace(OURS.encode(), f"<{who}@example.org>".encode())
    return there.replace(TO.encode(), WHO[who].encode())


def test_it_tells_what_came_back_without_an_address_and_records_it_once(
    sent: CampaignFolder, run: Letters, box: Box
) -> None:
    assert run("track", "bounces").status == 0
    box.receive(notice("minister"))
    delayed = POSTFIX.replace(b"Action: failed", b"Action: delayed")
    box.receive(notice("prime-minister", delayed))
    done = run("track", "bounces")
    assert done.status == 0, done.stderr
    assert done.stdout.splitlines() == [
        "minister: came back: 550 5.1.1 (address): no such user as chair here",
        "prime-minister: is delayed: 550 5.1.1 (address): no such user as chair here",
    ]
    assert "recorded: minister came back" in done.stderr
    assert "about these letters: 2" in done.stderr
    assert "fix the address" in done.stderr
    assert not any(address in done.stdout + done.stderr for address in WHO.values())
    again = run("track", "bounces", "--json")
    found = json.loads(again.stdout)
    assert [(one["recipient"], one["result"], one["recorded"]) for one in found] == [
        ("minister", "known", False),
        ("prime-minister", "delayed", False),
    ]
    assert run("log", "verify").status == 0
    shown = [line.split() for line in run("log", "show").stdout.splitlines()]
    assert sum("bounced" in line and "minister" in line for line in shown) == 1
    kept = [file.name for file in (sent.path / "evidence").glob("[!.]*")]
    assert kept == [found[0]["notice"]]


def test_without_anything_sent_it_asks_nobody(
    campaign: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LETTERS_IMAP_URL", raising=False)
    done = run("track", "bounces")
    assert done.status == 0
    assert "has sent nothing yet; what was sent by hand is not looked for" in done.stderr


def test_what_waits_again_though_it_had_left_is_told(
    sent: CampaignFolder, run: Letters, box: Box
) -> None:
    with Ledger.open(sent.path / LOG_NAME) as ledger, ledger.change() as change:
        for item in change.outgoing.all():
            change.outgoing.move(item, ("sent",), "queued", at=item.changed)
    box.receive(notice("minister"))
    done = run("track", "bounces")
    assert done.status == 0, done.stderr
    assert "minister: had left, says a server, and waits here to be sent again" in done.stdout
    assert "where it must not go again, say that it has gone" in done.stderr
    assert "came back" not in done.stderr


def test_a_mailbox_that_cannot_be_read_is_told_of(
    sent: CampaignFolder, run: Letters, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_IMAP_URL", box.url.replace("right", "wr0ng"))
    done = run("track", "bounces")
    assert done.status == 4
    assert "127.0.0.1 refused the user name or the password" in done.stderr
    assert "wr0ng" not in done.stderr
    monkeypatch.delenv("LETTERS_IMAP_URL")
    done = run("track", "bounces")
    assert done.status == 2
    assert "under “mail: imap:” in letter.yaml" in done.stderr
    settings = f"host: 127.0.0.1, port: {box.server.starttls}, user: {box.user}, security: starttls"
    sent.write(
        "letter.yaml",
        sent.read("letter.yaml")
        + f"mail:\n  from: us@example.org\n  imap: {{{settings}, bounces: Returned}}\n",
    )
    monkeypatch.setenv("LETTERS_IMAP_PASSWORD", "right-é")
    done = run("track", "bounces")
    assert done.status == 4
    assert "has no folder “Returned”" in done.stderr
    box.receive(notice("minister"), folder="Returned")
    assert "minister: came back" in run("track", "bounces").stdout


def test_it_can_be_sent_again_once_the_address_is_fixed(
    sent: CampaignFolder, run: Letters, box: Box
) -> None:
    sent.edit("recipients.yaml", "- id: minister\n", "- id: minister\n  email: sam@example.org\n")
    assert left_out(sent) == dict.fromkeys(WHO, f"sent {NOW.date()}")
    box.receive(notice("minister"))
    assert run("track", "bounces").status == 0
    left = left_out(sent)
    assert left["prime-minister"].startswith("sent")
    assert left["minister"].startswith("failed: came back: 550 5.1.1")
    assert "minister" not in left_out(sent, named="minister")
    sent.edit("recipients.yaml", "sam@example.org", "sam@example.net")
    assert "minister" not in left_out(sent)


def left_out(campaign: CampaignFolder, named: str = "") -> dict[str, str]:
    """Whom the plan for the same text leaves out, and why."""
    found, problems = load(campaign.path)
    assert found is not None, problems
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        grounds = LogState(DIGEST, ledger.entries(), {}, (), ledger.outgoing())
    return dict(plan(found, campaign.path / "out", grounds, only=[named] if named else ()).skipped)


WITHOUT_ID = HEAD.replace(f"Message-ID: {OURS}\n", "")


def unnamed(who: str, form: str = "GMX en") -> bytes:
    """A notice that names the recipient, and not which mail it is about."""
    [found] = [one for one in corpus.FORMS if one.name == form]
    return notice(who, corpus.written(found, "mailbox-full", "inline", WITHOUT_ID))


def number(shown: str, who: str) -> str:
    [line] = [line for line in shown.splitlines() if f": {who}, " in line]
    return line.removeprefix("unconfirmed ").partition(":")[0]


def test_what_names_a_recipient_and_no_mail_is_listed_and_recorded_once_confirmed(
    sent: CampaignFolder, run: Letters, box: Box
) -> None:
    for who in WHO:
        box.receive(unnamed(who))
    others = unnamed("minister").replace(b"sam@example.org", b"else@example.org")
    box.receive(others)
    away = b"Return-Path: <>\nFrom: postmaster@example.org\nSubject: Out of office: x\n\n"
    box.receive(away + b"It could not be delivered:\n\nsam@example.org\n\n550 5.1.1\n")
    for _ in range(2):
        done = run("track", "bounces")
        assert done.status == 0, done.stderr
        assert [line.split(": ")[0].split()[0] for line in done.stdout.splitlines()] == [
            "unconfirmed"
        ] * 2
        assert f"minister, {NOW.astimezone().date()}, the mailbox is full: 552" in done.stdout
        assert "“letters track bounces --confirm " in done.stderr
        assert not any(address in done.stdout + done.stderr for address in WHO.values())
        assert bounced(sent) == []
    mine = number(done.stdout, "minister")
    found = {one["number"]: one for one in json.loads(run("track", "bounces", "--json").stdout)}
    assert (found[int(mine)]["result"], found[int(mine)]["class"]) == ("unsure", "soft")
    done = run("track", "bounces", "--confirm", mine)
    assert done.status == 0, done.stderr
    assert "recorded: minister came back" in done.stderr
    assert "the mailbox is full: minister (wait some days; then “letters send" in done.stderr
    [event] = bounced(sent)
    assert event.detail == Return("minister", reason="mailbox-full")
    assert event.evidence.note == "552 (confirmed by a person)"
    assert event.evidence.kind == "kept"
    states = [one["state"] for one in json.loads(run("status", "--json").stdout)["recipients"]]
    assert states == ["sent earlier", "pending"]
    again = run("track", "bounces", "--confirm", mine)
    assert again.status == 2
    assert f"there is nothing to confirm in: {mine}" in again.stderr
    assert len(bounced(sent)) == 1
    assert number(again.stdout, "prime-minister") != mine


def test_what_was_mailed_by_hand_and_came_back_is_listed_too(
    final: CampaignFolder, run: Letters, box: Box
) -> None:
    words = ("--channel", "email", "--note", "from my program")
    assert run("track", "sent", "minister", *words).status == 0
    box.receive(
        unnamed("minister").replace(b"Subject: Three", b"Message-ID: <x@mua>\nSubject: Three")
    )
    done = run("track", "bounces")
    assert done.status == 0, done.stderr
    mine = number(done.stdout, "minister")
    assert run("track", "bounces", "--confirm", mine).status == 0
    [event] = bounced(final)
    assert event.detail == Return("minister", reason="mailbox-full")
    assert run("track", "bounces").stdout == ""
    assert len(bounced(final)) == 1
    assert run("log", "verify").status == 0


def test_one_that_names_several_recipients_is_told_and_recorded_of_none(
    sent: CampaignFolder, run: Letters, box: Box
) -> None:
    both = unnamed("minister").replace(
        b"<sam@example.org>\n\nReason", b"<sam@example.org>\n\n<office@example.org>\n\nReason"
    )
    box.receive(both)
    done = run("track", "bounces", "--confirm", "1")
    assert done.status == 2
    for who in WHO:
        assert f"{who}: a notice that does not say of which mail names several" in done.stdout
    assert bounced(sent) == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("address-unknown", "fix the address in recipients.yaml; then “letters send --to ID”"),
        ("mailbox-full", "wait some days; then “letters send --to ID”"),
        ("spam", "see that SPF, DKIM and DMARC are set"),
    ],
)
def test_each_class_has_an_advice_of_its_own(
    sent: CampaignFolder, run: Letters, box: Box, reason: corpus.Reason, told: str
) -> None:
    form = next(one for one in corpus.FORMS if one.name == "IONOS")
    box.receive(notice("minister", corpus.written(form, reason, "inline")))
    done = run("track", "bounces")
    assert done.status == 0, done.stderr
    assert "minister: came back" in done.stdout
    assert told in done.stderr
    assert [event.detail for event in bounced(sent)] == [Return("minister", reason=reason)]
