"""``letters send`` against a real Postfix, as a person would set it."""

from __future__ import annotations

import functools
import hashlib
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from letters.ledger.store import LOG_NAME, Ledger
from letters.post import sending

from .postfix import GREY, PASSWORD, USER, Postfix, as_frozen

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

SERVER = """\
mail:
  from: us@example.org
  server: {{host: 127.0.0.1, port: {port}, user: {user}{more}}}
"""
ALL = ["office@example.org", "sam@example.org"]


def url(port: int, password: str = PASSWORD) -> str:
    return f"smtps://{quote(USER)}:{quote(password)}@127.0.0.1:{port}"


def sent(campaign: CampaignFolder) -> list[str]:
    """To whom something was sent, says the log."""
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        events = [entry.event for entry in ledger.entries()]
    return sorted({e.detail.recipient for e in events if e.kind == "sent"})  # type: ignore[union-attr]


def frozen(campaign: CampaignFolder) -> Counter[str]:
    """The digests of the messages as they were frozen; their bytes go once they were accepted."""
    assert [path.suffix for path in (campaign.path / "outbox").iterdir()] == []
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        return Counter(item.message for item in ledger.outgoing())


def test_an_address_in_the_environment_is_enough(
    final: CampaignFolder, run: Letters, postfix: Postfix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_SMTP_URL", url(postfix.tls))
    done = run("send", "--confirm", "2")
    assert done.status == 0, done.stderr
    assert "2 accepted by the server" in done.stderr
    arrived = postfix.delivered()
    assert sorted(to for to, _ in arrived) == ALL
    came = (hashlib.sha256(as_frozen(mail, b"Date: ")).hexdigest() for _, mail in arrived)
    assert Counter(came) == frozen(final)
    assert sent(final) == ["minister", "prime-minister"]
    assert run("send", "--confirm", "2").status == 0
    assert postfix.delivered() == []


def test_the_server_of_the_campaign_with_a_password_and_greylisting(
    final: CampaignFolder, run: Letters, postfix: Postfix, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first try ends with one put off; the next run of the command sends that one alone."""
    final.edit("recipients.yaml", "sam@example.org", GREY)
    letter = final.read("letter.yaml")
    final.write("letter.yaml", letter + SERVER.format(port=postfix.starttls, user=USER, more=""))
    monkeypatch.setenv("LETTERS_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setattr(sending, "SendingRun", functools.partial(sending.SendingRun, pauses=()))
    postfix.newcomers.add(GREY)
    done = run("send", "--confirm", "2")
    assert done.status == 4
    assert "minister: put off: 450 4.7.1 (address): Recipient address rejected: greylisted" in (
        done.stderr
    )
    assert "1 accepted by the server, 1 put off" in done.stderr
    assert f"STARTTLS, as {USER}" in done.stdout
    done = run("send", "--confirm", "1")
    assert done.status == 0, done.stderr
    assert sorted(to for to, _ in postfix.delivered()) == [GREY, "office@example.org"]
    assert sent(final) == ["minister", "prime-minister"]


def password(final: CampaignFolder, postfix: Postfix, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LETTERS_SMTP_URL", url(postfix.tls, "wrong"))


def token(final: CampaignFolder, postfix: Postfix, environment: pytest.MonkeyPatch) -> None:
    settings = SERVER.format(port=postfix.starttls, user=USER, more=", login: xoauth2")
    final.write("letter.yaml", final.read("letter.yaml") + settings)
    environment.setenv("LETTERS_SMTP_TOKEN_COMMAND", "echo wrong")


def expired(final: CampaignFolder, postfix: Postfix, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LETTERS_SMTP_URL", url(postfix.expired))


def unknown(final: CampaignFolder, postfix: Postfix, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LETTERS_SMTP_URL", url(postfix.tls))
    environment.delenv("SSL_CERT_FILE")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (password, "refused the user name or the password (535) (some providers want"),
        (token, "refused the user name or the token (535) (tokens are short-lived"),
        (expired, "can’t be trusted: certificate has expired (nothing was sent"),
        (unknown, "can’t be trusted: unable to get local issuer certificate (nothing was sent"),
    ],
)
def test_what_is_wrong_at_the_door_is_said_in_one_sentence(
    wrong: Callable[[CampaignFolder, Postfix, pytest.MonkeyPatch], None],
    words: str,
    final: CampaignFolder,
    run: Letters,
    postfix: Postfix,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong(final, postfix, monkeypatch)
    done = run("send", "--confirm", "2")
    assert done.status == 4
    assert words in done.stderr.splitlines()[-1]
    assert PASSWORD not in done.stderr
    assert postfix.delivered() == []
    assert not (final.path / "outbox").exists()


def test_a_token_comes_from_the_command_that_the_environment_names(
    final: CampaignFolder,
    run: Letters,
    postfix: Postfix,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    settings = SERVER.format(port=postfix.starttls, user=USER, more=", login: xoauth2")
    final.write("letter.yaml", final.read("letter.yaml") + settings)
    command = tmp_path / "token.py"
    command.write_text(f"print({postfix.token()!r})\n")
    monkeypatch.setenv("LETTERS_SMTP_TOKEN_COMMAND", f"'{sys.executable}' '{command}'")
    done = run("send", "--confirm", "2")
    assert done.status == 0, done.stderr
    assert sorted(to for to, _ in postfix.delivered()) == ALL
