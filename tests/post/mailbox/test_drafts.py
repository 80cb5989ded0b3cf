"""Drafts in a real mailbox: once each, as they were built, and what a person did there stays."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace

from letters.post.mailbox.drafts import DraftResult, put
from letters.post.mailbox.session import NoError, Session
from letters.post.mime import Attachment, Mailbox, OutgoingMail, build
from letters.post.server_errors import ServerError
from post.mail import MAIL

from .dovecot import PASSWORD, ROOM, Box

MAILS = [
    (who, replace(MAIL, to=Mailbox(name, f"{who}@example.org"), message_id=f"<{n}@example.org>"))
    for n, (who, name) in enumerate([("chair", "Zoë, Chair"), ("clerk", "The Clerk")], 10)
]


def uploaded(
    box: Box, mails: list[tuple[str, OutgoingMail]] = MAILS, folder: str | None = None
) -> dict[str, DraftResult]:
    told: dict[str, DraftResult] = {}
    with Session.open(box.account(), PASSWORD) as session:
        put(session, mails, folder, told.__setitem__)
    return told


def test_each_is_put_once_as_it_was_built_into_the_folder_that_the_server_marks(box: Box) -> None:
    assert uploaded(box) == dict.fromkeys(("chair", "clerk"), DraftResult.PUT)
    assert box.drafts() == [("DS", build(mail)) for _, mail in MAILS]
    later = [(who, replace(mail, date=mail.date.replace(hour=20))) for who, mail in MAILS]
    assert uploaded(box, later) == dict.fromkeys(("chair", "clerk"), DraftResult.THERE)
    assert len(box.drafts()) == 2


def test_a_draft_that_says_something_else_is_told_of_and_left_alone(box: Box) -> None:
    uploaded(box)
    before = box.drafts()
    for other in (
        {"subject": "Four questions"},
        {"text": "Dear Zoë,\n\nanother word\n"},
        {"to": Mailbox("Zoë, Chair", "new@example.org")},
        {"attachments": (Attachment("A letter.pdf", "application/pdf", b"%PDF-1.7 new"),)},
    ):
        told = uploaded(box, [("chair", replace(MAILS[0][1], **other))])
        assert told == {"chair": DraftResult.OTHER}
    assert box.drafts() == before


def test_what_lies_among_the_sent_messages_is_not_put_there_again(box: Box) -> None:
    box.receive(build(MAILS[0][1]), folder="Gesendet")
    box.receive(build(replace(MAILS[1][1], message_id="<x-11@example.org>")), folder="Gesendet")
    assert uploaded(box) == {"chair": DraftResult.SENT, "clerk": DraftResult.PUT}
    assert [data for _, data in box.drafts()] == [build(MAILS[1][1])]


def test_a_folder_that_is_not_there_is_named_with_those_that_are(box: Box) -> None:
    with pytest.raises(ServerError, match="no folder “Vorlagen”") as told:
        uploaded(box, folder="Vorlagen")
    assert "“Entwürfe”" in told.value.hint
    assert uploaded(box, folder="Entwürfe")["chair"] is DraftResult.PUT


def test_a_full_mailbox_is_told_as_that(box: Box) -> None:
    large = Attachment("A letter.pdf", "application/pdf", bytes(ROOM))
    mails = [MAILS[0], ("clerk", replace(MAILS[1][1], attachments=(large,)))]
    with pytest.raises(NoError, match="is full"):
        uploaded(box, mails)
    assert len(box.drafts()) == 1


@pytest.mark.parametrize("stored", [False, True], ids=["before it is whole", "before the answer"])
def test_a_connection_that_is_cut_leaves_no_double_behind(box: Box, stored: bool) -> None:
    large = Attachment("A letter.pdf", "application/pdf", bytes(300_000))
    mails = [(who, replace(mail, attachments=(large,))) for who, mail in MAILS]

    def cut(sent: int, answer: bytes) -> bool:
        return b"Append completed" in answer if stored else sent > 600_000

    told: dict[str, DraftResult] = {}
    with between(box.server.starttls, cut) as port:
        who = dataclasses.replace(box.account("none"), port=port)
        with (
            pytest.raises(ServerError, match=r"the connection to 127\.0\.0\.1:\d+ failed"),
            Session.open(who, PASSWORD) as session,
        ):
            put(session, mails, None, told.__setitem__)
    assert told == ({} if stored else {"chair": DraftResult.PUT})
    again = uploaded(box, mails)
    assert again == {"chair": DraftResult.THERE, "clerk": DraftResult.PUT}
    assert sorted(data for _, data in box.drafts()) == sorted(build(mail) for _, mail in mails)


@contextlib.contextmanager
def between(port: int, cut: Callable[[int, bytes], bool]) -> Iterator[int]:
    """A way to the server that hangs up once ``cut`` says so, of what was sent and an answer."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def carry() -> None:
            near, _ = door.accept()
            far = socket.create_connection(("127.0.0.1", port))
            sent = 0

            def back() -> None:
                with contextlib.suppress(OSError):
                    while (data := far.recv(65536)) and not cut(0, data):
                        near.sendall(data)
                    near.shutdown(socket.SHUT_RDWR)

            answers = threading.Thread(target=back)
            answers.start()
            with contextlib.suppress(OSError):
                while (data := near.recv(65536)) and not cut(sent, b""):
                    far.sendall(data)
                    sent += len(data)
                far.shutdown(socket.SHUT_RDWR)
            answers.join()
            near.close()
            far.close()

        carrier = threading.Thread(target=carry)
        carrier.start()
        yield int(door.getsockname()[1])
        carrier.join(10)
