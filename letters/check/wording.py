"""How every letter is worded, whoever it is addressed to: what can be said honestly by a program.

All of it is a warning. A machine sees words and no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.campaign import shown
from letters.check.phrases import find_phrase
from letters.check.reading import Reading, WordRun, origins
from letters.check.vocabulary import vocabulary
from letters.draft import document as d
from letters.problem import Place, Problem

_DASH = re.compile("[ \u00a0\u202f]([–—])(?=[ \u00a0\u202f])")
_POLITE = "ask for it: whoever can refuse is not moved by a demand"


def look(reading: Reading) -> Iterator[Problem]:
    """Demands, two kinds of dash, asks that are put to nobody, and a letter to sign nowhere."""
    yield from _demands(reading)
    yield from _dashes(reading)
    yield from _unaddressed(reading)
    yield from _unsigned(reading)


def _demands(reading: Reading) -> Iterator[Problem]:
    words = vocabulary(reading.tag)
    for run in reading.prayer():
        if said := find_phrase(run.text, (*words.demands, *words.orders)):
            yield _warning(reading.place(run), f"demands, with the words “{said}”", _POLITE)


def _dashes(reading: Reading) -> Iterator[Problem]:
    """Between words a text has one dash; which, is the writer's and the language's to say."""
    first = ""
    for run in reading.runs:
        for found in _DASH.finditer(run.text):
            first = first or found[1]
            if found[1] != first:
                hint = "a text has one of them: write it everywhere"
                message = f"has the dash “{found[1]}” where “{first}” stands before"
                yield _warning(reading.place(run, found.start(1)), message, hint)
                return


def _unaddressed(reading: Reading) -> Iterator[Problem]:
    """Who is asked stands in the salutation, in the address, or in the words before the asks."""
    if any(isinstance(block, d.Salutation | d.AddressBlock) for block in reading.blocks()):
        return
    before: d.Block | None = None
    for block in reading.letter.blocks:
        if isinstance(block, d.Asks):
            lead = before.content if isinstance(before, d.Paragraph) else ()
            if not _names_somebody(WordRun("text", lead), reading.tag):
                hint = "say who is asked in the sentence before them: “We ask the Council:”"
                place = reading.line_of("::: asks")
                yield _warning(place, "the asks are put to nobody", hint)
        before = block


def _names_somebody(lead: WordRun, tag: str) -> bool:
    """Lenient, because names have no end: any value, “you”, or a capital inside the sentence."""
    if any(origins(lead)):
        return True
    words = lead.text.split()
    is_cased = lead.text.lower() != lead.text.upper()
    if not is_cased and words:
        return True
    inside = (word.lstrip("“„«\"'(") for word in words[1:])
    return bool(find_phrase(lead.text, vocabulary(tag).you)) or any(
        word[:1].isupper() and word != "I" for word in inside
    )


def _unsigned(reading: Reading) -> Iterator[Problem]:
    campaign = reading.campaign
    authors = any(one.rank == "author" for one in shown.signatories(campaign).outlines)
    signed = any(isinstance(b, d.SignatureBlock | d.Sheet) for b in reading.blocks())
    if authors and campaign.declared.signed and not signed:
        hint = "add the block “::: signatures”, or “signed: no” to template.yaml"
        yield _warning(Place(reading.shown), "somebody is to sign, and there is no place to", hint)


def _warning(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, message, hint, severity="warning")
