"""The few shapes of words on the page. Names are cargo: whatever they hold, they stay words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from letters.campaign.plaintext import UNUSABLE
from letters.counting import counted
from letters.draft.language import language


def words(text: str) -> str:
    """Any text, escaped; what can't be seen and could turn the line around becomes a sign."""
    return escape(UNUSABLE.sub("\ufffd", text))


def name(text: str, tag: str) -> str:
    """A name in the language ``tag``, which has its own direction and nobody else's."""
    return f'<bdi lang="{tag}">{words(text)}</bdi>'


def day(on: dt.date) -> str:
    """A date in words, which programs can read too."""
    return f'<time datetime="{on.isoformat()}">{spoken(on)}</time>'


def spoken(on: dt.date) -> str:
    """The date alone, without markup."""
    return language("en").date(on)


def left(days: int) -> str:
    """How far a day is from today, in calendar days."""
    if days == 0:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} overdue"


def lines(parts: Iterable[str]) -> str:
    """The parts that aren't empty, each on its own line."""
    return "\n".join(part for part in parts if part)


def section(heading: str, *parts: str) -> str:
    """A part of the page under its heading."""
    return f"<section>\n<h2>{heading}</h2>\n{lines(parts)}\n</section>"


def figure(heading: str, *parts: str) -> str:
    """A chart under its heading, with what is said of it below."""
    return f"<figure>\n<figcaption>{heading}</figcaption>\n{lines(parts)}\n</figure>"
