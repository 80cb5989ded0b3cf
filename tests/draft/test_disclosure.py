"""What goes with a letter as its grounds: nothing that rests on somebody who is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from letters.draft.context import shared_context
from letters.draft.disclosure import disclosed
from letters.draft.language import language

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.shown import Audience

QUIET = """\
  - id: case-two
    person: Quiet Person
    visibility: {visibility}
    confidential: {confidential}
    consent: {{given: yes}}
    facts:
      - text: {{en: One more waited., fr: Une autre a attendu.}}
        source: theirs
"""
THEIRS = """\
sources:
  theirs:
    title: {en: The file of Quiet Person, fr: Le dossier de Quiet Person}
    publisher: The Example
    date: 2025-09-01
    url: https://example.org/theirs
"""


def told(folder: CampaignFolder, audience: Audience) -> dict[str, Any]:
    data = disclosed(shared_context(read(folder), language("en"), audience))
    found: dict[str, Any] = yaml.safe_load(data)
    return found


@pytest.mark.parametrize(
    ("visibility", "confidential", "audience", "sources"),
    [
        ("public", "no", "public", {"report", "theirs"}),
        ("public", "yes", "recipient", {"report", "theirs"}),
        ("public", "yes", "public", {"report"}),
        ("withheld", "no", "recipient", {"report"}),
        ("withheld", "no", "public", {"report"}),
    ],
)
def test_a_source_is_told_where_something_shown_rests_on_it(
    campaign: CampaignFolder,
    visibility: str,
    confidential: str,
    audience: Audience,
    sources: set[str],
) -> None:
    case = QUIET.format(visibility=visibility, confidential=confidential)
    campaign.edit("letter.yaml", "sources:\n", f"{case}{THEIRS}")
    assert told(campaign, audience)["sources"].keys() == sources
