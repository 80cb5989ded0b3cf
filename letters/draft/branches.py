"""Branches that no letter took: ``== "Ontario"`` where the data say ``ON`` leaves a paragraph out.

A condition that compares with a text was written for somebody. Where it was asked and never true,
in no language and for no recipient, the text or the data are wrong. Conditions of other kinds
(whether there is a deadline, whether there are several asks) are there for other campaigns, and so
is what the toolkit's own templates compare; of words that are fixed, such as ``gender``, only one
that does not exist is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from jinja2 import nodes

from letters.problem import Place, Problem

FILTER = "-asked"  # no template can name it
_FIXED = {
    "gender": {"m", "f", "x", "unknown"},
    "tier": {"author", "organisation", "individual"},
    "kind": {"person", "organisation"},
}
_BUILT_IN = "<"


@dataclass(slots=True)
class Branches:
    """Watches the conditions of templates while letters are drafted from them."""

    _places: dict[tuple[str, int], Place] = field(default_factory=dict)
    _asked: set[tuple[str, int]] = field(default_factory=set)
    _taken: set[tuple[str, int]] = field(default_factory=set)

    def watch(self, tree: nodes.Template, source: str, file: str) -> None:
        """Have each condition of a file tell how it was answered."""
        if file.startswith(_BUILT_IN):
            return
        lines = source.split("\n")
        for number, node in enumerate(tree.find_all(nodes.If)):
            if not _compares(node.test):
                continue
            line = node.test.lineno
            column = lines[line - 1].find("{%") + 1 if line <= len(lines) else 1
            self._places[file, number] = Place(file, line, max(1, column))
            name: list[nodes.Expr] = [nodes.Const(file), nodes.Const(number)]
            watched = nodes.Filter(
                cast("nodes.Expr", node.test), FILTER, name, [], None, None, lineno=line
            )
            if tree.environment is not None:
                watched.set_environment(tree.environment)
            node.test = watched

    def asked(self, answer: Any, file: str, number: int) -> Any:
        """The filter behind each condition; the answer stays what it is."""
        if answer:
            self._taken.add((file, number))
        self._asked.add((file, number))
        return answer

    def never_taken(self) -> Iterator[Problem]:
        """A warning for each condition that was asked and never true."""
        for key in sorted(self._asked - self._taken):
            message = "no letter takes this branch: the condition is never true"
            hint = "compare with what the data say, letter for letter"
            yield Problem(self._places[key], message, hint, severity="warning")


def _compares(test: nodes.Node) -> bool:
    """Whether a condition compares something with a text that might not be there."""
    found = [test] if isinstance(test, nodes.Compare) else []
    return any(_with_text(compare) for compare in (*found, *test.find_all(nodes.Compare)))


def _with_text(compare: nodes.Compare) -> bool:
    operators = {operand.op for operand in compare.ops}
    sides = (compare.expr, *(operand.expr for operand in compare.ops))
    texts = {text for side in sides for text in _texts(side)}
    asked = {side.attr for side in sides if isinstance(side, nodes.Getattr)}
    asked |= {side.name for side in sides if isinstance(side, nodes.Name)}
    fixed = any(texts <= _FIXED[name] for name in asked & _FIXED.keys())
    return bool(texts) and operators <= {"eq", "in"} and not fixed and "language" not in asked


def _texts(side: nodes.Expr) -> Iterator[str]:
    if isinstance(side, nodes.Const) and isinstance(side.value, str):
        yield side.value
    elif isinstance(side, nodes.List | nodes.Tuple):
        for item in side.items:
            yield from _texts(item)
