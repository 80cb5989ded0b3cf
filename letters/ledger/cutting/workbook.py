"""Workbooks of Excel (XLSX), cut by rows of their sheets.

A cell is mostly a number that leads to a list of texts, so the texts that only the cut rows used
are emptied, and links in them go. Whatever else names the person (a comment, a chart, a pivot
table) can't be cut out from here; then the workbook is left as it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree
from msgspec import Struct

from letters.ledger.cutting.marks import Identifiers
from letters.ledger.cutting.parts import FilePart, WholeError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TEXTS = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"
_MOST_FILES, _MOST_BYTES = 2000, 64 * 1024 * 1024
_BY_HAND = "open it, delete the rows by hand, and keep the copy in its place"


class Workbook(Struct, frozen=True):
    """``files`` are the archive's, in order; ``places`` the sheet and the row of each part."""

    files: tuple[tuple[zipfile.ZipInfo, bytes], ...]
    parts: tuple[FilePart, ...]
    places: tuple[tuple[str, int], ...]
    kind: str = "workbook"

    def without(self, numbers: Collection[int], marks: Identifiers) -> bytes:
        """The workbook without these rows."""
        held = {info.filename: data for info, data in self.files}
        going: dict[str, set[int]] = {}
        for number in numbers:
            name, position = self.places[number]
            going.setdefault(name, set()).add(position)
        trees = {name: _parsed(data) for name, data in held.items() if _SHEET.fullmatch(name)}
        changed = dict[str, Any]()
        for name, positions in going.items():
            changed[name] = trees[name]
            changed |= _cut(trees[name], positions, name, held)
        texts = _parsed(held[_TEXTS]) if _TEXTS in held else None
        if texts is not None and _emptied(texts, trees.values()):
            changed[_TEXTS] = texts
        written = held | {name: _written(tree) for name, tree in changed.items()}
        _refuse_left(written, marks)
        return _zipped(self.files, written)


def read(data: bytes) -> Workbook:
    """The file as a workbook. Raises WholeError where it is none, or can't be read safely."""
    files = _unzipped(data)
    held = {info.filename: data for info, data in files}
    if _BOOK not in held:
        raise WholeError("it is an archive, and no workbook")
    texts = [_text(item) for item in _parsed(held[_TEXTS])] if _TEXTS in held else []
    parts, places = list[FilePart](), list[tuple[str, int]]()
    for name in sorted(filter(_SHEET.fullmatch, held)):
        for position, row in enumerate(_rows(_parsed(held[name]))):
            cells = tuple(_cells(row, texts))
            label = (
                f"{name.rpartition('/')[2].removesuffix('.xml')}, row {row.get('r', position + 1)}"
            )
            parts.append(FilePart(label, cells))
            places.append((name, position))
    return Workbook(files, tuple(parts), tuple(places))


def _unzipped(data: bytes) -> tuple[tuple[zipfile.ZipInfo, bytes], ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise WholeError("it is encrypted")
            if len({info.filename for info in infos}) < len(infos) or len(infos) > _MOST_FILES:
                raise WholeError("it is an archive that is not as workbooks are")
            if sum(info.file_size for info in infos) > _MOST_BYTES:
                raise WholeError(f"it is larger than {_MOST_BYTES >> 20} MiB when it is opened")
            return tuple((info, archive.read(info)) for info in infos)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        raise WholeError("it is damaged") from None


def _zipped(files: tuple[tuple[zipfile.ZipInfo, bytes], ...], held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for before, _ in files:
            info = zipfile.ZipInfo(before.filename, before.date_time)
            info.compress_type, info.external_attr = before.compress_type, before.external_attr
            archive.writestr(info, held[before.filename])
    return out.getvalue()


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise WholeError("it is damaged") from None
    if root.getroottree().docinfo.doctype:
        raise WholeError("it is not written as workbooks are")
    return root


def _written(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _rows(sheet: Any) -> list[Any]:
    return list(sheet.iterfind(f"{_MAIN}sheetData/{_MAIN}row"))


def _cells(row: Any, texts: list[str]) -> Iterator[str]:
    for cell in row.iterfind(f"{_MAIN}c"):
        number = _shared(cell)
        if number is None:
            yield _text(cell)
        elif 0 <= number < len(texts):
            yield texts[number]


def _shared(cell: Any) -> int | None:
    """Which of the texts a cell shows; None where it says its own."""
    said = cell.findtext(f"{_MAIN}v", "")
    return int(said) if cell.get("t") == "s" and said.isdecimal() else None


def _text(node: Any) -> str:
    """What a cell or an item of the list says, without how it is pronounced."""
    kinds = (f"{_MAIN}t", f"{_MAIN}v")
    return "".join(
        part.text or ""
        for part in node.iter(*kinds)
        if not any(above.tag == f"{_MAIN}rPh" for above in part.iterancestors())
    )


def _cut(sheet: Any, positions: set[int], name: str, held: dict[str, bytes]) -> dict[str, Any]:
    """Take the rows out, and the links in them; the lists of links that changed."""
    lines = set[int]()
    for position, row in enumerate(_rows(sheet)):
        if position in positions:
            if row.find(f"{_MAIN}c/{_MAIN}f") is not None:
                raise WholeError(f"these rows hold formulas: {_BY_HAND}")
            lines.add(int(row.get("r", position + 1)))
            row.getparent().remove(row)
    gone = set()
    for link in list(sheet.iter(f"{_MAIN}hyperlink")):
        numbers = {int(number) for number in re.findall(r"\d+", link.get("ref", ""))}
        if numbers and numbers <= lines:
            gone.add(link.get(_LINK))
            above = link.getparent()
            above.remove(link)
            if not len(above):
                above.getparent().remove(above)
    folder, _, file = name.rpartition("/")
    listed = f"{folder}/_rels/{file}.rels"
    if not gone or listed not in held:
        return {}
    links = _parsed(held[listed])
    for one in list(links):
        if one.get("Id") in gone:
            links.remove(one)
    return {listed: links}


def _emptied(texts: Any, sheets: Collection[Any]) -> bool:
    """Empty the texts that no cell shows any more; the others keep their numbers."""
    used = {_shared(cell) for sheet in sheets for cell in sheet.iter(f"{_MAIN}c")}
    found = False
    for number, item in enumerate(texts.iterfind(f"{_MAIN}si")):
        if number not in used and len(item):
            for part in list(item):
                item.remove(part)
            etree.SubElement(item, f"{_MAIN}t")
            found = True
    return found


def _refuse_left(held: dict[str, bytes], marks: Identifiers) -> None:
    """Rows that stay may speak of the person, as is said beforehand; nothing else may."""
    for name, data in held.items():
        if not name.endswith((".xml", ".rels", ".vml")) or name == _TEXTS or _SHEET.fullmatch(name):
            continue
        root = _parsed(data)
        said = [text for node in root.iter() for text in (node.text, node.tail) if text]
        said += [value for node in root.iter() for value in node.attrib.values()]
        if marks.in_cells(said, " ".join(said)):
            raise WholeError(f"the person stands in another part of it, {name}: {_BY_HAND}")
