"""The page on the mailbox, run: what it shows of drafts and of letters that came back is so."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pages import DOCS, fences, matches

from letters.ledger.store import LOG_NAME, Ledger
from post.servers import Sink, serving

from .dovecot import PASSWORD, Box
from .returns import OURS, POSTFIX, TO

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
    drafts, by_hand, back = (fence.text for fence in fences(PAGE, "text"))
    for old, new in put.items():
        drafts, by_hand, back = (text.replace(old, new) for text in (drafts, by_hand, back))
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
