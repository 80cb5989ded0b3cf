"""Loops that would take the time of a text's square: each turn copies, or looks through, all of it.

What is found is what is written so: something that grows by ``+`` in a loop, or that a loop eats up
from its front, is copied with every turn; so is a list that gets or loses its first entry.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import letters

PACKAGE = Path(letters.__file__).parent
LOOPS = (ast.For, ast.AsyncFor, ast.While)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LOOKS = {"index", "count", "remove"}


@dataclass(frozen=True, slots=True)
class Found:
    """A place, by module, function and name of what grows; and what happens there."""

    where: str
    line: int
    what: str


def everything() -> list[Found]:
    """All that is found in the package."""
    return [
        one
        for file in sorted(PACKAGE.rglob("*.py"))
        for one in of_text(file.read_text(encoding="utf-8"), _module(file))
    ]


def _module(file: Path) -> str:
    return "letters." + ".".join(file.relative_to(PACKAGE).with_suffix("").parts)


def of_text(text: str, module: str) -> Iterator[Found]:
    yield from _in(ast.parse(text), module, {}, None)


def _in(
    node: ast.AST, where: str, kinds: dict[str, str], fresh: set[str] | None
) -> Iterator[Found]:
    """``fresh`` are the names that each turn of the innermost loop begins anew; None outside."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, SCOPES):
            name = getattr(child, "name", "<lambda>")
            yield from _in(child, f"{where}.{name}", _kinds(child), None)
            continue
        if fresh is not None:
            for name, what in _wrong(child, kinds):
                if name not in fresh:
                    yield Found(where, getattr(child, "lineno", 0), f"{name} {what}".lstrip())
        if isinstance(child, ast.Call) and _is_sum_of_lists(child):
            yield Found(where, child.lineno, "lists that are added up")
        inside = _fresh(child) if isinstance(child, LOOPS) else fresh
        yield from _in(child, where, kinds, inside)


def _fresh(loop: ast.For | ast.AsyncFor | ast.While) -> set[str]:
    """The names that the loop's own statements give a value that is not made of the old one."""
    found = set()
    for node in loop.body:
        targets = node.targets if isinstance(node, ast.Assign) else ()
        for target in targets:
            names = {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}
            used = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}  # type: ignore[attr-defined]
            found |= names - used
    return found


def _kinds(scope: ast.AST) -> dict[str, str]:
    """What names of a function hold from the beginning: a number grows for nothing."""
    found: dict[str, str] = {}
    arguments = getattr(scope, "args", None)
    for one in (
        (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs) if arguments else ()
    ):
        found[one.arg] = _annotated(one.annotation)
    for node in ast.walk(scope):
        pairs: list[tuple[ast.expr, ast.expr | None]] = []
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs += zip(target.elts, node.value.elts, strict=False)
                else:
                    pairs.append((target, node.value))
        elif isinstance(node, ast.AnnAssign):
            if isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, _annotated(node.annotation))
            continue
        for target, value in pairs:
            if isinstance(target, ast.Name) and (kind := _kind(value)):
                found.setdefault(target.id, kind)
    return found


def _annotated(node: ast.expr | None) -> str:
    name = ast.unparse(node).partition("[")[0] if node else ""
    return {"str": "text", "bytes": "text", "tuple": "text", "list": "list", "int": "number"}.get(
        name, ""
    )


def _kind(node: ast.expr | None) -> str:
    match node:
        case ast.Constant(value=str() | bytes()) | ast.JoinedStr() | ast.Tuple():
            return "text"
        case ast.List() | ast.ListComp():
            return "list"
        case ast.Constant(value=int() | float()):
            return "number"
    return ""


def _wrong(node: ast.AST, kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The name of what grows, and how; "" where it has none."""
    match node:
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
            if kinds.get(name) == "text" or (name not in kinds and _kind(value) == "text"):
                yield name, "grows"
        case ast.AugAssign(target=ast.Attribute(attr=name), op=ast.Add(), value=value):
            if _kind(value) == "text":
                yield name, "grows"
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            if _grows(name, value) and kinds.get(name) != "number":
                yield name, "grows"
            if _is_rest(name, value):
                yield name, "is eaten up"
        case ast.Call(func=ast.Attribute(attr="pop"), args=[ast.Constant(value=0)]):
            yield "", "the first one is taken out"
        case ast.Call(func=ast.Attribute(attr="insert"), args=[ast.Constant(value=0), _]):
            yield "", "it is put first"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)):
            if attribute in _LOOKS and kinds.get(name) == "list":
                yield name, "is looked through"
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Name(id=name)]):
            if kinds.get(name) == "list":
                yield name, "is looked through"


def _grows(name: str, value: ast.expr) -> bool:
    """Whether the new value is the old one with something before or behind."""
    match value:
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _is(left, name) or _is(right, name) or _grows(name, left)
        case ast.JoinedStr(values=parts):
            return any(
                isinstance(one, ast.FormattedValue) and _is(one.value, name) for one in parts
            )
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return any(isinstance(one, ast.Starred) and _is(one.value, name) for one in parts)
        case ast.Call(
            func=ast.Attribute(attr="join"), args=[ast.Tuple(elts=parts) | ast.List(elts=parts)]
        ):
            return any(_is(one, name) for one in parts)
    return False


def _is_rest(name: str, value: ast.expr) -> bool:
    match value:
        case ast.Subscript(value=ast.Name(id=other), slice=ast.Slice(lower=ast.expr(), upper=None)):
            return other == name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=other), attr=attribute)):
            return other == name and attribute in ("removeprefix", "lstrip")
    return False


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_sum_of_lists(node: ast.Call) -> bool:
    last = node.args[-1] if node.args else None
    is_sum = isinstance(node.func, ast.Name) and node.func.id == "sum" and len(node.args) == 2
    return is_sum and isinstance(last, ast.List | ast.Tuple)
