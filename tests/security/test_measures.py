"""A part of each measure in docs/security.md; the whole is taken by ``script/soak security``."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from . import damaged, fetching, fuzzing, sandbox
from .fuzzing import CORPUS, DICTIONARY, KINDS, MADE
from .measures import MEASURES
from .watched import WATCH, listening, watch

if TYPE_CHECKING:
    from conftest import CampaignFolder

pytestmark = pytest.mark.filterwarnings("ignore")  # what libraries warn of in damaged files

DOCS = Path(__file__).parents[2] / "docs" / "security.md"


def test_nothing_is_fetched(tmp_path: Path) -> None:
    tried, hits, which = fetching.measure(tmp_path, every=47)
    assert tried > 12
    assert hits == 0, which


def test_there_are_five_hundred_vectors(tmp_path: Path) -> None:
    assert len(list(fetching.vectors(1, tmp_path))) >= 500
    assert len({name for name, _ in fetching.vectors(1, tmp_path)}) >= 500


def test_a_fetch_would_be_noticed(tmp_path: Path) -> None:
    """So that nothing above is true because nobody looks."""
    seen = watch()
    with listening() as (port, heard), seen.watching():
        import urllib.request

        urllib.request.urlopen(f"http://127.0.0.1:{port}/a").close()
    assert "socket.connect" in seen.hits
    assert heard[0].startswith(b"GET /a")
    seen.hits.clear()
    seen.canary = str(tmp_path / "canary")
    (tmp_path / "canary").write_text("x", encoding="utf-8")
    with seen.watching():
        (tmp_path / "canary").read_text(encoding="utf-8")
    assert seen.hits == ["open"]
    assert not WATCH.on


def test_no_template_leaves_the_sandbox(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    tried, hits, which = sandbox.measure(campaign.path, every=31)
    assert tried > 100
    assert hits == 0, which


def test_there_are_three_thousand_payloads() -> None:
    assert len(set(sandbox.payloads())) >= 3_000


def test_files_that_are_damaged_by_chance_end_in_words(tmp_path: Path) -> None:
    tried, hits, which = fuzzing.measure(tmp_path, 300)
    assert tried > 120
    assert hits == 0, which


def test_documents_that_are_damaged_end_in_words(tmp_path: Path) -> None:
    tried, hits, which = damaged.measure(tmp_path, 18)
    assert tried == 18
    assert hits == 0, which


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MADE])
def test_each_seed_is_sound_small_and_in_the_tree(kind: str, tmp_path: Path) -> None:
    fuzzing.prepare(tmp_path)
    whole = fuzzing.seed(kind, tmp_path)
    assert (CORPUS / KINDS[kind][0]).stat().st_size < 4_000
    KINDS[kind][1](whole, tmp_path)  # raises nothing
    assert fuzzing.mutated(whole, random.Random(1)) != whole


TEXTS = st.lists(
    st.one_of(st.sampled_from([each.decode("utf-8", "replace") for each in DICTIONARY]), st.text(max_size=6)),
    max_size=12,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("kind", ["YAML", "Markdown", "style sheets", "mail", "checkpoints"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("[^1]: " * 50)
@example("- " * 300)
@example("&#xe000;&#xe010;&#xe001;")
@given(text=TEXTS)
def test_whatever_is_written_is_read_or_refused_in_words(
    kind: str, tmp_path: Path, text: str
) -> None:
    """Pieces that mean something to some reader, in any order."""
    data = text.encode("utf-8", "surrogatepass")
    assert fuzzing.faults(kind, 0, tmp_path, data) == ""
    KINDS[kind][1](data, tmp_path)


def test_the_page_has_the_figures_of_each_measure() -> None:
    """``script/soak security`` prints these lines; whoever changes a measure runs it again."""
    page = DOCS.read_text(encoding="utf-8")
    for what, least, _ in MEASURES.values():
        found = re.search(rf"^\| {re.escape(what)} \| ([0-9,]+) \| 0 \|$", page, re.MULTILINE)
        assert found, what
        assert int(found[1].replace(",", "")) >= least
