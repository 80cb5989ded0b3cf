"""An entry that was a mistake: nothing is removed, and everybody leaves it out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from letters.cli import workspace
from letters.ledger.details import Mailing
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.outbox import Outbox, sealed
from letters.press import manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import CampaignFolder, Letters

PM, MINISTER = "prime-minister", "minister"
WHY = ("--why", "the wrong person", "--by", "Desk")
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def folded(run: Letters, campaign: CampaignFolder) -> dict[str, Any]:
    """All that is told of who has the letter and what came back, in every form."""
    page = campaign.path / "page.html"
    page.unlink(missing_ok=True)
    status = json.loads(run("status", "--json", "--html", str(page)).stdout)
    plan = json.loads(run("send", "--json").stdout)
    return {
        "status": status,
        "table": run("status").stdout,
        "page": page.read_text(),
        "plan": [plan["left_out"], plan["count"]],
        "print": sorted(run("print").stderr.splitlines()),
        "awaited": run("track", "reply", "--kind", "none", "--note", "x", "--on", "2020-01-01"),
    }


def numbers(run: Letters) -> list[int]:
    return [each["number"] for each in json.loads(run("log", "show", "--json").stdout)]


def record(run: Letters, *words: str) -> list[str]:
    before = set(numbers(run))
    done = run("track", *words)
    assert done.status == 0, done
    return [str(number) for number in numbers(run) if number not in before]


HAND = ("--channel", "hand", "--note", "x", "--on", "2026-02-02")
KINDS = {
    "sent": ("sent", PM, "--channel", "post", "--note", "x", "--on", "2026-02-03"),
    "sent by e-mail": ("sent", PM, "--channel", "email", "--note", "x"),
    "sent to all": ("sent", "--all", "--channel", "fax", "--note", "x"),
    "a reply": ("reply", PM, "--note", "x", "--on", "2026-02-04"),
    "an acknowledgement": ("reply", PM, "--kind", "acknowledgement", "--note", "x"),
    "a refusal": ("reply", MINISTER, "--kind", "refusal", "--note", "x"),
    "a look": ("reply", MINISTER, "--kind", "none"),
    "a meeting": ("meeting", PM, MINISTER, "--note", "x"),
    "a report": ("press", "--note", "x", "--on", "2026-02-05"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("erased", [False, True])
def test_every_kind_is_as_if_it_had_not_been(
    kind: str, erased: bool, final: CampaignFolder, run: Letters
) -> None:
    record(run, "sent", PM, MINISTER, *HAND)
    before = folded(run, final)
    wrong = record(run, *KINDS[kind])
    assert folded(run, final) != before
    if erased:
        assert run("log", "erase", "signer-07", "--confirm", "signer-07").status == 0
    done = run("log", "correct", *wrong, *WHY)
    assert done.status == 0, done
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["corrected"] * len(wrong)
    if erased:
        after = json.loads(run("status", "--json").stdout)
        assert after["recipients"] == before["status"]["recipients"]
    else:
        assert folded(run, final) == before
    shown = {each["number"]: each for each in json.loads(run("log", "show", "--json").stdout)}
    for number in map(int, wrong):
        by = shown[number]["corrected_by"]
        assert (shown[by]["corrects"], shown[by]["why"]) == (number, "the wrong person")
    text = run("log", "show").stdout
    assert f"corrected by {shown[int(wrong[0])]['corrected_by']}: x" in text or kind == "a look"
    rows = list(csv.DictReader(io.StringIO(run("log", "export", "--format", "csv").stdout)))
    assert [r["number"] for r in rows if r["corrected_by"]] == wrong
    verified = run("log", "verify")
    assert verified.status == 0
    assert f"proved: corrected: {wrong[0]} by " in verified.stdout
    # What is right can now be recorded, and be the same once more.
    assert record(run, *KINDS[kind])


def test_a_follow_up_goes_to_whom_the_wrong_answer_was_recorded_for(
    final: CampaignFolder, run: Letters, tmp_path: Any
) -> None:
    record(run, "sent", "--all", *HAND)
    [number] = record(run, "reply", PM, "--kind", "refusal", "--note", "x", "--on", "2026-02-09")
    record(run, "reply", PM, MINISTER, "--kind", "none")
    assert "left out: prime-minister: declined" in run("followup", str(tmp_path / "a")).stderr
    assert run("log", "correct", number, *WHY).status == 0
    done = run("followup", str(tmp_path / "b"))
    assert f"to {PM}: no answer" in done.stderr
    # A look that nobody took is none: the letter would say until when there was no answer.
    looks = [n for n in numbers(run) if n > int(number)][:2]
    assert run("log", "correct", *map(str, looks), *WHY).status == 0
    assert "nobody has recorded looking" in run("followup", str(tmp_path / "c")).stderr


@pytest.fixture
def posted(final: CampaignFolder) -> Iterator[tuple[Outbox, Ledger]]:
    """An outbox with a mail to the minister in it."""
    made = manifest.read(final.path / "out")
    assert made is not None
    with Ledger.open(final.path / LOG_NAME) as ledger:
        outbox = Outbox(ledger, final.path, lambda: NOW)
        mail = sealed(
            text_digest=made.text_digest,
            recipient=MINISTER,
            message_id="<m1@example.org>",
            envelope=("us@example.org", ("sam@example.org",)),
            letters=[file.sha256 for file in made.files if file.recipient == MINISTER],
            date=NOW,
            data=b"a mail",
        )
        outbox.queue([mail])
        yield outbox, ledger


def test_what_letters_sent_by_itself_went_out(
    final: CampaignFolder, run: Letters, posted: tuple[Outbox, Ledger]
) -> None:
    outbox, _ = posted
    outbox.accepted(outbox.items()[0])
    size = len(numbers(run))
    for number in (size - 1, size):
        done = run("log", "correct", str(number), *WHY)
        assert (done.status, done.stdout) == (3, "")
        assert "what went out went out" in done.stderr
    assert len(numbers(run)) == size


def test_what_a_person_found_among_the_sent_messages_went_out_too(
    final: CampaignFolder, run: Letters, posted: tuple[Outbox, Ledger]
) -> None:
    outbox, _ = posted
    assert outbox.claim(outbox.items()[0])
    outbox.found_sent(outbox.items()[0])
    assert run("log", "correct", str(numbers(run)[-1]), *WHY).status == 3


@pytest.mark.parametrize("doubt", [False, True])
def test_a_wrong_notice_is_taken_back_and_not_recorded_again(
    doubt: bool, final: CampaignFolder, run: Letters, posted: tuple[Outbox, Ledger]
) -> None:
    outbox, ledger = posted
    item = outbox.items()[0]
    if doubt:
        assert outbox.claim(item)
    else:
        outbox.accepted(item)
    assert outbox.came_back(outbox.items()[0], "550", Evidence.of_note("a notice"))
    assert outbox.items()[0].state == "failed"
    bounced = ledger.entries()[-1]
    assert bounced.event.kind == "bounced"
    done = run("log", "correct", str(bounced.number), *WHY)
    assert done.status == 0, done
    assert "counts as sent again" in done.stderr
    assert [item.state for item in outbox.items()] == ["sent"]
    minister = json.loads(run("status", "--json").stdout)["recipients"][1]
    assert minister["state"] == "sent"
    left = json.loads(run("send", "--json").stdout)["left_out"]
    assert [each["reason"][:5] for each in left if each["recipient"] == MINISTER] == ["sent "]
    assert run("log", "correct", str(bounced.number - 1), *WHY).status == 3  # it had left


def test_nothing_else_can_be_corrected(final: CampaignFolder, run: Letters) -> None:
    [reply] = record(run, "meeting", PM, "--note", "x")
    [wrong] = record(run, "meeting", PM, "--note", "x")
    assert run("sign", "withdraw", "okafor").status == 0
    assert run("log", "erase", "signer-07", "--confirm", "signer-07").status == 0
    assert run("log", "correct", wrong, *WHY).status == 0
    size = len(numbers(run))
    last = numbers(run)[-1]
    for number, message in (
        ("999", "there is no entry 999, or it was erased"),
        ("0", "there is no entry 0"),
        ("4", "there is no entry 4, or it was erased"),
        ("1", "is about a signature (take it back with “letters sign withdraw ID”)"),
        ("6", "about files that were made"),
        ("9", "is about a signature (if they sign after all, “letters sign record ID”)"),
        ("10", "an erasure, which can’t be undone"),
        (wrong, f"entry {wrong} is corrected already, by entry {last}"),
        (str(last), f"entry {last} is a correction itself"),
    ):
        done = run("log", "correct", number, *WHY)
        assert (done.status, done.stdout) == (3, ""), number
        assert message in done.stderr, number
    # All of them, or none.
    assert run("log", "correct", reply, "1", *WHY).status == 3
    for words in (("--why", " ", "--by", "x"), ("--why", "x", "--by", ""), ("--why", "x"), ()):
        assert run("log", "correct", reply, *words).status == 2
    assert len(numbers(run)) == size


def test_the_other_file_of_a_letter_is_named(final: CampaignFolder, run: Letters) -> None:
    first, second = record(run, "sent", PM, *HAND)
    done = run("log", "correct", first, *WHY)
    assert f"entry {second} says that the same letter went, in another file" in done.stderr
    assert "in another file" not in run("log", "correct", second, *WHY).stderr


# --- days that look like a slip, and clocks -----------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day", "why"),
    [
        (("reply", PM, "--note", "x"), "2026-02-01", "before anything went to prime-minister"),
        (("reply", PM, "--kind", "none"), "2026-01-31", "before anything went to prime-minister"),
        (("meeting", MINISTER, "--note", "x"), "2026-02-01", "before anything went to minister"),
        (("press", "--note", "x"), "2016-02-03", "is more than a year ago"),
        (("reply", PM, "--note", "x"), "2016-02-03", "is more than a year ago"),
        (("sent", PM, "--channel", "post", "--note", "x"), "1926-02-03", "more than a year ago"),
    ],
)
def test_a_day_that_looks_like_a_slip_is_questioned(
    words: tuple[str, ...], day: str, why: str, final: CampaignFolder, run: Letters
) -> None:
    record(run, "sent", PM, MINISTER, *HAND)
    size = len(numbers(run))
    done = run("track", *words, "--on", day)
    assert (done.status, done.stdout) == (3, "")
    assert why in done.stderr
    assert "add --yes-the-day-is-right" in done.stderr
    assert len(numbers(run)) == size
    assert record(run, *words, "--on", day, "--yes-the-day-is-right")


def test_a_signature_of_another_year_is_questioned_too(final: CampaignFolder, run: Letters) -> None:
    for command in ("withdraw", "decline", "invite"):
        done = run("sign", command, "okafor", "--on", "2019-01-02")
        assert done.status == 3
        assert "2019-01-02 is more than a year ago" in done.stderr
    words = ("sign", "withdraw", "okafor", "--on", "2019-01-02", "--yes-the-day-is-right")
    assert run(*words).status == 0


def test_days_around_the_letter_and_a_meeting_before_it_are_not_questioned(
    final: CampaignFolder, run: Letters
) -> None:
    record(run, "meeting", PM, "--note", "x", "--on", "2026-01-01")  # nothing has gone out
    record(run, "sent", PM, "--channel", "post", "--note", "x", "--on", "2025-09-04")
    record(run, "reply", PM, "--note", "x", "--on", "2025-09-04")
    [number] = record(run, "sent", MINISTER, *HAND)[:1]
    record(run, "reply", MINISTER, "--note", "x", "--on", "2026-02-02")
    assert run("log", "correct", number, *WHY).status == 0


def test_a_clock_that_jumps_is_said(
    final: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = workspace.now()
    for hours, jumps in ((0, False), (1000, False), (-2, True), (-2.01, False), (3, False)):
        at = now + dt.timedelta(hours=hours)
        monkeypatch.setattr(workspace, "now", lambda at=at: at)
        done = run("track", "meeting", PM, "--note", "x")
        assert done.status == 0
        assert ("this computer’s clock was set back, or had been ahead" in done.stderr) == jumps
    monkeypatch.setattr(workspace, "now", lambda: now)
    last = numbers(run)[-1]
    done = run("log", "verify")
    assert (done.status, done.stderr) == (0, "")
    assert f"not proved: when these were recorded: {last - 2}; each says an earlier" in done.stdout
    assert f"not proved: when entry {last - 3} was recorded: " in done.stdout
    assert "has yet to come" in done.stdout


def test_a_correction_in_the_wrong_track_is_no_correction(
    final: CampaignFolder, run: Letters
) -> None:
    """The writer and the verifier have the same rules, whoever calls them."""
    from letters.ledger.details import Correction
    from letters.ledger.errors import RefusedError

    [number] = record(run, "meeting", PM, "--note", "x")
    with Ledger.open(final.path / LOG_NAME) as ledger:
        for to, of in ((MINISTER, int(number)), ("", int(number)), (PM, 1), (PM, 99)):
            event = Event("corrected", recorded_by="x", detail=Correction(of, to, "why"))
            with pytest.raises(RefusedError):
                ledger.append(event, at=NOW)
        looked = Event("looked", detail=Mailing(PM))
        with pytest.raises(RefusedError, match="nothing was sent"):
            ledger.append(looked, at=NOW)
