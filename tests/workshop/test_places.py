"""Where a step was ended is told, and never by the name of a file that may give somebody away."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CampaignFolder, loaded

from letters import reading
from letters.campaign import enclosures
from letters.press import pictures
from letters.problem import CampaignError
from letters.workshop.looking import place_of


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        ("templates/note/letter.en.md", "templates/note/letter.en.md:7:1"),
        ("templates/themes/ours/letter.css", "templates/themes/ours/letter.css:7:1"),
        ("letter.yaml", "letter.yaml:7:1"),
        ("signatories.yaml", "signatories.yaml:7:1"),
        ("forms/ours.yaml", "forms/ours.yaml:7:1"),
        ("people/quaz.yaml", "people:1:1"),
        ("people/of/quaz.yaml", "people:1:1"),
        ("images/quaz.png", "images:1:1"),
        ("quaz.png", "letter.yaml:1:1"),
        ("quaz.pdf", "letter.yaml:1:1"),
    ],
)
def test_it_is_told_without_what_may_be_a_name(opened: str, said: str) -> None:
    root = Path("/campaign")
    assert str(place_of(root, (str(root / opened), 7))) == said
    assert place_of(root, None) is None


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(reading, "listeners", [lambda *each: heard.append(each)])
    return heard


def test_a_picture_of_a_signature_is_told_of_where_it_is_named(
    campaign: CampaignFolder, told: list[tuple[str, int]]
) -> None:
    campaign.edit(
        "signatories.yaml",
        "  visibility: withheld\n",
        "  visibility: withheld\n  signature_image: images/quaz.png\n",
    )
    campaign.write("images/quaz.png", b"no picture")
    found = loaded(campaign)
    told.clear()
    with pytest.raises(CampaignError):
        pictures.clean(found, "images/quaz.png", "")
    [(path, line)] = told
    assert path.endswith("/signatories.yaml")
    assert "signature_image" in campaign.read("signatories.yaml").splitlines()[line - 1]


def test_an_enclosure_is_told_of_where_it_is_named(
    campaign: CampaignFolder, told: list[tuple[str, int]]
) -> None:
    campaign.edit(
        "letter.yaml",
        "  - title: {en: A list, fr: Une liste}\n",
        "  - {title: {en: A list, fr: Une liste}, file: quaz.pdf}\n",
    )
    campaign.write("quaz.pdf", b"%PDF-1.7\n")
    found = loaded(campaign)
    told.clear()
    assert enclosures.enclosed(found, "minister")
    assert [Path(path).name for path, _ in told] == ["letter.yaml"]
