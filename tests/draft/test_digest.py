"""The canonical text in its exact form, and what changes the digest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters import framed
from letters.draft import digest
from letters.draft import document as d

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder


def text(words: str) -> d.Inlines:
    return (d.Text(words),)


EVERYTHING: d.Matters = (
    d.Letterhead((text("Joint letter"), text("a@b.org"))),
    d.DateLine(text("3 September 2025")),
    d.AddressBlock(((digest.slot("recipient.address"),),)),
    d.Subject(text("S")),
    d.Salutation((d.Text("To "), digest.slot("recipient.name"), d.Text(":"))),
    d.Heading(1, text("H")),
    d.Paragraph(
        (
            d.Text("A "),
            d.Strong((d.Value("b"), d.Emphasis(text("c")))),
            d.NoteMark(1),
            d.Break(),
            d.Link("https://x.y/{z}", text("link")),
            d.Text("  \u00a0 two "),
        )
    ),
    d.Paragraph(text("\\ { } | a\nb")),
    d.Paragraph(text("E\u0301")),
    d.List(False, ((d.Paragraph(text("i")), d.List(True, ((d.Paragraph(text("j")),),), 3)),)),
    d.Asks(((d.Paragraph(text("k")),), (d.Paragraph(text("l")), d.Quote((d.Paragraph(text("m")),))))),
    d.Table(("start", "end"), (text("n"), text("o")), ((text("p|q"), ()),)),
    d.Close((digest.slot("recipient.close"),)),
    d.SignatureBlock(()),
    d.Enclosures("Enclosures", (text("e"), text("f"))),
    d.Copies("Copies to", (text("g"),)),
)  # fmt: skip

GOLDEN = """\
[letterhead] Joint letter
[letterhead] a@b.org
[dateline] 3 September 2025
[address] {recipient.address}
[subject] S
[salutation] To {recipient.name}:
[heading 1] H
[paragraph] A bc{note 1}\\nlink{link https://x.y/\\{z\\}} two
[paragraph] \\\\ \\{ \\} \\| a\\nb
[paragraph] \u00c9
[item]
  [paragraph] i
  [number 3]
    [paragraph] j
[ask 1]
  [paragraph] k
[ask 2]
  [paragraph] l
  [quote]
    [paragraph] m
[head] n | o
[row] p\\|q |\x20
[close] {recipient.close}
[signatures]
[enclosure] e
[enclosure] f
[copy] g
[note 1] a note.
[notice] At the foot
"""


def test_the_canonical_text_has_exactly_this_form() -> None:
    notes = (d.Note(1, text("a note.")),)
    made = digest.canonical(EVERYTHING, notes, "At the foot")
    assert made == GOLDEN


def test_the_digest_is_sha_256_of_the_whole_mailing() -> None:
    combined = framed.combined(
        [("fr", "[paragraph] é\n"), ("en", "b\n"), ("en", "a\n"), ("en", "b\n")]
    )
    assert combined == ("letters-text-2\n== en 2\na\n== en 2\nb\n== fr 15\n[paragraph] é\n")
    assert framed.digest(combined) == hashlib.sha256(combined.encode()).hexdigest()
    assert len(framed.digest("")) == 64


def test_nothing_that_is_typed_passes_for_a_slot_or_a_mark() -> None:
    typed = digest.canonical((d.Paragraph(text("{recipient.name} {note 1} \\n [ask 1]")),), (), "")
    assert typed == "[paragraph] \\{recipient.name\\} \\{note 1\\} \\\\n [ask 1]\n"
    slot = digest.canonical((d.Paragraph((digest.slot("recipient.name"),)),), (), "")
    assert slot == "[paragraph] {recipient.name}\n"


# --- what changes it --------------------------------------------------------------------------

EN = "templates/note/letter.en.md"


def digest_of(folder: CampaignFolder) -> str:
    return text_of(read(folder)).digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EN, "We ask you:", "We asks you:"),
        (EN, "We ask you:", "We ask you!"),
        ("templates/note/letter.fr.md", "Nous vous demandons", "Nous demandons"),
        ("letter.yaml", "You listened.", "You heard."),
        ("letter.yaml", "Vous avez écouté.", "Vous avez entendu."),
        ("letter.yaml", "value: 1000", "value: 1001"),
        ("letter.yaml", "to answer the second.", "to answer the third."),
        ("letter.yaml", "title: {en: A report", "title: {en: The report"),
        ("letter.yaml", "date: 2025-09-01", "date: 2025-09-02"),
        ("letter.yaml", "https://example.org/report", "https://example.org/other"),
        ("letter.yaml", "deadline: 2025-10-01", "deadline: 2025-10-02"),
        ("letter.yaml", "subject: {en: Three", "subject: {en: Four"),
        ("letter.yaml", "  - Office of the Clerk", "  - Office of the Mayor"),
        ("letter.yaml", "place: Ottawa", "place: Ottawa\nnotice: {en: A notice, fr: Un avis}"),
        ("signatories.yaml", "{given: Ngozi, family: Okafor}", "{given: N., family: Okafor}"),
        ("signatories.yaml", "- id: lindqvist\n", "- id: lindqvist\n  tier: author\n"),
    ],
)  # fmt: skip
def test_one_changed_word_changes_it(
    campaign: CampaignFolder, file: str, old: str, new: str
) -> None:
    before = digest_of(campaign)
    campaign.edit(file, old, new)
    assert digest_of(campaign) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EN, "We ask you:", "We **ask** you:"),
        (EN, "We ask you:", "We  ask\nyou:"),
        (EN, "We ask you:", "{# a remark #}We ask you:"),
        ("letter.yaml", "title: {en: A letter for the tests", "title: {en: Another title"),
        ("letter.yaml", "place: Ottawa", "place: Ottawa\npage: a4"),
        ("recipients.yaml", "{given: Mark, family: Carney}", "{given: Anna, family: Kiss}"),
        ("recipients.yaml", "  gender: m", "  gender: f"),
        ("recipients.yaml", "80 Wellington Street", "1 Elgin Street"),
        ("recipients.yaml", "Dear Prime Minister:", "Dear Sir:"),
        ("recipients.yaml", "{en: Minister, fr: Ministre}", "{en: Mayor, fr: Maire}"),
        ("recipients.yaml", "office@example.org", "other@example.org"),
        ("signatories.yaml", "ngozi@example.org", "other@example.org"),
        ("signatories.yaml", "{given: Withheld, family: Person}", "{given: Other, family: Human}"),
        ("signatories.yaml", "- id: lindqvist", "- {id: more, name: One More}\n- id: lindqvist"),
    ],
)  # fmt: skip
def test_the_look_the_recipients_and_who_signs_do_not(
    campaign: CampaignFolder, file: str, old: str, new: str
) -> None:
    before = digest_of(campaign)
    campaign.edit(file, old, new)
    assert digest_of(campaign) == before


def test_another_recipient_of_the_same_text_does_not(campaign: CampaignFolder) -> None:
    before = digest_of(campaign)
    more = "- {id: more, name: One More, office: {en: Mayor, fr: Maire}}\n"
    campaign.write("recipients.yaml", campaign.read("recipients.yaml") + more)
    assert digest_of(campaign) == before


def test_another_recipient_of_another_text_does(campaign: CampaignFolder) -> None:
    campaign.edit(
        EN, "We ask you:", "{% if recipient.district %}\nYours too.\n{% endif %}\nWe ask you:"
    )
    campaign.edit("recipients.yaml", "  district: {en: North, fr: Nord}\n", "")
    before = text_of(read(campaign))
    assert before.canonical.count("== en ") == 1
    more = "- {id: more, name: One More, district: {en: East, fr: Est}}\n"
    campaign.write("recipients.yaml", campaign.read("recipients.yaml") + more)
    after = text_of(read(campaign))
    assert after.digest != before.digest
    assert after.canonical.count("== en ") == 2


def test_a_copy_for_the_public_that_differs_is_part_of_it(campaign: CampaignFolder) -> None:
    before = text_of(read(campaign))
    campaign.edit(
        "letter.yaml", "    visibility: public\n", "    visibility: public\n    confidential: yes\n"
    )
    after = text_of(read(campaign))
    assert after.canonical.count("== en ") == 2
    assert after.digest != before.digest
