"""XML as nested records, read by Expat; a document type is refused, and with it every entity.

Without one there is nothing that could grow without end, or fetch another file: what is left to be
limited is the size, the depth and the number of attributes.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from letters.intake.row import UnreadableError

_DEEPEST = 50
_MOST_ATTRIBUTES = 100


class _XmlReader:
    """Elements become groups, equal ones beside each other a list; attributes begin with @."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stack: list[tuple[str, dict[str, Any], list[str]]] = [("", {}, [])]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.stack) > _DEEPEST:
            raise UnreadableError(f"{self.name} is nested deeper than {_DEEPEST} levels")
        if len(attributes) > _MOST_ATTRIBUTES:
            message = f"{self.name} has an element of more than {_MOST_ATTRIBUTES} attributes"
            raise UnreadableError(message)
        own = {f"@{_local(key)}": value for key, value in attributes.items() if key[:5] != "xmlns"}
        self.stack.append((_local(tag), own, []))

    def text(self, words: str) -> None:
        self.stack[-1][2].append(words)

    def end(self, _: str) -> None:
        tag, children, words = self.stack.pop()
        text = "".join(words).strip()
        node: Any = children
        if children.get("@nil") in ("true", "1"):
            node = None
        elif not children:
            node = text
        elif text:
            children["#text"] = text
        above = self.stack[-1][1]
        if tag not in above:
            above[tag] = node
        elif isinstance(above[tag], _Several):
            above[tag].append(node)
        else:
            above[tag] = _Several([above[tag], node])

    def doctype(self, *_: object) -> None:
        hint = "delete the line “<!DOCTYPE …>” at its beginning"
        raise UnreadableError(f"{self.name} declares a document type, which is not read", hint)


class _Several(list[Any]):
    """Equal elements beside each other."""


def parse(data: bytes, name: str) -> Any:
    """The document as a group that holds its root element."""
    reader = _XmlReader(name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.errors.messages.get(error.code, "unreadable")
        where = f"line {error.lineno}, column {error.offset + 1}"
        raise UnreadableError(f"{name} is not valid XML ({where}: {said})") from None
    except (LookupError, ValueError):  # the encoding is unknown, or of several bytes
        hint = "save the file with the encoding UTF-8"
        raise UnreadableError(f"{name} is in an encoding that is not read", hint) from None
    return reader.stack[0][1]


def _local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]
