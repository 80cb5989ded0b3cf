"""For which editions of the letter as it is a signature counts.

A signature is to the editions that somebody was shown, each a text of its own. It counts for an
edition that is the same now, or to which approved editorial changes lead from there, or that
somebody answered for as a translation of it; not for one from which the direct step was judged to
be substantive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from letters import framed
from letters.digests import TextDigest
from letters.ledger.history import History

if TYPE_CHECKING:
    from letters.ledger.events import Entry
    from letters.ledger.store import Ledger

_OPAQUE = ""  # stands for the language of a text that is not told apart into editions
_TextChange: TypeAlias = tuple[TextDigest, TextDigest]  # from one edition to another


class KnownEditions(Struct, frozen=True):
    """The editions of the letter as it is, and those of the texts in the log.

    ``now`` has by language the digests of the present edition, in each format in which it can have
    been signed; ``known`` has by digest of a text the digests of its editions.
    """

    now: Mapping[str, Collection[TextDigest]]
    known: Mapping[TextDigest, Mapping[str, TextDigest]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        current: TextDigest,
        now: Mapping[str, Sequence[TextDigest]],
        ledger: Ledger,
        entries: Iterable[Entry],
    ) -> KnownEditions:
        """With the texts that the log has kept; ``current`` is the digest of all editions of now.

        Of the digests of each, the first is the one of today's format.
        """
        digests = {digest for entry in entries for digest in entry.event.texts}
        known = {digest: framed.editions(ledger.text(digest) or "") for digest in digests}
        return cls(now, known | {current: {tag: own[0] for tag, own in now.items()}})


def with_current_text(
    entries: Iterable[Entry], former: TextDigest, current: TextDigest
) -> tuple[Entry, ...]:
    """The same, with the letter's text by its digest of today.

    What went out while it had the digest ``former``, in the format before, is this very text.
    """
    return tuple(
        replace(entry, event=replace(entry.event, text_digest=current))
        if former and entry.event.text_digest == former
        else entry
        for entry in entries
    )


class CountedEditions:
    """Which editions whose signature counts for, by the log's verdicts on changes."""

    def __init__(
        self, history: History, current: TextDigest, words: KnownEditions | None = None
    ) -> None:
        """``current`` is the digest of the letter as it is, empty where it can't be drafted.

        Without ``words`` the letter and every text in the log are each one edition.
        """
        self._known = words.known if words else {}
        self._now = {tag: {*own} for tag, own in words.now.items()} if words and current else {}
        if current and not self._now:
            self._now = {_OPAQUE: {current}}
        editorial, substantive = self._judged(history)
        self._earlier = defaultdict[TextDigest, set[TextDigest]](set)
        for before, after in editorial | set(self._translated(history)):
            self._earlier[after].add(before)
        self._reached = {
            tag: self._lead_to(own | {current}) - {b for b, after in substantive if after in own}
            for tag, own in self._now.items()
        }
        self._found: dict[tuple[TextDigest, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def editions(self, signed: Sequence[TextDigest]) -> tuple[str, ...]:
        """The languages of the letter for which a signature to these texts counts.

        These are in the order in which they were signed: of each language the latest counts.
        """
        return self._judge(signed)[0]

    def outdated(self, signed: Sequence[TextDigest]) -> tuple[str, ...]:
        """The languages of the letter that were signed, and say something else now."""
        return self._judge(signed)[1]

    def _judge(self, signed: Sequence[TextDigest]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        key = tuple(signed)
        if key not in self._found:
            self._found[key] = self._counted(key)
        return self._found[key]

    def _counted(self, signed: tuple[TextDigest, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        latest: dict[str, TextDigest] = {}
        for text in signed:
            editions = self._editions_of(text)
            latest = editions if _OPAQUE in editions | latest else latest | editions
        own = set(latest.values())
        standing = tuple(tag for tag, reached in self._reached.items() if reached & own)
        return standing, tuple(tag for tag in self._now if tag in latest and tag not in standing)

    def _editions_of(self, text: TextDigest) -> dict[str, TextDigest]:
        return dict(self._known.get(text) or {_OPAQUE: text})

    def _judged(self, history: History) -> tuple[set[_TextChange], set[_TextChange]]:
        """The steps between editions that were judged editorial, and substantive: the last word."""
        verdicts: dict[_TextChange, str] = {}
        for (before, after), kind in history.verdicts.items():
            old, new = self._editions_of(before), self._editions_of(after)
            for tag in old.keys() & new.keys():
                if old[tag] != new[tag]:
                    verdicts[old[tag], new[tag]] = kind
        editorial = {step for step, kind in verdicts.items() if kind == "editorial"}
        return editorial, verdicts.keys() - editorial

    def _translated(self, history: History) -> Iterator[_TextChange]:
        for text, source, language in history.translations:
            editions = self._editions_of(text)
            if source in editions and language in editions:
                yield editions[source], editions[language]

    def _lead_to(self, target: set[TextDigest]) -> set[TextDigest]:
        """All editions from which steps lead to ``target``, and that itself.

        The digests of one edition of today in its formats are one and the same edition.
        """
        found, waiting = set(target), [*target]
        while waiting:
            reached = waiting.pop()
            same = (own for own in self._now.values() if reached in own)
            earlier = self._earlier[reached].union(*same) - found
            waiting += earlier
            found |= earlier
        return found
