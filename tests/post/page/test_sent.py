"""What the page says of each recipient, and in which order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, get_args

import pytest

from letters.post.answers.progress import State, progress
from letters.post.correspondence import Correspondence
from letters.post.page.sent import STATES, SentRow, counts, due, rows

from .sample import EARLIER, TEXT, TODAY, Log, campaign, recipient, signatory

if TYPE_CHECKING:
    from letters.campaign.model import Campaign


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Ten recipients; an answer is due on 1 October."""
    people = [recipient(n, office="") if n == 3 else recipient(n) for n in range(10)]
    people[3].pop("office")
    return campaign(tmp_path_factory.mktemp("sent") / "campaign", [signatory(0)], people)


def told(letter: Campaign, log: Log) -> dict[str, SentRow]:
    known = progress(letter, Correspondence.of(log.entries), log.items, TEXT)
    return {row.name.split()[1]: row for row in rows(letter, known, TEXT, TODAY)}


def test_every_state_has_words_of_its_own() -> None:
    assert set(get_args(State)) <= STATES.keys()
    words = [words for words, _ in STATES.values()]
    assert len(set(words)) == len(words)
    assert not any("deliver" in said for said in words)


def test_each_way_is_told_in_words_that_are_true(letter: Campaign) -> None:
    log = Log()
    for number, channel in enumerate(("email", "post", "fax", "hand", "form", "Sam’s neighbour")):
        log.send(0, f"member-{number}", channel)
    log.bounce(1, "member-0")
    log.send(2, "member-1", "email", text=EARLIER)
    log.send(2, "member-6", "email", text=EARLIER)
    log.send(3, "member-5", "email", noted=True)
    log.hold("member-7", "in_doubt")
    log.hold("member-8", "failed")
    log.hold("member-9", "deferred")
    found = told(letter, log)
    history = {key: [(s.words, s.after) for s in row.steps] for key, row in found.items()}
    assert history == {
        "0": [("e-mail accepted by the server", "came back")],
        "1": [("posted", ""), ("e-mail accepted by the server", "an earlier text")],
        "2": [("faxed", "")],
        "3": [("handed over", "")],
        "4": [("entered in a web form", "")],
        "5": [("sent", ""), ("sent by e-mail", "")],
        "6": [("e-mail accepted by the server", "an earlier text")],
        "7": [("in doubt", "")],
        "8": [("not accepted by the server", "")],
        "9": [("not accepted yet", "")],
    }
    assert {key: row.words for key, row in found.items()} == {
        **dict.fromkeys("12345", "sent, no answer recorded"),
        "0": "came back",
        "6": "sent an earlier text",
        "7": "may or may not have gone out",
        "8": "not accepted by the mail server",
        "9": "not accepted yet, to be tried again",
    }
    assert [found[key].was_sent for key in "0167"] == [False, True, True, False]
    assert found["0"].office == "Member for District 0"
    assert found["3"].office == ""


def test_who_is_due_first_stands_first_and_who_has_answered_last(letter: Campaign) -> None:
    log = Log()
    for number in (0, 1, 2, 3):
        log.send(0, f"member-{number}")
    log.answer(30, "member-0", "acknowledgement")  # after the deadline: counted anew
    log.answer(5, "member-1", "reply")
    log.answer(5, "member-2", "refusal")
    log.look(8, "member-3")
    log.hold("member-4", "in_doubt")
    found = told(letter, log)
    assert list(found)[:3] == ["3", "0", "4"]
    assert list(found)[-2:] == ["2", "1"]
    assert (found["3"].due, found["3"].left) == (dt.date(2025, 10, 1), -9)
    assert found["3"].looked == dt.date(2025, 9, 12)
    assert (found["1"].due, found["1"].left, found["1"].words) == (None, None, "answered")
    days = due(list(found.values()))
    assert [(one.left, one.names) for one in days] == [
        (-9, ("Member 3 of the Long Name",)),
        (found["0"].left, ("Member 0 of the Long Name",)),
    ]
    assert days[1].left > 0
    assert counts(list(found.values())) == (
        ("may or may not have gone out", "stuck", 1),
        ("sent, no answer recorded", "waiting", 1),
        ("acknowledged, no answer recorded", "waiting", 1),
        ("not sent", "open", 5),
        ("refused", "done", 1),
        ("answered", "done", 1),
    )
