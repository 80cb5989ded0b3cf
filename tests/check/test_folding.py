"""What is protected is found however it is written, and other words are not taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.check.folding import Folded
from letters.check.needle import needle
from letters.check.privacy import held_among, held_in, search, search_folder
from letters.check.protected import Secret
from letters.problem import Place

if TYPE_CHECKING:
    from pathlib import Path

AT = Place("signatories.yaml", 7, 3, "[1].name")
SAME = {
    "accents left out": ("Zoë Ångström", "by Zoe Angstrom, too"),
    "accents put in": ("Zoe Angstrom", "by Zoë Ångström, too"),
    "accents apart": ("Zoë Ångström", "Zoe\u0308 A\u030angstro\u0308m"),
    "letters that have no accent": ("Łukasz Bjørn Đorđe", "Lukasz Bjorn Dorde"),
    "a sharp s": ("Anna Groß", "ANNA GROSS"),
    "small capitals of a Turkish name": ("Işıl Yıldız", "ISIL YILDIZ"),
    "zero width": ("Quazimo Vexlerin", "Qua\u200bzi\u200dmo\u2060 Vex\ufefflerin"),
    "marks of direction": ("Quazimo Vexlerin", "\u200eQuazimo\u200f \u2066Vexlerin\u2069"),
    "tag characters": ("Quazimo Vexlerin", "Quaz\U000e0041imo Vexlerin"),
    "a hyphen at the end of a line": ("Quazimo Vexlerin", "Quazimo Vex-\n   lerin"),
    "a soft hyphen at the end of a line": ("Quazimo Vexlerin", "Quazimo Vex\u00ad\nlerin"),
    "its own hyphen at the end of a line": ("Ann Kara-Murza", "Ann Kara-\nMurza"),
    "another hyphen": ("Ann Kara-Murza", "Ann Kara\u2011Murza, Ann Kara Murza"),
    "an apostrophe of another form": ("Sean O'Brien", "Sean O’Brien"),
    "full width": ("Quazimo Vexlerin", "Ｑｕａｚｉｍｏ　Ｖｅｘｌｅｒｉｎ"),
    "letters of mathematics": ("Quazimo Vexlerin", "𝐐𝐮𝐚𝐳𝐢𝐦𝐨 𝑉𝑒𝑥𝑙𝑒𝑟𝑖𝑛"),
    "ligatures": ("Quazimo Affleck", "Quazimo Aﬄeck"),
    "points of Hebrew": ("דוד לוי", "דָּוִד לֵוִי"),
    "vowels of Arabic": ("محمد علي", "مُحَمَّد عَلِي"),
    "Greek without its accents": ("Ελένη Παππά", "ΕΛΕΝΗ ΠΑΠΠΑ"),
    "a name of two signs": ("李明", "见李 明说"),
    "a name of two syllables": ("김구", "오늘 김구가"),
    "a name in kana": ("アヤ", "ﾝ ｱﾔ ﾝ"),
    "letters for what stands on others": ("Jörg Müller", "Joerg MUELLER"),
    "letters for a ring and a stroke": ("Åse Sørby", "Aase Soerby"),
    "an Arabic name made longer": ("محمد علي", "محـــمد عـلي"),
    "an Arabic name in Persian letters": ("كريمي علي", "کریمی علی"),
    "an Arabic name without its points": ("فاطمة مصطفى", "فاطمه مصطفي"),
    "white letters on black": ("Quazimo Vexlerin", "🅠🅤🅐🅩🅘🅜🅞 🅅🅔🅧🅛🅔🅡🅘🅝"),
    "a short name with its own hyphen at the end of a line": ("Al-Ali", "to Al-\nAli."),
    "a short name, spread": ("Bo Li", "B o  L i"),
    "a short name that has an ending": ("Bo Li", "Bo Lis letter"),
    "a short word of its own": ("Anna", "scan_of_anna2.pdf"),
    "an apostrophe in a short name": ("D'Arc", "Joan d’Arc, D Arc"),
    **{
        f"a short name in {text}": (name, f"in {text}")
        for name, texts in {
            "Bo Li": (
                "sig_bo_li.png",
                "bo_li_2024.pdf",
                "boli1990@example.org",
                "user:boli01",
                "_BoLi_",
                "BoLiSmith",
                "2024BoLi",
                "ScanBoLi.pdf",
                "SCAN_BOLI_2.PDF",
                "x9boli",
                "Bo-Lis",
            ),
            "Li Wei": ("liwei88@mail.cn", "LiWei2.jpg", "li.wei", "__li__wei__"),
            "Ana Yu": ("ana_yu", "anayu7@example.org", "AnaYuScan.png"),
            "Ян Ли": ("ян_ли_2", "СканЯнЛи", "янли7"),
            "12 345": ("12_345_2024.pdf", "No12345_x", "a12-345b"),
        }.items()
        for text in texts
    },
    "a phone number with spaces": ("+49 151 2345678", "Tel. +49 (151) 234-5678."),
    "a phone number in one": ("+49 151 2345678", "tel:+491512345678"),
    "a phone number with zeros": ("+49 151 23456789", "0049.151.23456789"),
    "a phone number at home": ("+49 151 23456789", "(0151) 234 567 89"),
    "a phone number in other digits": ("+20 100 123 4567", "٠١٠٠ ١٢٣ ٤٥٦٧"),
    "the number of a passport": ("C01X00T47", "passport C01-X00 T47"),
    "an address of mail": ("zoe@example.org", "ZOE@EXAMPLE.ORG"),
}
ALIKE = {
    **{
        f"Russian in Latin, the {n}.": ("Юлия Щукина", text)
        for n, text in enumerate(
            (
                "Yuliya Shchukina",
                "Yulia Schukina",
                "Iuliia Shchukina",
                "Julija Schtschukina",
                "Ioulia Chtchoukina",
                "Julia Šchukina",
            ),
            1,
        )
    },
    **{
        f"{text} for {name}": (name, text)
        for name, texts in {
            "Иванов": ("Ivanoff", "Mr Ivanoff, was", "Petr Ivanoff", "Ivanoff’s", "(Ivanoff)"),
            "Юлия Щукина": ("the staff Yulia Schukina", "staff: Yulia Schukina"),
            "Чайковский": ("Tchaikovsky", "Tschaikowski", "Chaykovskiy", "Čajkovskij"),
            "Хрущёв": ("Khrushchov", "Khrushchev", "Khrouchtchev"),
            "Горбачёв": ("Gorbachov", "Gorbatschow", "Gorbatchev"),
            "Γιώργος Παπαδόπουλος": ("Giorgos Papadopoulos", "by GIORGOS PAPADOPOULOS,"),
            "Παπανδρέου": ("Papandreou", "Papandréou"),
            "Ευγενία": ("Evgenia", "Eugenia"),
            "Ευτυχία": ("Eftychia", "Evtychia", "Eutychia"),
            "Παύλος": ("Pavlos", "Paulos"),
            "Κουτσούμπας": ("Koutsoumpas", "Koutsoumbas", "Koutsoubas"),
            "Ιωάννου": ("Ioannou", "Joannou"),
            "Άγγελος": ("Angelos", "Aggelos"),
            "Ντόρα Μπακογιάννη": ("Ntora Mpakogianni", "Dora Bakogianni"),
            "Giorgos Papadopoulos": ("ο Γιώργος Παπαδόπουλος", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ"),
        }.items()
        for text in texts
    },
    **{
        f"{text} for {number}": (number, text)
        for number, texts in {
            "+49 30 123456": ("030 123456", "030-123 456", "(030) 12 34 56", "030123456"),
            "+43 1 5123456": ("01 512 34 56", "01/5123456"),
            "+352 12 34 56": ("12 34 56", "Tel. 123456", "123 456", "12-34-56."),
            "+39 06 123456": ("06 123456", "06-12 34 56"),
            "+39 06 12345": ("06 12345", "0612345"),
        }.items()
        for text in texts
    },
    "a soft sign": ("Навальная", "of Navalnaya"),
    "Ukrainian in Latin": ("Євген Галаган", "Yevhen Halahan"),
    "Chinese in Latin": ("李明", "says Li Ming"),
    "Hindi in Latin": ("राम कुमार", "by Ram Kumar"),
    "Latin with letters that look alike": ("Quazimo Vexlerin", "Quаzimо Vехlеrin"),
    "small capitals": ("Quazimo Vexlerin", "Qᴜᴀᴢɪᴍᴏ Vᴇxʟᴇʀɪɴ"),
    "marks for letters": ("Joerg Mueller", "by Jörg Müller"),
    "marks for some": ("Joerg Mueller", "by Joerg Müller"),
    "no marks where there are letters": ("Joerg Mueller", "by Jorg Muller"),
    "a short phone number at home": ("+47 22 12 34 56", "Tel. 22 12 34 56"),
    "a shorter one": ("+354 555 1234", "555-1234"),
    "one with zeros": ("00372 512 3456", "(512) 3456"),
    "Cyrillic in Latin": ("Владимир Кара-Мурза", "by Vladimir Kara-Murza, too"),
    "Latin in Cyrillic": ("Vladimir Kara-Murza", "о Владимир Кара-Мурза и"),
    "Greek in Latin": ("Ελένη Παππά", "with Eleni Pappa."),
    "Armenian in Latin": ("Արամ Մանուկյան", "of Aram Manowkyan"),
    "Georgian in Latin": ("ნინო ბურჯანაძე", "(Nino Burjanadze)"),
}
OTHERS = {
    **{
        f"{name} in {text}": (name, text)
        for name, text in (
            ("Bo Li", "symbolic"),
            ("Bo Li", "Symbolic_2"),
            ("Bo Li", "bolivar99"),
            ("12 345", "9912 3456"),
            ("12 345", "12_3456"),
            ("12 345", "012-345"),
            ("+352 12 34 56", "12.34 56.78"),
            ("+352 12 34 56", "1 2 3 4 5 6"),
            ("+352 12 34 56", "0.123456, 123456.5"),
            ("+352 12 34 56", "5123456"),
            ("+49 30 123456", "5030123456, 0301234567"),
        )
    },
    "a short name in two parts of others": ("Bo Li", "symbolic limbo lights"),
    "a short word in another": ("Anna", "from Savannah, in annals"),
    "two words of a short name in others": ("Al-Ali", "general alibis, royal alignment"),
    "the end of a longer number": ("+354 555 1234", "85551234 and 5551234567"),
    "another name by its sounds": ("Юлия Щукина", "Yulia Shukova, Julian Schukin"),
    "a longer name": ("Ян", "Янина говорит"),
    "a word that holds a short name": ("Rao", "extraordinary"),
    "a longer number": ("12345", "9912 3456"),
    "half of a name": ("Quazimo Vexlerin", "Quazimo Vex"),
    "a name that sounds alike": ("Владимир", "Vladimirovich"),
    "nothing": ("Quazimo Vexlerin", ""),
    "signs alone": ("---", "a --- b"),
}


@pytest.mark.parametrize("kind", SAME)
def test_it_is_found_however_it_is_written(kind: str) -> None:
    written, text = SAME[kind]
    [problem] = search("a.txt", text.encode(), (Secret(written, AT),))
    assert problem.severity == "error"
    assert problem.message == "holds what is protected as [1].name in signatories.yaml:7"


@pytest.mark.parametrize("kind", ALIKE)
def test_in_another_script_it_is_a_question(kind: str) -> None:
    written, text = ALIKE[kind]
    [problem] = search("a.txt", text.encode(), (Secret(written, AT),))
    assert (problem.severity, problem.hint[:29]) == ("warning", "in another script or spelling")


@pytest.mark.parametrize("kind", OTHERS)
def test_other_words_are_others(kind: str) -> None:
    written, text = OTHERS[kind]
    assert search("a.txt", text.encode(), (Secret(written, AT),)) == []


def test_a_family_name_is_found_in_any_form_as_a_word_of_its_own() -> None:
    family = (Secret("Ångström", AT, certain=False),)
    for text in ("an ANGSTROM b", "Ang\u00ad\nstrom", "Энгстрём, Ангстром"):
        [problem] = search("a.txt", text.encode(), family)
        assert problem.severity == "warning"
    assert search("a.txt", b"the angstroms", family) == []


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("Haas", "The town has waited."), ("Maat", "on the mat"), ("Paar", "at par"),
        ("Moen", "im Mon."), ("Waas", "it was"), ("Loew", "a low house"), ("Baer", "in a bar"),
        ("Maas", "mas o menos")
    ],
)  # fmt: skip
def test_a_family_name_is_no_word_that_has_a_letter_less(family: str, text: str) -> None:
    for certain in (True, False):
        assert search("a.txt", text.encode(), (Secret(family, AT, certain=certain),)) == []


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("Mueller", "Frau Müller"),
        ("Moen", "by Møn? Møen, Mön"),
        ("Haas", "von Hås"),
        ("Baer", "BÄR"),
    ],
)
def test_a_family_name_is_found_with_the_marks_for_which_it_has_letters(
    family: str, text: str
) -> None:
    [problem] = search("a.txt", text.encode(), (Secret(family, AT, certain=False),))
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    "text", ["Re_Strand.eml", "strand2.eml", "2Strand", "_STRAND_", "a.strand"]
)
def test_a_family_name_is_found_beside_lines_and_digits(text: str) -> None:
    assert search("a.txt", text.encode(), (Secret("Strand", AT, certain=False),))
    assert not search(
        "a.txt", b"strands, ReStranded, astrand", (Secret("Strand", AT, certain=False),)
    )


@pytest.mark.parametrize("certain", [True, False])
def test_what_one_text_holds_is_among_many(certain: bool) -> None:
    texts = ["Vexlerin-", "a-", " b", "Bo", "Li-", "x", "0", "+354 555-", "1234", "Юлия", "Мюллер"]
    every = ("Vexlerin", "Bo Li", "Li", "Юлия", "Müller", "Mueller", "Yulia", "+354 555", "Bo")
    known = tuple(Secret(text, AT, certain=certain) for text in every)
    for order in (texts, texts[::-1]):
        among = set(held_among(order, known))
        assert among >= {one for text in order for one in held_in(text, known)}
        assert known[0] in among


def test_what_is_folded_twice_is_the_same() -> None:
    for text, _ in (*SAME.values(), *ALIKE.values()):
        once = Folded.of(text)
        assert Folded.of(once.text).packed == once.packed
        assert needle(text, anywhere=True).is_in(Folded.of(text))


def test_the_name_of_a_file_is_not_repeated(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").write_text("nothing", encoding="utf-8")
    (out / "Quazimo Vexlerin.txt").write_text("Quazimo Vexlerin", encoding="utf-8")
    found = search_folder(out, (Secret("Quazimo Vexlerin", AT),), tmp_path)
    assert found
    assert all("exlerin" not in str(problem) for problem in found)
    assert "file 1 of 2, or its name, holds what is protected" in str(found[0])
