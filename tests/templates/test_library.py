"""What holds for every template that comes with letters, in each of its languages."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
from pathlib import Path

import pytest
from drafting import text_of, texts_of
from jinja2 import Environment, nodes
from pages import DOCS, page_text, tables

from letters import shipped
from letters.__main__ import main
from letters.campaign.load import load
from letters.draft.language import language as language_of
from letters.press import docx, html
from templates.library import (
    EDITIONS,
    NAMES,
    SHELF,
    STARTS_IN_ENGLISH_ALONE,
    Library,
    body,
    loaded,
    started,
)

INDEX = DOCS / "library.md"

each_template = pytest.mark.parametrize("name", NAMES)
each_edition = pytest.mark.parametrize(("name", "language"), EDITIONS)


# --- what a campaigner is told ----------------------------------------------------------------


@each_template
def test_it_says_what_it_is_for_and_what_each_value_is(library: Library, name: str) -> None:
    declared = library.declared(name)
    assert declared.title
    assert declared.description.endswith(".")
    assert all(rule.help for rule in declared.values.values())


@each_template
def test_it_has_a_page_in_the_docs_that_the_index_leads_to(library: Library, name: str) -> None:
    page = DOCS / "templates" / f"{name}.md"
    [languages] = [
        row[1]
        for _, rows in tables(INDEX)
        for row in rows
        if row[0] == f"[{name}](templates/{name}.md)"
    ]
    assert sorted(languages.split(", ")) == SHELF.languages(name)
    shown = page_text(page)
    assert "letters new" in shown
    assert f"--template {name}" in shown or name == "open-letter"
    missing = [value for value in library.declared(name).values if f"`{value}`" not in shown]
    assert missing == []


@each_template
def test_it_is_written_in_english_and_in_another_language(name: str) -> None:
    languages = SHELF.languages(name)
    assert "en" in languages
    assert len(languages) >= 2


# --- what it asks for -------------------------------------------------------------------------


def asked_for(written: str) -> set[str]:
    """The template's own values that a body reads."""
    tree = Environment(autoescape=True).parse(written)
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "values"
    }


@each_edition
def test_each_language_uses_every_value_and_no_other(
    library: Library, name: str, language: str
) -> None:
    assert asked_for(body(name, language)) == set(library.declared(name).values)


# --- the campaign that it starts with ---------------------------------------------------------


@each_template
def test_its_campaign_is_written_in_each_of_its_languages(name: str, tmp_path: Path) -> None:
    if name in STARTS_IN_ENGLISH_ALONE:
        return
    mine = started(tmp_path / "mine", name)
    campaign, problems = load(mine)
    assert problems == []
    assert campaign is not None
    starter = loaded(
        Path(shutil.copytree(shipped.TEMPLATES / name / "starter", tmp_path / "as-it-is"))
    )
    assert sorted(starter.letter.languages) == SHELF.languages(name)


@each_template
def test_its_campaign_explains_itself_and_names_its_schemas(library: Library, name: str) -> None:
    for kind in ("letter", "signatories", "recipients"):
        lines = (library.folder(name) / f"{kind}.yaml").read_text(encoding="utf-8").splitlines()
        assert lines[0] == f"# yaml-language-server: $schema=.schemas/{kind}.json"
        assert sum(line.lstrip().startswith("#") for line in lines) > 2
        assert max(map(len, lines)) <= 100


def kinds(canonical: str) -> list[str]:
    """The kinds of a text's blocks, in order: what it says of itself without its words."""
    return re.findall(r"^ *\[[^\]]+\]", canonical, flags=re.MULTILINE)


@each_template
def test_each_language_has_the_same_blocks_in_the_same_order(library: Library, name: str) -> None:
    english, *others = (
        [kinds(text) for text in texts_of(library.edition(name, language))]
        for language in sorted(SHELF.languages(name), key=lambda tag: tag != "en")
    )
    assert all(other == english for other in others)


# --- what comes out ---------------------------------------------------------------------------


@each_edition
def test_its_words_are_set_as_a_book_would(library: Library, name: str, language: str) -> None:
    """No typewriter's marks, no doubled spaces, no French space that breaks."""
    for index in range(len(library.campaign(name).recipients)):
        letter = library.text(name, language, index)
        assert not re.search(r"[\"'`{}]|\.\.\.|--", letter)
        postal = r"(?<= [A-Z]{2})  (?=[A-Z]\d)"  # Canada's two spaces before a postal code
        assert "  " not in re.sub(rf"^ +|{postal}", "", letter, flags=re.MULTILINE)
        if language_of(language).tag == "fr":
            assert not re.search(r"« | [:;!?»]", letter)


@each_edition
def test_nobody_has_signed_its_campaign_and_so_it_is_a_draft(
    library: Library, name: str, language: str
) -> None:
    unsigned, confidential = map(language_of(language).label, ("unsigned", "confidential"))
    assert library.letter(name, language, signed=False).draft_mark.split(" · ")[0] == unsigned
    # One tells of a person in confidence, and is marked so when it is final too.
    mark = confidential if name == "un-communication" else ""
    assert library.letter(name, language).draft_mark == mark


@each_edition
def test_it_is_printed_without_a_complaint(library: Library, name: str, language: str) -> None:
    printed = library.pdf(name, language)
    assert printed.remarks == ()
    letter, theme = library.letter(name, language), library.theme(name, "letter", "classic")
    assert docx.write(letter, theme).startswith(b"PK")
    assert html.write(letter, theme).endswith(b"</html>\n")


@each_template
def test_it_can_be_looked_at_and_copied_and_then_says_the_same(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = started(tmp_path / "mine", name)
    before = text_of(loaded(mine))
    # The processes in which templates run are forks of this one, and find it loaded.
    importlib.import_module("letters.draft.compose")

    def letters(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["letters", "-C", str(mine), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0
        return capsys.readouterr().out

    shown = letters("templates", "show", name)
    declared = loaded(mine).declared
    assert shown.startswith(f"{declared.title}\n\n")
    assert all(f"  {value}" in shown for value in declared.values)
    copied = letters("templates", "eject", name).split()
    assert copied[0] == f"templates/{name}/template.yaml"
    assert len(copied) == 1 + len(SHELF.languages(name))
    assert text_of(loaded(mine)) == before
    shutil.rmtree(mine / "templates")
    assert text_of(loaded(mine)) == before
