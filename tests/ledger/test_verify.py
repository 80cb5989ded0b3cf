from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.ledger import merkle
from letters.ledger.errors import RefusedError
from letters.ledger.events import Event
from letters.ledger.merkle import Checkpoint
from letters.ledger.rows import Snapshot
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

from .samples import AT, FIRST, SECOND, TEXTS, event, head, judged, taken


def tampered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_a_sound_log_is_proved_with_its_limits(sound: Path) -> None:
    log, checkpoint = taken(sound), head(sound)
    earlier = Checkpoint(4, merkle.root(4, stored(log)).hex())
    verdict = verify(log, [earlier])
    assert verdict.sound
    assert verdict.checkpoint == checkpoint
    assert "entries: 9, numbered without a gap, each as it was committed to" in verdict.proved
    assert any("up to entry 4 was changed" in line for line in verdict.proved)
    assert any("nothing after entry 4 was replaced" in line for line in verdict.unproved)
    assert not any("replaced" in line for line in verify(log, [checkpoint]).unproved)
    assert any("nothing was replaced" in line for line in verify(log).unproved)


def stored(log: Snapshot) -> merkle.Nodes:
    return merkle.nodes_of(merkle.levels(merkle.leaf_hash(leaf) for _, leaf in log.leaves))


def test_an_empty_log_is_sound(path: Path) -> None:
    Ledger.open(path).close()
    log, checkpoint = taken(path), head(path)
    assert verify(log, [checkpoint]).sound


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            event,
            st.sampled_from(["invited", "signed", "declined", "withdrew"]),
            st.sampled_from(["ada", "bo"]),
            st.sampled_from([FIRST, SECOND]),
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9),
        ),
        max_size=14,
    )
)
def test_whatever_was_recorded_verifies_at_every_step(proposed: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / LOG_NAME) as ledger:
        accepted, checkpoints = [], [ledger.checkpoint()]
        for one in proposed:
            try:
                ledger.append(one, at=AT, text=TEXTS[one.text_digest])
            except RefusedError:
                continue
            accepted.append(one)
            checkpoints.append(ledger.checkpoint())
        assert [entry.event for entry in ledger.entries()] == accepted
        verdict = verify(ledger.snapshot(), checkpoints)
        assert verdict.findings == ()
        assert verdict.checkpoint == checkpoints[-1]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE opening SET body = replace(body, 'signed', 'Signed') WHERE number = 5", "entry 5"),
        ("UPDATE opening SET body = CAST(x'ff00' AS TEXT) WHERE number = 5", "entry 5"),
        ("UPDATE opening SET salt = zeroblob(32) WHERE number = 5", "entry 5"),
        ("UPDATE opening SET subject = 'bo' WHERE number = 2", "entry 2 is filed under another"),
        ("UPDATE leaf SET commitment = zeroblob(32) WHERE number = 5", "entry 5"),
        ("DELETE FROM opening WHERE number = 5", "entry 5 of the signature log has lost"),
        ("DELETE FROM leaf WHERE number = 5", "some are missing"),
        ("DELETE FROM leaf WHERE number = 9", "content of an entry that it does not list"),
        ("UPDATE leaf SET number = 99 WHERE number = 9", "some are missing"),
        ("UPDATE node SET hash = zeroblob(32) WHERE level = 2", "stored tree"),
        ("DELETE FROM node WHERE level = 3", "stored tree"),
        ("INSERT INTO node VALUES (9, 9, zeroblob(32))", "stored tree"),
        ("UPDATE text SET body = body || ' '", "stored text is not the one"),
        ("UPDATE text SET body = CAST(x'ff' AS TEXT)", "stored text is not the one"),
        ("DELETE FROM text", "the text that entry 1 names is not in the log"),
        ("DROP INDEX opening_by_subject", "tables are not those"),
        ("CREATE TABLE more (x)", "tables are not those"),
        (
            "CREATE TRIGGER t AFTER INSERT ON leaf BEGIN DELETE FROM leaf WHERE number = 1; END",
            "tables are not those",
        ),
    ],
)
def test_it_finds(sound: Path, path: Path, statement: str, finding: str) -> None:
    shutil.copy(sound, path)
    tampered(path, statement)
    verdict = judged(path)
    assert any(finding in line for line in verdict.findings), verdict.findings
    assert not verdict.sound
    assert verdict.proved == ()


def test_a_finding_quotes_nothing_of_the_log(sound: Path, path: Path) -> None:
    shutil.copy(sound, path)
    tampered(
        path, "UPDATE opening SET body = body || 'x', subject = 'ada lovelace'", "DELETE FROM text"
    )
    findings = " ".join(judged(path).findings)
    assert findings
    assert "ada" not in findings
    assert "telephone" not in findings
