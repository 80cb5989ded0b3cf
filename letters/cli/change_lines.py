"""Changes in a letter's Word file, in a few words each, as commands list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.sanitize import plain
from letters.counting import counted
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.draft.origins import Piece
    from letters.press.returned.document import Comment
    from letters.press.returned.edits import Edit
    from letters.press.returned.findings import WordFinding

NOTE = "\ufffc"
"""What stands for the mark of a note."""

_AROUND = 5  # words before and after a change
_SHOWN = 72  # letters of a paragraph that tell which one it is


def lines(one: WordFinding) -> list[str]:
    """A paragraph's changes as they are listed."""
    doubt = "  (changed here, too)" if one.in_doubt else ""
    listed = [f"{head(one)}  {words(one.before or one.after)}{doubt}"]
    for edit in one.edits:
        listed.append(f"  {label(edit)}  {excerpt(one, edit)}".rstrip())
        listed += [f"    {where}" for where in (*sources(edit), *beside(one, edit))]
    listed += [f"  comment  {remark(each)}" for each in one.comments]
    return listed


def head(one: WordFinding) -> str:
    """What the paragraph is called, and where it stands if not in the text."""
    is_new = one.is_note and not one.number
    return called(one) + (f" ({one.edge or 'a note'})" if one.edge or is_new else "")


def words(said: str) -> str:
    """The beginning of a paragraph's words, or all of them."""
    shown = plain(said).replace(NOTE, "")
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1].rstrip()}…"


def called(one: WordFinding) -> str:
    """The paragraph's id, as far as it may be said."""
    if not one.id and one.edge:
        return one.edge.replace(" ", "-")
    if not one.id:
        return f"after {one.follows}" if not one.number else f"paragraph {one.number}"
    return "sources.…" if one.id.startswith("sources.") else one.id


def label(edit: Edit) -> str:
    """What kind of change it is, in a word."""
    return {"words": "changed", "note": "note", "look": "look", "style": "look"}.get(
        edit.kind, edit.kind
    )


def as_json(one: WordFinding, edit: Edit) -> dict[str, str]:
    """A change of a paragraph, for a program."""
    said = {"id": called(one), "kind": edit.kind, "went": edit.went, "came": edit.came}
    return {key: value.replace(NOTE, "") for key, value in said.items()} | {"told": edit.told}


def excerpt(one: WordFinding, edit: Edit) -> str:
    """The change with a few words around it."""
    if edit.kind in {"look", "style"}:
        return " – ".join(filter(None, (plain(edit.told), plain(edit.went)[:_SHOWN])))
    if edit.kind == "note":
        return f"{_count(edit.went)} → {_count(edit.came)}"
    if edit.kind != "words":
        return plain(edit.came)[:_SHOWN] if edit.kind == "added" else ""
    before = one.before[: edit.start].split(" ")
    after = one.before[edit.end :].split(" ")
    head = ("… " if len(before) > _AROUND + 1 else "") + " ".join(before[-_AROUND - 1 :])
    tail = " ".join(after[: _AROUND + 1]) + (" …" if len(after) > _AROUND + 1 else "")
    went = f"[-{edit.went}-]" if edit.went else ""
    came = f"{{+{edit.came}+}}" if edit.came else ""
    return plain(f"{head}{went}{came}{tail}").replace("\\n", " / ").replace(NOTE, "").strip()


def _count(words: str) -> str:
    return counted(words.count(NOTE), "note")


def sources(edit: Edit) -> list[str]:
    """Where the words come from, each place once."""
    return list(dict.fromkeys(filter(None, (source(share.piece) for share in edit.shares))))


def beside(one: WordFinding, edit: Edit) -> list[str]:
    """Between which places of the files a paragraph stands that came or moved."""
    if edit.kind not in {"added", "moved"}:
        return []
    to = "to " if edit.kind == "moved" else ""
    return [
        f"{to}{side}  {where}"
        for side, place in zip(("after", "before"), one.between, strict=True)
        if place and (where := next(filter(None, (source(s.piece) for s in place.shares)), ""))
    ]


def source(piece: Piece) -> str:
    """Where a piece was written, in words."""
    if piece.place is None:
        return "letters’ own words" if piece.kind == "toolkit" else ""
    if piece.kind == "template":
        return f"{piece.place}: the template"
    key = Problem(piece.place, "").key
    return f"{piece.place}: {key}"


def remark(comment: Comment) -> str:
    """Who says what about which words."""
    about = f"“{plain(comment.about[:_SHOWN])}”: " if comment.about else ""
    return f"{plain(comment.author) or 'somebody'}: {about}{plain(comment.words, lines=True)}"
