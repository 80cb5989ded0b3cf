"""The style of a block: what CSS and Word are both told, and beside it what only one of them knows.

Lengths, fonts and colours are those of the theme, by name, or points that are the same in every
theme. What both formats share is a fact of a line (or of the block), and CSS takes it from there by
``${line.fact}``: so that it can't be one thing in the PDF and another in Word.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from letters.press.theme import Theme

LengthToken: TypeAlias = Literal[
    "text_size", "label_size", "small_size", "text_line", "address_line", "small_line",
    "paragraph_space", "block_space", "signature_space", "letterhead_rule",
]  # fmt: skip
FontToken: TypeAlias = Literal["text", "label"]
ColourToken: TypeAlias = Literal["text", "accent", "muted", "rule"]
Side: TypeAlias = Literal["top", "bottom", "box"]


class Length(Struct, frozen=True):
    """Points, or a length of the theme: that so many ``times``, and so many points more."""

    points: float = 0
    token: LengthToken | None = None
    times: float = 1

    def __mul__(self, times: float) -> Length:
        return Length(self.points * times, self.token, self.times * times)

    def __sub__(self, points: float) -> Length:
        return replace(self, points=self.points - points)

    def of(self, theme: Theme) -> float:
        """The points that it has in this theme."""
        of_theme: float = getattr(theme, self.token) if self.token else 0
        return of_theme * self.times + self.points

    @property
    def css(self) -> str:
        """The same as CSS, where the theme's lengths are variables."""
        if self.token is None:
            return f"{self.points:g}pt"
        written = named = f"var(--{self.token.replace('_', '-')})"
        if self.times != 1:
            written += f" * {self.times:g}"
        if self.points:
            written += f" {'+' if self.points > 0 else '-'} {abs(self.points):g}pt"
        return written if written == named else f"calc({written})"


TEXT_SIZE, LABEL_SIZE = Length(0, "text_size"), Length(0, "label_size")
SMALL_SIZE, TEXT_LINE = Length(0, "small_size"), Length(0, "text_line")
ADDRESS_LINE, SMALL_LINE = Length(0, "address_line"), Length(0, "small_line")
PARAGRAPH_SPACE, BLOCK_SPACE = Length(0, "paragraph_space"), Length(0, "block_space")
SIGNATURE_SPACE, LETTERHEAD_RULE = Length(0, "signature_space"), Length(0, "letterhead_rule")

TIGHT = Length(3)
"""Between lines that belong together: a heading and its text, two asks."""

STEP = Length(19)
"""How far one level of a list or a quotation stands in."""


class Face(Struct, frozen=True):
    """How letters look, and their line; what is None or empty is as in the text around.

    Figures are ``lining`` where those of the text may be old-style ones.
    """

    font: FontToken | None = None
    size: Length | None = None
    line: Length | None = None
    colour: ColourToken | None = None
    bold: bool = False
    italic: bool = False
    lining: bool = False

    def facts(self) -> dict[str, str]:
        """What CSS can take from it."""
        said = {
            "family": f"var(--{self.font}-font)" if self.font else "",
            "size": self.size.css if self.size else "",
            "line": self.line.css if self.line else "",
            "colour": f"var(--{self.colour})" if self.colour else "",
            "weight": "bold" if self.bold else "",
            "slope": "italic" if self.italic else "",
        }
        if self.font and self.size and self.line:
            shape = " ".join(filter(None, (said["slope"], said["weight"])))
            said["font"] = f"{shape} {said['size']}/{said['line']} {said['family']}".strip()
        return said


LABEL_LINE = LABEL_SIZE * 1.2
LABEL = Face("label", LABEL_SIZE, LABEL_LINE, "muted", lining=True)
SMALL = Face("label", SMALL_SIZE, SMALL_LINE, "muted", lining=True)


class EdgeRule(Struct, frozen=True):
    """A thin line, and the ``gap`` between it and the words."""

    colour: ColourToken
    width: Length = Length(0.5)
    gap: Length = Length(0)

    def facts(self) -> dict[str, str]:
        """What CSS can take from it."""
        return {"rule": f"{self.width.css} solid var(--{self.colour})", "gap": self.gap.css}


class InWord(Struct, frozen=True):
    """What only Word knows of a line.

    ``based`` and ``following`` are styles, of which the second is that of the next paragraph that
    a person types. ``side`` is that on which a rule stands, or all; a line is exact unless
    ``at_least``. A ``character`` style is one of words within a line.
    """

    based: str = "Normal"
    following: str = ""
    side: Side = "top"
    at_least: bool = False
    outline: int | None = None
    flush: bool = False
    character: bool = False
    letter_space: float = 0
    raised: bool = False


class LineStyle(Struct, frozen=True):
    """One kind of line: ``style`` is its name in Word, ``use`` says there what it is for.

    ``indent`` is at the start and at the end. Of ``after`` and the next ``before`` the greater
    counts, in Word as in CSS.
    """

    style: str
    use: str
    face: Face = Face()
    before: Length | None = None
    after: Length | None = None
    indent: tuple[Length, Length] | None = None
    hanging: Length | None = None
    align: Literal["", "center", "end"] = ""
    keep_next: bool = False
    keep_lines: bool = False
    rule: EdgeRule | None = None
    word: InWord = InWord()

    def facts(self) -> dict[str, str]:
        """What CSS can take from it."""
        return {
            **self.face.facts(),
            **(self.rule.facts() if self.rule else {}),
            "before": self.before.css if self.before else "",
            "after": self.after.css if self.after else "",
            "indent": max(self.indent, key=lambda side: side.points).css if self.indent else "",
            "hanging": self.hanging.css if self.hanging else "",
            "align": self.align,
            "keep_next": "break-after: avoid" if self.keep_next else "",
            "keep_lines": "break-inside: avoid" if self.keep_lines else "",
        }


class _Rules(Template):
    """CSS with holes such as ``${words.before}``."""

    braceidpattern = r"[a-z_]+(?:\.[a-z_]+)?"


class BlockStyle(Struct, frozen=True):
    """A block by the name that templates have for it, or "": its lines, and its rules in CSS.

    The lines stand in the order of Word's styles; a block of one run of words has one, ``words``.
    ``also`` is what CSS takes beside them.
    """

    name: str
    css: str
    lines: Mapping[str, LineStyle]
    also: Mapping[str, Face | Length | EdgeRule | LineStyle] = field(default_factory=dict)

    @property
    def words(self) -> LineStyle:
        """The one line of a block of words."""
        return self.lines["words"]

    def rules(self) -> str:
        """Its rules in CSS. Raises KeyError where they ask for a fact that isn't said."""
        facts: dict[str, str] = {}
        for name, part in (*self.lines.items(), *self.also.items()):
            if isinstance(part, Length):
                facts[name] = part.css
            else:
                facts |= {f"{name}.{fact}": css for fact, css in part.facts().items() if css}
        return _Rules(self.css).substitute(facts)
