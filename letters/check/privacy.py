"""Finished files, taken apart and searched for every protected string.

The redaction before the template is what protects people. This is the second lock: it trusts
nothing of the toolkit's own and looks at the bytes that would be sent, inflated and decoded.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from letters import limits, reading
from letters.campaign import named_file
from letters.check.protected import Secret
from letters.problem import Place, Problem

_TAG = re.compile(r"<[^<>]*>")
_STREAM = re.compile(rb"stream\r?\n")
_MAX_INFLATED = 32 * 1024 * 1024  # of one stream or member: a letter has no larger one


def search_folder(folder: Path, known: tuple[Secret, ...], root: Path) -> list[Problem]:
    """Search every file below ``folder``; paths in problems are relative to ``root``.

    Copies for the public, in the folder ``public``, must not hold what is confidential either.
    """
    anywhere = tuple(secret for secret in known if not secret.for_recipient)
    problems: list[Problem] = []
    for file in sorted(
        path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    ):
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
        is_public = file.is_relative_to(folder / "public")
        try:
            data = reading.data_of(file, limits.MADE, within=folder)
        except reading.OddFileError as error:
            problems.append(named_file.problem(error, shown))
            continue
        problems += search(shown, data, known if is_public else anywhere)
    return problems


def search(shown: str, data: bytes, known: tuple[Secret, ...]) -> list[Problem]:
    """One problem for each protected string in a file's name or content; it is never repeated."""
    return list(holding((shown, *_views(shown, data)), known, Place(shown)))


def holding(
    texts: Iterable[str], known: tuple[Secret, ...], place: Place, what: str = ""
) -> Iterator[Problem]:
    """The same for texts that are read already; ``what`` begins the sentence."""
    views = [_folded(text) for text in texts]
    for secret in known:
        if any(_holds(view, secret) for view in views):
            where = f"{secret.place.key} in {secret.place.path}:{secret.place.line}"
            message = f"{what}holds what is protected as {where}"
            if secret.certain:
                yield Problem(place, message, "don’t let this file go out")
            else:
                hint = "a family name, which may also be somebody else’s: look at the file"
                yield Problem(place, message, hint, severity="warning")


def _holds(view: str, secret: Secret) -> bool:
    needle = _folded(secret.text)
    if secret.certain:
        return needle in view or needle.replace(" ", "") in view.replace(" ", "")
    return re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", view) is not None


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return " ".join(composed.casefold().split())


def _views(name: str, data: bytes) -> Iterator[str]:
    """The file as a reader, an editor or a forensic tool would see it."""
    yield from _decoded(data)
    if data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"PK"):
        yield from _zip(data)
    elif name.endswith((".html", ".xml", ".svg")):
        yield _without_tags(data.decode(errors="replace"))


def _decoded(data: bytes) -> Iterable[str]:
    return (data.decode("utf-8", "replace"), data.decode("utf-16-be", "replace"),
            data.decode("utf-16-le", "replace"))  # fmt: skip


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    for packed in _streams(data):
        try:
            inflated = zlib.decompressobj().decompress(packed, _MAX_INFLATED)
        except zlib.error:
            continue
        yield inflated.decode("latin-1")
        if b"/EmbeddedFile" in data:  # a file inside the file is read as one of its own
            yield from _views("", inflated)
    try:
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages)
        yield "\n".join(str(value) for value in (reader.metadata or {}).values())
    except PyPdfError:
        return


def _streams(data: bytes) -> Iterator[bytes]:
    found = _STREAM.search(data)
    while found and (end := data.find(b"endstream", found.end())) >= 0:
        yield data[found.end() : end]
        found = _STREAM.search(data, end + len(b"endstream"))


def _zip(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename
                with archive.open(member) as stream:
                    content = stream.read(_MAX_INFLATED)
                yield from _decoded(content)
                if member.filename.endswith((".xml", ".rels")):
                    yield _without_tags(content.decode(errors="replace"))
    except zipfile.BadZipFile:
        return


def _without_tags(markup: str) -> str:
    """Text as read: a name that is split over several runs is whole again."""
    paragraphs = re.sub(r"</w:p>|<br[^<>]*>|</p>|</li>|</div>", " ", markup)
    return html.unescape(_TAG.sub("", paragraphs))
