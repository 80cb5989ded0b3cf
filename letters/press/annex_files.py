"""Where annexes of names lie in the output folder, and whose letters they go with.

One annex serves all letters that the same people sign, so it is called by a recipient's id only
where their signatories are their own (`letters.campaign.bindings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from letters.campaign.bindings import EVERYBODY_ELSE, Bindings

if TYPE_CHECKING:
    from letters.press.jobs import Job
    from letters.press.manifest import File

FOLDER = "annex"
_FOR_ALL = "signatories"
MISSING = "its annex of names was not made"


def path_of(group: str, job: Job, kind: str) -> str:
    """The path of an annex to the letters of that group of recipients, in its own folder."""
    name = _FOR_ALL if group == EVERYBODY_ELSE else group
    # A recipient may be called “signatories”: so what is one recipient's own lies a folder deeper.
    folder = FOLDER if group == EVERYBODY_ELSE else f"{FOLDER}/own"
    return f"{folder}/{name}.{job.languages}.{kind}"


def of_letters(files: Iterable[File], letters: Iterable[File], bindings: Bindings) -> list[File]:
    """The annexes among ``files`` that go with these letters to one recipient, each once."""
    annexes = [file for file in files if file.annex]
    found: dict[str, File] = {}
    for letter in letters:
        for file in annexes or ():
            if goes_with(file, letter, bindings):
                found[file.path] = file
    return list(found.values())


def goes_with(annex: File, letter: File, bindings: Bindings) -> bool:
    """Whether the one is the annex to the other, in the same format."""
    return (
        annex.annex
        and annex.recipient == bindings.group(letter.recipient)
        and (annex.language, annex.audience, annex.format)
        == (letter.language, letter.audience, letter.format)
    )


def letters_only(files: Iterable[File]) -> Iterator[File]:
    """The files that are letters themselves."""
    return (file for file in files if not file.annex)
