"""A letter body is run in a sandbox: Jinja2 in, Markdown with sealed values out.

Templates may come from strangers. They reach Records and sealed values only, no attribute of any
Python object, no string formatting, no large numbers; and every mistake is reported at the
template's own line. (Time and memory are bounded around the whole process, see press.workers.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.campaign.shelf import Shelf
from letters.draft import filters
from letters.draft.language import Language
from letters.draft.record import LISTS, Record, Unknown
from letters.draft.values import RESERVED, Hold, Sealed, loading
from letters.problem import CampaignError, Place, Problem, did_you_mean

MAX_MARKDOWN = 2_000_000
_LARGE = 10**9
_LOOP = {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
_LOOP_OVER = "go through it with {% for … in … %}"
_WORD = re.compile(r"“(?:[\w.]*\.)?(\w+)”|'(\w+)'")


class _Loader(BaseLoader):
    """Serves the files of one template, the campaign's own first; nothing else."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self.shelf, self.name = shelf, name

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - the signature that Jinja calls
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        file = self.shelf.find(self.name, template)
        if file is None:
            raise TemplateNotFound(template)
        return read_body(file, self.shelf.shown(file)), self.shelf.shown(file), None


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))
    intercepted_unops = frozenset()

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._field(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, LISTS) and isinstance(argument, int):
            if 0 <= argument < len(obj):
                return obj[argument]
            return self.undefined(hint=f"the list has no entry {argument}; the first one is 0")
        return self._field(obj, str(argument))

    def _field(self, obj: Any, name: str) -> Any:
        if isinstance(obj, Record):
            return obj.get(name)
        if isinstance(obj, LoopContext) and name in _LOOP:
            return getattr(obj, name)
        if isinstance(obj, Undefined):
            str(obj)  # raises, and says what is missing
        if isinstance(obj, LISTS):
            raise SecurityError(f"“{name}” can’t be asked of a list; {_LOOP_OVER}")
        kind = "a single value" if isinstance(obj, Sealed | str | int) else "not a group of values"
        raise SecurityError(f"“{name}” can’t be asked for here: this is {kind}")

    def call_binop(
        self,
        context: Any,  # noqa: ARG002 - the signature that Jinja calls
        operator: str,
        left: Any,
        right: Any,
    ) -> Any:
        numbers = [value.raw if isinstance(value, Sealed) else value for value in (left, right)]
        small = all(isinstance(n, int) and abs(n) < _LARGE for n in numbers)
        if not small or operator == "**":
            message = f"“{operator}” works on small numbers only; join texts with ~"
            raise SecurityError(message)
        return self.binop_table[operator](*numbers)


class Body:
    """One letter body, compiled once and run for each recipient."""

    def __init__(self, shelf: Shelf, template: str, file: Path, language: Language) -> None:
        """Compile; raises CampaignError with the template's own line when it can't be."""
        self.shown = shelf.shown(file)
        self.source = read_body(file, self.shown)
        self._shelf, self._name = shelf, template
        self._known: list[str] = []
        self._environment = _environment(_Loader(shelf, template), language, self._known)
        try:
            self._template: Template = self._environment.get_template(file.name)
        except TemplateError as error:
            raise self._explained(error, None) from None

    def run(self, context: Mapping[str, Any], hold: Hold) -> str:
        """The Markdown for ``context``, with tokens for the values that ``hold`` now has.

        Raises CampaignError.
        """
        self._known[:] = sorted(context)
        chunks: list[str] = []
        size = 0
        try:
            with loading(hold):
                for chunk in self._template.generate(**context):
                    size += len(chunk)
                    if size > MAX_MARKDOWN:
                        raise SecurityError(f"the letter grows past {MAX_MARKDOWN:,} characters")
                    chunks.append(chunk)
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            raise self._explained(error, error.__traceback__) from None
        except RecursionError as error:
            message = SecurityError("the template calls itself without end")
            raise self._explained(message, error.__traceback__) from None
        return "".join(chunks)

    def _explained(self, error: Exception, trace: TracebackType | None) -> CampaignError:
        path, line = self.shown, 1
        if isinstance(error, TemplateSyntaxError):
            path, line = error.filename or self.shown, error.lineno
        while trace:
            code = trace.tb_frame.f_code.co_filename
            if code.endswith(".md"):
                path, line = code, trace.tb_lineno
            trace = trace.tb_next
        message, hint = _said(error, self._name)
        column = _column(self._text_of(path), line, message)
        return CampaignError([Problem(Place(path, line, column), message, hint)])

    def _text_of(self, shown: str) -> str:
        if shown == self.shown:
            return self.source
        file = self._shelf.find(self._name, shown.rsplit("/", 1)[-1])
        return read_body(file, shown) if file else ""


def read_body(file: Path, shown: str) -> str:
    """A template file as text; raises CampaignError when it holds what no letter can."""
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise CampaignError([Problem(Place(shown), "is not UTF-8 text")]) from None
    found = RESERVED.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"holds the unusable character U+{ord(found.group()):04X}"
        raise CampaignError([Problem(Place(shown, line, column), message, "delete it")])
    return text


def _environment(loader: _Loader, language: Language, known: list[str]) -> _Sandbox:
    class Missing(StrictUndefined):
        """A variable that the context does not have."""

        @property
        def _undefined_message(self) -> str:
            if self._undefined_name is None or self._undefined_hint:
                return str(self._undefined_hint or "this is not given")
            return Unknown("", self._undefined_name, known).explanation

    environment = _Sandbox(
        loader=loader,
        undefined=Missing,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals = {}
    environment.filters = filters.filters(language)
    return environment


def _printable(value: Any) -> Any:
    if isinstance(value, bool):
        raise UndefinedError("yes or no can’t be printed; ask for it with {% if … %}")
    if isinstance(value, LISTS):
        raise UndefinedError(f"a list can’t be printed; {_LOOP_OVER}, or join it with “names”")
    if value is None or isinstance(value, dict):
        raise UndefinedError("this is no text and can’t be printed")
    return value


def _said(error: Exception, name: str) -> tuple[str, str]:
    """The message and hint for what Jinja or Python raised, in a template editor's words."""
    if isinstance(error, TemplateNotFound):
        return f"there is no file “{error.name}” in the template “{name}”", ""
    text = str(error)
    if isinstance(error, SecurityError | UndefinedError):
        if re.match("No (first|last) item", text):
            return "the list is empty", "ask first whether there is anything in it, with {% if … %}"
        message, _, hint = text.partition("; ")
        return message, hint
    if isinstance(error, TemplateSyntaxError):
        missing = re.match(r"No filter named '(\w+)'", text)
        if missing:
            known = filters.filters(Language("en", {}))
            return f"there is no filter “{missing[1]}”", did_you_mean(missing[1], known)
        if open_ := re.search(r"needs to be closed is '(\w+)'", text):
            return f"“{open_[1]}” is not closed", f"end it with {{% end{open_[1]} %}}"
        if "expected 'end of print statement'" in text:
            return "the braces are not closed", "a value is written {{ like this }}"
        return f"is not valid template code: {text}", "see docs/templates.md"
    if isinstance(error, ArithmeticError):
        return "divides by nothing or overflows", ""
    return "can’t be computed: the values are not of the right kind", "see docs/templates.md"


def _column(text: str, line: int, message: str) -> int:
    """Where the word that the message names stands in its line, else where code starts."""
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return 1
    for found in _WORD.finditer(message):
        at = re.search(rf"\b{re.escape(found[1] or found[2])}\b", lines[line - 1])
        if at:
            return at.start() + 1
    code = re.search(r"\{[{%]", lines[line - 1])
    return code.start() + 1 if code else 1
