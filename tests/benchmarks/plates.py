"""What many letters cost: `.venv/bin/python -m tests.benchmarks.plates [LETTERS …]`, 343 and 10,000.

For each number, whole commands: processor time of all processes for a letter, and the memory of the
largest process. Beside them, in the same run: a loop over bare WeasyPrint that writes some of the
same pages, and what one process spends on a letter that is drafted, from a plate and in full.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from letters.campaign.load import load
from letters.draft.document import Letter
from letters.draft.drafts import Drafts
from letters.draft.signatures import Signed
from letters.press import docx, html, pdf
from letters.press.jobs import Job, PressRun
from letters.press.plate.rack import Rack
from letters.press.ready import ReadyLetters
from letters.press.themes import load_theme

from .campaigns import members
from .measuring import LETTERS, used

BARE = """
import sys, time
from pathlib import Path
from weasyprint import HTML
pages = [page.read_text(encoding="utf-8") for page in sorted(Path(sys.argv[1]).glob("*.html"))]
HTML(string=pages[0]).write_pdf()
start = time.process_time()
for page in pages:
    HTML(string=page).write_pdf()
print((time.process_time() - start) / len(pages))
"""
SOME = 24


def parts(root: Path, folder: Path) -> None:
    """What one process spends on a letter, and a bare loop on the same pages."""
    found, problems = load(root)
    assert found is not None, problems
    theme, ready, drafts = load_theme(found), ReadyLetters(Drafts(found)), Drafts(found)
    signed = Signed({}, None, draft=True, digest=drafts.text().digest)
    run = PressRun(("pdf",), signed, "recipient", theme)
    count = min(len(found.recipients), 343)
    start = time.process_time()
    drafts_of_all = (ready.drafted(Job(index, "en"), run).letter for index in range(count))
    letters = [letter for letter in drafts_of_all if isinstance(letter, Letter)]
    drafted = (time.process_time() - start) / count
    pdf.write(letters[0], theme)
    start = time.process_time()
    for letter in letters[:SOME]:
        pdf.write(letter, theme)
    full = (time.process_time() - start) / SOME
    rack = Rack()
    start = time.process_time()
    for letter in letters:
        rack.letter(letter, theme)
    plates = (time.process_time() - start) / count
    docx.write(letters[0], theme)
    start = time.process_time()
    for letter in letters:
        docx.write(letter, theme)
    word = (time.process_time() - start) / count
    folder.mkdir()
    for number, letter in enumerate(letters[:SOME]):
        (folder / f"{number:03}.html").write_text(html.page(letter, theme), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", BARE, folder], capture_output=True, text=True, check=True
    )
    bare = float(said.stdout)
    print(
        f"one process, a letter: drafted {drafted * 1000:.2f} ms, PDF {plates * 1000:.2f} ms with "
        f"plates and {full * 1000:.1f} in full, DOCX {word * 1000:.2f} ms; bare WeasyPrint "
        f"{bare * 1000:.1f} ms, {bare / plates:.0f} times the plates",
        flush=True,
    )


def main(counts: list[int]) -> None:
    """Set up, measure, print."""
    with tempfile.TemporaryDirectory(prefix="letters-bench-") as folder:
        for count in counts:
            root = members(Path(folder) / f"campaign{count}", count)
            if count == counts[0]:
                parts(root, Path(folder) / "pages")
            for formats in ("pdf", "docx", "pdf,docx"):
                words = (LETTERS, "-C", root, "render", "--draft", "--all", "--format", formats)
                took = used(words)
                print(
                    f"{count} letters, {formats}: {took.cpu / count * 1000:.2f} ms of processor "
                    f"time a letter, {took.megabytes:.0f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [343, 10_000])
