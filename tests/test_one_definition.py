"""Each fact has one door: nobody else decides by which way, whom one can reach, or what has gone."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from letters.channels import Channel
from letters.ledger.events import PostKind

LETTERS = Path(__file__).parent.parent / "letters"
POSTED: frozenset[str] = frozenset(get_args(PostKind)) - {"reported"}
ONE_EVENT = {
    "post/correspondence.py": "the fold itself",
    "post/corrected_entries.py": "whether one entry is a sending",
    "post/mailbox/returned.py": "which notices are kept as evidence",
    "cli/evidence_options.py": "what is about to be recorded",
    "cli/log_correct.py": "what the entries are that are corrected",
}
"""Where a kind of event is asked for; the ledger has its own rules for what may be recorded."""


def named(node: ast.expr, attribute: str) -> bool:
    """Whether an expression ends in that attribute: ``event.kind``, or a name like it."""
    return isinstance(node, ast.Attribute) and node.attr == attribute


def words(node: ast.AST) -> set[str]:
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def asks_of(attribute: str, wanted: frozenset[str]) -> Callable[[ast.AST], bool]:
    """Whether something compares, matches or looks up that attribute with one of the words."""

    def asks(node: ast.AST) -> bool:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            asked = any(
                named(one, attribute)
                or (isinstance(one, ast.Tuple) and any(named(e, attribute) for e in one.elts))
                for one in sides
            )
            return asked and bool(words(node) & wanted)
        if isinstance(node, ast.Match):
            subject = node.subject
            subjects = subject.elts if isinstance(subject, ast.Tuple) else [subject]
            patterns = set[str]().union(*(words(case.pattern) for case in node.cases))
            return any(named(one, attribute) for one in subjects) and bool(patterns & wanted)
        return False

    return asks


def writes_a_channel(node: ast.AST) -> bool:
    """Whether something says a channel in a word of its own."""
    if isinstance(node, ast.keyword):
        return node.arg in ("channel", "way") and bool(words(node.value) & {*Channel})
    if isinstance(node, ast.Dict):
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
        return len(keys & {*Channel}) > 1 and not keys - {*Channel}
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        found = [one.value for one in node.elts if isinstance(one, ast.Constant)]
        return {"fax", "hand"} <= set(found) or {"post", "fax"} <= set(found)
    return (isinstance(node, ast.Constant) and node.value in ("fax", "hand")) or asks_of(
        "channel", frozenset(Channel)
    )(node)


def asks_for_an_address(node: ast.AST) -> bool:
    """Whether something takes an address for a yes or no, or compares it with None."""

    def is_address(one: ast.expr) -> bool:
        if isinstance(one, ast.Call):
            return named(one.func, "address") and ast.unparse(one.func) == "addressing.address"
        return named(one, "email") and "contact" not in ast.unparse(one)

    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
            return is_address(test)
        case ast.BoolOp(op=ast.And(), values=values):
            return any(map(is_address, values))
        case ast.Compare(left=left, comparators=[ast.Constant(value=None)]):
            return is_address(left)
        case ast.Call(func=ast.Name(id="bool" | "any" | "all"), args=[first, *_]):
            told = first.elt if isinstance(first, ast.GeneratorExp) else first
            return is_address(told)
        case ast.comprehension(ifs=ifs):
            return any(map(is_address, ifs))
    return False


def where(asks: Callable[[ast.AST], bool], tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if asks(node):
            yield getattr(node, "lineno", 0)


def elsewhere(asks: Callable[[ast.AST], bool], allowed: Callable[[str], bool]) -> list[str]:
    """The places in the code that ask, but for those that may."""
    return [
        f"{name}:{line}"
        for path in sorted(LETTERS.rglob("*.py"))
        if not allowed(name := path.relative_to(LETTERS).as_posix())
        for line in where(asks, ast.parse(path.read_text()))
    ]


def test_no_other_module_writes_a_channel() -> None:
    assert elsewhere(writes_a_channel, lambda name: name == "channels.py") == []


def reads_addresses(node: ast.AST) -> bool:
    """Whether something has a pattern with an @ in it."""
    return (
        isinstance(node, ast.Call)
        and named(node.func, "compile")
        and any("@" in word for word in words(node))
    )


def test_no_other_module_has_a_pattern_for_an_address() -> None:
    """What may be one is `campaign.mailaddress`’s to say; others find in a text what looks so."""
    found = elsewhere(reads_addresses, lambda name: name == "campaign/mailaddress.py")
    assert {place.rpartition(":")[0] for place in found} == {
        "campaign/namecheck.py",  # a name is none
        "campaign/starter_text.py",  # those of the starter campaign
        "campaign/types.py",  # a Message-ID
        "draft/markdown_faults.py",  # a citation
        "draft/reader.py",
        "ledger/cutting/marks.py",  # what is cut out of evidence
        "ledger/cutting/table.py",
        "post/mailbox/phrases.py",  # what a notice names
        "post/mime.py",  # a Message-ID
        "press/html_words.py",  # into what no hyphen may come
        "post/server_errors.py",  # what is left out of a server's words
    }


def test_no_other_module_decides_who_can_be_reached() -> None:
    # Whether what is written as an address can be one is only asked where one is written.
    allowed = {"campaign/reach.py", "campaign/personcheck.py", "post/mailbox/unmatched_notices.py"}
    found = elsewhere(asks_for_an_address, lambda _: False)
    assert {place.rpartition(":")[0] for place in found} == allowed


def test_no_other_module_reads_out_of_the_log_what_was_sent() -> None:
    found = elsewhere(asks_of("kind", POSTED), lambda name: name.startswith("ledger/"))
    assert {place.rpartition(":")[0] for place in found} == {*ONE_EVENT}


@pytest.mark.parametrize(
    ("asks", "code"),
    [
        (writes_a_channel, 'Event("sent", channel="email")'),
        (writes_a_channel, 'if item.channel == "post": pass'),
        (writes_a_channel, 'if (digest, item.channel) == (now, "email"): pass'),
        (writes_a_channel, 'HOW = {"email": "by e-mail", "post": "by post"}'),
        (writes_a_channel, 'KNOWN = Literal["post", "fax", "form"]'),
        (writes_a_channel, 'class Way(StrEnum):\n    BY_FAX = "fax"'),
        (asks_for_an_address, "if not recipient.email: pass"),
        (asks_for_an_address, "x = [r for r in recipients if r.email]"),
        (asks_for_an_address, "x = recipient.email and box"),
        (asks_for_an_address, "x = addressing.address(recipient, tag) is not None"),
        (asks_for_an_address, "x = any(addressing.address(r, tag) for tag in tags)"),
        (asks_of("kind", POSTED), 'x = entry.event.kind == "sent"'),
        (asks_of("kind", POSTED), 'x = event.kind in ("replied", "met")'),
        (asks_of("kind", POSTED), 'match event.kind, detail:\n    case "bounced", _: pass'),
    ],
)
def test_a_second_definition_would_be_seen(asks: Callable[[ast.AST], bool], code: str) -> None:
    assert list(where(asks, ast.parse(code)))
