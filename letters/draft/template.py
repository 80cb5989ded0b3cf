"""A letter body is run in a sandbox: Jinja2 in, Markdown with sealed values out.

Templates may come from strangers. They reach Records and sealed values only, no attribute of any
Python object, no string formatting, no large numbers; and every mistake is reported at the
template's own line. (Time and memory are bounded around the whole process, see workshop.workers.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    Undefined,
    UndefinedError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.campaign import named_file
from letters.campaign.plaintext import HINT, complaint, decode, place_in, unusable, unusable_at
from letters.campaign.template_files import TemplateFiles
from letters.draft import filters
from letters.draft.branches import FILTER, Branches
from letters.draft.breaks import keep_breaks, settled
from letters.draft.explain import RefusedSyntaxError, deepest, explained
from letters.draft.language import Language
from letters.draft.record import LISTS, Record, Unknown
from letters.draft.source_map import Marker, SourceMap
from letters.draft.values import Hold, Sealed, SealedGroup, loading
from letters.limits import TEMPLATE
from letters.problem import CampaignError, Problem

MAX_MARKDOWN = 2_000_000
_LARGE = 10**9
_LOOP = {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
_TOO_LONG = f"the letter grows past {MAX_MARKDOWN:,} characters"
_TOO_DEEP = "the template is nested too deep"
_NEST = f"{_TOO_DEEP}; divide what stands in this line, or put a part into a file of its own"
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Slice: "a part of a text or list can’t be cut out with [ : ]",
    nodes.NSRef: "a part of a value can’t be set; give it a name of its own: {% set name = … %}",
}
_MEANT_AS_ID = re.compile(r"\{#[\w-]+\}")
_LOOP_OVER = "go through it with {% for … in … %}"


class _Loader(BaseLoader):
    """Serves the files of one template, the campaign's own first; nothing else."""

    def __init__(self, template_files: TemplateFiles, name: str) -> None:
        self.template_files, self.name = template_files, name

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - the signature that Jinja calls
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        file = self.template_files.find(self.name, template)
        if file is None:
            raise TemplateNotFound(template)
        shown = self.template_files.shown(file)
        return keep_breaks(read_body(file, shown)), shown, None


class _Sandbox(ImmutableSandboxedEnvironment):
    marker: Marker | None = None
    branches: Branches | None = None
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))
    intercepted_unops = frozenset()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for const in tree.find_all(nodes.Const):
            # Written as an escape such as "\\ue000", it could pass for a sealed value.
            if isinstance(const.value, str) and (bad := unusable(const.value)):
                message = f"a text here {complaint(bad)}"
                raise RefusedSyntaxError(message, const.lineno, name, filename)
        for refused, message in _REFUSED.items():
            for node in tree.find_all(refused):
                raise RefusedSyntaxError(message, node.lineno, name, filename)
        if self.branches is not None:
            self.branches.watch(tree, source, filename or "")
        if self.marker is not None:
            self.marker.mark(tree, filename or "")
        return tree

    def compile(self, source: Any, name: Any = None, filename: Any = None, *more: Any) -> Any:
        """As Jinja does, which follows each bracket and each block by a call of its own."""
        try:
            return super().compile(source, name, filename, *more)
        except (RecursionError, MemoryError, SyntaxError):  # the last for twenty loops in a row
            raise RefusedSyntaxError(_NEST, deepest(str(source)), name, filename) from None

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._field(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, LISTS) and isinstance(argument, int):
            if 0 <= argument < len(obj):
                return obj[argument]
            if not obj:
                return self.undefined(hint="the list is empty; this letter needs an entry in it")
            return self.undefined(hint=f"the list has no entry {argument}; the first one is 0")
        return self._field(obj, str(argument))

    def _field(self, obj: Any, name: str) -> Any:
        if isinstance(obj, Record):
            return obj.get(name)
        if isinstance(obj, SealedGroup):
            return obj.part(name)
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

    def __init__(
        self,
        template_files: TemplateFiles,
        template: str,
        file: Path,
        language: Language,
        branches: Branches | None = None,
    ) -> None:
        """Compile; raises CampaignError with the template's own line when it can't be.

        ``branches`` hears of the conditions when the body is run.
        """
        self.shown = template_files.shown(file)
        self.source = read_body(file, self.shown)
        self._template_files, self._name, self._file = template_files, template, file.name
        self._language = language
        self._known: list[str] = []
        self._branches = branches
        self._template = self._compiled(None)

    def run(self, context: Mapping[str, Any], hold: Hold) -> str:
        """The Markdown for ``context``, with tokens for the values that ``hold`` now has.

        Raises CampaignError.
        """
        return self._rendered(self._template, context, hold)

    def source_map(self, context: Mapping[str, Any], markdown: str) -> SourceMap:
        """Where in the template's files each line of ``markdown``, its output, comes from."""
        marker = Marker()
        try:
            marked = self._rendered(self._compiled(marker), context, Hold())
        except CampaignError:
            # A text was taken apart by the template, and its marks with it.
            marked = markdown
        return SourceMap(marked, marker.files or [self.shown], self._text_of)

    def _compiled(self, marker: Marker | None) -> Template:
        loader = _Loader(self._template_files, self._name)
        environment = _environment(loader, self._language, self._known, marker)
        if self._branches is not None and marker is None:
            environment.branches = self._branches
            environment.filters[FILTER] = self._branches.asked
        try:
            return environment.get_template(self._file)
        except (TemplateError, ValueError) as error:
            raise self._explained(error, None) from None

    def _rendered(self, template: Template, context: Mapping[str, Any], hold: Hold) -> str:
        self._known[:] = sorted(context)
        chunks: list[str] = []
        size = 0
        stream = cast("Generator[str]", template.generate(**context))
        try:
            with loading(hold):
                for chunk in stream:
                    size += len(chunk)
                    if size > MAX_MARKDOWN:  # raised where the template is, to tell its line
                        stream.throw(SecurityError(_TOO_LONG))
                    chunks.append(chunk)
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            raise self._explained(error, error.__traceback__) from None
        except RecursionError as error:
            message = SecurityError(f"{_TOO_DEEP}, or calls itself without end")
            raise self._explained(message, error.__traceback__) from None
        except MemoryError as error:
            message = SecurityError("this takes too much memory")
            raise self._explained(message, error.__traceback__) from None
        return settled("".join(chunks))

    def _explained(self, error: Exception, trace: TracebackType | None) -> CampaignError:
        return explained(error, trace, self.shown, self._name, self._text_of)

    def _text_of(self, shown: str) -> str:
        if shown == self.shown:
            return self.source
        file = self._template_files.find(self._name, shown.rsplit("/", 1)[-1])
        return read_body(file, shown) if file else ""


def read_body(file: Path, shown: str) -> str:
    """A template file as text; raises CampaignError when it holds what no letter can."""
    text, undecoded = decode(named_file.data_of(file, shown, TEMPLATE), shown)
    if undecoded:
        raise CampaignError([undecoded])
    if (at := unusable_at(text)) is not None:
        raise CampaignError([Problem(place_in(text, at, shown), complaint(text[at]), HINT)])
    if meant := _MEANT_AS_ID.search(text):
        place = place_in(text, meant.start(), shown)
        message = "“{#” opens a remark, which hides all words up to the next “#}”"
        raise CampaignError([Problem(place, message, "an id is written {id=thanks}")])
    return text


def _environment(
    loader: _Loader, language: Language, known: list[str], marker: Marker | None
) -> _Sandbox:
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
    environment.marker = marker
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
