"""The posting list: every recipient, on pages that can be told apart."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

from letters.post.paper.listing import ListedRecipient, listing

from .made import loaded, members, pages, sizes_mm

if TYPE_CHECKING:
    from conftest import CampaignFolder

HEAD = "No. Recipient Name and address Sheets Postage Posted on Proof"


def test_it_has_a_row_for_each_and_its_head_on_every_page(campaign: CampaignFolder) -> None:
    importlib.import_module("letters.draft.compose")
    odd = "- id: odd\n  name: A <img src=x> & B\n"
    made, people, theme = loaded(campaign, members(40) + odd)
    data = listing(made, [ListedRecipient(person, 2) for person in people], theme)
    texts = pages(data)
    assert len(texts) > 2
    assert texts[0].startswith("Posting list A letter for the tests Letter of 3 September 2025.")
    assert "41 recipients, 82 sheets of paper printed on both sides. 40 go free." in texts[0]
    for number, text in enumerate(texts, 1):
        assert HEAD in text
        assert f"Page {number} of {len(texts)}" in text
    whole = " ".join(texts)
    for number in range(40):
        row = f"{number + 1} mp-{number} Ms. Member Number{number}, M.P. House of Commons, OTTAWA"
        assert row in whole
    assert "41 odd A <img src=x> & B no postal address is known 2 –" in whole
    [size] = sizes_mm(data)
    assert size == pytest.approx((215.9, 279.4), abs=0.1)
    assert listing(made, [ListedRecipient(person, 2) for person in people], theme) == data
