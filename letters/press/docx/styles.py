"""Word's named styles as values, so that a person restyles a letter in Word and not line by line.

Each kind of block has one style of its own and takes everything from it. Where Word has a built-in
style for the purpose its name is used, which keeps Word's panes and shortcuts working. Every style
that sets a font sets all four of Word's channels, and the twins for complex scripts, or Arabic and
Hebrew words would ignore the theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from letters.draft.document import TextLanguage
from letters.press.docx.languages import by_default
from letters.press.docx.ooxml import escape, part, tag, twips, twips_from_mm
from letters.press.docx.restyle import PARAGRAPH_ORDER
from letters.press.docx.type import Type
from letters.press.reference import Key, ReferenceStyles, Restyled
from letters.press.theme import Font, Theme

BUILT_IN = frozenset(
    """
    Normal|Body Text|Date|Salutation|heading 1|heading 2|List Number|List Bullet|List Continue|Quote
    |Closing|Signature|header|footer|endnote text|endnote reference
    |caption|footnote text|footnote reference|Hyperlink|Strong|Emphasis
    |Normal Table|Default Paragraph Font|List Continue 2|List Continue 3|List Continue 4
    |List Continue 5
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def style_id(name: str) -> str:
    """How paragraphs name a style: "endnote text" is ``EndnoteText``."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def text_width(theme: Theme) -> int:
    """Width of the type area in twips."""
    return twips_from_mm(theme.text_width_mm)


class Border(Struct, frozen=True):
    """A thin line along one side, or as a box; ``space`` to the words, ``width`` in points."""

    side: str
    colour: str
    space: int = 0
    width: float = 0.5

    def xml(self) -> str:
        colour = self.colour.lstrip("#")
        sides = ("top", "left", "bottom", "right") if self.side == "box" else (self.side,)
        told = {"sz": round(self.width * 8), "space": self.space, "color": colour}
        return "".join(tag(side, "single", **told) for side in sides)


class Setting(Struct, frozen=True):
    """How a paragraph stands on the page; lengths in points.

    What is None is left to the style that this one is based on. ``line`` is exact unless
    ``at_least``; ``flush`` takes back the indents of that style. Of ``after`` and the next
    ``before`` the greater counts, as in CSS.
    """

    before: float | None = None
    after: float | None = None
    line: float | None = None
    at_least: bool = False
    indent: tuple[float, float] = (0, 0)
    hanging: float = 0
    jc: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    rule: Border | None = None
    tab_twips: int = 0
    numbering: int = 0
    outline: int | None = None
    bidi: bool = False
    new_page: bool = False
    flush: bool = False

    def xml(self) -> str:
        written = "<w:keepNext/>" if self.keep_next else ""
        written += "<w:keepLines/>" if self.keep_lines else ""
        written += "<w:pageBreakBefore/>" if self.new_page else ""
        written += numbered(self.numbering) if self.numbering else ""
        written += f"<w:pBdr>{self.rule.xml()}</w:pBdr>" if self.rule else ""
        written += tab_stop(self.tab_twips) if self.tab_twips else ""
        written += "<w:bidi/>" if self.bidi else ""
        spaces = {
            "before": None if self.before is None else twips(self.before),
            "after": None if self.after is None else twips(self.after),
            "line": None if self.line is None else twips(self.line),
            "lineRule": None if self.line is None else ("atLeast" if self.at_least else "exact"),
        }
        if any(value is not None for value in spaces.values()):
            written += tag("spacing", **spaces)
        if any(self.indent) or self.hanging or self.flush:
            left, right = self.indent
            written += tag(
                "ind",
                left=twips(left),
                right=twips(right),
                hanging=twips(self.hanging) if self.hanging else None,
            )
        written += tag("jc", self.jc) if self.jc else ""
        written += tag("outlineLvl", self.outline) if self.outline is not None else ""
        return f"<w:pPr>{written}</w:pPr>" if written else ""


_AS_BASED = Type()


class Style(Struct, frozen=True):
    """One named style; ``following`` is the style of the next paragraph that a person types.

    ``use`` tells whoever edits it in Word what it is for; without one it isn't shown for that.
    A ``rare`` one is not offered by Word until it is used. One of the toolkit's ``own`` keeps
    things in their places and can't be restyled.
    """

    name: str
    type: Type = _AS_BASED
    setting: Setting = Setting()
    based: str = "Normal"
    following: str = ""
    kind: Literal["paragraph", "character"] = "paragraph"
    rare: bool = False
    own: bool = False
    use: str = ""

    @property
    def key(self) -> Key:
        """Kind and name, as a reference.docx is searched for it."""
        return self.kind, self.name.lower()

    def xml(self, look: ReferenceStyles | None = None) -> str:
        """The style as the tokens make it, or as the ``look`` has it where it knows the name."""
        other = None if look is None or self.own else look.styles.get(self.key)
        if other is not None:
            return self._xml(style_id(other.based), self._restyled(other))
        setting = self.setting
        if look is not None and self.based == "Normal":
            # The normal style of the file may have spaces that this one doesn't expect.
            setting = replace(setting, before=setting.before or 0, after=setting.after or 0)
        paragraph = setting.xml() if self.kind == "paragraph" else ""
        based = style_id(self.based) if self.name != self.based else ""
        return self._xml(based, paragraph + self.type.xml())

    def _xml(self, based: str, properties: str) -> str:
        custom = "" if self.name in BUILT_IN else ' w:customStyle="1"'
        default = ' w:default="1"' if self.name == "Normal" else ""
        following = tag("next", style_id(self.following)) if self.following else ""
        offered = "<w:semiHidden/><w:unhideWhenUsed/>" if self.rare else "<w:qFormat/>"
        return (
            f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{style_id(self.name)}">'
            + tag("name", self.name)
            + (tag("basedOn", based) if based and not default else "")
            + f"{following}{offered}{properties}</w:style>"
        )

    def _restyled(self, other: Restyled) -> str:
        """The properties of another file's style, with what is the letter's own."""
        found = dict(other.paragraph)
        if self.setting.numbering:
            found["numPr"] = numbered(self.setting.numbering)
        if self.setting.tab_twips:
            found["tabs"] = tab_stop(self.setting.tab_twips)
        if self.setting.bidi:
            found["bidi"] = "<w:bidi/>"
        written = "".join(found[name] for name in PARAGRAPH_ORDER if name in found)
        letters = "".join(xml for _, xml in other.letters)
        if self.type.font is not None:
            letters = for_scripts(letters, self.type.font)
        paragraph = f"<w:pPr>{written}</w:pPr>" if written and self.kind == "paragraph" else ""
        return paragraph + (f"<w:rPr>{letters}</w:rPr>" if letters else "")


def for_scripts(letters: str, font: Font) -> str:
    """Letters of another file, with the fonts that this letter needs for scripts ``font`` lacks."""
    for channel, family in (("cs", font.complex), ("eastAsia", font.asian)):
        if family:
            named = f' w:{channel}="{escape(font.word)}"'
            letters = letters.replace(named, f' w:{channel}="{escape(family)}"')
    return letters


def numbered(number: int) -> str:
    """What makes a paragraph an item of the list of that number."""
    return f"<w:numPr>{tag('numId', number)}</w:numPr>"


def tab_stop(at: int) -> str:
    """A stop at which words end, so many twips from the edge of the text."""
    return f"<w:tabs>{tag('tab', 'right', pos=at)}</w:tabs>"


def bases(look: ReferenceStyles) -> str:
    """The styles of a reference.docx that others are based on."""
    written = []
    for (kind, name), style in look.styles.items():
        if not name.startswith("base "):
            continue
        based = tag("basedOn", style_id(style.based)) if style.based else ""
        paragraph = "".join(xml for _, xml in style.paragraph)
        letters = "".join(xml for _, xml in style.letters)
        written.append(
            f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{style_id(name)}">'
            f"{tag('name', name.title())}{based}<w:semiHidden/>"
            + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph and kind == "paragraph" else "")
            + (f"<w:rPr>{letters}</w:rPr>" if letters else "")
            + "</w:style>"
        )
    return "".join(written)


def styles_part(
    styles: Sequence[Style],
    tables: str,
    theme: Theme,
    home: TextLanguage,
    look: ReferenceStyles | None,
) -> bytes:
    """``styles.xml``: the defaults of the document, then every style."""
    letters = replace(
        Type(theme.text_font, theme.text_size, kerned=True),
        figures="oldStyle" if theme.figures == "old-style" else "",
    ).xml()
    letters = letters.removeprefix("<w:rPr>").removesuffix("</w:rPr>")
    paragraph = "<w:widowControl/>"
    if look is not None:
        other = "".join(xml for _, xml in look.defaults.letters)
        letters = for_scripts(other, theme.text_font) or letters
        paragraph = "".join(xml for _, xml in look.defaults.paragraph) or paragraph
    return part(
        "styles",
        f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}{by_default(home)}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        + (bases(look) if look else "")
        + "".join(style.xml(look) for style in styles)
        + tables,
    )
