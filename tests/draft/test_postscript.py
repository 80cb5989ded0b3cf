"""A postscript: below the signatures, signed like all the rest, its “P.S.” written by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters.campaign.load import load
from letters.check.reading import runs_of
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.digest import canonical
from letters.draft.language import known, language
from letters.draft.markdown import parse
from letters.draft.signatures import Signed
from letters.press import docx, html, text
from letters.press.themes import load_theme

if TYPE_CHECKING:
    from conftest import CampaignFolder

BODY = "Dear all,\n\n::: signatures\n:::\n\n::: postscript\n{}\n:::\n"


def faults(markdown: str, tag: str = "en") -> list[tuple[str, int]]:
    return [(fault.message, fault.line) for fault in parse(markdown, language(tag)).faults]


def drafted(campaign: CampaignFolder, words: str = "Come **on Sunday**.") -> d.Letter:
    ending = f"::: postscript\n{words}\n:::\n\n::: enclosures"
    campaign.edit("templates/note/letter.en.md", "::: enclosures", ending)
    loaded, problems = load(campaign.path)
    assert loaded, problems
    return Edition(loaded, "en", "recipient").letter(
        0, Signed({}, None, draft=True), lambda _, alt: d.Image(b"", 0, 0, alt)
    )


@pytest.mark.parametrize("tag", known())
def test_each_language_writes_its_own_label(tag: str) -> None:
    label = language(tag).label("postscript")
    assert label.strip() == label != ""
    [(message, _)] = faults(BODY.format(f"{label} come soon"), tag)
    assert message == "the block “postscript” begins with a “P.S.” of its own"


@pytest.mark.parametrize("words", ["P.S. a", "PS: a", "P. S. – a", "P.-S. a", "P.D.: a", "PS a"])
def test_a_label_is_not_written_twice(words: str) -> None:
    assert faults(BODY.format(words)) == [
        ("the block “postscript” begins with a “P.S.” of its own", 6)
    ]


@pytest.mark.parametrize(
    ("tag", "words"),
    [("he", "נ. ב. בואו"), ("he", "נ.ב.: בואו"), ("fa", "پی نوشت: بیایید"), ("ar", "ملحوظة تعالوا"),
     ("fa", "P.S. بیایید"), ("de", "P. S. Kommt"), ("fr", "PS : venez"), ("es", "P.D. Vengan")],
)  # fmt: skip
def test_a_label_is_known_however_it_is_pointed(tag: str, words: str) -> None:
    [(message, _)] = faults(BODY.format(words), tag)
    assert message == "the block “postscript” begins with a “P.S.” of its own"


@pytest.mark.parametrize(("tag", "words"), [("he", "נבחר מועד"), ("de", "Psalm"), ("ru", "Просим")])
def test_a_word_that_begins_like_it_is_none(tag: str, words: str) -> None:
    assert faults(BODY.format(words), tag) == []


@pytest.mark.parametrize(
    "words", ["Please come", "PSD2 is near", "Pets are welcome", "P is a letter"]
)
def test_other_words_are_no_label(words: str) -> None:
    assert faults(BODY.format(words)) == []


def test_there_is_one_and_it_follows_the_signatures() -> None:
    twice = BODY.format("a") + "\n::: postscript\nb\n:::\n"
    assert faults(twice) == [("a letter has one postscript", 9)]
    before = "::: postscript\na\n:::\n\n::: signatures\n:::\n"
    assert faults(before) == [("a postscript follows the signatures", 4)]


def test_it_is_a_part_of_what_is_signed_and_its_label_is_not() -> None:
    parsed = parse(BODY.format("Come *soon*."), language("en"))
    assert "[postscript] Come soon.\n" in canonical(parsed.skeleton.blocks, (), "")


def test_every_format_prints_it_below_the_signatures(campaign: CampaignFolder) -> None:
    letter = drafted(campaign)
    kinds = [type(block) for block in letter.blocks]
    at = kinds.index(d.Postscript)
    assert kinds[at - 1 : at + 2] == [d.SignatureBlock, d.Postscript, d.Enclosures]
    loaded, _ = load(campaign.path)
    assert loaded
    theme = load_theme(loaded)
    assert "\nP.S. Come on Sunday.\n" in text.write(letter).decode()
    page = html.write(letter, theme).decode()
    assert '<p class="postscript">P.S. Come<span> </span><strong>on Sunday</strong>.</p>' in page
    assert docx.write(letter, theme)
    assert [run.part for run in runs_of(letter)].count("postscript") == 1


def test_another_postscript_is_another_text(campaign: CampaignFolder) -> None:
    before, _ = load(campaign.path)
    assert before
    digest = text_of(before).digest
    drafted(campaign)
    after, _ = load(campaign.path)
    assert after
    assert text_of(after).digest != digest
