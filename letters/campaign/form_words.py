"""What the forms of address say for somebody: of all that the form falls back to, the nearest."""

from __future__ import annotations

from collections.abc import Iterator

from letters.alike import Alike
from letters.campaign.bygender import ByGender, fill
from letters.campaign.form_wording import Wording
from letters.campaign.forms import Chain, neutral
from letters.campaign.localtext import LocalText
from letters.campaign.name_parts import parts_of, titled
from letters.campaign.people import Recipient


def own(text: LocalText | None, tag: str) -> str | None:
    """What the recipient's own record says in that language."""
    return text.get(tag) if text else None


def wordings(recipient: Recipient, tag: str, chain: Chain | None = None) -> tuple[Wording, ...]:
    """The forms in that language: the nearest first, and of each the region before its base."""
    return (chain or recipient.forms or neutral()).wordings(tag)


def everywhere(recipient: Recipient, tag: str) -> Iterator[Wording]:
    """The same, and then the other languages: an address is better than none."""
    yield from wordings(recipient, tag)
    for form in recipient.forms:
        yield from form.languages.values()


def said(
    recipient: Recipient,
    tag: str,
    key: str,
    chain: Chain | None = None,
    parts: dict[str, str] | None = None,
) -> str | None:
    """What the nearest form says for ``key`` that can be filled with what is known."""
    known = known_parts(recipient, tag) if parts is None else parts
    # Where a title lacks the family name that belongs to it, the person goes without one.
    for gender in dict.fromkeys((recipient.gender, "unknown")):
        for wording in wordings(recipient, tag, chain):
            cell: ByGender | None = getattr(wording, key)
            for pattern in cell.choices(gender) if cell else ():
                filled = fill(pattern, known)
                if filled is not None:
                    return filled
    return None


def known_parts(recipient: Recipient, tag: str) -> dict[str, str]:
    """What may stand in a text of that language: parts of the name, and what the title makes."""
    known = _parts_by_language(recipient)
    if tag not in known:
        known[tag] = _parts(recipient, tag)
    return known[tag]


def _none_yet(_: Recipient) -> dict[str, dict[str, str]]:
    return {}


_parts_by_language = Alike(_none_yet)


def _parts(recipient: Recipient, tag: str) -> dict[str, str]:
    district = own(recipient.district, tag) or ""
    parts = parts_of(recipient.name, tag, district)
    prefix = own(recipient.honorifics.prefix, tag) or said(recipient, tag, "prefix", None, parts)
    titles = (wording.titles for wording in wordings(recipient, tag))
    return parts | titled(prefix or "", titles, recipient.gender, parts)
