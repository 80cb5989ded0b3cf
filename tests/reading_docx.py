"""The words of a .docx as Word shows them, and as programs do that know only the standard.

Word takes the first branch of each alternative, counts list items and notes itself, and sets the
notes after the text. Others take the second branch, where notes are lines of the text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from reading import END, LAST, Reading, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMPTY = "{nothing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def docx(data: bytes, *, in_word: bool = True) -> Reading:
    """The letter as Word shows it, or as other programs do."""
    document = _Document(data, in_word=in_word)
    body = document.body()
    foot = document.words("footer1")
    assert foot == document.words("footer2")
    foot = foot.replace("{IF}{PAGE}1{=}{NUMPAGES}2", LAST)
    foot = words(foot.replace(_EMPTY, f"{LAST}{document.framed}{END}" if document.framed else ""))
    for field_name, place in (("PAGE", "{page}"), ("NUMPAGES", "{pages}")):
        foot = re.sub(rf"\{{{field_name}\}}[1۱١]", place, foot)
    return Reading(
        body=body,
        first_head=document.words("header1"),
        head=document.words("header2"),
        foot=foot,
    )


class _Document:
    def __init__(self, data: bytes, *, in_word: bool) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self.in_word = in_word
        self.other_branch = f"{MC}{'Fallback' if in_word else 'Choice'}"
        self.numbers = _Numbers.of(self.root("numbering"))
        self.styled = {
            _attribute(style, "styleId"): _attribute(number, "val")
            for style in self.root("styles").iter(f"{W}style")
            if (number := style.find(f"{W}pPr/{W}numPr/{W}numId")) is not None
        }
        self.notes: list[str] = []
        self.framed, self.in_body = "", False

    def root(self, name: str) -> ET.Element:
        return ET.fromstring(self.members[f"word/{name}.xml"])

    def words(self, name: str) -> str:
        return words("".join(self._walk(self.root(name))))

    def body(self) -> str:
        self.in_body = True
        parts = [self.words("document")]
        self.in_body = False
        if self.in_word and self.notes:
            written = {_attribute(n, "id"): n for n in self.root("endnotes").iter(f"{W}endnote")}
            for number, note in enumerate(self.notes, 1):
                parts += [str(number), "".join(self._walk(written[note]))]
        return words(" ".join(parts))

    def _walk(self, element: ET.Element) -> Iterator[str]:
        for child in element:
            if child.tag == self.other_branch:
                continue
            if child.tag == f"{W}t":
                yield re.sub("[\u2066-\u2069]", "", child.text or "")
            elif child.tag in (f"{W}br", f"{W}tab"):
                yield " "
            elif child.tag == f"{W}instrText" and '"' in (child.text or ""):
                yield (child.text or "").split('"')[1] + END
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{W}instrText":
                code = (child.text or "").split()[0]
                yield "" if code == "NOTEREF" else f"{{{code}}}"
            elif child.tag == f"{W}endnoteReference":
                self.notes.append(_attribute(child, "id"))
                yield str(len(self.notes))
            elif child.tag == f"{MC}Fallback" and not len(child):
                yield _EMPTY  # where Word has its field
            elif self.in_body and child.find(f"{W}pPr/{W}framePr") is not None:
                self.framed = words("".join(self._walk(child)))  # which stands at the foot
            elif child.tag == f"{W}p":
                yield from (" ", self._number(child), *self._walk(child), " ")
            else:
                yield from self._walk(child)

    def _number(self, paragraph: ET.Element) -> str:
        properties = _child(paragraph, "pPr")
        own = properties.find(f"{W}numPr")
        if own is None:
            number, level = self.styled.get(_attribute(_child(properties, "pStyle"), "val")), 0
        else:
            number = _attribute(_child(own, "numId"), "val")
            level = int(_attribute(_child(own, "ilvl"), "val"))
        return f"{self.numbers.next(number, level)} " if number else ""


@dataclass
class _Numbers:
    """Counts list items as Word does: lists of one definition go on, unless told to restart."""

    shapes: dict[str, dict[int, str]]
    lists: dict[str, tuple[str, dict[int, int]]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: ET.Element) -> _Numbers:
        shapes = {
            _attribute(abstract, "abstractNumId"): {
                int(_attribute(level, "ilvl")): _shape(level) for level in abstract.iter(f"{W}lvl")
            }
            for abstract in root.iter(f"{W}abstractNum")
        }
        lists = {
            _attribute(number, "numId"): (
                _attribute(_child(number, "abstractNumId"), "val"),
                {
                    int(_attribute(override, "ilvl")): int(
                        _attribute(_child(override, "startOverride"), "val")
                    )
                    for override in number.iter(f"{W}lvlOverride")
                },
            )
            for number in root.iter(f"{W}num")
        }
        return cls(shapes, lists)

    def next(self, number: str, level: int) -> str:
        """The mark of the next item of that list at that level (from 0)."""
        shape, starts = self.lists[number]
        counts = self.counts.setdefault(shape, {})
        if number not in self.begun:
            self.begun.add(number)
            counts.update({at: start - 1 for at, start in starts.items()})
        counts[level] = counts.get(level, 0) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        mark = self.shapes[shape][level]
        return re.sub(r"%(\d)", lambda place: str(counts.get(int(place[1]) - 1, 1)), mark)


def _shape(level: ET.Element) -> str:
    if _attribute(_child(level, "numFmt"), "val") == "bullet":
        return "•"
    return _attribute(_child(level, "lvlText"), "val")


def _child(element: ET.Element, name: str) -> ET.Element:
    found = element.find(f"{W}{name}")
    assert found is not None, f"no {name} in {element.tag}"
    return found


def _attribute(element: ET.Element, name: str) -> str:
    return element.attrib[f"{W}{name}"]
