"""A YAML file of records, a list or a single one, in which some are changed, added or left out.

The outcome is read again before it is given back: it says what was wanted, and everything else says
what it said before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from letters.campaign.source import MAX_BYTES, Source, parse
from letters.campaign.source import Mapping as Record
from letters.campaign.yaml_edit import same
from letters.campaign.yaml_nodes import Plain
from letters.campaign.yaml_text import EditError, Exchange, RecordText, records_of

_BOM = b"\xef\xbb\xbf"


class Rewritten(Struct, frozen=True):
    """The bytes that a file is to have, what was exchanged in it, and how it reads then."""

    data: bytes
    exchanges: tuple[Exchange, ...]
    source: Source


class RecordFile:
    """One file as it was read: ``source`` has its records, ``data`` its bytes."""

    def __init__(self, data: bytes, shown_as: str) -> None:
        self.data = data
        self.source, self.problems = parse(data, shown_as)

    def lines(self, position: int) -> str:
        """The lines of one record as they stand there. Raises EditError."""
        try:
            return RecordText(self.data.removeprefix(_BOM).decode("utf-8"), self.source).lines(
                position
            )
        except (yaml.YAMLError, LookupError, ValueError) as error:
            raise self._unclear() from error

    def rewritten(
        self, wanted: Mapping[int, Mapping[str, Plain] | None], new: Sequence[Mapping[str, Plain]]
    ) -> Rewritten:
        """The file with what is wanted of records by position, None to leave one out, and more.

        A file that holds one record and no list has it at position 0. Raises EditError.
        """
        text = self.data.removeprefix(_BOM).decode("utf-8")
        edit = RecordText(text, self.source)
        try:
            edit.change(wanted)
            if new:
                edit.add(new)
        except (yaml.YAMLError, LookupError, ValueError) as error:
            raise self._unclear() from error
        if not edit.exchanges:
            return Rewritten(self.data, (), self.source)
        head = _BOM if self.data.startswith(_BOM) else b""
        data = head + edit.result().encode()
        if len(data) > MAX_BYTES:
            hint = "name a folder in letter.yaml, with a file for each person"
            raise EditError(f"{self.source.path} would be larger than can be read again", hint)
        return Rewritten(data, tuple(edit.exchanges), self._verified(data, wanted, new))

    def with_id(self, position: int, old: str, new: str) -> bytes:
        """The bytes with another id of the record that has the ``old`` one. Raises EditError."""
        record = records_of(self.source)[position : position + 1]
        said = record[0].get("id") if record and isinstance(record[0], Record) else None
        if not isinstance(said, str) or said.strip() != old:
            raise self._unclear()
        return self.rewritten({position: {**plain(record[0]), "id": new}}, ()).data

    def _verified(
        self,
        data: bytes,
        wanted: Mapping[int, Mapping[str, Plain] | None],
        new: Sequence[Mapping[str, Plain]],
    ) -> Source:
        source, _ = parse(data, self.source.path)
        after = records_of(source)
        before = records_of(self.source)
        left = [(n, one) for n, one in enumerate(before) if wanted.get(n, one) is not None]
        told = len(after) == len(left) + len(new) and all(
            same(found, dict(wanted[n] or {})) if n in wanted else found == one
            for found, (n, one) in zip(after, left, strict=False)
        )
        added = zip(after[len(left) :], new, strict=False)
        if not told or not all(same(found, dict(one)) for found, one in added):
            raise self._unclear()
        return source

    def _unclear(self) -> EditError:
        hint = "change it by hand"
        return EditError(f"{self.source.path} is written in a way that can’t be edited here", hint)


def plain(value: Any) -> Any:
    """A value without its places."""
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    return [plain(below) for below in value] if isinstance(value, list) else value
