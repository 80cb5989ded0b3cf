"""The words of a letter as HTML: every one escaped, and no tag but those written here."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field, replace
from html import escape
from typing import assert_never

from letters.draft import document as d
from letters.press import direction, name_language
from letters.press.raised import has_ordinals, marked

_DIGITS = "0123456789"


_LONG = 16
_LONG_WORD = re.compile(rf"( ?)(?<!\S)(\S{{{_LONG},}})")
_LONGEST_KEPT = 24
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Scripts that are written without spaces: from Thai to Burmese, Khmer, Chinese and Japanese."""
_LAST_SIGN = re.compile(
    r"(?:&#?\w+;|\w)[ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々〻]*(?:&#?\w+;|\W)*$"
)
"""With what may not begin a line behind it."""
_LAST_SIGNS = re.compile(r"(?:&#?\w+;|[^&;]){1,8}$")
_CODE = re.compile(r"[\d/@_=#&+%\\]|\w[.:]\w|[^\W\d_A-Z][A-Z]")


@dataclass(frozen=True, slots=True)
class Words:
    """Writes words into a text of that ``direction``, and numbers in the language's ``digits``.

    Where long words are ``divided``, names and what people copy are told apart; a capital tells a
    name, unless the language writes all ``nouns`` with one. ``raises`` tells whether the language
    has its ordinals raised; by its ``tag`` names in other scripts are told. ``decimal`` is its sign
    before decimals. ``note`` is what the link to a note is called; in ``foot`` are notes that go to
    the foot of a page, each with the first mark of its number, of which it is taken out.
    """

    direction: d.Direction
    digits: str = _DIGITS
    divided: bool = False
    nouns: bool = False
    raises: bool = False
    tag: str = ""
    note: str = "{number}"
    decimal: str = "."
    foot: dict[int, str] = field(default_factory=dict, compare=False)

    def turned(self, language: d.TextLanguage) -> Words:
        """For words in another language."""
        return replace(
            self,
            direction=language.direction,
            tag=language.tag,
            digits=language.digits,
            decimal=language.decimal,
            nouns=has_large_nouns(language.tag),
            raises=has_ordinals(language.tag),
        )

    def number(self, number: int) -> str:
        return str(number).translate(str.maketrans(_DIGITS, self.digits))

    def text(self, text: str, *, named: bool = False) -> str:
        """``text`` as it was written; two spaces, as before a Canadian postcode, stay two.

        Only such a text keeps its spaces: those at the end of a line would count as well, and
        lines be broken too early. In what is ``named`` no word is divided.
        """
        written = escape(text, quote=False)
        if self.divided and len(written) >= _LONG:
            written = self._undivided(written, named=named)
        if self.raises:
            written = marked(written)
        if self.direction == "rtl":
            written = direction.GROUPED.sub(r'<bdi dir="ltr">\g<0></bdi>', written)
        return f'<span class="spaces">{written}</span>' if "  " in text else written

    def _undivided(self, written: str, *, named: bool) -> str:
        """Addresses, codes and names are set apart, so that no hyphen comes into them."""

        def apart(found: re.Match[str]) -> str:
            word = found[2]
            if not (named or _is_copied(word) or (not self.nouns and _is_name(word))):
                return found[0]
            space = "<span> </span>" if found[1] else ""  # see `inlines`
            return f'{space}<span class="copied">{word}</span>'

        return _LONG_WORD.sub(apart, written)

    def line(self, content: d.Inlines) -> str:
        """A line of its own, such as one of an address: written in its own direction."""
        return self._in(direction.own(d.plain(content), self.direction), content)

    def cell(self, content: d.Inlines) -> str:
        """The words of a cell, which stand among no others."""
        return self._in(direction.only(d.plain(content), self.direction), content)

    def _in(self, runs: d.Direction, content: d.Inlines) -> str:
        written = replace(self, direction=runs).inlines(content)
        return written if runs == self.direction else _apart(runs, written)

    def inlines(self, content: d.Inlines) -> str:
        """Inline content; the number of a note stays in one line with the word before it."""
        out: list[str] = []
        for node in content:
            written = self._inline(node)
            if isinstance(node, d.NoteMark) and out:
                before, word = _last_word(out[-1])
                if "<" not in word:
                    mark, end, note = written.partition("</sup>")
                    kept = f'<span class="kept">{word}{mark}{end}</span>{note}'
                    out[-1], written = before, kept
            # WeasyPrint breaks a line after its first word where only the last space of a text does
            # not fit; so the space before an element is a text by itself.
            if out and out[-1].endswith(" ") and written.startswith("<"):
                out[-1] = f"{out[-1][:-1]}<span> </span>"
            # Words that touch must be seen as one word.
            if out and not written.startswith("<") and not out[-1].endswith(">"):
                out[-1] += written
            else:
                out.append(written)
        return "".join(out)

    def picture(self, image: d.Image) -> str:
        """The attributes of an embedded picture."""
        data = base64.b64encode(image.png).decode()
        return f'src="data:image/png;base64,{data}" alt="{escape(image.alt)}"'

    def _inline(self, node: d.Inline) -> str:
        match node:
            case d.Text(text=text):
                return self.text(text)
            case d.Value(text=text):
                runs = direction.apart(text, self.direction)
                tag = name_language.by_letters(text, self.tag)
                if runs is None:
                    written = self.text(text, named=True)
                    return f'<span lang="{tag}">{written}</span>' if tag else written
                return _apart(runs, replace(self, direction=runs).text(text, named=True), tag)
            case d.Strong(content=content):
                return f"<strong>{self.inlines(content)}</strong>"
            case d.Emphasis(content=content):
                return f"<em>{self.inlines(content)}</em>"
            case d.Spoken(language=language, content=content):
                written = replace(self.turned(language), digits=self.digits).inlines(content)
                if language.direction != self.direction:
                    return _apart(language.direction, written, language.tag)
                return f'<span lang="{escape(language.tag)}">{written}</span>'
            case d.Link(href=href, content=content):
                return self._linked(href, content)
            case d.Break():
                return "<br>"
            case d.NoteMark(number=number):
                shown = self.number(number)
                behind = self.foot.pop(number, "")
                called = escape(self.note.replace("{number}", shown))
                return (
                    f'<sup><a href="#note-{number}" role="doc-noteref" aria-label="{called}">'
                    f"{shown}</a></sup>{behind}"
                )
            case _:
                assert_never(node)

    def _linked(self, href: str, content: d.Inlines) -> str:
        """A link, with emphasis outside of it: a PDF link with other tags is not accessible."""
        out = []
        for node in content:
            match node:
                case d.Strong(content=inner):
                    out.append(f"<strong>{self._linked(href, inner)}</strong>")
                case d.Emphasis(content=inner):
                    out.append(f"<em>{self._linked(href, inner)}</em>")
                case d.Text(text=text) | d.Value(text=text):
                    linked = f'<a href="{escape(href)}">{escape(text, quote=False)}</a>'
                    runs = direction.own(text, self.direction)
                    out.append(linked if runs == self.direction else _apart(runs, linked))
                case _:
                    out.append(self._inline(node))
        return "".join(out)


def has_large_nouns(tag: str) -> bool:
    """Whether a language writes all nouns with a capital."""
    return tag.partition("-")[0] in ("de", "lb")


def _is_copied(word: str) -> bool:
    """Whether it is an address, a number, a code or a hashtag."""
    return _CODE.search(word) is not None


def _is_name(word: str) -> bool:
    """Whether it begins as a name does."""
    return word.lstrip("(“«„‘’")[:1].isupper()


def _apart(runs: d.Direction, written: str, tag: str = "") -> str:
    """Words set apart from those around them, or their signs and numbers would change sides."""
    said = f' lang="{escape(tag)}"' if tag else ""
    return f'<bdi{said} dir="{runs}">{written}</bdi>'


def _last_word(written: str) -> tuple[str, str]:
    """What no line may end within, behind what is before: the end of what is long or has no spaces.

    A whole paragraph in Chinese or Japanese has none, and would run off the page.
    """
    word = written[written.rfind(" ") + 1 :]
    end = _WITHOUT_SPACES.search(word) and _LAST_SIGN.search(word)
    if not end and len(word) > _LONGEST_KEPT:
        end = _LAST_SIGNS.search(word)
    word = end[0] if end else word
    return written[: len(written) - len(word)], word
