"""A tree without its values, and the values put in."""

from __future__ import annotations

from letters.draft import document as d
from letters.draft.skeleton import fill, fill_blocks, lines_of, words

HOLE = d.Value("", hole=0)


def printed(*lines: str) -> d.Inlines:
    out: list[d.Inline] = []
    for line in lines:
        out += [d.Break(), d.Value(line)] if out else [d.Value(line)]
    return tuple(out)


def test_a_value_is_put_in_wherever_it_stands() -> None:
    content = (d.Text("a"), d.Strong((HOLE, d.Emphasis((HOLE,)))), d.Link("https://x", (HOLE,)))
    filled = fill(content, lambda _: printed("V"))
    value = (d.Value("V"),)
    assert filled == (
        d.Text("a"),
        d.Strong((*value, d.Emphasis(value))),
        d.Link("https://x", value),
    )


def test_an_address_takes_the_words_of_its_values() -> None:
    link = d.Link("https://x/\ue000\ue010\ue001?y", (d.Text("a"),))
    assert fill((link,), lambda _: printed("V*")) == (d.Link("https://x/V*?y", (d.Text("a"),)),)


def test_blocks_of_lines_are_cut_at_breaks_and_empty_lines_go() -> None:
    run = (HOLE, d.Break(), d.Text("  "), d.Break(), d.Text(" b "))
    for kind in (d.Letterhead, d.AddressBlock):
        assert fill_blocks((kind((run,)),), lambda _: printed("1", "2")) == (
            kind(((d.Value("1"),), (d.Value("2"),), (d.Text("b"),))),
        )


def test_a_block_that_turns_out_empty_is_left_out() -> None:
    nothing = (
        d.Paragraph((HOLE,)), d.Paragraph((d.Text("  "),)), d.AddressBlock(((HOLE,),)),
        d.Copies("", ()), d.Enclosures("", ((),)), d.Salutation(()),
    )  # fmt: skip
    assert fill_blocks(nothing, lambda _: ()) == ()


def test_blocks_inside_blocks_are_filled() -> None:
    inner = d.Paragraph((HOLE,))
    filled = d.Paragraph((d.Value("V"),))
    blocks = (
        d.List(True, ((inner,),), 3), d.Asks(((inner,),)), d.Quote((inner,)),
        d.Table(("start",), ((HOLE,),), (((HOLE,),),)), d.SignatureBlock(()), d.Heading(1, (HOLE,)),
    )  # fmt: skip
    value = (d.Value("V"),)
    assert fill_blocks(blocks, lambda _: printed("V")) == (
        d.List(True, ((filled,),), 3), d.Asks(((filled,),)), d.Quote((filled,)),
        d.Table(("start",), (value,), ((value,),)), d.SignatureBlock(()), d.Heading(1, value),
    )  # fmt: skip


def test_lines_keep_their_markup() -> None:
    content = (d.Text("a "), d.Strong((d.Text("b"),)), d.Break(), d.Break(), d.Text("c"))
    assert lines_of(content) == ((d.Text("a "), d.Strong((d.Text("b"),))), (d.Text("c"),))
    assert lines_of(()) == ()


def test_words_are_texts_and_numbers_of_values() -> None:
    assert words("a \ue000\ue011\ue012\ue001b") == (d.Text("a "), d.Value("", hole=12), d.Text("b"))
    assert words("") == ()
