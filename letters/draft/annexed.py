"""Who stands in the annex of names: sorted, people and organisations apart.

The rules are those of the signature block (`letters.draft.signatures`): a name stands there only
when its owner signed exactly this text and agreed to be named. In a draft those who have not signed
stand apart from those who have. Authors sign the letter itself, and are no part of it.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign.language_labels import IN_ANNEX
from letters.campaign.own_languages import FOLDER
from letters.draft import collation
from letters.draft.annex import NameGroup, NameSection
from letters.problem import CampaignError, Place, Problem

if TYPE_CHECKING:
    from letters.campaign.annex import AnnexSettings
    from letters.campaign.localtext import LocalText
    from letters.campaign.shown import ShownSignatory
    from letters.draft.language import Language
    from letters.draft.signatures import Signed

_COLUMNS = 3
_INDEXED_FROM = 60  # names in a group: fewer are seen at a glance
_TIERS = ("organisation", "individual")
_WITHOUT_ALPHABET = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")


class _Row(Struct, frozen=True):
    """``key`` is what the signatory is sorted by, and ``cells`` are what stands in the row."""

    sorted_as: str
    cells: tuple[str, ...]


class NamesSorter(Struct, frozen=True):
    """Sets the names of an annex in one language."""

    settings: AnnexSettings
    language: Language
    signed: Signed

    def expect_labels(self) -> None:
        """Raise CampaignError where a language of the campaign's own has no words for an annex."""
        tag = self.language.tag
        needed = [key for key in IN_ANNEX if key != "place" or key in self.settings.table]
        if lacking := [key for key in needed if key not in self.language.data["labels"]]:
            place = Place(f"{FOLDER}/{tag}.yaml", key="labels")
            hint = "write them there, or leave the names under the letter: “annex: {where: letter}”"
            message = f"lacks {', '.join(lacking)}, for the annex of names"
            raise CampaignError([Problem(place, message, hint)])

    @property
    def columns(self) -> int:
        """How many columns names stand in that have nothing beside them."""
        return self.settings.columns or _COLUMNS

    def groups(self, members: Sequence[ShownSignatory]) -> tuple[NameGroup, ...]:
        """All of them: organisations, then people; in a draft those who have not signed apart."""
        states = self.signed.states
        found = []
        for tier in _TIERS:
            own = [one for one in members if one.rank == tier]
            for signs in (True, False):
                part = [one for one in own if (states.get(one.id) == "signed") is signs]
                if part:
                    found.append(self._group(tier, part, signs=signs))
        return tuple(found)

    def _group(self, tier: str, members: list[ShownSignatory], *, signs: bool) -> NameGroup:
        label = self.language.label("organisations" if tier == "organisation" else "individuals")
        if not signs:
            label = f"{label} ({self.language.label('pending')})"
        beside = self._beside(members)
        rows = [self._row(one, beside) for one in members]
        key = self.language.collation_key
        rows.sort(key=lambda row: key(row.sorted_as))
        head = ("name", *(name for name, _ in beside)) if beside else ()
        return NameGroup(
            label,
            tuple(self.language.label(name) for name in head),
            tuple(self._sections(rows)),
        )

    def _beside(
        self, members: list[ShownSignatory]
    ) -> list[tuple[str, Callable[[ShownSignatory], str]]]:
        """The columns beside the names, each with its label: those that have something in them."""
        own: dict[str, Callable[[ShownSignatory], str]] = {
            "signer": self._signer,
            "role": lambda one: self._said(one.role),
            "affiliation": self._affiliation,
            "place": lambda one: self._said(one.home),
            "day": self._day,
        }
        asked = self.settings.table
        if self.settings.columns:
            return []
        names = (*(("signer",) if not asked or "role" in asked else ()), *asked)
        wanted = names if asked else ("signer", "role", "affiliation")
        filled = [name for name in wanted if any(own[name](one) for one in members)]
        return [("signed_on" if name == "day" else name, own[name]) for name in filled]

    def _row(
        self,
        one: ShownSignatory,
        beside: list[tuple[str, Callable[[ShownSignatory], str]]],
    ) -> _Row:
        written, _ = one.printed_as(self.language.tag)
        name = written if isinstance(written, str) else self._said(written)
        cells = (name, *(cell(one) for _, cell in beside))
        return _Row(one.sort_key(self.language.tag), tuple(map(_one_line, cells)))

    def _said(self, text: LocalText | None) -> str:
        written = text.get(self.language.tag) if text else None
        return self.language.typeset(written) if written else ""

    def _affiliation(self, one: ShownSignatory) -> str:
        said = self._said(one.affiliation)
        return f"{said}*" if said and one.identification_only else said

    def _signer(self, one: ShownSignatory) -> str:
        if one.signer is None:
            return ""
        post = self._said(one.signer.role)
        name = one.signer.name.shown(self.language.tag)
        return f"{name}{self.language.comma}{post}" if post else name

    def _day(self, one: ShownSignatory) -> str:
        day = (self.signed.days or {}).get(one.id)
        return self.language.date(day) if day else ""

    def _sections(self, rows: list[_Row]) -> Iterator[NameSection]:
        """The rows under the letters that they begin with, where there are many."""
        if len(rows) < _INDEXED_FROM:
            yield NameSection("", _lines(rows))
            return
        heads: dict[collation.Key, str] = {}
        known: dict[str, str] = {}

        def letter(row: _Row) -> str:
            first = row.sorted_as[:1]
            if first not in known:
                known[first] = self._letter(first, heads)
            return known[first]

        for head, own in itertools.groupby(rows, key=letter):
            yield NameSection(head, _lines(own))

    def _letter(self, first: str, heads: dict[collation.Key, str]) -> str:
        """The letter of the alphabet under which a name is looked for: É stands with E, Ё with Е.

        Digits and scripts without an alphabet have none.
        """
        if not first.isalpha() or unicodedata.name(first, "").startswith(_WITHOUT_ALPHABET):
            return ""
        tag = self.language.tag
        own, base = collation.initial(first, tag), unicodedata.normalize("NFD", first)[0]
        alike = (one for one in (*ascii_uppercase, base) if collation.initial(one, tag) == own)
        head = next(alike, first)
        return heads.setdefault(own, head.upper() if len(head.upper()) == 1 else head)


def _lines(rows: Iterable[_Row]) -> str:
    return "".join("\t".join(row.cells) + "\n" for row in rows)


def _one_line(text: str) -> str:
    """What ends a line or a cell would set what follows it where it doesn't belong."""
    return " ".join(text.splitlines()).replace("\t", " ") if not text.isprintable() else text
