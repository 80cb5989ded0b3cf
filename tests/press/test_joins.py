"""What stays in one line on paper, and that the words remain what they were."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import docx, html, pdf
from letters.press.inseparable import HYPHEN, SPACE
from letters.press.joins import joined

from .lines import pages
from .sample import small_letter, words
from .themes import built_in

BEFORE = "We say so once more, as it has been said before, and for all who read it here: "
LANGUAGES = {
    "en": "On 3 September 2025 J. K. Rowling and Dr. Who asked 300 people about No. 5 in 2024.",
    "en-US": "On September 3, 2025, the members of Article 12 paid $ 5 for each of it.",
    "fr": "Le 1er septembre 2025, Mme Martin-Dupont a payé 12 % de la somme.",
    "de": "Am 3. September 2025 schrieb Frau Müller-Haddad an Herrn Klein.",
    "es": "El 3 de septiembre de 2025 la señora Pérez-Castellón no dijo que no.",
    "uk": "Лист від 3 вересня 2025 р. підписав пан Іваненко-Гай, і це все.",
}
KEPT = {
    "en": ("3 September 2025", "J. K. Rowling", "Dr. Who", "300 people", "No. 5", "in 2024."),
    "en-US": ("September 3, 2025,", "Article 12", "$ 5", "of it."),
    "fr": ("1er septembre 2025,", "Mme Martin-Dupont", "12 %"),
    "de": ("3. September 2025", "Frau Müller-Haddad", "Herrn Klein."),
    "es": ("3 de septiembre de 2025", "Pérez-Castellón", "que no."),
    "uk": ("3 вересня 2025 р.", "пан Іваненко-Гай,", "це все."),
}


def letter_of(*content: d.Inline) -> d.Letter:
    return replace(small_letter(), blocks=(d.Paragraph(content),), notes=())


def set_now(text: str) -> str:
    (block,) = joined(letter_of(*words(BEFORE + text))).blocks
    assert isinstance(block, d.Paragraph)
    return d.plain(block.content).removeprefix(BEFORE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_amounts_and_names_stay_together(language: str) -> None:
    made = set_now(LANGUAGES[language])
    assert made.replace(SPACE, " ").replace(HYPHEN, "-") == LANGUAGES[language]
    for kept in KEPT[language]:
        assert kept.replace(" ", SPACE).replace("-", HYPHEN) in made


@pytest.mark.parametrize(
    "text",
    [
        "an anti-war record, and pro-democracy groups, of well-known people that asked us for it",
        "and the unquestionable responsibilities",
        "a long story that ends at https://example.org",
    ],
)
def test_other_words_are_left_as_they_are(text: str) -> None:
    *before, _ = text.split(" ")
    assert " ".join(before[:-3]) in set_now(text)


@pytest.mark.parametrize(
    ("name", "drawn", "kept"),
    [
        ("Vladimir Kara-Mourza", False, f"Vladimir Kara{HYPHEN}Mourza"),
        ("Vladimir Kara-Mourza", True, "Vladimir Kara-\u2060Mourza"),
        ("Anna Wolfeschlegel-Hausenbergerdorff", True, "Anna Wolfeschlegel-Hausenbergerdorff"),
    ],
)
def test_a_name_below_a_signature_is_not_divided_at_its_hyphen(
    name: str, drawn: bool, kept: str
) -> None:
    group = d.SignatureGroup("", (d.Signature(d.Value(name)),), 3, ruled=True)
    letter = replace(small_letter(), blocks=(d.SignatureBlock((group,)),), notes=())
    (block,) = joined(letter, drawn=drawn).blocks
    assert isinstance(block, d.SignatureBlock)
    assert block.groups[0].signatures[0].name.text == kept


def test_a_line_of_korean_ends_between_words() -> None:
    said = "저희는 OVD-Info 집계 2022년 (1,000명이)"
    for before in ("", BEFORE):
        (block,) = joined(letter_of(*words(before + said)), drawn=True).blocks
        assert isinstance(block, d.Paragraph)
        made = d.plain(block.content).removeprefix(before)
        assert made.replace("\u2060", "").replace(SPACE, " ") == said
        assert made.startswith("저\u2060희\u2060는 ")
        assert "2\u20600\u20602\u20602\u2060년" in made
        assert "Info" in made
    (block,) = joined(letter_of(*words(said))).blocks  # Word does so by itself
    assert isinstance(block, d.Paragraph)
    assert d.plain(block.content) == said


def test_a_date_is_not_joined_to_the_town_before_it() -> None:
    made = set_now("as the Office of Kestrel Bend, 12 December 2024, told all those who asked it")
    assert "Bend, 12\u00a0December\u00a02024," in made


def test_a_date_in_bold_and_one_from_the_right_stay_together() -> None:
    bold = letter_of(*words(BEFORE), d.Strong(words("3 September 2025")), *words(" it was so."))
    arabic = letter_of(*words("قلنا ذلك مرة أخرى كما قيل من قبل لكل من يقرأ هذه الرسالة في "))
    (block,) = arabic.blocks
    assert isinstance(block, d.Paragraph)
    value = d.Value("15 فبراير 2026")
    turned = replace(arabic, direction="rtl", blocks=(d.Paragraph((*block.content, value)),))
    for letter in (bold, turned):
        (made,) = joined(letter).blocks
        assert isinstance(made, d.Paragraph)
        said = d.plain(made.content)
        assert "3\u00a0September\u00a02025" in said or "15\u00a0فبراير\u00a02026" in said


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("We oppose the war against our neighbours and we write from exile.", "from exile."),
        ("The lawyer has since said that he returned of his own will.", "his own will."),
        ("This is what was said to all of them by the quasi-constitutional member.", "member."),
    ],
)
def test_a_last_line_has_ten_characters_where_words_allow_and_no_more_are_joined(
    text: str, end: str
) -> None:
    letter = replace(small_letter(), blocks=(d.Paragraph(words(text)),), notes=())
    (block,) = joined(letter).blocks
    assert isinstance(block, d.Paragraph)
    assert d.plain(block.content).rpartition(" ")[2].replace("\u00a0", " ") == end


def test_the_last_line_of_a_paragraph_is_never_one_short_word() -> None:
    emphasis = d.Emphasis(words("Globe and Mail"))
    endings: dict[str, tuple[d.Inline, ...]] = {
        "words": words("the end of it all."),
        "date": (d.Text("what was said on "), d.Value("3 September 2025"), d.Text(".")),
        "name": (d.Text("what was said by "), d.Value("Ana Kara-Murza"), d.Text(".")),
        "title": (d.Text("as in the "), emphasis, d.Text(".")),
        "after a title": (d.Text("the "), emphasis, d.Text(" in it.")),
        "note": (d.Text("what people remembered"), d.NoteMark(1)),
    }
    blocks = tuple(
        d.Paragraph((d.Text(f"We wrote that the long road leads {'i' * width}n to "), *ending))
        for ending in endings.values()
        for width in range(0, 40, 2)
    )
    letter = replace(small_letter(), blocks=blocks)
    made = pdf.write(letter, built_in("classic"))
    lines = [line.text for page in pages(made.data) for line in page]
    starts = [number for number, line in enumerate(lines) if line.startswith("We wrote that")]
    assert len(starts) == len(blocks)
    last = [lines[number - 1] for number in starts if lines[number - 1] != "1"]
    assert [line for line in last if " " not in line] == []
    assert "Kara-Murza" in " ".join(lines)


COPIED = (
    "https://transparencyregister.example.eu/consultations/responsibilities",
    "firstname.representative@municipaladministration.example.org",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "#JusticeForTheUnconstitutionallyDisappeared",
    "Administrativeresponsibilitarianism",
)


@pytest.mark.parametrize("way", ["text", "value", "link", "cell"])
def test_no_hyphen_comes_into_what_is_copied(way: str) -> None:
    def block(word: str) -> d.Block:
        text = d.Text(word)
        link = d.Link("https://example.org", (text,))
        node: d.Inline = d.Value(word) if way == "value" else link if way == "link" else text
        if way == "cell":
            return d.Table(("start",) * 3, ((text,),) * 3, (((text,),) * 3,))
        return d.Paragraph((d.Text("It is said that everybody should have a look at "), node))

    for language in ("en", "fr"):
        letter = replace(
            small_letter(),
            blocks=tuple(block(word) for word in COPIED),
            notes=(),
            language=language,
            hyphenate=True,
        )
        made = pdf.write(letter, built_in("classic"))
        shown = "".join(line.text for page in pages(made.data) for line in page).replace(" ", "")
        assert made.remarks == ()
        if way != "cell":
            for word in COPIED:
                assert word in shown
        assert "‐" not in shown


def test_a_long_address_breaks_behind_its_signs() -> None:
    letter = letter_of(*words(f"It is said that everybody should have a look at {COPIED[0]} now"))
    lines = [line.text for line in pages(pdf.write(letter, built_in("classic")).data)[0]]
    assert lines[0].endswith(("/", ".", "look at"))
    assert not any("\u200b" in line for line in lines)


def test_the_web_page_has_the_words_as_they_were_written() -> None:
    letter = letter_of(*words(BEFORE + LANGUAGES["en"]))
    written = html.write(letter, built_in("classic")).decode()
    assert BEFORE + LANGUAGES["en"] in written


def test_word_keeps_a_name_at_its_hyphen_by_its_own_sign() -> None:
    import io
    import zipfile

    made = docx.write(letter_of(*words(BEFORE + LANGUAGES["fr"])), built_in("classic"))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        document = file.read("word/document.xml").decode()
    assert HYPHEN not in document
    assert "Mme\u00a0Martin</w:t><w:noBreakHyphen/>" in document
