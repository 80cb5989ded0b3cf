"""Letters have in common what they say in common, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.draft import document as d
from letters.draft.signatures import Signed

from .tree import UNSIGNED, no_pictures, read

if TYPE_CHECKING:
    from conftest import CampaignFolder

from letters.draft.compose import Edition


def test_what_has_no_word_of_the_recipients_is_the_same_in_each_letter(
    campaign: CampaignFolder,
) -> None:
    edition = Edition(read(campaign), "en", "recipient")
    one, other = (edition.letter(index, UNSIGNED, no_pictures) for index in (0, 1))
    again = edition.letter(0, UNSIGNED, no_pictures)
    for before, now in zip(one.blocks, other.blocks, strict=True):
        own = isinstance(before, d.AddressBlock | d.Salutation | d.Close)
        assert own or before is now or not isinstance(before, d.Paragraph | d.Asks), before
    assert one == again
    assert one.blocks[2] != other.blocks[2]
    assert isinstance(one.blocks[2], d.AddressBlock)


def test_notes_are_numbered_on_and_signers_may_change(campaign: CampaignFolder) -> None:
    edition = Edition(read(campaign), "fr", "recipient")
    first = edition.letter(0, UNSIGNED, no_pictures)
    later = edition.letter(0, UNSIGNED, no_pictures, notes_before=4)
    assert [note.number for note in first.notes] == [1]
    marks = [
        node.number
        for block in later.blocks
        if isinstance(block, d.Paragraph)
        for node in block.content
        if isinstance(node, d.NoteMark)
    ]
    assert set(marks) == {5}
    nobody = edition.letter(0, Signed({}, None, draft=False), no_pictures)
    assert nobody.blocks[-3:] != first.blocks[-3:]
    assert edition.letter(0, UNSIGNED, no_pictures) == first


def test_what_was_drafted_without_pictures_is_not_printed_so(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "  country: CA\n", "  country: CA\n  logo: logo.png\n")
    (campaign.path / "logo.png").write_bytes(b"a picture")
    edition = Edition(read(campaign), "en", "recipient")

    def drawn(path: str, alt: str) -> d.Image:
        return d.Image(path.encode(), 8, 4, alt)

    def blank(_: str, alt: str) -> d.Image:
        return d.Image(b"", 0, 0, alt)

    for pictures, data in ((blank, b""), (drawn, b"logo.png"), (blank, b"")):
        head = edition.letter(0, UNSIGNED, pictures).blocks[0]
        assert isinstance(head, d.Letterhead)
        assert head.logo is not None
        assert head.logo.png == data
