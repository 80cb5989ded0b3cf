"""How words of a Word file look: what their styles say, and what was set on them directly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from letters.press.returned.container import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 20  # styles that are based on one another
_SWITCHES = {"b": "bold", "i": "italic", "strike": "struck through", "caps": "capitals",
             "smallCaps": "small capitals", "vanish": "hidden"}  # fmt: skip
_SET = {"sz": "size", "color": "colour", "highlight": "highlight", "vertAlign": "raised",
        "u": "underlined"}  # fmt: skip
_NONE = {"auto", "none", "baseline", "0"}


class WordLook(Struct, frozen=True):
    """What stands out, by name; of size, font and colour only what was set on the words."""

    marks: frozenset[tuple[str, str]] = frozenset()

    def against(self, other: WordLook) -> tuple[str, ...]:
        """The names of what differs, with what it is now."""
        names = {name for name, _ in self.marks ^ other.marks}
        now = dict(self.marks)
        return tuple(_told(name, now.get(name)) for name in sorted(names))


def _told(name: str, value: str | None) -> str:
    if value is None:
        return f"not {name}" if name in _SWITCHES.values() else f"no {name}"
    return name if value == "on" else f"{name} {value}"


class Styles:
    """The styles of one file, by their ids: names, and what stands out in them."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._found: dict[str, dict[str, str]] = {}
        common = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._common = dict(_read(common))
        for style in () if root is None else root.iterfind(f"{W}style"):
            called = style.get(f"{W}styleId", "")
            self._styles.setdefault(called, style)
            if style.get(f"{W}default") in ("1", "true", "on"):
                self._defaults.setdefault(style.get(f"{W}type", ""), called)

    def name(self, called: str, kind: str = "paragraph") -> str:
        """The name of a style, in small letters; programs give it other ids, not other names."""
        style = self._styles.get(called or self._defaults.get(kind, ""))
        found = style.find(f"{W}name") if style is not None else None
        return ("" if found is None else found.get(f"{W}val", "")).lower() or called.lower()

    def look(self, paragraph: str, run: Element | None) -> WordLook:
        """How words of a run look in a paragraph of that style."""
        own = dict(_read(run))
        style = own.pop("rStyle", "")
        below = self._says(paragraph or self._defaults.get("paragraph", ""))
        above = self._says(style)
        marks: set[tuple[str, str]] = set()
        for key, name in _SWITCHES.items():
            if key in own:
                shown = _is_on(own[key])
            else:
                shown = _is_on(below.get(key, "0")) != _is_on(above.get(key, "0"))
            if shown:
                marks.add((name, "on"))
        # Programs set on words what their style says anyhow.
        said = self._common | below | above
        own = {key: value for key, value in own.items() if said.get(key) != value}
        for key, name in _SET.items():
            if own.get(key, "none") not in _NONE:
                value = own[key]
                marks.add((name, f"{int(value) / 2:g} pt" if key == "sz" and value.isdecimal()
                           and len(value) < 5 else value if key != "u" else "on"))  # fmt: skip
        if own.get("ascii"):
            marks.add(("font", own["ascii"]))
        return WordLook(frozenset(marks))

    def _says(self, called: str) -> dict[str, str]:
        """What a style says, and those that it is based on."""
        if called in self._found:
            return self._found[called]
        chain: list[Element] = []
        at: str | None = called
        while at and at in self._styles and len(chain) < _DEEPEST:
            style = self._styles[at]
            chain.append(style)
            based = style.find(f"{W}basedOn")
            at = None if based is None else based.get(f"{W}val")
        found: dict[str, str] = {}
        for style in reversed(chain):
            found |= _read(style.find(f"{W}rPr"))
        self._found[called] = found
        return found


def _is_on(value: str) -> bool:
    return value not in ("0", "false", "off")


def _read(properties: Element | None) -> list[tuple[str, str]]:
    """What run properties say, by the names of their elements."""
    found: list[tuple[str, str]] = []
    for one in () if properties is None else properties:
        if not isinstance(one.tag, str) or not one.tag.startswith(W):
            continue
        key = one.tag[len(W) :]
        if key in _SWITCHES:
            found.append((key, one.get(f"{W}val", "1")))
        elif key in _SET or key == "rStyle":
            found.append((key, one.get(f"{W}val", "")))
        elif key == "rFonts" and (font := one.get(f"{W}ascii")):
            found.append(("ascii", font))
    return found
