"""Markdown becomes a tree: each block as its own kind, notes by number, cargo untouched."""

from __future__ import annotations

import pytest

from letters.draft import document as d
from letters.draft.language import language
from letters.draft.markdown import BLOCKS, Parsed, parse

from .tree import words

EN, FR = language("en"), language("fr")
ONE, TWO = "\ue000\ue010\ue001", "\ue000\ue011\ue001"  # the first two values of a rendering


def blocks(markdown: str) -> d.Matters:
    parsed = parse(markdown, EN)
    assert parsed.faults == ()
    return parsed.skeleton.blocks


def inlines(markdown: str) -> d.Inlines:
    [paragraph] = blocks(markdown)
    assert isinstance(paragraph, d.Paragraph)
    return paragraph.content


def text(words_: str) -> d.Inlines:
    return (d.Text(words_),)


def para(words_: str) -> d.Matters:
    return (d.Paragraph(text(words_)),)


def test_words_and_values() -> None:
    assert inlines(f"Dear {ONE}, *dear **{TWO}***!") == (
        d.Text("Dear "),
        d.Value("", hole=0),
        d.Text(", "),
        d.Emphasis((d.Text("dear "), d.Strong((d.Value("", hole=1),)))),
        d.Text("!"),
    )


def test_a_value_joins_words_without_a_trace() -> None:
    assert inlines(f"pre{ONE}post") == (d.Text("pre"), d.Value("", hole=0), d.Text("post"))
    assert inlines(f"{ONE}{TWO}") == (d.Value("", hole=0), d.Value("", hole=1))


def test_a_line_break_takes_a_backslash() -> None:
    assert inlines("one\ntwo\\\nthree  \nfour") == (
        d.Text("one"), d.Text(" "), d.Text("two"), d.Break(), d.Text("three"), d.Break(), d.Text("four"),
    )  # fmt: skip


def test_lists_and_what_is_in_them() -> None:
    assert blocks("3. three\n4. four\n\n   more\n") == (
        d.List(True, (para("three"), (*para("four"), *para("more"))), 3),
    )
    assert blocks("- a\n  - b\n") == (d.List(False, ((*para("a"), d.List(False, (para("b"),))),)),)


def test_a_quotation_holds_blocks() -> None:
    assert blocks("> one\n>\n> - two\n") == (
        d.Quote((*para("one"), d.List(False, (para("two"),)))),
    )


def test_headings_have_two_levels() -> None:
    assert blocks("# A\n\n## B\n\n#### C\n") == (
        d.Heading(1, text("A")),
        d.Heading(2, text("B")),
        d.Heading(2, text("C")),
    )


def test_a_table_is_no_wider_than_a_page() -> None:
    wide = f"|{' a |' * 21}\n|{'---|' * 21}\n"
    (fault,) = parse(wide, EN).faults
    assert "at most 20 columns" in fault.message
    (fault,) = parse(f"::: sheet rows=3\n{wide}:::\n", EN).faults
    assert "at most 20 columns" in fault.message


def test_a_table_has_a_head_and_its_columns_their_sides() -> None:
    made = blocks(f"| a | b | c |\n|---|--:|:-:|\n| {ONE} | *x* | |\n| 1 |\n")
    assert made == (
        d.Table(
            ("start", "end", "center"),
            (text("a"), text("b"), text("c")),
            (
                ((d.Value("", hole=0),), (d.Emphasis(text("x")),), ()),
                (text("1"), (), ()),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("letterhead", d.Letterhead((text("a"), text("b"), text("c")))),
        ("address", d.AddressBlock((text("a"), text("b"), text("c")))),
        ("enclosures", d.Enclosures("", (text("a"), text("b"), text("c")))),
        ("copies", d.Copies("", (text("a"), text("b"), text("c")))),
        ("date", d.DateLine((d.Text("a"), d.Text(" "), d.Text("b"), d.Break(), d.Text("c")))),
        ("subject", d.Subject((d.Text("a"), d.Text(" "), d.Text("b"), d.Break(), d.Text("c")))),
        ("salutation", d.Salutation((d.Text("a"), d.Text(" "), d.Text("b"), d.Break(), d.Text("c")))),
        ("postscript", d.Postscript("", (d.Text("a"), d.Text(" "), d.Text("b"), d.Break(), d.Text("c")))),
        ("close", d.Close((d.Text("a"), d.Text(" "), d.Text("b"), d.Break(), d.Text("c")))),
    ],
)  # fmt: skip
def test_a_block_is_of_its_kind(name: str, made: d.Block) -> None:
    assert blocks(f"::: {name}\na\nb\n\nc\n:::\n") == (made,)


def test_a_list_in_a_block_of_lines_is_its_lines() -> None:
    assert blocks("::: copies\n- a\n- b\n:::\n") == (d.Copies("", (text("a"), text("b"))),)


def test_asks_are_one_numbered_list() -> None:
    assert blocks("::: asks\n1. a\n2. b\n\n   c\n:::\n") == (
        d.Asks((para("a"), (*para("b"), *para("c")))),
    )
    assert blocks("::: asks\n:::\n") == ()


def test_signatures_are_left_open() -> None:
    assert blocks("::: signatures\n:::\n") == (d.SignatureBlock(()),)


SHEET = "::: sheet rows=3 widths=2,1\nWe ask.\n\n| Name | Signature |\n|---|---|\n:::\n"
HOLD = {
    "sheet": SHEET,
    "figure": "::: figure\n![a](b.png)\n:::\n",
    "table": "::: table\nOne.\n\n| a |\n|---|\n:::\n",
}


def test_a_sheet_is_a_prayer_and_the_columns_to_sign_in() -> None:
    assert blocks(SHEET) == (
        d.Sheet((d.Paragraph(text("We ask.")),), (text("Name"), text("Signature")), (2, 1), 3),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        SHEET.replace("rows=3", ""),
        SHEET.replace("rows=3", "rows=0"),
        SHEET.replace("widths=2,1", "widths=2"),
        SHEET.replace("widths=2,1", f"widths=2,{'9' * 5000}"),
        SHEET.replace("widths=2,1", "height=2"),
        SHEET.replace("|---|---|", "|---|---|\n| a | b |"),
        "::: sheet rows=3\nWe ask.\n:::\n",
    ],
)
def test_a_sheet_that_says_too_little_or_too_much_is_a_fault(wrong: str) -> None:
    (fault,) = parse(wrong, EN).faults
    assert fault.hint
    assert "sheet" in fault.message


def test_only_a_sheet_takes_options() -> None:
    (fault,) = parse("::: close now\nYours\n:::\n", EN).faults
    assert "takes no options" in fault.message


def test_every_kind_of_block_is_known() -> None:
    for name in BLOCKS:
        made = HOLD.get(name, f"::: {name}\n:::\n")
        assert parse(made, EN).faults == ()


# --- notes ------------------------------------------------------------------------------------


def test_the_same_source_has_the_same_number() -> None:
    parsed = parse("A.[@one] B.[@two] C.[@one]\n\nD.[@three][@two]\n", EN)
    assert [words(block) for block in parsed.skeleton.blocks] == ["A.[1] B.[2] C.[1]", "D.[3][2]"]
    assert parsed.skeleton.notes == ("one", "two", "three")
    assert parsed.lines_of_notes == (0, 0, 2)


def test_notes_and_sources_are_numbered_together() -> None:
    parsed = parse(f"A.[^n] B.[@one] C.[^n]\n\n[^n]: By *{ONE}*.\n", EN)
    [paragraph] = parsed.skeleton.blocks
    assert words(paragraph) == "A.[1] B.[2] C.[1]"
    note = (d.Text("By "), d.Emphasis((d.Value("", hole=0),)), d.Text("."))
    assert parsed.skeleton.notes == (note, "one")


def test_a_note_may_stand_where_it_is_mentioned() -> None:
    parsed = parse("A.^[Said aloud.]\n", EN)
    assert words(parsed.skeleton.blocks) == "A.[1]"
    assert parsed.skeleton.notes == (text("Said aloud."),)


@pytest.mark.parametrize("mark", ["\\[@one]", "[@ one]", "a@one.org"])
def test_not_everything_is_a_source(mark: str) -> None:
    assert parse(mark, EN).skeleton.notes == ()


# --- typography -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "typed", "set_"),
    [
        ("en", "\"so\" he said, 'so'", "“so” he said, ‘so’"),
        ("en", "it's", "it’s"),
        ("fr", '"ainsi"', "«\u00a0ainsi\u00a0»"),
        ("fr", "Quoi ?", "Quoi\u202f?"),
        ("en", "a -- b ... (c)", "a -- b ... (c)"),
    ],
)
def test_quotation_marks_are_those_of_the_language(tag: str, typed: str, set_: str) -> None:
    assert words(parse(typed, language(tag)).skeleton.blocks) == set_


def test_a_sign_after_a_backslash_is_a_sign() -> None:
    assert words(blocks(r"\*a\* \# \[b] 1\. \`c\`")) == "*a* # [b] 1. `c`"


# --- links ------------------------------------------------------------------------------------


def test_a_link_keeps_its_address() -> None:
    href = "https://example.org/a?b=c&d=ü"
    assert inlines(f"[so]({href}) <https://x.org> <mailto:a@b.org>") == (
        d.Link(href, text("so")),
        d.Text(" "),
        d.Link("https://x.org", text("https://x.org")),
        d.Text(" "),
        d.Link("mailto:a@b.org", text("mailto:a@b.org")),
    )


def test_an_address_with_a_value_is_judged_later() -> None:
    parsed = parse(f"A.\n\n[so]({ONE}) [so](mailto:{TWO})\n", EN)
    assert parsed.faults == ()
    assert parsed.links == ((ONE, 2), (f"mailto:{TWO}", 2))


@pytest.mark.parametrize(
    "href",
    ["javascript:x", "file:///etc/passwd", "data:text/html,x", "/x", "x.html", "#x", "//x.org"],
)
def test_other_addresses_are_refused(href: str) -> None:
    [fault] = parse(f"[so]({href})", EN).faults
    assert fault.message == "this link leads nowhere for a reader"


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "line", "message"),
    [
        ("a\n\nb\n<b>c</b>\n", 3, "HTML is not read in a letter"),
        ("a\n\n![x](y.png)\n", 2, "pictures can’t stand in the text of a letter"),
        ("a\n\n- b\n- `c`\n", 3, "code is not part of a letter"),
        ("| a |\n|---|\n| <u>b</u> |\n", 2, "HTML is not read in a letter"),
        ("::: nothing\na\n:::\n", 0, "there is no block “nothing”"),
        ("a\n\n::: close\nb\n", 2, "the block “close” is not closed"),
        ("::: close\na\n::: copies\nb\n:::\n", 0, "the block “close” is not closed"),
        ("a\n\n:::\n", 2, "nothing is open that this ::: could close"),
        ("::: asks\na\n:::\n", 0, "the block “asks” holds one numbered list"),
        ("::: box\na\n\n- b\n- c\n:::\n", 3, "a list can’t stand in the block “box”"),
        ("::: box\n1. b\n:::\n", 1, "a list can’t stand in the block “box”"),
        ("::: close\n| a |\n|---|\n| b |\n:::\n", 1, "a table can’t stand in the block “close”"),
        ("::: postscript\n- a\n:::\n", 1, "a list can’t stand in the block “postscript”"),
        ("::: asks\n- a\n:::\n", 0, "the block “asks” holds one numbered list"),
        ("::: asks\n1. a\n\nb\n:::\n", 0, "the block “asks” holds one numbered list"),
        ("::: signatures\n:::\n\n::: signatures\n:::\n", 3, "a letter is signed in one place only"),
        ("::: signatures\n\nA\n:::\n", 2, "names can’t be written into the signatures"),
        ("a\n\n> " + "- " * 12 + "b\n", 2, "is nested too deep for a letter"),
        ("a \ue000\n", 0, "a value was cut in two"),
        ("a[^1] b\n\n[^1]: c[^2]\n", 2, "this note is never written"),
    ],
)
def test_a_mistake_is_reported_at_its_line(markdown: str, line: int, message: str) -> None:
    faults = parse(markdown, EN).faults
    assert (faults[0].line, faults[0].message.partition(",")[0]) == (line, message)


def test_equal_markdown_is_parsed_once() -> None:
    parse.cache_clear()
    first = parse("Dear all,\n", EN)
    assert parse("Dear all,\n", EN) is first
    assert isinstance(parse("Dear all,\n", FR), Parsed)
    assert (parse.cache_info().hits, parse.cache_info().misses) == (1, 2)
