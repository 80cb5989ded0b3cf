"""The part of the page on letters: how many are in which state, what is due next, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.counting import counted
from letters.post.page import charts, sent
from letters.post.page.markup import day, figure, left, lines, name, section, words

if TYPE_CHECKING:
    from letters.post.page.sent import Milestone, SentRow

_HEADS = ("Recipient", "State", "History", "Last looked", "Answer due")
_NAMED = 4  # more in one line are counted: the table has them all
_DAYS = 12


def answers(rows: Sequence[SentRow], tag: str) -> str:
    """How many letters are in which state, beside what is to be done and what is due next."""
    if not rows:
        return section("Letters and answers", "<p>There is no recipient yet.</p>")
    counts = sent.counts(rows)
    title = "Letters by state"
    said = "; ".join(f"{state}: {number}" for state, _, number in counts)
    chart = figure(title, charts.bars(counts, "states", title, f"{said}."))
    return section("Letters and answers", f'<div class="pair">{chart}\n{_next(rows, tag)}</div>')


def _next(rows: Sequence[SentRow], tag: str) -> str:
    """What needs somebody now, then the days on which answers are due, in order."""
    stuck = [
        _item(f"<strong>{counted(number, 'letter')}</strong>: {state}", names, tag)
        for state, manner, number in sent.counts(rows)
        if manner == "stuck"
        for names in [[row.name for row in rows if row.words == state]]
    ]
    due = sent.due(rows)
    days = [
        _item(
            f"<strong>{day(one.on)}</strong>, {left(one.left)}:"
            f" {counted(len(one.names), 'answer')}",
            one.names,
            tag,
        )
        for one in due[:_DAYS]
    ]
    later = sum(len(one.names) for one in due[_DAYS:])
    if later:
        days.append(f"<li>{counted(later, 'answer')} later</li>")
    items = lines([*stuck, *days]) or "<li>No answer is awaited.</li>"
    return f'<div class="next">\n<h3>What is next</h3>\n<ol>\n{items}\n</ol>\n</div>'


def _item(what: str, names: Sequence[str], tag: str) -> str:
    shown = ", ".join(name(one, tag) for one in names[:_NAMED])
    more = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"<li>{what}<br>{shown}{more}</li>"


def table(rows: Sequence[SentRow], tag: str) -> str:
    """Every recipient, by the day on which an answer is due.

    Roles are written out, since a phone shows rows as blocks, and some browsers then no longer
    tell a screen reader that it is a table.
    """
    if not rows:
        return ""
    heads = "".join(f'<th scope="col" role="columnheader">{head}</th>' for head in _HEADS)
    body = "\n".join(_row(row, tag) for row in rows)
    return section(
        "Each recipient",
        '<table class="recipients" role="table">\n<thead role="rowgroup">'
        f'<tr role="row">{heads}</tr></thead>\n<tbody role="rowgroup">\n{body}\n</tbody>\n</table>',
    )


def _row(row: SentRow, tag: str) -> str:
    who = name(row.name, tag) + (f"<small>{name(row.office, tag)}</small>" if row.office else "")
    late = row.left is not None and row.left < 0
    due = f"{day(row.due)}<small>{left(row.left or 0)}</small>" if row.due else ""
    looked = day(row.looked) if row.looked else "not yet" if row.was_sent else ""
    steps = "".join(f"<li>{_step(step)}</li>" for step in row.steps)
    cells = (
        f'<span class="{row.manner}">{words(row.words)}</span>',
        f"<ul>{steps}</ul>" if steps else "",
        looked,
        f'<span class="late">{due}</span>' if late else due,
    )
    shown = "".join(
        f'<td role="cell" data-head="{head}">{cell}</td>' if cell else '<td role="cell"></td>'
        for head, cell in zip(_HEADS[1:], cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{who}</th>{shown}</tr>'


def _step(step: Milestone) -> str:
    return f"{step.words} on {day(step.on)}" + (f" ({step.after})" if step.after else "")
