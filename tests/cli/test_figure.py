"""A picture and a table with a caption, in every format, and back from Word."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
import reading_pdf
import verapdf
from PIL import Image as Pixels

from .returned import Word

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

BODY = "templates/note/letter.en.md"
BLOCKS = """\
::: figure
![The path by night](images/path.jpg)

As we found it on 3 March.
:::

::: table
What is spent on lamps.

| Year | Amount |
|---|--:|
| 2024 | 12.5 |
| 2025 | 8 |
:::

"""


@pytest.fixture
def made(campaign: CampaignFolder, letters: Letters) -> Path:
    stream = io.BytesIO()
    Pixels.linear_gradient("L").resize((900, 500)).convert("RGB").save(stream, "JPEG")
    campaign.write("images/path.jpg", stream.getvalue())
    campaign.edit(BODY, "We ask you:\n", f"We ask you:\n\n{BLOCKS}")
    formats = ("--format", "pdf,docx,html,txt")
    done = letters("render", "--draft", *formats, "--recipient", "prime-minister", "--lang", "en")
    assert done.status == 0, done
    return campaign.path / "out"


def test_every_format_says_the_same_and_word_gives_it_back(
    made: Path, campaign: CampaignFolder, letters: Letters
) -> None:
    name = "prime-minister.en"
    text = (made / f"{name}.txt").read_text(encoding="utf-8")
    assert "[The path by night]\nAs we found it on 3 March.\n" in text
    assert "What is spent on lamps.\nYear | Amount\n2024 | 12.5\n" in text
    page = (made / f"{name}.html").read_text(encoding="utf-8")
    assert 'alt="The path by night"><figcaption class="caption">As we found it' in page

    file = made / f"{name}.pdf"
    assert all(verdict.passed for verdict in verapdf.verify([file]))
    tree = reading_pdf.read(file.read_bytes()).tree
    assert [str(each.attributes["/Alt"]) for each in tree.every("Figure")] == ["The path by night"]
    assert [each.text() for each in tree.every("Caption")] == [
        "As we found it on 3 March.", "What is spent on lamps.",
    ]  # fmt: skip

    word = Word.of((made / f"{name}.docx").read_bytes())
    assert 'descr="The path by night"' in word.text
    assert compared(letters, word.save(campaign.path / "same.docx")) == []
    word.plain("As we found it", "As everybody found it")
    word.plain("is spent on lamps", "is spent on lights")
    back = word.save(campaign.path / "back.docx")
    lines = campaign.read(BODY).split("\n")
    assert compared(letters, back) == [
        ("we", "everybody", BODY, lines.index("As we found it on 3 March.") + 1),
        ("lamps", "lights", BODY, lines.index("What is spent on lamps.") + 1),
    ]


def compared(letters: Letters, file: str) -> list[tuple[str, str, str, int]]:
    done = letters("compare", file, "--json")
    assert done.status == 0, done
    return [
        (change["went"].strip(), change["came"].strip(), source["path"], source["line"])
        for paragraph in json.loads(done.stdout)["paragraphs"]
        for change in paragraph["changes"]
        for source in change["sources"]
    ]
