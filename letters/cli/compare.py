"""``letters compare``: what somebody has changed in a letter's Word file, and where it is from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from letters.cli import change_lines, set_aside, word_file
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import as_plain_json, plain
from letters.cli.word_file import WordReturn
from letters.counting import counted
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.draft.origins import Piece
    from letters.press.returned.document import Comment
    from letters.press.returned.findings import WordFinding
    from letters.press.returned.placing import PlacedParagraph


def compare(
    context: typer.Context,
    file: word_file.WordFile,
    json: Annotated[bool, typer.Option("--json", help="All of it, as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with the changes.")
    ] = None,
    recipient: word_file.Recipient = "",
    lang: word_file.Language = "",
) -> None:
    """Say what was changed in a letter's Word file, and where each changed word was written."""
    if json and html:
        fail(Status.USAGE, "--json and --html are two ways to have it", "name one of them")
    found = word_file.looked_at(context, file, recipient, lang)
    findings = found.looked.comparison.findings
    if json:
        as_plain_json(_data(found))
    elif html:
        from letters.cli.compare_page import page

        set_aside.write(html, page(found), found.campaign.root)
        say(str(html))
    else:
        for look in found.looked.comparison.throughout:
            say(f"the whole letter\n  look  {plain(look)}")
        for one in findings:
            for line in change_lines.lines(one):
                say(line)
        for comment in found.looked.comparison.comments:
            say(f"comment  {change_lines.remark(comment)}")
    changes = sum(len(one.edits) for one in findings) + len(found.looked.comparison.throughout)
    remarks = sum(len(one.comments) for one in findings) + len(found.looked.comparison.comments)
    note(f"{counted(changes, 'change')}, {counted(remarks, 'comment')}")


def _data(found: WordReturn) -> dict[str, Any]:
    comparison, job = found.looked.comparison, found.job
    return {
        "recipient": found.campaign.recipients[job.recipient].id,
        "language": job.languages,
        "audience": found.run.audience,
        "text_digest": found.text.digest,
        "same": comparison.same,
        "tracked": comparison.tracked,
        "changed_since": comparison.since,
        "throughout": list(comparison.throughout),
        "hidden": found.looked.hidden,
        "paragraphs": [as_json(one) for one in comparison.findings],
        "comments": [_remark(one) for one in comparison.comments],
    }


def as_json(one: WordFinding) -> dict[str, Any]:
    """A paragraph with all that was found in it."""
    return {
        "id": change_lines.called(one),
        "number": one.number or None,
        "edge": one.edge or None,
        "before": one.before.replace(change_lines.NOTE, ""),
        "after": one.after.replace(change_lines.NOTE, ""),
        "in_doubt": one.in_doubt,
        "authors": list(one.authors),
        "changes": [
            {
                **change_lines.as_json(one, edit),
                "sources": [_source(share.piece) for share in edit.shares],
                "between": [_first(place) for place in one.between]
                if edit.kind in {"added", "moved"}
                else None,
            }
            for edit in one.edits
        ],
        "comments": [_remark(each) for each in one.comments],
    }


def _first(place: PlacedParagraph | None) -> dict[str, Any] | None:
    """Where a neighbour begins."""
    found = (_source(share.piece) for share in place.shares if share.piece.place) if place else ()
    return next(iter(found), None)


def _source(piece: Piece) -> dict[str, Any]:
    place = piece.place
    return {
        "kind": piece.kind,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "key": (Problem(place, "").key or None) if place else None,
    }


def _remark(comment: Comment) -> dict[str, str]:
    return {"author": comment.author, "words": comment.words, "about": comment.about}
