"""Ids that a template gives to its blocks: they are read, never printed, and never doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.draft.language import language
from letters.draft.markdown import parse

from .tree import printed, refusal

if TYPE_CHECKING:
    from conftest import CampaignFolder

BODY = """\
::: salutation
Dear all,
:::

{id=thanks}
Thank you.

Unnamed.

{id=reasons}
- one
- two

{id=who}
> Somebody said this.

{id=signing}
::: signatures
:::
"""


def test_an_id_belongs_to_the_block_right_below_it() -> None:
    parsed = parse(BODY, language("en"))
    assert parsed.faults == ()
    kinds = [type(block).__name__ for block in parsed.skeleton.blocks]
    assert list(zip(parsed.skeleton.ids, kinds, strict=True)) == [
        ("", "Salutation"),
        ("thanks", "Paragraph"),
        ("", "Paragraph"),
        ("reasons", "List"),
        ("who", "Quote"),
        ("signing", "SignatureBlock"),
    ]
    assert parsed.lines_of_blocks == (0, 5, 7, 10, 14, 17)


def test_an_id_changes_no_block() -> None:
    plain = "".join(line for line in BODY.splitlines(keepends=True) if "{id=" not in line)
    assert (
        parse(BODY, language("en")).skeleton.blocks == parse(plain, language("en")).skeleton.blocks
    )


def test_an_id_is_never_printed(campaign: CampaignFolder) -> None:
    body = "{id=a}\n{% if authors %}\nOne.\n{% endif %}\n\n{id=b}  \nTwo.\n"
    assert printed(campaign, body) == "One.\nTwo."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{id=a}\nOne.\n\n{id=a}\nTwo.\n", "4:1: the id “a” is given twice"),
        ("Words.\n{id=a}\n", "2:1: this id would be printed"),
        ("{id=Thanks}\nWords.\n", "1:1: this id would be printed"),
        ("Words. {id=a}\n", "1:8: this id would be printed"),
        ("{id=a .b}\nWords.\n", "1:1: this id would be printed"),
        ("{id=a}\n\nWords.\n", "1:1: nothing stands under this id"),
        ("{id=a}\n{id=b}\nWords.\n", "1:1: nothing stands under this id"),
        ("Words.\n\n{id=a}\n", "3:1: nothing stands under this id"),
        ("- {id=a}\n  Words.\n", "1:3: an id can’t stand inside of a block"),
        ("::: close\n{id=a}\nYours,\n:::\n", "2:1: an id can’t stand inside of a block"),
        ("> {id=a}\n> Words.\n", "1:3: an id can’t stand inside of a block"),
        ("{id=a}\n{% if deadline %}\n\nBy {{ deadline }}.\n{% endif %}\n", "1:1: nothing stands"),
    ],
)
def test_it_refuses_an_id_that_would_get_lost(
    campaign: CampaignFolder, body: str, said: str
) -> None:
    assert refusal(campaign, body).startswith(said)


def test_an_id_that_a_loop_repeats_is_given_twice(campaign: CampaignFolder) -> None:
    body = "{% for ask in asks %}\n{id=ask}\n{{ ask.text }}\n\n{% endfor %}\n"
    assert refusal(campaign, body).startswith("2:1: the id “ask” is given twice")


def test_a_remark_that_was_meant_as_an_id_is_refused(campaign: CampaignFolder) -> None:
    """It would hide everything up to the next remark."""
    body = "One.\n\nTwo. {#two}\n\nThree.\n\n{# A remark. #}\nFour.\n"
    assert refusal(campaign, body).startswith("3:6: “{#” opens a remark")


def test_values_that_look_like_an_id_are_printed(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "en: Three questions", 'en: "{id=a}"')
    assert printed(campaign, "{{ subject }}\n") == "{id=a}"
