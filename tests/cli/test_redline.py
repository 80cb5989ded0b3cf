"""Real tracked changes between two texts: those of the log, and the one of now."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from openxml_audit import FileFormat, OpenXmlValidator
from signing import sign

from letters.press.returned.document import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters


def test_it_shows_what_went_and_what_came_since_the_text_was_signed(
    campaign: CampaignFolder, signed: Letters, tmp_path: Path
) -> None:
    assert signed("redline", "signed", "now", "--out", str(tmp_path / "a.docx")).status == 3
    campaign.edit("letter.yaml", "en: to answer the second.", "en: to answer the other *one*.")
    campaign.edit("letter.yaml", "fr: Une liste", "fr: Une autre liste")
    body = campaign.read("templates/note/letter.en.md")
    campaign.write(
        "templates/note/letter.en.md", body.replace("We ask you:", "New & <b>.\n\nWe ask you:")
    )
    assert signed("redline", "signed", "now", "--out", str(tmp_path / "a.docx")).status == 1
    campaign.edit("templates/note/letter.en.md", "New & <b>.", "New & other.")
    done = signed("redline", "signed", "now", "--out", str(tmp_path / "a.docx"))
    assert done.status == 0, done
    assert "changed too, and not in this file: fr" in done.stderr
    found = read((tmp_path / "a.docx").read_bytes())
    now, before = ([one.tidy for one in side] for side in (found.now, found.before))
    assert "to answer the other *one*." in now
    assert "New & other." in now
    assert "to answer the second." in before
    assert "New & other." not in before
    assert "[recipient.salutation]" in now
    assert {author for one in found.now for author in one.authors} == {"letters"}
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(tmp_path / "a.docx").errors == []
    signed("redline", "signed", "now", "--out", str(tmp_path / "b.docx"))
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()

    # Backwards, in the other language, by a digest and by a day.
    digest = re.search("[0-9a-f]{16}", signed("log", "show").stdout)
    assert digest
    for name in (digest[0], "2999-01-01"):
        done = signed("redline", "now", name, "--lang", "fr", "--out", str(tmp_path / "c.docx"))
        assert done.status == 0, done
        found = read((tmp_path / "c.docx").read_bytes())
        assert "Une liste" in [one.tidy for one in found.now]
        assert "Une autre liste" in [one.tidy for one in found.before]


def test_it_says_which_texts_there_are(
    campaign: CampaignFolder, signed: Letters, tmp_path: Path
) -> None:
    out = ("--out", str(tmp_path / "a.docx"))
    for words, status, message in (
        (("yesterday", "now"), 2, "known: now, signed, a day"),
        (("abcdef", "now"), 2, "names no text"),
        (("1999-01-01", "now"), 3, "no text that was signed by 1999-01-01"),
        (("signed", "now", "--lang", "xx"), 2, "has no language “xx”"),
    ):
        done = signed("redline", *words, *out)
        assert done.status == status, done
        assert message in done.stderr
    campaign.edit("letter.yaml", "en: A list", "en: Another list")
    done = signed("redline", "signed", "now", "--out", str(campaign.path / "letter.yaml"))
    assert done.status == 3
    assert not (tmp_path / "a.docx").exists()


def test_whoever_was_named_then_and_is_withheld_now_is_hidden(
    campaign: CampaignFolder, letters_here: Letters, tmp_path: Path
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    campaign.edit("letter.yaml", "person: Ada Example", "person: Quazimo Vexlerin")
    campaign.edit("letter.yaml", "en: Ada Example waited.", "en: Quazimo Vexlerin waited.")
    sign(campaign.path)
    campaign.edit(
        "letter.yaml",
        "person: Quazimo Vexlerin\n    visibility: public",
        "person: Quazimo Vexlerin\n    visibility: withheld",
    )
    campaign.edit("letter.yaml", "en: Quazimo Vexlerin waited.", "en: Somebody waited.")
    done = letters_here("redline", "signed", "now", "--out", str(tmp_path / "a.docx"))
    assert done.status == 0, done
    assert "warning: what is protected stood in 1 paragraph, and is hidden there" in done.stderr
    found = read((tmp_path / "a.docx").read_bytes())
    said = "\n".join(one.words for side in (found.now, found.before) for one in side)
    assert "(hidden: this holds what is protected)" in said
    for part in zipfile.ZipFile(tmp_path / "a.docx").namelist():
        data = zipfile.ZipFile(tmp_path / "a.docx").read(part)
        assert b"uazimo" not in data, part
        assert b"exlerin" not in data, part
