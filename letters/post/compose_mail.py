"""A recipient's letters become one mail: the files of all languages behind one cover note."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Sequence
from itertools import chain, count

from msgspec import Struct, field

from letters.campaign.addressing import full_name
from letters.campaign.enclosures import Enclosed, enclosed
from letters.campaign.localtext import LocalText
from letters.campaign.mail_settings import Mail as Settings
from letters.campaign.mailaddress import line_fault
from letters.campaign.model import Campaign, Located
from letters.campaign.reach import obstacle
from letters.campaign.schema import LetterFile
from letters.channels import Channel
from letters.digests import TextDigest
from letters.draft.cover import About, language_for
from letters.draft.language import language_of
from letters.post.address import Mailbox, UnfitError, mailbox
from letters.post.cover_note import Drafter
from letters.post.dkim import DkimKey
from letters.post.mime import Attachment, OutgoingMail, message_id
from letters.problem import Problem

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_LONGEST_NAME = 80
_NOBODY = Mailbox("", "")
_NOT_IN_A_FILE_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')  # Windows allows the least


class Produced(Struct, frozen=True):
    """One file that was rendered: its language (``en``, or ``en-fr``), its format, its bytes."""

    language: str
    format: str
    data: bytes
    is_annex: bool = False


def mail_to(
    campaign: Campaign,
    index: int,
    files: Sequence[Produced],
    note_to: Drafter,
    *,
    text_digest: TextDigest,
    date: dt.datetime,
    attempt: int = 0,
    signer: DkimKey | None = None,
) -> OutgoingMail:
    """The mail to the recipient of that index, with their files, those in their language first.

    ``attempt`` is how often the letter came back before: each has a Message-ID of its own.
    Raises UnfitError with all that can't stand in a mail, and CampaignError for the cover note.
    """
    tag, recipient = language_for(campaign, index), campaign.recipients[index]
    head = _Head(campaign.letter_place, tag)
    settings = campaign.letter.mail
    if settings is None:
        place = campaign.letter_place.place()
        raise UnfitError((Problem(place, "has no group “mail”", "say there whom it is from"),))
    sender, reply_to, copies = head.senders(campaign.letter, settings)
    to = head.recipient(campaign, index)
    subject = head.subject(campaign.letter, settings)
    if head.problems:
        raise UnfitError(tuple(head.problems))
    attached = _attached(campaign, files, enclosed(campaign, recipient.id), tag)
    answer_to = settings.reply_to or settings.sender  # as it was written: to be read, and typed
    note = note_to(index, tag, About(tuple(file.name for file in attached), answer_to))
    return OutgoingMail(
        sender=sender,
        to=to,
        subject=subject,
        text=note.text,
        html=note.html,
        date=date,
        message_id=message_id(text_digest, recipient.id, tag, sender.domain, attempt),
        copies=copies,
        reply_to=reply_to,
        attachments=attached,
        signer=signer,
        thread=tuple(dict.fromkeys(recipient.thread)),
    )


class _Head(Struct):
    """Reads what stands in the head of a mail, and collects all that can't."""

    at: Located
    tag: str
    problems: list[Problem] = field(default_factory=list)

    def senders(
        self, letter: LetterFile, settings: Settings
    ) -> tuple[Mailbox, Mailbox | None, tuple[Mailbox, ...]]:
        """Whom it is from, who gets the answer, and who gets a copy."""
        key = ("mail", "name") if settings.name else ("from", "organisation")
        name = self._line(settings.name or letter.sender.organisation, *key)
        reply_to = None
        if settings.reply_to:
            reply_to = self._box("", settings.reply_to, self.at, "mail", "reply_to")
        copies = tuple(
            self._box("", address, self.at, "mail", "copies_to", number)
            for number, address in enumerate(settings.copies_to)
        )
        return self._box(name, settings.sender, self.at, "mail", "from"), reply_to, copies

    def recipient(self, campaign: Campaign, index: int) -> Mailbox:
        recipient, at = campaign.recipients[index], campaign.recipient_places[index]
        if lacking := obstacle(recipient, Channel.EMAIL):
            self.problems.append(Problem(at.place(), lacking, "add “email: …”"))
            return _NOBODY
        name = full_name(recipient, self.tag, post_nominals=False)
        if wrong := line_fault(name):
            self.problems.append(Problem(at.place("name"), *wrong))
            name = ""
        return self._box(name, recipient.email or "", at, "email")

    def subject(self, letter: LetterFile, settings: Settings) -> str:
        key = ("mail", "subject") if settings.subject else ("subject",)
        return self._line(settings.subject or letter.subject, *key)

    def _line(self, text: LocalText, *key: str) -> str:
        """A text of one line in the language of the note; "" with a problem for anything else."""
        tag = text.tag_for(self.tag)
        place = self.at.place(*key, *((tag,) if tag else ()))
        line = (text.get(self.tag) or "").strip()
        wrong = line_fault(line) if line else (f"says nothing in “{self.tag}”", "add a text")
        if wrong:
            self.problems.append(Problem(place, *wrong))
            return ""
        return line

    def _box(self, name: str, address: str, at: Located, *steps: str | int) -> Mailbox:
        try:
            return mailbox(name, address, at.place(*steps))
        except UnfitError as error:
            self.problems += error.problems
            return _NOBODY


def _attached(
    campaign: Campaign, files: Sequence[Produced], others: Sequence[Enclosed], tag: str
) -> tuple[Attachment, ...]:
    """The files under the letter's title, as a reader of that language wants to find them.

    Annexes of names and what is enclosed come behind them, under their own titles.
    """
    letter = campaign.letter
    tags = list(letter.languages)

    def order(file: Produced) -> tuple[bool, bool, int, bool]:
        first = file.language.split("-")[0]
        own = file.language == tag or file.language.startswith(f"{tag}-")
        place = next((n for n, t in enumerate(tags) if t.split("-")[0] == first), len(tags))
        return file.is_annex, not own, place, file.format != "pdf"

    def titled(file: Produced) -> str:
        if file.is_annex:
            said = next((each for each in tags if file.language.startswith(each)), tag)
            return language_of(campaign, said).label("annex")
        return letter.title.get(file.language) or letter.title.get(tag) or ""

    named = [(titled(file), file) for file in sorted(files, key=order)]
    named += [(each.title.get(tag) or "", Produced("", "pdf", each.data)) for each in others]
    taken: set[str] = set()
    attached = []
    for title, file in named:
        name = _free(file_name(title), file, taken)
        taken.add(name)
        attached.append(Attachment(name, MEDIA_TYPES[file.format], file.data))
    return tuple(attached)


def _free(name: str, file: Produced, taken: Container[str]) -> str:
    """A name that no other attachment has: with its language behind it, or a number."""
    language = [f" ({file.language})"] if file.language else []
    marks = chain(["", *language], (f" ({number})" for number in count(2)))
    return next(f for mark in marks if (f := f"{name}{mark}.{file.format}") not in taken)


def file_name(title: str) -> str:
    """A title as the name of a file that every system can keep; without its ending."""
    words = _NOT_IN_A_FILE_NAME.sub(" ", title).split()
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > _LONGEST_NAME:
            break
        name = f"{name} {word}".strip()
    return name[:_LONGEST_NAME].strip(" .") or "letter"
