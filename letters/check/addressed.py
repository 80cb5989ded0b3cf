"""What falls away of a form of address because of what a recipient's own record says.

Where hundreds are written to, it is one thing to look at and not hundreds: it is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from letters.campaign import addressing, postal
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient


def look(campaign: Campaign) -> Iterator[Problem]:
    """A warning for each kind, at the first recipient whom it is about."""
    yield from _counted(
        campaign,
        "name",
        lambda recipient, tag: addressing.lacks_part(recipient, tag) == (True, False),
        "addressed by the name alone: the salutation of the form needs a part of the name",
        "write “family” as that language does, or a “salutation”",
    )
    yield from _counted(
        campaign,
        "name",
        lambda recipient, tag: addressing.lacks_part(recipient, tag) == (True, True),
        "addressed by office without “family”: the salutation of the form would have it",
        "write “family” as that language does, or a “salutation”",
    )
    yield from _counted(
        campaign,
        "address",
        lambda recipient, tag: (
            addressing.is_elsewhere(recipient, tag) and addressing.has_office_lines(recipient, tag)
        ),
        "written to elsewhere than at the office: its lines and its free postage fall away",
        "that is right for a local office, best with its own form, “NAME-local”; else leave "
        "“address” out, or write “organisation”",
    )
    yield from _counted(
        campaign,
        "name",
        lambda recipient, tag: postal.lacks_dative(recipient, tag) == "name",
        "named in the nominative: an address in that language stands in the dative",
        "write the name as it stands there under “dative” of “name”",
    )
    yield from _counted(
        campaign,
        "office",
        lambda recipient, tag: postal.lacks_dative(recipient, tag) == "office",
        "named in the nominative: the office is not known in the dative",
        "write it as it stands in an address under “office_dative”",
    )


def _counted(
    campaign: Campaign, key: str, is_so: Callable[[Recipient, str], bool], message: str, hint: str
) -> Iterator[Problem]:
    tags = campaign.letter.languages
    people = zip(campaign.recipients, campaign.recipient_places, strict=True)
    found = [at for recipient, at in people if any(is_so(recipient, tag) for tag in tags)]
    if found:
        who = "is" if len(found) == 1 else f"and {len(found) - 1} more are"
        yield Problem(found[0].place(key), f"{who} {message}", hint, severity="warning")
