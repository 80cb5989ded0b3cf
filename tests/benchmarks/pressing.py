"""Letters to many, beside what others make of the same words; and one letter alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from . import campaigns
from .environment import bare, peer
from .measuring import LETTERS, ROOT, Command, Used, put_aside, turn_by_turn, used
from .report import Row

MEMBERS = 343
SIGNATORIES = ("navalnaya", "kara-murza", "yashin")
NOTE = "Demonstration entry: this person has not signed anything"


def one(work: Path, turns: int) -> Iterator[Row]:
    """What the program costs beyond the libraries it stands on."""
    campaign = work / "campaign"
    shutil.copytree(ROOT / "signatories" / "carney", campaign)
    for log in campaign.glob("*.db*"):
        log.unlink()
    for signatory in SIGNATORIES:
        used([LETTERS, "-C", campaign, "sign", "record", signatory, "--note", NOTE])
    render: Command = [LETTERS, "-C", campaign, "render", "--lang", "en"]
    used([*render, "--format", "html,txt", "--out", work / "html"])
    [html] = (work / "html").glob("*.html")
    out, words = work / "ours", html.with_suffix(".txt")
    whole: Command = [*render, "--format", "pdf,docx", "--out", out]
    peers = {
        "WeasyPrint and python-docx": bare(
            "bare_letter", html, words, work / "b.pdf", work / "b.docx"
        ),
        **_converters(work, html, work / "b.docx"),
    }
    ours, *all_theirs = turn_by_turn([whole, *peers.values()], turns, lambda: put_aside(out))
    others = dict(zip(peers, all_theirs, strict=True))
    yield Row("one letter, cold, PDF and DOCX", ours, 1, others, "1.15 of theirs (0.87×)")
    ours, theirs = turn_by_turn([[LETTERS, "--help"], bare("bare_command", "--help")], turns, _keep)
    yield Row("--help", ours, 1, {"a one-command Typer program": theirs}, "2 of theirs (0.5×)")


def _converters(work: Path, html: Path, word: Path) -> dict[str, Command]:
    """Programs that make one of the two files out of a finished one, where they are installed."""
    found: dict[str, Command] = {}
    if pandoc := shutil.which("pandoc"):
        found["pandoc, DOCX alone"] = [pandoc, html, "-o", work / "pandoc.docx"]
    if office := shutil.which("soffice"):
        own = f"-env:UserInstallation={(work / 'office').as_uri()}"
        found["LibreOffice, PDF from DOCX alone"] = [
            office, own, "--headless", "--convert-to", "pdf", "--outdir", work / "office-out", word
        ]  # fmt: skip
    return found


def _keep() -> None:
    """What a run has left is what the next one is to find."""


class Mailing:
    """A campaign of so many members, and its letters as words for the others."""

    def __init__(self, work: Path, number: int) -> None:
        self.number, self.root = number, campaigns.members(work / f"members-{number}", number)
        self.out, self.peers = work / f"out-{number}", work / f"peers-{number}"
        self.peers.mkdir()

    def render(self, formats: str) -> Command:
        """The command for all letters."""
        draft: Command = [LETTERS, "-C", self.root, "render", "--draft", "--out", self.out]
        return [*draft, "--format", formats]

    def digest(self) -> Command:
        """The command that reads all of it, and makes the text of the mailing and its digest."""
        return [LETTERS, "-C", self.root, "log", "digest"]

    def begin(self) -> None:
        """As if nothing had been made yet."""
        put_aside(self.out)
        put_aside(self.peers)
        self.peers.mkdir()

    def stored(self) -> str:
        """How much of the disk a letter takes, and its lines in the manifest."""
        manifest = self.out / "manifest.json"
        files = sum(file.stat().st_size for file in self.out.iterdir() if file != manifest)
        of_letter, of_lines = files / self.number, manifest.stat().st_size / self.number
        return f"{of_letter / 1000:.0f} kB stored, and {of_lines / 1000:.1f} kB in the manifest"

    def words(self, work: Path) -> tuple[Path, Path]:
        """The folder of the letters as HTML, and the file of their paragraphs."""
        used(self.render("html,txt"))
        pages, listed = work / "pages", work / "letters.json"
        pages.mkdir()
        texts = []
        for file in sorted(self.out.glob("*.html")):
            shutil.copy(file, pages)
            texts.append(file.with_suffix(".txt").read_text(encoding="utf-8").split("\n\n"))
        listed.write_text(json.dumps(texts), encoding="utf-8")
        return pages, listed


def letters(work: Path, turns: int) -> Iterator[Row]:
    """A letter to each member of a parliament."""
    mailing = Mailing(work, MEMBERS)
    pages, listed = mailing.words(work)
    ours, bare_loop, typst = turn_by_turn(
        [
            mailing.render("pdf"),
            bare("bare_weasyprint", pages, mailing.peers),
            peer("typst_letters", listed, mailing.peers),
        ],
        turns,
        mailing.begin,
    )
    others = {"bare WeasyPrint": bare_loop, "Typst, tagged": typst}
    to_reach = "15× WeasyPrint, 1.5× Typst"
    yield Row("343 letters, PDF/A-3a and PDF/UA-1", ours, MEMBERS, others, to_reach)
    ours, docxtpl, mailmerge, plain = turn_by_turn(
        [
            mailing.render("docx"),
            peer("docxtpl_letters", listed, mailing.peers),
            peer("mailmerge_letters", listed, mailing.peers),
            peer("python_docx_letters", listed, mailing.peers),
        ],
        turns,
        mailing.begin,
    )
    others = {"docxtpl": docxtpl, "docx-mailmerge2": mailmerge, "python-docx": plain}
    yield Row("343 letters, DOCX", ours, MEMBERS, others, "30× docxtpl")
    [text] = turn_by_turn([mailing.render("txt")], turns, mailing.begin)
    yield Row("343 letters as plain text: all but the press", text, MEMBERS)
    alone = Mailing(work, 1)
    kinds = {"PDF": "pdf", "DOCX": "docx", "plain text": "txt"}
    first = turn_by_turn(list(map(alone.render, kinds.values())), turns, alone.begin)
    for kind, one in zip(kinds, first, strict=True):
        yield Row(f"one such letter alone, {kind}: what 343 have in common", one)
    mailing.begin()
    used(mailing.render("pdf,docx"))
    [again] = turn_by_turn([mailing.render("pdf,docx")], turns, _keep)
    yield Row("343 letters again, nothing changed", again, to_reach="1 s in all")


def many(work: Path, turns: int) -> Iterator[Row]:
    """Whether ten thousand letters cost more each, or more memory, than some hundreds.

    What each further letter costs is what docs/scale.md reckons with.
    """
    few, most = Mailing(work, MEMBERS), Mailing(work, 10_000)
    kinds: dict[str, Callable[[Mailing], Command]] = {
        "read and digested": Mailing.digest,
        "plain text: all but the press": lambda mailing: mailing.render("txt"),
        "PDF": lambda mailing: mailing.render("pdf"),
        "PDF and DOCX": lambda mailing: mailing.render("pdf,docx"),
    }
    some = turn_by_turn([kind(few) for kind in kinds.values()], turns, few.begin)
    for (kind, command), fewer in zip(kinds.items(), some, strict=True):
        most.begin()
        whole = used(command(most))
        more = Used(whole.cpu - fewer.cpu, whole.wall - fewer.wall, 0.0)
        yield Row(f"each letter above 343, {kind}", more, most.number - MEMBERS)
    ratio = (whole.cpu / most.number) / (fewer.cpu / MEMBERS)
    yield Row(
        "10,000 letters, PDF and DOCX", whole, most.number, {}, "1.1 of a letter of 343, 300 MB",
        f"{ratio:.2f} of a letter of 343; {most.stored()}",
    )  # fmt: skip
