"""Line breaks around instructions and values, as somebody who writes letters expects them.

Jinja drops the line break after every instruction. That is right for a line that holds nothing
else, and leaves no gap there. After words it would join two paragraphs, so there the break is kept,
by the plus sign that Jinja has for it.

A line in which everything depends on values may come out empty. What is left of it then (a break, a
mark of a quotation or of a list, the strokes of a table's row) would part what belongs together, or
be printed as it stands. So such a line ends with a mark that no template can write; by that it is
known when the values are there, and goes away as a whole.
"""

from __future__ import annotations

import re

_CLOSING = {"{%": "%}", "{#": "#}", "{{": "}}"}
_OPENING = re.compile("|".join(map(re.escape, _CLOSING)))
# What is printed inside these may be compared, measured or changed before it comes out.
_CAPTURES = re.compile(r"\{%[-+]?\s*(end)?(?:macro|call|filter|set)\b")

_MARK = "\ue004"
_ORIGIN = re.compile("\ue002\\d+,\\d+\ue003")  # of `source_map`, which settles what it has marked
_INDENT = " \t>"
_FRAME = f"{_INDENT}|\\"
_NOTHING_STRONG = re.compile(r"(?<![^\s|>])(?:\*\*){1,3}(?![^\s|])")
_ITEM = re.compile(r"[-+*]|(\d{1,9})[.)]")


def keep_breaks(text: str) -> str:
    """The template with a plus in each instruction that ends a line with words in it.

    Each line that values or conditions have a part in gets the mark that `settled` looks for.
    """
    parts = _split(text)
    words = depends = False
    captures = 0
    for number, part in enumerate(parts):
        if number % 2 == 0:
            eaten = number > 0 and parts[number - 1][-3] == "-"
            lines, last = part.split("\n"), number == len(parts) - 1
            for at, line in enumerate(lines):
                words = bool(line.strip()) or (words and at == 0)
                depends = depends and at == 0
                if words and depends and not captures and (at < len(lines) - 1 or last):
                    kept = line.rstrip(" \t")
                    if kept or not eaten:
                        lines[at] = f"{kept}{_MARK}{line[len(kept) :]}"
            parts[number] = "\n".join(lines)
            continue
        depends = True
        if part.startswith("{{"):
            words = True
        elif words and parts[number + 1].startswith("\n") and part[-3] not in "+-":
            parts[number] = f"{part[:-2]}+{part[-2:]}"
        captures += _captures(part)
    return "".join(parts)


def settled(markdown: str) -> str:
    """What a template has written, without the lines in which everything came out empty."""
    if _MARK not in markdown:
        return markdown
    kept: list[str] = []
    lines = markdown.split("\n")
    first = ""
    for number, written in enumerate(lines):
        line, at = written, len(written) - len(written.lstrip(_INDENT))
        if _MARK in line:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            line = _NOTHING_STRONG.sub("", line.replace(_MARK, ""))
            if _is_empty(_ORIGIN.sub("", line), _ORIGIN.sub("", following)):
                first = first or _number(line, at)
                continue
        if first and line.strip():
            # A list counts from its first item, and that is now the next one.
            own = _number(line, at)
            line, first = (f"{line[:at]}{first}{line[at + len(own) :]}" if own else line), ""
        kept.append(line)
    return "\n".join(kept)


def _number(line: str, at: int) -> str:
    """The number of the item that begins there."""
    found = _ITEM.match(line, at)
    return (found[1] or "") if found else ""


def _is_empty(line: str, following: str) -> bool:
    left = line.strip(_FRAME)
    if not _ITEM.fullmatch(left):
        return not left
    # What stands further in on the next line belongs to this item.
    inside = len(following) - len(following.lstrip(_INDENT))
    return not (following.strip(_FRAME + _MARK) and inside > len(line) - len(line.lstrip(_INDENT)))


def _captures(instruction: str) -> int:
    """How many more places around the words keep them to be printed later."""
    found = _CAPTURES.match(instruction)
    if not found or ("set" in found[0] and "=" in instruction):
        return 0
    return -1 if found[1] else 1


def _split(text: str) -> list[str]:
    """Words and instructions in turn; what is never closed is words, and looked for once."""
    parts, start, unclosed = list[str](), 0, set[str]()
    found = _OPENING.search(text)
    while found:
        at, sign = found.start(), found[0]
        end = -1 if sign in unclosed else text.find(_CLOSING[sign], found.end())
        if end < 0:
            unclosed.add(sign)
            found = None if len(unclosed) == len(_CLOSING) else _OPENING.search(text, at + 1)
            continue
        parts += [text[start:at], text[at : end + 2]]
        start = end + 2
        found = _OPENING.search(text, start)
    return [*parts, text[start:]]
