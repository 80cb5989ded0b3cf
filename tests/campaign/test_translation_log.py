"""editions.yaml: it comes back as it was written, and what is wrong with it has a place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from letters.campaign.translation_log import FILE, Comparison, EditionsFile, encode, load

if TYPE_CHECKING:
    from pathlib import Path

ONE = Comparison(id="thanks", source="a" * 64, translation="b" * 64, on=dt.date(2026, 1, 2))
ODD = Comparison(
    id="values.“a: b” #+1", source="1" * 64, translation="0" * 64, on=dt.date(2026, 1, 3)
)


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    translations = {"fr": (ONE, ODD), "de": (), "fr-CA": (ONE,)}
    (tmp_path / FILE).write_bytes(encode("en", translations))
    assert load(tmp_path) == (EditionsFile(source="en", translations=translations), [])
    assert encode("en", dict(reversed(translations.items()))) == encode("en", translations)


def test_no_file_is_no_record_and_no_problem(tmp_path: Path) -> None:
    assert load(tmp_path) == (None, [])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "editions.yaml:1:1: is empty"),
        ("source: en\ntranslations:\n  fr:\n    - id: a\n      source: 12\n", "5:15: translations.fr[0].source – is not in the right form"),
        ("source: en\ntranslations:\n  French: []\n", "translations"),
        ("source: English\n", "1:9: source – must be a language tag"),
        ("translations: {}\n", "source – is missing"),
        ("source: en\nsources: fr\n", "2:1: sources – is not a known key"),
        ("<<<<<<< HEAD\n", "editions.yaml:1:1: "),
    ],
)  # fmt: skip
def test_what_is_wrong_has_a_place(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    record, problems = load(tmp_path)
    assert record is None
    assert said in "\n".join(map(str, problems))


def test_a_link_out_of_the_campaign_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "campaign"
    folder.mkdir()
    (tmp_path / "elsewhere.yaml").write_bytes(encode("en", {}))
    (folder / FILE).symlink_to(tmp_path / "elsewhere.yaml")
    record, [problem] = load(folder)
    assert record is None
    assert "a link that leads out" in str(problem)


def test_what_is_no_file_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "nowhere.yaml")
    record, [problem] = load(tmp_path)
    assert record is None
    assert problem.message == "is a link that leads nowhere"
