"""The style sheet of a letter, made from the theme's tokens; a theme's own sheet follows it."""

from __future__ import annotations

from letters.draft.document import Letter
from letters.press.theme import Theme


def style_sheet(letter: Letter, theme: Theme) -> str:
    """CSS for PDF and HTML alike; what stands in the margins comes from the Letter."""
    return "\n".join((_tokens(theme), _pages(letter, theme), _LETTER))


def _tokens(theme: Theme) -> str:
    return f""":root {{
  --text-font: "{theme.text_font.pdf}", "{theme.text_font.word}", serif;
  --label-font: "{theme.label_font.pdf}", "{theme.label_font.word}", sans-serif;
  --text-size: {theme.text_size}pt; --label-size: {theme.label_size}pt;
  --small-size: {theme.small_size}pt;
  --text-line: {theme.text_line}pt; --address-line: {theme.address_line}pt;
  --small-line: {theme.small_line}pt;
  --paragraph-space: {theme.paragraph_space}pt; --block-space: {theme.block_space}pt;
  --signature-space: {theme.signature_space}pt;
  --text: {theme.text_colour}; --accent: {theme.accent_colour};
  --muted: {theme.muted_colour}; --rule: {theme.rule_colour};
}}"""


def _pages(letter: Letter, theme: Theme) -> str:
    width, height = theme.page_mm
    margin = theme.margin_mm
    before, _, rest = letter.page_label.partition("{page}")
    between, _, after = rest.partition("{pages}")
    label = " ".join(
        part
        for part in (
            _string(before), "counter(page)", _string(between), "counter(pages)", _string(after),
        )
        if part != '""'
    )  # fmt: skip
    small = "font: var(--small-size)/1.2 var(--label-font); color: var(--muted)"
    mark = "font: bold var(--label-size)/1.2 var(--label-font); color: var(--accent)"
    left, right = letter.running_head
    return f"""@page {{
  size: {width}mm {height}mm;
  margin: {margin.top}mm {margin.right}mm {margin.bottom}mm {margin.left}mm;
  @top-left {{ content: {_string(left)}; {small} }}
  @top-center {{ content: {_string(letter.draft_mark)}; {mark} }}
  @top-right {{ content: {_string(right)}; {small} }}
  @bottom-left {{ content: {_string(letter.notice)}; {small}; width: 80% }}
  @bottom-right {{ content: {label}; {small}; white-space: nowrap }}
}}
@page :first {{ @top-left {{ content: "" }} @top-right {{ content: "" }} }}"""


def _string(text: str) -> str:
    """A CSS string; every character that could end it is escaped by its number."""
    # An escape takes the white space after it along, so it gets some of its own.
    safe = "".join(c if c.isalnum() or c in " .,;:-–—" else f"\\{ord(c):06x} " for c in text)
    return f'"{safe}"'


_LETTER = """
* { box-sizing: border-box; }
html { font: var(--text-size)/var(--text-line) var(--text-font); color: var(--text); }
body { margin: 0; }
p, h1, h2, h3, ol, ul, blockquote, table, header, section { margin: 0; padding: 0; }
p, li { orphans: 2; widows: 2; }
p, h1, h2, h3, li, th, td { white-space: pre-wrap; } /* spaces print as they were written */
a { color: inherit; text-decoration: none; }
.letter > p, blockquote > p { margin-bottom: var(--paragraph-space); }
.letter li > p { margin-bottom: 3pt; }
h2, h3 { font-size: var(--text-size); break-after: avoid; margin: var(--paragraph-space) 0 3pt; }
h3 { font-style: italic; font-weight: normal; }

.letterhead { display: flex; justify-content: space-between; align-items: flex-start;
  font: var(--label-size)/var(--small-line) var(--label-font); color: var(--muted);
  border-bottom: 0.75pt solid var(--accent); padding-bottom: 6pt;
  margin-bottom: calc(var(--block-space) * 1.5); }
.letterhead .organisation { font-weight: bold; color: var(--accent); letter-spacing: 0.04em; }
.letterhead .contact { text-align: end; }
img { image-rendering: crisp-edges; } /* interpolation is not allowed in an archive */
.letterhead .logo { max-height: 48pt; max-width: 50%; }
.letter > .date { margin-bottom: var(--block-space); }
.letter > .address { line-height: var(--address-line); margin-bottom: var(--block-space); }
.subject { font-size: var(--text-size); font-weight: bold; break-after: avoid;
  margin-bottom: var(--paragraph-space); }
.salutation, .lead { break-after: avoid; }

ol.asks, ol.list, ul.list { margin-bottom: var(--paragraph-space); }
.asks, .list { list-style: none; padding-left: 19pt; }
.asks > li { margin-bottom: 3pt; break-inside: avoid; }
.asks > li > .number, .list > li > .number { float: left; margin-left: -19pt; }
.asks > li > .number { font-weight: bold; color: var(--accent); }
blockquote { padding: 0 19pt; margin-bottom: var(--paragraph-space); }
table { border-collapse: collapse; width: 100%; margin-bottom: var(--paragraph-space);
  font-size: calc(var(--text-size) - 1pt); line-height: var(--address-line); }
th, td { padding: 3pt 6pt 3pt 0; text-align: start; vertical-align: top;
  border-bottom: 0.5pt solid var(--rule); }
th { border-bottom: 0.75pt solid var(--accent); }
tr { break-inside: avoid; }
.new-page { break-before: page; }
.sheet td { height: 12mm; border: 0.5pt solid var(--muted); }
.sheet .prayer { font-weight: normal; text-align: start; border: none; }
.parallel > tbody > tr > td { width: 50%; border: none; vertical-align: top; padding-right: 12pt; }
.parallel > tbody > tr { break-inside: auto; }
.center { text-align: center; }
.end { text-align: end; padding-right: 0; }
sup { font: 0.68em/1 var(--label-font); vertical-align: 0.42em; color: var(--accent); }

.close { margin-top: var(--block-space); break-after: avoid; }
.before-close { break-after: avoid; }
.signatures { margin-bottom: var(--block-space); }
.signatures.together { break-inside: avoid; }
.signatures .label { font: bold var(--label-size)/var(--small-line) var(--label-font);
  color: var(--muted); margin: var(--block-space) 0 4pt; break-after: avoid; }
.signers { list-style: none; orphans: 1; widows: 1; }
.signers > li { display: inline-block; vertical-align: top; padding-right: 14pt;
  padding-bottom: 8pt; line-height: var(--address-line); overflow-wrap: anywhere; }
.columns-1 > li { width: 50%; }
.columns-2 > li { width: 50%; }
.columns-3 > li { width: 33.33%; }
.signers .room { height: var(--signature-space); padding-bottom: 2pt;
  line-height: calc(var(--signature-space) - 4pt);
  border-bottom: 0.5pt solid var(--muted); margin-bottom: 4pt; }
.signers .room img { max-height: 85%; max-width: 100%; vertical-align: bottom; }
.signers .detail { font: var(--small-size)/var(--small-line) var(--label-font);
  color: var(--muted); }
.signers .state { font: italic var(--small-size)/var(--small-line) var(--label-font);
  color: var(--muted); }
.remark { font: var(--small-size)/var(--small-line) var(--label-font); color: var(--muted);
  margin-top: 4pt; }

.attached { font: var(--small-size)/var(--small-line) var(--label-font); color: var(--muted);
  margin-bottom: var(--paragraph-space); break-inside: avoid; }
.attached .label { font-weight: bold; }
.attached ul { list-style: none; }
.notes { border-top: 0.5pt solid var(--rule); padding-top: 6pt; margin-top: var(--block-space);
  font: var(--small-size)/var(--small-line) var(--label-font); color: var(--muted); }
.notes ol { list-style: none; padding-left: 12pt; }
.notes li > .number { float: left; margin-left: -12pt; }
.notes li { margin-bottom: 2pt; }

@media screen {
  body { background: #ece9e6; padding: 2rem 1rem; }
  .letter { background: #fff; max-width: 46rem; margin: 0 auto; padding: 4rem 5rem; }
  .draft-mark { text-align: center; color: var(--accent); font: bold 1rem var(--label-font); }
  .notice { font: var(--small-size)/var(--small-line) var(--label-font); color: var(--muted);
    margin-top: 2rem; }
}
@media print { .draft-mark, .notice { display: none; } }
"""
