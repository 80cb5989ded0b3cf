"""Who may ask the preview: real requests to a real server, and what a stranger’s page would send."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from letters import limits
from letters.preview.guard import HEADERS, Guard
from letters.preview.serving import NoPortError, listening

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: str


class Asking:
    """Asks the server at that port, with the headers that a browser or anybody else sends."""

    def __init__(self, guard: Guard, port: int, reached: list[str]) -> None:
        self.guard, self.port, self.reached = guard, port, reached
        self.host = f"127.0.0.1:{port}"
        self.cookie = self.get(f"/?token={guard.token}", cookie="").headers["set-cookie"]
        self.cookie = self.cookie.partition(";")[0]

    def get(self, path: str, method: str = "GET", body: str = "", **more: str) -> Answered:
        headers = {"Host": self.host, "Cookie": getattr(self, "cookie", "")}
        headers |= {key.replace("_", "-").capitalize(): value for key, value in more.items()}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for key, value in headers.items():
            if value:
                line.putheader(key, value)
        if method == "POST":
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body.encode() if body else None)
        answer = line.getresponse()
        told = {key.lower(): value for key, value in answer.getheaders()}
        found = Answered(answer.status, told, answer.read().decode())
        line.close()
        return found

    def post(self, told: dict[str, str], **more: str) -> Answered:
        sent = {"origin": f"http://{self.host}", "content_type": FORM} | more
        return self.get("/do", "POST", urlencode(told), **sent)


FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    reached: list[str] = []

    async def page(request: Request) -> PlainTextResponse:
        reached.append(request.url.path)
        return PlainTextResponse(str(request.state.form))

    routes = [Route("/", page), Route("/do", page, methods=["POST"])]
    door = listening(0)
    port = door.getsockname()[1]
    guard = Guard(Starlette(routes=routes), port, "of-a-form")
    server = uvicorn.Server(uvicorn.Config(guard, log_config=None, ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield Asking(guard, port, reached)
    server.should_exit = True
    thread.join()
    door.close()


def test_the_token_opens_and_a_cookie_that_no_script_reads_keeps_it_open(asking: Asking) -> None:
    entered = asking.get(f"/?token={asking.guard.token}", cookie="")
    assert entered.status == 303
    assert entered.headers["location"] == "/"
    attributes = entered.headers["set-cookie"].split("; ")[1:]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {*attributes}
    assert asking.guard.token not in entered.headers["set-cookie"]
    assert asking.get("/").status == 200
    # What other programs of this computer have set stands in the same line.
    assert asking.get("/", cookie=f'a="b;{{; {asking.cookie}; c=d').status == 200


REFUSED = {
    "no token": ({"cookie": ""}, 403),
    "another cookie": ({"cookie": "letters-preview=x"}, 403),
    "a name that leads here": ({"host": "evil.example:80"}, 421),
    "localhost": ({"host": "localhost"}, 421),
    "another port": ({"host": "127.0.0.1:1"}, 421),
    "no host at all": ({"host": ""}, 400),
    "another page": ({"sec_fetch_site": "cross-site"}, 403),
    "another port of this computer": ({"sec_fetch_site": "same-site"}, 403),
    "another origin": ({"origin": "http://evil.example"}, 403),
    "no origin": ({"origin": "null"}, 403),
    "an origin that begins alike": ({"origin": "http://127.0.0.1.evil.example"}, 403),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_refuses(asking: Asking, what: str) -> None:
    headers, status = REFUSED[what]
    asking.reached.clear()
    for method in ("GET", "HEAD"):
        refused = asking.get("/", method, **headers)
        assert refused.status == status, method
    assert asking.post({"form-token": asking.guard.form_token}, **headers).status == status
    assert asking.reached == []
    if status != 400:  # which the server itself says
        for name, value in HEADERS.items():
            assert refused.headers[name.lower()] == value


@pytest.mark.parametrize("token", ["", "x", "%C3%A9", "%00"])
def test_a_wrong_token_opens_nothing(asking: Asking, token: str) -> None:
    refused = asking.get(f"/?token={token}")
    assert refused.status == 403
    assert "set-cookie" not in refused.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_it_knows_no_other_method(asking: Asking, method: str) -> None:
    assert asking.get("/", method).status == 405


def test_a_form_needs_the_token_of_its_page(asking: Asking) -> None:
    told = {"form-token": asking.guard.form_token, "a": "ü\r\nb"}
    assert asking.post(told).body == str(told | {"a": "ü\nb"})
    # Without referrers a browser says “null” of its own origin, and then whose page it is.
    assert asking.post(told, origin="null", sec_fetch_site="same-origin").status == 200
    asking.reached.clear()
    assert asking.post({"a": "b"}).status == 403
    assert asking.post(told | {"form-token": "x"}).status == 403
    assert asking.post(told | {"form-token": asking.guard.token}).status == 403
    assert asking.post(told, origin="").status == 403
    assert asking.post(told, content_type="text/plain").status == 415
    assert asking.post(told, content_type="multipart/form-data; boundary=x").status == 415
    assert asking.get("/do", "POST", "\xff", origin=f"http://{asking.host}",
                      content_type=FORM).status == 400  # fmt: skip
    assert asking.post({str(n): "" for n in range(5001)} | told).status == 400
    assert asking.post(told | {"a": "b" * limits.MOST_POSTED}).status == 413
    assert asking.reached == []


def test_every_answer_is_closed_to_other_pages(asking: Asking) -> None:
    for path in ("/", "/nothing", "/do"):
        answer = asking.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name.lower()] == value
    assert "'unsafe" not in HEADERS["Content-Security-Policy"]
    assert "server" not in answer.headers or "letters" not in answer.headers["server"]


def test_a_port_that_is_taken_is_said(asking: Asking) -> None:
    with pytest.raises(NoPortError, match="can’t be had"):
        listening(asking.port)
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.1", asking.port)) == 0
