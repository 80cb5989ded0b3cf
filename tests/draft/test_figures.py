"""Pictures in the text, and tables with a caption."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from conftest import loaded
from drafting import texts_of
from PIL import Image as Pixels

from letters.digests import of_file
from letters.draft import digest
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.language import language
from letters.draft.markdown import parse
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder

BODY = "templates/note/letter.en.md"
FIGURE = "::: figure\n![The path by night]({path})\n\nAs we found it.\n:::\n\n"


def picture(shade: int = 90) -> bytes:
    stream = io.BytesIO()
    Pixels.new("RGB", (60, 40), (shade, shade, shade)).save(stream, "PNG")
    return stream.getvalue()


def with_figure(campaign: CampaignFolder, path: str = "images/path.png") -> Edition:
    campaign.edit(BODY, "We ask you:\n", f"We ask you:\n\n{FIGURE.format(path=path)}")
    return Edition(loaded(campaign), "en", "recipient")


def faults(markdown: str) -> list[str]:
    return [fault.message for fault in parse(markdown, language("en")).faults]


def test_a_figure_is_a_picture_its_words_and_its_caption() -> None:
    [block] = parse(FIGURE.format(path="images/path.png"), language("en")).skeleton.blocks
    alt, caption = d.Text("The path by night"), d.Text("As we found it.")
    assert block == d.Figure("images/path.png", (alt,), (caption,))


def test_a_table_may_have_a_caption() -> None:
    made = "::: table\nWhat is *spent*.\n\n| a |\n|--:|\n| 1 |\n:::\n"
    [block] = parse(made, language("en")).skeleton.blocks
    assert isinstance(block, d.Table)
    assert d.plain(block.caption) == "What is spent."
    assert digest.canonical((block,), (), "") == "[caption] What is spent.\n[head] a\n[row] 1\n"


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("::: figure\n:::\n", "the block “figure” holds a picture and its caption"),
        ("::: figure\nWords.\n:::\n", "the block “figure” holds a picture and its caption"),
        (
            "::: figure\n![a](b.png) and\n:::\n",
            "the block “figure” holds a picture and its caption",
        ),
        ("::: figure\n![](b.png)\n:::\n", "the picture has no words for who can’t see it"),
        ("> ::: figure\n> ![a](b.png)\n> :::\n", "a figure stands in no other block"),
        ("::: table\nWords.\n:::\n", "the block “table” holds a caption and a table"),
        ("So ![a](b.png).\n", "pictures can’t stand in the text of a letter"),
    ],
)
def test_what_is_no_figure_and_no_table_is_told(markdown: str, said: str) -> None:
    assert said in faults(markdown)


def test_people_sign_the_picture_too(campaign: CampaignFolder) -> None:
    campaign.write("images/path.png", picture())
    edition = with_figure(campaign)
    [before, *_] = texts_of(edition)
    file = of_file(picture())
    told = f"[figure] The path by night{{file {file}}}\n  [caption] As we found it.\n"
    assert told in before
    campaign.write("images/path.png", picture(91))
    [after, *_] = texts_of(Edition(loaded(campaign), "en", "recipient"))
    assert after == before.replace(file, of_file(picture(91)))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("images/none.png", "“images/none.png” is no picture of this campaign"),
        ("../path.png", "“../path.png” is no picture of this campaign"),
        ("letter.yaml", "“letter.yaml” must be a PNG or JPEG picture"),
        ("images/hand.png", "“images/hand.png” is no picture of this campaign"),
        ("images/link.png", "“images/link.png” is no picture of this campaign"),
        ("{{ recipient.name }}", "a picture can’t be another one for each recipient"),
    ],
)
def test_a_file_that_may_not_be_printed_has_its_place(
    path: str, said: str, campaign: CampaignFolder
) -> None:
    campaign.write("images/hand.png", picture())
    (campaign.path / "images/link.png").symlink_to("hand.png")
    campaign.edit(
        "signatories.yaml",
        "  tier: author\n",
        "  tier: author\n  signature_image: images/hand.png\n",
    )
    with pytest.raises(CampaignError) as caught:
        texts_of(with_figure(campaign, path))
    problem = caught.value.problems[0]
    line = campaign.read(BODY).split("\n").index("::: figure") + 2
    assert (problem.message, problem.place.line) == (said, line)


def test_a_value_may_name_the_picture(campaign: CampaignFolder) -> None:
    campaign.write("images/path.png", picture())
    [text, *_] = texts_of(with_figure(campaign, "images/{{ 'path' }}.png"))
    assert f"{{file {of_file(picture())}}}" in text
