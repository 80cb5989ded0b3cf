"""Ways to look at a letter's tree, and short ways to get one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct

from letters.campaign.load import load
from letters.campaign.model import Campaign
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder

UNSIGNED = Signed({}, None, draft=True)


def no_pictures(path: str, alt: str) -> NoReturn:
    raise AssertionError(f"no picture is wanted here: {path}, {alt}")


def read(folder: CampaignFolder) -> Campaign:
    campaign, problems = load(folder.path)
    assert campaign is not None, [str(problem) for problem in problems]
    return campaign


def letter(
    folder: CampaignFolder, body: str | None = None, tag: str = "en", index: int = 0
) -> d.Letter:
    """The letter to one recipient, with another body where one is given."""
    if body is not None:
        folder.write(f"templates/note/letter.{tag}.md", body)
    return Edition(read(folder), tag, "recipient").letter(index, UNSIGNED, no_pictures)


def printed(folder: CampaignFolder, body: str, tag: str = "en", index: int = 0) -> str:
    """The words of a letter with that body, a line for each paragraph."""
    return "\n".join(words(block) for block in letter(folder, body, tag, index).blocks)


def refusal(folder: CampaignFolder, body: str, tag: str = "en") -> str:
    """The one problem of a letter with that body, from its line on."""
    try:
        text = printed(folder, body, tag)
    except CampaignError as error:
        [problem] = error.problems
        return str(problem).partition(f"letter.{tag}.md:")[2] or str(problem)
    raise AssertionError(f"it was let through: {text}")


def words(node: Any) -> str:
    """All words below a node of the tree, in order."""
    if isinstance(node, d.Text | d.Value):
        return node.text
    if isinstance(node, d.Break):
        return "\n"
    if isinstance(node, d.NoteMark):
        return f"[{node.number}]"
    if isinstance(node, tuple):
        return "".join(map(words, node))
    if isinstance(node, Struct):
        return "".join(words(getattr(node, name)) for name in node.__struct_fields__)
    return ""


def values(node: Any) -> Iterator[d.Value]:
    """All values below a node of the tree, in order."""
    if isinstance(node, d.Value):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from values(item)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from values(getattr(node, name))


def shape(node: Any) -> Any:
    """A tree without the words of its values: what markup has made of it."""
    if isinstance(node, d.Value):
        return ("value", node.slot)
    if isinstance(node, tuple):
        return tuple(map(shape, node))
    if isinstance(node, Struct):
        return (
            type(node).__name__,
            *(shape(getattr(node, name)) for name in node.__struct_fields__),
        )
    return node
