"""Many people: taken in, recorded, checked, shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import campaigns
from .measuring import LETTERS, Command, turn_by_turn, used
from .report import Row

SIGN_HEAD = "id,day,note\n"


def people(work: Path, turns: int) -> Iterator[Row]:
    """Lists of a hundred thousand, and ten thousand signatures."""
    yield from _imported(work)
    yield _recorded(work)
    big = campaigns.crowd(work / "big", 100_000, signed=False)
    [check] = turn_by_turn([[LETTERS, "-C", big, "check"]], turns, _nothing)
    yield Row("check of 100,000 signatories", check, to_reach="4 s, 300 MB")
    signed = campaigns.crowd(work / "signed", 10_000, signed=True)
    [status] = turn_by_turn([[LETTERS, "-C", signed, "status"]], turns, _nothing)
    yield Row("status of 10,000 who signed", status, to_reach="1.5 s")


def _nothing() -> None:
    """Nothing is left over that a run would have to begin without."""


def _imported(work: Path) -> Iterator[Row]:
    campaign, rows = work / "imported", work / "people.csv"
    used([LETTERS, "new", campaign])
    answers = ("Yes", "Yes", "Yes", "No")
    given, family = campaigns.GIVEN[:11], campaigns.FAMILY[:10]
    listed = "".join(
        f"2026-01-12 10:00:00,{given[n % 31 % 11]} {family[n % 37 % 10]}{n},p{n}@example.org,"
        f"University {n % 500},Teacher,{answers[n % 4]}\n"
        for n in range(100_000)
    )
    head = "Timestamp,Name,E-mail,Affiliation,Role,May we publish your name?\n"
    rows.write_text(head + listed, encoding="utf-8")
    command: Command = [LETTERS, "-C", campaign, "import", "signatories", rows, "--write"]
    yield Row("import of 100,000 rows of CSV", used(command), to_reach="6 s, 300 MB")
    yield Row("the same list again, nothing new", used(command), to_reach="6 s")


def _recorded(work: Path) -> Row:
    campaign, rows = work / "recorded", work / "signed.csv"
    used([LETTERS, "new", campaign])
    with (campaign / "signatories.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"- {{id: p-{n}, name: Pat {n}}}\n" for n in range(10_000))
    listed = "".join(f"p-{n},2026-01-12,signed on form {n}\n" for n in range(10_000))
    rows.write_text(SIGN_HEAD + listed, encoding="utf-8")
    record: Command = [
        LETTERS,
        "-C",
        campaign,
        "sign",
        "record",
        "--from",
        rows,
        "--confirm",
        "10000",
    ]
    return Row("10,000 signatures recorded from a list", used(record), to_reach="5 s")
