"""An annex of names by itself, beside a tagged table of the same rows; and how its cost grows."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from .environment import peer
from .measuring import PYTHON, Command, exponent, turn_by_turn, used
from .report import Row

MOST, FEW = 100_000, 1_000
_SYLLABLES = (
    *("ka", "lo", "mi", "ru", "te", "va", "no", "zi", "pa", "de", "shra", "kov", "ell", "ant"),
    *("ber", "ing", "ström", "é", "ü", "na", "ri", "to"),
)
_PLACES = ("School", "Clinic", "Library", "Works", "Union")
_PRESS = Path(__file__).with_name("press_annex.py")


def annex(work: Path, turns: int) -> Iterator[Row]:
    """A hundred thousand names, no two of whom are called alike, each with an affiliation."""
    most, few, least = (rows(work / str(count), count) for count in (MOST, FEW, 2))
    pdf, typst = turn_by_turn(
        [press(most, work / "a.pdf"), peer("typst_annex", most, work / "t.pdf")], turns, _keep
    )
    # What any annex costs (libraries, fonts, the frame of its pages) doesn't grow.
    [start, some] = turn_by_turn(
        [press(least, work / "l.pdf"), press(few, work / "f.pdf")], turns, _keep
    )
    grows = exponent(some.cpu - start.cpu, pdf.cpu - start.cpu, MOST / FEW)
    yield Row(
        "annex of 100,000 names, PDF, tagged", pdf, 1, {"Typst, tagged": typst},
        "3× Typst, a tenth of its memory",
        f"{typst.megabytes / pdf.megabytes:.0f}× less memory, grows by {grows:.2f} (1.05)",
    )  # fmt: skip
    word = used(press(most, work / "a.docx"))
    yield Row("annex of 100,000 names, DOCX", word, 1, {}, "2 s, 200 MB")
    yield from _opened(work)


def _opened(work: Path) -> Iterator[Row]:
    """LibreOffice opens an annex of ten thousand and lays it out, where it is installed."""
    office = shutil.which("soffice")
    if office is None:
        return
    file, profile = work / "opened.docx", work / "profile"
    used(press(rows(work / "10000", 10_000), file))
    cat: Command = [
        office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf",
        "--outdir", work, file,
    ]  # fmt: skip
    empty = work / "empty.docx"
    used(press(work / "2" / "rows.json", empty))
    used([*cat[:-1], empty])  # the first time it makes a profile
    start, whole = used([*cat[:-1], empty]), used(cat)
    note = f"{whole.cpu - start.cpu:.1f} s of CPU more than to open an annex of two"
    yield Row(
        "annex of 10,000 names, LibreOffice opens and lays it out", whole, 1, {}, "10 s", note
    )


def rows(folder: Path, count: int) -> Path:
    """Invented people, sorted, in a file of lists."""
    folder.mkdir()
    chosen = random.Random(3)

    def word() -> str:
        return "".join(chosen.choices(_SYLLABLES, k=chosen.randint(2, 3))).capitalize()

    people = sorted((word(), word()) for _ in range(count))
    listed = [(f"{g} {f}", f"{word()} {chosen.choice(_PLACES)}") for f, g in people]
    file = folder / "rows.json"
    file.write_text(json.dumps(listed), encoding="utf-8")
    return file


def press(listed: Path, out: Path) -> Command:
    """The command that presses them."""
    return [PYTHON, _PRESS, listed, out]


def _keep() -> None:
    """What a run has left is overwritten by the next one."""
