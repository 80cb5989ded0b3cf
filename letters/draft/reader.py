"""The Markdown parser, set up for letters: what it reads, what it leaves alone."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from letters.draft import spoken
from letters.draft.apostrophes import use_apostrophes
from letters.draft.characters import link_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

ID = "block_id"
"""The node for a line such as ``{id=thanks}``; its content is the id of the block below it."""

_ID = re.compile(r"\{id=([a-z0-9][a-z0-9-]{0,63})\}[ \t]*")
_CELLS = ("td_open", "th_open")
_CITE = re.compile(r"\[@([a-z0-9][a-z0-9-]*)\]")


@functools.cache
def reader(quotes: tuple[str, ...]) -> MarkdownIt:
    """The parser for a language with those quotation marks."""
    made = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": quotes})
    made.disable(["code", "fence", "lheading", "html_block", "html_inline", "reference"])
    made.enable(["table", "smartquotes"])
    use_apostrophes(made)
    made.use(container_plugin, "letter", validate=lambda params, _: bool(params.strip()))
    made.use(footnote_plugin)
    made.inline.ruler.before("link", "cite", _cite)
    made.inline.ruler.before("link", "spoken", spoken.read)
    made.block.ruler.before("blockquote", ID, _id)
    made.core.ruler.before("inline", "last_break", _last_break)
    # A value in an address stays a token: the parser must neither encode nor judge it.
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = link_text  # type: ignore[method-assign,assignment]
    made.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    return made


def _cite(state: StateInline, silent: bool) -> bool:
    found = _CITE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("cite", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _id(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - its signature
    """A line that names the block below it; ``{#name}`` would open a remark of Jinja's."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _ID.fullmatch(line)
    if not found:
        return False
    if not silent:
        token = state.push(ID, "", 0)
        token.content, token.map = found[1], [start, start + 1]
    state.line = start + 1
    return True


def _last_break(state: StateCore) -> None:
    """A break at the end of the last line breaks nothing, and the parser would print its sign."""
    around = ""
    for token in state.tokens:
        if token.type == "inline" and token.content.endswith("\\") and around not in _CELLS:
            kept = token.content.rstrip("\\")
            if (len(token.content) - len(kept)) % 2:
                token.content = token.content[:-1].rstrip()
        around = token.type
