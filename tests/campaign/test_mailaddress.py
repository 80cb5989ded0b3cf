"""One rule for addresses of mail: what can’t be sent to is said where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.campaign.mailaddress import fault
from letters.campaign.mailboxes import mailbox_of
from letters.post.address import UnfitError, mailbox
from letters.problem import Place

if TYPE_CHECKING:
    from conftest import CampaignFolder

NOT_ONE = [
    "chair..x@example.org", ".chair@example.org", "chair.@example.org", "a@exam_ple.org",
    "a@example.org.", "a@.example.org", "a@example..org", "a@-example.org", "a@example-.org",
    "a@example", "a@localhost", "a@192.0.2.1", "a@[192.0.2.1]", "a@example.123", "@example.org", "a@",
    "a", "a b@example.org", "a@exam ple.org", "a@b@example.org", "a,b@example.org",
    "a@example.org,", "a@example.org, b@example.org", "<a@example.org>", "Ada <a@example.org>",
    '"a b"@example.org', '"a"@example.org', "a(remark)@example.org", "a\\b@example.org",
    "=?utf-8?q?a?=@example.org", "=?utf-8?b?YQ==?=@example.org", "a=?x@example.org",
    "=?utf-8?q?a=40example.org=3e=20?=b@example.net", "mailto:a@example.org", "MAILTO:a@example.org", "https://example.org", "a＠example.org",
    "a@exam\u00adple.org", "a\u00ad@example.org", "a@exam\u200eple.org", "a\u200f@example.org",
    "a\u00a0@example.org", "a@\u0301.org", f"{'a' * 65}@example.org", f"{'ü' * 33}@example.org",
    f"a@{'b' * 64}.org", f"a@{'ü' * 63}.org", "a@xn--a.org", "a@XN--A.org", "a@xn--999999999.org",
    "a@mail.xn--mnchen-3ya9.de", "a@example.xn--zz", "a@xn--n3h.org", "a@xn--mnchen-.de", f"a@{'.'.join(['b' * 60] * 5)}.org",
]  # fmt: skip
ONE = [
    "a@example.org", "A.B@EXAMPLE.ORG", "o'neil+x@mail.example.co.uk", "a_b@example.org",
    "büro@example.org", "bu\u0308ro@example.org", "info@münchen.de", "почта@пример.рф",
    "संपर्क@डाटामेल.भारत", f"{'a' * 64}@example.org", f"a@{'b' * 63}.org", "a@xn--mnchen-3ya.de",
    "a@XN--MNCHEN-3YA.de", "a@mail.xn--e1afmkfd.xn--p1ai", "a@ab--c.org", "a@axn--a.org",
]  # fmt: skip


@pytest.mark.parametrize("written", NOT_ONE)
def test_check_and_send_refuse_the_same(campaign: CampaignFolder, written: str) -> None:
    assert fault(written)
    with pytest.raises(UnfitError) as refused:
        mailbox("", written, Place(""))
    quoted = "'" + written.replace("'", "''") + "'"
    campaign.edit("recipients.yaml", "email: office@example.org", f"email: {quoted}")
    campaign.edit("signatories.yaml", "email: ngozi@example.org", f"email: {quoted}")
    loaded, problems = load(campaign.path)
    assert loaded is None
    assert [str(problem.place) for problem in problems] == [
        "signatories.yaml:10:12", "recipients.yaml:12:10",
    ]  # fmt: skip
    assert {(p.message, p.hint) for p in problems} == {
        (p.message, p.hint) for p in refused.value.problems
    }


@pytest.mark.parametrize("key", ["from", "reply_to", "copies_to"])
def test_the_settings_of_mail_know_the_same_rule(campaign: CampaignFolder, key: str) -> None:
    given = {"from": "a@example.org", key: "mailto:a@example.org"}
    if key == "copies_to":
        given[key] = "[b@example.org, 'mailto:a@example.org']"
    lines = "".join(f"  {name}: {value}\n" for name, value in given.items())
    campaign.write("letter.yaml", campaign.read("letter.yaml") + f"mail:\n{lines}")
    _, [problem] = load(campaign.path)
    assert problem.place.key.startswith(f"mail.{key}")
    assert problem.message == "is not one e-mail address: leave “mailto:” out"


@pytest.mark.parametrize("written", ONE)
def test_both_take_the_same(campaign: CampaignFolder, written: str) -> None:
    assert fault(written) is None
    assert mailbox("", written, Place("")).address
    campaign.edit("recipients.yaml", "office@example.org", f'"{written}"')
    loaded, problems = load(campaign.path)
    assert loaded, problems


@pytest.mark.parametrize(
    "escape", ["\\u200b", "\\u2060", "\\ufeff", "\\u202e", "\\0", "\\U000e0041"]
)
def test_what_can_not_be_seen_is_refused_at_its_line(campaign: CampaignFolder, escape: str) -> None:
    campaign.edit("recipients.yaml", "office@example.org", f'"off{escape}ice@example.org"')
    _, problems = load(campaign.path)
    assert str(problems[0].place) == "recipients.yaml:12:10"


def test_spellings_of_one_mailbox_are_one() -> None:
    spelled = ("Mayor@Example.org ", "mayor@example.org", "MAYOR@EXAMPLE.ORG")
    assert {mailbox_of(one) for one in spelled} == {"mayor@example.org"}
    assert mailbox_of("a@MÜNCHEN.de") == mailbox_of("a@xn--mnchen-3ya.de")


def test_lines_that_no_head_of_a_mail_holds_are_said_at_theirs(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml", "subject: {en: Three questions", 'subject: {en: "Three\\nquestions"'
    )
    campaign.edit("letter.yaml", "{en: Joint letter", '{en: "Joint\\tletter"')
    _, problems = load(campaign.path)
    assert [str(p).partition(" – ")[0] for p in problems] == [
        "letter.yaml:6:15: subject.en", "letter.yaml:8:22: from.organisation.en",
    ]  # fmt: skip
    campaign.edit("recipients.yaml", "  email: office@example.org\n", "")
    assert load(campaign.path)[1] == []
