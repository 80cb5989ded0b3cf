"""What a run of sending makes of servers that are late, rude, slow, or not whom they say."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from letters.campaign.mail_settings import Server
from letters.digests import FileDigest
from letters.framed import digest as text_digest
from letters.ledger.errors import LedgerError, RefusedError
from letters.ledger.events import Evidence
from letters.ledger.store import LOG_NAME
from letters.post import account, high_water, sending
from letters.post.account import Account, AccountError
from letters.post.frozen_messages import ChangedError
from letters.post.outbox import Outbox, sealed
from letters.post.sending import Result, SendingRun, Step, Stop
from letters.post.transports.interface import Reply
from letters.post.transports.smtp import Patience, SmtpConnection
from letters.post.trusted_servers import TrustedServer, trust

from .desk import LONG, NOW, Desk, message
from .servers import Sink, Talk, free_port, ids, scripted, serving, tls


def test_one_connection_takes_all_and_nothing_names_this_computer(desk: Desk) -> None:
    sink = Sink()
    desk.queue(copies=("copy@example.org",))
    with serving(sink) as port:
        assert set(desk.send(port).values()) == {Result.ACCEPTED}
    assert len(sink.sessions) == 1
    assert set(sink.greetings) == {"[127.0.0.1]"}
    assert sink.envelopes[0] == ("us@example.org", ("one@example.org", "copy@example.org"))
    assert sink.mails[0] == message("one") + b"\r\n"
    assert desk.states() == ["sent"] * 3
    assert desk.recorded() == 3


def test_a_server_that_says_later_is_asked_again(desk: Desk) -> None:
    sink = Sink(answers={"two@example.org": ["451 greylisted"]}, after_data=["452 full"])
    desk.queue()
    with serving(sink) as port:
        results = desk.send(port, pauses=(0.05, 0.05))
    assert set(results.values()) == {Result.ACCEPTED}
    assert [step.result for step in desk.news].count(Result.LATER) == 2
    assert set(ids(sink.mails).values()) == {1}
    assert len(sink.mails) == 3


def test_what_stays_late_waits_for_the_next_run(desk: Desk) -> None:
    sink = Sink(answers={"two@example.org": ["451 greylisted"] * 2})
    desk.queue()
    with serving(sink) as port:
        assert desk.send(port, pauses=(0.05,))["two"] is Result.LATER
        assert desk.states() == ["sent", "deferred", "sent"]
        assert desk.outbox.items()[1].reply == "451 greylisted"
        assert desk.send(port) == {"two": Result.ACCEPTED}
    assert len(sink.mails) == 3


def test_a_refusal_is_of_that_one_alone(desk: Desk) -> None:
    sink = Sink(
        answers={"one@example.org": ["550 no <one@example.org> here"]}, after_data=["554 spam"]
    )
    desk.queue()
    with serving(sink) as port:
        results = desk.send(port)
    assert list(results.values()) == [Result.REFUSED, Result.REFUSED, Result.ACCEPTED]
    assert desk.states() == ["failed", "failed", "sent"]
    assert [item.reply for item in desk.outbox.items()] == ["550 no (address) here", "554 spam", ""]


def test_a_copy_that_is_refused_is_told(desk: Desk) -> None:
    sink = Sink(answers={"copy@example.org": ["550 no"]})
    desk.queue(copies=("copy@example.org",))
    with serving(sink) as port:
        desk.send(port)
    assert [step.copies for step in desk.news] == [1, 0, 0]


def cut_at_mail(talk: Talk) -> None:
    talk.say("220 here")
    talk.hear()
    talk.say("250 yes")
    talk.hear()


def cut_at_data(talk: Talk) -> None:
    talk.until_data()


def shut_down(talk: Talk) -> None:
    talk.until_data()
    talk.say("421 going down")


def cut_in_the_body(talk: Talk) -> None:
    talk.until_data()
    talk.say("354 go on")


def cut_after_the_body(talk: Talk) -> None:
    talk.until_data()
    talk.say("354 go on")
    talk.body()


def nonsense_after_the_body(talk: Talk) -> None:
    cut_after_the_body(talk)
    talk.say("what was that")


def take_one(talk: Talk) -> None:
    cut_after_the_body(talk)
    talk.say("250 taken")
    talk.after_greeting()


@pytest.mark.parametrize("cut", [cut_at_mail, cut_at_data, shut_down])
def test_a_connection_cut_before_the_body_is_opened_anew(
    desk: Desk, cut: Callable[[Talk], None]
) -> None:
    desk.names = ("one",)
    desk.queue()
    with scripted(cut, take_one) as port:
        assert desk.send(port) == {"one": Result.ACCEPTED}
    assert desk.states() == ["sent"]


@pytest.mark.parametrize("cut", [cut_in_the_body, cut_after_the_body, nonsense_after_the_body])
def test_a_connection_cut_after_the_354_leaves_a_doubt(
    desk: Desk, cut: Callable[[Talk], None]
) -> None:
    desk.names = ("one", "two")
    # So long that it can't all lie in the buffers of a connection that nobody reads.
    desk.queue(data=message("one", extra="x" * 70 + "\r\n") + b"0123456789\r\n" * 900_000)
    with scripted(cut, take_one, take_one) as port:
        results = desk.send(port)
        assert results == {"one": Result.DOUBT, "two": Result.ACCEPTED}
        assert desk.states() == ["in_doubt", "sent"]
        assert desk.send(port) == {}
    assert desk.recorded() == 1
    with pytest.raises(RefusedError):
        desk.queue()


@pytest.mark.parametrize(
    ("after", "result", "state"),
    [("RCPT", Result.LATER, "deferred"), ("DATA", Result.DOUBT, "in_doubt")],
)
def test_a_server_that_hangs_is_left_in_time(
    desk: Desk, after: str, result: Result, state: str
) -> None:
    desk.names = ("one",)
    desk.queue()

    def hang(talk: Talk) -> None:
        talk.say_ahead("220 here", *["250 yes"] * 3, *["354 go on"] * (after == "DATA"))

    with scripted(hang, hang) as port:
        soon = Patience(connect=60, reply=0.2, body=0.2)
        assert desk.send(port, patience=soon) == {"one": result}
    assert desk.states() == [state]


def test_a_server_that_always_cuts_ends_the_run(desk: Desk) -> None:
    desk.queue()
    with scripted(*[cut_at_mail] * 6) as port:
        desk.send(port)
    assert "again and again" in str(desk.outcome.ended)
    assert desk.states().count("in_doubt") == 0


def test_drops_count_only_in_a_row(desk: Desk) -> None:
    desk.names = ("one", "two", "three", "four", "five")
    desk.queue()
    # Two are lost on new connections; then a third, on the old one and on a new one, and a fourth.
    with scripted(*[cut_at_mail] * 4, take_one, *[cut_at_mail] * 3) as port:
        results = desk.send(port)
    assert desk.outcome.ended is None
    assert list(results.values()) == [Result.LATER] * 2 + [Result.ACCEPTED] + [Result.LATER] * 2


@pytest.mark.parametrize(
    ("size", "result"),
    [
        ("SIZE 0", Result.ACCEPTED),  # RFC 1870: there is no fixed limit
        ("SIZE", Result.ACCEPTED),
        ("SIZE 1000", Result.ACCEPTED),
        ("SIZE 10", Result.REFUSED),
    ],
)
def test_a_server_may_say_that_it_has_no_limit(desk: Desk, size: str, result: Result) -> None:
    def script(talk: Talk) -> None:
        talk.say("220 here")
        talk.hear()
        talk.say(f"250-here\r\n250 {size}")
        talk.after_greeting()
        talk.say("354 go on")
        talk.body()
        talk.say("250 taken")

    desk.names = ("one",)
    desk.queue()
    with scripted(script) as port:
        assert desk.send(port) == {"one": result}


def test_a_message_that_the_server_finds_too_large_is_not_offered(desk: Desk) -> None:
    sink = Sink()
    desk.names = ("one",)
    desk.queue(data=message("one") + b"x" * 2000)
    with serving(sink, data_size_limit=1000) as port:
        assert desk.send(port) == {"one": Result.REFUSED}
    assert "the server takes 1,000" in desk.news[0].words


def test_an_address_beyond_ascii_takes_a_server_that_knows_it(desk: Desk) -> None:
    desk.names = ("дом",)
    desk.queue()
    sink = Sink()
    with serving(sink, enable_SMTPUTF8=False) as port:
        assert desk.send(port) == {"дом": Result.REFUSED}
    desk.queue()
    with serving(sink, enable_SMTPUTF8=True) as port:
        assert desk.send(port) == {"дом": Result.ACCEPTED}
    assert sink.envelopes[0][1] == ("дом@example.org",)
    assert "SMTPUTF8" in sink.options[0]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_trusts_only_a_certificate_that_somebody_vouches_for(
    desk: Desk, security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = tls(tmp_path)
    settings = (
        {"tls_context": context, "require_starttls": True}
        if security == "starttls"
        else {"ssl_context": context}
    )
    sink = Sink()
    desk.queue()
    with serving(sink, **settings) as port:
        who = Account("127.0.0.1", port, security)  # type: ignore[arg-type]
        desk.send(port, who=who)
        assert "can’t be trusted" in str(desk.outcome.ended)
        assert sink.mails == []
        assert desk.states() == ["queued"] * 3
        monkeypatch.setenv("SSL_CERT_FILE", authority)
        assert set(desk.send(port, who=who).values()) == {Result.ACCEPTED}


def test_an_expired_certificate_is_called_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = tls(tmp_path, expired=True)
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    desk.queue()
    with serving(Sink(), tls_context=context) as port:
        desk.send(port)
    assert "certificate has expired" in str(desk.outcome.ended)


def test_it_sends_nothing_in_the_clear_where_protection_is_asked_for(desk: Desk) -> None:
    desk.queue()
    sink = Sink()
    with serving(sink) as port:
        desk.send(port, who=Account("127.0.0.1", port, "starttls"))
        assert "offers no protected connection" in str(desk.outcome.ended)
    assert sink.mails == []
    assert desk.states() == ["queued"] * 3


def test_nothing_is_sent_in_the_clear_but_to_this_computer(desk: Desk, far: str) -> None:
    """Where protection is taken if it is offered."""
    sink = Sink()
    desk.queue()
    with serving(sink, authenticator=sink.login, auth_require_tls=False) as port:
        away = Account(far, port, "offered", "me@example.org")
        assert desk.send(port, who=away, secret="right: é") == {}
        assert f"{far}:{port} offers no protected connection" in str(desk.outcome.ended)
        assert (sink.logins, sink.mails, desk.states()) == ([], [], ["queued"] * 3)
        here = replace(away, host="localhost")
        assert set(desk.send(port, who=here, secret="right: é").values()) == {Result.ACCEPTED}


def test_it_logs_in_and_says_when_the_password_is_wrong(desk: Desk) -> None:
    sink = Sink()
    desk.queue()
    with serving(sink, authenticator=sink.login, auth_require_tls=False) as port:
        who = Account("127.0.0.1", port, "offered", "me@example.org")
        desk.send(port, who=who, secret="wrong")
        assert "refused the user name or the password (535)" in str(desk.outcome.ended)
        assert desk.states() == ["queued"] * 3
        assert set(desk.send(port, who=who, secret="right: é").values()) == {Result.ACCEPTED}
    assert sink.logins[-1] == ("me@example.org", "right: é")


def test_nobody_at_home_ends_the_run_with_a_sentence(desk: Desk) -> None:
    desk.queue()
    desk.send(free_port())
    assert "nobody answers at" in str(desk.outcome.ended)
    assert desk.states() == ["queued"] * 3


def test_two_runs_at_once_send_each_message_once(desk: Desk, tmp_path: Path) -> None:
    sink = Sink()
    desk.queue()
    other = Desk(tmp_path)
    with serving(sink) as port:
        first, *rest = seen = desk.outbox.items()
        assert other.outbox.claim(first)
        other.names = tuple(item.recipient for item in rest)
        assert set(other.send(port).values()) == {Result.ACCEPTED}
        line = SmtpConnection(Account("127.0.0.1", port, "offered"), str, LONG)
        outcome = SendingRun(desk.outbox, line, desk.news.append, pauses=()).send(seen)
    other.ledger.close()
    # The bytes of what has left are gone: they can't even be offered.
    assert list(outcome.results.values()) == [Result.TAKEN, Result.CHANGED, Result.CHANGED]
    assert len(sink.mails) == 2


def stated(desk: Desk) -> list[dt.date | None]:
    found = (entry.event for entry in desk.ledger.entries())
    return [event.stated_at for event in found if event.kind == "sent"]


@pytest.mark.parametrize("guess", ["sent", "not sent", "later"])
def test_what_the_server_says_outranks_what_a_person_guessed_meanwhile(
    desk: Desk, guess: str
) -> None:
    desk.names = ("one",)
    desk.queue()
    (item,) = desk.outbox.items()
    assert desk.outbox.claim(item)
    (doubt,) = desk.outbox.items()
    if guess == "sent":
        desk.outbox.found_sent(doubt)
    elif guess == "not sent":
        assert desk.outbox.found_unsent(doubt)
    else:
        assert desk.outbox.put_off(doubt, "later")
    desk.outbox.accepted(item)
    assert (desk.states(), desk.recorded()) == (["sent"], 1)
    assert not desk.outbox.claim(item)


def test_what_is_found_later_was_sent_on_the_day_of_the_doubt(desk: Desk) -> None:
    desk.names = ("one", "two")
    desk.queue()
    for item in desk.outbox.items():
        assert desk.outbox.claim(item)
    later = Outbox(desk.ledger, desk.folder, lambda: NOW + dt.timedelta(days=8))
    found, returned = later.items()
    later.found_sent(found)
    assert later.came_back(returned, "5.1.1", Evidence.of_note("a notice"), b"a notice")
    assert stated(desk) == [NOW.astimezone().date()] * 2
    assert not list((desk.folder / "outbox").glob("*.eml"))


def test_a_message_that_was_replaced_meanwhile_does_not_leave(desk: Desk) -> None:
    desk.names = ("one",)
    desk.queue()
    (old,) = desk.outbox.items()
    desk.queue(data=message("one", extra="In other words.\r\n"))
    (new,) = desk.outbox.items()
    assert (new.number, new.state) == (old.number, old.state)  # only the message is another
    assert not desk.outbox.claim(old)
    assert not desk.outbox.refused(old, "550 no")
    assert desk.states() == ["queued"]
    assert desk.outbox.claim(new)


def test_what_somebody_has_mailed_by_hand_does_not_leave_as_well(desk: Desk) -> None:
    desk.queue()
    one, two, _ = desk.outbox.items()
    assert desk.outbox.put_off(one, "greylisted")
    assert desk.outbox.claim(two)
    with desk.ledger.change() as change:
        desk.outbox.sent_by_hand(change, ["one", "two"])
    assert desk.states() == ["cancelled", "in_doubt", "queued"]
    assert not desk.outbox.claim(one)
    desk.outbox.tidy()
    assert len(list((desk.folder / "outbox").glob("*.eml"))) == 2


def test_only_what_may_still_leave_keeps_its_bytes(desk: Desk) -> None:
    desk.names = ("one", "two", "three", "four")
    sink = Sink(answers={"one@example.org": ["550 no"], "two@example.org": ["451 later"]})
    desk.queue()
    one, two, three, four = desk.outbox.items()
    own = desk.folder / "outbox" / "note.eml"
    own.write_bytes(b"the user's own")
    left = desk.folder / "outbox" / f"{'0' * 64}.eml"  # as after a power cut
    left.write_bytes(b"of somebody who is erased")
    with serving(sink) as port:
        line = SmtpConnection(Account("127.0.0.1", port, "offered"), str, LONG)
        SendingRun(desk.outbox, line, desk.news.append, pauses=()).send([one, two, three])
    kept = {two.message, four.message}
    assert desk.states() == ["failed", "deferred", "sent", "queued"]
    assert {p.stem for p in own.parent.glob("*.eml")} == {*kept, own.stem, left.stem}
    desk.names = ("four",)
    desk.queue()
    assert {p.stem for p in own.parent.glob("*.eml")} == {*kept, own.stem}


def test_nothing_is_frozen_or_marked_through_a_link(desk: Desk, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (tmp_path / "outbox").symlink_to(away)
    with pytest.raises(RefusedError, match="is a link"):
        Outbox(desk.ledger, tmp_path, lambda: NOW)
    victim = away / "victim"
    victim.write_text("what must stay")
    files = high_water.places(tmp_path / LOG_NAME, desk.ledger.origin(), tmp_path / "state")
    files[0].symlink_to(victim)
    with pytest.raises(RefusedError, match="is a link"):
        high_water.check(desk.ledger, files)
    with high_water.keeping(desk.ledger, files):
        pass
    assert victim.read_text() == "what must stay"


def test_a_frozen_message_that_was_changed_is_not_sent(desk: Desk) -> None:
    sink = Sink()
    desk.queue()
    file = desk.folder / "outbox" / f"{desk.outbox.items()[0].message}.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(b"another")
    with serving(sink) as port:
        results = desk.send(port)
    assert list(results.values()) == [Result.CHANGED, Result.ACCEPTED, Result.ACCEPTED]
    with pytest.raises(ChangedError):
        desk.outbox.bytes_of(desk.outbox.items()[0])


def test_it_keeps_to_the_rate_and_stops_when_asked(desk: Desk) -> None:
    sink, stop = Sink(), Stop()
    desk.queue()

    def tell(_: Step) -> None:
        stop.asked = True

    with serving(sink) as port:
        line = SmtpConnection(Account("127.0.0.1", port, "offered"), str, LONG)
        run = SendingRun(desk.outbox, line, tell, rate=1, stop=stop)
        outcome = run.send(desk.outbox.items())
    assert outcome.stopped
    assert desk.states() == ["sent", "queued", "queued"]


class TimedLine:
    """Takes everything, two seconds each, by a clock of its own; ``at`` is when each came."""

    def __init__(self) -> None:
        self.now, self.at = 0.0, list[float]()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def open(self) -> None: ...

    def close(self) -> None: ...

    def deliver(
        self, sender: str, addresses: Sequence[str], data: bytes, claim: Callable[[], bool]
    ) -> Reply:
        self.at.append(self.now)
        self.now += 2
        return Reply("accepted" if claim() else "later", "250 ok")


@pytest.mark.parametrize(("rate", "seconds"), [(None, 2), (240, 2), (20, 3), (6, 10), (1, 60)])
def test_it_sends_no_more_messages_a_minute_than_it_may(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, rate: float | None, seconds: float
) -> None:
    line = TimedLine()
    monkeypatch.setattr(sending, "time", line)
    desk.queue()
    SendingRun(desk.outbox, line, desk.news.append, rate=rate).send(desk.outbox.items())
    assert line.at == pytest.approx([0, seconds, 2 * seconds], abs=0.01)


def test_a_full_disk_before_the_body_sends_nothing(desk: Desk) -> None:
    sink = Sink()
    desk.queue()

    def full() -> None:
        raise sqlite3.OperationalError("disk")

    def claim(item: object) -> bool:
        with desk.ledger.change():
            full()
        return True

    desk.outbox.claim = claim  # type: ignore[method-assign]
    with serving(sink) as port, pytest.raises(LedgerError):
        desk.send(port)
    assert sink.mails == []
    assert desk.states() == ["queued"] * 3


def test_another_text_cancels_what_still_waits(desk: Desk) -> None:
    desk.queue()
    other = text_digest("another")
    desk.outbox.queue(
        [
            sealed(
                text_digest=other,
                recipient="one",
                message_id="<new@example.org>",
                envelope=("us@example.org", ("one@example.org",)),
                letters=[FileDigest("1" * 64)],
                date=NOW,
                data=b"another",
            )
        ]
    )
    assert desk.states() == ["cancelled", "queued", "queued", "queued"]


def test_a_mark_knows_an_older_log(desk: Desk, tmp_path: Path) -> None:
    files = high_water.places(tmp_path / LOG_NAME, desk.ledger.origin(), tmp_path / "state")
    high_water.check(desk.ledger, files)
    with high_water.keeping(desk.ledger, files):
        desk.queue()
    high_water.check(desk.ledger, files)
    beat, size, root = files[1].read_text().split()
    files[1].write_text(f"{int(beat) + 1:016d} {size} {root}\n")
    with pytest.raises(high_water.RestoredError):
        high_water.check(desk.ledger, files)
    files[1].write_text("nothing that can be read")
    high_water.check(desk.ledger, files)
    with pytest.raises(high_water.RestoredError):
        high_water.check(desk.ledger, files, [(9, "0" * 64)])


def test_the_environment_names_another_server() -> None:
    url = {"LETTERS_SMTP_URL": "smtps://me%40example.org:p%3Aw@mail.example.org"}
    found = account.account_of(None, url)
    assert (found.host, found.port, found.security) == ("mail.example.org", 465, "tls")
    assert (found.user, found.password) == ("me@example.org", "p:w")
    assert "p:w" not in repr(found)
    plain = account.account_of(None, {"LETTERS_SMTP_URL": "smtp://localhost"})
    assert (plain.port, plain.security, plain.user) == (587, "offered", "")
    for wrong in ("http://example.org", "smtp://", "smtp://example.org:port"):
        with pytest.raises(AccountError):
            account.account_of(None, {"LETTERS_SMTP_URL": wrong})


def test_a_password_comes_from_the_environment_or_is_asked_for(tmp_path: Path) -> None:
    own = {"XDG_CONFIG_HOME": str(tmp_path)}
    trust(TrustedServer("smtp", "mail.example.org", "me"), own)
    who = account.account_of(Server.model_validate({"host": "mail.example.org", "user": "me"}), {})
    assert (who.port, who.security) == (587, "starttls")
    assert account.secret_of(who, own | {"LETTERS_SMTP_PASSWORD": "word"}, None) == "word"
    assert account.secret_of(who, {}, lambda words: words) == "Password of me at mail.example.org"
    with pytest.raises(AccountError):
        account.secret_of(who, {}, None)
    token = account.account_of(
        Server.model_validate({"host": "mail.example.org", "user": "me", "login": "xoauth2"}), {}
    )
    command = own | {"LETTERS_SMTP_TOKEN_COMMAND": "echo abc"}
    assert account.secret_of(token, command, None) == "abc"
    for wrong in ({}, own | {"LETTERS_SMTP_TOKEN_COMMAND": "false"}):
        with pytest.raises(AccountError):
            account.secret_of(token, wrong, None)
