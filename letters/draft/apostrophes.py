"""Apostrophes that quotation marks must not take for their own: ’90s, ’n’, ’tis, Hans’ Haus.

Typed as a straight ', an apostrophe before a word looks like a mark that opens a quotation, and one
at its end like a mark that closes it. What is certain is set before the marks are paired; and a
mark that finds no other is an apostrophe too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

APOSTROPHE = "’"
_CERTAIN = re.compile(
    r"(?<!\w)'(?=\d\d(?:s|er|ers|ern)?(?!\w))"  # ’90s, ’68er, ’05
    r"|(?<!\w)'(?=(?:n|tis|twas|twere|em|til|cause|bout|round|s|ne|nen|ner|nem|nes)(?!\w))"
    r"|(?<=[’'][nN])'(?!\w)",  # the second one of ’n’
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_AFTER_S = re.compile(r"(?<=[sxzßSXZ])'(?=\s+\w)")
_SINGLE = re.compile(r"(?<![\d'])'")


def use_apostrophes(made: MarkdownIt) -> None:
    """Let the parser set them, around its own rule for quotation marks."""
    made.core.ruler.before("smartquotes", "apostrophes", _certain)
    made.core.ruler.after("smartquotes", "apostrophes_left", _left)


def _certain(state: StateCore) -> None:
    for token in state.tokens:
        texts = [child for child in token.children or () if child.type == "text"]
        for child in texts:
            if "'" in child.content:
                child.content = _WITHIN.sub(APOSTROPHE, _CERTAIN.sub(APOSTROPHE, child.content))
        # Quotation marks come in pairs: of an odd number one is an apostrophe, after an s.
        if sum(child.content.count("'") for child in texts) % 2:
            for child in texts:
                child.content, changed = _AFTER_S.subn(APOSTROPHE, child.content, count=1)
                if changed:
                    break


def _left(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text" and "'" in child.content:
                child.content = _SINGLE.sub(APOSTROPHE, child.content)
