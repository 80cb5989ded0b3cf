"""Editions of one letter, kept in step: which paragraphs of a translation need a look, and why.

The source text is the letter's first language. A translated paragraph was compared with the source
when somebody said so; the record of that holds the digests of both as they then were. Since then,
either may have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, TypeVar

from letters.campaign.compared import Comparison
from letters.draft.wording import Wording, speaks_no_language
from letters.problem import Place

State: TypeAlias = Literal["in step", "behind", "edited", "not compared", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Digests:
    """Those of a paragraph of the source text and of its translation, as they are now."""

    source: str
    translation: str


@dataclass(frozen=True, slots=True)
class Standing:
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


class Item(Protocol):
    """What can be paired: it has an id, which holds when others are put in before it, or not."""

    @property
    def id(self) -> str: ...

    @property
    def named(self) -> bool: ...


T = TypeVar("T", bound=Item)
Pair: TypeAlias = tuple[T | None, T | None]


def pairs(
    first: Sequence[T], second: Sequence[T], known: Callable[[T, T], bool] = lambda *_: False
) -> list[Pair[T]]:
    """What belongs together in two editions, in the order of the first; nothing is left out.

    What has a name is paired by it. The rest is paired where the two are ``known`` to belong
    together, else in order, from one pair to the next.
    """
    partner: dict[str, str] = {}
    ids = {item.id for item in second if item.named}
    partner |= {item.id: item.id for item in first if item.named and item.id in ids}
    others = [item for item in second if not item.named]
    for item in first:
        if not item.named:
            match = next((other for other in others if known(item, other)), None)
            if match:
                partner[item.id] = match.id
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
    source: Sequence[Wording], translation: Sequence[Wording], record: Sequence[Comparison]
) -> list[Standing]:
    """How each paragraph of the translation stands, in the order of the source text."""
    agreed = {(entry.source, entry.translation) for entry in record}

    def known(one: Wording, other: Wording) -> bool:
        now = _now(one, other)
        return (now.source, now.translation) in agreed

    return [_standing(*pair, record, agreed) for pair in pairs(source, translation, known)]


def _standing(
    source: Wording | None,
    translation: Wording | None,
    record: Sequence[Comparison],
    agreed: set[tuple[str, str]],
) -> Standing:
    if source is None or translation is None:
        alone = source or translation
        assert alone is not None  # noqa: S101 - a pair has one side at least
        state: State = "missing" if source else "extra"
        words = (alone.words, "") if source else ("", alone.words)
        return Standing(alone.id, state, alone.place, *words)
    now = _now(source, translation)
    state = _state(source, translation, now, record, agreed)
    return Standing(source.id, state, translation.place, source.words, translation.words, now)


def _state(
    source: Wording,
    translation: Wording,
    now: Digests,
    record: Sequence[Comparison],
    agreed: set[tuple[str, str]],
) -> State:
    shared = source.common & translation.common
    variants = source.settled(shared)
    if variants == translation.settled(shared) and speaks_no_language(variants):
        return "in step"
    if source.named:
        then = next((entry for entry in record if entry.id == source.id), None)
        if then is None:
            return "not compared"
        if (then.source, then.translation) == (now.source, now.translation):
            return "in step"
        return "behind" if then.source != now.source else "edited"
    if (now.source, now.translation) in agreed:
        return "in step"
    if any(entry.translation == now.translation for entry in record):
        return "behind"
    if any(entry.source == now.source for entry in record):
        return "edited"
    return "not compared"


def _now(source: Wording, translation: Wording) -> Digests:
    shared = source.common & translation.common
    return Digests(source.digest(shared), translation.digest(shared))
