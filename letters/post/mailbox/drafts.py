"""Mails put among the drafts of a mailbox, for whoever sends them from a mail program.

A draft is found again by its Message-ID, so that none is put there twice. Nothing in the mailbox is
ever changed or taken away: who has edited a draft keeps it.
"""

from __future__ import annotations

import email
from collections.abc import Callable, Iterable, Sequence
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from enum import Enum

from msgspec.structs import replace

from letters.digests import of_file
from letters.post.mailbox.session import Session
from letters.post.mime import OutgoingMail, build
from letters.post.server_errors import ServerError

_ADDRESSES = ("From", "To", "Cc", "Reply-To")
_ROOM = 1 << 20  # octets by which a server may have made a draft longer


class DraftResult(Enum):
    """What became of one mail."""

    PUT = "put among the drafts"
    THERE = "is among the drafts already"
    OTHER = "is among the drafts, but says something else"
    SENT = "is among the sent messages"


def put(
    session: Session,
    mails: Sequence[tuple[str, OutgoingMail]],
    folder: str | None,
    tell: Callable[[str, DraftResult], None],
) -> None:
    """Put each recipient's mail into ``folder`` (None: the server's own), unless it is there.

    Those that lie among the sent messages are left out. ``tell`` hears of each; what was told is
    done even where ServerError is raised later.
    """
    drafts = folder or session.special("Drafts")
    if not drafts:
        raise ServerError(
            f"{session.host} does not say which folder is for drafts",
            "name it in letter.yaml, under “mail: imap: drafts:”",
        )
    gone = set[str]()
    if sent := session.special("Sent"):
        session.enter(sent)
        gone = {who for who, mail in mails if any(_copies(session, mail))}
    session.enter(drafts)
    for who, mail in mails:
        if who in gone:
            tell(who, DraftResult.SENT)
            continue
        data = build(replace(mail, signer=None))  # the mail program writes it anew
        there = list(_copies(session, mail))
        if not there:
            session.put_draft(drafts, data)
        same = any(_same(session, number, data) for number in there)
        tell(
            who, DraftResult.PUT if not there else DraftResult.THERE if same else DraftResult.OTHER
        )


def _copies(session: Session, mail: OutgoingMail) -> Iterable[int]:
    """The messages in the open folder that have the mail's own Message-ID."""
    wanted = mail.message_id.strip("<>")
    found = session.search(["UNDELETED", "HEADER", "MESSAGE-ID", wanted])
    for head in session.heads(found, ["MESSAGE-ID"]):
        # Servers search for parts of a line.
        if email.message_from_bytes(head.data).get("Message-ID", "").strip() == mail.message_id:
            yield head.number


def _same(session: Session, number: int, data: bytes) -> bool:
    """Whether that draft says the same; some servers write a message down in their own way."""
    largest = len(data) + _ROOM
    found = session.read(number, largest)
    if found is None or found.size > largest:
        return False
    try:
        return _gist(found.data) == _gist(data)
    except (ValueError, LookupError, RecursionError):
        return False  # nothing that was made here


def _gist(data: bytes) -> tuple[object, ...]:
    """What a reader gets: to whom it goes, the subject, the words, the files."""
    message = email.message_from_bytes(data)
    boxes = [
        sorted(address for _, address in getaddresses(list(map(str, message.get_all(name, [])))))
        for name in _ADDRESSES
    ]
    subject = str(make_header(decode_header(message.get("Subject", "")))).split()
    words, files = list[str](), list[str]()
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() == "text/html":
            continue
        if part.get_content_type() == "text/plain" and not part.get_filename():
            words += _text(part).split()
        else:
            files.append(of_file(_octets(part)))
    return boxes, subject, words, sorted(files)


def _text(part: Message) -> str:
    return _octets(part).decode(part.get_content_charset("utf-8"), "replace")


def _octets(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
