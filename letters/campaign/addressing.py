"""How a recipient is addressed: the salutation, and the complimentary close that goes with it.

What the recipient's own record says wins; the rest is data (``data/forms/*.yaml``).
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from letters.campaign.people import Recipient
from letters.campaign.source import read

_NEUTRAL = Path(__file__).parent / "data" / "forms" / "neutral.yaml"


@functools.cache
def _neutral() -> dict[str, Any]:
    source, _ = read(_NEUTRAL, _NEUTRAL.name)
    return dict(source.root["languages"])


def _wording(tag: str) -> dict[str, Any]:
    languages = _neutral()
    found: dict[str, Any] = languages.get(tag) or languages.get(tag.partition("-")[0], {})
    return found


def salutation(recipient: Recipient, tag: str) -> str:
    """How the recipient is addressed; their own form wins, and gender is never guessed."""
    own = recipient.salutation.get(tag) if recipient.salutation else None
    if own:
        return own
    name = recipient.name
    forms = _wording(tag).get("salutation", {"unknown": "{name},"})
    addressed = name.address_as.get(tag) if name.address_as else None
    form = str(forms.get(recipient.gender, forms["unknown"]))
    if "{family}" in form and (addressed or not name.family):
        form = str(forms["unknown"])
    return form.format(family=name.full_family, name=addressed or name.shown(tag))


def close(recipient: Recipient, tag: str, signers: int) -> str:
    """The complimentary close, which agrees with how many sign and how they address."""
    own = recipient.close.get(tag) if recipient.close else None
    wording = _wording(tag)
    form = wording.get("close", "")
    if isinstance(form, dict):
        form = form["one" if signers == 1 else "several"]
    title = salutation(recipient, tag).rstrip(" ,:!")
    form = own or form
    if title in wording.get("greetings", ()):
        # "Bonjour" is no title that a close could repeat.
        form, title = form.replace(", {addressed},", ""), ""
    return str(form.replace("{addressed}", title))
