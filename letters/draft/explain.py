"""Jinja's errors in the words of a template editor, at the template's own line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from letters.campaign.plaintext import place_in
from letters.draft import filters
from letters.draft.language import Language
from letters.problem import CampaignError, Place, Problem, did_you_mean

_UNCLOSED = re.compile(r"needs to be closed is '(\w+)'")
_CHARACTER = re.compile(r"unexpected char (?P<quote>['\"])(?P<sign>.+)(?P=quote) at \d+", re.DOTALL)
_SIGN = re.compile(
    r"(?:expected token '(?P<wanted>[^']+)', got|unexpected) '(?P<sign>[^']+)'"
    r"(?:, expected '(?P<other>[^']+)')?"
)
_NO_VALUE = re.compile(r"Expected an expression, got '([^']+)'|unexpected '(end of [^']+)'")
_ENDS = {"end of print statement": "}}", "end of statement block": "%}"}
_REMARK = re.compile(r"\{#(?:(?!\{#).)*?#\}", re.DOTALL)
_OPEN_BRACE = re.compile(
    r"\{\{(?:(?!\}\}).)*?(?=\{[{%]|\Z)|\{%(?:(?!%\}).)*?(?=\{[{%]|\Z)", re.DOTALL
)
_LONG_NUMBER = re.compile("[0-9][0-9A-Fa-f_xX]{999,}")
_CALLS_OF_A_SIGN, _CALLS_OF_A_BLOCK = 3, 5  # about so many calls of Jinja’s, one in the other
_BLOCKS = {"if", "for", "macro", "call", "filter", "block", "with", "autoescape"}
_SIGNS = {"not", "and", "or", "in", "is", "else"}
_WORD = re.compile(r"“([^“”]*\.md)”|“(?:[\w.]*\.)?(\w+)”")


class RefusedSyntaxError(TemplateSyntaxError):
    """Valid for Jinja, and not wanted in a letter."""


def explained(
    error: Exception,
    trace: TracebackType | None,
    shown: str,
    name: str,
    text_of: Callable[[str], str],
) -> CampaignError:
    """The error as a problem of the template ``name``, whose main file is ``shown``.

    ``trace`` leads to the file and line that was running; ``text_of`` gives a file's text.
    """
    path, line = shown, 1
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or shown, error.lineno
        if found := _UNCLOSED.search(str(error)):
            line, trace = _opening(text_of(path), found[1]) or line, None
        elif (at := _open_brace(text_of(path))) is not None:
            place = place_in(text_of(path), at, path)
            hint = "a value is written {{ like this }}, an instruction {% like this %}"
            return CampaignError([Problem(place, "these braces are not closed", hint)])
    while trace:
        code = trace.tb_frame.f_code.co_filename
        if code.endswith(".md"):
            path, line = code, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, ValueError) and (long := _LONG_NUMBER.search(text_of(path))):
        place = place_in(text_of(path), long.start(), path)
        return CampaignError([Problem(place, "this number is too long to be computed with")])
    message, hint = _said(error, name)
    column = _column(text_of(path), line, message)
    return CampaignError([Problem(Place(path, line, column), message, hint)])


def _said(error: Exception, name: str) -> tuple[str, str]:
    """The message and hint for what Jinja or Python raised, in a template editor's words."""
    if isinstance(error, TemplateNotFound):
        return f"there is no file “{error.name}” in the template “{name}”", ""
    text = error.message or "" if isinstance(error, TemplateSyntaxError) else str(error)
    if isinstance(error, SecurityError | UndefinedError | RefusedSyntaxError):
        if re.match("No (first|last) item", text):
            return "the list is empty", "ask first whether there is anything in it, with {% if … %}"
        message, _, hint = text.partition("; ")
        return message, hint
    if isinstance(error, TemplateSyntaxError):
        missing = re.match(r"No filter named '(\w+)'", text)
        if missing:
            known = filters.filters(Language("en", {}))
            return f"there is no filter “{missing[1]}”", did_you_mean(missing[1], known)
        if unclosed := _UNCLOSED.search(text):
            return f"“{unclosed[1]}” is not closed", f"end it with {{% end{unclosed[1]} %}}"
        if stray := re.match(r"Encountered unknown tag '(end)?(\w+)'", text):
            word = f"{stray[1] or ''}{stray[2]}"
            said = "nothing is open that “{}” could close" if stray[1] else "there is no tag “{}”"
            return said.format(word), "see docs/templates.md"
        return f"is not valid template code: {_reworded(text)}", "see docs/templates.md"
    if isinstance(error, ArithmeticError):
        return "divides by nothing or overflows", ""
    return "can’t be computed: the values are not of the right kind", "see docs/templates.md"


def _reworded(text: str) -> str:
    """Jinja’s words about a sign in the wrong place, which are a programmer’s, in plain ones."""
    if found := _NO_VALUE.fullmatch(text):
        sign = found[1] or found[2]
        return f"a value is missing before “{_ENDS.get(sign, sign)}”"
    if (found := _CHARACTER.fullmatch(text)) or (found := _SIGN.fullmatch(text)):
        sign = _ENDS.get(found["sign"], found["sign"])
        wanted = found.groupdict().get("wanted") or found.groupdict().get("other")
        return f"“{sign}” can’t stand here" + (
            f", where “{_ENDS.get(wanted, wanted)}” is wanted" if wanted else ""
        )
    return text


def _open_brace(text: str) -> int | None:
    """Where the first braces open that aren't closed before the next ones open."""
    bare = _REMARK.sub(lambda remark: " " * len(remark[0]), text)
    found = _OPEN_BRACE.search(bare)
    return found.start() if found else None


def _opening(text: str, tag: str) -> int | None:
    """The line of the last ``{% tag %}`` in ``text`` that is never ended."""
    words: list[str] = []
    open_lines: list[int] = []
    with suppress(TemplateSyntaxError):  # what follows is wrong too, and told next time
        for line, kind, word in SandboxedEnvironment().lex(text):
            if kind == "block_begin":
                words = []
            elif kind in ("name", "operator"):
                words.append(word)
                if words == [tag]:
                    open_lines.append(line)
                elif words == [f"end{tag}"] and open_lines:
                    open_lines.pop()
    return open_lines[-1] if open_lines else None


def deepest(text: str) -> int:
    """The line of the code that is nested the most, by blocks or by what stands in one of them."""
    most, line_of_most, open_blocks = 0, 1, 0
    weight, opened_at, first = 0, 1, ""
    try:
        for line, kind, word in SandboxedEnvironment().lex(text):
            if kind in ("block_begin", "variable_begin"):
                weight, opened_at, first = 0, line, ""
            elif kind == "operator" or word in _SIGNS:
                weight += _CALLS_OF_A_SIGN
            elif kind == "name" and not first:
                first = word
            elif kind in ("block_end", "variable_end"):
                if kind == "block_end":
                    open_blocks += -1 if first.startswith("end") else first in _BLOCKS
                weight = max(weight, open_blocks * _CALLS_OF_A_BLOCK)
                if weight > most:
                    most, line_of_most = weight, opened_at
    except TemplateSyntaxError:  # what follows is wrong too, and told next time
        pass
    return line_of_most


def _column(text: str, line: int, message: str) -> int:
    """Where the word that the message names stands in its line, else where code starts."""
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return 1
    # The word that is wrong comes last: “values” has no “sene”.
    for found in reversed(list(_WORD.finditer(message))):
        at = re.search(rf"\b{re.escape(found[1] or found[2])}\b", lines[line - 1])
        if at:
            return at.start() + 1
    code = re.search(r"\{[{%]", lines[line - 1])
    return code.start() + 1 if code else 1
