"""Who can be reached by which way: an address decides, and most ways need none."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign import addressing
from letters.campaign.forms import Chain, FormFile
from letters.campaign.people import Recipient
from letters.campaign.reach import is_reachable, obstacle
from letters.channels import Channel, channel_of

HOME = {"street": "1 Elm Street", "city": "Ottawa", "country": "CA"}


def recipient(**more: Any) -> Recipient:
    return Recipient.model_validate({"id": "ann", "name": "Ann Birch", **more})


@pytest.mark.parametrize(
    ("record", "lacking"),
    [
        ({}, {Channel.EMAIL: "has no e-mail address", Channel.POST: "has no postal address"}),
        ({"email": "ann@example.org"}, {Channel.POST: "has no postal address"}),
        ({"address": HOME}, {Channel.EMAIL: "has no e-mail address"}),
        ({"address": HOME, "email": "ann@example.org"}, {}),
    ],
)
@pytest.mark.parametrize("channel", Channel)
def test_what_stands_in_the_way(
    record: dict[str, Any], lacking: dict[Channel, str], channel: Channel
) -> None:
    who = recipient(**record)
    assert obstacle(who, channel) == lacking.get(channel, "")
    assert is_reachable(who, channel) is (channel not in lacking)


@pytest.mark.parametrize("language", ["en", "fr", "fr-CA", "ar"])
def test_the_address_of_an_office_counts_in_whatever_language_it_is(language: str) -> None:
    form = FormFile.model_validate({"languages": {language: {"address": HOME}}})
    who = recipient().with_forms(Chain([form]))
    assert is_reachable(who, Channel.POST)
    assert all(addressing.address(who, tag) for tag in ("en", "fr", "de"))


def test_a_word_of_the_log_is_a_channel_or_none() -> None:
    assert [channel_of(each.value) for each in Channel] == [*Channel]
    assert channel_of("by pigeon") is None
    assert len({each.how for each in Channel}) == len({each.gone for each in Channel}) == 5
