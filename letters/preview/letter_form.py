"""The words of letter.yaml as a form: what the letter says, and nothing that is protected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from letters import limits, reading
from letters.campaign.load import frame
from letters.campaign.paths import LETTER_FILE
from letters.campaign.plaintext import decode
from letters.campaign.schema import LetterFile
from letters.campaign.shown import case_keys
from letters.campaign.source import parse
from letters.campaign.validate import validate
from letters.campaign.yaml_edit import reworded, same
from letters.campaign.yaml_nodes import compose
from letters.campaign.yaml_records import RecordFile, plain
from letters.campaign.yaml_text import EditError
from letters.ledger.diff import word_diff
from letters.preview.fields import (
    Change,
    Field,
    FieldForm,
    Location,
    Planned,
    changed,
    digest_of,
    fields_of,
    label_of,
    location_of,
    name_of,
    put,
)
from letters.preview.key_help import help_of

WHAT = "letter"
_OFFERED = (
    "title", "subject", "date", "place", "deadline", "answer_within", "notice", "from", "asks",
    "figures", "cases", "sources", "values", "enclosures", "copies_to",
)  # fmt: skip
_ADDED = frozenset(("place", "deadline", "answer_within", "notice"))
"""Keys that are offered although they are not written yet."""
_LONGER = {"asks": "text", "facts": "text", "enclosures": "title"}
"""Lists to which an entry can be added, and the key that it needs."""
_WIRED = frozenset(("source", "file", "logo", "country", "confidential"))
"""Keys whose values name something else, and say nothing."""
_BOM = b"\xef\xbb\xbf"
_REMARKS = (
    "An entry that is emptied is taken out of its list.",
    "Everything else of letter.yaml is changed in the file itself.",
)
_PROTECTED = "What is protected of a case is not shown here: it is changed in the file itself."


def form(root: Path) -> FieldForm:
    """The form with what is written there now."""
    data = reading.data_of(root / LETTER_FILE, limits.LETTER, within=root)
    source, problems = parse(data, LETTER_FILE)
    written: dict[str, Any] = plain(source.root) if isinstance(source.root, dict) else {}
    fields = tuple(_fields(written, dict(_declared(root))))
    hides = any(_hides(one) for one in _listed(written.get("cases")))
    remarks = (*_REMARKS, _PROTECTED) if hides else _REMARKS
    return FieldForm(WHAT, LETTER_FILE, LETTER_FILE, digest_of(data), fields, remarks,
                     tuple(problems))  # fmt: skip


def planned(root: Path, sent: Mapping[str, str]) -> tuple[Planned, bytes]:
    """What would be changed, and the bytes of the file then. Raises EditError."""
    now, data = form(root), reading.data_of(root / LETTER_FILE, limits.LETTER, within=root)
    told = changed(now, sent)
    after = _rewritten(data, told.said)
    for one in told.emptied:  # one by one, so that it is clear which entry of a list stays
        after = _rewritten(after, (one,))
    source, problems = parse(after, LETTER_FILE)
    if source.root is not None:
        problems += validate(LetterFile, source)[1]
    changes = tuple((field.label, word_diff(field.value, new).strip()) for field, new in told.all)
    return Planned(now, changes, tuple(problems)), after


def _fields(written: Mapping[str, Any], declared: Mapping[str, str]) -> Iterator[Field]:
    tags = [tag for tag in _listed(written.get("languages")) if isinstance(tag, str)]

    def told(at: Location) -> str:
        own = at[0] == "values" and len(at) > 1
        return declared.get(str(at[1]), "") if own else help_of(WHAT, at)

    for key in _OFFERED:
        if key == "cases":
            yield from _of_cases(_listed(written.get(key)), tags, told)
        elif key in written:
            yield from _chosen(written[key], (key,), told)
            yield from _one_more(written[key], (key,), tags, told)
        elif key in _ADDED:
            yield Field(name_of((key,)), key, "", told((key,)))
        if key == "values" and isinstance(there := written.get(key) or {}, dict):
            yield from (
                Field(name_of((key, one)), f"{key}.{one}", "", said)
                for one, said in declared.items()
                if one not in there
            )


def _chosen(value: Any, at: Location, told: Callable[[Location], str]) -> Iterator[Field]:
    """The fields that say something."""
    for field in fields_of(value, at, told):
        where = location_of(field.name)
        if where[0] == "values" or where[-1] not in _WIRED:
            yield field


def _of_cases(
    cases: list[Any], tags: list[str], told: Callable[[Location], str]
) -> Iterator[Field]:
    """As much of each case as may be shown."""
    for number, case in enumerate(cases):
        keys = case_keys(case.get("visibility")) if isinstance(case, dict) else ()
        for key in keys and case:
            if key in keys:
                at = ("cases", number, key)
                yield from _chosen(case[key], at, told)
                yield from _one_more(case[key], at, tags, told)


def _one_more(
    value: Any, at: Location, tags: list[str], told: Callable[[Location], str]
) -> Iterator[Field]:
    """The fields of another entry, where a list can have one."""
    key = _LONGER.get(str(at[-1]))
    if key and isinstance(value, list):
        new = (*at, len(value), key)
        for where in [(*new, tag) for tag in tags] if len(tags) > 1 else [new]:
            yield Field(name_of(where), label_of(where), "", f"One more: {told(where)}")


def _hides(case: Any) -> bool:
    """Whether something is written of a case that may not be shown."""
    if not isinstance(case, dict):
        return True
    shown = case_keys(case.get("visibility"))
    return bool({"person", "facts"} & {*case} - shown)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _rewritten(data: bytes, changes: Sequence[Change]) -> bytes:
    """The file with other words in these fields; everything else is as it was. Raises EditError."""
    text, unread = decode(data, LETTER_FILE)
    hint = "change it by hand"
    unclear = EditError(f"{LETTER_FILE} is written in a way that can’t be edited here", hint)
    if unread:
        raise unclear
    head = _BOM if data.startswith(_BOM) else b""
    text = data.removeprefix(_BOM).decode("utf-8")
    before: dict[str, Any] = plain(parse(data, LETTER_FILE)[0].root) or {}
    wanted = deepcopy(before)
    try:
        for field, value in changes:
            put(wanted, field, value)
        node = compose(text)
        words = {location_of(field.name): value for field, value in changes}
        if node and all(_is_text(before, at) and value for at, value in words.items()):
            after = head + reworded(text, node, words).encode()
        else:  # something is new, or goes, or is a list
            after = RecordFile(data, LETTER_FILE).rewritten({0: wanted}, ()).data
    except (yaml.YAMLError, LookupError, TypeError, ValueError):
        raise unclear from None
    said = plain(parse(after, LETTER_FILE)[0].root)
    if not same(said, {key: value for key, value in wanted.items() if value is not None}):
        raise unclear
    return after


def _is_text(record: Any, at: Location) -> bool:
    """Whether a text stands at that place."""
    for step in at:
        if isinstance(record, list) and not (isinstance(step, int) and step < len(record)):
            return False
        record = record.get(step) if isinstance(record, dict) else record[step]
    return isinstance(record, str)


def _declared(root: Path) -> Iterator[tuple[str, str]]:
    """The values that the template asks for, with its help for each."""
    around = frame(root)
    if around is not None and around.declared is not None:
        for key, rule in around.declared.values.items():
            kind = "" if rule.type == "text" else f" ({rule.type})"
            need = "" if rule.required else " May be left out."
            yield key, f"{rule.help}{kind}.{need}".removeprefix(".").strip()
