"""The first letter itself, to go along: the very bytes that went out, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign.enclosures import RECIPIENT
from letters.digests import TextDigest, of_file
from letters.post.correspondence import Correspondence
from letters.press import manifest
from letters.press.outdated import EARLIER, SIGNATORY

if TYPE_CHECKING:
    from pathlib import Path

    from letters.campaign.model import Campaign
    from letters.press.manifest import File

FOLDER = "first-letter"
EACH_OWN = ""
"""What stands for the language where each recipient has another one."""


class First(Struct, frozen=True):
    """``languages`` are those (en, or en-fr for two in one) in which everybody's letter is there.

    Where there is none, but each had it in one language of their own, that is `EACH_OWN` alone.
    ``files`` are its PDFs by their paths in the new campaign. ``lacking`` are languages in which it
    was sent, but not to everybody, or is not there any more for everybody. ``outdated`` are files
    that may show of a signatory what is not to be shown any more: they are let out no more.
    """

    languages: tuple[str, ...]
    files: dict[str, bytes]
    lacking: tuple[str, ...]
    outdated: dict[str, tuple[str, ...]]


def path_of(language: str, recipient: str = RECIPIENT) -> str:
    """Where the first letter lies in the new campaign."""
    return f"{FOLDER}/{recipient}.{language}.pdf" if language else f"{FOLDER}/{recipient}.pdf"


def first_letters(
    campaign: Campaign,
    folder: Path,
    known: Correspondence,
    digest: TextDigest,
    recipients: Sequence[str],
    *,
    changed: Mapping[str, tuple[str, ...]],
) -> First:
    """What the log says went to ``recipients`` with the text ``digest``, from the files there.

    ``changed`` are those of the files that would be made otherwise now.
    """
    sent = {
        (one.recipient, one.file)
        for everything in known.sent.values()
        for one in everything
        if one.text_digest == digest
    }
    made = manifest.read(folder)
    went = [
        file
        for file in (made.files if made else ())
        if (file.recipient, file.sha256) in sent
        and file.recipient in recipients
        and file.format == "pdf"
        and not file.annex
        and manifest.languages_of(file.language, campaign.letter.languages)
    ]
    outdated = {
        file.path: changed[file.path]
        for file in went
        if any(_is_about_a_signatory(one) for one in changed.get(file.path, ()))
    }
    there = {
        (file.language, file.recipient): data
        for file in went
        if file.path not in outdated and (data := _read(folder, file)) is not None
    }
    tags = dict.fromkeys(file.language for file in went)
    languages = tuple(tag for tag in tags if all((tag, who) in there for who in recipients))
    if not languages and (own := _of_each(went, there, recipients)):
        files = {path_of(EACH_OWN, who): there[own[who], who] for who in recipients}
        return First((EACH_OWN,), files, (), outdated)
    return First(
        languages,
        {path_of(tag, who): there[tag, who] for tag in languages for who in recipients},
        tuple(tag for tag in tags if tag not in languages),
        outdated,
    )


def _of_each(
    went: Iterable[File], there: Collection[tuple[str, str]], recipients: Sequence[str]
) -> dict[str, str]:
    """By recipient, the language of their letter, where each of them had one and has it still."""
    tags = dict[str, list[str]]()
    for file in went:
        tags.setdefault(file.recipient, []).append(file.language)
    found = {who: own[0] for who, own in tags.items() if len(own) == 1 and (own[0], who) in there}
    return found if found.keys() == {*recipients} else {}


def _is_about_a_signatory(change: str) -> bool:
    """Whether a change is one, or may be: that a recipient has moved is none."""
    return change.startswith(SIGNATORY) or change == EARLIER


def _read(folder: Path, file: File) -> bytes | None:
    """The file's bytes, if they are still those that were made."""
    data = manifest.bytes_of(folder, file)
    return data if data is not None and of_file(data) == file.sha256 else None
