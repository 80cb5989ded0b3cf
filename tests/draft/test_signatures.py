"""Whose names are printed, in which order, and under which claim."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.digests import TextDigest
from letters.draft import document as d
from letters.draft.language import language
from letters.draft.signatures import Signed, signature_block, signers

from .tree import no_pictures, read, words

if TYPE_CHECKING:
    from conftest import CampaignFolder

DAY = dt.date(2025, 9, 3)
PEOPLE = """\
- id: second
  name: Zed Author
  tier: author
- id: first
  name: Ada Author
  tier: author
  role: Politician
- id: zeta
  name: {given: Åsa, family: Zeta}
  affiliation: University
- id: eta
  name: Élise Eta
  visibility: name-only
  role: Teacher
  affiliation: School
- id: hidden-1
  name: Withheld One
  visibility: withheld
- id: hidden-2
  name: Withheld Two
  visibility: withheld
- id: signer-9
  name: Zz Described
  visibility: role-only
  description: {en: "a journalist, Minsk", fr: "un journaliste, Minsk"}
  affiliation: Newspaper
- id: union
  name: The Union
  kind: organisation
  signer: {name: Bo Chair, role: {en: Chair, fr: Présidence}}
- id: circle
  name: Reading Circle
  kind: organisation
  signer: {name: Cy Clerk}
  identification_only: no
  affiliation: The Library
"""
ALL = ("second", "first", "zeta", "eta", "hidden-1", "hidden-2", "signer-9", "union", "circle")


@pytest.fixture
def people(campaign: CampaignFolder) -> CampaignFolder:
    campaign.write("signatories.yaml", PEOPLE)
    return campaign


def block(
    folder: CampaignFolder,
    states: dict[str, str],
    *,
    draft: bool = False,
    tag: str = "en",
    as_of: dt.date | None = DAY,
) -> d.SignatureBlock:
    signed = Signed(states, as_of, draft)
    return signature_block(read(folder), language(tag), signed, no_pictures)


def names(made: d.SignatureBlock) -> list[list[str]]:
    return [[one.name.text for one in group.signatures] for group in made.groups]


def test_authors_keep_their_order_and_the_others_are_sorted(people: CampaignFolder) -> None:
    made = block(people, dict.fromkeys(ALL, "signed"))
    assert names(made) == [
        ["Zed Author", "Ada Author"],
        ["Reading Circle", "The Union"],
        # By what is printed of the person who is only described, not by the name.
        ["a journalist, Minsk", "Élise Eta", "Åsa Zeta"],
    ]
    assert [group.label for group in made.groups] == ["", "Organisations", "Individuals"]


def test_only_a_signature_to_this_text_is_printed(people: CampaignFolder) -> None:
    states = {
        "second": "signed", "first": "stale", "zeta": "declined", "eta": "withdrawn",
        "hidden-1": "pending", "signer-9": "invited", "union": "erased",
    }  # fmt: skip
    made = block(people, states)
    assert names(made) == [["Zed Author"]]
    assert made.groups[0].signatures[0].state == ""
    assert made.remarks == ()


def test_in_a_draft_the_others_are_shown_as_not_yet_signed(people: CampaignFolder) -> None:
    states = {
        "second": "signed", "first": "stale", "zeta": "declined", "eta": "withdrawn",
        "signer-9": "invited", "union": "erased", "circle": "changed",
    }  # fmt: skip
    made = block(people, states, draft=True)
    shown = {one.name.text: one.state for group in made.groups for one in group.signatures}
    assert shown == {
        "Zed Author": "",
        "Ada Author": "not yet signed",
        "a journalist, Minsk": "not yet signed",
    }


@pytest.mark.parametrize("state", ["declined", "withdrawn", "erased"])
@pytest.mark.parametrize("draft", [True, False])
def test_who_left_is_never_printed(people: CampaignFolder, state: str, draft: bool) -> None:
    assert block(people, dict.fromkeys(ALL, state), draft=draft) == d.SignatureBlock(())


def test_nobody_withheld_is_named_anywhere(people: CampaignFolder) -> None:
    for draft in (True, False):
        for tag in ("en", "fr"):
            made = block(people, dict.fromkeys(ALL, "signed"), draft=draft, tag=tag)
            for secret in ("Withheld", "One", "Two", "Described", "Newspaper", "hidden-"):
                assert secret not in words(made)
                assert secret not in repr(made)


def test_only_what_is_public_stands_below_a_name(people: CampaignFolder) -> None:
    made = block(people, dict.fromkeys(ALL, "signed"))
    details = {
        one.name.text: [words(line) for line in one.details]
        for group in made.groups
        for one in group.signatures
    }
    assert details == {
        "Zed Author": [],
        "Ada Author": ["Politician"],
        "Reading Circle": ["The Library", "Cy Clerk"],
        "The Union": ["Bo Chair, Chair"],
        "a journalist, Minsk": [],
        "Élise Eta": [],
        "Åsa Zeta": ["University*"],
    }


@pytest.mark.parametrize(
    ("signing", "tag", "remarks"),
    [
        (("second",), "en", ()),
        (("second", "hidden-1"), "en", (
            "1 further signatory, whose name is withheld.",
            "Signed by 2 people as of 3 September 2025.",
        )),
        (ALL, "en", (
            "2 further signatories, whose names are withheld.",
            "Signed by 2 organisations and 7 people as of 3 September 2025.",
            "* Affiliations are given for identification only.",
        )),
        (("eta",), "en", ("Signed by 1 person as of 3 September 2025.",)),
        (("union",), "en", ("Signed by 1 organisation as of 3 September 2025.",)),
        (("zeta",), "en", (
            "Signed by 1 person as of 3 September 2025.",
            "* Affiliations are given for identification only.",
        )),
        (("second", "hidden-1"), "fr", (
            "1 autre signataire, dont le nom n’est pas publié.",
            "Signatures au 3 septembre 2025 : 2 personnes.",
        )),
        (ALL, "fr", (
            "2 autres signataires, dont les noms ne sont pas publiés.",
            "Signatures au 3 septembre 2025 : 2 organisations et 7 personnes.",
            "* Les affiliations sont données à titre d’identification seulement.",
        )),
        (("union",), "fr", ("Signatures au 3 septembre 2025 : 1 organisation.",)),
    ],
)  # fmt: skip
def test_remarks_agree_with_the_numbers(
    people: CampaignFolder, signing: tuple[str, ...], tag: str, remarks: tuple[str, ...]
) -> None:
    made = block(people, dict.fromkeys(signing, "signed"), tag=tag)
    assert tuple(" ".join(line.split()) for line in made.remarks) == remarks


def test_without_a_log_there_is_no_date_to_count_by(people: CampaignFolder) -> None:
    made = block(people, {}, draft=True, as_of=None)
    assert made.remarks == ("* Affiliations are given for identification only.",)


def test_one_group_alone_needs_no_label(people: CampaignFolder) -> None:
    [group] = block(people, {"eta": "signed", "zeta": "signed"}).groups
    assert group.label == ""
    [group] = block(people, {"union": "signed"}).groups
    assert group.label == ""


@pytest.mark.parametrize(
    ("signing", "ruled", "columns"),
    [
        (("first",), [True], [1]),
        (("first", "second"), [True], [2]),
        (("eta", "zeta"), [True], [2]),  # few, and nobody else: room to sign by hand
        (("first", "eta", "zeta"), [True, False], [1, 2]),
        (("first", "eta"), [True, False], [1, 1]),
    ],
)
def test_there_is_room_to_sign_by_hand_where_few_sign(
    people: CampaignFolder, signing: tuple[str, ...], ruled: list[bool], columns: list[int]
) -> None:
    made = block(people, dict.fromkeys(signing, "signed"))
    assert [group.ruled for group in made.groups] == ruled
    assert [group.columns for group in made.groups] == columns


def test_many_stand_in_three_columns(people: CampaignFolder) -> None:
    many = "".join(f"- {{id: p{n}, name: Person {n}}}\n" for n in range(20))
    people.write("signatories.yaml", PEOPLE + many)
    made = block(people, dict.fromkeys(["first", *(f"p{n}" for n in range(20))], "signed"))
    assert [(group.ruled, group.columns) for group in made.groups] == [(True, 1), (False, 3)]


def test_a_picture_of_a_signature_belongs_to_a_signature(people: CampaignFolder) -> None:
    asked: list[tuple[str, str]] = []

    def picture(path: str, alt: str) -> d.Image:
        asked.append((path, alt))
        return d.Image(b"", 1, 1, alt)

    people.write("a.png", b"x")
    text = PEOPLE.replace("name: Ada Author\n", "name: Ada Author\n  signature_image: a.png\n")
    text = text.replace(
        "visibility: name-only\n", "visibility: name-only\n  signature_image: a.png\n"
    )
    people.write("signatories.yaml", text)
    loaded = read(people)
    for state in ("pending", "stale", "signed"):
        signed = Signed(dict.fromkeys(ALL, state), DAY, draft=True)
        signature_block(loaded, language("en"), signed, picture)
    assert asked == [("a.png", "Signature of Ada Author")]


def test_the_close_agrees_with_those_who_are_printed_or_counted(people: CampaignFolder) -> None:
    loaded = read(people)
    assert signers(loaded, Signed({"first": "signed"}, DAY, draft=False)) == 1
    assert signers(loaded, Signed({"first": "signed", "hidden-1": "signed"}, DAY, draft=False)) == 2
    assert signers(loaded, Signed({"first": "declined"}, DAY, draft=True)) == len(ALL) - 1
    assert signers(loaded, Signed({"somebody": "signed"}, DAY, draft=False)) == 0


def test_only_signatures_to_this_text_are_counted() -> None:
    signed = Signed({"a": "signed", "b": "stale", "c": "signed", "d": "invited"}, DAY, draft=False)
    assert signed.count == 2


def test_a_letter_in_a_language_is_printed_with_who_signed_it() -> None:
    states = {"a": "signed", "b": "signed", "c": "stale", "d": "withdrawn"}
    signed = Signed(states, DAY, False, TextDigest("1" * 64), {"a": ("en", "fr"), "b": ("en",)})
    assert signed.within("en").states == states
    assert signed.within("fr").states == states | {"b": "stale"}
    assert signed.within("en", "fr") == signed.within("fr")
    assert (signed.within("en").count, signed.within("fr").count) == (2, 1)
    assert not signed.within("fr").draft
    assert signed.within("de").draft
    assert signed.within("de").count == 0
    assert replace(signed, drafts=("fr",)).within("fr").draft
    assert replace(signed, drafts=("fr",)).within("en", "fr").draft
    assert not replace(signed, drafts=("fr",)).within("en").draft
    assert replace(signed, draft=True).within("en").draft


def test_who_is_said_to_have_signed_without_a_language_has_signed_all() -> None:
    signed = Signed({"a": "signed"}, DAY, draft=False)
    assert signed.within("fr") is signed
