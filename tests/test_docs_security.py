"""The threat table: each row names tests that are there; and the licences are those of today."""

from __future__ import annotations

import ast
import importlib.metadata
import re

import licences
import pytest
from pages import DOCS, ROOT, rows_of

PAGE = DOCS / "security.md"
ROWS = rows_of(PAGE, "What")


def test_each_row_says_what_happens_and_what_shows_it() -> None:
    assert len(ROWS) >= 15
    assert all(len(row) == 3 and all(row) for row in ROWS)


@pytest.mark.parametrize(
    "named", [name for row in ROWS for name in re.findall("`([^`]+)`", row[2])]
)
def test_each_test_that_a_row_names_is_there(named: str) -> None:
    file, _, function = named.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert any(name.startswith("test_") for name in tests)
    assert not function or function in tests


def test_every_row_names_one() -> None:
    assert all(re.search("`tests/[^`]+`", row[2]) for row in ROWS)


def test_the_way_to_report_a_fault_is_found() -> None:
    for page in (ROOT / "README.md", PAGE):
        assert "SECURITY.md" in page.read_text(encoding="utf-8")
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_the_licences_are_those_of_what_is_installed() -> None:
    """Made anew by ``.venv/bin/python -m tests.licences``."""
    listed = {row[0]: row for row in rows_of(licences.PAGE, "Package")}
    locked = dict(licences.locked())
    assert {name: row[1] for name, row in listed.items()} == locked
    for name, (_, version, said) in listed.items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found = ""
        if found == version:
            assert licences.licence(name) == said, name


def test_what_is_needed_is_pinned_and_few() -> None:
    assert 20 < len(dict(licences.locked())) < 80
    lock = licences.LOCK.read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)
    assert len(pinned) == len(re.split(r"^[a-z0-9-]+==", lock, flags=re.MULTILINE)) - 1
    assert all(
        "--hash=sha256:" in part
        for part in re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    )
