"""YAML as text: what people write stays what they wrote, and every word keeps its place."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from letters.campaign.plaintext import unusable
from letters.campaign.source import MAX_DEPTH, Mapping, Sequence_, Source, parse, read
from letters.problem import Place

# What YAML's own loaders make a truth value, a number, a date or nothing of.
GUESSED = [
    "No", "yes", "on", "Null", "null", "0x0000ff", "01234", "1e3", "1_000", "2021-04-01", "12:30",
    "1.0", ".inf", "0o17", "=", "<<", "True", "1,5", "+1 613 555 0100",
]  # fmt: skip


def root(text: str) -> Mapping:
    source, problems = parse(text.encode(), "x.yaml")
    assert problems == []
    assert isinstance(source.root, Mapping)
    return source.root


@pytest.mark.parametrize("written", GUESSED)
def test_a_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert root(f"family: {written}\n")["family"] == written
    assert root(f"names:\n  - {written}\n")["names"] == [written]


@pytest.mark.parametrize("written", ["No", "2021", "~a"])
def test_a_key_stays_the_text_that_was_written(written: str) -> None:
    assert list(root(f"{written}: x\n")) == [written]


def test_an_empty_value_is_no_value() -> None:
    mapping = root("a:\nb: ~\nc: ''\nd: \"~\"\n")
    assert dict(mapping) == {"c": "", "d": "~"}
    assert mapping.gaps == ["a", "b"]
    assert set(mapping.key_marks) == {"a", "b", "c", "d"}


def test_letters_are_composed() -> None:
    assert root("a: E\u0301lise\n")["a"] == "\u00c9lise"


@pytest.mark.parametrize(
    "name",
    [
        "\u0646\u0631\u06af\u0633\u200c\u0646\u06cc\u0627",  # Persian, with a non-joiner
        "\u0915\u094d\u200d\u0937",  # Devanagari, with a joiner
        "O\u2019Halloran \U0001f300",
        "\u200fabc",  # a mark of direction, which overrides nothing
    ],
)
def test_it_keeps_what_names_need(name: str) -> None:
    assert root(f"a: {name}\n")["a"] == name


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], max_codepoint=0xD7FF)))
def test_quoted_text_survives_word_for_word(text: str) -> None:
    assume(not unusable(text))
    quoted = text.replace("'", "''")
    source, problems = parse(f"a: '{quoted}'\n".encode(), "x.yaml")
    assert problems == []
    assert source.root["a"] == unicodedata.normalize("NFC", text)


def test_block_texts_are_folded_as_yaml_says() -> None:
    mapping = root("a: >-\n  one\n  two\n\n  three\nb: |\n  one\n  two\n")
    assert dict(mapping) == {"a": "one two\nthree", "b": "one\ntwo\n"}


def test_it_knows_the_place_of_each_key_and_value() -> None:
    source, _ = parse("a: 1\nb:\n  - x\n  - {c: é, d: f}\n".encode(), "x.yaml")
    assert source.place(("a",)) == Place("x.yaml", 1, 4, "a")
    assert source.place(("a",), at_key=True) == Place("x.yaml", 1, 1, "a")
    assert source.place(("b",)) == Place("x.yaml", 3, 3, "b")
    assert source.place(("b", 0)) == Place("x.yaml", 3, 5, "b[0]")
    assert source.place(("b", 1, "d")) == Place("x.yaml", 4, 15, "b[1].d")
    assert source.place(("b", 1, "d"), at_key=True) == Place("x.yaml", 4, 12, "b[1].d")


def test_what_is_not_there_is_placed_at_what_is_around_it() -> None:
    source, _ = parse(b"a:\n  b: c\n", "x.yaml")
    assert source.place(("a", "z")) == Place("x.yaml", 2, 3, "a.z")
    assert source.place(("a", "b", "deeper")) == Place("x.yaml", 2, 6, "a.b.deeper")
    assert source.place(()) == Place("x.yaml", 1, 1)
    assert Source("x.yaml", None).place(("a",)) == Place("x.yaml", 1, 1, "a")


def test_a_key_that_may_be_a_name_is_not_shown() -> None:
    source, _ = parse(b"a:\n  Ada Example: x\n", "x.yaml")
    assert source.place(("a", "Ada Example"), at_key=True) == Place("x.yaml", 2, 3, "a.…")


def test_it_reads_fifty_levels_and_no_more() -> None:
    deepest = "[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH
    source, problems = parse(deepest.encode(), "x.yaml")
    assert problems == []
    assert isinstance(source.root, Sequence_)
    _, problems = parse(f"[{deepest}]".encode(), "x.yaml")
    assert [str(problem) for problem in problems] == [
        "x.yaml:1:51: is nested deeper than 50 levels"
    ]


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    _, problems = parse("\n".join(lines).encode(), "x.yaml")
    [problem] = problems
    assert str(problem).startswith("x.yaml:1:5: anchors (&name) are not read")


def test_it_says_what_is_wrong_in_one_go_where_it_can() -> None:
    _, problems = parse(b'a: "x\\u0007"\na: y\nb: "\\u202e"\n', "x.yaml")
    assert [(p.place.line, p.place.column) for p in problems] == [(1, 4), (2, 1), (3, 4)]


def test_the_cleaned_value_is_read_on() -> None:
    source, _ = parse(b'a: "Ott\\u0007awa"\n', "x.yaml")
    assert source.root["a"] == "Ottawa"


def test_the_first_of_two_equal_keys_counts() -> None:
    source, problems = parse(b"a: x\na: y\n", "x.yaml")
    assert source.root["a"] == "x"
    assert len(problems) == 1


def test_a_file_that_is_not_there_or_no_file_is_a_problem(tmp_path: Path) -> None:
    source, [problem] = read(tmp_path / "a.yaml", "a.yaml")
    assert source.root is None
    assert problem.message == "there is no such file"
    source, [problem] = read(tmp_path, "folder")
    assert source.root is None
    assert problem.message == "is a folder, and no file"
