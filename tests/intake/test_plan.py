"""What becomes of each row: by key, by what the user wrote meanwhile, by who is there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from letters.campaign.load import load
from letters.intake import remembered

from .importing import done, emptied, errors, remarks, shown

if TYPE_CHECKING:
    from conftest import CampaignFolder

HEAD = "Name,E-mail,Role,Affiliation,May we publish your name?\n"
ADA = "Ada Birch,ada@example.org,Teacher,Elm School,Yes\n"
BO = "Bo Cole,bo@example.org,Nurse,,No\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "form.csv"
    file.write_text(HEAD + ADA + BO, encoding="utf-8")
    return file


@pytest.fixture
def imported(campaign: CampaignFolder, file: Path) -> CampaignFolder:
    emptied(campaign)
    done(campaign, "signatories", file)
    return campaign


def people(campaign: CampaignFolder) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in yaml.safe_load(campaign.read("signatories.yaml"))}


def write(file: Path, *rows: str) -> None:
    file.write_text(HEAD + "".join(rows), encoding="utf-8")


def test_a_plan_alone_writes_nothing(campaign: CampaignFolder, file: Path) -> None:
    before = {p: p.read_bytes() for p in campaign.path.rglob("*") if p.is_file()}
    found = shown(campaign, "signatories", file)
    assert found.counts["new"] == 2
    assert {p: p.read_bytes() for p in campaign.path.rglob("*") if p.is_file()} == before


def test_new_people_stand_below_those_who_are_there(campaign: CampaignFolder, file: Path) -> None:
    before = campaign.read("signatories.yaml")
    done(campaign, "signatories", file)
    after = campaign.read("signatories.yaml")
    assert after == before + (
        "- id: ada-birch\n  name: Ada Birch\n  role: Teacher\n  affiliation: Elm School\n"
        "  contact: {email: ada@example.org}\n"
        "- id: signer-09\n  name: Bo Cole\n  visibility: withheld\n  role: Nurse\n"
        "  contact: {email: bo@example.org}\n"
    )
    loaded, _ = load(campaign.path)
    assert loaded is not None


def test_what_the_source_changed_is_updated_by_key(imported: CampaignFolder, file: Path) -> None:
    remarked = imported.read("signatories.yaml").replace(
        "  role: Teacher\n", "  role: Teacher   # since 2019\n"
    )
    imported.write("signatories.yaml", remarked)
    write(file, BO, ADA.replace("Teacher", "Head: of School"))
    found = done(imported, "signatories", file)
    assert (found.counts["updated"], found.counts["unchanged"]) == (1, 1)
    assert found.changes == ["~ ada-birch (line 3): role “Teacher” → “Head: of School”"]
    assert imported.read("signatories.yaml") == remarked.replace(
        "  role: Teacher   #", '  role: "Head: of School"   #'
    )


def test_a_key_that_was_missing_is_added(imported: CampaignFolder, file: Path) -> None:
    write(file, ADA, BO.replace("Nurse,", "Nurse,Elm Hospital"))
    found = done(imported, "signatories", file)
    assert found.changes == ["~ signer-01 (line 3): affiliation …"]
    assert people(imported)["signer-01"]["affiliation"] == "Elm Hospital"


def test_what_the_user_wrote_stays(imported: CampaignFolder, file: Path) -> None:
    imported.edit("signatories.yaml", "name: Ada Birch", "name: {given: Ada, family: Birch}")
    imported.edit("signatories.yaml", "role: Teacher", "role: {en: Teacher, fr: Enseignante}")
    imported.edit("signatories.yaml", "  affiliation: Elm School\n", "")
    before = imported.read("signatories.yaml")
    found = done(imported, "signatories", file)
    assert found.counts["unchanged"] == 2
    assert imported.read("signatories.yaml") == before


def test_where_both_changed_it_the_user_is_told(imported: CampaignFolder, file: Path) -> None:
    imported.edit("signatories.yaml", "role: Teacher", "role: Principal")
    write(file, ADA.replace("Teacher", "Head"), BO)
    found = done(imported, "signatories", file)
    assert (found.counts["flagged"], found.counts["unchanged"]) == (1, 1)
    assert remarks(found) == [
        (
            "form.csv:2:3: warning: Role – says something else than signatories.yaml:5:9, where it "
            "was written by hand: that stays (change it there if the list is right)"
        )
    ]
    assert people(imported)["ada-birch"]["role"] == "Principal"


def test_who_was_deleted_does_not_come_back(imported: CampaignFolder, file: Path) -> None:
    text = imported.read("signatories.yaml")
    imported.write("signatories.yaml", text[: text.index("- id: signer-01")])
    found = done(imported, "signatories", file)
    assert (found.counts["flagged"], found.counts["new"]) == (1, 0)
    assert "was taken in before, and the entry is gone: it is left out" in remarks(found)[0]
    assert list(people(imported)) == ["ada-birch"]
    again = done(imported, "signatories", file)
    assert again.counts == found.counts


def test_who_is_in_the_list_no_more_stays(imported: CampaignFolder, file: Path) -> None:
    write(file, ADA)
    found = done(imported, "signatories", file)
    assert found.gone == ["signer-01"]
    assert list(people(imported)) == ["ada-birch", "signer-01"]
    write(file, ADA, BO)
    assert done(imported, "signatories", file).counts["unchanged"] == 2


def test_who_is_in_the_list_no_more_is_named_in_the_order_of_the_file(
    campaign: CampaignFolder, file: Path
) -> None:
    names = [f"{given} {family}" for given in ("Cy", "Ada", "Bo") for family in ("Lind", "Birch")]
    rows = [f"{name},{name.replace(' ', '')}@example.org,Nurse,,Yes\n" for name in names]
    write(file, *rows)
    emptied(campaign)
    done(campaign, "signatories", file)
    write(file, rows[0])
    expected = [name.lower().replace(" ", "-") for name in names[1:]]
    assert done(campaign, "signatories", file).gone == expected


def test_who_asks_to_be_hidden_is_hidden_at_once(imported: CampaignFolder, file: Path) -> None:
    write(file, ADA.replace("Yes", "No"), BO)
    found = done(imported, "signatories", file)
    assert found.changes == ["~ ada-birch (line 2): visibility withheld"]
    assert people(imported)["ada-birch"]["visibility"] == "withheld"


def test_who_asks_for_less_than_was_written_by_hand_is_said_until_it_is_so(
    imported: CampaignFolder, file: Path
) -> None:
    imported.edit("signatories.yaml", "role: Teacher", "visibility: public\n  role: Teacher")
    write(file, ADA.replace("Yes", "No"), BO)
    for _ in range(2):
        found = done(imported, "signatories", file)
        assert found.counts["flagged"] == 1
        assert (
            "asks for less to be printed than stands at signatories.yaml:5:15" in remarks(found)[0]
        )
    imported.edit("signatories.yaml", "visibility: public", "visibility: withheld")
    assert done(imported, "signatories", file).counts["unchanged"] == 2


def test_more_of_nobody_is_shown_by_an_answer_alone(imported: CampaignFolder, file: Path) -> None:
    write(file, ADA, BO.replace("No", "Name only"))
    found = done(imported, "signatories", file)
    assert found.counts["flagged"] == 1
    assert "asks for more to be printed than before" in remarks(found)[0]
    write(file, ADA, BO.replace("No", "Yes"))
    found = done(imported, "signatories", file)
    assert remarks(found) == [
        (
            "form.csv:3:5: warning: May we publish your name? – asks for nothing to be hidden now; "
            "what stands at signatories.yaml:10:15 stays (delete it there if they want to be named)"
        )
    ]
    assert people(imported)["signer-01"]["visibility"] == "name-only"


def test_what_the_list_says_no_more_stays_and_is_said(imported: CampaignFolder, file: Path) -> None:
    write(file, ADA.replace("Teacher", ""), BO)
    found = done(imported, "signatories", file)
    assert "Role – is empty now, and still stands at signatories.yaml:5:9" in remarks(found)[0]
    assert people(imported)["ada-birch"]["role"] == "Teacher"


@pytest.mark.parametrize("style", ["flow", "block", "quoted", "CRLF", "BOM"])
def test_each_way_of_writing_is_kept(campaign: CampaignFolder, file: Path, style: str) -> None:
    write(file, ADA)
    entry = "- id: ada-birch\n  name: Ada Birch\n  contact: {email: ada@example.org}\n# the end\n"
    other = entry.replace("Ada Birch", '"Ada Birch"').replace("\n  ", "\n    ")
    before = {
        "block": entry,
        "flow": "[{id: ada-birch, name: Ada Birch, contact: {email: ada@example.org}}]\n",
        "quoted": other.replace("- id", "  - id").replace("# the", "  # the"),
        "CRLF": entry.replace("\n", "\r\n"),
        "BOM": f"\ufeff{entry}",
    }[style]
    campaign.write("signatories.yaml", before.encode())
    found = done(campaign, "signatories", file)
    assert found.counts["updated"] == 1
    data = (campaign.path / "signatories.yaml").read_bytes().decode()
    assert data.startswith("\ufeff") == (style == "BOM")
    assert (style == "CRLF") == ("\r\n" in data)
    assert data.count("\n") == data.count("\r\n") or style != "CRLF"
    assert "# the end" in data or style == "flow"
    write(file, ADA, BO)
    done(campaign, "signatories", file)
    assert len(yaml.safe_load((campaign.path / "signatories.yaml").read_bytes())) == 2


def test_a_folder_of_people_gets_a_list_of_its_own(campaign: CampaignFolder, file: Path) -> None:
    campaign.edit("letter.yaml", "template: note", "template: note\nsignatories: people")
    campaign.write("people/cy.yaml", "name: Cy Dorn\n")
    done(campaign, "signatories", file)
    assert campaign.read("people/form.yaml").startswith(
        "# yaml-language-server: $schema=../.schemas/signatories.json\n\n- id: ada-birch\n"
    )
    assert done(campaign, "signatories", file).counts["unchanged"] == 2
    loaded, _ = load(campaign.path)
    assert loaded is not None
    assert loaded.signatory_ids == ("cy", "ada-birch", "signer-01")


DOUBLES = {
    "the same mailbox": ("Other Name,ADA@example.org,,,Yes\n", "has the same e-mail address as line 2"),
    "name and place": ("ADA BIRCH,,,Elm school,Yes\n", "line 2: the same name and place"),
    "name alone": ("Ada Birch,b@example.org,,,Yes\n", "line 2: the same name "),
    "accents": ("Áda Bîrch,,,,Yes\n", "line 2: the same name "),
    "turned round": ('"Birch, Ada",,,,Yes\n', "line 2: the same name "),
    "a slip": ("Ada Brich,,,Elm School,Yes\n", "line 2: a similar name"),
    "a letter more": ("Ada Birchh,,,,Yes\n", "line 2: a similar name"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOUBLES)
def test_who_may_be_there_twice_is_told_and_never_merged(
    campaign: CampaignFolder, file: Path, kind: str
) -> None:
    row, said = DOUBLES[kind]
    write(file, ADA, row)
    found = done(emptied(campaign), "signatories", file)
    assert (found.counts["new"], found.counts["flagged"]) == (1, 1)
    assert any(said in one and one.startswith("form.csv:3:") for one in remarks(found))
    assert len(people(campaign)) == 2
    assert done(campaign, "signatories", file).counts["unchanged"] == 2


@pytest.mark.parametrize(
    "row",
    [
        "Ada Birch,,,Oak School,Yes\n",
        "Ann Birch,,,,Yes\n",
        "Ada Birch-Lind,,,,Yes\n",
        "Edda Finch,,,,Yes\n",
    ],
)
def test_who_is_somebody_else_is_not_flagged(
    campaign: CampaignFolder, file: Path, row: str
) -> None:
    write(file, ADA, row)
    assert shown(emptied(campaign), "signatories", file).counts["new"] == 2


def test_who_gave_no_name_is_nobody_else(campaign: CampaignFolder, file: Path) -> None:
    write(file, *["Anonymous,,Teacher,Elm School,\n"] * 20, "Anonymous,,,,\n")
    found = done(emptied(campaign), "signatories", file)
    assert len(people(campaign)) == 21
    assert not [one for one in remarks(found) if "may be the same" in one]
    write(file, ADA, *["Anonymous,,Teacher,Elm School,\n"] * 20, "Anonymous,,,,\n")
    again = done(campaign, "signatories", file)
    assert (again.counts["new"], again.counts["updated"]) == (1, 0)


def test_a_row_is_known_beside_the_memory_too(imported: CampaignFolder, file: Path) -> None:
    for each in (imported.path / remembered.FOLDER).iterdir():
        each.unlink()
    assert done(imported, "signatories", file).counts["unchanged"] == 2
    for each in (imported.path / remembered.FOLDER).iterdir():
        each.unlink()
    imported.edit("signatories.yaml", "role: Teacher", "role: Principal")
    found = done(imported, "signatories", file)
    assert (found.counts["flagged"], found.counts["unchanged"]) == (1, 1)
    assert people(imported)["ada-birch"]["role"] == "Principal"


def test_nothing_that_is_remembered_can_be_read(imported: CampaignFolder) -> None:
    [kept] = (imported.path / remembered.FOLDER).iterdir()
    text = kept.read_text("utf-8").lower()
    assert not any(word in text for word in ("bo cole", "example.org", "nurse", "teacher"))


def test_the_file_of_next_week_may_have_another_name(imported: CampaignFolder, file: Path) -> None:
    for name in ("form (1).csv", "form-2026-02-01.csv", "Form.csv", "other.csv"):
        again = file.with_name(name)
        again.write_bytes(file.read_bytes())
        found = done(imported, "signatories", again)
        assert found.counts["unchanged"] == 2
        assert found.source == "form.csv"


def test_columns_that_were_settled_stay_so(imported: CampaignFolder, file: Path) -> None:
    done(imported, "signatories", file, mapped=("Role=affiliation", "affiliation=role"))
    assert "    Role: affiliation\n    Affiliation: role\n" in imported.read("imports.yaml")
    imported.edit("imports.yaml", "  columns:\n", "  # as agreed\n  columns:\n")
    write(file, ADA, BO, "Cy Dorn,,Oak School,Carpenter,Yes\n")
    done(imported, "signatories", file, settled=("answers.maybe=name-only",))
    assert people(imported)["cy-dorn"]["affiliation"] == "Oak School"
    assert "  # as agreed\n" in imported.read("imports.yaml")
    assert "  settings: {answers: {maybe: name-only}}\n" in imported.read("imports.yaml")


REFUSED = {
    ",x@example.org,,,Yes\n": "has no name",
    f"{'A' * 201},,,,Yes\n": "must be one line of at most 200 characters",
    "Ada,,,,Yes,more\n": "has more cells than there are headers",
}


@pytest.mark.parametrize("row", REFUSED)
def test_a_row_that_is_nobody_is_refused_alone(
    campaign: CampaignFolder, file: Path, row: str
) -> None:
    write(file, row, ADA)
    found = done(emptied(campaign), "signatories", file)
    assert (found.counts["new"], found.counts["refused"]) == (1, 1)
    [problem] = errors(found)
    assert REFUSED[row] in str(problem)
    assert str(problem).startswith("form.csv:2:")
    assert list(people(campaign)) == ["ada-birch"]


def test_no_id_is_given_that_somebody_has_or_had(campaign: CampaignFolder, file: Path) -> None:
    emptied(campaign)
    write(
        file,
        ADA,
        "Ada Birch,,,Oak School,Yes\n",
        "Con,,,,Yes\n",
        "Семён Щукин,,,,Yes\n",
        "李雷,,,,Yes\n",
    )
    done(campaign, "signatories", file, taken=frozenset({"ada-birch", "signer-04"}))
    assert list(people(campaign)) == [
        "ada-birch-2", "ada-birch-3", "con-2", "semyon-shchukin", "signer-05",
    ]  # fmt: skip


TURNED = [
    "Don't publish my name",
    "Do not list my name",
    "Don’t publish my name please",
    "Sign anonymously?",
    "Bitte meinen Namen nicht veröffentlichen",
]


@pytest.mark.parametrize("first", ["Name", "Timestamp,Name"], ids=["any", "of a form"])
@pytest.mark.parametrize("question", TURNED)
def test_a_question_that_may_be_turned_round_is_never_taken_for_leave(
    campaign: CampaignFolder, file: Path, question: str, first: str
) -> None:
    head = HEAD.replace("May we publish your name?", question).replace("Name", first, 1)
    ada = ADA if first == "Name" else f"2026-01-14,{ADA}"
    file.write_text(head + ada, encoding="utf-8")
    found = shown(emptied(campaign), "signatories", file)
    assert {one.becomes for one in found.columns if one.column == question} == {"unclear"}
    assert "visibility withheld" in found.changes[0]
    assert found.counts["flagged"] == 1
    mapped = {"mapped": (f"{question}=visibility",), "settled": ("answers.yes=withheld",)}
    [line] = shown(campaign, "signatories", file, **mapped).changes
    assert "visibility withheld" in line


def test_a_question_in_other_words_than_the_recipe_knows_is_seen(
    campaign: CampaignFolder, file: Path
) -> None:
    head = "Timestamp,Name,May we list your name?\n"
    file.write_text(f"{head}2026-01-14,Ada Birch,No\n", encoding="utf-8")
    found = shown(emptied(campaign), "signatories", file)
    assert any("by the recipe google-forms" in said for said in found.remarks)
    assert "visibility withheld" in found.changes[0]


def test_nothing_protected_is_shown(campaign: CampaignFolder, file: Path) -> None:
    write(
        file, ADA, BO, "Bo Cole,bo@example.org,,,No\n", "Dee Secret,dee..x@example.org,,,perhaps\n"
    )
    found = shown(emptied(campaign), "signatories", file)
    everything = "\n".join(
        [*map(repr, found.columns), *found.changes, *found.remarks, *map(str, found.problems),
         *map(repr, found.answers)]
    )  # fmt: skip
    assert "Ada Birch" in everything
    for word in ("Bo", "Cole", "Nurse", "Secret", "dee", "ada@", "bo@", ".test"):
        assert word not in everything


def test_a_proposal_that_was_accepted_is_not_proposed_again(
    campaign: CampaignFolder, file: Path
) -> None:
    emptied(campaign)
    write(file, ADA.replace("Ada Birch", "ADA BIRCH"))
    (said,) = remarks(shown(campaign, "signatories", file))
    assert "proposed: " in said
    assert "(--set proposals=accept takes what is proposed)" in said
    (said,) = remarks(shown(campaign, "signatories", file, settled=("proposals=accept",)))
    assert said.endswith("as accepted")
    assert "proposed" not in said
