"""Which server takes the mail, or holds the mailbox, and how one proves there who one is.

A campaign is passed on and published, so it holds no password and no command to run. Passwords
come from the environment, the system's keyring or a prompt; the environment may also name another
server altogether. What is kept goes nowhere but where a person has said that it may.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from letters.campaign.mail_settings import LOCAL_HOSTS, Imap, Server
from letters.error import LettersError, Status
from letters.post.trusted_servers import TrustedServer, is_trusted

_FILED_UNDER = "letters"  # the name of a password's service in a keyring
_TOKEN_SECONDS = 60


class AccountError(LettersError):
    """The server can't be asked as things are set; ``hint`` says what to set."""

    status = Status.USAGE


class UntrustedError(AccountError):
    """Nobody here has said that a password may go to the server that a campaign names."""

    status = Status.REFUSED


class Service(Struct, frozen=True):
    """What a server is for: its ports with and without TLS at once, and what settings are called.

    ``key`` is that of the group in letter.yaml; ``scheme`` that of an address, and in the names of
    what the environment may say.
    """

    scheme: str
    name: str
    key: str
    tls_port: int
    port: int

    def variable(self, word: str) -> str:
        """What a setting is called in the environment: ``LETTERS_SMTP_URL``."""
        return f"LETTERS_{self.scheme.upper()}_{word}"


SMTP = Service("smtp", "mail server", "mail: server:", 465, 587)
IMAP = Service("imap", "IMAP server", "mail: imap:", 993, 143)


@dataclass(frozen=True, slots=True)
class Account:
    """A server and a user on it.

    ``security`` is ``tls`` from the first byte, ``starttls`` always, ``offered`` (STARTTLS where
    the server has it, and no mail without it but to this computer), or ``none``. ``is_own`` tells
    that the person's own environment names it, and no campaign.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "offered", "none"]
    user: str = ""
    login: Literal["password", "xoauth2"] = "password"
    password: str = field(default="", repr=False)
    service: Service = SMTP
    is_own: bool = False

    @property
    def is_local(self) -> bool:
        return self.host.lower() in LOCAL_HOSTS


def account_of(
    server: Server | Imap | None, environment: Mapping[str, str], service: Service = SMTP
) -> Account:
    """The account that the environment or else the campaign names; AccountError where none does."""
    if url := environment.get(service.variable("URL")):
        return _from_url(url, service)
    if server is None:
        raise AccountError(
            f"the campaign names no {service.name}",
            f"write it under “{service.key}” in letter.yaml, or set {service.variable('URL')}",
        )
    port = server.port or (service.tls_port if server.security == "tls" else service.port)
    user = server.user or ""
    return Account(server.host, port, server.security, user, server.login, service=service)


def secret_of(
    account: Account, environment: Mapping[str, str], ask: Callable[[str], str] | None
) -> str:
    """The password or token for the account; ``ask`` is how to ask a person, if one is there.

    Raises AccountError where there is none, and UntrustedError where it may not go there.
    """
    expect_trusted(account, environment)
    if account.login == "xoauth2":
        return _token(environment, account.service.variable("TOKEN_COMMAND"))
    variable = account.service.variable("PASSWORD")
    if found := account.password or environment.get(variable) or _from_keyring(account):
        return found
    if ask is None:
        raise AccountError(
            f"there is no password for {account.host}",
            f"set {variable}, or keep it in the system’s keyring"
            f" with “keyring set {_FILED_UNDER} {account.user}@{account.host}”",
        )
    return ask(f"Password of {account.user} at {account.host}")


def expect_trusted(account: Account, environment: Mapping[str, str]) -> None:
    """Raise UntrustedError where what is kept would go to a server that only a campaign names."""
    if account.is_own or account.is_local or is_trusted(server_of(account), environment):
        return
    service = account.service
    word = "TOKEN_COMMAND" if account.login == "xoauth2" else "PASSWORD"
    kept = bool(environment.get(service.variable(word)))
    if kept or (account.login == "password" and _from_keyring(account)):
        command = "letters send" if service is SMTP else "letters track bounces"
        raise UntrustedError(
            f"nobody here has said yet that your password may go to {account.host},"
            f" for {account.user}",
            f"the campaign names this {service.name}: if it is yours, say so once with"
            f" “{command} --trust-server”",
        )


def server_of(account: Account) -> TrustedServer:
    """What is trusted of an account: its host and its user."""
    return TrustedServer.of(account.service.scheme, account.host, account.user)


def _from_url(url: str, service: Service) -> Account:
    secure = f"{service.scheme}s"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in (service.scheme, secure) or parts.path not in ("", "/"):
        raise AccountError(
            f"{service.variable('URL')} is not the address of a mail server",
            f"write it like {service.scheme}://user:password@{service.scheme}.example.org:"
            f"{service.port}, or with {secure}:",
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == secure:
        port = port or service.tls_port
        return Account(host, port, "tls", user, password=password, service=service, is_own=True)
    port = port or service.port
    return Account(host, port, "offered", user, password=password, service=service, is_own=True)


def _from_keyring(account: Account) -> str:
    """From the system's keyring; one that is locked, broken or not there has no password."""
    try:
        import keyring

        return keyring.get_password(_FILED_UNDER, f"{account.user}@{account.host}") or ""
    except Exception:  # noqa: BLE001 - its many back ends raise what they like
        return ""


def _token(environment: Mapping[str, str], variable: str) -> str:
    command = environment.get(variable, "")
    if not command:
        raise AccountError(
            "the server wants a token (login: xoauth2), and no command says where to get one",
            f"set {variable} to a command that prints it",
        )
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, from their environment
            shlex.split(command), capture_output=True, timeout=_TOKEN_SECONDS, check=True
        )
        token = done.stdout.decode().strip()
    except (OSError, ValueError, subprocess.SubprocessError):
        token = ""
    if not token:
        raise AccountError("the command that prints the token failed", f"look at {variable}")
    return token
