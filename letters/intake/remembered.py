"""What an earlier import knew of each row: whose entry it became, and what it said then.

With it a row that comes again finds its entry by its key, whatever the user has written there
since; and what the user changed is told apart from what the source did. Nothing can be read in it:
keys and values are digests under a key of this campaign.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from letters import limits, reading
from letters.intake.flat import Value
from letters.intake.vocabulary import Kind

FOLDER = ".letters/imports"
NOBODY = "-"
"""In place of the id of somebody who was forgotten: no entry has it."""

_FIRST = "letters import 1"
_LONGEST = 60
_MOST_SEEN = 4096


class KnownRows(NamedTuple):
    """One row: the id of its entry, and the digests of its values, in the order of the keys."""

    id: str
    digests: str


@dataclass(slots=True)
class Remembered:
    """The rows of one source, by the digest of their key; several rows may have one."""

    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    keys: dict[str, int] = field(default_factory=dict)
    rows: dict[str, list[KnownRows]] = field(default_factory=dict)
    _seen: dict[Value, str] = field(default_factory=dict, compare=False)
    _begun: hashlib.blake2b = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._begun = hashlib.blake2b(digest_size=7, key=self.salt)

    def digest(self, text: Value) -> str:
        """A short digest of a key or a value."""
        if (known := self._seen.get(text)) is not None:
            return known
        plain = "\x1f".join(text) if isinstance(text, tuple) else text
        begun = self._begun.copy()
        begun.update(plain.encode())
        found = begun.hexdigest()
        if len(self._seen) < _MOST_SEEN:  # towns and jobs come again and again
            self._seen[text] = found
        return found

    def known(self, identifier: str, items: Iterable[tuple[str, Value]]) -> KnownRows:
        """What is to be remembered of a row."""
        keys, seen = self.keys, self._seen
        digests = [""] * len(keys)
        for key, what in items:
            at = keys.get(key)
            if at is None:
                at = keys[key] = len(keys)
                digests += [""] * (at + 1 - len(digests))
            digests[at] = seen.get(what) or self.digest(what)
        return KnownRows(identifier, "\t".join(digests).rstrip("\t"))

    def was(self, known: KnownRows, key: str) -> str:
        """The digest of what a row said for a key; "" where it said nothing."""
        at = self.keys.get(key)
        digests = known.digests.split("\t")
        return "" if at is None or at >= len(digests) else digests[at]

    def add(self, key: str, known: KnownRows) -> None:
        """Remember one more row."""
        self.rows.setdefault(key, []).append(known)

    def encode(self) -> bytes:
        """The file."""
        first = "\t".join((_FIRST, self.salt.hex(), *self.keys))
        made = io.BytesIO()
        made.write(f"{first}\n".encode())
        for key, kept in self.rows.items():
            for one in kept:
                made.write(f"{key}\t{one.id}\t{one.digests}\n".encode())
        return made.getvalue()


def file_of(root: Path, kind: Kind, source: str) -> Path:
    """Where the rows of a source are remembered."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", source).strip("-.")[:_LONGEST]
    mark = hashlib.blake2b(source.encode(), digest_size=4).hexdigest()
    return root / FOLDER / f"{kind}-{plain or 'list'}.{mark}.tsv"


def read(file: Path) -> Remembered:
    """The rows of a source; none where it is new, or the file is not as it was written."""
    try:
        first, *rest = (
            reading.data_of(file, limits.REMEMBERED, within=file.parent)
            .decode("utf-8")
            .splitlines()
        )
        mark, salt, *keys = first.split("\t")
        if mark != _FIRST:
            return Remembered()
        found = Remembered(bytes.fromhex(salt), {key: at for at, key in enumerate(keys)})
        for line in rest:
            found.add(*_kept(line))
    except reading.OddFileError:
        raise
    except (OSError, ValueError):
        return Remembered()
    return found


def _kept(line: str) -> tuple[str, KnownRows]:
    key, identifier, digests = line.split("\t", 2)
    return key, KnownRows(identifier, digests)


def has(root: Path, kind: Kind, ids: Collection[str]) -> bool:
    """Whether rows of somebody with one of these ids are remembered."""
    files = (root / FOLDER).glob(f"{kind}-*.tsv")
    return any(one.id in ids for file in files for kept in read(file).rows.values() for one in kept)


def renamed(root: Path, kind: Kind, before: str, after: str) -> None:
    """Somebody has another id now: what is remembered of them follows, and the old one goes."""
    from letters import files

    for file in (root / FOLDER).glob(f"{kind}-*.tsv"):
        found = read(file)
        if not any(one.id == before for kept in found.rows.values() for one in kept):
            continue
        for key, kept in found.rows.items():
            found.rows[key] = [k._replace(id=after) if k.id == before else k for k in kept]
        files.replace(file, found.encode(), mode=0o600)
