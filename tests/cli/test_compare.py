"""Known edits of a letter's Word file: these and no others, each with where its words are from."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from letters.press.returned.document import read

from . import returned
from .returned import BODY, Word, prepare

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

LETTER, PEOPLE, OTHERS = "letter.yaml", "signatories.yaml", "recipients.yaml"


def rendered(campaign: CampaignFolder, run: Letters, who: str = "prime-minister") -> Word:
    done = run("render", "--format", "docx", "--recipient", who, "--lang", "en")
    assert done.status == 0, done
    return Word.of((campaign.path / f"out/{who}.en.docx").read_bytes())


def found(run: Letters, file: str, *more: str) -> dict[str, Any]:
    done = run("compare", file, "--json", *more)
    assert done.status == 0, done
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def listed(data: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Each change as kind, what went, what came, and from where."""
    return [
        (
            change["kind"],
            change["went"].strip() if change["kind"] in ("words", "look") else "",
            change["came"].strip() if change["kind"] in ("words", "added") else "",
            " ".join(
                dict.fromkeys(
                    f"{one['path']}:{one['key'] or one['line']}" if one["path"] else one["kind"]
                    for one in change["sources"]
                    if one["path"] or one["kind"] == "toolkit"
                )
            )
            if change["kind"] in ("words", "look")
            else "",
        )
        for one in data["paragraphs"]
        for change in one["changes"]
    ]


def line_of(campaign: CampaignFolder, words: str) -> str:
    """The line of the template in which these words stand."""
    lines = campaign.read(BODY).split("\n")
    [number] = [n for n, line in enumerate(lines, 1) if words in line]
    return f"{BODY}:{number}"


def word_for_word(campaign: CampaignFolder, run: Letters) -> list[str]:
    rendered(campaign, run)
    data = (campaign.path / "out/prime-minister.en.docx").read_bytes()
    return [one.tidy for one in read(data).now]


def edited(campaign: CampaignFolder, word: Word) -> list[tuple[str, str, str, str]]:
    """Forty changes in the file, and how each of them is to be listed."""

    def at(words: str) -> str:
        return line_of(campaign, words)

    first = {name: at(f"number {name} of") for name in returned.NUMBERS}
    second = {name: at(f"{name}-blue") for name in returned.NUMBERS}
    # Words of the template: typed over, tracked, in cut runs, with signs of all kinds.
    word.plain("number one of the", "number one in a")
    word.tracked("paragraph number two", "paragraph", "passage")
    word.tracked("number three", "", " exactly")
    word.tracked("in a second line with the word three-blue", "in a second line ", "")
    word.cut("number four of", word.run("num") + word.run("ber fo") + word.run("ur within"))
    word.plain("four-blue in it", "four-blue in “it”")
    word.plain(
        "on in a second line with the word five-blue",
        "on in* a [second] {{ line }} with the word five-blue",
    )
    word.plain(
        "says ",
        "says\u00a0",
    )  # no change: which space it is, is for typography
    word.plain("six-blue in it.", "six-blue in it. And that is all.")
    word.plain("six of the temp", "six of the tem\u00adp")  # no change: a soft hyphen
    # Values, however they are written in the file.
    word.plain("says yellow things", "says “yellow” things: all of them")
    word.tracked("After the value", "After", "Behind")
    word.plain("isn't green", "isn't light green")
    word.tracked("orange ink", "orange", "bright")
    word.tracked("says purple", "purple", "violet # and more")
    word.plain("crimson words", "scarlet words")
    word.plain("two lines, in silver ink", "two lines, in gold ink")
    # The rest of the campaign, and people.
    word.plain("people have applied.", "people have applied so far.")
    word.plain("Ada Example waited.", "Ada Example still waited.")
    word.plain("answer the first question", "answer our first question")
    word.tracked("answer the second.", "second", "other")
    word.plain("A list", "A longer list")
    word.plain("Office of the Clerk", "The Office of the Clerk")
    word.plain("Three questions", "Four questions")
    word.plain("about maroon", "about brown", "word/endnotes.xml")
    word.plain("Dear Prime Minister:", "Dear Mr Prime Minister:")
    word.plain("Teacher", "Head teacher")
    word.plain("University of Example", "The University of Example")
    # What has no place of its own: composed, a date, the language's own words.
    word.plain("80 Wellington Street", "81 Wellington Street")
    word.plain("1 October 2025", "2 October 2025")
    word.plain(">Enclosures<", ">Attachments<", raw=True)
    # What is no change of words.
    word.cut("seven-blue", word.run("seven-blue", "<w:b/>"))
    word.cut("number seven", word.run("number seven", '<w:sz w:val="40"/>'))
    start, end = word.paragraph("number eight")
    heading = word.text[start:end].replace('"BodyText"', '"Heading1"', 1)
    word.text = word.text[:start] + heading + word.text[end:]
    nine = word.take("number nine")
    word.put_after("number one", nine)
    word.take("number ten")
    word.put_after(
        "A literal value", f"<w:p>{word.run('A wholly new paragraph about zebras.')}</w:p>"
    )
    copied = re.sub(r"<w:bookmark[^>]*>", "", word.take("A plain value that goes on"))
    word.put_after("Before the value", copied)
    mark = word.text.index('<w:bookmarkStart w:id="1" w:name="_RefNote1"')
    begin = word.text.rindex("<mc:AlternateContent>", 0, mark)
    end = word.text.index("</mc:AlternateContent>", mark) + len("</mc:AlternateContent>")
    word.text = word.text[:begin] + word.text[end:]

    return [
        ("words", "80", "81", f"{OTHERS}:[0].address"),
        ("words", "Three", "Four", f"{LETTER}:subject.en"),
        ("words", "", "Mr", f"{OTHERS}:[0].salutation.en"),
        ("words", "of the", "in a", first["one"]),
        ("moved", "", "", ""),
        ("words", "paragraph", "passage", first["two"]),
        ("words", "", "exactly", first["three"]),
        ("words", "in a second line", "", second["three"]),
        ("words", "of", "within", first["four"]),
        ("words", "", "“", second["four"]),
        ("words", "", "”", second["four"]),
        ("words", "", "*", second["five"]),
        ("words", "", "[", second["five"]),
        ("words", "", "] {{", second["five"]),
        ("words", "", "}}", second["five"]),
        ("words", "", "And that is all.", second["six"]),
        ("look", "numberseven", "", first["seven"]),
        ("look", "seven-blue", "", second["seven"]),
        ("style", "", "", ""),
        ("removed", "", "", ""),
        ("words", "", "“", f"{LETTER}:values.plain.en"),
        ("words", "", "”", f"{LETTER}:values.plain.en"),
        ("words", "", ": all of them", f"{LETTER}:values.plain.en"),
        ("words", "After", "Behind", at("Before the value")),
        ("moved", "", "", ""),
        ("words", "silver", "gold", f"{LETTER}:values.lines.en"),
        ("words", "", "light", f"{LETTER}:values.single.en"),
        ("words", "orange", "bright", f"{LETTER}:values.double.en"),
        ("words", "purple", "violet # and more", f"{LETTER}:values.folded.en"),
        ("note", "", "", ""),
        ("words", "crimson", "scarlet", f"{LETTER}:values.literal.en"),
        ("added", "", "A wholly new paragraph about zebras.", ""),
        ("words", "", "so far", f"{LETTER}:figures.applied.label.en"),
        ("words", "", "still", f"{LETTER}:cases[0].facts[0].text.en"),
        ("words", "the", "our", f"{LETTER}:asks[0].text.en"),
        ("words", "second", "other", f"{LETTER}:asks[1].text.en"),
        ("words", "1", "2", f"{LETTER}:deadline"),
        ("words", "Teacher", "Head teacher", f"{PEOPLE}:[0].role.en"),
        ("words", "", "The", f"{PEOPLE}:[1].affiliation"),
        ("words", "Enclosures", "Attachments", "toolkit"),
        ("words", "", "longer", f"{LETTER}:enclosures[0].title.en"),
        ("words", "", "The", f"{LETTER}:copies_to[0]"),
        ("words", "maroon", "brown", at("about maroon")),
    ]


COMPOSED = {f"{OTHERS}:[0].address", f"{LETTER}:deadline", "toolkit"}
"""Where no pull can write: an address of several fields, a date, the words of a language."""


def test_known_edits_are_these_and_go_back_where_they_are_from(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    prepare(campaign)
    word = rendered(campaign, run)
    before = word_for_word(campaign, run)
    expected = edited(campaign, word)
    assert len(expected) >= 40
    file = word.save(tmp_path / "back.docx")
    data = found(run, file)
    assert sorted(listed(data)) == sorted(expected)

    placed = [one for one in expected if one[0] == "words" and one[3] not in COMPOSED]
    shown = run("pull", file)
    assert shown.status == 0, shown
    assert f"{len(placed)} of {len(expected)} changes can be" in shown.stderr, shown
    assert shown.stdout.count("not placed") == len(expected) - len(placed)
    assert word_for_word(campaign, run) == before

    files = {name: campaign.read(name) for name in (LETTER, PEOPLE, OTHERS, BODY)}
    done = run("pull", file, "--write")
    assert done.status == 0, done
    assert f"written: {len(placed)} of {len(expected)} changes" in done.stderr
    kept = next((campaign.path / ".letters").glob("before-pull-*"))
    for name, text in files.items():
        assert (kept / name).read_text(encoding="utf-8") == text
    assert "    # a remark that stays\n" in campaign.read(LETTER)
    assert "over several lines and says violet # and more\n" in campaign.read(LETTER)
    assert "'A quoted value, it isn''t light green at all.'" in campaign.read(LETTER)

    # Word for word what the Word file says, in each paragraph of which all words were placed.
    now, came = (
        word_for_word(campaign, run),
        {one.tidy for one in read(Path(file).read_bytes()).now},
    )
    changed = [one for one in now if one not in before]
    left = ("80 Wellington", "Please answer by", "Enclosures")
    assert len(changed) > 20
    for one in changed:
        assert one in came or one.startswith(left), one
    again = [one for one in listed(found(run, file)) if one[0] == "words"]
    assert sorted(one[3] for one in again) == sorted(COMPOSED)
