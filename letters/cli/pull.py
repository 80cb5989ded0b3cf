"""``letters pull``: what was changed in a letter's Word file goes where its words were written.

What would be written is tried out first, in a copy: only what a new draft then says word for word
as the Word file does is shown as a change that can be made. Nothing else is written, or guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from letters import reading
from letters.cli import change_lines, pull_effect, pull_trial, word_file, workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import as_plain_json, plain
from letters.counting import counted
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from letters.cli.pull_effect import PullEffect
    from letters.cli.pull_trial import Tried
    from letters.cli.word_file import WordReturn
    from letters.press.returned.findings import WordFinding
    from letters.press.returned.pulling import AnyWanted, Unplaced


def pull(
    context: typer.Context,
    file: word_file.WordFile,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID", help="Only this paragraph; may be repeated."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Do it; else it is only shown.")] = False,
    json: Annotated[bool, typer.Option("--json", help="All of it, as JSON.")] = False,
    recipient: word_file.Recipient = "",
    lang: word_file.Language = "",
) -> None:
    """Write the changes of a letter's Word file back into letter.yaml, people and templates."""
    from letters.press.returned import pulling

    found = word_file.looked_at(context, file, recipient, lang)
    findings = _chosen(found, only or [])
    wanted, unplaced = pulling.wanted(found.looked.comparison, findings)
    tried = pull_trial.tried(context, found, wanted)
    unplaced += [pulling.Unplaced(one.finding, one.edit, why) for one, why in tried.refused]
    unplaced.sort(key=lambda one: findings.index(one.finding))
    meant = pull_effect.effect(context, found, tried) if tried.made else None
    if not json:
        for one in tried.made:
            _show(one)
        for look in found.looked.comparison.throughout:
            say(f"not placed  the whole letter: look\n  {plain(look)}\n  {pulling.LOOK}")
        _list(unplaced)
        for finding in findings:
            for comment in finding.comments:
                who = plain(comment.author)
                note(f"comment on {change_lines.called(finding)}: {who} (see “letters compare”)")
    if meant:
        pull_effect.tell(meant)
    root = reading.real(workspace.expect_campaign(context))
    kept = pull_trial.write(root, tried) if tried.made and write else None
    if json:
        as_plain_json(_data(found, tried, unplaced, meant, kept))
    if not tried.made:
        listed = unplaced or found.looked.comparison.throughout
        note("nothing to write" + (": all of it is listed above" if listed else ""))
    elif kept:
        note(f"written: {_done(tried.made, unplaced)}; the files as they were are in {kept}")
        note("the letter says now what the Word file says there (“letters render” makes it)")
    else:
        note(f"nothing is written yet: {_done(tried.made, unplaced)} can be (--write does it)")


def _data(
    found: WordReturn,
    tried: Tried,
    unplaced: Sequence[Unplaced],
    meant: PullEffect | None,
    kept: Path | None,
) -> dict[str, Any]:
    return {
        "changes": [
            {
                **change_lines.as_json(one.finding, one.edit),
                "path": one.path,
                "where": change_lines.sources(one.edit)
                or change_lines.beside(one.finding, one.edit),
            }
            for one in tried.made
        ],
        "not_placed": [
            {**change_lines.as_json(one.finding, one.edit), "why": one.why} for one in unplaced
        ],
        "throughout": list(found.looked.comparison.throughout),
        "effect": meant.as_json() if meant else None,
        "written": kept is not None,
        "kept_in": kept.as_posix() if kept else None,
    }


def _show(one: AnyWanted) -> None:
    """A change that can be made, and where."""
    from letters.press.returned.pulling import WordsWanted
    from letters.press.returned.whole import EntryHome

    if isinstance(one, WordsWanted):
        say(change_lines.source(one.piece))
        say(f"  {change_lines.excerpt(one.finding, one.edit)}")
        return
    if one.home:
        say(str(one.home))
    if isinstance(one.home, EntryHome) and one.edit.kind == "removed":
        say("  (the whole entry, in all languages)")
    for line in change_lines.beside(one.finding, one.edit):
        say(line)
    words = change_lines.words(one.finding.after or one.finding.before)
    say(f"  {change_lines.label(one.edit)}  {words}")


def _chosen(found: WordReturn, only: Sequence[str]) -> list[WordFinding]:
    """The paragraphs that are asked for."""
    findings = list(found.looked.comparison.findings)
    names = {change_lines.called(one) for one in findings}
    for each in only:
        if each not in names:
            fail(Status.USAGE, f"nothing was changed in “{each}”", did_you_mean(each, names))
    return [one for one in findings if not only or change_lines.called(one) in only]


def _list(unplaced: Sequence[Unplaced]) -> None:
    """What a person has to do, or to leave."""
    for one in unplaced:
        say(f"not placed  {change_lines.called(one.finding)}: {change_lines.label(one.edit)}")
        shown = change_lines.excerpt(one.finding, one.edit)
        where = (*change_lines.sources(one.edit), *change_lines.beside(one.finding, one.edit))
        for line in filter(None, (shown, *where, plain(one.why))):
            say(f"  {line}")


def _done(made: Sequence[AnyWanted], unplaced: Sequence[Unplaced]) -> str:
    return f"{len(made)} of {counted(len(made) + len(unplaced), 'change')}"
