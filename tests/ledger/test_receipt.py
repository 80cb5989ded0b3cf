"""Receipts, and the stand-alone script that checks them as a stranger would run it."""

from __future__ import annotations

import ast
import copy
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.ledger import note, receipt, verify_receipt, witness
from letters.ledger.errors import RefusedError
from letters.ledger.store import Ledger
from letters.ledger.verify import verify

from .samples import EVENTS, event, record, taken

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
SCRIPT = Path(verify_receipt.__file__)


@pytest.fixture(scope="module")
def given_out(sound: Path) -> bytes:
    """Ada's receipt from a log of nine entries."""
    with_log = Ledger.read(sound)
    assert with_log is not None
    with with_log as ledger:
        return receipt.make(ledger, "ada", KEY)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The script in a folder of its own, with nothing of letters in reach."""
    command = [sys.executable, "-W", "error", "-I", "verify_receipt.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_script_stands_alone(tmp_path: Path, given_out: bytes) -> None:
    shutil.copy(SCRIPT, tmp_path)
    (tmp_path / "mine.json").write_bytes(given_out)
    done = run(tmp_path, "mine.json")
    assert (done.returncode, done.stderr) == (0, "")
    *proved, key = done.stdout.splitlines()
    assert [json.loads(line.removeprefix("proved: "))["kind"] for line in proved] == [
        *("invited", "signed", "withdrew", "signed")
    ]
    published = key.removeprefix("signed by: ")
    assert run(tmp_path, "mine.json", published).returncode == 0
    other = note.verifier_key(published.split("+")[0], note.public_bytes(OTHER))
    refused = run(tmp_path, "mine.json", other)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "not signed with this key" in refused.stderr
    (tmp_path / "mine.json").write_bytes(given_out.replace(b"telephone", b"telegraph"))
    assert run(tmp_path, "mine.json").returncode == 1


def test_the_script_is_short_and_needs_nothing_but_cryptography() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 60
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_every_entry_of_logs_of_every_small_size_is_proved(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for size in range(1, 35):
            record(ledger, event("signed", f"person-{size}"))
            for one in {1, (size + 1) // 2, size}:
                made = json.loads(receipt.make(ledger, f"person-{one}", KEY))
                assert [entry["number"] for entry in verify_receipt.proved(made)] == [one]


def test_a_receipt_says_nothing_of_others(given_out: bytes) -> None:
    said = json.loads(given_out)
    assert {json.loads(entry["body"])["subject"] for entry in said["entries"]} == {"ada"}
    assert set(said) == {"format", "key", "checkpoint", "entries"}
    assert len(given_out) < 6000


def changed(said: Any, chance: st.DataObject) -> None:
    """Change one letter of one string anywhere inside ``said``."""
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key in value if isinstance(value, dict) else range(len(value)):
            if isinstance(value[key], str):
                places.append((value, key))
            else:
                walk(value[key])

    walk(said)
    holder, key = chance.draw(st.sampled_from(places))
    word = holder[key]
    at = chance.draw(st.integers(0, len(word) - 1))
    letter = chance.draw(st.sampled_from("09afAZ+/=-\n \u2014").filter(lambda c: c != word[at]))
    holder[key] = word[:at] + letter + word[at + 1 :]


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chance=st.data())
def test_no_changed_letter_makes_a_receipt_say_something_else(
    given_out: bytes, chance: st.DataObject
) -> None:
    said = json.loads(given_out)
    forged = copy.deepcopy(said)
    changed(forged, chance)
    try:
        proved = verify_receipt.proved(forged)
    except (ValueError, LookupError):
        return
    assert proved == verify_receipt.proved(said)


def test_an_entry_cannot_take_another_place(given_out: bytes) -> None:
    said = json.loads(given_out)
    first, second = said["entries"][:2]
    first["proof"], second["proof"] = second["proof"], first["proof"]
    with pytest.raises(ValueError, match="not in the log"):
        verify_receipt.proved(said)
    first["proof"], second["proof"] = second["proof"], first["proof"]
    first["proof"].append("00" * 32)
    with pytest.raises(ValueError, match="not in the log"):
        verify_receipt.proved(said)


def test_nothing_is_given_to_somebody_the_log_does_not_know(sound: Path) -> None:
    ledger = Ledger.read(sound)
    assert ledger is not None
    with ledger, pytest.raises(RefusedError, match="nothing is recorded"):
        receipt.make(ledger, "nobody", KEY)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b'{"key": 1}', b"\xff", b"{" * 9999])
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        receipt.read(data)


def test_the_log_is_held_against_receipts_and_signed_checkpoints(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, *EVENTS)
        ledger.add_signer(note.public_bytes(KEY))
        head, origin = ledger.checkpoint(), ledger.origin()
        shown = receipt.make(ledger, "ada", KEY)
        signed = note.sign(origin, head, KEY)
        record(ledger, event("declined", "dee"))
    own = [witness.read(shown), witness.read(signed.encode())]
    verdict = verify(taken(path), (), own)
    assert verdict.sound
    assert any("up to entry 9" in line and "signed" in line for line in verdict.proved)
    foreign = witness.read(note.sign(origin, head, OTHER).encode())
    (finding,) = verify(taken(path), (), [foreign]).findings
    assert "not signed by a key of this log" in finding
    elsewhere = witness.read(note.sign("letters-log/else", head, KEY).encode())
    (finding,) = verify(taken(path), (), [elsewhere]).findings
    assert "of another log" in finding
    forked = note.sign(origin, type(head)(9, "00" * 32), KEY)
    (finding,) = verify(taken(path), (), [witness.read(forked.encode())]).findings
    assert "are not those of the checkpoint" in finding
