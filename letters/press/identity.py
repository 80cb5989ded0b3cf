"""A letter's identity: one digest over everything that the bytes of a file come from.

Whoever asks whether a finished file is still right asks this. Where the letter was drafted, where a
value stands and what else is in the campaign are no part of it; whatever a press reads is. Beside
the digest, each part of it has a short one of its own, so that a change can be named.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import distribution
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from letters import __version__
from letters.alike import Alike
from letters.draft import document as d
from letters.draft.annex import Annex
from letters.draft.roster import short
from letters.press import fonts
from letters.press.embedded_fonts import embedded_families
from letters.press.fontfiles import digest_of
from letters.press.jobs import Format, PressRun, Within
from letters.press.provenance import Identity
from letters.press.theme import Theme

SLOT = "recipient."
"""How the names of the recipient's own parts begin."""

_SHOWN = 8  # digits of a part's digest

# Their versions decide about the bytes, too.
ENGINES: dict[Format, tuple[str, ...]] = {
    "pdf": ("weasyprint", "pydyf", "fonttools", "pillow"),
    "docx": ("python-docx", "lxml"),
    "html": (),
    "txt": (),
}


def identities(
    letter: d.Letter, run: PressRun, within: Within, roster: str
) -> dict[Format, Identity]:
    """The letter's identity in each format of the run; ``within`` is what else goes into a PDF."""
    told = _Told()
    told.tell(letter)
    whole, parts = told.whole(), told.parts(letter) | {"text": run.signed.digest[:_SHOWN]}
    found: dict[Format, Identity] = {}
    for made in run.formats:
        families = _families(letter, run.theme) if made == "pdf" else ()
        own = dict(of_format(made, run.theme, families))
        exact = _bytes(letter, made, run.theme)
        if made == "pdf" and within.word:
            own |= {f"docx-{name}": words for name, words in of_format("docx", run.theme)}
        if made == "pdf" and within.sources:
            own["source"] = whole_digest(
                *(hashlib.sha256(each.data).hexdigest() for each in within.sources)
            )
        digest = whole_digest(made, exact or json.dumps([whole, own], sort_keys=True))
        shown = {name: value[:_SHOWN] for name, value in own.items()}
        found[made] = Identity(digest, parts | shown, roster)
    return found


def _bytes(letter: d.Letter, made: Format, theme: Theme) -> str:
    """The digest of the very bytes, of formats that are made as soon as they are told."""
    if made == "txt":
        from letters.press import text

        return hashlib.sha256(text.write(letter)).hexdigest()
    if made == "html":
        from letters.press import html

        return hashlib.sha256(html.write(letter, theme)).hexdigest()
    return ""


def of_format(
    made: Format, theme: Theme, families: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """What a file comes from beside its words, each as a digest; ``families`` are for a PDF."""
    engines = (f"{name} {_version(name)}" for name in ENGINES[made])
    yield "version", whole_digest(__version__, *engines)
    if made == "txt":
        return
    yield "theme", _of_theme(theme)
    if made == "docx":
        if theme.reference:
            yield "reference.docx", whole_digest(repr(theme.reference))
        if inside := embedded_families(theme):
            yield "fonts", digest_of(inside)
        return
    if theme.css:
        yield "style-sheet", whole_digest(_bare(theme.css))
    if made == "pdf":
        yield "fonts", digest_of(families)


_themes: list[tuple[Theme, str]] = []


def _of_theme(theme: Theme) -> str:
    """The digest of its tokens; all letters of a run have the same theme."""
    if not (_themes and _themes[0][0] is theme):
        tokens = to_builtins(replace(theme, name="", css="", reference=None))
        _themes[:] = [(theme, whole_digest(json.dumps(tokens, sort_keys=True)))]
    return _themes[0][1]


def _families(letter: d.Letter, theme: Theme) -> tuple[str, ...]:
    """Every family that the letter may be set in."""
    blocks = [block for block in letter.blocks if isinstance(block, d.SignatureBlock)]
    others = tuple(one for one in letter.blocks if one not in blocks)
    rest = replace(letter, blocks=others, annex=None)
    said = {*fonts.unusual_in(rest)}
    for block in blocks:
        said |= _of_names(block).unusual
    if letter.annex:
        said |= _of_names(letter.annex).unusual
    text, label = fonts.stacks_for(fonts.scripts_in(sorted(said), letter.language), theme)
    return tuple(sorted({*text, *label}))


@functools.cache
def _bare(css: str) -> str:
    """The sheet without its remarks, which change nothing."""
    import tinycss2

    def spoken(nodes: list[Any]) -> Iterator[Any]:
        apart = True  # from what came before
        for node in nodes:
            if node.type not in ("whitespace", "comment"):
                if isinstance(inner := getattr(node, "content", None), list):
                    node.content = list(spoken(inner))
                apart = False
                yield node
            elif node.type == "whitespace" and not apart:
                apart = True
                yield tinycss2.ast.WhitespaceToken(node.source_line, node.source_column, " ")

    return tinycss2.serialize(list(spoken(tinycss2.parse_component_value_list(css))))  # type: ignore[no-any-return]


@functools.cache
def _version(name: str) -> str:
    """Read from its line: `importlib.metadata.version` takes all that is told for a message."""
    told = distribution(name).read_text("METADATA") or ""
    return next(line for line in told.splitlines() if line.startswith("Version: "))[9:]


def whole_digest(*words: str) -> str:
    """One digest of all these words, each told from the next."""
    return hashlib.sha256("\x00".join(words).encode()).hexdigest()


class _Names(Struct, frozen=True):
    """What is told of signatures or of an annex: many names, the same in every letter."""

    digest: str
    unusual: frozenset[str]


_known: list[tuple[d.SignatureBlock | Annex, _Names]] = []
_REMEMBERED = 8


def _of_names(names: d.SignatureBlock | Annex) -> _Names:
    for known, found in _known:
        if known is names:
            return found
    told = _Told()
    if isinstance(names, Annex):
        told.tell(tuple(getattr(names, field) for field in Annex.__struct_fields__))
        words = "".join(names.texts())
    else:
        told.tell((names.groups, names.remarks))
        words = "".join(text for text, _ in fonts.words_of(names))
    found = _Names(told.whole(), fonts.unusual(words))
    _known[:] = [*_known[1 - _REMEMBERED :], (names, found)]
    return found


class _Told:
    """A part of the tree, said twice: all of it, and apart from what is somebody's own.

    The second has the names of the recipient's slots in place of their texts, and neither the day
    of the letter, nor pictures, nor who signs: all of these are parts of their own.
    """

    def __init__(self) -> None:
        self._whole: list[str] = []
        self._form: list[str] = []
        self._slots: dict[str, list[str]] = {}
        self._signatures: list[str] = []
        self._pictures: list[str] = []

    def whole(self) -> str:
        """The digest of all that was told."""
        return whole_digest("".join(self._whole))

    def parts(self, letter: d.Letter) -> dict[str, str]:
        """Each part of the letter that was told, with a short digest."""
        slots = {f"{SLOT}name": [letter.running_head[0]]} | self._slots
        return {
            "date": short(letter.date.isoformat()),
            "title": short(letter.title, letter.author),
            "form": short(*self._form),
            "draft-mark": short(letter.draft_mark + letter.watermark),
            **({"qr-code": short(letter.code)} if letter.code else {}),
            "pictures": short(*self._pictures),
            "signatures": short(*self._signatures),
            **{name: short(*texts) for name, texts in sorted(slots.items())},
        }

    def tell(self, node: Any, *, shared: bool = True) -> None:
        """Say a node and all below it; what is not ``shared`` is no part of the form."""
        if isinstance(node, str):
            self._add(node, shared=shared)
        elif isinstance(node, d.Value):
            self._add(f"value {node.text}", shared=shared and not node.slot)
            if node.slot:
                self._slots.setdefault(node.slot, []).append(node.text)
                self._form.append(f"slot {node.slot}")
        elif isinstance(node, tuple):
            self._add(f"({len(node)}", shared=shared)
            for each in node:
                self.tell(each, shared=shared)
        elif isinstance(node, d.SignatureBlock | Annex):
            self._signatures.append(_of_names(node).digest)
            self._add(self._signatures[-1], shared=False)
        elif isinstance(node, d.Image):
            png = hashlib.sha256(node.png).hexdigest()
            self._pictures.append(f"{png} {node.width} {node.height} {node.alt}")
            self._add(self._pictures[-1], shared=False)
        elif shared and isinstance(node, d.Block):
            self._take(_told_of(node))
        elif isinstance(node, Struct):
            self.tell_fields(node, shared=shared)
        else:
            assert isinstance(node, bool | int | float | dt.date | None)  # noqa: S101 - all there is
            self._add(repr(node), shared=shared and not isinstance(node, dt.date))

    def tell_fields(self, node: Any, *, shared: bool = True) -> None:
        """Say what kind of node it is, and all below it."""
        self._add(type(node).__name__, shared=shared)
        below = shared and not isinstance(node, d.DateLine)
        for name in node.__struct_fields__:
            self.tell(getattr(node, name), shared=below and name not in _APART)

    def _take(self, told: _Told) -> None:
        """What was told of a part before."""
        self._whole += told._whole
        self._form += told._form
        self._signatures += told._signatures
        self._pictures += told._pictures
        for name, texts in told._slots.items():
            self._slots.setdefault(name, []).extend(texts)

    def _add(self, word: str, *, shared: bool) -> None:
        said = f"{len(word)}:{word}"
        self._whole.append(said)
        if shared:
            self._form.append(said)


def _tell(block: d.Block) -> _Told:
    told = _Told()
    told.tell_fields(block)
    return told


_told_of = Alike(_tell)
# Fields of a letter that are told as parts of their own.
_APART = frozenset(
    {"running_head", "title", "author", "notice", "version", "code", "draft_mark", "watermark"}
)
