"""Where the words of a letter come from: lines of the template, keys of YAML, the toolkit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.origins import EDGES, PartOrigin, origins

from .tree import UNSIGNED, no_pictures, read, words

if TYPE_CHECKING:
    from conftest import CampaignFolder

FILE = "templates/note/letter.en.md"


def told(campaign: CampaignFolder, body: str, tag: str = "en") -> dict[str, PartOrigin]:
    campaign.write(FILE, body)
    found = origins(Edition(read(campaign), tag, "recipient"), 0, UNSIGNED, no_pictures)
    return {one.id: one for one in found if one.id not in EDGES - {"notice"}}


def pieces(origin: PartOrigin) -> list[str]:
    """Each piece as ``kind words place`` in short."""
    found = []
    for one in origin.pieces:
        where = f"{one.place.path.rsplit('/', 1)[-1]}:{one.place.line}" if one.place else "-"
        found.append(f"{one.kind} {one.words.strip()} {where}")
    return found


def test_it_tells_words_of_the_template_from_values_with_their_keys(
    campaign: CampaignFolder,
) -> None:
    found = told(
        campaign, "We ask:\n\n{id=thanks}\nWe *thank* you. {{ values.thanks }}\nIt is so.\n"
    )
    assert [*found] == ["start+1", "thanks"]
    assert found["start+1"].named is False
    assert found["start+1"].lines == ((FILE, 1),)
    thanks = found["thanks"]
    assert thanks.lines == ((FILE, 4), (FILE, 5))
    assert thanks.words == "We thank you. You listened. It is so."
    assert [(one.kind, one.words) for one in thanks.pieces] == [
        ("template", "We "),
        ("template", "thank"),
        ("template", " you. "),
        ("value", "You listened."),
        ("template", " "),
        ("template", "It is so."),
    ]
    value = thanks.pieces[3]
    assert value.place
    assert (value.place.path, value.place.key) == ("letter.yaml", "values.thanks.en")
    assert value.at
    assert (value.at.path, value.at.line) == (FILE, 4)


def test_it_follows_loops_branches_and_words_that_stand_twice(campaign: CampaignFolder) -> None:
    body = (
        "the same\n\n{% if not place %}\nthe same\n{% else %}\n\nthe same\n{% endif %}\n\n"
        "::: asks\n{% for ask in asks %}\n1. please {{ ask.text }}\n{% endfor %}\n:::\n"
    )
    found = told(campaign, body)
    assert [found[name].place.line for name in ("start+1", "start+2")] == [1, 7]
    first, second = (
        found["asks.1.text"] if "asks.1.text" in found else found["asks.1"],
        found["asks.2"],
    )
    assert pieces(first) == [
        "template please letter.en.md:12",
        "value to answer the first question; letter.yaml:12",
    ]
    assert pieces(second)[1].endswith("letter.yaml:13")


def test_it_tells_a_persons_field_the_recipients_own_and_words_of_the_toolkit(
    campaign: CampaignFolder,
) -> None:
    body = (
        "::: salutation\n{{ recipient.salutation }}\n:::\n\n{{ authors | names }} ask.\n\n"
        "::: signatures\n:::\n\n::: enclosures\n- {{ enclosures[0] }}\n:::\n"
    )
    found = told(campaign, body)
    [salutation] = found["salutation"].pieces
    assert salutation.slot == "recipient.salutation"
    assert salutation.place
    assert salutation.place.key == "[0].salutation.en"
    assert "value Ngozi Okafor signatories.yaml:2" in pieces(found["signatures"])
    assert "toolkit not yet signed -" in pieces(found["signatures"])
    assert pieces(found["enclosures"]) == [
        "toolkit Enclosures -",
        "value A list letter.yaml:35",
    ]


def test_notes_and_the_foot_have_places_too(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml", "deadline:", "notice: {en: One text for all, fr: Un texte}\ndeadline:"
    )
    found = told(campaign, "One[^a] and two.[@report]\n\n[^a]: Written *here*.\n")
    assert pieces(found["note+1"])[0] == "template Written letter.en.md:3"
    assert pieces(found["sources.report"])[0].startswith("value A report letter.yaml:")
    assert pieces(found["sources.report"])[1] == "toolkit , -"
    assert found["notice"].place.key == "notice.en"


def test_it_says_the_words_of_the_whole_letter(campaign: CampaignFolder) -> None:
    """With the template that has every block: nothing is left out, and nothing is said twice."""
    edition = Edition(read(campaign), "fr", "recipient")
    letter = edition.letter(0, UNSIGNED, no_pictures)
    found = origins(edition, 0, UNSIGNED, no_pictures)
    beside = {"sources", "signatures", *EDGES}
    own = [one for one in found if one.id.partition(".")[0] not in beside]
    said = "".join(p.words for one in own for p in one.pieces if p.kind != "toolkit")
    blocks = tuple(b for b in letter.blocks if not isinstance(b, d.SignatureBlock))
    assert said == re.sub(r"\[\d+\]", "", words(blocks))
    edges = {one.id: one.words for one in found if one.id in EDGES}
    assert (edges["running-head"], edges["letter-date"]) == letter.running_head
    notes = [one.words for one in found if one.id.startswith("sources.")]
    assert notes == [d.plain(note.content) for note in letter.notes]


def test_what_a_template_takes_apart_still_has_a_place(campaign: CampaignFolder) -> None:
    """The marks are lost where text is cut by a filter: the letter itself is not."""
    found = told(campaign, "{% set x %}a b{% endset %}{{ x | upper }} c\n")
    assert found["start+1"].place.path == FILE
