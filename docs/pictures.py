#!/usr/bin/env python3
"""Makes all pictures of the documentation, by one command: ``python docs/pictures.py``.

- docs/images/open-letter.png, the pages of the model letter, side by side;
- docs/images/TEMPLATE-THEME.png, the first page of each template's starter in each theme;
- docs/images/contact-sheet.png, all of these side by side: what a change of look does to each;
- docs/images/restyled-*.png and window-*.png for docs/themes.md;
- docs/images/status-page.png, the status of a made-up campaign, for docs/status-page.md;
- docs/images/preview*.png, the preview of a starter, for docs/preview.md;
- docs/images/compare.png, what a lawyer has changed in a Word file, for docs/word.md.

It works on copies of campaigns, and what it records in a copy's log says that it is a
demonstration. It needs Poppler's ``pdftoppm``, and Chromium for what is
seen in a browser. The same fonts and the
same programs give the same pictures.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps, PngImagePlugin

from letters.campaign.load import load
from letters.campaign.scaffold import start, templates
from letters.campaign.template_files import TemplateFiles
from letters.ledger.details import Answer, AnswerClass, Mailing
from letters.ledger.events import Entry, Event, Evidence
from letters.ledger.status import statuses
from letters.post.answers.progress import progress
from letters.post.correspondence import Correspondence
from letters.post.page import page

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PICTURE = IMAGES / "open-letter.png"

_CAMPAIGN = ROOT / "signatories" / "carney"
_AUTHORS = ("navalnaya", "kara-murza", "yashin")
_NOTE = "Demonstration entry: this person has not signed anything"
_LARGE, _SMALL = 92, 68  # dots per inch
_TILE = 260, 336  # pixels of a page on the contact sheet
_GAP = 28  # pixels around and between the pages
_DESK, _EDGE = "#e9e7e4", "#c9c5c0"
_COLOURS, _FEW = 96, 24

TOKENS = """\
description: Our own colours and a wider letterhead.
page: letter
margin_mm: {top: 25, right: 44.5, bottom: 23, left: 44.5}
fonts:
  text: [Liberation Serif, Times New Roman]
  label: [Liberation Serif, Times New Roman]
size_pt: {text: 12, label: 12, small: 9}
line_pt: {text: 15, address: 15, small: 13}
space_pt: {paragraph: 7.5, block: 15, signature: 45}
colour: {text: "#1a1a1a", accent: "#1f4e3d", muted: "#4d5a54", rule: "#aab5af"}
letterhead: {set: center, rule_pt: 0.5}
"""
SHEET = """\
.letterhead { border-bottom: 1.5pt dotted #6b2a2f; padding-bottom: 10pt }
.subject { font-family: Carlito, sans-serif; font-weight: normal; color: #6b2a2f }
.asks > li { background-color: #f6f2f0; border-left: 2pt solid #6b2a2f; padding-left: 6pt }
"""
RESTYLED: dict[str, tuple[str, dict[str, str]]] = {
    "restyled-tokens": ("theme: ours\n", {"ours/theme.yaml": TOKENS}),
    "restyled-css": ("", {"classic/letter.css": SHEET}),
    "window-din5008-b": ("window: din5008-b\n", {}),
    "window-no10": ("theme: modern\nwindow: no10\n", {}),
}
"""For each picture what letter.yaml says besides, and files below templates/themes."""


def make(picture: Path) -> None:
    """The model letter's pages as a PNG file, with the digest of the text that it shows."""
    shown = PngImagePlugin.PngInfo()
    with tempfile.TemporaryDirectory() as name:
        campaign = Path(name) / "campaign"
        shutil.copytree(_CAMPAIGN, campaign, ignore=shutil.ignore_patterns("out", "*.db*"))
        _sign(campaign, _AUTHORS)
        pages = [ImageOps.expand(page, 1, _EDGE) for page in _pages(campaign, _LARGE, "en")]
        manifest = json.loads((campaign / "out" / "manifest.json").read_bytes())
        shown.add_text("Text digest", manifest["text_digest"])
        width, height = pages[0].size
        size = (_GAP + len(pages) * (width + _GAP), height + 2 * _GAP)
        desk = Image.new("RGB", size, _DESK)
        for number, page in enumerate(pages):
            desk.paste(page, (_GAP + number * (width + _GAP), _GAP))
    _save(desk, picture, _COLOURS, shown)


def make_library(folder: Path, wanted: tuple[str, ...] = ()) -> None:
    """The first page of every starter in every theme, or of the ``wanted`` templates."""
    with tempfile.TemporaryDirectory() as name:
        for template in wanted or tuple(templates()):
            campaign = _started(Path(name) / template, template)
            written = (campaign / "letter.yaml").read_text(encoding="utf-8")
            for theme in TemplateFiles(campaign).themes():
                _write(campaign / "letter.yaml", _without(written, "theme") + f"theme: {theme}\n")
                _first(campaign, folder / f"{template}-{theme}.png")


def make_contact_sheet(folder: Path) -> None:
    """The first pages of all templates, a row each, in all themes, from the pictures of them."""
    themes = TemplateFiles(ROOT).themes()
    rows = [[folder / f"{template}-{theme}.png" for theme in themes] for template in templates()]
    wide, high = _TILE
    size = (_GAP + len(themes) * (wide + _GAP), _GAP + len(rows) * (high + _GAP))
    desk = Image.new("RGB", size, _DESK)
    for row, files in enumerate(rows):
        for column, file in enumerate(files):
            if file.is_file():
                with Image.open(file) as page:
                    tile = ImageOps.contain(page.convert("RGB"), _TILE)
                desk.paste(tile, (_GAP + column * (wide + _GAP), _GAP + row * (high + _GAP)))
    _save(desk, folder / "contact-sheet.png", _FEW, PngImagePlugin.PngInfo())


def make_restyled(folder: Path) -> None:
    """One letter restyled in each of the ways that docs/themes.md explains."""
    with tempfile.TemporaryDirectory() as name:
        for picture, (more, files) in RESTYLED.items():
            campaign = _started(Path(name) / picture, "open-letter")
            written = (campaign / "letter.yaml").read_text(encoding="utf-8")
            _write(campaign / "letter.yaml", _without(written, "theme", "window") + more)
            for path, text in files.items():
                _write(campaign / "templates" / "themes" / path, text)
            _first(campaign, folder / f"{picture}.png")


def make_status(picture: Path) -> None:
    """The status of a made-up campaign, five weeks after its first signature."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "campaign"
        start(folder, "open-letter")
        _write(folder / "signatories.yaml", json.dumps([_signer(number) for number in range(48)]))
        who = [{"id": f"ward-{n}", "name": f"Ward {n} Councillor"} for n in range(1, 12)]
        _write(folder / "recipients.yaml", json.dumps(who))
        campaign, problems = load(folder)
        if campaign is None:
            raise SystemExit("\n".join(map(str, problems)))
        text = "3f9c2b7a51d0e864" * 4
        entries = [
            Entry(number, dt.datetime.combine(on, dt.time(12), dt.UTC), event)
            for number, (on, event) in enumerate(_made_up(text), 1)
        ]
        people = statuses(entries, [one.id for one in campaign.signatories], text)
        known = progress(campaign, Correspondence.of(entries), (), text)
        today = dt.date(2026, 4, 10)
        file, shot = Path(name) / "status.html", Path(name) / "status.png"
        file.write_bytes(page.write(campaign, entries, people, known, digest=text, today=today))
        window = ("--window-size=1040,1440", "--hide-scrollbars", f"--user-data-dir={name}/browser")
        _run(
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", *window),
            *(f"--screenshot={shot}", f"file://{file}"),
        )
        with Image.open(shot) as seen:
            _save(seen.convert("RGB"), picture, _FEW, PngImagePlugin.PngInfo())


def make_seen(folder: Path) -> None:
    """The preview of a starter that was signed and changed, and what a lawyer has changed in it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from preview import seen

    with tempfile.TemporaryDirectory() as name:
        campaign = _started(Path(name) / "library", "open-letter")
        _run(*_letters(campaign), "render", "--format", "docx")
        written = (campaign / "letter.yaml").read_text(encoding="utf-8")
        _write(campaign / "letter.yaml", written.replace("Two winters ago", "Three winters ago"))
        _run(*_letters(campaign), "templates", "eject", "open-letter")
        with seen.browser(Path(name) / "browser") as pages:
            for picture, data in (*pages.preview(campaign), *pages.compared(campaign)):
                with Image.open(io.BytesIO(data)) as shot:
                    _save(shot.convert("RGB"), folder / picture, _FEW, PngImagePlugin.PngInfo())


def _signer(number: int) -> dict[str, object]:
    return {
        "id": f"signer-{number}",
        "name": f"Signatory {number}",
        "kind": "organisation" if number % 6 == 1 else "person",
        "visibility": "withheld" if number % 12 == 5 else "public",
        "languages": [("en", "fr", "en", "en", "es")[number % 5]],
    }


def _made_up(text: str) -> list[tuple[dt.date, Event]]:
    """Six weeks of a campaign: each event with its day."""
    first, said, earlier = dt.date(2026, 2, 25), Evidence.of_note(_NOTE), "0" * 64
    told: list[tuple[int, Event]] = [
        (int(14 * (n / 48) ** 1.7), Event("signed", f"signer-{n}", text, said)) for n in range(44)
    ]
    told += [(4 + n, Event("signed", f"signer-{44 + n}", earlier, said)) for n in range(4)]
    told += [(17, Event("withdrew", f"signer-{n}", evidence=said)) for n in (7, 9)]
    for n in range(1, 11):
        way = "post" if n % 3 == 0 else "email"
        told.append(
            (14 + n // 4, Event("sent", "", text, channel=way, detail=Mailing(f"ward-{n}")))
        )
    told.append((18, Event("bounced", "", text, said, "email", detail=Mailing("ward-8"))))
    kinds: dict[int, AnswerClass] = {2: "reply", 4: "acknowledgement", 7: "refusal", 10: "reply"}
    for n, kind in kinds.items():
        told.append((20 + n, Event("replied", evidence=said, detail=Answer(f"ward-{n}", kind))))
    told += [(38, Event("looked", detail=Mailing(f"ward-{n}"))) for n in (1, 3, 5)]
    told += [(day, Event("reported", evidence=said)) for day in (15, 16)]
    return [(first + dt.timedelta(days=day), event) for day, event in sorted(told, key=_day)]


def _day(told: tuple[int, Event]) -> int:
    return told[0]


def _started(folder: Path, template: str) -> Path:
    """A new campaign from the template, signed by everybody in it."""
    start(folder, template)
    status = json.loads(_run(*_letters(folder), "status", "--json"))
    _sign(folder, tuple(person["id"] for person in status["signatories"]))
    return folder


def _without(written: str, *keys: str) -> str:
    lines = written.splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(":")[0] not in keys)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _sign(campaign: Path, people: tuple[str, ...]) -> None:
    for person in people:
        _run(*_letters(campaign), "sign", "record", person, "--note", _NOTE)


def _first(campaign: Path, picture: Path) -> None:
    page = ImageOps.expand(_pages(campaign, _SMALL)[0], 1, _EDGE)
    _save(page, picture, _FEW, PngImagePlugin.PngInfo())


def _pages(campaign: Path, dots: int, language: str = "") -> list[Image.Image]:
    """The pages of the first letter, in that language or its first."""
    only = ("--lang", language) if language else ()
    first = _run(*_letters(campaign), "render", "--format", "pdf", *only).splitlines()[0]
    for old in campaign.glob("page-*.png"):
        old.unlink()
    _run("pdftoppm", "-r", str(dots), "-png", first, str(campaign / "page"))
    return [Image.open(file).convert("RGB") for file in sorted(campaign.glob("page-*.png"))]


def _save(image: Image.Image, file: Path, colours: int, shown: PngImagePlugin.PngInfo) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # This method keeps the accent colour, of which there is little.
    few = image.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True, pnginfo=shown)


def _letters(campaign: Path) -> tuple[str, ...]:
    return sys.executable, "-m", "letters", "-C", str(campaign)


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - see above
    return done.stdout


if __name__ == "__main__":
    make(PICTURE)
    make_restyled(IMAGES)
    make_status(IMAGES / "status-page.png")
    make_seen(IMAGES)
    make_library(IMAGES, tuple(sys.argv[1:]))
    make_contact_sheet(IMAGES)
