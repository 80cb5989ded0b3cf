"""What ``check`` would say of a few records, before they are written into their file.

They are looked at as if nobody else were in the campaign, so it takes as long for one person among
a hundred thousand as for one among three.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from letters.campaign.crosscheck import crosscheck
from letters.campaign.load import frame
from letters.campaign.model import Located
from letters.campaign.namecheck import check_names
from letters.campaign.neutral import Role
from letters.campaign.people import Recipient
from letters.campaign.personcheck import check_recipient, check_signatory
from letters.campaign.signatory import Signatory
from letters.campaign.validate import validate
from letters.problem import Problem

P = TypeVar("P")


def look(root: Path, role: Role, records: Sequence[Located]) -> list[Problem]:
    """All that is wrong with those records of signatories, or of recipients."""
    problems: list[Problem] = []
    signatories: list[tuple[Signatory, Located]] = []
    recipients: list[tuple[Recipient, Located]] = []
    for at in records:
        if role == "signatory":
            signatory, found = validate(Signatory, at.source, at.base)
            signatories += [(signatory, at)] if signatory else []
        else:
            recipient, found = validate(Recipient, at.source, at.base)
            recipients += [(recipient, at)] if recipient else []
        problems += found
    around = frame(root)
    if around is None:  # a letter.yaml with mistakes: what needs no more than the record
        for signatory, at in signatories:
            problems += check_signatory(signatory, at)
        for recipient, at in recipients:
            problems += check_recipient(recipient, at)
        return problems
    campaign, found = around.of(*_apart(signatories), *_apart(recipients))
    problems += found
    told = [*crosscheck(campaign, complete=False, declared=False), *check_names(campaign)]
    own = {(at.source.path, at.place().key) for at in records}
    return [*problems, *(one for one in told if not own.isdisjoint(_records_of(one)))]


def _apart(people: Sequence[tuple[P, Located]]) -> tuple[list[P], list[Located]]:
    return [person for person, _ in people], [at for _, at in people]


def _records_of(problem: Problem) -> tuple[tuple[str, str], ...]:
    """The record that a problem is of: one of a list, or the only one of its file."""
    path, key = problem.place.path, problem.place.key
    return (path, key.partition(".")[0]), (path, "")
