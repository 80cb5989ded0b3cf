"""Which server takes the mail, and how one proves there who one is.

A campaign is passed on and published, so it holds no password and no command to run. Passwords
come from the environment, the system's keyring or a prompt; the environment may also name another
server altogether.
"""

from __future__ import annotations

import importlib
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from letters.campaign.mail import LOCAL_HOSTS, Server

URL, PASSWORD, TOKEN_COMMAND = (
    "LETTERS_SMTP_URL", "LETTERS_SMTP_PASSWORD", "LETTERS_SMTP_TOKEN_COMMAND",
)  # fmt: skip
_SERVICE = "letters"  # what the password is filed under in a keyring
_TOKEN_SECONDS = 60


class AccountError(Exception):
    """The server can't be asked as things are set; ``hint`` says what to set."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Account:
    """A server and a user on it.

    ``security`` is ``tls`` from the first byte, ``starttls`` always, ``offered`` (STARTTLS where
    the server has it, and no mail without it but to this computer), or ``none``.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "offered", "none"]
    user: str = ""
    login: Literal["password", "xoauth2"] = "password"
    password: str = field(default="", repr=False)

    @property
    def is_local(self) -> bool:
        return self.host.lower() in LOCAL_HOSTS


def account_of(server: Server | None, environment: Mapping[str, str]) -> Account:
    """The account that the environment or else the campaign names; AccountError where none does."""
    if url := environment.get(URL):
        return _from_url(url)
    if server is None:
        raise AccountError(
            "the campaign names no mail server",
            "write it under “mail: server:” in letter.yaml, or set LETTERS_SMTP_URL",
        )
    port = server.port or (465 if server.security == "tls" else 587)
    return Account(server.host, port, server.security, server.user or "", server.login)


def secret_of(
    account: Account, environment: Mapping[str, str], ask: Callable[[str], str] | None
) -> str:
    """The password or token for the account; ``ask`` is how to ask a person, if one is there."""
    if account.login == "xoauth2":
        return _token(environment)
    if found := account.password or environment.get(PASSWORD) or _from_keyring(account):
        return found
    if ask is None:
        raise AccountError(
            f"there is no password for {account.host}",
            f"set {PASSWORD}, or keep it in the system’s keyring",
        )
    return ask(f"Password of {account.user} at {account.host}")


def _from_url(url: str) -> Account:
    shape = "write it like smtp://user:password@smtp.example.org:587, or with smtps:"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in ("smtp", "smtps") or parts.path not in ("", "/"):
        raise AccountError(f"{URL} is not the address of a mail server", shape)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == "smtps":
        return Account(host, port or 465, "tls", user, password=password)
    return Account(host, port or 587, "offered", user, password=password)


def _from_keyring(account: Account) -> str:
    """From the keyring, where that library is installed; a broken keyring has no password."""
    try:
        keyring = importlib.import_module("keyring")
        found = keyring.get_password(_SERVICE, f"{account.user}@{account.host}")
    except Exception:  # noqa: BLE001 - its many back ends raise what they like
        return ""
    return str(found or "")


def _token(environment: Mapping[str, str]) -> str:
    command = environment.get(TOKEN_COMMAND, "")
    if not command:
        raise AccountError(
            "the server wants a token (login: xoauth2), and no command says where to get one",
            f"set {TOKEN_COMMAND} to a command that prints it",
        )
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, from their environment
            shlex.split(command), capture_output=True, timeout=_TOKEN_SECONDS, check=True
        )
        token = done.stdout.decode().strip()
    except (OSError, ValueError, subprocess.SubprocessError):
        token = ""
    if not token:
        raise AccountError("the command that prints the token failed", f"look at {TOKEN_COMMAND}")
    return token
