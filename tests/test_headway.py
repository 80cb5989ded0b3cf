"""Whatever takes long where many sign or are written to tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from intake.importing import shown
from signing import sign

from letters import headway
from letters.campaign.load import load
from letters.campaign.roll import everybody
from letters.draft.drafts import Drafts
from letters.headway import Headway
from letters.intake import delimited
from letters.intake.delimited import LONGEST_LINE
from letters.intake.row import UnreadableError
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify
from letters.workshop.workers import Worker, Workers

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.fixture
def told() -> Iterator[list[Headway | None]]:
    """All that was told so far."""
    heard: list[Headway | None] = []
    headway.listeners.append(heard.append)
    yield heard
    headway.listeners.clear()


def reading(campaign: CampaignFolder) -> object:
    return load(campaign.path)


def listing(campaign: CampaignFolder) -> object:
    return everybody(campaign.path)


def drafting(campaign: CampaignFolder) -> object:
    found, _ = load(campaign.path)
    assert found is not None
    headway.listeners[0](None)
    return Drafts(found).text()


def verifying(campaign: CampaignFolder) -> object:
    with Ledger.open(campaign.path / LOG_NAME) as log:
        return verify(log.snapshot())


def importing(campaign: CampaignFolder) -> object:
    rows = "".join(f"Person {number},p{number}@example.org\n" for number in range(600))
    campaign.write("list.csv", "Name,Email\n" + rows)
    return shown(campaign, "signatories", campaign.path / "list.csv")


LONG: dict[str, tuple[Callable[[CampaignFolder], object], set[str]]] = {
    "reading": (reading, {"reading the people"}),
    "listing": (listing, {"reading the people"}),
    "drafting": (drafting, {"drafting"}),
    "verifying": (verifying, {"reading the entries", "looking at the entries"}),
    "importing": (importing, {"reading the list, in kB", "comparing the rows"}),
}


@pytest.mark.parametrize("step", LONG)
def test_what_takes_long_is_counted(
    step: str, campaign: CampaignFolder, told: list[Headway | None]
) -> None:
    do, words = LONG[step]
    if step == "verifying":
        sign(campaign.path)
    told.clear()
    do(campaign)
    counted = [each for each in told if each]
    assert words <= {each.words for each in counted}
    assert all(0 <= each.done <= each.total for each in counted)
    assert told[-1] is None


@pytest.mark.parametrize("folder", [False, True])
def test_people_are_counted_in_a_list_and_in_a_folder(
    folder: bool, campaign: CampaignFolder, told: list[Headway | None]
) -> None:
    people = [f"id: r{n}\nname: Recipient {n}\noffice: Office\naddress: Town\n" for n in range(40)]
    if folder:
        (campaign.path / "recipients.yaml").unlink()
        campaign.write("letter.yaml", campaign.read("letter.yaml") + "recipients: recipients\n")
        for number, person in enumerate(people):
            campaign.write(f"recipients/r{number}.yaml", person)
    else:
        listed = "".join("- " + person.replace("\n", "\n  ").rstrip(" ") for person in people)
        campaign.write("recipients.yaml", listed)
    load(campaign.path)
    assert Headway(32, 40, "reading the people") in told


def test_a_list_that_ends_in_a_fault_counts_no_more(
    campaign: CampaignFolder, told: list[Headway | None]
) -> None:
    rows = "".join(f"Person {number},teacher\n" for number in range(600))
    campaign.write("list.csv", "Name,Role\n" + rows + "a" * LONGEST_LINE)
    table = delimited.read(campaign.path / "list.csv", "utf-8")
    with pytest.raises(UnreadableError, match="line 602"):
        list(table.rows)
    assert any(told)
    assert told[-1] is None


def test_nobody_need_listen_and_nothing_is_lost() -> None:
    assert not headway.listeners
    assert list(headway.over(iter("letters"), 7, "spelling")) == list("letters")


def test_whoever_ends_early_counts_no_more(told: list[Headway | None]) -> None:
    for item in headway.over(range(50), 50, "counting"):
        if item == 20:
            break
    assert told == [Headway(0, 50, "counting"), Headway(16, 50, "counting"), None]


def _nothing() -> None:
    """Nothing has to be ready."""


def _count_until(mark: str) -> int:
    """Count, and wait at the first item."""
    number = 0
    for item in headway.over(range(3), 3, "counting"):
        number = item
        while not Path(mark).exists():
            sleep(0.001)
    return number


def test_a_worker_tells_how_far_it_is(tmp_path: Path) -> None:
    worker, mark = Worker(_nothing), tmp_path / "go on"
    with Workers([worker]):
        asked = worker.submit(60.0, _count_until, str(mark))
        end = monotonic() + 60
        while asked.headway is None and monotonic() < end:
            sleep(0.001)
        assert asked.headway == Headway(0, 3, "counting")
        mark.touch()
        assert asked.result(60) == 2
        assert asked.headway is None
