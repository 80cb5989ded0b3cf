"""Long lists of records, read without the place of each word: see `letters.campaign.record_list`.

Whatever is unusual about a file, and be it a single character, makes `letters.campaign.source_tree`
read it instead, so that there is one definition of what is right and what is said of the rest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from letters import limits
from letters.campaign import source_lines
from letters.campaign.plaintext import unusable
from letters.campaign.record_list import Light, RecordList
from letters.campaign.source_tree import MAX_DEPTH, NO_TAG

_FEWEST = 20_000  # characters: what is shorter is read in no time
# Characters of a record: no list or group in one can then be larger than `build` reads.
_LONGEST = 2 * limits.MOST_KEYS
_ASCII = bytes(range(128))
_CLEAN = bytes((9, 10, *range(32, 127), *range(128, 256)))
_CONTEXT = frozenset("\u200b\u200c\u200d")  # whose neighbours decide
_NOTHING = ("", "~")


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
