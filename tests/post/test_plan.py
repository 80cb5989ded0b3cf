"""What a plan refuses to send, each reason by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.campaign.load import load
from letters.campaign.model import Campaign
from letters.digests import TextDigest, of_file, of_manifest
from letters.ledger.details import Rendering
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.plan import LogState, plan
from letters.press import manifest

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.fixture
def grounds(final: CampaignFolder) -> LogState:
    """Of letters that may go."""
    made = manifest.read(final.path / "out")
    assert made is not None
    with Ledger.open(final.path / LOG_NAME) as ledger:
        return LogState(made.files[0].text_digest, ledger.entries(), {}, (), ())


@pytest.fixture
def loaded(final: CampaignFolder) -> Campaign:
    found, problems = load(final.path)
    assert found is not None, problems
    return found


def test_letters_go_that_the_log_knows_for_the_text(
    loaded: Campaign, final: CampaignFolder, grounds: LogState
) -> None:
    assert plan(loaded, final.path / "out", grounds).refusals == ()


def test_letters_do_not_go_that_were_recorded_under_another_text(
    loaded: Campaign, final: CampaignFolder, grounds: LogState
) -> None:
    """The files say that they are of this text, and nothing else is against them."""
    entries = [
        replace(entry, event=replace(entry.event, text_digest=TextDigest("f" * 64)))
        if isinstance(entry.event.detail, Rendering)
        else entry
        for entry in grounds.entries
    ]
    found = plan(loaded, final.path / "out", replace(grounds, entries=entries))
    [refusal] = found.refusals
    assert refusal.startswith(
        "manifest.json has drafts in it, or letters that the log doesn’t know"
    )


def test_letters_do_not_go_while_a_signature_is_to_an_earlier_text(
    loaded: Campaign, final: CampaignFolder, grounds: LogState
) -> None:
    found = plan(loaded, final.path / "out", replace(grounds, stale=("okafor",)))
    assert [line.partition(" (")[0] for line in found.refusals] == ["okafor signed an earlier text"]


@pytest.mark.parametrize("change", ["added", "exchanged", "gone"])
def test_letters_do_not_go_with_other_enclosures_than_they_were_made_with(
    final: CampaignFolder, grounds: LogState, change: str
) -> None:
    made = manifest.read(final.path / "out")
    assert made is not None
    final.write("list.pdf", b"%PDF-1.7 now")
    then = {"added": b"", "exchanged": b"%PDF-1.7 then", "gone": b"%PDF-1.7 now"}[change]
    enclosed = (("list.pdf", of_file(then)),) if then else ()
    files = tuple(replace(file, enclosed=enclosed) for file in made.files)
    data = replace(made, files=files).encode()
    final.write("out/manifest.json", data)
    if change != "gone":
        final.edit("letter.yaml", "fr: Une liste}", "fr: Une liste}\n    file: list.pdf")
    campaign, problems = load(final.path)
    assert campaign is not None, problems
    entries = [
        replace(entry, event=replace(entry.event, detail=Rendering(of_manifest(data))))
        if isinstance(entry.event.detail, Rendering)
        else entry
        for entry in grounds.entries
    ]
    found = plan(campaign, final.path / "out", replace(grounds, entries=entries))
    [refusal] = found.refusals
    assert refusal.startswith("enclosed file list.pdf is not the one that was there")
