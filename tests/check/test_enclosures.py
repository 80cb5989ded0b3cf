"""What is enclosed says nothing of those who are protected, and little of who made it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Name

from letters.campaign.load import load
from letters.check import enclosures
from letters.check.protected import secrets
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.problem import Problem

TITLE = "  - title: {en: A list, fr: Une liste}\n"
PERSON = """
- id: hidden
  name: {given: Quazimo, family: Vexlerin}
  visibility: withheld
"""


def enclose(
    campaign: CampaignFolder,
    xmp: str = "",
    info: dict[str, str] | None = None,
    *,
    encrypted: bool = False,
) -> None:
    """A PDF that says that of itself goes with the letter."""
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    for key, value in (info or {}).items():
        made.docinfo[f"/{key}"] = value
    if xmp:
        data = f"<x:xmpmeta>{xmp}</x:xmpmeta>".encode()
        picture = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
        picture.Metadata = made.make_stream(data, Type=Name.Metadata, Subtype=Name.XML)
        made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="o", user="u") if encrypted else False)
    (campaign.path / "list.pdf").write_bytes(out.getvalue())


@pytest.fixture(autouse=True)
def people(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", TITLE, f"{TITLE}    file: list.pdf\n")
    campaign.write("signatories.yaml", campaign.read("signatories.yaml") + PERSON)


def looked(campaign: CampaignFolder) -> list[Problem]:
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    return list(enclosures.look(loaded, lambda: secrets(loaded)))


@pytest.mark.parametrize(
    ("info", "xmp"),
    [
        ({"Author": "quazimo  VEXLERIN"}, ""),
        ({"Title": "Scan of Vexlerin Quazimo"}, ""),
        ({"Invented": "by Quazimo Vexlerin"}, ""),
        ({}, "<dc:creator><rdf:li>Quazimo</rdf:li> Vexlerin</dc:creator>"),
        ({}, '<rdf:Description tiff:Artist="Quazimo Vexlerin"/>'),
    ],
)
def test_a_protected_name_in_what_a_file_says_of_itself_is_an_error(
    campaign: CampaignFolder, info: dict[str, str], xmp: str
) -> None:
    enclose(campaign, xmp, info)
    found = looked(campaign)
    errors = [problem for problem in found if problem.severity == "error"]
    assert errors
    line = campaign.read("letter.yaml").partition("file: list.pdf")[0].count("\n") + 1
    assert {(each.place.path, each.place.line) for each in found} == {("letter.yaml", line)}
    assert "what the file says of itself holds what is protected as [5].name in" in str(errors[0])
    assert "vexlerin" not in str(found).casefold()
    with Workshop(campaign.path) as shop:
        assert errors[0] in shop.problems().problems


def test_who_or_what_made_a_file_is_a_warning_that_names_the_fields_alone(
    campaign: CampaignFolder,
) -> None:
    enclose(campaign, "<xmp:CreatorTool>Scanner 7</xmp:CreatorTool>", {"Author": "Robin Doe"})
    [problem] = looked(campaign)
    assert problem.severity == "warning"
    assert problem.message == "the file says who or what made it: Author, Creator"
    assert "Robin" not in str(problem)
    assert "Scanner" not in str(problem)


def test_a_file_that_says_no_more_than_our_own_letters_do_is_fine(campaign: CampaignFolder) -> None:
    xmp = "<dc:creator><rdf:Seq><rdf:li>Joint letter</rdf:li></rdf:Seq></dc:creator>"
    info = {"Author": "Joint letter", "Title": "A letter", "Producer": "WeasyPrint 70.0"}
    enclose(campaign, xmp, info)
    assert looked(campaign) == []


def test_a_file_that_can_not_be_read_is_said_to_be_one(campaign: CampaignFolder) -> None:
    enclose(campaign, encrypted=True)
    [problem] = looked(campaign)
    assert problem.message.startswith("the file can’t be opened")
    campaign.write("list.pdf", "%PDF-1.7 and nothing")
    assert [each.severity for each in looked(campaign)] == ["warning"]


def test_privacy_searches_the_words_of_what_is_enclosed(campaign: CampaignFolder) -> None:
    enclose(campaign)
    with pikepdf.open(campaign.path / "list.pdf", allow_overwriting_input=True) as made:
        words = b"BT /F 12 Tf (Quazimo Vexlerin) Tj ET"
        made.pages[0].obj.Contents = made.make_stream(words)
        made.save(campaign.path / "list.pdf", compress_streams=True)
    assert looked(campaign) == []
    with Workshop(campaign.path) as shop:
        shop.problems()
        searched = shop.protected(campaign.path / "out")
    assert searched is not None
    first = searched[1][0]
    assert (first.severity, first.place.path) == ("error", "letter.yaml")
    assert first.message.startswith(
        "the file holds what is protected as [5].name in signatories.yaml:28"
    )
