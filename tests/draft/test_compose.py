"""A campaign and a template become letters: one edition a language, one letter a recipient."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters.digests import TextDigest
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.drafts import Drafts
from letters.draft.markdown import parse
from letters.draft.signatures import Signed
from letters.problem import CampaignError, Place

from .tree import UNSIGNED, letter, no_pictures, read, values, words

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.shown import Audience

DAY = dt.date(2025, 9, 3)


def test_the_whole_letter_in_two_languages(campaign: CampaignFolder) -> None:
    made = letter(campaign, tag="fr")
    assert [(type(block).__name__, words(block)) for block in made.blocks] == [
        ("Letterhead", "Lettre communereply@example.org"),
        ("DateLine", "Ottawa, 3 septembre 2025"),
        ("AddressBlock", "Mark CarneyPremier ministre du Canada80 Wellington StreetOTTAWA ON  K1A 0A2"),
        ("Subject", "Trois questions"),
        ("Salutation", "Monsieur le Premier Ministre,"),
        ("Paragraph", "Nous sommes Ngozi Okafor. Vous avez écouté."),
        ("Paragraph", "1\u202f000 personnes ont fait une demande.[1]"),
        ("Paragraph", "Ada Example: Ada Example a attendu.[1]"),
        ("Paragraph", "Nous vous demandons\u00a0:"),
        ("Asks", "de répondre à la première question\u202f;de répondre à la deuxième."),
        ("Paragraph", "Merci de répondre avant le 1er octobre 2025."),
        ("Close", "Nous vous prions d’agréer, Monsieur le Premier Ministre, l’expression de notre haute considération."),
        ("SignatureBlock", "Ngozi OkaforEnseignanteCercle de lectureÅsa LindqvistUniversity of Example*un journaliste, Minsk"),
        ("Enclosures", "Une liste"),
        ("Copies", "Office of the Clerk"),
    ]  # fmt: skip
    assert [(note.number, words(note)) for note in made.notes] == [
        (1, "Un rapport, The Example, 1er septembre 2025, https://example.org/report.")
    ]
    assert (made.language, made.direction, made.title) == (
        "fr",
        "ltr",
        "Une lettre pour les essais",
    )
    assert made.author == "Lettre commune"
    assert made.running_head == ("Mark Carney", "3 septembre 2025")
    assert made.page_label == "Page {page} sur {pages}"
    assert made.draft_mark == "PROJET – non signé"


def test_each_recipient_gets_their_own(campaign: CampaignFolder) -> None:
    first, second = letter(campaign), letter(campaign, index=1)
    for made, name, salutation in (
        (first, "Mark Carney", "Dear Prime Minister:"),
        (second, "Sam Taylor", "Dear Sam Taylor:"),
    ):
        assert made.running_head[0] == name
        [said] = [words(block) for block in made.blocks if isinstance(block, d.Salutation)]
        assert said == salutation
    shared = [words(b) for b in first.blocks if isinstance(b, d.Paragraph)]
    assert shared == [words(b) for b in second.blocks if isinstance(b, d.Paragraph)]


def test_markdown_that_is_the_same_is_parsed_once(campaign: CampaignFolder) -> None:
    more = "".join(f"- {{id: p{n}, name: Person {n}}}\n" for n in range(50))
    campaign.write("recipients.yaml", campaign.read("recipients.yaml") + more)
    parse.cache_clear()
    text_of(read(campaign))
    # The French close is another for several signers, so each French text is read for both.
    assert (parse.cache_info().misses, parse.cache_info().hits) == (2, 3 * 52 - 2)


@pytest.mark.parametrize(
    ("states", "draft", "mark"),
    [
        ({}, True, "DRAFT – not signed"),
        ({"okafor": "stale"}, True, "DRAFT – not signed"),
        ({"okafor": "signed"}, True, "DRAFT"),
        ({"okafor": "signed"}, False, ""),
    ],
)
def test_a_draft_says_so_and_whether_anybody_signed(
    campaign: CampaignFolder, states: dict[str, str], draft: bool, mark: str
) -> None:
    edition = Edition(read(campaign), "en", "recipient")
    assert edition.letter(0, Signed(states, DAY, draft), no_pictures).draft_mark == mark


def test_the_foot_names_the_text(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml", "place: Ottawa", "place: Ottawa\nnotice: {en: A model, fr: Un modèle}"
    )
    edition = Edition(read(campaign), "en", "recipient")
    signed = Signed({}, None, True, digest=TextDigest("0123456789abcdef" * 4))
    assert (
        edition.letter(0, signed, no_pictures).foot
        == "A model · Text version 0123456789abcdef, as rendered"
    )
    assert edition.letter(0, UNSIGNED, no_pictures).notice == "A model"


def test_what_has_no_words_is_left_out(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "copies_to:\n  - Office of the Clerk\n", "")
    campaign.edit("letter.yaml", "enclosures:\n  - title: {en: A list, fr: Une liste}\n", "")
    kinds = {type(block) for block in letter(campaign).blocks}
    assert not kinds & {d.Copies, d.Enclosures}


def test_a_value_of_several_lines_is_several_lines(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml", "  contact: reply@example.org", "  contact: [a@b.org, +1 613 555 0100]"
    )
    made = letter(campaign, "::: letterhead\n{{ sender.contact }}\n:::\n\n{{ sender.contact }}\n")
    head, paragraph = made.blocks
    assert isinstance(head, d.Letterhead)
    assert [words(line) for line in head.lines] == ["a@b.org", "+1 613 555 0100"]
    assert words(paragraph) == "a@b.org\n+1 613 555 0100"


def test_each_value_in_the_tree_knows_its_origin(campaign: CampaignFolder) -> None:
    origins = {value.text: value.origin for value in values(letter(campaign).blocks)}
    assert origins["Three questions"] == d.ValueOrigin(Place, "letter.yaml", 6, 15, "subject.en")
    assert origins["Ngozi Okafor"] == d.ValueOrigin(Place, "signatories.yaml", 2, 9, "[0].name")
    assert None not in origins.values()


def test_a_source_is_printed_with_all_that_is_known_of_it(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml",
        "    url: https://example.org/report\n",
        "    url: https://example.org/report\n    accessed: 2025-09-02\n  bare:\n    title: Bare\n",
    )
    made = letter(campaign, "A.[@report] B.[@bare]\n")
    assert [words(note) for note in made.notes] == [
        "A report, The Example, 1 September 2025, https://example.org/report, accessed 2 September 2025.",
        "Bare.",
    ]
    [link] = [node for node in made.notes[0].content if isinstance(node, d.Link)]
    assert link.href == "https://example.org/report"


@pytest.mark.parametrize(
    ("contact", "href"),
    [("a@b.org", "mailto:a@b.org"), ("a+b@c.org", "mailto:a+b@c.org")],
)
def test_an_address_may_be_made_of_a_value(
    campaign: CampaignFolder, contact: str, href: str
) -> None:
    campaign.edit("letter.yaml", "  contact: reply@example.org", f"  contact: {contact}")
    [paragraph] = letter(campaign, "[write](mailto:{{ sender.contact }})\n").blocks
    assert isinstance(paragraph, d.Paragraph)
    assert paragraph.content == (d.Link(href, (d.Text("write"),)),)


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "file:///etc/passwd", "https://x.org/a b"]
)
def test_no_value_makes_another_address(campaign: CampaignFolder, value: str) -> None:
    campaign.edit("letter.yaml", "place: Ottawa", f'place: "{value}"')
    with pytest.raises(CampaignError, match=r"letter\.en\.md:1:7: this link leads nowhere"):
        letter(campaign, "[write]({{ place }})\n")


def test_copies_for_the_public_leave_out_what_is_confidential(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml", "    visibility: public\n", "    visibility: public\n    confidential: yes\n"
    )
    loaded = read(campaign)
    own, public = (
        Edition(loaded, "en", audience).letter(0, UNSIGNED, no_pictures)
        for audience in ("recipient", "public")
    )
    assert "Ada Example" in words(own.blocks)
    assert "Ada Example" not in words(public.blocks)
    assert own.draft_mark == "DRAFT – not signed · CONFIDENTIAL"
    assert public.draft_mark == "DRAFT – not signed"
    final = Edition(loaded, "fr", "recipient").letter(0, Signed({}, None, False), no_pictures)
    assert final.draft_mark == "CONFIDENTIEL"


def test_what_is_for_everybody_has_no_mark(campaign: CampaignFolder) -> None:
    for audience in ("recipient", "public"):
        edition = Edition(read(campaign), "en", audience)
        assert edition.letter(0, Signed({}, None, False), no_pictures).draft_mark == ""


def test_the_text_says_whose_names_are_in_it(campaign: CampaignFolder) -> None:
    assert text_of(read(campaign)).named == {"okafor"}
    campaign.write(
        "templates/note/letter.fr.md", "{% for s in signatories %}{{ s }} {% endfor %}\n"
    )
    assert text_of(read(campaign)).named == {"okafor", "lindqvist", "reading-circle", "signer-08"}


def test_what_a_template_says_to_several_signers_alone_is_digested(
    campaign: CampaignFolder,
) -> None:
    body = '{% if recipient.close == "Ours," %}Nobody read this.{% endif %}\n\nWords.\n'
    for tag in ("en", "fr"):
        campaign.write(f"templates/note/letter.{tag}.md", body)
    assert "Nobody read this." not in text_of(read(campaign)).canonical
    form = "languages: {en: {close: {one: 'Yours,', several: 'Ours,'}}}\n"
    campaign.write("forms/mine.yaml", form)
    campaign.write("recipients.yaml", "- {id: a, name: Ada Example, form: mine}\n")
    assert "Nobody read this." in text_of(read(campaign)).canonical


def test_letters_are_drafted_from_the_very_templates_that_were_digested(
    campaign: CampaignFolder,
) -> None:
    drafts = Drafts(read(campaign))
    drafts.text()
    made = dict(drafts.editions)
    assert set(made) == {("en", "recipient"), ("fr", "recipient")}
    audiences: tuple[Audience, ...] = ("recipient", "public")
    for audience in audiences:
        assert drafts.edition("en", audience) is made["en", "recipient"]


def test_problems_of_all_editions_come_together(campaign: CampaignFolder) -> None:
    campaign.write("templates/note/letter.en.md", "{{ nothing }}\n")
    campaign.write("templates/note/letter.fr.md", "a <b>c</b> {{ recipient.district }}\n")
    with pytest.raises(CampaignError) as caught:
        text_of(read(campaign))
    assert [str(problem.place) for problem in caught.value.problems] == [
        "templates/note/letter.en.md:1:4",
        "templates/note/letter.fr.md:1:3",
        "templates/note/letter.fr.md:1:25",
    ]
