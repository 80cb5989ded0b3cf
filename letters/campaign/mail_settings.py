"""The ``mail`` group of letter.yaml: in whose name the letters are e-mailed, and by which server.

No password stands here, and no command: campaigns are passed on and published. Passwords come from
the environment, the system's keyring or a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from letters.campaign.localtext import LocalText
from letters.campaign.mailaddress import fault
from letters.campaign.types import Model

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"[\w.:-]{1,253}")


def mailbox(value: Any) -> str:
    """One address without a name; for pydantic, so anything else is a PydanticCustomError."""
    if not isinstance(value, str):
        raise PydanticCustomError("mailbox", "must be one e-mail address, like name@example.org")
    if wrong := fault(value):
        said = dict(zip(("message", "hint"), wrong, strict=True))
        raise PydanticCustomError("mailbox", "{message}: {hint}", said)
    return value


def _host(value: Any) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value):
        raise PydanticCustomError("host", "must be the name of a server, like smtp.example.org")
    return value


Mailbox = Annotated[
    str, BeforeValidator(mailbox), WithJsonSchema({"type": "string", "format": "idn-email"})
]
Host = Annotated[
    str, BeforeValidator(_host), WithJsonSchema({"type": "string", "pattern": _HOST.pattern})
]


class Reached(Model):
    """A server, and how one gets in: the same for sending mail as for reading it."""

    host: Host
    port: int | None = Field(None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"]
    login: Literal["password", "xoauth2"] = "password"

    @model_validator(mode="after")
    def _is_protected(self) -> Self:
        if self.security == "none" and self.host.lower() not in LOCAL_HOSTS:
            message = "none is only for a server on this computer; others must use starttls or tls"
            raise PydanticCustomError("unprotected", message, {"key": "security"})
        return self


class Server(Reached):
    """The mail server that takes the letters."""

    port: int | None = Field(None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    rate: int = Field(30, ge=1, le=6000)
    largest: int = Field(20, ge=1, le=1000)


class Imap(Reached):
    """The server on which the mailbox lies: drafts go there, and what comes back is found there."""

    port: int | None = Field(None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "tls"
    user: str = Field(min_length=1)
    drafts: str | None = Field(None, min_length=1)
    bounces: str = Field("INBOX", min_length=1)


class Mail(Model):
    """How the letters go out by e-mail."""

    sender: Mailbox = Field(alias="from")
    name: LocalText | None = None
    reply_to: Mailbox | None = None
    copies_to: tuple[Mailbox, ...] = ()
    subject: LocalText | None = None
    server: Server | None = None
    imap: Imap | None = None


def settings_of(mail: Mail | None, contact: Iterable[str]) -> Mail | None:
    """The group as written; where there is none, mail comes from the letterhead's own address."""
    if mail is not None:
        return mail
    found = next((line for line in contact if fault(line) is None), None)
    return Mail.model_validate({"from": found}) if found else None
