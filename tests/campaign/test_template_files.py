"""Templates and themes: the campaign's own come first, file by file, and no name leads outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import limits, shipped
from letters.campaign import named_file
from letters.campaign.template_files import TemplateFiles
from letters.problem import CampaignError


@pytest.fixture
def template_files(tmp_path: Path) -> TemplateFiles:
    (tmp_path / "templates" / "note").mkdir(parents=True)
    (tmp_path / "templates" / "themes" / "plain").mkdir(parents=True)
    (tmp_path / "templates" / "open-letter").mkdir()
    for name in ("note/letter.en.md", "note/letter.fr-CA.md", "open-letter/letter.en.md"):
        (tmp_path / "templates" / name).write_text("own", encoding="utf-8")
    return TemplateFiles(tmp_path)


def test_the_campaigns_own_file_wins_and_the_others_are_shipped(
    template_files: TemplateFiles,
) -> None:
    own = template_files.find("open-letter", "letter.en.md")
    assert own == template_files.root / "templates/open-letter/letter.en.md"
    assert (
        template_files.find("open-letter", "letter.fr.md")
        == shipped.TEMPLATES / "open-letter/letter.fr.md"
    )
    assert (
        template_files.find("open-letter", "template.yaml")
        == shipped.TEMPLATES / "open-letter/template.yaml"
    )
    assert template_files.find("open-letter", "nothing.md") is None


def test_it_names_the_shipped_and_the_campaigns_own(template_files: TemplateFiles) -> None:
    assert {"note", "open-letter"} <= set(template_files.names())
    assert "themes" not in template_files.names()
    assert {"plain", "classic"} <= set(template_files.themes())
    assert template_files.is_own("note")
    assert not template_files.is_own("nothing")


@pytest.mark.parametrize(
    "parts",
    [
        ("..", "letter.yaml"),
        ("note", "../../letter.yaml"),
        ("note", "..", "..", "letter.yaml"),
        ("/etc", "passwd"),
        ("note", "/etc/passwd"),
        ("note", ".hidden"),
        ("note", ""),
        ("note", "letter.en.md\n"),
        ("note\\..", "letter.yaml"),
    ],
)
def test_no_name_leads_out_of_the_folder(
    template_files: TemplateFiles, parts: tuple[str, ...]
) -> None:
    (template_files.root / "letter.yaml").write_text("private", encoding="utf-8")
    (template_files.root / "templates/note/.hidden").write_text("x", encoding="utf-8")
    assert template_files.find(*parts) is None


@pytest.mark.parametrize(
    ("parts", "to"),
    [
        (("note", "outside.md"), "letter.yaml"),
        (("note", "letter.de.md"), "templates/note/letter.en.md"),
        (("note", "letter.el.md"), "../nowhere"),
        (("linked", "letter.yaml"), "."),
    ],
)
def test_a_link_is_named_and_not_followed_even_inside(
    template_files: TemplateFiles, parts: tuple[str, ...], to: str
) -> None:
    (template_files.root / "letter.yaml").write_text("private", encoding="utf-8")
    at = parts if parts[0] == "note" else parts[:1]
    (template_files.root / "templates" / Path(*at)).symlink_to(template_files.root / to)
    refused(template_files, *parts)


def test_a_linked_folder_of_templates_is_not_followed(
    tmp_path: Path, template_files: TemplateFiles
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "templates").symlink_to(template_files.root / "templates")
    refused(TemplateFiles(tmp_path / "other"), "note", "letter.en.md")


def refused(template_files: TemplateFiles, *parts: str) -> None:
    """Never the shipped one where somebody means their own; it is named, and not read."""
    file = template_files.find(*parts)
    assert file is not None
    with pytest.raises(CampaignError) as error:
        named_file.data_of(file, template_files.shown(file), limits.TEMPLATE)
    [problem] = error.value.problems
    assert problem.place.path == f"templates/{'/'.join(parts)}"
    assert problem.message == "is a link, or lies behind one"


def test_a_campaign_behind_a_link_is_read(tmp_path: Path, template_files: TemplateFiles) -> None:
    (tmp_path / "link").symlink_to(template_files.root)
    found = TemplateFiles(tmp_path / "link").find("note", "letter.en.md")
    assert found == tmp_path / "link/templates/note/letter.en.md"


@pytest.mark.parametrize(
    ("name", "language", "file"),
    [
        ("note", "en", "letter.en.md"),
        ("note", "en-CA", "letter.en.md"),
        ("note", "fr-CA", "letter.fr-CA.md"),
        ("note", "fr", None),
        ("note", "de", None),
    ],
)
def test_a_regional_language_falls_back_to_its_base(
    template_files: TemplateFiles, name: str, language: str, file: str | None
) -> None:
    found = template_files.body(name, language)
    assert (found.name if found else None) == file


def test_it_knows_in_which_languages_a_template_is_written(template_files: TemplateFiles) -> None:
    assert template_files.languages("note") == ["en", "fr-CA"]
    assert {"en", "fr"} <= set(template_files.languages("open-letter"))
    assert template_files.languages("nothing") == []


def test_it_shows_paths_as_the_user_knows_them(template_files: TemplateFiles) -> None:
    assert (
        template_files.shown(template_files.root / "templates/note/x.md") == "templates/note/x.md"
    )
    built_in = shipped.TEMPLATES / "open-letter/letter.fr.md"
    assert template_files.shown(built_in) == "<built-in>/open-letter/letter.fr.md"
    assert template_files.shown(Path("/elsewhere/x.md")) == "x.md"
