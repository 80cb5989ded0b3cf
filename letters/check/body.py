"""The bodies that a letter can be addressed to, each with its rules, as files.

``bodies/<id>.yaml`` in the campaign comes before the file of the same name that is shipped. A file
names rules that the toolkit knows and gives them numbers and words; it holds nothing that runs.
"""

from __future__ import annotations

from os.path import lexists
from pathlib import Path
from typing import Annotated, Any

from msgspec import Struct
from pydantic import Field

from letters import reading
from letters.campaign.source import MOST_OF_ONE, Mapping, Source, read
from letters.campaign.types import Identifier, Model
from letters.campaign.validate import validate
from letters.check.rules import RULES, Rule
from letters.problem import Place, Problem, did_you_mean

SHIPPED = Path(__file__).parent / "bodies"
FOLDER = "bodies"


class Origin(Model):
    """Where a rule was read: who published it, under which title, and where it can be found."""

    institution: str
    page: str
    url: str | None = Field(None, pattern=r"^https?://\S+$")

    def __str__(self) -> str:
        return f"{self.institution}, “{self.page}”"


class Reminder(Model):
    """A rule that no program can check: somebody has to look."""

    text: str
    source: Identifier | None = None


class BodyFile(Model):
    """bodies/ID.yaml, but for its rules, which are typed one by one."""

    title: str
    sources: dict[Identifier, Origin] = Field(default_factory=dict)
    rules: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]
    reminders: tuple[Reminder, ...] = ()


class Institution(Struct, frozen=True):
    """A body with its rules, ready to be looked for; ``is_own`` in the campaign’s own folder."""

    id: str
    title: str
    sources: dict[str, Origin]
    rules: tuple[Rule, ...]
    reminders: tuple[Reminder, ...]
    is_own: bool

    def source_of(self, entry: Rule | Reminder) -> str:
        """Where that rule was read, in words."""
        return str(self.sources[entry.source]) if entry.source else "from memory, not looked up"


def known(root: Path) -> list[str]:
    """The ids of all bodies, the campaign’s own among them."""
    folders = (root / FOLDER, SHIPPED)
    return sorted({file.stem for folder in folders for file in folder.glob("*.yaml")})


def load(root: Path, identifier: str) -> tuple[Institution | None, list[Problem]]:
    """The body of that id, or everything that is wrong with its file; both empty: there is none."""
    own = reading.real(root) / FOLDER / f"{identifier}.yaml"
    # A link could lead to any file of the machine, and its words into a message.
    is_own = own.is_file() and reading.real(own) == own
    file = own if is_own else SHIPPED / f"{identifier}.yaml"
    shown = f"{FOLDER}/{identifier}.yaml" if is_own else f"<built-in>/{FOLDER}/{identifier}.yaml"
    if lexists(own) and not is_own:  # never the shipped rules where somebody means their own
        message = "is no file of the campaign’s own that can be read"
        return None, [Problem(Place(f"{FOLDER}/{identifier}.yaml"), message)]
    if not file.is_file():
        return None, []
    source, problems = read(file, shown, MOST_OF_ONE)
    if problems:
        return None, problems
    typed, problems = validate(BodyFile, source)
    rules = [_rule(source, i) for i in range(_count(source))]
    problems += [problem for _, found in rules for problem in found]
    if typed is None or problems:
        return None, problems
    made = tuple(rule for rule, _ in rules if rule is not None)
    problems = [
        *_unsourced(source, typed.sources, "rules", made),
        *_unsourced(source, typed.sources, "reminders", typed.reminders),
    ]
    body = Institution(identifier, typed.title, typed.sources, made, typed.reminders, is_own)
    return (None if problems else body), problems


def _count(source: Source) -> int:
    written = source.root.get("rules") if isinstance(source.root, Mapping) else None
    return len(written) if isinstance(written, list) else 0


def _rule(source: Source, index: int) -> tuple[Rule | None, list[Problem]]:
    """The rule at that place of the file, typed by the rule that it names."""
    written = source.root["rules"][index]
    name = written.get("rule") if isinstance(written, Mapping) else None
    if isinstance(name, str) and name in RULES:
        return validate(RULES[name], source, ("rules", index))
    if not isinstance(written, Mapping):
        return None, []  # which the file’s own type has said already
    place = source.place(("rules", index, "rule"))
    if not isinstance(name, str):
        return None, [Problem(place, "is missing", "docs/rules.md lists them")]
    return None, [Problem(place, "there is no such rule", did_you_mean(name, RULES))]


def _unsourced(
    source: Source, known: dict[str, Origin], key: str, entries: tuple[Rule | Reminder, ...]
) -> list[Problem]:
    """What was read somewhere says where; only what is from memory needs no source."""
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        place = source.place((key, index, "source"))
        if entry.source is None and getattr(entry, "level", "M") == "V":
            hint = "name one of “sources”, or say “level: M” when it is from memory"
            problems.append(Problem(place, "is missing: level V was read somewhere", hint))
        elif entry.source is not None and entry.source not in known:
            hint = did_you_mean(entry.source, known) or "add it under “sources”"
            problems.append(Problem(place, "there is no such source", hint))
    return problems
