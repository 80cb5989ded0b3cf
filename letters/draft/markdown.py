"""The Markdown of a letter becomes a skeleton: ordinary Markdown, and blocks such as ``::: close``.

Only what a letter has is read. HTML, pictures and code are refused with a reason instead of
being printed by accident or dropped in silence.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import Any, get_args

from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct
from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.captioned import captioned, figure
from letters.draft.characters import depends, references
from letters.draft.inliner import DEEPEST, TOO_DEEP, Inliner, written_id
from letters.draft.language import Language
from letters.draft.markdown_faults import Fault, fences
from letters.draft.reader import ID, reader
from letters.draft.skeleton import Skeleton
from letters.draft.values import first_cut
from letters.problem import did_you_mean

BLOCKS: tuple[str, ...] = tuple(
    kind.name
    for kind in get_args(d.Matter)
    if issubclass(kind, d.Named | d.SignatureBlock | d.Table)
)

_COLUMNS = 20  # more are too narrow to read, and Word takes no more than 63
_ROWS = re.compile(r"([1-9][0-9]{0,2})(\+?)")
_SHARE = re.compile("[1-9][0-9]?")
_LATIN_LABEL = re.compile(r"\s*P[.\s]*-?[SD]\.?[\s:.–—-]")  # which is known in every language
_LATER = "put the block “postscript” behind them"
_ALIGN: dict[str, d.Alignment] = {"right": "end", "center": "center"}


class Parsed(Struct, frozen=True):
    """What one Markdown text gave: the skeleton, and what is wrong with it.

    ``links`` are the addresses that hold values, and their lines; ``lines_of_notes`` tells for
    each of the skeleton's notes in which line it is first mentioned, ``lines_of_blocks`` for each
    of its blocks in which line it begins. ``depends``: there are characters in it that are judged
    by their neighbours, which may be values.
    """

    skeleton: Skeleton
    faults: tuple[Fault, ...]
    links: tuple[tuple[str, int], ...] = ()
    lines_of_notes: tuple[int, ...] = ()
    lines_of_blocks: tuple[int, ...] = ()
    depends: bool = False


@functools.lru_cache(maxsize=256)
def parse(markdown: str, language: Language) -> Parsed:
    """Read a letter's Markdown; equal Markdown is read once, however many recipients have it."""
    if (cut := first_cut(markdown)) is not None:
        hint = "print values whole: no filter that takes texts apart"
        fault = Fault("a value was cut in two", hint, line=markdown.count("\n", 0, cut))
        return Parsed(Skeleton((), ()), (fault,))
    kept, unseen = references(markdown)
    try:
        parsed = _parsed(kept, language)
    except RecursionError:
        return Parsed(Skeleton((), ()), (*unseen, Fault(TOO_DEEP)))
    return replace(parsed, faults=(*unseen, *parsed.faults), depends=depends(html.unescape(kept)))


def _parsed(markdown: str, language: Language) -> Parsed:
    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(reader(language.quotes).parse(markdown, env))
    builder = _Builder(language)
    builder.faults.extend(fences(markdown))
    builder.footnotes = {
        note.meta["id"]: note for block in tree.children if block.type == "footnote_block"
        for note in block.children
    }  # fmt: skip
    found = list(builder.named([node for node in tree.children if node.type != "footnote_block"]))
    return Parsed(
        Skeleton(
            tuple(block for block, _, _ in found),
            tuple(builder.notes),
            tuple(given for _, given, _ in found),
        ),
        tuple(builder.faults),
        tuple(builder.links),
        tuple(builder.lines_of_notes),
        tuple(line for _, _, line in found),
    )


class _Builder(Inliner):
    _signed: bool = False
    _postscript: bool = False

    def named(self, nodes: list[SyntaxTreeNode]) -> Iterator[tuple[d.Matter, str, int]]:
        """The letter's own blocks, each with the id that was given to it and its first line."""
        ids: set[str] = set()
        given: SyntaxTreeNode | None = None
        for node in nodes:
            if given and (node.type == ID or _first_line(node) != _first_line(given) + 1):
                self.unused(given)
                given = None
            if node.type == ID:
                given = node
                if node.content in ids:
                    self.stand(node)
                    self.fault(f"the id “{node.content}” is given twice", near=written_id(node))
                ids.add(node.content)
            elif (block := self.block(node)) is not None:
                yield block, given.content if given else "", _first_line(node)
                given = None
        if given:
            self.unused(given)

    def unused(self, node: SyntaxTreeNode) -> None:
        self.stand(node)
        hint = "put it right above a paragraph, or above the ::: of a block"
        self.fault("nothing stands under this id", hint, written_id(node))

    def blocks(self, nodes: list[SyntaxTreeNode]) -> d.Matters:
        return tuple(block for node in nodes if (block := self.block(node)) is not None)

    def block(self, node: SyntaxTreeNode) -> d.Matter | None:
        self.stand(node)
        if node.level > 2 * DEEPEST:
            self.fault(TOO_DEEP)
            return None
        match node.type:
            case "paragraph":
                return d.Paragraph(self.content(node))
            case "heading":
                return d.Heading(min(int(node.tag[1]), 2), self.content(node))
            case "bullet_list" | "ordered_list":
                start = int(node.attrs.get("start", 1))
                return d.List(node.type == "ordered_list", self.items(node), start)
            case "blockquote":
                return d.Quote(self.blocks(node.children))
            case "table":
                return self.table(node)
            case "container_letter":
                return self.semantic(node)
            case "block_id":
                self.inside(node)
            case "hr":
                return d.Divider()
            case other:
                self.fault(f"“{other}” is not part of a letter")
        return None

    def items(self, node: SyntaxTreeNode) -> tuple[d.Matters, ...]:
        return tuple(self.blocks(item.children) for item in node.children)

    def columns(self, head: SyntaxTreeNode) -> list[SyntaxTreeNode]:
        """The cells of a table's head."""
        cells = head.children[0].children
        if len(cells) > _COLUMNS:
            self.fault(f"a table has at most {_COLUMNS} columns", "make two of it")
        return cells

    def table(self, node: SyntaxTreeNode) -> d.Table:
        head, *bodies = node.children
        cells = self.columns(head)
        align = tuple(
            _ALIGN.get(str(cell.attrs.get("style", "")).rpartition(":")[2], "start")
            for cell in cells
        )
        rows = tuple(
            tuple(self.content(cell) for cell in row.children)
            for body in bodies
            for row in body.children
        )
        return d.Table(align, tuple(self.content(cell) for cell in cells), rows)

    def semantic(self, node: SyntaxTreeNode) -> d.Matter | None:
        name, *options = node.info.split()
        if options and name != "sheet":
            self.fault(f"the block “{name}” takes no options", "delete them", f"::: {name}")
        match name:
            case "sheet":
                return self.sheet(node, options)
            case "letterhead":
                return d.Letterhead(self.lines(node))
            case "address":
                return d.AddressBlock(self.lines(node))
            case "date":
                return d.DateLine(self.joined(node))
            case "subject":
                return d.Subject(self.joined(node))
            case "salutation":
                return d.Salutation(self.joined(node))
            case "box":
                return d.Box(self.joined(node))
            case "figure":
                if node.level:
                    self.fault("a figure stands in no other block", "", "::: figure")
                return figure(self, node)
            case "table":
                return captioned(self, node, self.table)
            case "close":
                return d.Close(self.joined(node))
            case "postscript":
                return self.postscript(node)
            case "enclosures":
                return d.Enclosures("", self.lines(node))
            case "copies":
                return d.Copies("", self.lines(node))
            case "asks":
                return self.asks(node)
            case "signatures":
                if self._signed:
                    self.fault("a letter is signed in one place only", near="::: signatures")
                if node.children:
                    self.stand(node.children[0])
                    hint = "leave the block empty; who signed is read from the log"
                    self.fault("names can’t be written into the signatures", hint)
                if self._postscript:
                    self.stand(node)
                    self.fault("a postscript follows the signatures", _LATER, "::: signatures")
                self._signed = True
                return d.SignatureBlock(())
        hint = did_you_mean(name, BLOCKS)
        self.fault(f"there is no block “{name}”", hint, f"::: {name}")
        return None

    def postscript(self, node: SyntaxTreeNode) -> d.Matter:
        """``::: postscript``: the label is the language's own, and is not signed."""
        if self._postscript:
            hint = "make one of them; an empty line between two paragraphs begins a new line"
            self.fault("a letter has one postscript", hint, "::: postscript")
        self._postscript = True
        content = self.joined(node)
        words, letters = d.plain(content), filter(str.isalpha, self.language.label("postscript"))
        own = r"\W*" + r"\W*".join(letters) + r"(?!\w)"  # however it is pointed
        if _LATIN_LABEL.match(words) or re.match(own, words):
            hint = "leave it out: letters writes it in the language of the letter"
            self.fault("the block “postscript” begins with a “P.S.” of its own", hint)
        return d.Postscript("", content)

    def sheet(self, node: SyntaxTreeNode, options: list[str]) -> d.Matter | None:
        """``::: sheet rows=12+ widths=3,3,4``: a prayer, and a table that has a head only."""
        *prayer, table = node.children or [node]
        hint = "end it with a table that has a head and no rows"
        if table.type != "table" or len(table.children) > 1:
            self.fault("the block “sheet” holds the columns to sign in", hint, "::: sheet")
            return None
        head = tuple(self.content(cell) for cell in self.columns(table.children[0]))
        said = dict(option.partition("=")[::2] for option in options)
        rows, widths = said.pop("rows", ""), said.pop("widths", ",".join("1" * len(head)))
        shares = tuple(int(w) for w in widths.split(",") if _SHARE.fullmatch(w))
        counted = _ROWS.fullmatch(rows)
        if said or not counted or len(shares) != len(head):
            hint = f"for instance ::: sheet rows=12 widths={','.join('2' * len(head))}"
            self.fault("a sheet says how many rows it has", hint, "::: sheet")
            return None
        fills = bool(counted[2])
        return d.Sheet(self.blocks(prayer), head, shares, int(counted[1]), fills=fills)

    def asks(self, node: SyntaxTreeNode) -> d.Matter | None:
        if not node.children:
            return None
        lists = [child for child in node.children if child.type == "ordered_list"]
        if len(lists) != 1 or len(node.children) != 1:
            hint = "start each ask with “1. ” and put other text outside of the block"
            self.fault("the block “asks” holds one numbered list", hint, "::: asks")
            return None
        return d.Asks(self.items(lists[0]))


def _first_line(node: SyntaxTreeNode) -> int:
    return node.map[0] if node.map else -1
