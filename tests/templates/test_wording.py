"""The words of the templates: a book's marks, each language's own spaces, no English left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from letters import shipped
from letters.campaign.source import read
from letters.draft.language import known, language
from letters.draft.language import language as language_of
from templates.library import EDITIONS, NAMES, SHELF, Library, body

each_edition = pytest.mark.parametrize(("name", "language"), EDITIONS)
each_translation = pytest.mark.parametrize(
    ("name", "language"), [edition for edition in EDITIONS if edition[1] != "en"]
)

_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_BUILT = re.compile(r"^(:::.*|\{id=.*\}|\|[-:|]+)$", re.MULTILINE)
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+|\S+@\S+")

# Words that stand in nearly every English sentence, and are words of no other language here.
_ENGLISH = {
    "the", "of", "and", "to", "we", "you", "your", "our", "is", "are", "was", "has", "have",
    "with", "for", "by", "that", "this", "which", "it", "they", "would", "ask",
}  # fmt: skip
_WORDS_OF_THEIRS = {"de": {"was"}}
_OTHER_SCRIPTS = {"ar", "fa", "he", "ru", "uk"}


def own_words(written: str) -> str:
    """What a body says by itself: its words without instructions, values and names of blocks."""
    return _ADDRESS.sub("", _BUILT.sub("", _JINJA.sub("", written)))


def is_name(text: str) -> bool:
    """Whether it is so short that it may be the same in every language."""
    return len(re.findall(r"[^\W\d_]+", _ADDRESS.sub("", text))) <= 3


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text of a YAML file that is written once for each language."""
    if isinstance(value, dict):
        if "en" in value and all(isinstance(text, str) for text in value.values()):
            yield value
        else:
            for inner in value.values():
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@each_edition
def test_a_body_is_written_with_the_marks_of_a_book(name: str, language: str) -> None:
    written = _BUILT.sub("", _JINJA.sub("x", body(name, language)))
    assert not re.search(r"[\"'`]|\.\.\.", written)
    assert not re.search(r"\S  +\S| +$|(?<=\w) - (?=\w)", written, flags=re.MULTILINE)


@each_edition
def test_no_line_breaks_where_the_language_forbids_it(
    library: Library, name: str, language: str
) -> None:
    rules = language_of(language).data
    marks = "".join(rules.get("no_break_before", {}).values())
    for index in range(len(library.campaign(name).recipients)):
        printed = library.text(name, language, index)
        for before, mark in re.findall(r"(\S+) (\S)", printed):
            assert mark not in marks, f"{before} {mark}"
        for mark, after in re.findall(r"(\S) (\S*)", printed):
            assert mark not in rules.get("no_break_after", ""), f"{mark} {after}"


@each_translation
def test_no_line_was_left_in_english(name: str, language: str) -> None:
    english = {line.strip() for line in own_words(body(name, "en")).splitlines()}
    translated = {line.strip() for line in own_words(body(name, language)).splitlines()}
    assert not {line for line in english & translated if words_of(line)}


@each_translation
def test_no_english_word_stands_between_the_others(name: str, language: str) -> None:
    found = words_of(own_words(body(name, language)))
    assert not found & (_ENGLISH - _WORDS_OF_THEIRS.get(language, set()))
    if language in _OTHER_SCRIPTS:
        assert not {word for word in found if re.search("[a-z]", word)}


@pytest.mark.parametrize("name", NAMES)
def test_each_text_of_its_campaign_was_translated(name: str) -> None:
    for file in sorted((shipped.TEMPLATES / name / "starter").glob("*.yaml")):
        source, problems = read(file, file.name)
        assert not problems
        for text in texts(source.root):
            for tag in sorted(set(SHELF.languages(name)) & set(text) - {"en"}):
                assert is_name(text["en"]) or text[tag] != text["en"], f"{file.name}: {text[tag]}"
                stray = words_of(text[tag]) & (_ENGLISH - _WORDS_OF_THEIRS.get(tag, set()))
                assert not stray, f"{file.name}: {text[tag]}"


@pytest.mark.parametrize("tag", [tag for tag in known() if not tag.startswith("en")])
def test_no_label_was_left_in_english(tag: str) -> None:
    english = language("en").data["labels"]
    for key, label in language(tag).data["labels"].items():
        said = " ".join(label.values()) if isinstance(label, dict) else label
        plain = re.sub(r"\{\w+\}", "", said)
        assert not words_of(plain) & (_ENGLISH - _WORDS_OF_THEIRS.get(tag, set())), said
        assert label != english[key] or len(words_of(plain)) < 2, said


@pytest.mark.parametrize("language", known())
def test_a_language_has_one_dash_in_all_that_is_shipped(language: str) -> None:
    files = sorted(shipped.TEMPLATES.glob(f"*/letter.{language}.md"))
    said = [re.sub(r"\{#.*?#\}", "", file.read_text("utf-8"), flags=re.DOTALL) for file in files]
    said += map(str, language_of(language).data["labels"].values())
    assert len(set(re.findall("[–—]", " ".join(said)))) <= 1
