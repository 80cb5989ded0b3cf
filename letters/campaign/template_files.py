"""Templates and themes: the campaign's own files first, file by file, then those shipped.

Looking up per file lets a campaign eject one letter body, edit it, and keep getting the rest from
the toolkit. No name leads out of the two folders.
"""

from __future__ import annotations

import re
from os.path import lexists
from pathlib import Path

from msgspec import Struct

from letters import shipped

COVER_NOTE = "cover-note"
"""The template of the mail that letters are attached to: no letter, so it is not listed."""

_NO_LETTERS = {"themes", COVER_NOTE}
_BODY = re.compile(r"letter\.([a-zA-Z-]+)\.md")
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class TemplateFiles(Struct, frozen=True):
    """Finds the files of templates and themes for the campaign at ``root``.

    What lies in ``tried`` is taken for the campaign's own: a change that is not written yet.
    """

    root: Path
    tried: Path | None = None

    def names(self) -> list[str]:
        """All templates, the campaign's own among them."""
        found = set[str]()
        for folder in (self.root / "templates", shipped.TEMPLATES):
            if folder.is_dir():
                found |= {
                    p.name for p in folder.iterdir() if p.is_dir() and p.name not in _NO_LETTERS
                }
        return sorted(found)

    def themes(self) -> list[str]:
        """All themes, the campaign's own among them."""
        folders = (self.root / "templates" / "themes", shipped.THEMES)
        return sorted({p.name for f in folders if f.is_dir() for p in f.iterdir() if p.is_dir()})

    def is_own(self, name: str) -> bool:
        """Whether the campaign holds files of that template."""
        return (self.root / "templates" / name).is_dir()

    def find(self, *parts: str) -> Path | None:
        """The file at ``templates/…parts``; the campaign's own wins. None when there is none.

        Whatever has that name in the campaign is meant, and be it a pipe, or a link that leads out:
        whoever reads it says so.
        """
        if not all(_SAFE_NAME.fullmatch(part) for part in parts):
            return None
        if self.tried and lexists(new := self.tried.joinpath(*parts)):
            return new
        own = (self.root / "templates").joinpath(*parts)
        if lexists(own):
            return own
        file = shipped.TEMPLATES.joinpath(*parts)
        return file if file.is_file() else None

    def body(self, name: str, language: str) -> Path | None:
        """The letter body for a language tag: ``letter.fr-CA.md``, else ``letter.fr.md``."""
        for tag in dict.fromkeys((language, language.partition("-")[0])):
            file = self.find(name, f"letter.{tag}.md")
            if file:
                return file
        return None

    def languages(self, name: str) -> list[str]:
        """The languages in which that template can be read."""
        found = set[str]()
        for folder in (self.root / "templates" / name, shipped.TEMPLATES / name):
            if folder.is_dir():
                found |= {m[1] for p in folder.iterdir() if (m := _BODY.fullmatch(p.name))}
        return sorted(found)

    def shown(self, file: Path) -> str:
        """The path of a template file as the user should see it in a message."""
        if self.tried and file.is_relative_to(self.tried):
            return f"templates/{file.relative_to(self.tried).as_posix()}"
        if file.is_relative_to(self.root):
            return file.relative_to(self.root).as_posix()
        if file.is_relative_to(shipped.TEMPLATES):
            return f"<built-in>/{file.relative_to(shipped.TEMPLATES).as_posix()}"
        return file.name
