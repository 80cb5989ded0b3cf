"""A font that nobody knows is an error with its name, whatever this machine has installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters import shipped
from letters.campaign.load import load
from letters.press import fonts
from letters.press.families import fallbacks
from letters.press.stylesheet import read_sheet
from letters.press.themes import load_theme
from letters.problem import CampaignError, Problem

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign

PLACE = "templates/themes/classic/theme.yaml:14"
HERE = ("Liberation Serif", "Carlito", "Acme Serif", "Georgia")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a few fonts."""
    monkeypatch.setattr(fonts, "_installed", lambda: {name: [(0x20, 0x24F)] for name in HERE})


def themed(folder: CampaignFolder, pair: str) -> Campaign:
    text = (shipped.THEMES / "classic/theme.yaml").read_text("utf-8")
    own = text.replace("[Liberation Serif, Times New Roman]", pair)
    folder.write("templates/themes/classic/theme.yaml", own)
    campaign, problems = load(folder.path)
    assert campaign is not None, problems
    return campaign


def refused(campaign: Campaign) -> list[Problem]:
    try:
        load_theme(campaign)
    except CampaignError as error:
        return list(error.problems)
    return []


def test_a_slip_is_named_with_what_was_meant(campaign: CampaignFolder) -> None:
    found = refused(themed(campaign, "[Georgai, Georgai]"))
    assert [str(problem) for problem in found] == [
        f"{PLACE}:10: fonts.text[0] – there is no font “Georgai” (did you mean “Georgia”?)",
        f"{PLACE}:19: fonts.text[1] – there is no font “Georgai” (did you mean “Georgia”?)",
    ]


@pytest.mark.parametrize(
    "pair", ["[Georgia, Georgia]", "[Acme Serif, Acme Serif]", "[acme serif, Acme Script]",
             "[Times New Roman, Times New Roman]", "[Noto Serif Thai, Angsana New]"],
)  # fmt: skip
def test_what_is_installed_or_known_is_let_through(campaign: CampaignFolder, pair: str) -> None:
    assert refused(themed(campaign, pair)) == []


def test_a_font_of_the_house_that_is_not_here_is_an_error(campaign: CampaignFolder) -> None:
    [problem] = refused(themed(campaign, "[Zyx Roman, Zyx Roman]"))
    assert "there is no font “Zyx Roman”" in problem.message


def test_without_fontconfig_only_slips_are_known(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_installed", dict)
    assert refused(themed(campaign, "[Zyx Roman, Zyx Roman]")) == []
    assert len(refused(themed(campaign, "[Georgai, Georgia]"))) == 1
    assert fallbacks(themed(campaign, "[Garamond, Garamond]")) == []


def test_a_known_font_that_is_not_here_is_a_warning(campaign: CampaignFolder) -> None:
    [problem] = fallbacks(themed(campaign, "[Garamond, Garamond]"))
    assert str(problem).startswith(
        f"{PLACE}:10: warning: fonts.text[0] – “Garamond” is not installed here"
    )
    assert fallbacks(themed(campaign, "[Georgia, Garamond]")) == []


def test_the_toolkit_s_own_themes_are_nobody_s_slip(campaign: CampaignFolder) -> None:
    loaded, _ = load(campaign.path)
    assert loaded is not None
    assert refused(loaded) == []
    assert fallbacks(loaded) == []


def test_a_theme_of_the_toolkit_whose_font_is_not_here_is_told_with_how_to_get_it(
    campaign: CampaignFolder,
) -> None:
    with campaign.path.joinpath("letter.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: office\n")
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    [problem] = fallbacks(loaded)
    assert "theme – “Source Serif 4” is not installed here (script/bootstrap" in str(problem)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("Georgai", ["Georgai"]),
        ('"Georgai"', ["Georgai"]),
        ("Acme Serif, Georgai, serif", ["Georgai"]),
        ("Zyx Roman, 'Zyx Sans', Georgia", ["Zyx Roman", "Zyx Sans"]),
        ('"serif"', ["serif"]),  # in quotes it is the name of a font
        ("Georgia Bold", ["Georgia Bold"]),
        ("acme serif, Georgia, Times New Roman, sans-serif", []),
        ("Garamond !important", []),
        ("SERIF", []),
        ("inherit", []),
    ],
)
def test_a_font_of_a_style_sheet_is_one_too(written: str, wrong: list[str]) -> None:
    css = f"p {{ color: #222222;\n  font-family: {written} }}"
    _, problems = read_sheet(css.encode(), "letter.css")
    found = [problem.message for problem in problems]
    assert found == [f"there is no font “{family}”" for family in wrong]
    assert {problem.place.line for problem in problems} <= {2}
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("languages", "told"), [("[en]", True), ("[fr, en]", True), ("[ar]", False)]
)
def test_a_font_without_the_letters_of_the_letter_is_told(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch, languages: str, told: bool
) -> None:
    arabic, latin = [(0x20, 0x40), (0x600, 0x6FF)], [(0x20, 0x24F)]
    here = {"Acme Naskh": arabic, "Liberation Serif": latin, "Carlito": latin}
    monkeypatch.setattr(fonts, "_installed", lambda: here)
    loaded = themed(campaign, "[acme naskh, Times New Roman]")
    tags = tuple(languages.strip("[]").split(", "))
    letter = loaded.letter.model_copy(update={"languages": tags})
    message = "“acme naskh” has no Latin letters, and these are set in another font"
    found = [problem.message for problem in fallbacks(replace(loaded, letter=letter))]
    assert found == [message] * told
