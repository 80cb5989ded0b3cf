"""The annex of names to the letters of an edition, and the words that point to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.campaign.tally import Tally
from letters.draft import document as d
from letters.draft import page_marks
from letters.draft.annex import Annex, NameGroup
from letters.draft.annexed import NamesSorter
from letters.draft.apart import moved
from letters.draft.signatures import Signed, printed_people, remarks_on

if TYPE_CHECKING:
    from letters.campaign.annex import Where
    from letters.campaign.model import Campaign
    from letters.campaign.shown import ShownSignatory
    from letters.draft.language import Language


class AnnexOfEdition:
    """Made once for all letters that the same people sign."""

    def __init__(self, campaign: Campaign, language: Language) -> None:
        self._campaign, self._language = campaign, language
        self._made: tuple[Signed, Annex | None] | None = None
        self._counted: tuple[Signed, Where, str] | None = None

    def annex(self, signed: Signed, draft_mark: str) -> Annex | None:
        """The annex that is a file by itself; None where there is none. Raises CampaignError."""
        if not self.is_file(signed):
            return None
        found = self._names(signed)
        notice, tag = self._campaign.letter.notice, self._language.tag
        return found and replace(
            found,
            notice=(notice.get(tag) or "") if notice else "",
            version=page_marks.version(self._language, signed.digest),
            draft_mark=draft_mark,
        )

    def behind(self, signed: Signed) -> Annex | None:
        """The annex that is the last pages of the letter; None where there is none.

        It is one and the same for all letters. Raises CampaignError.
        """
        return self._names(signed) if self._told(signed)[1] == "behind" else None

    def is_file(self, signed: Signed) -> bool:
        """Whether there is an annex that is a file by itself. Raises CampaignError."""
        return self._told(signed)[1] == "file"

    def mention(self, signed: Signed) -> str:
        """What is enclosed, with how many names there are in it; "" where there is no annex."""
        return self._told(signed)[2]

    def _names(self, signed: Signed) -> Annex | None:
        if self._made is None or self._made[0] != signed:
            self._made = signed, self._annex(signed)
        return self._made[1]

    def _told(self, signed: Signed) -> tuple[Signed, Where, str]:
        """Where the names stand, and how that is told."""
        if self._counted is None or self._counted[0] != signed:
            people = printed_people(self._campaign, signed)
            listed = [one for one in people if not one.is_withheld]
            mention = self._mention(signed, listed)
            where = self._campaign.letter.annex.place(len(listed)) if mention else "letter"
            self._counted = signed, where, mention
        return self._counted

    def _mention(self, signed: Signed, listed: list[ShownSignatory]) -> str:
        apart = moved(self._campaign.letter.annex, listed)[1]
        if not apart:
            return ""
        organisations = sum(one.kind == "organisation" for one in apart)
        counted = Tally(organisations, len(apart) - organisations, 0)
        NamesSorter(self._campaign.letter.annex, self._language, signed).expect_labels()
        language = self._language
        numbers = (("organisation_count", counted.organisations), ("person_count", counted.people))
        people = language.items([language.counted(key, n) for key, n in numbers if n])
        return f"{language.label('annex')} ({people})"

    def _annex(self, signed: Signed) -> Annex | None:
        campaign, language, tag = self._campaign, self._language, self._language.tag
        letter, settings = campaign.letter, campaign.letter.annex
        people = printed_people(campaign, signed)
        apart = moved(settings, [one for one in people if not one.is_withheld])[1]
        if not apart:
            return None
        sorter = NamesSorter(settings, language, signed)
        sorter.expect_labels()
        title, day = letter.title.get(tag) or "", language.date(letter.date)
        groups = sorter.groups(apart)
        starred = apart if any("*" in text for text in _starred(groups)) else []
        return Annex(
            language=tag,
            direction=language.direction,
            title=language.label("annex"),
            of=language.label("annex_of", title=title, date=day),
            author=letter.sender.organisation.get(tag) or "",
            date=letter.date,
            groups=groups,
            columns=sorter.columns,
            remarks=remarks_on(people, starred, language, signed),
            running_head=(page_marks.running_head(f"{language.label('annex')} · {title}"), day),
            page_label=language.label("page", page="{page}", pages="{pages}"),
            digits=language.digits,
        )


def _starred(groups: tuple[NameGroup, ...]) -> list[str]:
    """The lines of tables, in which an affiliation may have its ``*``."""
    return [section.lines for group in groups if group.head for section in group.sections]


def with_mention(blocks: d.Matters, label: str, mention: str) -> d.Matters:
    """The blocks with the annex among the enclosures; behind the signatures where there are none.

    It is no word of the template's, so the text that people sign does not depend on it.
    """
    item: d.Inlines = (d.Text(mention),)
    if any(isinstance(block, d.Enclosures) for block in blocks):
        return tuple(
            replace(block, items=(item, *block.items)) if isinstance(block, d.Enclosures) else block
            for block in blocks
        )
    at = next((n for n, b in enumerate(blocks) if isinstance(b, d.Copies)), len(blocks))
    return (*blocks[:at], d.Enclosures(label, (item,)), *blocks[at:])
