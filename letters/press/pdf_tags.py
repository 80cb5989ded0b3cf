"""The tags of a PDF: what WeasyPrint's tree of boxes doesn't tell whoever hears the letter.

WeasyPrint tags box by box and page by page. So each element keeps the element of the page that it
comes from: by that it says its language, what goes over to the next page is one again, and numbers
and notes become what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_WHOLE = ("html", "body")
_IN_LINE = frozenset(("bdi", "strong", "em", "sup"))
_BLOCKS = {"figure": "/Div", "header": "/Div", "li": "/P"}
_BY_PAGE = frozenset(("/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"))
"""What stays in parts: the head of a table is there again on each page."""


def keep_elements() -> None:
    """Have WeasyPrint, which is loaded, keep by each tag the element of the page it is for."""
    import pydyf
    from weasyprint.pdf import tags

    build: Callable[..., Iterator[Any]] = tags._build_box_tree  # noqa: SLF001 - no other door

    def with_element(box: Any, *rest: Any) -> Iterator[Any]:
        own = getattr(box, "element", None)
        for tag in build(box, *rest):
            if own is not None and box.element_tag not in _WHOLE:
                tag.element = own
                if spoken := own.get("lang"):
                    tag["Lang"] = pydyf.String(spoken)
            yield tag

    tags._build_box_tree = with_element  # noqa: SLF001 - the recursion comes through here


def put_in_order(pdf: Any) -> None:
    """The tags of a file of pydyf's that is about to be written, as they are meant."""
    _Tags(pdf).put_in_order()


class _Tags:
    """All tags of one file."""

    def __init__(self, pdf: Any) -> None:
        self._pdf, self._objects = pdf, pdf.objects
        self._instead: dict[bytes, bytes] = {}
        self._told: set[bytes] = set()

    def put_in_order(self) -> None:
        root = self._object(self._pdf.catalog["StructTreeRoot"])
        self._take_notes_along()
        for kid in root["K"]:
            self._join_below(self._object(kid))
            self._name_below(self._object(kid))
        # The marks of a page, and its links, tell by which tag they are held.
        numbers = self._object(root["ParentTree"])["Nums"]
        for place in range(1, len(numbers), 2):
            if isinstance(numbers[place], list):
                held = [self._now(each) for each in numbers[place]]
                numbers[place][:] = [each if each in self._told else b"null" for each in held]
                self._set_edges_apart(numbers[place - 1], held)
            else:
                numbers[place] = self._now(numbers[place])

    def _object(self, reference: bytes) -> Any:
        return self._objects[int(reference.split()[0])]

    def _now(self, reference: bytes) -> bytes:
        while reference in self._instead:
            reference = self._instead[reference]
        return reference

    def _kids(self, tag: Any) -> list[Any]:
        """The tags in a tag; marks and links are none."""
        found = (self._object(kid) for kid in tag.get("K", ()) if isinstance(kid, bytes))
        return [each for each in found if each.get("S")]

    def _take_notes_along(self) -> None:
        """Put each note from the foot of a page behind its mark, where it is to be heard."""
        tags = [each for each in self._objects if _is_foot_note(getattr(each, "element", None))]
        notes: dict[int, Any] = {}
        marks: dict[int, Any] = {}
        for tag in tags:
            known, holder = id(tag.element), self._object(tag["P"])
            if tag["S"] != "/Span":
                if _is_foot_note(getattr(holder, "element", None)):
                    holder["K"].remove(tag.reference)  # the place for a number of WeasyPrint's own
                else:
                    marks.setdefault(known, tag)
            elif known in notes:
                holder["K"].remove(tag.reference)
                self._join(notes[known], tag)
            else:
                holder["K"].remove(tag.reference)
                notes[known] = tag
        for known, note in notes.items():
            self._put_behind(marks[known], note)
        if notes:
            for kid in self._object(self._pdf.catalog["StructTreeRoot"])["K"]:
                whole = self._object(kid)
                emptied = {each.reference for each in self._kids(whole) if not each["K"]}
                whole["K"][:] = [each for each in whole["K"] if each not in emptied]

    def _put_behind(self, mark: Any, note: Any) -> None:
        import pydyf

        holder, before = self._object(mark["P"]), mark.reference
        if holder["S"] in ("/H1", "/H2", "/H3"):  # a note is no part of a title
            holder["K"].remove(mark.reference)
            before, holder = holder.reference, self._object(holder["P"])
        place = holder["K"].index(before)
        kept = [before] if before != mark.reference else []
        holder["K"][place : place + 1] = [*kept, note.reference]
        note["S"], note["P"] = "/Note", holder.reference
        note["ID"] = pydyf.String(note.element.get("id"))
        number, *rest = note["K"]
        label = self._put_around("/Lbl", note, [self._object(number)])
        note["K"][:] = [label.reference, *rest]

    def _join_below(self, tag: Any) -> None:
        """Make one tag of those that are parts of one element."""
        own = getattr(tag, "element", None)
        kids: list[Any] = []
        known: dict[tuple[int, str], Any] = {}
        last: Any = None
        for kid in tag["K"]:
            part = self._object(kid) if isinstance(kid, bytes) else None
            element = getattr(part, "element", None)
            if part is None or element is None or part["S"] in _BY_PAGE:
                kids.append(kid)
                last = None
                continue
            key = id(element), part["S"]
            before = known.get(key)
            # What has no element of its own has that around it, and so have others beside it.
            if before is None or (element is own and before is not last):
                kids.append(kid)
                known[key] = last = part
            else:
                self._join(before, part)
                last = before
        tag["K"][:] = kids
        for each in self._kids(tag):
            self._join_below(each)

    def _join(self, tag: Any, part: Any) -> None:
        import pydyf

        elsewhere = part["Pg"] != tag["Pg"]
        for kid in part["K"]:
            if isinstance(kid, bytes):
                if (inner := self._object(kid)).get("P"):
                    inner["P"] = tag.reference
                tag["K"].append(kid)
            elif elsewhere:
                mark = {"Type": "/MCR", "Pg": part["Pg"], "MCID": kid}
                tag["K"].append(pydyf.Dictionary(mark))
            else:
                tag["K"].append(kid)
        self._instead[part.reference] = tag.reference
        part.clear()

    def _set_edges_apart(self, page: int, held: list[bytes]) -> None:
        """Mark what the tree doesn't tell, which is at the edges of the page, as no content."""
        import pydyf

        drawn = self._object(self._object(self._pdf.page_references[page])["Contents"]).stream
        for place, operator in enumerate(drawn):
            mark = drawn[place - 1].get("MCID") if operator == b"BDC" else None
            if mark is not None and held[mark] not in self._told:
                edge = pydyf.Dictionary({"Type": "/Pagination"})
                drawn[place - 2 : place] = ["/Artifact", edge]

    def _name_below(self, tag: Any) -> None:
        self._told.add(tag.reference)
        for kid in self._kids(tag):
            self._name(kid)
            self._name_below(kid)

    def _name(self, tag: Any) -> None:
        element = getattr(tag, "element", None)
        if element is None:
            return
        if tag["S"] == "/NonStruct" and element.tag in _IN_LINE:
            noted = any(each["S"] == "/Link" for each in self._kids(tag))
            tag["S"] = "/Reference" if element.tag == "sup" and noted else "/Span"
        elif tag["S"] == "/NonStruct" and element.tag in _BLOCKS:
            tag["S"] = _BLOCKS[element.tag]
        elif tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
        elif tag["S"] == "/LI":
            self._set_label_apart(tag)
        elif tag["S"] == "/Link" and (said := element.get("aria-label")):
            self._say(tag, said)

    def _set_label_apart(self, item: Any) -> None:
        """The number of an item before its body; notes are notes, and no list."""
        import pydyf

        body = next((each for each in self._kids(item) if each["S"] == "/LBody"), None)
        if body is None:
            return
        noted = item.element.get("id", "")
        number = next(iter(self._kids(body)), None)
        if number is not None and _is_number(getattr(number, "element", None)):
            body["K"].remove(number.reference)
            if number["S"] == "/Link":
                number = self._put_around("/Lbl", item, [number])
            number["S"], number["P"] = "/Lbl", item.reference
            item["K"].insert(0, number.reference)
        if noted.startswith("note-"):
            item["S"], body["S"], self._object(item["P"])["S"] = "/Note", "/Div", "/Div"
            item["ID"] = pydyf.String(noted)

    def _put_around(self, kind: str, parent: Any, kids: list[Any]) -> Any:
        import pydyf

        held = pydyf.Array([each.reference for each in kids])
        told = {"Type": "/StructElem", "S": kind, "K": held, "P": parent.reference}
        made = pydyf.Dictionary(told | {"Pg": parent["Pg"]})
        self._pdf.add_object(made)
        for each in kids:
            each["P"] = made.reference
        return made

    def _say(self, link: Any, said: str) -> None:
        """What a link to a note is called: WeasyPrint calls it by its address."""
        import pydyf

        for kid in link["K"]:
            annotation = self._object(kid).get("Obj") if isinstance(kid, bytes) else None
            if annotation:
                self._object(annotation)["Contents"] = pydyf.String(said)


def _is_foot_note(element: Any) -> bool:
    return element is not None and element.get("class") == "foot-note"


def _is_number(element: Any) -> bool:
    return element is not None and "number" in (element.get("class") or "").split()
