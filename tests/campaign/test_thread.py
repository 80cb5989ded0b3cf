"""A recipient's thread: Message-IDs that a mail follows, read strictly and printed nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafting import text_of

from letters.campaign.load import load

if TYPE_CHECKING:
    from conftest import CampaignFolder

MINISTER = "- id: minister\n"


def threaded(campaign: CampaignFolder, written: str) -> list[str]:
    campaign.edit("recipients.yaml", MINISTER, f"{MINISTER}  thread: {written}\n")
    return [str(problem) for problem in load(campaign.path)[1]]


@pytest.mark.parametrize(
    "one",
    [
        "<a1b2@example.org>",
        "<a1b2.3@xn--mnchen-3ya.de>",
        "<CAF+x=_y/z!#$%&'*?^`{|}~-9@mail.gmail.com>",
        "<AM6PR04MB.1234567890@AM6PR04MB.eurprd04.prod.outlook.com>",
        "<a@localhost>",
        "<a@[192.0.2.1]>",
    ],
)
def test_a_message_id_is_taken_as_mail_programs_write_it(
    one: str, campaign: CampaignFolder
) -> None:
    assert threaded(campaign, '"' + one + '"') == []
    found = load(campaign.path)[0]
    assert found is not None
    assert found.recipients[1].thread == (one,)


@pytest.mark.parametrize(
    "one",
    [
        "a1b2@example.org",
        "<a1b2>",
        "<@example.org>",
        "<a1b2@>",
        "<a b@example.org>",
        "<a@b@example.org>",
        "<a..b@example.org>",
        "<.a@example.org>",
        "<a@example.org> <b@example.org>",
        "<a@example.org>,",
        r"<a@example.org>\r\nBcc: x@evil.example",
        r"<a\0@example.org>",
        "<ä@example.org>",
        "<a@exämple.org>",
        "<a@example.org\u200b>",
        f"<{'a' * 250}@example.org>",
        "",
    ],
)
def test_anything_else_is_refused_at_its_place(one: str, campaign: CampaignFolder) -> None:
    problems = threaded(campaign, f'["<first@example.org>", "{one}"]')
    assert problems
    assert all(problem.startswith("recipients.yaml:14:35: ") for problem in problems)
    if not any("character U+" in problem for problem in problems):
        assert "[1].thread[1] – must be a Message-ID in its angle brackets" in problems[0]


@pytest.mark.parametrize("written", ["{a: <a@example.org>}", "[[<a@example.org>]]"])
def test_what_is_no_list_is_refused(written: str, campaign: CampaignFolder) -> None:
    [problem] = threaded(campaign, written)
    assert problem.startswith("recipients.yaml:14:1")


def test_a_thread_without_end_is_refused(campaign: CampaignFolder) -> None:
    many = ", ".join(f"<{n}@example.org>" for n in range(51))
    [problem] = threaded(campaign, f"[{many}]")
    assert "thread – must be at most 50 Message-IDs" in problem


def test_no_template_reaches_it_and_nobody_signs_it(campaign: CampaignFolder) -> None:
    before = load(campaign.path)[0]
    assert threaded(campaign, "[<a@example.org>]") == []
    after = load(campaign.path)[0]
    assert before is not None
    assert after is not None
    assert text_of(after) == text_of(before)
    body = "templates/note/letter.en.md"
    campaign.write(body, campaign.read(body) + "\n{{ recipient.thread }}\n")
    reached = load(campaign.path)[0]
    assert reached is not None
    with pytest.raises(Exception, match="has no “thread”"):
        text_of(reached)
