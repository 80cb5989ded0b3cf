"""Sheets to sign by hand, and two editions side by side."""

from __future__ import annotations

from msgspec.structs import replace

from letters.press.block_styles.style import (
    LABEL,
    TEXT_SIZE,
    BlockStyle,
    EdgeRule,
    Face,
    InWord,
    Length,
    LineStyle,
)

SHEET_RULE = EdgeRule("muted")

SHEET_EDGE = 15
"""From the paper's sides to a sheet, in mm: it is wider than the text, for writing by hand."""

PARALLEL_GAP = Length(8)
"""On both sides of the words of two editions side by side."""

SHEET = BlockStyle(
    "sheet",
    """\
.sheet { table-layout: fixed; }
.sheet td { height: 10mm; border: ${lines.rule}; }
.sheet th { padding: ${heading.before} ${heading.indent}; border: ${lines.rule};
  font: ${heading.font}; }
.sheet .prayer { height: auto; border: none; padding: 0; font-size: var(--text-size);
  line-height: var(--text-line); }
.sheet .prayer > p { margin-bottom: var(--paragraph-space); }""",
    {
        "heading": LineStyle(
            "Sheet Heading",
            "the head of a column of a sheet to sign by hand",
            replace(LABEL, colour=None, bold=True),
            before=Length(3),
            after=Length(3),
            indent=(Length(4), Length(4)),
            keep_next=True,
        ),
        "number": LineStyle(
            "Sheet Number",
            "the number of such a sheet",
            Face("label", TEXT_SIZE, TEXT_SIZE * 1.2, bold=True),
            after=Length(5.65),  # 2 mm, as in `letters.press.sheet_number`
            align="end",
            keep_next=True,
        ),
        "room": LineStyle(
            "Sheet Room",
            "an empty row of such a sheet: its line is the height of the row",
            Face(line=Length(27.85)),  # with the rule: 10 mm
            word=InWord("Table Text"),
        ),
    },
    {"lines": SHEET_RULE},
)

PARALLEL = BlockStyle(
    "",
    """\
.parallel { display: table; table-layout: fixed; width: 100%;
  margin-bottom: var(--paragraph-space); }
.pair { display: table-row; }
.cell { display: table-cell; width: 50%; vertical-align: top; padding-inline-end: ${gap}; }
.cell + .cell { padding-inline: ${gap} 0; }""",
    {},
    {"gap": PARALLEL_GAP},
)

SHEETS = (SHEET, PARALLEL)
