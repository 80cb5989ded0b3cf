"""Which files a list of people is read from, and which lie beside it unread: nobody is lost.

What programs leave about (backups, previews, locks) is nobody's list and is left aside without a
word, and so are pictures and a README. Everything else in a folder of people is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from letters import reading
from letters.campaign import filenames
from letters.campaign.paths import actual
from letters.campaign.telling_files import unread_name
from letters.problem import Place, Problem

_READ = (".yaml", ".yml")
_LEFT_ABOUT = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(swp|swo|bak|orig|tmp|part)|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r"
    r"|readme(\.\w+)?|.*\.(png|jpe?g)",
    re.IGNORECASE | re.DOTALL,
)
# What “letters import” reads as it is; of all else it can be told how to get there.
_IMPORTED = frozenset(
    (
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".ods",
        ".json",
        ".xml",
        ".vcf",
        ".vcard",
    )
)
_TEXTS = frozenset((".txt", ".text", ".tab", ".dat", ""))
_YAML_LINE = re.compile(r"\s*(-\s|-$|[\[{#%]|[A-Za-z_]+:(\s|$)|---)")
_SOME = 4096
_OTHERS = {
    **dict.fromkeys(
        (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".numbers"), "a spreadsheet"
    ),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pages"), "a text document"),
    **dict.fromkeys((".vcf", ".vcard", ".ldif"), "an address book"),
    ".pdf": "a PDF",
}


def files(root: Path, path: str, named: Place) -> tuple[list[Path], list[Problem]]:
    """The files to read for the ``path`` that the user named at ``named``."""
    target = actual(root, path)
    if target is not None and not target.is_dir() and (wrong := reading.odd(target)):
        return [], [Problem(named, f"{path} {wrong.why}", wrong.hint)]
    if target is None or not (target.is_dir() or target.is_file()):
        return [], [Problem(named, "there is no such file or folder in the campaign")]
    home = reading.real(root)
    if unfit := filenames.fault(target.name):
        return [], [Problem(named, unfit, "call it otherwise")]
    if not target.is_dir():
        found, problems = [target], []
        if kind := _kind(target):
            hint = _way_in(target, path, named.key)
            return [], [Problem(named, f"is {kind}, and no list that can be read", hint)]
    else:
        found = sorted(p for p in target.iterdir() if _is_read(p))
        problems = [
            unread_name(path, problem, f"unread file {number}")
            for number, (path, problem) in enumerate(_unread(root, target, named.key), 1)
        ]
        problems += _unfit(root, found)
    for file in found:
        if not reading.real(file).is_relative_to(home):
            place = Place(file.relative_to(root).as_posix())
            return [], [Problem(place, "is a link that leads out of the campaign")]
        if not file.is_file():
            wrong = reading.odd(file)
            message = wrong.why if wrong else "is no file that can be read"
            problems.append(Problem(Place(file.relative_to(root).as_posix()), message))
    return [file for file in found if file.is_file()], problems


def _unfit(root: Path, found: Iterable[Path]) -> Iterator[Problem]:
    """A warning for each name that another system can’t hold, or takes for that of another file."""
    names = [file.relative_to(root).as_posix() for file in found]
    for name in names:
        if wrong := filenames.fault(name):
            yield Problem(Place(name), wrong, "call it otherwise", "warning")
    for group in filenames.alike(names):
        message = f"is the same file as {group[0]} on Windows or macOS, where one of them is lost"
        yield Problem(Place(group[1]), message, "call it otherwise", "warning")


def _is_read(file: Path) -> bool:
    return file.suffix.lower() in _READ and not _LEFT_ABOUT.fullmatch(file.name)


def _unread(root: Path, folder: Path, key: str) -> Iterator[tuple[Path, Problem]]:
    """A warning for each thing in a folder of people that might hold somebody."""
    for path in sorted(folder.iterdir()):
        if _LEFT_ABOUT.fullmatch(path.name) or (_is_read(path) and not path.is_dir()):
            continue
        place = Place(path.relative_to(root).as_posix())
        if path.is_dir():
            if not _only_pictures(path.rglob("*")):
                hint = "put the files right into the folder that letter.yaml names"
                yield path, Problem(place, "is a folder, and nobody in it is read", hint, "warning")
        elif kind := _kind(path):
            hint = _way_in(path, place.path, key)
            yield path, Problem(place, f"is {kind}, and nobody in it is read", hint, "warning")
        else:
            stem = path.stem if Path(path.stem).suffix.lower() in _READ else f"{path.stem}.yaml"
            hint = f"call it {stem}, written as YAML, or put it somewhere else"
            message = "is not read: its name does not end in .yaml"
            yield path, Problem(place, message, hint, "warning")


def _kind(path: Path) -> str:
    """What a file is, where it is a list of another kind than ours; "" where it may be ours."""
    suffix = path.suffix.lower()
    return _OTHERS.get(suffix) or ("a list with columns" if _has_columns(path, suffix) else "")


def _has_columns(path: Path, suffix: str) -> bool:
    """Whether a file of plain text has cells in its first line, as no YAML of ours has."""
    if suffix not in _TEXTS or not path.is_file():
        return False
    head = reading.head_of(path, _SOME)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", "replace")
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if not lines or 2 * sum(1 for line in lines if _YAML_LINE.match(line)) > len(lines):
        return False
    return any(sign in lines[0] for sign in ",;\t|")


def _way_in(path: Path, shown: str, key: str) -> str:
    """How its people come into the campaign."""
    whom = key if key == "recipients" else "signatories"
    if path.suffix.lower() in _IMPORTED or path.suffix.lower() in _TEXTS:
        return f"“letters import {whom} {shown}” takes its people into a list in YAML"
    return f"save it as CSV or XLSX: “letters import {whom} FILE” takes its people in"


def _only_pictures(inside: Iterable[Path]) -> bool:
    found = [path for path in inside if not path.is_dir()]
    return bool(found) and all(_LEFT_ABOUT.fullmatch(path.name) for path in found)
