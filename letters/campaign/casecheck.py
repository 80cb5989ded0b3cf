"""What can be wrong with the cases of a letter: a name said aloud, a consent that was not given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.campaign.model import Located
from letters.campaign.schema import Case, LetterFile
from letters.problem import Problem


def check_cases(letter: LetterFile, at: Located) -> Iterator[Problem]:
    """The problems of all cases; no message repeats a name."""
    for index, case in enumerate(letter.cases):
        if case.visibility in ("public", "name-only"):
            yield from _unconsented(case, index, at)
        elif case.visibility == "role-only":
            yield from _named(case, index, at)
        elif "visibility" not in case.model_fields_set:
            message = "is withheld, as nothing else is said, and no letter prints it"
            hint = "add “visibility: public” (or name-only, role-only) once the person has agreed"
            yield Problem(at.place("cases", index), message, hint, severity="warning")


def _unconsented(case: Case, index: int, at: Located) -> Iterator[Problem]:
    """Naming somebody takes their consent, or reports that have named them already."""
    published = bool(case.facts) and all(fact.source for fact in case.facts)
    if not case.consent.given and not published:
        message = "names a person who has not agreed to it"
        hint = "say “consent: {given: yes}”, give each fact a published source, or withhold it"
        yield Problem(at.place("cases", index, "person"), message, hint)


def _named(case: Case, index: int, at: Located) -> Iterator[Problem]:
    """A fact is printed, so it must not say the name that its case is to keep."""
    names = set(case.person.texts.values())
    parts = {part for name in names for part in re.split(r"[\s-]+", name) if len(part) > 1}
    for f, fact in enumerate(case.facts):
        for tag, text in fact.text.texts.items():
            place = at.place("cases", index, "facts", f, "text", *((tag,) if tag else ()))
            if any(name in text for name in names):
                message = "names the person whom the case keeps unnamed"
                yield Problem(place, message, "reword the fact")
            elif parts & set(re.split(r"[^\w’'-]+", text)):
                message = "may name the person whom the case keeps unnamed"
                yield Problem(place, message, "look whether it does", severity="warning")
