"""The words of letter.yaml as a form: what the letter says, and nothing of the people in it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from letters import limits, reading
from letters.campaign.load import frame
from letters.campaign.paths import LETTER_FILE
from letters.campaign.plaintext import decode
from letters.campaign.schema import LetterFile
from letters.campaign.schemas import all_schemas
from letters.campaign.source import parse
from letters.campaign.validate import validate
from letters.campaign.yaml_edit import reworded, same
from letters.campaign.yaml_nodes import Plain, compose
from letters.campaign.yaml_records import RecordFile, plain
from letters.campaign.yaml_text import EditError
from letters.ledger.diff import word_diff
from letters.preview.fields import (
    Field,
    FieldForm,
    Location,
    Planned,
    digest_of,
    label_of,
    location_of,
    name_of,
    texts,
)

WHAT = "letter"
_OFFERED = (
    "title", "subject", "date", "place", "deadline", "answer_within", "notice", "from", "asks",
    "figures", "values", "enclosures", "copies_to",
)  # fmt: skip
_WIRED = frozenset(("source", "file", "logo", "country", "confidential"))
"""Keys whose values name something else, and say nothing."""
_BOM = b"\xef\xbb\xbf"


def form(root: Path) -> FieldForm:
    """The form with what is written there now."""
    data = reading.data_of(root / LETTER_FILE, limits.LETTER, within=root)
    source, problems = parse(data, LETTER_FILE)
    helps = dict(_declared(root))
    written: dict[str, Any] = plain(source.root) if isinstance(source.root, dict) else {}
    fields = [
        Field(name_of(at), label_of(at), value.strip(), _help(at, helps))
        for key in _OFFERED
        for at, value in texts(written.get(key), (key,))
        if not _WIRED & {*at[1:]}
    ]
    there = written.get("values") or {}
    fields += [
        Field(name_of(("values", key)), f"values.{key}", "", told)
        for key, told in helps.items()
        if isinstance(there, dict) and key not in there
    ]
    remark = "Cases, sources and everything else of letter.yaml are changed in the file itself."
    return FieldForm(WHAT, LETTER_FILE, LETTER_FILE, digest_of(data), tuple(fields), (remark,),
                tuple(problems))  # fmt: skip


def planned(root: Path, sent: Mapping[str, str]) -> tuple[Planned, bytes]:
    """What would be changed, and the bytes of the file then. Raises EditError."""
    now, data = form(root), reading.data_of(root / LETTER_FILE, limits.LETTER, within=root)
    before = {field.name: field.value for field in now.fields}
    changed = {
        location_of(name): value
        for name, old in before.items()
        if (value := sent.get(name, old).strip()) != old
    }
    after = _rewritten(data, changed)
    source, problems = parse(after, LETTER_FILE)
    if source.root is not None:
        problems += validate(LetterFile, source)[1]
    told = tuple(
        (label_of(at), word_diff(before[name_of(at)], value).strip())
        for at, value in changed.items()
    )
    return Planned(now, told, tuple(problems)), after


def _rewritten(data: bytes, changed: Mapping[Location, str]) -> bytes:
    """The file with other words at these places; everything else is as it was. Raises EditError."""
    text, unread = decode(data, LETTER_FILE)
    hint = "change it by hand"
    unclear = EditError(f"{LETTER_FILE} is written in a way that can’t be edited here", hint)
    if unread:
        raise unclear
    text = data.removeprefix(_BOM).decode("utf-8")
    wanted: dict[str, Plain] = plain(parse(data, LETTER_FILE)[0].root) or {}
    present = dict(texts(wanted))
    stays = {at: value for at, value in changed.items() if at in present and value}
    try:
        node = compose(text)
        made = reworded(text, node, stays) if node and stays else text
        for at, value in changed.items():
            _put(wanted, at, value)
        head = _BOM if data.startswith(_BOM) else b""
        after = head + made.encode()
        if len(stays) < len(changed):  # something is new, or goes
            after = RecordFile(after, LETTER_FILE).rewritten({0: wanted}, ()).data
    except (yaml.YAMLError, LookupError, TypeError, ValueError):
        raise unclear from None
    said = plain(parse(after, LETTER_FILE)[0].root)
    if not same(said, {key: value for key, value in wanted.items() if value is not None}):
        raise unclear
    return after


def _put(record: Any, at: Location, value: str) -> None:
    """Let a value stand at a place; an empty one takes its key away."""
    for step in at[:-1]:
        if isinstance(record, dict) and record.get(step) is None:
            record[step] = {}
        record = record[step]
    if value:
        record[at[-1]] = value
    elif isinstance(record, list):
        hint = "take it out in the file itself, or write something"
        raise EditError(f"{label_of(at)} would be an entry without words", hint)
    else:
        record.pop(at[-1], None)


def _declared(root: Path) -> Iterator[tuple[str, str]]:
    """The values that the template asks for, with its help for each."""
    around = frame(root)
    if around is not None and around.declared is not None:
        for key, rule in around.declared.values.items():
            kind = "" if rule.type == "text" else f" ({rule.type})"
            need = "" if rule.required else " May be left out."
            yield key, f"{rule.help}{kind}.{need}".removeprefix(".").strip()


def _help(at: Location, declared: Mapping[str, str]) -> str:
    if at[0] == "values" and len(at) > 1:
        return declared.get(str(at[1]), "")
    return _described(at)


@functools.cache
def _schema() -> dict[str, Any]:
    return all_schemas()[WHAT]


def _described(at: Location) -> str:
    """What the schema says of the nearest key."""
    node, found = _schema(), ""
    for step in at:
        node = _resolved(node)
        named: dict[str, Any] = node.get("properties", {}).get(step) or next(
            iter(node.get("patternProperties", {}).values()), {}
        )
        node = node.get("items", {}) if isinstance(step, int) else named
        found = node.get("description", found)
    return f"{found}." if found and not found.endswith(".") else found


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    """A node of the schema, behind its references and choices."""
    if "$ref" in node:
        return _resolved(_schema()["$defs"][node["$ref"].rpartition("/")[2]])
    choices = map(_resolved, node.get("anyOf", ()))
    return next((one for one in choices if one.get("properties") or one.get("items")), node)
