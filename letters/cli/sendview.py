"""What ``letters send`` shows: the plan before, each step, and what became of it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from letters.cli.exit import note, say, table
from letters.counting import counted

if TYPE_CHECKING:
    from letters.post.account import Account
    from letters.post.plan import Plan
    from letters.post.ready_messages import Ready
    from letters.post.sending import Outcome, Step

_SECURITY = {
    "tls": "TLS",
    "starttls": "STARTTLS",
    "offered": "STARTTLS where it is offered",
    "none": "in the clear, on this computer",
}


def plan(found: Plan, messages: Sequence[Ready], server: str) -> None:
    """Who gets what, from whom, and who gets nothing, on standard output."""
    if messages:
        mail = messages[0].mail
        head = [("From", _box(mail.sender.name, mail.sender.address)), ("Server", server)]
        if mail.reply_to:
            head.append(("Reply to", mail.reply_to.address))
        if mail.copies:
            head.append(("Copies to", ", ".join(box.address for box in mail.copies)))
        say(table([(f"{label}:", value) for label, value in head]))
        say("")
        say(table(_rows(found, messages)))
        say("")
    for recipient, reason in found.skipped:
        say(f"left out: {recipient}: {reason}")
    if left := unwanted(found):
        say(left)
    total = sum(message.size for message in messages)
    say(f"{counted(len(messages), 'letter')} to send, {size(total)}")


def _rows(found: Plan, messages: Sequence[Ready]) -> list[tuple[str, ...]]:
    """The table of letters; what is to be known of somebody is a column where there is such."""
    rows: list[tuple[str, ...]] = [
        ("RECIPIENT", "ADDRESS", "FILES", "SIZE", "SUBJECT", "REMARK"),
    ]
    for message in messages:
        who, mail = message.letter.recipient, message.mail
        files, said = ", ".join(message.files), "; ".join(found.remarks.get(who, ()))
        rows.append((who, mail.to.address, files, size(message.size), mail.subject, said))
    return rows if found.remarks else [row[:-1] for row in rows]


def unwanted(found: Plan) -> str:
    """How many files stay here, as they are in other languages than the recipient's own."""
    files = counted(len(found.unwanted), "file")
    said = f"left out: {files} in another language than the recipient’s own (--all-languages)"
    return said if found.unwanted else ""


def sharing(found: Plan) -> list[str]:
    """Letters to one mailbox, which are only sent together on purpose."""
    return [
        f"{', '.join(group)}: have one e-mail address (--one-mailbox sends each of them a letter"
        " there; --to names those who get one)"
        for group in found.shared
    ]


def as_json(found: Plan, messages: Sequence[Ready], refusals: Sequence[str]) -> dict[str, Any]:
    """The same for a program."""
    return {
        "count": len(messages),
        "messages": [
            {
                "recipient": message.letter.recipient,
                "from": message.mail.sender.address,
                "to": message.mail.to.address,
                "copies": [box.address for box in message.mail.copies],
                "subject": message.mail.subject,
                "message_id": message.mail.message_id,
                "files": list(message.files),
                "bytes": message.size,
                "remarks": list(found.remarks.get(message.letter.recipient, ())),
            }
            for message in messages
        ],
        "left_out": [{"recipient": who, "reason": why} for who, why in found.skipped],
        "in_other_languages": list(found.unwanted),
        "same_mailbox": [list(group) for group in found.shared],
        "refusals": list(refusals),
        "in_doubt": list(found.in_doubt),
    }


def server(account: Account | None, rate: int | None) -> str:
    """Which server takes the mail, and how; without a ``rate``, for drafts."""
    if account is None:
        return "none is set"
    who = f", as {account.user}" if account.user else ""
    pace = f", {rate} messages a minute" if rate else ", among the drafts"
    return f"{account.host}:{account.port}, {_SECURITY[account.security]}{who}{pace}"


def size(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{-(-count // 1000)} kB"


def step(number: int, total: int, news: Step) -> None:
    """One message, on standard error."""
    words = f": {news.words}" if news.words and news.result.name != "ACCEPTED" else ""
    note(f"{number} of {total}: {news.item.recipient}: {news.result.value}{words}")
    if news.copies:
        note(f"  the server would not take {news.copies} of the copies")


def outcome(found: Outcome, total: int) -> None:
    """What became of them all."""
    from letters.post.sending import Result

    counted = {result: found.count(result) for result in Result}
    parts = [f"{number} {result.value}" for result, number in counted.items() if number]
    untried = total - len(found.results)
    if untried:
        parts.append(f"{untried} not tried")
    note(", ".join(parts))
    if found.stopped:
        note("stopped as you asked; “letters send” goes on from here")


def _box(name: str, address: str) -> str:
    return f"{name} <{address}>" if name else address
