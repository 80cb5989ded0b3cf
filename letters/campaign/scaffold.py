"""A new campaign: the template's starter files, and the schemas that their first lines name."""

from __future__ import annotations

import shutil
from pathlib import Path

from letters import files, shipped
from letters.campaign import schemas

_IGNORED = (
    "# What letters makes, and the log of who signed, which belongs in no public repository.\n"
    "# signatories.yaml holds names and addresses that are not printed: the same goes for it.\n"
)


def templates() -> list[str]:
    """The templates that a campaign can be started from."""
    return sorted(p.parent.name for p in shipped.TEMPLATES.glob("*/starter") if p.is_dir())


def beside(*ignored: str) -> dict[str, bytes]:
    """What lies beside the files of any campaign; ``ignored`` belongs in no repository either."""
    names = ("out/", "outbox/", "*.db", "*.db-mark", "*.db-lock", "*.db-wal", "*.db-shm", *ignored)
    made = {
        f".schemas/{name}.json": schemas.encode(schema)
        for name, schema in schemas.all_schemas().items()
    }
    return {**made, ".gitignore": (_IGNORED + "".join(f"{one}\n" for one in names)).encode()}


def is_free(folder: Path) -> bool:
    """Whether a campaign can begin there: a folder that doesn't exist, or is empty."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def start(folder: Path, template: str) -> list[str]:
    """Make the campaign; returns its files, relative to ``folder``.

    Raises FileExistsError where the folder holds anything: nothing is ever overwritten.
    """
    existed = folder.exists()
    if not is_free(folder):
        raise FileExistsError(folder)
    starter = shipped.TEMPLATES / template / "starter"
    made = sorted(path.relative_to(starter) for path in starter.rglob("*") if path.is_file())
    try:
        for path in made:
            files.replace(folder / path, (starter / path).read_bytes())
        for name, data in beside().items():
            files.replace(folder / name, data)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if existed:  # it was empty, and it was there
            folder.mkdir(exist_ok=True)
        raise
    return [path.as_posix() for path in made]
