"""The addresses at which files are changed from the page: a form, what it would change, the write.

Nothing is remembered here between the steps: the second form carries what the first one sent, and
by which digest it is seen whether the file is still the one that was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from letters.campaign.yaml_text import EditError
from letters.preview import editing, markup
from letters.preview.fields import TEXT, FieldForm, changed
from letters.problem import CampaignError, has_errors, in_order

if TYPE_CHECKING:
    from starlette.requests import Request

    from letters.preview.desk import Desk
    from letters.problem import Problem

_UNFIT = "There are errors in it: nothing is written before they are mended."
_STOPPED = "It was tried, and stopped: nothing is written."
_BESIDE = 1  # lines before and behind that of a problem
_SEEN, _WHAT = "seen", "what"


class Pen:
    """Only where the user has asked for it; ``form_token`` is put into each form."""

    def __init__(self, desk: Desk, form_token: str) -> None:
        self._desk, self._form_token = desk, form_token

    def routes(self) -> tuple[Route, ...]:
        """Its addresses."""
        return (
            Route("/edit", self._choose),
            Route("/edit/form", self._form),
            Route("/edit/look", self._look, methods=["POST"]),
            Route("/edit/write", self._write, methods=["POST"]),
        )

    async def _choose(self, _: Request) -> Response:
        found = await self._desk.do(editing.editable, self._desk.root)
        return self._html("edit.html", found=found)

    async def _form(self, request: Request) -> Response:
        return await self._filled(request.query_params.get(_WHAT, ""), {})

    async def _look(self, request: Request) -> Response:
        """Show what a form would change; with an error in it, or no change, the form again."""
        sent: dict[str, str] = request.state.form
        what = sent.get(_WHAT, "")
        if "again" in sent:
            return await self._filled(what, sent)
        try:
            plan = await self._desk.do(editing.planned, self._desk.root, what, sent)
        except EditError as error:
            return self._refused(error, 409)
        except CampaignError as error:  # it was tried, and took too long
            return await self._filled(what, sent, _STOPPED, status=422, problems=error.problems)
        if plan.form.seen != sent.get(_SEEN):
            said = f"{plan.form.path} was changed in the meantime: this is how it is now."
            return await self._filled(what, {}, said, status=409, lost=sent)
        if has_errors(plan.problems) or not plan.changes:
            said = _UNFIT if plan.changes else "Nothing would be changed."
            return await self._filled(what, sent, said, status=422, problems=plan.problems)
        own = {field.name for field in plan.form.fields}
        kept = [(name, value) for name, value in sent.items() if name in own]
        return self._html("changes.html", plan=plan, kept=kept, problems=plan.problems)

    async def _write(self, request: Request) -> Response:
        sent: dict[str, str] = request.state.form
        what, seen = sent.get(_WHAT, ""), sent.get(_SEEN, "")
        try:
            kept = await self._desk.do(editing.written, self._desk.root, what, sent, seen)
        except EditError as error:
            said = f"{error.message} ({error.hint})" if error.hint else error.message
            return await self._filled(what, {}, said, status=409, lost=sent)
        except OSError as error:
            why = error.strerror or "the disk refuses it"
            return self._refused(EditError("nothing was written", why), 500)
        said = f"Written. What stood there before is kept in {kept}."
        return await self._filled(what, {}, said)

    async def _filled(
        self,
        what: str,
        sent: dict[str, str],
        said: str = "",
        *,
        status: int = 200,
        problems: tuple[Problem, ...] = (),
        lost: Mapping[str, str] | None = None,
    ) -> Response:
        """A form, with what was sent where something was; what is ``lost`` stands below it."""
        try:
            form = await self._desk.do(editing.form, self._desk.root, what)
        except EditError as error:
            return self._refused(error, 404)
        numbered = (
            (number, field, sent.get(field.name, field.value))
            for number, field in enumerate(form.fields, 1)
        )
        groups = [(name, [*some]) for name, some in groupby(numbered, lambda one: one[1].group)]
        beside = [one for one in self._desk.problems() if one.place.path == form.path]
        found = in_order((*problems, *form.problems)) or beside
        text = sent.get(TEXT, form.fields[0].value) if form.is_text else ""
        wrong = [(one, _around(text, one, form)) for one in found]
        by_key: dict[str, list[str]] = {}
        for one in found:
            by_key.setdefault(one.key, []).append(one.message)
        return self._html(
            "form.html", status, form=form, groups=groups, said=said, problems=wrong,
            by_key=by_key, text=TEXT, number=self._desk.number,
            tags=self._desk.choices.languages, follows=not sent, errors=has_errors(found),
            lost=changed(form, lost or {}).all,
        )  # fmt: skip

    def _refused(self, error: EditError, status: int) -> Response:
        return self._html("refused.html", status, error=error)

    def _html(self, name: str, status: int = 200, **told: object) -> Response:
        page = markup.page(name, form_token=self._form_token, **told)
        return Response(page, status, media_type="text/html; charset=utf-8")


def _around(text: str, problem: Problem, form: FieldForm) -> list[tuple[int, str]]:
    """The line of a problem with those beside it, as they stand in the text that is edited."""
    if problem.place.path != form.path:
        return []
    numbered = enumerate(text.split("\n"), 1)
    return [one for one in numbered if text and abs(one[0] - problem.place.line) <= _BESIDE]
