"""A letter that is not anybody's own yet can be looked at, and can't leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters


def test_it_is_rendered_with_a_word_and_neither_sent_nor_printed(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    final.edit("letter.yaml", "deadline:", "notice: An invented letter to start from\ndeadline:")
    rendered = run("render", "--format", "txt")
    assert rendered.status == 0
    told = "the letter has invented text of the starter: letter.yaml:38:9 (write your own before"
    assert rendered.stderr.count(told) == 1
    assert run("check").status == 0
    eml = str(tmp_path / "eml")
    for words in (("send",), ("send", "--confirm", "2"), ("send", "--eml", eml),
                  ("send", "--drafts"), ("print",)):  # fmt: skip
        done = run(*words)
        assert done.status == 3, words
        assert "letter.yaml:38:9: warning: notice – is invented text" in done.stderr
        assert "while words of the starter are in the letter" in done.stderr
    assert not (tmp_path / "eml").exists()
    assert not (final.path / "out" / "print").exists()
