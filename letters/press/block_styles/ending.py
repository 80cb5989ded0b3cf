"""The ending of a letter: close, signatures, and what follows them.

In CSS the space after the close is that of every paragraph; Word is told of it.
"""

from __future__ import annotations

from msgspec.structs import replace

from letters.press.block_styles.style import (
    ADDRESS_LINE,
    BLOCK_SPACE,
    LABEL,
    PARAGRAPH_SPACE,
    SIGNATURE_SPACE,
    SMALL,
    BlockStyle,
    EdgeRule,
    Face,
    InWord,
    Length,
    LineStyle,
)

COLUMN_GAP, BELOW_SIGNATURE = Length(14), Length(8)
"""Between two columns of signatures, and below each of them."""

KEPT_TOGETHER = 12
"""Up to so many signatures stand on one page with the close; more may go on to the next."""

CLOSE = BlockStyle(
    "close",
    ".close { margin-top: ${words.before}; break-inside: avoid; ${words.keep_next}; }",
    {
        "words": LineStyle(
            "Closing",
            "Yours sincerely,",
            before=BLOCK_SPACE,
            after=PARAGRAPH_SPACE,
            keep_next=True,
            word=InWord(following="Signature"),
        )
    },
)

SIGNATURE_PART = 0.85
"""So much of the room above a name a picture of a signature fills, in CSS and in Word."""

SIGNATURES = BlockStyle(
    "signatures",
    """\
.signatures { margin-bottom: ${last.after}; }
.signatures.together { break-inside: avoid; }
.signatures .label { font: ${label.font};
  color: ${label.colour}; margin: ${label.before} 0 ${label.after}; ${label.keep_next}; }
.signers { list-style: none; orphans: 1; widows: 1; }
.signers > li { display: inline-block; vertical-align: top; padding-inline-end: ${gap};
  padding-bottom: ${below}; line-height: ${name.line}; overflow-wrap: anywhere; }
.columns-1 > li, .columns-2 > li { width: 50%; }
.columns-3 > li { width: 33.33%; }
.signers .room { height: ${room.line}; padding-bottom: 2pt;
  line-height: calc(${room.line} - 4pt);
  border-bottom: ${ruled.rule}; margin-bottom: ${ruled.gap}; }
.signers .room img { max-height: 85%; max-width: 100%; vertical-align: bottom; }
.signers .detail, .remark { font: ${detail.font};
  color: ${detail.colour}; }
.signers .state { font: ${state.font};
  color: ${state.colour}; }
.remark { margin-top: ${remark.before}; break-before: avoid; }""",
    {
        "label": LineStyle(
            "Signature Label",
            "the name of a group of signatories",
            replace(LABEL, bold=True),
            before=BLOCK_SPACE,
            after=Length(4),
            keep_next=True,
        ),
        "room": LineStyle(
            "Signature Space",
            "room for a signature by hand",
            Face(line=SIGNATURE_SPACE),
            keep_next=True,
            word=InWord(at_least=True),
        ),
        "name": LineStyle("Signature", "the name of a signatory", Face(line=ADDRESS_LINE)),
        "ruled": LineStyle(
            "Signature Ruled",
            "the same, under a line to sign on",
            rule=EdgeRule("muted", gap=Length(4)),
            word=InWord("Signature"),
        ),
        "detail": LineStyle("Signature Detail", "role, affiliation", SMALL),
        "state": LineStyle("Signature State", "not yet signed", replace(SMALL, italic=True)),
        "remark": LineStyle("Signature Remark", "who else signed", SMALL, before=Length(4)),
        "last": LineStyle(
            "Signature Remark End",
            "the last of these remarks",
            after=BLOCK_SPACE,
            word=InWord("Signature Remark"),
        ),
    },
    {"gap": COLUMN_GAP, "below": BELOW_SIGNATURE},
)

POSTSCRIPT = BlockStyle(
    "postscript",
    ".postscript { margin: ${words.before} 0 ${words.after}; break-inside: avoid; }",
    {
        "words": LineStyle(
            "Postscript",
            "P.S. what is said after the signatures",
            before=BLOCK_SPACE,
            after=PARAGRAPH_SPACE,
        )
    },
)

# The space between two of them stands below in CSS, and above in Word.
ATTACHED = BlockStyle(
    "",
    """\
.attached { font: ${item.font}; color: ${item.colour};
  margin-bottom: ${label.before}; break-inside: avoid; }
.attached .label { font-weight: ${label.weight}; ${label.keep_next}; }
.attached ul { list-style: none; }""",
    {
        "label": LineStyle(
            "Enclosures Label",
            "Enclosures, Copies to",
            replace(SMALL, bold=True),
            before=PARAGRAPH_SPACE,
            keep_next=True,
            word=InWord(following="Enclosures"),
        ),
        "item": LineStyle("Enclosures", "what is enclosed, who has a copy", SMALL),
    },
)

NOTES = BlockStyle(
    "",
    """\
.notes { border-top: ${above.rule}; padding-top: ${above.line}; margin-top: ${above.before};
  font: ${note.font}; color: ${note.colour}; }
.notes ol { list-style: none; }
.notes li { margin-bottom: ${note.after}; padding-inline-start: ${note.indent}; \
${note.keep_lines}; }
.notes li > .number { float: inline-start; margin-inline-start: -${note.hanging}; }""",
    {
        "note": LineStyle(
            "endnote text",
            "a source",
            SMALL,
            after=Length(2),
            indent=(Length(14), Length()),
            hanging=Length(14),
            keep_lines=True,
        ),
        "above": LineStyle(
            "Endnote Separator",
            "the line above the sources",
            Face(line=Length(6)),
            before=BLOCK_SPACE,
            keep_next=True,
            rule=EdgeRule("rule"),
        ),
    },
)

FOOT_NOTES = BlockStyle(
    "",
    """\
@page { @footnote { border-top: ${above.rule}; padding-top: ${above.line}; \
margin-top: ${above.before} } }
.foot-note { float: footnote; display: block; footnote-policy: line; font: ${note.font};
  color: ${note.colour}; text-align: start; white-space: normal; margin-bottom: ${note.after};
  padding-inline-start: ${note.indent}; hyphens: manual; ${note.keep_lines}; }
.foot-note > .number { display: inline-block; width: ${note.hanging}; \
margin-inline-start: -${note.hanging}; }
.foot-note::footnote-call, .foot-note::footnote-marker { content: ""; }""",
    {
        "note": LineStyle(
            "footnote text",
            "a source at the foot of its page",
            SMALL,
            after=Length(2),
            indent=(Length(14), Length()),
            hanging=Length(14),
            keep_lines=True,
        ),
    },
    {"above": NOTES.lines["above"]},
)
"""Where a theme has notes at the foot of the page; CSS has its rules for such themes alone."""

ENDING = (CLOSE, SIGNATURES, POSTSCRIPT, ATTACHED, NOTES)
