"""A theme's own style sheet: it may change how a letter looks, and not a word of what it says.

CSS can hide text and print text of its own. Both would make the PDF say something that the DOCX
does not, and that nobody signed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from letters import limits
from letters.campaign.plaintext import HINT, complaint, decode, place_in, unusable_at
from letters.press import families
from letters.press.contrast import READABLE, contrast, prints_signs
from letters.press.paper import POINTS_A_MM, POINTS_A_PIXEL
from letters.problem import Place, Problem

# Inside <style>, these could end the style sheet and start markup.
_MARKUP = re.compile(r"</|<!--")

# What a sheet may set. Everything else can hide words, print words, or fetch a file.
_LOOKS = re.compile(
    r"(background-)?color"
    r"|(border|margin|padding)(-(top|right|bottom|left|block|inline|start|end|color|width|style))*"
    r"|font-(family|weight|style|variant[a-z-]*)|line-height|letter-spacing|word-spacing"
    r"|text-(align|align-last|indent|decoration[a-z-]*)|hyphens|orphans|widows"
    r"|break-(before|after|inside)|width|max-width|column-(gap|rule[a-z-]*)|border-radius"
)
_LARGEST = 1000
_BRACKET = re.compile(r"[(\[{}\])]")
_DEEPEST = 50
_MOST_RULES, _MOST_SIGNS = 2_000, 500  # each rule is held against each piece of the page
_LONG_NUMBER = re.compile("[0-9]{999,}")
_COLOURS = "colours are written like #1a1a1a, dark for words and pale behind them"
_HEX = re.compile("#[0-9a-fA-F]{6}")
_POINTS = {"pt": 1, "px": POINTS_A_PIXEL, "mm": POINTS_A_MM, "cm": 72 / 2.54, "in": 72, "pc": 12}
_TYPE = 10  # points: what lengths in “em” are held against
_RANGES: dict[str, tuple[float, float]] = {
    "line-height": (1 * _TYPE, 5 * _TYPE),
    "letter-spacing": (0, 0.5 * _TYPE),
    "word-spacing": (0, 2 * _TYPE),
    "text-decoration": (0, 3),
    "text-decoration-thickness": (0, 3),
}
"""Least and most, in points: closer and wider, words are none any more."""
_STRUCK = ("line-through", "blink")
_PALE = 1.5  # contrast with white: what dark text can be read on


def read_sheet(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    """The sheet as text, and what in it can't be allowed."""
    css, problem = decode(data, shown)
    if problem:
        return "", [problem]
    problems = [
        Problem(place_in(css, found.start(), shown), "holds markup; only CSS is read here")
        for found in islice(_MARKUP.finditer(css), _MOST_RULES)
    ]
    if (at := unusable_at(css)) is not None:
        return "", [Problem(place_in(css, at, shown), complaint(css[at]), HINT)]
    if (at := _too_deep(css)) is not None:
        return "", [Problem(place_in(css, at, shown), "is nested too deep for a style sheet")]
    if long := _LONG_NUMBER.search(css):
        return "", [Problem(place_in(css, long.start(), shown), "this number is too long")]
    problems += islice(_refused(css, shown), limits.MOST_MISTAKES)
    return css, problems


def _too_deep(css: str) -> int | None:
    """Where brackets open inside of too many others: no parser follows them for ever."""
    depth = 0
    for found in _BRACKET.finditer(css):
        depth = depth + 1 if found[0] in "([{" else max(0, depth - 1)
        if depth > _DEEPEST:
            return found.start()
    return None


def _refused(css: str, shown: str) -> Iterator[Problem]:
    import tinycss2

    def problem(node: Any, key: str, message: str, hint: str = "") -> Problem:
        return Problem(Place(shown, node.source_line, node.source_column, key), message, hint)

    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for number, rule in enumerate(_flat(rules), 1):
        if number > _MOST_RULES:
            hint = "take out what the letter doesn’t need"
            yield problem(rule, "", f"from here on there are more than {_MOST_RULES:,} rules", hint)
            return
        if rule.type == "error":
            yield problem(rule, "", "is not valid CSS")
        elif rule.type == "at-rule":
            yield problem(rule, f"@{rule.lower_at_keyword}", "is not read here, but for @media")
        elif rule.type == "qualified-rule" and _signs(rule.prelude) > _MOST_SIGNS:
            yield problem(rule, "", "says at too great length what it is for", "make several of it")
        elif rule.type == "qualified-rule":
            for part in tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            ):
                if part.type != "declaration":
                    yield problem(part, "", "is not valid CSS here")
                elif not _LOOKS.fullmatch(part.lower_name):
                    hint = "a sheet sets colours, spaces, rules and fonts; words are the template’s"
                    message = "could change what the letter says, in the PDF alone"
                    yield problem(part, part.lower_name, message, hint)
                elif found := next(_hidden(part.lower_name, part.value), None):
                    yield problem(
                        found, part.lower_name, "could hide words, or fetch a file", _COLOURS
                    )
                elif part.lower_name == "font-family":
                    for token, message, hint in families.in_sheet(part.value):
                        yield problem(token, part.lower_name, message, hint)


def _signs(tokens: list[Any]) -> int:
    """How many words and signs a selector is of, those in brackets too."""
    inner = (
        each.arguments if each.type == "function" else getattr(each, "content", None) or []
        for each in tokens
    )
    return len(tokens) + sum(map(_signs, inner))


def _flat(rules: list[Any]) -> Iterator[Any]:
    """All rules, those inside of @media too."""
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _flat(inner)
        else:
            yield rule


def _hidden(name: str, value: list[Any]) -> Iterator[Any]:
    """Parts of a value that point elsewhere, or that make words vanish."""
    for token in value:
        kind = token.type
        if name in ("color", "background-color") and kind not in ("whitespace", "comment"):
            if not _is_ink(token) if name == "color" else not _is_paper(token):
                yield token
        elif kind in ("url", "function") or (kind == "string" and name != "font-family"):
            yield token
        elif kind == "string":
            if prints_signs(token.value):
                yield token
        elif kind == "ident":
            is_sign = name.startswith("font") and prints_signs(token.value)
            if is_sign or (name.startswith("text-decoration") and token.lower_value in _STRUCK):
                yield token
        elif name in _RANGES and kind in ("dimension", "percentage", "number"):
            least, most = _RANGES[name]
            if not least <= _points(token, name) <= most:
                yield token
        elif kind in ("dimension", "percentage", "number"):
            moves = name.startswith(("margin", "text-indent", "letter", "word", "line"))
            if token.value > _LARGEST or token.value < (0 if moves else -_LARGEST):
                yield token


def _points(token: Any, name: str) -> float:
    """How long that is about; infinite where nobody can tell."""
    if token.type == "percentage":
        return float(token.value) / 100 * _TYPE
    if token.type == "number":
        return float(token.value) * (_TYPE if name == "line-height" else 1)
    unit = token.lower_unit
    factor = _TYPE if unit in ("em", "rem") else _POINTS.get(unit, math.inf)
    return float(token.value) * factor if token.value else 0


def _is_ink(token: Any) -> bool:
    return bool(_HEX.fullmatch(_hex(token))) and contrast(_hex(token)) >= READABLE


def _is_paper(token: Any) -> bool:
    return bool(_HEX.fullmatch(_hex(token))) and contrast(_hex(token)) <= _PALE


def _hex(token: Any) -> str:
    return f"#{token.value}" if token.type == "hash" else ""
