"""``letters pull``: what was changed in a letter's Word file goes where its words were written.

What would be written is tried out first, in a copy: only what a new draft then says word for word
as the Word file does is shown as a change that can be made. Nothing else is written, or guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import change_lines, pull_effect, pull_trial, word_file, workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import plain
from letters.counting import counted
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.cli.word_file import WordReturn
    from letters.press.returned.compared import WordFinding
    from letters.press.returned.pulling import AnyWanted, Unplaced


def pull(
    context: typer.Context,
    file: word_file.WordFile,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID", help="Only this paragraph; may be repeated."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Do it; else it is only shown.")] = False,
    recipient: word_file.Recipient = "",
    lang: word_file.Language = "",
) -> None:
    """Write the changes of a letter's Word file back into letter.yaml, people and templates."""
    from letters.press.returned import pulling

    found = word_file.looked_at(context, file, recipient, lang)
    findings = _chosen(found, only or [])
    wanted, unplaced = pulling.wanted(found.looked.comparison, findings)
    tried = pull_trial.tried(context, found, wanted)
    for one in tried.made:
        _show(one)
    unplaced += [pulling.Unplaced(one.finding, one.edit, why) for one, why in tried.refused]
    _list(sorted(unplaced, key=lambda one: findings.index(one.finding)))
    for finding in findings:
        for comment in finding.comments:
            who = plain(comment.author)
            note(f"comment on {change_lines.called(finding)}: {who} (see “letters compare”)")
    if not tried.made:
        note("nothing to write" + (": all of it is listed above" if unplaced else ""))
        return
    pull_effect.tell(found, tried)
    if not write:
        note(f"nothing is written yet: {_done(tried.made, unplaced)} can be (--write does it)")
        return
    kept = pull_trial.write(workspace.expect_campaign(context).resolve(), tried)
    note(f"written: {_done(tried.made, unplaced)}; the files as they were are in {kept}")
    note("the letter says now what the Word file says there (“letters render” makes it)")


def _show(one: AnyWanted) -> None:
    """A change that can be made, and where."""
    from letters.press.returned.pulling import WordsWanted

    if isinstance(one, WordsWanted):
        say(change_lines.source(one.piece))
        say(f"  {change_lines.excerpt(one.finding, one.edit)}")
        return
    if one.home:
        say(str(one.home))
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
        for line in filter(None, (shown, *where, one.why)):
            say(f"  {line}")


def _done(made: Sequence[AnyWanted], unplaced: Sequence[Unplaced]) -> str:
    return f"{len(made)} of {counted(len(made) + len(unplaced), 'change')}"
