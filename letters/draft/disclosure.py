"""What a letter rests on, as YAML that may go with it: a part of what a template can see.

The files of a campaign hold names and addresses that nobody else may read, so no file is ever
passed on as it is. Who signs is left out too: the letter itself says it, under the rules of the
signature log. So is a source that neither a figure nor a case shown here rests on: its title may
name somebody who is withheld.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from letters.draft.record import Absent, Record
from letters.draft.values import Sealed

Plain: TypeAlias = str | int | list["Plain"] | dict[str, "Plain"]

_KEYS = (
    "language", "title", "date", "place", "subject", "sender", "asks", "figures", "cases",
    "sources", "enclosures", "copies_to", "deadline", "values",
)  # fmt: skip
_NAMES = {"sender": "from"}


def disclosed(context: Mapping[str, Any]) -> bytes:
    """The public view of one edition (`shared_context`) as YAML in UTF-8; equal views, equal bytes.

    Sources are referred to by their keys; what was not written is left out.
    """
    import yaml

    written = {key: _plain(context[key]) for key in _KEYS}
    named = {*_sources(written["figures"]), *_sources(written["cases"])}
    sources = written["sources"]
    if isinstance(sources, dict):
        written["sources"] = {key: sources[key] for key in sources if key in named} or None
    made = {_NAMES.get(k, k): value for k, value in written.items() if value is not None}
    text: str = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def _plain(value: Any) -> Plain | None:
    """Cargo without its seal; None for what is not there."""
    match value:
        case Sealed(raw=dt.date() as day):
            return day.isoformat()
        case Sealed(raw=Decimal() as number):
            return str(number)
        case Sealed(raw=raw):
            return raw  # type: ignore[return-value] # a text or a whole number
        case Record(fields=fields):
            parts = {
                key: each.fields["key"] if key == "source" and each else _plain(each)
                for key, each in fields.items()
                if key != "key"
            }
            return {key: part for key, part in parts.items() if part is not None} or None
        case str() | int():
            return value
        case Absent() | None:
            return None
    listed = [part for each in value if (part := _plain(each)) is not None]
    return listed or None


def _sources(value: Plain | None) -> Iterator[str]:
    """The keys of all sources that are referred to."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield inner
            else:
                yield from _sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources(inner)
