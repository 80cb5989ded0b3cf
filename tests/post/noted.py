"""A campaign that is e-mailed, and its cover notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.campaign.load import load
from letters.digests import TextDigest
from letters.draft.signatures import Signed

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign

SETTINGS = """\
mail:
  from: us@example.org
  reply_to: answers@example.org
  copies_to: [archive@example.org]
"""
EVERYBODY = Signed({}, None, draft=False, digest=TextDigest("ab" * 32))


def mailed(folder: CampaignFolder, settings: str = SETTINGS) -> Campaign:
    """The campaign of the tests with a group ``mail``, and an address for its second recipient."""
    folder.write("letter.yaml", folder.read("letter.yaml") + settings)
    recipients = folder.read("recipients.yaml")
    folder.write(
        "recipients.yaml", f"{recipients}  email: bureau@münchen.example\n  language: fr\n"
    )
    campaign, problems = load(folder.path)
    assert campaign is not None, [str(problem) for problem in problems]
    return campaign
