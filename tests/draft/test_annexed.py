"""Who stands in the annex of names, in which order, and under which letter."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING

import pytest
from conftest import loaded
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.digests import TextDigest
from letters.draft import collation
from letters.draft.document import Image
from letters.draft.drafts import Drafts
from letters.draft.signatures import Signed
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.draft.annex import Annex


def no_picture(path: str, alt: str) -> Image:
    return Image(b"", 0, 0, alt)


DAY = dt.date(2025, 9, 3)


def annexed(campaign: CampaignFolder, tag: str = "en", *, draft: bool = False) -> Annex:
    found = loaded(campaign)
    states = dict.fromkeys(found.signatory_ids, "signed")
    signed = Signed(states, DAY, draft, TextDigest("ab" * 32))
    annex = Drafts(found).edition(tag, "recipient").annex(0, signed)
    assert annex is not None
    return annex


def crowd(campaign: CampaignFolder, names: list[str], settings: str = "{columns: 3}") -> None:
    people = campaign.read("signatories.yaml")
    more = "".join(f"- {{id: p-{n}, name: {name}}}\n" for n, name in enumerate(names))
    campaign.write("signatories.yaml", people + more)
    campaign.write("letter.yaml", campaign.read("letter.yaml") + f"annex: {settings}\n")


def test_long_groups_stand_under_the_letters_of_the_alphabet(campaign: CampaignFolder) -> None:
    names = [f"{family}-{n} Pat" for n in range(40) for family in ("Ärgerlich", "Éclair", "Zoe")]
    crowd(campaign, [*names, "Ørsted", "Łucja", "Ævar", "1st Reader", *["Bo"] * 90])
    organisations, people = annexed(campaign).groups
    assert [section.letter for section in organisations.sections] == [""]
    letters = [section.letter for section in people.sections]
    assert letters == ["", "A", "B", "E", "L", "O", "Z"]
    assert list(people.sections[0].rows()) == [("1st Reader",)]
    assert ("Ævar",) in people.sections[1].rows()
    assert list(people.sections[4].rows()) == [("Åsa Lindqvist",), ("Łucja",)]
    assert people.count == 40 * 3 + 4 + 90 + 2


@pytest.mark.parametrize(
    ("tag", "letters", "expected"),
    [
        ("es", "nñéo", ["E", "N", "Ñ", "O"]),
        ("en", "nñéo", ["E", "N", "O"]),
        ("uk", "гґії", ["Г", "Ґ", "І", "Ї"]),
        ("ru", "еёж", ["Е", "Ж"]),
        ("en", "日本", [""]),
    ],
)
def test_each_language_has_its_own_letters(tag: str, letters: str, expected: list[str]) -> None:
    keys = dict.fromkeys(
        collation.initial(letter, tag)
        for letter in sorted(letters, key=lambda one: collation.key(one, tag))
    )
    if expected != [""]:
        assert len(keys) == len(expected)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.characters(
            min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cn", "Co")
        ),
        max_size=12,
    )
)
def test_the_quick_key_is_that_of_the_collation(name: str) -> None:
    name = unicodedata.normalize("NFC", name)
    quick = collation._quick(name)
    assert quick in (None, collation._collator().sort_key(name))
    if name.isascii() and name:
        assert quick is not None


def test_a_table_has_place_affiliation_and_day(campaign: CampaignFolder) -> None:
    crowd(campaign, ["Bo"], "{where: file, table: [place, affiliation, day]}")
    place = "  affiliation: University of Example\n  place: {en: Geneva, fr: Genève}\n"
    campaign.edit("signatories.yaml", "  affiliation: University of Example\n", place)
    found = loaded(campaign)
    states, days = dict.fromkeys(found.signatory_ids, "signed"), {"lindqvist": DAY}
    signed = Signed(states, DAY, draft=False, digest=TextDigest("ab" * 32), days=days)
    for tag, head, said in (
        ("en", ("Name", "Place", "Affiliation", "Signed on"), "Geneva"),
        ("fr", ("Nom", "Lieu", "Organisme", "Signé le"), "Genève"),
    ):
        edition = Drafts(found).edition(tag, "recipient")
        annex = edition.annex(0, signed)
        assert annex is not None
        [*_, people] = annex.groups
        assert people.head == head
        [row] = [cells for one in people.sections for cells in one.rows() if "Åsa" in cells[0]]
        assert row[1:] == (said, "University of Example*", edition.language.date(DAY))


def test_who_signed_on_paper_or_is_withheld_is_counted(campaign: CampaignFolder) -> None:
    crowd(campaign, ["Bo"], "{where: behind}")
    found = loaded(campaign)
    signed = Signed(
        dict.fromkeys(found.signatory_ids, "signed"), DAY, draft=False,
        digest=TextDigest("ab" * 32), paper=[(12, ["en"])],
    )  # fmt: skip
    annex = Drafts(found).edition("en", "recipient").letter(0, signed, no_picture).annex
    assert annex is not None
    withheld, counted, *_ = annex.remarks
    assert withheld == "1 further signatory, whose name is withheld."
    assert "5 people" in counted
    assert "12 on paper" in counted
    assert not any("Withheld" in text for text in annex.texts())


def test_nothing_that_ends_a_row_or_a_cell_gets_into_one(campaign: CampaignFolder) -> None:
    crowd(campaign, ['"Ada\\tBirch"'], "{where: file}")
    campaign.edit("signatories.yaml", "University of Example", '"University\\tof\\nExample"')
    [*_, people] = annexed(campaign).groups
    rows = [cells for section in people.sections for cells in section.rows()]
    assert {len(cells) for cells in rows} == {len(people.head)}
    assert ("Åsa Lindqvist", "University of Example*") in rows


def test_a_new_language_without_the_words_says_so(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = campaign.path / "languages" / "fr.yaml"
    own.parent.mkdir()
    own.write_text("comma: ', '\n", encoding="utf-8")
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "annex: {where: file}\n")
    assert annexed(campaign, "fr").title.startswith("Annexe")
    found = loaded(campaign)
    edition = Drafts(found).edition("fr", "recipient")
    labels = edition.language.data["labels"].items()
    fewer = {key: words for key, words in labels if key not in ("annex", "name")}
    monkeypatch.setitem(edition.language.data, "labels", fewer)
    states = dict.fromkeys(found.signatory_ids, "signed")
    with pytest.raises(CampaignError) as error:
        edition.annex(0, Signed(states, DAY, draft=False, digest=TextDigest("ab" * 32)))
    [problem] = error.value.problems
    assert problem.place.path == "languages/fr.yaml"
    assert problem.message == "lacks annex, name, for the annex of names"


def test_where_people_sign_by_hand_there_is_no_annex(campaign: CampaignFolder) -> None:
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "annex: {where: file}\n")
    body = campaign.read("templates/note/letter.en.md").replace("::: signatures\n:::\n", "")
    campaign.write("templates/note/letter.en.md", body)
    found = loaded(campaign)
    signed = Signed(dict.fromkeys(found.signatory_ids, "signed"), DAY, draft=False)
    assert Drafts(found).edition("en", "recipient").annex(0, signed) is None
