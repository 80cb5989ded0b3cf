"""The web page in a real browser: it shows the letter's words, fetches nothing, and fits."""

from __future__ import annotations

import html as markup
import http.server
import json
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import reading
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import html

from .sample import full_letter, words
from .themes import NAMES, built_in

if TYPE_CHECKING:
    from pathlib import Path

NARROW, WIDE = 360, 1200
PERSIAN = "این نامه درباره آزادی است. " * 6
# A page of the same server looks into the letter, which itself may run no script.
LOOK = """<!doctype html><meta charset="utf-8"><title>look</title>
<iframe src="letter.html" style="border: 0; width: WIDTHpx; height: 900px"></iframe><pre></pre>
<script>
onload = () => {
  const page = document.querySelector("iframe").contentDocument;
  const lines = (link) => getComputedStyle(link).textDecorationLine;
  document.querySelector("pre").textContent = JSON.stringify({
    text: page.body.innerText,
    width: page.documentElement.scrollWidth,
    links: [...page.querySelectorAll("a:not(sup a):not(.number)")].map(lines),
    lost: [...page.querySelectorAll('a[href^="#"]')]
      .filter((link) => !page.getElementById(link.hash.slice(1))).length,
  });
};
</script>"""


@dataclass(frozen=True, slots=True)
class Served:
    """Where the pages are, and what was asked for."""

    address: str
    asked: list[str]


def letter(language: str) -> d.Letter:
    """Every block, two columns of two languages and a sheet to sign among them."""
    full = full_letter(language, draft=True)
    pair = (d.Paragraph(words("Some words. " * 12)),), (d.Paragraph(words(PERSIAN)),)
    parallel = d.Parallel((d.TextLanguage("en", "ltr"), d.TextLanguage("fa", "rtl")), (pair, pair))
    heads = (words("Name"), words("Address with street and postcode"), words("Signature"))
    sheet = d.Sheet((d.Paragraph(words("We ask for an answer.")),), heads, (3, 4, 3), 3)
    return replace(full, blocks=(*full.blocks[:5], parallel, *full.blocks[5:], sheet))


@contextmanager
def served(pages: dict[str, bytes]) -> Iterator[Served]:
    """A server on this machine that has these pages and nothing else."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            page = pages.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(f"http://127.0.0.1:{server.server_address[1]}", asked)
        server.shutdown()


def browse(folder: Path, address: str, *wanted: str) -> str:
    """Run the browser on a page, with a new profile; returns what it writes."""
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    alone = ("--no-first-run", "--disable-background-networking", f"--user-data-dir={folder}")
    command = ("chromium", *quiet, *alone, "--virtual-time-budget=3000", *wanted, address)
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


def seen(folder: Path, data: bytes, width: int) -> tuple[dict[str, Any], list[str]]:
    """What the browser makes of the page in a window of that width, and what it asked for."""
    look = LOOK.replace("WIDTH", str(width)).encode()
    with served({"/look.html": look, "/letter.html": data}) as pages:
        written = browse(folder, f"{pages.address}/look.html", "--dump-dom")
        found = re.search("<pre>(.*?)</pre>", written, re.DOTALL)
        assert found
        return json.loads(markup.unescape(found[1])), pages.asked


def shown(text: str) -> str:
    return "".join(reading.words(text).split())


@pytest.mark.parametrize(
    ("theme", "language", "width"),
    [(NAMES[0], "en", NARROW), (NAMES[1], "fa", NARROW), (NAMES[2], "en", WIDE)],
)
def test_it_shows_the_words_of_the_letter_asks_for_nothing_and_fits(
    tmp_path: Path, theme: str, language: str, width: int
) -> None:
    data = html.write(letter(language), built_in(theme))
    found, asked = seen(tmp_path, data, width)
    wanted = reading.html(data)
    assert shown(found["text"]) == shown(f"{wanted.first_head} {wanted.body} {wanted.foot}")
    assert set(asked) <= {"/look.html", "/letter.html", "/favicon.ico"}
    assert found["width"] <= width
    assert len(found["links"]) > 2
    assert set(found["links"]) == {"underline"}
    assert found["lost"] == 0


def test_it_prints_what_it_shows(tmp_path: Path) -> None:
    data = html.write(full_letter(), built_in("classic"))
    printed = tmp_path / "printed.pdf"
    with served({"/letter.html": data}) as pages:
        address = f"{pages.address}/letter.html"
        browse(tmp_path / "profile", address, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    done = subprocess.run(["pdftotext", printed, "-"], capture_output=True, check=True, text=True)
    wanted, found = map(reading.left_to_right, (reading.html(data).body, done.stdout))
    # Names are broken over lines, where a hyphen gets lost: so letters are counted.
    assert not Counter(shown(wanted)) - Counter(shown(found)) - Counter("-" * 9)
