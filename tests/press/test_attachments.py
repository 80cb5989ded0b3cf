"""What travels inside a PDF is the letter for Word and what it rests on, and nobody's secret."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import yaml
from pypdf import PdfReader
from verapdf import verify

from letters.press import pdf
from letters.press.attachments import EmbeddedFile

from .sample import full_letter
from .themes import built_in

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

HIDDEN = """\
  - id: case-2
    person: Silent Person
    facts: [{text: A hidden deed., source: hidden}]
    consent: {given: yes}
    visibility: withheld
  - id: case-3
    person: Quiet Person
    facts: [{text: A quiet deed.}]
    consent: {given: yes}
    visibility: name-only
    confidential: yes
sources:
  hidden: {title: Talk with Silent Person}
"""


def within(file: Path) -> dict[str, bytes]:
    """The files in a PDF by name."""
    return {name: found[0] for name, found in PdfReader(file).attachments.items()}


def source(file: Path) -> Any:
    return yaml.safe_load(within(file)["letter.en.yaml"])


def test_the_word_file_is_the_one_that_is_made_beside_the_pdf(
    campaign: CampaignFolder, letters: Letters
) -> None:
    assert letters("render", "--attach", "docx,source").status == 0
    for tag in ("en", "fr"):
        out = campaign.path / "out" / f"minister.{tag}"
        found = within(out.with_name(f"{out.name}.pdf"))
        assert set(found) == {f"letter.{tag}.docx", f"letter.{tag}.yaml"}
        assert found[f"letter.{tag}.docx"] == out.with_name(f"{out.name}.docx").read_bytes()


def test_nothing_is_attached_unless_asked_for(campaign: CampaignFolder, letters: Letters) -> None:
    assert letters("render", "--format", "pdf").status == 0
    assert within(campaign.path / "out" / "minister.en.pdf") == {}


def test_without_a_pdf_there_is_nothing_to_attach_to(letters: Letters) -> None:
    done = letters("render", "--format", "docx", "--attach", "source")
    assert (done.status, done.stdout) == (2, "")
    assert "no PDF is made" in done.stderr


def test_what_cannot_be_attached_is_refused(letters: Letters) -> None:
    done = letters("render", "--attach", "sources")
    assert done.status == 2
    assert "“sources” can’t be put into a PDF" in done.stderr
    assert "source" in done.stderr.partition("can’t")[2]


def test_the_source_says_what_is_asked_and_on_what_grounds(
    campaign: CampaignFolder, letters: Letters
) -> None:
    letters("render", "--format", "pdf", "--lang", "en", "--attach", "source")
    found = source(campaign.path / "out" / "minister.en.pdf")
    assert found["language"] == "en"
    assert found["date"] == "2025-09-03"
    assert found["from"]["organisation"] == "Joint letter"
    assert found["asks"][1] == {
        "text": "to answer the second.",
        "limits": "No more than that is asked.",
    }
    assert found["figures"]["applied"] == {
        "value": 1000, "label": "people have applied.", "source": "report",
    }  # fmt: skip
    assert found["sources"]["report"]["publisher"] == "The Example"
    assert found["values"] == {"thanks": "You listened.", "pages": 3}
    assert "signatories" not in found
    assert "authors" not in found


def test_the_source_holds_nobody_who_is_withheld_and_no_source_of_theirs(
    campaign: CampaignFolder, letters: Letters
) -> None:
    campaign.edit("letter.yaml", "sources:\n", HIDDEN)
    for audience, folder in (("recipient", "out"), ("public", "out/public")):
        done = letters("render", "--format", "pdf", "--attach", "source", "--audience", audience)
        assert done.status == 0, done.stderr
        file = campaign.path / folder / "minister.en.pdf"
        assert b"Silent" not in within(file)["letter.en.yaml"]
        assert "hidden" not in source(file)["sources"]
        people = [case["person"] for case in source(file)["cases"]]
        assert people == ["Ada Example"] + ["Quiet Person"] * (audience == "recipient")


def test_a_bilingual_letter_has_what_both_its_languages_rest_on(
    campaign: CampaignFolder, letters: Letters
) -> None:
    both = ("--lang", "en", "--lang", "fr", "--bilingual", "sequence")
    assert letters("render", "--format", "pdf", "--attach", "docx,source", *both).status == 0
    found = within(campaign.path / "out" / "minister.en-fr.pdf")
    assert set(found) == {"letter.en-fr.docx", "letter.en.yaml", "letter.fr.yaml"}


def test_a_letter_with_files_in_it_is_still_an_archive_and_the_same_every_time(
    tmp_path: Path,
) -> None:
    files = (
        EmbeddedFile("source", "en", b"title: A letter\n"),
        EmbeddedFile("docx", "en", b"PK\x03\x04 anything"),
    )
    printed = pdf.write(full_letter(), built_in("classic"), files)
    assert printed.remarks == ()
    assert pdf.write(full_letter(), built_in("classic"), files[::-1]).data == printed.data
    file = tmp_path / "letter.pdf"
    file.write_bytes(printed.data)
    assert [v.broken for v in verify([file])] == [(), ()]
    listed: Any = PdfReader(io.BytesIO(printed.data)).root_object["/AF"]
    found = [each.get_object() for each in listed]
    related = {each["/UF"]: each["/AFRelationship"] for each in found}
    assert related == {"letter.en.docx": "/Alternative", "letter.en.yaml": "/Source"}
