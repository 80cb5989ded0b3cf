"""The style sheet of a letter, made from the theme's tokens; a theme's own sheet follows it.

What is the same for every letter stands in ``letter.css``, as CSS; the rules of the blocks, which
Word's styles are made from too, come into it from ``block_styles``.
"""

from __future__ import annotations

import functools
from pathlib import Path
from string import Template

from msgspec.structs import replace

from letters.draft.document import Letter
from letters.press.annex_css import ANNEX_CSS
from letters.press.block_styles.ending import ENDING, FOOT_NOTES
from letters.press.block_styles.lists import IN_TEXT
from letters.press.block_styles.opening import OPENING
from letters.press.block_styles.sheets import SHEETS
from letters.press.block_styles.text import ALL_TEXT, TEXT
from letters.press.fonts import passages, stacks
from letters.press.foot import FOOT_LINE, FOOT_SHARE, below_text, foot_margin
from letters.press.paper import Window
from letters.press.qr_code import rules as code_rules
from letters.press.sheet_width import sheets_css
from letters.press.theme import Theme
from letters.press.watermark import background, drawing

_HERE = Path(__file__).parent
_LINING = """.letterhead, .address, .attached, .signatures .label, .detail, .state, .remark, .notes,
table, .number, sup { font-variant-numeric: lining-nums }"""
_LONG_WORD, _LEFT_TOGETHER, _GAP_ALLOWED = 16, 5, "12%"
_FOLD, _HOLE = 5, 7  # mm: the length of the marks; they begin where printers do, 4 mm inside


def shared_sheet(letter: Letter, theme: Theme) -> str:
    """The sheet without who the letter is to, so that it is the same for many recipients."""
    return style_sheet(replace(letter, running_head=("", letter.running_head[1])), theme)


def own_sheet(letter: Letter) -> str:
    """What the other leaves out: the recipient at the head of further pages."""
    recipient, _ = letter.running_head
    start = "right" if letter.direction == "rtl" else "left"
    return f"@page {{ @top-{start} {{ content: {_string(recipient)} }} }}" if recipient else ""


def style_sheet(letter: Letter, theme: Theme) -> str:
    """CSS for PDF and HTML alike; what stands in the margins comes from the Letter."""
    return "\n".join(
        (
            _tokens(letter, theme),
            _forms(letter, theme),
            _digits(letter),
            _placed(theme),
            _pages(letter, theme),
            _same_for_all(),
            _hyphens(letter),
            _window(letter, theme),
            code_rules(letter, theme),
            *sheets_css(letter, theme),
            *([FOOT_NOTES.rules()] if theme.notes == "foot" and letter.notes else []),
            ANNEX_CSS if letter.annex else "",
        )
    )


def _tokens(letter: Letter, theme: Theme) -> str:
    text, label = map(_families, stacks(letter, theme))
    return f""":root {{
  --text-font: {text}, serif;
  --label-font: {label}, sans-serif;
  --text-size: {theme.text_size}pt; --label-size: {theme.label_size}pt;
  --small-size: {theme.small_size}pt;
  --text-line: {theme.text_line}pt; --address-line: {theme.address_line}pt;
  --small-line: {theme.small_line}pt;
  --paragraph-space: {theme.paragraph_space}pt; --block-space: {theme.block_space}pt;
  --signature-space: {theme.signature_space}pt; --letterhead-rule: {theme.letterhead_rule}pt;
  --text: {theme.text_colour}; --accent: {theme.accent_colour};
  --muted: {theme.muted_colour}; --rule: {theme.rule_colour};
}}"""


def _forms(letter: Letter, theme: Theme) -> str:
    """Other fonts for passages whose language gives the same characters other forms."""
    return "\n".join(
        f":lang({tag}) {{ --text-font: {_families(text)}, serif;"
        f" --label-font: {_families(label)}, sans-serif; font-family: var(--text-font) }}"
        for tag, (text, label) in passages(letter, theme)
    )


def _placed(theme: Theme) -> str:
    """What the theme has otherwise than letter.css: figures, capitals, the sides of logo, date."""
    rules = []
    if theme.figures == "old-style":
        rules.append(f"html {{ font-variant-numeric: oldstyle-nums }}\n{_LINING}")
    if theme.small_capitals:
        rules.append(".letterhead .organisation { font-variant-caps: small-caps }")
    if theme.signatures_anew:
        rules.append(
            "p.before-close { break-before: page }\n"
            "p.before-close + p.before-close { break-before: auto }"
        )
    if theme.date_side == "end":
        rules.append(".letter .date { text-align: end }\n.opening .date { text-align: start }")
    if theme.logo_side == "end":
        rules.append(
            ".head-apart .letterhead .logo { order: 1 }\n"
            ".head-apart .logo-beside { justify-content: space-between }\n"
            ".head-apart .logo-above .logo { margin-inline-start: auto }\n"
            ".head-start .letterhead .logo, .head-center .letterhead .logo "
            "{ margin-inline: auto 0 }"
        )
    elif theme.logo_side == "start":
        rules.append(".head-center .letterhead .logo { margin-inline: 0 auto }")
    return "\n".join(rules)


def _families(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _pages(letter: Letter, theme: Theme) -> str:
    width, height = theme.page_mm
    margin = theme.margin_mm
    own = ", digits" if _digits(letter) else ""
    before, _, rest = letter.page_label.partition("{page}")
    between, _, after = rest.partition("{pages}")
    label = " ".join(
        part
        for part in (
            _string(before), f"counter(page{own})", _string(between), f"counter(pages{own})",
            _string(after),
        )
        if part != '""'
    )  # fmt: skip
    small = f"font: var(--small-size)/{FOOT_LINE} var(--label-font); color: var(--muted)"
    mark = "font: bold var(--label-size)/var(--small-line) var(--label-font); color: var(--accent)"
    recipient, date = letter.running_head
    start, end = ("right", "left") if letter.direction == "rtl" else ("left", "right")
    way = f"direction: {letter.direction}"
    # The version is a line of its own below the notice, of which room is kept on every page. An
    # element that draws nothing tells the last page, for CSS knows only the first.
    placed = f"vertical-align: top; padding-top: {below_text(theme):g}mm"
    # A mark stands a line above the running head, which has all the room of its own line so. CSS
    # would keep the middle for what stands there.
    head = f"{small}; {way}"
    if letter.draft_mark:
        down = f"{theme.mark_top + theme.small_line:g}pt"
        head += f"; vertical-align: top; padding-top: {down}; line-height: var(--small-line)"
    foot, last = _string(letter.notice), ""
    behind = background(letter, theme)
    if letter.version:
        below = ('"\\A "' if letter.notice else "") + _string(letter.version)
        foot += " string(version)"
        last = f".version {{ break-before: avoid; string-set: version {below} }}"
    return f"""@page {{
  size: {width}mm {height}mm;
  margin: {margin.top}mm {margin.right}mm {foot_margin(letter, theme):g}mm {margin.left}mm;{behind}
  @top-{start} {{ content: {_string(recipient)}; {head}; width: 75% }}
  @top-center {{ content: {_string(letter.draft_mark)}; {mark}; {way};
    vertical-align: top; padding-top: {theme.mark_top:g}pt; white-space: nowrap }}
  @top-{end} {{ content: {_string(date)}; {head}; width: 25%; white-space: nowrap }}
  @bottom-{start} {{ content: {foot}; {small}; {way}; {placed};
    white-space: pre-line; width: {FOOT_SHARE:.0%} }}
  @bottom-{end} {{ content: {label}; {small}; {way}; {placed}; white-space: nowrap }}
}}
{last}
@page :first {{ @top-left {{ content: "" }} @top-right {{ content: "" }} }}"""


def _string(text: str) -> str:
    """A CSS string; every character that could end it is escaped by its number."""
    # An escape takes the white space after it along, so it gets some of its own.
    safe = "".join(c if c.isalnum() or c in " .,;:-–—" else f"\\{ord(c):06x} " for c in text)
    return f'"{safe}"'


@functools.cache
def _same_for_all() -> str:
    sheet = Template((_HERE / "letter.css").read_text(encoding="utf-8"))
    places = {
        "all_text": (ALL_TEXT,),
        "text": TEXT,
        "opening": OPENING,
        "in_text": IN_TEXT,
        "sheets": SHEETS,
        "ending": ENDING,
    }
    return sheet.substitute(
        {place: "\n".join(style.rules() for style in styles) for place, styles in places.items()}
    )


def _hyphens(letter: Letter) -> str:
    """Long words of the text are divided where the language's patterns are good; no name ever is.

    The edge is ragged and 60 to 75 characters away, so that shorter words need no division: whole
    they are found by a search, copied and read aloud right, and Word breaks the same lines.
    """
    if not letter.hyphenate:
        return ""
    return f"""p:not([class]), .lead, .before-close, .asks > li, .list > li {{ hyphens: auto;
  hyphenate-limit-chars: {_LONG_WORD} {_LEFT_TOGETHER} {_LEFT_TOGETHER};
  hyphenate-limit-zone: {_GAP_ALLOWED} }}
bdi, span[lang], a, .name, .spaces, .copied, .passage, .cell {{ hyphens: manual }}"""


def _digits(letter: Letter) -> str:
    """The pages are counted in the language's own digits, where these are others."""
    if letter.digits.isascii():
        return ""
    symbols = " ".join(map(_string, letter.digits))
    return f"@counter-style digits {{ system: numeric; symbols: {symbols} }}"


def _window(letter: Letter, theme: Theme) -> str:
    """Letterhead, date and address of the first page where the envelope has its window.

    The sides are those of the paper, in every direction of writing.
    """
    window = theme.window
    if window is None:
        return ""
    top, left = window.letterhead_top, theme.margin_mm.left
    size, line = theme.address_type
    drawn = _marks(window, theme.page_mm)
    drawn += f", {drawing(letter, theme)}" if letter.watermark else ""
    mark = f"@top-center {{ padding-top: {theme.first_mark_top:g}pt }}"
    return f"""@page :first {{ margin-top: {top}mm; background: {drawn}; {mark} }}
@media print {{
  .opening {{ position: relative; height: {window.text_top - top:g}mm }}
  .opening .letterhead {{ margin: 0 }}
  .opening .address {{ position: absolute; top: {window.top - top:g}mm;
    left: {window.left - left:g}mm; width: {window.width}mm; margin: 0;
    font-size: {size}pt; line-height: {line}pt }}
  .opening .date {{ position: absolute; top: {window.date_top - top:g}mm;
    left: {window.date_left - left:g}mm; width: {theme.page_mm[0] - window.date_left - 10:g}mm }}
}}"""


def _marks(window: Window, page_mm: tuple[float, float]) -> str:
    """Where to fold and to punch the sheet: a drawing behind it, with nothing to read aloud."""
    width, height = page_mm
    marks = [(at, _FOLD) for at in window.folds] + ([(window.hole, _HOLE)] if window.hole else [])
    lines = "".join(f"M4 {at:g}h{length}" for at, length in marks)
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}'>"
        f"<path d='{lines}' stroke='%23808080' stroke-width='.2'/></svg>"
    )
    return f'url("data:image/svg+xml,{drawing}") 0 0 / {width:g}mm {height:g}mm no-repeat fixed'
