"""Names that are hardly names: sentences, formulas, links, whatever a form on the web lets through.

All of it is a warning, because people and organisations are called as they like; only what is
longer than any name is an error. Nothing of a name is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.campaign.bygender import LONGEST, one_line
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign, Located
    from letters.campaign.people import Name
    from letters.campaign.signatory import Signatory

_LONG = {"person": 80, "organisation": 150}  # characters; the longest real ones have fewer
_WORDS = {"person": 10, "organisation": 25}
_FORMULA = re.compile(r"\s*([=\uff1d]|[+@-]\S*[(|!]|[+-][0-9])")
_LINK = re.compile(r"https?://|\bwww\.|\S@\S{1,255}\.\S", re.IGNORECASE)
_SENTENCE = re.compile(r"[?;]|\w{4}[.!](\s|$)")
_NUMBER = re.compile(r"[0-9]{4,}")


def check_length(signatory: Signatory, at: Located) -> Iterator[Problem]:
    """An error for what is no line that could stand in a list of names."""
    names: list[tuple[Name, tuple[str, ...]]] = [(signatory.name, ("name",))]
    names += [(signatory.signer.name, ("signer", "name"))] if signatory.signer else []
    for name, steps in names:
        if not all(map(one_line, _forms(name))):
            hint = "what else there is to say belongs into “role”, “affiliation” or the letter"
            message = f"must be one line of at most {LONGEST} characters"
            yield Problem(at.place(*steps), message, hint)


def check_names(campaign: Campaign) -> Iterator[Problem]:
    """A warning for each name of a signatory or recipient that looks like something else."""
    places = campaign.signatory_places
    for number, signatory in enumerate(campaign.signatories):
        for hit in _odd(signatory.name, signatory.kind):
            yield _warning(hit, places[number], "name")
        if signatory.signer:
            for hit in _odd(signatory.signer.name, "person"):
                yield _warning(hit, places[number], "signer", "name")
    for recipient, at in zip(campaign.recipients, campaign.recipient_places, strict=True):
        for hit in _odd(recipient.name, "organisation"):  # or an office, with its titles
            yield _warning(hit, at, "name")


def _odd(name: Name, kind: str) -> list[str]:
    """What is said of the first form that is odd, if any is."""
    if (only := name.only_form) is not None and _is_usual(only, kind):
        return []
    for text in _forms(name):
        if said := oddity(text, kind):
            return [said]
    return []


def _warning(said: str, at: Located, *steps: str) -> Problem:
    hint = "it would be printed as it stands: write the name alone"
    return Problem(at.place(*steps), said, hint, severity="warning")


def oddity(text: str, kind: str) -> str:
    """What is odd about the name of a person or an organisation; "" when nothing is."""
    if _is_usual(text, kind):
        return ""
    if _FORMULA.match(text):
        return "looks like the formula of a spreadsheet and not like a name"
    if _LINK.search(text):
        return "holds a link or an e-mail address"
    if len(text) > _LONG[kind]:
        return f"has {len(text)} characters, which is long for a name"
    words = len(text.split())
    if words > _WORDS[kind] or (kind == "person" and words > 3 and _SENTENCE.search(text)):
        return "looks like a sentence and not like a name"
    if kind == "person" and _NUMBER.search(text):
        return "holds a number"
    if kind == "person" and len(text) > 1 and not any(map(str.isalpha, text)):
        return "has no letters"
    return ""


def _is_usual(text: str, kind: str) -> bool:
    """Whether nothing can be odd about it, nor about a part of it, as of nearly all."""
    is_short = len(text) <= _LONG[kind] and text.count(" ") < _WORDS[kind]
    return is_short and text.replace(" ", "").isalpha()


def _forms(name: Name) -> list[str]:
    """What may be printed of a name."""
    written = (name.display, name.full, name.dative)
    forms = [text for local in written if local for text in local.texts.values()]
    if name.display is None:
        forms.append(name.shown(""))
    return [*forms, *filter(None, (name.given, name.family))]
