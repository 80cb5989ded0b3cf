"""What a Markdown reader would print as plain words is refused instead."""

from __future__ import annotations

import pytest

from letters.draft import document as d
from letters.draft.language import language
from letters.draft.markdown import parse


@pytest.mark.parametrize(
    ("markdown", "near", "message"),
    [
        ("See <b>this</b>.", "<b>", "HTML is not read in a letter"),
        ("One <!-- a remark --> two.", "<!--", "HTML is not read in a letter, and this would be"),
        ("Said before.[^2]", "[^2]", "this note is never written"),
        ("Counted.[@Count]", "[@Count]", "this is not the key of a source"),
        ("A `word` in ticks.", "`", "code is not part of a letter"),
        ("```\nwords\n```", "`", "code is not part of a letter"),
    ],
)
def test_it_refuses_what_would_be_printed_by_accident(
    markdown: str, near: str, message: str
) -> None:
    [fault] = parse(markdown, language("en")).faults
    assert fault.near == near
    assert fault.message.startswith(message)


def test_it_lets_ordinary_signs_through() -> None:
    markdown = "Children <18, a > b, [in brackets], a@example.org.[@count][^1]\n\n[^1]: A note.\n"
    parsed = parse(markdown, language("en"))
    assert parsed.faults == ()
    [paragraph] = parsed.skeleton.blocks
    assert isinstance(paragraph, d.Paragraph)
    assert d.plain(paragraph.content).startswith(
        "Children <18, a > b, [in brackets], a@example.org."
    )
    assert len(parsed.skeleton.notes) == 2
