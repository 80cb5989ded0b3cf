from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.digests import NO_TEXT, FileDigest, ManifestDigest, TextDigest
from letters.framed import digest as text_digest
from letters.ledger.corrections import standing as standing_entries
from letters.ledger.details import (
    Answer,
    AnswerClass,
    Change,
    ChangeClass,
    Correction,
    Detail,
    Erasure,
    Mailing,
    Rendering,
)
from letters.ledger.events import Entry, Event, Evidence, Kind
from letters.ledger.history import History
from letters.ledger.rules import refusal
from letters.ledger.status import SignatoryStatus, as_of, statuses

from .samples import AT, FIRST, SECOND, THIRD, event, log, refused, standing

A, B, C = text_digest(FIRST), text_digest(SECOND), text_digest(THIRD)
LIST, FILE = ManifestDigest("1" * 64), FileDigest("2" * 64)
SALT = "5" * 64


def change(kind: ChangeClass, before: TextDigest, after: TextDigest) -> Event:
    detail = Change(kind, before, "a typing error", "[-a-]{+b+}\n")
    return Event("edit-approved", text_digest=after, recorded_by="Ed", detail=detail)


def made(text: TextDigest = A, manifest: ManifestDigest = LIST) -> Event:
    return Event("rendered", text_digest=text, detail=Rendering(manifest))


def sent(
    to: str = "minister",
    text: TextDigest = A,
    file: FileDigest = FILE,
    channel: str = "",
    note: str = "",
) -> Event:
    evidence = Evidence.of_note(note) if note else Evidence()
    return Event("sent", "", text, evidence, channel, detail=Mailing(to, file))


def replied(to: str = "minister", note: str = "thanks") -> Event:
    evidence = Evidence.of_note(note) if note else Evidence()
    return Event("replied", evidence=evidence, detail=Mailing(to))


def post(
    kind: Kind, *, text: TextDigest = NO_TEXT, channel: str = "", note: str = "as seen"
) -> Event:
    """What came of a letter to the minister."""
    evidence = Evidence.of_note(note) if note else Evidence()
    detail = None if kind == "reported" else Mailing("minister")
    return Event(kind, text_digest=text, channel=channel, evidence=evidence, detail=detail)


def answered(answer: AnswerClass, to: str = "minister") -> Event:
    evidence = Evidence.of_note("by letter")
    return Event("replied", evidence=evidence, detail=Answer(to, answer))


def corrects(number: int, to: str = "minister") -> Event:
    return Event("corrected", recorded_by="Ed", detail=Correction(number, to, "a slip"))


def erased(subject: str = "ada", *numbers: int) -> Event:
    return Event("erased", detail=Erasure.of(subject, numbers, SALT))


@pytest.mark.parametrize(
    "events",
    [
        [change("editorial", A, B)],
        [change("editorial", A, B), change("substantive", A, B)],
        [change("editorial", A, B), change("editorial", B, A)],
        [made()],
        [made(), made(manifest=ManifestDigest("3" * 64))],
        [made(), made(B)],
        [made(), sent()],
        [made(), sent(), sent("premier")],
        [made(), sent(), sent(channel="post")],
        [made(), sent(), replied(), replied()],
        [made(), sent(), answered("acknowledgement"), answered("reply"), answered("refusal")],
        [made(), sent(), post("looked", note=""), post("looked", note="")],
        [post("met")],
        [post("reported"), post("reported")],
        [made(), sent(), post("bounced", text=A)],
        [made(), sent(), post("bounced", text=A), sent(), post("bounced", text=A)],
        [made(), sent(), post("bounced", text=A), answered("reply")],
        [made(), sent(channel="post", note="x"), corrects(2), sent(channel="post")],
        [made(), sent(), post("bounced", text=A), corrects(3), answered("reply")],
        [made(), sent(), post("bounced", text=A), corrects(3), post("bounced", text=A)],
        [made(), sent(), replied(), corrects(3), replied(), corrects(5)],
        [post("met"), post("met"), corrects(1), corrects(2)],
        [post("reported"), corrects(1, ""), post("reported")],
        [made(), sent(), post("again", text=A), sent()],
        [made(), sent(), post("again", text=A), sent(), post("again", text=A), sent()],
        [made(), sent(), post("again", text=A), post("again", text=A), sent()],
        [made(), sent(), post("again", text=A), post("bounced", text=A), sent()],
        [made(), sent(), post("again", text=A), sent(), post("bounced", text=A), sent()],
        [erased("ada")],
        [event("signed"), erased("ada", 1)],
        [event("signed"), erased("ada", 1), erased("bo")],
        [event("signed", "bo"), erased("ada"), event("withdrew", "bo")],
    ],
)
def test_it_allows(events: list[Event]) -> None:
    assert refused(*events) == ""


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([change("editorial", A, A)], "has not changed"),
        ([change("editorial", A, B), change("editorial", A, B)], "already recorded as editorial"),
        ([made(), made()], "already recorded as made"),
        ([made(), sent(), corrects(2)], "what went out went out"),
        ([made(), sent(note="x"), corrects(2), replied()], "nothing was sent"),
        ([made(), sent(note="x"), sent(), corrects(2), sent()], "was already sent"),
        ([made(), sent(), post("bounced", text=A), corrects(3), sent()], "was already sent"),
        ([post("met"), corrects(1), corrects(1)], "corrected already, by entry 2"),
        ([post("met"), corrects(1), corrects(2)], "there is no entry 2"),
        ([post("met"), corrects(1, "premier")], "there is no entry 1"),
        ([post("met"), corrects(2)], "there is no entry 2"),
        ([post("met"), corrects(3)], "there is no entry 3"),
        ([post("met"), corrects(1, "")], "there is no entry 1"),
        ([post("reported"), corrects(1)], "there is no entry 1"),
        ([event("signed", "minister"), corrects(1)], "there is no entry 1"),
        ([made(), corrects(1, "")], "there is no entry 1"),
        ([sent()], "no final letter with this text"),
        ([made(B), sent()], "no final letter with this text"),
        ([made(), sent(), sent()], "already sent to this recipient"),
        ([made(), replied()], "nothing was sent"),
        ([made(), sent("premier"), replied()], "nothing was sent"),
        ([made(), sent(), replied(note="")], "with its evidence"),
        ([made(), sent("premier"), answered("reply")], "nothing was sent"),
        ([made(), post("looked")], "nothing was sent"),
        ([made(), post("met"), post("looked")], "nothing was sent"),
        ([post("met", note="")], "with its evidence"),
        ([post("reported", note="")], "with its evidence"),
        ([made(), sent(channel="email"), post("bounced", text=A)], "could have come back"),
        ([made(), sent(), post("bounced", text=B)], "could have come back"),
        ([made(), sent(), post("bounced", text=A), post("bounced", text=A)], "come back"),
        ([made(), sent(), post("bounced", text=A, note="")], "with its evidence"),
        ([made(), post("again", text=A)], "did not go to this recipient that way"),
        ([made(), sent(channel="email"), post("again", text=A)], "did not go to this"),
        ([made(), sent(), post("again", text=B)], "did not go to this recipient that way"),
        ([made(), sent(), post("bounced", text=A), post("again", text=A)], "did not go to this"),
        ([made(), sent(), post("again", text=A, note="")], "with its evidence"),
        ([made(), sent(), post("again", text=A), sent(), sent()], "already sent"),
        (
            [made(), sent(), post("again", text=A), post("bounced", text=A), sent(), sent()],
            "already sent",
        ),
        ([made(), sent("premier"), sent(), post("again", text=A), sent("premier")], "already sent"),
        ([erased("ada"), erased("ada")], "already erased"),
        ([event("signed"), erased("ada", 1), erased("bo", 1)], "were already erased"),
        ([event("signed"), erased("ada", 2)], "came before it"),
        ([event("signed"), erased("ada", 1), event("signed")], "was erased"),
        ([erased("ada"), event("invited")], "was erased"),
    ],
)
def test_it_refuses(events: list[Event], reason: str) -> None:
    assert reason in refused(*events)
    assert "ada" not in refused(*events)


@pytest.mark.parametrize(
    ("before", "then", "reason"),
    [
        ([], event("reminded"), "never invited"),
        ([event("invited")], event("reminded"), ""),
        ([event("invited"), event("reminded")], event("reminded"), ""),
        ([event("invited")], event("reminded", text=SECOND), "an earlier text"),
        ([event("signed")], event("reminded"), "already signed"),
        ([event("signed")], event("reminded", text=SECOND), ""),
        ([event("declined")], event("reminded"), "has declined"),
        ([event("signed"), event("withdrew")], event("reminded"), "has withdrawn"),
    ],
)
def test_a_reminder_needs_something_to_remind_of(
    before: list[Event], then: Event, reason: str
) -> None:
    found = refusal(standing(before), then)
    assert (found.message if found else "").count(reason) if reason else found is None


def reaffirmed(text: str = SECOND, *, shown: bool = True) -> Event:
    evidence = Evidence.of_note("still agrees") if shown else Evidence()
    return Event("reaffirmed", "ada", text_digest(text), evidence)


@pytest.mark.parametrize(
    ("before", "then", "reason"),
    [
        ([event("signed")], reaffirmed(), ""),
        ([event("signed")], reaffirmed(FIRST), "already signed this very text"),
        ([event("signed")], reaffirmed(shown=False), "with its evidence"),
        ([], reaffirmed(), "no signature to reaffirm"),
        ([event("signed"), event("withdrew")], reaffirmed(), "no signature to reaffirm"),
        ([event("signed"), reaffirmed()], reaffirmed(), "already signed this very text"),
        ([event("signed"), reaffirmed()], event("withdrew"), ""),
    ],
)
def test_only_a_signature_can_be_reaffirmed(before: list[Event], then: Event, reason: str) -> None:
    found = refusal(standing(before), then)
    assert (reason in found.message) if found else not reason
    if not found and then.kind == "reaffirmed":
        then_stands = standing([*before, then])
        assert (then_stands.position, then_stands.text) == ("signed", B)


def state(*events: Event, current: TextDigest) -> str:
    return statuses(log(*events), ["ada"], current)[0].state


def test_an_editorial_change_keeps_signatures_and_a_chain_of_them_does() -> None:
    signed = event("signed")
    assert state(signed, current=B) == "stale"
    assert state(signed, change("editorial", A, B), current=B) == "signed"
    assert state(signed, change("editorial", A, B), current=C) == "stale"
    chain = [signed, change("editorial", A, B), change("editorial", B, C)]
    assert state(*chain, current=C) == "signed"
    (ada,) = statuses(log(*chain), ["ada"], C)
    assert ada == SignatoryStatus("ada", "signed", A, AT + dt.timedelta(days=1))


def test_a_substantive_step_anywhere_makes_them_stale_until_they_reaffirm() -> None:
    signed = event("signed")
    assert state(signed, change("substantive", A, B), current=B) == "stale"
    broken = [signed, change("substantive", A, B), change("editorial", B, C)]
    assert state(*broken, current=C) == "stale"
    assert state(*broken, reaffirmed(THIRD), current=C) == "signed"
    assert state(*broken, reaffirmed(SECOND), current=C) == "signed"
    around = [signed, change("editorial", A, B), change("editorial", B, C)]
    assert state(*around, change("substantive", A, C), current=C) == "stale"
    corrected = [signed, change("editorial", A, B), change("substantive", A, B)]
    assert state(*corrected, current=B) == "stale"


def test_an_approval_works_in_its_own_direction_only() -> None:
    assert state(event("signed", text=SECOND), change("editorial", A, B), current=A) == "stale"


def test_nobody_is_signed_without_a_text_whatever_was_approved() -> None:
    assert state(event("signed"), change("editorial", A, B), current=TextDigest("")) == "stale"


def test_who_was_erased_is_erased_and_nobody_else() -> None:
    entries = log(event("signed", "bo"), erased("ada"))
    ada, bo, cy = statuses(entries, ["ada", "bo", "cy"], A)
    assert (ada.state, bo.state, cy.state) == ("erased", "signed", "pending")
    assert ada == SignatoryStatus("ada", "erased")


def test_making_and_sending_letters_does_not_move_the_day_of_the_signatures() -> None:
    assert as_of([]) is None
    first = log(event("signed"))
    assert as_of(first) == first[0].at.date()
    assert (
        as_of(log(event("signed"), made(), sent(), replied(), post("reported")))
        == first[0].at.date()
    )
    assert as_of(log(made(), change("editorial", A, B))) == (AT + dt.timedelta(days=2)).date()


steps = st.tuples(st.sampled_from(["editorial", "substantive"]), *[st.sampled_from([A, B, C])] * 2)


@given(st.lists(steps, max_size=8), st.sampled_from([A, B, C]))
def test_a_signature_never_survives_without_an_unbroken_editorial_path(
    judged: list[tuple[ChangeClass, TextDigest, TextDigest]], current: TextDigest
) -> None:
    events = [change(kind, before, after) for kind, before, after in judged if before != after]
    latest = {
        (e.detail.before, e.text_digest): e.detail.kind
        for e in events
        if isinstance(e.detail, Change)
    }
    reach = {current}
    for _ in range(3):
        reach |= {a for (a, b), kind in latest.items() if kind == "editorial" and b in reach}
    for text in (FIRST, SECOND, THIRD):
        signed = text_digest(text)
        counts = state(event("signed", text=text), *events, current=current) == "signed"
        assert counts == (signed in reach and latest.get((signed, current)) != "substantive")


@pytest.mark.parametrize(
    ("kind", "subject", "text", "detail"),
    [
        ("edit-approved", "", A, None),
        ("edit-approved", "ada", A, Change("editorial", B, "why", "")),
        ("rendered", "", "", Rendering(ManifestDigest("1" * 64))),
        ("rendered", "", A, Mailing("minister")),
        ("sent", "", "", Mailing("minister")),
        ("signed", "ada", A, Rendering(ManifestDigest("1" * 64))),
        ("erased", "ada", "", Erasure((1,), SALT, SALT)),
        ("invited", "/erased", A, None),
    ],
)
def test_an_event_has_the_shape_of_its_kind(
    kind: Kind, subject: str, text: TextDigest, detail: Detail | None
) -> None:
    with pytest.raises(ValueError, match=r"event|approval"):
        Event(kind, subject, text, recorded_by="Ed", detail=detail)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Change("typo", A, "why", ""),  # type: ignore[arg-type]
        lambda: Change("editorial", TextDigest("x"), "why", ""),
        lambda: Change("editorial", A, "", ""),
        lambda: Rendering(ManifestDigest("x")),
        lambda: Mailing(""),
        lambda: Mailing("minister", FileDigest("x")),
        lambda: Correction(0, "minister", "why"),
        lambda: Correction(1, "minister", ""),
        lambda: Erasure((2, 1), SALT, SALT),
        lambda: Erasure((0,), SALT, SALT),
        lambda: Erasure((1,), "x", SALT),
    ],
)
def test_a_detail_has_its_shape(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="wrong shape"):
        make()


def test_nobody_approves_or_corrects_without_a_name() -> None:
    with pytest.raises(ValueError, match="by name"):
        Event("edit-approved", text_digest=B, detail=Change("editorial", A, "why", ""))
    with pytest.raises(ValueError, match="by name"):
        Event("corrected", detail=Correction(1, "minister", "why"))


posts = st.tuples(
    st.sampled_from(["sent", "bounced", "replied", "met", "looked", "reported", "corrected"]),
    st.sampled_from(["minister", "premier"]),
    st.integers(1, 20),
)


@given(st.lists(posts, max_size=20))
def test_what_is_corrected_is_as_if_it_had_not_been_recorded(
    said: list[tuple[Kind, str, int]],
) -> None:
    """Of whatever sequence, the corrected log allows what one without the mistakes would allow."""
    history, taken = History.of(log(made())), log(made())
    for kind, to, number in said:
        detail: Detail | None = Mailing(to)
        if kind == "corrected":
            target = next((one for one in taken if one.number == number), taken[0])
            detail = Correction(number, "" if target.event.kind == "reported" else to, "a slip")
        elif kind == "reported":
            detail = None
        by_hand, text = Evidence.of_note("x"), A if kind in ("sent", "bounced") else NO_TEXT
        one = Event(kind, "", text, by_hand, "post", recorded_by="Ed", detail=detail)
        if not history.refusal(one, len(taken) + 1):
            entry = Entry(len(taken) + 1, AT, one)
            history.add(entry)
            taken.append(entry)
    left = standing_entries(taken)
    assert len(left) == len(taken) - 2 * len(history.corrections)
    clean = History.of(left)
    assert {to: went for to, went in history.mailings.items() if went} == {
        to: went for to, went in clean.mailings.items() if went
    }
