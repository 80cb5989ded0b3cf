"""Forms of files: what they offer, and that what they write says what was wanted and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.yaml_text import EditError
from letters.preview import editing
from letters.preview.fields import location_of, name_of
from letters.preview.watching import is_save

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder

PROTECTED = ("Withheld", "Described", "secret@example.net", "ngozi@example.org")
WRITTEN = """\
# What it is about.
title: {en: "A title", fr: 'L’été'}   # both
subject:
  en: >
    Two lines
    that are one
  fr: |
    Une
    autre
asks:
- text: {en: first, fr: premier}  # stays
# before the second
- text:
    en: second
    fr: deuxième
date: 2025-09-03
"""


def values(folder: Path, what: str) -> dict[str, str]:
    return {field.label: field.value for field in editing.form(folder, what).fields}


def changed(folder: Path, what: str, **told: str) -> str:
    """Write these, by label with “__” for a dot; where the former is kept."""
    form = editing.form(folder, what)
    wanted = {key.replace("__", "."): value for key, value in told.items()}
    sent = {field.name: wanted.get(field.label, field.value) for field in form.fields}
    return editing.written(folder, what, sent, form.seen)


@pytest.mark.parametrize("at", [("a",), ("asks", 0, "text", "en"), ("a/b", "1", 1, "#", "é.f")])
def test_the_name_of_a_field_tells_its_place(at: tuple[str | int, ...]) -> None:
    assert location_of(name_of(at)) == at


@pytest.mark.parametrize(
    ("label", "old", "new", "said"),
    [
        ("title.fr", "'L’été'", "'L’’hiver'", "L’’hiver"),
        ("title.en", '"A title"', '"A “title”, #1: it\'s"', "A “title”, #1: it's"),
        ("subject.en", "Two lines\n    that are one", "One line", "One line"),
        ("asks[0].text.en", "first", '"a, b"', "a, b"),
        ("asks[1].text.fr", "deuxième", '"no: # two"', "no: # two"),
        ("date", "2025-09-03", "2025-10-04", "2025-10-04"),
    ],
)
def test_every_other_byte_of_letter_yaml_stays(
    campaign: CampaignFolder, label: str, old: str, new: str, said: str
) -> None:
    written = campaign.read("letter.yaml")
    rest = written[written.index("place:") :].partition("asks:")
    figures = rest[2][rest[2].index("figures:") :]
    own = f"{WRITTEN}template: note\nlanguages: [en, fr]\nfrom: {{organisation: X}}\n{figures}"
    for ends in ("\n", "\r\n"):
        file = campaign.path / "letter.yaml"
        file.write_bytes(own.replace("\n", ends).encode())
        form = editing.form(campaign.path, "letter")
        name = next(field.name for field in form.fields if field.label == label)
        kept = editing.written(campaign.path, "letter", {name: said}, form.seen)
        assert file.read_bytes() == own.replace(old, new, 1).replace("\n", ends).encode()
        assert (campaign.path / kept).read_bytes() == own.replace("\n", ends).encode()
        assert values(campaign.path, "letter")[label] == said


def test_a_value_that_the_template_asks_for_can_be_added_and_taken_away(
    campaign: CampaignFolder,
) -> None:
    before = campaign.read("letter.yaml")
    assert values(campaign.path, "letter")["values.seen"] == ""
    changed(campaign.path, "letter", values__seen="2025-01-02", deadline="")
    added = before.replace("  pages: 3\n", "  pages: 3\n  seen: 2025-01-02\n")
    wanted = added.replace("deadline: 2025-10-01\n", "")
    assert campaign.read("letter.yaml").replace('"', "") == wanted.replace('"', "")
    changed(campaign.path, "letter", values__seen="")
    assert "seen" not in campaign.read("letter.yaml")


def test_help_stands_with_each_value(campaign: CampaignFolder) -> None:
    helps = {field.label: field.help for field in editing.form(campaign.path, "letter").fields}
    assert helps["values.thanks.en"] == "what deserves thanks."
    assert helps["values.seen"] == "when it was seen (date). May be left out."
    assert helps["figures.applied.label.en"] == "what is counted, as it follows the number."


def test_it_refuses_what_was_changed_meanwhile_and_what_has_errors(
    campaign: CampaignFolder,
) -> None:
    with pytest.raises(EditError, match="errors"):
        changed(campaign.path, "letter", date="soon")
    with pytest.raises(EditError, match="nothing is changed"):
        changed(campaign.path, "letter")
    with pytest.raises(EditError, match="without words"):
        changed(campaign.path, "letter", **{"copies_to[0]": ""})
    for what, file in (
        ("letter", "letter.yaml"),
        ("signatory:okafor", "signatories.yaml"),
        ("template:templates/note/letter.en.md", "templates/note/letter.en.md"),
    ):
        form = editing.form(campaign.path, what)
        sent = {field.name: f"{field.value} x" for field in form.fields[:1]}
        campaign.write(file, campaign.read(file).replace("e", "é", 9))
        before = campaign.read(file)
        with pytest.raises(EditError, match="in the meantime"):
            editing.written(campaign.path, what, sent, form.seen)
        assert campaign.read(file) == before
    assert not (campaign.path / ".letters/edited").exists()


def test_a_person_is_changed_and_their_neighbours_stay(campaign: CampaignFolder) -> None:
    before = campaign.read("signatories.yaml")
    changed(campaign.path, "signatory:lindqvist", affiliation="University of Elsewhere")
    wanted = before.replace("University of Example", "University of Elsewhere")
    assert campaign.read("signatories.yaml") == wanted
    changed(campaign.path, "recipient:minister", district__en="South")
    assert "district: {en: South, fr: Nord}" in campaign.read("recipients.yaml")


def test_nothing_that_is_protected_is_on_any_form_or_list(campaign: CampaignFolder) -> None:
    shown = [str(editing.editable(campaign.path)), str(editing.form(campaign.path, "letter"))]
    for who in ("okafor", "signer-07", "signer-08"):
        form = editing.form(campaign.path, f"signatory:{who}")
        shown.append(str(form))
        assert any("protected is not shown" in each for each in form.remarks)
    assert not [word for word in PROTECTED if word in "".join(shown)]
    assert "a journalist, Minsk" in "".join(shown)


@pytest.mark.parametrize(
    "what",
    [
        "template:letter.yaml", "template:templates/note/../../letter.yaml", "template:/etc/passwd",
        "template:templates/note/template.yaml", "signatory:nobody", "recipient:", "log:x", "",
    ],
)  # fmt: skip
def test_it_opens_nothing_else(campaign: CampaignFolder, what: str) -> None:
    with pytest.raises(EditError):
        editing.form(campaign.path, what)


def test_a_link_that_leads_out_is_not_read(campaign: CampaignFolder, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("x", encoding="utf-8")
    (campaign.path / "templates/note/letter.de.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(OSError, match="leads out"):
        editing.form(campaign.path, "template:templates/note/letter.de.md")


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("letter.yaml", True), ("templates/themes/own/letter.css", True), ("images/a.png", True),
        ("forms/a.yaml", True), ("languages/xx.yaml", True), ("signatories/a.yaml", True),
        ("letters.db", True), ("letters.db-journal", False), ("letters.db-wal", False),
        ("letters.db-mark", False), ("out/a.en.pdf", False), (".letters/edited/x", False),
        (".letters-12-abc", False), ("templates/note/.letters-12-abc", False),
        (".git/index", False), ("templates/note/letter.en.md~", False), ("outbox/x.eml", False),
        (".letter.yaml.swp", False), ("~$reference.docx", False), ("templates/outfit/a.md", True),
    ],
)  # fmt: skip
def test_what_is_a_save(tmp_path: Path, path: str, *, counts: bool) -> None:
    assert is_save(tmp_path, str(tmp_path / path)) == counts
