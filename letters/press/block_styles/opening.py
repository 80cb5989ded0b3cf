"""The opening of a letter: letterhead to salutation.

In CSS the space after the salutation is that of every paragraph; Word is told of it.
"""

from __future__ import annotations

from letters.press.block_styles.style import (
    ADDRESS_LINE,
    BLOCK_SPACE,
    LABEL,
    LETTERHEAD_RULE,
    PARAGRAPH_SPACE,
    BlockStyle,
    EdgeRule,
    Face,
    InWord,
    Length,
    LineStyle,
)

LOGO_HEIGHT, BELOW_LOGO, ABOVE_RULE = Length(48), Length(6), Length(6)
AFTER_LETTERHEAD = BLOCK_SPACE * 1.5
UNDERLINE = EdgeRule("accent", LETTERHEAD_RULE, ABOVE_RULE)

LETTERHEAD = BlockStyle(
    "letterhead",
    """\
.letterhead { font: ${words.font}; color: ${words.colour};
  border-bottom: ${words.rule}; padding-bottom: ${words.gap};
  margin-bottom: ${words.after}; ${words.keep_next}; }
.letterhead .organisation { font-weight: ${name.weight}; color: ${name.colour}; \
letter-spacing: 0.04em; }
.letterhead .logo { max-height: ${logo}; max-width: 50%; }
.head-apart .letterhead { display: flex; justify-content: space-between; align-items: flex-start;
  column-gap: 12pt; }
.head-apart .letterhead .contact { text-align: end; }
.head-apart .logo-apart .organisation { flex: 1; }
.head-apart .logo-beside { justify-content: flex-start; }
.head-apart .logo-beside .organisation { display: block; }
.head-apart .logo-beside .contact { display: block; text-align: start; }
.head-apart .logo-above { display: flow-root; }
.head-apart .logo-above .logo { display: block; margin-bottom: ${below_logo}; }
.head-apart .logo-above .contact { float: right; }
[dir="rtl"] .head-apart .logo-above .contact { float: left; }
.head-apart .contact-below { display: block; }
.head-apart .contact-below .organisation { display: block; }
.head-apart .letterhead.contact-below .contact { display: block; float: none; }
.head-start .letterhead .organisation, .head-center .letterhead .organisation { display: block; }
.head-start .letterhead .contact, .head-center .letterhead .contact { display: block; }
.head-start .letterhead .logo, .head-center .letterhead .logo \
{ display: block; margin-bottom: ${below_logo}; }
.head-center .letterhead { text-align: center; }
.head-center .letterhead .logo { margin-inline: auto; }""",
    {
        "words": LineStyle(
            "Letterhead",
            "the sender",
            LABEL,
            after=AFTER_LETTERHEAD,
            keep_next=True,
            rule=UNDERLINE,
            word=InWord(following="Date", side="bottom"),
        ),
        "name": LineStyle(
            "Letterhead Name",
            "the name of the sender in it",
            Face(colour="accent", bold=True),
            word=InWord("Default Paragraph Font", character=True, letter_space=0.35),
        ),
    },
    {"logo": LOGO_HEIGHT, "below_logo": BELOW_LOGO},
)

DATE = BlockStyle(
    "date",
    ".letter .date { margin-bottom: ${words.after}; ${words.keep_next}; }",
    {
        "words": LineStyle(
            "Date",
            "place and date",
            after=BLOCK_SPACE,
            keep_next=True,
            word=InWord(following="Inside Address"),
        )
    },
)

ADDRESS = BlockStyle(
    "address",
    """\
.letter .address { line-height: ${words.line}; margin-bottom: ${words.after};
  ${words.keep_lines}; ${words.keep_next}; }""",
    {
        "words": LineStyle(
            "Inside Address",
            "the recipient’s address",
            Face(line=ADDRESS_LINE, lining=True),
            after=BLOCK_SPACE,
            keep_next=True,
            keep_lines=True,
            word=InWord(following="Subject Line"),
        )
    },
)

SUBJECT = BlockStyle(
    "subject",
    """\
.subject { font-size: var(--text-size); font-weight: ${words.weight}; ${words.keep_lines}; \
${words.keep_next};
  margin-bottom: ${words.after}; }""",
    {
        "words": LineStyle(
            "Subject Line",
            "what the letter is about",
            Face(bold=True),
            after=PARAGRAPH_SPACE,
            keep_next=True,
            keep_lines=True,
            word=InWord(following="Salutation"),
        )
    },
)

SALUTATION = BlockStyle(
    "salutation",
    ".salutation, .lead { ${words.keep_next}; }",
    {
        "words": LineStyle(
            "Salutation",
            "Dear …",
            after=PARAGRAPH_SPACE,
            keep_next=True,
            word=InWord(following="Body Text"),
        )
    },
)

BELOW = (DATE, ADDRESS, SUBJECT, SALUTATION)
"""What stands below the letterhead."""

OPENING = (LETTERHEAD, *BELOW)
