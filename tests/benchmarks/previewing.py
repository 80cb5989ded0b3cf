"""From a save to the page that shows it, beside the same letter made by a command, and again and
again in a process that is there already.
"""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from .measuring import LETTERS, PYTHON, ROOT, Used, median, used
from .report import Row

AGAIN = """\
import json, sys, time
from pathlib import Path
from letters.campaign.load import load
from letters.cli import preview_log
from letters.press import pdf
from letters.press.jobs import Job, PressRun
from letters.press.themes import load_theme
from letters.workshop.held import Held

for _ in sys.stdin:
    cpu, wall = time.process_time(), time.perf_counter()
    campaign, _ = load(Path(sys.argv[1]))
    held = Held(campaign)
    signed, _ = preview_log.told(campaign, held.drafts.text())
    run = PressRun(("pdf",), signed, "recipient", load_theme(campaign))
    pdf.write(held.letters.drafted(Job(0, campaign.letter.languages[0]), run).letter, run.theme)
    print(json.dumps([time.process_time() - cpu, time.perf_counter() - wall]), flush=True)
"""
"""Reads the campaign and makes its first letter as a PDF, for each line that it is sent."""
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
    again: list[str | Path] = [PYTHON, "-c", AGAIN, campaign]
    shown: list[Used] = []
    rendered: list[Used] = []
    direct: list[Used] = []
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running,
        subprocess.Popen(
            again, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as other,
    ):
        page = Page(running.stdout.readline().strip() if running.stdout else "")
        for turn in range(turns + 1):
            before, begun = _processor(running.pid), time.perf_counter()
            own = f"stood {turn} times by Ukraine"
            letter.write_text(written.replace("stood by Ukraine", own), encoding="utf-8")
            page.shows(f"stood {turn} times".encode())
            wall = time.perf_counter() - begun
            shown.append(Used(_processor(running.pid) - before, wall, _memory(running.pid)))
            words = ("render", "--format", "pdf", "--lang", "en", "--out", work / f"out-{turn}")
            rendered.append(used([LETTERS, "-C", campaign, *words]))
            direct.append(_once(other))
        running.send_signal(signal.SIGINT)
        other.terminate()
    ours, command_, process = (median(each[1:]) for each in (shown, rendered, direct))
    note = (
        f"by the clock {ours.wall / command_.wall:.2f} of the command, "
        f"{ours.wall / process.wall:.2f} of the process"
    )
    others = {"letters render": command_, "the same letter in a running process": process}
    yield Row("a save that the preview shows", ours, 1, others, "1.5 of the process", note)


def _once(other: subprocess.Popen[str]) -> Used:
    assert other.stdin
    assert other.stdout
    other.stdin.write("\n")
    other.stdin.flush()
    cpu, wall = json.loads(other.stdout.readline())
    return Used(cpu, wall, _own_memory(other.pid))


def _own_memory(process: int) -> float:
    told = Path(f"/proc/{process}/status").read_text("ascii")
    return next(
        int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM")
    )


def _memory(process: int) -> float:
    """MiB that the largest of a process and those below it has taken."""
    return max(map(_own_memory, _tree(process)))


def _tree(process: int) -> list[int]:
    below = (
        int(each)
        for file in Path(f"/proc/{process}/task").glob("*/children")
        for each in file.read_text("ascii").split()
    )
    return [process, *(one for each in below for one in _tree(each))]


def _processor(process: int) -> float:
    """Seconds of processor time of a process and all below it, and of those that have ended."""
    found = 0
    for each in _tree(process):
        told = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(") ")[2].split()
        found += sum(map(int, told[11:15]))
    return found / _TICKS
