"""Finished files are searched as a reader, an editor or a forensic tool would see them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import loaded

from letters.check.privacy import search, search_folder
from letters.check.protected import Secret, secrets
from letters.problem import Place

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder

NAME = Secret("Quazimo Vexlerin", Place("signatories.yaml", 7, 3, "[1].name"))
FAMILY = Secret("Vexlerin", Place("signatories.yaml", 7, 3, "[1].name"), certain=False)
OURS = Secret("A quiet list", Place("letter.yaml", 9, 1, "enclosures[0]"), for_recipient=True)


@pytest.mark.parametrize(
    "written",
    [
        "Quazimo Vexlerin",
        "QUAZIMO  VEXLERIN",
        "Quazimo\nVexlerin",
        "Quazimo\u00a0Vexlerin",
        "Qua\u00adzimo Vex\u00adlerin",  # soft hyphens, which nobody sees
        "QuazimoVexlerin",  # as words are drawn in a PDF
        "Ｑｕａｚｉｍｏ Vexlerin",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_name_is_found_however_it_is_written(written: str, encoding: str) -> None:
    [problem] = search("out/a.txt", f"by {written}, too".encode(encoding), (NAME,))
    assert problem.severity == "error"
    assert problem.message == "holds what is protected as [1].name in signatories.yaml:7"


def test_a_family_name_is_a_word_of_its_own_and_a_warning() -> None:
    [problem] = search("a.txt", b"Dear Vexlerin,", (FAMILY,))
    assert problem.severity == "warning"
    assert search("a.txt", b"the Vexlerinian way", (FAMILY,)) == []


def test_it_is_found_in_the_name_of_a_file() -> None:
    assert len(search("out/quazimo vexlerin.txt", b"", (NAME,))) == 1


def test_a_name_split_over_the_runs_of_a_word_file_is_whole_again() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", "<w:t>Quazi</w:t></w:r><w:r><w:t>mo Vexlerin</w:t>")
    assert len(search("a.docx", out.getvalue(), (NAME,))) == 1


def test_a_file_inside_a_pdf_is_searched_as_one_of_its_own() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", "<w:t>Quazimo Vexlerin</w:t>")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["a.docx"] = pikepdf.AttachedFileSpec(  # type: ignore[call-arg]
            pdf, inner.getvalue()
        )
        pdf.save(outer)
    assert len(search("a.pdf", outer.getvalue(), (NAME,))) == 1


def test_what_is_confidential_may_stand_in_the_recipients_own_copy_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "public").mkdir(parents=True)
    for folder in (out, out / "public"):
        (folder / "a.txt").write_text("Enclosed: A quiet list")
    found = search_folder(out, (NAME, OURS), tmp_path)
    assert [problem.place.path for problem in found] == ["out/public/a.txt"]


def test_either_order_of_a_withheld_name_is_searched_for(campaign: CampaignFolder) -> None:
    known = secrets(loaded(campaign))
    for written in ("Withheld Person", "Person Withheld"):
        severities = {each.severity for each in search("a.txt", written.encode(), known)}
        assert "error" in severities, written
