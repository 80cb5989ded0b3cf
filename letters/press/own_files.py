"""Which finished files go to their recipients: those in the languages that they get."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from letters.campaign.recipient_languages import languages_for
from letters.press.manifest import tags_of

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.press.manifest import File


def own(files: Iterable[File], campaign: Campaign, *, every: bool) -> tuple[list[File], list[File]]:
    """Those that go to their recipients, and those that stay here as in another language.

    A file in two languages goes to whoever gets one of them. One to nobody, or in no language of
    the letter, is for others to judge. With ``every``, nobody's own language counts.
    """
    going: list[File] = []
    staying: list[File] = []
    people = {each.id: each for each in campaign.recipients}
    tags = campaign.letter.languages
    wanted = {who: {*languages_for(each, tags, every=every)} for who, each in people.items()}
    for file in files:
        written = {*tags_of(file.language, tags)}
        known = wanted.get(file.recipient)
        stays = known is not None and bool(written) and written.isdisjoint(known)
        (staying if stays else going).append(file)
    return going, staying
