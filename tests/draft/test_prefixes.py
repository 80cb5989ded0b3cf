"""A Hebrew prefix that a template joins to a value stands apart from other scripts."""

from __future__ import annotations

import pytest

from letters.draft import document as d
from letters.draft.skeleton import fill, words
from letters.draft.values import Hold, Sealed, loading


@pytest.mark.parametrize(
    ("before", "value", "said"),
    [
        ("נבקש מ", "Library Board", "נבקש מ־Library Board"),
        ("נבקש מ", "ממשלת המחוז", "נבקש מממשלת המחוז"),
        ("ב", "7 בינואר", "ב־7 בינואר"),
        ("ל", "Путь", "ל־Путь"),
        ("נבקש מ ", "Library", "נבקש מ Library"),
        ("נבקש מ־", "Library", "נבקש מ־Library"),
        ("from", "Library", "fromLibrary"),
        ("מ", "”Library“", "מ”Library“"),
        ("", "Library", "Library"),
    ],
)
def test_it_sets_a_maqaf_where_scripts_meet(before: str, value: str, said: str) -> None:
    with loading(Hold()):
        content = words(f"{before}{Sealed(value, value)}")
    assert d.plain(fill(content, lambda hole: (d.Value(value, hole=hole),))) == said


def test_the_recipients_own_words_are_a_slot_with_and_without_it() -> None:
    with loading(Hold()):
        content = words(f"אל{Sealed('', '')}")
    [_, value] = fill(content, lambda hole: (d.Value("Ada", "recipient.name", hole=hole),))
    assert value == d.Value("־Ada", "recipient.name", hole=0)
