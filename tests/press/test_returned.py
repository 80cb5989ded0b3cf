"""Word files from strangers: what is no letter is refused at once, and what Word writes is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from letters.press import docx
from letters.press.docx.ooxml import part
from letters.press.docx.word_parts import UnfitWordError
from letters.press.returned import matching
from letters.press.returned.document import read, written
from letters.press.returned.words import NOTE, WordParagraph, tidy

from .sample import classic_theme, small_letter

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)

OUTSIDE = RELATIONS.replace('Target="word/', 'TargetMode="External" Target="https://example.org/')


def packed(members: dict[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def file(body: str) -> bytes:
    document = part("document", f"<w:body>{body}</w:body>")
    return packed({"_rels/.rels": RELATIONS, "word/document.xml": document})


def says(body: str) -> tuple[list[str], list[str]]:
    """The paragraphs with tracked changes accepted, and with them refused."""
    found = read(file(body))
    return [one.tidy for one in found.now], [one.tidy for one in found.before]


def p(inner: str, mark: str = "") -> str:
    return f"<w:p><w:pPr>{mark and f'<w:rPr>{mark}</w:rPr>'}</w:pPr>{inner}</w:p>"


def r(words: str, tag: str = "t") -> str:
    return f'<w:r w:rsidR="00A1"><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


WHO = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
CELLS = f"<w:tc>{p(r('b'), f'<w:del {WHO}/>')}</w:tc><w:tc>{p(r('c'))}</w:tc>"


@pytest.mark.parametrize(
    ("body", "now", "before"),
    [
        (p(r("a ") + r("b")), ["a b"], ["a b"]),
        (p(r("a") + f"<w:ins {WHO}>{r('b')}</w:ins>"), ["ab"], ["a"]),
        (p(r("a") + f"<w:del {WHO}>{r('b', 'delText')}</w:del>"), ["a"], ["ab"]),
        (p(f"<w:ins {WHO}><w:del {WHO}>{r('x', 'delText')}</w:del></w:ins>" + r("a")), ["a"], ["a"]),
        # The mark at the end of a paragraph makes one of two, or two of one.
        (p(r("a"), f"<w:ins {WHO}/>") + p(r("b")), ["a", "b"], ["ab"]),
        (p(r("a"), f"<w:del {WHO}/>") + p(r("b")), ["ab"], ["a", "b"]),
        (
            p(f"<w:moveFrom {WHO}>{r('m')}</w:moveFrom>", f"<w:moveFrom {WHO}/>")
            + p(r("a"))
            + p(f"<w:moveTo {WHO}>{r('m')}</w:moveTo>", f"<w:moveTo {WHO}/>")
            + p(r("b")),
            ["a", "m", "b"],
            ["m", "a", "b"],
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{p(r('a'))}</w:tc></w:tr><w:tr>{CELLS}</w:tr></w:tbl>",
            ["b", "c"],
            ["a", "b", "c"],
        ),
        # Signs, fields, what holds words, and what is none of them.
        (p(r("a\u00a0b") + "<w:r><w:softHyphen/><w:noBreakHyphen/><w:tab/></w:r>" + r("c")), ["a b- c"], ["a b- c"]),
        (
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
                f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("today")}'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            ),
            ["today"],
            ["today"],
        ),
        (p(f'<w:fldSimple w:instr=" NOTEREF _RefNote1 ">{r("1")}</w:fldSimple>' + r("a")), [f"{NOTE}a"], [f"{NOTE}a"]),
        (p(f'<w:hyperlink w:anchor="x">{r("a")}</w:hyperlink><w:smartTag>{r("b")}</w:smartTag>'), ["ab"], ["ab"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('a'))}</w:sdtContent></w:sdt>", ["a"], ["a"]),
        (p("") + p(r(" ")) + p(r("a")), ["a"], ["a"]),
    ],
)  # fmt: skip
def test_it_reads_what_word_writes(body: str, now: list[str], before: list[str]) -> None:
    assert says(body) == (now, before)


STRICT = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'


def laughing() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><w:document xmlns:w="u">&l9;</w:document>'


def encrypted() -> bytes:
    data = bytearray(file(""))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Word document"),
        (b"PK\x03\x04 and no more", "no Word document"),
        (packed({"a.txt": "a"}), "no Word document"),
        (packed({"_rels/.rels": RELATIONS, "word/document.xml": "<a/>"}), "no Word document"),
        (packed({"_rels/.rels": RELATIONS, "word/document.xml": "<w:docu"}), "is not XML"),
        (packed({"_rels/.rels": RELATIONS, "word/document.xml": STRICT}), "Strict Open XML"),
        (
            packed({"_rels/.rels": RELATIONS, "word/document.xml": laughing()}),
            "document type|not XML",
        ),
        (packed({"_rels/.rels": "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"}), "document type"),
        (packed({"_rels/.rels": RELATIONS, "word/document.xml": b" " * (33 << 20)}), "too large"),
        (packed({"_rels/.rels": OUTSIDE, "word/document.xml": "<a/>"}), "no Word document"),
        (packed({f"{n}": "" for n in range(2001)}), "too many parts"),
        (packed({"a": "a"}, zipfile.ZIP_LZMA), "packed as no"),
        (file("")[:-30], "no Word document"),
        (encrypted(), "encrypted"),
    ],
)
def test_what_is_no_letter_is_refused(data: bytes, message: str) -> None:
    for reads in (read, written):
        with pytest.raises(UnfitWordError, match=f"^this file .*({message})") as refused:
            reads(data)
        assert refused.value.hint


def test_depth_and_length_do_not_break_the_reader() -> None:
    deep = "<w:ins>" * 200 + r("a") + "</w:ins>" * 200
    assert says(p(deep))[0] == ["a"]
    many = file("".join(p(r(f"paragraph {n}")) for n in range(5000)))
    assert len(read(many).now) == 5000
    [whole] = read(file(p("".join(r(f"{n} ") for n in range(20_000))))).now
    assert len(whole.tidy.split()) == 20_000
    marks = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(5000))
    [one] = read(file(p(marks + r("a ") * 5000))).now
    assert len(one.comments) == 5000


def test_a_file_of_ours_says_which_letter_it_is_only_if_it_was_told() -> None:
    assert read(docx.write(small_letter(), classic_theme())).written is None


def words(*said: str) -> list[WordParagraph]:
    return [WordParagraph(one) for one in said]


@pytest.mark.parametrize(
    ("base", "came", "expected"),
    [
        ("aaaa bbbb", "aaaa bbbb", "0:0 1:1"),
        ("aaaa bbbb cccc", "cccc aaaa bbbb", "2:0m 0:1 1:2"),
        ("aaaa bbbb cccc", "aaaa cccc", "0:0 1:- 2:1"),
        ("aaaa cccc", "aaaa bbbb cccc", "0:0 -:1 1:2"),
        ("aaaa aaaa bbbb", "aaaa bbbb", "0:- 1:0 2:1"),
        ("onewordhere bbbb", "onewordthere bbbb", "0:0 1:1"),
        ("", "aaaa", "-:0"),
        ("aaaa", "", "0:-"),
    ],
)
def test_paragraphs_are_told_by_their_words(base: str, came: str, expected: str) -> None:
    found = matching.pairs(words(*base.split()), words(*came.split()))
    shown = [
        f"{'-' if one.base is None else one.base}:{'-' if one.came is None else one.came}"
        + "m" * one.moved
        for one in found
    ]
    assert " ".join(shown) == expected


def test_spaces_are_no_words() -> None:
    assert tidy(" a\u00a0\u202fb\u00ad \n\n c\t") == "a b\nc"
