"""The licences of all that is installed with letters: ``python -m tests.licences`` lists them anew.

What is said of a package is what it says of itself; that of packages for other systems, which are
not installed here, is noted down.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCK = ROOT / "requirements.lock"
ELSEWHERE = {
    "imapclient": "BSD-3-Clause",  # which says it in its files alone
    "backports-tarfile": "MIT",
    "colorama": "BSD-3-Clause",
    "importlib-metadata": "Apache-2.0",
    "jeepney": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
    "secretstorage": "BSD-3-Clause",
    "brotlicffi": "MIT",
    "tzdata": "Apache-2.0",
    "zipp": "MIT",
}
HEAD = """\
# Licences

What `letters` installs beside itself, each in the version of `requirements.lock`, with the licence that
it names. `letters` itself is under the [Apache License 2.0](../LICENSE). None of these is changed or
passed on with it.

| Package | Version | Licence |
|---|---|---|
"""


def locked() -> Iterator[tuple[str, str]]:
    """Each package of the lock file, and its version."""
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([a-z0-9-]+)==([^\s;]+)", line):
            yield found[1], found[2]


def licence(name: str) -> str:
    """What a package says of its licence."""
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ELSEWHERE[name]
    if expressions := said.get_all("License-Expression"):
        return str(expressions[0])
    classes = [
        each.rpartition(" :: ")[2].removesuffix(" License")
        for each in said.get_all("Classifier") or ()
        if each.startswith("License :: ") and each != "License :: OSI Approved"
    ]
    short = str((said.get_all("License") or [""])[0]).strip().splitlines()[:1]
    return " or ".join(classes) or (short[0] if short else ELSEWHERE[name])


def page() -> str:
    """The whole page."""
    rows = dict(locked())
    return HEAD + "".join(f"| {name} | {rows[name]} | {licence(name)} |\n" for name in sorted(rows))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
