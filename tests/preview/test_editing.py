"""Forms of files: what they offer, and that what they write says what was wanted and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.yaml_text import EditError
from letters.preview import editing
from letters.preview.fields import ENTRIES, location_of, name_of
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


def test_cases_and_sources_are_on_the_form_as_far_as_they_may_be_shown(
    campaign: CampaignFolder,
) -> None:
    written = campaign.read("letter.yaml")
    hidden = "".join(
        f"  - id: case-{kind}\n    person: Secret {kind}\n    description: Told {kind}\n"
        f"    visibility: {kind}\n    facts:\n      - text: Fact {kind}\n"
        for kind in ("role-only", "name-only", "withheld", "unheard-of")
    )
    campaign.write("letter.yaml", written.replace("sources:\n", f"{hidden}sources:\n"))
    form = editing.form(campaign.path, "letter")
    shown = {field.label: field.value for field in form.fields}
    assert [key for key in shown if key.startswith("cases") and shown[key]] == [
        "cases[0].person", "cases[0].facts[0].text.en", "cases[0].facts[0].text.fr",
        "cases[0].facts[0].date", "cases[1].description", "cases[1].facts[0].text",
        "cases[2].person",
    ]  # fmt: skip
    assert not [word for word in ("Secret role", "Told name", "Secret with", "Fact unheard")
                if word in str(form)]  # fmt: skip
    assert any("protected of a case" in each for each in form.remarks)
    assert shown["sources.report.publisher"] == "The Example"
    hidden = hidden.replace("visibility: unheard-of", "visibility: withheld")
    campaign.write("letter.yaml", written.replace("sources:\n", f"{hidden}sources:\n"))
    changed(campaign.path, "letter", sources__report__publisher="Another")
    assert campaign.read("letter.yaml") == written.replace("The Example", "Another").replace(
        "sources:\n", f"{hidden}sources:\n"
    )


def test_lists_get_longer_and_shorter_and_nothing_else_changes(campaign: CampaignFolder) -> None:
    before = campaign.read("letter.yaml").replace(
        "  - text: {en: to answer the second.", "  # the last\n  - text: {en: to answer the second."
    )
    campaign.write("letter.yaml", before)
    new = {"asks[2].text.en": "third", "asks[2].text.fr": "troisième"}
    changed(campaign.path, "letter", copies_to="Office of the Clerk\nThe Library", **new)
    assert campaign.read("letter.yaml") == before.replace(
        "that is asked., fr: Rien de plus n’est demandé.}\n",
        "that is asked., fr: Rien de plus n’est demandé.}\n  - text: {en: third, fr: troisième}\n",
    ).replace("  - Office of the Clerk\n", "  - Office of the Clerk\n  - The Library\n")
    gone = {"asks[0].text.en": "", "asks[0].text.fr": "", "asks[1].limits.en": "",
            "asks[1].limits.fr": "", **dict.fromkeys(new, "")}  # fmt: skip
    changed(campaign.path, "letter", copies_to="", **gone)
    after = campaign.read("letter.yaml")
    assert after.partition("asks:\n")[2].startswith(
        "  # the last\n  - text: {en: to answer the second., fr: de répondre à la deuxième.}\nfig"
    )
    assert "copies_to" not in after


def test_a_person_s_lists_are_on_the_form_with_help(campaign: CampaignFolder) -> None:
    written = campaign.read("recipients.yaml")
    own = "  honorifics:\n    honours: [C.M., {en: K.C., fr: c.r.}]\n"
    more = "  address:\n    street:  # where\n      - 1 Main Street\n      # left\n      - Room 2\n"
    more += "    city: Ottawa\n    country: CA\n"
    rest = written.partition("- id: minister\n")[2]
    campaign.write("recipients.yaml", f"- id: minister\n{own}{rest}")
    if "address:" not in rest:
        campaign.write("recipients.yaml", f"- id: minister\n{own}{more}{rest}")
    before = campaign.read("recipients.yaml")
    form = editing.form(campaign.path, "recipient:minister")
    helps = {field.label: field.help for field in form.fields}
    assert helps["address.street"] == f"street and number, a room, a building. {ENTRIES}"
    assert helps["salutation"].startswith("made from the form of address")
    changed(campaign.path, "recipient:minister", address__street="1 Main Street\nRoom 3",
            **{"honorifics.honours[1].en": "K.C., Q.C."})  # fmt: skip
    wanted = before.replace("Room 2", "Room 3").replace("en: K.C.,", 'en: "K.C., Q.C.",')
    assert campaign.read("recipients.yaml") == wanted


def test_a_template_is_tried_before_it_is_written(campaign: CampaignFolder) -> None:
    path = "templates/note/letter.en.md"
    what, before = f"template:{path}", campaign.read(path)
    form = editing.form(campaign.path, what)
    for wrong, line in (
        (before.replace("{{ deadline }}", "{{ deadlin }}"), 42),
        (before.replace("{% endif %}", "", 1), 1),
        (f"{{{{ values.nothing }}}}\n{before}", 1),
        (f"{{% for x in %}}\n{before}", 1),
        (f"a\x07\n{before}", 1),
    ):
        plan = editing.planned(campaign.path, what, {"text": wrong})
        places = [(one.place.path, one.severity) for one in plan.problems]
        if wrong != before:
            assert places == [(path, "error")]
            assert line in (1, plan.problems[0].place.line)
            with pytest.raises(EditError, match="errors"):
                editing.written(campaign.path, what, {"text": wrong}, form.seen)
    assert campaign.read(path) == before
    # What is wrong already keeps nobody from mending something else.
    campaign.write(path, f"{{{{ nobody }}}}\n{before}")
    form = editing.form(campaign.path, what)
    sent = {"text": f"{{{{ nobody }}}}\n{before}\nMore.\n"}
    assert [one.severity for one in editing.planned(campaign.path, what, sent).problems] == [
        "warning"
    ]
    editing.written(campaign.path, what, sent, form.seen)
    assert campaign.read(path) == sent["text"]
    # A text that no letter is made of yet is read all the same.
    campaign.write("templates/other/letter.en.md", "Fine.\n")
    sent = {"text": "{{ oops"}
    [problem] = editing.planned(
        campaign.path, "template:templates/other/letter.en.md", sent
    ).problems
    assert problem.place.path == "templates/other/letter.en.md"
    campaign.write("letter.yaml", ": [")
    [problem] = editing.planned(campaign.path, what, {"text": "x"}).problems
    assert (problem.place.path, problem.severity) == ("letter.yaml", "warning")
    assert not [one for one in (campaign.path / ".letters").iterdir() if "tried" in one.name]


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
