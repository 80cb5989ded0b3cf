from __future__ import annotations

import datetime as dt

from letters.digests import TextDigest
from letters.framed import digest as text_digest
from letters.ledger.events import Event
from letters.ledger.status import SignatoryStatus, statuses

from .samples import AT, FIRST, SECOND, event, log

NOW, EARLIER = text_digest(SECOND), text_digest(FIRST)


def state(*events: Event, current: TextDigest = NOW) -> str:
    return statuses(log(*events), ["ada"], current)[0].state


def test_only_a_signature_to_this_very_text_is_signed() -> None:
    assert state(event("signed", text=SECOND)) == "signed"
    assert state(event("signed", text=FIRST)) == "stale"
    assert state(event("signed", text=FIRST), event("signed", text=SECOND)) == "signed"
    assert state(event("signed", text=SECOND), event("signed", text=FIRST)) == "stale"


def test_nobody_counts_as_signed_while_the_letter_cannot_be_drafted() -> None:
    assert state(event("signed", text=SECOND), current=TextDigest("")) == "stale"


def test_each_state_has_its_word() -> None:
    assert state() == "pending"
    assert state(event("invited")) == "invited"
    assert state(event("declined")) == "declined"
    assert state(event("signed"), event("withdrew")) == "withdrawn"
    assert state(event("signed"), event("withdrew"), event("signed", text=SECOND)) == "signed"
    assert state(event("declined"), event("invited", text=SECOND)) == "invited"


def test_an_invitation_to_the_new_text_does_not_hide_that_the_old_one_was_signed() -> None:
    entries = log(event("signed", text=FIRST), event("invited", text=SECOND))
    (ada,) = statuses(entries, ["ada"], NOW)
    assert ada == SignatoryStatus("ada", "stale", EARLIER, AT + dt.timedelta(days=2))


def test_it_answers_for_everyone_asked_about_in_that_order_and_for_nobody_else() -> None:
    entries = log(
        event("signed", "bo", SECOND), event("signed", "ada", FIRST), event("invited", "eve")
    )
    assert statuses(entries, ["ada", "cy", "bo"], NOW) == (
        SignatoryStatus("ada", "stale", EARLIER, AT + dt.timedelta(days=2)),
        SignatoryStatus("cy", "pending"),
        SignatoryStatus("bo", "signed", NOW, AT + dt.timedelta(days=1)),
    )
