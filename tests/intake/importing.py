"""A list taken in as the command takes it in, without the process around it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.intake import task
from letters.intake.order import Order
from letters.intake.task import Prepared
from letters.problem import Problem

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.intake.vocabulary import Kind


def emptied(campaign: CampaignFolder) -> CampaignFolder:
    """A campaign whose lists are still to be made."""
    (campaign.path / "signatories.yaml").unlink()
    (campaign.path / "recipients.yaml").unlink()
    return campaign


def shown(campaign: CampaignFolder, kind: Kind, path: Path, **more: Any) -> Prepared:
    """The plan."""
    return task.prepare(Order(campaign.path.resolve(), kind, path, every=True, **more))


def done(campaign: CampaignFolder, kind: Kind, path: Path, **more: Any) -> Prepared:
    """The plan, carried out."""
    found = shown(campaign, kind, path, **more)
    for file in found.written.files:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(file.data)
    return found


def remarks(found: Prepared) -> list[str]:
    """What is said of rows."""
    return [str(one) for one in found.problems]


def errors(found: Prepared) -> list[Problem]:
    """Why rows were refused."""
    return [p for p in found.problems if isinstance(p, Problem) and p.severity == "error"]
