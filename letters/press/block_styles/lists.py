"""Lists, asks, quotations and tables, and the mark of a note in the text."""

from __future__ import annotations

from letters.press.block_styles.style import (
    ADDRESS_LINE,
    PARAGRAPH_SPACE,
    SMALL,
    SMALL_LINE,
    STEP,
    TEXT_SIZE,
    TIGHT,
    BlockStyle,
    EdgeRule,
    Face,
    InWord,
    Length,
    LineStyle,
)

ASK_NUMBER = Face(colour="accent", bold=True)

LISTS = BlockStyle(
    "",
    """\
ol.asks, ol.list, ul.list { margin-bottom: ${number_end.after}; }
.asks, .list { list-style: none; padding-inline-start: ${step}; }
.asks > li { margin-bottom: ${ask.after}; ${ask.keep_lines}; }
.list > li:first-child { break-inside: avoid; } /* or the line that leads in may stay behind */
.asks > li > .number, .list > li > .number { float: inline-start; margin-inline-start: -${step}; }
.asks > li > .number { font-weight: ${ask_number.weight}; color: ${ask_number.colour}; }
.number, td { font-variant-numeric: lining-nums tabular-nums; }""",
    {
        "number": LineStyle("List Number", "an item of a numbered list"),
        "number_end": LineStyle(
            "List Number End",
            "its last item",
            after=PARAGRAPH_SPACE,
            word=InWord("List Number", "Body Text"),
        ),
        "bullet": LineStyle("List Bullet", "an item of a list without numbers"),
        "bullet_end": LineStyle(
            "List Bullet End",
            "its last item",
            after=PARAGRAPH_SPACE,
            word=InWord("List Bullet", "Body Text"),
        ),
        "ask": LineStyle(
            "Ask", "one of the things that the letter asks for", after=TIGHT, keep_lines=True
        ),
        "ask_end": LineStyle(
            "Ask End", "the last of them", after=PARAGRAPH_SPACE, word=InWord("Ask", "Body Text")
        ),
    },
    {"step": STEP, "ask_number": ASK_NUMBER},
)

QUOTE = BlockStyle(
    "",
    "blockquote { padding: 0 ${words.indent}; margin-bottom: ${words.after}; }",
    {
        "words": LineStyle(
            "Quote", "what others have said", after=PARAGRAPH_SPACE, indent=(STEP, STEP)
        )
    },
)

_BOX_ROOM = Length(7)
BOX = BlockStyle(
    "box",
    """\
.box { border: ${words.rule}; padding: ${words.gap}; margin: ${words.before} 0 ${words.after};
  ${words.keep_lines}; }""",
    {
        "words": LineStyle(
            "Box",
            "a statement with lines around it",
            before=PARAGRAPH_SPACE,
            after=PARAGRAPH_SPACE,
            indent=(_BOX_ROOM, _BOX_ROOM),
            keep_lines=True,
            rule=EdgeRule("accent", Length(0.75), _BOX_ROOM),
            word=InWord(following="Body Text", side="box"),
        )
    },
)

PICTURE_HEIGHT = Length(290)
"""How tall a picture is at most; across it takes the width of the text."""

FIGURE = BlockStyle(
    "figure",
    """\
.figure { margin: ${picture.before} 0 ${caption.after}; padding: 0; break-inside: avoid; }
.figure img { display: block; max-width: 100%; max-height: ${height}; margin: 0 auto; }
.caption { font: ${caption.font}; color: ${caption.colour}; text-align: start;
  padding-top: ${caption.before}; }""",
    {
        "picture": LineStyle(
            "Figure",
            "a picture",
            Face(line=SMALL_LINE),
            before=PARAGRAPH_SPACE,
            align="center",
            keep_next=True,
            word=InWord(following="caption", at_least=True),
        ),
        "caption": LineStyle(
            "caption",
            "what a picture or a table shows",
            SMALL,
            before=TIGHT,
            after=PARAGRAPH_SPACE,
            keep_lines=True,
            word=InWord(following="Body Text"),
        ),
    },
    {"height": PICTURE_HEIGHT},
)

DIVIDER = BlockStyle(
    "",
    """\
hr { border: none; border-top: ${words.rule}; height: ${words.line};
  margin: ${words.before} 0 ${words.after}; ${words.keep_next}; }""",
    {
        "words": LineStyle(
            "Divider",
            "a line across the page",
            Face(line=Length(6)),
            before=PARAGRAPH_SPACE,
            after=PARAGRAPH_SPACE,
            keep_next=True,
            rule=EdgeRule("rule"),
            word=InWord(following="Body Text"),
        )
    },
)

BELOW_TABLE, CELL_PADDING = PARAGRAPH_SPACE, Length(3)
CELL_GAP = Length(6)
"""Between the words of a column and the next one; figures at the edge of the table need none."""
ROW_RULE, HEAD_RULE = EdgeRule("rule"), EdgeRule("accent", Length(0.75))

TABLE = BlockStyle(
    "",
    """\
table { border-collapse: collapse; width: 100%; margin-bottom: ${below};
  font-size: ${text.size}; line-height: ${text.line}; }
th, td { padding: ${padding} 0; padding-inline-end: ${text.indent}; vertical-align: top;
  border-bottom: ${row.rule}; }
th { border-bottom: ${head.rule}; }
td.long, th.long { overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { ${heading.keep_next}; }
.center { text-align: ${center.align}; }
.end { text-align: ${end.align}; }
.end:last-child { padding-inline-end: 0; }
.kept { white-space: nowrap; }
caption { font: ${caption.font}; color: ${caption.colour}; text-align: start;
  padding-bottom: ${caption.after}; break-after: avoid; }""",
    {
        "text": LineStyle(
            "Table Text",
            "words in a table",
            Face(size=TEXT_SIZE - 1, line=ADDRESS_LINE, lining=True),
            indent=(Length(), CELL_GAP),
        ),
        "center": LineStyle(
            "Table Text Center",
            "words in the middle of a column",
            align="center",
            word=InWord("Table Text"),
        ),
        "end": LineStyle(
            "Table Text End",
            "figures at the end of a column",
            align="end",
            word=InWord("Table Text", flush=True),
        ),
        "caption": LineStyle(
            "Table Caption",
            "what a table shows",
            SMALL,
            before=Length(),
            after=TIGHT,
            keep_next=True,
            word=InWord("caption"),
        ),
        "heading": LineStyle(
            "Table Heading",
            "the head of a column",
            Face(bold=True),
            keep_next=True,
            word=InWord("Table Text"),
        ),
        "heading_center": LineStyle(
            "Table Heading Center",
            "the same, in the middle",
            align="center",
            word=InWord("Table Heading"),
        ),
        "heading_end": LineStyle(
            "Table Heading End",
            "the same, at the end",
            align="end",
            word=InWord("Table Heading", flush=True),
        ),
    },
    {"below": BELOW_TABLE, "padding": CELL_PADDING, "row": ROW_RULE, "head": HEAD_RULE},
)

NOTE_MARK = BlockStyle(
    "",
    "sup { font-size: 0.68em; line-height: 1; vertical-align: 0.42em; }",
    {
        "words": LineStyle(
            "endnote reference",
            "the number of a source in the text",
            Face(lining=True),
            word=InWord("Default Paragraph Font", character=True, raised=True),
        ),
        "foot": LineStyle(
            "footnote reference",
            "the same, where sources stand at the foot of the page",
            Face("label", colour="accent"),
            word=InWord("Default Paragraph Font", character=True, raised=True),
        ),
    },
)

IN_TEXT = (LISTS, QUOTE, BOX, FIGURE, DIVIDER, TABLE, NOTE_MARK)
