"""Editions of one letter, kept in step: which paragraphs of a translation need a look, and why.

The source text is the letter's first language. A translated paragraph was compared with the source
when somebody said so; the record of that holds the digests of both as they then were. Since then,
either may have changed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from letters.campaign.translation_log import Comparison
from letters.draft.paragraphs import Variants, speaks_no_language
from letters.problem import Place

State: TypeAlias = Literal["in step", "behind", "edited", "not compared", "missing", "extra"]


class Digests(Struct, frozen=True):
    """Those of a paragraph of the source text and of its translation, as they are now."""

    source: str
    translation: str


class TranslationState(Struct, frozen=True):
    """How one paragraph of a translation stands to the source text.

    ``place`` is where its words are written; those of the source, where it is ``missing``. Words
    are as they are now, and empty on the side where there is no such paragraph.
    """

    id: str
    state: State
    place: Place
    source_words: str = ""
    words: str = ""
    now: Digests | None = None


class Pairable(Protocol):
    """What can be paired: it has an id, which holds when others are put in before it, or not."""

    @property
    def id(self) -> str: ...

    @property
    def named(self) -> bool: ...


T = TypeVar("T", bound=Pairable)
Pair: TypeAlias = tuple[T | None, T | None]


def pairs(
    first: Sequence[T], second: Sequence[T], known: Callable[[T], Iterable[str]] = lambda _: ()
) -> list[Pair[T]]:
    """What belongs together in two editions, in the order of the first; nothing is left out.

    What has a name is paired by it. The rest is paired where the two are ``known`` to belong
    together (it gives ids of the second edition), else in order, from one pair to the next.
    """
    partner: dict[str, str] = {}
    ids = {item.id for item in second if item.named}
    partner |= {item.id: item.id for item in first if item.named and item.id in ids}
    others = {item.id for item in second if not item.named}
    for item in first:
        if not item.named:
            match = next((other for other in known(item) if other in others), None)
            if match:
                partner[item.id] = match
                others.remove(match)
    backwards = {value: key for key, value in partner.items()}
    left = {place: item for item, place in _places(second, backwards)}
    for item, place in list(_places(first, {key: key for key in partner})):
        if place in left:
            partner[item.id] = left[place].id
    return _in_order(first, second, partner)


def _places(items: Sequence[T], paired: dict[str, str]) -> Iterable[tuple[T, tuple[str, int]]]:
    """Each unnamed item without a partner, by the pair before it and its number since then."""
    before, since = "", 0
    for item in items:
        if item.id in paired:
            before, since = paired[item.id], 0
        elif not item.named:
            since += 1
            yield item, (before, since)


def _in_order(first: Sequence[T], second: Sequence[T], partner: dict[str, str]) -> list[Pair[T]]:
    """The pairs; what stands in the second edition alone follows what it follows there."""
    taken = set(partner.values())
    follows: dict[str, list[T]] = {}
    before = ""
    for item in second:
        if item.id in taken:
            before = item.id
        else:
            follows.setdefault(before, []).append(item)
    by_id = {item.id: item for item in second}
    out: list[Pair[T]] = [(None, item) for item in follows.get("", ())]
    for item in first:
        match = by_id[partner[item.id]] if item.id in partner else None
        out.append((item, match))
        if match:
            out += [(None, other) for other in follows.get(match.id, ())]
    return out


def standings(
    source: Sequence[Variants], translation: Sequence[Variants], record: Sequence[Comparison]
) -> list[TranslationState]:
    """How each paragraph of the translation stands, in the order of the source text."""
    compared = _Record.of(record)
    known = _finder(translation, compared)
    return [_standing(*pair, compared) for pair in pairs(source, translation, known)]


class _Record(Struct, frozen=True):
    """What was compared, to be looked up: a letter may have thousands of paragraphs."""

    by_id: dict[str, Comparison]
    agreed: dict[str, set[str]]
    translations: frozenset[str]

    @classmethod
    def of(cls, entries: Sequence[Comparison]) -> _Record:
        agreed: dict[str, set[str]] = {}
        for entry in entries:
            agreed.setdefault(entry.source, set()).add(entry.translation)
        by_id = {entry.id: entry for entry in reversed(entries)}
        return cls(by_id, agreed, frozenset(entry.translation for entry in entries))


def _finder(
    translation: Sequence[Variants], record: _Record
) -> Callable[[Variants], Iterator[str]]:
    """Tells with which unnamed paragraphs of ``translation`` one of the source was compared.

    A digest depends on the values that both have in common, so there is a list for each such set.
    """
    alike: dict[frozenset[str], list[Variants]] = {}
    for other in translation if record.agreed else ():
        if not other.named:
            alike.setdefault(other.common, []).append(other)

    @functools.cache
    def by_digest(common: frozenset[str], shared: frozenset[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for other in alike[common]:
            found.setdefault(other.digest(shared), []).append(other.id)
        return found

    def known(one: Variants) -> Iterator[str]:
        own = one.common if alike else frozenset()
        for common in alike:
            shared = own & common
            for wanted in sorted(record.agreed.get(one.digest(shared), ())):
                yield from by_digest(common, shared).get(wanted, ())

    return known


def _standing(
    source: Variants | None,
    translation: Variants | None,
    record: _Record,
) -> TranslationState:
    if source is None or translation is None:
        alone = source or translation
        assert alone is not None  # noqa: S101 - a pair has one side at least
        state: State = "missing" if source else "extra"
        words = (alone.words, "") if source else ("", alone.words)
        return TranslationState(alone.id, state, alone.place, *words)
    now = _now(source, translation)
    state = _state(source, translation, now, record)
    return TranslationState(
        source.id, state, translation.place, source.words, translation.words, now
    )


def _state(
    source: Variants,
    translation: Variants,
    now: Digests,
    record: _Record,
) -> State:
    shared = source.common & translation.common
    variants = source.settled(shared)
    if variants == translation.settled(shared) and speaks_no_language(variants):
        return "in step"
    if source.named:
        then = record.by_id.get(source.id)
        if then is None:
            return "not compared"
        if (then.source, then.translation) == (now.source, now.translation):
            return "in step"
        return "behind" if then.source != now.source else "edited"
    if now.translation in record.agreed.get(now.source, ()):
        return "in step"
    if now.translation in record.translations:
        return "behind"
    if now.source in record.agreed:
        return "edited"
    return "not compared"


def _now(source: Variants, translation: Variants) -> Digests:
    shared = source.common & translation.common
    return Digests(source.digest(shared), translation.digest(shared))
