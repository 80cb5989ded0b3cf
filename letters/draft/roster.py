"""What is printed of each signatory, by name of the field: so that a change can be named by it.

Only what stands on the page or decides what does goes in, each field as a short digest of its
words. Of a withheld person there is nothing but that somebody is counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from letters.campaign import shown
from letters.campaign.model import Campaign
from letters.campaign.shown import ShownSignatory
from letters.draft.signatures import Pictures, Signed, is_printed

Fields: TypeAlias = Mapping[str, str]
"""The name of a field, and what stands for its words: a word of ours, or a short digest."""

_DIGITS = 8  # enough to see that something has changed; whether it has, the identity tells


def roster(
    campaign: Campaign, tags: Sequence[str], signed: Signed, pictures: Pictures
) -> dict[str, Fields]:
    """By id, everybody who stands under a letter in the languages ``tags``, or is counted there."""
    return {
        signatory.id: dict(_fields(signatory, tags, signed, pictures))
        for signatory in shown.signatories(campaign)
        if is_printed(signed, signatory.id)
    }


def key_of(found: Mapping[str, Fields]) -> str:
    """A short name for a roster: the same for all letters that print the same of everybody."""
    return short(*(f"{who} {written(fields)}" for who, fields in sorted(found.items())))


def written(fields: Fields) -> str:
    """The fields on one line, as a manifest has them."""
    return " ".join(f"{name}={word}" for name, word in fields.items())


def read(line: str) -> Fields:
    """Fields from such a line. Raises ValueError."""
    return dict(pair.split("=", 1) for pair in line.split())


def differing(was: Fields, now: Fields) -> list[str]:
    """The fields that are not as they were; what follows from another visibility is not said."""
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return ["visibility"] if "visibility" in names else names


def short(*words: str) -> str:
    """A short digest of some words."""
    return hashlib.sha256("\x00".join(words).encode()).hexdigest()[:_DIGITS]


def _fields(
    signatory: ShownSignatory, tags: Sequence[str], signed: Signed, pictures: Pictures
) -> Iterator[tuple[str, str]]:
    signs = signed.states.get(signatory.id) == "signed"
    yield "visibility", signatory.visibility
    yield "signature", "signed" if signs else "pending"
    yield "kind", signatory.kind
    if signatory.is_withheld:
        return
    yield "tier", signatory.rank
    if signatory.name is None:
        written = signatory.description
        yield "description", short(*((written and written.get(tag)) or "" for tag in tags))
        return
    yield "name", short(*(signatory.name.shown(tag) for tag in tags))
    for key in ("role", "affiliation"):
        text = getattr(signatory, key)
        if text:
            yield key, short(*(text.get(tag) or "" for tag in tags))
    if signatory.home:
        yield "place", short(*(signatory.home.get(tag) or "" for tag in tags))
    if signatory.affiliation:
        yield "identification_only", "yes" if signatory.identification_only else "no"
    if signer := signatory.signer:
        post = [(signer.role and signer.role.get(tag)) or "" for tag in tags]
        yield "signer", short(*(signer.name.shown(tag) for tag in tags), *post)
    if signatory.signature_image and signs:
        image = pictures(signatory.signature_image, "")
        yield "signature_image", hashlib.sha256(image.png).hexdigest()[:_DIGITS]
