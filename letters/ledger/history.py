"""A whole log, or as much of it as a decision needs, folded: what may follow, and what stands.

The same fold serves the writer, which reads only the tracks that an event depends on, and
verification, which reads everything. As in `rules`, a rule may be loosened later but not tightened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from msgspec import Struct, field

from letters.digests import FileDigest, ManifestDigest, TextDigest
from letters.ledger import corrections, rules
from letters.ledger.bound_form import RECIPIENTS, Form
from letters.ledger.details import (
    Answer,
    Change,
    ChangeClass,
    Correction,
    Cut,
    Erasure,
    Mailing,
    Renaming,
    Rendering,
    Translation,
    mark_of,
)
from letters.ledger.errors import RefusedError
from letters.ledger.events import Entry, Event
from letters.ledger.names import Names, tracks_of, under
from letters.ledger.rules import Standing
from letters.ledger.sheet_count import SheetCorrection, SheetCount

_Posted: TypeAlias = tuple[TextDigest, FileDigest, str]  # what went, and by which channel


class History(Struct):
    """What has been recorded so far; `add` the entries in order."""

    people: dict[str, Standing] = field(default_factory=dict)
    verdicts: dict[tuple[TextDigest, TextDigest], ChangeClass] = field(default_factory=dict)
    rendered: set[tuple[TextDigest, ManifestDigest]] = field(default_factory=set)
    mailings: dict[str, set[_Posted]] = field(default_factory=dict)
    repeats: dict[str, set[_Posted]] = field(default_factory=dict)
    erasures: dict[int, Erasure] = field(default_factory=dict)
    corrections: dict[int, int] = field(default_factory=dict)
    _posted: dict[str, dict[int, Entry]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    cuts: dict[FileDigest, FileDigest] = field(default_factory=dict)
    sheets: dict[str, int] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _bound: bool = False  # whether somebody’s signature may be bound to a recipient’s id
    translations: set[tuple[TextDigest, str, str]] = field(default_factory=set)
    _marks: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """The history that the entries make."""
        history = cls()
        for entry in entries:
            history.add(entry)
        return history

    def add(self, entry: Entry) -> None:
        """Take one more entry in, allowed or not."""
        event = entry.event
        if event.kind in corrections.CORRECTABLE:
            self._posted.setdefault(event.track, {})[entry.number] = entry
        self._known.add(event.track)
        match event.detail:
            case Form() | None if event.subject:  # first: most entries are somebody's signature
                if not self._bound and event.detail:
                    self._bound = RECIPIENTS in dict(event.detail.fields)
                place = self.people.get(event.subject, Standing())
                self.people[event.subject] = place.after(event)
            case Change(kind=kind, before=before):
                self.verdicts.pop((before, event.text_digest), None)  # the last word stands last
                self.verdicts[before, event.text_digest] = kind
            case Translation(source=source, language=language):
                self.translations.add((event.text_digest, source, language))
            case Rendering(manifest=manifest):
                self.rendered.add((event.text_digest, manifest))
            case Mailing():
                self._post(event)
            case Correction(number=number, recipient=recipient):
                self.corrections[number] = entry.number
                for kept in (self.mailings, self.repeats):
                    kept.pop(recipient, None)
                for number, posted in self._posted.get(event.track, {}).items():
                    if number not in self.corrections and isinstance(posted.event.detail, Mailing):
                        self._post(posted.event)
            case SheetCount(sheet=sheet):
                self.sheets[sheet] = entry.number
            case SheetCorrection(number=number, sheet=sheet):
                self.corrections[number] = entry.number
                self.sheets.pop(sheet, None)
            case Erasure() as erasure:
                self.erasures[entry.number] = erasure
                self._marks.add((erasure.salt, erasure.mark))
            case Renaming(before=before, recipient=recipient):
                self.names.add(event)
                told = (self.mailings, self.repeats) if recipient else (self.people,)
                for each in told:
                    self._carry(each, before, recipient or event.subject)
                if recipient:
                    self._posted_under(*tracks_of(event.detail, event.subject))
            case Cut(before=before, after=after):
                self.cuts[before] = after

    @staticmethod
    def _carry(told: dict[str, Any], before: str, after: str) -> None:
        if before in told:
            told[after] = told.pop(before)

    def _posted_under(self, before: str, after: str) -> None:
        """What went to somebody went to them under the id that they have now."""
        known = {**self._posted.pop(before, {}), **self._posted.get(after, {})}
        self._posted[after] = {number: under(one, self.names) for number, one in known.items()}

    def _post(self, event: Event) -> None:
        """What went to a recipient, is to go again, or came back."""
        assert isinstance(event.detail, Mailing)  # noqa: S101 - as `Event` sees to
        recipient = event.detail.recipient
        sent = (event.text_digest, event.detail.file, event.channel)
        if event.kind == "sent":
            self.mailings.setdefault(recipient, set()).add(sent)
            self.repeats.get(recipient, set()).discard(sent)
        elif event.kind == "again":
            self.repeats.setdefault(recipient, set()).update(self._of(event))
        elif event.kind == "bounced":
            back = self._of(event)
            for kept in (self.mailings, self.repeats):
                kept[recipient] = kept.get(recipient, set()) - back

    def refusal(self, event: Event, number: int) -> RefusedError | None:
        """Why ``event`` may not be recorded as entry ``number``; None where it may."""
        if self.names.now(event.track) != event.track:
            return RefusedError(
                "this id was given up for another one, and nothing more is recorded under it",
                "use the id that is in force now",
            )
        match event.detail:
            case Change() as change:
                return self._against_judging(change, event.text_digest)
            case Translation(source=source, language=language):
                if (event.text_digest, source, language) in self.translations:
                    return RefusedError("this translation of these words is already answered for")
            case Rendering(manifest=manifest):
                if (event.text_digest, manifest) in self.rendered:
                    return RefusedError("these very files are already recorded as made")
            case Mailing() | Answer():
                return self._against_posting(event.detail.recipient, event)
            case Erasure() as erasure:
                return self._against_erasing(erasure, number)
            case SheetCount(sheet=sheet):
                return self._against_counting(sheet, event)
            case Correction(number=wrong) | SheetCorrection(number=wrong):
                target = self._posted.get(event.track, {}).get(wrong)
                return corrections.refusal(target, wrong, self.corrections.get(wrong))
            case Renaming() as renaming:
                return self._against_renaming(renaming, event.subject)
            case Cut() as cut:
                return self._against_cutting(cut)
            case None if not event.subject:
                return _against_bare_word(event)
            case Form() | None:
                if self.is_erased(event.subject):
                    return RefusedError(
                        "this signatory was erased, and nothing more is recorded of them",
                        "if they come back of their own will, give them a new id",
                    )
                return rules.refusal(self.people.get(event.subject, Standing()), event)
        return None

    def is_erased(self, subject: str) -> bool:
        """Whether the person with that id was erased."""
        if not self._marks:
            return False
        salts = {salt for salt, _ in self._marks}
        return any((salt, mark_of(subject, salt)) in self._marks for salt in salts)

    def erased_numbers(self) -> dict[int, int]:
        """The entries that were emptied, each with the entry that says so."""
        return {number: by for by, erasure in self.erasures.items() for number in erasure.numbers}

    def file_now(self, digest: FileDigest) -> FileDigest:
        """The digest of what is kept in the place of that file of evidence: mostly itself."""
        while digest in self.cuts:
            digest = self.cuts[digest]
        return digest

    def _against_judging(self, change: Change, after: TextDigest) -> RefusedError | None:
        if change.before == after:
            return RefusedError("the text has not changed: there is nothing to approve")
        if self.verdicts.get((change.before, after)) == change.kind:
            return RefusedError(f"this change is already recorded as {change.kind}")
        return None

    def _against_posting(self, recipient: str, event: Event) -> RefusedError | None:
        match event.kind:
            case "sent":
                return self._against_sending(event)
            case "again" if not self._of(event):
                return RefusedError("this text did not go to this recipient that way")
            case "bounced" if not self._of(event):
                return RefusedError("nothing went to this recipient that could have come back")
            case "replied" | "looked" if recipient not in self.mailings:
                return RefusedError("nothing was sent to this recipient", "record that first")
            case "looked":
                return None
        return _against_bare_word(event)

    def _against_sending(self, event: Event) -> RefusedError | None:
        if not any(text == event.text_digest for text, _ in self.rendered):
            return RefusedError("no final letter with this text was made", "render it first")
        assert isinstance(event.detail, Mailing)  # noqa: S101 - as `Event` sees to
        known = self.mailings.get(event.detail.recipient, set())
        known = known - self.repeats.get(event.detail.recipient, set())
        if (event.text_digest, event.detail.file, event.channel) in known:
            return RefusedError("this very letter was already sent to this recipient that way")
        return None

    def _of(self, event: Event) -> set[_Posted]:
        """What went to the recipient with the text, and by the channel, that an event names."""
        assert isinstance(event.detail, Mailing)  # noqa: S101 - as `Event` sees to
        known = self.mailings.get(event.detail.recipient, set())
        return {sent for sent in known if (sent[0], sent[2]) == (event.text_digest, event.channel)}

    def _against_erasing(self, erasure: Erasure, number: int) -> RefusedError | None:
        if (erasure.salt, erasure.mark) in self._marks:
            return RefusedError("this signatory was already erased")
        if erasure.numbers and erasure.numbers[-1] >= number:
            return RefusedError("an erasure is of entries that came before it")
        if self.erased_numbers().keys() & set(erasure.numbers):
            return RefusedError("some of these entries were already erased")
        return None

    def _against_counting(self, sheet: str, event: Event) -> RefusedError | None:
        if by := self.sheets.get(sheet):
            return RefusedError(
                f"sheet {sheet} is counted already, by entry {by}",
                f"if that was wrong, say so first: “letters log correct {by}”",
            )
        return _against_bare_word(event)

    def _against_renaming(self, renaming: Renaming, subject: str) -> RefusedError | None:
        before, after = tracks_of(renaming, subject)
        if before == after:
            return RefusedError("this is the id already")
        if before in self.names and self.names.now(before) != before:
            return RefusedError("the old id was given up before", "name the one in force now")
        if subject and (self.is_erased(before) or self.is_erased(after)):
            return RefusedError("one of these ids is of somebody who was erased")
        digested = renaming.recipient and self._bound  # in what somebody signed
        if not digested and before not in self._known and before not in self.names:
            return RefusedError("nothing is recorded under the old id")
        if (after in self._known or after in self.names) and after not in self.names.all(before):
            return RefusedError("the new id is known as somebody else’s", "choose another one")
        return None

    def _against_cutting(self, cut: Cut) -> RefusedError | None:
        if cut.erasure not in self.erasures:
            return RefusedError("a file is cut for somebody who was erased before")
        if cut.before in self.cuts or self.file_now(cut.after) == cut.before:
            return RefusedError("this file was already cut")
        if cut.before == cut.after:
            return RefusedError("nothing was cut out of this file")
        return None


def _against_bare_word(event: Event) -> RefusedError | None:
    if event.evidence.kind == "none":
        return RefusedError(
            "this is recorded with its evidence", "name a file, or say it in a note"
        )
    return None
