"""The preview’s addresses: its page, the pictures on it, what is downloaded, and what is new."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from letters.error import BugError, LettersError
from letters.preview import bench, markup, opening
from letters.preview.desk import Desk, PreviewLook
from letters.preview.guard import Guard
from letters.preview.pen import Pen
from letters.preview.wish import Wish
from letters.problem import CampaignError

if TYPE_CHECKING:
    from starlette.requests import Request

_BEAT = 15  # seconds after which an open page is told that nothing is new
_STATIC = {
    "preview.css": "text/css; charset=utf-8",
    "preview.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Preview:
    """The application, for whoever runs the server."""

    def __init__(self, desk: Desk, port: int, *, editing: bool = False) -> None:
        """With ``editing`` the files can be changed from the page, too."""
        self._desk, self._editing = desk, editing
        form_token = secrets.token_urlsafe(24)
        routes = [
            Route("/", self._home),
            Route("/news", self._news),
            Route("/page/{name}.jpg", self._picture),
            Route("/letter.{made:str}", self._file),
            Route("/open", self._open, methods=["POST"]),
            Route("/static/{name}", self._static),
            *(Pen(desk, form_token).routes() if editing else ()),
        ]
        self.guard = Guard(
            Starlette(
                routes=routes,
                lifespan=self._lifespan,
                exception_handlers={LettersError: _explained, OSError: _explained, BugError: _bug},
            ),
            port,
            form_token,
        )
        self._editor = opening.editor(os.environ)

    def end(self) -> None:
        """Let the open pages go."""
        self._desk.end()

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with self._desk.following():
            yield

    def _wish(self, request: Request) -> Wish:
        return Wish.of(request.query_params, public_only=self._desk.public_only)

    async def _home(self, request: Request) -> Response:
        desk, wish = self._desk, self._wish(request)
        look = await desk.look(wish)
        problems = [
            (problem, opening.address(desk.root, problem.place)) for problem in desk.problems(look)
        ]
        errors = sum(problem.severity == "error" for problem, _ in problems)
        return _html(
            "preview.html",
            desk=desk,
            look=look,
            letter=look.letter,
            wish=look.letter.wish if look.letter else wish,
            asked=wish,
            choices=desk.choices,
            signatures=desk.signatures,
            address_of=functools.partial(opening.address, desk.root),
            problems=problems,
            said=_said(desk, look, errors),
            errors=errors,
            form_token=self.guard.form_token,
            editor=bool(self._editor),
            editing=self._editing,
        )

    async def _news(self, request: Request) -> Response:
        """What is new, for as long as the page is open: its number, and nothing else."""
        try:
            seen = int(request.query_params.get("seen", "0"))
        except ValueError:
            seen = 0
        if self._desk.is_full:
            return PlainTextResponse("too many pages of this preview are open", 503)
        return StreamingResponse(
            self._told(self._wish(request), seen), media_type="text/event-stream"
        )

    async def _told(self, wish: Wish, seen: int) -> AsyncIterator[str]:
        with self._desk.listening(wish) as listener:
            yield "retry: 1000\n\n"
            if seen != self._desk.number:
                yield f"data: {self._desk.number}\n\n"
            while not self._desk.is_ending:
                try:
                    async with asyncio.timeout(_BEAT):
                        await listener.news.wait()
                except TimeoutError:
                    yield ": nothing new\n\n"
                    continue
                listener.news.clear()
                if not self._desk.is_ending:
                    yield f"data: {self._desk.number}\n\n"

    async def _picture(self, request: Request) -> Response:
        data = self._desk.picture(request.path_params["name"])
        if data is None:
            return PlainTextResponse("this page is not shown any more", 404)
        return Response(data, media_type="image/jpeg")

    async def _file(self, request: Request) -> Response:
        """The very PDF whose pages are shown, or the same letter for Word."""
        made, wish = request.path_params["made"], self._wish(request)
        look = await self._desk.look(wish)
        if made not in ("pdf", "docx") or look.letter is None:
            return PlainTextResponse("there is no such letter", 404)
        data, kind = look.letter.pdf, "application/pdf"
        if made == "docx":
            try:
                data, kind = await self._desk.do(bench.word, wish), _WORD
            except CampaignError as error:
                return PlainTextResponse(f"{error}\n", 409)
        granted = look.letter.wish
        public = "public." if granted.audience == "public" else ""
        name = f"{granted.recipient}.{granted.language}.{public}{made}"
        return Response(
            data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    async def _open(self, request: Request) -> Response:
        """Open a place in the user's own editor, and go back to the page."""
        form: dict[str, str] = request.state.form
        file = opening.inside(self._desk.root, form.get("path", ""))
        numbers = [form.get(key, "1") for key in ("line", "column")]
        if file is None or not self._editor or not all(one.isdecimal() for one in numbers):
            return PlainTextResponse("there is no such file to open", 404)
        line, column = (int(one[:9]) for one in numbers)
        opening.open_in(self._editor, file, line, column)
        wish = Wish.of(form, public_only=self._desk.public_only)
        return RedirectResponse(f"/?{wish.query}", 303)

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            return PlainTextResponse("there is no such file", 404)
        data = Path(__file__).with_name("static").joinpath(name).read_bytes()
        return Response(data, media_type=_STATIC[name])


async def _explained(_: Request, error: Exception) -> Response:
    """What stopped a request, in one sentence."""
    said = error.sentence if isinstance(error, LettersError) else "the disk refuses it"
    return PlainTextResponse(f"{said}\n", 409)


async def _bug(_: Request, error: Exception) -> Response:
    """Of what nobody thought of, its kind and its place, and none of its words."""
    bug = BugError.of(error)
    said = f"a mistake in the program itself ({bug.kind} at {bug.trail[-1]})\n"
    return PlainTextResponse(said, 500)


def _html(name: str, **told: object) -> Response:
    return Response(markup.page(name, **told), media_type="text/html; charset=utf-8")


def _said(desk: Desk, look: PreviewLook, errors: int) -> str:
    """One sentence of where things stand, which is read aloud when it changes."""
    if errors:
        what = "1 problem" if errors == 1 else f"{errors} problems"
        stays = "the letter is the last that could be made" if look.letter else "no letter yet"
        return f"{what}: {stays}."
    return f"Shown as saved, {desk.saved:%H:%M:%S}."
