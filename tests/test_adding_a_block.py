"""A new block is told of in few places: the postscript shows in which, and that these are all."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, get_args

import pytest
from msgspec import Struct
from pages import ROOT as REPOSITORY
from press.sample import classic_theme, small_letter

import letters
from letters.check.reading import runs_of
from letters.draft import digest
from letters.draft import document as d
from letters.draft.language import known
from letters.draft.markdown import BLOCKS
from letters.draft.skeleton import fill_blocks
from letters.press import docx, html, text
from letters.press.docx import line_styles

ROOT = Path(letters.__file__).parent

MODULES = (
    "draft/shapes.py",  # its name
    "draft/document.py",  # its class
    "draft/markdown.py",  # how it is written
    "campaign/language_labels.py",  # its label, as a campaign's own language may have it
    "press/block_styles/ending.py",  # how it looks
)
"""All five modules that know of the postscript; its label is a line in each language's file."""


def naming(word: str, kind: str) -> set[str]:
    files = ((file, file.read_text(encoding="utf-8")) for file in ROOT.rglob(f"*.{kind}"))
    return {file.relative_to(ROOT).as_posix() for file, said in files if word in said.lower()}


def test_five_modules_name_the_postscript() -> None:
    assert naming("postscript", "py") == set(MODULES)


def test_no_other_file_does_but_those_of_the_languages() -> None:
    assert naming("postscript", "yaml") == {f"draft/languages/{tag}.yaml" for tag in known()}
    kinds = {file.suffix for file in ROOT.rglob("*.*")} - {".py", ".pyc", ".yaml"}
    assert ".css" in kinds
    assert [kind for kind in kinds if naming("postscript", kind[1:])] == []


def test_the_guide_for_contributors_lists_these_files() -> None:
    guide = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    passage = guide.partition("\n## Adding a block\n")[2].partition("\n## ")[0]
    named = [passage.find(f"`{module}`") for module in (*MODULES[:4], "press/block_styles")]
    assert sorted(named) == named
    assert -1 not in named
    assert "`draft/languages`" in passage


def test_a_block_is_called_by_one_name_everywhere() -> None:
    kinds = [kind for kind in get_args(d.Matter) if issubclass(kind, d.Named)]
    names = [kind.name for kind in kinds]
    assert len(set(names)) == len(names)
    assert {*names, "text", "notes"} == set(get_args(d.PartName))
    assert {*names, "signatures", "table"} == set(BLOCKS)


class Motto(d.Named, d.Worded, Struct, frozen=True):
    """A block that nobody has heard of."""

    name: ClassVar[d.PartName] = "motto"  # type: ignore[assignment]
    kind: ClassVar[str] = "motto"
    content: d.Inlines


def test_a_new_block_of_words_stands_in_every_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    motto, theme = Motto((d.Text("Nobody left behind"),)), classic_theme()
    matters: d.Matters = (motto,)  # type: ignore[assignment]
    letter = d.Letter("en", "ltr", "T", "A", small_letter().date, matters)
    assert digest.canonical(matters, (), "") == "[motto] Nobody left behind\n"
    assert fill_blocks(matters, lambda _: ()) == matters
    assert [run.part for run in runs_of(letter)] == ["motto"]
    assert text.write(letter) == b"Nobody left behind\n"
    assert '<p class="motto">Nobody left behind</p>' in html.write(letter, theme).decode()
    with pytest.raises(KeyError):  # it has to be said how it looks
        docx.write(letter, theme)
    monkeypatch.setitem(line_styles._OF_WORDS, "motto", "Motto")
    assert docx.write(letter, theme)
