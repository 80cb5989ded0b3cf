"""What a language decides: dates, lists, numbers, quotation marks, labels, forms of address.

Babel knows most of it; ``languages/*.yaml`` holds what Babel lacks or gets wrong, as data that can
be read and corrected without knowing Python.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from letters.campaign.source import read

if TYPE_CHECKING:
    from babel import Locale

    from letters.campaign.people import Recipient

_DATA = Path(__file__).parent / "languages"
_PLURAL_ORDER = ("zero", "one", "two", "few", "many", "other")
_SPACES = {"full": "\u00a0", "narrow": "\u202f"}
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def known() -> list[str]:
    """The languages that letters can be set in; regional tags fall back to their base."""
    return sorted(file.stem for file in _DATA.glob("*.yaml"))


@functools.cache
def language(tag: str) -> Language:
    """The language of that tag ("fr-CA" reads fr-CA.yaml, else fr.yaml).

    Raises KeyError for a language that is not known; the campaign's check says so first.
    """
    base = tag.partition("-")[0]
    for stem in (tag, base):
        file = _DATA / f"{stem}.yaml"
        if file.is_file():
            source, _ = read(file, file.name)
            return Language(tag, source.root, own_locale=stem == tag)
    raise KeyError(tag)


@functools.cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


@dataclass(frozen=True, eq=False)
class Language:
    """One language, with its data file as ``data``."""

    tag: str
    data: dict[str, Any]
    own_locale: bool = True

    @functools.cached_property
    def locale(self) -> Locale:
        """Babel's locale: the data file's for its own tag, else the regional one asked for."""
        from babel import Locale, UnknownLocaleError

        if not self.own_locale:
            with suppress(UnknownLocaleError):
                return Locale.parse(self.tag.replace("-", "_"))
        return Locale.parse(self.data["locale"])

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.tag.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"

    def label(self, key: str, **parts: object) -> str:
        """A fixed phrase of the toolkit in this language."""
        return str(self.data["labels"][key]).format(**parts)

    def counted(self, key: str, n: int) -> str:
        """A label that agrees with a number: "2 organisations"."""
        forms = self.data["labels"][key]
        form = forms.get(self.locale.plural_form(n), forms["other"])
        return str(form).format(n=self.number(n))

    def date(self, day: dt.date) -> str:
        """A date in words, never in numbers only: 3 September 2025, 1er septembre 2025."""
        from babel.dates import format_date

        text = format_date(day, "long", locale=self.locale)
        if self.locale.language == "fr" and day.day == 1:
            text = text.replace("1 ", "1er ", 1)
        return text

    def items(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence: "A, B and C"."""
        from babel.lists import format_list

        return format_list(list(names), locale=self.locale) if names else ""

    def number(self, value: float | Decimal) -> str:
        """A number with the language's separators, and the decimals it was written with."""
        pattern = copy.copy(self.locale.decimal_formats[None])
        if isinstance(value, Decimal):
            decimals = max(0, -int(value.as_tuple().exponent))
            pattern.frac_prec = (decimals, decimals)
        return str(pattern.apply(value, self.locale))

    def ordinal(self, n: int) -> str:
        """1st, 2nd; 1er, 2e."""
        endings = self.data["ordinals"]
        return f"{n}{endings.get(self.locale.ordinal_form(n), endings['other'])}"

    def plural(self, n: float | Decimal, forms: Sequence[str]) -> str:
        """The form that agrees with ``n``; forms come in CLDR's order (one, few, many, other)."""
        rule = self.locale.plural_form
        tags = [tag for tag in _PLURAL_ORDER if tag in rule.tags or tag == "other"]
        return forms[min(tags.index(rule(n)), len(forms) - 1)]

    def collation_key(self, name: str) -> tuple[int, ...]:
        """Sorts names by the Unicode collation, so that É stands with E and Ł with L."""
        return tuple(_collator().sort_key(name))

    @property
    def quotes(self) -> tuple[str, str, str, str]:
        """Opening and closing marks, outer then inner, with the spaces that belong inside."""
        outer_open, outer_close, inner_open, inner_close = self.data["quotes"]
        return outer_open, outer_close, inner_open, inner_close

    def quote(self, text: str) -> str:
        """``text`` in the language's outer quotation marks."""
        return f"{self.quotes[0]}{text}{self.quotes[1]}"

    def typeset(self, text: str) -> str:
        """The template's own words with a no-break space where the language forbids a break.

        Only a space that was typed is changed; none is added.
        """
        for spaces, marks in self.data.get("no_break_before", {}).items():
            for mark in marks:
                text = text.replace(f" {mark}", f"{_SPACES[spaces]}{mark}")
        for mark in self.data.get("no_break_after", ""):
            text = text.replace(f"{mark} ", f"{mark}\u00a0")
        return text

    def country(self, code: str) -> str:
        """A country's name in this language."""
        return str(self.locale.territories.get(code, code))

    def salutation(self, recipient: Recipient) -> str:
        """How the recipient is addressed; their own form wins, and gender is never guessed."""
        own = recipient.salutation.get(self.tag) if recipient.salutation else None
        if own:
            return own
        forms, name = self.data["salutation"], recipient.name
        addressed = name.address_as.get(self.tag) if name.address_as else None
        form = str(forms.get(recipient.gender, forms["unknown"]))
        if "{family}" in form and (addressed or not name.family):
            form = str(forms["unknown"])
        return form.format(family=name.full_family, name=addressed or name.shown(self.tag))

    def close(self, recipient: Recipient, signers: int) -> str:
        """The complimentary close, which agrees with how many sign and how they address."""
        own = recipient.close.get(self.tag) if recipient.close else None
        form = own or str(self.data["close"]["one" if signers == 1 else "several"])
        title = self.salutation(recipient).rstrip(" ,:!")
        if title in self.data.get("greetings", ()):
            # "Bonjour" is no title that a close could repeat.
            form, title = form.replace(", {addressed},", ""), ""
        return form.replace("{addressed}", title)
