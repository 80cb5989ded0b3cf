"""A letter in each language says the same in every format, as that language writes it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import reading
import reading_pdf
from pypdf import PdfReader
from reading import LAST
from reading_docx import docx as read_docx
from shared import made_once

from languages import proofs
from letters.campaign.load import load
from letters.digests import TextDigest
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.language import known
from letters.draft.signatures import Signed
from letters.press import docx, fonts, html, pdf, text
from letters.press.glyphs import missing
from letters.press.themes import load_theme

TAGS = ("ar", "de", "es", "fa", "he", "ru", "uk")
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")

# What each language must print, in the order of the letter: date line, salutation, the two authors,
# the figure, the quotation, the ask, the deadline, the close, the labels, the count, the source.
EXPECTED = {
    "de": (
        "Kiel, den 1. September 2025",
        "24105 Kiel",
        "Sehr geehrte Frau Vogelsang, diesen Brief schreiben Jörg Süßmilch und Ülkü Öztürk.",
        "Am Anfang steht unser Dank.",
        "§ 5",
        "1.234 Fahrgäste",
        "„Ein See ist keine Grenze, solange jemand übersetzt.“",
        "Deshalb bitten wir die Landesregierung: 1 die Fähre",
        "Für eine Antwort bis zum 1. Oktober 2025 wären wir Ihnen dankbar.",
        "Mit freundlichen Grüßen",
        "Organisationen Ruderverein Ostufer",
        "Einzelpersonen Ansgar Thiel Universität Sirnstadt*",
        "2 weitere Unterschriften ohne Nennung der Namen.",
        "Unterzeichnet von 1 Organisation und 5 Personen (Stand: 2. September 2025).",
        "Anlagen Liste der Haltestellen",
        "Verteiler Amt für Wasserwege",
        "Bericht über die Fähre, Lake Watch (Example Press), 1. August 2025,",
        "abgerufen am 31. August 2025.",
    ),
    "uk": (
        "Львів, 1 вересня 2025 р.",
        "Шановна пані Дзвінка!",
        "Цього листа пишемо ми: Їжак Щербаченко і Єва Юрчишин.",
        "наказ № 5",
        "1 234 — стільки пасажирів",
        "«Озеро — не кордон, доки хтось перевозить.»",
        "Тому ми просимо обласну адміністрацію: 1 дозволити",
        "якщо до 1 жовтня 2025 р. отримаємо Вашу відповідь.",
        "З повагою",
        "Організації Веслярський клуб «Схід»",
        "Приватні особи Ярина Ґудзь Сирнівський університет*",
        "Ще 2 підписи без зазначення імені.",
        "Підписали станом на 2 вересня 2025 р.: 1 організація і 5 осіб.",
        "Додатки Перелік зупинок",
        "Копії Управління водних шляхів",
        "дата звернення: 31 серпня 2025 р.",
    ),
    "ru": (
        "Рига, 1 сентября 2025 г.",
        "Уважаемая госпожа Звонкова!",
        "Это письмо пишем мы: Щавель Подъячев и Юлия Эйхе.",
        "1 234 — столько пассажиров",
        "«Озеро — не граница, пока кто-то перевозит.»",
        "Поэтому мы просим областную администрацию: 1 разрешить",
        "если до 1 октября 2025 г. получим Ваш ответ.",
        "С уважением,",
        "Организации Гребной клуб «Восток»",
        "Частные лица Фёдор Цой",
        "Ещё 2 подписи без указания имени.",
        "Подписали по состоянию на 2 сентября 2025 г.: 1 организация и 5 человек.",
        "Приложения Список остановок",
        "Копии Управление водных путей",
        "дата обращения: 31 августа 2025 г.",
    ),
    "es": (
        "Sevilla, 1 de septiembre de 2025",
        "Estimada señora Muñiz Ávila:",
        "Esta carta la escribimos Ramón Ibáñez Peña e Inés Güell i Roig.",
        "1234 personas contó",
        "¿cuántas más esperarán?",
        "«Un lago no es frontera mientras alguien lo cruce.»",
        "Por todo ello pedimos al Gobierno autonómico: 1 que",
        "a más tardar el 1 de octubre de 2025.",
        "Atentamente,",
        "Organizaciones Club de Remo",
        "A título personal Íñigo Ñáñez",
        "2 firmas más, sin publicación de los nombres.",
        "Firmas recibidas hasta el 2 de septiembre de 2025: 1 organización y 5 personas.",
        "Anexos Lista de paradas",
        "Con copia a Oficina de Vías Navegables",
        "consultado el 31 de agosto de 2025.",
    ),
    "fa": (
        "تهران، ۱ سپتامبر ۲۰۲۵",
        "سرکار خانم آب‌رود،",
        "ما، علی‌رضا می‌رزاده و Emma O’Neill، این نامه را می‌نویسیم.",
        "۱٬۲۳۴ مسافر",
        "«تا کسی از این سو به آن سو می‌برد، دریاچه مرز نیست.»",
        "از این رو از استانداری درخواست می‌کنیم: ۱ قایق",
        "اگر تا ۱ اکتبر ۲۰۲۵ پاسخ دهید.",
        "با احترام،",
        "سازمان‌ها باشگاه قایقرانی کرانهٔ شرقی ژاله گلی، رئیس",
        "اشخاص پگاه چراغی‌نژاد",
        "۲ امضای دیگر بدون ذکر نام.",
        "امضاها تا ۲ سپتامبر ۲۰۲۵: ۱ سازمان و ۵ نفر.",
        "پیوست‌ها فهرست ایستگاه‌ها",
        "رونوشت به ادارهٔ راه‌های آبی",
        "گزارش قایق دریاچه، Lake Watch (Example Press)، ۱ اوت ۲۰۲۵، https://example.org/report?year=2025،",
        "تاریخ دسترسی: ۳۱ اوت ۲۰۲۵.",
    ),
    "ar": (
        "تونس، 1 سبتمبر 2025",
        "السيدة النهر المحترمة،",
        "نحن سامي بن عرفة وEmma O’Neill نكتب إليكم هذه الرسالة.",
        "1,234 راكبًا",
        "«ليست البحيرة حدودًا ما دام هناك من يعبر بالناس.»",
        "ولذلك نطلب من حكومة الإقليم: 1 أن",
        "في موعد أقصاه 1 أكتوبر 2025.",
        "وتفضلوا بقبول فائق الاحترام والتقدير،",
        "المنظمات نادي التجديف في الضفة الشرقية هدى الأمين، رئيسة النادي",
        "الأفراد ليلى الحدّاد",
        "توقيعان آخران من دون ذكر الاسم.",
        "التوقيعات حتى 2 سبتمبر 2025: منظمة واحدة و5 أشخاص.",
        "المرفقات قائمة المحطات",
        "نسخة إلى إدارة الممرات المائية",
        "تاريخ الاطلاع: 31 أغسطس 2025.",
    ),
    "he": (
        "חיפה, 1 בספטמבר 2025",
        "גב׳ נחל הנכבדה,",
        "שמותינו הם יוסי בן־חוף ו־Emma O’Neill.",
        "1,234 נוסעים",
        "”אגם אינו גבול כל עוד יש מי שמעביר.”",
        "לפיכך נבקש מממשלת המחוז: 1 להפעיל",
        "עד 1 באוקטובר 2025.",
        "בכבוד רב,",
        "ארגונים מועדון החתירה של הגדה המזרחית רות אלון, יושבת ראש",
        "חתימות אישיות תמר שחף",
        "שתי חתימות נוספות ללא פרסום השמות.",
        "חתימות נכון ליום 2 בספטמבר 2025: ארגון אחד ו־5 אנשים.",
        "נספחים רשימת התחנות",
        "העתקים אגף נתיבי המים",
        "נדלה ביום 31 באוגוסט 2025.",
    ),
}
PAGE_LABELS = {
    "ar": "صفحة {page} من {pages}",
    "de": "Seite {page} von {pages}",
    "es": "Página {page} de {pages}",
    "fa": "صفحهٔ {page} از {pages}",
    "he": "עמוד {page} מתוך {pages}",
    "ru": "Страница {page} из {pages}",
    "uk": "Сторінка {page} з {pages}",
}


def letter_of(folder: Path) -> d.Letter:
    """The proof in that folder as if everybody had signed it the day after its date."""
    campaign, problems = load(folder)
    assert campaign is not None
    assert problems == []
    assert campaign.letter.languages == (folder.name,)
    states = {signatory.id: "signed" for signatory in campaign.signatories}
    signed = Signed(
        states, campaign.letter.date.replace(day=2), draft=False, digest=TextDigest("0" * 64)
    )
    letter = Edition(campaign, folder.name, "recipient").letter(0, signed, _no_picture)
    assert missing(letter, load_theme(campaign), campaign, 0) == ()
    return letter


def _no_picture(path: str, alt: str) -> d.Image:
    raise AssertionError("no proof has a picture")


def make(folder: Path) -> None:
    """Every proof in every format, and the .docx as LibreOffice prints it."""
    for proof in proofs():
        campaign, _ = load(proof)
        assert campaign is not None
        letter, theme, target = letter_of(proof), load_theme(campaign), str(folder / proof.name)
        printed = pdf.write(letter, theme)
        assert printed.remarks == ()
        Path(f"{target}.pdf").write_bytes(printed.data)
        Path(f"{target}.docx").write_bytes(docx.write(letter, theme))
        Path(f"{target}.html").write_bytes(html.write(letter, theme))
        Path(f"{target}.txt").write_bytes(text.write(letter))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", "office"]
    files = sorted(file.name for file in folder.glob("*.docx"))
    subprocess.run([*office, *files], cwd=folder, check=True, capture_output=True, timeout=200)
    shutil.rmtree(folder / "profile")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "languages", make)


def page(made: Path, tag: str) -> reading.Reading:
    return reading.html((made / f"{tag}.html").read_bytes())


def test_every_language_but_those_of_the_model_letter_is_proved() -> None:
    assert tuple(folder.name for folder in proofs()) == TAGS
    assert {*TAGS, "en", "fr"} == set(known())


@pytest.mark.parametrize("tag", TAGS)
def test_it_says_what_the_language_writes(made: Path, tag: str) -> None:
    said = page(made, tag).body
    at = 0
    for words in EXPECTED[tag]:
        found = said.find(words) if words.endswith(("р.", "г.")) else said.find(words, at)
        assert found >= 0, f"{words} is not in: {said[at:]}"
        at = found


@pytest.mark.parametrize("tag", TAGS)
def test_word_and_other_programs_read_the_same(made: Path, tag: str) -> None:
    data, web = (made / f"{tag}.docx").read_bytes(), page(made, tag)
    word, other = read_docx(data), read_docx(data, in_word=False)
    digits = _counted_by_word(tag)
    assert word.body.translate(digits) == web.body.translate(digits)
    assert LAST in word.foot
    assert other.body.translate(digits) == word.body.translate(digits)
    assert replace(other, body="") == replace(word, body="")
    assert word.foot.endswith(PAGE_LABELS[tag])


@pytest.mark.parametrize("tag", TAGS)
def test_plain_text_reads_the_same(made: Path, tag: str) -> None:
    web = page(made, tag)
    written = (made / f"{tag}.txt").read_bytes().decode().translate(_counted_by_word(tag))
    body = web.body.translate(_counted_by_word(tag))
    assert reading.text(written.encode(), "", web.foot.translate(_counted_by_word(tag))) == body


@pytest.mark.parametrize("tag", TAGS)
def test_the_pdf_reads_the_same_aloud(made: Path, tag: str) -> None:
    body = page(made, tag).body
    pieces = list(reading_pdf.read((made / f"{tag}.pdf").read_bytes()).tree.pieces())
    if tag not in ("ar", "fa", "he"):
        assert reading.joined(pieces, body) == body
    # Lines from right to left are drawn from left to right, and each reader turns them back.
    assert _letters("".join(pieces)) == _letters(body)


@pytest.mark.parametrize("tag", TAGS)
def test_libreoffice_takes_as_many_pages(made: Path, tag: str) -> None:
    ours, theirs = (
        len(PdfReader(file).pages) for file in (made / f"{tag}.pdf", made / "office" / f"{tag}.pdf")
    )
    assert ours == theirs == 2


@pytest.mark.parametrize("tag", TAGS)
def test_only_fonts_that_were_named_are_used_and_all_are_embedded(made: Path, tag: str) -> None:
    for file in (made / f"{tag}.pdf", made / "office" / f"{tag}.pdf"):
        listed = subprocess.run(["pdffonts", file], check=True, capture_output=True).stdout.decode()
        rows = [line for line in listed.splitlines()[2:] if line]
        assert rows
        assert all(re.search(r" yes (yes|no) +(yes|no) +\d+ +0$", row) for row in rows)
        names = {re.sub(r"^[A-Z]{6}\+", "", row.split()[0]).replace("-", "") for row in rows}
        families = {re.sub("(Bold|Italic|Regular|Slanted)+$", "", name) for name in names}
        wanted = {"LiberationSerif", "Carlito"}
        wanted |= {"Amiri"} if tag in ("ar", "fa") else set()
        wanted |= {"LiberationSans"} if tag == "he" else set()
        assert families <= wanted, families


@pytest.mark.parametrize("tag", TAGS)
def test_both_say_which_way_the_letter_runs(made: Path, tag: str) -> None:
    rtl = tag in ("ar", "fa", "he")
    markup = (made / f"{tag}.html").read_text(encoding="utf-8")
    assert f'<html lang="{tag}" dir="{"rtl" if rtl else "ltr"}">' in markup
    reader = PdfReader(made / f"{tag}.pdf")
    assert str(reader.root_object["/Lang"]) == tag
    # The number of an ask stands on the side on which lines begin.
    mark = "2" if tag != "fa" else "۲"
    command = ["pdftotext", "-bbox", "-l", "1", str(made / f"{tag}.pdf"), "-"]
    drawn = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    spots = [float(x) for x in re.findall(f'<word xMin="([0-9.]+)"[^>]*>{mark}</word>', drawn)]
    width = float(reader.pages[0].mediabox.width)
    assert (max(spots) > width * 0.75) if rtl else (min(spots) < width * 0.25)


@pytest.mark.parametrize("tag", ["ar", "fa", "he"])
def test_latin_words_and_addresses_keep_their_own_direction(made: Path, tag: str) -> None:
    markup = (made / f"{tag}.html").read_text(encoding="utf-8")
    assert '<bdi dir="ltr">Lake Watch (Example Press)</bdi>' in markup
    assert '<bdi dir="ltr"><a href="https://example.org/report?year=2025">' in markup
    assert '<bdi dir="ltr">Emma O’Neill</bdi>' in markup
    drawn = subprocess.run(
        ["pdftotext", "-raw", made / f"{tag}.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    assert "Emma O’Neill" in drawn
    assert "Lake Watch (Example Press)" in drawn
    assert "Regulation 5 (Lake Act)" in drawn


def test_all_numbers_of_a_persian_letter_have_persian_digits() -> None:
    folder = next(folder for folder in proofs() if folder.name == "fa")
    shown = text.write(letter_of(folder)).decode()
    latin = "Regulation 5|https://example.org/report\\?year=2025|11367-14935|0{16}"
    assert re.findall("[0-9]", re.sub(latin, "", shown)) == []


def test_joiners_in_names_reach_every_format(made: Path) -> None:
    assert "علی\u200cرضا می\u200cرزاده" in page(made, "fa").body
    assert "علی\u200cرضا می\u200cرزاده" in read_docx((made / "fa.docx").read_bytes()).body


@pytest.mark.parametrize("tag", TAGS)
def test_no_font_is_chosen_by_chance(tag: str) -> None:
    folder = next(folder for folder in proofs() if folder.name == tag)
    names = {script.name for script in fonts.scripts(letter_of(folder))}
    assert names == {"ar": {"Arabic"}, "fa": {"Arabic"}, "he": {"Hebrew"}}.get(tag, set())


def _letters(said: str) -> Counter[str]:
    """How often each character occurs; joiners are not drawn, and brackets may be turned."""
    drawn = re.sub("[\\s\u200c]", "", said).translate(str.maketrans("«()»", "»)(«"))
    return Counter(drawn) + Counter(re.sub("[\\s\u200c]", "", said))


def _counted_by_word(tag: str) -> dict[int, int]:
    """Word counts by itself, in the digits of whoever reads: all digits are compared as one set."""
    return DIGITS if tag == "fa" else {}
