"""Finished files are searched as a reader, an editor or a forensic tool would see them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Literal

import pikepdf
import pytest
from conftest import loaded
from pikepdf import Name

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


WIDE = b"\xfe\xff" + "by Quazimo Vexlerin —".encode("utf-16-be")
PLAIN = b"Quazimo Vexlerin"
WRITTEN = {
    "letters": b"(" + PLAIN + b")",
    "in UTF-16": b"(" + WIDE + b")",
    "in UTF-16, at an odd place": b" (" + WIDE + b")",
    "in UTF-16, the other way round": b"(\xff\xfe" + "Quazimo Vexlerin".encode("utf-16-le") + b")",
    "digits": b"<" + PLAIN.hex().encode() + b">",
    "digits of UTF-16": b"<" + WIDE.hex().upper().encode() + b">",
    "digits over lines": b"<" + b"\n".join(b"%02x" % one for one in WIDE) + b">",
    "digits of UTF-8": b"<efbbbf" + PLAIN.hex().encode() + b">",
    "codes": b"(" + b"".join(b"\\%03o" % one for one in PLAIN) + b")",
    "some codes": b"(Qua\\172imo Vex\\154erin)",
    "codes of UTF-16": b"(" + b"".join(b"\\%03o" % one for one in WIDE) + b")",
    "two lines": b"(Quazimo Vex\\\r\nlerin)",
}


@pytest.mark.parametrize("key", ["Contents", "T"])  # the words of a remark, and who made it
@pytest.mark.parametrize("written", WRITTEN)
def test_a_remark_in_a_pdf_is_read_in_whichever_way_it_is_written(written: str, key: str) -> None:
    data = _remark("ZZZZ", key).replace(b"(ZZZZ)", WRITTEN[written])
    assert [each.severity for each in search("a.pdf", data, (NAME,))] == ["error"]


@pytest.mark.parametrize("where", ["a bookmark", "a remark", "the page", "spoken words"])
@pytest.mark.parametrize("revision", [2, 3, 4, 6, None])  # None: not locked
def test_a_lock_that_needs_no_password_hides_nothing(
    where: str, revision: Literal[2, 3, 4, 6] | None
) -> None:
    strong = (revision or 6) >= 4
    lock = pikepdf.Encryption(owner="o", user="", R=revision or 6, aes=strong, metadata=strong)
    out = io.BytesIO()
    with pikepdf.open(
        io.BytesIO(_remark("Quazimo Vexlerin —" if where == "a remark" else ""))
    ) as pdf:
        if where == "a bookmark":
            with pdf.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem("Quazimo Vexlerin —", 0))
        drawn = {
            "the page": b"BT /F 9 Tf (Quazimo Vexlerin) Tj ET",
            "spoken words": b"/Span <</ActualText <" + WIDE.hex().encode() + b">>> BDC EMC",
        }
        if where in drawn:
            pdf.pages[0].Contents = pdf.make_stream(drawn[where])
            font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.save(out, encryption=lock if revision else False)
    assert [each.severity for each in search("a.pdf", out.getvalue(), (NAME,))] == ["error"]


def test_strings_that_never_end_are_read_once() -> None:
    for data in (
        b"<" * 200_000,
        b"<a" * 100_000,
        b"<abc " * 100_000,
        b"\\" * 200_001,
        WIDE[:2] * 100_000,
    ):
        assert search("a.pdf", b"%PDF-1.7\n" + data, (NAME,)) == []


def _remark(words: str, key: str = "Contents") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        note = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])
        note[f"/{key}"] = pikepdf.String(words)
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([note]))
        pdf.save(out)
    return out.getvalue()


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
