"""``letters people list|show|add|set|remove``: edited by command, checked first, shown as a diff."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from letters.campaign.people_edit import People
from letters.campaign.recordcheck import look
from letters.campaign.yaml_text import EditError

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

PROTECTED = ("Withheld", "Person", "secret@", "Described", "Someone", "ngozi@")


def people(campaign: CampaignFolder) -> str:
    return campaign.read("signatories.yaml")


def test_a_change_is_shown_and_nothing_else_is_touched(
    run: Letters, campaign: CampaignFolder
) -> None:
    text = "# who signs\n" + people(campaign).replace(
        "  gender: f\n", "  gender: f # she said so\n"
    )
    (campaign.path / "signatories.yaml").write_text(text)
    (campaign.path / "signatories.yaml").chmod(0o600)
    done = run("people", "set", "okafor", "role.en=Chair: of all", "contact.phone=555-0134")
    assert done.status == 0
    assert done.stdout.splitlines() == [
        "--- signatories.yaml",
        "+++ signatories.yaml",
        "@@ -3,9 +3,10 @@",
        "   name: {given: Ngozi, family: Okafor}",
        "   gender: f # she said so",
        "   tier: author",
        "-  role: {en: Teacher, fr: Enseignante}",
        '+  role: {en: "Chair: of all", fr: Enseignante}',
        "   testimony:",
        "     text: {en: Ngozi Okafor was there., fr: Ngozi Okafor y était.}",
        "     source: report",
        "   contact:",
        "     email: …",
        "+    phone: …",
    ]
    assert people(campaign) == text.replace("{en: Teacher,", '{en: "Chair: of all",').replace(
        "ngozi@example.org\n", "ngozi@example.org\n    phone: 555-0134\n"
    )
    assert stat.S_IMODE((campaign.path / "signatories.yaml").stat().st_mode) == 0o600
    again = run("people", "set", "okafor", "role.en=Chair: of all")
    assert (again.status, again.stdout) == (0, "")
    assert "nothing to change" in again.stderr
    assert run("people", "set", "okafor", "contact=", "role=", "gender=").status == 0
    assert "555" not in people(campaign)


REFUSED: list[tuple[tuple[str, ...], str, int]] = [
    (("okafor", "rolle=x"), "is not a known key (did you mean “role”?)", 1),
    (("okafor", "contact.email=chair..x@example.org"), "contact.email – ", 1),
    (("okafor", "gender=female"), "must be m, f, x or unknown", 1),
    (("okafor", "role={en: Chair}", "testimony.source=none"), "there is no source “none”", 1),
    (("okafor", "affiliation={en: One}"), "has no text for fr", 1),
    (("okafor", "name="), "is missing", 1),
    (("okafor", "visibility=withheld"), "gives away a part of a name", 1),
    (("signer-08", "description="), "role-only needs a description", 1),
    (("lindqvist", "signature_image=none.png"), "there is no such file", 1),
    (("minister", "address.country=Canada"), "must be a country code", 1),
    (("minister", "form=kink"), "there is no such form of address", 1),
    (("okafor", "id=other"), "“letters people rename OLD NEW” does it", 2),
    (("okafor", "role"), "a value is given as KEY=VALUE", 2),
    (("okafor", "role=[Chair"), "is no list and no group", 2),
    (("okafor", "role=x", "role.en=y"), "as a whole and in parts", 2),
    (("okafor", "role=x", "role=y"), "role is given twice", 2),
    (("okafer", "role=x"), "did you mean “okafor”?", 2),
]


def test_nothing_is_written_that_check_would_refuse(run: Letters, campaign: CampaignFolder) -> None:
    before = people(campaign), campaign.read("recipients.yaml")
    for words, said, status in REFUSED:
        done = run("people", "set", *words)
        assert (done.status, done.stdout) == (status, ""), (words, done)
        assert said in done.stderr, (words, done)
        assert (people(campaign), campaign.read("recipients.yaml")) == before, words


def test_protected_words_are_in_no_diff_and_no_message(
    run: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit(
        "signatories.yaml", "  visibility: withheld\n", "  visibility: withheld # is Wit\n"
    )
    shown = []
    for words in (
        ("set", "signer-07", "name.given=Withheld2", "contact.email=secret@example.com", "role=Spy"),
        ("set", "signer-07", "visibility=public"), ("set", "signer-07", "visibility=withheld"),
        ("set", "signer-08", "name={given: Described, family: Somebody, suffix: Someone}"),
        ("show", "signer-07"), ("show", "signer-07", "--json"), ("show", "okafor"), ("list",),
        ("list", "--json"), ("show", "signer-08"), ("list", "--search", "described"),
        ("set", "signer-07", "colour=Person"), ("remove", "signer-07"), ("set", "signer-77", "a=b"),
    ):  # fmt: skip
        done = run("people", *words)
        shown.append(done.stdout + done.stderr)
    assert "Spy" not in "".join(shown)
    assert not [one for one in shown for word in (*PROTECTED, "is Wit") if word in one]
    assert "-  name: {given: …, family: …}\n+  name: {given: …, family: …}" in shown[0]
    assert "signer-07" not in people(campaign)


def test_whoever_asks_to_be_hidden_is_hidden_by_the_commands_that_are_suggested(
    run: Letters, campaign: CampaignFolder
) -> None:
    assert run("sign", "record", "lindqvist", "--note", "at the meeting").status == 0
    before = people(campaign)
    done = run("people", "set", "lindqvist", "visibility=withheld")
    assert done.status == 1
    assert "(“letters people rename lindqvist --write” first; then this again)" in done.stderr
    assert people(campaign) == before
    assert run("people", "rename", "lindqvist", "--write").status == 0
    done = run("people", "set", "signer-09", "visibility=withheld")
    assert done.status == 0, done
    assert "What was made before may still have the name: render every format" in done.stderr
    assert "they have signed" in done.stderr
    for words in (("visibility=public",), ("role=Spy",)):
        assert "made before" not in run("people", "set", "signer-09", *words).stderr


def test_somebody_is_added_and_removed(run: Letters, campaign: CampaignFolder) -> None:
    before = people(campaign)
    done = run("people", "add", "marsh", "name=Tove Marsh", "visibility=withheld")
    assert done.status == 1
    assert "say it with another id, such as signer-09" in done.stderr
    done = run("people", "add", "signer-09", "name=Tove Marsh", "visibility=withheld")
    assert done.stdout.endswith("+- id: signer-09\n+  name: …\n+  visibility: withheld\n")
    assert (
        people(campaign) == before + "- id: signer-09\n  name: Tove Marsh\n  visibility: withheld\n"
    )
    assert run("check").status == 0
    done = run("people", "add", "signer-09", "name=Bo")
    assert (done.status, "is taken, at signatories.yaml:26:3" in done.stderr) == (3, True)
    assert run("people", "add", "Bo B", "name=Bo").status == 1
    assert run("people", "remove", "signer-09").status == 0
    assert people(campaign) == before
    office = ("office={en: Chair, fr: Présidence}", "email=chair@example.org")
    assert run("people", "add", "--recipient", "chair", "name=Sam Chair", *office).status == 0
    assert run("people", "show", "chair").stdout.startswith("recipients.yaml:17:3: recipient\n")
    assert run("people", "remove", "chair").status == 0
    assert run("people", "remove", "minister").status == 0
    done = run("people", "remove", "prime-minister")
    assert (done.status, "the only recipient" in done.stderr) == (3, True)


def test_who_has_signed_leaves_only_on_a_second_word(
    signed: Letters, campaign: CampaignFolder
) -> None:
    before = people(campaign)
    done = signed("people", "set", "okafor", "affiliation=Millbrook School")
    assert "they have signed: look with “letters status”" in done.stderr
    campaign.write("signatories.yaml", before)
    done = signed("people", "remove", "okafor")
    assert done.status == 3
    assert "the log has 1 entry of them (1 signed)" in done.stderr
    assert "to do it, add --confirm okafor" in done.stderr
    assert signed("people", "remove", "okafor", "--confirm", "lindqvist").status == 2
    assert people(campaign) == before
    done = signed("people", "remove", "okafor", "--confirm", "okafor")
    assert done.status == 0
    assert "“letters log erase okafor” forgets it" in done.stderr
    assert "okafor" not in people(campaign)
    done = signed("people", "add", "okafor", "name=Ngozi Okafor")
    assert "it is theirs now" in done.stderr
    signed("log", "erase", "okafor", "--confirm", "okafor")
    signed("people", "remove", "okafor")
    done = signed("people", "add", "okafor", "name=Ngozi Okafor")
    assert (done.status, "not in force any more" in done.stderr) == (3, True)


def test_an_id_that_was_given_up_is_nobody_elses(signed: Letters) -> None:
    signed("people", "rename", "okafor", "ngozi")
    done = signed("people", "add", "okafor", "name=Someone Else")
    assert (done.status, "not in force any more" in done.stderr) == (3, True)


def test_people_in_a_folder_have_files_of_their_own(run: Letters, campaign: CampaignFolder) -> None:
    (campaign.path / "signatories").mkdir()
    (campaign.path / "signatories.yaml").rename(campaign.path / "signatories" / "all.yml")
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "signatories: signatories\n")
    campaign.write("signatories/bo.yaml", "# Bo\nname: Bo # short\n").chmod(0o640)
    assert run("people", "set", "bo", "role={en: Chair, fr: Présidence}").status == 0
    assert campaign.read("signatories/bo.yaml") == (
        "# Bo\nname: Bo # short\nrole: {en: Chair, fr: Présidence}\n"
    )
    assert run("people", "add", "cy", "name=Cy").status == 0
    assert campaign.read("signatories/cy.yaml") == "name: Cy\n"
    assert run("people", "set", "bo", "name=").status == 1
    done = run("people", "remove", "bo")
    assert done.stdout.startswith("--- signatories/bo.yaml\n+++ /dev/null\n")
    assert not (campaign.path / "signatories/bo.yaml").exists()
    assert run("people", "remove", "lindqvist").status == 0
    assert "lindqvist" not in campaign.read("signatories/all.yml")
    campaign.write("signatories/di.yaml", "- id: someone\n  name: Di\n")
    assert run("people", "add", "di", "name=Di").status == 3


def test_lines_end_as_they_did(run: Letters, campaign: CampaignFolder) -> None:
    text = people(campaign).replace("\n", "\r\n")
    campaign.write("signatories.yaml", text)
    done = run("people", "set", "lindqvist", "gender=f")
    assert "\r" not in done.stdout + run("people", "show", "lindqvist").stdout
    expected = text.replace("of Example\r\n", "of Example\r\n  gender: f\r\n")
    assert (campaign.path / "signatories.yaml").read_bytes() == expected.encode()


def test_a_file_that_cannot_be_read_whole_is_left_alone(
    run: Letters, campaign: CampaignFolder
) -> None:
    campaign.write("signatories.yaml", people(campaign) + "- id: [\n")
    before = people(campaign)
    for words in (("add", "bo", "name=Bo"), ("set", "okafor", "gender=m"), ("remove", "okafor")):
        assert run("people", *words).status == 1
        assert people(campaign) == before


def test_it_works_while_the_letter_has_mistakes(run: Letters, campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "template: note\n", "")
    assert run("people", "set", "okafor", "contact.email=no").status == 1
    assert run("people", "set", "okafor", "gender=x").status == 0
    assert "gender: x" in people(campaign)


def test_lists_are_short_and_say_what_they_leave_out(
    run: Letters, campaign: CampaignFolder
) -> None:
    many = "".join(f"- id: p{n}\n  name: Pérsön {n}\n" for n in range(300))
    campaign.write("signatories.yaml", people(campaign) + many)
    done = run("people", "list")
    assert len(done.stdout.splitlines()) == 41
    assert "265 of 305 left out (“letters people list --limit 0” shows all" in done.stderr
    assert len(run("people", "list", "--limit", "0").stdout.splitlines()) == 306
    done = run("people", "list", "--search", "PERSON 29", "--limit", "5")
    assert done.stdout.splitlines()[1].split() == [
        "p29",
        "public",
        "signatories.yaml:84:3",
        "Pérsön",
        "29",
    ]
    assert "11 of 305 are found by that word" in done.stderr
    assert len(json.loads(run("people", "list", "--json").stdout)) == 305
    assert [one["id"] for one in json.loads(run("people", "list", "--recipients", "--json").stdout)] == [
        "prime-minister", "minister",
    ]  # fmt: skip


# --- for many at once -------------------------------------------------------------------------


def test_what_was_changed_in_the_meantime_is_not_written_over(campaign: CampaignFolder) -> None:
    for shape in ("changed", "gone", "made"):
        plan = People(campaign.path, "signatory").plan(changes={"okafor": {"gender": "m"}})
        file = campaign.path / "signatories.yaml"
        text = people(campaign)
        if shape == "made":
            file.unlink()
            plan = People(campaign.path, "signatory").plan(new={"bo": {"name": "Bo"}})
        if shape == "gone":
            file.unlink()
        else:
            file.write_text(f"{text}# a word more\n")
        with pytest.raises(EditError, match="was changed in the meantime"):
            plan.write()
        assert not file.exists() or file.read_text() == f"{text}# a word more\n"
        file.write_text(text)


def test_thousands_are_written_in_one_go_and_twice_changes_nothing(
    campaign: CampaignFolder,
) -> None:
    new: dict[str, Any] = {
        f"p-{n}": {
            "name": {"given": "Ada", "family": "Birch"},
            "contact": {"email": f"a{n}@x.org"},
        }
        for n in range(2000)
    }
    plan = People(campaign.path, "signatory").plan(
        new=new, changes={"okafor": {"name": {"suffix": "Jr"}}}, removed=["lindqvist"]
    )
    assert look(campaign.path, "signatory", plan.records) == []
    plan.write()
    found = People(campaign.path, "signatory")
    assert len(found) == 2004
    assert found.record("okafor")["name"] == {"given": "Ngozi", "family": "Okafor", "suffix": "Jr"}
    assert found.record("p-7") == {"id": "p-7", **new["p-7"]}
    assert found.plan(changes=new).edits == ()
    plan = found.plan(changes={name: {"role": "Chair"} for name in new})
    assert len(plan.edits[0].exchanges) == 2000
    assert sum(line.startswith("+  role") for line in plan.diff()) == 2000


def test_several_files_appear_together(campaign: CampaignFolder) -> None:
    (campaign.path / "signatories").mkdir()
    for n in range(30):
        campaign.write(f"signatories/p{n}.yaml", f"name: P{n}\n")
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "signatories: signatories\n")
    found = People(campaign.path, "signatory")
    plan = found.plan(
        changes={f"p{n}": {"gender": "f"} for n in range(20)},
        new={"new": {"name": "Nia"}}, removed=["p25"],
    )  # fmt: skip
    plan.write()
    assert campaign.read("signatories/p19.yaml") == "name: P19\ngender: f\n"
    assert campaign.read("signatories/new.yaml") == "name: Nia\n"
    assert len(People(campaign.path, "signatory")) == 30
    assert not [*Path(campaign.path).glob(".letters-*")]


def test_parts_that_are_added_to_a_name_leave_it_as_it_is_shown(campaign: CampaignFolder) -> None:
    found = People(campaign.path, "recipient")
    plan = found.plan(changes={"minister": {"name": {"family": "Taylor"}}})
    assert plan.edits[0].after is not None
    assert b"name: {display: Sam Taylor, family: Taylor}" in plan.edits[0].after
