"""For which editions a signature counts: over changes and translations that were answered for."""

from __future__ import annotations

import itertools

import pytest

from letters import framed
from letters.digests import TextDigest
from letters.ledger.details import Change, ChangeClass, Translation
from letters.ledger.editions import KnownEditions, with_current_text
from letters.ledger.events import Entry, Event, Evidence, Kind, decode, encode
from letters.ledger.history import History
from letters.ledger.status import SignatoryStatus, statuses

from .samples import AT

NOTE = Evidence.of_note("by telephone")


class Log:
    """Texts by what they say in each language, and what happened to them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.texts: dict[TextDigest, str] = {}

    def text(self, form: str = framed.FORMAT, **said: str) -> TextDigest:
        text = framed.combined(said.items(), form)
        self.texts[framed.digest(text)] = text
        return framed.digest(text)

    def add(self, event: Event) -> None:
        number = len(self.entries) + 1
        assert History.of(self.entries).refusal(event, number) is None
        self.entries.append(Entry(number, AT, event))

    def sign(self, text: TextDigest, kind: Kind = "signed", who: str = "ada") -> None:
        self.add(Event(kind, who, text, NOTE))

    def judge(self, before: TextDigest, after: TextDigest, kind: ChangeClass = "editorial") -> None:
        detail = Change(kind, before, "a comma", "-")
        self.add(Event("edit-approved", "", after, recorded_by="Ed", detail=detail))

    def translate(self, text: TextDigest, source: str = "en", language: str = "fr") -> None:
        detail = Translation(source, language, "compared")
        self.add(Event("edit-approved", "", text, recorded_by="Ed", detail=detail))

    def ada(self, former: dict[str, str] | None = None, **now: str) -> SignatoryStatus:
        """Where ada stands when the letter says that."""
        current = self.text(**now)
        own = {
            tag: [
                framed.digest(framed.combined([(tag, said)])),
                framed.digest(framed.combined([(tag, (former or now)[tag])], framed.FORMER)),
            ]
            for tag, said in now.items()
        }
        known = {digest: framed.editions(text) for digest, text in self.texts.items()}
        [found] = statuses(self.entries, ["ada"], current, words=KnownEditions(own, known))
        return found

    def stands(self, former: dict[str, str] | None = None, **now: str) -> tuple[str, ...]:
        found = self.ada(former, **now)
        assert found.state == ("signed" if found.editions else "stale")
        return found.editions


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_new_edition_leaves_the_others_as_they_are(log: Log) -> None:
    log.sign(log.text(en="a"))
    assert log.stands(en="a") == ("en",)
    assert log.stands(en="a", fr="b", de="c") == ("en",)
    assert log.ada(en="a", fr="b").outdated == ()
    assert log.stands(fr="b") == ()


def test_each_edition_stands_by_itself(log: Log) -> None:
    log.sign(log.text(en="a", fr="b"))
    assert log.stands(en="a", fr="b") == ("en", "fr")
    assert log.stands(en="a", fr="B") == ("en",)
    assert log.ada(en="a", fr="B").outdated == ("fr",)
    assert log.stands(en="A", fr="b") == ("fr",)
    assert log.stands(en="A", fr="B") == ()
    assert log.stands(en="a") == ("en",)


def test_the_same_words_in_another_language_are_another_edition(log: Log) -> None:
    log.sign(log.text(en="a"))
    assert log.stands(fr="a") == ()


def test_languages_may_be_signed_one_after_the_other(log: Log) -> None:
    log.sign(log.text(en="a"))
    log.sign(log.text(fr="b"))
    assert log.stands(en="a", fr="b") == ("en", "fr")
    log.sign(log.text(en="A"), "reaffirmed")
    assert log.stands(en="A", fr="b") == ("en", "fr")
    assert log.stands(en="a", fr="b") == ("fr",)


def test_a_withdrawal_is_from_all_of_them(log: Log) -> None:
    log.sign(log.text(en="a"))
    log.sign(log.text(fr="b"))
    log.add(Event("withdrew", "ada"))
    assert log.ada(en="a", fr="b").state == "withdrawn"
    log.sign(log.text(fr="b"))
    assert log.stands(en="a", fr="b") == ("fr",)


def test_an_editorial_change_keeps_what_it_was_judged_on(log: Log) -> None:
    first, second = log.text(en="a", fr="b"), log.text(en="A", fr="B")
    log.sign(first)
    log.judge(first, second)
    assert log.stands(en="A", fr="B") == ("en", "fr")
    assert log.stands(en="A", fr="x") == ("en",)
    log.judge(second, log.text(en="A", fr="x"))
    assert log.stands(en="A", fr="x") == ("en", "fr")


def test_a_change_of_one_text_is_not_one_of_a_language_that_it_lacks(log: Log) -> None:
    first = log.text(en="a")
    log.sign(first)
    log.judge(first, log.text(en="A", fr="B"))
    assert log.stands(en="A", fr="B") == ("en",)


def test_a_substantive_change_ends_what_it_was_judged_on_and_nothing_else(log: Log) -> None:
    first, second = log.text(en="a", fr="b"), log.text(en="A", fr="b")
    log.sign(first)
    log.judge(first, second, "substantive")
    assert log.stands(en="A", fr="b") == ("fr",)
    middle = log.text(en="m", fr="b")
    log.judge(first, middle)
    log.judge(middle, second)
    assert log.stands(en="A", fr="b") == ("fr",)


@pytest.mark.parametrize("last", ["editorial", "substantive"])
def test_of_two_verdicts_on_one_step_the_last_counts(log: Log, last: ChangeClass) -> None:
    first, second = log.text(en="a"), log.text(en="A")
    log.sign(first)
    other: ChangeClass = "substantive" if last == "editorial" else "editorial"
    log.judge(first, second, last)
    log.judge(first, second, other)
    log.judge(first, second, last)
    assert log.stands(en="A") == (("en",) if last == "editorial" else ())
    # The same step of this language, among others.
    log.judge(log.text(en="a", fr="b"), log.text(en="A", fr="B"), other)
    assert log.stands(en="A") == (("en",) if other == "editorial" else ())


def test_who_signed_the_source_stands_under_a_translation_that_was_answered_for(log: Log) -> None:
    log.sign(log.text(en="a"))
    log.translate(log.text(en="a", fr="b"))
    assert log.stands(en="a", fr="b") == ("en", "fr")
    assert log.stands(en="a", fr="b", de="c") == ("en", "fr")
    assert log.stands(en="a", fr="B") == ("en",)
    assert log.stands(en="A", fr="b") == ("fr",)


def test_not_the_other_way_round(log: Log) -> None:
    log.sign(log.text(fr="b"))
    log.translate(log.text(en="a", fr="b"))
    assert log.stands(en="a", fr="b") == ("fr",)


def test_steps_of_both_kinds_follow_each_other(log: Log) -> None:
    log.sign(log.text(en="a"))
    log.judge(log.text(en="a"), log.text(en="A"))
    log.translate(log.text(en="A", fr="b"))
    log.judge(log.text(en="A", fr="b"), log.text(en="A", fr="B"))
    assert log.stands(en="A", fr="B") == ("en", "fr")
    log.judge(log.text(en="a", fr="b"), log.text(en="x", fr="B"), "substantive")
    assert log.stands(en="A", fr="B") == ("en",)


def test_a_translation_is_answered_for_once(log: Log) -> None:
    text = log.text(en="a", fr="b")
    log.translate(text)
    again = log.entries[-1].event
    refused = History.of(log.entries).refusal(again, 2)
    assert refused is not None
    assert "already answered for" in refused.message
    log.translate(log.text(en="a", fr="B"))


def test_a_signature_in_the_format_before_is_to_the_same_words(log: Log) -> None:
    log.sign(log.text(framed.FORMER, en="a, 1 May", fr="b"))
    before = {"en": "a, 1 May", "fr": "b"}
    assert log.stands(before, en="a", fr="b") == ("en", "fr")
    assert log.stands(before | {"en": "a, 2 May"}, en="a", fr="b") == ("fr",)
    log.translate(log.text(en="a", de="c"), "en", "de")
    assert log.stands(before | {"de": "c"}, en="a", fr="b", de="c") == ("en", "fr", "de")


def test_a_change_leads_from_the_format_before_to_the_one_of_now(log: Log) -> None:
    first = log.text(framed.FORMER, en="a, 1 May", fr="b")
    log.sign(first)
    log.judge(first, log.text(en="A", fr="b"))
    assert log.stands({"en": "A, 1 May", "fr": "b"}, en="A", fr="b") == ("en", "fr")


def test_a_text_without_editions_is_one_for_all_languages(log: Log) -> None:
    plain, current = TextDigest("0" * 64), log.text(en="a", fr="b")
    log.sign(plain)
    assert log.stands(en="a", fr="b") == ()
    log.texts.pop(current)
    log.sign(current)
    words = KnownEditions({"en": [TextDigest("1" * 64)], "fr": [TextDigest("2" * 64)]})
    [found] = statuses(log.entries, ["ada"], current, words=words)
    assert (found.state, found.editions) == ("signed", ("en", "fr"))


def test_nobody_stands_without_an_unbroken_path(log: Log) -> None:
    """Every set of three judged steps between four texts, against the plain definition."""
    texts = [log.text(en=str(n)) for n in range(4)]
    steps = list(itertools.permutations(range(4), 2))
    for chosen in itertools.combinations(steps, 3):
        made = Log()
        made.texts = log.texts
        made.sign(texts[0])
        for before, after in chosen:
            made.judge(texts[before], texts[after])
        reached = {0}
        for _ in range(4):
            reached |= {after for before, after in chosen if before in reached}
        assert made.stands(en="3") == (("en",) if 3 in reached else ())


def test_an_answer_for_a_translation_comes_back_as_it_was(log: Log) -> None:
    log.translate(log.text(en="a", fr="b"))
    body = encode(log.entries[0])
    assert decode(1, body) == log.entries[0]
    assert b'"detail":{"source":"en","translation":"fr","why":"compared"}' in body
    for wrong in (("en", "en", "x"), ("", "fr", "x"), ("en", "", "x"), ("en", "fr", "")):
        with pytest.raises(ValueError, match="wrong shape"):
            Translation(*wrong)


def test_what_went_out_under_the_former_digest_is_of_the_text_of_now(log: Log) -> None:
    old, now, other = (log.text(framed.FORMER, en="a, 1 May"), log.text(en="a"), log.text(en="x"))
    log.sign(old)
    log.sign(other, who="bo")
    assert [e.event.text_digest for e in with_current_text(log.entries, old, now)] == [now, other]
    assert with_current_text(log.entries, TextDigest(""), now) == tuple(log.entries)
