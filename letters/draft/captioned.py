"""What has a caption: a picture, or a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.draft import document as d

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    from letters.draft.inliner import Inliner

_FOR_INSTANCE = "for instance ![The path by night](images/path.jpg), and below it what it shows"


def figure(builder: Inliner, node: SyntaxTreeNode) -> d.Figure | None:
    """``::: figure``: a picture with words for who can't see it, then words for everybody."""
    first, *others = node.children or [node]
    inside = first.children[0].children if first.type == "paragraph" else []
    if [each.type for each in inside] != ["image"] or any(o.type != "paragraph" for o in others):
        builder.fault("the block “figure” holds a picture and its caption", _FOR_INSTANCE, ":::")
        return None
    [image] = inside
    builder.stand(first.children[0])
    alt = builder.inlines(image.children)
    if not any(isinstance(each, d.Value) or d.plain((each,)).strip() for each in alt):
        hint = "say between the brackets what it shows: " + _FOR_INSTANCE.split(",", maxsplit=1)[0]
        builder.fault("the picture has no words for who can’t see it", hint, "![")
    return d.Figure(str(image.attrs.get("src", "")), alt, _caption(builder, others))


def captioned(
    builder: Inliner, node: SyntaxTreeNode, read: Callable[[SyntaxTreeNode], d.Table]
) -> d.Table | None:
    """``::: table``: its caption, then the table itself."""
    *said, last = node.children or [node]
    if last.type != "table" or any(each.type != "paragraph" for each in said):
        hint = "write the caption, an empty line, and the table"
        builder.fault("the block “table” holds a caption and a table", hint, "::: table")
        return None
    return replace(read(last), caption=_caption(builder, said))


def _caption(builder: Inliner, paragraphs: Sequence[SyntaxTreeNode]) -> d.Inlines:
    said: list[d.Inline] = []
    for each in paragraphs:
        said += [d.Break()] if said else []
        said += builder.content(each)
    return tuple(said)
