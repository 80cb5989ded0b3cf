"""Every regular expression of letters, and texts by which one shows that it takes too long.

A pattern takes the time of a text's square, or worse, where it can begin or go on in many ways at
many places, and each ends in nothing. Its own parts say which texts those are: what stands before a
repetition, again and again; what is repeated, again and again; and then something that fits nowhere.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import letters

ENDLESS = parser.MAXREPEAT
_METHODS = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
ANCHORED = {"match", "fullmatch"}


@dataclass(slots=True)
class Found:
    """A pattern, where it stands, and by which methods it is used."""

    where: str
    pattern: re.Pattern[Any]
    methods: set[str] = field(default_factory=set)


def everything() -> list[Found]:
    """All patterns: those that modules hold, and those that stand in a call of `re`."""
    modules = [
        importlib.import_module(info.name)
        for info in pkgutil.walk_packages(letters.__path__, "letters.")
        if not info.name.endswith("__main__")
    ]
    trees = {m.__name__: ast.parse(Path(str(m.__file__)).read_bytes()) for m in modules}
    used = {name: _used(tree) for name, tree in trees.items()}
    found: dict[tuple[Any, int], Found] = {}
    for module in modules:
        for name, value in vars(module).items():
            # A private one is used where it stands; another anywhere.
            near = [used[module.__name__]] if name.startswith("_") else used.values()
            methods = {method for each in near for method in each.get(name, ())}
            for pattern in _patterns(value):
                place = Found(f"{module.__name__}.{name}", pattern)
                one = found.setdefault((pattern.pattern, pattern.flags), place)
                one.methods |= methods or {"search"}
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if call := _call(node):
                method, text, flags = call
                pattern = re.compile(text, flags)
                place = Found(f"{name}:{getattr(node, 'lineno', 0)}", pattern)
                one = found.setdefault((pattern.pattern, pattern.flags), place)
                if method != "compile":
                    one.methods.add(method)
                elif not one.methods:
                    one.methods.add("search")
    return sorted(found.values(), key=lambda one: one.where)


def _used(tree: ast.AST) -> dict[str, set[str]]:
    """By which methods of a pattern each name is used."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _METHODS:
            name = node.value
            key = name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")
            used.setdefault(key, set()).add(node.attr)
    return used


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _patterns(one, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _patterns(one, depth + 1)


def _call(node: ast.AST) -> tuple[str, Any, int] | None:
    """The method, text and flags of a call such as ``re.sub("…", …)`` with a plain text in it."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    owner = node.func.value
    if not (isinstance(owner, ast.Name) and owner.id == "re"):
        return None
    if node.func.attr not in {*_METHODS, "compile"}:
        return None
    first = node.args[0]
    text = _text(first)
    if text is None or (node.func.attr == "compile" and isinstance(first, ast.JoinedStr)):
        return None  # its module holds it, with what is filled in
    named = [word.attr for each in (*node.args[1:], *(k.value for k in node.keywords))
             for word in ast.walk(each) if isinstance(word, ast.Attribute)]  # fmt: skip
    flags = 0
    for name in named:
        flags |= int(getattr(re, name, 0)) if name.isupper() else 0
    return node.func.attr, text, flags


def _text(node: ast.AST) -> Any:
    """A text or bytes; what is filled into one is taken for a word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "word" for part in node.values
        )
    return None


# --- texts --------------------------------------------------------------------------------------


def attacks(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Texts of about that many characters that make the pattern try in vain."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    bits = list(dict.fromkeys(filter(None, _bits(tree))))[:12]
    whole = _sample(tree)
    for bit in {*bits, whole} - {""}:
        for end in ("\x00", "\n\x00"):
            yield _as(pattern, bit * (size // len(bit)) + end)
    for head in bits[:4]:
        for pump in bits[:6]:
            if head != pump:
                yield _as(pattern, head + pump * (size // len(pump)) + "\x00")
                both = head + pump
                yield _as(pattern, both * (size // len(both)) + "\x00")


def _as(pattern: re.Pattern[Any], text: str) -> Any:
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def _bits(tree: Any, before: str = "") -> Iterator[str]:
    """What stands before each repetition, what is repeated, and both."""
    for operator, argument in tree:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            item = _sample(inner)
            if most is ENDLESS or most > 1000:
                yield item
                yield before
                yield before + item
                yield from _others(inner)
            yield from _bits(inner, before)
            before += item * max(least, 1)
        elif name == "SUBPATTERN":
            yield from _bits(argument[-1], before)
            before += _sample(argument[-1])
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _bits(branch, before)
            before += _sample(argument[1][0])
        elif name in ("ASSERT", "ASSERT_NOT", "ATOMIC_GROUP"):
            inner = argument[1] if name.startswith("ASSERT") else argument
            yield from _bits(inner, before)
            yield _sample(inner)
        else:
            before += _sample([(operator, argument)])
    yield before


def _others(tree: Any) -> Iterator[str]:
    """Single characters that a repeated class takes, of several kinds."""
    for operator, argument in tree:
        if str(operator) in ("IN", "ANY", "NOT_LITERAL"):
            for character in (" ", "\n", "-", "("):
                if _takes(operator, argument, character):
                    yield character


def _sample(tree: Any) -> str:
    """The shortest plain text that fits, near enough."""
    text = ""
    for operator, argument in tree:
        name = str(operator)
        if name == "LITERAL":
            text += chr(argument)
        elif name in ("IN", "ANY", "NOT_LITERAL"):
            tried = ("a", "1", " ", "-", "\n", "A", ".", *map(chr, range(33, 127)))
            text += next((c for c in tried if _takes(operator, argument, c)), _first(argument))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += _sample(argument[2]) * min(max(argument[0], 1), 50)
        elif name == "SUBPATTERN":
            text += _sample(argument[-1])
        elif name == "BRANCH":
            text += _sample(argument[1][0])
        elif name == "ATOMIC_GROUP":
            text += _sample(argument)
    return text


def _first(argument: Any) -> str:
    for operator, value in argument if isinstance(argument, list) else ():
        if str(operator) == "LITERAL":
            return chr(value)
        if str(operator) == "RANGE":
            return chr(value[0])
    return "a"


def _takes(operator: Any, argument: Any, character: str) -> bool:
    name, code = str(operator), ord(character)
    if name == "ANY":
        return True
    if name == "NOT_LITERAL":
        return bool(code != argument)
    negated, hit = False, False
    for kind, value in argument:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                hit = hit or value == code
            case "RANGE":
                hit = hit or value[0] <= code <= value[1]
            case "CATEGORY":
                hit = hit or _category(str(value), character)
    return hit != negated


def _category(name: str, c: str) -> bool:
    kinds = {
        "DIGIT": c.isdigit(), "SPACE": c.isspace(), "WORD": c.isalnum() or c == "_",
    }  # fmt: skip
    for word, value in kinds.items():
        if name.endswith(f"NOT_{word}"):
            return not value
        if name.endswith(word):
            return value
    return False
