"""What does not fit behind the window of an envelope, said before the letter is pressed.

A line too many would slide out of the window, and the post would bring the letter back.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from letters.campaign.model import Campaign
from letters.campaign.reach import obstacle
from letters.channels import Channel
from letters.draft import document as d
from letters.press.block_styles.opening import ABOVE_RULE, BELOW_LOGO, LOGO_HEIGHT
from letters.press.block_styles.style import LABEL_LINE
from letters.press.logo_place import logo_place, shares_line
from letters.press.paper import POINTS_A_MM, Window
from letters.press.theme import Theme
from letters.press.type_width import lines_needed
from letters.problem import Place, Problem

AROUND_WINDOW = d.Letterhead | d.DateLine | d.AddressBlock
"""What stands around the window, where the address comes before everything else."""

_LOGO = LOGO_HEIGHT.points + BELOW_LOGO.points  # at most, with the space below


def around(blocks: d.Blocks) -> d.Blocks:
    """The first blocks of the letter, if they are what stands around a window; else none."""
    opening = tuple(takewhile(lambda block: isinstance(block, AROUND_WINDOW), blocks))
    return opening if any(isinstance(block, d.AddressBlock) for block in opening) else ()


def misfits(letter: d.Letter, theme: Theme) -> tuple[Problem, ...]:
    """A problem for the address and one for the letterhead, where the window leaves them no room.

    A letter without an address is for no envelope, and a theme without a window has room.
    """
    window = theme.window
    if window is None or not any(isinstance(block, d.AddressBlock) for block in letter.blocks):
        return ()
    return tuple(_misfits(around(letter.blocks), window, theme))


def nowhere(campaign: Campaign) -> Iterator[Problem]:
    """A warning for whoever has no address to be seen in a window."""
    for recipient, at in zip(campaign.recipients, campaign.recipient_places, strict=True):
        if lacking := obstacle(recipient, Channel.POST):
            message = f"{lacking}, so the window of the envelope shows a name alone"
            hint = "add “address”, or leave “window” out of letter.yaml"
            yield Problem(at.place(), message, hint, severity="warning")


def _misfits(opening: d.Blocks, window: Window, theme: Theme) -> Iterator[Problem]:
    if not opening:
        message = "can’t show the address: the template prints something else before it"
        yield Problem(Place("letter.yaml", key="window"), message, "leave “window” out")
    for block in opening:
        if isinstance(block, d.AddressBlock):
            needed = sum(_rows(d.plain(line), window, theme) for line in block.lines)
            if needed > window.lines:
                message = f"needs {needed} lines, and the window of the envelope has {window.lines}"
                hint = "shorten it, or leave “window” out of letter.yaml"
                yield Problem(_place(block.lines, "recipients.yaml", "address"), message, hint)
        elif isinstance(block, d.Letterhead):
            room = (window.letterhead - window.letterhead_top) * POINTS_A_MM
            if _height(block, theme) > room:
                message = "makes a letterhead that reaches into the window of the envelope"
                hint = "give it fewer lines, or leave “window” out"
                yield Problem(_place(block.lines, "letter.yaml", "from"), message, hint)


def _place(lines: tuple[d.Inlines, ...], path: str, key: str) -> Place:
    for node in (node for line in lines for node in line):
        if isinstance(node, d.Value) and node.origin:
            origin = node.origin
            return Place(origin.path, origin.line, origin.column, origin.key)
    return Place(path, key=key)


def _height(block: d.Letterhead, theme: Theme) -> float:
    """Points from the first line of the letterhead to its rule."""
    place = logo_place(block, theme)
    shared = theme.letterhead == "apart" and (
        place == "apart" or (place == "above" and shares_line(block, theme))
    )
    others = len(block.lines) - 1
    lines = (max(1, others) if shared else 1 + others) * LABEL_LINE.of(theme)
    logo = _LOGO if block.logo else 0
    top = lines + logo if place == "above" else max(lines, logo)
    return top + ABOVE_RULE.points + theme.letterhead_rule


def _rows(line: str, window: Window, theme: Theme) -> int:
    """How many lines a line of the address becomes in the width of the window."""
    size, _ = theme.address_type
    return lines_needed(line, window.width * POINTS_A_MM, size, theme.text_font.pdf)
