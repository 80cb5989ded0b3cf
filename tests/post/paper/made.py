"""Small PDFs to bundle, campaigns to print for, and what stands where on a page."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from letters.campaign.load import load
from letters.campaign.model import Campaign
from letters.post.paper.addresses import Addressed, addressed
from letters.press.theme import Theme
from letters.press.themes import plain_theme

if TYPE_CHECKING:
    from conftest import CampaignFolder

LETTER, A4 = (612, 792), (595, 842)
_WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


def writer(texts: Iterable[str], size: tuple[float, float] = LETTER) -> PdfWriter:
    """A PDF with one page for each text."""
    made = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F"): made._add_object(font)})
    for text in texts:
        page = made.add_blank_page(*size)
        content = DecodedStreamObject()
        content.set_data(f"BT /F 12 Tf 72 500 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = made._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return made


def data_of(made: PdfWriter) -> bytes:
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def pdf(*texts: str, size: tuple[float, float] = LETTER) -> bytes:
    return data_of(writer(texts, size))


def pages(data: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page of a PDF, its box in mm from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words(data: bytes, page: int = 1) -> list[Word]:
    """What poppler finds on a page."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    found = _WORD.findall(done.stdout.decode())
    return [
        Word(_mm(left), _mm(top), _mm(right), _mm(bottom), unescape(text))
        for left, top, right, bottom, text in found
    ]


def _mm(points: str) -> float:
    return float(points) / 72 * 25.4


def sizes_mm(data: bytes) -> set[tuple[float, float]]:
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(data)).pages]
    return {(float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4) for box in boxes}


def loaded(folder: CampaignFolder, recipients: str) -> tuple[Campaign, list[Addressed], Theme]:
    """The campaign with those recipients, all of them as the post sees them, and its theme."""
    folder.write("recipients.yaml", recipients)
    campaign, problems = load(folder.path)
    assert campaign is not None, problems
    people = [addressed(campaign, index) for index in range(len(campaign.recipients))]
    return campaign, people, plain_theme(campaign.template_files, campaign.letter.theme)


def members(count: int) -> str:
    """Members of the House of Commons, as recipients.yaml has them."""
    return "".join(
        f"- {{id: mp-{n}, form: ca-mp, gender: f, name: {{given: Member, family: Number{n}}}}}\n"
        for n in range(count)
    )


def picture(path: Path, page: int) -> bytes:
    """The pixels of a page."""
    command = ["pdftoppm", "-r", "50", "-f", str(page), "-l", str(page), str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def inside(found: Sequence[Word], left: float, top: float, width: float, height: float) -> bool:
    """Whether all words lie in a box, in mm."""
    return all(
        word.left >= left - 0.1
        and word.top >= top - 0.1
        and word.right <= left + width + 0.1
        and word.bottom <= top + height + 0.1
        for word in found
    )
