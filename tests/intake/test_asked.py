"""A question whether somebody may be named is known in any words, and is never taken for a name."""

from __future__ import annotations

import pytest

from letters.intake import answers, known_recipes
from letters.intake.columns import Guess, guess
from letters.intake.mapping import guessed
from letters.intake.order import Order
from letters.intake.row import ListTable, Row
from letters.intake.vcard import parse

from .taken import NOWHERE, one, value

STRAIGHT = """\
Darf Ihr Name veröffentlicht werden?
Darf Ihr Name öffentlich genannt werden?
Einverstanden mit der Veröffentlichung meines Namens
Sind Sie mit der Nennung Ihres Namens einverstanden?
Name öffentlich?
Votre nom peut-il être publié ?
J’autorise la publication de mon nom
Acceptez-vous que votre nom soit publié ?
¿Se puede publicar tu nombre?
Autorizo la publicación de mi nombre
Можно ли публиковать ваше имя?
Согласны ли вы на публикацию имени?
Чи згодні ви на оприлюднення вашого імені?
هل توافق على نشر اسمك؟
آیا نام شما منتشر شود؟
האם ניתן לפרסם את שמך?
Mag uw naam gepubliceerd worden?
May your name appear on the letter?
Is it OK if your name is visible?
Consent to be named
Permission to publish
Sign publicly?
Public?""".splitlines()
TURNED = """\
Do you object to your name being published?
Do you mind if your name is shown?
Haben Sie etwas dagegen, dass Ihr Name veröffentlicht wird?
Vous opposez-vous à la publication de votre nom ?
¿Se opone a la publicación de su nombre?
Возражаете ли вы против публикации имени?
Чи ви проти публікації імені?
withheld
hide_name
Name verbergen
Masquer le nom
Ocultar nombre
Скрыть имя
Приховати ім’я
Private""".splitlines()
NAMES = {"one": ("Name",), "two": ("Vorname", "Nachname"), "Russian": ("Имя",)}
SAID = ("Ja", "no", "да", "Yes, gladly")


@pytest.mark.parametrize("columns", NAMES)
@pytest.mark.parametrize("question", STRAIGHT)
def test_it_is_known_in_any_words(question: str, columns: str) -> None:
    fields = asked(question, NAMES[columns]).fields
    assert fields[question] == "visibility"
    named = [field for field in fields.values() if field.startswith("name")]
    assert named == (["name.given", "name.family"] if columns == "two" else ["name"])


@pytest.mark.parametrize("question", TURNED)
def test_what_may_be_meant_the_other_way_round_is_asked_for(question: str) -> None:
    found = asked(question, ("Name",))
    assert found.fields[question] == "unclear"
    assert any(question in said for said in found.remarks)


def test_of_several_questions_those_about_names_count_and_the_others_are_told() -> None:
    about = ("Publish your employer?", "Publish your name in print?", "Show your name on the web?")
    found = guess("signatories", ("Name", *about), rows(("Name", *about)))
    assert [found.fields[one] for one in about] == ["ignore", "visibility", "visibility"]
    [said] = found.remarks
    assert "“Publish your employer?” seems to ask whether something may be told" in said


@pytest.mark.parametrize(
    "question",
    ["Is this your real name?", "Are you employed at a university?", "Do you have a job?"],
)
def test_what_is_answered_by_yes_and_no_is_never_printed(question: str) -> None:
    found = asked(question, ("First name", "Last name"))
    assert found.fields[question] == "ignore"
    assert any(question in said for said in found.remarks)


def test_words_that_only_sound_so_are_no_question() -> None:
    columns = ("Name", "Published works", "Public office")
    sample = [Row(2, dict(zip(columns, ("Ada Birch", "Two novels", "Mayor"), strict=True)))]
    assert "visibility" not in guess("signatories", columns, sample).fields.values()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How would you like to appear?", ("With my full name", "Initials", "Without my name")),
        ("Wie soll Ihr Name erscheinen?", ("Ada B.", "anonym")),
        ("How should we list you?", ("Ada Birch", "Anonymous", "Bo", "Cy")),
        ("Privacy", ("public", "private")),  # the answers tell it
        ("Status", ("Only my name", "anonymous", "yes")),
    ],
)
def test_answers_that_are_no_leave_make_it_a_question(question: str, said: tuple[str, ...]) -> None:
    columns = ("Name", question)
    sample = [Row(at, {"Name": f"Ada{at}", question: one}) for at, one in enumerate(said, 2)]
    assert guess("signatories", columns, sample).fields[question] == "visibility"


@pytest.mark.parametrize("name", ["Ada Birch (anonymous)", "Ada Birch – do not publish",
    "Ada Birch [withheld]", "Ada Birch, please keep private", "Юлия Щукина (анонимно)",
    "Ada Birch (only my role)", "Anna Groß / anonym"])  # fmt: skip
def test_who_asks_it_beside_the_name_is_withheld(name: str) -> None:
    made = one("signatories", {"name": name})
    assert value(made, "visibility") == "withheld"
    assert any("seems to ask that it is not printed" in remark.message for remark in made.remarks)
    assert "visibility" not in one("signatories", {"name": "Dee Secret (writer)"}).values


def test_a_note_that_may_ask_it_is_shown() -> None:
    for note, told in (("Please keep this confidential.", True), ("I am not sure", False)):
        made = one("signatories", {"name": "Ada Birch", "note": note})
        assert any("may ask" in remark.message for remark in made.remarks) is told
    hidden = one("signatories", {"name": "Ada Birch", "note": "anonymous", "visibility": "no"})
    assert not hidden.remarks


def test_a_mailbox_that_is_not_published_is_no_question() -> None:
    columns = ("Timestamp", "Your name", "E-mail address (will not be published)")
    by = known_recipes.load("google-forms", NOWHERE)
    sample = [Row(2, dict(zip(columns, ("2026-01-14", "Ada", "a@example.org"), strict=True)))]
    table = ListTable(columns, iter(sample))
    found, _ = guessed(Order(NOWHERE, "signatories", NOWHERE), table, by, sample)
    fields = {column: found.fields[column] for column in columns}
    assert [*fields.values()] == ["signed_on", "name", "email"]


@pytest.mark.parametrize(
    ("marks", "meant"), [("✓✔☑✅", "public"), ("✗✘❌☐", "withheld"), ("☒•", "")]
)
def test_marks_are_answers_where_they_have_one_meaning(marks: str, meant: str) -> None:
    for mark in marks:
        assert answers.meaning(mark, {}) == (meant or "withheld", bool(meant))


@pytest.mark.parametrize("answer", ["public?", "Yes??", "¿sí?", "да？", "نعم؟"])
def test_whoever_is_in_doubt_has_not_said_yes(answer: str) -> None:
    assert answers.meaning(answer, {}) == ("withheld", False)
    assert [*answers.mapping([answer]).values()] == ["withheld"]
    settled = {answer.strip("¿?？؟").lower(): "public"}
    assert answers.meaning(answer, settled) == ("public", True)  # type: ignore[arg-type]


def test_a_private_card_says_so() -> None:
    cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Birch\nCLASS:{}\nEND:VCARD\n"
    for said in ("PRIVATE", "CONFIDENTIAL"):
        [cells] = parse(cards.format(said), "a.vcf")
        assert answers.meaning(cells["CLASS"], {}) == ("withheld", True)


def asked(question: str, names: tuple[str, ...]) -> Guess:
    return guess("signatories", (*names, question), rows((*names, question)))


def rows(columns: tuple[str, ...]) -> list[Row]:
    """People, each with a word of their own under a name, and an answer under all others."""
    names = {name for group in NAMES.values() for name in group} | {"First name", "Last name"}
    return [
        Row(at, {column: f"Ada{at}" if column in names else said for column in columns})
        for at, said in enumerate(SAID, 2)
    ]
