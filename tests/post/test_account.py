"""Which server takes the mail, and where its password comes from: the environment, the keyring."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null

from letters.post.account import (
    IMAP,
    SMTP,
    Account,
    AccountError,
    Service,
    UntrustedError,
    account_of,
    expect_trusted,
    secret_of,
    server_of,
)
from letters.post.trusted_servers import TrustedServer, config_folder, is_trusted, trust

from .keyring_file import FILE, Kept, Locked

ME = Account("mail.example.org", 587, "starttls", "me@example.org")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring in a file, as the one that this process uses."""
    monkeypatch.setenv(FILE, str(tmp_path / "keyring.json"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", Kept())
    return tmp_path / "keyring.json"


def test_a_password_is_kept_by_the_command_that_the_guide_names(kept: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/post.md").read_text(encoding="utf-8")
    assert "keyring set letters friends@example.org@smtp.example.org" in guide
    environment = os.environ | {
        "PYTHON_KEYRING_BACKEND": "post.keyring_file.Kept",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    words = ["set", "letters", f"{ME.user}@{ME.host}"]
    command = Path(sys.executable).with_name("keyring")
    done = subprocess.run([command, *words], input=b"secr\xc3\xa9t", env=environment, check=False)
    assert done.returncode == 0
    own = {"XDG_CONFIG_HOME": str(kept.parent)}
    with pytest.raises(UntrustedError):
        secret_of(ME, own, None)
    trust(server_of(ME), own)
    assert secret_of(ME, own, None) == "secrét"
    assert secret_of(ME, own | {"LETTERS_SMTP_PASSWORD": "another"}, None) == "another"


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Locked, None])
def test_a_keyring_that_is_locked_empty_or_not_there_has_no_password(
    backend: type[keyring.backend.KeyringBackend] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if backend is None:
        monkeypatch.setitem(sys.modules, "keyring", None)
    else:
        monkeypatch.setattr(keyring.core, "_keyring_backend", backend())
    assert (
        secret_of(ME, {}, lambda words: words) == "Password of me@example.org at mail.example.org"
    )
    with pytest.raises(AccountError) as refused:
        secret_of(ME, {}, None)
    assert "keyring set letters me@example.org@mail.example.org" in refused.value.hint


# --- to whom it may go ------------------------------------------------------------------------

KEPT = {
    "a password for mail": (SMTP, "password", "LETTERS_SMTP_PASSWORD"),
    "a token for mail": (SMTP, "xoauth2", "LETTERS_SMTP_TOKEN_COMMAND"),
    "a password for a mailbox": (IMAP, "password", "LETTERS_IMAP_PASSWORD"),
    "a token for a mailbox": (IMAP, "xoauth2", "LETTERS_IMAP_TOKEN_COMMAND"),
}


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """An environment with a folder of its own for what is trusted."""
    return {"XDG_CONFIG_HOME": str(tmp_path / "config")}


def asked(_: str) -> str:
    raise AssertionError("what is kept would be asked for")


@pytest.mark.parametrize("kind", KEPT)
def test_what_is_kept_goes_where_somebody_has_said_that_it_may(
    own: dict[str, str], kind: str
) -> None:
    service, login, variable = KEPT[kind]
    said = own | {variable: "printf secret"}
    who = Account("mail.example.org", 1, "tls", "me", login, service=service)  # type: ignore[arg-type]
    with pytest.raises(UntrustedError) as refused:
        secret_of(who, said, asked)
    assert refused.value.status == 3
    assert "may go to mail.example.org, for me" in refused.value.message
    assert "--trust-server" in refused.value.hint
    path = trust(server_of(who), said)
    assert secret_of(who, said, asked).endswith("secret")
    assert path == config_folder(said) / "servers.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert "secret" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("host", "user", "service"),
    [
        ("mail.example.org.evil.example", "me", SMTP),
        ("evil.example", "me", SMTP),
        ("mail.example.org", "me2", SMTP),
        ("mail.example.org", "Me", SMTP),
        ("mail.example.org", "me", IMAP),
        ("mail.exаmple.org", "me", SMTP),  # with a Cyrillic letter
        ("127.0.0.2", "me", SMTP),
        ("localhost.example.org", "me", SMTP),
        ("0.0.0.0", "me", SMTP),
    ],
)
def test_no_other_host_user_or_service_gets_it(
    own: dict[str, str], host: str, user: str, service: Service
) -> None:
    trust(TrustedServer.of("smtp", "mail.example.org", "me"), own)
    said = own | {"LETTERS_SMTP_PASSWORD": "w", "LETTERS_IMAP_PASSWORD": "w"}
    with pytest.raises(UntrustedError):
        secret_of(Account(host, 1, "tls", user, service=service), said, asked)


def test_capitals_and_a_last_dot_are_no_other_host(own: dict[str, str]) -> None:
    trust(TrustedServer.of("smtp", "Mail.Example.org.", "me"), own)
    assert is_trusted(TrustedServer.of("smtp", "mail.EXAMPLE.org", "me"), own)


@pytest.mark.parametrize("service", [SMTP, IMAP])
def test_a_server_that_the_environment_names_and_this_computer_need_no_word(
    own: dict[str, str], service: Service
) -> None:
    url = own | {service.variable("URL"): f"{service.scheme}s://me@mail.example.org"}
    said = url | {service.variable("PASSWORD"): "word"}
    assert secret_of(account_of(None, said, service), said, asked) == "word"
    for host in ("localhost", "127.0.0.1", "::1"):
        assert secret_of(Account(host, 1, "none", "me", service=service), said, asked) == "word"


def test_who_is_asked_sees_for_which_server(own: dict[str, str], kept: Path) -> None:
    assert not kept.exists()
    expect_trusted(ME, own)
    assert secret_of(ME, own, str) == "Password of me@example.org at mail.example.org"


@pytest.mark.parametrize("kind", ["others may write", "a link", "no JSON", "too large", "nested"])
def test_a_list_that_somebody_else_may_have_written_trusts_nobody(
    own: dict[str, str], tmp_path: Path, kind: str
) -> None:
    server = server_of(ME)
    path = trust(server, own)
    assert is_trusted(server, own)
    if kind == "others may write":
        path.chmod(0o666)
    elif kind == "a link":
        path.rename(tmp_path / "elsewhere.json")
        path.symlink_to(tmp_path / "elsewhere.json")
    else:
        spoiled = {"no JSON": "{", "too large": " " * (1 << 20), "nested": "[" * 100_000}[kind]
        path.write_text(spoiled + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert not is_trusted(server, own)
