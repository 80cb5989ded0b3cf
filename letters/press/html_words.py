"""The words of a letter as HTML: every one escaped, and no tag but those written here."""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass, replace
from html import escape
from typing import assert_never

from letters.draft import document as d

_DIGITS = "0123456789"

_LONG = 16
_LONG_WORD = re.compile(rf"( ?)(?<!\S)(\S{{{_LONG},}})")
_CODE = re.compile(r"[\d/@_=#&+%\\]|\w[.:]\w|[^\W\d_A-Z][A-Z]")

# Its groups would change places between words from right to left.
_TELEPHONE = re.compile(r"(?<![\w.,])[+0]\d*(?:[ -][\d()]*\d)+")


@dataclass(frozen=True, slots=True)
class Words:
    """Writes words into a text of that ``direction``, and numbers in the language's ``digits``.

    Where long words are ``divided``, names and what people copy are told apart; a capital tells a
    name, unless the language writes all ``nouns`` with one.
    """

    direction: d.Direction
    digits: str = _DIGITS
    divided: bool = False
    nouns: bool = False

    def turned(self, language: d.TextLanguage) -> Words:
        """For words in another language."""
        return replace(
            self,
            direction=language.direction,
            digits=language.digits,
            nouns=has_large_nouns(language.tag),
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
        if self.direction == "rtl":
            written = _TELEPHONE.sub(r'<bdi dir="ltr">\g<0></bdi>', written)
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
        runs = self._runs(d.plain(content))
        return _turned(runs, self.direction, replace(self, direction=runs).inlines(content))

    def inlines(self, content: d.Inlines) -> str:
        """Inline content; the number of a note stays in one line with the word before it."""
        out: list[str] = []
        for node in content:
            written = self._inline(node)
            if isinstance(node, d.NoteMark) and out:
                rest, space, word = out[-1].rpartition(" ")
                if "<" not in word:
                    out[-1], written = rest + space, f'<span class="kept">{word}{written}</span>'
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
                written = self.text(text, named=True)
                return _turned(self._runs(text), self.direction, written)
            case d.Strong(content=content):
                return f"<strong>{self.inlines(content)}</strong>"
            case d.Emphasis(content=content):
                return f"<em>{self.inlines(content)}</em>"
            case d.Link(href=href, content=content):
                return self._linked(href, content)
            case d.Break():
                return "<br>"
            case d.NoteMark(number=number):
                shown = self.number(number)
                return f'<sup><a href="#note-{number}" role="doc-noteref">{shown}</a></sup>'
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
                    out.append(_turned(self._runs(text), self.direction, linked))
                case _:
                    out.append(self._inline(node))
        return "".join(out)

    def _runs(self, text: str) -> d.Direction:
        """The direction of its first letter that has one."""
        return next(filter(None, map(_direction, text)), self.direction)


def has_large_nouns(tag: str) -> bool:
    """Whether a language writes all nouns with a capital."""
    return tag.partition("-")[0] in ("de", "lb")


def _is_copied(word: str) -> bool:
    """Whether it is an address, a number, a code or a hashtag."""
    return _CODE.search(word) is not None


def _is_name(word: str) -> bool:
    """Whether it begins as a name does."""
    return word.lstrip("(“«„‘’")[:1].isupper()


def _turned(runs: d.Direction, around: d.Direction, written: str) -> str:
    """Said where words run against those around them, or their marks would change sides."""
    return written if runs == around else f'<bdi dir="{runs}">{written}</bdi>'


def _direction(character: str) -> d.Direction | None:
    match unicodedata.bidirectional(character):
        case "L":
            return "ltr"
        case "R" | "AL":
            return "rtl"
        case _:
            return None
