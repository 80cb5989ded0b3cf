"""A campaign brings a language of its own, in one file that is checked like a form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from campaign.json_schema import as_an_editor_reads, mistakes
from conftest import loaded
from drafting import text_of
from own_language import EL

from letters.campaign.load import load
from letters.draft.language import language, language_of

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

FILE = "languages/el.yaml"


def greek(campaign: CampaignFolder, words: str = EL) -> None:
    for file in ("letter.yaml", "signatories.yaml", "recipients.yaml"):
        campaign.write(file, campaign.read(file).replace("fr: ", "el: "))
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en, el]")
    campaign.edit(
        "recipients.yaml",
        "  name: Sam Taylor",
        "  name: {display: {el: Σαμ Βλάχος}, given: Σαμ, family: Βλάχος}\n  gender: m",
    )
    body = campaign.read("templates/note/letter.fr.md")
    campaign.write("templates/note/letter.el.md", f'{body}\n\nΜια "λέξη".\n')
    if words:
        campaign.write(FILE, words)


def problems(campaign: CampaignFolder) -> list[str]:
    return [str(problem) for problem in load(campaign.path)[1]]


def test_a_letter_is_set_in_it(campaign: CampaignFolder, run: Letters) -> None:
    before = text_of(loaded(campaign)).digest
    campaign.write(FILE, EL)
    assert text_of(loaded(campaign)).digest == before  # it is there, and not yet used
    greek(campaign)
    assert problems(campaign) == []
    done = run("check")
    assert done.status == 0, done.stderr
    for who in ("okafor", "lindqvist"):
        run("sign", "record", who, "--note", "by telephone")
    assert run("render", "--lang", "el", "--format", "txt,pdf,docx,html").status == 0
    text = campaign.read("out/minister.el.txt")
    for words in (
        "3 Σεπτεμβρίου 2025",
        "Αξιότιμε κύριε Βλάχος,",
        "Με εκτίμηση,",
        "«λέξη»",
        "Συνημμένα",
        "Υπογραφές έως",
        "2 πρόσωπα",
        "Έκδοση κειμένου",
    ):
        assert words in text.replace("\u00a0", " "), words
    assert 'lang="el"' in campaign.read("out/minister.el.html")
    made = json.loads(campaign.read("out/manifest.json"))["files"]
    campaign.edit(FILE, 'close: "Με εκτίμηση,"', 'close: "Με τιμή,"')
    states = json.loads(run("status", "--json").stdout)["recipients"]
    assert {file["language"] for file in made} == {"el"}
    assert states[1]["state"] == "pending"  # the English letter was never made
    assert run("render", "--lang", "el", "--format", "txt").status == 0
    assert "Με τιμή," in campaign.read("out/minister.el.txt")
    assert run("print").status != 4
    assert run("status", "--html", str(campaign.path / "page.html")).status == 0


def test_an_unknown_language_says_how_to_add_one(campaign: CampaignFolder, run: Letters) -> None:
    greek(campaign, "")
    done = run("check")
    assert done.status == 1
    assert done.stderr.startswith(
        "letter.yaml:3:17: languages[1] – letters doesn’t know the language “el” yet (known: ar, "
        "de, en, es, fa, fr, he, ru, uk; to add it, write languages/el.yaml: docs/languages.md "
        "shows how)"
    )


def test_a_region_has_only_what_differs(campaign: CampaignFolder) -> None:
    campaign.write("languages/el.yaml", EL)
    campaign.write("languages/el-CY.yaml", "labels: {draft: ΠΡΟΣΧΕΔΙΟ}\n")
    campaign.write(
        "languages/en.yaml", 'labels: {copies: "cc"}\nanybody: {close: "Respectfully,"}\n'
    )
    assert problems(campaign) == []
    found = loaded(campaign)
    assert language_of(found, "el-CY").label("draft") == "ΠΡΟΣΧΕΔΙΟ"
    assert language_of(found, "el-CY").label("copies") == "Κοινοποίηση"
    assert language_of(found, "en").label("copies") == "cc"
    assert language_of(found, "en").label("draft") == language("en").label("draft")
    assert language_of(found, "fr") is language("fr")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quotes:", "qoutes:", "languages/el.yaml:3:1: qoutes – is not a known key (did you mean “quotes”?)"),
        ('quotes: ["«", "»", "“", "”"]\n', "", "languages/el.yaml:2:1: lacks “quotes”, which a new language needs (docs/languages.md shows a whole file)"),
        ('"“", "”"]', '"“"]', "languages/el.yaml:3:9: quotes – must be four marks: those that open and close a quotation, and those within one"),
        ("locale: el", "locale: xx", "languages/el.yaml:2:9: locale – Babel knows no dates of this language (write “locale:” with one that it knows, such as el)"),
        ("Σελίδα {page} από {pages}", "Σελίδα {page}", "languages/el.yaml:7:9: labels.page – must have {page} and {pages} in it"),
        ("Υ.Γ.", "{0.__class__}", "languages/el.yaml:14:15: labels.postscript – must have no placeholder in it"),
        ("  pending:", "  pendent:", "languages/el.yaml:11:3: labels.pendent – is not a known key (did you mean “pending”?)"),
        ('  draft: "ΣΧΕΔΙΟ"\n', "", "languages/el.yaml:6:3: labels – lacks draft (docs/languages.md shows a whole file)"),
        ('person_count: {one: "{n} πρόσωπο", ', "person_count: {", "languages/el.yaml:26:17: labels.person_count – lacks the plural one, which the language tells apart"),
        ('other: "{n} πρόσωπα"', "several: α", "languages/el.yaml:26:17: labels.person_count – must be a group of plurals with “other”, of zero, one, two, few, many, other"),
        ('  close: "Με εκτίμηση,"\n', "", "languages/el.yaml:31:3: anybody – lacks close (docs/languages.md shows a whole file)"),
        ('{name},"}', '{nam},"}', "languages/el.yaml:31:78: anybody.salutation.unknown – holds a placeholder that is not known; there are {name}, {given}, {family}, {patronymic}, {district}, {titled}"),
        ("locale: el\n", "locale: el\ndigits: 12\ngroup_from: few\n", "languages/el.yaml:3:9: digits – must be the ten digits, from zero"),
    ],
)  # fmt: skip
def test_it_is_checked_like_a_form(campaign: CampaignFolder, old: str, new: str, said: str) -> None:
    campaign.write(FILE, EL.replace(old, new, 1))
    assert new == "" or new in campaign.read(FILE)
    found = problems(campaign)
    assert said in found, found


def test_other_files_are_not_lost_in_silence(campaign: CampaignFolder) -> None:
    campaign.write("languages/el.yml", EL)
    campaign.write("languages/Greek.yaml", EL)
    campaign.write("languages/hu.yaml", "")
    assert problems(campaign) == [
        "languages/Greek.yaml:1:1: a language’s file must be called by its tag (like languages/el.yaml)",
        "languages/el.yml:1:1: warning: is not read (a language’s file is called like languages/el.yaml)",
        "languages/hu.yaml:1:1: is empty (delete it)",
    ]


def test_its_schema_accepts_what_the_program_does(run: Letters) -> None:
    schema = json.loads(run("schema", "language").stdout)
    assert mistakes(schema, as_an_editor_reads(EL)) == []
    assert mistakes(schema, as_an_editor_reads(EL.replace("labels:", "lables:"))) != []
    assert mistakes(schema, as_an_editor_reads(EL.replace("  draft:", "  draught:"))) != []
