"""Mails that say of another that it did not arrive, as different servers write them."""

from __future__ import annotations

OURS = "<0123456789abcdef@example.org>"
TO = "chair@example.com"

HEAD = f"""\
Received: from mail.test by relay.test; Mon, 2 Mar 2026 10:00:00 +0000
Date: Sun, 1 Mar 2026 12:00:00 +0000
From: "Joint letter" <us@example.org>
To: "The Chair" <{TO}>
Subject: Three questions
Message-ID: {OURS}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
"""


def standard(
    *groups: str,
    sender: str = "MAILER-DAEMON@mail.test (Mail Delivery System)",
    words: str = "Your mail could not be delivered.",
    more: str = "",
    kind: str = "message/rfc822",
    returned: str = f"{HEAD}\nDear Chair,\n",
) -> bytes:
    """A report in the form of RFC 3464, with a group of fields for each recipient."""
    report = "\n".join(f"{group}\n" for group in groups)
    return f"""\
Return-Path: <>
From: {sender}
To: us@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
{more}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="=_report"

--=_report
Content-Type: text/plain; charset=us-ascii

{words}

--=_report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.test
Arrival-Date: Sun, 1 Mar 2026 12:00:00 +0000

{report}
--=_report
Content-Type: {kind}

{returned}
--=_report--
""".encode()


def group(
    action: str = "failed",
    status: str = "5.1.1",
    said: str = f"smtp; 550 5.1.1 <{TO}>: no such user as chair here",
    to: str = TO,
    original: str = "",
) -> str:
    """The fields for one recipient."""
    first = f"Original-Recipient: rfc822;{original}\n" if original else ""
    rest = f"Action: {action}\nStatus: {status}\nDiagnostic-Code: {said}"
    return f"{first}Final-Recipient: rfc822; {to}\n{rest}"


POSTFIX = standard(
    group(original=TO),
    words=f"I'm sorry to have to inform you.\n\n<{TO}>: host mx.test said: 550 5.1.1 no such user",
    kind="text/rfc822-headers",
    returned=HEAD,
)
EXCHANGE = standard(
    group(
        status="5.7.133",
        said="smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; not for outsiders",
    ),
    sender="Microsoft Outlook <MicrosoftExchange0f1e2d3c@example.com>",
    more=f"In-Reply-To: {OURS}\nReferences: {OURS}\nX-MS-Exchange-Message-Is-Ndr:\n",
)
GMAIL = standard(
    group(
        said="smtp; 550-5.1.1 The address that you tried to reach does not\n exist. Check it. - gsmtp"
    ),
    sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
    more=f"X-Failed-Recipients: {TO}\nIn-Reply-To: {OURS}\nReferences: {OURS}\n",
    # Of a large mail it may return nothing with a Message-ID.
    kind="text/rfc822-headers",
    returned="Subject: Three questions\n",
)
EXIM = f"""\
Return-path: <>
X-Failed-Recipients: {TO}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@relay.test>
To: us@example.org
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent has not been delivered to one or more of its
recipients. This is a permanent error.

  {TO}
    host mx.test [192.0.2.5]
    SMTP error from remote mail server after RCPT TO:<{TO}>:
    550 5.7.1 mail to chair is not wanted

------ This is a copy of the message, including all the headers. ------

{HEAD}
Dear Chair, on page 5.1.2 you
""".encode()
EXIM_WAITS = EXIM.replace(
    b"Mail delivery failed: returning message to sender",
    b"Warning: message 1abc delayed 24 hours",
).replace(f"X-Failed-Recipients: {TO}\n".encode(), b"")
QMAIL = f"""\
Return-Path: <>
From: MAILER-DAEMON@relay.test
To: us@example.org
Subject: failure notice

Hi. This is the program at relay.test.

<{TO}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <us@example.org>
{HEAD}
""".encode()
GLOBAL = standard(  # RFC 6533, for addresses that are not ASCII
    kind="message/global-headers",
    returned=HEAD,
).replace(
    b"Content-Type: message/delivery-status",
    b"Content-Type: message/global-delivery-status\nContent-Transfer-Encoding: 8bit",
).replace(
    b"Arrival-Date: Sun, 1 Mar 2026 12:00:00 +0000\n\n",
    f"Arrival-Date: Sun, 1 Mar 2026 12:00:00 +0000\n\n{group(said='smtp; 550 5.6.7 нет')}\n".encode(),
)  # fmt: skip
