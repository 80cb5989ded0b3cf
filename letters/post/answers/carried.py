"""What a follow-up takes over of how the first letter went out: its mails, and whose they were.

A mail that follows another names it, so that both stand together in the recipient's mailbox. And
where somebody else holds the office now, the letter doesn't say that it was written to them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign.mailboxes import name_of
from letters.channels import Channel
from letters.digests import TextDigest
from letters.post.addressee import names
from letters.post.correspondence import Correspondence

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient
    from letters.ledger.outgoing import Item

PREDECESSOR = "predecessor"
"""The recipient's value in which the template finds who held the office before."""


class Carried(Struct, frozen=True):
    """By the recipients' ids: the Message-IDs of what they were mailed, oldest first.

    ``predecessors`` are what stands under ``values`` of those who succeeded somebody, as YAML.
    """

    threads: Mapping[str, Sequence[str]]
    predecessors: Mapping[str, Mapping[str, str]]


def carried(
    campaign: Campaign,
    known: Correspondence,
    items: Iterable[Item],
    digest: TextDigest,
    *,
    languages: Sequence[str],
    again: Collection[str],
) -> Carried:
    """What there is of it for the recipients in ``again``, to whom the text ``digest`` went.

    The new letter is in those ``languages``. Whose name the log doesn't know has no predecessor.
    """
    went = {who: dict[str, str]() for who in again}
    mailed = set[str]()
    for one in known.out.values():
        if one.recipient in went and one.text_digest == digest:
            went[one.recipient] = names(one.to) or went[one.recipient]
            mailed |= {one.recipient} if one.channel == Channel.EMAIL else set()
    sent = {
        item.recipient: item.message_id
        for item in items
        if item.text_digest == digest and item.channel == Channel.EMAIL and item.state == "sent"
    }
    threads, predecessors = dict[str, Sequence[str]](), dict[str, Mapping[str, str]]()
    for recipient in (each for each in campaign.recipients if each.id in went):
        own = [sent[recipient.id]] if recipient.id in mailed & sent.keys() else []
        threads[recipient.id] = tuple(dict.fromkeys((*recipient.thread, *own)))
        if is_another(recipient, then := went[recipient.id]):
            predecessors[recipient.id] = {PREDECESSOR: _written(then, languages)}
    return Carried(threads, predecessors)


def is_another(recipient: Recipient, then: Mapping[str, str]) -> bool:
    """Whether the letter went to another name, in each language in which it is known."""
    same = [name_of(said) == name_of(recipient.name.shown(tag)) for tag, said in then.items()]
    return bool(same) and not any(same)


def _written(then: Mapping[str, str], languages: Sequence[str]) -> str:
    """A name as YAML: one for all languages, or one for each."""
    told = {tag: then[tag] for tag in languages if tag in then}
    if len(told) < len(languages) or len({*told.values()}) == 1:
        return _quoted(next(iter((*told.values(), *then.values()))))
    return "{" + ", ".join(f"{tag}: {_quoted(said)}" for tag, said in told.items()) + "}"


def _quoted(words: str) -> str:
    """Words as YAML takes them whatever is in them; JSON is YAML."""
    return json.dumps(words, ensure_ascii=False)
