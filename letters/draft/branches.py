"""Branches that no letter took: ``== "Ontario"`` where the data say ``ON`` leaves a paragraph out.

A condition that compares with a text was written for somebody. Where it was asked and never true,
in no language and for no recipient, the text or the data are wrong; so they are where one that
leaves somebody out (``!=``) was never false. Conditions of other kinds
(whether there is a deadline, whether there are several asks) are there for other campaigns, and so
is what the toolkit's own templates compare; of words that are fixed, such as ``gender``, only one
that does not exist is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from jinja2 import nodes
from msgspec import Struct, field

from letters.problem import Place, Problem

FILTER = "-asked"  # no template can name it
_FIXED = {
    "gender": {"m", "f", "x", "unknown"},
    "tier": {"author", "organisation", "individual"},
    "kind": {"person", "organisation"},
}
_BUILT_IN = "<"
_SAME = frozenset({"eq", "in", "equalto", "==", "sameas"})
_OTHER = frozenset({"ne", "notin", "!="})


class Branches(Struct):
    """Watches the conditions of templates while letters are drafted from them."""

    _places: dict[tuple[str, int], Place] = field(default_factory=dict)
    _asked: set[tuple[str, int]] = field(default_factory=set)
    _taken: set[tuple[str, int]] = field(default_factory=set)
    _excluding: set[tuple[str, int]] = field(default_factory=set)

    def watch(self, tree: nodes.Template, source: str, file: str) -> None:
        """Have each condition of a file tell how it was answered."""
        if file.startswith(_BUILT_IN):
            return
        lines = source.split("\n")
        asking = tree.find_all((nodes.If, nodes.CondExpr, nodes.For))
        for number, found in enumerate(list(asking)):
            node = cast("nodes.If | nodes.CondExpr | nodes.For", found)
            test = node.test
            if test is None or not (_excludes(test) or _compares(test)):
                continue
            if _excludes(test):
                self._excluding.add((file, number))
            line = test.lineno
            mark = "{{" if isinstance(node, nodes.CondExpr) else "{%"
            column = lines[line - 1].find(mark) + 1 if line <= len(lines) else 1
            self._places[file, number] = Place(file, line, max(1, column))
            name: list[nodes.Expr] = [nodes.Const(file), nodes.Const(number)]
            watched = nodes.Filter(
                cast("nodes.Expr", test), FILTER, name, [], None, None, lineno=line
            )
            if tree.environment is not None:
                watched.set_environment(tree.environment)
            node.test = watched

    def asked(self, answer: Any, file: str, number: int) -> Any:
        """The filter behind each condition; the answer stays what it is."""
        if bool(answer) is not ((file, number) in self._excluding):
            self._taken.add((file, number))
        self._asked.add((file, number))
        return answer

    def never_taken(self) -> Iterator[Problem]:
        """A warning for each condition that was asked and never true, or leaves nobody out."""
        for key in sorted(self._asked - self._taken):
            message = "no letter takes this branch: the condition is never true"
            if key in self._excluding:
                message = "every letter takes this branch: the condition is never false"
            hint = "compare with what the data say, letter for letter"
            yield Problem(self._places[key], message, hint, severity="warning")


def _compares(test: nodes.Node) -> bool:
    """Whether a condition compares something with a text that might not be there."""
    inner: list[nodes.Compare | nodes.Test] = [
        *test.find_all(nodes.Compare),
        *test.find_all(nodes.Test),
    ]
    if isinstance(test, nodes.Compare | nodes.Test):
        inner.append(test)
    return any(_with_text(each, _SAME) for each in inner)


def _excludes(test: nodes.Node) -> bool:
    """Whether a condition is there to leave out whoever has a text."""
    if isinstance(test, nodes.Not):
        inner = test.node
        return isinstance(inner, nodes.Compare | nodes.Test) and _with_text(inner, _SAME)
    return isinstance(test, nodes.Compare | nodes.Test) and _with_text(test, _OTHER)


def _with_text(question: nodes.Compare | nodes.Test, wanted: frozenset[str]) -> bool:
    if isinstance(question, nodes.Test):
        operators = {question.name}
        sides: tuple[nodes.Expr, ...] = (question.node, *question.args)
    else:
        operators = {operand.op for operand in question.ops}
        sides = (question.expr, *(operand.expr for operand in question.ops))
    texts = {text for side in sides for text in _texts(side)}
    asked = {side.attr for side in sides if isinstance(side, nodes.Getattr)}
    asked |= {side.name for side in sides if isinstance(side, nodes.Name)}
    fixed = any(texts <= _FIXED[name] for name in asked & _FIXED.keys())
    return bool(texts) and operators <= wanted and not fixed and "language" not in asked


def _texts(side: nodes.Expr) -> Iterator[str]:
    if isinstance(side, nodes.Const) and isinstance(side.value, str):
        yield side.value
    elif isinstance(side, nodes.List | nodes.Tuple):
        for item in side.items:
            yield from _texts(item)
