"""A character that no font has is an error that says where it was written; nothing prints boxes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

NAMES = (
    "علی‌رضا", "משה", "Ngũgĩ", "Nguyễn Thị Ánh", "Şəhriyar", "Ґалаґан", "Ωμέγα", "Łódź",
    "q\u0307 with a mark", "co\u00adop", "two\u00a0\u202fspaces", "non\u2011breaking",
)  # fmt: skip
SIGN = (
    "install a font for emoji, such as Noto Emoji: apt-get install fonts-symbola, "
    "or brew install font-noto-emoji"
)
BOX = "a box would be printed: write it in words, or take a theme whose fonts have it"


def both(letters: Letters, campaign: CampaignFolder) -> list[str]:
    """What check and render say, which must be the same; and nothing was rendered."""
    checked, rendered = letters("check"), letters("render", "--format", "pdf,docx")
    assert (checked.status, rendered.status) == (1, 1)
    assert not list(campaign.path.glob("out/*"))
    lines = [line for line in rendered.stderr.splitlines() if "none of the letter’s fonts" in line]
    for line in lines:
        assert line in checked.stderr
    return lines


def test_all_are_found_at_once_each_in_its_line(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("letter.yaml", "You listened.", "You ☃ listened.")
    campaign.edit("letter.yaml", "sources:", "notice: Warm ☂ words\nsources:")
    campaign.edit("recipients.yaml", "name: Sam Taylor", "name: Sam Taylor 😀")
    campaign.edit("templates/note/letter.en.md", "We ask you:", "We 🙏 ask you:")
    lines = both(letters_here, campaign)
    places = [line.partition(" – ")[0] for line in lines]
    assert places == [
        "letter.yaml:28:9: notice",
        "letter.yaml:41:16: values.thanks.en",
        "recipients.yaml:13:3: [1].address",  # which the name is a line of
        "recipients.yaml:13:3: [1].salutation",
        "recipients.yaml:14:9: [1].name",
        (
            "templates/note/letter.en.md:34:4: “🙏” (U+1F64F PERSON WITH FOLDED HANDS) is in none of "
            f"the letter’s fonts ({SIGN})"
        ),
    ]
    assert f"“☃” (U+2603 SNOWMAN) is in none of the letter’s fonts ({SIGN})" in lines[1]
    found = json.loads(letters_here("check", "--json").stdout)
    assert {problem["severity"] for problem in found} == {"error"}


def test_the_advice_is_a_font_where_the_script_has_one(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("signatories.yaml", "family: Lindqvist", "family: Lindqvist ꯂꯩ ꡁ សុខ 😀")
    lines = both(letters_here, campaign)
    [khmer, _, sign, box] = (
        next(line for line in lines if f"U+{code} " in line)
        for code in ("1781", "ABC2", "1F600", "A841")
    )
    assert khmer.startswith("signatories.yaml:12:9: [1].name – “ខ” (U+1781 KHMER LETTER KHA), “ស” ")
    assert "install a font for Khmer, such as Noto Serif Khmer: apt-get install fonts-noto" in khmer
    assert "(U+A841 PHAGS-PA LETTER KHA)" in box
    assert (SIGN in sign, BOX in box) == (True, True)


def test_a_person_who_is_withheld_is_never_in_a_message(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("signatories.yaml", "family: Person", "family: Person ☃")
    assert letters_here("check").status == 0
    assert letters_here("render", "--format", "txt").status == 0


def test_check_finds_what_a_form_of_address_or_a_postal_format_brings(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("forms/mine.yaml", "languages: {en: {salutation: 'Dear ☃:'}}\n")
    campaign.write("recipients.yaml", "- {id: a, name: Ada Example, form: mine}\n")
    assert "U+2603" in letters_here("check").stderr
    campaign.write("places.yaml", "CA: {lines: '{city}{ ☃ region}'}\n")
    address = "{city: Ottawa, region: ON, country: CA}"
    campaign.write("recipients.yaml", f"- {{id: a, name: Ada Example, address: {address}}}\n")
    assert "U+2603" in letters_here("check").stderr


def test_names_of_the_world_are_no_false_alarm(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    names = "".join(f'- id: other-{i}\n  name: "{name}"\n' for i, name in enumerate(NAMES))
    campaign.write("signatories.yaml", campaign.read("signatories.yaml") + names)
    assert "fonts" not in letters_here("check").stderr
    rendered = letters_here("render", "--format", "pdf", "--lang", "en", "--recipient", "minister")
    assert rendered.status == 0
    assert "notdef" not in rendered.stderr


def test_a_draft_has_a_box_in_the_place_of_what_no_font_has(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("recipients.yaml", "name: Sam Taylor", "name: Sam ꡁꡂ Taylor")
    campaign.edit("letter.yaml", "You listened.", "You ꡁ listened.")
    command = ("render", "--lang", "en", "--recipient", "minister", "--format", "docx,txt")
    assert letters_here(*command).status == 1
    made = letters_here(*command, "--draft")
    assert made.status == 0, made.stderr
    text = (campaign.path / "out/minister.en.txt").read_text(encoding="utf-8")
    assert "Sam [□ U+A841 U+A842] Taylor" in text
    assert "You [□ U+A841] listened." in text
    told = [line for line in made.stderr.splitlines() if "a box stands for" in line]
    assert len(told) == len(set(told))
    assert any(
        "recipients.yaml:" in line and "(U+A841 PHAGS-PA LETTER KHA)" in line for line in told
    )
    again = letters_here(*command, "--draft")
    assert again.status == 0
    campaign.edit("recipients.yaml", "Sam ꡁꡂ Taylor", "Sam Taylor")
    assert letters_here(*command, "--draft").status == 0
    text = (campaign.path / "out/minister.en.txt").read_text(encoding="utf-8")
    assert "Dear Sam Taylor" in text
