"""Files of bodies: the campaign’s own come first, and each mistake in one is told by its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from campaign.json_schema import as_an_editor_reads, mistakes

from letters.check import body as bodies
from letters.check.bodyschema import body_schema
from letters.check.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
title: A house
sources:
  book: {institution: A house, page: Its rule book, url: https://example.org/rules}
rules:
  - {rule: most-words, level: V, source: book, says: short, most: 100}
  - {rule: requests, level: M, says: politely}
reminders:
  - {text: look, source: book}
"""


def write(root: Path, text: str, name: str = "own") -> Path:
    file = root / "bodies" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def said(root: Path, text: str) -> list[str]:
    write(root, text)
    body, problems = bodies.load(root, "own")
    assert (body is None) == bool(problems)
    return [str(problem).removeprefix("bodies/own.yaml:") for problem in problems]


def test_a_body_of_the_campaign_is_read(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    body, problems = bodies.load(tmp_path, "own")
    assert problems == []
    assert body
    assert (body.title, body.is_own) == ("A house", True)
    assert [rule.rule for rule in body.rules] == ["most-words", "requests"]
    assert body.source_of(body.rules[0]) == "A house, “Its rule book”"
    assert body.source_of(body.rules[1]) == "from memory, not looked up"
    assert body.source_of(body.reminders[0]) == "A house, “Its rule book”"


def test_it_comes_before_the_one_that_is_shipped(tmp_path: Path) -> None:
    shipped, _ = bodies.load(tmp_path, "appeal")
    assert shipped
    assert not shipped.is_own
    write(tmp_path, OWN, "appeal")
    own, _ = bodies.load(tmp_path, "appeal")
    assert own
    assert own.title == "A house"
    assert "appeal" in bodies.known(tmp_path)


def test_there_is_none_of_an_unknown_name(tmp_path: Path) -> None:
    assert bodies.load(tmp_path, "nothing") == (None, [])


def test_a_link_out_of_the_campaign_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(OWN, encoding="utf-8")
    root = tmp_path / "campaign"
    (root / "bodies").mkdir(parents=True)
    (root / "bodies" / "own.yaml").symlink_to(outside)
    body, [problem] = bodies.load(root, "own")
    assert (body, problem.place.path) == (None, "bodies/own.yaml")
    assert "no file of the campaign’s own" in problem.message


def test_shipped_rules_never_stand_in_for_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bodies" / "bundestag.yaml").mkdir(parents=True)
    body, problems = bodies.load(tmp_path, "bundestag")
    assert (body, len(problems)) == (None, 1)


def test_a_file_too_large_for_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "own.yaml").write_text(OWN + "#" * 2**20, encoding="utf-8")
    body, [problem] = bodies.load(tmp_path, "own")
    assert (body, problem.message) == (None, "is larger than 1 MiB")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: A house\n", "", "1:1: title – is missing (fill it in)"),
        ("rule: most-words", "rule: most-wrods", "5:12: rules[0].rule – there is no such rule (did you mean “most-words”?)"),
        ("rule: most-words, ", "", "5:5: rules[0].rule – is missing (docs/rules.md lists them)"),
        ("most: 100", "mots: 100", "5:61: rules[0].mots – is not a known key (did you mean “most”?)"),
        ("most: 100", "most: many", "5:67: rules[0].most – must be a whole number, 1 or more"),
        ("most: 100", "most: 0", "5:67: rules[0].most – must be a whole number, 1 or more"),
        ("most: 100", f"most: {'9' * 5000}", "5:67: rules[0].most – must be a whole number, 1 or more"),
        ("most: 100", "most: 100, parts: [texts]", "5:80: rules[0].parts[0] – must be letterhead, date, address, subject, salutation, text, asks, box, figure, sheet, close, postscript, enclosures, copies or notes"),
        ("rule: most-words, level: V, source: book, says: short, most: 100", "rule: page-between, level: V, source: book, says: x, least: [1], most: [2, 2]", "5:66: rules[0].least – must be two numbers: width and height, in mm"),
        ("level: V", "level: X", "5:31: rules[0].level – must be V or M"),
        ("source: book, says", "says", "5:5: rules[0].source – is missing: level V was read somewhere (name one of “sources”, or say “level: M” when it is from memory)"),
        ("V, source: book", "V, source: bok", "5:42: rules[0].source – there is no such source (did you mean “book”?)"),
        ("look, source: book", "look, source: bok", "8:26: reminders[0].source – there is no such source (did you mean “book”?)"),
        ("https://example.org", "example.org", "3:58: sources.book.url – must be a web address that starts with https://"),
        (OWN[OWN.index("rules:") : OWN.index("reminders:")], "rules: []\n", "4:8: rules – must have at least one entry"),
        (OWN, "", "1:1: must be a group of “key: value” lines (it needs at least: title, rules)"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in OWN
    found = said(tmp_path, OWN.replace(old, new))
    assert message in found
    assert len(found) == 1 + ("mots" in new)  # a key that is needed is missing then


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = OWN.replace("most: 100", "most: x").replace("level: M", "level: N")
    assert [line.split(":")[0] for line in said(tmp_path, broken)] == ["5", "6"]


def test_rules_that_are_no_groups_are_refused(tmp_path: Path) -> None:
    assert said(
        tmp_path, OWN.replace("  - {rule: requests, level: M, says: politely}", "  - politely")
    )
    assert said(tmp_path, "title: x\nrules: none\n")


def test_every_shipped_body_is_sound_and_says_where_it_was_read(tmp_path: Path) -> None:
    for name in bodies.known(tmp_path):
        body, problems = bodies.load(tmp_path, name)
        assert problems == []
        assert body
        for source in body.sources.values():
            assert source.url is None or source.url.startswith("http")
        used = {rule.source for rule in body.rules} | {told.source for told in body.reminders}
        assert set(body.sources) == used - {None}


def test_an_editor_completes_the_keys_of_every_rule(tmp_path: Path) -> None:
    schema = body_schema()
    for file in bodies.SHIPPED.glob("*.yaml"):
        assert mistakes(schema, as_an_editor_reads(file.read_text(encoding="utf-8"))) == []
    assert mistakes(schema, as_an_editor_reads(OWN)) == []
    assert mistakes(schema, as_an_editor_reads(OWN.replace("most: 100", "mots: 100")))
    assert mistakes(schema, as_an_editor_reads(OWN.replace("most-words", "most-wrods")))
    assert len(schema["properties"]["rules"]["items"]["anyOf"]) == len(RULES)
