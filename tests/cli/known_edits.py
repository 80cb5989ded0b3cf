"""Forty known edits of a letter's Word file, and how each of them is to be listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from . import returned
from .returned import BODY, Word

if TYPE_CHECKING:
    from conftest import CampaignFolder

LETTER, PEOPLE, OTHERS = "letter.yaml", "signatories.yaml", "recipients.yaml"


Change: TypeAlias = tuple[str, str, str, str]
"""The kind, what went, what came, and from where; of what came or moved, between what."""


def listed(paragraphs: list[dict[str, Any]]) -> list[Change]:
    """Each change of what ``compare --json`` gives."""
    return [
        (
            change["kind"],
            change["went"].strip() if change["kind"] in ("words", "look") else "",
            change["came"].strip() if change["kind"] in ("words", "added") else "",
            " ".join(where(change)),
        )
        for one in paragraphs
        for change in one["changes"]
    ]


def where(change: dict[str, Any]) -> list[str]:
    """Where the words come from, each place once, and between which a paragraph came to stand."""
    if change["kind"] in ("style", "note"):
        return []
    places = dict.fromkeys(map(told, change["sources"]))
    between = [told(one) if one else "-" for one in change["between"] or ()]
    return [*filter(None, places), *(["|".join(between)] if between else [])]


def told(one: dict[str, Any]) -> str:
    if not one["path"]:
        return "toolkit" if one["kind"] == "toolkit" else ""
    return f"{one['path']}:{one['key'] or one['line']}"


def line_of(campaign: CampaignFolder, words: str) -> str:
    """The line of the template in which these words stand."""
    lines = campaign.read(BODY).split("\n")
    [number] = [n for n, line in enumerate(lines, 1) if words in line]
    return f"{BODY}:{number}"


def edited(campaign: CampaignFolder, word: Word) -> list[Change]:
    """Forty changes in the file, and how each of them is to be listed."""

    def at(words: str) -> str:
        return line_of(campaign, words)

    before = at("Before the value")
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
        ("moved", "", "", f"{first['nine']} {second['nine']} {first['one']}|{first['two']}"),
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
        ("look", "number seven", "", first["seven"]),
        ("look", "seven-blue", "", second["seven"]),
        ("style", "", "", ""),
        ("removed", "", "", f"{first['ten']} {second['ten']}"),
        ("words", "", "“", f"{LETTER}:values.plain.en"),
        ("words", "", "”", f"{LETTER}:values.plain.en"),
        ("words", "", ": all of them", f"{LETTER}:values.plain.en"),
        ("words", "After", "Behind", before),
        ("moved", "", "", f"{LETTER}:values.lines.en {before}|{LETTER}:values.single.en"),
        ("words", "silver", "gold", f"{LETTER}:values.lines.en"),
        ("words", "", "light", f"{LETTER}:values.single.en"),
        ("words", "orange", "bright", f"{LETTER}:values.double.en"),
        ("words", "purple", "violet # and more", f"{LETTER}:values.folded.en"),
        ("note", "", "", ""),
        ("words", "crimson", "scarlet", f"{LETTER}:values.literal.en"),
        (
            "added",
            "",
            "A wholly new paragraph about zebras.",
            f"{LETTER}:values.literal.en|{LETTER}:figures.applied.value",
        ),
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


def in_office(campaign: CampaignFolder) -> list[tuple[tuple[str, ...], Change]]:
    """Edits as LibreOffice is told to make them, each with how it is to be listed."""

    def at(words: str) -> str:
        return line_of(campaign, words)

    first = {name: at(f"number {name} of") for name in returned.NUMBERS}
    second = {name: at(f"{name}-blue") for name in returned.NUMBERS}
    found: list[tuple[tuple[str, ...], Change]] = []

    def words(within: str, went: str, came: str, place: str) -> None:
        found.append(
            (("replace", within, went, came), ("words", went.strip(), came.strip(), place))
        )

    for name, went, came in (
        ("one", "paragraph", "passage"),
        ("two", "of the", "in a"),
        ("three", "template", "model, or so,"),
        ("four", "number four", "Number 4"),
        ("six", " of the template", ""),
    ):
        words(f"paragraph number {name} of the template", went, came, first[name])
        words(f"word {name}-blue in it", "blue", "{{ red }}", second[name])
    words("paragraph number five of the template", "template", "model", first["five"])
    words("paragraph number seven of the template", "paragraph", "section", first["seven"])
    words("paragraph number eight of the template", "of the", "in our", first["eight"])
    for within, went, came, key in (
        ("A plain value that says", "says", "tells", "values.plain.en"),
        ("yellow things.", "things", "“matters”", "values.plain.en"),
        ("it isn't green at all.", "green", "'grey', no:", "values.single.en"),
        ("value of orange ink", "orange", 'br"ight', "values.double.en"),
        ("over several lines and", "several", "many # and more", "values.folded.en"),
        ("says purple in its middle", "purple", "violet:", "values.folded.en"),
        ("with crimson words", "crimson", "scarlet", "values.literal.en"),
        ("in silver ink", "silver", "gold", "values.lines.en"),
        ("people have applied.", "people", "persons", "figures.applied.label.en"),
        ("Ada Example waited.", "waited", "sat", "cases[0].facts[0].text.en"),
        ("answer the first question;", "the", "our", "asks[0].text.en"),
        ("A list", "list", "record", "enclosures[0].title.en"),
        ("Office of the Clerk", "the", "a", "copies_to[0]"),
        ("Three questions", "Three", "Four", "subject.en"),
    ):
        words(within, went, came, f"{LETTER}:{key}")
    words("Dear Prime Minister:", "Dear", "Honourable", f"{OTHERS}:[0].salutation.en")
    words("Teacher", "Teacher", "Head", f"{PEOPLE}:[0].role.en")
    words("University of Example", "Example", "Examples", f"{PEOPLE}:[1].affiliation")
    words("about maroon", "maroon", "brown", at("about maroon"))
    words("Before the value.", "Before", "Above", at("Before the value"))
    words("After the value.", "value", "values", at("Before the value"))
    words("Please answer by", "Please", "Kindly", at("Please answer by"))

    nine, ten = (f"{first[name]} {second[name]}" for name in ("nine", "ten"))
    found.extend(
        (
            (("remove", "number ten of"), ("removed", "", "", ten)),
            (("remove", "answer the second"), ("removed", "", "", f"{LETTER}:asks[1].text.en")),
            (
                ("add", "word seven-blue", "An added paragraph & *zebras*."),
                (
                    "added", "", "An added paragraph & *zebras*.",
                    f"{first['seven']}|{first['eight']}",
                ),
            ),
            (
                ("move", "number nine of", "word three-"),
                ("moved", "", "", f"{nine} {first['three']}|{first['four']}"),
            ),
            (("nothing",), ("look", "what", "", first["nine"])),  # it was typed anew
            (("bold", "word eight-blue in", "eight-blue"), ("look", "eight-blue", "", second["eight"])),
            (("size", "number five of", "number"), ("look", "number", "", first["five"])),
        )
    )  # fmt: skip
    return found


def a_lawyers(word: Word) -> list[tuple[tuple[str, str, str], str]]:
    """Habits: each change with its kind, what went and came, and why it is left to a person."""
    # Another font throughout; a note; the signatures taken out; cells and rows; a rewritten line.
    word.plain("about maroon", "about beige", "word/endnotes.xml")
    word.cut(
        "number one of",
        word.run("number one of") + '<w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    word.footnotes("See the statute.")
    word.plain("Apples", "Red apples")
    word.plain(">7<", ">8<", raw=True)
    row = word.text.index(">Pears<")
    start, end = word.text.rindex("<w:tr>", 0, row), word.text.index("</w:tr>", row) + 7
    copied = re.sub("<w:bookmark[^>]*>", "", word.text[start:end].replace("Pears", "Plums"))
    word.text = word.text[:end] + copied.replace(">8<", ">9<") + word.text[end:]
    style = word.style("The last entry")
    word.put_after("The last entry", f"<w:p>{style}{word.run('1. A new entry')}</w:p>")
    word.take("Another entry")
    word.rewritten(
        "number six",
        "The paragraph number six now says something, and it goes on in a second line with the word six-blue in it.",
    )
    five = word.style("number five")
    word.cut("and it goes", word.run("and it") + f"</w:p><w:p>{five}" + word.run("goes"))
    at = word.text.index("Teacher")
    start, end = word.text.rindex("<w:tbl>", 0, at), word.text.index("</w:tbl>", at) + 8
    word.text = word.text[:start] + word.text[end:]
    word.in_font("Arial")
    # At the edges of the pages: a text of the campaign in both feet, a day, words of the language.
    for number in (1, 2):
        word.plain("on one sheet", "on paper", f"word/footer{number}.xml")
    word.plain("3 September", "4 September", "word/header2.xml")
    word.plain("Page ", "Sheet ", "word/footer2.xml")
    people, table = "belongs to a person", "stands in a table"
    one = (
        "The paragraph number one of the template says what it says, and it goes on in a second "
        "line with the word one-blue in it."
    )
    return [
        (("words", "of the template", "now"), ""),
        (("words", "what it says", "something"), ""),
        (("words", "Apples", "Red apples"), ""),
        (("words", "7", "8"), ""),
        (("removed", "Another entry of the template", ""), ""),
        (("added", "", "1. A new entry"), ""),
        (("words", "maroon", "beige"), ""),
        (("words", "one sheet", "paper"), ""),
        (("words", "one sheet", "paper"), ""),
        (("words", "3", "4"), "in another form than it is printed in"),
        (("words", "Page", "Sheet"), "words of letters itself"),
        (("split", one, one.partition(" goes")[0]), "an empty line"),
        (("added", "", "Plums"), table),
        (("added", "", "9"), table),
        (("removed", "Ngozi Okafor", ""), people),
        (("removed", "Teacher", ""), people),
        (("removed", "not yet signed", ""), "words of letters itself"),
        (("added", "", "See the statute."), "goes and comes with its mark"),
    ]
