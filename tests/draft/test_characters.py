"""Characters that nobody can see are refused where they end up, wherever they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import Struct

from letters.campaign.load import load
from letters.campaign.plaintext import unusable
from letters.draft import document as d
from letters.draft.language import language
from letters.draft.markdown import parse
from letters.draft.skeleton import holes

from .tree import printed, refusal

if TYPE_CHECKING:
    from conftest import CampaignFolder

UNSEEN = {
    "&#x202e;": "U+202E", "&#8238;": "U+202E", "&#X202E;": "U+202E", "&#x2028;": "U+2028",
    "&#0;": "U+FFFD", "&#xd800;": "U+FFFD", "&#x110000;": "U+FFFD", "&#x7;": "U+FFFD",
    "&#x200b;": "U+200B", "&ZeroWidthSpace;": "U+200B", "&NoBreak;": "U+2060", "&af;": "U+2061",
    "&#xfeff;": "U+FEFF", "&#xe0041;": "U+E0041", "&#xe000;": "U+E000",
    "&#x180e;": "U+180E",
}  # fmt: skip
PLACES = {
    "words": "We ask {} now.",
    "emphasis": "We **ask {} now**.",
    "a link’s words": "[ask {}](https://example.org)",
    "a link’s address": "[ask](https://example.org/{})",
    "a title": "[ask](https://example.org 'so {}')",
    "a cell": "| a | b |\n| --- | --- |\n| c | d {} |",
    "a quotation": "> We ask {} now.",
    "an ask": "::: asks\n1. to {} answer\n:::",
    "a note": "Said.[^1]\n\n[^1]: By {} them.",
    "an address": "::: address\nHere {}\n:::",
    "a heading": "# Why {} now",
    "a picture": "![so {}](https://example.org/a.png)",
    "code that writes": "{{{{ '{}' }}}}",
}


@pytest.mark.parametrize("reference", UNSEEN)
def test_a_reference_to_what_nobody_sees_is_refused(
    campaign: CampaignFolder, reference: str
) -> None:
    said = refusal(campaign, f"Before.\n\nWe ask {reference} now.\n")
    assert said.startswith(f"3:8: “{reference}” stands for the invisible or unusable character")
    assert UNSEEN[reference] in said


@pytest.mark.parametrize("place", PLACES)
def test_it_is_refused_in_every_place(campaign: CampaignFolder, place: str) -> None:
    body = f"Before.\n\n{PLACES[place].format('&#x202e;')}\n"
    faults = parse(body, language("en")).faults
    assert "“&#x202e;”" in faults[0].message
    if place != "a picture":  # which is refused for itself too
        assert "“&#x202e;”" in refusal(campaign, body)


def test_it_is_put_together_by_no_code(campaign: CampaignFolder) -> None:
    assert "U+202E" in refusal(campaign, "We {{ '&#x20' ~ '2e;' }}drawkcab\n")
    assert "U+E000" in refusal(campaign, "{% set a %}&#xe0{% endset %}{{ a }}00;\n")
    assert "U+202E" in refusal(campaign, "{% for a in ['&', '#x202e', ';'] %}{{ a }}{% endfor %}\n")


@pytest.mark.parametrize(
    "forged",
    [
        "&#xe000;&#xe019;&#xe001;",  # what stands for the ninth value
        "&#xe000;&#xe010;&#xe001;",  # and for the first, which is there
        "{{ date }} &#xe000;&#xe010;&#xe001;",
        "[a](https://example.org/&#xe000;&#xe019;&#xe001;)",
        "&#xe002;0,1&#xe003;",
    ],
)
def test_nothing_passes_for_a_sealed_value(campaign: CampaignFolder, forged: str) -> None:
    campaign.write("templates/note/letter.en.md", f"We ask {forged} now.\n")
    loaded, _ = load(campaign.path)
    assert loaded
    faults = parse(f"We ask {forged.replace('{{ date }}', '')} now.", language("en")).faults
    assert faults
    assert all("U+E0" in fault.message for fault in faults)


def test_a_bare_link_is_decoded_to_what_can_be_read_only(campaign: CampaignFolder) -> None:
    forged = "https://example.org/%EE%80%80%EE%80%99%EE%80%81"
    turned = "https://example.org/%E2%80%AEgnp.exe"
    body = f"See <{forged}>, <{turned}>, <https://example.org/%D0%9C>, {{{{ place }}}}.\n"
    assert printed(campaign, body) == f"See {forged}, {turned}, https://example.org/М, Ottawa."


@pytest.mark.parametrize("reference", ["&#10;", "&#13;", "&#9;", "&NewLine;", "&Tab;"])
def test_a_line_ends_in_no_reference(campaign: CampaignFolder, reference: str) -> None:
    assert "breaks a line where none ends" in refusal(campaign, f"We ask{reference}now.\n")


def test_other_references_are_characters_like_others(campaign: CampaignFolder) -> None:
    body = "A&amp;B &lt; C&nbsp;D &eacute; &#233; &hellip; co&shy;op &unknown; &#xg; &amp;#x202e;\n"
    expected = "A&B < C\u00a0D é é … co\u00adop &unknown; &#xg; &#x202e;"
    assert printed(campaign, body) == expected
    assert printed(campaign, "As it stands: \\&#x202e;\n") == "As it stands: &#x202e;"


def test_joiners_stay_where_scripts_need_them(campaign: CampaignFolder) -> None:
    assert printed(campaign, "می&zwnj;خواهم, क्&zwj;ष, PDF&zwnj;ها\n").count("\u200c") == 2
    assert "U+200C" in refusal(campaign, "We pay&zwnj;ment ask.\n")
    assert "U+200D" in refusal(campaign, "We {{ 'pay' }}\u200dment ask.\n")
    assert unusable("สวัสดี\u200bครับ") == ""


def test_several_are_told_at_once(campaign: CampaignFolder) -> None:
    faults = parse("One &#0;.\n\nTwo &#x2028; <b>x</b>.\n", language("en")).faults
    assert [(fault.line, fault.near) for fault in faults] == [
        (0, "&#0;"), (2, "&#x2028;"), (2, "<b>"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ['"Ottawa\\u202e"', '"Ottawa\\u200b"', '"Ottawa\\0"', '"Otta\\u2028wa"', '"\\ue000\\ue010\\ue001"',
     '"Otta\\U000e0041wa"', '"pay\\u200cment"', "Otta\u2060wa", "Otta\u200bwa"],
)  # fmt: skip
def test_what_yaml_spells_is_refused_at_its_line(campaign: CampaignFolder, written: str) -> None:
    campaign.edit("letter.yaml", "place: Ottawa", f"place: {written}")
    _, problems = load(campaign.path)
    problem = problems[0]
    assert (problem.place.path, problem.place.line) == ("letter.yaml", 5)
    assert "invisible or unusable character" in problem.message


def test_what_a_value_spells_is_printed_as_it_stands(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "place: Ottawa", 'place: "&#x202e;&#xe000;"')
    assert printed(campaign, "{{ place }}\n") == "&#x202e;&#xe000;"


PIECES = st.sampled_from([
    "&#xe000;", "&#xe01", "9;", "&#xe001;", "&", "#x202e;", "\\", "&zwj;", "&#0;", "a", " ", "\n\n",
    "[a](", "https://x.org/", ")", "<https://x.org/", "%EE%80%80", "%EE%80%91", "%EE%80%81", ">",
    "*", "**", "[^1]", "\n\n[^1]: ", "| a |\n| - |\n| ", "\ue000\ue010\ue001", "\ue000\ue011\ue001",
    "&amp;", "&lt;", "`", "![", "::: address\n", "\n:::\n", "- ", "> ", "xn--", "\u200c",
])  # fmt: skip


@example("&#xe01&#xe000;9;")  # without what is refused, one reference would be left of two
@example("&#xe01&#x202e;0;")
@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_written_no_value_is_forged_and_nothing_unseen_printed(markdown: str) -> None:
    parsed = parse(markdown, language("en"))
    known = {ord(one) - 0xE010 for one in re.findall("\ue000([\ue010-\ue019])\ue001", markdown)}
    for block in parsed.skeleton.blocks:
        assert set(holes(block)) <= known
        if not parsed.faults:
            # A value is never empty, and what a joiner joins to one is judged when it is known.
            assert not any(unusable(text) for text in texts(block))
            assert not any(unusable(href) for href in hrefs(block))


def texts(node: Any) -> list[str]:
    """The words of the template below a node, between the values."""
    if isinstance(node, d.Text):
        return [node.text]
    if isinstance(node, tuple):
        return [text for each in node for text in texts(each)]
    if isinstance(node, Struct):
        return [text for name in node.__struct_fields__ for text in texts(getattr(node, name))]
    return []


def hrefs(node: Any) -> list[str]:
    """The addresses of all links below a node, without their values."""
    if isinstance(node, d.Link):
        return [re.sub("\ue000[\ue010-\ue019]+\ue001", "", node.href)]
    if isinstance(node, tuple):
        return [href for each in node for href in hrefs(each)]
    return hrefs(getattr(node, "content", ()))


JOINED = {
    "before a value": ("pay&zwnj;{{ place }}", "Ottawa"),
    "behind a value": ("{{ place }}&zwj;ment", "Ottawa"),
    "in a value, at its end": ("{{ place }}ment", '"Otta\\u200d"'),
    "in a value, at its start": ("pay{{ place }}", '"\\u200cment"'),
    "between two values": ("{{ place }}{{ title }}", '"Otta\\u200c"'),
    "behind strong words": ("**pay**&zwj;ment", "Ottawa"),
    "in a link": ("[pay&#8205;](https://example.org)ment", "Ottawa"),
    "in a note": ("Said.[^1]\n\n[^1]: So *pay*&zwj;ment.", "Ottawa"),
    "in a cell": ("| a |\n| --- |\n| *pay*&zwj;ment |", "Ottawa"),
    "in an item": ("- one\n- *pay*&zwj;ment", "Ottawa"),
    "by a filter": ("{{ place | lower }}ment", '"OTTA\\u200d"'),
    "from code": ("{{ 'pay\\u200c' }}{{ place }}", "Ottawa"),
}


@pytest.mark.parametrize("kind", JOINED)
def test_a_joiner_is_judged_beside_what_it_comes_to_stand(
    campaign: CampaignFolder, kind: str
) -> None:
    body, place = JOINED[kind]
    campaign.edit("letter.yaml", "place: Ottawa", f"place: {place}")
    said = refusal(campaign, f"Before.\n\n{body}\n")
    assert "holds the invisible or unusable character U+200" in said
    assert 3 <= int(said.partition(":")[0]) <= 7, said  # the block’s line, or the note’s


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("| a | b |\n| --- | --- |\n| x&#x200d;y | c |\n", 5),
        ("> - a\n> - b&zwj; c\n", 4),
        ("- a\n\n  b&#8205; c\n", 5),
    ],
)
def test_a_joiner_that_joins_nothing_is_told_at_its_line(
    campaign: CampaignFolder, body: str, line: int
) -> None:
    said = refusal(campaign, f"Before.\n\n{body}\nBehind {{{{ place }}}}.\n")
    assert said.startswith(f"{line}:"), said
    assert "holds the invisible or unusable character U+200D" in said


def test_a_joiner_between_letters_that_need_it_may_come_from_two_places(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("letter.yaml", "place: Ottawa", 'place: "می\\u200c"')
    assert printed(campaign, "{{ place }}خواهم\n") == "می\u200cخواهم"
    assert printed(campaign, "**می**&zwnj;خواهم\n") == "می\u200cخواهم"


ELSEWHERE = {
    "signatories.yaml": ("University of Example", '"Univer{}sity"'),
    "recipients.yaml": ("80 Wellington Street", '"80 Welling{}ton"'),
    "templates/note/template.yaml": ("title: ", 'title: "a{}b" # '),
    "languages/en.yaml": ("", 'labels: {{draft: "Dra{}ft"}}\n'),
    "forms/own.yaml": ("", 'salutation: "Dear{}"\n'),
    "places.yaml": ("", 'CA: {{lines: ["a{}b"]}}\n'),
}


@pytest.mark.parametrize("spelled", ["\\u202e", "\\U0000E010", "\\x07", "\\u2066", "\\0", "\u2062"])
@pytest.mark.parametrize("file", ELSEWHERE)
def test_what_is_refused_in_one_file_is_refused_in_all(
    campaign: CampaignFolder, file: str, spelled: str
) -> None:
    before, after = ELSEWHERE[file]
    if before:
        campaign.edit(file, before, after.format(spelled))
    else:
        campaign.write(file, after.format(spelled))
    _, problems = load(campaign.path)
    assert any(
        problem.place.path == file and "invisible or unusable character" in problem.message
        for problem in problems
    ), list(map(str, problems))
