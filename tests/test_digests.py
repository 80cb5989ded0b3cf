"""A digest of one thing can't be handed over where that of another is due."""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import letters
from letters import framed
from letters.digests import (
    FileDigest,
    ManifestDigest,
    MessageDigest,
    TextDigest,
    of_file,
    of_manifest,
    of_message,
)
from letters.draft.mailing import MailingText
from letters.ledger import evidence
from letters.ledger.details import Change, Cut, Mailing, Rendering
from letters.ledger.events import Event, Evidence
from letters.ledger.outgoing import Item
from letters.ledger.store import Ledger
from letters.post.mime import message_id
from letters.post.outbox import sealed
from letters.press.manifest import File, Manifest

if TYPE_CHECKING:
    from collections.abc import Callable

OF_THEIR_OWN = (
    "press/provenance.py",
    "press/identity.py",
)  # what stands for all that a file comes from, and for no bytes


def refused_by_the_type_checker(
    text: TextDigest,
    file: FileDigest,
    message: MessageDigest,
    made: ManifestDigest,
    ledger: Ledger,
    at: dt.datetime,
    box: tuple[str, tuple[str, ...]],
) -> None:
    """Never called: mypy reads it, and complains of an exception here that nothing needs."""
    Event("signed", "ada", file)  # type: ignore[arg-type]
    Event("signed", "ada", "0" * 64)  # type: ignore[arg-type]
    Evidence("kept", text)  # type: ignore[arg-type]
    Change("editorial", made, "a comma", "")  # type: ignore[arg-type]
    Rendering(file)  # type: ignore[arg-type]
    Mailing("minister", message)  # type: ignore[arg-type]
    Cut(file, text, 1)  # type: ignore[arg-type]
    Manifest(made, None, ())  # type: ignore[arg-type]
    MailingText("", file)  # type: ignore[arg-type]
    File("a", "b", "en", "recipient", "pdf", text, 1, text, 0, draft=False)  # type: ignore[arg-type]
    File("a", "b", "en", "recipient", "pdf", file, 1, file, 0, draft=False)  # type: ignore[arg-type]
    Item(text, "", "", "", file, "", (), (), "", "")  # type: ignore[arg-type]
    Item(text, "", "", "", message, "", (), (message,), "", "")  # type: ignore[arg-type]
    sealed(  # a mail carries the files of letters
        text_digest=text, recipient="", message_id="", envelope=box, date=at, data=b"",
        letters=[text],  # type: ignore[list-item]
    )  # fmt: skip
    message_id(file, "minister", "en", "example.org")  # type: ignore[arg-type]
    evidence.read(Path(), text)  # type: ignore[arg-type]
    evidence.discard(Path(), message)  # type: ignore[arg-type]
    ledger.text(file)  # type: ignore[arg-type]
    ledger.append_rendered(made, made, at=at)  # type: ignore[arg-type]
    ledger.append_rendered(text, text, at=at)  # type: ignore[arg-type]
    ledger.history().file_now(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("of", [of_file, of_message, of_manifest])
def test_each_is_the_sha_256_of_the_bytes(of: Callable[[bytes], str]) -> None:
    assert of("Ngozi’s\n".encode()) == hashlib.sha256("Ngozi’s\n".encode()).hexdigest()


def test_a_text_has_that_of_its_bytes_in_utf_8() -> None:
    assert framed.digest("Åsa") == hashlib.sha256("Åsa".encode()).hexdigest()


def test_a_note_has_that_of_its_own_bytes() -> None:
    assert Evidence.of_note("Åsa").digest == hashlib.sha256("Åsa".encode()).hexdigest()


def annotated() -> list[tuple[str, str, str]]:
    """Every parameter and field that is called a digest: module, name, and type."""
    found = []
    for path in sorted(Path(letters.__path__[0]).glob("**/*.py")):
        module = str(path.relative_to(letters.__path__[0]))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.arg) and node.annotation:
                found.append((module, node.arg, ast.unparse(node.annotation)))
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.append((module, node.target.id, ast.unparse(node.annotation)))
    return found


def test_whatever_is_called_a_digest_has_the_type_of_one() -> None:
    untyped = [
        (module, name)
        for module, name, kind in annotated()
        if name in {"digest", "text_digest", "sha256"} and kind == "str"
        if module not in OF_THEIR_OWN
    ]
    assert untyped == []
