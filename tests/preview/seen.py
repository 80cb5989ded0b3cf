"""What docs/pictures.py shows of pages: they are looked at in Chromium, as the tests drive it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx

from .browser import Chromium, chromium


class Seen:
    """Pictures of a campaign's pages, each with the name of its file."""

    def __init__(self, driver: Chromium) -> None:
        self._driver = driver

    def preview(self, campaign: Path) -> Iterator[tuple[str, bytes]]:
        """The letter, a form, and a template with a mistake in it."""
        command = (sys.executable, "-m", "letters", "-C", str(campaign), "preview")
        with subprocess.Popen(
            (*command, "--no-browser", "--edit"), stdout=subprocess.PIPE, text=True
        ) as running:
            address = running.stdout.readline().strip() if running.stdout else ""
            tab = self._driver.tab(1280, 900)
            tab.go(address)
            tab.until("document.querySelector('#change-list ins') !== null")
            tab.until("[...document.querySelectorAll('#problem-list li')].length > 1")
            tab.click("document.querySelectorAll('figure text')[12]")
            tab.value("scrollTo(0, 0)")
            tab.value("document.getElementById('said').textContent = 'Shown as saved, 10:15:00.'")
            yield "preview.png", tab.picture()
            edit = f"{address.partition('/?')[0]}/edit/form?what="
            tab = self._driver.tab(1000, 620)
            tab.go(address)
            tab.go(f"{edit}letter")
            tab.value("document.querySelector('[name^=asks]').closest('fieldset').scrollIntoView()")
            yield "preview-edit.png", tab.picture()
            tab.go(f"{edit}template:templates/open-letter/letter.en.md")
            tab.value("(() => { const text = document.getElementById('text');"
                      "text.value = text.value.replace('asks %}', 'askes %}'); })()")  # fmt: skip
            tab.click("document.getElementById('look')")
            tab.until("document.querySelector('.lines mark') !== null")
            tab.value("scrollTo(0, 0)")
            yield "preview-template.png", tab.picture()
            running.terminate()

    def compared(self, campaign: Path) -> Iterator[tuple[str, bytes]]:
        """What somebody has changed in the letter's Word file."""
        sent = docx.Document(str(next((campaign / "out").glob("*.docx"))))
        for paragraph in sent.paragraphs:
            for run in paragraph.runs:
                text = run.text.replace("\N{NO-BREAK SPACE}", " ")
                text = text.replace("the end of the school year", "the end of June")
                run.text = text.replace("We therefore ask", "So we ask")
        returned, page = campaign / "from-my-lawyer.docx", campaign / "changes.html"
        sent.save(str(returned))
        command = (sys.executable, "-m", "letters", "-C", str(campaign), "compare")
        subprocess.run(
            [*command, str(returned), "--html", str(page)], check=True, capture_output=True
        )
        tab = self._driver.tab(1000, 430)
        tab.go(page.as_uri())
        yield "compare.png", tab.picture()


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Seen]:
    """Somebody who looks at pages, with a new profile in that folder."""
    with chromium(folder) as driver:
        yield Seen(driver)
