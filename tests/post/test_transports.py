"""Another transport than SMTP, put in at the registry: the run, the doubt and later runs hold."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letters.post.account import SMTP, Account
from letters.post.outbox import WAITING
from letters.post.sending import Result, SendingRun
from letters.post.transports.registry import TRANSPORTS, transport_to
from letters.post.transports.smtp import SmtpConnection

from .crash import killed
from .desk import Desk, message
from .pipe import PIPE, Pipe, Program

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

LATER = "echo busy >&2; exit 75"
NEVER = "echo nobody here >&2; exit 67"
DIES = "cat > /dev/null; kill -9 $$"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    made = Program(tmp_path / "programs")
    monkeypatch.setitem(TRANSPORTS, PIPE.scheme, lambda account, _: Pipe(Path(account.host)))
    return made


def send(desk: Desk, program: Program) -> dict[str, Result]:
    """A run over what waits, as the command makes it."""
    account = Account(str(program.path), 0, "none", service=PIPE)
    line = transport_to(account, str)
    waiting = [item for item in desk.outbox.items() if item.state in WAITING]
    desk.outcome = SendingRun(desk.outbox, line, desk.news.append, pauses=()).send(waiting)
    return desk.outcome.results


def test_a_mail_account_is_reached_by_smtp() -> None:
    assert list(TRANSPORTS) == [SMTP.scheme]
    assert isinstance(transport_to(Account("127.0.0.1", 25, "offered"), str), SmtpConnection)


def test_each_answer_of_another_transport_is_told_apart(desk: Desk, program: Program) -> None:
    desk.names = ("one", "two", "three", "four", "five")
    desk.queue()
    for name, line in (("two", LATER), ("three", NEVER), ("four", DIES)):
        program.answers(f"{name}@example.org", line)
    assert send(desk, program) == {
        "one": Result.ACCEPTED,
        "two": Result.LATER,
        "three": Result.REFUSED,
        "four": Result.DOUBT,
        "five": Result.ACCEPTED,
    }
    assert desk.states() == ["sent", "deferred", "failed", "in_doubt", "sent"]
    assert [item.reply for item in desk.outbox.items()][1:3] == ["busy", "nobody here"]
    assert desk.news[3].words == "the program died while it had the message"
    assert desk.recorded() == 2
    assert program.taken() == {
        "one@example.org": [message("one")],
        "five@example.org": [message("five")],
    }


def test_a_later_run_sends_what_was_put_off_and_never_what_is_in_doubt(
    desk: Desk, program: Program
) -> None:
    desk.queue()
    program.answers("two@example.org", LATER)
    program.answers("three@example.org", DIES)
    send(desk, program)
    program.calms_down()
    assert send(desk, program) == {"two": Result.ACCEPTED}
    assert desk.states() == ["sent", "sent", "in_doubt"]
    assert desk.outbox.found_unsent(desk.outbox.items()[2])
    assert send(desk, program) == {"three": Result.ACCEPTED}
    assert {address: len(mails) for address, mails in program.taken().items()} == {
        f"{name}@example.org": 1 for name in desk.names
    }


def test_what_another_run_has_in_hand_is_left_to_it(desk: Desk, program: Program) -> None:
    desk.names = ("one",)
    desk.queue()
    [item] = desk.outbox.items()
    assert desk.outbox.claim(item)
    run = SendingRun(desk.outbox, Pipe(program.path), desk.news.append, pauses=())
    assert run.send([item]).results == {"one": Result.TAKEN}
    assert program.taken() == {}


def test_one_that_does_not_start_puts_the_message_off(desk: Desk, program: Program) -> None:
    desk.names = ("one", "two")
    desk.queue()
    program.path.chmod(0o644)
    assert set(send(desk, program).values()) == {Result.LATER}
    assert desk.states() == ["deferred"] * 2
    assert desk.outbox.items()[0].reply == "the program did not start"


def test_one_that_is_not_there_ends_the_run_before_anything_leaves(
    desk: Desk, program: Program
) -> None:
    desk.queue()
    program.path.unlink()
    assert send(desk, program) == {}
    assert str(desk.outcome.ended) == "there is no program for mail"
    assert desk.states() == ["queued"] * 3


def test_a_run_that_was_killed_meanwhile_leaves_a_doubt_and_the_rest_to_the_next(
    tmp_path: Path, program: Program
) -> None:
    folder = tmp_path / "campaign"
    folder.mkdir()
    made = Desk(folder)
    made.queue()
    made.ledger.close()
    # An answer that came while the sender still dies would be one.
    dead = "while kill -0 $PPID 2>&-; do sleep 0.05; done"
    program.answers("two@example.org", f"kill -9 $PPID; {dead}; exit 1")

    def work(_: int | None) -> None:
        send(Desk(folder), program)

    assert killed("", 0, work, 0)
    after = Desk(folder)
    assert after.states() == ["sent", "in_doubt", "queued"]
    program.calms_down()
    assert send(after, program) == {"three": Result.ACCEPTED}
    assert after.states() == ["sent", "in_doubt", "sent"]
    assert {address: len(mails) for address, mails in program.taken().items()} == {
        "one@example.org": 1,
        "three@example.org": 1,
    }
    assert after.recorded() == 2
    after.ledger.close()


@pytest.fixture
def instead(program: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program in place of SMTP, for the command."""
    monkeypatch.setitem(TRANSPORTS, SMTP.scheme, lambda _, __: Pipe(program.path))
    monkeypatch.setenv("LETTERS_SMTP_URL", "smtp://127.0.0.1:2525")
    return program


def test_the_command_sends_by_it_and_asks_about_a_doubt(
    final: CampaignFolder, run: Letters, instead: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = ("send", "--to", "minister", "--confirm", "1")
    address = "sam@example.org"
    instead.answers(address, DIES)
    done = run(*to)
    assert done.status == 3, done.stderr
    assert "in doubt: the program died while it had the message" in done.stderr
    assert run(*to).status == 3
    assert not instead.taken()
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert run("send", "--resolve").status == 0
    instead.calms_down()
    done = run(*to)
    assert done.status == 0, done.stderr
    assert "1 of 1: minister: accepted by the server" in done.stderr
    assert [len(mails) for mails in instead.taken().values()] == [1]


def test_the_command_says_where_it_can_not_be_used(
    final: CampaignFolder, run: Letters, instead: Program
) -> None:
    instead.path.unlink()
    done = run("send", "--to", "minister", "--confirm", "1")
    assert done.status == 4, done.stderr
    assert "there is no program for mail (install one)" in done.stderr
    assert not (final.path / "outbox").exists()
