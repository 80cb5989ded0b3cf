"""What an annex of names costs: `python tests/press/bench_annex.py pdf|docx|typst NUMBER`.

Prints the processor time of the whole process in seconds, its largest memory in MB, and the size of
the file in kB. ``typst`` sets the same rows as a tagged table, where its Python package is there.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

SYLLABLES = (
    *("ka", "lo", "mi", "ru", "te", "va", "no", "zi", "pa", "de", "shra", "kov", "ell", "ant"),
    *("ber", "ing", "ström", "é", "ü", "na", "ri", "to"),
)
ROLES = ("nurse", "teacher", "bus driver", "retired judge", "engineer", "writer", "farmer")
PLACES = ("School", "Clinic", "Library", "Works", "Union")
TYPST = """
#set document(title: "Annex", date: datetime(year: 2026, month: 1, day: 15))
#set page("us-letter", margin: 25mm, header: [Annex: signatures], footer: context [
  Page #counter(page).display() of #counter(page).final().first()])
#set text(lang: "en", size: 12pt)
= Annex
#table(columns: (1fr, 1fr, 1fr), stroke: none, table.header([Name], [Role], [Affiliation]),
  ..json("rows.json").flatten().map(x => [#x]))
"""


def rows(number: int) -> list[tuple[str, str, str]]:
    """Invented people, no two of whom are called alike, each with a role and an affiliation."""
    chosen = random.Random(3)

    def word() -> str:
        return "".join(chosen.choices(SYLLABLES, k=chosen.randint(2, 3))).capitalize()

    people = sorted((word(), word()) for _ in range(number))
    return [
        (f"{given} {family}", chosen.choice(ROLES), f"{word()} {chosen.choice(PLACES)}*")
        for family, given in people
    ]


def ours(kind: str, number: int) -> bytes:
    """The file as the press makes it of such an annex."""
    from letters.draft.annex import Annex, NameGroup, NameSection
    from letters.press.annexes import write

    sys.path.insert(0, str(Path(__file__).parent.parent))
    from press.sample import classic_theme

    lines = "".join("\t".join(cells) + "\n" for cells in rows(number))
    group = NameGroup("Individuals", ("Name", "Role", "Affiliation"), (NameSection("", lines),))
    annex = Annex(
        "en", "ltr", "Annex: signatures", "to a letter", "Readers", dt.date(2026, 1, 15), (group,),
        3, page_label="Page {page} of {pages}", running_head=("Annex", "15 January 2026"),
    )  # fmt: skip
    return write(annex, "docx" if kind == "docx" else "pdf", classic_theme())[0]


def of_typst(number: int) -> bytes:
    """The same rows as Typst sets them, tagged."""
    typst = importlib.import_module("typst")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rows.json").write_text(json.dumps(rows(number)), encoding="utf-8")
        source = Path(folder) / "annex.typ"
        source.write_text(TYPST, encoding="utf-8")
        return bytes(typst.compile(str(source), format="pdf", pdf_standards=["ua-1"]))


def main() -> None:
    """Make one file, and print what it cost."""
    kind, number = sys.argv[1], int(sys.argv[2])
    data = of_typst(number) if kind == "typst" else ours(kind, number)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{time.process_time():.2f} {most} {len(data) // 1024}\n")


if __name__ == "__main__":
    main()
