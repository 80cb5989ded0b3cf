"""Finished files, taken apart and searched for every protected string.

The redaction before the template is what protects people. This is the second lock: it trusts
nothing of the toolkit's own and looks at the bytes that would be sent, inflated and decoded.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from letters import limits, reading
from letters.campaign import named_file
from letters.check import pdf_strings
from letters.check.folding import Folded
from letters.check.needle import needle
from letters.check.protected import Secret, from_everybody
from letters.problem import Place, Problem

_SAME, _ALIKE = "the same", "perhaps"
_TAG = re.compile(r"<[^<>]*>")
_STREAM = re.compile(rb"stream\r?\n")
_MAX_INFLATED = 32 * 1024 * 1024  # of one stream or member: a letter has no larger one

HIDDEN = "(hidden: this holds what is protected)"
"""Stands in place of what is shown to somebody who may pass it on."""


def search_folder(folder: Path, known: tuple[Secret, ...], root: Path) -> list[Problem]:
    """Search every file below ``folder``; paths in problems are relative to ``root``.

    Copies for the public, in the folder ``public``, must not hold what is confidential either.
    """
    anywhere = from_everybody(known)
    problems: list[Problem] = []
    files = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    for number, file in enumerate(files, 1):
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
        protected = known if file.is_relative_to(folder / "public") else anywhere
        which = f"file {number} of {len(files)}, or its name, "
        is_telling = next(holding([shown], protected, Place("")), None)  # its name is not repeated
        try:
            data = reading.data_of(file, limits.MADE, within=folder)
        except reading.OddFileError as error:
            problems.append(named_file.problem(error, folder.name if is_telling else shown))
            data = b""
        if is_telling:
            problems += holding((shown, *_views(shown, data)), protected, Place(folder.name), which)
        else:
            problems += search(shown, data, protected)
    return problems


def search(shown: str, data: bytes, known: tuple[Secret, ...]) -> list[Problem]:
    """One problem for each protected string in a file's name or content; it is never repeated."""
    return list(holding((shown, *_views(shown, data)), known, Place(shown)))


def holding(
    texts: Iterable[str], known: tuple[Secret, ...], place: Place, what: str = ""
) -> Iterator[Problem]:
    """The same for texts that are read already; ``what`` begins the sentence."""
    views = [Folded.of(text) for text in texts]
    for secret in known:
        found = _found(views, secret)
        if found is None:
            continue
        where = f"{secret.place.key} in {secret.place.path}:{secret.place.line}"
        message = f"{what}holds what is protected as {where}"
        if found == _SAME and secret.certain:
            yield Problem(place, message, "don’t let this file go out")
        elif secret.certain:
            hint = "in another script or spelling, where it may be somebody else: look at the file"
            yield Problem(place, message, hint, severity="warning")
        else:
            hint = "a family name, which may also be somebody else’s: look at the file"
            yield Problem(place, message, hint, severity="warning")


def held_in(text: str, known: tuple[Secret, ...]) -> tuple[Secret, ...]:
    """Those that stand in a text, in any form in which they are searched for."""
    views = [Folded.of(text)]
    return tuple(secret for secret in known if _found(views, secret) is not None)


def held_among(texts: Iterable[str], known: tuple[Secret, ...]) -> tuple[Secret, ...]:
    """Those that may stand in one of the texts: few of thousands, which are looked for in each.

    No hyphen at the end of a text is taken for one at the end of a line.
    """
    return held_in("/\n".join(texts), known)


def _found(views: list[Folded], secret: Secret) -> str | None:
    """How the views hold it, if one does."""
    sought = needle(secret.text, anywhere=secret.certain, initials=secret.initials)
    if any(sought.is_in(view) for view in views):
        return _SAME
    if any(sought.is_perhaps_in(view) for view in views):
        return _ALIKE
    return None


def _views(name: str, data: bytes) -> Iterator[str]:
    """The file as a reader, an editor or a forensic tool would see it."""
    if is_pdf := data.startswith(b"%PDF"):
        data = pdf_strings.unlocked(data)
    yield from _decoded(data)
    if is_pdf:
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

    for part, is_stream in _parts(data):
        inflated = part
        with suppress(zlib.error):
            inflated = zlib.decompressobj().decompress(part, _MAX_INFLATED) if is_stream else part
        yield from pdf_strings.strings(inflated)
        if inflated is part:
            continue
        yield inflated.decode("latin-1")
        if b"/EmbeddedFile" in data:  # a file inside the file is read as one of its own
            yield from _views("", inflated)
    try:
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages)
        yield "\n".join(str(value) for value in (reader.metadata or {}).values())
    except Exception:  # noqa: BLE001 - a broken file can raise anything
        return


def _parts(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """What stands between the streams of a PDF, and each stream (true)."""
    start, found = 0, _STREAM.search(data)
    while found and (end := data.find(b"endstream", found.end())) >= 0:
        yield data[start : found.start()], False
        yield data[found.end() : end], True
        start = end + len(b"endstream")
        found = _STREAM.search(data, start)
    yield data[start:], False


def _zip(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename
                try:
                    with archive.open(member) as stream:
                        content = stream.read(_MAX_INFLATED)
                except Exception:  # noqa: BLE001, S112 - one that is broken or locked hides no other
                    continue
                yield from _decoded(content)
                if member.filename.endswith((".xml", ".rels")):
                    yield _without_tags(content.decode(errors="replace"))
    except Exception:  # noqa: BLE001 - a broken file can raise anything
        return


def _without_tags(markup: str) -> str:
    """Text as read: a name that is split over several runs is whole again."""
    paragraphs = re.sub(r"</w:p>|<br[^<>]*>|</p>|</li>|</div>", " ", markup)
    return html.unescape(_TAG.sub("", paragraphs))
