"""The guide to rules: its tables say what the files of the bodies and the rules say."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pages import DOCS, code, page_text, rows_of

from letters.check import body as bodies
from letters.check.reading import Part
from letters.check.rules import RULES, Rule
from letters.check.vocabulary import known

GUIDE = DOCS / "rules.md"
NOWHERE = Path("/nowhere")


@pytest.mark.parametrize("name", bodies.known(NOWHERE))
def test_the_guide_lists_the_rules_of_every_body(name: str) -> None:
    body, _ = bodies.load(NOWHERE, name)
    assert body
    assert f"### {name}\n\n{body.title}.\n" in page_text(GUIDE)
    shown = rows_of(GUIDE, f"Rule of {name}")
    assert shown == [
        [
            f"`{rule.rule}`",
            "error" if rule.level == "V" else "warning",
            rule.says,
            body.source_of(rule),
        ]
        for rule in body.rules
    ]
    section = page_text(GUIDE).partition(f"### {name}\n")[2].partition("\n#")[0]
    assert [line[2:] for line in section.splitlines() if line.startswith("- ")] == [
        entry.text for entry in body.reminders
    ]


def test_the_guide_lists_every_rule_with_its_keys() -> None:
    shown = {code(row[0])[0]: code(row[1]) for row in rows_of(GUIDE, "Rule")}
    assert shown == {
        name: [key for key in rule.model_fields if key not in Rule.model_fields]
        for name, rule in RULES.items()
    }


def test_the_guide_lists_the_keys_of_a_bodys_file() -> None:
    for heading, model in (
        ("Key of bodies/ID.yaml", bodies.BodyFile),
        ("Key of a body's source", bodies.Origin),
    ):
        shown = {code(row[0])[0]: row[1] for row in rows_of(GUIDE, heading)}
        assert shown == {
            name: "yes" if field.is_required() else "no"
            for name, field in model.model_fields.items()
        }


def test_the_guide_names_the_parts_and_the_languages() -> None:
    text = " ".join(page_text(GUIDE).split())
    parts = text.partition("The parts of a letter are ")[2].partition(".")[0]
    assert code(parts) == list(get_args(Part))
    names = {
        "en": "English",
        "fr": "French",
        "de": "German",
        "es": "Spanish",
        "ru": "Russian",
        "uk": "Ukrainian",
    }
    assert set(names) == set(known())
    assert all(name in text for name in names.values())
