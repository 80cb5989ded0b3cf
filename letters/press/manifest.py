"""out/manifest.json: what each file is, for whom, and which exact text it prints.

Whoever sends the files checks them against it, so that a stale or exchanged file can't go out.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from letters import __version__, limits, reading
from letters.digests import FileDigest, TextDigest, of_file
from letters.press import unlisted
from letters.reading import OddFileError

NAME = "manifest.json"


class File(Struct, frozen=True):
    """One file of the output folder; ``path`` is relative to it, ``pages`` known for PDF.

    ``language`` is that of a job: the tags of both for a bilingual letter, such as en-fr.
    ``log_size`` is how many entries the log had, for whoever reads the manifest.
    ``options`` are those of the run that change the file: its layout, what is put into it, and
    ``draft`` where a draft was asked for. ``identity`` stands for everything that it comes from:
    ``parts`` of that and, under ``roster`` in the manifest, who signs it. All are empty in a
    manifest from before letters kept that.
    ``enclosed`` is what went with the letter when it was made, each path in the campaign with its
    SHA-256; None where that was not kept, and for the public. An ``annex`` of names goes with the
    letters to the recipient, or with all that the same people sign: then no recipient is named.
    """

    path: str
    recipient: str
    language: str
    audience: str
    format: str
    sha256: FileDigest
    pages: int | None
    text_digest: TextDigest
    log_size: int
    draft: bool
    enclosed: tuple[tuple[str, FileDigest], ...] | None = None
    options: tuple[str, ...] = ()
    identity: str = ""
    parts: str = ""
    roster: str = ""
    annex: bool = False

    def written(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        body = {name: getattr(self, name) for name in _FIELDS} | {"options": list(self.options)}
        if not self.annex:
            del body["annex"]
        return body if self.enclosed is None else {**body, "enclosed": dict(self.enclosed)}


_FIELDS = tuple(name for name in File.__struct_fields__ if name != "enclosed")


class Manifest(Struct, frozen=True):
    """``checkpoint`` is the signature log's size and root when the files were made, if any.

    ``rosters`` say by their keys what is printed of each signatory, in the words of
    `letters.draft.roster`.
    """

    text_digest: TextDigest
    checkpoint: tuple[int, str] | None
    files: tuple[File, ...]
    rosters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def encode(self) -> bytes:
        """JSON with a stable order; no time and no host stands in it."""
        used = self.rosters.keys() & {file.roster for file in self.files}
        log = None
        if self.checkpoint is not None:
            log = {"size": self.checkpoint[0], "root": self.checkpoint[1]}
        body: dict[str, Any] = {
            "toolkit": {"name": "letters", "version": __version__},
            "text_digest": self.text_digest,
            "log": log,
            "files": [],
            "rosters": {key: dict(self.rosters[key]) for key in sorted(used)},
        }
        whole = _in_words(body) + "\n"
        # Written anew and again while letters come in: each entry is put into words once.
        entries = ",\n".join(_entry(file) for file in sorted(self.files, key=lambda f: f.path))
        if entries:
            before, after = whole.split(_NO_FILES, 1)
            whole = f'{before}\n  "files": [\n{entries}\n  ]{after}'
        return whole.encode()


_NO_FILES = '\n  "files": []'


@functools.lru_cache(maxsize=1 << 16)
def _entry(file: File) -> str:
    """An entry as it stands in the list."""
    return "    " + _in_words(file.written()).replace("\n", "\n    ")


def _in_words(body: Mapping[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode()


def read(folder: Path) -> Manifest | None:
    """The manifest of an output folder; None where there is none or it can't be read.

    What a killed run had finished and not listed yet is in it.
    """
    try:
        body = _body(folder)
        log = body["log"]
        listed = tuple(_file(file) for file in body["files"])
        return Manifest(
            text_digest=body["text_digest"],
            checkpoint=_checkpoint(log) if log else None,
            files=(*listed, *_unlisted(folder, {file.path for file in listed})),
            rosters=_rosters(body.get("rosters", {})),
        )
    except OddFileError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def checkpoint(folder: Path) -> tuple[int, str] | None:
    """What the manifest there says of the log, and nothing else of it is looked at."""
    try:
        log = _body(folder)["log"]
        return _checkpoint(log) if log else None
    except OddFileError:
        raise
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _body(folder: Path) -> Any:
    """What the file says, of whatever kind; raises OSError or ValueError where it can't be read."""
    data = reading.data_of(folder / NAME, limits.MANIFEST, within=folder)
    _expect_measure(folder / NAME, data)
    return json.loads(data)


def _expect_measure(path: Path, data: bytes) -> None:
    """Raise OddFileError where a list would take more memory than the files in it are worth.

    A reader of JSON makes whatever is written, and a comma costs a hundred bytes.
    """
    files = data.count(b'"sha256"')
    values = data.count(b",") + data.count(b"[") + data.count(b"{")
    if (
        files > limits.MOST_FILES
        or len(data) > limits.ROSTERS + files * limits.ENTRY
        or values > limits.MOST_VALUES + files * limits.VALUES_OF_ENTRY
    ):
        why = f"holds more than what is said of at most {limits.MOST_FILES:,} files"
        raise OddFileError(path, why, "delete it: “letters render” makes it anew")


def _checkpoint(written: dict[str, Any]) -> tuple[int, str]:
    size, root = written["size"], written["root"]
    if type(size) is not int or not isinstance(root, str) or size < 0:
        raise TypeError
    return size, root


class Proof:
    """Which files of a folder are as letters wrote them: those that its manifest names.

    Read when the first one is asked for, and apart from all else that stands in a manifest: one of
    another version tells it too. ``found`` is whether there is a manifest of letters at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def found(self) -> bool:
        return self._digests is not None

    def covers(self, path: Path, data: bytes) -> bool:
        """Whether those bytes are what was written to the path; the manifest itself is."""
        if self._digests is None:
            return False
        name = path.relative_to(self._folder).as_posix()
        return name == NAME or of_file(data) in self._digests.get(name, ())

    @functools.cached_property
    def _digests(self) -> dict[str, set[FileDigest]] | None:
        found: dict[str, set[FileDigest]] = {}
        try:
            body = _body(self._folder)
            if body["toolkit"]["name"] != "letters":
                return None
            for file in chain(body["files"], unlisted.read(self._folder)):
                found.setdefault(file["path"], set()).add(file["sha256"])
        except OddFileError:
            raise
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        return found


def _file(written: dict[str, Any]) -> File:
    """One file as written; raises TypeError where a value is not of its kind."""
    file = File(**written)
    if file.enclosed is not None:
        file = replace(file, enclosed=tuple(dict(file.enclosed).items()))
    file = replace(file, options=tuple(file.options))
    words = (file.path, file.recipient, file.language, file.audience, file.format, *file.options)
    words = (*words, file.identity, file.parts, file.roster)
    digests = (file.sha256, file.text_digest, *chain(*(file.enclosed or ())))
    numbers = (file.log_size, file.pages or 0)
    if not all(isinstance(value, str) for value in (*words, *digests)):
        raise TypeError
    if (
        not all(isinstance(value, int) for value in (*numbers, file.draft, file.annex))
        or file.log_size < 0
    ):
        raise TypeError
    return file


def _unlisted(folder: Path, listed: Collection[str]) -> list[File]:
    """Those of the entries beside the manifest that tell what lies there now."""
    told: dict[str, list[File]] = {}
    for entry in unlisted.read(folder):
        with suppress(TypeError, ValueError):
            file = _file(entry)
            if file.path not in listed:
                told.setdefault(file.path, []).append(file)
    found = (still_there(folder, reversed(files)) for files in told.values())
    return [files[0] for files in found if files]


def _rosters(written: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The rosters as written; raises TypeError where one is not of its kind."""
    found = {key: dict(roster) for key, roster in written.items()}
    if not all(isinstance(line, str) for roster in found.values() for line in roster.values()):
        raise TypeError
    return found


def languages_of(language: str, known: Sequence[str]) -> frozenset[str]:
    """In which of the ``known`` languages a file is: one, or the two of a bilingual letter."""
    return frozenset(tags_of(language, known))


def tags_of(language: str, known: Sequence[str]) -> tuple[str, ...]:
    """The same in the letter's order; none where it is in another language."""
    if language in known:
        return (language,)
    both = (pair for pair in permutations(known, 2) if "-".join(pair) == language)
    return next(both, ())


def still_there(folder: Path, files: Iterable[File]) -> list[File]:
    """Those of ``files`` that lie in ``folder`` exactly as they were made."""
    kept = []
    for file in files:
        data = bytes_of(folder, file)
        if data is not None and of_file(data) == file.sha256:
            kept.append(file)
    return kept


def bytes_of(folder: Path, file: File) -> bytes | None:
    """What lies at the file's path now; None where it is gone, or outside the folder."""
    path = reading.real(folder / file.path)
    inside = path.is_relative_to(reading.real(folder)) and path.is_file()
    return reading.data_of(path, limits.MADE) if inside else None
