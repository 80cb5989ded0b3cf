"""Editions that are not in step: what is said, and that those which come with letters are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pages import ROOT

from letters.campaign.load import load
from letters.campaign.translation_log import EditionsFile
from letters.check.editions import behind, name, out_of_step, translations
from letters.draft.drafts import Drafts
from letters.problem import Place

STARTERS = sorted(path.parent for path in (ROOT / "templates").glob("*/starter/letter.yaml"))
CAMPAIGNS = [*STARTERS, ROOT / "signatories/carney", ROOT / "signatories/riverside"]


@pytest.mark.parametrize("folder", CAMPAIGNS, ids=lambda path: path.parent.name + "-" + path.name)
def test_every_edition_that_comes_with_letters_has_the_same_paragraphs(
    folder: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "campaign"))
    campaign, problems = load(copy)
    assert campaign is not None, problems
    for tag, found in translations(None, Drafts(campaign).paragraphs()).items():
        alone = [(tag, one.id, one.state) for one in found if one.state in ("missing", "extra")]
        assert alone == []


def test_a_record_may_name_a_language_that_letters_does_not_know() -> None:
    [problem] = out_of_step(EditionsFile(source="xx"), {"en": (), "fr": ()})
    assert "was compared with xx does" in problem.message


def test_a_record_of_another_source_counts_for_nothing(tmp_path: Path) -> None:
    record = EditionsFile(source="fr")
    [problem] = out_of_step(record, {"en": (), "fr": ()})
    assert (problem.place, problem.severity) == (Place("editions.yaml"), "warning")
    assert problem.message.startswith("the source text is English now")


@pytest.mark.parametrize(
    ("tag", "expected"), [("en", "English"), ("fr-CA", "French (fr-CA)"), ("fa", "Persian")]
)
def test_languages_are_called_by_their_names(tag: str, expected: str) -> None:
    assert name(tag) == expected


def test_editions_are_not_read_where_nobody_compared_one(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT / "signatories/carney", tmp_path / "campaign"))
    campaign, _ = load(copy)
    assert campaign is not None

    def never() -> dict[str, tuple[()]]:
        raise AssertionError("it was asked")

    assert list(behind(campaign, never, {"fr"})) == []
