"""Names that don't stand under the letter go with it, as an annex: made, checked, sent, printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import fast_mail_parser
import pytest
from conftest import loaded
from drafting import text_of
from post.paper.made import pages
from signing import sign

from letters.campaign.annex import MOST_IN_LETTER

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

MENTION = "Annex: signatures (1 organisation and 2 people)"
ANNEXED = "The names stand in the annex, which goes with this letter."


def settle(campaign: CampaignFolder, annex: str) -> None:
    """Say where the names stand."""
    text = campaign.read("letter.yaml")
    campaign.write("letter.yaml", f"{text}annex: {annex}\n")


def render(run: Letters, *more: str) -> str:
    done = run("render", "--format", "txt", "--lang", "en", *more)
    assert done.status == 0, done.stderr
    return done.stderr


def files(campaign: CampaignFolder) -> dict[str, dict[str, object]]:
    listed = json.loads(campaign.read("out/manifest.json"))["files"]
    return {file["path"]: file for file in listed}


def test_the_names_stand_in_a_file_of_their_own(campaign: CampaignFolder, run: Letters) -> None:
    before = text_of(loaded(campaign)).digest
    sign(campaign.path)
    render(run)
    under = campaign.read("out/minister.en.txt")
    assert "Lindqvist" in under
    settle(campaign, "{where: file}")
    assert text_of(loaded(campaign)).digest == before
    render(run)
    letter, annex = (
        campaign.read(f"out/{name}.en.txt") for name in ("minister", "annex/signatories")
    )
    for name in ("Åsa Lindqvist", "Reading Circle", "a journalist, Minsk"):
        assert name not in letter
        assert name in annex
    assert "Ngozi Okafor" in letter  # an author signs the letter itself
    assert "Ngozi Okafor" not in annex
    for text in (letter, annex):
        assert "Withheld" not in text
        assert "1 further signatory, whose name is withheld." in text
        assert "Signed by 1 organisation and 4 people as of 1 March 2026." in text
    assert ANNEXED in letter
    assert f"Enclosures\n  {MENTION}\n  A list\n" in letter
    assert annex.index("Organisations") < annex.index("Individuals")
    made = files(campaign)
    assert {path: (file["recipient"], file.get("annex")) for path, file in made.items()} == {
        "minister.en.txt": ("minister", None),
        "prime-minister.en.txt": ("prime-minister", None),
        "annex/signatories.en.txt": ("", True),
    }
    assert not made["annex/signatories.en.txt"]["draft"]


def test_many_names_go_into_a_file_unless_it_is_said(
    campaign: CampaignFolder, run: Letters
) -> None:
    people = campaign.read("signatories.yaml")

    def crowd(count: int) -> None:
        more = "".join(f"- {{id: p-{n}, name: Pat Number{n}}}\n" for n in range(count))
        campaign.write("signatories.yaml", people + more)

    named = 4  # of five, one of whom is withheld
    crowd(MOST_IN_LETTER - named)
    render(run)
    assert "annex/signatories.en.txt" not in files(campaign)
    assert "Pat Number9\n" in campaign.read("out/minister.en.txt")
    crowd(MOST_IN_LETTER + 1 - named)
    render(run)
    annex = campaign.read("out/annex/signatories.en.txt")
    assert "Pat Number9\n" in annex
    assert "Pat Number9\n" not in campaign.read("out/minister.en.txt")
    assert "DRAFT" in annex
    assert "Individuals (not yet signed)" in annex
    settle(campaign, "{where: letter}")
    render(run)
    assert "Pat Number9\n" in campaign.read("out/minister.en.txt")


def test_in_a_draft_those_who_signed_stand_apart(campaign: CampaignFolder, run: Letters) -> None:
    settle(campaign, "{where: file}")
    sign(campaign.path, but=["lindqvist"])
    render(run, "--draft")
    annex = campaign.read("out/annex/signatories.en.txt")
    assert annex.index("a journalist") < annex.index("Individuals (not yet signed)")
    assert annex.index("Individuals (not yet signed)") < annex.index("Åsa Lindqvist")
    render(run)
    assert "Lindqvist" not in campaign.read("out/annex/signatories.en.txt")


def test_columns_have_names_alone_and_a_table_what_is_asked(
    campaign: CampaignFolder, run: Letters
) -> None:
    sign(campaign.path)
    for settings, said in (
        ("{where: file}", "Åsa Lindqvist | University of Example*"),
        ("{where: file, columns: 2}", "Åsa Lindqvist"),
        ("{where: file, table: [day]}", "Åsa Lindqvist | 1 March 2026"),
    ):
        text = campaign.read("letter.yaml").partition("annex:")[0]
        campaign.write("letter.yaml", f"{text}annex: {settings}\n")
        render(run)
        annex = campaign.read("out/annex/signatories.en.txt").splitlines()
        assert said in annex, annex


def test_what_a_recipient_does_not_get_is_in_no_annex_of_theirs(
    campaign: CampaignFolder, run: Letters
) -> None:
    settle(campaign, "{where: file}")
    affiliation = "  affiliation: University of Example\n"
    campaign.edit("signatories.yaml", affiliation, f"{affiliation}  signs_to: minister\n")
    sign(campaign.path)
    render(run)
    own = campaign.read("out/annex/own/minister.en.txt")
    others = campaign.read("out/annex/signatories.en.txt")
    assert "Lindqvist" in own
    assert "Lindqvist" not in others
    assert "Reading Circle" in own
    assert "Reading Circle" in others
    made = files(campaign)
    rosters = json.loads(campaign.read("out/manifest.json"))["rosters"]
    assert "lindqvist" in rosters[made["annex/own/minister.en.txt"]["roster"]]
    assert "lindqvist" not in rosters[made["annex/signatories.en.txt"]["roster"]]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("{where: elsewhere}", "annex.where"),
        ("{columns: 5}", "annex.columns"),
        ("{columns: 2, table: [role]}", "names stand in columns or in a table"),
        ("{table: [address]}", "annex.table[0]"),
        ("{colums: 2}", "annex.colums"),
    ],
)
def test_check_tells_what_is_wrong_with_the_key(
    campaign: CampaignFolder, run: Letters, settings: str, said: str
) -> None:
    settle(campaign, settings)
    done = run("check")
    assert done.status == 1
    assert said in done.stdout + done.stderr


def test_a_language_has_words_of_its_own(campaign: CampaignFolder, run: Letters) -> None:
    settle(campaign, "{where: file}")
    words = campaign.path / "languages" / "fr.yaml"
    words.parent.mkdir()
    words.write_text('labels: {annex: "Signataires"}\n', encoding="utf-8")
    sign(campaign.path)
    done = run("render", "--format", "txt", "--lang", "fr")
    assert done.status == 0, done.stderr
    assert campaign.read("out/annex/signatories.fr.txt").startswith("Signataires\n")


def final(campaign: CampaignFolder, run: Letters, formats: str = "pdf") -> None:
    settle(campaign, "{where: file}")
    email = "- id: minister\n  email: bureau@example.org\n"
    campaign.edit("recipients.yaml", "- id: minister\n", email)
    sign(campaign.path)
    done = run("render", "--format", formats, "--lang", "en")
    assert done.status == 0, done.stderr


def test_it_is_sent_and_printed_with_each_letter(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    final(campaign, run)
    drafts = tmp_path / "drafts"
    done = run("send", "--eml", str(drafts))
    assert done.status == 0, done.stderr
    data = (campaign.path / "out" / "annex" / "signatories.en.pdf").read_bytes()
    for who in ("prime-minister", "minister"):
        mail = fast_mail_parser.parse_email((drafts / f"{who}.eml").read_bytes())
        letter, annex, *others = mail.attachments
        assert annex.filename == "Annex signatures.pdf"
        assert annex.content == data
        assert letter.content == (campaign.path / "out" / f"{who}.en.pdf").read_bytes()
        assert others == []
        assert "Annex signatures.pdf" in mail.text_plain[0]
    assert "minister.en.pdf, annex/signatories.en.pdf" in run("send").stdout
    done = run("print")
    assert done.status == 0, done.stderr
    assert "minister.en.pdf, annex/signatories.en.pdf" in done.stderr
    bundle = pages((campaign.path / "out" / "print" / "letters.pdf").read_bytes())
    assert sum("Reading Circle" in page for page in bundle) == 2


def test_nothing_goes_without_it_or_with_another(campaign: CampaignFolder, run: Letters) -> None:
    final(campaign, run)
    annex = campaign.path / "out" / "annex" / "signatories.en.pdf"
    data = annex.read_bytes()
    annex.unlink()
    assert "annex/signatories.en.pdf is missing, or is not the file" in run("print").stderr
    annex.write_bytes(data + b"%")
    done = run("print")
    assert done.status == 3
    annex.write_bytes(data)
    assert run("print").status == 0
    listed = json.loads(campaign.read("out/manifest.json"))
    listed["files"] = [file for file in listed["files"] if not file.get("annex")]
    campaign.write("out/manifest.json", json.dumps(listed))
    assert "its annex of names was not made" in run("print").stderr


def test_a_change_of_a_name_makes_the_annex_outdated_and_no_letter(
    campaign: CampaignFolder, run: Letters
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    final(campaign, run)
    assert "outdated" not in run("status").stdout
    campaign.edit("signatories.yaml", "University of Example", "University of Samples")
    assert run("sign", "reaffirm", "lindqvist", "--note", "by telephone").status == 0
    told = json.loads(run("status", "--json").stdout)["recipients"]
    assert [one["state"] for one in told] == ["outdated", "outdated"]
    assert {tuple(one["changed"]) for one in told} == {("signatory lindqvist: affiliation",)}
    done = run("print")
    assert done.status == 3
    assert "annex/signatories.en.pdf is outdated: signatory lindqvist: affiliation" in done.stderr


def test_privacy_is_searched_in_it_too(campaign: CampaignFolder, run: Letters) -> None:
    final(campaign, run, "pdf,docx,html,txt")
    assert run("check", "--privacy").status == 0
    annex = campaign.path / "out" / "annex" / "signatories.en.txt"
    annex.write_text(annex.read_text("utf-8") + "Withheld Person\n", encoding="utf-8")
    done = run("check", "--privacy")
    assert done.status == 1
    assert "out/annex/signatories.en.txt" in done.stdout + done.stderr
    assert "Withheld Person" not in done.stdout + done.stderr


def test_names_stand_on_the_last_pages_of_the_letter(
    campaign: CampaignFolder, run: Letters
) -> None:
    before = text_of(loaded(campaign)).digest
    sign(campaign.path)
    settle(campaign, "{where: behind}")
    assert text_of(loaded(campaign)).digest == before
    render(run)
    assert [*files(campaign)] == ["minister.en.txt", "prime-minister.en.txt"]
    letter, _, annex = campaign.read("out/minister.en.txt").partition("\nAnnex: signatures\n")
    for name in ("Åsa Lindqvist", "Reading Circle", "a journalist, Minsk"):
        assert name not in letter
        assert name in annex
    assert "Ngozi Okafor" in letter  # an author signs the letter itself
    assert "Ngozi Okafor" not in annex
    assert "1 further signatory, whose name is withheld." in annex
    assert ANNEXED in letter
    assert f"Enclosures\n  {MENTION}\n" in letter
    assert "Withheld" not in letter + annex


def test_how_names_are_set_moves_them_behind_the_letter_while_they_are_few(
    campaign: CampaignFolder, run: Letters
) -> None:
    people = campaign.read("signatories.yaml")
    settle(campaign, "{table: [affiliation]}")
    render(run)
    assert "annex/signatories.en.txt" not in files(campaign)
    assert "Name | Affiliation" in campaign.read("out/minister.en.txt")
    more = "".join(f"- {{id: p-{n}, name: Pat Number{n}}}\n" for n in range(MOST_IN_LETTER))
    campaign.write("signatories.yaml", people + more)
    render(run)
    assert "annex/signatories.en.txt" in files(campaign)
    assert "Name | Affiliation" not in campaign.read("out/minister.en.txt")


def test_a_changed_name_behind_a_letter_makes_the_letter_outdated(
    campaign: CampaignFolder, run: Letters
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    sign(campaign.path)
    settle(campaign, "{where: behind}")
    render(run, "--recipient", "minister")
    campaign.edit("signatories.yaml", "University of Example", "University of Samples")
    assert run("sign", "reaffirm", "lindqvist", "--note", "by telephone").status == 0
    told = json.loads(run("status", "--json").stdout)["recipients"]
    [changed] = [one["changed"] for one in told if one["id"] == "minister"]
    assert changed == ["signatory lindqvist: affiliation"]


def test_a_character_without_a_font_is_found_behind_the_letter_too(
    campaign: CampaignFolder, run: Letters
) -> None:
    settle(campaign, "{where: behind}")
    campaign.edit("signatories.yaml", "University of Example", "University of \U00012000")
    done = run("check")
    assert "signatories.yaml" in done.stdout + done.stderr
    assert "U+12000" in done.stdout + done.stderr


@pytest.mark.parametrize("where", ["file", "behind"])
def test_a_draft_has_boxes_among_the_names_too(
    where: str, campaign: CampaignFolder, run: Letters
) -> None:
    campaign.edit("signatories.yaml", "{given: Åsa, ", "{given: Åsa ꡁ, ")
    settle(campaign, f"{{where: {where}}}")
    assert run("render", "--format", "txt", "--lang", "en").status == 1
    told = render(run, "--draft")
    assert "a box stands for a character: signatories.yaml" in told
    assert "(U+A841 PHAGS-PA LETTER KHA)" in told
    name = "annex/signatories" if where == "file" else "minister"
    assert "Åsa [□ U+A841] Lindqvist" in campaign.read(f"out/{name}.en.txt")
