"""A letter with words from everywhere, and its Word file edited as Word and others write it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder

BODY = "templates/note/letter.en.md"
_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

_TEMPLATE = """\
title: Note
description: Words from everywhere.
values:
  plain: {help: x}
  single: {help: x}
  double: {help: x}
  folded: {help: x}
  literal: {help: x}
  lines: {help: x}
"""
_VALUES = """\
notice: {en: Please print this on one sheet., fr: x}
values:
  plain: {en: A plain value that says yellow things., fr: x}
  single:
    en: 'A quoted value, it isn''t green at all.'
    fr: x
  double:
    en: "A second \\"quoted\\" value of orange ink."
    fr: x
  folded:
    # a remark that stays
    en: >-
      A folded value that goes
      over several lines and says purple
      in its middle, and then ends.
    fr: x
  literal:
    en: |
      A literal value with crimson words.
    fr: x
  lines:
    en: A plain value that goes on
      over two lines, in silver ink.
    fr: x
"""
_ENDING = """\
::: address
{{ recipient.address }}
:::

::: subject
{{ subject }}
:::

::: salutation
{{ recipient.salutation }}
:::

%s
{id=mixed}
Before the value. {{ values.plain }} After the value.

{{ values.single }}

{{ values.double }}

{{ values.folded }}[@report]

{{ values.literal }}

{{ values.lines }}

{%% for figure in figures %%}
{{ figure.value }} {{ figure.label }}
{%% endfor %%}

{%% for case in cases %%}
{%% for fact in case.facts %%}
{{ fact.text }}[^own]
{%% endfor %%}
{%% endfor %%}

[^own]: A note of the template itself, about maroon.

| Fruit | Count |
|---|---|
| Apples | 12 |
| Pears | 7 |

- A first entry of the template
- Another entry of the template
- The last entry of the template

::: asks
{%% for ask in asks %%}
1. {{ ask.text }}
{%% endfor %%}
:::

Please answer by {{ deadline }}.

::: close
{{ recipient.close }}
:::

::: signatures
:::

::: enclosures
- {{ enclosures[0] }}
:::

::: copies
- {{ copies_to[0] }}
:::
"""


def prepare(campaign: CampaignFolder) -> None:
    """A letter in which each paragraph of the template has a word of its own."""
    words = "\n".join(
        f"{{id=t-{name}}}\nThe paragraph number {name} of the template says *what* it says, "
        f"and it goes\non in a second line with the word {name}-blue in it.\n"
        for name in NUMBERS
    )
    campaign.write("templates/note/template.yaml", _TEMPLATE)
    campaign.write(BODY, _ENDING % words)
    campaign.write("templates/note/letter.fr.md", _ENDING % "")
    letter = campaign.read("letter.yaml").partition("values:\n")[0]
    campaign.write("letter.yaml", letter + _VALUES)


@dataclass
class Word:
    """A .docx as somebody edits it: each method is one change of the text of a part."""

    members: dict[str, str | bytes]
    _number: int = 9000

    @classmethod
    def of(cls, data: bytes) -> Word:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        # Which space and which hyphen stand there is for typography, and lost on the way anyhow.
        return cls(
            {
                name: data.decode().replace("\u00a0", " ").replace(_HYPHEN, "-")
                if name.endswith((".xml", ".rels"))
                else data
                for name, data in held.items()
            }
        )

    def save(self, path: Path) -> str:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.members.items():
                archive.writestr(name, data)
        return str(path)

    @property
    def text(self) -> str:
        return str(self.members["word/document.xml"])

    @text.setter
    def text(self, text: str) -> None:
        self.members["word/document.xml"] = text

    def who(self) -> str:
        self._number += 1
        return f'w:id="{self._number}" w:author="A. Lawyer" w:date="2026-03-01T09:00:00Z"'

    def plain(
        self, old: str, new: str, part: str = "word/document.xml", *, raw: bool = False
    ) -> None:
        """Typed over, without a trace."""
        text = str(self.members[part])
        if raw:
            assert old in text, old
            self.members[part] = text.replace(old, new, 1)
            return
        assert escape(old, quote=False) in text, old
        self.members[part] = text.replace(escape(old, quote=False), escape(new, quote=False), 1)

    def cut(self, old: str, inner: str) -> None:
        """The run with ``old`` in it cut in three, and ``inner`` in place of the second."""
        found = next(
            run
            for run in re.finditer(
                r"<w:r>(<w:rPr>.*?</w:rPr>)?<w:t[^>]*>([^<]*)</w:t></w:r>", self.text
            )
            if escape(old, quote=False) in run[2]
        )
        before, _, after = found[2].partition(escape(old, quote=False))
        properties = found[1] or ""

        def run(words: str) -> str:
            if not words:
                return ""
            return (
                f'<w:r w:rsidR="00AB12CD">{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'
            )

        made = f'{run(before)}<w:proofErr w:type="spellStart"/>{inner}{run(after)}'
        self.text = self.text[: found.start()] + made + self.text[found.end() :]

    def run(self, words: str, properties: str = "", tag: str = "t") -> str:
        marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        return (
            f'<w:r w:rsidRPr="00CD34EF">{marks}'
            f'<w:{tag} xml:space="preserve">{escape(words, quote=False)}</w:{tag}></w:r>'
        )

    def tracked(self, old: str, went: str, came: str) -> None:
        """Deleted and inserted with tracked changes: ``went`` within ``old``."""
        before, _, after = old.partition(went) if went else (old, "", "")
        inner = self.run(before) if before else ""
        inner += f"<w:del {self.who()}>{self.run(went, tag='delText')}</w:del>" if went else ""
        inner += f"<w:ins {self.who()}>{self.run(came)}</w:ins>" if came else ""
        inner += self.run(after) if after else ""
        self.cut(old, inner)

    def paragraph(self, holding: str) -> tuple[int, int]:
        at = self.text.index(escape(holding, quote=False))
        return self.text.rindex("<w:p>", 0, at), self.text.index("</w:p>", at) + len("</w:p>")

    def take(self, holding: str) -> str:
        start, end = self.paragraph(holding)
        taken = self.text[start:end]
        self.text = self.text[:start] + self.text[end:]
        return taken

    def put_after(self, holding: str, xml: str) -> None:
        _, end = self.paragraph(holding)
        self.text = self.text[:end] + xml + self.text[end:]

    def style(self, holding: str) -> str:
        start, end = self.paragraph(holding)
        return str(re.findall(r"<w:pPr>.*?</w:pPr>", self.text[start:end])[0])

    def rewritten(self, holding: str, words: str) -> None:
        """The whole paragraph typed anew, in its style."""
        start, end = self.paragraph(holding)
        style = self.style(holding)
        marks = "".join(re.findall("<w:bookmark[^>]*>", self.text[start:end]))
        new = f"<w:p>{style}{marks}{self.run(words)}</w:p>"
        self.text = self.text[:start] + new + self.text[end:]

    def in_font(self, name: str) -> None:
        """All words of the text, as after choosing all of it."""
        font = f'<w:rFonts w:ascii="{name}"/>'
        text = re.sub(r"(<w:r(?: [^>]*)?>)(?!<w:rPr>)", r"\1<w:rPr></w:rPr>", self.text)
        self.text = text.replace("<w:rPr>", f"<w:rPr>{font}")

    def footnotes(self, words: str) -> None:
        """A footnote of Word’s own, whose number is 2."""
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        self.members["word/footnotes.xml"] = (
            f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
            f"{self.run(f' {words}')}</w:p></w:footnote></w:footnotes>"
        )
        relations = str(self.members["word/_rels/document.xml.rels"])
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        self.members["word/_rels/document.xml.rels"] = relations.replace(
            "</Relationships>",
            f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>',
        )

    def comment(self, on: str, words: str, author: str = "A. Lawyer") -> None:
        called = sum(
            name == "comments" for name in ("comments",) if "word/comments.xml" in self.members
        )
        self.cut(
            on,
            f'<w:commentRangeStart w:id="{called}"/>{self.run(on)}<w:commentRangeEnd w:id="{called}"/>'
            f'<w:r><w:commentReference w:id="{called}"/></w:r>',
        )
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        self.members["word/comments.xml"] = (
            f'<w:comments {space}><w:comment w:id="{called}" w:author="{escape(author, quote=False)}">'
            f"<w:p>{self.run(words)}</w:p></w:comment></w:comments>"
        )
        relations = str(self.members["word/_rels/document.xml.rels"])
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        self.members["word/_rels/document.xml.rels"] = relations.replace(
            "</Relationships>",
            f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Relationships>',
        )
        types = str(self.members["[Content_Types].xml"])
        content = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        self.members["[Content_Types].xml"] = types.replace(
            "</Types>", f'<Override PartName="/word/comments.xml" ContentType="{content}"/></Types>'
        )


def as_google_does(word: Word) -> None:
    """Save it as Google Docs exports: bookmarks and properties gone, styles made properties."""
    text = re.sub("<w:bookmark[^>]*>", "", word.text)
    names = iter(range(10**6))
    text = re.sub(
        r"(<w:p>)(<w:pPr>)?",
        lambda _: (
            f'<w:bookmarkStart w:id="{(n := next(names))}" w:name="_heading=h.{n}"/>'
            f'<w:bookmarkEnd w:id="{n}"/>{_[0]}'
        ),
        text,
    )
    text = re.sub(r'<w:pStyle w:val="[^"]*"/>', '<w:jc w:val="left"/>', text)
    run = '<w:rFonts w:ascii="Arial"/><w:sz w:val="22"/>'
    word.text = re.sub(r"(<w:r(?: [^>]*)?>)(?!<w:rPr>)", rf"\1<w:rPr>{run}</w:rPr>", text)
    word.members = {n: d for n, d in word.members.items() if n != "docProps/custom.xml"}
    relations = str(word.members["_rels/.rels"])
    word.members["_rels/.rels"] = re.sub(
        r"<Relationship [^>]*custom-properties[^>]*/>", "", relations
    )
