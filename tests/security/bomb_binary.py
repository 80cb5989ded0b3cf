"""What is in the bombs that are no text: pictures, PDFs, Word files, spreadsheets, the log."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[], bytes]
MIB = 1 << 20
HARMLESS_BINARY = {
    "a text of 180 MB", "an entry of 180 MB", "keys", "an outbox of a million",
    "40 million pixels of nothing", "a JPEG that says more than it has", "styles of each other", "types", "a font of 300 MB",
    "notes in the picture", "a note of 100 MB", "a short log of many pages", "a thousand revisions",
    "parts", ".xlsx: parts", "rows of nothing", ".ods: a sheet that says it is large",
}  # fmt: skip


def signed(root: Path) -> None:
    """A log in which everybody has signed."""
    from signing import sign

    sign(root)
    (root / "out").mkdir(exist_ok=True)


# --- pictures ------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def _png(width: int, height: int, *more: bytes, rows: bytes = b"\0\0\0\0") -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + _chunk(b"IEND", b"")


def _jpeg(width: int, height: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    at = data.index(b"\xff\xc2") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _scans() -> bytes:
    """A progressive picture with one scan, over and over again."""
    data = _jpeg(6_000, 6_000)
    at = data.index(b"\xff\xda")
    return data[:at] + data[at:-2] * 2_000 + data[-2:]


PICTURES: dict[str, Maker] = {
    "a million pixels wide": lambda: _png(1_000_000, 1_000_000),
    "40 million pixels of nothing": lambda: _png(6_300, 6_300, rows=bytes(6_300 * (6_300 * 3 + 1))),
    "more pixels than it has": lambda: _png(6_300, 6_300),
    "a note of 100 MB": lambda: _png(1, 1, _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100 * MIB)))),
    "notes in the picture": lambda: _png(1, 1, _chunk(b"tEXt", b"a\0b") * 300_000),
    "a profile of 200 MB": lambda: _png(1, 1, _chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200 * MIB)))),
    "frames": lambda: _png(3_000, 3_000, _chunk(b"acTL", struct.pack(">II", 4_000_000, 0))),
    "a JPEG of 65,500 pixels": lambda: _jpeg(65_500, 65_500),
    "a JPEG that says more than it has": lambda: _jpeg(6_000, 6_000),
    "a JPEG of two thousand scans": _scans,
    "a drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 100_000,
    "an endless chunk": lambda: b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0x7FFFFFFF) + b"IHDR" + bytes(MIB),
}  # fmt: skip

# --- PDFs ----------------------------------------------------------------------------------------


def _pdf(*objects: bytes, root: bytes = b"1 0 R", more: bytes = b"") -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root %b %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1,
        root,
        more,
        start,
    )
    return bytes(out)


def _stream(data: bytes, more: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (more, len(data), data)


_PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"
_CATALOG, _PAGES = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>"


def _twice(count: int) -> bytes:
    """Something that is packed, and packed once more."""
    return zlib.compress(zlib.compress(bytes(count * MIB), 9), 9)


PDFS: dict[str, Maker] = {
    "a page of 900 MB": lambda: _pdf(_CATALOG, _PAGES, _PAGE, _stream(zlib.compress(bytes(900 * MIB)))),
    "packed twice": lambda: _pdf(_CATALOG, _PAGES, _PAGE, _stream(_twice(900), b"/Filter [/FlateDecode /FlateDecode]")),
    "brackets": lambda: _pdf(_CATALOG, _PAGES, b"[" * 200_000, _stream(b"")),
    "brackets on the page": lambda: _pdf(_CATALOG, _PAGES, _PAGE, _stream(b"[" * 300_000, b"")),
    "pages of itself": lambda: _pdf(_CATALOG, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>"),
    "a thousand million pages": lambda: _pdf(_CATALOG, b"<</Type /Pages /Kids [3 0 R] /Count 1000000000>>", _PAGE, _stream(b"")),
    "pages": lambda: _pdf(_CATALOG, b"<</Type /Pages /Kids [" + b"3 0 R " * 300_000 + b"] /Count 300000>>", _PAGE, _stream(zlib.compress(b"q Q"))),
    "objects": lambda: _pdf(_CATALOG, _PAGES, _PAGE, _stream(b""), *[b"<</A [1 2 3]>>"] * 400_000),
    "XMP of 300 MB": lambda: _pdf(b"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>", _PAGES, _PAGE, _stream(zlib.compress(b"<a>" * (100 * MIB)), b"/Type /Metadata /Subtype /XML /Filter /FlateDecode")),
    "XMP with entities": lambda: _pdf(b"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>", _PAGES, _PAGE, _stream(entities(), b"/Type /Metadata /Subtype /XML")),
    "outlines of themselves": lambda: _pdf(b"<</Type /Catalog /Pages 2 0 R /Outlines 5 0 R>>", _PAGES, _PAGE, _stream(b""), b"<</First 5 0 R /Last 5 0 R /Next 5 0 R /Title (a)>>"),
    "names of themselves": lambda: _pdf(b"<</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles 5 0 R>>>>", _PAGES, _PAGE, _stream(b""), b"<</Kids [5 0 R 5 0 R]>>"),
    "a form of itself": lambda: _pdf(_CATALOG, _PAGES, _PAGE.replace(b"/Contents", b"/Resources <</XObject <</A 5 0 R>>>> /Contents"), _stream(b"/A Do " * 99, b""), _stream(b"/A Do /A Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</A 5 0 R>>>>")),
    "words on the page": lambda: _pdf(_CATALOG, _PAGES, _PAGE, _stream(zlib.compress(b"BT /F 9 Tf (a) Tj ET\n" * (3 * MIB)))),
    "a length of 5,000 digits": lambda: _pdf(_CATALOG, _PAGES, _PAGE, b"<</Length " + b"9" * 5_000 + b">>\nstream\n\nendstream"),
    "tables before tables": lambda: b"%PDF-1.7\n" + b"xref\n0 1\n0000000000 65535 f \ntrailer <</Size 1 /Prev 9>>\nstartxref\n9\n%%EOF\n" * 2_000,
}  # fmt: skip


def entities() -> bytes:
    each = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    return f"<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>{each}]><a>&a11;</a>".encode()


# --- archives ------------------------------------------------------------------------------------


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(name: str = "", data: bytes = b"", parts: dict[str, bytes] | None = None) -> bytes:
    """An empty Word file in which one part is another, or several are."""
    from docx import Document

    out = io.BytesIO()
    Document().save(out)
    with zipfile.ZipFile(out) as archive:
        whole = {each: archive.read(each) for each in archive.namelist()}
    return _zip(whole | (parts or {}) | ({name: data} if name else {}))


_W = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _styles(body: bytes) -> bytes:
    return b'<w:styles xmlns:w="%b">%b</w:styles>' % (_W, body)


def _style(number: int) -> bytes:
    return (
        b'<w:style w:type="paragraph" w:styleId="s%d"><w:name w:val="s%d"/><w:basedOn w:val="s%d"/></w:style>'
        % (number, number, number - 1)
    )


WORDS: dict[str, Maker] = {
    "a part of 900 MB": lambda: word("word/styles.xml", _styles(b" " * (900 * MIB))),
    "depth": lambda: word("word/styles.xml", _styles(b"<w:a>" * 500_000)),
    "entities": lambda: word("word/styles.xml", entities()),
    "styles": lambda: word("word/styles.xml", _styles(b"".join(_style(n) for n in range(200_000)))),
    "styles of each other": lambda: word("word/styles.xml", _styles(_style(1) + _style(0).replace(b"s-1", b"s1"))),
    "attributes": lambda: word("word/styles.xml", b"<a " + b"".join(b"b%d='c' " % n for n in range(400_000)) + b"/>"),
    "parts": lambda: _zip({f"word/{n}.xml": b"" for n in range(60_000)}),
    "relations": lambda: word("word/_rels/document.xml.rels", b"<Relationships xmlns='a'>" + b"<R/>" * (4 * MIB) + b"</Relationships>"),
    "types": lambda: word("[Content_Types].xml", b"<Types>" + b"<Override PartName='/a' ContentType='b'/>" * MIB + b"</Types>"),
    "a font of 300 MB": lambda: word("word/fonts/font1.odttf", bytes(300 * MIB)),
}  # fmt: skip


def _xlsx(rows: bytes, **parts: bytes) -> bytes:
    from intake.sheetfiles import xlsx

    with zipfile.ZipFile(io.BytesIO(xlsx({"a": [["Name"], ["Ada"]]}))) as archive:
        found = {each: archive.read(each) for each in archive.namelist()}
    name = next(each for each in found if each.endswith("s1.xml"))
    if rows:
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        found[name] = b"<worksheet xmlns='%b'><sheetData>%b</sheetData></worksheet>" % (main, rows)
    return _zip(found | parts)


def _ods(table: bytes) -> bytes:
    spaces = (
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = b"<office:document-content %b><office:body><office:spreadsheet><table:table table:name='a'>%b</table:table></office:spreadsheet></office:body></office:document-content>" % (spaces, table)  # fmt: skip
    return _zip(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    )


def _cell(more: bytes = b"") -> bytes:
    return (
        b"<table:table-cell office:value-type='string' %b><text:p>a</text:p></table:table-cell>"
        % more
    )


SHEETS: dict[str, Maker] = {
    ".xlsx: a sheet of 900 MB": lambda: _xlsx(b" " * (900 * MIB)),
    ".xlsx: rows": lambda: _xlsx(b"<row><c t='inlineStr'><is><t>a</t></is></c></row>" * (3 * MIB)),
    ".xlsx: a cell far away": lambda: _xlsx(b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
    ".xlsx: entities": lambda: _xlsx(b"", **{"xl/sharedStrings.xml": entities()}),
    ".xlsx: depth": lambda: _xlsx(b"<row>" * 2_000_000),
    ".xlsx: parts": lambda: _xlsx(b"", **{f"xl/a{n}.xml": b"" for n in range(60_000)}),
    ".xlsx: an integer of 5,000 digits": lambda: _xlsx(b"<row r='" + b"9" * 5_000 + b"'><c r='A1'><v>" + b"9" * 5_000 + b"</v></c></row>"),
    ".ods: rows a million times": lambda: _ods(b"<table:table-row table:number-rows-repeated='1048576'>" + _cell(b"table:number-columns-repeated='16384'") + b"</table:table-row>"),
    ".ods: repeated without measure": lambda: _ods(b"<table:table-row table:number-rows-repeated='" + b"9" * 4_000 + b"'>" + _cell() + b"</table:table-row>"),
    ".ods: 900 MB": lambda: _ods(b" " * (900 * MIB)),
    ".ods: depth": lambda: _ods(b"<table:table-row>" * 500_000),
}  # fmt: skip

# --- the log -------------------------------------------------------------------------------------


_CHANGE = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for statement in sys.argv[2:]:
    db.execute(statement)
db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
db.close()
"""


def _changed(*statements: str) -> Callable[[Path], None]:
    """Apart: where letters has opened a log, SQLite has no memory for what is large."""

    def prepare(root: Path) -> None:
        signed(root)
        words = [sys.executable, "-c", _CHANGE, str(root / "letters.db"), *statements]
        done = subprocess.run(words, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip().rpartition("\n")[2])

    return prepare


_ENDLESS = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a)"
_MANY = "WITH RECURSIVE a(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM a LIMIT {count})"
LOGS: dict[str, Callable[[Path], None]] = {
    "a view that never ends": _changed(
        "PRAGMA foreign_keys = OFF", "ALTER TABLE leaf RENAME TO leaves",
        f"CREATE VIEW leaf AS {_ENDLESS} SELECT n AS number, zeroblob(32) AS commitment FROM a",
    ),
    "an outbox that never ends": _changed(
        "ALTER TABLE outgoing RENAME TO others",
        f"CREATE VIEW outgoing AS {_ENDLESS} SELECT n AS number, o.* FROM a, others o",
    ),
    "two million entries": _changed(
        f"INSERT INTO leaf {_MANY.format(count=2_000_000)} SELECT n, randomblob(32) FROM a"
    ),
    "entries with words": _changed(
        f"INSERT INTO leaf {_MANY.format(count=600_000)} SELECT n, randomblob(32) FROM a",
        "INSERT INTO opening SELECT number, randomblob(32), '{}', 'a' FROM leaf WHERE number > 99",
    ),
    "an entry of 180 MB": _changed(
        "INSERT INTO leaf VALUES (100, randomblob(32))",
        "INSERT INTO opening VALUES (100, randomblob(32), hex(zeroblob(90000000)), 'a')",
    ),
    "a text of 180 MB": _changed("INSERT INTO text VALUES ('a', hex(zeroblob(90000000)))"),
    "a short log of many pages": _changed(
        "INSERT INTO text VALUES ('a', printf('%.*c', 100000000, 'a'))",
    ),
    "an outbox of a million": _changed(
        f"INSERT INTO outgoing {_MANY.format(count=1_000_000)} SELECT n, 'a', n, 'email', 'queued', 'a',"
        " printf('%.*c', 64, 'a'), 'a', 'a', 'a', 'a', 'a', 0, '' FROM a"
    ),
    "keys": _changed(f"INSERT INTO signer {_MANY.format(count=2_000_000)} SELECT n, randomblob(32) FROM a"),
    "columns that are worked out": _changed(
        "ALTER TABLE pulse RENAME TO pulses",
        "CREATE TABLE pulse (n INTEGER, beat INTEGER AS (length(zeroblob(900000000) || zeroblob(90000000))))",
        "INSERT INTO pulse (n) VALUES (0)",
    ),
}  # fmt: skip
