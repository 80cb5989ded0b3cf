from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.framed import digest as text_digest
from letters.ledger.events import Event, Evidence
from letters.ledger.rules import refusal

from .samples import FIRST, SECOND, event, standing

INVITED, SIGNED, DECLINED, WITHDREW = (
    event("invited"),
    event("signed"),
    event("declined"),
    event("withdrew"),
)
INVITED_2, SIGNED_2, DECLINED_2 = (
    event("invited", text=SECOND),
    event("signed", text=SECOND),
    event("declined", text=SECOND),
)


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ([], INVITED),
        ([], SIGNED),
        ([], DECLINED),
        ([INVITED], SIGNED),
        ([INVITED], DECLINED),
        ([INVITED], INVITED_2),
        ([INVITED], event("declined", text="")),
        ([SIGNED], WITHDREW),
        ([SIGNED], event("withdrew", text="")),
        ([SIGNED], SIGNED_2),
        ([SIGNED], INVITED_2),
        ([SIGNED, INVITED_2], SIGNED_2),
        ([SIGNED, INVITED_2], WITHDREW),
        ([DECLINED], SIGNED),
        ([DECLINED], INVITED_2),
        ([DECLINED], DECLINED_2),
        ([SIGNED, WITHDREW], SIGNED),
        ([SIGNED, WITHDREW], INVITED_2),
        ([SIGNED, WITHDREW, INVITED_2], DECLINED_2),
        ([SIGNED, SIGNED_2], SIGNED),
    ],
)
def test_it_allows(before: list[Event], then: Event) -> None:
    assert refusal(standing(before), then) is None


@pytest.mark.parametrize(
    ("before", "then", "reason", "hint"),
    [
        ([INVITED], INVITED, "already invited", ""),
        ([INVITED, event("declined", text="")], INVITED, "already invited", ""),
        ([SIGNED], INVITED, "already signed this very text", ""),
        ([DECLINED], INVITED, "already declined this very text", "change their mind"),
        ([SIGNED, WITHDREW], INVITED, "withdrawn from this very text", "change their mind"),
        ([SIGNED, INVITED_2], INVITED_2, "already invited", ""),
        ([SIGNED], SIGNED, "already signed this very text", ""),
        ([SIGNED, INVITED_2], SIGNED, "already signed this very text", ""),
        ([SIGNED], DECLINED, "has signed", "withdraw"),
        ([SIGNED], DECLINED_2, "has signed", "withdraw"),
        ([SIGNED, INVITED_2], DECLINED_2, "has signed", "withdraw"),
        ([SIGNED, WITHDREW], DECLINED, "has withdrawn", ""),
        ([DECLINED], DECLINED, "already declined", ""),
        ([DECLINED], event("declined", text=""), "already declined", ""),
        ([], WITHDREW, "no signature to withdraw", "decline"),
        ([INVITED], WITHDREW, "no signature to withdraw", "decline"),
        ([DECLINED], WITHDREW, "no signature to withdraw", ""),
        ([SIGNED, WITHDREW], WITHDREW, "already withdrawn", ""),
    ],
)
def test_it_refuses(before: list[Event], then: Event, reason: str, hint: str) -> None:
    refused = refusal(standing(before), then)
    assert refused is not None
    assert reason in refused.message
    assert hint in refused.hint
    assert (hint == "") == (refused.hint == "")


def test_it_refuses_a_signature_without_evidence() -> None:
    bare = Event("signed", "ada", text_digest(FIRST))
    refused = refusal(standing([]), bare)
    assert refused is not None
    assert "evidence" in refused.message
    kept = Event("signed", "ada", text_digest(FIRST), Evidence.of_file(b"scan"))
    assert refusal(standing([]), kept) is None


def test_a_reason_names_nobody_and_quotes_nothing() -> None:
    secret = "withheld-person"
    before = [event("signed", secret, note="private words")]
    for then in (event("invited", secret), event("signed", secret), event("declined", secret)):
        refused = refusal(standing(before), then)
        assert refused is not None
        assert secret not in refused.message + refused.hint
        assert "private" not in refused.message + refused.hint


choices = st.sampled_from(
    [
        INVITED,
        SIGNED,
        DECLINED,
        WITHDREW,
        INVITED_2,
        SIGNED_2,
        DECLINED_2,
        event("withdrew", text=""),
    ]
)


@given(st.lists(choices, max_size=30))
def test_a_signature_stands_exactly_from_signing_to_withdrawing(proposed: list[Event]) -> None:
    told: list[Event] = []
    for one in proposed:
        if refusal(standing(told), one) is None:
            told.append(one)
    ends = [one for one in told if one.kind in {"signed", "withdrew"}]
    place = standing(told)
    assert (place.position == "signed") == bool(ends and ends[-1].kind == "signed")
    if place.position == "signed":
        assert place.text == ends[-1].text_digest
