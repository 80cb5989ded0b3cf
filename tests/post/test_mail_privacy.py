"""No mail goes out with a protected name in any of its words, whoever typed it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import loaded
from msgspec.structs import replace

from letters.check.privacy import search
from letters.check.protected import Secret, from_everybody, secrets
from letters.digests import TextDigest
from letters.post.mail_privacy import leaks, leaks_in_files
from letters.post.mime import Attachment
from letters.post.plan import Parcel
from letters.post.ready_messages import Ready, seal
from letters.problem import Problem

from .mail import MAIL

if TYPE_CHECKING:
    from conftest import CampaignFolder


def known(campaign: CampaignFolder) -> tuple[Secret, ...]:
    return from_everybody(secrets(loaded(campaign)))


def ready(who: str, **changed: Any) -> Ready:
    return seal(Parcel(0, who, ()), replace(MAIL, **changed), TextDigest("ab" * 32))


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "From Withheld Person"},
        {"text": "Dear Minister,\n\nWithheld\nPerson is with us.\n"},
        {"html": "<p>Withheld Person</p>"},
        {"attachments": (Attachment("Withheld Person.pdf", "application/pdf", b"%PDF"),)},
    ],
    ids=["subject", "text", "html", "name of a file"],
)
def test_a_withheld_name_is_found_and_not_repeated(
    campaign: CampaignFolder, changed: dict[str, Any]
) -> None:
    mails = [ready("prime-minister"), ready("minister", **changed)]
    found = leaks(known(campaign), mails)
    errors = [problem for problem in found if problem.severity == "error"]
    assert {problem.place.path for problem in errors} == {"the mail to minister"}
    assert all("Person" not in str(problem) for problem in found)


def test_what_is_confidential_may_be_said_to_its_recipient(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "fr: Une liste}", "fr: Une liste}\n    confidential: yes")
    assert leaks(known(campaign), [ready("minister", text="Enclosed: A list\n")]) == []


def test_a_file_that_goes_out_is_searched_once_whoever_gets_it(campaign: CampaignFolder) -> None:
    clean = Attachment("letter.pdf", "application/pdf", b"%PDF-1.7 a letter")
    telling = Attachment("list.pdf", "application/pdf", b"%PDF-1.7 (Withheld Person)")
    mails = [ready("prime-minister", attachments=(clean, clean)),
             *(ready(who, attachments=(clean, telling)) for who in ("minister", "clerk"))]  # fmt: skip
    private = known(campaign)
    searched: list[bytes] = []

    def searching(data: bytes, mail: str) -> list[Problem]:
        searched.append(data)
        return search("", data, private)

    found = leaks_in_files(mails, searching)
    assert searched == [clean.data, telling.data]
    assert next(problem.severity for problem in found) == "error"
    assert {problem.place.path for problem in found} == {"the mail to minister"}
    assert all(problem.message.startswith("file 2 of it holds") for problem in found)
    assert all("Person" not in str(problem) for problem in found)
    assert leaks_in_files(mails[:1], searching) == []
