"""The command from a process that has its libraries loaded: what a reader sees, without the wait.

Each run is a fork of that process, with the caller's arguments, folder, environment and files. So
pages with a hundred commands are run in a fraction of the time that as many new Pythons take.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

LOADED = (
    "weasyprint", "docx", "pydantic", "jinja2", "babel.dates", "letters.cli.app",
    "letters.workshop.workshop", "letters.press.pdf", "letters.press.docx", "letters.ledger.store",
    "letters.post.ready_messages",
)  # fmt: skip
CALLER = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect({path!r})
    said = [sys.argv[1:], os.getcwd(), dict(os.environ)]
    socket.send_fds(line, [b"!"], [0, 1, 2])
    line.sendall(json.dumps(said).encode())
    line.shutdown(socket.SHUT_WR)
    sys.exit(int(line.recv(9) or 70))
"""


@contextlib.contextmanager
def warm(folder: Path) -> Iterator[Path]:
    """A folder with a ``letters`` in it that is answered by a process of its own."""
    place, command = folder / "line", folder / "letters"
    command.write_text(CALLER.format(python=sys.executable, path=str(place)), encoding="utf-8")
    command.chmod(0o755)
    # The last is what the command itself sets before it loads anything.
    environment = os.environ | {
        "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TYPER_USE_RICH": "0",
    }  # fmt: skip
    # Below a shell, as where somebody types: completion is installed for that one.
    shell = ["bash", "-c", '"$@"; exit', "bash", sys.executable, __file__, str(place)]
    with subprocess.Popen(shell, env=environment, process_group=0) as server:
        while not place.exists():
            assert server.poll() is None
            time.sleep(0.05)
        try:
            yield folder
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def serve(place: Path) -> None:
    """Answer each caller from a fork; the exit status goes back when it ends."""
    for name in LOADED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place))
        door.listen(8)
        door.settimeout(10)
        tests = os.getppid()
        while os.getppid() == tests:
            try:
                line, _ = door.accept()
            except TimeoutError:
                continue
            with line:
                if os.fork() == 0:
                    door.close()
                    keep(line)


def keep(line: socket.socket) -> None:
    """Run the command in a process below this one, and pass on how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, files, _, _ = socket.recv_fds(line, 1, 3)
    said = b""
    while part := line.recv(1 << 16):
        said += part
    worker = os.fork()
    if worker == 0:
        line.close()
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        run(*json.loads(said))
    for file in files:
        os.close(file)
    _, status = os.waitpid(worker, 0)
    line.sendall(str(os.waitstatus_to_exitcode(status) % 256).encode())
    os._exit(0)


def run(words: list[str], folder: str, environment: dict[str, str]) -> None:
    """Be the command."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["letters", *words]
    code: object = 0
    try:
        importlib.import_module("letters.__main__").main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
