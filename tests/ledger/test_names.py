"""Somebody gets another id: the same person, in every fold, in each order, and in the file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.digests import FileDigest, ManifestDigest, MessageDigest
from letters.framed import digest as text_digest
from letters.ledger import note, receipt, verify_receipt
from letters.ledger.details import Answer, Mailing, Renaming, Rendering
from letters.ledger.errors import RefusedError
from letters.ledger.events import Entry, Event, Evidence, decode, encode
from letters.ledger.export import as_csv, as_jsonl
from letters.ledger.history import History
from letters.ledger.names import Names, as_now, recipient_track
from letters.ledger.status import as_of, statuses
from letters.ledger.store import Ledger

from .samples import AT, FIRST, SECOND, event, judged, log, record, refused, taken

A = text_digest(FIRST)
FILE = FileDigest("2" * 64)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
IDS = ("ada", "bo", "cy", "dee", "eve")
TO = ("minister", "premier", "speaker")


def renamed(before: str, after: str) -> Event:
    return Event("renamed", after, detail=Renaming(before))


def moved(before: str, after: str) -> Event:
    return Event("renamed", detail=Renaming(before, after))


def made() -> Event:
    return Event("rendered", text_digest=A, detail=Rendering(ManifestDigest("1" * 64)))


def sent(to: str, file: FileDigest = FILE) -> Event:
    return Event("sent", text_digest=A, channel="post", detail=Mailing(to, file))


def replied(to: str) -> Event:
    return Event("replied", evidence=Evidence.of_note("thanks"), detail=Answer(to, "reply"))


@pytest.mark.parametrize(
    "one",
    [
        renamed("ada", "ab"),
        moved("minister", "premier"),
        Event("renamed", "b", detail=Renaming("a")),
    ],
)
def test_a_renaming_reads_back_as_it_was_written(one: Event) -> None:
    entry = Entry(1, AT, one)
    assert decode(1, encode(entry)) == entry
    assert one.track == "/renamed"


@pytest.mark.parametrize(
    ("subject", "detail"),
    [("", Renaming("ada")), ("bo", Renaming("ada", "cy")), ("bo", None), ("bo", Mailing("bo"))],
)
def test_a_renaming_has_the_shape_of_its_kind(subject: str, detail: object) -> None:
    with pytest.raises(ValueError, match="event"):
        Event("renamed", subject, detail=detail)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="wrong shape"):
        Renaming("/ada")


@pytest.mark.parametrize(
    "events",
    [
        [event("signed"), renamed("ada", "s-1")],
        [event("signed"), renamed("ada", "s-1"), renamed("s-1", "s-2")],
        [event("signed"), renamed("ada", "s-1"), renamed("s-1", "ada")],
        [event("signed"), renamed("ada", "s-1"), renamed("s-1", "ada"), renamed("ada", "s-1")],
        [event("signed"), renamed("ada", "s-1"), event("withdrew", "s-1")],
        [event("signed"), renamed("ada", "s-1"), renamed("s-1", "ada"), event("withdrew")],
        [event("signed"), event("signed", "bo"), renamed("ada", "s-1"), renamed("bo", "s-2")],
        [made(), sent("minister"), moved("minister", "premier"), replied("premier")],
        [made(), sent("minister"), moved("minister", "bo"), event("invited", "bo")],
        [event("invited", "minister"), made(), sent("minister"), moved("minister", "premier")],
    ],
)
def test_it_allows(events: list[Event]) -> None:
    for size in range(1, len(events) + 1):
        assert refused(*events[:size]) == ""


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([renamed("ada", "s-1")], "nothing is recorded"),
        ([event("signed"), renamed("ada", "ada")], "already"),
        ([event("signed"), event("invited", "bo"), renamed("ada", "bo")], "somebody else"),
        ([event("signed"), renamed("ada", "s-1"), event("withdrew")], "given up"),
        ([event("signed"), renamed("ada", "s-1"), renamed("ada", "s-2")], "given up"),
        (
            [event("signed"), event("invited", "bo"), renamed("ada", "s-1"), renamed("bo", "ada")],
            "somebody else",
        ),
        (  # an id that was in between, and under which nothing else is recorded
            [event("signed"), event("invited", "bo"), renamed("ada", "s-1"), renamed("s-1", "s-2"), renamed("bo", "s-1")],
            "somebody else",
        ),
        ([event("signed"), renamed("ada", "s-1"), event("signed", "s-1")], "already signed"),
        ([made(), moved("minister", "premier")], "nothing is recorded"),
        ([made(), sent("minister"), moved("minister", "premier"), sent("premier")], "already sent"),
        ([made(), sent("minister"), moved("minister", "premier"), sent("minister")], "given up"),
        ([made(), sent("minister"), moved("minister", "premier"), replied("minister")], "given up"),
        ([made(), sent("minister"), sent("premier"), moved("minister", "premier")], "somebody else"),
    ],
)  # fmt: skip
def test_it_refuses(events: list[Event], reason: str) -> None:
    said = refused(*events)
    assert reason in said
    assert not any(name in said.split() for name in (*IDS, *TO))


# --- every history, with and without renamings -------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("do"),
            st.sampled_from(["invited", "reminded", "signed", "declined", "withdrew"]),
            st.sampled_from(IDS[:3]),
            st.sampled_from([FIRST, SECOND]),
        ),
        st.tuples(st.just("send"), st.sampled_from(TO[:2]), st.sampled_from(["2" * 64, "3" * 64])),
        st.tuples(st.just("reply"), st.sampled_from(TO[:2])),
        st.tuples(st.just("rename"), st.sampled_from(IDS[:3]), st.integers(0, 3)),
        st.tuples(st.just("move"), st.sampled_from(TO[:2]), st.integers(0, 3)),
        st.tuples(st.just("erase"), st.sampled_from(IDS[:3])),
    ),
    max_size=24,
)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_a_log_with_renamings_says_what_it_says_without(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, ...]]
) -> None:
    """Two logs hear of the same; in one, people have the same id throughout."""
    folder = tmp_path_factory.mktemp("pair")
    plain, several = folder / "plain.db", folder / "several.db"
    called = {name: name for name in (*IDS, *TO, "zoe")}  # in the log with renamings, right now
    gone = set[str]()
    with Ledger.open(plain) as one, Ledger.open(several) as other:
        record(one, made_of(FIRST))
        record(other, made_of(FIRST))
        for ledger in (one, other):
            ledger.append(made(), at=AT)
        for step in steps:
            match step:
                case ("do", kind, name, text):
                    first = tried(one, event(kind, name, text))  # type: ignore[arg-type]
                    then = tried(other, event(kind, called[name], text))  # type: ignore[arg-type]
                    assert first == then
                case ("send", name, file):
                    assert tried(one, sent(name, FileDigest(file))) == tried(
                        other, sent(called[name], FileDigest(file))
                    )
                case ("reply", name):
                    assert tried(one, replied(name)) == tried(other, replied(called[name]))
                case ("rename", name, number) if name not in gone:
                    new = f"{name}-{number}" if number else name
                    if not tried(other, renamed(called[name], new)):
                        called[name] = new
                case ("move", name, number):
                    new = f"{name}-{number}" if number else name
                    if not tried(other, moved(called[name], new)):
                        called[name] = new
                case ("erase", name) if name not in gone:
                    one.erase(name, at=AT)
                    other.erase(called[name], at=AT)
                    gone.add(name)
        names = IDS[:3]
        before = statuses(one.entries(), names, A)
        after = statuses(other.entries(), [called[name] for name in names], A)
        assert [(s.state, s.digest) for s in before] == [(s.state, s.digest) for s in after]
        mine, its = one.history(), other.history()
        assert {called[key]: value for key, value in mine.mailings.items()} == its.mailings
        assert {called[key]: value for key, value in mine.people.items()} == its.people
        folded = History.of(other.entries())
        assert (folded.people, folded.mailings) == (its.people, its.mailings)
        shown = as_jsonl(other.entries()) + as_csv(other.entries())
        given_up = {each for each in called_before(other) if each not in called.values()}
        assert not any(f'"{each}"' in shown or f",{each}," in shown for each in given_up)
    assert judged(several).sound
    assert judged(plain).sound


def made_of(text: str) -> Event:
    """Something that brings a text into the log, of somebody who plays no part."""
    return event("invited", "zoe", text)


def tried(ledger: Ledger, what: Event) -> str:
    """Why it was refused; "" where it was recorded."""
    try:
        record(ledger, what)
    except RefusedError as error:
        return error.message
    return ""


def called_before(ledger: Ledger) -> set[str]:
    found = set[str]()
    for entry in ledger._recorded():
        if isinstance(entry.event.detail, Renaming):
            found.add(entry.event.detail.before)
    return found


# --- in the file ----------------------------------------------------------------------------------


def test_everything_follows_and_no_old_byte_changes(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("invited"), event("signed"), event("signed", "bo"))
    before = taken(path)
    with Ledger.open(path) as ledger:
        record(ledger, renamed("ada", "signer-07"))
        assert [e.event.subject for e in ledger.entries()] == ["signer-07"] * 2 + [
            "bo",
            "signer-07",
        ]
        assert ledger.knows("signer-07")
        assert ledger.knows("ada")
        assert not ledger.knows("signer-08")
        with pytest.raises(RefusedError, match="already signed"):
            record(ledger, event("signed", "signer-07"))
        record(ledger, event("withdrew", "signer-07"))
        assert [s.state for s in statuses(ledger.entries(), ["signer-07", "bo"], A)] == [
            "withdrawn",
            "signed",
        ]
    after = taken(path)
    assert after.leaves[:3] == before.leaves
    assert after.openings[:3] == before.openings
    assert judged(path).sound


def test_a_receipt_holds_all_of_one_person_and_the_new_id(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("invited"), event("signed"), event("signed", "bo"))
        ledger.add_signer(note.public_bytes(KEY))
        record(ledger, renamed("ada", "s-1"), renamed("s-1", "s-2"), event("withdrew", "s-2"))
        made = {who: receipt.make(ledger, who, KEY) for who in ("ada", "s-1", "s-2", "bo")}
    assert made["ada"] == made["s-2"] == made["s-1"]
    proved = verify_receipt.proved(json.loads(made["s-2"]))
    assert [one["number"] for one in proved] == [1, 2, 4, 5, 6]
    assert [one["subject"] for one in proved] == ["ada", "ada", "s-1", "s-2", "s-2"]
    assert [one["number"] for one in verify_receipt.proved(json.loads(made["bo"]))] == [3]


@pytest.mark.parametrize("said", ["ada", "s-1", "s-2"])
def test_erasing_takes_every_id_and_none_is_taken_up_again(path: Path, said: str) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed", note="Zerelda said so"), event("signed", "bo"))
        record(ledger, renamed("ada", "s-1"), renamed("s-1", "s-2"), event("withdrew", "s-2"))
        erased = ledger.erase(said, at=AT)
        assert erased.numbers == (1, 3, 4, 5)
        assert [e.event.kind for e in ledger.entries()] == ["signed", *["erased"] * 3]
        for name in ("ada", "s-1", "s-2"):
            assert ledger.history().is_erased(name)
            with pytest.raises(RefusedError, match="was erased"):
                record(ledger, event("invited", name))
            with pytest.raises(RefusedError, match="already erased"):
                ledger.erase(name, at=AT)
            with pytest.raises(RefusedError, match="was erased"):
                record(ledger, renamed("bo", name))
        whole = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for gone in (b"Zerelda", b'"ada"', b'"s-1"', b'"s-2"'):
        assert gone not in whole
    assert judged(path).sound


def test_one_person_among_several_with_other_ids_is_erased_alone(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"), event("signed", "bo"))
        record(ledger, renamed("ada", "s-1"), renamed("bo", "s-2"))
        assert ledger.erase("s-1", at=AT).numbers == (1, 3)
        assert [s.state for s in statuses(ledger.entries(), ["s-1", "s-2"], A)] == [
            "erased",
            "signed",
        ]
        record(ledger, event("withdrew", "s-2"))
    assert judged(path).sound


def test_a_recipient_and_a_signatory_of_one_id_are_two(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed", "minister"))
        for one in (made(), sent("minister"), moved("minister", "premier")):
            ledger.append(one, at=AT)
        record(ledger, event("withdrew", "minister"))
        found = ledger.entries()
        assert [e.event.subject for e in found if e.event.subject] == ["minister"] * 2
        assert found[2].event.detail == Mailing("premier", FileDigest("2" * 64))
        assert ledger.ids().all(recipient_track("premier")) == (
            recipient_track("minister"),
            recipient_track("premier"),
        )
    assert judged(path).sound


def test_what_is_on_its_way_goes_by_the_new_id(path: Path) -> None:
    from letters.ledger.outgoing import Item

    item = Item(
        A,
        "minister",
        "email",
        "<1@x>",
        MessageDigest("4" * 64),
        "a@x.org",
        ("m@x.org",),
        (),
        "",
        "",
    )
    with Ledger.open(path) as ledger:
        with ledger.change() as change:
            change.outgoing.put(item)
        beat = ledger.pulse()
        with ledger.change() as change:
            assert change.outgoing.rename("minister", "premier")
            assert not change.outgoing.rename("minister", "premier")
        assert [one.recipient for one in ledger.outgoing()] == ["premier"]
        assert ledger.pulse() == beat + 1


def test_another_id_moves_no_day_and_no_checkpoint_of_the_signatures(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
        day, checkpoint = as_of(ledger.entries()), ledger.checkpoint_of_signatures()
        ledger.append(renamed("ada", "s-1"), at=AT + dt.timedelta(days=9))
        assert as_of(ledger.entries()) == day
        assert ledger.checkpoint_of_signatures() == checkpoint


def test_entries_without_renamings_are_handed_on_as_they_are() -> None:
    entries = tuple(log(event("signed"), made()))
    assert as_now(entries) is entries
    assert not Names.of(entries)
