"""Words of a template are exchanged where they stand; what is put in is read as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.campaign.word_changes import NoPlaceError, WordChange
from letters.draft.language import language
from letters.draft.markdown import parse
from letters.draft.template_paragraphs import spliced
from letters.draft.template_words import TemplateWords, escaped, exchanges

from .tree import words

if TYPE_CHECKING:
    from letters.draft.document import Matter

SOURCE = """\
{# a remark #}
We *thank* you -- "all" of you...
and {{ values.thanks }} the rest{% if x %} of it{% endif %} here.
"""


def change(printed: str, went: str, came: str) -> WordChange:
    """``came`` in place of ``went``, counted in the signs of what is printed."""
    at = printed.index(went)
    start = len("".join(printed[:at].split()))
    end = start + len("".join(went.split()))
    before, after = printed[at - 1 : at], printed[at + len(went) :][:1]
    return WordChange(start, end, came, bool(before.strip()), bool(after.strip()))


@pytest.mark.parametrize(
    ("line", "last", "printed", "went", "came", "expected"),
    [
        (2, 2, "We ", "We", "I", "I *thank* you"),
        (2, 2, "thank", "thank", "greet", "We *greet* you"),
        (2, 2, " you – “all” of you…", "you", "them", "them -- "),
        (2, 2, " you – “all” of you…", "all", "each", '"each" of'),
        (2, 2, " you – “all” of you…", "–", "and", 'you and "all"'),
        (2, 2, " you – “all” of you…", "you…", "us.", "of us.\nand"),
        (3, 3, " the rest of it here.", "rest", "remainder", "the remainder{% if"),
        (3, 3, " the rest of it here.", "here.", "here. {{ 7*7 }}", "here. \\{\\{ 7\\*7 \\}\\}\n"),
    ],
)
def test_words_are_exchanged_where_they_stand(
    line: int, last: int, printed: str, went: str, came: str, expected: str
) -> None:
    where = TemplateWords(line, 1, last, printed)
    after = spliced(SOURCE, exchanges(SOURCE, where, [change(printed, went, came)]))
    assert expected in after
    assert after.count("{{ values.thanks }}") == 1
    assert after.startswith("{# a remark #}\n")


@pytest.mark.parametrize(
    ("printed", "went", "came", "message"),
    [
        (" the rest of it here.", "rest of", "x", "an instruction"),
        ("elsewhere", "elsewhere", "x", "from several places"),
        (" the rest of it here.", "here", "a\nb", "a line break"),
    ],
)
def test_what_has_no_single_place_is_refused(
    printed: str, went: str, came: str, message: str
) -> None:
    with pytest.raises(NoPlaceError, match=message):
        exchanges(SOURCE, TemplateWords(3, 1, 3, printed), [change(printed, went, came)])


@settings(max_examples=150)
@given(st.text(alphabet="ab *_[]<>(){}`~#&;:.-+\"'1|\\!=^$cCrR%/", min_size=1, max_size=12))
def test_whatever_is_put_in_is_read_as_words(said: str) -> None:
    said = " ".join(said.split())
    if not said:
        return
    written = f"Before {escaped(said)} after"
    assert "{{" not in written
    assert "{%" not in written
    parsed = parse(written, language("en"))
    [block] = parsed.skeleton.blocks
    matter: Matter = block
    assert words(matter) == f"Before {said} after"
