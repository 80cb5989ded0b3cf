"""Citations of sources in a letter.yaml that can’t be typed yet.

A mistake elsewhere in the file would hide them until it is fixed, and fixing would then bring
new ones to light. So they are looked up in the file as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from letters.campaign.source import Mapping, Source
from letters.campaign.types import IDENTIFIER
from letters.problem import Problem, did_you_mean


def unknown_sources(source: Source) -> Iterator[Problem]:
    """Sources that figures and facts name and that the file doesn’t have.

    Nothing is said where the sources themselves are missing or misspelt.
    """
    root = source.root
    known = root.get("sources") if isinstance(root, Mapping) else None
    if not isinstance(known, Mapping):
        return
    for steps, name in _cited(root):
        # What has not the form of an id may be anything, and is not repeated.
        if IDENTIFIER.fullmatch(name) and name not in known:
            hint = did_you_mean(name, known) or "add it under “sources” in letter.yaml"
            yield Problem(source.place(steps), f"there is no source “{name}”", hint)


def _cited(root: Mapping) -> Iterator[tuple[tuple[str | int, ...], str]]:
    figures, cases = root.get("figures"), root.get("cases")
    for key, figure in figures.items() if isinstance(figures, Mapping) else ():
        if isinstance(figure, Mapping) and isinstance(figure.get("source"), str):
            yield ("figures", key, "source"), figure["source"]
    for c, case in enumerate(cases if isinstance(cases, list) else ()):
        facts = case.get("facts") if isinstance(case, Mapping) else None
        for f, fact in enumerate(facts if isinstance(facts, list) else ()):
            if isinstance(fact, Mapping) and isinstance(fact.get("source"), str):
                yield ("cases", c, "facts", f, "source"), fact["source"]
