"""The tree on its own: frozen, comparable, and readable as plain words."""

from __future__ import annotations

import pytest
from msgspec import Struct

from letters.draft import document as d


def test_plain_gives_the_words_without_notes() -> None:
    content = (
        d.Text("a "),
        d.Strong((d.Value("b"), d.Emphasis((d.Text("c"),)))),
        d.NoteMark(1),
        d.Break(),
        d.Link("https://x.org", (d.Text("d"),)),
    )
    assert d.plain(content) == "a bc\nd"
    assert d.plain(()) == ""


def test_a_node_is_what_it_holds() -> None:
    assert d.Paragraph((d.Text("a"),)) == d.Paragraph((d.Text("a"),))
    assert len({d.Text("a"), d.Text("a"), d.Value("a")}) == 2


@pytest.mark.parametrize(
    "kind",
    [getattr(d, name) for name in d.__all__ if issubclass(type(getattr(d, name)), type(Struct))],
)
def test_every_node_is_frozen_and_holds_nothing_but_its_fields(kind: type[Struct]) -> None:
    assert kind.__struct_config__.frozen
    assert not kind.__struct_config__.dict
