"""The whole story in a real browser: edit, see, break, repair, choose, click, change, download.

One browser and one preview for all of it, since each of them takes seconds to begin.
"""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING

import axe_core_python
from docx import Document
from PIL import Image
from pypdf import PdfReader
from signing import sign

from letters import files, shipped

from .browser import Tab, chromium

if TYPE_CHECKING:
    import pytest
    from conftest import CampaignFolder

AXE = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
LETTERS = (sys.executable, "-m", "letters")
NO_ERRORS = "document.querySelector('#problem-list .error') === null"
FIRST_PICTURE = "document.querySelector('svg image').getAttribute('href')"
LINES = "[...document.querySelectorAll('figure text')].map((one) => one.textContent).join(' ')"


@contextmanager
def preview(folder: Path, *words: str) -> Iterator[str]:
    """A preview of the campaign in that folder, as a user starts it; its address."""
    command = [*LETTERS, "-C", str(folder), "preview", "--no-browser", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield running.stdout.readline().strip()
        finally:
            running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130


def saved(file: Path, old: str, new: str) -> None:
    """Save as most editors do: another file takes the place of the one that was there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    files.replace(file, text.replace(old, new).encode())


def shows(tab: Tab, words: str) -> None:
    tab.until(f"({LINES}).includes({words!r})")


def barriers(tab: Tab) -> list[str]:
    """What would keep people from using the page, as far as a program can see that."""
    tab.value(AXE + "; true")
    found = tab.value("axe.run().then((told) => told.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def fetched(address: str, path: str) -> bytes:
    """What a program gets that opens the address, and then the path."""
    jar = urllib.request.HTTPCookieProcessor(CookieJar())
    opener = urllib.request.build_opener(jar)
    opener.open(address, timeout=60).close()
    with opener.open(address.partition("/?")[0] + path, timeout=60) as answer:
        data: bytes = answer.read()
    return data


def test_the_story(
    campaign: CampaignFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sign(campaign.path)
    letter, body = campaign.path / "letter.yaml", campaign.path / "templates/note/letter.en.md"
    with preview(campaign.path, "--edit") as address, chromium(tmp_path / "profile") as browser:
        one, other = browser.tab(), browser.tab()
        for tab in (one, other):
            tab.go(address)
            shows(tab, "answer the first question")
        see_two_pages_follow_a_save(one, other, letter)
        see_a_mistake_and_repair_it(one, body)
        see_every_kind_of_file_followed(one, campaign)
        choose_by_keyboard(one)
        click_a_paragraph(one)
        edit_in_the_form(one, campaign.path)
        edit_a_template(one, body)
        download(address)
        see_no_barrier_in_what_is_given_away(browser.tab(), tmp_path)
        wrong = [*one.complaints(), *other.complaints()]
        # The form with a mistake in it is answered as such, and the browser writes that down.
        assert [each for each in wrong if "422" not in each and "409" not in each] == []
        here = address.partition("/?")[0]
        assert all(each.startswith(here) for each in one.asked() | other.asked())


def see_two_pages_follow_a_save(one: Tab, other: Tab, letter: Path) -> None:
    assert barriers(one) == []
    other.value("document.getElementById('get-docx').focus()")
    saved(letter, "answer the first question", "answer the very first question")
    for tab in (one, other):
        shows(tab, "answer the very first question")
    assert other.value("document.activeElement.id") == "get-docx"
    one.until("document.querySelector('#change-list ins')?.textContent.includes('very')")
    told = one.value("document.getElementById('change-list').innerText")
    assert "5 signatures go stale in en alone" in told
    assert "okafor" in one.value("document.getElementById('signature-list').innerText")


def see_a_mistake_and_repair_it(one: Tab, body: Path) -> None:
    saved(body, "{{ deadline }}", "{{ deadlin }}")
    one.until("document.querySelector('#problem-list .error') !== null")
    problem = one.value("document.querySelector('#problem-list .error').innerText")
    assert "templates/note/letter.en.md:42" in problem
    assert "deadlin" in problem
    link = one.value("document.querySelector('#problem-list .error a').href")
    assert link.startswith(f"vscode://file{body.as_posix()}:")
    assert "last that could be made" in one.value("document.getElementById('said').innerText")
    shows(one, "answer the very first question")  # the last good page stays
    assert barriers(one) == []
    saved(body, "{{ deadlin }}", "{{ deadline }}")
    one.until("document.querySelector('#problem-list .error') === null")
    one.until("document.getElementById('said').innerText.startsWith('Shown as saved')")


def see_every_kind_of_file_followed(one: Tab, campaign: CampaignFolder) -> None:
    """New files and new folders, and files that are written in place, as some editors do."""
    campaign.write("languages/en.yaml", 'labels: {copies: "With a copy to"}\n')
    shows(one, "With a copy to")
    campaign.write("forms/own.yaml", 'title: Own\nlanguages: {en: {close: "Respectfully,"}}\n')
    campaign.edit("recipients.yaml", "  gender: m\n", "  gender: m\n  form: own\n")
    shows(one, "Respectfully,")
    campaign.edit("letter.yaml", "  country: CA\n", "  country: CA\n  logo: images/logo.png\n")
    one.until("document.querySelector('#problem-list .error')?.innerText.includes('from.logo')")
    seen = set[str]()
    for colour in ("#123456", "#654321"):
        campaign.write("images/logo.png", picture(colour))
        one.until(f"{NO_ERRORS} && !{json.dumps([*seen])}.includes({FIRST_PICTURE})")
        seen.add(one.value(FIRST_PICTURE))
    modern = (shipped.THEMES / "modern/theme.yaml").read_text(encoding="utf-8")
    for paper, width in (("a4", 595), ("letter", 612)):
        theme = modern.replace("page: letter", f"page: {paper}")
        campaign.write("templates/themes/own/theme.yaml", theme)
        if paper == "a4":
            one.until(
                "[...document.getElementById('theme').options].some((one) => one.value === 'own')"
            )
            one.value("location.search = '?theme=own'")
        one.until(f"Math.floor(document.querySelector('svg')?.viewBox.baseVal.width) === {width}")
    one.value("location.search = ''")
    one.until("document.readyState === 'complete' && location.search === ''")
    one.until(NO_ERRORS)


def picture(colour: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(held, "png")
    return held.getvalue()


def choose_by_keyboard(one: Tab) -> None:
    one.value("document.activeElement.blur()")
    one.tab_to("document.getElementById('recipient')")
    one.press("ArrowDown")
    one.tab_to("document.getElementById('language')")
    one.press("ArrowDown", 2)
    one.press("Tab", 3)
    assert one.value("document.activeElement.innerText") == "Show"
    one.press("Enter")
    shows(one, "Nous vous demandons")
    shows(one, "Sam Taylor")
    assert one.value("location.search").startswith("?recipient=minister&language=fr")
    assert one.value("document.querySelector('svg').getAttribute('lang')") == "fr"


def click_a_paragraph(one: Tab) -> None:
    one.click("[...document.querySelectorAll('figure text')].find((each) => "
              "each.textContent.includes('première question'))")  # fmt: skip
    one.until("document.activeElement.matches('#source-list summary')")
    told = one.value("document.activeElement.parentElement.innerText")
    assert "asks[0].text.fr" in told
    assert "letter.yaml:13:56" in told
    assert one.value("document.activeElement.parentElement.open")


def edit_in_the_form(one: Tab, folder: Path) -> None:
    before = (folder / "letter.yaml").read_bytes()
    field = "document.querySelector('[name=\"asks/0#/text/fr\"]')"
    one.tab_to("document.getElementById('edit')")
    one.press("Enter")
    one.until("document.querySelector('h1').innerText === 'Edit'")
    assert barriers(one) == []
    one.click("document.querySelector('a[href*=\"what=letter\"]')")
    one.until(f"{field} !== null")
    assert barriers(one) == []
    assert "what deserves thanks" in one.value("document.body.innerText")
    one.value("document.querySelector('[name=date]').value = 'soon'")
    one.click("document.getElementById('look')")
    one.until("document.querySelector('[name=date][aria-invalid]') !== null")
    one.value("document.querySelector('[name=date]').value = '2025-09-03'")
    one.value(f"{field}.select()")
    one.write("de répondre tout de suite ;")
    one.press("Enter")
    one.until("document.getElementById('write') !== null")
    assert one.value("document.querySelector('.diff del').innerText.trim()")
    assert "suite" in one.value("document.querySelector('.diff').innerText")
    assert barriers(one) == []
    assert (folder / "letter.yaml").read_bytes() == before
    one.press("Enter")  # “Write it” has the focus
    one.until("document.getElementById('result')?.innerText.startsWith('Written')")
    wanted = before.decode().replace("de répondre à la première question ;",
                                     "de répondre tout de suite ;")  # fmt: skip
    assert (folder / "letter.yaml").read_text(encoding="utf-8") == wanted
    [kept] = (folder / ".letters/edited").iterdir()
    assert kept.read_bytes() == before
    one.click("document.querySelector('a[href=\"/\"]')")


def edit_a_template(one: Tab, body: Path) -> None:
    here = one.value("location.origin")
    one.go(f"{here}/edit/form?what=template:templates/note/letter.en.md")
    one.value("document.getElementById('text').focus()")
    one.value("document.getElementById('text').setSelectionRange(0, 0)")
    one.write("{{ nobody }}\n\n")
    saved(body, "Please answer by", "Please do answer by")  # by somebody else, meanwhile
    one.click("document.getElementById('look')")
    one.until("document.getElementById('result')?.innerText.includes('changed in the meantime')")
    assert "{{ nobody }}" in one.value("document.querySelector('.lost').innerText")
    one.value("document.getElementById('text').setSelectionRange(0, 0)")
    one.value("document.getElementById('text').focus()")
    one.write("{{ nobody }}\n\n")
    one.click("document.getElementById('look')")
    one.until("document.querySelector('.lines mark')?.innerText.includes('1  {{ nobody }}')")
    assert "nobody" not in body.read_text(encoding="utf-8")
    assert barriers(one) == []
    one.click("document.querySelector('[data-line]')")
    area = "document.getElementById('text')"
    marked = f"{area}.value.slice({area}.selectionStart, {area}.selectionEnd)"
    assert one.value(marked) == "{{ nobody }}"
    one.press("Backspace")
    one.click("document.getElementById('look')")
    one.until("document.getElementById('write') !== null")
    one.click("document.getElementById('write')")
    one.until("document.getElementById('inline-problems')?.innerText === ''")
    assert "Please do answer by" in body.read_text(encoding="utf-8")
    assert "nobody" not in body.read_text(encoding="utf-8")


def download(address: str) -> None:
    wish = "recipient=minister&language=fr"
    pdf = PdfReader(io.BytesIO(fetched(address, f"/letter.pdf?{wish}")))
    assert "tout de suite" in pdf.pages[0].extract_text()
    word = Document(io.BytesIO(fetched(address, f"/letter.docx?{wish}")))
    assert any("tout de suite" in each.text for each in word.paragraphs)


def see_no_barrier_in_what_is_given_away(tab: Tab, folder: Path) -> None:
    """Letters as HTML, with a subject and without one, and the page of a status."""
    for template in ("open-letter", "petition-uk-paper"):
        own = folder / template
        commands: list[tuple[str | Path, ...]] = [
            ("new", own, "--template", template),
            ("-C", own, "render", "--format", "html", "--out", own / "out"),
        ]
        if template == "open-letter":
            commands.append(("-C", own, "status", "--html", own / "out/status.html"))
        for words in commands:
            subprocess.run([*LETTERS, *words], check=True, capture_output=True)
        pages = sorted((own / "out").glob("*.html"))
        assert pages
        for page in pages:
            tab.go(page.as_uri())
            tab.until(f"location.href === {page.as_uri()!r} && document.readyState === 'complete'")
            assert barriers(tab) == [], page.name
