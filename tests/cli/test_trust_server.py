"""A password that is kept goes to no server that only a letter.yaml names, until somebody says so."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import CampaignFolder, Letters

FAR = "mail.stranger.example"
MAIL = """\
mail:
  from: us@example.org
  server: {{host: {host}, port: {port}, user: us@example.org}}
  imap: {{host: {host}, port: {port}, user: us@example.org}}
"""


@pytest.fixture
def callers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, list[bytes]]]:
    """A server far away, by its name; who comes there is let go at once."""
    heard: list[bytes] = []
    look_up = socket.getaddrinfo

    def near(host: str, *words: int) -> object:
        return look_up("127.0.0.1" if host == FAR else host, *words)

    monkeypatch.setattr(socket, "getaddrinfo", near)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line:
                    line.sendall(b"* BYE 421 no\r\n")
                    heard.append(line.recv(100))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield door.getsockname()[1], heard
        door.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def strangers(
    final: CampaignFolder,
    callers: tuple[int, list[bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> CampaignFolder:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("LETTERS_SMTP_URL", raising=False)
    monkeypatch.setenv("LETTERS_SMTP_PASSWORD", "s3cret")
    monkeypatch.setenv("LETTERS_IMAP_PASSWORD", "s3cret")
    final.write("letter.yaml", final.read("letter.yaml") + MAIL.format(host=FAR, port=callers[0]))
    return final


@pytest.mark.parametrize("way", [(), ("--drafts",), ("--test-to", "me@example.org")])
def test_it_goes_nowhere_before_it_is_said(
    strangers: CampaignFolder,
    run: Letters,
    callers: tuple[int, list[bytes]],
    tmp_path: Path,
    way: tuple[str, ...],
) -> None:
    done = run("send", "--confirm", "2", *way)
    assert done.status == 3
    assert f"that your password may go to {FAR}, for us@example.org" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr
    assert callers[1] == []  # nobody came there
    assert not (tmp_path / "config").exists()

    trusted = tuple(word for word in way if word == "--drafts")
    said = run("send", "--trust-server", *trusted)
    path = tmp_path / "config" / "letters" / "servers.json"
    assert said.status == 0
    assert f"trusted: the password of us@example.org may go to {FAR}; kept in {path}" in said.stderr
    kind = "imap" if trusted else "smtp"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "servers": [{"service": kind, "host": FAR, "user": "us@example.org"}]
    }
    assert not any(FAR in file.read_text("utf-8", "replace") for file in outside(strangers))

    done = run("send", "--confirm", "2", *way)
    assert done.status == 4  # it is tried now
    assert len(callers[1]) == 1


def outside(campaign: CampaignFolder) -> Iterator[Path]:
    """Every text of the campaign but its letter.yaml."""
    for file in campaign.path.rglob("*.yaml"):
        if file.name != "letter.yaml":
            yield file


def test_what_is_trusted_is_that_host_and_user_alone(
    strangers: CampaignFolder, run: Letters, callers: tuple[int, list[bytes]]
) -> None:
    assert run("send", "--trust-server").status == 0
    for old, new in (("user: us@", "user: other@"), (FAR, "mail.other.example")):
        text = strangers.read("letter.yaml")
        strangers.write("letter.yaml", text.replace(old, new))
        assert run("send", "--confirm", "2").status == 3
        strangers.write("letter.yaml", text)
    assert run("track", "bounces").status in {0, 3}  # nothing was sent, so nobody is asked
    assert callers[1] == []


def test_a_server_in_the_clear_is_no_choice_of_a_letter(
    strangers: CampaignFolder, run: Letters
) -> None:
    text = strangers.read("letter.yaml").replace(f"host: {FAR},", f"host: {FAR}, security: none,")
    strangers.write("letter.yaml", text)
    done = run("send", "--trust-server")
    assert done.status == 1
    assert "none is only for a server on this computer" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("LETTERS_SMTP_URL", f"smtps://me:w@{FAR}", "so it is trusted anyhow"),
        ("LETTERS_SMTP_URL", "nonsense", "is not the address of a mail server"),
    ],
)
def test_what_the_environment_names_is_not_written_down(
    strangers: CampaignFolder,
    run: Letters,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    words: str,
) -> None:
    monkeypatch.setenv(variable, value)
    done = run("send", "--trust-server")
    assert (done.status, words in done.stderr) == (2, True)
    assert not (tmp_path / "config").exists()


def test_who_logs_in_nowhere_trusts_nobody(strangers: CampaignFolder, run: Letters) -> None:
    text = strangers.read("letter.yaml")
    strangers.write("letter.yaml", text.replace(", user: us@example.org}", "}", 1))
    done = run("send", "--trust-server")
    assert (done.status, f"nobody logs in at {FAR}" in done.stderr) == (2, True)


def test_the_mailbox_is_trusted_where_it_is_read(
    strangers: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    done = run("track", "bounces", "--trust-server")
    assert f"may go to {FAR}" in done.stderr
    said = (tmp_path / "config" / "letters" / "servers.json").read_text(encoding="utf-8")
    assert json.loads(said)["servers"][0]["service"] == "imap"
