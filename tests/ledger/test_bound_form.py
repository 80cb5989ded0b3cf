"""A signature is bound to a printed form: compared by digests, never kept in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from letters.digests import NO_TEXT, TextDigest
from letters.framed import digest as text_digest
from letters.ledger.bound_form import ApprovedForm, Form
from letters.ledger.details import Detail
from letters.ledger.errors import DamagedLogError
from letters.ledger.events import Entry, Event, Evidence, Kind, decode, encode
from letters.ledger.export import as_csv, record
from letters.ledger.history import History
from letters.ledger.status import State, as_of, statuses
from letters.ledger.store import Ledger

from .samples import AT, FIRST, SECOND, TEXTS, judged, refused
from .samples import event as sample

ALICE = {"name": '"Alice Archer"', "role": '"Teacher"', "visibility": '"public"'}
BORIS = ALICE | {"name": '"Boris Banner"'}
NOW = text_digest(FIRST)


def did(kind: Kind, detail: Detail | None = None, text: str = FIRST, who: str = "ada") -> Event:
    about_form = kind in {"bound", "name-approved"}
    return Event(
        kind,
        who,
        NO_TEXT if about_form else text_digest(text),
        Evidence() if about_form else Evidence.of_note("by telephone"),
        recorded_by="desk",
        detail=detail,
    )


def signed(fields: dict[str, str] = ALICE) -> Event:
    return did("signed", Form.of(fields))


def log(*events: Event) -> list[Entry]:
    return [Entry(n, AT, one) for n, one in enumerate(events, start=1)]


def stand(
    *events: Event, now: dict[str, str] = ALICE, text: TextDigest = NOW
) -> tuple[State, tuple[str, ...]]:
    [ada] = statuses(log(*events), ["ada"], text, {"ada": [now]})
    return ada.state, ada.changed


def test_a_digest_is_of_one_field_under_one_salt() -> None:
    one, other = Form.of(ALICE), Form.of(ALICE)
    assert {digest for _, digest in one.fields}.isdisjoint({digest for _, digest in other.fields})
    swapped = {"name": ALICE["role"], "role": ALICE["name"], "visibility": ALICE["visibility"]}
    assert one.differing(swapped) == ("name", "role")
    assert one.differing(ALICE) == ()
    assert one.differing({"name": BORIS["name"], "new": "1"}) == ("name",)


def test_it_is_like_any_of_the_forms_or_differs_from_the_nearest() -> None:
    lowered = ALICE | {"visibility": '"withheld"'}
    assert Form.of(ALICE).against([lowered, ALICE]) == ()
    assert Form.of(BORIS).against([lowered, ALICE]) == ("name",)
    assert Form.of(lowered).against([ALICE]) == ("visibility",)
    assert Form.of(ALICE).against([]) == ()


def test_who_is_printed_in_another_form_is_changed_until_that_is_answered_for() -> None:
    assert stand(signed()) == ("signed", ())
    assert stand(signed(), now=BORIS) == ("changed", ("name",))
    confirmed = did("reaffirmed", Form.of(BORIS, ["name"]))
    assert stand(signed(), confirmed, now=BORIS) == ("signed", ())
    assert stand(signed(), confirmed, now=ALICE) == ("changed", ("name",))
    approved = did("name-approved", ApprovedForm.of(BORIS, ["name"], why="a typing error"))
    assert stand(signed(), approved, now=BORIS) == ("signed", ())
    assert stand(signed(), approved, did("withdrew"), now=BORIS) == ("withdrawn", ())


def test_who_signed_comes_before_what_they_signed() -> None:
    assert stand(signed(), now=BORIS, text=text_digest(SECOND)) == ("changed", ("name",))
    assert stand(signed(), text=text_digest(SECOND)) == ("stale", ())


def test_a_signature_from_before_counts_and_can_be_bound_once() -> None:
    before = did("signed")
    assert stand(before, now=BORIS) == ("signed", ())
    bound = did("bound", Form.of(ALICE))
    assert stand(before, bound, now=BORIS) == ("changed", ("name",))
    assert stand(before, bound, now=ALICE) == ("signed", ())
    assert refused(before, bound) == ""
    assert "bound to a printed form already" in refused(before, bound, bound)
    assert "bound to a printed form already" in refused(signed(), bound)


@pytest.mark.parametrize("kind", ["invited", "declined"])
def test_only_a_signature_can_be_bound_or_have_its_form_approved(kind: Kind) -> None:
    bound = did("bound", Form.of(ALICE))
    approved = did("name-approved", ApprovedForm.of(BORIS, ["name"], why="x"))
    for before in ([], [did(kind)], [signed(), did("withdrew")]):
        assert "no signature" in refused(*before, bound)
        assert "no signature" in refused(*before, approved)
    assert "no signature that is bound" in refused(did("signed"), approved)
    assert refused(signed(), approved) == ""


def test_whoever_records_a_changed_person_again_is_told_of_reaffirming() -> None:
    *before, last = log(signed(), did("signed", Form.of(BORIS, ["name"])))
    found = History.of(before).refusal(last.event, last.number)
    assert found is not None
    assert "sign reaffirm" in found.hint


def test_the_same_text_is_reaffirmed_only_where_the_form_has_changed() -> None:
    assert refused(signed(), did("reaffirmed", Form.of(BORIS, ["name"]))) == ""
    assert "already signed" in refused(signed(), did("reaffirmed", Form.of(ALICE)))
    assert "already signed" in refused(signed(), did("reaffirmed"))
    bare = replace(did("reaffirmed", Form.of(BORIS, ["name"])), evidence=Evidence())
    assert "with its evidence" in refused(signed(), bare)


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("bound", None),
        ("bound", ApprovedForm.of(ALICE, ["name"], why="x")),
        ("name-approved", Form.of(ALICE, ["name"])),
        ("name-approved", None),
        ("signed", ApprovedForm.of(ALICE, ["name"], why="x")),
        ("declined", Form.of(ALICE)),
    ],
)
def test_each_kind_has_its_own_detail(kind: Kind, detail: Detail | None) -> None:
    with pytest.raises(ValueError, match="detail"):
        did(kind, detail)


@pytest.mark.parametrize("kind", ["bound", "name-approved"])
def test_somebody_answers_for_it_by_name(kind: Kind) -> None:
    detail = Form.of(ALICE) if kind == "bound" else ApprovedForm.of(ALICE, ["name"], why="x")
    with pytest.raises(ValueError, match="by name"):
        Event(kind, "ada", detail=detail)


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "12"},
        {"fields": ()},
        {"fields": (("role", "1" * 64), ("name", "1" * 64))},
        {"fields": (("name", "1" * 64), ("name", "1" * 64))},
        {"fields": (("", "1" * 64),)},
        {"fields": (("name", "Alice"),)},
        {"changed": ("age",)},
        {"changed": ("role", "name")},
    ],
)
def test_it_refuses_a_form_of_the_wrong_shape(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="wrong shape"):
        replace(Form.of(ALICE), **change)


def test_an_approval_says_what_and_why() -> None:
    with pytest.raises(ValueError, match="wrong shape"):
        ApprovedForm.of(ALICE, ["name"])
    with pytest.raises(ValueError, match="wrong shape"):
        ApprovedForm.of(ALICE, why="x")


@pytest.mark.parametrize(
    "said",
    [
        signed(),
        did("reaffirmed", Form.of(BORIS, ["name"])),
        did("bound", Form.of(ALICE)),
        did("name-approved", ApprovedForm.of(BORIS, ["name", "role"], why="two errors")),
    ],
)
def test_an_entry_with_a_form_comes_back_as_it_was_and_in_no_other_form(said: Event) -> None:
    body = encode(Entry(3, AT, said))
    assert decode(3, body) == Entry(3, AT, said)
    assert json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode() == body
    assert b"Archer" not in body
    assert b"Banner" not in body
    for old, new in ((b'"salt":"', b'"salt":"0'), (b'"changed":[', b'"changed":["x",'), (b'"fields":{', b'"fields":{"a":1,')):  # fmt: skip
        with pytest.raises(DamagedLogError):
            decode(3, body.replace(old, new))


def test_an_export_has_neither_salt_nor_digests_and_says_what_changed_and_why() -> None:
    approved = did("name-approved", ApprovedForm.of(BORIS, ["name"], why="a typing error"))
    [first, second] = log(signed(), approved)
    assert record(first) | {"changed": ()} == record(first)
    assert (record(second)["changed"], record(second)["why"]) == (("name",), "a typing error")
    written = as_csv([first, second])
    assert isinstance(approved.detail, Form)
    assert approved.detail.salt not in written
    assert all(digest not in written for _, digest in approved.detail.fields)


def test_binding_is_no_day_on_which_the_signatures_changed() -> None:
    first, last = log(did("signed"), did("bound", Form.of(ALICE)))
    later = replace(last, at=AT.replace(year=2027))
    assert as_of([first, later]) == AT.date()


def test_the_log_verifies_proves_and_forgets_them(path: Path) -> None:
    events = [
        signed(),
        did("reaffirmed", Form.of(BORIS, ["name"])),
        did("name-approved", ApprovedForm.of(ALICE, ["name"], why="it was right")),
        sample("signed", "bo"),
        did("bound", Form.of(BORIS), who="bo"),
    ]
    with Ledger.open(path) as ledger:
        for one in events:
            ledger.append(one, at=AT, text=TEXTS.get(one.text_digest))
        assert [entry.event for entry in ledger.entries()] == events
        assert len(ledger.openings("ada", 5)) == 3
    assert judged(path).sound
    with Ledger.open(path) as ledger:
        assert ledger.erase("ada", at=AT).numbers == (1, 2, 3)
    assert judged(path).sound
    detail = events[2].detail
    assert isinstance(detail, Form)
    assert detail.salt.encode() not in path.read_bytes()
