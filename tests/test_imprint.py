"""What the QR code of a letter says: made, scanned, typed in, and refused where it is no such."""

from __future__ import annotations

import pytest

from letters import imprint
from letters.digests import TextDigest
from letters.imprint import Imprint

TEXT = TextDigest("0123456789abcdef" * 4)
ROOT = "fedcba9876543210" * 4


@pytest.mark.parametrize(
    "known",
    [
        Imprint(TEXT),
        Imprint(TEXT, draft=True),
        Imprint(TEXT, (1, ROOT)),
        Imprint(TEXT, (9_999_999, ROOT)),
    ],
)
def test_what_is_written_is_read_again(known: Imprint) -> None:
    written = known.written()
    assert imprint.read(written) == known
    assert imprint.read(f" {written.lower()}\n") == known
    by_hand = " ".join(written[at : at + 4] for at in range(0, len(written), 4))
    assert imprint.read(by_hand) == known


def test_a_draft_says_so_and_nothing_of_the_log() -> None:
    assert Imprint(TEXT, (7, ROOT), draft=True).written() == f"LETTERS DRAFT {TEXT.upper()}"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "https://example.org",
        f"LETTERS TEXT {TEXT[1:]}",
        f"LETTERS TEXT {TEXT}0",
        f"LETTERS TEXT {TEXT} LOG 0 {ROOT}",
        f"LETTERS TEXT {TEXT} LOG {ROOT}",
        f"LETTERS TEXT {TEXT} LOG {'9' * 17} {ROOT}",
        f"LETTERS NOTE {TEXT}",
        f"LETTERS TEXT {TEXT.replace('0', '٠')}",
    ],
)
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="QR code"):
        imprint.read(wrong)
