"""What goes into one envelope: a recipient's letters in all languages, and what is enclosed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign.enclosures import RECIPIENT, enclosed
from letters.draft.cover import language_for
from letters.post.paper.addresses import Addressed, addressed
from letters.post.paper.bundle import BundledPdf, UnfitFileError
from letters.problem import CampaignError, Place, Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.post.plan import Parcel
    from letters.press.manifest import File


class Stack(Struct, frozen=True):
    """The sheets of one recipient: the files by their names, in order, and what each one adds."""

    person: Addressed
    parts: tuple[tuple[str, BundledPdf], ...]

    @property
    def pages(self) -> int:
        """Pages that are printed; blank ones are not counted."""
        return sum(part.pages for _, part in self.parts)

    @property
    def sheets(self) -> int:
        """Sheets of paper."""
        return sum(part.sheets for _, part in self.parts)


def gather(add: Callable[[bytes], BundledPdf], campaign: Campaign, letter: Parcel) -> Stack:
    """Put everything for one recipient into a bundle, file by file with ``add``.

    Raises CampaignError for a file that can't be printed, and OSError for one that can't be read.
    """
    parts, problems = list[tuple[str, BundledPdf]](), list[Problem]()
    for name, place, data in _files(campaign, letter):
        try:
            parts.append((name, add(data)))
        except UnfitFileError as error:
            problems.append(Problem(place, f"{name} {error.message}", error.hint))
    if problems:
        raise CampaignError(problems)
    return Stack(addressed(campaign, letter.index), tuple(parts))


def _files(campaign: Campaign, letter: Parcel) -> Iterator[tuple[str, Place, bytes]]:
    """Each file with the place in the campaign that has to do with it."""
    for file, data in _in_order(campaign, letter):
        yield file.path, campaign.recipient_places[letter.index].place(), data
    for file, data in letter.annexes:
        yield file.path, campaign.letter_place.place("annex"), data
    written = [each.file for each in campaign.letter.enclosures]
    named = {
        path.replace(RECIPIENT, letter.recipient): campaign.letter_place.place(
            "enclosures", index, "file"
        )
        for index, path in enumerate(written)
        if path
    }
    for each in enclosed(campaign, letter.recipient):
        yield each.path, named[each.path], each.data


def _in_order(campaign: Campaign, letter: Parcel) -> Sequence[tuple[File, bytes]]:
    """Their own language first, then the others as letter.yaml has them."""
    tags = campaign.letter.languages
    own = language_for(campaign, letter.index)

    def order(each: tuple[File, bytes]) -> tuple[bool, int, str]:
        language = each[0].language
        first = next((n for n, tag in enumerate(tags) if _begins(language, tag)), len(tags))
        return not _begins(language, own), first, language

    return sorted(letter.files, key=order)


def _begins(language: str, tag: str) -> bool:
    """Whether a file is in that language, or has it first of two."""
    return language == tag or language.startswith(f"{tag}-")
