"""The campaign as a value: its places, and the way to its own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.campaign.model import Located, people_place
from letters.campaign.source import parse
from letters.problem import Place

if TYPE_CHECKING:
    from conftest import CampaignFolder


def test_a_record_is_placed_within_its_file() -> None:
    source, _ = parse(b"- {a: 1}\n- {a: 2}\n", "x.yaml")
    second = Located(source, (1,))
    assert second.place() == Place("x.yaml", 2, 3, "[1]")
    assert second.place("a") == Place("x.yaml", 2, 7, "[1].a")
    assert second.place("b") == Place("x.yaml", 2, 3, "[1].b")


def test_a_file_of_people_is_placed_where_it_is_named() -> None:
    source, _ = parse(b"signatories: a.yaml\n", "letter.yaml")
    assert people_place(source, "signatories", "a.yaml") == Place(
        "letter.yaml", 1, 14, "signatories"
    )
    assert people_place(source, "recipients", "recipients.yaml") == Place("recipients.yaml")


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("logo.png", True),
        ("images/logo.png", True),
        ("link.png", True),
        ("out.png", False),
        ("out/x", False),
    ],
)
def test_it_gives_its_own_files_only(campaign: CampaignFolder, path: str, inside: bool) -> None:
    outside = campaign.path.parent / "outside"
    outside.mkdir()
    campaign.write("logo.png", b"x")
    (campaign.path / "link.png").symlink_to("logo.png")
    (campaign.path / "out.png").symlink_to(outside / "logo.png")
    (campaign.path / "out").symlink_to(outside)
    read, _ = load(campaign.path)
    assert read is not None
    assert (read.inner(path) is not None) is inside
