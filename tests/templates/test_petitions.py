"""The petitions: their parts in the order that a House wants, and room to sign by hand."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from drafting import texts_of
from msgspec.structs import replace
from reading import words

from letters.campaign.load import load
from letters.campaign.localtext import LocalText
from letters.campaign.schema import Ask
from letters.check import body as bodies
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.press import docx, pdf, text
from letters.press.sheet_room import filled
from templates.changed import changed, kinds, letter, prose
from templates.library import loaded, pages

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.press.paper import PageSize
    from templates.library import Library

CANADA, ONLINE, KINGDOM = "petition-ca-paper", "petition-ca-epetition", "petition-uk-paper"
FORM = "petition-uk-epetition"

each_language = pytest.mark.parametrize("language", ["en", "fr"])
on_paper = pytest.mark.parametrize(
    ("name", "prayer"),
    [
        (CANADA, {"en": "Therefore we, the undersigned, request", "fr": "Par conséquent, nous, "}),
        (KINGDOM, {"en": "The Petitioners therefore request", "fr": "En conséquence, les "}),
    ],
    ids=["canada", "kingdom"],
)


def sheets(of: d.Letter) -> list[d.Sheet]:
    return [block for block in of.blocks if isinstance(block, d.Sheet)]


def asked(*texts: str) -> tuple[Ask, ...]:
    return tuple(Ask(text=LocalText({"": ask})) for ask in texts)


# --- on paper ---------------------------------------------------------------------------------


@each_language
@on_paper
def test_there_is_room_to_sign_with_the_full_text_and_for_enough_people(
    library: Library, name: str, prayer: dict[str, str], language: str
) -> None:
    first, *others = sheets(library.letter(name, language))
    assert first.prayer == ()
    assert first.rows >= 3
    assert first.rows + sum(sheet.rows for sheet in others) >= 25
    assert others
    assert all(sheet.head == first.head and sheet.prayer for sheet in others)
    assert others[0] == others[-1]


@pytest.mark.parametrize(
    ("theme", "page"),
    [
        ("classic", "letter"),
        ("classic", "a4"),
        ("modern", "letter"),
        ("plain", "letter"),
        ("large-print", "letter"),
    ],
)
@each_language
@on_paper
def test_each_page_says_what_is_asked_and_no_sheet_runs_over(
    library: Library, name: str, prayer: dict[str, str], language: str, theme: str, page: PageSize
) -> None:
    petition = library.letter(name, language)
    printed = pages(library.pdf(name, language, page=page, theme=theme).data)
    assert len(printed) == len(sheets(petition)) == 3
    [asks] = [p for p in prose(petition) if p.startswith(prayer[language])]
    for words_of_page in printed:
        assert squeezed(asks) in squeezed(words_of_page)
        assert all(squeezed(d.plain(cell)) in squeezed(words_of_page) for cell in head(petition))


def squeezed(shown: str) -> str:
    """Letters and digits alone: where a line ends, a PDF may have a space or none."""
    return "".join(character for character in words(shown) if character.isalnum())


def head(petition: d.Letter) -> tuple[d.Inlines, ...]:
    return sheets(petition)[0].head


@on_paper
def test_a_long_request_stands_again_on_the_pages_that_its_sheet_runs_over_to(
    library: Library, name: str, prayer: dict[str, str]
) -> None:
    campaign = library.campaign(name)
    optional = {key: None for key, rule in campaign.declared.values.items() if not rule.required}
    long = changed(campaign, optional, asks=asked(" ".join(["to think of the harbour"] * 40)))
    theme = library.theme(name, "letter", "classic")
    drafted = letter(long, "en")
    blocks = tuple(
        replace(block, rows=30) if isinstance(block, d.Sheet) and block.prayer else block
        for block in drafted.blocks
    )
    printed = pages(pdf.write(replace(drafted, blocks=blocks), theme).data)
    assert len(printed) > 3
    assert all(squeezed(prayer["en"]) in squeezed(page) for page in printed)


@each_language
@on_paper
def test_nothing_goes_with_it_that_a_house_refuses(
    library: Library, name: str, prayer: dict[str, str], language: str
) -> None:
    petition = library.letter(name, language)
    refused = {d.Letterhead, d.DateLine, d.AddressBlock, d.SignatureBlock, d.Enclosures, d.Copies}
    assert not refused & kinds(petition)
    assert petition.notes == ()
    organisation = library.campaign(name).letter.sender.organisation.get(language)
    assert str(organisation) not in library.text(name, language)


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("en", "Therefore we, the undersigned, request the House of Commons"),
        ("fr", "Par conséquent, nous, soussignés, prions la Chambre des communes"),
    ],
)
def test_only_several_requests_are_numbered(library: Library, language: str, asks: str) -> None:
    campaign = library.campaign(CANADA)
    one = letter(changed(campaign, asks=asked("to act.")), language)
    assert f"{asks} to act." in prose(one)
    two = letter(changed(campaign, asks=asked("to act; and", "to tell.")), language)
    assert f"{asks} (1)\u00a0to act; and (2)\u00a0to tell." in prose(two)


def test_one_paragraph_on_what_is_wrong_is_enough(library: Library) -> None:
    campaign = library.campaign(CANADA)
    whereas = campaign.letter.values["whereas"][:1]
    short = letter(changed(campaign, {"whereas": whereas}), "en")
    assert len(prose(short)) == len(prose(library.letter(CANADA, "en"))) - 2


def test_the_phrases_of_westminster_stand_in_their_order(library: Library) -> None:
    phrases = (
        "To the House of Commons.",
        "The Petition of residents of",
        "Declares that ",
        "; and further that ",
        "The Petitioners therefore request that the House of Commons urges",
        "And the Petitioners remain, etc.",
    )
    written = words(library.text(KINGDOM, "en"))
    places = [written.index(phrase) for phrase in phrases]
    assert places == sorted(places)


# --- online -----------------------------------------------------------------------------------


@each_language
def test_an_e_petition_is_short_and_has_no_web_address(library: Library, language: str) -> None:
    written = library.text(ONLINE, language)
    assert len(written.split()) <= 250
    assert not re.search(r"https?:|www\.|@", written)


def test_its_plain_text_is_what_goes_into_the_form(library: Library) -> None:
    clauses = {"whereas": ["The road is long;", "and dark."]}
    campaign = changed(library.campaign(ONLINE), clauses, asks=asked("to light it."))
    assert text.write(letter(campaign, "en")).decode() == (
        "Petition to the House of Commons in Parliament assembled\n\n"
        "Whereas:\n\n"
        "- The road is long;\n"
        "- and dark.\n\n"
        "We, the undersigned, citizens and residents of Canada, call upon the House of Commons:\n\n"
        "1 to light it.\n"
    )


@each_language
def test_a_draft_of_it_says_so_at_its_head(library: Library, language: str) -> None:
    draft = library.text(ONLINE, language, signed=False)
    mark = library.letter(ONLINE, language, signed=False).draft_mark
    assert mark
    assert draft == f"{mark}\n\n{library.text(ONLINE, language)}"


# --- to whom, and on what grounds -------------------------------------------------------------

MINISTER = "{id: m, form: ca-minister, gender: %s, name: Jean Brisebois, office: {en: Minister of Health, fr: Ministre de la Santé}}"


def to(library: Library, name: str, record: str, tmp_path: Path, addressee: str = "") -> Campaign:
    folder = Path(shutil.copytree(library.folder(name), tmp_path / name))
    (folder / "recipients.yaml").write_text(f"- {record}\n", encoding="utf-8")
    if addressee:
        file = folder / "letter.yaml"
        written = file.read_text(encoding="utf-8")
        file.write_text(written.replace("values:\n", f"values:\n  addressee: {addressee}\n"))
    return loaded(folder)


@pytest.mark.parametrize("name", [CANADA, ONLINE])
@pytest.mark.parametrize(
    ("record", "language", "head", "whom"),
    [
        ("{id: h, name: House of Commons}", "en", "o the House of Commons in Parliament assembled", "the House of Commons"),
        ("{id: h, name: {fr: Chambre des communes, en: X}}", "fr", "à la Chambre des communes réunie en Parlement", "la Chambre des communes"),
        ("{id: g, name: Government of Canada}", "en", "o the Government of Canada", "the Government of Canada"),
        ("{id: g, name: {en: X, fr: gouvernement du Canada}}", "fr", " : le gouvernement du Canada", "le gouvernement du Canada"),
        (MINISTER % "m", "en", "o the Minister of Health", "the Minister of Health"),
        (MINISTER % "f", "fr", " : Madame la Ministre de la Santé", "Madame la Ministre de la Santé"),
        (MINISTER % "m", "fr", " : Monsieur le Ministre de la Santé", "Monsieur le Ministre de la Santé"),
        (MINISTER % "unknown", "fr", "Brisebois", "L’honorable Jean Brisebois, C.P., député(e)"),
        ("{id: p, form: ca-mp, gender: f, name: Ada Birch}", "en", "o Ms. Ada Birch, M.P.", "Ms. Ada Birch, M.P."),
    ],
)  # fmt: skip
def test_it_calls_upon_whom_it_is_to(
    library: Library, tmp_path: Path, name: str, record: str, language: str, head: str, whom: str
) -> None:
    petition = letter(to(library, name, record, tmp_path), language)
    [salutation] = [d.plain(b.content) for b in petition.blocks if isinstance(b, d.Salutation)]
    said = salutation.replace("\u00a0", " ")
    assert head.casefold() in said.casefold()
    assert ("assembled" in said or "réunie" in said) == ("ouse" in head or "Chambre" in head)
    verbs = ("call upon", "request", "prions")
    [prayer] = [p for p in prose(petition) if any(f"{verb} {whom}" in p for verb in verbs)]
    printed = text.write(petition).decode()
    assert whom in prayer
    assert ("ouse of Commons" in printed) == ("ouse" in whom) or language == "fr"
    assert printed.count(whom) >= 2


def test_the_words_of_its_own_addressee_win_and_are_signed(
    library: Library, tmp_path: Path
) -> None:
    whom = "{en: the Minister of Fisheries, fr: la ministre des Pêches}"
    campaign = to(library, CANADA, "{id: h, name: House of Commons}", tmp_path, whom)
    [canonical, *_] = texts_of(Edition(campaign, "en", "recipient"))
    assert "To the Minister of Fisheries\n" in canonical
    assert "request the Minister of Fisheries (1) to urge" in canonical
    assert "House of Commons" not in canonical
    french = prose(letter(campaign, "fr"))
    assert any("prions la ministre des Pêches" in paragraph for paragraph in french)


@pytest.mark.parametrize("count", [1, 3, 9])
def test_it_has_as_many_grounds_as_there_are(library: Library, count: int) -> None:
    grounds = [f"ground {n}" for n in range(count)]
    for name in (CANADA, ONLINE):
        said = prose(letter(changed(library.campaign(name), {"whereas": grounds}), "en"))
        assert [one for one in said if one.startswith("ground")] == grounds


def test_the_keys_from_before_say_the_same_words(library: Library) -> None:
    for name in (CANADA, ONLINE):
        campaign = library.campaign(name)
        whole = campaign.letter.values["whereas"]
        numbered = {f"whereas_{n}": each for n, each in enumerate(whole, 1)}
        before = changed(campaign, {"whereas": None, **numbered})
        for language in ("en", "fr"):
            now = texts_of(Edition(campaign, language, "recipient"))
            assert texts_of(Edition(before, language, "recipient")) == now


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("whereas_12: Twelve.\n  whereas_2: Two.\n  whereas_5: Five.", []),
        ("whereas: One.", []),
        ("whereas: [One, {en: Two}]", ["values.whereas[1] – has no text for fr"]),
        ("whereas_7: [[x]]", ["values.whereas_7 – must be a text, or one text per language"]),
        ("whereas: []", ["values – the template needs a value “whereas”"]),
        ("why: One.", ["values.why – the template “petition-ca-epetition” knows no such value", "values – the template needs a value “whereas”"]),
        ("whereas_0: One.", ["values.whereas_0 – the template “petition-ca-epetition” knows no such value", "values – the template needs a value “whereas”"]),
        ("whereas: [One]\n  whereas_2: Two.", ["values.whereas_2 – stands beside “whereas”, which is the whole list (make it an item of “whereas”)"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_grounds_is_said_at_its_place(
    library: Library, tmp_path: Path, written: str, said: list[str]
) -> None:
    folder = Path(shutil.copytree(library.folder(ONLINE), tmp_path / "mine"))
    file = folder / "letter.yaml"
    head, _, rest = file.read_text(encoding="utf-8").partition("  whereas:\n")
    tail = rest[rest.index("\nsignatories:") :]
    file.write_text(f"{head}  {written}\n{tail}", encoding="utf-8")
    campaign, problems = load(folder)
    errors = [str(p).split(": ", 1)[1] for p in problems if p.severity == "error"]
    assert len(errors) == len(said)
    assert all(
        error.startswith(one) for error, one in zip(sorted(errors), sorted(said), strict=True)
    )
    if campaign and "whereas_12" in written:
        grounds = [one for one in prose(letter(campaign, "en")) if one[:2] in ("Tw", "Fi")]
        assert grounds == ["Two.", "Five.", "Twelve."]


# --- field by field ---------------------------------------------------------------------------

FIELDS = {"action": 80, "background": 300, "details": 800}


@each_language
def test_what_goes_into_the_british_form_is_the_fields_and_no_more(
    library: Library, language: str
) -> None:
    values = library.campaign(FORM).letter.values
    fields = [values[key][language] for key in FIELDS]
    assert all(len(text) <= most for text, most in zip(fields, FIELDS.values(), strict=True))
    written = library.text(FORM, language).replace("\u202f", " ").replace("\u00a0", " ")
    assert written.replace("’", "'").split("\n\n") == [
        text.replace("’", "'") + end for text, end in zip(fields, ("", "", "\n"), strict=True)
    ]


@pytest.mark.parametrize("key", FIELDS)
def test_a_field_that_the_british_form_would_cut_off_is_an_error(
    library: Library, tmp_path: Path, key: str
) -> None:
    folder = Path(shutil.copytree(library.folder(FORM), tmp_path / "mine"))
    file = folder / "letter.yaml"
    head, _, rest = file.read_text(encoding="utf-8").partition("\nvalues:\n")
    tail = rest[rest.index("\nsignatories:") :]
    for more, said in ((0, []), (1, ["has", str(FIELDS[key] + 1), "characters,", "1", "too"])):
        own = {"action": "a", "background": "b"} | {
            key: "ж " * (FIELDS[key] // 2 - 1) + "ab" + "c" * more
        }
        lines = "".join(f"  {name}: {{en: {text}, fr: x}}\n" for name, text in own.items())
        file.write_text(f"{head}\nvalues:\n{lines}{tail}", encoding="utf-8")
        campaign = loaded(folder)
        rules, problems = bodies.load(folder, str(campaign.declared.body))
        assert rules is not None
        assert problems == []
        found = [each.message for rule in rules.rules for each in rule.of_campaign(campaign)]
        assert [message.split()[:5] for message in found] == ([said] if said else [])


# --- sheets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "page", "least"),
    [("classic", "letter", 17), ("classic", "a4", 19), ("modern", "letter", 17), ("plain", "letter", 17)],
)  # fmt: skip
@each_language
@on_paper
def test_a_sheet_has_as_many_rows_as_its_page_has_room_for(
    library: Library, name: str, prayer: dict[str, str], language: str, theme: str, page: PageSize, least: int
) -> None:  # fmt: skip
    chosen, petition = library.theme(name, page, theme), library.letter(name, language)
    first, *others = sheets(filled(petition, chosen))
    assert all(sheet.rows >= least for sheet in others)
    assert first.rows > sheets(petition)[0].rows
    assert library.pdf(name, language, page=page, theme=theme).pages == 3
    if (theme, page, language) == ("classic", "letter", "en"):  # and two more would not fit
        crowded = tuple(
            replace(block, rows=block.rows + 2) if isinstance(block, d.Sheet) else block
            for block in filled(petition, chosen).blocks
        )
        assert pdf.write(replace(petition, blocks=crowded), chosen).pages == 6


def test_it_says_where_it_goes_back_to_and_has_room_for_its_number(
    library: Library, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(library.folder(CANADA), tmp_path / "mine"))
    file = folder / "letter.yaml"
    written = file.read_text(encoding="utf-8")
    before = texts_of(Edition(loaded(folder), "en", "recipient"))
    contact = "  contact: [PO Box 4, Larch Cove NS  B9Z 1A1]\n  country: CA\n"
    file.write_text(written.replace("  country: CA\n", contact, 1), encoding="utf-8")
    campaign = loaded(folder)
    assert texts_of(Edition(campaign, "en", "recipient")) == before
    for language, back, number in (
        ("en", "Please return this sheet to: Friends of Larch Cove Harbour, PO Box 4", "Sheet ___"),
        (
            "fr",
            "Feuille à renvoyer à : Les Amis du port de l’anse aux Mélèzes, PO Box 4",
            "Feuille ___",
        ),
    ):
        petition = letter(campaign, language)
        theme = library.theme(CANADA, "letter", "classic")
        for page in pages(pdf.write(petition, theme).data):
            assert squeezed(back) in squeezed(page)
            assert number in page
        said = words(text.write(petition).decode())
        assert said.count(words(back)) == 3
        word = docx.write(filled(petition, theme), theme)
        document = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
        assert document.count("PO Box 4") == document.count(number) == 3
        assert document.count('"SheetRoom"') == 3 * sum(
            sheet.rows for sheet in sheets(filled(petition, theme))
        )
