"""What a run reads, as digests: a change of any of it is seen, and one in this very moment, too."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from letters.press import ingredients


def test_another_program_is_a_change_and_so_is_one_that_was_installed_a_moment_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "letters" / "templates"
    own.mkdir(parents=True)
    (own / "letter.en.md").write_text("Dear\n")
    monkeypatch.setattr("letters.shipped.TEMPLATES", own)
    later = time.time() + 60
    before = ingredients.of_surroundings(later)
    assert before == ingredients.of_surroundings(later) is not None
    (own / "letter.en.md").write_text("Deer\n")
    assert before != ingredients.of_surroundings(later)
    assert ingredients.of_surroundings(time.time()) is None


@pytest.mark.parametrize(
    "change", ["bytes", "name", "empty folder", "gone", "link", "order of names"]
)
def test_every_file_of_a_campaign_counts_by_its_bytes(tmp_path: Path, change: str) -> None:
    root = tmp_path / "campaign"
    (root / "deep").mkdir(parents=True)
    (root / "a").write_bytes(b"one")
    (root / "deep" / "b").write_bytes(b"two")
    (root / "out").mkdir()
    before = ingredients.of_campaign(root, [root / "out"])
    (root / "out" / "made").write_bytes(b"x")
    os.utime(root / "a", (1, 1))
    assert before == ingredients.of_campaign(root, [root / "out"]) is not None
    match change:
        case "bytes":
            (root / "a").write_bytes(b"eno")
        case "name":
            (root / "a").rename(root / "c")
        case "empty folder":
            (root / "deep" / "c").mkdir()
        case "gone":
            (root / "deep" / "b").unlink()
        case "link":
            (root / "a").rename(tmp_path / "a")
            (root / "a").symlink_to(tmp_path / "a")
        case _:
            (root / "a").write_bytes(b"two")
            (root / "deep" / "b").write_bytes(b"one")
    assert before != ingredients.of_campaign(root, [root / "out"])


@pytest.mark.parametrize(
    "kind", ["a link to a folder", "a pipe", "a dangling link", "too many", "too large"]
)
def test_what_is_hard_to_tell_has_no_digest(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"one")
    match kind:
        case "a link to a folder":
            (tmp_path / "b").symlink_to("/")
        case "a pipe":
            os.mkfifo(tmp_path / "b")
        case "a dangling link":
            (tmp_path / "b").symlink_to(tmp_path / "nowhere")
        case "too many":
            monkeypatch.setattr(ingredients, "_MOST_FILES", -1)
        case _:
            with (tmp_path / "video").open("wb") as stream:
                stream.truncate(2**40)  # which no memory would hold
    assert ingredients.of_campaign(tmp_path, ()) is None
