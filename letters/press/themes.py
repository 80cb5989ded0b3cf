"""Themes are read here: tokens from theme.yaml and the theme's own style sheet."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from letters.campaign import named_file
from letters.campaign.model import Campaign
from letters.campaign.schema import LetterFile
from letters.campaign.source import MOST_OF_ONE, read
from letters.campaign.template_files import TemplateFiles
from letters.campaign.validate import validate
from letters.limits import STYLE_SHEET
from letters.press.families import unknown
from letters.press.paper import PAGE_MM, WINDOWS, Margins
from letters.press.qr_code import LEAST_MARGIN
from letters.press.stylesheet import read_sheet
from letters.press.theme import Font, Theme
from letters.press.theme_file import ThemeFile
from letters.problem import CampaignError, Place, Problem


def load_theme(campaign: Campaign) -> Theme:
    """The campaign's theme and page size. Raises CampaignError when a token is wrong."""
    name = campaign.letter.theme
    if problem := _other_paper(campaign):
        raise CampaignError([problem])
    template_files = campaign.template_files
    if template_files.find("themes", name, "theme.yaml") is None:
        place = campaign.letter_place.place("theme")
        raise CampaignError([Problem(place, "there is no such theme")])
    written = _written(template_files, name)
    sheet = template_files.find("themes", name, "letter.css")
    css, problems = _sheet(sheet, template_files) if sheet else ("", [])
    if problems:
        raise CampaignError(problems)
    theme = theme_of(name, written, campaign.letter, css)
    if problem := _no_room_for_code(campaign, theme):
        raise CampaignError([problem])
    edited = template_files.find("themes", name, "reference.docx")
    return _with_reference(theme, edited, template_files, campaign.letter) if edited else theme


def _sheet(file: Path, template_files: TemplateFiles) -> tuple[str, list[Problem]]:
    shown = template_files.shown(file)
    return read_sheet(named_file.data_of(file, shown, STYLE_SHEET), shown)


def _with_reference(
    theme: Theme, file: Path, template_files: TemplateFiles, letter: LetterFile
) -> Theme:
    """The theme with the look of its reference.docx; a page named in letter.yaml wins."""
    from letters.press.docx.look import style_keys
    from letters.press.docx.reference import read_reference

    look, problems = read_reference(file, template_files.shown(file), style_keys(theme))
    if look is None:
        raise CampaignError(problems)
    return replace(theme, reference=replace(look, page=None) if letter.page else look)


def plain_theme(template_files: TemplateFiles, name: str) -> Theme:
    """The tokens of a theme alone, whatever letter it is for. Raises CampaignError."""
    return theme_of(name, _written(template_files, name), LetterFile.model_construct(), "")


def _written(template_files: TemplateFiles, name: str) -> ThemeFile:
    file = template_files.find("themes", name, "theme.yaml")
    if file is None:
        raise CampaignError([Problem(Place(f"templates/themes/{name}/theme.yaml"), "is missing")])
    source, problems = read(file, template_files.shown(file), MOST_OF_ONE)
    if problems:
        raise CampaignError(problems)
    written, problems = validate(ThemeFile, source)
    if written is not None and file.is_relative_to(template_files.root / "templates"):
        problems = unknown(source)
    if written is None or problems:
        raise CampaignError(problems)
    return written


def _other_paper(campaign: Campaign) -> Problem | None:
    """A window envelope is made for one paper, and on another the address shows in no window."""
    window, page = campaign.letter.window, campaign.letter.page
    if window is None or page is None or page == WINDOWS[window].page:
        return None
    place = campaign.letter_place.place("window")
    hint = f"write “page: {WINDOWS[window].page}”, or leave “page” out"
    return Problem(place, f"is an envelope for another paper than “page: {page}”", hint)


def _no_room_for_code(campaign: Campaign, theme: Theme) -> Problem | None:
    """The QR code stands in the margin beside the text, on the side where lines begin."""
    if not campaign.letter.qr_code:
        return None
    room = min(theme.margin_mm.left, theme.margin_mm.right)
    if room >= LEAST_MARGIN:
        return None
    message = f"has no room beside the text: a margin of the theme is {room:g} mm wide"
    hint = f"{LEAST_MARGIN:g} mm are needed; write wider ones into its theme.yaml"
    return Problem(campaign.letter_place.place("qr_code"), message, hint)


def theme_of(name: str, written: ThemeFile, letter: LetterFile, css: str) -> Theme:
    """The flat tokens that the presses read.

    A window envelope decides the paper and where the text begins. On another paper than the
    theme's own the margins at the sides change, so that lines are as long and break alike.
    """
    margins = written.margin_mm
    window = WINDOWS[letter.window] if letter.window else None
    page = (window.page if window else letter.page) or written.page
    wider = PAGE_MM[page][0] - PAGE_MM[written.page][0]
    sides = max(0, margins.left + margins.right + wider)
    left = window.left if window else max(0, margins.left + wider / 2)
    return Theme(
        name=name,
        page=page,
        margin_mm=Margins(margins.top, sides - left, margins.bottom, left),
        text_font=Font(*written.fonts.text),
        label_font=Font(*written.fonts.label),
        text_size=written.size_pt.text,
        label_size=written.size_pt.label,
        small_size=written.size_pt.small,
        text_line=written.line_pt.text,
        address_line=written.line_pt.address,
        small_line=written.line_pt.small,
        paragraph_space=written.space_pt.paragraph,
        block_space=written.space_pt.block,
        signature_space=written.space_pt.signature,
        text_colour=written.colour.text,
        accent_colour=written.colour.accent,
        muted_colour=written.colour.muted,
        rule_colour=written.colour.rule,
        css=css,
        letterhead=written.letterhead.set,
        letterhead_rule=written.letterhead.rule_pt,
        logo_side=written.letterhead.logo,
        small_capitals=written.letterhead.small_capitals,
        date_side=written.date,
        figures=written.fonts.figures,
        notes=written.notes,
        window_name=letter.window,
    )
