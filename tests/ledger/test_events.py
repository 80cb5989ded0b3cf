from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.digests import FileDigest, ManifestDigest, TextDigest
from letters.framed import digest as text_digest
from letters.ledger.details import Answer, Change, Correction, Erasure, Mailing, Rendering
from letters.ledger.errors import DamagedLogError
from letters.ledger.events import (
    Entry,
    Event,
    Evidence,
    commitment,
    decode,
    encode,
    unseal,
)

from .samples import AT, FIRST, event

ENTRY = Entry(7, AT, event("signed", subject="ада", note='said "yes"\n\x1b'))
BODY = (
    '{"at":"2026-01-02T03:04:05Z","channel":"e-mail",'
    '"evidence":{"digest":"395be6abb8619e76f7e74f2e92b4387b4221fb59ce461da9782e5e834440105b",'
    '"kind":"note","note":"said \\"yes\\"\\n\\u001b"},"kind":"signed","number":7,'
    '"recorded_by":"desk","stated_at":"2026-01-01","subject":"ада",'
    f'"text_digest":"{text_digest(FIRST)}"}}'
).encode()

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)


def test_it_writes_one_entry_in_one_way_only() -> None:
    assert encode(ENTRY) == BODY


def test_a_commitment_can_be_recomputed_with_nothing_but_sha256() -> None:
    salt = bytes(range(32))
    expected = hashlib.sha256(b"letters/ledger/v1/entry\x00" + salt + BODY).digest()
    assert commitment(salt, BODY) == expected


@given(
    number=st.integers(1, 2**40),
    at=st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001 (made UTC)
    subject=words.filter(lambda word: word and word[0] != "/"),
    digest=digests,
    evidence=st.one_of(
        st.just(Evidence()),
        words.filter(bool).map(Evidence.of_note),
        st.builds(Evidence.of_file, st.binary(max_size=9), words),
    ),
    channel=words,
    recorded_by=words,
    stated_at=st.none() | st.dates(),
)
def test_any_entry_comes_back_as_it_was(
    number: int,
    at: dt.datetime,
    subject: str,
    digest: TextDigest,
    evidence: Evidence,
    channel: str,
    recorded_by: str,
    stated_at: dt.date | None,
) -> None:
    said = Event("declined", subject, digest, evidence, channel, recorded_by, stated_at)
    entry = Entry(number, at.replace(microsecond=0, tzinfo=dt.UTC), said)
    assert decode(number, encode(entry)) == entry


CHANGE = Change("editorial", TextDigest("1" * 64), "a comma", "[-a-]{+b+}\n")
APPROVAL = Event("edit-approved", "", TextDigest("2" * 64), recorded_by="Ed", detail=CHANGE)


def test_a_detail_is_one_more_key_and_only_where_there_is_one() -> None:
    body = encode(Entry(3, AT, APPROVAL))
    assert (
        body
        == (
            '{"at":"2026-01-02T03:04:05Z","channel":"","detail":{"class":"editorial",'
            '"diff":"[-a-]{+b+}\\n","from":"' + "1" * 64 + '","why":"a comma"},'
            '"evidence":{"digest":"","kind":"none","note":""},"kind":"edit-approved","number":3,'
            '"recorded_by":"Ed","stated_at":"","subject":"","text_digest":"' + "2" * 64 + '"}'
        ).encode()
    )
    assert json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode() == body
    assert "detail" not in json.loads(BODY)


@pytest.mark.parametrize(
    "said",
    [
        APPROVAL,
        Event("rendered", "", TextDigest("2" * 64), detail=Rendering(ManifestDigest("3" * 64))),
        Event(
            "sent",
            "",
            TextDigest("2" * 64),
            channel="e-mail",
            detail=Mailing("minister", FileDigest("3" * 64)),
        ),
        Event("replied", evidence=Evidence.of_note("thanks"), detail=Mailing("minister")),
        Event("replied", evidence=Evidence.of_note("thanks"), detail=Answer("minister", "refusal")),
        Event("looked", detail=Mailing("minister")),
        Event("corrected", recorded_by="Ed", detail=Correction(2, "minister", "a slip")),
        Event("corrected", recorded_by="Ed", detail=Correction(2, "", "a slip")),
        Event("erased", recorded_by="desk", detail=Erasure.of("ada", (1, 2), "4" * 64)),
        Event("erased", detail=Erasure.of("ада", (), "4" * 64)),
    ],
)
def test_an_entry_with_a_detail_comes_back_as_it_was_and_in_no_other_form(said: Event) -> None:
    body = encode(Entry(3, AT, said))
    assert decode(3, body) == Entry(3, AT, said)
    more = body.replace(b'"detail":{', b'"detail":{"also":1,')
    none = body.replace(b'"detail":{', b'"retail":{')
    for forged in (
        more,
        none,
        body.replace(b"[1,2]", b"[1,2.0]"),
        body.replace(b'"corrects":2', b'"corrects":2.0'),
        body.replace(b'"corrects":2', b'"corrects":true'),
        body.replace(b'"corrects":2', b'"corrects":"2"'),
        body.replace(b'"corrects":2', b'"corrects":0'),
        body.replace(b'"a comma"', b"5"),
    ):
        if forged != body:
            with pytest.raises(DamagedLogError):
                decode(3, forged)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"a":' * 100_000,
        BODY.replace(b'":', b'": '),
        BODY.replace(b'"signed"', b'"elected"'),
        BODY.replace(b'"number":7', b'"number":8'),
        BODY.replace(b'"number":7', b'"number":7.0'),
        BODY.replace(b'"desk"', b"null"),
        BODY.replace(b'"subject"', b'"other":"x","subject"'),
        BODY.replace(b"05Z", b"05+00:00"),
        BODY.replace(b"2026-01-02T", b"2026-13-02T"),
        BODY.replace(b"2026-01-01", b"20260101"),
        BODY.replace("ада".encode(), b"\\u0430\\u0434\\u0430"),
        BODY.replace(b"said", b"Said"),
    ],
)
def test_it_refuses_a_body_that_it_would_not_have_written(body: bytes) -> None:
    with pytest.raises(DamagedLogError, match="entry 7"):
        decode(7, body)


def test_nothing_is_read_that_was_not_committed_to() -> None:
    salt = bytes(32)
    forged = BODY.replace(b"2026-01-01", b"2026-01-03")
    assert unseal(7, commitment(salt, BODY), salt, BODY) == ENTRY
    with pytest.raises(DamagedLogError, match="changed"):
        unseal(7, commitment(salt, BODY), salt, forged)
    with pytest.raises(DamagedLogError, match="lost"):
        unseal(7, commitment(salt, BODY), None, None)


def test_evidence_is_kept_by_its_digest_and_never_by_a_file_name() -> None:
    scan = Evidence.of_file(b"%PDF", "by post")
    assert scan == Evidence("file", FileDigest(hashlib.sha256(b"%PDF").hexdigest()), "by post")
    assert Evidence.of_note("yes").digest == hashlib.sha256(b"yes").hexdigest()
    assert set(json.loads(BODY)["evidence"]) == {"digest", "kind", "note"}


@pytest.mark.parametrize(
    ("kind", "digest", "note"),
    [
        ("none", "", "a remark"),
        ("none", "0" * 64, ""),
        ("note", "0" * 64, "yes"),
        ("note", text_digest(""), ""),
        ("file", "", ""),
        ("file", "A" * 64, ""),
        ("oath", "", ""),
    ],
)
def test_it_refuses_evidence_that_contradicts_itself(kind: str, digest: str, note: str) -> None:
    with pytest.raises(ValueError, match="evidence"):
        Evidence(kind, digest, note)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "subject", "digest"),
    [
        ("signed", "ada", ""),
        ("invited", "ada", ""),
        ("signed", "", "0" * 64),
        ("signed", "ada", "0" * 63),
        ("signed", "ada", "0" * 64 + "\n"),
        ("elected", "ada", "0" * 64),
    ],
)
def test_it_refuses_an_event_of_the_wrong_shape(kind: str, subject: str, digest: str) -> None:
    with pytest.raises(ValueError, match=r"event|text"):
        Event(kind, subject, digest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "at",
    [
        AT.replace(tzinfo=None),
        AT.replace(microsecond=1),
        AT.astimezone(dt.timezone(dt.timedelta(hours=2))),
    ],
)
def test_times_are_utc_in_whole_seconds(at: dt.datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        Entry(1, at, event("signed"))
