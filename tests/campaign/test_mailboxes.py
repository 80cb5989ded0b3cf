"""Which addresses are one mailbox, and that “check” says who shares one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.campaign.mailboxes import mailbox_of

if TYPE_CHECKING:
    from conftest import CampaignFolder

SAME = [
    ("mayor@example.org", "mayor@EXAMPLE.org"),
    ("mayor@example.org", "Mayor@Example.Org"),
    ("mayor@example.org", "MAYOR@example.org"),
    ("info@münchen.de", "info@xn--mnchen-3ya.de"),
    ("info@münchen.de", "info@MÜNCHEN.DE"),
    ("info@münchen.de", "Info@XN--MNCHEN-3YA.de"),
    ("info@mu\u0308nchen.de", "info@münchen.de"),
    ("bu\u0308ro@example.org", "büro@example.org"),
    ("BÜRO@example.org", "büro@EXAMPLE.ORG"),
    ("почта@пример.рф", "ПОЧТА@xn--e1afmkfd.xn--p1ai"),
    ("ｍayor@example.org", "mayor@example.org"),
    ("mayor@ｅxample.org", "mayor@example.org"),
    ("mayor@example。org", "mayor@example.org"),
]
OTHERS = [
    ("mayor@example.org", "major@example.org"),
    ("mayor@example.org", "mayor@example.com"),
    ("mayor@example.org", "mayor+letters@example.org"),
    ("may.or@example.org", "mayor@example.org"),
    ("mayor@example.org", "mayor@mail.example.org"),
    ("info@muenchen.de", "info@münchen.de"),
    ("info@strasse.example", "info@straße.example"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_mailbox_has_many_spellings(one: str, other: str) -> None:
    assert mailbox_of(one) == mailbox_of(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_what_some_servers_ignore_is_another_mailbox(one: str, other: str) -> None:
    assert mailbox_of(one) != mailbox_of(other)


def warnings(folder: CampaignFolder, *records: str) -> list[str]:
    folder.write("recipients.yaml", "".join(f"- {{{record}}}\n" for record in records))
    found, problems = load(folder.path)
    assert found is not None, problems
    return [str(problem) for problem in problems]


def test_there_is_one_warning_for_all_who_share_a_mailbox(campaign: CampaignFolder) -> None:
    found = warnings(
        campaign,
        "id: a, name: Ann A, email: mayor@example.org",
        "id: b, name: Bo B, email: Mayor@Example.org",
        "id: c, name: Cy C, email: cy@example.org",
        "id: d, name: Di D, email: MAYOR@example.org",
        "id: e, name: Ed E",
        "id: f, name: Fi F",
    )
    [said] = found
    assert said == (
        "recipients.yaml:4:30: warning: [3].email – is the e-mail address of a, b too (“letters"
        " send” asks before it sends more than one letter there)"
    )


HOME = "address: {street: 1 Elm Street, city: Ottawa, postcode: K1A 0A1, country: CA}"


def test_who_stands_there_twice_is_a_warning_and_who_shares_an_office_is_none(
    campaign: CampaignFolder,
) -> None:
    found = warnings(
        campaign,
        f"id: a, name: Zoé Birch, {HOME}",
        f"id: b, name: Bo B, {HOME}",
        f"id: c, name: zoe  BIRCH, {HOME.replace('Elm Street', 'ELM  street')}",
        f"id: d, name: Zoé Birch, {HOME.replace('1 Elm', '2 Elm')}",
        "id: e, name: Zoé Birch",
    )
    [said] = found
    assert said == (
        "recipients.yaml:3:3: warning: [2] – has the name and the postal address of a (give each"
        " person one record)"
    )
