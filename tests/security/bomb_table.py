"""The table of bombs: what stands in which file, which command reads it, and what it must name.

What fills memory is made as late as possible: each file is written by the process that sets it off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from letters import limits

from . import bomb_files as files
from . import bomb_word as returned

CHECK = ("check",)
LIST = ("people", "list")
SET = ("people", "set", "okafor", "role=Chair")
RENAME = ("people", "rename", "okafor", "person-a")
COMPARE = ("compare", "{root}/back.docx", "--recipient", "minister")
PULL = ("pull", "{root}/back.docx", "--recipient", "minister")
STATUS = ("status",)
VERIFY = ("log", "verify")
TEXT = ("render", "--format", "txt", "--draft")
PDF = ("render", "--format", "pdf", "--draft")
DOCX = ("render", "--format", "docx", "--draft")


@dataclass(frozen=True, slots=True)
class Bomb:
    """A way to take all time or memory; ``place`` begins what is said of it, ``said`` is in that.

    A ``harmless`` one may be read to its end. ``more`` are the seconds that its size allows beyond
    those of a step. ``call`` reads it where no command does without a server.
    """

    name: str
    path: str
    data: Callable[[], bytes] | None
    command: tuple[str, ...] = CHECK
    place: str = ""
    said: str = ""
    more: float = 0
    harmless: bool = False
    statuses: tuple[int, ...] = (1,)
    prepare: Callable[[Path], None] | None = None
    call: Callable[[Path], int] | None = None

    def write(self, root: Path) -> None:
        """Lay it into the campaign."""
        if self.prepare:
            self.prepare(root)
        if self.data is not None:
            file = root / self.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.data())


def _yaml(path: str, command: tuple[str, ...], **more: object) -> list[Bomb]:
    """What can be wrong without measure in any file of YAML."""
    place = str(more.pop("place", path))
    return [
        Bomb(f"{path} ({' '.join(command[:2])}): {name}", path, data, command, place, **more)  # type: ignore[arg-type]
        for name, data in files.YAML.items()
    ]


def _people(command: tuple[str, ...]) -> list[Bomb]:
    return [
        Bomb(
            f"signatories.yaml ({' '.join(command[:2])}): {name}",
            "signatories.yaml", data, command, "signatories.yaml|nobody", more=16 * limits.SECONDS_A_MIB, statuses=(1, 2, 3),
            harmless=command == LIST or name in files.HARMLESS,
        )
        for name, data in files.PEOPLE.items()
    ]  # fmt: skip


def _template(
    name: str, text: str, place: str = "templates/note/letter.en.md", **more: object
) -> Bomb:
    return Bomb(
        f"template: {name}",
        "templates/note/letter.en.md",
        lambda: files.body(text),
        CHECK,
        place,
        **more,  # type: ignore[arg-type]
    )


THEME = "templates/themes/ours"
CSS = f"{THEME}/letter.css"
WORD = f"{THEME}/reference.docx"

BOMBS: tuple[Bomb, ...] = (
    *_yaml("letter.yaml", CHECK),
    *_people(CHECK),
    *_people(LIST),
    *_people(SET),
    *_people(RENAME)[:2],
    *(
        Bomb(f"signatories/ ({command[0]}): {name}", "", None, command, "signatories", prepare=prepare, more=16 * limits.SECONDS_A_MIB, harmless=name in files.HARMLESS)
        for name, prepare in files.FOLDERS.items()
        for command in (CHECK, LIST)
    ),
    *(
        Bomb(f"{path}: {name}", path, files.YAML[name], command, path, prepare=prepare)
        for path, command, prepare in (
            ("templates/note/template.yaml", CHECK, None),
            ("forms/ours.yaml", CHECK, None),
            ("languages/el.yaml", CHECK, None),
            ("places.yaml", CHECK, None),
            ("editions.yaml", ("editions", "status"), None),
            ("bodies/ours.yaml", CHECK, files.with_body),
            ("recipes/ours.yaml", ("import", "signatories", "{root}/list.csv", "--recipe", "ours"), files.with_list),
            ("imports.yaml", ("import", "signatories", "{root}/list.csv"), files.with_list),
            (f"{THEME}/theme.yaml", PDF, files.with_theme),
        )
        for name in ("brackets", "the same key", "an alias")
    ),
    *(_template(name, text) for name, text in files.TEMPLATES.items()),
    *(_template(f"{name} (Markdown)", text, harmless=True) for name, text in files.MARKDOWN.items()),
    *(
        Bomb(f"style sheet: {name}", CSS, data, PDF, CSS, prepare=files.with_theme, harmless=name in files.HARMLESS)
        for name, data in files.CSS.items()
    ),
    *(
        Bomb(f"picture: {name}", "logo.png", data, PDF, "logo.png|letter.yaml", prepare=files.with_logo, harmless=name in files.HARMLESS)
        for name, data in files.PICTURES.items()
    ),
    *(
        Bomb(f"enclosure: {name}", "list.pdf", data, ("check", "--privacy"), "letter.yaml", more=3, prepare=files.with_enclosure, harmless=True)
        for name, data in files.PDFS.items()
    ),
    *(
        Bomb(f"reference.docx: {name}", WORD, data, DOCX, WORD, prepare=files.with_theme, harmless=name in files.HARMLESS)
        for name, data in files.WORDS.items()
    ),
    *(
        Bomb(f"{name} (import)", f"list{name[: name.index(':')]}", data,
             ("import", "signatories", "{root}/list" + name[: name.index(":")]), "list", harmless=name in files.HARMLESS, statuses=(1, 2),
             more=70 * limits.SECONDS_A_MIB)
        for name, data in files.LISTS.items()
    ),
    *(
        Bomb(f"mail: {name}", f"mails/a{ending}", data, ("sign", "record", "--mail", "{root}/mails/a" + ending), "",
             harmless=True, more=33 * limits.SECONDS_A_MIB)
        for ending, mails in ((".eml", files.MAILS), (".mbox", files.MAILBOXES))
        for name, data in mails.items()
    ),
    *(
        Bomb(f"notice: {name}", "notice.eml", data, call=files.read_notice, harmless=True, more=2)
        for name, data in files.MAILS.items()
    ),
    *(
        Bomb(f"manifest ({command[0]}): {name}", "out/manifest.json", data, command, "out/manifest.json",
             prepare=files.signed, harmless=name in files.HARMLESS, more=4)
        for name, data in files.MANIFESTS.items()
        for command in (STATUS, TEXT)
    ),
    *(
        Bomb(f"checkpoint: {name}", "checkpoints/000001-abcdefgh.txt", data, VERIFY, "", prepare=files.signed, statuses=(3,))
        for name, data in files.CHECKPOINTS.items()
    ),
    *(
        Bomb(f"key: {name}", ".letters/signing-key.pem", data, ("log", "checkpoint"), ".letters/signing-key.pem",
             prepare=files.signed, statuses=(4,))
        for name, data in files.KEYS.items()
    ),
    *(
        Bomb(f"DKIM key: {name}", "dkim.pem", data, (), "dkim.pem", statuses=(2,), call=files.read_dkim_key)
        for name, data in files.KEYS.items()
    ),
    *(
        Bomb(f"log ({' '.join(command)}): {name}", "", None, command, "letters.db|signature log|stored tree|outbox|the tables", prepare=prepare, statuses=(1, 3, 4), harmless=name in files.HARMLESS)
        for name, prepare in files.LOGS.items()
        for command in (STATUS, VERIFY)
    ),
    *(
        Bomb(f"{command[0]}: {name}", "back.docx", data, command, "back.docx|letters: ", harmless=name in returned.HARMLESS_WORD, statuses=(1, 2, 3))
        for name, data in returned.RETURNED.items()
        for command in (COMPARE, PULL)[: 2 if name in ("runs", "comments", "depth") else 1]
    ),
    Bomb("redline: a text of other words", "", None, ("redline", "signed", "now", "--out", "{root}/red.docx"), "letters: |letter.yaml|templates", prepare=returned.with_other_texts, harmless=True, more=15),
    *(
        Bomb(f"form: {name}", "", None, call=returned.send_form(what, make), place="letter.yaml|templates|the ", harmless=True)
        for name, (what, make) in returned.FORMS.items()
    ),
)  # fmt: skip
"""All of them."""
