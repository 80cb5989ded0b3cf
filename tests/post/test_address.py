"""One mailbox, or the reason why it is none, with its place."""

from __future__ import annotations

import pytest

from letters.post.address import Mailbox, UnfitError, mailbox
from letters.problem import Place

AT, NAME_AT = Place("recipients.yaml", 7, 10, "email"), Place("recipients.yaml", 3, 9, "name")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("office@example.org", "office@example.org"),
        ("o'neil+letters@mail.example.co.uk", "o'neil+letters@mail.example.co.uk"),
        ("info@münchen.de", "info@xn--mnchen-3ya.de"),
        ("info@Straße.example", "info@xn--strae-oqa.example"),
        ("почта@пример.рф", "почта@xn--e1afmkfd.xn--p1ai"),
        ("büro@example.org", "büro@example.org"),
        ("bu\u0308ro@example.org", "büro@example.org"),
        ("संपर्क@डाटामेल.भारत", "संपर्क@xn--c2bd4bq1db8d.xn--h2brj9c"),
    ],
)
def test_a_domain_is_sent_as_ascii(written: str, sent: str) -> None:
    assert mailbox(" Büro, A ", written, AT) == Mailbox("Büro, A", sent)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "office",
        "@example.org",
        "office@",
        "office@example",
        "office@127.0.0.1",
        "office@[127.0.0.1]",
        "office@-example.org",
        "office@example..org",
        "a@b@example.org",
        "a b@example.org",
        "a,b@example.org",
        ".a@example.org",
        "a.@example.org",
        '"a b"@example.org',
        "Office <office@example.org>",
        "office@example.org, other@example.org",
        "office@example.org\r\nRCPT TO:<x@evil.example>",
        "office@example.org\0",
        "off\u200bice@example.org",
        "off\u200fice@example.org",
        "off\u00a0ice@example.org",
        "office@ex\u0000ample.org",
        "office@xn--\u0000.org",
        "office@ü.\u2028.org",
        f"{'a' * 65}@example.org",
        f"{'ü' * 40}@example.org",
        f"a@{'b' * 64}.org",
        f"a@{'.'.join(['b' * 60] * 5)}",
        "a@" + "ü" * 300 + ".org",
    ],
)
def test_it_refuses_what_is_not_one_address_and_says_where(written: str) -> None:
    with pytest.raises(UnfitError) as refused:
        mailbox("Name", written, AT)
    [problem] = refused.value.problems
    assert problem.place == AT
    assert problem.hint
    assert len(written) < 15 or written not in str(problem)


@pytest.mark.parametrize(
    "name", ["a\nb", "a\rb", "a\0b", "a\tb", "a\x85b", "a\u202eb", "\ud800", "a" * 901]
)
def test_it_refuses_a_name_that_no_head_can_hold_and_says_where(name: str) -> None:
    with pytest.raises(UnfitError) as refused:
        mailbox(name, "office", AT, NAME_AT)
    assert [problem.place for problem in refused.value.problems] == [NAME_AT, AT]
