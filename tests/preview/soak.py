"""Save after save, in a preview as a user starts it: how its memory goes while that lasts.

``python -m tests.preview.soak 10000`` saves as fast as the page follows: values and a template, by
exchange and in place, a mistake now and then, and all that an open page asks for meanwhile. It tells
how much memory the server and its worker take, and how many files the server has open; it ends with
1 where one of them grew. What grows is seen by a line through all that was measured after the first
tenth: a worker takes more from save to save until another one takes over, and gives it all back.
"""

from __future__ import annotations

import http.client
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from letters import files

_GROWTH = {"server": 8.0, "worker": 8.0, "open": 4.0}
"""What a line may rise from the first tenth to the end, whatever the count: MiB, and files."""
_LETTER = """\
title: A letter that is saved often
template: short
languages: [en]
date: 2025-09-03
place: Ottawa
subject: One question
from: {organisation: Joint letter, contact: reply@example.org, country: CA}
asks:
  - text: to answer after 0 saves;
"""
_BODY = """\
::: subject
{{ subject }}
:::

We ask you, as text 0 of this template does:

{% for ask in asks %}
1. {{ ask.text }}
{% endfor %}
"""


class Page:
    """An open page, as a browser has it: it asks when it is told that something is new."""

    def __init__(self, address: str) -> None:
        self._host, _, query = address.removeprefix("http://").partition("/")
        self._door = http.client.HTTPConnection(self._host, timeout=120)
        self._door.request("GET", f"/{query}")
        entered = self._door.getresponse()
        entered.read()
        self._known = {"Cookie": str(entered.getheader("set-cookie")).partition(";")[0]}
        self.reload()

    def reload(self) -> None:
        """Listen anew, as a page that is opened again."""
        self._listening = http.client.HTTPConnection(self._host, timeout=120)
        self._listening.request("GET", "/news", headers=self._known)
        self._news = self._listening.getresponse()

    def close(self) -> None:
        """Listen no more."""
        self._news.close()
        self._listening.close()

    def fetched(self, path: str) -> bytes:
        """What is at that address."""
        self._door.request("GET", path, headers=self._known)
        return self._door.getresponse().read()

    def shows(self, words: str) -> None:
        """Wait until the page shows these words, with its pictures."""
        while words not in (page := self.fetched("/").decode()):
            while not self._news.readline().startswith(b"data:"):
                pass
        for picture in re.findall(r'href="(/page/[^"]+)"', page):
            assert self.fetched(picture)[:2] == b"\xff\xd8"


def memory(process: int) -> float:
    """MiB that a process takes, without what it shares with others."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    own = [line for line in told.splitlines() if line.startswith(("Private_", "SwapPss"))]
    return sum(int(line.split()[1]) for line in own) / 1024


def below(process: int) -> list[int]:
    """The processes that a process has begun, and those that they have."""
    told = [int(each) for file in Path(f"/proc/{process}/task").glob("*/children")
            for each in file.read_text(encoding="ascii").split()]  # fmt: skip
    return [one for each in told for one in (each, *below(each))]


def measured(server: int) -> dict[str, float]:
    """What the preview takes at this moment."""
    workers = sum(map(memory, below(server)))  # and the process that they are forked from
    opened = len(list(Path(f"/proc/{server}/fd").iterdir()))
    return {"server": memory(server), "worker": workers, "open": float(opened)}


def run(count: int) -> bool:
    """Whether nothing grew."""
    with tempfile.TemporaryDirectory() as name:
        campaign = Path(name) / "campaign"
        letters = (sys.executable, "-m", "letters")
        subprocess.run([*letters, "new", str(campaign)], check=True, capture_output=True)
        (campaign / "templates/short").mkdir(parents=True)
        (campaign / "templates/short/template.yaml").write_text("title: Short\n", encoding="utf-8")
        (campaign / "templates/short/letter.en.md").write_text(_BODY, encoding="utf-8")
        (campaign / "letter.yaml").write_text(_LETTER, encoding="utf-8")
        command = [*letters, "-C", str(campaign), "preview", "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            page = Page(running.stdout.readline().strip())
            begun = time.monotonic()
            try:
                found = list(_saves(count, campaign, running.pid, page))
            finally:
                running.send_signal(signal.SIGINT)
    _say(f"{count} saves in {(time.monotonic() - begun) / 60:.0f} minutes")
    level = [_is_level(what, found) for what in _GROWTH]
    return all(level)


def _saves(
    count: int, campaign: Path, server: int, page: Page
) -> Iterator[tuple[int, dict[str, float]]]:
    """Save, wait for the page, and measure, again and again."""
    letter, body = campaign / "letter.yaml", campaign / "templates/short/letter.en.md"
    for number in range(1, count + 1):
        saved = _LETTER.replace("after 0", f"after {number}")
        if number % 20 == 0:
            letter.write_text(f"{saved}{number}: [", encoding="utf-8")
            page.shows("last that could be made")
        elif number % 5 == 0:
            body.write_text(_BODY.replace("text 0", f"text {number}"), encoding="utf-8")
            page.shows(f"text {number} of")
        else:
            files.replace(letter, saved.encode())
            page.shows(f"after {number} saves")
        if number % 50 == 0:
            page.close()
            page.reload()
            for path in ("/?theme=modern", "/?audience=public", "/letter.pdf", "/letter.docx"):
                assert page.fetched(path)
        if number % 11 == 0 or number == count:  # which falls on every age of a worker
            now = measured(server)
            yield number, now
            if number % (11 * max(1, count // 220)) == 0:
                told = ", ".join(f"{what} {value:.0f}" for what, value in now.items())
                _say(f"after {number} saves: {told}")


def _is_level(what: str, found: list[tuple[int, dict[str, float]]]) -> bool:
    """Whether the line through what was measured does not rise."""
    last = found[-1][0]
    late = [(number, now[what]) for number, now in found if number > last / 10]
    slope, _ = statistics.linear_regression(*zip(*late, strict=True))
    values = [value for _, value in late]
    rise = slope * (last - late[0][0])
    between = (
        f"between {min(values):.0f} and {max(values):.0f}, {statistics.median(values):.0f} mostly"
    )
    _say(f"{what}: {between}; the line rises by {rise:.2f} ({slope * 1000:.3f} in 1,000 saves)")
    return rise < _GROWTH[what]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(0 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) else 1)
