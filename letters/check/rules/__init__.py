"""The rules that a body’s file can name, each a few parameters and one small function."""

from __future__ import annotations

from letters.check.rules.base import Finding, Rule
from letters.check.rules.form import FORM
from letters.check.rules.people import PEOPLE
from letters.check.rules.sheets import SHEETS
from letters.check.rules.words import WORDS

__all__ = ["RULES", "Finding", "Rule"]

RULES: dict[str, type[Rule]] = {
    str(rule.model_fields["rule"].annotation.__args__[0]): rule  # type: ignore[union-attr]
    for rule in (*WORDS, *FORM, *SHEETS, *PEOPLE)
}
