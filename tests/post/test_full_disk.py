"""A disk that is full before, while and after a message leaves: a sentence, and nothing twice."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letters.ledger.store import LOG_NAME, Ledger

from .servers import Sink, Talk, scripted, serving

if TYPE_CHECKING:
    from conftest import Done, Letters

PAGE = 4096


@dataclass(slots=True)
class Disk:
    """A campaign on a small disk of its own; where none can be mounted, no file can grow."""

    campaign: Path
    mounted: bool
    run: Letters
    bodies: list[bytes] = field(default_factory=list)

    def fill(self, room: int = 0) -> None:
        """Leave only so many bytes; where files can't grow, leave nothing."""
        if not self.mounted:
            log = self.campaign / f"{LOG_NAME}-wal"
            limited(log.stat().st_size if log.exists() else 0)
            return
        with (self.campaign / "filler").open("wb", buffering=0) as file:
            for size in (65536, PAGE):
                with suppress(OSError):
                    while True:
                        file.write(b"x" * size)
            file.truncate(file.tell() - room)

    def empty(self) -> None:
        (self.campaign / "filler").unlink(missing_ok=True)

    def send(self, port: int, count: int, monkeypatch: pytest.MonkeyPatch) -> Done:
        """``letters send --confirm COUNT``."""
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        words = ("send", "--confirm", str(count), "--rate", "6000")
        try:
            return self.run(*words, folder=self.campaign)
        finally:
            limited(-1)

    def states(self) -> list[str]:
        ledger = Ledger.read(self.campaign / LOG_NAME)
        assert ledger is not None
        with ledger:
            return [item.state for item in ledger.outgoing()]


def limited(size: int) -> None:
    """Let no file of this process grow beyond that size; -1 for any."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))


@contextmanager
def small(folder: Path) -> Iterator[bool]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path, finished: Path, run: Letters) -> Iterator[Disk]:
    with small(tmp_path / "disk") as mounted:
        yield Disk(Path(shutil.copytree(finished, tmp_path / "disk/campaign")), mounted, run)


def test_full_while_freezing_nothing_is_sent(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = json.loads(disk.run("send", "--json", folder=disk.campaign).stdout)["messages"]
    assert plan[1]["bytes"] > 8 * PAGE

    def full(talk: Talk) -> None:
        talk.say("220 here")
        talk.hear()
        disk.fill(plan[0]["bytes"] // PAGE * PAGE + 4 * PAGE)
        talk.say("250 here")
        talk.after_greeting()

    with scripted(full) as port:
        done = disk.send(port, 2, monkeypatch)
    assert done.status == 4
    last = done.stderr.splitlines()[-1]
    assert last.startswith("letters: ")
    assert "No space left on device" in last or "File too large" in last
    assert "/outbox" in last
    assert "nothing was sent" in done.stderr
    assert list((disk.campaign / "outbox").iterdir()) == []
    assert disk.states() == []


def test_full_before_the_body_it_does_not_leave(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(talk: Talk) -> None:
        talk.until_data()
        disk.fill()
        talk.say("354 go on")
        disk.bodies.append(talk.body())

    with scripted(full) as port:
        done = disk.send(port, 2, monkeypatch)
    assert done.status == 4
    assert "letters.db" in done.stderr.splitlines()[-1]
    assert "in doubt:" not in done.stderr
    assert disk.bodies == [b""]
    assert disk.states() == ["queued", "queued"]


def test_full_after_the_server_has_accepted_it_stays_in_doubt(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(talk: Talk) -> None:
        talk.until_data()
        talk.say("354 go on")
        disk.bodies.append(talk.body())
        disk.fill()
        talk.say("250 taken")
        talk.after_greeting()

    with scripted(full) as port:
        done = disk.send(port, 2, monkeypatch)
    assert done.status == 4
    assert (
        "prime-minister: in doubt: the server has accepted it, and that could not be" in done.stderr
    )
    assert "letters send --resolve" in done.stderr
    assert len(disk.bodies) == 1
    disk.empty()
    assert disk.states() == ["in_doubt", "queued"]
    sink = Sink()
    with serving(sink) as port:
        done = disk.send(port, 1, monkeypatch)
        assert done.status == 3
        assert "left out: prime-minister: in doubt since" in done.stdout
    assert [to for _, to in sink.envelopes] == [("sam@example.org",)]
    assert disk.states() == ["in_doubt", "sent"]
