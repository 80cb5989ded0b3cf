"""The text itself: paragraphs, headings, and what holds for all lines."""

from __future__ import annotations

from letters.press.block_styles.style import (
    PARAGRAPH_SPACE,
    STEP,
    TEXT_LINE,
    TEXT_SIZE,
    TIGHT,
    BlockStyle,
    Face,
    InWord,
    Length,
    LineStyle,
)

ALL_TEXT = BlockStyle(
    "",
    """\
html { font: ${words.font}; color: ${words.colour};
  color-scheme: light; }""",
    {
        "words": LineStyle(
            "Normal",
            "what all other styles are based on",
            Face("text", TEXT_SIZE, TEXT_LINE, "text"),
        )
    },
)

PARAGRAPH = BlockStyle(
    "",
    ".letter > p, .passage > p, .cell > p, blockquote > p { margin-bottom: ${words.after}; }",
    {
        "words": LineStyle(
            "Body Text",
            "the paragraphs of the letter; a line of it should hold 60 to 75 characters",
            after=PARAGRAPH_SPACE,
        )
    },
)

IN_ITEM = BlockStyle(
    "",
    ".letter li > p { margin-bottom: ${words.after}; }",
    {
        "words": LineStyle(
            "List Continue",
            "what else belongs to an item",
            before=TIGHT,
            after=TIGHT,
            indent=(STEP, Length()),
        )
    },
)

HEADINGS = BlockStyle(
    "",
    """\
h2, h3 { font-size: var(--text-size); margin: ${first.before} 0 ${first.after}; \
${first.keep_next}; }
h3 { font-style: ${second.slope}; font-weight: normal; }""",
    {
        "first": LineStyle(
            "heading 1",
            "a heading in the letter",
            Face(bold=True),
            before=PARAGRAPH_SPACE,
            after=TIGHT,
            keep_next=True,
            keep_lines=True,
            word=InWord(following="Body Text", outline=0),
        ),
        "second": LineStyle(
            "heading 2",
            "a heading below that",
            Face(italic=True),
            before=PARAGRAPH_SPACE,
            after=TIGHT,
            keep_next=True,
            keep_lines=True,
            word=InWord(following="Body Text", outline=1),
        ),
    },
)

TEXT = (PARAGRAPH, IN_ITEM, HEADINGS)
