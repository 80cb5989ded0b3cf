"""Small campaigns for the rules, and a look at them without a process of their own."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from conftest import CampaignFolder
from PIL import Image

from letters.campaign.load import load
from letters.problem import Problem, has_errors
from letters.workshop.held import Held

L, S, R, T = "letter.yaml", "signatories.yaml", "recipients.yaml", "templates/t/letter.en.md"

LETTER = """\
title: A petition
template: t
languages: [en]
date: 2026-02-02
subject: The public wharf
from: {organisation: Friends of the Harbour}
asks:
  - text: to repair the public wharf before the season of 2027.
body: BODY
"""
SIGNATORIES = """\
- id: okafor
  name: {given: Ngozi, family: Okafor}
  contact: {address: [1 Harbour Road, Larch Cove]}
"""
RECIPIENTS = "- {id: house, name: The House}\n"


@dataclass(frozen=True)
class Sample:
    """A campaign that keeps every rule of a body: what differs from the files above."""

    body: str
    letter: str
    template: str
    signatories: str = SIGNATORIES
    files: dict[str, str | bytes] = field(default_factory=dict)

    def write(self, path: Path) -> CampaignFolder:
        folder = CampaignFolder(path)
        folder.write(L, LETTER.replace("BODY", self.body) + self.letter)
        folder.write(S, self.signatories)
        folder.write(R, RECIPIENTS)
        values = "".join(f"  {key}: {{required: no}}\n" for key in VALUES)
        folder.write("templates/t/template.yaml", f"title: T\nvalues:\n{values}")
        folder.write(T, self.template)
        for name, content in self.files.items():
            folder.write(name, content)
        return folder


VALUES = (
    "text", "action", "background", "details", "objectives", "victim", "perpetrators", "when",
    "where", "circumstances", "representative",
)  # fmt: skip


def judge(folder: CampaignFolder) -> list[Problem]:
    """What ``letters check`` says of the campaign."""
    return judged(folder)[0]


def judged(folder: CampaignFolder) -> tuple[list[Problem], tuple[str, ...]]:
    """The same, with what it reminds of."""
    campaign, found = load(folder.path)
    if campaign is None:
        return found, ()
    inspection = Held(campaign).inspection
    problems = [*found, *inspection.pictures(), *inspection.drafts()]
    told, reminders = inspection.judgement(sound=not has_errors(problems))
    return [*problems, *told], reminders


def picture() -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, "PNG")
    return out.getvalue()
