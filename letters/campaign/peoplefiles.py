"""Which files a list of people is read from, and which lie beside it unread: nobody is lost.

What programs leave about (backups, previews, locks) is nobody's list and is left aside without a
word, and so are pictures and a README. Everything else in a folder of people is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from letters.campaign.paths import actual
from letters.problem import Place, Problem

_READ = (".yaml", ".yml")
_LEFT_ABOUT = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(swp|swo|bak|orig|tmp|part)|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r"
    r"|readme(\.\w+)?|.*\.(png|jpe?g)",
    re.IGNORECASE | re.DOTALL,
)
_SAVE = "save its people as YAML by hand: docs/campaign.md shows how they are written"
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
    if target is None or not (target.is_dir() or target.is_file()):
        return [], [Problem(named, "there is no such file or folder in the campaign")]
    home = root.resolve()
    if not target.is_dir():
        found, problems = [target], []
        if kind := _OTHERS.get(target.suffix.lower()):
            return [], [Problem(named, f"is {kind}, and no list that can be read", _SAVE)]
    else:
        found = sorted(p for p in target.iterdir() if _is_read(p))
        problems = list(_unread(root, target))
    if any(not file.resolve().is_relative_to(home) for file in found):
        return [], [Problem(named, "a link leads out of the campaign’s folder")]
    for file in found:
        if not file.is_file():
            place = Place(file.relative_to(root).as_posix())
            problems.append(Problem(place, "is no file that can be read"))
    return [file for file in found if file.is_file()], problems


def _is_read(file: Path) -> bool:
    return file.suffix.lower() in _READ and not _LEFT_ABOUT.fullmatch(file.name)


def _unread(root: Path, folder: Path) -> Iterator[Problem]:
    """A warning for each thing in a folder of people that might hold somebody."""
    for path in sorted(folder.iterdir()):
        if _LEFT_ABOUT.fullmatch(path.name) or (_is_read(path) and not path.is_dir()):
            continue
        place = Place(path.relative_to(root).as_posix())
        if path.is_dir():
            if not _only_pictures(path.rglob("*")):
                hint = "put the files right into the folder that letter.yaml names"
                yield Problem(place, "is a folder, and nobody in it is read", hint, "warning")
        elif kind := _OTHERS.get(path.suffix.lower()):
            yield Problem(place, f"is {kind}, and nobody in it is read", _SAVE, "warning")
        else:
            stem = path.stem if Path(path.stem).suffix.lower() in _READ else f"{path.stem}.yaml"
            hint = f"call it {stem}, written as YAML, or put it somewhere else"
            yield Problem(place, "is not read: its name does not end in .yaml", hint, "warning")


def _only_pictures(inside: Iterable[Path]) -> bool:
    found = [path for path in inside if not path.is_dir()]
    return bool(found) and all(_LEFT_ABOUT.fullmatch(path.name) for path in found)
