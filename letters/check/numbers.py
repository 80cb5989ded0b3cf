"""Numbers that are read in two ways: 1.250 may be a thousand and some, or one and a quarter.

In letter.yaml a point stands before decimals, in every language. Whoever writes German is used to a
point between thousands, and whoever writes English to a comma, so three digits behind one of them
are a question. Where the languages of a letter answer it differently it can't stay open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from letters.draft.language import known, language_of
from letters.problem import Problem, Severity

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*")


def look(campaign: Campaign) -> Iterator[Problem]:
    """A warning, or an error, for each number that can be read in two ways."""
    tags = [tag for tag in campaign.letter.languages if _is_known(campaign, tag)]
    commas = [tag for tag in tags if "," in language_of(campaign, tag).number(Decimal("1.5"))]
    points = [tag for tag in tags if tag not in commas]
    at = campaign.letter_place
    for steps, text in _written(at.source.root, campaign):
        found = _GROUPED.fullmatch(text)
        # “1.250” is what an English reader takes it for, and “1,250” too: it is printed as it is.
        if found is None or (found["mark"] == "." and not commas):
            continue
        severity: Severity = "error" if commas and points else "warning"
        yield Problem(at.place(*steps), *_question(text, found["mark"]), severity)


def _question(text: str, mark: str) -> tuple[str, str]:
    whole = text.replace(mark, "")
    head, _, tail = text.partition(mark)
    if mark in tail:
        return f"is read in two ways; {whole}?", f"write {whole}"
    fraction = tail.rstrip("0")
    decimal = f"{head}.{fraction}" if fraction else head
    if len(fraction) == 3:
        decimal += "0"  # which nobody takes for a thousand
    message = f"is read in two ways: as {whole}, or as {decimal.replace('.', mark)}"
    return message, f"write {whole} or {decimal}; each language then has its own marks"


def _written(root: Any, campaign: Campaign) -> Iterator[tuple[tuple[str, ...], str]]:
    """The numbers of letter.yaml as somebody typed them."""
    for key in campaign.letter.figures:
        value = root["figures"][key].get("value")
        if isinstance(value, str):
            yield ("figures", key, "value"), value.strip()
    for key, rule in campaign.declared.values.items():
        value = campaign.letter.values.get(key)
        if rule.type == "number" and isinstance(value, str):
            yield ("values", key), value.strip()


def _is_known(campaign: Campaign, tag: str) -> bool:
    tags = {*known(), *campaign.own_languages.data}
    return tag in tags or tag.partition("-")[0] in tags
