"""Dates, numbers, lists and quotation marks, as each language writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from letters.campaign.plaintext import unusable
from letters.campaign.tally import Tally
from letters.draft.language import files, known, language
from letters.draft.signatures import signed_by

ROOT = Path(__file__).resolve().parent.parent.parent
NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("tag", "day", "written"),
    [
        ("en", dt.date(2025, 9, 1), "1 September 2025"),
        ("en-CA", dt.date(2025, 9, 1), "September 1, 2025"),
        ("en-US", dt.date(2025, 9, 1), "September 1, 2025"),
        ("en-GB", dt.date(2025, 9, 1), "1 September 2025"),
        ("fr", dt.date(2025, 9, 1), "1er septembre 2025"),
        ("fr", dt.date(2025, 9, 11), "11 septembre 2025"),
        ("fr", dt.date(2025, 9, 21), "21 septembre 2025"),
        ("fr-CA", dt.date(2025, 1, 1), "1er janvier 2025"),
        ("fr-CA", dt.date(2025, 12, 31), "31 décembre 2025"),
        ("de", dt.date(2025, 9, 1), "1. September 2025"),
        ("uk", dt.date(2025, 9, 1), f"1 вересня 2025{NNBSP}р."),
        ("ru", dt.date(2025, 9, 1), f"1 сентября 2025{NNBSP}г."),
        ("es", dt.date(2025, 9, 1), "1 de septiembre de 2025"),
        ("fa", dt.date(2025, 9, 1), "۱ سپتامبر ۲۰۲۵"),
        ("ar", dt.date(2025, 9, 1), "1 سبتمبر 2025"),
        ("he", dt.date(2025, 9, 1), "1 בספטמבר 2025"),
    ],
)
def test_a_date_is_in_words(tag: str, day: dt.date, written: str) -> None:
    assert language(tag).date(day) == written


@pytest.mark.parametrize(
    ("tag", "names", "written"),
    [
        ("en", ["A"], "A"),
        ("en", ["A", "B"], "A and B"),
        ("en", ["A", "B", "C"], "A, B and C"),
        ("en-CA", ["A", "B", "C"], "A, B and C"),
        ("en-US", ["A", "B", "C"], "A, B, and C"),
        ("fr", ["A", "B", "C"], "A, B et C"),
        ("fr", [], ""),
        ("de", ["A", "B", "C"], "A, B und C"),
        ("uk", ["А", "Б", "В"], "А, Б і В"),
        ("ru", ["А", "Б", "В"], "А, Б и В"),
        ("es", ["Ana", "Luis"], "Ana y Luis"),
        ("es", ["Eva", "Ana", "Inés"], "Eva, Ana e Inés"),
        ("es", ["Ortega y Ibáñez", "Hilario"], "Ortega y Ibáñez e Hilario"),
        ("es", ["madera", "hierro"], "madera y hierro"),
        ("fa", ["آ", "ب", "پ"], "آ، ب و پ"),
        ("fa", ["آ", "ب"], "آ و ب"),
        ("ar", ["أحمد", "ليلى", "سامي"], "أحمد وليلى وسامي"),
        ("he", ["דנה", "יוסי"], "דנה ויוסי"),
        ("he", ["דנה", "יוסי", "Anna"], "דנה, יוסי ו־Anna"),
    ],
)
def test_a_list_is_a_sentence(tag: str, names: list[str], written: str) -> None:
    assert language(tag).items(names) == written


@pytest.mark.parametrize(
    ("tag", "value", "written"),
    [
        ("en", 0, "0"),
        ("en", 1234567, "1,234,567"),
        ("en", Decimal("2.50"), "2.50"),
        ("en", Decimal("3.14159"), "3.14159"),
        ("en", Decimal("-1000.0"), "-1,000.0"),
        ("fr", 1234567, f"1{NNBSP}234{NNBSP}567"),
        ("fr", Decimal("1000.25"), f"1{NNBSP}000,25"),
        ("de", Decimal("1234.50"), "1.234,50"),
        ("es", 1234567, "1.234.567"),
        ("es", 1234, "1234"),
        ("es", Decimal("12345.6"), "12.345,6"),
        ("uk", 1234567, f"1{NBSP}234{NBSP}567"),
        ("ru", Decimal("0.5"), "0,5"),
        ("fa", Decimal("1234.50"), "۱٬۲۳۴٫۵۰"),
        ("ar", 1234567, "1,234,567"),
        ("he", -1000, "-1,000"),
    ],
)
def test_a_number_keeps_its_digits(tag: str, value: int | Decimal, written: str) -> None:
    assert language(tag).number(value) == written


@pytest.mark.parametrize(
    ("tag", "beside", "alone"),
    [
        (
            "en",
            "Signed by 3 people, and 1,500 on paper, as of 3 September 2025.",
            "Signed by 1,500 people on paper as of 3 September 2025.",
        ),
        (
            "fr",
            f"Signatures au 3 septembre 2025{NBSP}: 3 personnes, et 1{NNBSP}500 sur papier.",
            f"Signatures au 3 septembre 2025{NBSP}: 1{NNBSP}500 personnes, sur papier.",
        ),
        (
            "de",
            "Unterzeichnet von 3 Personen und 1.500 auf Papier (Stand: 3. September 2025).",
            "Unterzeichnet von 1.500 Personen auf Papier (Stand: 3. September 2025).",
        ),
        (
            "es",
            "Firmas recibidas hasta el 3 de septiembre de 2025: 3 personas, y 1500 en papel.",
            "Firmas recibidas hasta el 3 de septiembre de 2025: 1500 personas, en papel.",
        ),
        (
            "ru",
            f"Подписали по состоянию на 3 сентября 2025{NNBSP}г.: 3 человека, а также 1{NBSP}500 на бумаге.",
            f"Подписали по состоянию на 3 сентября 2025{NNBSP}г.: 1{NBSP}500 человек на бумаге.",
        ),
        (
            "uk",
            f"Підписали станом на 3 вересня 2025{NNBSP}р.: 3 особи, а також 1{NBSP}500 на папері.",
            f"Підписали станом на 3 вересня 2025{NNBSP}р.: 1{NBSP}500 осіб на папері.",
        ),
        (
            "ar",
            "التوقيعات حتى 3 سبتمبر 2025: 3 أشخاص، إضافةً إلى 1,500 على الورق.",
            "التوقيعات حتى 3 سبتمبر 2025: 1,500 شخص على الورق.",
        ),
        (
            "fa",
            "امضاها تا ۳ سپتامبر ۲۰۲۵: ۳ نفر، و ۱٬۵۰۰ روی کاغذ.",
            "امضاها تا ۳ سپتامبر ۲۰۲۵: ۱٬۵۰۰ نفر روی کاغذ.",
        ),
        (
            "he",
            "חתימות נכון ליום 3 בספטמבר 2025: 3 אנשים, ועוד 1,500 על נייר.",
            "חתימות נכון ליום 3 בספטמבר 2025: 1,500 אנשים על נייר.",
        ),
    ],
)
def test_the_count_line_with_sheets_of_paper(tag: str, beside: str, alone: str) -> None:
    day, spoken = dt.date(2025, 9, 3), language(tag)
    three, none = Tally(0, 3, 0), Tally(0, 0, 0)
    assert signed_by(three, day, spoken, 1500) == beside
    assert signed_by(none, day, spoken, 1500) == alone


@pytest.mark.parametrize(
    ("tag", "numbers", "written"),
    [
        ("en", [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111], "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st 111th"),
        ("fr", [1, 2, 11, 21], "1er 2e 11e 21e"),
        ("de", [1, 2], "1. 2."),
        ("uk", [1, 3], "1-й 3-й"),
        ("ru", [1, 3], "1-й 3-й"),
        ("es", [1, 3], "1.º 3.º"),
        ("fa", [1, 12], "۱م ۱۲م"),
        ("ar", [15], "الـ15"),
        ("he", [3], "ה־3"),
    ],
)  # fmt: skip
def test_ordinals(tag: str, numbers: list[int], written: str) -> None:
    assert " ".join(map(language(tag).ordinal, numbers)) == written


@pytest.mark.parametrize(
    ("tag", "n", "form"),
    [
        ("en", 0, "several"),
        ("en", 1, "one"),
        ("en", 2, "several"),
        ("en", Decimal("1.5"), "several"),
        ("fr", 0, "one"),
        ("fr", 1, "one"),
        ("fr", Decimal("1.5"), "one"),
        ("fr", 2, "several"),
        ("fr", 1_000_000, "several"),
    ],
)
def test_the_form_agrees_with_the_number(tag: str, n: int | Decimal, form: str) -> None:
    assert language(tag).plural(n, ("one", "several")) == form


def test_counted_labels_agree() -> None:
    en, fr = language("en"), language("fr")
    assert [en.counted("person_count", n) for n in (1, 2, 1234)] == [
        "1 person",
        "2 people",
        "1,234 people",
    ]
    assert [fr.counted("person_count", n) for n in (0, 1, 2)] == [
        "0 personne",
        "1 personne",
        "2 personnes",
    ]


@pytest.mark.parametrize(
    ("tag", "text", "set_"),
    [
        ("fr", "Quoi ?", f"Quoi{NNBSP}?"),
        ("fr", "un : deux ; trois !", f"un{NBSP}: deux{NNBSP}; trois{NNBSP}!"),
        ("fr", "« oui »", f"«{NBSP}oui{NBSP}»"),
        ("fr", "Quoi?", "Quoi?"),  # none is added
        ("fr", "https://x.y", "https://x.y"),
        ("en", "What ? : ;", "What ? : ;"),
        ("en", "under § 5", f"under §{NBSP}5"),
        ("fr-CA", "Quoi ? un : deux ; trois", f"Quoi? un{NBSP}: deux; trois"),
        ("de", "so – und so", f"so{NBSP}– und so"),
        ("ru", "Мы — это я и ты", f"Мы{NBSP}— это я{NBSP}и{NBSP}ты"),
        ("ru", "приказов нет, № 5", f"приказов нет, №{NBSP}5"),
        ("uk", "Ми в Києві й у Львові", f"Ми в{NBSP}Києві й{NBSP}у{NBSP}Львові"),
    ],
)
def test_spaces_that_were_typed_do_not_break(tag: str, text: str, set_: str) -> None:
    assert language(tag).typeset(text) == set_


@pytest.mark.parametrize(
    ("tag", "outer", "inner"),
    [
        ("en", "“so”", "‘so’"),
        ("fr", f"«{NBSP}so{NBSP}»", "“so”"),
        ("fr-CA", f"«{NBSP}so{NBSP}»", "”so“"),
        ("de", "„so“", "‚so‘"),
        ("uk", "«so»", "„so“"),
        ("ru", "«so»", "„so“"),
        ("es", "«so»", "“so”"),
        ("fa", "«so»", "‹so›"),
        ("ar", "«so»", "”so“"),
        ("he", "”so”", "’so’"),
    ],
)
def test_quotation_marks(tag: str, outer: str, inner: str) -> None:
    quotes = language(tag).quotes
    assert language(tag).quote("so") == outer
    assert f"{quotes[2]}so{quotes[3]}" == inner


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("en", "Signed by 4 organisations and 12 people as of 3 September 2025."),
        ("en-US", "Signed by 4 organizations and 12 people as of September 3, 2025."),
        ("en-CA", "Signed by 4 organizations and 12 people as of September 3, 2025."),
        ("en-GB", "Signed by 4 organisations and 12 people as of 3 September 2025."),
        ("fr", f"Signatures au 3 septembre 2025{NBSP}: 4 organisations et 12 personnes."),
        ("de", "Unterzeichnet von 4 Organisationen und 12 Personen (Stand: 3. September 2025)."),
        ("uk", f"Підписали станом на 3 вересня 2025{NNBSP}р.: 4 організації і 12 осіб."),
        ("ru", f"Подписали по состоянию на 3 сентября 2025{NNBSP}г.: 4 организации и 12 человек."),
        (
            "es",
            "Firmas recibidas hasta el 3 de septiembre de 2025: 4 organizaciones y 12 personas.",
        ),
        ("fa", "امضاها تا ۳ سپتامبر ۲۰۲۵: ۴ سازمان و ۱۲ نفر."),
        ("ar", "التوقيعات حتى 3 سبتمبر 2025: 4 منظمات و12 شخصًا."),
        ("he", "חתימות נכון ליום 3 בספטמבר 2025: 4 ארגונים ו־12 אנשים."),
    ],
)
def test_the_count_line(tag: str, line: str) -> None:
    counted = Tally(organisations=4, people=12, withheld=0)
    assert signed_by(counted, dt.date(2025, 9, 3), language(tag)) == line


@pytest.mark.parametrize(
    ("tag", "numbers", "written"),
    [
        ("de", [1, 2], "1 Organisation, 2 Organisationen"),
        ("uk", [1, 3, 5, 11, 21], "1 організація, 3 організації, 5 організацій, 11 організацій, 21 організація"),
        ("ru", [1, 3, 5, 11, 21], "1 организация, 3 организации, 5 организаций, 11 организаций, 21 организация"),
        ("es", [1, 2, 1_000_000], "1 organización, 2 organizaciones, 1.000.000 de organizaciones"),
        ("fr", [1_000_000], f"1{NNBSP}000{NNBSP}000 d’organisations"),
        ("ar", [1, 2, 3, 11, 100], "منظمة واحدة, منظمتان, 3 منظمات, 11 منظمة, 100 منظمة"),
        ("he", [1, 2, 10], "ארגון אחד, שני ארגונים, 10 ארגונים"),
        ("fa", [1, 12], "۱ سازمان, ۱۲ سازمان"),
    ],
)  # fmt: skip
def test_what_is_counted_agrees(tag: str, numbers: list[int], written: str) -> None:
    assert ", ".join(language(tag).counted("organisation_count", n) for n in numbers) == written


@pytest.mark.parametrize("tag", ["ar", "fa", "he"])
def test_three_languages_are_written_from_right_to_left(tag: str) -> None:
    assert language(tag).direction == "rtl"
    assert not language(tag).hyphenate


def test_words_are_divided_only_where_the_patterns_are_good() -> None:
    assert {tag for tag in known() if language(tag).hyphenate} == {"de", "en", "es", "fr", "ru"}


def test_names_are_sorted_as_readers_look_for_them() -> None:
    names = ["Zidane", "Étienne", "Eve", "Łukasz", "Lund", "ähnlich", "Adam", "de Vries", "Öz"]
    assert sorted(names, key=language("en").collation_key) == [
        "Adam", "ähnlich", "de Vries", "Étienne", "Eve", "Łukasz", "Lund", "Öz", "Zidane",
    ]  # fmt: skip


def test_a_region_has_what_it_does_not_say_itself_from_its_base() -> None:
    assert language("fr-CA").data["labels"] == language("fr").data["labels"]
    assert language("fr-CA").date(dt.date(2025, 8, 1)) == "1er août 2025"
    assert language("en-US").label("draft") == language("en").label("draft")
    assert language("fr-BE").quotes == language("fr").quotes
    assert language("en-AU").label("draft") == "DRAFT"
    assert language("en-XX").date(dt.date(2025, 9, 1)) == "1 September 2025"
    with pytest.raises(KeyError):
        language("xx")
    with pytest.raises(KeyError):
        language("xx-CA")


@pytest.mark.parametrize("tag", files())
def test_every_language_says_all_that_english_says(tag: str) -> None:
    def parts(form: Any) -> set[str | None]:
        forms = form.values() if isinstance(form, dict) else [form]
        return {name for one in forms for _, name, _, _ in Formatter().parse(one) if name}

    english, data = language("en").data, language(tag).data
    assert set(data) - {"other_and"} == set(english)
    assert set(data["labels"]) == set(english["labels"])
    for key, form in data["labels"].items():
        assert parts(form) == parts(english["labels"][key]), key
    assert len(data["digits"]) == 10
    assert len(data["quotes"]) == 4
    assert not any(unusable(text) for text in data["quotes"])


@pytest.mark.parametrize("tag", files())
def test_every_plural_has_the_forms_that_cldr_tells_apart(tag: str) -> None:
    spoken = language(tag)
    rules = spoken.locale.plural_form.tags | {"other"}
    plurals = {key: form for key, form in spoken.data["labels"].items() if isinstance(form, dict)}
    assert set(plurals) == {"withheld", "organisation_count", "person_count"}
    for key, forms in plurals.items():
        assert set(forms) == rules, key
    assert set(spoken.data["ordinals"]) == spoken.locale.ordinal_form.tags | {"other"}


def test_the_docs_list_every_language_and_what_it_decides() -> None:
    guide = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    for tag in known():
        spoken = language(tag)
        direction = "right to left" if spoken.direction == "rtl" else "left to right"
        digits = f"{spoken.digits[0]}–{spoken.digits[-1]}"
        quotes = "{}…{} {}…{}".format(*spoken.quotes).replace(NBSP, " ")
        divided = "yes" if spoken.hyphenate else "no"
        name = str(spoken.locale.english_name).partition(" (")[0]
        assert f"| `{tag}` | {name} | {direction} | {digits} | {divided} | {quotes} |" in guide
    for tag in (tag for tag in files() if "-" in tag):
        assert f"| `{tag}` |" in guide
