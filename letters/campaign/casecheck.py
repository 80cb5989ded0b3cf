"""What can be wrong with the cases of a letter: a name said aloud, a consent that was not given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.campaign.case import Case
from letters.campaign.localtext import LocalText
from letters.campaign.model import Located
from letters.campaign.personcheck import GIVES_AWAY, folded, tells
from letters.campaign.schema import LetterFile
from letters.campaign.shown import hides_name
from letters.problem import Problem

NOT_AGREED = "names a person who has not agreed to it"


def check_cases(letter: LetterFile, at: Located) -> Iterator[Problem]:
    """The problems of all cases; no message repeats a name."""
    for index, case in enumerate(letter.cases):
        if hides_name(case.visibility) and tells(case.person.texts.values(), case.id):
            hint = f"choose another one, such as case-{index + 1}"
            yield Problem(at.place("cases", index, "id"), GIVES_AWAY, hint)
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
        hint = "say “consent: {given: yes}”, give each fact a published source, or withhold it"
        yield Problem(at.place("cases", index, "person"), NOT_AGREED, hint)


def _named(case: Case, index: int, at: Located) -> Iterator[Problem]:
    """What is printed of a case must not say the name that the case is to keep."""
    names = {folded(name) for name in case.person.texts.values()}
    parts = {part for name in names for part in re.split(r"[\s-]+", name) if len(part) > 1}
    printed: list[tuple[tuple[str | int, ...], LocalText | None]] = [
        (("description",), case.description)
    ]
    for f, fact in enumerate(case.facts):
        printed += [(("facts", f, "text"), fact.text), (("facts", f, "said_by"), fact.said_by)]
    for steps, text in printed:
        for tag, words in text.texts.items() if text else ():
            place = at.place("cases", index, *steps, *((tag,) if tag else ()))
            if any(name in folded(words) for name in names):
                message = "names the person whom the case keeps unnamed"
                yield Problem(place, message, "say it without the name")
            elif parts & set(re.split(r"[^\w’'-]+", folded(words))):
                message = "may name the person whom the case keeps unnamed"
                yield Problem(place, message, "look whether it does", severity="warning")
