"""Files that were damaged by chance, of every kind that is read: each is read, or refused in words.

The seeds are small files in ``corpus``. A file is a seed with a few mutations; its number is enough
to make it again.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from letters.campaign.load import load
from letters.campaign.source import parse as parse_yaml
from letters.draft.compose import Edition
from letters.draft.language import language
from letters.draft.markdown import parse as parse_markdown
from letters.draft.signatures import Signed
from letters.error import LettersError
from letters.ledger import note, receipt, verify_receipt
from letters.ledger.store import Ledger
from letters.ledger.verify import verify
from letters.post.mailbox import notice
from letters.press.stylesheet import read_sheet

from .watched import TooLongError, bounded

CORPUS = Path(__file__).with_name("corpus")
DICTIONARY = (
    b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"[^", b"[^1]: ", b"](", b"![", b"***", b"> ", b"- ", b"1. ",
    b"| ", b"\n| --- |\n", b":::", b"\n::: asks\n", b"{id=a}", b"[@a]", b"&#xe000;", b"&#x202e;", b"<!--",
    b"</style>", b"\xff", b"\xfe\xff", b"\x00", b"\xed\xa0\x80", b"\xf0\x9f\x8c\x88", b"\xe2\x80\xae",
    b"&a", b"*a", b"!a", b"? ", b": ", b"\n---\n", b"|\n", b">\n", b"\t", b"'", b'"', b"\\", b"<<: ",
    b"{", b"}", b"[", b"]", b"(", b")", b"@import ", b"url(", b"/*", b"*/", b"\\e000 ", b"!important",
    b"=?utf-8?B?", b"?=", b"\r\n", b"\r\n\r\n", b"--b\r\n", b"Content-Type: multipart/mixed; boundary=b",
    b"9" * 300, b"-1", b"1e999", b"0x", b"NaN", b"null", b"a" * 3000, b"\n" * 50, b"| lower", b"[0:9]",
    b"{% for a in asks %}", b"{% endfor %}", b"{% if ", b"{% include 'a' %}", b"| join", b"\xe2\x80\xa8",
)  # fmt: skip
Read = Callable[[bytes, Path], None]


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The seed with one to eight things done to it."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((1, 2, 8, 40)))
        match chance.randint(0, 6):
            case 0:
                data[at:at] = chance.choice(DICTIONARY)
            case 1:
                del data[at:end]
            case 2:
                data[at:end] = chance.choice(DICTIONARY)
            case 3:
                data[at:at] = data[at:end] * chance.choice((2, 9, 60))
            case 4 if data:
                data[min(at, len(data) - 1)] ^= 1 << chance.randint(0, 7)
            case 5:
                del data[at:]
            case _:
                other = chance.randint(0, len(data))
                data[at:at] = data[other : other + 60]
    return bytes(data)


def yaml(data: bytes, folder: Path) -> None:
    parse_yaml(data, "a.yaml")


def campaign(data: bytes, folder: Path) -> None:
    before = (folder / "letter.yaml").read_bytes()
    (folder / "letter.yaml").write_bytes(data)
    try:
        load(folder)
    finally:
        (folder / "letter.yaml").write_bytes(before)


def people(data: bytes, folder: Path) -> None:
    before = (folder / "signatories.yaml").read_bytes()
    (folder / "signatories.yaml").write_bytes(data)
    try:
        load(folder)
    finally:
        (folder / "signatories.yaml").write_bytes(before)


def markdown(data: bytes, folder: Path) -> None:
    parse_markdown(data.decode("utf-8", "replace"), language("en"))


def template(data: bytes, folder: Path) -> None:
    (folder / "templates" / "note" / "letter.en.md").write_bytes(data)
    found, _ = load(folder)
    if found:
        Edition(found, "en", "recipient").letter(0, Signed({}, None, draft=True), _none)


def _none(path: str, alt: str) -> NoReturn:
    raise AssertionError(f"no picture is wanted here: {path}, {alt}")


def sheet(data: bytes, folder: Path) -> None:
    read_sheet(data, "a.css")


def mail(data: bytes, folder: Path) -> None:
    notice.may_be(data[:8000])
    notice.read(data)


def checkpoint(data: bytes, folder: Path) -> None:
    with suppress(ValueError):  # which is what it says that it raises
        note.read(data.decode("utf-8", "replace"))


def a_receipt(data: bytes, folder: Path) -> None:
    with suppress(ValueError):
        receipt.read(data)


def log(data: bytes, folder: Path) -> None:
    path = folder / "fuzzed.db"
    path.write_bytes(data)
    try:
        ledger = Ledger.read(path)
        if ledger is None:  # an empty file is none
            return
        with ledger:
            verify(ledger.snapshot())
    except sqlite3.Error as error:
        raise AssertionError("an error of the database itself") from error


KINDS: dict[str, tuple[str, Read, int]] = {
    "YAML": ("letter.yaml", yaml, 6),
    "letter.yaml": ("letter.yaml", campaign, 2),
    "signatories.yaml": ("signatories.yaml", people, 2),
    "Markdown": ("letter.md", markdown, 4),
    "templates": ("template.md", template, 2),
    "style sheets": ("letter.css", sheet, 2),
    "mail": ("notice.eml", mail, 1),
    "checkpoints": ("checkpoint.txt", checkpoint, 1),
    "receipts": ("receipt.json", a_receipt, 1),
    "the log": ("letters.db", log, 1),
}
"""For each kind its seed, its reader, and how many of twenty-two files are of it."""


def seed(kind: str, folder: Path) -> bytes:
    """The seed of a kind; that of the log and of what is made from it is made anew."""
    name = KINDS[kind][0]
    made = folder / name
    return (made if made.exists() and kind in MADE else CORPUS / name).read_bytes()


MADE = ("the log", "receipts", "checkpoints")


def faults(kind: str, number: int, folder: Path, whole: bytes) -> str:
    """What is wrong with how a file is read; "" where all is well."""
    data = mutated(whole, random.Random(f"{kind} {number}"))
    try:
        with bounded():
            KINDS[kind][1](data, folder)
    except LettersError:
        return ""
    except (Exception, TooLongError) as error:  # noqa: BLE001 - which is counted
        return f"{kind} {number}: {type(error).__name__}: {str(error)[:200]}"
    return ""


def measure(folder: Path, count: int) -> tuple[int, int, list[str]]:
    """How many files were read, how many ended otherwise than in words, and which."""
    prepare(folder)
    shares = sum(share for _, _, share in KINDS.values())
    tried, hits = 0, []
    for kind, (_, _, share) in KINDS.items():
        whole = seed(kind, folder)
        for number in range(max(1, count * share // shares)):
            tried += 1
            if found := faults(kind, number, folder, whole):
                hits.append(found)
    return tried, len(hits), hits


def prepare(folder: Path) -> None:
    """A campaign to read the files in, with a log and what is made from one."""
    from conftest import write_campaign
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from signing import sign

    write_campaign(folder).edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    sign(folder)
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    with Ledger.read(folder / "letters.db") as ledger:  # type: ignore[union-attr]
        made = receipt.make(ledger, "okafor", key)
    (folder / "receipt.json").write_bytes(made)
    verify_receipt.proved(json.loads(made))
    (folder / "checkpoint.txt").write_text(json.loads(made)["checkpoint"], encoding="utf-8")
