"""What a user settles for a list: words of imports.yaml or of --set, and what readers take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TypeAlias, cast, get_args

from letters.campaign.forms import load_forms
from letters.campaign.types import COUNTRIES, Visibility
from letters.error import LettersError, Status
from letters.intake import answers, days
from letters.intake.fields import Settings
from letters.intake.recipe import Recipe
from letters.intake.row import Row
from letters.intake.vocabulary import Kind
from letters.problem import did_you_mean

Words: TypeAlias = "dict[str, str | dict[str, str]]"

ANSWERS = "answers"
_ORDERS = ("ymd", "dmy", "mdy")
_MOST_ANSWERS, _LONGEST_ANSWER = 12, 40
KEYS = {
    "encoding": "how the file’s bytes are text, such as windows-1250",
    "delimiter": "what tells its cells apart",
    "zone": "the time zone of its time stamps, such as Europe/Berlin",
    "home": "the time zone whose days are wanted",
    "order": "the order of the numbers in a day: ymd, dmy or mdy",
    "country": "where addresses are that don’t say it: two capital letters",
    "proposals": "“accept” takes what is proposed",
}


class SettingError(LettersError):
    """What was settled means nothing."""

    status = Status.USAGE


def settled(before: Mapping[str, str | dict[str, str]], said: Iterable[str]) -> Words:
    """What is remembered, with the ``KEY=VALUE`` of this run."""
    found: Words = {k: dict(w) if isinstance(w, Mapping) else w for k, w in before.items()}
    for one in said:
        key, _, meant = one.partition("=")
        key = key.strip()
        if key.startswith(f"{ANSWERS}."):
            whole, _, meant = one.rpartition("=")
            group = found.setdefault(ANSWERS, {})
            if isinstance(group, dict):
                group[whole.removeprefix(f"{ANSWERS}.").strip()] = meant.strip()
            continue
        if not meant.strip() and meant != "\t":
            raise SettingError(f"“{key}” is not settled", "write it as KEY=VALUE")
        found[key] = meant if key == "delimiter" else meant.strip()
    for key, words in found.items():
        _expect(key, words)
    return found


def _expect(key: str, words: str | dict[str, str]) -> None:
    if key == ANSWERS and isinstance(words, Mapping):
        for meant in words.values():
            if meant not in get_args(Visibility):
                hint = f"one of {', '.join(get_args(Visibility))}"
                raise SettingError("an answer means nothing that is known", hint)
        return
    if key not in KEYS or not isinstance(words, str):
        known = (*KEYS, f"{ANSWERS}.ANSWER")
        raise SettingError(f"there is nothing to settle called “{key}”", did_you_mean(key, known)
                           or f"known: {', '.join(known)}")  # fmt: skip
    wrong = {
        "zone": key == "zone" and not days.is_zone(words),
        "home": key == "home" and not days.is_zone(words),
        "order": words not in _ORDERS,
        "country": words not in COUNTRIES,
        "proposals": words != "accept",
        "delimiter": len(words) != 1 and words != "tab",
    }.get(key)
    if wrong:
        raise SettingError(f"“{words}” is no {key} that is known", KEYS[key])


def of(
    root: Path, words: Words, recipe: Recipe | None, order: str, *, own: bool = False
) -> Settings:
    """What the readers of rows take: the user’s word, or the recipe’s, or a guess.

    In a list of our ``own`` kind who says nothing of being printed is public.
    """

    def said(key: str, otherwise: str = "") -> str:
        found = words.get(key)
        return found if isinstance(found, str) else otherwise

    group = words.get(ANSWERS)
    said_so = cast("dict[str, Visibility]", group if isinstance(group, dict) else {})
    silent: dict[str, Visibility] = {"": "public"} if own else {}
    return Settings(
        answers={**silent, **(recipe.answers if recipe else {}), **said_so},
        zone=said("zone", recipe.zone if recipe else ""),
        home=said("home"),
        order=cast("days.Order", said("order", (recipe.order if recipe else "") or order)),
        accept_proposals=said("proposals") == "accept",
        country=said("country", recipe.country if recipe else ""),
        forms=frozenset(load_forms(root)[0].names),
    )


def order_of(sample: Iterable[Row], fields: Mapping[str, str]) -> str:
    """The order of the numbers in a day, where the rows leave only one."""
    stamps = [row.cells.get(c, "") for c, f in fields.items() if f == "signed_on" for row in sample]
    found = days.orders(filter(None, stamps)) if any(stamps) else frozenset()
    return next(iter(found)) if len(found) == 1 else ""


def asked(sample: Iterable[Row], fields: Mapping[str, str], settings: Settings) -> Iterable[str]:
    """What is to be settled once, and has not been."""
    stamps = [row.cells.get(c, "") for c, f in fields.items() if f == "signed_on" for row in sample]
    if settings.home or not days.has_clock(filter(None, stamps)):
        return
    yield (
        "a day is taken as the list’s own clock has it: where people sign in another time zone, "
        "say --set zone=ZONE for the list’s and --set home=ZONE for yours"
    )


def meanings(kind: Kind, found: Iterable[str], settings: Settings) -> list[tuple[str, str]]:
    """What each answer to “may we publish your name” means; long ones are told of as others."""
    if kind != "signatories":
        return []
    meant = answers.mapping(found, settings.answers)
    short = {said: v for said, v in meant.items() if len(said) <= _LONGEST_ANSWER}
    known = {s: v for s, v in short.items() if s in answers.known() or s in settings.answers}
    told: list[tuple[str, str]] = [
        (f"“{said}”" if said else "no answer", v)
        for said, v in islice(known.items(), _MOST_ANSWERS)
    ]
    if "" in meant and "" not in known:
        told.append(("no answer", meant[""]))
    if others := len([said for said in meant if said and said not in known]):
        told.append((f"any other answer ({others})", "withheld"))
    return told
