"""The page in a real browser: quiet, as wide as the screen, and with heads on each printed sheet."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from press.test_browser import served

from letters.campaign.localtext import LocalText
from letters.campaign.people import Name

from .sample import busy, written

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = (360, 1200)
LOOK = (
    """<!doctype html><meta charset="utf-8"><title>look</title>"""
    + "".join(f'<iframe src="page.html" style="width: {w}px; border: 0"></iframe>' for w in WIDTHS)
    + """<pre></pre><script>
onload = () => {
  const seen = [...document.querySelectorAll("iframe")].map(({contentDocument: page}) => ({
    width: page.documentElement.scrollWidth,
    outside: [...page.querySelectorAll("main *:not(thead, thead *, details *, svg defs *)")]
      .filter((one) => one.getBoundingClientRect().right
        > page.documentElement.clientWidth + 0.5).map((one) => one.outerHTML.slice(0, 90)),
    texts: [...page.querySelectorAll("svg text")].map((one) => one.textContent),
    rows: page.querySelectorAll(".recipients tbody tr").length,
    blocks: getComputedStyle(page.querySelector(".recipients tr")).display,
    hatched: [...page.querySelectorAll("svg [style*='url(']")].length,
  }));
  document.querySelector("pre").textContent = JSON.stringify(seen);
};
</script>"""
)
RECIPIENTS = 45


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page with a title, a name and an office that can't be broken anywhere."""
    found, log = busy(tmp_path_factory.mktemp("browser") / "campaign", RECIPIENTS, 40)
    long = {"en": f"Member 0 <i>{'W' * 180}"}
    first = found.recipients[0].model_copy(
        update={"name": Name.model_validate({"display": long}), "office": LocalText(long)}
    )
    letter = found.letter.model_copy(update={"title": LocalText(long)})
    found = replace(found, letter=letter, recipients=(first, *found.recipients[1:]))
    return written(found, log)


def browse(folder: Path, *wanted: str) -> tuple[str, str]:
    """What the browser writes, and what it complains of, with a new profile."""
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    alone = ("--no-first-run", "--disable-background-networking", f"--user-data-dir={folder}")
    log = ("--enable-logging=stderr", "--virtual-time-budget=2000")
    command = ("chromium", *quiet, *alone, *log, *wanted)
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stdout.decode(), done.stderr.decode()


def test_it_asks_for_nothing_complains_of_nothing_and_fits(tmp_path: Path, data: bytes) -> None:
    with served({"/look.html": LOOK.encode(), "/page.html": data}) as pages:
        dom, complaints = browse(tmp_path, "--dump-dom", f"{pages.address}/look.html")
    assert set(pages.asked) <= {"/look.html", "/page.html", "/favicon.ico"}
    assert "CONSOLE" not in complaints.replace("favicon", "")
    found = re.search("<pre>(.*?)</pre>", dom, re.DOTALL)
    assert found
    phone, screen = json.loads(html.unescape(found[1]))
    for seen, width in zip((phone, screen), WIDTHS, strict=True):
        assert seen["width"] <= width
        assert seen["outside"] == []
        assert seen["rows"] == RECIPIENTS
        shown = {"persons", "organisations", "came back", "sent, no answer recorded"}
        assert shown <= set(seen["texts"])
        assert seen["hatched"] > 1
    assert (phone["blocks"], screen["blocks"]) == ("block", "table-row")


def test_it_prints_with_the_heads_of_the_table_on_each_sheet(tmp_path: Path, data: bytes) -> None:
    file, printed = tmp_path / "page.html", tmp_path / "printed.pdf"
    file.write_bytes(data.replace(b"margin: 14mm;", b"margin: 14mm; size: A4;"))
    browse(
        tmp_path / "profile",
        f"--print-to-pdf={printed}",
        "--no-pdf-header-footer",
        f"file://{file}",
    )
    done = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True)
    first, *sheets = done.stdout.decode().removesuffix("\f").split("\f")
    assert "Signatures over time" in first
    assert "By language" in first
    with_rows = [sheet for sheet in (first, *sheets) if re.search(r"Member \d+ .* on \d", sheet)]
    assert len(with_rows) > 1
    for sheet in with_rows:
        assert re.search(r"Recipient +State +History +Last looked +Answer due", sheet)
