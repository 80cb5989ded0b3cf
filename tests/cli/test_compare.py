"""Known edits of a letter's Word file: these and no others, each with where its words are from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .known_edits import LETTER, OTHERS, PEOPLE, line_of, listed
from .returned import BODY, Word, as_google_does

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from conftest import CampaignFolder, Letters


_RENDERED: dict[tuple[str, ...], bytes] = {}


def rendered(campaign: CampaignFolder, run: Letters, who: str = "prime-minister") -> Word:
    """The letter as ``render`` makes it; of the same campaign it is made once."""
    signed = (campaign.path / "letters.db").exists()
    known = (who, f"{signed}", *(campaign.read(name) for name in (LETTER, PEOPLE, OTHERS, BODY)))
    if known not in _RENDERED:
        done = run("render", "--format", "docx", "--recipient", who, "--lang", "en")
        assert done.status == 0, done
        _RENDERED[known] = (campaign.path / f"out/{who}.en.docx").read_bytes()
    return Word.of(_RENDERED[known])


def found(run: Letters, file: str, *more: str) -> dict[str, Any]:
    done = run("compare", file, "--json", *more)
    assert done.status == 0, done
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_a_letter_that_nobody_has_changed_has_no_changes(
    campaign: CampaignFolder, run: Letters
) -> None:
    rendered(campaign, run)
    known = next(iter(_RENDERED.values()))
    file = str(campaign.write("out/prime-minister.en.docx", known))
    done = run("pull", file)
    assert (done.stdout, done.stderr) == ("", "nothing to write\n")
    page = campaign.path.parent / "page.html"
    done = run("compare", file, "--html", str(page))
    assert (done.status, done.stderr) == (0, "0 changes, 0 comments\n")
    assert "Nothing was changed" in page.read_text("utf-8")


def test_which_letter_it_is_may_be_said_where_the_file_does_not(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.plain("We ask you:", "We ask of you:")
    word.plain("to answer the second.", "to answer the other.")
    as_google_does(word)
    named = word.save(tmp_path / "prime-minister.en (final).docx")
    assert run("compare", named).status == 2  # in which language?
    other = word.save(tmp_path / "Untitled document.docx")
    done = run("compare", other)
    assert done.status == 3
    assert "--recipient ID" in done.stderr
    done = run("compare", other, "--recipient", "prime-minister", "--lang", "en")
    assert "doesn’t say which letter it is" in done.stderr
    assert f"{line_of(campaign, 'We ask you:')}:1: the template" in done.stdout


def test_forged_and_doubled_bookmarks_lead_nowhere(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.plain("to answer the second.", "to answer the other.")
    names = re.findall('w:name="(_L[^"]*)"', word.text)
    for name, other in zip(names, reversed(names), strict=True):
        word.text = word.text.replace(f'w:name="{name}"', f'w:name="~{other}"', 1)
    word.text = word.text.replace('w:name="~', 'w:name="').replace(f'"{names[3]}"', f'"{names[5]}"')
    file = word.save(tmp_path / "forged.docx")
    data = found(run, file)
    assert listed(data["paragraphs"]) == [("words", "second", "other", f"{LETTER}:asks[1].text.en")]


def test_what_was_changed_in_the_campaign_since_is_not_the_others_change(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.plain("to answer the second.", "to answer the other.")
    word.plain("Please answer by", "Do answer by")
    word.plain("Three questions", "Four questions")
    file = word.save(tmp_path / "back.docx")
    campaign.edit("letter.yaml", "en: Three questions", "en: Some questions")
    campaign.edit("letter.yaml", "en: A list", "en: Another list")
    campaign.edit(BODY, "We ask you:", "A new paragraph of ours.\n\nWe ask you:")
    data = found(run, file)
    assert data["same"] is False
    by_doubt = {one["id"]: one["in_doubt"] for one in data["paragraphs"]}
    assert by_doubt.pop("subject") is True
    assert len(by_doubt) == 2
    assert not any(by_doubt.values())
    assert data["changed_since"] == 2
    done = run("pull", file, "--write")
    assert "2 of 3 changes" in done.stderr
    assert "compare them yourself" in done.stdout
    assert "to answer the other." in campaign.read("letter.yaml")
    assert "en: Some questions" in campaign.read("letter.yaml")


def test_comments_are_told_with_their_authors_words(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.comment("answer the second", "Which one?\u202e")
    asking = word.take("We ask you:")
    word.put_after("Please answer by", asking)
    file = word.save(tmp_path / "back.docx")
    one, moved = found(run, file)["paragraphs"]
    assert one["changes"] == []
    assert [change["kind"] for change in moved["changes"]] == ["moved"]
    assert one["comments"] == [
        {"author": "A. Lawyer", "words": "Which one?\u202e", "about": "answer the second"}
    ]
    said = run("compare", file).stdout
    assert "comment  A. Lawyer: “answer the second”: Which one?\\u202e" in said
    page = campaign.path.parent / "page.html"
    assert run("compare", file, "--html", str(page)).status == 0
    assert "Which one?" in page.read_text("utf-8")
    assert f"<code>to after  {line_of(campaign, 'Please answer by')}:1: the template</code>" in (
        page.read_text("utf-8")
    )


def test_what_is_protected_is_hidden_wherever_a_stranger_wrote_it(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.comment("answer the second", "Withheld Person should not be named", "Described Someone")
    word.plain("Please answer by", "Withheld Person asks: answer by")
    word.plain("3 September", "For Withheld Person, 3 September", "word/header2.xml")
    word.cut("We ask you", word.run("We ask you", '<w:rFonts w:ascii="Withheld Person"/>'))
    file = word.save(tmp_path / "back.docx")
    page = campaign.path.parent / "page.html"
    before = campaign.read(BODY)
    for words in (
        ("compare", file),
        ("compare", file, "--json"),
        ("compare", file, "--html", str(page)),
        ("pull", file, "--write", "--json"),
        ("pull", file, "--write"),
    ):
        done = run(*words)
        assert done.status == 0, done
        for said in (done.stdout, done.stderr, page.read_text("utf-8") if page.exists() else ""):
            assert "Withheld" not in said
            assert "Someone" not in said
    assert "3 places in the file hold what is protected" in done.stderr
    assert campaign.read(BODY) == before


def test_a_value_that_is_printed_twice_is_changed_in_both_places_or_not_at_all(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    campaign.edit(BODY, "We ask you:", "{{ values.thanks }} We ask you:")
    word = rendered(campaign, run)
    word.plain("You listened.", "You always listened.")
    once = word.save(tmp_path / "once.docx")
    done = run("pull", once)
    assert "nothing to write" in done.stderr
    assert "something else would change" in done.stdout
    word.plain("You listened.", "You always listened.")
    twice = word.save(tmp_path / "twice.docx")
    assert "2 of 2 changes" in run("pull", twice, "--write").stderr
    assert "en: You always listened." in campaign.read(LETTER)


def test_what_no_letter_may_hold_is_refused_and_the_rest_is_written(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.plain("to answer the second.", "to answer \u202eother.")
    word.plain("You listened.", "You always listened.")
    style = word.style("Please answer by")
    word.put_after("Please answer by", f"<w:p>{style}{word.run('New: {% if %}')}</w:p>")
    done = run("pull", word.save(tmp_path / "back.docx"), "--write")
    assert "2 of 3 changes" in done.stderr, done
    assert "could not be drafted any more: holds the invisible" in done.stdout
    assert "en: You always listened." in campaign.read(LETTER)
    assert "to answer the second." in campaign.read(LETTER)
    assert "{{ deadline }}.\n\nNew: \\{\\% if %\\}\n\n:::" in campaign.read(BODY)


def test_a_pull_says_what_it_means_and_writes_only_what_is_asked_for(
    campaign: CampaignFolder, signed: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.write("editions.yaml", "")
    (campaign.path / "editions.yaml").unlink()
    assert signed("editions", "accept", "fr", "--yes").status == 0
    word = rendered(campaign, signed)
    word.plain("to answer the second.", "to answer the other.")
    word.plain("You listened.", "You always listened.")
    file = word.save(tmp_path / "back.docx")
    done = signed("pull", file, "--only", "asks.2")
    assert "the text digest changes" in done.stderr
    assert "okafor" in done.stderr
    assert "the French edition is then not in step" in done.stderr
    assert "1 of 1 change can be" in done.stderr
    assert signed("pull", file, "--only", "asks.9").status == 2
    assert signed("pull", file, "--only", "asks.2", "--write").status == 0
    assert "to answer the other." in campaign.read(LETTER)
    assert "You listened." in campaign.read(LETTER)


def test_a_file_that_changes_meanwhile_is_not_written(
    campaign: CampaignFolder, run: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.cli import pull_effect

    word = rendered(campaign, run)
    word.plain("to answer the second.", "to answer the other.")
    file = word.save(tmp_path / "back.docx")
    monkeypatch.setattr(
        pull_effect,
        "tell",
        lambda *_: campaign.edit(LETTER, "publisher: The Example", "publisher: Another"),
    )
    done = run("pull", file, "--write")
    assert done.status == 3
    assert "was changed in the meantime" in done.stderr
    assert "to answer the other." not in campaign.read(LETTER)


def test_a_file_of_another_campaign_is_refused(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.plain(
        "<vt:lpwstr>prime-minister<", "<vt:lpwstr>somebody\u202e<", "docProps/custom.xml", raw=True
    )
    done = run("compare", word.save(tmp_path / "a.docx"))
    assert done.status == 3
    assert "no recipient “somebody\\u202e”" in done.stderr
    other = rendered(campaign, run)
    other.text = re.sub("(<w:t[^>]*>)[^<]+", r"\1Something else entirely.", other.text)
    done = run("compare", other.save(tmp_path / "b.docx"))
    assert done.status == 3
    assert "hardly a paragraph" in done.stderr
