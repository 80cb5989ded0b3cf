"""What stands inside the blocks of a letter's Markdown: words, links, references to notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters.draft import document as d
from letters.draft.characters import printed
from letters.draft.language import Language
from letters.draft.markdown_faults import Fault, leftovers, link
from letters.draft.reader import ID
from letters.draft.skeleton import lines_of, words
from letters.draft.spoken import tongue, typesetter
from letters.draft.values import first_value

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

TOO_DEEP = "is nested too deep for a letter"
_MORE = {"bullet_list": "list", "ordered_list": "list", "table": "table"}
DEEPEST = 6  # the parser drops what is far deeper without a word


class Inliner(Struct):
    """Reads the inline content of nodes, and keeps what was found on the way.

    ``links`` are the addresses that hold values, and their lines; ``lines_of_notes`` tells for
    each of the ``notes`` in which line it is first mentioned.
    """

    language: Language
    faults: list[Fault] = field(default_factory=list)
    notes: list[str | d.Inlines] = field(default_factory=list)
    footnotes: dict[int, SyntaxTreeNode] = field(default_factory=dict)
    line: int = 0
    links: list[tuple[str, int]] = field(default_factory=list)
    lines_of_notes: list[int] = field(default_factory=list)
    _numbers: dict[str | int, int] = field(default_factory=dict)

    def fault(self, message: str, hint: str = "", near: str = "") -> None:
        """Note a mistake in the line where the reader is."""
        self.faults.append(Fault(message, hint, near, self.line))

    def stand(self, node: SyntaxTreeNode) -> None:
        """Whatever is found next is found in that node's line."""
        if node.map:
            self.line = node.map[0]

    def lines(self, node: SyntaxTreeNode) -> tuple[d.Inlines, ...]:
        """The lines of a block: each line of a paragraph, each item of a list."""
        found: list[d.Inlines] = []
        for child in node.walk():
            if child.type == ID:
                self.inside(child)
            elif child.type == "inline":
                self.stand(child)
                found.extend(lines_of(self.inlines(child.children, soft=d.Break())))
        return tuple(found)

    def joined(self, node: SyntaxTreeNode) -> d.Inlines:
        """The paragraphs of a block as lines of one; what is more than words would be lost."""
        out: list[d.Inline] = []
        for child in node.walk():
            if child.type in _MORE:
                self.stand(child)
                message = f"a {_MORE[child.type]} can’t stand in the block “{node.info.split()[0]}”"
                self.fault(message, "put it above or below the block")
                return ()
            if child.type == ID:
                self.inside(child)
            elif child.type == "inline":
                self.stand(child)
                out += [d.Break()] if out else []
                out += self.inlines(child.children)
        return tuple(out)

    def content(self, node: SyntaxTreeNode) -> d.Inlines:
        out: list[d.Inline] = []
        for child in node.children:
            if child.type == "inline":
                self.stand(child)
                out += self.inlines(child.children)
        return tuple(out)

    def inlines(self, nodes: list[SyntaxTreeNode], soft: d.Inline | None = None) -> d.Inlines:
        out: list[d.Inline] = []
        for node in nodes:
            if node.level > DEEPEST:
                self.fault(TOO_DEEP)
                break
            match node.type:
                case "text" | "text_special":
                    self.faults.extend(leftovers(node.content, self.line))
                    self.faults.extend(printed(node.content, self.line))
                    out.extend(words(self.language.typeset(node.content)))
                case "softbreak" | "hardbreak":
                    self.line += 1
                    out.append(d.Break() if node.type == "hardbreak" else soft or d.Text(" "))
                case "strong":
                    out.append(d.Strong(self.inlines(node.children, soft)))
                case "em":
                    out.append(d.Emphasis(self.inlines(node.children, soft)))
                case "spoken":
                    out.extend(self.spoken(node, soft))
                case "link":
                    out.append(self.link(node, soft))
                case "cite":
                    out.append(self.mark(node.content, node.content))
                case "footnote_ref":
                    number = node.meta["id"]
                    line, body = self.line, self.footnotes.get(number)
                    text = self.content(body.children[0]) if body and body.children else ()
                    self.line = line
                    out.append(self.mark(number, text))
                case "code_inline":
                    hint = "write it without `; for an apostrophe type ' or ’"
                    self.fault("code is not part of a letter", hint, "`")
                case "image":
                    hint = "put it into a block of its own, “::: figure”"
                    self.fault("pictures can’t stand in the text of a letter", hint, "![")
                case other:
                    self.fault(f"“{other}” is not part of a letter")
        return tuple(out)

    def inside(self, node: SyntaxTreeNode) -> None:
        """Complain of an id in the middle of a block."""
        self.stand(node)
        hint = "put it above the whole block: what is in a list is named with the list"
        self.fault("an id can’t stand inside of a block", hint, written_id(node))

    def link(self, node: SyntaxTreeNode, soft: d.Inline | None) -> d.Inline:
        href = str(node.attrs.get("href", ""))
        self.faults.extend(printed(href, self.line))
        if first_value(href) is None:
            self.faults.extend(link(href, self.line))
        else:  # it is judged when its values are known
            self.links.append((href, self.line))
        return d.Link(href, self.inlines(node.children, soft))

    def spoken(self, node: SyntaxTreeNode, soft: d.Inline | None) -> d.Inlines:
        """Words in another language, with the spaces and signs that are usual there."""
        around, found = self.language, tongue(node.info)
        if found is None:
            hint = "write its code, such as fr, uk or zh-Hant"
            self.fault(f"“{node.info}” is no language", hint, f"{{lang={node.info}}}")
            return ()
        self.language = typesetter(found.tag, around)
        content = self.inlines(node.children, soft)
        self.language = around
        return content if found.tag == around.tag else (d.Spoken(found, content),)

    def mark(self, key: str | int, note: str | d.Inlines) -> d.NoteMark:
        if key not in self._numbers:
            self.notes.append(note)
            self.lines_of_notes.append(self.line)
            self._numbers[key] = len(self.notes)
        return d.NoteMark(self._numbers[key])


def written_id(node: SyntaxTreeNode) -> str:
    """An id as it stands in the template."""
    return f"{{id={node.content}}}"
