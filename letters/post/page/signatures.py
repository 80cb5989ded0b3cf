"""The part of the page on signatures: what stands, over time, by kind and by language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.counting import counted
from letters.post.page import charts
from letters.post.page.markup import day, figure, lines, section, spoken
from letters.post.page.signed import OTHER_LANGUAGES

if TYPE_CHECKING:
    from letters.ledger.sheets import Paper
    from letters.post.page.sent import Manner
    from letters.post.page.signed import SignatureNumbers


def signatures(found: SignatureNumbers, today: dt.date, paper: Paper | None = None) -> str:
    """Sentences, then the charts of those whose names may be shown, where there is anybody."""
    parts = [f"<p>{' '.join((*_said(found), *_on_paper(paper)))}</p>"]
    drawn = [_over_time(found, today)] if found.days else []
    if found.shown:
        drawn.append(f'<div class="stack">\n{lines((_kinds(found), _languages(found)))}\n</div>')
    if drawn:
        parts.append(f'<div class="pair">{lines(drawn)}</div>')
    return section("Signatures", *parts)


def _said(found: SignatureNumbers) -> list[str]:
    if found.total == 0:
        said = ["Nobody has signed the text as it is yet."]
    else:
        stand = "signature stands" if found.total == 1 else "signatures stand"
        said = [f"{found.total} {stand} for the text as it is."]
    if found.unnamed:
        few = f"{found.unnamed} whose {'name is' if found.unnamed == 1 else 'names are'} withheld"
        verb = "is" if found.unnamed == 1 else "are"
        shown = f"The charts show the {found.shown} who may be named; " if found.days else ""
        said.append(f"{shown}{few} {verb} in the total only.")
    if found.stale:
        verb = (
            "is to an earlier text and doesn’t count"
            if found.stale == 1
            else ("are to an earlier text and don’t count")
        )
        said.append(
            f"{counted(found.stale, 'more signature', 'more signatures')} {verb} until"
            " reaffirmed (stale)."
        )
    if found.changed:
        verb = "doesn’t count" if found.changed == 1 else "don’t count"
        said.append(
            f"{counted(found.changed, 'more signature', 'more signatures')} under another"
            f" printed form {verb} until confirmed (changed)."
        )
    return said


def _on_paper(paper: Paper | None) -> list[str]:
    """What stands on sheets, of which the log has counts and no names."""
    if not paper:
        return []
    standing, valid = sum(sheet.stands for sheet in paper.sheets), paper.valid
    stand = "more signature stands" if valid == 1 else "more signatures stand"
    on = f"{counted(standing, 'sheet')} of paper ({paper.invalid} not valid)"
    said = [f"{valid} {stand} on {on}."]
    if stale := len(paper.stale):
        verb = (
            "shows an earlier text and doesn’t"
            if stale == 1
            else ("show an earlier text and don’t")
        )
        said.append(f"{counted(stale, 'more sheet', 'more sheets')} {verb} count.")
    return said


def _over_time(found: SignatureNumbers, today: dt.date) -> str:
    last, most = found.days[-1], max(one.stands for one in found.days)
    peak = next(one.on for one in found.days if one.stands == most)
    said = f"{last.stands} signed on {spoken(today)}"
    said += f", {last.stale} stale{' or changed' if found.changed else ''}" if last.stale else ""
    said += f"; the most were {most}, first on {spoken(peak)}" if most else ""
    rows = "".join(
        f"<tr><td>{day(one.on)}</td><td>{one.stands}</td><td>{one.stale}</td></tr>"
        for one in found.days
    )
    title = "Signatures over time"
    return figure(
        title,
        charts.curve(found.days, today, "curve", title, f"At the end of each day: {said}."),
        f"<p>{said[0].upper()}{said[1:]}.</p>",
        "<details><summary>Day by day</summary>",
        '<table class="days"><thead><tr><th scope="col">End of</th><th scope="col">Signed</th>'
        f'<th scope="col">Stale</th></tr></thead><tbody>{rows}</tbody></table></details>',
    )


def _kinds(found: SignatureNumbers) -> str:
    return _bars("kinds", "By kind", found.kinds, "")


def _languages(found: SignatureNumbers) -> str:
    if len(found.languages) == 1 and found.languages[0][0] == OTHER_LANGUAGES:
        return ""
    note = "The language that they read first. Languages of fewer than three are not told apart."
    return _bars("languages", "By language", found.languages, note)


def _bars(name: str, title: str, numbers: Sequence[tuple[str, int]], note: str) -> str:
    said = "; ".join(f"{words}: {number}" for words, number in numbers)
    rows: list[tuple[str, Manner, int]] = [(words, "done", number) for words, number in numbers]
    drawn = charts.bars(rows, name, f"Signatures {title.lower()}", f"{said}.")
    return figure(title, drawn, f'<p class="note">{note}</p>' if note else "")
