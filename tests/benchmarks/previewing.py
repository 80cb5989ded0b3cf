"""From a save to the page that shows it, beside the same letter made by a command."""

from __future__ import annotations

import http.client
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from .measuring import LETTERS, ROOT, Used, median, used
from .report import Row

_TICKS = 100  # of the clock by which Linux counts processor time, in a second


class Page:
    """The page of a running preview, as a browser asks for it."""

    def __init__(self, address: str) -> None:
        host = address.removeprefix("http://").partition("/")[0]
        self._door, news = (http.client.HTTPConnection(host, timeout=120) for _ in range(2))
        self._door.request("GET", f"/?{address.partition('?')[2]}")
        entered = self._door.getresponse()
        entered.read()
        self._known = {"Cookie": str(entered.getheader("set-cookie")).partition(";")[0]}
        news.request("GET", "/news", headers=self._known)
        self._news, self._held = news.getresponse(), news

    def shows(self, words: bytes) -> None:
        """Wait until it shows these words, asking only when it is told that something is new."""
        while True:
            self._door.request("GET", "/", headers=self._known)
            if words in self._door.getresponse().read():
                return
            while not self._news.readline().startswith(b"data:"):
                pass


def saved(work: Path, turns: int) -> Iterator[Row]:
    """The model letter, in turns: a save that the preview shows, and a command that renders it."""
    campaign = work / "campaign"
    shutil.copytree(ROOT / "signatories" / "carney", campaign)
    letter = campaign / "letter.yaml"
    written = letter.read_text(encoding="utf-8")
    command: list[str | Path] = [LETTERS, "-C", campaign, "preview", "--no-browser"]
    shown: list[Used] = []
    rendered: list[Used] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        page = Page(running.stdout.readline().strip() if running.stdout else "")
        for turn in range(turns + 1):
            before, begun = _processor(running.pid), time.perf_counter()
            own = f"stood {turn} times by Ukraine"
            letter.write_text(written.replace("stood by Ukraine", own), encoding="utf-8")
            page.shows(f"stood {turn} times".encode())
            wall = time.perf_counter() - begun
            shown.append(Used(_processor(running.pid) - before, wall, 0))
            render: list[str | Path] = [
                LETTERS,
                "-C",
                campaign,
                "render",
                "--format",
                "pdf",
                "--lang",
                "en",
            ]
            rendered.append(used([*render, "--out", work / f"out-{turn}"]))
        running.send_signal(signal.SIGINT)
    ours, direct = median(shown[1:]), median(rendered[1:])
    note = f"{ours.wall / direct.wall:.2f} of the command’s time by the clock"
    yield Row("a save that the preview shows", ours, 1, {"letters render": direct}, "1.5", note)


def _processor(process: int) -> float:
    """Seconds of processor time of a process and all below it."""
    told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2].split()
    own = sum(map(int, told[11:15])) / _TICKS
    below = [
        int(each)
        for file in Path(f"/proc/{process}/task").glob("*/children")
        for each in file.read_text("ascii").split()
    ]
    return own + sum(map(_processor, below))
