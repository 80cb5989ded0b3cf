"""A whole log, or as much of it as a decision needs, folded: what may follow, and what stands.

The same fold serves the writer, which reads only the tracks that an event depends on, and
verification, which reads everything. As in `rules`, a rule may be loosened later but not tightened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from letters.ledger import rules
from letters.ledger.details import (
    Answer,
    Change,
    ChangeClass,
    Erasure,
    Mailing,
    Rendering,
    Translation,
    mark_of,
)
from letters.ledger.errors import RefusedError
from letters.ledger.events import (
    ERASED_TRACK,
    RENDERED_TRACK,
    Entry,
    Event,
)
from letters.ledger.form import Form
from letters.ledger.rules import Standing


def tracks(event: Event) -> tuple[str, ...]:
    """The tracks that decide whether ``event`` may be recorded."""
    if event.subject:
        return (event.track, ERASED_TRACK)
    return (event.track, RENDERED_TRACK) if event.kind == "sent" else (event.track,)


@dataclass(slots=True)
class History:
    """What has been recorded so far; `add` the entries in order."""

    people: dict[str, Standing] = field(default_factory=dict)
    verdicts: dict[tuple[str, str], ChangeClass] = field(default_factory=dict)
    rendered: set[tuple[str, str]] = field(default_factory=set)
    mailings: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    erasures: dict[int, Erasure] = field(default_factory=dict)
    translations: set[tuple[str, str, str]] = field(default_factory=set)
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
        match event.detail:
            case Change(kind=kind, before=before):
                self.verdicts.pop((before, event.text_digest), None)  # the last word stands last
                self.verdicts[before, event.text_digest] = kind
            case Translation(source=source, language=language):
                self.translations.add((event.text_digest, source, language))
            case Rendering(manifest=manifest):
                self.rendered.add((event.text_digest, manifest))
            case Mailing(recipient=recipient, file=file) if event.kind == "sent":
                known = self.mailings.setdefault(recipient, set())
                known.add((event.text_digest, file, event.channel))
            case Mailing(recipient=recipient) if event.kind == "bounced":
                self.mailings[recipient] = self.mailings.get(recipient, set()) - self._of(event)
            case Erasure() as erasure:
                self.erasures[entry.number] = erasure
                self._marks.add((erasure.salt, erasure.mark))
            case Form() | None if event.subject:
                place = self.people.get(event.subject, Standing())
                self.people[event.subject] = place.after(event)

    def refusal(self, event: Event, number: int) -> RefusedError | None:
        """Why ``event`` may not be recorded as entry ``number``; None where it may."""
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

    def _against_judging(self, change: Change, after: str) -> RefusedError | None:
        if change.before == after:
            return RefusedError("the text has not changed: there is nothing to approve")
        if self.verdicts.get((change.before, after)) == change.kind:
            return RefusedError(f"this change is already recorded as {change.kind}")
        return None

    def _against_posting(self, recipient: str, event: Event) -> RefusedError | None:
        match event.kind:
            case "sent":
                return self._against_sending(event)
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
        if (event.text_digest, event.detail.file, event.channel) in known:
            return RefusedError("this very letter was already sent to this recipient that way")
        return None

    def _of(self, event: Event) -> set[tuple[str, str, str]]:
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


def _against_bare_word(event: Event) -> RefusedError | None:
    if event.evidence.kind == "none":
        return RefusedError(
            "this is recorded with its evidence", "name a file, or say it in a note"
        )
    return None
