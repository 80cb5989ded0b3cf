"""Pipes, devices, sockets, folders, links that lead out and files without end, in every place.

Each place is a path under which letters reads a file that a stranger may have written. Whatever
stands there instead of a file of a fitting size is refused with its name, at once.
"""

from __future__ import annotations

import ast
import contextlib
import os
import shutil
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest
from conftest import CampaignFolder, loaded, write_campaign

from letters import files, limits, reading
from letters.campaign import enclosures, translation_log
from letters.campaign.forms import load_forms
from letters.campaign.load import load, written
from letters.campaign.model import Campaign
from letters.campaign.own_languages import load_languages
from letters.campaign.people_edit import People
from letters.campaign.places import load_places
from letters.check import body as bodies
from letters.check.enclosures import look
from letters.check.privacy import search_folder
from letters.cli import log, send_lock, status, word_file, workspace
from letters.digests import MessageDigest, TextDigest, of_file
from letters.draft.template import read_body
from letters.error import LettersError
from letters.intake import known_recipes, opening, remembered, sources
from letters.kept import Keeper
from letters.ledger import evidence, keys
from letters.ledger.outgoing import Item
from letters.ledger.store import Ledger
from letters.post import dkim, high_water, remembered_log
from letters.post.answers.newcampaign import _copy as copied
from letters.post.frozen_messages import Frozen
from letters.post.signing import listed, mails
from letters.press import manifest, pictures, themes
from letters.problem import Problem

Reader: TypeAlias = Callable[[Path], Any]
"""Reads what stands in its place in the campaign of that folder; gives or raises what is said."""

DIGEST = of_file(b"evidence")
ITEM = Item(
    TextDigest("t"), "ada", "email", "<m@x>", MessageDigest("ab" * 32), "", (), (), "", ""
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its path, who reads it, the most bytes there; ``named`` by the user themself."""

    path: str
    read: Reader
    size: limits.Size | None
    named: bool = False


def whole(root: Path) -> list[Problem]:
    return load(root)[1]


def everybody(root: Path) -> Any:
    return written(root)[1]


def command(root: Path) -> Any:
    """As each command begins that works on a campaign."""
    context: Any = SimpleNamespace(obj=root)
    return workspace.expect_campaign(context)


def within(function: Callable[[Campaign], Any]) -> Reader:
    """A reader of what lies beside the files that `load` reads."""
    return lambda root: function(loaded(CampaignFolder(root)))


def template(root: Path) -> str:
    return read_body(root / "templates/note/letter.en.md", "templates/note/letter.en.md")


def body(name: str) -> Reader:
    return lambda root: read_body(root / "templates" / name, f"templates/{name}")


def rules(name: str) -> Reader:
    return lambda root: bodies.load(root, name)[1]


def known_list(name: str) -> Reader:
    return lambda root: known_recipes.load(name, root)


def copying(path: str) -> Reader:
    return within(lambda campaign: copied(campaign, path))


def picture(path: str) -> Reader:
    return within(lambda campaign: pictures.clean(campaign, path, ""))


def theme(root: Path) -> Any:
    text = (root / "letter.yaml").read_text(encoding="utf-8")
    (root / "letter.yaml").write_text(text + "theme: ours\n", encoding="utf-8")
    found, problems = load(root)
    return problems if found is None else themes.load_theme(found)


def enclosing(reader: Callable[[Campaign], Any], path: str) -> Reader:
    def read(root: Path) -> Any:
        text = (root / "letter.yaml").read_text(encoding="utf-8")
        listed = f"enclosures:\n  - {{title: A list, file: '{path}'}}\n"
        old = "enclosures:\n  - title: {en: A list, fr: Une liste}\n"
        (root / "letter.yaml").write_text(text.replace(old, listed), encoding="utf-8")
        found, problems = load(root)
        return problems if found is None else reader(found)

    return read


def imported(name: str) -> Reader:
    def read(root: Path) -> Any:
        path = root / name
        table, _ = opening.opened(path, "signatories", root, named="", sheet="", settings={})
        return [row.cells for row in table.rows]

    return read


def put(path: str) -> Reader:
    """What happens to a file that a new one is to replace."""
    import datetime as dt

    def read(root: Path) -> Any:
        files.replace(root / path, b"new", keeper=Keeper(dt.date(2026, 1, 1), lambda *_: True))

    return read


def logged(root: Path) -> Any:
    with contextlib.suppress(AttributeError):
        return Ledger.read(root / "letters.db")
    return None


def recorded(root: Path) -> Any:
    with Ledger.open(root / "letters.db"):
        return None


def locked(root: Path) -> Any:
    with send_lock._alone(root / "letters.db-lock"):
        return None


def mark(name: str) -> Reader:
    return lambda root: high_water.more_than(None, root / name)


def from_mails(name: str) -> Reader:
    return lambda root: mails.match(root / name, {}).left


def dkim_key(root: Path) -> Any:
    return dkim.signer({dkim.KEY: str(root / "dkim.pem"), dkim.SELECTOR: "mail"})


L = limits
SPOTS = [
    Spot("letter.yaml", whole, L.LETTER),
    Spot("letter.yaml", command, L.LETTER),
    *(Spot(f"{kind}.yaml", whole, L.PEOPLE) for kind in ("signatories", "recipients")),
    *(Spot(f"{kind}.yaml", everybody, L.PEOPLE) for kind in ("signatories", "recipients")),
    Spot("signatories.yaml", lambda root: People(root, "signatory").problems, L.PEOPLE),
    Spot("recipients.yaml", lambda root: People(root, "recipient").problems, L.PEOPLE),
    *(
        Spot(f"{kind}/{name}", whole, L.PEOPLE)
        for kind in ("signatories", "recipients")
        for name in ("ada.yaml", "bo.yml", "Cy.YAML")
    ),
    Spot("templates/note/template.yaml", whole, L.ONE_THING),
    Spot("templates/note/letter.en.md", template, L.TEMPLATE),
    *(
        Spot(
            f"templates/{name}",
            body(name),
            L.TEMPLATE,
        )
        for name in (
            "note/letter.fr.md", "note/part.md", "note/letter.fr-CA.md", "cover-note/letter.en.md",
            "open-letter/letter.en.md",
        )
    ),
    Spot("templates/themes/ours/theme.yaml", theme, L.ONE_THING),
    Spot("templates/themes/ours/letter.css", theme, L.STYLE_SHEET),
    Spot("templates/themes/ours/reference.docx", theme, L.REFERENCE),
    *(
        Spot(path, picture(path), L.PICTURE)
        for path in ("logo.png", "logo.jpg", "images/ada.png", "images/a/b/c.jpeg")
    ),
    *(
        Spot(f"forms/{name}.yaml", lambda root: load_forms(root)[1], L.ONE_THING)
        for name in ("my-mayor", "neutral", "ca-mp")
    ),
    *(
        Spot(f"languages/{tag}.yaml", lambda root: load_languages(root)[1], L.ONE_THING)
        for tag in ("el", "en", "pt-BR")
    ),
    Spot("places.yaml", lambda root: load_places(root)[1], L.ONE_THING),
    Spot("editions.yaml", lambda root: translation_log.load(root)[1], L.ONE_THING),
    *(
        Spot(f"bodies/{name}.yaml", rules(name), L.ONE_THING)
        for name in ("ours", "appeal")
    ),
    *(
        Spot(f"recipes/{name}.yaml", known_list(name), L.ONE_THING)
        for name in ("ours", "google-forms")
    ),
    Spot("imports.yaml", lambda root: sources.read(root)[1], L.ONE_THING),
    *(
        Spot(
            path,
            enclosing(lambda campaign: list(enclosures.missing(campaign)), path),
            L.ENCLOSURE,
        )
        for path in ("list.pdf", "annexes/list.pdf")
    ),
    Spot("own/minister.pdf", enclosing(lambda c: enclosures.enclosed(c, "minister"), "own/{recipient}.pdf"), L.ENCLOSURE),
    Spot("list.pdf", enclosing(lambda c: [*look(c, tuple), *enclosures.missing(c)], "list.pdf"), None),
    *(Spot(f"letters.db{ending}", reader, L.LOG)
      for reader in (logged, recorded) for ending in ("", "-wal", "-journal")),
    Spot("letters.db-mark", mark("letters.db-mark"), L.CHECKPOINT),
    Spot("state/letters/x.mark", mark("state/letters/x.mark"), L.CHECKPOINT),
    Spot("letters.db-lock", locked, None),
    *(
        Spot(f"checkpoints/{name}", lambda root: remembered_log._newest(None, root, "")[1], None)
        for name in ("000001-abcdefgh.txt", "old.txt")
    ),
    Spot(".letters/signing-key.pem", keys.signing_key, L.KEY),
    Spot(f"evidence/{DIGEST}", lambda root: evidence.read(root, DIGEST), L.EVIDENCE),
    Spot(f"evidence/{DIGEST}", lambda root: evidence.keep(root, b"evidence"), L.EVIDENCE),
    Spot("witness.txt", lambda root: log._witness(root / "witness.txt"), L.CHECKPOINT, named=True),
    Spot("back.docx", lambda root: word_file.bytes_of(root / "back.docx"), L.WORD_FILE, named=True),
    Spot("who.csv", lambda root: listed.read(root / "who.csv").problems, L.SIGNING_LIST, named=True),
    *(
        Spot(name, from_mails(name), size, named=True)
        for name, size in (("one.eml", L.MAIL), ("all.mbox", None), ("all.mbx", None), ("INBOX", None))
    ),
    *(Spot(f"mails/{name}", from_mails("mails"), None) for name in ("one.eml", "cur/1.2.host", "all.mbox")),
    *(
        Spot(f"list{ending}", imported(f"list{ending}"), size, named=True)
        for ending, size in {
            ".csv": L.LIST, ".tsv": L.LIST, ".txt": L.LIST, "": L.LIST, ".xlsx": L.SHEET,
            ".ods": L.SHEET, ".json": L.RECORDS, ".jsonl": L.LIST, ".xml": L.RECORDS,
            ".yaml": L.RECORDS, ".yml": L.RECORDS, ".vcf": L.RECORDS,
        }.items()
    ),
    *(
        Spot(f"people/{name}", imported("people"), L.ONE_THING)
        for name in ("ada.yaml", "bo.yml", "cy.json", "dee.md", "eve.markdown")
    ),
    Spot("kept.tsv", lambda root: remembered.read(root / "kept.tsv"), L.REMEMBERED),
    Spot("out/manifest.json", lambda root: manifest.read(root / "out"), L.MANIFEST),
    Spot("out/manifest.json", lambda root: manifest.checkpoint(root / "out"), L.MANIFEST),
    Spot("out/manifest.json", lambda root: manifest.Proof(root / "out").found, L.MANIFEST),
    *(
        Spot(f"out/{name}", lambda root: search_folder(root / "out", (), root), L.MADE)
        for name in ("ada.en.pdf", "ada.en.docx", "public/ada.en.html", "ada.en.txt", "notes")
    ),
    *(
        Spot(name, put(name), None)
        for name in ("out/ada.en.pdf", "printed.pdf", "receipt.txt", "page.html", "mail.eml")
    ),
    Spot("page.html", lambda root: status._expect_room(root / "page.html"), None),
    Spot(f"outbox/{ITEM.message}.eml", lambda root: Frozen(root / "outbox").bytes_of(ITEM), L.MADE),
    Spot("dkim.pem", dkim_key, L.KEY, named=True),
    *(
        Spot(path, copying(path), None)
        for path in ("logo.png", "templates/note/more.md")
    ),
]  # fmt: skip


def pipe(path: Path, _: Spot) -> None:
    os.mkfifo(path)


def plug(path: Path, _: Spot) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(path.parent)  # the address of a socket may not be long
        made.bind(path.name)


def folder(path: Path, _: Spot) -> None:
    path.mkdir()


def device(path: Path, _: Spot) -> None:
    """As a link, since not everybody may make one: what is behind it never ends."""
    path.symlink_to("/dev/zero")


def link_out(path: Path, _: Spot) -> None:
    above = [folder for folder in path.parents if folder.name == "a"][-1]
    outside = above / "outside" / path.name
    outside.parent.mkdir(exist_ok=True)
    outside.write_bytes(b"id: ada\nname: Ada\n")
    path.symlink_to(outside)


def circle(path: Path, _: Spot) -> None:
    path.symlink_to(path.name)


def endless(path: Path, spot: Spot) -> None:
    assert spot.size
    with path.open("wb") as stream:
        stream.truncate(spot.size.most + 1)


ODD = (pipe, plug, folder, device, link_out, circle, endless)
CASES = [
    pytest.param(spot, make, id=f"{number}-{spot.path}-{make.__name__}")
    for number, spot in enumerate(SPOTS)
    for make in ODD
    if not (make is endless and spot.size is None)
    # What somebody names on the command line may be a link to anywhere, or a folder of files.
    and not (spot.named and make in (link_out, circle, folder))
    # A folder of that name is a folder of people.
    and not (make is folder and spot.path in ("signatories.yaml", "recipients.yaml"))
    # Folders within these are what they are: more of the same, which is looked through.
    and not (make is folder and spot.path.startswith(("mails/", "out/")) and "manifest" not in spot.path)
]  # fmt: skip
SAID = "is a pipe", "is a socket", "is a folder", "is a device", "is a link", "is larger than"
ALSO = {
    "is no file of the campaign’s own that can be read", "a link, a pipe or a device",
    "no PDF", "is not a PDF", "it is no signed checkpoint", "too large", "a link that leads out",
    "is there already and is not a page", "is a link, a folder or a device", "is no file",
    "there is no such picture", "leads out of the campaign", "is no file that can be read",
    "is a folder", "no such file or folder", "there is no such file",
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_campaign(tmp_path_factory.mktemp("plain") / "a" / "campaign").path


@pytest.mark.parametrize(("spot", "make"), CASES)
def test_what_is_no_fitting_file_is_refused_with_its_name(
    tmp_path: Path,
    plain: Path,
    monkeypatch: pytest.MonkeyPatch,
    spot: Spot,
    make: Callable[[Path, Spot], None],
) -> None:
    monkeypatch.chdir(tmp_path)  # which the making of a socket leaves
    root = tmp_path / "a" / "campaign"
    shutil.copytree(plain, root)
    prepare(root, spot)
    path = root / spot.path
    if path.exists():
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path, spot)
    before = path.lstat()
    signal.signal(signal.SIGALRM, late)
    signal.alarm(60)  # a reader that waits would wait for ever
    try:
        said = str(words(spot.read(root)))
    except LettersError as error:
        said = f"{error} {' '.join(error.particulars)}"
    finally:
        signal.alarm(0)
    # The path of an enclosure or of a signature may be private: where it is written is its name.
    names = (path.name, path.stem, "enclosures[0].file –", "signature_image –")
    assert any(name in said for name in names), said
    assert any(one in said for one in (*SAID, *ALSO)), said
    assert path.lstat().st_ino == before.st_ino  # nor was it replaced


def words(found: Any) -> str:
    if isinstance(found, dict):
        return " ".join(f"{key} {words(value)}" for key, value in found.items())
    if isinstance(found, list | tuple):
        return " ".join(words(one) for one in found)
    return str(found)


def late(*_: object) -> None:
    raise AssertionError("it waits")


def prepare(root: Path, spot: Spot) -> None:
    """What else has to be there for the place to be looked at."""
    kind = spot.path.partition("/")[0]
    if kind in ("signatories", "recipients"):
        (root / f"{kind}.yaml").unlink()
        text = (root / "letter.yaml").read_text(encoding="utf-8")
        (root / "letter.yaml").write_text(f"{text}{kind}: {kind}\n", encoding="utf-8")
    if spot.path.startswith("templates/themes/"):
        ours = root / "templates/themes/ours"
        ours.mkdir(parents=True)
        shipped = Path(limits.__file__).parent.parent / "templates/themes/classic"
        (ours / "theme.yaml").write_bytes((shipped / "theme.yaml").read_bytes())
    if spot.path.endswith(("-wal", "-journal")):
        with Ledger.open(root / "letters.db"):
            pass
    for name in ("state", "evidence", "outbox", "out"):
        (root / name).mkdir(exist_ok=True)


def test_there_are_enough_places() -> None:
    assert len({(spot.path, id(spot.read)) for spot in SPOTS}) >= 95


def test_a_file_of_a_fitting_size_is_read(tmp_path: Path) -> None:
    size = limits.Size("a test", 10)
    (tmp_path / "a").write_bytes(b"0123456789")
    (tmp_path / "link").symlink_to("a")
    for name in ("a", "link"):
        assert reading.data_of(tmp_path / name, size, within=tmp_path) == b"0123456789"
    assert reading.head_of(tmp_path / "a", 3) == b"012"
    (tmp_path / "a").write_bytes(b"0123456789a")
    with pytest.raises(reading.OddFileError, match="is larger than 0 KiB"):
        reading.data_of(tmp_path / "a", size)


def test_what_is_read_is_what_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that takes the file's place once it was looked at leads nowhere."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    file = tmp_path / "in" / "a"
    file.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(reading, "listeners", [lambda *_: exchange(file, tmp_path / "secret")])
    with pytest.raises(OSError, match=r"Too many levels|is a link"):
        reading.data_of(file, limits.KEY, within=tmp_path / "in")


def exchange(file: Path, to: Path) -> None:
    file.unlink()
    file.symlink_to(to)


# What is opened elsewhere: files of the toolkit itself, or new ones that this very run has made.
ELSEWHERE = {
    "letters/campaign/scaffold.py": {"read_bytes"},  # a starter that is shipped
    "letters/campaign/starter_text.py": {"read_text"},
    "letters/cli/templates.py": {"read_bytes"},  # a template that is shipped, to be ejected
    "letters/files.py": {"read_bytes", "open"},  # staged by this run, and new files
    "letters/folders.py": {"open"},  # folders
    "letters/press/identity.py": {"read_text"},  # of a library, as it is installed
    "letters/press/shelf.py": {"open"},  # a folder, to be locked
    "letters/press/unlisted.py": {"open"},  # to write
    "letters/press/docx/annex.py": {"open"},  # a member of an archive that is written
    "letters/press/names/binding.py": {"open"},  # of bytes
    "letters/intake/existing.py": {"read_bytes"},  # a starter again
    "letters/intake/task.py": {"read_text", "open"},  # /proc, and /dev/null
    "letters/cli/app.py": {"open"},  # /dev/null
    "letters/cli/bug.py": {"open"},  # a new file
    "letters/post/mailbox/bounded.py": {"open"},  # a connection
    "letters/post/trusted_servers.py": {"read_text"},  # the user's own, once it was looked at
    "letters/cli/send_lock.py": {"open"},  # to be locked, once it was looked at
    "letters/cli/previewing.py": {"open"},  # a browser
    "letters/preview/app.py": {"read_bytes"},  # the shipped style sheet and script
    "letters/kept.py": {"open"},  # a new file
    "letters/ledger/evidence.py": {"open"},  # new files
    "letters/ledger/sqlite.py": {"open", "connect"},  # once all its files were looked at
    "letters/ledger/verify_receipt.py": {"read_bytes"},  # a script of its own, given to others
    "letters/post/high_water.py": {"open"},  # to write
    "letters/post/page/page.py": {"read_text"},  # the shipped style sheet
    "letters/post/paper/bundle.py": {"open"},  # of bytes; a file is looked at before
    "letters/check/enclosures.py": {"open", "read_bytes"},  # of bytes, and a stream of a PDF
    "letters/check/pdf_strings.py": {"open"},  # of bytes
    "letters/check/privacy.py": {"open"},  # a member of an archive
    "letters/workshop/bounded.py": {"read_text"},  # /proc
    "letters/press/pictures.py": {"open"},  # of bytes
    "letters/press/css.py": {"read_text"},  # the shipped style sheet
    "letters/press/docx/word_parts.py": {"open"},  # a member of an archive
    "letters/reading.py": {"open"},
}


def test_nothing_else_opens_a_file_to_read_it() -> None:
    found: dict[str, set[str]] = {}
    for file in sorted(Path(limits.__file__).parent.rglob("*.py")):
        tree = ast.parse(file.read_bytes())
        calls = {name for node in ast.walk(tree) if (name := opening_call(node))}
        if calls:
            found[f"letters/{file.relative_to(Path(limits.__file__).parent).as_posix()}"] = calls
    assert found == ELSEWHERE


def test_nothing_follows_links_in_a_circle() -> None:
    """Path.resolve raises what is no OSError for one; `reading.real` does not."""
    found = {
        file.name: node.lineno
        for file in Path(limits.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "resolve"
        and not node.args
    }
    assert set(found) == {"shipped.py"}


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("where", ["a", "a/b", "b/a"])
def test_a_circle_of_links_leads_to_itself(tmp_path: Path, where: str, *, within: bool) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match=r"is a link that leads nowhere|symbolic links|out of"):
        reading.data_of(tmp_path / where, limits.KEY, within=tmp_path if within else None)
    assert reading.real(Path("a\0b")).name == "a\0b"


def opening_call(node: ast.AST) -> str:
    """The name of a call that opens a file, such as `read_bytes`; "" for anything else."""
    called = node.func if isinstance(node, ast.Call) else node
    owner = called.value if isinstance(called, ast.Attribute) else None
    if isinstance(owner, ast.Name) and owner.id in NO_PATHS:
        return ""
    if isinstance(node, ast.Attribute):  # given on as a function, too
        return node.attr if node.attr in ("read_bytes", "read_text") else ""
    if not isinstance(node, ast.Call):
        return ""
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name if name in ("open", "connect", "from_path") else ""


NO_PATHS = {"textfile", "Ledger", "Session", "session", "line", "self"}
