"""``letters check`` as a whole: bounded, complete, and silent about everything that is protected."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letters import limits
from letters.campaign import scaffold
from letters.campaign.starter_text import LEFT_OVER
from letters.check import body as bodies
from letters.check.phrases import words_in
from letters.workshop.workshop import Workshop

from .judging import L, R, S, T, judge, judged, picture
from .samples import SAMPLES, swap

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

ROOT = Path(__file__).parents[2]
NOWHERE = Path("/nowhere")


def words(count: int) -> str:
    return " ".join(f"word{i}" for i in range(count))


def epetition(folder: Path, count: int) -> CampaignFolder:
    """An e-petition whose grievance and prayer have that many words together."""
    campaign = SAMPLES["ca-house-epetition"].write(folder)
    ask = "to repair the public wharf before the season of 2027."
    frame = words_in(f"We, the undersigned, call upon the House of Commons {ask}")
    swap(L, "The signal fails.", words(count - frame))(campaign)
    return campaign


def test_an_epetition_of_231_words_passes(tmp_path: Path) -> None:
    assert judge(epetition(tmp_path / "c", 231)) == []
    assert judge(epetition(tmp_path / "d", 250)) == []


def test_with_20_more_words_it_fails(tmp_path: Path) -> None:
    [problem] = judge(epetition(tmp_path / "c", 251))
    assert problem.message == "the text has 251 words, 1 too many"
    assert (problem.severity, problem.place.key) == ("error", "values.text")
    assert "House of Commons of Canada" in str(problem)
    assert "250 words" in problem.hint


@pytest.mark.parametrize("address", ["https://example.org", "www.example.org", "example.org"])
def test_with_a_web_address_it_fails(tmp_path: Path, address: str) -> None:
    campaign = epetition(tmp_path / "c", 231)
    swap(L, "word7 ", f"{address} ")(campaign)
    [problem] = judge(campaign)
    assert (problem.message, problem.severity) == ("holds a web address", "error")
    assert problem.place.key == "values.text"


def test_the_salutation_is_not_counted(tmp_path: Path) -> None:
    campaign = epetition(tmp_path / "c", 250)
    swap(
        T,
        "Petition to the House of Commons\n",
        "Petition to the House of Commons of Canada today\n",
    )(campaign)
    assert judge(campaign) == []


@pytest.mark.parametrize("template", scaffold.templates())
def test_every_starter_is_in_order(template: str, tmp_path: Path) -> None:
    scaffold.start(tmp_path / "c", template)
    with Workshop(tmp_path / "c") as shop:
        problems = shop.problems().problems
    assert problems
    assert {(problem.message, problem.severity) for problem in problems} == {(LEFT_OVER, "warning")}


@pytest.mark.parametrize("name", ["carney", "riverside"])
def test_the_example_campaigns_are_in_order(name: str) -> None:
    with Workshop(ROOT / "signatories" / name) as shop:
        found = shop.problems()
    assert ([str(problem) for problem in found.problems], found.reminders) == ([], ())


# --- what never ends --------------------------------------------------------------------------


def test_a_template_that_never_ends_is_a_problem(campaign: CampaignFolder) -> None:
    campaign.edit(L, "place: Ottawa", "place: Ottawa\nbody: appeal")
    loops = "".join(f"{{% for a{i} in asks %}}" for i in range(18))
    ends = "{% endfor %}" * 18
    campaign.write("templates/note/letter.en.md", f"{loops}{ends}\nWords.\n")
    asks = "".join("  - text: {en: to answer, fr: de répondre}\n" for _ in range(40))
    campaign.write(L, re.sub(r"asks:\n(  .*\n)+", f"asks:\n{asks}", campaign.read(L)))
    with Workshop(campaign.path, seconds=1) as shop:
        found = shop.problems()
        assert shop.protected(campaign.path) is None
    assert [str(p) for p in found.problems if "stopped" in p.message] == [
        (
            "templates/note/letter.en.md:1:1: the template takes too much time or memory and was stopped "
            "(a letter may take 1 s of processor time: look at its loops)"
        )
    ]


def test_files_that_take_too_long_to_read_are_a_problem(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS_A_MIB", 0)
    people = "".join(f"- {{id: p-{i}, name: {{given: A, family: B{i}}}}}\n" for i in range(60_000))
    campaign.write(S, people)
    with Workshop(campaign.path, seconds=0.5) as shop:
        found = shop.problems()
    [problem] = found.problems
    assert problem.message.startswith("reading the files of the campaign takes too much time")
    assert problem.place.path == S


def test_a_picture_that_is_none_hides_nothing_else(campaign: CampaignFolder) -> None:
    campaign.write("logo.png", "no picture")
    campaign.edit(L, "  country: CA", "  country: CA\n  logo: logo.png")
    campaign.edit("templates/note/letter.fr.md", "{{ deadline }}", "{{ dedline }}")
    campaign.edit(L, "    source: report\ncases:", "cases:")
    campaign.edit(L, "place: Ottawa", "place: Ottawa\nbody: bundestag")
    with Workshop(campaign.path) as shop:
        said = " ".join(problem.message for problem in shop.problems().problems)
    for part in ("PNG or JPEG", "there is no “dedline”", "no source", "has no address of this"):
        assert part in said


def test_a_picture_is_read(campaign: CampaignFolder) -> None:
    campaign.write("logo.png", picture())
    campaign.edit(L, "  country: CA", "  country: CA\n  logo: logo.png")
    with Workshop(campaign.path) as shop:
        assert shop.problems().problems == ()


def test_a_picture_in_the_text_is_read_too(campaign: CampaignFolder) -> None:
    figure = "::: figure\n![A lamp](lamp.png)\n:::\n\nWe ask you:\n"
    campaign.edit("templates/note/letter.en.md", "We ask you:\n", figure)
    campaign.write("lamp.png", "no picture")
    with Workshop(campaign.path) as shop:
        [problem] = shop.problems().problems
    assert str(problem) == "lamp.png:1:1: is not a PNG or JPEG picture"


# --- the body that is chosen ------------------------------------------------------------------


def test_the_body_of_the_letter_comes_before_that_of_the_template(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("templates/note/template.yaml", "title: Note", "title: Note\nbody: appeal")
    of_template = {problem.source for problem in judge(campaign)} - {""}
    assert of_template
    assert all("Amnesty" in source for source in of_template)
    campaign.edit(L, "place: Ottawa", "place: Ottawa\nbody: bundestag")
    of_letter = {problem.source for problem in judge(campaign)} - {""}
    assert of_letter
    assert all("Bundestag" in source for source in of_letter)


@pytest.mark.parametrize(
    ("file", "old", "new", "at"),
    [
        (L, "place: Ottawa", "place: Ottawa\nbody: bundestg", "letter.yaml:6:7: body"),
        ("templates/note/template.yaml", "title: Note", "title: Note\nbody: bundestg", "letter.yaml:2:11: template"),
    ],
)  # fmt: skip
def test_a_body_without_rules_is_a_problem(
    campaign: CampaignFolder, file: str, old: str, new: str, at: str
) -> None:
    campaign.edit(file, old, new)
    [problem] = judge(campaign)
    assert (
        str(problem) == f"{at} – there is no body “bundestg” with rules (did you mean “bundestag”?)"
    )


def test_a_program_reads_the_level_and_the_source(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit(L, "place: Ottawa", "place: Ottawa\nbody: bundestag")
    done = letters_here("check", "--json")
    assert done.status == 1
    found = json.loads(done.stdout)
    assert {(one["severity"], one["source"]) for one in found} == {
        ("error", "Deutscher Bundestag, “Wie reicht man eine Petition ein?”")
    }
    lines = done.stderr.splitlines()
    assert lines
    assert all(line.startswith("letters can’t check: ") for line in lines)


# --- what is protected ------------------------------------------------------------------------


@pytest.mark.parametrize("name", bodies.known(NOWHERE))
def test_no_message_repeats_a_word_of_the_people_or_of_the_letter(
    campaign: CampaignFolder, name: str
) -> None:
    """Each text of the campaign is marked; whatever rule is broken, no mark is printed."""
    campaign.edit(L, "place: Ottawa", f"place: Ottawa\nbody: {name}")
    campaign.write(
        S,
        "- id: s-1\n  name: {given: Zqgiven, family: Zqfamily}\n  visibility: withheld\n"
        "  contact: {email: zqmail@example.org, phone: zqphone}\n"
        "- id: s-2\n  name: Zqname\n  visibility: role-only\n  description: {en: Zqrole, fr: Zqrole}\n"
        "  contact: {address: [Zqstreet, Zqtown]}\n",
    )
    text = campaign.read(L)
    for old, new in (
        ("A letter for the tests", f"Zqtitle {words(30)}"),
        ("to answer the first question;", "to see zqask: we demand it, see www.zqweb.org"),
        ("Ada Example waited.", "Zqfact: we demand."),
        ("person: Ada Example", "person: Zqperson"),
        ("    visibility: public", "    visibility: withheld"),
        ("en: You listened.", f"en: zqthanks zqsite.org {words(260)}"),
        ("    source: report\ncases:", "cases:"),
        ("deadline: 2025-10-01\n", "deadline: 2020-10-01\n"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    campaign.write(L, text)
    problems, reminders = judged(campaign)
    assert problems
    said = "\n".join(
        [*map(str, problems), *(json.dumps(p.as_json()) for p in problems), *reminders]
    )
    assert "zq" not in said.lower(), said


def test_an_unreadable_recipient_file_is_told_of(campaign: CampaignFolder) -> None:
    campaign.write(R, "[]\n")
    with Workshop(campaign.path) as shop:
        assert [p.message for p in shop.problems().problems] == ["there is no recipient"]
