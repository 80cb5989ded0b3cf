"""The page on the mailbox, run: what it shows of drafts and of letters that came back is so."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import typing
from dataclasses import replace
from typing import TYPE_CHECKING

from pages import DOCS, code, fences, matches, rows_of

from letters.cli.track_returned import Why
from letters.ledger.details import Reason
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.return_reasons import CLASS_OF, WORDS
from post.servers import Sink, serving

from . import corpus
from .dovecot import PASSWORD, Box
from .returns import HEAD, OURS, POSTFIX, TO

if TYPE_CHECKING:
    import pytest
    from conftest import CampaignFolder, Letters

PAGE = DOCS / "mailbox.md"


def shown(fence: str, run: Letters) -> None:
    """Each command of the fence, and what it says: first the data, then the words."""
    for step in re.split(r"^\$ ", fence, flags=re.MULTILINE)[1:]:
        command, _, words = step.partition("\n")
        done = run(*shlex.split(command)[1:])
        assert done.status == 0, command
        assert not words or matches(words, done.stdout + done.stderr), done.stdout + done.stderr


def test_the_page_shows_what_happens(
    final: CampaignFolder, run: Letters, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its campaign is another, so names are put in the place of the page's."""
    put = {
        "board-chair": "minister",
        "Friends of the Elm Street Library <friends@example.org>": "Joint letter <reply@example.org>",
        "friends@example.org": box.user,
        "imap.example.org:993": f"127.0.0.1:{box.server.tls}",
    }
    texts = [fence.text for fence in fences(PAGE, "text")]
    for old, new in put.items():
        texts = [text.replace(old, new) for text in texts]
    drafts, by_hand, back, listed, confirmed = texts
    monkeypatch.setenv("LETTERS_IMAP_PASSWORD", PASSWORD)
    settings = f"{{host: 127.0.0.1, port: {box.server.tls}, user: {box.user}}}"
    settings = f"mail:\n  from: reply@example.org\n  imap: {settings}\n"
    final.write("letter.yaml", final.read("letter.yaml") + settings)
    shown(drafts, run)
    with serving(Sink()) as port:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        assert run("send", "--to", "minister", "--confirm", "1").status == 0
    with Ledger.open(final.path / LOG_NAME) as ledger:
        [item] = ledger.outgoing()
    notice = POSTFIX.replace(OURS.encode(), item.message_id.encode())
    notice = notice.replace(b"no such user as chair here", b"no such user here")
    box.receive(notice.replace(TO.encode(), item.addresses[0].encode()))
    shown(back, run)
    shown(by_hand, run)
    [form] = [one for one in corpus.FORMS if one.name == "GMX en"]
    form = replace(form, said={"mailbox-full": "552 mailbox is full"})
    unnamed = corpus.written(form, "mailbox-full", "inline", HEAD.replace(OURS, "<x@example.net>"))
    box.receive(unnamed.replace(TO.encode(), item.addresses[0].encode()))
    number = run("track", "bounces").stdout.removeprefix("unconfirmed ").partition(":")[0]
    day = dt.datetime.now(dt.UTC).astimezone().date().isoformat()
    shown(listed.replace("17", number).replace("2026-03-02", day), run)
    shown(confirmed.replace("17", number), run)


def test_the_page_has_every_reason_with_its_class() -> None:
    listed = {code(row[0])[0]: row[1] for row in rows_of(PAGE, "Reason")}
    assert listed == CLASS_OF
    assert set(CLASS_OF) == set(WORDS) == set(typing.get_args(Reason)) == set(Why)
