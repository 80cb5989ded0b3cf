"""One view of a person: above `letters.campaign` nobody reads a raw record or compares visibility.

The import contract of pyproject.toml keeps the types of raw records where they belong; here it is
the attributes by which a record, or what it says of visibility, could be reached without a type.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LETTERS = ROOT / "letters"

# What decides: the view, and the validation of the field.
COMPARE_VISIBILITY = {"campaign/casecheck.py", "campaign/personcheck.py", "campaign/shown.py"}
# Who searches for what must not be seen, or for who is written down twice.
READ_RECORDS = {"check/duplicates.py", "check/protected.py"}
# Who holds what others wrote against the schema.
MAKE_RECORDS = {"intake/candidates.py"}
# The word itself, as a manifest has it, and whether that field is another than it was.
WRITE_VISIBILITY = {"draft/roster.py"}
# Who makes entries of what people answered, and compares them with what they answered before.
MAKE_ENTRIES = {
    *("intake/candidates.py", "intake/columns.py", "intake/fields.py", "intake/filling.py"),
    *("intake/mapping.py", "intake/merging.py", "intake/task.py", "intake/view.py"),
}
RECORDS = ("signatories", "cases")
RAW_MODULES = ("letters.campaign.signatory", "letters.campaign.case")


def _is_visibility(node: ast.expr) -> bool:
    """``x.visibility``, ``"visibility"``, ``x["visibility"]``, ``x.get("visibility")``."""
    return any(
        (isinstance(one, ast.Attribute) and one.attr == "visibility")
        or (isinstance(one, ast.Name) and one.id == "visibility")
        or (isinstance(one, ast.Constant) and one.value == "visibility")
        for one in ast.walk(node)
    )


def _is_letters_path(node: ast.Attribute) -> bool:
    """``letter.signatories``, the path of the file."""
    of = node.value
    name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
    return node.attr == "signatories" and name == "letter"


def _is_the_view(node: ast.Attribute) -> bool:
    """``shown.signatories`` and ``shown.cases``, which are functions."""
    return isinstance(node.value, ast.Name) and node.value.id == "shown"


def compared(source: str) -> Iterator[int]:
    """The lines on which a visibility is compared, or chosen by."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=left, comparators=others):
                if any(_is_visibility(one) for one in (left, *others)):
                    yield node.lineno
            case ast.Match(subject=subject):
                if _is_visibility(subject):
                    yield node.lineno
            case ast.Subscript(slice=key):
                if isinstance(key, ast.Attribute) and key.attr == "visibility":
                    yield node.lineno


def reached(source: str) -> Iterator[tuple[int, str]]:
    """The lines on which a raw record is reached, or what one says of visibility, and as what."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name) if name in RECORDS:
                if not _is_letters_path(node) and not _is_the_view(node):
                    yield node.lineno, name
            case ast.Attribute(attr="visibility"):
                yield node.lineno, "visibility"
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=name), *_]):
                if name in (*RECORDS, "visibility"):
                    yield node.lineno, str(name)


def modules() -> list[str]:
    return sorted(path.relative_to(LETTERS).as_posix() for path in LETTERS.rglob("*.py"))


def text(module: str) -> str:
    return (LETTERS / module).read_text(encoding="utf-8")


def test_visibility_is_compared_in_the_view_and_where_it_is_validated() -> None:
    found = {module for module in modules() if [*compared(text(module))]}
    assert found == COMPARE_VISIBILITY | WRITE_VISIBILITY | MAKE_ENTRIES


def test_records_are_read_by_the_searches_alone() -> None:
    found: dict[str, set[str]] = {}
    for module in modules():
        if not module.startswith("campaign/"):
            for _, name in reached(text(module)):
                found.setdefault(module, set()).add(name)
    assert found.keys() == READ_RECORDS | WRITE_VISIBILITY
    assert found["draft/roster.py"] == {"visibility"}
    assert all("visibility" not in found[module] for module in READ_RECORDS)


def test_the_import_contract_names_the_same_modules() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = tool["importlinter"]["contracts"]
    [contract] = [one for one in contracts if one.get("forbidden_modules") == [*RAW_MODULES]]
    rooms = {
        f"letters.{path.name}" for path in LETTERS.iterdir() if (path / "__init__.py").exists()
    }
    assert {*contract["source_modules"]} == rooms - {"letters.campaign"}
    allowed = {line.partition(" -> ")[0] for line in contract["ignore_imports"]}
    assert allowed == {
        "letters." + module.removesuffix(".py").replace("/", ".")
        for module in READ_RECORDS | MAKE_RECORDS
    }


@pytest.mark.parametrize(
    "line",
    [
        'signatory.visibility == "withheld"',
        '"public" != one.visibility',
        'case.visibility in ("public", "name-only")',
        'record.get("visibility") not in PROTECTED',
        'record["visibility"] == "public"',
        '"visibility" in changed',
        "visibility == level",
        '{"public": 1}[signatory.visibility]',
        'match signatory.visibility:\n    case "public": pass',
    ],
)
def test_a_comparison_that_is_added_is_found(line: str) -> None:
    assert [*compared(line)] == [1]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("campaign.signatories", "signatories"),
        ("self.campaign.signatories[0]", "signatories"),
        ("zip(found.campaign.signatories, others)", "signatories"),
        ("campaign.letter.cases", "cases"),
        ("letter.cases[0].person", "cases"),
        ('getattr(letter, "cases")', "cases"),
        ("is_hidden(signatory.visibility)", "visibility"),
    ],
)
def test_a_record_that_is_reached_is_found(line: str, name: str) -> None:
    assert [*reached(line)] == [(1, name)]


def test_what_reaches_no_record_is_let_alone() -> None:
    for line in (
        "letter.signatories",
        "campaign.letter.signatories",
        "shown.signatories(campaign)",
        "shown.cases(campaign)",
        "campaign.signatory_ids",
        'yield "visibility", word',
    ):
        assert not [*reached(line)], line
        assert not [*compared(line)], line
