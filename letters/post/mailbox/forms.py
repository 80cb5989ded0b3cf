"""What servers say in words of their own, with no part for programs: each form by what is fixed.

A person's answer can hold all of it. So the words count only where a server is named as the writer,
they stand before any quotation, say that a mail was not delivered and why, and name the address in
a place that a form has for it; and where nothing says that it is an answer, a question, or a delay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from letters.post.mailbox.phrases import (
    ANSWERS,
    ASKED,
    CERTAIN,
    COPY,
    FAILED,
    FOR_GOOD,
    FOR_NOW,
    ID_LINE,
    NOT_YET,
    PERMANENT,
    PLACES,
    STILL,
    SUBJECT_LINE,
)  # fmt: skip
from letters.post.mailbox.report import LONGEST, STATUS, Claim, DeliveryReport, report, text_of

_MOST = 50
_FIRST = 6_000  # characters within which a notice has said what it is about
_A_SERVER = re.compile(r"mailer-daemon|postmaster|microsoftexchange", re.IGNORECASE)
_CALLED_ONE = re.compile(
    r"mailer[_ ]?daemon|mdaemon|mail(?:er)? delivery|mail system|(?:system|mail) administrator",
    re.IGNORECASE,
)

_ANSWERING = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Vacation", "List-Id")
_OTHER_REPORTS = ("message/disposition-notification", "message/feedback-report")
_LINES = frozenset(("p", "br", "div", "tr", "td", "li", "table", "hr", "pre", "h1", "h2", "h3"))
_LINK = re.compile(r"mailto:([^?&\"'\s]{3,330})", re.IGNORECASE)


def is_from_a_server(message: Message) -> bool:
    """Whether a server is named as the writer, or nobody can answer it."""
    return _cannot_be_answered(message) or bool(_A_SERVER.search(_writer(message)))


def told(message: Message, parts: Sequence[Message]) -> Iterator[DeliveryReport]:
    """What a server says, if it is one, in words that are for people."""
    if not is_from_a_server(message):
        return
    texts = [words(part) for part in islice(_spoken(message), _MOST)]
    own = [_own(text) for text in texts if text.strip()]
    failed = [str(value)[:LONGEST] for value in message.get_all("X-Failed-Recipients", [])[:20]]
    field = [address for _, address in getaddresses(failed) if address]
    lines = (
        " ".join(line[:LONGEST].split())
        for text in own
        for line in text.splitlines()
        if PERMANENT.search(line[:LONGEST])
    )
    said = next(lines, "")
    if _is_something_else(message, parts):
        yield report("unclear", (), "", said)
        return
    start = next((text for text in own if FAILED.search(_flat(text))), "")
    places = list(_placed(start)) if start and _names_a_server(message) else []
    named = dict.fromkeys(one.lower() for one in [*field, *(place for place, _ in places)])
    after = " ".join(_flat(text[:LONGEST]) for _, text in places[:1]) or _flat(start)[:LONGEST]
    addresses = tuple(named)[:_MOST]
    status = STATUS.search(said)
    found = report("failed", addresses, status[1] if status else "", said or after[:200], after)
    yield _claimed(found, _claim(message, own, clear=bool(said) or found.reason != "unknown"))


def _spoken(message: Message) -> Iterator[Message]:
    """The parts that are the writer's own: what was returned has words, too."""
    inner = message.get_payload() if message.get_content_maintype() == "multipart" else [message]
    for part in inner if isinstance(inner, list) else ():
        if not isinstance(part, Message):
            continue
        if part is not message and part.get_content_maintype() == "multipart":
            yield from _spoken(part)
        elif part.get_content_type() in ("text/plain", "text/html"):
            yield part


def words(part: Message) -> str:
    """The words of a part that is a text, without the marks of HTML."""
    text = text_of(part)
    return _without_marks(text) if part.get_content_subtype() == "html" else text


def _claim(message: Message, own: Sequence[str], *, clear: bool) -> Claim:
    if NOT_YET.search(_subject(message)) or any(STILL.search(_flat(text)) for text in own):
        return "delayed"
    if any(ASKED.search(_flat(text)) for text in own):
        return "unclear"
    codes = any(FOR_NOW.search(text) for text in own)
    if codes and not any(PERMANENT.search(text) or FOR_GOOD.search(text) for text in own):
        return "unclear"
    certain = any(CERTAIN.search(_flat(text)) for text in own)
    return "failed" if clear or certain else "unclear"


def _claimed(found: DeliveryReport, claim: Claim) -> DeliveryReport:
    reason = found.reason if claim == "failed" else "unknown"
    return DeliveryReport(claim, found.addresses, found.words, found.codes, reason)


def _is_something_else(message: Message, parts: Iterable[Message]) -> bool:
    """Whether it is an answer, by a person or a program, or a report of another kind."""
    if any(part.get_content_type() in _OTHER_REPORTS for part in parts):
        return True
    if any(name in message for name in _ANSWERING):
        return True
    precedence = str(message.get("Precedence", "")).lower()
    return "auto_reply" in precedence or bool(ANSWERS.search(_subject(message)))


def _names_a_server(message: Message) -> bool:
    writer = _writer(message)
    called = bool(_CALLED_ONE.search(writer)) and _cannot_be_answered(message)
    return called or bool(_A_SERVER.search(writer))


def _cannot_be_answered(message: Message) -> bool:
    path = str(message.get("Return-Path", "?"))[:LONGEST]
    return path.strip().lower() in ("<>", "", "<mailer-daemon>")


def _writer(message: Message) -> str:
    return str(message.get("From", ""))[:LONGEST]


def _subject(message: Message) -> str:
    """The subject, as far as it is the writer's: what stands behind a colon may be ours."""
    raw = str(message.get("Subject", ""))[:LONGEST]
    with suppress(ValueError, LookupError):
        raw = str(make_header(decode_header(raw)))
    return "".join(raw.partition(":")[:2])


def _own(text: str) -> str:
    """What stands before the returned mail, whose words are not the server's, and unquoted."""
    text = text[: 4 * _FIRST]
    ends = [found.start() for found in (ID_LINE.search(text), COPY.search(text)) if found]
    lines = text[: min(ends, default=None)].splitlines()
    return "\n".join(
        line
        for line in lines
        if not line.lstrip().startswith((">", "|")) and not SUBJECT_LINE.match(line[:LONGEST])
    )


def _flat(text: str) -> str:
    return " ".join(text[:_FIRST].replace("’", "'").split())


def _placed(text: str) -> Iterator[tuple[str, str]]:
    """The addresses in the places that forms have for them, each with what is said after it."""
    for count, found in enumerate(PLACES.finditer(text[:_FIRST])):
        if count >= _MOST:
            return
        address = next(filter(None, found.groups()))
        yield address.rstrip("."), text[found.end() : found.end() + LONGEST]


def _without_marks(text: str) -> str:
    """HTML as lines of words; addresses that are only in a link stand behind its words."""
    found, hidden = list[str](), ""
    for piece in text.split("<"):
        mark, closed, rest = piece.partition(">")
        if not closed:
            mark, rest = "", piece
        name = mark[:12].strip("/ ").split(" ")[0].lower().rstrip("/")
        if hidden:
            hidden = "" if mark.startswith("/") and name == hidden else hidden
        elif name in ("script", "style") and not mark.startswith("/"):
            hidden = name
            continue
        if hidden:
            continue
        if name in _LINES:
            found.append("\n")
        if name == "a" and (link := _LINK.search(mark[:LONGEST])):
            found.append(f"\n<{link[1]}>\n")
        found.append(rest)
    return html.unescape("".join(found)).replace("\xa0", " ")
