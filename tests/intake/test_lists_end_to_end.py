"""Each kind of list becomes people of a campaign: all rows accounted for, and twice is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from letters.campaign.load import load

from . import lists
from .importing import done, emptied, errors

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.intake.vocabulary import Kind

N = 120


def _written(name: str, text: Callable[[int], str | bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        made = text(N)
        file = folder / name
        file.write_bytes(made.encode() if isinstance(made, str) else made)
        return file

    return make


def _json(make: Callable[[int], object]) -> Callable[[int], str]:
    return lambda n: json.dumps(make(n), ensure_ascii=False)


def _yaml(make: Callable[[int], object]) -> Callable[[int], str]:
    return lambda n: yaml.safe_dump(
        json.loads(json.dumps(make(n))), allow_unicode=True, sort_keys=False
    )


def _states(folder: Path) -> Path:
    there = folder / "states"
    there.mkdir()
    for number, record in enumerate(lists.open_states(N)):
        text = yaml.safe_dump(record, allow_unicode=True)
        (there / f"{number:04}.yml").write_text(text, encoding="utf-8")
    return there


def _signatures(folder: Path) -> Path:
    there = folder / "signed"
    lists.signatures(there, N)
    return there


LISTS: dict[str, tuple[str, Kind, Callable[[Path], Path]]] = {
    "congress": ("us-congress", "recipients", _written("c.yaml", _yaml(lists.congress))),
    "open states": ("open-states", "recipients", _states),
    "commons json": ("ca-house-of-commons", "recipients", _written("m.json", _json(lists.commons_json))),
    "commons xml": ("ca-house-of-commons", "recipients", _written("m.xml", lists.commons_xml)),
    "commons csv": ("ca-house-of-commons", "recipients", _written("m.csv", lists.commons_csv)),
    "meps": ("eu-parliament", "recipients", _written("e.json", lambda n: json.dumps({"data": lists.meps(n)}))),
    "lords": ("uk-lords", "recipients", _written("l.js", lists.lords)),
    "uk members": ("uk-parliament", "recipients", _written("u.json", _json(lists.uk_members))),
    "popolo": ("popolo", "recipients", _written("p.json", _json(lists.popolo))),
    "mailmerge": ("mailmerge", "recipients", _written("mm.csv", lists.mailmerge)),
    "word": ("word-mail-merge", "recipients", _written("w.csv", lists.word)),
    "google": ("google-forms", "signatories", _written("g.csv", lists.google)),
    "lime": ("lime-survey", "signatories", _written("s.csv", lists.lime)),
    "action network": ("action-network", "signatories", _written("a.csv", lists.action_network)),
    "civicrm": ("civicrm", "signatories", _written("v.csv", lists.civicrm)),
    "one file a signature": ("one-file-a-signature", "signatories", _signatures),
    "cards": ("address-book", "signatories", _written("b.vcf", lists.cards)),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_row_is_accounted_for_and_twice_changes_nothing(
    name: str, campaign: CampaignFolder, tmp_path: Path
) -> None:
    recipe, kind, make = LISTS[name]
    emptied(campaign)
    source = make(tmp_path)
    first = done(campaign, kind, source, recipe=recipe)
    people = yaml.safe_load(campaign.read(f"{kind}.yaml"))
    counts = first.counts
    came = counts["new"] + counts["flagged"]
    assert len(people) == came
    assert came + counts["refused"] >= N
    assert len({one["id"] for one in people}) == came
    assert len(errors(first)) >= counts["refused"]
    before = {p: p.read_bytes() for p in campaign.path.rglob("*") if p.is_file()}
    again = done(campaign, kind, source)
    assert again.counts == {
        "new": 0, "updated": 0, "unchanged": came, "flagged": 0, "refused": counts["refused"],
    }  # fmt: skip
    assert {p: p.read_bytes() for p in campaign.path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("name", ["congress", "open states", "google", "word", "lords"])
def test_what_was_taken_in_can_be_loaded_and_taken_in_again_as_yaml(
    name: str, campaign: CampaignFolder, tmp_path: Path
) -> None:
    recipe, kind, make = LISTS[name]
    emptied(campaign)
    other = "recipients" if kind == "signatories" else "signatories"
    campaign.write(f"{other}.yaml", "- {id: somebody, name: Some Body}\n")
    done(campaign, kind, make(tmp_path), recipe=recipe)
    problems = [
        p
        for p in load(campaign.path)[1]
        if p.severity == "error" and p.place.path == f"{kind}.yaml"
    ]
    assert problems == []
    ours = campaign.read(f"{kind}.yaml")
    listed = tmp_path / "ours.yaml"
    listed.write_text(ours, encoding="utf-8")
    (campaign.path / f"{kind}.yaml").unlink()
    (campaign.path / "imports.yaml").unlink()
    back = done(campaign, kind, listed)
    assert back.counts["refused"] == 0
    assert yaml.safe_load(campaign.read(f"{kind}.yaml")) == yaml.safe_load(ours)
