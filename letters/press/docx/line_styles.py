"""The lines of a block as Word's named styles: from the same facts as the rules in CSS."""

from __future__ import annotations

from letters.draft.document import PartName
from letters.press.block_styles.ending import ENDING
from letters.press.block_styles.lists import IN_TEXT
from letters.press.block_styles.opening import OPENING
from letters.press.block_styles.style import (
    BlockStyle,
    EdgeRule,
    Face,
    InWord,
    Length,
    LineStyle,
)
from letters.press.docx.styles import Border, Setting, Style, style_id
from letters.press.docx.type import Type
from letters.press.theme import Theme

_OF_WORDS = {
    block.name: style_id(block.words.style)
    for block in (*OPENING, *IN_TEXT, *ENDING)
    if block.name and "words" in block.lines
}
_PLAIN = InWord()
_ALIGN = {"": "", "center": "center", "end": "right"}


def style_of_words(name: PartName) -> str:
    """The id of the style in which a block of one run of words is set."""
    return _OF_WORDS[name]


def styles_of(block: BlockStyle, theme: Theme) -> tuple[Style, ...]:
    """The styles of all lines of a block."""
    return tuple(style_of(line, theme) for line in block.lines.values() if not line.word.character)


def style_of(line: LineStyle, theme: Theme) -> Style:
    """The style of one line, or of words."""
    word = line.word
    return Style(
        line.style,
        type_of(line.face, theme, word),
        Setting() if word.character else _setting(line, theme),
        based=word.based,
        following=word.following,
        kind="character" if word.character else "paragraph",
        use=line.use,
    )


def type_of(face: Face, theme: Theme, word: InWord = _PLAIN) -> Type:
    """How letters look, in the fonts and colours of the theme."""
    fonts = {"text": theme.text_font, "label": theme.label_font}
    return Type(
        fonts[face.font] if face.font else None,
        _points(face.size, theme),
        _colours(theme)[face.colour] if face.colour else "",
        bold=face.bold,
        italic=face.italic,
        letter_space=word.letter_space,
        raised=word.raised,
        figures="lining" if face.lining and theme.figures != "lining" else "",
    )


def border(rule: EdgeRule, side: str, theme: Theme) -> Border | None:
    """The rule along one side; None where the theme has none."""
    width = rule.width.of(theme)
    if not width:
        return None
    return Border(side, _colours(theme)[rule.colour], round(rule.gap.of(theme)), width)


def _setting(line: LineStyle, theme: Theme) -> Setting:
    word, rule, after = line.word, None, _points(line.after, theme)
    if line.rule:
        rule = border(line.rule, word.side, theme)
        if rule is None:  # the gap stays
            after = (after or 0) + line.rule.gap.of(theme)
    start, end = line.indent or (Length(), Length())
    return Setting(
        before=_points(line.before, theme),
        after=after,
        line=_points(line.face.line, theme),
        at_least=word.at_least,
        indent=(start.of(theme), end.of(theme)),
        hanging=line.hanging.of(theme) if line.hanging else 0,
        jc=_ALIGN[line.align],
        keep_next=line.keep_next,
        keep_lines=line.keep_lines,
        rule=rule,
        outline=word.outline,
        flush=word.flush,
    )


def _points(length: Length | None, theme: Theme) -> float | None:
    return None if length is None else length.of(theme)


def _colours(theme: Theme) -> dict[str, str]:
    return {
        "text": theme.text_colour,
        "accent": theme.accent_colour,
        "muted": theme.muted_colour,
        "rule": theme.rule_colour,
    }
