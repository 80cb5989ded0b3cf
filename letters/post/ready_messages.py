"""Messages made ready: composed, sealed, and measured, before anybody is asked to confirm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.channels import Channel
from letters.digests import TextDigest, of_message
from letters.ledger.outgoing import Item
from letters.post.address import UnfitError
from letters.post.compose_mail import Produced, mail_to
from letters.post.dkim import DkimKey
from letters.post.frozen_messages import ReadyMessage
from letters.post.mime import OutgoingMail, build, envelope
from letters.post.outbox import WAITING, sealed
from letters.post.resend import Again, attempts
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.post.cover_note import Drafter
    from letters.post.plan import LogState, Parcel


class Ready(Struct, frozen=True):
    """One message as it would go out: what it says, and its row and bytes for the outbox."""

    letter: Parcel
    mail: OutgoingMail
    sealed: ReadyMessage

    @property
    def size(self) -> int:
        """Bytes of the whole message."""
        return len(self.sealed.data)

    @property
    def files(self) -> tuple[str, ...]:
        """What is attached: letters and annexes by their paths, what is enclosed by its name."""
        letters = [file.path for file, _ in (*self.letter.files, *self.letter.annexes)]
        others = [each.name for each in self.mail.attachments[len(letters) :]]
        return (*letters, *others)


def compose(
    campaign: Campaign,
    letters: Iterable[Parcel],
    note_to: Drafter,
    grounds: LogState,
    *,
    now: dt.datetime,
    signer: DkimKey | None = None,
    again: Again | None = None,
) -> list[Ready]:
    """A message for each letter. What waits already and would say the same stays as it is frozen.

    Raises UnfitError with everything that can't stand in a mail, CampaignError for a cover note.
    """
    digest = grounds.digest
    waiting = {
        item.recipient: item
        for item in grounds.items
        if (item.text_digest, item.channel) == (digest, Channel.EMAIL) and item.state in WAITING
    }
    before = attempts(grounds.correspondence, digest, Channel.EMAIL, again)
    ready, problems = list[Ready](), list[Problem]()
    for letter in letters:
        files = [
            Produced(file.language, file.format, data, is_annex=file.annex)
            for file, data in (*letter.files, *letter.annexes)
        ]
        try:
            mail = mail_to(
                campaign,
                letter.index,
                files,
                note_to,
                text_digest=digest,
                date=now,
                attempt=before[letter.recipient],
                signer=signer,
            )
        except UnfitError as error:
            problems += error.problems
            continue
        ready.append(_as_before(letter, mail, digest, waiting) or seal(letter, mail, digest))
    if problems:
        raise UnfitError(tuple(problems))
    return ready


def seal(letter: Parcel, mail: OutgoingMail, digest: TextDigest) -> Ready:
    """The message with its bytes, as they are from now on."""
    row = sealed(
        text_digest=digest,
        recipient=letter.recipient,
        message_id=mail.message_id,
        envelope=envelope(mail),
        letters=[file.sha256 for file, _ in (*letter.files, *letter.annexes)],
        date=mail.date,
        data=build(mail),
    )
    return Ready(letter, mail, row)


def _as_before(
    letter: Parcel, mail: OutgoingMail, digest: TextDigest, waiting: Mapping[str, Item]
) -> Ready | None:
    """The same message as it is frozen already, with its own date; None where it has changed."""
    old = waiting.get(letter.recipient)
    if old is None:
        return None
    dated = replace(mail, date=dt.datetime.fromisoformat(old.dated))
    same = of_message(build(dated)) == old.message
    return seal(letter, dated, digest) if same else None
