"""The page itself: one file that opens from disk, fetches nothing, runs nothing, and prints."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from letters.counting import counted
from letters.digests import TextDigest
from letters.draft.language import language_of
from letters.kept import sealed
from letters.ledger.events import Entry
from letters.post import days
from letters.post.page import sent, signed
from letters.post.page.answers import answers, table
from letters.post.page.markup import day, lines, section, spoken, words
from letters.post.page.signatures import signatures

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.editions import KnownEditions
    from letters.ledger.sheets import Paper
    from letters.ledger.status import SignatoryStatus
    from letters.post.answers.progress import Progress

MARK = b'<meta name="generator" content="letters status">'
"""What stands in each such page, and tells it from a file that somebody else has written."""

_CLOSED = "default-src 'none'; style-src 'unsafe-inline'"
_DIGITS = 16  # of the text digest, as at the foot of each letter
_FOOT = """\
<footer><p>Nobody here can tell whether a letter was read. “Accepted by the server” says that a mail
server took it, “sent by e-mail” that somebody has recorded it, and no more. Days of signatures are
those that were given, else those of recording; how far an answer is due or overdue is in calendar
days.</p></footer>"""


def write(
    campaign: Campaign,
    entries: Sequence[Entry],
    people: Sequence[SignatoryStatus],
    known: Sequence[Progress],
    *,
    digest: TextDigest,
    today: dt.date,
    editions: KnownEditions | None = None,
    paper: Paper | None = None,
) -> bytes:
    """The page as UTF-8, sealed; the same arguments give the same bytes.

    ``people`` are the states of the campaign's signatories and ``known`` the progress of its
    recipients, each in their order; ``digest`` is that of the text as it is, and ``editions`` tell
    its languages apart; ``paper`` are the sheets that were signed by hand. No signatory's name, no
    address, no note and no evidence is on the page.
    """
    signing = signed.signed(campaign, entries, people, digest, editions)
    rows = sent.rows(campaign, known, digest, today)
    tag = campaign.letter.languages[0]
    title = campaign.letter.title.get(tag) or ""
    about = f'lang="{tag}" dir="{language_of(campaign, tag).direction}"'
    head = (
        '<meta charset="utf-8">',
        MARK.decode(),
        f'<meta http-equiv="Content-Security-Policy" content="{_CLOSED}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>Status on {spoken(today)}: {words(title)}</title>",
        f"<style>\n{_style()}</style>",
    )
    body = (
        "<header>",
        f'<p class="date">Status on {day(today)}</p>',
        f"<h1 {about}>{words(title)}</h1>",
        f'<p class="digest">Text <code>{digest[:_DIGITS]}</code></p>' if digest else "",
        "</header>",
        _numbers(signing, rows, paper),
        signatures(signing, today, paper),
        answers(rows, tag),
        _press(entries),
        table(rows, tag),
        _FOOT,
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n{lines(head)}\n</head>\n'
        f"<body>\n<main>\n{lines(body)}\n</main>\n</body>\n</html>\n"
    )
    return sealed(page.encode(), "<!-- ", " -->")


def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _numbers(
    signing: signed.SignatureNumbers, rows: Sequence[sent.SentRow], paper: Paper | None
) -> str:
    """What a meeting asks first."""
    late = sum(row.left is not None and row.left < 0 for row in rows)
    out = sum(row.was_sent for row in rows)
    done = sum(row.manner == "done" for row in rows)
    total = signing.total + (paper.valid if paper else 0)
    numbers = (
        (str(total), "signature" if total == 1 else "signatures"),
        (f"{out}<small> of {len(rows)}</small>", "sent the letter"),
        (str(done), "answered or refused"),
        (str(late), "overdue"),
    )
    cells = (f"<div><dt>{what}</dt><dd>{number}</dd></div>" for number, what in numbers)
    return f'<dl class="numbers">{"".join(cells)}</dl>'


def _press(entries: Sequence[Entry]) -> str:
    """How often the press reported, and when; what was noted of it is nobody else's."""
    on = Counter(days.told(entry) for entry in entries if entry.event.kind == "reported")
    if not on:
        return ""
    told = (day(one) + (f" ({number})" if number > 1 else "") for one, number in sorted(on.items()))
    return section("Press", f"<p>{counted(on.total(), 'report')}: {', '.join(told)}.</p>")
