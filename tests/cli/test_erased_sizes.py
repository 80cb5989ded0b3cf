"""Letters made before somebody left do not go out, whoever else was erased from the log before."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import pytest

from letters.cli.desk import Records
from letters.ledger.errors import RefusedError
from letters.ledger.events import Event, Evidence, text_digest
from letters.ledger.status import statuses
from letters.ledger.store import LOG_NAME, Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

    from letters.ledger.events import PersonalKind

TEXT = "the text"
DIGEST = text_digest(TEXT)
PEOPLE = ["a", "b", "c", "d"]
KINDS: tuple[PersonalKind, ...] = ("invited", "signed", "declined", "withdrew", "reaffirmed")
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
GOING = (
    ("print",),
    ("send",),
    ("send", "--confirm", "2"),
    ("send", "--eml", "drafts"),
    ("send", "--test-to", "me@example.org"),
)


def refuse_all(run: Letters, why: str) -> None:
    for words in GOING:
        done = run(*words)
        assert done.status == 3, words
        assert why in done.stderr, words


def test_a_withdrawal_after_an_erasure_is_seen(final: CampaignFolder, run: Letters) -> None:
    assert run("log", "erase", "okafor", "--confirm", "okafor").status == 0
    refuse_all(run, "other signatures than the log now")  # the erased name stands in the letters
    final.edit("letter.yaml", "You listened.", "You listened to us.")
    for who in ("lindqvist", "reading-circle"):
        assert run("sign", "reaffirm", who, "--note", "x").status == 0
    for who in ("signer-07", "signer-08"):
        assert run("sign", "withdraw", who).status == 0
    final.edit("signatories.yaml", "  tier: author\n", "")
    final.edit("templates/note/letter.en.md", "We are {{ authors | names }}. ", "")
    final.edit("templates/note/letter.fr.md", "Nous sommes {{ authors | names }}. ", "")
    for who in ("lindqvist", "reading-circle"):
        run("sign", "reaffirm", who, "--note", "x")
    assert run("render", "--format", "pdf").status == 0
    assert run("print").status == 0
    assert run("sign", "withdraw", "lindqvist").status == 0
    refuse_all(run, "other signatures than the log now")
    assert "outdated" in run("status").stdout


@pytest.mark.parametrize("seed", range(12))
def test_who_had_signed_at_any_size_is_what_it_was_then(seed: int, tmp_path: Path) -> None:
    """At every length of the log, what was known then is what is told now, or nothing is told."""
    chance = random.Random(seed)
    then = {0: list[str]()}
    with Ledger.open(tmp_path / LOG_NAME) as ledger:
        for _ in range(40):
            who = chance.choice(PEOPLE)
            try:
                if chance.random() < 0.08:
                    ledger.erase(who, at=NOON)
                else:
                    event = Event(chance.choice(KINDS), who, DIGEST, Evidence.of_note("x"))
                    ledger.append(event, at=NOON, text=TEXT)
            except RefusedError:
                continue
            people = statuses(ledger.entries(), PEOPLE, DIGEST)
            then[ledger.checkpoint().size] = [one.id for one in people if one.state == "signed"]
        entries = ledger.entries()
    records = Records(DIGEST, entries, statuses(entries, PEOPLE, DIGEST), None)
    last = max(then)
    assert records.signed_when(last) == then[last] == records.of("signed")
    assert records.signed_when(last + 1) is None
    gone = [entry.number for entry in entries if entry.event.kind == "erased"]
    for size, signed in then.items():
        told = records.signed_when(size)
        assert told == signed or (told is None and any(size < number for number in gone))
