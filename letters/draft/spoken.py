"""Words in another language than those around them, written ``[ainsi]{lang=fr}``.

A screen reader says them in the voice of their language, and Word looks their spelling up there.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from letters.draft.document import TextLanguage
from letters.draft.language import Language, language

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_TAG = re.compile(r"\{lang=([A-Za-z0-9-]{2,35})\}")


def read(state: StateInline, silent: bool) -> bool:
    """The rule of the parser for it."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = _TAG.match(state.src, end + 1, state.posMax) if end > state.pos else None
    if not found:
        return False
    if not silent:
        last = state.posMax
        state.pos, state.posMax = state.pos + 1, end
        state.push("spoken_open", "span", 1).info = found[1]
        state.md.inline.tokenize(state)
        state.push("spoken_close", "span", -1)
        state.posMax = last
    state.pos = found.end()
    return True


@functools.cache
def tongue(tag: str) -> TextLanguage | None:
    """The language of a tag such as uk or zh-Hant; None where there is none of that name."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    named = str(known).replace("_", "-") if "-" in tag else tag.lower()
    return TextLanguage(named, "rtl" if known.text_direction == "rtl" else "ltr")


def typesetter(tag: str, around: Language) -> Language:
    """Whose spaces and signs words of that language have: their own, where it is known."""
    try:
        return language(tag)
    except KeyError:
        return around
