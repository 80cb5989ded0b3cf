"""A rehearsal reaches oneself and nobody else, and can't be taken for the mail itself."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from letters.digests import TextDigest
from letters.post.address import UnfitError
from letters.post.mime import Mailbox
from letters.post.plan import Parcel
from letters.post.ready_messages import Ready, seal
from letters.post.rehearsal import rehearsed

from .mail import MAIL, boxes

COPIES = (Mailbox("", "desk@example.org"), Mailbox("", "archive@example.org"))


def message() -> Ready:
    parcel = Parcel(0, "prime-minister", ())
    return seal(parcel, replace(MAIL, copies=COPIES), TextDigest("ab" * 32))


def test_it_goes_to_oneself_alone_and_says_so() -> None:
    real, [test] = message(), rehearsed([message()], "me@example.org")
    assert real.sealed.item.addresses == (
        "office@example.com",
        "desk@example.org",
        "archive@example.org",
    )
    assert test.sealed.item.addresses == ("me@example.org",)
    assert boxes(test.sealed.data, "To") == [("Mark Carney", "me@example.org")]
    for address in real.sealed.item.addresses:
        assert address.encode() not in test.sealed.data
    assert test.mail.subject == "[Test: prime-minister] Three questions"


def test_each_has_a_message_id_of_its_own() -> None:
    tests = rehearsed([message(), message()], "me@example.org")
    ids = {each.sealed.item.message_id for each in (message(), *tests)}
    assert len(ids) == 3


def test_an_address_that_can_not_be_is_refused() -> None:
    with pytest.raises(UnfitError):
        rehearsed([message()], "me@example.org, you@example.org")
