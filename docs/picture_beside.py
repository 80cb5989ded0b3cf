#!/usr/bin/env python3
"""Makes the picture of the model letter beside the same text from Typst and LaTeX, for the guide.

``python docs/picture_beside.py`` writes docs/images/beside.png: the letter in the theme office, and
as Typst and LaTeX's class scrlttr2 set it by themselves, on the same paper. It needs Typst (``pip
install typst``), ``pdflatex`` with KOMA-Script and Latin Modern, and Poppler's ``pdftoppm``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import typst
from PIL import Image, ImageOps

from letters.campaign.load import load
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.press.pictures import clean

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "beside.png"

_CAMPAIGN = ROOT / "signatories" / "carney"
_DOTS = 92  # an inch
_GAP = 24  # pixels around and between the pages
_DESK, _EDGE = "#e9e7e4", "#c9c5c0"

TYPST = """\
#set page(paper: "us-letter")
#set text(lang: "en")
#set par(justify: true)
#align(right)[{sender}]
#v(1em)
{address}
#v(1em)
#align(right)[{date}]
#v(1em)
*{subject}*

{salutation}

{text}

{close}
#v(3em)
{signatures}
"""
LATEX = r"""\documentclass[paper=letter,UScommercial9,fromalign=right,parskip=half]{scrlttr2}
\usepackage[T1]{fontenc}\usepackage{lmodern}\usepackage[english]{babel}
\setkomavar{fromname}{@sender@}
\setkomavar{date}{@date@}
\setkomavar{subject}{@subject@}
\begin{document}
\begin{letter}{@address@}
\opening{@salutation@}
@text@
\closing{@close@}
\end{letter}
\end{document}
"""


def make(picture: Path) -> None:
    """Write the picture as a PNG file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = _parts()
        pages = [_page(file, folder) for file in (_ours(folder), _typst(parts, folder),
                                                  _latex(parts, folder))]  # fmt: skip
    width, height = pages[0].size
    desk = Image.new("RGB", (_GAP + 3 * (width + _GAP), height + 2 * _GAP), _DESK)
    for number, page in enumerate(pages):
        desk.paste(page, (_GAP + number * (width + _GAP), _GAP))
    few = desk.quantize(48, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def _parts() -> dict[str, list[str]]:
    """The words of the letter, by what they are."""
    campaign, problems = load(_CAMPAIGN)
    if campaign is None:
        raise SystemExit("\n".join(map(str, problems)))
    signed = Signed({one.id: "signed" for one in campaign.signatories}, campaign.letter.date, False)
    letter = Edition(campaign, "en", "recipient").letter(
        0, signed, lambda path, alt: clean(campaign, path, alt)
    )
    found: dict[str, list[str]] = {"text": []}
    for block in letter.blocks:
        match block:
            case d.Letterhead(lines=lines) | d.AddressBlock(lines=lines):
                found[type(block).__name__] = [d.plain(line) for line in lines]
            case d.Asks(items=items):
                found["text"] += [
                    f"{number}. {d.plain(item[0].content)}"
                    for number, item in enumerate(items, 1)
                    if isinstance(item[0], d.Paragraph)
                ]
            case d.Paragraph(content=content):
                found["text"].append(d.plain(content))
            case d.SignatureBlock(groups=groups):
                people = [one for group in groups for one in group.signatures]
                found["signatures"] = [one.name.text for one in people]
            case d.Worded() | d.Subject():
                content = block.content if isinstance(block, d.Subject) else block.printed
                found[type(block).__name__] = [d.plain(content)]
    return found


def _ours(folder: Path) -> Path:
    campaign = folder / "campaign"
    shutil.copytree(_CAMPAIGN, campaign, ignore=shutil.ignore_patterns("out", "*.db*"))
    letters = sys.executable, "-m", "letters", "-C", str(campaign)
    for person in ("navalnaya", "kara-murza", "yashin"):
        _run(*letters, "sign", "record", person, "--note", "Demonstration entry")
    with (campaign / "letter.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: office\n")
    return Path(_run(*letters, "render", "--format", "pdf", "--lang", "en").splitlines()[0])


def _typst(parts: dict[str, list[str]], folder: Path) -> Path:
    def said(name: str, between: str = " \\\n") -> str:
        return between.join(re.sub(r"([\\#$*_@<>\[\]`~])", r"\\\1", each) for each in parts[name])

    written = TYPST.format(
        sender=said("Letterhead"), address=said("AddressBlock"), date=said("DateLine"),
        subject=said("Subject"), salutation=said("Salutation"), text=said("text", "\n\n"),
        close=said("Close"), signatures=said("signatures"),
    )  # fmt: skip
    file = folder / "typst.pdf"
    file.write_bytes(typst.compile(written.encode()))
    return file


def _latex(parts: dict[str, list[str]], folder: Path) -> Path:
    def said(name: str, between: str = r"\\ ") -> str:
        return between.join(re.sub(r"([#$%&_{}])", r"\\\1", each) for each in parts[name])

    names = {
        "sender": said("Letterhead"), "address": said("AddressBlock"), "date": said("DateLine"),
        "subject": said("Subject"), "salutation": said("Salutation"), "text": said("text", "\n\n"),
        "close": said("Close") + r"\\[3em] " + said("signatures"),
    }  # fmt: skip
    written = re.sub("@(\\w+)@", lambda found: names[found[1]], LATEX)
    (folder / "latex.tex").write_text(written, encoding="utf-8")
    _run("pdflatex", "-interaction=batchmode", f"-output-directory={folder}", folder / "latex.tex")
    return folder / "latex.pdf"


def _page(file: Path, folder: Path) -> Image.Image:
    shown = folder / file.stem.partition(".")[0]
    _run("pdftoppm", "-r", str(_DOTS), "-f", "1", "-l", "1", "-singlefile", "-png", file, shown)
    with Image.open(shown.with_suffix(".png")) as page:
        return ImageOps.expand(page.convert("RGB"), 1, _EDGE)


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - see above
    return done.stdout


if __name__ == "__main__":
    make(PICTURE)
