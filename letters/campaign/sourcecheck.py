"""Citations of sources in a letter.yaml that can’t be typed yet.

A mistake elsewhere in the file would hide them until it is fixed, and fixing would then bring
new ones to light. So they are looked up in the file as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from letters.campaign.named_sources import tellable, unknown
from letters.campaign.shown import is_open
from letters.campaign.source import Mapping, Source
from letters.campaign.types import IDENTIFIER
from letters.problem import KnownWords, Problem


def unknown_sources(source: Source) -> Iterator[Problem]:
    """Sources that figures and facts name and that the file doesn’t have.

    Nothing is said where the sources themselves are missing or misspelt.
    """
    root = source.root
    known = root.get("sources") if isinstance(root, Mapping) else None
    if not isinstance(known, Mapping):
        return
    cited = list(_cited(root))
    named = KnownWords(tellable(known, ((name, public) for _, name, public in cited)))
    for steps, name, public in cited:
        # What has not the form of an id may be anything, and is not repeated.
        if IDENTIFIER.fullmatch(name) and name not in known:
            message, hint = unknown(name, public=public, known=named)
            yield Problem(source.place(steps), message, hint)


def _cited(root: Mapping) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """Where a source is cited, its key, and whether what cites it may be shown."""
    figures, cases = root.get("figures"), root.get("cases")
    for key, figure in figures.items() if isinstance(figures, Mapping) else ():
        if isinstance(figure, Mapping) and isinstance(figure.get("source"), str):
            yield ("figures", key, "source"), figure["source"], True
    for c, case in enumerate(cases if isinstance(cases, list) else ()):
        facts = case.get("facts") if isinstance(case, Mapping) else None
        public = facts is not None and is_open(case.get("visibility"))
        for f, fact in enumerate(facts if isinstance(facts, list) else ()):
            if isinstance(fact, Mapping) and isinstance(fact.get("source"), str):
                yield ("cases", c, "facts", f, "source"), fact["source"], public
