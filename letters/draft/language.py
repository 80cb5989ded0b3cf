"""What a language decides: dates, lists, numbers, quotation marks, labels.

Babel knows most of it; ``languages/*.yaml`` holds what Babel lacks or gets wrong, as data that can
be read and corrected without knowing Python.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from letters.campaign.source import read
from letters.draft import collation

if TYPE_CHECKING:
    from babel import Locale

    from letters.campaign.model import Campaign
_DATA = Path(__file__).parent / "languages"
_PLURAL_ORDER = ("zero", "one", "two", "few", "many", "other")
_SPACES = {"full": "\u00a0", "narrow": "\u202f", "none": ""}
# Babel writes marks of direction into some lists and numbers; the tree says the direction itself.
_MARKS = re.compile("[\u200e\u200f\u061c]")


def known() -> list[str]:
    """The languages that letters can be set in, without those of regions."""
    return [tag for tag in files() if "-" not in tag]


def files() -> list[str]:
    """The tags that have a data file, those of regions among them."""
    return sorted(file.stem for file in _DATA.glob("*.yaml"))


@functools.cache
def language(tag: str) -> Language:
    """The language of that tag: for "fr-CA" what fr.yaml says, with fr-CA.yaml laid over it.

    Raises KeyError for a language that is not known; the campaign's check says so first.
    """
    subtags = tag.split("-")
    data: dict[str, Any] = {}
    for length in range(1, len(subtags) + 1):
        file = _DATA / f"{'-'.join(subtags[:length])}.yaml"
        if file.is_file():
            source, _ = read(file, file.name)
            data = _laid_over(data, source.root)
        elif length == 1:
            raise KeyError(tag)
    return Language(tag, data)


def language_of(campaign: Campaign, tag: str) -> Language:
    """The language in that campaign, which may have words of its own, or the whole language.

    Raises KeyError for a language that neither knows.
    """
    own, base = campaign.own_languages.data, tag.partition("-")[0]
    if own.keys().isdisjoint((tag, base)):
        return language(tag)
    try:
        data = language(tag).data
    except KeyError:
        data = {}
    for each in dict.fromkeys((base, tag)):
        data = _laid_over(data, dict(own.get(each, {})))
    if "labels" not in data:
        raise KeyError(tag)
    return Language(tag, data)


def _laid_over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """``base`` with what ``own`` has written anew; of a group only what it writes."""
    return base | {
        key: _laid_over(base[key], value)
        if isinstance(value, dict) and isinstance(base.get(key), dict)
        else value
        for key, value in own.items()
    }


class Language(Struct, frozen=True, eq=False, dict=True):
    """One language, with its data file as ``data``."""

    tag: str
    data: dict[str, Any]

    @functools.cached_property
    def locale(self) -> Locale:
        """Babel's locale: the data file's for a plain tag, else the region's where Babel has it."""
        from babel import Locale, UnknownLocaleError

        if "-" in self.tag:
            with suppress(UnknownLocaleError):
                return Locale.parse(self.tag.replace("-", "_"))
        return Locale.parse(self.data["locale"])

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.data["direction"] == "rtl" else "ltr"

    @property
    def hyphenate(self) -> bool:
        """Whether words may be divided: only where the patterns that programs have are good."""
        return bool(self.data["hyphenate"] == "yes")

    @property
    def digits(self) -> str:
        """The ten digits of the language, from zero."""
        return str(self.data["digits"])

    @property
    def decimal(self) -> str:
        """The sign between a whole number and its decimals."""
        return str(self.locale.number_symbols[self.data["numbering"]]["decimal"])

    @property
    def comma(self) -> str:
        """What stands between the parts of a line that the toolkit joins, its space included."""
        return str(self.data["comma"])

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
        return self._own(text)

    def items(self, names: Sequence[str], heard: str = "") -> str:
        """Names as a list in a sentence: "A, B and C".

        ``heard`` is the last name as it is read, where ``names`` holds something that stands for
        it: Spanish and Hebrew write another "and" before some words (``other_and`` of their data).
        """
        from babel.lists import format_list

        if len(names) < 2:
            return "".join(names)
        text = _MARKS.sub("", format_list(list(names), locale=self.locale))
        last, other = names[-1], self.data.get("other_and")
        if (
            other
            and text.endswith(other["for"] + last)
            and re.match(other["before"], heard or last)
        ):
            text = text.removesuffix(other["for"] + last) + other["write"] + last
        return text

    def number(self, value: float | Decimal) -> str:
        """A number with the language's separators, and the decimals it was written with."""
        pattern = copy.copy(self.locale.decimal_formats[None])
        if isinstance(value, Decimal):
            decimals = max(0, -int(value.as_tuple().exponent))
            pattern.frac_prec = (decimals, decimals)
        grouped = abs(float(value)) >= int(self.data["group_from"])
        numbering = self.data["numbering"]
        text = pattern.apply(
            value, self.locale, group_separator=grouped, numbering_system=numbering
        )
        return self._own(str(text))

    def numeral(self, n: int) -> str:
        """A bare number, as of a page or an item of a list."""
        return self._own(str(n))

    def _own(self, text: str) -> str:
        """``text`` with the language's digits and without marks of direction."""
        return _MARKS.sub("", text).translate(dict(zip(range(48, 58), self.digits, strict=True)))

    def ordinal(self, n: int) -> str:
        """1st, 2nd; 1er, 2e."""
        forms = self.data["ordinals"]
        form = forms.get(self.locale.ordinal_form(n), forms["other"])
        return str(form).format(n=self.numeral(n))

    def plural(self, n: float | Decimal, forms: Sequence[str]) -> str:
        """The form that agrees with ``n``; forms come in CLDR's order (one, few, many, other)."""
        rule = self.locale.plural_form
        tags = [tag for tag in _PLURAL_ORDER if tag in rule.tags or tag == "other"]
        return forms[min(tags.index(rule(n)), len(forms) - 1)]

    def collation_key(self, name: str) -> tuple[int, ...]:
        """Sorts names as readers of the language look for them: É stands with E, Ł with L."""
        return collation.key(name, self.tag)

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

        Only a space that was typed is changed, or taken away; none is added.
        """
        for spaces, marks in self.data["no_break_before"].items():
            for mark in marks:
                text = text.replace(f" {mark}", f"{_SPACES[spaces]}{mark}")
        for mark in self.data["no_break_after"]:
            text = text.replace(f"{mark} ", f"{mark}\u00a0")
        if self._short_words:
            text = self._short_words.sub("\\1\u00a0", text)
        return text

    @functools.cached_property
    def _short_words(self) -> re.Pattern[str] | None:
        """Words that must not be left alone at the end of a line, with the space after them."""
        words = "|".join(map(re.escape, self.data["no_break_after_words"]))
        return re.compile(rf"\b({words}) ", re.IGNORECASE) if words else None
