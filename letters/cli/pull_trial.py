"""Changes are tried out in a copy of the campaign, and written as they were tried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters import files, limits, reading
from letters.cli import progress, workspace
from letters.cli.exit import Status, fail
from letters.problem import CampaignError, Problem, has_errors, in_order

if TYPE_CHECKING:
    import typer

    from letters.cli.word_file import WordReturn
    from letters.draft.mailing import MailingText
    from letters.draft.paragraphs import Variants
    from letters.press.returned.pulling import AnyWanted

_OTHERWISE = "a new draft would not say what the Word file says, or something else would change"
_TYPOGRAPHY = re.compile(r" (?=[?!:;»%”])|(?<=[«“]) ")


class Tried(Struct):
    """``made`` are the changes that can be made, in files as they were ``before`` and ``after``."""

    made: list[AnyWanted]
    refused: list[tuple[AnyWanted, str]] = field(default_factory=list)
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    text: MailingText | None = None
    paragraphs: dict[str, tuple[Variants, ...]] | None = None


def tried(context: typer.Context, found: WordReturn, wanted: Sequence[AnyWanted]) -> Tried:
    """Which of the changes give a letter that says what the Word file says, and nothing else."""
    from letters.press.returned import writing

    root = reading.real(workspace.expect_campaign(context))
    result = Tried(list(wanted))

    def text_of(path: str) -> str:
        return _text_of(root, path, result)

    alone = False
    while result.made:
        texts, refused = writing.carried_out(found.looked.comparison, result.made, text_of)
        if refused:
            _drop(result, refused)
            continue
        result.after = {path: text.encode() for path, text in texts.items()}
        wrong = _wrong(context, found, result)
        if not wrong:
            return result
        if len(wrong) == len(result.made) > 1 and not alone:
            alone = True  # one of them may have spoilt it for all: each is looked at by itself
            wrong = _one_by_one(context, found, result)
        _drop(result, wrong)
    result.after = {}
    return result


def _drop(result: Tried, refused: dict[int, str]) -> None:
    result.refused += [(result.made[number], why) for number, why in sorted(refused.items())]
    result.made = [one for number, one in enumerate(result.made) if number not in refused]


def _one_by_one(context: typer.Context, found: WordReturn, result: Tried) -> dict[int, str]:
    """What is wrong where all words are tried together, and if need be each change by itself."""
    from letters.press.returned import pulling, writing

    wrong: dict[int, str] = {}
    root = reading.real(workspace.expect_campaign(context))
    words = [n for n, one in enumerate(result.made) if isinstance(one, pulling.WordsWanted)]
    waiting = [words, *([n] for n in range(len(result.made)) if n not in words)]
    while waiting:
        if not (group := waiting.pop()):
            continue
        made = [result.made[number] for number in group]
        texts, refused = writing.carried_out(
            found.looked.comparison, made, lambda path: _text_of(root, path, result)
        )
        few = Tried(made, after={path: text.encode() for path, text in texts.items()})
        said = refused or _wrong(context, found, few)
        if len(said) == len(group) > 1:
            waiting += [[number] for number in group]
        else:
            wrong |= {group[number]: why for number, why in said.items()}
    return wrong


def _wrong(context: typer.Context, found: WordReturn, result: Tried) -> dict[int, str]:
    """Which of the changes don’t come out as they should; none where all is well."""
    from letters.press.returned import pulling
    from letters.workshop import returned
    from letters.workshop.trial import trial

    every = range(len(result.made))
    own = found.looked.comparison
    with trial(found.campaign.root, result.after, progress.waiting(context)) as shop:
        if has_errors(problems := shop.read()):
            return dict.fromkeys(every, _broken(problems))
        try:
            now = shop.ask(returned.paragraphs, found.job, found.run)
            result.text, result.paragraphs = shop.text(), shop.paragraphs()
        except CampaignError as error:
            return dict.fromkeys(every, _broken(error.problems))
    body, notes = (list(map(_said, each)) for each in (now.body, now.notes))
    meant = [(number, _said(words)) for number, words in pulling.expected(own, result.made)]
    # Notes stand in the order of their marks, and one is left out with the last of its marks.
    known = sorted(
        said for number, said in meant
        if number in own.notes and (said in notes or number not in own.lost_notes)
    )  # fmt: skip
    meant = [one for one in meant if one[0] not in own.notes]
    if len(meant) != len(body) or known != sorted(notes):
        return dict.fromkeys(every, _OTHERWISE)
    off = {number for (number, said), other in zip(meant, body, strict=True) if said != other}
    if not off:
        return {}
    if any(not isinstance(one, pulling.WordsWanted) for one in result.made) and len(every) > 1:
        return dict.fromkeys(every, _OTHERWISE)
    touched = {
        (share.piece.place.path, share.piece.place.key or share.piece.place.line)
        for number in off
        if number and (place := own.places[number - 1])
        for share in place.shares
        if share.piece.place
    }
    wrong = {
        number: _OTHERWISE
        for number, one in enumerate(result.made)
        if one.number in off
        or not isinstance(one, pulling.WordsWanted)
        or (one.place.path, one.place.key or one.place.line) in touched
    }
    return wrong or dict.fromkeys(every, _OTHERWISE)


def _broken(problems: Sequence[Problem]) -> str:
    """Why there would be no letter."""
    first = next((one for one in in_order(problems) if has_errors([one])), None)
    said = "the letter could not be drafted any more"
    return f"{said}: {first.message}" if first else said


def _said(words: str) -> str:
    """Words as they are held against each other: the space before a sign is the language’s own."""
    return _TYPOGRAPHY.sub("", " ".join(words.split()))


def _text_of(root: Path, path: str, result: Tried) -> str:
    from letters.campaign.word_changes import NoPlaceError

    try:
        if path not in result.before:
            result.before[path] = reading.data_of(root / path, limits.PEOPLE, within=root)
        return result.before[path].decode()
    except (OSError, UnicodeDecodeError):
        raise NoPlaceError("the file can’t be read any more") from None


def write(root: Path, result: Tried) -> Path:
    """Write the files as they were tried, and keep them as they were; where that is."""
    from letters.ledger.keys import FOLDER, private_folder

    for path in result.after:
        file = root / path
        if file.is_symlink() or not file.is_file():
            fail(Status.REFUSED, f"{path} is a link, or is gone", "say it again")
        if reading.data_of(file, limits.PEOPLE, within=root) != result.before[path]:
            fail(Status.REFUSED, f"{path} was changed in the meantime", "look at it, say it again")
    kept = _free(private_folder(root / FOLDER))
    for path in result.after:
        files.replace(kept / path, result.before[path], mode=0o600)
    modes = {path: (root / path).stat().st_mode & 0o777 for path in result.after}
    *others, last = result.after
    if not others:
        files.replace(root / last, result.after[last], mode=modes[last])
        return kept.relative_to(root)
    with files.Batch(root) as batch:
        for path in others:
            batch.add(path, result.after[path], mode=modes[path])
        batch.commit(last, result.after[last], mode=modes[last])
    return kept.relative_to(root)


def _free(folder: Path) -> Path:
    """A folder of its own for this day, or for one more time on it."""
    day = workspace.today().isoformat()
    number = 1
    while (kept := folder / f"before-pull-{day}{f'-{number}' if number > 1 else ''}").exists():
        number += 1
    return kept
