"""The letter to a member of parliament: a paragraph of one's own for each, one ask, one page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.campaign.localtext import LocalText
from letters.campaign.people import Recipient
from letters.campaign.schema import Ask
from letters.draft import document as d
from templates.changed import changed, kinds, letter, prose, value
from templates.library import loaded

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from templates.library import Library

NAME = "mp-letter"
each_language = pytest.mark.parametrize("language", ["en", "fr"])


def without_own_paragraphs(campaign: Campaign, district: str | None) -> Campaign:
    there = LocalText({"": district}) if district else None
    update: dict[str, object] = {"values": {}, "district": there}
    people = tuple(person.model_copy(update=update) for person in campaign.recipients)
    return replace(campaign, recipients=people)


@each_language
def test_each_member_reads_what_ties_the_writer_to_them(library: Library, language: str) -> None:
    campaign = library.campaign(NAME)
    for index, person in enumerate(campaign.recipients):
        first = prose(library.letter(NAME, language, index))[0]
        own = person.values["about_you"].get(language)
        assert own is not None
        assert first.replace("\u00a0", " ").startswith(own)
        assert first.endswith(value(campaign, "reason", language))


@pytest.mark.parametrize(
    ("language", "district", "begins"),
    [
        ("en", "Larkspur", "I live in Larkspur, and you represent me in Parliament. "),
        ("en", None, "You represent me in Parliament. "),
        ("fr", "Larkspur", "J’habite dans votre circonscription, Larkspur, et c’est vous qui me "),
        ("fr", None, "C’est vous qui me représentez au Parlement. "),
    ],
)
def test_without_such_a_paragraph_it_says_who_represents_whom(
    library: Library, language: str, district: str | None, begins: str
) -> None:
    campaign = without_own_paragraphs(library.campaign(NAME), district)
    assert prose(letter(campaign, language))[0].startswith(begins)


@pytest.mark.parametrize(
    ("language", "salutations"),
    [
        ("en", ["Dear Mr. Whitcombe:", "Dear Ms. Thériault:", "Dear P. T. Okoro:"]),
        ("fr", ["Monsieur le Député,", "Madame la Députée,", "Bonjour,"]),
    ],
)
def test_members_are_addressed_as_they_are_and_nobody_is_guessed(
    library: Library, language: str, salutations: list[str]
) -> None:
    for index, wanted in enumerate(salutations):
        blocks = library.letter(NAME, language, index).blocks
        [found] = [d.plain(block.content) for block in blocks if isinstance(block, d.Salutation)]
        assert found == wanted


@pytest.mark.parametrize(
    ("language", "one", "more"),
    [
        ("en", "I ask you for one thing: to act.", "I ask you:"),
        ("fr", "Je vous demande une seule chose\u00a0: to act.", "Je vous demande\u00a0:"),
    ],
)
def test_one_ask_is_a_sentence_and_several_are_a_numbered_list(
    library: Library, language: str, one: str, more: str
) -> None:
    ask = Ask(text=LocalText({"": "to act."}))
    single = letter(changed(library.campaign(NAME), asks=(ask,)), language)
    assert one in prose(single)
    assert d.Asks not in kinds(single)
    several = letter(changed(library.campaign(NAME), asks=(ask, ask)), language)
    assert more in prose(several)
    [asks] = [block for block in several.blocks if isinstance(block, d.Asks)]
    assert len(asks.items) == 2


@each_language
@pytest.mark.parametrize("theme", ["classic", "modern", "plain"])
def test_it_is_one_page(library: Library, language: str, theme: str) -> None:
    assert library.pdf(NAME, language, theme=theme).pages == 1


def signed_by(folder: Path, library: Library, count: int, visibility: str) -> Campaign:
    mine = Path(shutil.copytree(library.folder(NAME), folder / "mine"))
    more = "".join(
        f"- {{id: signer-{n:02}, name: Kim Lee{n}, visibility: {visibility}}}\n"
        for n in range(1, count)
    )
    file = mine / "signatories.yaml"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    return loaded(mine)


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", ("I live", "represent me ", "I ask you for", "I would be"), ("We live", "represent us ", "We ask you for", "We would be")),
        ("fr", ("J’habite", "qui me représentez", "Je vous demande", "Je vous saurais gré de me"), ("Nous habitons", "qui nous représentez", "Nous vous demandons", "Nous vous saurions gré de nous")),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("count", "visibility"), [(1, "public"), (2, "public"), (3, "withheld")])
def test_it_says_i_or_we_by_how_many_sign(
    library: Library,
    tmp_path: Path,
    language: str,
    one: tuple[str, ...],
    several: tuple[str, ...],
    count: int,
    visibility: str,
) -> None:
    signed = signed_by(tmp_path, library, count, visibility)
    campaign = without_own_paragraphs(signed, "Larkspur")
    own = {"reason": "X.", "story": "X.", "problem": "X.", "offer": "X."}
    said = " ".join(prose(letter(changed(campaign, own), language)))
    words, others = (one, several) if count == 1 else (several, one)
    assert all(phrase in said for phrase in words)
    assert not any(phrase in said for phrase in others)


@pytest.mark.parametrize(
    ("fields", "en", "fr"),
    [
        ({"form": "us-senator"}, "represent me in Congress.", "représentez au Congrès."),
        ({"form": "us-representative"}, "represent me in Congress.", "représentez au Congrès."),
        ({"form": "us-house-speaker"}, "represent me in Congress.", "représentez au Congrès."),
        ({"form": "us-senator-local", "address": {"city": "Dover", "country": "US"}}, "represent me in Congress.", "représentez au Congrès."),
        ({"form": "us-state-senator", "organisation": "Ohio Senate", "address": {"country": "US"}}, "represent me in the state legislature.", "représentez à l’assemblée législative de l’État."),
        ({"form": "ca-mpp"}, "represent me in the Legislative Assembly.", "représentez à l’Assemblée législative."),
        ({"form": "ca-mna"}, "represent me in the National Assembly.", "représentez à l’Assemblée nationale."),
        ({"form": "ca-mha"}, "represent me in the House of Assembly.", "représentez à la Chambre d’assemblée."),
        ({"form": "ca-mla"}, "represent me in the legislature.", "représentez à l’assemblée législative."),
        ({"form": "ca-mla", "organisation": {"en": "Legislative Assembly of Alberta", "fr": "Assemblée législative de l’Alberta"}}, "represent me in the legislature.", "représentez à l’assemblée législative."),
        ({"form": "ca-mla-local", "address": {"city": "Red Deer", "country": "CA"}}, "represent me in the legislature.", "représentez à l’assemblée législative."),
        ({"form": "ca-senate-speaker"}, "represent me in the Senate.", "représentez au Sénat."),
        ({"form": "de-mdb"}, "represent me in the Bundestag.", "représentez au Bundestag."),
        ({"form": "de-mdl", "organisation": "Bayerischer Landtag"}, "represent me in the state parliament.", "représentez au parlement du Land."),
        ({"form": "eu-mep"}, "represent me in the European Parliament.", "représentez au Parlement européen."),
        ({"form": "ca-mp"}, "represent me in Parliament.", "représentez au Parlement."),
        ({"form": "uk-mp"}, "represent me in Parliament.", "représentez au Parlement."),
        ({"form": "uk-ms"}, "represent me in the Senedd.", "représentez au Senedd."),
        ({"form": "ca-mayor"}, "represent me on council.", "représentez au conseil municipal."),
        ({"form": "ca-premier"}, "represent me.", "représentez."),
        ({"organisation": "House of Commons"}, "represent me.", "représentez."),
        ({}, "represent me.", "représentez."),
    ],
)  # fmt: skip
def test_it_says_where_they_represent_people_by_their_form_and_guesses_nothing(
    library: Library, fields: dict[str, object], en: str, fr: str
) -> None:
    campaign = library.campaign(NAME)
    record = {"id": "a", "name": {"given": "Jo", "family": "Ray"}} | fields
    chain = campaign.forms.chain(str(fields.get("form", "neutral")))
    person = Recipient.model_validate(record).with_forms(chain)
    campaign = replace(
        campaign, recipients=(person,), recipient_places=campaign.recipient_places[:1]
    )
    assert en in prose(letter(campaign, "en"))[0]
    assert fr in prose(letter(campaign, "fr"))[0]
