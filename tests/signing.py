"""Example campaigns copied to a place of their own, with signatures in their log."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from drafting import text_of

from letters.campaign import printed_form
from letters.campaign.load import load
from letters.ledger.bound_form import Form
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME, Ledger

EXAMPLES = Path(__file__).resolve().parent.parent / "signatories"
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def copy_of(example: str, folder: Path) -> Path:
    """The example campaign's own files, without what a demonstration may have left there."""
    left = shutil.ignore_patterns("*.db*", "out")
    return Path(shutil.copytree(EXAMPLES / example, folder / example, ignore=left))


def sign(campaign: Path, *, but: Iterable[str] = ()) -> None:
    """Record that everybody signed the text as it is, at noon on the first of March."""
    loaded, problems = load(campaign)
    assert loaded is not None, problems
    text = text_of(loaded)
    evidence = Evidence.of_note("signed for a test")
    with Ledger.open(campaign / LOG_NAME) as ledger:
        for signatory in loaded.signatories:
            if signatory.id not in but:
                form = Form.of(printed_form.form(signatory))
                event = Event("signed", signatory.id, text.digest, evidence, detail=form)
                ledger.append(event, at=NOON, text=text.canonical)
