"""A .docx opened for tests: its members, and its words as a given reader would see them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from letters.draft.document import Block, TextLanguage
from letters.press.docx.blocks import Setter
from letters.press.docx.flow import flow
from letters.press.docx.numbering import Numbering
from letters.press.docx.runs import Relations, RunWriter
from letters.press.theme import Theme

from .sample import classic_theme

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

Element = ET.Element


def set_blocks(*blocks: Block, rtl: bool = False, theme: Theme | None = None) -> str:
    """The XML that the blocks become, for assertions that show it."""
    theme = theme or classic_theme()
    home = TextLanguage("fa", "rtl") if rtl else TextLanguage("en", "ltr")
    words = RunWriter(home, Relations())
    return flow(Setter(theme, words, Numbering(theme)).pieces(blocks))


def run(text: str, properties: str = "") -> str:
    """A run as the press writes it; ``properties`` go between <w:rPr> tags."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def line(style: str, content: str = "", properties: str = "") -> str:
    """A paragraph as the press writes it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


@dataclass(frozen=True)
class Opened:
    """The members of a .docx by name."""

    members: dict[str, bytes]

    @classmethod
    def of(cls, data: bytes) -> Opened:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def text(self, name: str) -> str:
        return self.members[f"word/{name}"].decode()

    def root(self, name: str) -> Element:
        return ET.fromstring(self.members[f"word/{name}"])


def words_of(element: Element, *, in_word: bool = True) -> str:
    """Words in reading order: in Word's own branch of alternatives, or in that for others."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(re.sub("[\u2066-\u2069]", "", child.text or ""))
        elif child.tag in {f"{W}br", f"{W}tab"}:
            parts.append("\n")
        elif child.tag == f"{MC}{'Fallback' if in_word else 'Choice'}":
            continue
        else:
            parts.append(words_of(child, in_word=in_word))
        if child.tag == f"{W}p":
            parts.append("\n")
    return "".join(parts)
