"""Who may ask: the browser that was given the token, on this computer, from our own pages.

A page of a stranger's can send a browser to any address, its own name may lead to this computer
(DNS rebinding), and a form of its can be sent here. So what a request says of itself is looked at
first, and nothing is answered that doesn't fit.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from letters import limits

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSED = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CLOSED,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SECONDS_TO_SEND = 20
_TOKEN = re.compile(rb"(?:^|&)token=([^&]*)")
_OWN = ("none", "same-origin")
_NO_COOKIE = (
    "This address needs the token: open the one that “letters preview” has printed, and not an "
    "earlier one."
)


class Guard:
    """Stands before the whole application."""

    def __init__(self, app: ASGIApp, port: int, form_token: str) -> None:
        """``form_token`` stands in every form of ours, and in nobody else's."""
        self._app, self._host = app, f"127.0.0.1:{port}"
        self.token, self.form_token = secrets.token_urlsafe(24), form_token
        self._session = secrets.token_urlsafe(24)
        # Browsers don't tell ports apart in cookies: two previews need two names.
        self._name = f"letters-preview-{port}"

    @property
    def address(self) -> str:
        """What the user opens."""
        return f"http://{self._host}/?token={self.token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application do it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = _Headers(scope)
        if refusal := self._refusal(scope, headers):
            await _answer(send, *refusal)
            return
        if scope["path"] == "/" and (found := _TOKEN.search(scope["query_string"])):
            await self._enter(send, found[1].decode("latin-1"))
            return
        if not self._knows(headers.one("cookie")):
            await _answer(send, 403, _NO_COOKIE)
            return
        try:
            scope["state"] = {"form": await self._form(scope, headers, receive)}
        except _UnfitError as unfit:
            await _answer(send, *unfit.answer)
            return
        await self._app(scope, receive, _closed(send))

    def _refusal(self, scope: Scope, headers: _Headers) -> tuple[int, str] | None:
        """What speaks against a request, before anybody asks what it wants."""
        if headers.all("host") != [self._host]:
            return 421, "This is not the address of the preview."
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "The preview doesn’t know this method."
        site, origin = headers.one("sec-fetch-site"), headers.one("origin")
        # Without referrers a form's own origin is “null”; then the browser says whose page it is.
        ours = origin == f"http://{self._host}" or (origin == "null" and site == "same-origin")
        if (site and site not in _OWN) or (origin and not ours):
            return 403, "Another page has asked for this."
        if scope["method"] == "POST" and not origin:
            return 403, "A form comes from a page of the preview."
        return None

    async def _enter(self, send: Send, token: str) -> None:
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            await _answer(send, 403, "The token is not the one of this preview.")
            return
        cookie = f"{self._name}={self._session}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, "", {"Set-Cookie": cookie, "Location": "/"})

    def _knows(self, cookie: str) -> bool:
        pairs = (pair.strip().partition("=") for pair in cookie.split(";"))
        value = next((value for name, _, value in pairs if name == self._name), "")
        return secrets.compare_digest(value.encode(), self._session.encode())

    async def _form(self, scope: Scope, headers: _Headers, receive: Receive) -> dict[str, str]:
        """What a form has sent; it knows the token that its page was given. Raises _UnfitError."""
        if scope["method"] != "POST":
            return {}
        if headers.one("content-type").partition(";")[0] != "application/x-www-form-urlencoded":
            raise _UnfitError(415, "This is no form.")
        try:
            async with asyncio.timeout(_SECONDS_TO_SEND):
                data = await _read(receive)
            pairs = parse_qsl(
                data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=5000
            )
        except TimeoutError:
            raise _UnfitError(408, "The form took too long.") from None
        except ValueError:
            raise _UnfitError(400, "The form can’t be read.") from None
        # Browsers send the ends of lines as mails have them.
        form = {name: value.replace("\r\n", "\n") for name, value in pairs}
        if not secrets.compare_digest(
            form.get("form-token", "").encode(), self.form_token.encode()
        ):
            raise _UnfitError(403, "The form is not one of this preview’s pages.")
        return form


class _UnfitError(Exception):
    """A form that is not taken, with the answer."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status, words)
        self.answer = status, words


class _Headers:
    def __init__(self, scope: Scope) -> None:
        self._pairs: list[tuple[bytes, bytes]] = list(scope["headers"])

    def all(self, name: str) -> list[str]:
        return [value.decode("latin-1") for key, value in self._pairs if key == name.encode()]

    def one(self, name: str) -> str:
        """The value; of several, all of them, which then is none that fits."""
        return ", ".join(self.all(name))


async def _read(receive: Receive) -> bytes:
    data = bytearray()  # which grows in place, however small the pieces are
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _UnfitError(400, "The form was not sent to its end.")
        data += message.get("body", b"")
        if len(data) > limits.MOST_POSTED:
            raise _UnfitError(413, "The form is too large.")
        if not message.get("more_body"):
            return bytes(data)


def _closed(send: Send) -> Send:
    """Send with the headers that keep a page to itself."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(key.lower().encode(), value.encode()) for key, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", ()), *own]
        await send(message)

    return sending


async def _answer(send: Send, status: int, words: str, more: dict[str, str] | None = None) -> None:
    body = f"{words}\n".encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body)),
        **(more or {}),
    }  # fmt: skip
    pairs = [(key.lower().encode(), value.encode()) for key, value in headers.items()]
    await _closed(send)({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
