"""What a change of the text touches that is seldom editorial: a number, a name, a “not”, an ask.

It is told from two canonical texts, edition by edition, out of the words that differ. Nothing here
decides whether the meaning is the same. It says where somebody has to look twice.
"""

from __future__ import annotations

import difflib
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from letters.check import weighty_words
from letters.check.text_pairs import TextLine, editions, lines, pairs
from letters.check.tokens import Known, Token, amid, marked
from letters.check.weighty_words import Kind, WeightyWords, fold
from letters.ledger.align import opcodes

_NAMED = frozenset(
    ["recipient", "letterhead", "address", "salutation", "close", "signatures", "copy"]
)
_PASSAGE = 8  # words in a row that came or went
_LIKE = 0.7  # how like two nouns are of which one is the other, misspelt
_SHOWN = 60


class Touch(Struct, frozen=True):
    """What one place of an edition touches, and the words that went and came there."""

    edition: str
    kinds: tuple[Kind, ...]
    went: str
    came: str


class Weight(Struct, frozen=True):
    """All that a change touches; ``words`` is whether more than typography differs."""

    touches: tuple[Touch, ...]
    words: bool

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Each kind once, in the order in which they are found."""
        return tuple(dict.fromkeys(kind for touch in self.touches for kind in touch.kinds))


def weigh(before: str, after: str, names: Iterable[str]) -> Weight:
    """What the change from one combined text to another touches; ``names`` are known ones."""
    old, new, known = editions(before), editions(after), Known(names)
    touches: dict[Touch, None] = {}
    words = False
    for tag in dict.fromkeys((*old, *new)):
        if tag not in old or tag not in new:
            touches[Touch(tag, ("block",), *_whole(tag in old))] = None
            words = True
            continue
        scale = _Scale(tag, known, (*old[tag], *new[tag]))
        for one, other in pairs(old[tag], new[tag]):
            for touch, has_words in scale.compared(one, other):
                words = words or has_words
                if touch is not None:
                    touches[touch] = None
    return Weight(tuple(touches), words)


def _whole(went: bool) -> tuple[str, str]:
    return ("the whole edition", "") if went else ("", "the whole edition")


class _Scale:
    """Weighs the changes of one language; what is the same in many texts is weighed once."""

    def __init__(self, tag: str, known: Known, texts: Iterable[str]) -> None:
        self._tag, self._words = tag, weighty_words.words(tag)
        self._known = Known(self._words.countries, known)
        self._capitals = _capitals(texts, self._words)
        self._weighed = functools.cache(self._stretch)

    def compared(self, before: str, after: str) -> Iterator[tuple[Touch | None, bool]]:
        """What each changed place touches, if anything, and whether a word differs there."""
        old, new = lines(before), lines(after)
        for equal, i1, i2, j1, j2 in opcodes(before.splitlines(), after.splitlines()):
            if not equal:
                yield from self._weighed(tuple(old[i1:i2]), tuple(new[j1:j2]))

    def _stretch(
        self, old: tuple[TextLine, ...], new: tuple[TextLine, ...]
    ) -> list[tuple[Touch | None, bool]]:
        went, came = self._tokens(old), self._tokens(new)
        found: list[tuple[Touch | None, bool]] = []
        same = 0
        for equal, i1, i2, j1, j2 in opcodes([t.text for t in went], [t.text for t in came]):
            if equal:
                same += sum(token.is_word for token in went[i1:i2])
                continue
            found.append(self._place(went, came, (i1, i2, j1, j2)))
        return [*self._blocks(old, new, went, came, same), *found]

    def _tokens(self, lines: tuple[TextLine, ...]) -> list[Token]:
        found: list[Token] = []
        for at, line in enumerate(lines):
            # What stands at the end keeps lines apart in which all the words are the same.
            about = (at, line.kind, line.in_ask)
            for text, marks, name in marked(line.text, self._words, self._known, self._capitals):
                found.append(Token(text, *about, marks, name and name + at * 10_000))
            found.append(Token("\n", *about))
        return found

    def _blocks(
        self,
        old: tuple[TextLine, ...],
        new: tuple[TextLine, ...],
        went: Sequence[Token],
        came: Sequence[Token],
        same: int,
    ) -> Iterator[tuple[Touch, bool]]:
        """Lines of other kinds, or more or fewer of them; or hardly a word that stayed."""
        before, after = (
            [(line.depth, line.kind, line.number) for line in part] for part in (old, new)
        )
        if before != after:
            kinds: list[Kind] = ["block"]
            if any(line.in_ask for line in (*old, *new)):
                kinds.insert(0, "ask")
            yield Touch(self._tag, tuple(kinds), _heads(old, new), _heads(new, old)), True
            return
        most = max(sum(token.is_word for token in part) for part in (went, came))
        if most - same >= _PASSAGE and same < most / 2:
            shown = (_short("".join(t.text for t in part)) for part in (went, came))
            yield Touch(self._tag, ("block",), *shown), True

    def _place(
        self, old: Sequence[Token], new: Sequence[Token], span: tuple[int, int, int, int]
    ) -> tuple[Touch | None, bool]:
        i1, i2, j1, j2 = span
        went, came = old[i1:i2], new[j1:j2]
        kinds = dict.fromkeys(self._kinds(went, came))
        if _said(went) != _said(came) and (_inside(old, i1, i2) or _inside(new, j1, j2)):
            kinds["name"] = None
        words = _letters(went) != _letters(came)
        if not kinds:
            return None, words
        shown = (_short("".join(token.text for token in part)) for part in (went, came))
        return Touch(self._tag, tuple(kinds), *shown), words

    def _kinds(self, went: Sequence[Token], came: Sequence[Token]) -> Iterator[Kind]:
        both = (*went, *came)
        if any(token.in_ask for token in both):
            yield "ask"
        if any(token.kind in _NAMED for token in both):
            yield "name"
        if any(token.kind == "dateline" for token in both):
            yield "date"
        look_only = _letters(went) == _letters(came)
        for kind in ("number", "date", "amount", "name", "negation", "modal", "source"):
            if _keys(went, kind) == _keys(came, kind):
                continue
            # The same letters, joined or with other capitals, are other words only in acronyms.
            if not look_only or kind in ("number", "amount", "source") or _shouts(went, came):
                yield kind
        if not _alike(_keys(went, "noun"), _keys(came, "noun")):
            yield "name"
        one, other = ([t.text for t in part if t.is_word] for part in (went, came))
        if len(one) == len(other) == 1 and self._words.turns_around(one[0], other[0]):
            yield "negation"
        if max(len(one), len(other)) >= _PASSAGE:
            yield "block"


def _capitals(texts: Iterable[str], words: WeightyWords) -> Mapping[str, bool]:
    found: dict[str, bool] = {}
    for line in {line.text for text in texts for line in lines(text)}:
        for word, capital in amid(line, words):
            found[word] = found.get(word, True) and capital
    return found


def _keys(tokens: Sequence[Token], kind: str) -> list[str]:
    return [key for token in tokens for each, key in token.marks if each == kind]


def _letters(tokens: Sequence[Token]) -> str:
    """All letters and digits, however they are joined and whichever are capital."""
    return "".join(c for t in tokens if t.text[0] != "\\" for c in fold(t.text) if c.isalnum())


def _said(tokens: Sequence[Token]) -> list[str]:
    """The words and signs, whichever apostrophe stands in them."""
    return [fold(token.text) for token in tokens if not token.text.isspace()]


def _alike(went: Sequence[str], came: Sequence[str]) -> bool:
    """Whether each noun is the other, spelt in another way."""
    if not went or not came:
        return True
    pairs = zip(went, came, strict=False)
    return len(went) == len(came) and all(
        difflib.SequenceMatcher(None, *pair, autojunk=False).ratio() >= _LIKE for pair in pairs
    )


def _shouts(went: Sequence[Token], came: Sequence[Token]) -> bool:
    """Whether words are an acronym on one side only: us, US."""
    loud = ([t.text for t in part if len(t.text) > 1 and t.text.isupper()] for part in (went, came))
    return next(loud) != next(loud)


def _inside(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether something stands, or went, amid a known name."""
    if not 0 < start <= end < len(tokens):
        return False
    name = tokens[start - 1].name
    return bool(name) and name == tokens[end].name


def _heads(lines: Sequence[TextLine], others: Sequence[TextLine]) -> str:
    """The kinds of lines of which there are more here than there, or all where they moved."""
    here, there = (
        Counter(f"[{line.kind} {line.number}]".replace(" ]", "]") for line in part)
        for part in (lines, others)
    )
    return _short(" ".join((here if here == there else here - there).elements()))


def _short(text: str) -> str:
    line = " ".join(text.replace("\\n", " ").split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
