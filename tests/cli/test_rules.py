"""``letters rules``: the bodies, the rules of one, and what is wrong with a file of rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

OWN = """\
title: A house
sources: {book: {institution: A house, page: Its rule book, url: https://example.org/rules}}
rules:
  - {rule: most-words, level: V, source: book, says: at most ten words, most: 10}
  - {rule: one-ask, level: M, says: one ask}
reminders: [{text: the moon is full, source: book}]
"""


def test_it_lists_the_bodies_and_which_are_of_the_campaign(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("bodies/own.yaml", OWN)
    done = letters_here("rules")
    assert (done.status, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "appeal" in lines[0]
    assert [line.split(maxsplit=1)[1] for line in lines if line.startswith("own ")] == [
        "A house (of this campaign)"
    ]


def test_it_shows_the_rules_of_one_with_their_sources(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("bodies/own.yaml", OWN)
    assert letters_here("rules", "own").stdout == (
        "A house (of this campaign)\n\n"
        "error    at most ten words\n         A house, “Its rule book”\n"
        "warning  one ask\n         from memory, not looked up\n"
        "\nNo program can check:\n- the moon is full\n  A house, “Its rule book”\n"
        "\nRead in:\n- A house, “Its rule book”\n  https://example.org/rules\n"
    )


def test_a_program_reads_the_same(campaign: CampaignFolder, letters_here: Letters) -> None:
    campaign.write("bodies/own.yaml", OWN)
    assert json.loads(letters_here("rules", "own", "--json").stdout) == [
        {
            "id": "own",
            "title": "A house",
            "own": True,
            "rules": [
                {
                    "rule": "most-words",
                    "level": "error",
                    "says": "at most ten words",
                    "source": "A house, “Its rule book”",
                },
                {
                    "rule": "one-ask",
                    "level": "warning",
                    "says": "one ask",
                    "source": "from memory, not looked up",
                },
            ],
            "reminders": [{"text": "the moon is full", "source": "A house, “Its rule book”"}],
        }
    ]
    assert len(json.loads(letters_here("rules", "--json").stdout)) == 10


def test_an_unknown_body_is_a_wrong_word(letters_here: Letters) -> None:
    done = letters_here("rules", "bundestg")
    assert (done.status, done.stdout) == (2, "")
    assert "did you mean “bundestag”?" in done.stderr


def test_a_mistake_in_a_file_of_rules_is_told_by_its_line(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.write("bodies/own.yaml", OWN.replace("most: 10", "most: ten"))
    done = letters_here("rules", "own")
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr.startswith("bodies/own.yaml:4:79: rules[0].most – must be a whole number")
    campaign.edit("letter.yaml", "place: Ottawa", "place: Ottawa\nbody: own")
    done = letters_here("check")
    assert done.stderr.startswith("bodies/own.yaml:4:79: rules[0].most – must be a whole number")


def test_a_link_in_place_of_a_file_is_not_read(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    outside = campaign.path.parent / "outside.yaml"
    outside.write_text(OWN, encoding="utf-8")
    (campaign.path / "bodies").mkdir()
    (campaign.path / "bodies" / "own.yaml").symlink_to(outside)
    done = letters_here("rules", "own")
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr.startswith("bodies/own.yaml:1:1: is no file of the campaign’s own")
