"""Bombs for the readers of what comes back: Word files, forms of the preview, and long texts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from .bomb_binary import entities, signed, word

Maker = Callable[[], bytes]
MIB = 1 << 20
_W = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HARMLESS_WORD = {
    "paragraphs", "the same paragraph", "a paragraph of 30 MB", "runs", "other words", "tracked changes", "bookmarks",
    "comments", "a note of many paragraphs", "tables", "looks", "a text of other words",
}  # fmt: skip


def _document(body: Callable[[], bytes]) -> Maker:
    return lambda: word("word/document.xml", _main(body()))


def _main(body: bytes) -> bytes:
    return b'<w:document xmlns:w="%b"><w:body>%b</w:body></w:document>' % (_W, body)


def _run(text: bytes) -> bytes:
    return b"<w:r><w:t>%b</w:t></w:r>" % text


def _paragraph(text: bytes) -> bytes:
    return b"<w:p>%b</w:p>" % _run(text)


def _beside(name: str, kind: str, part: bytes, body: bytes) -> bytes:
    """A file with one more part that its main part speaks of."""
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/%b" Target="%b.xml"/></Relationships>' % (kind.encode(), name.encode())
    )
    parts = {
        f"word/{name}.xml": part,
        "word/_rels/document.xml.rels": relations,
        "word/document.xml": _main(body),
    }
    return word(parts=parts)


def _notes() -> bytes:
    note = b'<w:footnote w:id="1">%b</w:footnote>' % (_paragraph(b"a") * 300_000)
    part = b'<w:footnotes xmlns:w="%b">%b</w:footnotes>' % (_W, note)
    refers = b'<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    return _beside("footnotes", "footnotes", part, refers)


def _comments() -> bytes:
    one = b'<w:comment w:id="%d" w:author="a"><w:p><w:r><w:t>b</w:t></w:r></w:p></w:comment>'
    part = b'<w:comments xmlns:w="%b">%b</w:comments>' % (
        _W,
        b"".join(one % number for number in range(150_000)),
    )
    body = b"".join(b'<w:commentRangeStart w:id="%d"/>' % number for number in range(150_000))
    return _beside("comments", "comments", part, b"<w:p>%b%b</w:p>" % (body, _run(b"a")))


RETURNED: dict[str, Maker] = {
    "a part of 900 MB": lambda: word("word/document.xml", _main(b" " * (900 * MIB))),
    "paragraphs": _document(lambda: b"<w:p/>" * (5 * MIB)),
    "the same paragraph": _document(lambda: _paragraph(b"We ask you to answer.") * 300_000),
    "other paragraphs": lambda: word("word/document.xml", _main(b"".join(_paragraph(b"a%d b%d" % (n, n)) for n in range(400_000)))),
    "a paragraph of 30 MB": _document(lambda: _paragraph(b"a" * (30 * MIB))),
    "other words": lambda: word("word/document.xml", _main(_paragraph(b" ".join(b"w%d" % n for n in range(2_000_000))))),
    "runs": _document(lambda: b"<w:p>" + _run(b"a ") * 900_000 + b"</w:p>"),
    "looks": _document(lambda: b"<w:p>" + b"<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>" * 300_000 + b"</w:p>"),
    "tracked changes": _document(lambda: b"<w:p>" + (b'<w:ins w:author="a">%b</w:ins><w:del w:author="b"><w:r><w:delText>c</w:delText></w:r></w:del>' % _run(b"d")) * 200_000 + b"</w:p>"),
    "changes in changes": _document(lambda: b"<w:p>" + b'<w:ins w:author="a">' * 200_000),
    "bookmarks": lambda: word("word/document.xml", _main(b"".join(b'<w:p><w:bookmarkStart w:id="%d" w:name="a%d"/>%b</w:p>' % (n, n, _run(b"a")) for n in range(200_000)))),
    "tables": _document(lambda: b"<w:tbl><w:tr>" + b"<w:tc><w:p/></w:tc>" * MIB + b"</w:tr></w:tbl>"),
    "tables in tables": _document(lambda: b"<w:tbl><w:tr><w:tc>" * 100_000),
    "entities": lambda: word("word/document.xml", entities()),
    "attributes": _document(lambda: b"<w:p " + b"".join(b"b%d='c' " % n for n in range(400_000)) + b"/>"),
    "comments": _comments,
    "a note of many paragraphs": _notes,
    "parts": lambda: word(parts={f"word/{n}.xml": b"" for n in range(60_000)}),
}  # fmt: skip


def with_other_texts(root: Path) -> None:
    """A letter that was signed, of which every word is another one now."""
    body = root / "templates/note/letter.en.md"
    text = body.read_text(encoding="utf-8")

    def said(mark: str) -> str:
        return " ".join(f"{mark}{number}" for number in range(120_000))

    body.write_text(text.replace("We are", f"{said('v')}\n\nWe are"), "utf-8")
    signed(root)
    body.write_text(text.replace("We are", f"{said('w')}\n\nWe are"), "utf-8")


FORMS: dict[str, tuple[str, Callable[[str], Mapping[str, str]]]] = {
    "brackets": ("letter", lambda name: {name: "[" * (2 * MIB)}),
    "quotation marks": ("letter", lambda name: {name: "\"'" * MIB}),
    "lines": ("letter", lambda name: {name: "\n:" * MIB}),
    "fields": ("letter", lambda name: {f"{name}.{n}": "a" for n in range(5_000)}),
    "a template of conditions": (
        "template:templates/note/letter.en.md",
        lambda name: {name: "{% if 1 %}" * 100_000},
    ),
    "a template of words": (
        "template:templates/note/letter.en.md",
        lambda name: {name: " ".join(f"w{n}" for n in range(120_000))},
    ),
}


def send_form(what: str, make: Callable[[str], Mapping[str, str]]) -> Callable[[Path], int]:
    """As the preview reads a form that was sent, and shows what it would change."""

    def call(root: Path) -> int:
        from letters.error import LettersError
        from letters.preview import editing
        from letters.workshop.workshop import Workshop

        with Workshop(root) as shop:
            field = shop.ask(editing.form, root, what).fields[0]
            try:
                plan = shop.ask(editing.planned, root, what, make(field.name))
            except LettersError as error:
                sys.stdout.write("\n".join([str(error), *error.particulars]))
                return 1
        sys.stdout.write("\n".join(map(str, plan.problems)))
        return 0

    return call
