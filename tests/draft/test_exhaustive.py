"""Whoever reads the tree says what it does with each kind of node, so that none is ever lost."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

import letters
from letters.draft import document as d

ROOT = Path(letters.__file__).parent
NODES = {
    name
    for name in d.__all__
    if isinstance(getattr(d, name), type) and issubclass(getattr(d, name), Struct)
}
MOST = 5  # a reader that asks for so few of them leaves the others as they are


def readers(source: str) -> Iterator[tuple[ast.Match, set[str]]]:
    """The ``match`` statements over nodes of the tree, each with the kinds that it names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Match):
            patterns = [one for case in node.cases for one in ast.walk(case.pattern)]
            classes = [one.cls for one in patterns if isinstance(one, ast.MatchClass)]
            names = {c.attr if isinstance(c, ast.Attribute) else ast.unparse(c) for c in classes}
            if len(names & NODES) > MOST:
                yield node, names & NODES


def is_exhaustive(match: ast.Match) -> bool:
    """Whether the type checker refuses a kind that is not named."""
    return ast.unparse(match.cases[-1].body[-1]).startswith("assert_never(")


def test_every_reader_of_the_tree_is_exhaustive() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{match.lineno}": is_exhaustive(match)
        for path in sorted(ROOT.rglob("*.py"))
        for match, _ in readers(path.read_text(encoding="utf-8"))
    }
    assert [place for place, exhaustive in found.items() if not exhaustive] == []
    assert len(found) > len(("digest", "skeleton", "html", "docx", "text", "reading"))


def test_a_reader_that_is_not_would_be_seen() -> None:
    cases = "".join(f"        case d.{name}():\n            pass\n" for name in sorted(NODES))
    [(match, names)] = readers(f"def read(node):\n    match node:\n{cases}")
    assert not is_exhaustive(match)
    assert names == NODES


def test_what_stands_in_the_text_digest_hangs_on_no_name_of_a_class() -> None:
    kinds = [one.kind for one in (d.DateLine, d.Subject, d.Salutation, d.Paragraph, d.Close)]
    assert kinds == ["dateline", "subject", "salutation", "paragraph", "close"]
