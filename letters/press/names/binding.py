"""Painted pages and their frame become one file.

The frame is a small PDF of WeasyPrint's own: the first page with the head of the annex, the fonts,
the metadata. Its objects are taken over as they are, but for the few that learn of the other pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from letters.press import pdfa
from letters.press.names.engine import OtherFormError
from letters.press.names.frame import page_label
from letters.press.names.labels import AnnexLabels, artifact
from letters.press.names.objects import FIRST
from letters.press.names.outline import OutlineItem, OutlinePlace, written
from letters.press.names.painter import PAGE_ONE, FirstPage, PaintedPage
from letters.press.paper import POINTS_A_PIXEL

if TYPE_CHECKING:
    from letters.draft.annex import Annex
    from letters.press.names.engine import Engine
    from letters.press.names.frame import PageFrame
    from letters.press.names.outline import OutlineMark
    from letters.press.names.painter import Painter
    from letters.press.names.sheets import Sheets

_KEY = 1000  # of the first painted page in the parent tree, above all of the frame


class Binder:
    """Binds the pages of one annex."""

    def __init__(
        self,
        annex: Annex,
        sheets: Sheets,
        engine: Engine,
        frame: PageFrame,
        painter: Painter,
    ) -> None:
        self._annex, self._sheets, self._engine = annex, sheets, engine
        self._frame, self._painter, self._writer = frame, painter, painter.writer

    def bound(self, pages: Iterator[FirstPage | PaintedPage]) -> tuple[bytes, int]:
        """The file, and how many pages it has; raises OtherFormError."""
        first = next(pages)
        assert isinstance(first, FirstPage)  # noqa: S101 - for the type checker: the painter's word
        painted = [page for page in pages if isinstance(page, PaintedPage)]
        total = len(painted) + 1
        labels = self._labelled(total)
        return self._written(first, painted, labels, self._base(total)), total

    def _labelled(self, total: int) -> list[int]:
        """The streams of all page labels but the first."""
        found = []
        for content in AnnexLabels(self._annex, self._sheets, self._engine, self._frame).drawn(
            total
        ):
            number = self._writer.fresh()
            self._writer.stream(number, content)
            found.append(number)
        return found

    def _base(self, total: int) -> bytes:
        """WeasyPrint's own file of the first page."""
        document = self._engine.document(self._sheets.head(page_label(self._annex, 1, total)))
        if len(document.pages) != 1:
            raise OtherFormError
        pdfa.claim_both(document)
        data: bytes = document.write_pdf(pdf_variant=pdfa.VARIANT)
        return data

    def _written(
        self, first: FirstPage, painted: list[PaintedPage], labels: list[int], base: bytes
    ) -> bytes:
        import pikepdf
        from pikepdf import Array, Dictionary, Name

        source = pikepdf.open(io.BytesIO(base))
        root, page = source.Root, source.pages[0].obj
        # What the other pages hang on has its number before they are told of.
        waiting = {name: source.make_indirect(Dictionary(Waits=Name(f"/{name}")))
                   for name in ("Pages", "Content", "Section")}  # fmt: skip
        page.Contents = Array([page.Contents, waiting["Content"]])
        page.Waiting = waiting["Pages"]  # so that it is written; qpdf would put its parent right
        [top] = root.StructTreeRoot.K
        top.K.append(waiting["Section"])
        tree = source.make_indirect(Dictionary(Waits=Name.Tree))
        own = list(root.StructTreeRoot.ParentTree.Nums)
        root.StructTreeRoot.ParentTree = tree
        root.StructTreeRoot.ParentTreeNextKey = _KEY + len(painted)
        kept = source.make_indirect(Array(own))  # so that its elements are written
        root.StructTreeRoot.Kept = kept
        saved = io.BytesIO()
        source.save(
            saved,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
            deterministic_id=True,
        )
        return self._joined(saved.getvalue(), first, painted, labels)

    def _joined(
        self, base: bytes, first: FirstPage, painted: list[PaintedPage], labels: list[int]
    ) -> bytes:
        import pikepdf

        writer, copy = self._writer, pikepdf.open(io.BytesIO(base))
        page, root = copy.pages[0].obj, copy.Root
        one = b"%d 0 R" % page.objgen[0]
        top = root.StructTreeRoot.K[0].objgen[0]
        numbers = {"Root": root.Pages.objgen[0]} | {str(each.Waits)[1:]: each.objgen[0]
                   for each in copy.objects
                   if isinstance(each, pikepdf.Dictionary) and "/Waits" in each}  # fmt: skip
        kept = root.StructTreeRoot.Kept
        if len(copy.objects) + 1 >= FIRST or len(kept[1]) != self._frame.marks:
            raise OtherFormError
        writer.put(*((number, body.replace(PAGE_ONE, one)) for number, body in first.objects))
        furniture = writer.fresh()
        writer.stream(furniture, self._frame.furniture_of_page(page.MediaBox[3]))
        said = artifact(self._frame.version) if self._frame.version else b""
        version = writer.fresh()
        writer.stream(version, said)
        resources = b"%d 0 R" % page.Resources.objgen[0]
        box = b" ".join(str(side).encode() for side in page.MediaBox)
        for key, (painted_page, label) in enumerate(zip(painted, labels, strict=True), _KEY):
            last = b" %d 0 R" % version if painted_page is painted[-1] else b""
            body = (
                b"<</Type/Page/Parent %d 0 R/MediaBox[%b]/Resources %b"
                b"/Contents[%d 0 R %d 0 R %d 0 R%b]/Tabs/S/StructParents %d>>"
                % (
                    numbers["Pages"],
                    box,
                    resources,
                    furniture,
                    painted_page.content,
                    label,
                    last,
                    key,
                )
            )
            writer.put((painted_page.number, body))
        elements = [*first.elements, *(e for each in painted for e in each.elements)]
        # Its elements were told their parent long before the frame had a number for it.
        own, within = self._painter.section, numbers["Section"]
        writer.put((own, _element(b"Sect", within, elements)))
        frame_owners = [each.objgen[0] for each in kept[1]]
        owners = b"[" + _refs([*frame_owners, *first.owners]) + b"]"
        keys = b" ".join(
            b"%d %d 0 R" % (key, each.owners) for key, each in enumerate(painted, _KEY)
        )
        tree = root.Pages.objgen[0]
        kids = [page.objgen[0], *([numbers["Pages"]] if painted else [])]
        known = {
            "Root": b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(painted) + 1, _refs(kids)),
            "Pages": b"null"
            if not painted
            else b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>"
            % (tree, len(painted), _refs([each.number for each in painted])),
            "Section": _element(b"Part", top, [own]),
            "Tree": b"<</Nums[%b %b]>>" % (b"0 " + owners, keys),
        }
        for name, body in known.items():
            if name in numbers:
                self._writer.raw(numbers[name], b"%d 0 obj\n%b\nendobj\n" % (numbers[name], body))
        writer.stream(numbers["Content"], first.content + (b"" if painted else said))
        telling = {page.objgen[0], root.StructTreeRoot.objgen[0]}
        outline = self._outline(copy, [(one, first.marks), *_marks(painted)])
        done = {*numbers.values(), kept.objgen[0], *outline}
        for number, body in _objects(base):
            if number not in done:
                writer.raw(number, _untold(body) if number in telling else body)
        for number, body in outline.items():
            writer.raw(number, b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return writer.close(
            b"%d 0 R" % copy.trailer.Root.objgen[0], b"%d 0 R" % copy.trailer.Info.objgen[0]
        )

    def _outline(
        self, copy: Any, pages: Sequence[tuple[bytes, tuple[OutlineMark, ...]]]
    ) -> dict[int, bytes]:
        """The objects of the outline by their numbers; ``copy`` has one of its title alone."""
        found = copy.Root.get("/Outlines")
        if found is None:
            raise OtherFormError
        height, title = float(copy.pages[0].MediaBox[3]), found.First
        x, y = str(title.Dest[2]), float(title.Dest[3])
        marks = [
            (mark, OutlinePlace(page, x, height - mark.y * POINTS_A_PIXEL))
            for page, own in pages
            for mark in own
        ]
        place = OutlinePlace(pages[0][0], x, y)
        annex = OutlineItem(title.objgen[0], self._annex.title, place)
        return dict(written(found.objgen[0], annex, marks, self._writer.fresh))


def _marks(painted: Sequence[PaintedPage]) -> Iterator[tuple[bytes, tuple[OutlineMark, ...]]]:
    return ((b"%d 0 R" % page.number, page.marks) for page in painted)


def _untold(body: bytes) -> bytes:
    """An object without what only held others in the file."""
    return re.sub(rb"/(?:Kept|Waiting) \d+ 0 R ?", b"", body, count=1)


def _objects(base: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects of a file that qpdf has saved with a plain table, each as it is written."""
    at = int(base[base.rindex(b"startxref") + 9 :].split()[0])
    offsets = {
        number: int(line[:10])
        for number, line in enumerate(base[at:].split(b"\n")[2:])
        if line[17:18] == b"n"
    }
    order = sorted(offsets, key=lambda number: offsets[number])
    ends = [offsets[number] for number in order[1:]] + [at]
    for number, end in zip(order, ends, strict=True):
        yield number, base[offsets[number] : end]


def _element(kind: bytes, parent: int, kids: list[int]) -> bytes:
    return b"<</Type/StructElem/S/%b/P %d 0 R/K[%b]>>" % (kind, parent, _refs(kids))


def _refs(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
