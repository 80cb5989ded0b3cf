"""How the tests read the documentation: pages, fenced blocks, tables, and what is shown in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), *DOCS.glob("templates/*.md")])


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: the words after its fence, its text, and its first line in the page."""

    words: tuple[str, ...]
    text: str
    line: int

    def word(self, number: int, otherwise: str = "") -> str:
        return self.words[number] if number < len(self.words) else otherwise


def page_text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def fences(page: Path, *kinds: str) -> list[Fence]:
    """The fenced blocks of those kinds, or all of them, in order."""
    source = page_text(page)
    found = [
        Fence(tuple(match[1].split()), match[2], source.count("\n", 0, match.start()) + 2)
        for match in re.finditer(r"^```(.*)\n((?:.*\n)*?)```$", source, flags=re.MULTILINE)
    ]
    return [fence for fence in found if not kinds or fence.word(0) in kinds]


def tables(page: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """The tables of a page: the first cell of the heading, and the rows of cells below it."""
    for match in re.finditer(r"^(\|.*)\n\|[-:| ]+\n((?:\|.*\n)*)", page_text(page), re.MULTILINE):
        head, *rows = [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in (match[1], *match[2].splitlines())
        ]
        yield head[0], rows


def rows_of(page: Path, heading: str) -> list[list[str]]:
    """The rows of the one table whose first heading is that."""
    [rows] = [rows for head, rows in tables(page) if head == heading]
    return rows


def code(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def matches(shown: str, actual: str) -> bool:
    """Whether a text is as shown; “…” stands for anything, alone in a line for any lines or none.

    Every space is as good as any other.
    """
    parts = re.split(r"(^…\n|…)", spaced(shown), flags=re.MULTILINE)
    wild = {"…\n": r"(?:.*\n)*", "…": r".*"}
    pattern = "".join(wild.get(part) or re.escape(part) for part in parts)
    return re.fullmatch(pattern, spaced(actual)) is not None


def spaced(words: str) -> str:
    """With ordinary spaces only, and none at the ends of lines."""
    return "\n".join(line.rstrip() for line in re.sub("[\u00a0\u202f]", " ", words).split("\n"))
