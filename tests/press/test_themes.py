"""A theme is a few tokens and perhaps a style sheet; what is wrong in them has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.press.themes import load_theme
from letters.problem import CampaignError, Problem

from .sample import classic_theme

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.press.theme import Theme

OWN = """\
description: Ours.
page: a4
margin_mm: {top: 20, right: 25, bottom: 20, left: 25}
fonts:
  text: [Liberation Serif, Times New Roman]
  label: [Carlito, Calibri]
size_pt: {text: 11, label: 9, small: 8.5}
line_pt: {text: 15, address: 13, small: 12}
space_pt: {paragraph: 7, block: 18, signature: 42}
colour: {text: "#1A1A1A", accent: "#004488", muted: "#5c5c5c", rule: "#b9b2ac"}
"""


def theme(campaign: CampaignFolder) -> Theme:
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    return load_theme(loaded)


def own(campaign: CampaignFolder, tokens: str = OWN, css: str | bytes = "") -> None:
    """The campaign with a theme of its own."""
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "theme: ours\n")
    campaign.write("templates/themes/ours/theme.yaml", tokens)
    if css:
        campaign.write("templates/themes/ours/letter.css", css)


def refused(campaign: CampaignFolder) -> Problem:
    with pytest.raises(CampaignError) as caught:
        theme(campaign)
    [problem] = caught.value.problems
    return problem


def test_the_classic_theme_is_what_the_other_tests_print_with(campaign: CampaignFolder) -> None:
    assert theme(campaign) == classic_theme()


@pytest.mark.parametrize("name", ["classic", "modern", "plain"])
def test_the_built_in_themes_are_sound(campaign: CampaignFolder, name: str) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + f"theme: {name}\n")
    assert theme(campaign).name == name


def test_a_campaign_may_have_a_theme_of_its_own(campaign: CampaignFolder) -> None:
    own(campaign, css="p { color: #aa0000 }")
    found = theme(campaign)
    assert (found.name, found.page, found.margin_mm.left) == ("ours", "a4", 25)
    assert found.text_colour == "#1a1a1a"
    assert found.css == "p { color: #aa0000 }"


def test_the_campaigns_own_page_wins(campaign: CampaignFolder) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "page: a4\n")
    assert theme(campaign).page_mm == (210.0, 297.0)


@pytest.mark.parametrize(
    ("window", "page"), [("din5008-a", "a4"), ("din5008-b", "a4"), ("no10", "letter")]
)
def test_a_window_decides_the_paper_and_where_the_text_begins(
    campaign: CampaignFolder, window: str, page: str
) -> None:
    usual = theme(campaign)
    written = campaign.read("letter.yaml") + f"window: {window}\n"
    campaign.write("letter.yaml", written)
    found = theme(campaign)
    assert found.window is not None
    assert (found.page, found.margin_mm.left) == (page, found.window.left)
    margin, before = found.margin_mm, usual.margin_mm
    assert found.page_mm[0] - margin.left - margin.right == pytest.approx(
        usual.page_mm[0] - before.left - before.right
    )
    campaign.write("letter.yaml", f"{written}page: {page}\n")
    assert theme(campaign) == found


def test_a_page_that_contradicts_the_window_is_refused(campaign: CampaignFolder) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "window: no10\npage: a4\n")
    problem = refused(campaign)
    assert (problem.place.path, problem.place.key) == ("letter.yaml", "window")
    assert "write “page: letter”" in problem.hint


def test_another_paper_leaves_the_lines_as_long(campaign: CampaignFolder) -> None:
    usual = theme(campaign)
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "page: a4\n")
    margin, before = theme(campaign).margin_mm, usual.margin_mm
    assert 210 - margin.left - margin.right == pytest.approx(215.9 - before.left - before.right)
    assert margin.left - margin.right == pytest.approx(before.left - before.right)


def test_a_built_in_theme_takes_the_campaigns_style_sheet(campaign: CampaignFolder) -> None:
    campaign.write("templates/themes/classic/letter.css", "h1 { color: #aa0000 }")
    found = theme(campaign)
    assert found.css == "h1 { color: #aa0000 }"
    assert found.text_size == classic_theme().text_size


def test_a_theme_that_is_not_there_has_its_place_and_a_hint(campaign: CampaignFolder) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "theme: clasic\n")
    _, [problem] = load(campaign.path)
    assert (problem.place.path, problem.place.key) == ("letter.yaml", "theme")
    assert "classic" in problem.hint


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("text: 11,", "text: 0,", "size_pt.text", "above 0 and below 200"),
        ("text: 11,", "text: 200,", "size_pt.text", "above 0 and below 200"),
        ("text: 11,", "text: .nan,", "size_pt.text", "above 0 and below 200"),
        ("text: 11,", "text: 11pt,", "size_pt.text", "above 0 and below 200"),
        ('"#004488"', "red", "colour.accent", "must be a colour"),
        ('"#004488"', '"#004488; }"', "colour.accent", "must be a colour"),
        ('"#004488"', '"#a8a8a8"', "colour.accent", "too pale"),
        ('"#1A1A1A"', '"#ffffff"', "colour.text", "too pale"),
        ("small: 8.5", "small: 5.9", "size_pt.small", "at least 6"),
        ("address: 13", "address: 1", "line_pt.address", "at least 6"),
        ("Carlito", "Car;lito", "fonts.label[0]", "must be the name of a font family"),
        ("Carlito", "Webdings", "fonts.label[0]", "prints signs instead of letters"),
        ("[Carlito, Calibri]", "[Carlito]", "fonts.label", "two fonts"),
        ("page: a4", "page: a5", "page", "letter"),
        ("description: Ours.", "colours: {}", "colours", ""),
        ("description: Ours.", "letterhead: {set: left}", "letterhead.set", ""),
        ("description: Ours.", "letterhead: {rule_pt: 7}", "letterhead.rule_pt", "from 0 (no"),
        ("description: Ours.", "letterhead: {rule_pt: -1}", "letterhead.rule_pt", "from 0 (no"),
        ("{text: 15, ", "{text: 10.5, ", "line_pt", "closer"),
        ("address: 13", "address: 8", "line_pt", "closer"),
        ("small: 12}", "small: 8}", "line_pt", "closer"),
        ("{text: 11, ", "{text: 90, ", "line_pt", "closer"),
        ("left: 25", "left: 126", "margin_mm", "leave less than"),
        ("bottom: 20", "bottom: 199.5", "margin_mm", "leave less than"),
    ],
)
def test_a_wrong_token_has_its_place(
    campaign: CampaignFolder, old: str, new: str, key: str, words: str
) -> None:
    assert OWN.count(old) == 1
    own(campaign, OWN.replace(old, new))
    problem = refused(campaign)
    assert problem.place.path == "templates/themes/ours/theme.yaml"
    lines = OWN.splitlines()
    wanted = "line_pt:" if key == "line_pt" else old
    line = next(number for number, text in enumerate(lines, 1) if wanted in text)
    assert (problem.place.line, problem.place.key) == (line, key)
    assert words in problem.message


def test_a_mistake_in_a_style_sheet_has_its_place(campaign: CampaignFolder) -> None:
    own(campaign, css="h1 { color: #aa0000 }\np { display: none }\n")
    problem = refused(campaign)
    assert problem.place.path == "templates/themes/ours/letter.css"
    assert (problem.place.line, problem.place.column, problem.place.key) == (2, 5, "display")


def test_a_style_sheet_from_outside_of_the_campaign_is_not_read(campaign: CampaignFolder) -> None:
    own(campaign)
    outside = campaign.path.parent / "outside.css"
    outside.write_text("p { color: #aa0000 }")
    (campaign.path / "templates/themes/ours/letter.css").symlink_to(outside)
    with pytest.raises(CampaignError, match=r"letter\.css:1:1: is a link, or lies behind one"):
        theme(campaign)
