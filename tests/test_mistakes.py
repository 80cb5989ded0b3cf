"""Mistakes that people make in their files, and where and how they are told of each.

Every row breaks the valid campaign of conftest in one way. ``letters check`` must end with status
1, name the very line and column, say what is wrong, print nothing to standard output and never
show a traceback.
"""

from __future__ import annotations

import json

import pytest
from conftest import LETTER, CampaignFolder, Letters
from mistakes import ALL, ASK, EN, FR, L, Mistake, R, S, make


def ids(mistake: Mistake) -> str:
    return mistake.name


@pytest.mark.parametrize("mistake", ALL, ids=ids)
def test_it_tells_of_the_mistake_at_its_place(
    campaign: CampaignFolder, letters_here: Letters, mistake: Mistake
) -> None:
    make(campaign, mistake)
    done = letters_here("check")
    assert done.status == 1, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    place = f"{mistake.file}:{mistake.at}:"
    there = [line for line in lines if line.startswith(place) and mistake.said in line]
    assert there, done.stderr
    assert any(mistake.hint in line.partition(" (")[2] for line in there), there


# The same through a process of its own, one mistake of each kind: what crashes an interpreter
# shows only there.
@pytest.mark.parametrize(
    "mistake",
    [m for m in ALL if m.name in ("nesting that would crash the parser", "a block closed twice")],
    ids=ids,
)
def test_the_command_itself_says_so(
    campaign: CampaignFolder, letters: Letters, mistake: Mistake
) -> None:
    make(campaign, mistake)
    done = letters("check")
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{mistake.file}:{mistake.at}: {mistake.said}")
    assert done.stderr.endswith("1 problem to fix\n")


def test_there_are_enough_of_them() -> None:
    assert len({mistake.name for mistake in ALL}) == len(ALL) >= 120


@pytest.mark.parametrize(
    "content",
    [("\ufeff" + LETTER).encode(), LETTER.replace("\n", "\r\n").encode()],
    ids=["BOM", "CRLF"],
)
def test_what_editors_add_is_no_mistake(
    campaign: CampaignFolder, letters_here: Letters, content: bytes
) -> None:
    campaign.write(L, content)
    done = letters_here("check")
    assert (done.status, done.stderr) == (0, "no problems found\n")


def test_it_tells_of_all_mistakes_at_once(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.edit(L, "place: Ottawa", "place: Ottawa\nplase: Paris")
    campaign.edit(L, "https://example.org/report", "example.org")
    campaign.edit(S, "id: okafor", "id: Okafor")
    campaign.edit(S, "  visibility: withheld", "  visibility: hidden")
    campaign.edit(R, "    country: CA", "    country: Canada")
    done = letters_here("check")
    places = [line.split(" ")[0] for line in done.stderr.splitlines()]
    assert places == [
        "letter.yaml:6:1:",
        "letter.yaml:34:10:",
        "recipients.yaml:10:14:",
        "signatories.yaml:1:7:",
        "signatories.yaml:19:15:",
        "5",
    ]
    assert done.stderr.endswith("5 problems to fix\n")


def test_it_tells_of_all_mistakes_of_all_editions(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit(EN, ASK, f"{ASK} <b>now</b> [@nothing]")
    campaign.edit(EN, "::: close", "::: closing")
    campaign.edit(FR, "{{ deadline }}", "{{ dedline }}")
    done = letters_here("check")
    places = [line.split(" ")[0] for line in done.stderr.splitlines()]
    assert places == [f"{EN}:34:13:", f"{EN}:34:24:", f"{EN}:44:1:", f"{FR}:42:31:", "4"]


def test_a_program_reads_the_same_as_json(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.edit(L, "place: Ottawa", "plaec: Ottawa")
    campaign.edit(S, "{given: Åsa, family", "{given: Аsa, family")  # a Cyrillic А
    done = letters_here("check", "--json")
    assert done.status == 1
    assert done.stderr == ""
    assert json.loads(done.stdout) == [
        {
            "path": "letter.yaml",
            "line": 5,
            "column": 1,
            "key": "plaec",
            "severity": "error",
            "message": "is not a known key",
            "hint": "did you mean “place”?",
            "source": "",
        }
    ]


def test_a_warning_alone_does_not_stop(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.edit(S, "{given: Åsa, family", "{given: \u0410sa, family")  # a Cyrillic letter
    done = letters_here("check")
    assert (done.status, done.stdout) == (0, "")
    assert done.stderr.startswith(
        "signatories.yaml:12:9: warning: [1].name – mixes alphabets within one word ("
    )
    [problem] = json.loads(letters_here("check", "--json").stdout)
    assert problem["severity"] == "warning"


@pytest.mark.parametrize(
    "edits",
    [
        [("name: {given: Withheld, family: Person}", "name: {Withheld Person: x}")],
        [("name: {given: Withheld, family: Person}", "name: {given: Withheld, Person}")],
        [("name: {given: Withheld, family: Person}", "name: {given: Withheld, given: Person}")],
        [("name: {given: Withheld, family: Person}", "name: [Withheld, Person]")],
        [("name: {given: Withheld, family: Person}", "name: {given: [Withheld Person]}")],
        [("name: {given: Withheld, family: Person}", "name: {sort: Withheld Person}")],
        [("- id: signer-07", "- id: Withheld Person")],
        [("- id: signer-07", "- id: withheld-person")],
        [("- id: signer-07", "- id: okafor")],
        [("  visibility: withheld", "  visibility: Withheld Person")],
        [("  visibility: withheld", "  visibility: withheld\n  gender: Withheld Person")],
        [("secret@example.net", "secret@example.net, other@example.net")],
        [("secret@example.net", "[secret@example.net]")],
        [("email: secret@example.net", "secret@example.net: x")],
        [("email: secret@example.net", "email: secret@example.net: x")],
        [("given: Withheld", 'given: "With\\u202eheld"')],
        [("given: Withheld", "given: W\u0456thheld")],
    ],
)
def test_no_message_repeats_what_is_protected(
    campaign: CampaignFolder, letters_here: Letters, edits: list[tuple[str, str]]
) -> None:
    for old, new in edits:
        campaign.edit(S, old, new)
    done = letters_here("check")
    assert "signatories.yaml:" in done.stderr
    for word in ("Withheld", "Person", "secret@", "secret"):
        assert word not in done.stderr, done.stderr
