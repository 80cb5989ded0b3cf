"""Long lists of records, read without the place of each word: those are found when asked for.

A list of a hundred thousand people would need more memory for the places than for the people. So
only where each record begins is kept, and its lines are read once more where a place is wanted.
Whatever is unusual about a file, and be it a single character, makes `letters.campaign.source_tree`
read it instead, so that there is one definition of what is right and what is said of the rest.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, SupportsIndex, overload

import yaml

from letters import limits
from letters.campaign import source_lines
from letters.campaign.plaintext import unusable
from letters.campaign.source_lines import Lined
from letters.campaign.source_tree import MAX_DEPTH, NO_TAG, Mapping, Mark, Sequence_, build

_FEWEST = 20_000  # characters: what is shorter is read in no time
# Characters of a record: no list or group in one can then be larger than `build` reads.
_LONGEST = 2 * limits.MOST_KEYS
_ASCII = bytes(range(128))
_CLEAN = bytes((9, 10, *range(32, 127), *range(128, 256)))
_CONTEXT = frozenset("\u200b\u200c\u200d")  # whose neighbours decide
_NOTHING = ("", "~")


class Light(Mapping):
    """A group whose places are not kept; ``gaps`` are."""

    __slots__ = ()
    __init__ = dict.__init__

    def __getattr__(self, name: str) -> list[str]:
        """Mostly there are no gaps, and no list is made of none."""
        if name == "gaps":
            return []
        raise AttributeError(name)


def _made(kept: Any) -> Any:
    """The record itself."""
    return source_lines.Shape.record(kept, Light) if type(kept) is tuple else kept


class ListMarks(Sequence[Mark]):
    """Where the records begin, in a few bytes each."""

    __slots__ = ("columns", "lines")

    def __init__(self) -> None:
        self.lines, self.columns = array("I"), array("I")

    @overload
    def __getitem__(self, position: int) -> Mark: ...
    @overload
    def __getitem__(self, position: slice) -> list[Mark]: ...
    def __getitem__(self, position: int | slice) -> Mark | list[Mark]:
        if isinstance(position, slice):
            return list(zip(self.lines[position], self.columns[position], strict=True))
        return self.lines[position], self.columns[position]

    def __len__(self) -> int:
        return len(self.lines)


class RecordList(Sequence_):
    """A list of records; ``is_gapless`` where no key in it has nothing behind it.

    Of most records only the words are kept, and a mapping is made of them when somebody asks.
    """

    __slots__ = ("_known", "_lines", "_text", "is_gapless", "start")

    def __init__(self, text: str, start: Mark) -> None:
        super().__init__()
        self.marks = ListMarks()
        self.start, self.is_gapless = start, True
        self._text = text.encode()
        self._lines: array[int] | None = None
        self._known: tuple[int, Any] = (-1, None)

    @overload
    def __getitem__(self, position: SupportsIndex) -> Any: ...
    @overload
    def __getitem__(self, position: slice) -> list[Any]: ...
    def __getitem__(self, position: SupportsIndex | slice) -> Any:
        kept = super().__getitem__(position)
        return list(map(_made, kept)) if isinstance(position, slice) else _made(kept)

    def __iter__(self) -> Iterator[Any]:
        return map(_made, super().__iter__())

    def __eq__(self, other: object) -> bool:
        return [*self] == other

    __hash__ = None  # type: ignore[assignment]

    def lined(self, position: int) -> Lined | None:
        """A record’s words and shape, if it has one."""
        kept = super().__getitem__(position)
        return kept if type(kept) is tuple else None

    def whole(self, position: int) -> Any:
        """A record with the places of all that is in it, read once more."""
        if self._known[0] != position:
            line, column = self.marks[position]
            lines = self._line_starts()
            last = self.marks[position + 1][0] if position + 1 < len(self.marks) else len(lines) + 1
            end = lines[last - 1] if last <= len(lines) else len(self._text)
            # Begun at its first key, with spaces for what stands before that in its line.
            own = self._text[lines[line - 1] : end].decode()[column - 1 :]
            found, _ = build(" " * (column - 1) + own, "", [], line=line, alone=True)
            if found is None:
                found = self[position]
            self._known = (position, found)
        return self._known[1]

    def release(self, position: int) -> None:
        """Keep nothing of a record but where it stands."""
        self[position] = None

    def _line_starts(self) -> array[int]:
        if self._lines is None:
            found = array("I", [0])
            found.extend(one.end() for one in re.finditer(rb"\r|\n", self._text))
            self._lines = found
        return self._lines


def read(text: str) -> RecordList | None:
    """The list in ``text``, if that is a long one and as plain as most are."""
    if len(text) < _FEWEST or not _is_clean(text):
        return None
    try:
        return _list(text)
    except (yaml.YAMLError, LookupError):
        return None


def _is_clean(text: str) -> bool:
    """Whether no word of it can hold a character that is refused, or be written in another form."""
    data = text.encode()
    if b"\\" in data or data.translate(None, _CLEAN):
        return False
    if text.isascii():
        return True
    others = set(data.translate(None, _ASCII).decode())
    return (
        _CONTEXT.isdisjoint(others)
        and not unusable("".join(others))
        and unicodedata.is_normalized("NFC", text)
    )


def _list(text: str) -> RecordList | None:
    at = source_lines.begin(text)
    if at < 0:
        return _read_events(text, None, 0)
    keys: dict[str, str] = {}
    shapes = source_lines.Shapes()
    root = RecordList(text, (text.count("\n", 0, at) + 1, 1))
    line = root.start[0]
    while at < len(text):
        lined, after = shapes.read(text, at)
        if lined is not None:
            if len(root) >= limits.MOST_ITEMS or after - at > _LONGEST:
                return None
            root.marks.lines.append(line)
            root.marks.columns.append(3)
            root.append(lined)
            line += lined[-1].lines
            at = after
            continue
        record, after = source_lines.record(text, at, keys, Light)
        if len(root) >= limits.MOST_ITEMS or (record is not None and after - at > _LONGEST):
            return None
        if record is not None:
            root.marks.lines.append(line)
            root.marks.columns.append(3)
            root.append(record)
            shapes.learn(record, text, at, after)
        else:
            after = source_lines.next_start(text, at)
            while after < len(text) and source_lines.record(text, after, keys, Light)[0] is None:
                after = source_lines.next_start(text, after)
            if _read_events(text[at:after], root, line - 1) is None:
                return None
        breaks = text.count("\n", at, after) + text.count("\r", at, after)
        line += breaks - text.count("\r\n", at, after)
        at = after
    return root


def _read_events(text: str, root: RecordList | None, above: int) -> RecordList | None:
    """Take the records of a list into ``root``, with so many lines above; None where one is odd."""
    get = yaml.CSafeLoader(text).get_event
    get()
    get()
    first: Any = get()
    if type(first) is not yaml.SequenceStartEvent or first.flow_style or not _is_plain(first):
        return None
    mark: Any = first.start_mark
    is_whole = root is None
    if root is None:
        root = RecordList(text, (mark.line + 1, mark.column + 1))
    before = mark.index
    for mark, record in _records(get, root):
        is_long = mark.index - before > _LONGEST
        if record is _UNUSUAL or len(root) >= limits.MOST_ITEMS or is_long:
            return None
        before = mark.index
        root.marks.lines.append(above + mark.line + 1)
        root.marks.columns.append(mark.column + 1)
        root.append(record)
    end: Any = get()
    if end.start_mark.index - before > _LONGEST:
        return None
    # A mark of the end would end the document also for the records that follow these.
    ended = type(end) is yaml.DocumentEndEvent and (is_whole or not end.explicit)
    return root if ended and type(get()) is yaml.StreamEndEvent else None


_UNUSUAL = object()


def _is_plain(event: Any) -> bool:
    return event.anchor is None and event.tag in NO_TAG


# One loop, because a call for each event would take as long as libyaml does.
def _records(get: Callable[[], Any], root: RecordList) -> Iterator[tuple[Any, Any]]:  # noqa: PLR0915
    """Each record with its mark; `_UNUSUAL` is the last one where something is not plain."""
    keys: dict[str, str] = {}
    scalar, group, ends = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
    while type(event := get()) is group:
        if not _is_plain(event):
            break
        mark, record = event.start_mark, Light()
        above: list[tuple[Any, bool]] = []
        node: Any = record
        is_group, flow, key = True, bool(event.flow_style), None
        while True:
            event = get()
            kind = type(event)
            if kind is scalar:
                value = event.value
                if event.anchor is not None or event.tag not in NO_TAG:
                    yield mark, _UNUSUAL
                    return
                if value in _NOTHING and event.implicit[0]:
                    value = None
                if not is_group:
                    node.append(value)
                elif key is None:
                    if value is None or value in node or value in node.gaps:
                        yield mark, _UNUSUAL
                        return
                    key = keys.setdefault(value, value)
                else:
                    if value is not None:
                        node[key] = value
                    elif flow:
                        yield mark, _UNUSUAL
                        return
                    else:
                        node.gaps = [*node.gaps, key]
                        root.is_gapless = False
                    key = None
            elif kind is ends or kind is yaml.SequenceEndEvent:
                if not above:
                    break
                node, flow = above.pop()
                is_group, key = isinstance(node, dict), None
            elif (kind is group or kind is yaml.SequenceStartEvent) and _is_plain(event):
                inner: Any = Light() if kind is group else []
                if (is_group and key is None) or len(above) + 3 >= MAX_DEPTH:
                    yield mark, _UNUSUAL
                    return
                if is_group:
                    node[key] = inner
                else:
                    node.append(inner)
                above.append((node, flow))
                node, flow, key = inner, bool(event.flow_style), None
                is_group = kind is group
            else:  # an alias
                yield mark, _UNUSUAL
                return
        yield mark, record
    if type(event) is not yaml.SequenceEndEvent:
        yield event.start_mark, _UNUSUAL
