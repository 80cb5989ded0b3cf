"""Recipes of a campaign's own, and everything that can be wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.intake import known_recipes
from letters.intake.fields import Settings, entry
from letters.intake.known_recipes import NoRecipeError
from letters.intake.row import Row
from letters.problem import CampaignError

from .taken import taken, value


def own(root: Path, text: str, name: str = "ours") -> str:
    (root / "recipes").mkdir(exist_ok=True)
    (root / "recipes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return name


WRONG = [
    ("columns: {Name: nmae}", "recipes/ours.yaml:1:17: columns.Name – is no field of", "“name”"),
    ("for: recipients\ncolumns: {A: visibility}", "2:14", "is no field of recipients"),
    ("colums: {A: name}", "1:1: colums – is not a known key", "“columns”"),
    ("columns: {/(/: name}", "1:11: columns.… – is not a valid pattern", ""),
    ("columns: {/(a+)+$/: name}", "1:11", "repeats what repeats already"),
    ("recognise: [a, '/[/']", "1:16: recognise[1] – is not a valid pattern", ""),
    ("constants: {fom: us-senator}", "1:13: constants.fom – is no field", "“form”"),
    ("choose:\n  form:\n    by: a\n    values: {'/x/': \\2}", "4:14", "has no group 2"),
    ("choose:\n  form:\n    values: {a: b}", "by – is missing", ""),
    ("choose: {frm: {by: a}}", "1:10: choose.frm – is no field", "“form”"),
    ("compose: {ofice: x}", "1:11: compose.ofice – is no field", "“office”"),
    ("answers: {Ja: maybe}", "1:15: answers.Ja – must be public, name-only", "withheld"),
    ("zone: Mars/Olympus", "1:7: zone – must be a time zone", "America/Toronto"),
    ("order: dym", "1:8: order – must be ymd, dmy or mdy", ""),
    ("country: Canada", "1:10: country – must be a country code", ""),
    ("for: everybody", "1:6", "must be signatories or recipients"),
    ("title: [", "recipes/ours.yaml:2:1", "is not valid YAML"),
    ("", "recipes/ours.yaml:1:1", "is empty"),
    ("- a", "recipes/ours.yaml:1:1", "group of “key: value” lines"),
]


@pytest.mark.parametrize(("text", "place", "words"), WRONG, ids=[w[0][:20] for w in WRONG])
def test_what_is_wrong_is_said_with_its_place(
    text: str, place: str, words: str, tmp_path: Path
) -> None:
    name = own(tmp_path, text)
    with pytest.raises(CampaignError) as caught:
        known_recipes.load(name, tmp_path)
    assert place in str(caught.value)
    assert words in str(caught.value)
    # Whoever doesn't name it isn't stopped by it, and hears that it is passed over.
    found, remarks = known_recipes.recognise(["A"], tmp_path)
    assert found is None
    hint = "to hear of them, say --recipe ours"
    assert remarks == (f"the recipe ours has mistakes and is not asked: {hint}",)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    own(tmp_path, "zone: X\ncolumns: {A: nam, /(/: name}\norder: x\n")
    with pytest.raises(CampaignError) as caught:
        known_recipes.load("ours", tmp_path)
    assert len(caught.value.problems) == 4


def test_a_recipe_that_does_not_exist_names_one_that_does(tmp_path: Path) -> None:
    for name, hint in (("googel-forms", "google-forms"), ("../x", ""), ("", "")):
        with pytest.raises(NoRecipeError) as caught:
            known_recipes.load(name, tmp_path)
        assert hint in caught.value.hint
    own(tmp_path, "like: nobody")
    with pytest.raises(NoRecipeError, match="nobody"):
        known_recipes.load("ours", tmp_path)


def test_recipes_that_are_like_each_other_end_somewhere(tmp_path: Path) -> None:
    own(tmp_path, "like: theirs")
    own(tmp_path, "like: ours", "theirs")
    with pytest.raises(NoRecipeError):
        known_recipes.load("ours", tmp_path)


def test_ones_own_comes_first_and_says_only_what_differs(tmp_path: Path) -> None:
    own(tmp_path, "like: google-forms\ncolumns: {Which one are you: role}", "google-forms")
    columns = ["Timestamp", "Your name", "Which one are you"]
    found, remarks = known_recipes.recognise(columns, tmp_path)
    assert found is not None
    assert remarks == ()
    assert found.fields(columns, "signatories") == {
        "Which one are you": "role",
        "Timestamp": "signed_on",
        "Your name": "name",
    }
    assert "google-forms" in known_recipes.known(tmp_path)


def test_a_link_out_of_the_campaign_is_no_recipe(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("title: x")
    root = tmp_path / "campaign"
    (root / "recipes").mkdir(parents=True)
    (root / "recipes" / "ours.yaml").symlink_to(outside)
    with pytest.raises(CampaignError, match="link that leads out"):
        known_recipes.load("ours", root)


def test_the_first_choice_that_says_something_decides(tmp_path: Path) -> None:
    own(
        tmp_path,
        "columns: {Name: name}\n"
        "choose:\n"
        "  role:\n"
        "    - {by: Kind, values: {none: ''}}\n"
        "    - {by: Job, values: {'/^the (.+)$/': \\1}, otherwise: another}\n"
        "  affiliation: {by: Job, values: {Writer: Press}}\n",
    )
    by = known_recipes.load("ours", tmp_path)
    cells = [
        {"Name": "Ada", "Kind": "None", "Job": "the baker"},
        {"Name": "Bo", "Kind": "x", "Job": "the  baker"},
        {"Name": "Cy", "Kind": "", "Job": "WRITER."},
        {"Name": "Di", "Kind": "", "Job": ""},
    ]
    rows = [by.complete(Row(n, each)) for n, each in enumerate(cells)]
    found = taken("signatories", rows, by)
    assert [value(e, "role") for e in found] == [None, "baker", "another", None]
    assert [value(e, "affiliation") for e in found] == [None, None, "Press", None]


def test_a_question_the_other_way_round_keeps_all_withheld(tmp_path: Path) -> None:
    by = known_recipes.load("google-forms", tmp_path)
    for question in (
        "Should we keep your name private?",
        "Do you want your name not to be published?",
        "Möchten Sie, dass Ihr Name nicht veröffentlicht wird?",
        "Souhaitez-vous que votre nom ne soit pas publié ?",
    ):
        cells = {"Timestamp": "2026-01-14 10:00", "Your name": "Ada", question: "Yes"}
        rows = [by.complete(Row(2, cells)), by.complete(Row(3, {**cells, question: "No"}))]
        found = taken("signatories", rows, by)
        assert [value(each, "visibility") for each in found] == ["withheld", "withheld"]
        assert all("nobody can tell" in each.remarks[-1].message for each in found)
        # Whoever says what the answers mean is believed.
        fields = by.fields(tuple(rows[0].cells), "signatories") | {question: "visibility"}
        settled = Settings(answers={"yes": "withheld", "no": "public"})
        made = [entry("signatories", row, fields, settled) for row in rows]
        assert [value(each, "visibility") for each in made] == ["withheld", None]
    plain = {"Timestamp": "2026-01-14 10:00", "Your name": "Ada"}
    [shown] = taken("signatories", [by.complete(Row(2, plain))], by)
    assert "visibility" not in shown.values


def test_a_question_of_yes_or_no_is_no_name_and_no_affiliation(tmp_path: Path) -> None:
    by = known_recipes.load("google-forms", tmp_path)
    questions = ["Do you sign for an organisation?", "May we e-mail you?", "Is your role public?"]
    assert by.fields(questions, "signatories") == {}
    said = {
        "Your full name": "name",
        "E-Mail-Adresse": "email",
        "Contact email address": "email",
        "Organisation (for identification)": "affiliation",
        "Name of your organization": "affiliation",
        "What is your role?": "role",
        "Prénom": "name.given",
        "Nom de famille": "name.family",
        "Votre nom": "name",
        "Електронна пошта": "email",
        "Ваше ім’я": "name",
        "City or town": "place",
        "Any comments?": "note",
    }
    assert by.fields([*said], "signatories") == said
