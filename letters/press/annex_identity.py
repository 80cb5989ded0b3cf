"""An annex's identity: one digest over everything that its files come from, as a letter has it."""

from __future__ import annotations

import hashlib
from typing import Any

from letters.draft.annex import Annex
from letters.draft.roster import short
from letters.press import fonts
from letters.press.identity import of_format, whole_digest
from letters.press.jobs import Format, PressRun
from letters.press.provenance import Identity

_SHOWN = 8  # digits of a part's digest


def identities(annex: Annex, run: PressRun, roster: str) -> dict[Format, Identity]:
    """The annex's identity in each format of the run."""
    names = hashlib.sha256()
    for group in annex.groups:
        names.update(f"{len(group.sections)} {group.label}\0{group.head}\0".encode())
        for section in group.sections:
            names.update(f"{section.letter} {len(section.lines)}\0".encode())
            names.update(section.lines.encode())
    rest: dict[str, Any] = {
        name: getattr(annex, name) for name in Annex.__struct_fields__ if name != "groups"
    }
    parts = {
        "date": short(annex.date.isoformat()),
        "title": short(annex.title, annex.of, annex.author),
        "form": short(str(annex.columns), str([group.head for group in annex.groups])),
        "draft-mark": short(annex.draft_mark),
        "signatures": names.hexdigest()[:_SHOWN],
        "text": run.signed.digest[:_SHOWN],
    }
    families = _families(annex, run)
    found: dict[Format, Identity] = {}
    for made in run.formats:
        own = dict(of_format(made, run.theme, families))
        digest = whole_digest("annex", made, names.hexdigest(), repr(rest), repr(own))
        shown = {name: value[:_SHOWN] for name, value in own.items()}
        found[made] = Identity(digest, parts | shown, roster)
    return found


def _families(annex: Annex, run: PressRun) -> tuple[str, ...]:
    """Every family that the annex may be set in."""
    said = frozenset[str]().union(*(fonts.unusual(text) for text in annex.texts()))
    text, label = fonts.stacks_for(fonts.scripts_in(sorted(said), annex.language), run.theme)
    return tuple(sorted({*text, *label}))
