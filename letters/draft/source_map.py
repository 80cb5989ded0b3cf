"""From a line of the Markdown back to the line of the template that wrote it.

A mistake in the Markdown shows only after the template has run: by then loops have repeated lines
and included files have brought their own. So when there is a mistake, and only then, the template
runs once more with marks in its own words, and the marks say which file and line each word is from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from jinja2 import nodes
from msgspec import Struct, field

from letters.draft.characters import written_at
from letters.draft.markdown_faults import Fault
from letters.problem import Place, Problem

_BREAK = re.compile("\n")
_MARK = re.compile("\ue002(\\d+),(\\d+)\ue003")

# What is printed inside these may be compared, measured or changed before it comes out.
_CLOSED = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock)


class Marker(Struct):
    """Puts marks into the syntax tree of each file that the template consists of."""

    files: list[str] = field(default_factory=list)

    def mark(self, tree: nodes.Template, file: str) -> None:
        """Mark each line of words, and each value that is printed among them."""
        if file not in self.files:
            self.files.append(file)
        self._walk(tree, 2 * self.files.index(file))

    def _walk(self, node: nodes.Node, file: int) -> None:
        """``file`` is twice its number, and one more within a loop."""
        if isinstance(node, nodes.Output):
            node.nodes = [part for one in node.nodes for part in self._marked(one, file)]
        elif not isinstance(node, _CLOSED):
            within = file | isinstance(node, nodes.For)
            for child in node.iter_child_nodes():
                self._walk(child, within)

    @staticmethod
    def _marked(node: nodes.Expr, file: int) -> list[nodes.Expr]:
        if not isinstance(node, nodes.TemplateData):
            here = nodes.TemplateData(f"\ue002{file},{node.lineno}\ue003", lineno=node.lineno)
            return [here, node]
        lines = node.data.splitlines(keepends=True)
        marked = (
            f"\ue002{file},{node.lineno + number}\ue003{line}" for number, line in enumerate(lines)
        )
        return [nodes.TemplateData("".join(marked), lineno=node.lineno)]


class SourceMap:
    """Where each line of one Markdown text comes from. ``text_of`` gives a file's text.

    ``markdown`` is that text, without the marks.
    """

    def __init__(self, marked: str, files: list[str], text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._offsets: list[int] = [-1]
        self._origins: list[tuple[str, int]] = [(files[0], 1)]
        self._looped: list[bool] = [False]
        plain: list[str] = []
        size = position = 0
        for found in _MARK.finditer(marked):
            plain.append(marked[position : found.start()])
            size += found.start() - position
            position = found.end()
            self._offsets.append(size)
            file, looped = divmod(int(found[1]), 2)
            self._origins.append((files[file], int(found[2])))
            self._looped.append(bool(looped))
        plain.append(marked[position:])
        self.markdown = "".join(plain)
        self._starts = [0, *(found.end() for found in _BREAK.finditer(self.markdown))]
        self._own: dict[str, tuple[str, list[int]]] = {}

    def problem(self, fault: Fault) -> Problem:
        """The fault as a problem, at the place in the template that it comes from."""
        path, line = self._origin(fault.line)
        text, starts = self._text(path)
        start = starts[min(line, len(starts)) - 1]
        # A Markdown parser may have changed the rest, or code has written the whole of it.
        at = next(_nearest(text, start, fault.near), start)
        line = bisect_right(starts, at)
        return Problem(Place(path, line, at - starts[line - 1] + 1), fault.message, fault.hint)

    def start_of(self, line: int) -> int:
        """Where in the Markdown a line begins."""
        return self._starts[line]

    def origin_at(self, offset: int) -> tuple[str, int]:
        """The file and the line that wrote what stands there in the Markdown."""
        return self._origins[bisect_right(self._offsets, offset) - 1]

    def is_looped(self, offset: int) -> bool:
        """Whether a loop of the template wrote what stands there."""
        return self._looped[bisect_right(self._offsets, offset) - 1]

    def column(self, path: str, line: int, near: str) -> int:
        """The column where that stands in the line of the template; the first, if it doesn’t."""
        text, starts = self._text(path)
        start, end = [*starts[line - 1 : line + 1], len(text), len(text)][:2]
        return text[start:end].casefold().find(near) + 1 or 1

    def _text(self, path: str) -> tuple[str, list[int]]:
        """A file of the template, and where each of its lines begins."""
        if path not in self._own:
            text = self._text_of(path)
            self._own[path] = text, [0, *(found.end() for found in _BREAK.finditer(text))]
        return self._own[path]

    def _origin(self, line: int) -> tuple[str, int]:
        """The first mark on that line, else the last one before it."""
        start = self._starts[line]
        end = self._starts[line + 1] - 1 if line + 1 < len(self._starts) else len(self.markdown)
        index = bisect_left(self._offsets, start)
        if index == len(self._offsets) or self._offsets[index] > end:
            index -= 1
        return self._origins[index]


def _nearest(text: str, start: int, near: str) -> Iterator[int]:
    """Where that could be meant from there on: in words, as a reference to a character, or code."""
    for sought in (near, *near.split()[:1]) if near else ():
        if (at := text.find(sought, start)) >= 0:
            yield at
    if len(near) == 1 and (spelled := written_at(text[start:], near)) is not None:
        yield start + spelled
    if near and (code := text.find("{{", start)) >= 0:
        yield code
