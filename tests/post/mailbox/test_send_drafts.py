"""``letters send --drafts``: with the same care as sending, and nothing is sent nor recorded."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from letters.ledger.store import LOG_NAME, Ledger
from post.servers import Sink, serving

from .dovecot import PASSWORD, Box
from .returns import OURS, POSTFIX, TO

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

SETTINGS = """\
mail:
  from: us@example.org
  imap: {{host: 127.0.0.1, port: {port}, user: {user}}}
"""


@pytest.fixture
def mailbox(final: CampaignFolder, box: Box, monkeypatch: pytest.MonkeyPatch) -> Box:
    """The campaign's own, as its settings say."""
    said = SETTINGS.format(port=box.server.tls, user=box.user)
    final.write("letter.yaml", final.read("letter.yaml") + said)
    monkeypatch.setenv("LETTERS_IMAP_PASSWORD", PASSWORD)
    return box


def recorded(campaign: CampaignFolder) -> list[str]:
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        assert ledger.outgoing() == ()
        return [str(entry.event.kind) for entry in ledger.entries()]


def test_it_shows_the_plan_and_then_puts_each_letter_there_once(
    final: CampaignFolder, run: Letters, mailbox: Box
) -> None:
    before = recorded(final)
    plan = run("send", "--drafts")
    assert plan.status == 0, plan.stderr
    assert (
        f"127.0.0.1:{mailbox.server.tls}, TLS, as {mailbox.user}, among the drafts" in plan.stdout
    )
    assert "nothing was sent; to put it among your drafts, add --confirm 2" in plan.stderr
    assert run("send", "--drafts", "--confirm", "3").status == 3
    assert mailbox.drafts() == []
    done = run("send", "--drafts", "--confirm", "2")
    assert done.status == 0, done.stderr
    assert "1 of 2: prime-minister: put among the drafts" in done.stderr
    assert "letters track sent ID --channel email" in done.stderr
    assert PASSWORD not in done.stderr + done.stdout
    again = run("send", "--drafts", "--confirm", "2")
    assert again.status == 0, again.stderr
    assert "2 of 2: minister: is among the drafts already" in again.stderr
    drafts = [message_from_bytes(data, policy=policy.SMTP) for _, data in mailbox.drafts()]
    assert sorted(str(mail["To"].addresses[0].addr_spec) for mail in drafts) == [
        "office@example.org",
        "sam@example.org",
    ]
    for mail in drafts:
        assert mail["Message-ID"].endswith("@example.org>")
        pdfs = [part.get_content() for part in mail.iter_attachments()]
        assert len(pdfs) == 2
        assert all(pdf.startswith(b"%PDF") for pdf in pdfs)
    assert {flags for flags, _ in mailbox.mails("Entw&APw-rfe")} == {"DS"}
    assert recorded(final) == before
    assert run("send", "--json").status == 0, "they are still to be sent"


def test_a_cover_note_that_has_changed_since_is_not_silently_left(
    final: CampaignFolder, run: Letters, mailbox: Box
) -> None:
    assert run("send", "--drafts", "--to", "minister", "--confirm", "1").status == 0
    final.edit(
        "letter.yaml", "  from: us@example.org\n", "  from: us@example.org\n  subject: New\n"
    )
    done = run("send", "--drafts", "--confirm", "2")
    assert done.status == 3
    assert "minister: is among the drafts, but says something else" in done.stderr
    assert "prime-minister: put among the drafts" in done.stderr


def test_a_letter_that_came_back_can_be_put_there_though_the_first_lies_among_the_sent(
    final: CampaignFolder, run: Letters, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = Sink()
    with serving(sink) as port:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        assert run("send", "--to", "minister", "--confirm", "1").status == 0
    [first] = sink.mails
    mailbox.receive(first, folder="Gesendet")
    message_id = str(message_from_bytes(first)["Message-ID"])
    notice = POSTFIX.replace(OURS.encode(), message_id.encode())
    mailbox.receive(notice.replace(TO.encode(), b"sam@example.org"))
    assert "minister: came back" in run("track", "bounces").stdout
    done = run("send", "--drafts", "--to", "minister", "--confirm", "1")
    assert done.status == 0, done.stderr
    assert "minister: put among the drafts" in done.stderr
    [(_, draft)] = mailbox.drafts()
    assert message_from_bytes(draft)["Message-ID"] == message_id.replace("@", ".1@")


def test_a_letter_that_goes_once_more_lies_beside_the_first(
    final: CampaignFolder, run: Letters, mailbox: Box
) -> None:
    by_hand = ("track", "sent", "minister", "--channel", "email", "--note", "by hand")
    again = ("send", "--drafts", "--again", "minister", "--why", "lost")
    assert run(*again, "--confirm", "1").status == 3
    assert run("send", "--drafts", "--to", "minister", "--confirm", "1").status == 0
    assert run(*by_hand).status == 0
    plan = run(*again)
    assert "again: minister: sent 20" in plan.stdout
    for _ in range(2):
        done = run(*again, "--confirm", "1")
        assert done.status == 0, done.stderr
    assert "minister: is among the drafts already" in done.stderr
    ids = [str(message_from_bytes(draft)["Message-ID"]) for _, draft in mailbox.drafts()]
    assert sorted(".1@" in one for one in ids) == [False, True]
    assert run(*by_hand).status == 0
    assert "for this very reason" in run(*again).stdout
    assert recorded(final)[-3:] == ["again", "sent", "sent"]


def test_it_refuses_what_sending_refuses(
    final: CampaignFolder, run: Letters, mailbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_IMAP_PASSWORD", "wrong")
    done = run("send", "--drafts", "--confirm", "2")
    assert done.status == 4
    assert "127.0.0.1 refused the user name or the password" in done.stderr
    assert run("send", "--drafts", "--eml", "x").status == 2
    assert run("send", "--drafts", "--test-to", "me@example.org").status == 2
    final.write("out/minister.en.pdf", b"%PDF-1.7 another")
    done = run("send", "--drafts", "--confirm", "2")
    assert done.status == 3
    assert "is not the file that was rendered" in done.stderr
    assert mailbox.mails() == []
