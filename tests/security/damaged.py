"""Documents of others that were damaged: Word files, spreadsheets, archives, PDFs, pictures."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from letters.campaign.load import load
from letters.check.enclosures import look
from letters.check.privacy import search
from letters.check.protected import Secret
from letters.error import LettersError
from letters.intake import opening
from letters.press.docx.reference import read_reference
from letters.press.pictures import clean
from letters.problem import Place

from .watched import TooLongError, bounded

NAME = (Secret("Quazimo Vexlerin", Place("signatories.yaml")),)


def spoiled(whole: bytes, chance: random.Random) -> bytes:
    """The file cut off, overwritten, doubled, with bits turned, or with another file in it."""
    data = bytearray(whole)
    at = chance.randint(0, len(data) - 1)
    match chance.randint(0, 7):
        case 0:
            del data[at:]
        case 1:
            data[at : at + 400] = bytes(400)
        case 2:
            for _ in range(chance.choice((1, 8, 200))):
                data[chance.randint(0, len(data) - 1)] ^= 1 << chance.randint(0, 7)
        case 3:
            data[at:at] = data
        case 4:
            data[at : at + 60] = chance.randbytes(60)
        case 5:
            data = bytearray(b"\0" * 10) + data
        case 6:
            return _repacked(bytes(data), chance)
        case _:
            data += chance.randbytes(5000)
    return bytes(data)


def _repacked(whole: bytes, chance: random.Random) -> bytes:
    """An archive whose members are damaged, and that is sound as an archive."""
    if not whole.startswith(b"PK"):
        return whole[: len(whole) // 2] + chance.randbytes(99) + whole[len(whole) // 2 :]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            if data and chance.random() < 0.4:
                at = chance.randint(0, len(data) - 1)
                end = at + chance.choice((1, 30, 5000))
                data = (
                    data[:at]
                    + chance.choice((b"", b"<a", b"&b;", b"\xff", b"9" * 400))
                    + data[end:]
                )
            new.writestr(member, data)
    return out.getvalue()


def word(data: bytes, folder: Path) -> None:
    path = folder / "reference.docx"
    path.write_bytes(data)
    read_reference(path, "reference.docx", ())


def sheet(data: bytes, folder: Path) -> None:
    path = folder / "list.xlsx"
    path.write_bytes(data)
    table, _ = opening.opened(
        path, "signatories", folder, named="", sheet="", settings={}, recognise=True
    )
    list(table.rows)


def archive(data: bytes, folder: Path) -> None:
    search("a.zip", data, NAME)


def enclosure(data: bytes, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(data)
    found, _ = load(folder)
    if found:
        list(look(found, lambda: NAME))
    search("a.pdf", data, NAME)


def picture(data: bytes, folder: Path) -> None:
    from letters.press import pictures

    pictures._bare.cache_clear()
    (folder / "logo.png").write_bytes(data)
    found, _ = load(folder)
    if found:
        clean(found, "logo.png", "")


READERS: dict[str, Callable[[bytes, Path], None]] = {
    "DOCX": word, "XLSX": sheet, "zip": archive, "PDF": enclosure, "PNG": picture, "JPEG": picture,
}  # fmt: skip


def seeds() -> dict[str, bytes]:
    """One small sound file of each kind."""
    import pikepdf
    from docx import Document
    from intake.sheetfiles import xlsx
    from PIL import Image

    made = {"XLSX": xlsx({"a": [["Name", "E-mail"], ["Ada Birch", "ada@example.org"]]})}
    out = io.BytesIO()
    Document().save(out)
    made["DOCX"] = made["zip"] = out.getvalue()
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = "Ada"
        pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"text")  # type: ignore[call-arg]
        pdf.save(out)
    made["PDF"] = out.getvalue()
    for kind in ("PNG", "JPEG"):
        out = io.BytesIO()
        Image.effect_noise((40, 30), 50).convert("RGB").save(out, kind)
        made[kind] = out.getvalue()
    return made


def measure(folder: Path, count: int) -> tuple[int, int, list[str]]:
    """How many files were read, how many ended otherwise than in words, and which."""
    from conftest import write_campaign

    own = write_campaign(folder)
    own.edit("letter.yaml", "  country: CA", "  country: CA\n  logo: logo.png")
    own.edit("letter.yaml", "copies_to:", "  - {title: {en: A, fr: A}, file: a.pdf}\ncopies_to:")
    whole = seeds()
    for path, kind in (("logo.png", "PNG"), ("a.pdf", "PDF")):
        (folder / path).write_bytes(whole[kind])
    found, problems = load(folder)
    assert found, problems
    tried, hits = 0, []
    for kind, read in READERS.items():
        for number in range(-(-count // len(READERS))):
            tried += 1
            data = spoiled(whole[kind], random.Random(f"{kind} {number}"))
            try:
                with bounded():
                    read(data, folder)
            except LettersError:
                continue
            except (Exception, TooLongError) as error:  # noqa: BLE001 - which is counted
                hits.append(f"{kind} {number}: {type(error).__name__}: {str(error)[:200]}")
        (folder / "logo.png").write_bytes(whole["PNG"])
    return tried, len(hits), hits
