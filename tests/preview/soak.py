"""Save after save, in a preview as a user starts it: what its memory is at the beginning and the end.

``python -m tests.preview.soak 10000`` says for the server and for its worker how many MiB each takes
after a tenth of the saves and after all of them, and ends with 1 where one of them grew.
"""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from letters import files

_GROWTH = 48  # MiB: what a library takes and gives back now and then


def memory(process: int) -> int:
    """MiB that a process takes, without what it shares with others."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    own = [line for line in told.splitlines() if line.startswith(("Private_", "SwapPss"))]
    return sum(int(line.split()[1]) for line in own) // 1024


def below(process: int) -> list[int]:
    """The processes that a process has begun, and those that they have."""
    told = [int(each) for file in Path(f"/proc/{process}/task").glob("*/children")
            for each in file.read_text(encoding="ascii").split()]  # fmt: skip
    return [one for each in told for one in (each, *below(each))]


def run(count: int) -> bool:
    """Whether nothing grew."""
    with tempfile.TemporaryDirectory() as name:
        campaign = Path(name) / "campaign"
        letters = (sys.executable, "-m", "letters")
        subprocess.run([*letters, "new", str(campaign)], check=True, capture_output=True)
        command = [*letters, "-C", str(campaign), "preview", "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            address = running.stdout.readline().strip()
            try:
                return _saves(count, campaign / "letter.yaml", running.pid, address)
            finally:
                running.send_signal(signal.SIGINT)


def _saves(count: int, letter: Path, process: int, address: str) -> bool:
    written = letter.read_text(encoding="utf-8")
    host = address.removeprefix("http://").partition("/")[0]
    door = http.client.HTTPConnection(host, timeout=120)
    door.request("GET", f"/?{address.partition('?')[2]}")
    entered = door.getresponse()
    entered.read()
    cookie = str(entered.getheader("set-cookie")).partition(";")[0]
    news = http.client.HTTPConnection(host, timeout=120)
    news.request("GET", "/news", headers={"Cookie": cookie})
    told = news.getresponse()
    early: list[int] = []
    for number in range(1, count + 1):
        files.replace(letter, written.replace("Two winters", f"{number} winters").encode())
        while True:
            door.request("GET", "/", headers={"Cookie": cookie})
            if f"{number} winters".encode() in door.getresponse().read():
                break
            while not told.readline().startswith(b"data:"):
                pass
        if number in (max(1, count // 10), count):
            now = [memory(process), max(map(memory, below(process)))]
            sys.stdout.write(f"after {number} saves: server {now[0]} MiB, worker {now[1]} MiB\n")
            sys.stdout.flush()
            early = early or now
    return all(new - old < _GROWTH for old, new in zip(early, now, strict=True))


if __name__ == "__main__":
    sys.exit(0 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) else 1)
