"""The page as a whole: well-formed, closed off, and without a word that is nobody's business."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from signing import NOON, sign

from letters.digests import TextDigest
from letters.ledger.events import Event
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.page import page

from .sample import FIRST, NOTE, Log, busy, campaign, recipient, signatory, written

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

STYLE = re.compile(r"(?s)<style>.*?</style>")
HOSTILE = "<script>alert(\"Q & A\")</script> ]]> --> </title> 'onload=x' " + "long" * 30
PERSIAN = "نامه‌ای درباره چراغ‌ها"


class Read(HTMLParser):
    """Tags and attributes, and the words of each cell, list entry and term."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[str] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag in ("td", "th", "dt", "dd", "h1", "p", "text"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "dt", "dd", "h1", "p", "text"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page on which everything has happened."""
    return written(*busy(tmp_path_factory.mktemp("page") / "campaign", 60, 40))


def strict(data: bytes) -> Any:
    parser = import_module("tinyhtml5.parser").HTMLParser()
    tree = parser.parse(data)
    assert parser.errors == []
    return tree


def test_a_strict_parser_finds_no_mistake(whole: bytes) -> None:
    tree = strict(whole)
    assert (tree.attrib["lang"], tree.attrib["dir"]) == ("en", "ltr")
    ids = [value for key, value in Read(whole).attributes if key == "id"]
    assert len(set(ids)) == len(ids) > 8
    assert whole.index(page.MARK) < 200


def test_it_refers_to_nothing_elsewhere_and_runs_nothing(whole: bytes) -> None:
    read = Read(whole)
    banned = {"link", "script", "iframe", "object", "embed", "base", "form", "img", "image", "a"}
    assert not banned & set(read.tags)
    for key, value in read.attributes:
        assert not key.startswith("on")
        assert key not in ("src", "srcset", "xlink:href", "data", "action")
        assert key != "href" or (value or "").startswith("#")
    text = whole.decode()
    assert set(re.findall(r"url\((.)", text)) == {"#"}
    assert "@import" not in text
    assert "http://" not in text
    assert "https://" not in text


def test_no_name_of_a_signatory_no_address_and_no_note_is_on_it(whole: bytes) -> None:
    assert b"Quaz" not in whole
    assert b"quaz" not in whole
    assert b"Notewords" not in whole
    assert b"@" not in STYLE.sub("", whole.decode()).encode()
    for word in ("signer-", "journalist", "delivered", NOTE.digest):
        assert word not in whole.decode()


def test_the_same_bytes_whoever_protected_signed_and_when(tmp_path: Path) -> None:
    """Read off two pages, a protected person's day, kind and language can't be told."""
    pages = []
    for number, (day, kind, tag) in enumerate(((1, "person", "fa"), (9, "organisation", "en"))):
        hidden = [
            signatory(9, kind=kind, languages=[tag], visibility="withheld"),
            signatory(8, kind=kind, languages=[tag], visibility="role-only", description="one"),
        ]
        log = Log()
        log.sign(3, "signer-0")
        for person in hidden:
            log.sign(day, person["id"])
        people = [signatory(0), *hidden]
        pages.append(written(campaign(tmp_path / str(number), people, [recipient(0)]), log))
    assert pages[0] == pages[1]
    assert "3 signatures stand" in pages[0].decode()
    assert "2 whose names are withheld are in the total only" in pages[0].decode()


def test_names_are_words_whatever_they_hold(tmp_path: Path) -> None:
    people = [
        recipient(0, name=HOSTILE, office=HOSTILE),
        recipient(1, name={"display": {"en": "Ada", "fa": PERSIAN}}),
    ]
    log = Log()
    log.send(1, "member-0")
    data = written(campaign(tmp_path, [signatory(0)], people, f"{HOSTILE}\u202e"), log)
    tree = strict(data)
    assert not {"script", "title"} & {element.tag for element in tree.iter("{*}body")}
    cells = Read(data).cells
    assert sum(HOSTILE in cell for cell in cells) >= 3
    assert f"{HOSTILE}\ufffd" in cells
    assert "\u202e" not in data.decode()
    assert b"<script" not in data


def test_title_and_names_are_in_the_first_language_and_its_direction(tmp_path: Path) -> None:
    found = campaign(
        tmp_path, [signatory(0)], [recipient(0, name={"display": {"en": "Ada", "fa": PERSIAN}})]
    )
    letter = found.letter.model_copy(update={"languages": ("fa", "en")})
    data = written(replace(found, letter=letter), Log()).decode()
    assert '<h1 lang="fa" dir="rtl">' in data
    assert f'<bdi lang="fa">{PERSIAN}</bdi>' in data


def test_a_campaign_in_which_nothing_has_happened_has_a_page(tmp_path: Path) -> None:
    data = written(campaign(tmp_path, [signatory(0)], [recipient(0)]), Log(), text=TextDigest(""))
    strict(data)
    cells = Read(data).cells
    assert "Nobody has signed the text as it is yet." in cells
    assert "Press" not in data.decode()
    assert "Text <code>" not in data.decode()


def test_where_nobody_may_be_named_there_is_a_number_and_no_chart_of_them(tmp_path: Path) -> None:
    log = Log()
    log.sign(1, "signer-0")
    people = [signatory(0, visibility="withheld"), signatory(1)]
    data = written(campaign(tmp_path, people, [recipient(0)]), log)
    said = (
        "1 signature stands for the text as it is. 1 whose name is withheld is in the total only."
    )
    assert said in Read(data).cells
    assert data.count(b"<svg") == 1  # letters by state


def test_press_reports_are_days_and_no_more(tmp_path: Path) -> None:
    log = Log()
    log.report(1)
    log.report(1)
    log.add(9, Event("reported", evidence=NOTE, stated_at=FIRST))
    data = written(campaign(tmp_path, [signatory(0)], [recipient(0)]), log)
    [said] = [cell for cell in Read(data).cells if "reports" in cell]
    assert said == "3 reports: 4 September 2025, 5 September 2025 (2)."


def test_it_is_readable_in_black_and_white_and_in_the_dark(whole: bytes) -> None:
    """Contrasts as WCAG 2 asks of words (4.5) and of what is drawn (3)."""
    style = STYLE.findall(whole.decode())[0]
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    assert light.keys() == dark.keys() == {"paper", "ink", "muted", "rule", "mark", "pale"}
    for inks in (light, dark):
        paper = luminance(inks["paper"])
        for ink, least in {"ink": 7, "muted": 4.5, "mark": 4.5}.items():
            assert contrast(luminance(inks[ink]), paper) >= least, ink
        assert contrast(luminance(inks["mark"]), luminance(inks["pale"])) >= 3


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


# --- the command --------------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_status_and_the_file_is_only_ours_to_write(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        left = Event("withdrew", "lindqvist", evidence=NOTE)
        ledger.append(left, at=NOON + dt.timedelta(days=2))
    letters_here("log", "erase", "reading-circle", "--confirm", "reading-circle")
    file = campaign.path.parent / "status.html"
    done = letters_here("status", "--json", "--html", str(file))
    assert done.status == 0, done.stderr
    said = json.loads(done.stdout)
    data = file.read_bytes()
    strict(data)
    assert f"{said['signatures']['total']} signatures stand" in data.decode()
    assert said["signatures"]["total"] == 3
    assert "The charts show the 1 who may be named; 2 whose names are withheld" in data.decode()
    assert said["text_digest"][:16] in data.decode()
    rows = re.findall(r'<th scope="row".*?<bdi lang="en">(.*?)</bdi>', data.decode())
    assert sorted(rows) == sorted(one["name"] for one in said["recipients"])
    days = re.findall(r"<tr><td>.*?</td><td>(\d+)</td><td>(\d+)</td></tr>", data.decode())
    assert days == [("2", "0"), ("1", "0")]  # the erased are in no line
    assert file.stat().st_mode & 0o777 == 0o644

    assert letters_here("status", "--html", str(file)).stdout == f"{file}\n"
    foreign = campaign.write("notes.html", "<p>mine</p>")
    folder, gone = campaign.path, campaign.path / "link.html"
    gone.symlink_to("nowhere.html")
    for there in (foreign, folder, gone):
        done = letters_here("status", "--html", str(there))
        assert (done.status, done.stdout) == (3, "")
        assert "is there already and is not a page" in done.stderr
    assert foreign.read_text(encoding="utf-8") == "<p>mine</p>"
    assert gone.is_symlink()
