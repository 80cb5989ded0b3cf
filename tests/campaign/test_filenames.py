"""Names that a file can't have on some system, and files that are one on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign import filenames
from letters.campaign.load import load

if TYPE_CHECKING:
    from conftest import CampaignFolder

RESERVED = (
    *("con", "CON", "nul.en.pdf", "aux.yaml", "prn", "com1", "COM9.txt", "lpt5.a.b", "com¹"),
    *("a/con/b.yaml", "nul .txt"),
)


@pytest.mark.parametrize("path", RESERVED)
def test_a_device_of_windows_is_no_name(path: str) -> None:
    assert "device of Windows" in filenames.fault(path)


@pytest.mark.parametrize("path", ["a.", "a ", "folder./a", "a b ./c.yaml", "..."])
def test_a_dot_or_space_at_the_end_is_no_name(path: str) -> None:
    assert filenames.fault(path)


@pytest.mark.parametrize("path", ["a:b", "a<b", "a?", 'a"b', "a|b", "a\\b", "a\nb", "é" * 128])
def test_what_no_system_takes_is_no_name(path: str) -> None:
    assert filenames.fault(path)


@pytest.mark.parametrize(
    "path", ["a", "console", "com", "com10", "icon.png", "a.b.c", "./a", "a/../b", "é" * 127, "x y"]
)
def test_other_names_are_fine(path: str) -> None:
    assert filenames.fault(path) == ""


def test_names_that_are_one_elsewhere_are_found() -> None:
    assert filenames.alike(["Ada.yaml", "ada.yaml", "bo.yaml"]) == [["Ada.yaml", "ada.yaml"]]
    assert filenames.alike(["é.pdf", "e\u0301.pdf", "e.pdf"]) == [["é.pdf", "e\u0301.pdf"]]
    assert filenames.alike(["straße", "STRASSE", "ſtrasse"]) == [["straße", "STRASSE", "ſtrasse"]]
    assert filenames.alike(["a/b", "A/b", "a/c"]) == [["a/b", "A/b"]]
    assert filenames.alike(["a", "a", "b"]) == []


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
@pytest.mark.parametrize("file", ["signatories.yaml", "recipients.yaml"])
def test_nobody_is_called_like_a_device(campaign: CampaignFolder, file: str, name: str) -> None:
    campaign.write(file, campaign.read(file) + f"- id: {name}\n  name: Ada Con\n")
    [problem] = [one for one in load(campaign.path)[1] if one.severity == "error"]
    assert (problem.place.path, problem.place.key) == (file, f"[{problem.place.key[1:-4]}].id")
    assert "device of Windows" in problem.message


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("signatories: people/nul", "signatories"),
        ("recipients: a./b", "recipients"),
        ("enclosures: [{title: A, file: 'a /b.pdf'}]", "enclosures[0].file"),
    ],
)
def test_a_path_that_some_system_can_not_hold_is_a_problem(
    campaign: CampaignFolder, line: str, key: str
) -> None:
    text = campaign.read("letter.yaml").replace(
        "enclosures:\n  - title: {en: A list, fr: Une liste}\n", ""
    )
    campaign.write("letter.yaml", f"{text}{line}\n")
    assert key in [one.place.key for one in load(campaign.path)[1]]


def test_two_files_of_people_that_are_one_elsewhere_are_told(campaign: CampaignFolder) -> None:
    for name in ("ada", "Ada"):
        campaign.write(
            f"people/{name}.yaml",
            f"id: p-{ord(name[0])}\nname: Ada\n",
        )
    campaign.edit("letter.yaml", "place: Ottawa", "place: Ottawa\nsignatories: people")
    said = [str(one) for one in load(campaign.path)[1]]
    assert any(
        "people/ada.yaml" in one and "is the same file as people/Ada.yaml" in one for one in said
    )


def test_two_enclosures_that_are_one_elsewhere_are_a_problem(campaign: CampaignFolder) -> None:
    listed = "enclosures:\n  - {title: {en: A, fr: A}, file: a.pdf}\n  - {title: {en: A, fr: A}, file: A.pdf}\n"
    old = "enclosures:\n  - title: {en: A list, fr: Une liste}\n"
    campaign.edit("letter.yaml", old, listed)
    for name in ("a.pdf", "A.pdf"):
        campaign.write(name, "%PDF-1.7\n")
    said = [one for one in load(campaign.path)[1] if "is the same file" in one.message]
    assert [one.place.key for one in said] == ["enclosures[1].file"]
