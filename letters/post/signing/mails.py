"""Mails that people wrote to say that they sign: whose each one is, by its sender's mailbox.

A sender can be forged, and a mail may say no: so it is proposed which mail is whose, and a person
looks. What nobody can be told for sure from a mail is listed, and never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from msgspec import Struct

from letters import limits, reading
from letters.campaign.mailboxes import mailbox_of
from letters.digests import FileDigest, of_file
from letters.ledger.cutting import mailbox
from letters.ledger.cutting.parts import WholeError

UNKNOWN = "no signatory has the sender’s address"
SHARED = "several signatories have the sender’s address"
SEVERAL = "one of several mails by the same signatory (name the right one: --mail FILE)"
AUTOMATIC = "an automatic answer, a notice or a list"
UNCLEAR = "has not one sender that can be read"
BY_ANOTHER = "was sent by another address than it says it is from (“Sender”)"
COPY = "a copy of a mail that is there already"
TOO_LARGE = "too large"
NO_MAIL = "no mail"
NO_FILE = "a link, a pipe or a device"

_MAILBOXES = (".mbox", ".mbx", "")
_MAILDIR = ("cur", "new")  # the folders of a Maildir, in which each file is a mail
_LIST = ("list-id", "list-unsubscribe", "x-autoreply", "x-autorespond")


class SigningMail(Struct, frozen=True):
    """One mail: what it is called here, its octets in a file, and what its head says.

    ``senders`` are the mailboxes in From, ``carriers`` those that say to have sent it for them;
    None where it says so of somebody who can't be read.
    """

    label: str
    file: Path
    start: int
    end: int
    digest: FileDigest
    senders: tuple[str, ...]
    carriers: tuple[str, ...] | None
    day: dt.date | None
    is_automatic: bool

    def data(self) -> bytes:
        """The mail as it lies there. Raises OSError."""
        with reading.opened(self.file, limits.MAILBOX) as stream:
            stream.seek(self.start)
            return stream.read(self.end - self.start)


class MatchedMails(Struct, frozen=True):
    """Whose mails were found, in their order; ``left`` has by reason what is nobody's for sure."""

    found: Sequence[tuple[str, SigningMail]]
    left: Mapping[str, Sequence[str]]


def match(path: Path, mailboxes: Mapping[str, Sequence[str]]) -> MatchedMails:
    """Whose mails lie in that file, or in the files of that folder and of those below it.

    ``mailboxes`` are the signatories' with their ids. Raises OSError.
    """
    left, by_sender = defaultdict[str, list[str]](list), defaultdict[str, list[SigningMail]](list)
    seen = set[FileDigest]()
    for mail in _mails(path, left):
        if mail.digest in seen:
            left[COPY].append(mail.label)
        elif mail.is_automatic:
            left[AUTOMATIC].append(mail.label)
        elif len(mail.senders) != 1 or mail.carriers is None:
            left[UNCLEAR].append(mail.label)
        else:
            by_sender[mail.senders[0]].append(mail)
        seen.add(mail.digest)
    found = []
    for sender, mails in by_sender.items():
        ids = mailboxes.get(sender, ())
        why = UNKNOWN if not ids else SHARED if len(ids) > 1 else SEVERAL if len(mails) > 1 else ""
        carried_for = [mailboxes.get(box, ()) for box in mails[0].carriers or ()]
        if not why and any(list(others) != list(ids) for others in carried_for):
            why = BY_ANOTHER
        if why:
            left[why] += [mail.label for mail in mails]
        else:
            found.append((ids[0], mails[0]))
    return MatchedMails(found, left)


def _mails(path: Path, left: Mapping[str, list[str]]) -> Iterator[SigningMail]:
    if not path.is_dir():
        yield from _in_file(path, path.name, left)
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield from _in_file(file, str(file.relative_to(path)), left)
        elif file.is_symlink() or not file.is_dir():
            left[NO_FILE].append(str(file.relative_to(path)))


def _in_file(path: Path, label: str, left: Mapping[str, list[str]]) -> Iterator[SigningMail]:
    ending, size = path.suffix.lower(), path.stat().st_size
    begins_as_mailbox = reading.head_of(path, 5) == b"From "
    is_mail = ending == ".eml" or path.parent.name in _MAILDIR
    if not is_mail and not (ending in _MAILBOXES and begins_as_mailbox):
        left[NO_MAIL].append(label)
    elif size > (limits.MAILBOX if begins_as_mailbox else limits.MAIL).most:
        left[TOO_LARGE].append(label)
    elif not begins_as_mailbox:
        yield _mail(path, label, 0, reading.data_of(path, limits.MAIL))
    else:
        yield from _in_mailbox(path, label, left)


def _in_mailbox(path: Path, label: str, left: Mapping[str, list[str]]) -> Iterator[SigningMail]:
    try:
        messages = mailbox.read(reading.data_of(path, limits.MAILBOX)).messages
    except WholeError:
        left[NO_MAIL].append(label)
        return
    start = 0
    for number, message in enumerate(messages, 1):
        head, _, body = message.partition(b"\n")
        name = label if path.suffix.lower() == ".eml" else f"{label}, message {number}"
        if len(body) > limits.MAIL.most:
            left[TOO_LARGE].append(name)
        else:
            yield _mail(path, name, start + len(head) + 1, body)
        start += len(message)


def _mail(file: Path, label: str, start: int, data: bytes) -> SigningMail:
    head = BytesHeaderParser().parsebytes(data[: 1 << 20])  # and no part of parts
    return SigningMail(
        label,
        file,
        start,
        start + len(data),
        of_file(data),
        _senders(head),
        _carriers(head),
        _day(head),
        _is_automatic(head),
    )


def _senders(head: Message) -> tuple[str, ...]:
    """The mailboxes in From; none where it can't be read, or where the head breaks off."""
    fields = _fields(head, "from")
    if head.defects or fields is None or len(fields) != 1:
        return ()
    return tuple(sorted(box for box in fields[0] if "@" in box))


def _carriers(head: Message) -> tuple[str, ...] | None:
    """The mailboxes in each Sender; None where one of them can't be read."""
    fields = _fields(head, "sender")
    if fields is None or not all(boxes and all("@" in box for box in boxes) for boxes in fields):
        return None
    return tuple(sorted(set().union(*fields)))


def _fields(head: Message, field: str) -> list[set[str]] | None:
    """What stands in each field of that name for mailboxes; None where no standard allows it."""
    try:
        raw = [value for name, value in head.raw_items() if name.lower() == field]
        # Octets that are no ASCII are UTF-8 there, as addresses may be today.
        written = [str(one).encode("utf-8", "surrogateescape").decode("utf-8") for one in raw]
        return [{mailbox_of(address) for _, address in getaddresses([one])} for one in written]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _day(head: Message) -> dt.date | None:
    """The day that the sender gives, as it was counted there."""
    try:
        return parsedate_to_datetime(str(head["date"])).date()
    except (ValueError, TypeError, LookupError, OverflowError):
        return None


def _is_automatic(head: Message) -> bool:
    if str(head.get("auto-submitted", "no")).strip().casefold() != "no":
        return True
    if head.get_content_type() == "multipart/report" or any(name in head for name in _LIST):
        return True
    precedence = str(head.get("precedence", "")).strip().casefold()
    return precedence in {"bulk", "junk", "list", "auto_reply"}
