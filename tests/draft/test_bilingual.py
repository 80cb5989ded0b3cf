"""Two editions as one letter: what stands beside what, and that no words are lost or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from drafting import texts_of
from msgspec import Struct

from letters.digests import TextDigest
from letters.draft import document as d
from letters.draft.bilingual import Layout, bilingual
from letters.draft.compose import Edition
from letters.draft.signatures import Signed

from .tree import UNSIGNED, no_pictures, read, words

if TYPE_CHECKING:
    from conftest import CampaignFolder


def both(
    folder: CampaignFolder, layout: Layout, *, tags: tuple[str, str] = ("en", "fr"), index: int = 0
) -> d.Letter:
    campaign = read(folder)
    editions = Edition(campaign, tags[0], "recipient"), Edition(campaign, tags[1], "recipient")
    return bilingual(editions, index, UNSIGNED, no_pictures, layout)


def alone(folder: CampaignFolder, tag: str, index: int = 0) -> d.Letter:
    return Edition(read(folder), tag, "recipient").letter(index, UNSIGNED, no_pictures)


def rows(letter: d.Letter) -> list[tuple[str, str]]:
    """Each row; what is as wide as the page has the other side empty, and its kind in front."""
    found: list[tuple[str, str]] = []
    for block in letter.blocks:
        if isinstance(block, d.Parallel):
            found += [(words(first), words(second)) for first, second in block.rows]
        else:
            found.append((f"{type(block).__name__}: {words(block)}", ""))
    return found


def leaves(node: Any) -> Iterator[str]:
    """The texts of a tree one by one."""
    if isinstance(node, d.Text | d.Value):
        yield node.text
    elif isinstance(node, tuple):
        for item in node:
            yield from leaves(item)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from leaves(getattr(node, name))


def said(*nodes: Any) -> Counter[str]:
    """How often each word stands there."""
    return Counter(word for text in leaves(nodes) for word in text.split())


def test_what_says_the_same_stands_side_by_side(campaign: CampaignFolder) -> None:
    letter = both(campaign, "columns")
    assert rows(letter) == [
        ("Letterhead: Joint letter / Lettre communereply@example.org", ""),
        ("Ottawa, 3 September 2025", "Ottawa, 3 septembre 2025"),
        ("AddressBlock: Mark CarneyPrime Minister of Canada80 Wellington StreetOTTAWA ON  K1A 0A2", ""),
        ("Three questions", "Trois questions"),
        ("Dear Prime Minister:", "Monsieur le Premier Ministre,"),
        ("We are Ngozi Okafor. You listened.", "Nous sommes Ngozi Okafor. Vous avez écouté."),
        ("1,000 people have applied.[1]", "1\u202f000 personnes ont fait une demande.[2]"),
        ("Ada Example: Ada Example waited.[1]", "Ada Example: Ada Example a attendu.[2]"),
        ("We ask you:", "Nous vous demandons\u00a0:"),
        ("to answer the first question;", "de répondre à la première question\u202f;"),
        ("to answer the second.", "de répondre à la deuxième."),
        ("Please answer by 1 October 2025.", "Merci de répondre avant le 1er octobre 2025."),
        (words(alone(campaign, "en").blocks[-4]), words(alone(campaign, "fr").blocks[-4])),
        (
            (  # in the order of the first language
            "SignatureBlock: Ngozi OkaforTeacherEnseignanteReading CircleCercle de lecture"
            "a journalist, Minskun journaliste, MinskÅsa LindqvistUniversity of Example*"),
            "",
        ),
        ("A list", "Une liste"),
        ("Office of the Clerk", "Office of the Clerk"),
    ]  # fmt: skip


def test_asks_keep_their_numbers_in_each_column(campaign: CampaignFolder) -> None:
    letter = both(campaign, "columns")
    asks = [
        block
        for parallel in letter.blocks
        if isinstance(parallel, d.Parallel)
        for row in parallel.rows
        for cell in row
        for block in cell
        if isinstance(block, d.Asks)
    ]
    assert [(ask.start, len(ask.items)) for ask in asks] == [(1, 1), (1, 1), (2, 1), (2, 1)]


def test_notes_are_numbered_through_each_in_its_language(campaign: CampaignFolder) -> None:
    for layout in ("columns", "sequence"):
        letter = both(campaign, layout)
        assert [(note.number, note.language, words(note)[:9]) for note in letter.notes] == [
            (1, None, "A report,"),
            (2, d.TextLanguage("fr", "ltr", decimal=","), "Un rappor"),
        ]


def test_one_after_the_other_both_are_whole(campaign: CampaignFolder) -> None:
    letter = both(campaign, "sequence", tags=("fr", "en"))
    *first, passage = letter.blocks
    assert letter.language == "fr"
    assert tuple(first) == alone(campaign, "fr").blocks
    assert isinstance(passage, d.Passage)
    assert (passage.language, passage.new_page) == (d.TextLanguage("en", "ltr"), True)
    expected = words(alone(campaign, "en").blocks)
    assert words(passage.blocks) == expected.replace("[1]", "[2]")


@pytest.mark.parametrize("index", [0, 1])
def test_no_words_are_lost_side_by_side(campaign: CampaignFolder, index: int) -> None:
    campaign.edit(
        "templates/note/letter.en.md", "We ask you:", "{id=more}\nAlone.\n\n- x\n- y\n\nWe ask you:"
    )
    body = campaign.read("templates/note/letter.fr.md")
    campaign.write("templates/note/letter.fr.md", f"Seul.\n\n{body}\n> Fin.\n")
    letter = both(campaign, "columns", index=index)
    first, second = alone(campaign, "en", index), alone(campaign, "fr", index)
    address = [block for block in second.blocks if isinstance(block, d.AddressBlock)]
    needed = said(first.blocks) | (said(second.blocks) - said(*address))
    assert not needed - said(letter.blocks)
    assert needed.total() > 60
    assert ("", "Seul.") in rows(letter)
    assert ("Alone.", "") in rows(letter)
    assert ("", "Fin.") in rows(letter)


def test_a_sheet_to_sign_by_hand_is_as_wide_as_the_page(campaign: CampaignFolder) -> None:
    for tag, word in (("en", "Name"), ("fr", "Nom")):
        body = f"Words.\n\n::: sheet rows=3\nPrayer.\n\n| {word} |\n|---|\n:::\n"
        campaign.write(f"templates/note/letter.{tag}.md", body)
    kinds = [type(block).__name__ for block in both(campaign, "columns").blocks]
    assert kinds == ["Parallel", "Sheet", "Passage"]


def test_blocks_of_other_kinds_under_one_id_are_both_there(campaign: CampaignFolder) -> None:
    campaign.write("templates/note/letter.en.md", "{id=a}\n::: address\nOne\n:::\n")
    campaign.write("templates/note/letter.fr.md", "{id=a}\nDeux\n")
    assert rows(both(campaign, "columns")) == [
        ("AddressBlock: One", ""),
        ("Passage: Deux", ""),
    ]
    letter = both(campaign, "columns", tags=("fr", "en"))
    assert rows(letter) == [("Paragraph: Deux", ""), ("Passage: One", "")]


def test_it_is_told_at_the_edges_in_both_languages(campaign: CampaignFolder) -> None:
    campaign.write(
        "letter.yaml", f"{campaign.read('letter.yaml')}notice: {{en: On foot, fr: Au pied}}\n"
    )
    editions = [Edition(read(campaign), tag, "recipient") for tag in ("en", "fr")]
    signed = Signed({}, None, draft=True, digest=TextDigest("0123456789abcdef" * 4))
    letter = bilingual((editions[0], editions[1]), 0, signed, no_pictures, "columns")
    assert letter.draft_mark == "DRAFT – not signed / PROJET – non signé"
    assert letter.notice.startswith("On foot · ")
    assert letter.notice.endswith(" · Au pied")
    assert letter.foot.count("0123456789abcdef") == 1


def test_each_signatory_keeps_their_own_words_in_both_languages(campaign: CampaignFolder) -> None:
    """The second language sorts them in another order."""
    campaign.edit("signatories.yaml", "name: {given: Åsa, family: Lindqvist}",
                  "name: {display: {en: Zed, fr: Alpha}}\n  role: {en: Nurse, fr: Infirmière}")  # fmt: skip
    letter = both(campaign, "columns")
    [block] = [block for block in letter.blocks if isinstance(block, d.SignatureBlock)]
    shown = {
        s.name.text: [words(line) for line in s.details] for g in block.groups for s in g.signatures
    }
    assert shown["Zed"] == ["Alpha", "Nurse", "University of Example*", "Infirmière"]
    assert shown["a journalist, Minsk"] == ["un journaliste, Minsk"]


def test_the_digest_knows_nothing_of_layouts(campaign: CampaignFolder) -> None:
    edition = Edition(read(campaign), "en", "recipient")
    before = set(texts_of(edition))
    both(campaign, "columns")
    assert set(texts_of(edition)) == before
