"""``letters check`` of very many mistakes: the kinds with their numbers, and each if one asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from letters.cli.problemlist import MOST, lines
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


def test_a_column_that_is_wrong_is_told_once(run: Letters, campaign: CampaignFolder) -> None:
    many = "".join(
        f"- id: p{n}\n  name: {{given: Ada, family: Birch}}\n  colour: blue\n" for n in range(400)
    )
    campaign.write("signatories.yaml", campaign.read("signatories.yaml") + many)
    campaign.edit("signatories.yaml", "  gender: f\n", "  gender: female\n")
    done = run("check")
    assert done.status == 1
    told = done.stderr.splitlines()
    assert told[0].startswith("signatories.yaml:3:11: [0].gender – must be m, f, x")
    assert told[1].startswith("signatories.yaml:28:3: [5].… – is not a known key")
    assert told[4:] == [
        "  … and 397 more problems of this kind",
        "401 problems to fix, by kind (“letters check --all” lists each)",
    ]
    assert len(run("render").stderr.splitlines()) == len(told)
    everything = run("check", "--all").stderr.splitlines()
    assert (len(everything), everything[-1]) == (402, "401 problems to fix")
    assert len(json.loads(run("check", "--json").stdout)) == 401


def problem(n: int, message: str, severity: str = "error") -> Problem:
    return Problem(Place("people.yaml", n, 1, f"[{n}].name"), message, severity=severity)  # type: ignore[arg-type]


def test_few_are_told_one_by_one() -> None:
    few = [problem(n, "is wrong") for n in range(MOST)]
    assert len(list(lines(few))) == MOST + 1


def test_what_differs_in_a_message_makes_no_kind_of_its_own() -> None:
    for message in (
        "may be the same person as signatories.yaml:{n}:9",
        "is the e-mail address of p-{n}, q-{n} too",
        "there is no source “s{n}”",
        "has {n} characters, which is long for a name",
        "has the name and the postal address of p-{n}",
    ):
        many = [problem(n, message.format(n=n), "warning") for n in range(100)]
        told = list(lines(many))
        assert told[-2:] == [
            "  … and 97 more warnings of this kind",
            "100 warnings, by kind (“letters check --all” lists each)",
        ], message


def test_hundreds_of_kinds_are_cut_too_and_counted_and_mistakes_come_first() -> None:
    kinds = [problem(n, f"is {chr(97 + n // 26)}{chr(97 + n % 26)}", "warning") for n in range(100)]
    told = list(lines([*kinds, problem(900, "stops the work")]))
    assert told[0] == "people.yaml:900:1: [900].name – stops the work"
    assert told[-2] == "  … and 71 problems of 71 other kinds"
    assert told[-1].startswith("1 problem to fix, 100 warnings, by kind")
    assert len(told) == 32
