"""Known edits of a letter's Word file: these and no others, each with where its words are from."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.press.returned.document import read
from letters.press.returned.words import NOTE

from . import returned
from .returned import BODY, Word, prepare

if TYPE_CHECKING:
    import pytest
    from conftest import CampaignFolder, Letters

LETTER, PEOPLE, OTHERS = "letter.yaml", "signatories.yaml", "recipients.yaml"


def rendered(campaign: CampaignFolder, run: Letters, who: str = "prime-minister") -> Word:
    done = run("render", "--format", "docx", "--recipient", who, "--lang", "en")
    assert done.status == 0, done
    return Word.of((campaign.path / f"out/{who}.en.docx").read_bytes())


def found(run: Letters, file: str, *more: str) -> dict[str, Any]:
    done = run("compare", file, "--json", *more)
    assert done.status == 0, done
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def listed(data: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Each change as kind, what went, what came, and from where."""
    return [
        (
            change["kind"],
            change["went"].strip() if change["kind"] in ("words", "look") else "",
            change["came"].strip() if change["kind"] in ("words", "added") else "",
            " ".join(
                dict.fromkeys(
                    f"{one['path']}:{one['key'] or one['line']}" if one["path"] else one["kind"]
                    for one in change["sources"]
                    if one["path"] or one["kind"] == "toolkit"
                )
            )
            if change["kind"] in ("words", "look")
            else "",
        )
        for one in data["paragraphs"]
        for change in one["changes"]
    ]


def line_of(campaign: CampaignFolder, words: str) -> str:
    """The line of the template in which these words stand."""
    lines = campaign.read(BODY).split("\n")
    [number] = [n for n, line in enumerate(lines, 1) if words in line]
    return f"{BODY}:{number}"


def word_for_word(campaign: CampaignFolder, run: Letters) -> list[str]:
    rendered(campaign, run)
    data = (campaign.path / "out/prime-minister.en.docx").read_bytes()
    return [one.tidy for one in read(data).now]


def edited(campaign: CampaignFolder, word: Word) -> list[tuple[str, str, str, str]]:
    """Forty changes in the file, and how each of them is to be listed."""

    def at(words: str) -> str:
        return line_of(campaign, words)

    first = {name: at(f"number {name} of") for name in returned.NUMBERS}
    second = {name: at(f"{name}-blue") for name in returned.NUMBERS}
    # Words of the template: typed over, tracked, in cut runs, with signs of all kinds.
    word.plain("number one of the", "number one in a")
    word.tracked("paragraph number two", "paragraph", "passage")
    word.tracked("number three", "", " exactly")
    word.tracked("in a second line with the word three-blue", "in a second line ", "")
    word.cut("number four of", word.run("num") + word.run("ber fo") + word.run("ur within"))
    word.plain("four-blue in it", "four-blue in “it”")
    word.plain(
        "on in a second line with the word five-blue",
        "on in* a [second] {{ line }} with the word five-blue",
    )
    word.plain(
        "says ",
        "says\u00a0",
    )  # no change: which space it is, is for typography
    word.plain("six-blue in it.", "six-blue in it. And that is all.")
    word.plain("six of the temp", "six of the tem\u00adp")  # no change: a soft hyphen
    # Values, however they are written in the file.
    word.plain("says yellow things", "says “yellow” things: all of them")
    word.tracked("After the value", "After", "Behind")
    word.plain("isn't green", "isn't light green")
    word.tracked("orange ink", "orange", "bright")
    word.tracked("says purple", "purple", "violet # and more")
    word.plain("crimson words", "scarlet words")
    word.plain("two lines, in silver ink", "two lines, in gold ink")
    # The rest of the campaign, and people.
    word.plain("people have applied.", "people have applied so far.")
    word.plain("Ada Example waited.", "Ada Example still waited.")
    word.plain("answer the first question", "answer our first question")
    word.tracked("answer the second.", "second", "other")
    word.plain("A list", "A longer list")
    word.plain("Office of the Clerk", "The Office of the Clerk")
    word.plain("Three questions", "Four questions")
    word.plain("about maroon", "about brown", "word/endnotes.xml")
    word.plain("Dear Prime Minister:", "Dear Mr Prime Minister:")
    word.plain("Teacher", "Head teacher")
    word.plain("University of Example", "The University of Example")
    # What has no place of its own: composed, a date, the language's own words.
    word.plain("80 Wellington Street", "81 Wellington Street")
    word.plain("1 October 2025", "2 October 2025")
    word.plain(">Enclosures<", ">Attachments<", raw=True)
    # What is no change of words.
    word.cut("seven-blue", word.run("seven-blue", "<w:b/>"))
    word.cut("number seven", word.run("number seven", '<w:sz w:val="40"/>'))
    start, end = word.paragraph("number eight")
    heading = word.text[start:end].replace('"BodyText"', '"Heading1"', 1)
    word.text = word.text[:start] + heading + word.text[end:]
    nine = word.take("number nine")
    word.put_after("number one", nine)
    word.take("number ten")
    word.put_after(
        "A literal value", f"<w:p>{word.run('A wholly new paragraph about zebras.')}</w:p>"
    )
    copied = re.sub(r"<w:bookmark[^>]*>", "", word.take("A plain value that goes on"))
    word.put_after("Before the value", copied)
    mark = word.text.index('<w:bookmarkStart w:id="1" w:name="_RefNote1"')
    begin = word.text.rindex("<mc:AlternateContent>", 0, mark)
    end = word.text.index("</mc:AlternateContent>", mark) + len("</mc:AlternateContent>")
    word.text = word.text[:begin] + word.text[end:]

    return [
        ("words", "80", "81", f"{OTHERS}:[0].address"),
        ("words", "Three", "Four", f"{LETTER}:subject.en"),
        ("words", "", "Mr", f"{OTHERS}:[0].salutation.en"),
        ("words", "of the", "in a", first["one"]),
        ("moved", "", "", ""),
        ("words", "paragraph", "passage", first["two"]),
        ("words", "", "exactly", first["three"]),
        ("words", "in a second line", "", second["three"]),
        ("words", "of", "within", first["four"]),
        ("words", "", "“", second["four"]),
        ("words", "", "”", second["four"]),
        ("words", "", "*", second["five"]),
        ("words", "", "[", second["five"]),
        ("words", "", "] {{", second["five"]),
        ("words", "", "}}", second["five"]),
        ("words", "", "And that is all.", second["six"]),
        ("look", "numberseven", "", first["seven"]),
        ("look", "seven-blue", "", second["seven"]),
        ("style", "", "", ""),
        ("removed", "", "", ""),
        ("words", "", "“", f"{LETTER}:values.plain.en"),
        ("words", "", "”", f"{LETTER}:values.plain.en"),
        ("words", "", ": all of them", f"{LETTER}:values.plain.en"),
        ("words", "After", "Behind", at("Before the value")),
        ("moved", "", "", ""),
        ("words", "silver", "gold", f"{LETTER}:values.lines.en"),
        ("words", "", "light", f"{LETTER}:values.single.en"),
        ("words", "orange", "bright", f"{LETTER}:values.double.en"),
        ("words", "purple", "violet # and more", f"{LETTER}:values.folded.en"),
        ("note", "", "", ""),
        ("words", "crimson", "scarlet", f"{LETTER}:values.literal.en"),
        ("added", "", "A wholly new paragraph about zebras.", ""),
        ("words", "", "so far", f"{LETTER}:figures.applied.label.en"),
        ("words", "", "still", f"{LETTER}:cases[0].facts[0].text.en"),
        ("words", "the", "our", f"{LETTER}:asks[0].text.en"),
        ("words", "second", "other", f"{LETTER}:asks[1].text.en"),
        ("words", "1", "2", f"{LETTER}:deadline"),
        ("words", "Teacher", "Head teacher", f"{PEOPLE}:[0].role.en"),
        ("words", "", "The", f"{PEOPLE}:[1].affiliation"),
        ("words", "Enclosures", "Attachments", "toolkit"),
        ("words", "", "longer", f"{LETTER}:enclosures[0].title.en"),
        ("words", "", "The", f"{LETTER}:copies_to[0]"),
        ("words", "maroon", "brown", at("about maroon")),
    ]


COMPOSED = {f"{OTHERS}:[0].address", f"{LETTER}:deadline", "toolkit"}
"""Where no pull can write: an address of several fields, a date, the words of a language."""


def test_known_edits_are_these_and_go_back_where_they_are_from(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    prepare(campaign)
    word = rendered(campaign, run)
    before = word_for_word(campaign, run)
    expected = edited(campaign, word)
    assert len(expected) >= 40
    file = word.save(tmp_path / "back.docx")
    data = found(run, file)
    assert sorted(listed(data)) == sorted(expected)

    placed = [one for one in expected if one[0] == "words" and one[3] not in COMPOSED]
    shown = run("pull", file)
    assert shown.status == 0, shown
    assert f"{len(placed)} of {len(expected)} changes can be" in shown.stderr, shown
    assert shown.stdout.count("not placed") == len(expected) - len(placed)
    assert word_for_word(campaign, run) == before

    files = {name: campaign.read(name) for name in (LETTER, PEOPLE, OTHERS, BODY)}
    done = run("pull", file, "--write")
    assert done.status == 0, done
    assert f"written: {len(placed)} of {len(expected)} changes" in done.stderr
    kept = next((campaign.path / ".letters").glob("before-pull-*"))
    for name, text in files.items():
        assert (kept / name).read_text(encoding="utf-8") == text
    assert "    # a remark that stays\n" in campaign.read(LETTER)
    assert "over several lines and says violet # and more\n" in campaign.read(LETTER)
    assert "'A quoted value, it isn''t light green at all.'" in campaign.read(LETTER)

    # Word for word what the Word file says, in each paragraph of which all words were placed.
    now, came = (
        word_for_word(campaign, run),
        {one.tidy for one in read(Path(file).read_bytes()).now},
    )
    changed = [one for one in now if one not in before]
    left = ("80 Wellington", "Please answer by", "Enclosures")
    assert len(changed) > 20
    for one in changed:
        assert one in came or one.rstrip(NOTE) in came or one.startswith(left), one
    # One paragraph has a change that was placed, and a note that went: both sides differ there.
    again = [one for one in listed(found(run, file)) if one[0] == "words" and one[3]]
    assert sorted(one[3] for one in again) == sorted(COMPOSED)


def test_a_letter_that_nobody_has_changed_has_no_changes(
    campaign: CampaignFolder, run: Letters
) -> None:
    rendered(campaign, run, "minister")
    file = str(campaign.path / "out/minister.en.docx")
    done = run("compare", file)
    assert (done.status, done.stdout, done.stderr) == (0, "", "0 changes, 0 comments\n")
    done = run("pull", file)
    assert (done.stdout, done.stderr) == ("", "nothing to write\n")
    page = campaign.path.parent / "page.html"
    assert run("compare", file, "--html", str(page)).status == 0
    assert "Nothing was changed" in page.read_text("utf-8")


def test_bookmarks_and_properties_may_be_gone_as_after_google(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.plain("We ask you:", "We ask of you:")
    word.plain("to answer the second.", "to answer the other.")
    word.text = re.sub("<w:bookmark[^>]*>", "", word.text)
    word.members = {n: d for n, d in word.members.items() if n != "docProps/custom.xml"}
    word.plain(
        '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/custom-properties" Target="docProps/custom.xml"/>', "", "_rels/.rels", raw=True
    )  # fmt: skip
    named = word.save(tmp_path / "prime-minister.en (final).docx")
    expected = [
        ("words", "", "of", line_of(campaign, "We ask you:")),
        ("words", "second", "other", f"{LETTER}:asks[1].text.en"),
    ]
    assert run("compare", named).status == 2  # in which language?
    assert listed(found(run, named, "--lang", "en")) == expected
    other = word.save(tmp_path / "Untitled document.docx")
    done = run("compare", other)
    assert done.status == 3
    assert "--recipient ID" in done.stderr
    done = run("compare", other, "--recipient", "prime-minister", "--lang", "en")
    assert "doesn’t say which letter it is" in done.stderr
    assert "2 changes" in done.stderr


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
    assert listed(data) == [("words", "second", "other", f"{LETTER}:asks[1].text.en")]


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
    file = word.save(tmp_path / "back.docx")
    [one] = found(run, file)["paragraphs"]
    assert one["changes"] == []
    assert one["comments"] == [
        {"author": "A. Lawyer", "words": "Which one?\u202e", "about": "answer the second"}
    ]
    said = run("compare", file).stdout
    assert "comment  A. Lawyer: “answer the second”: Which one?\\u202e" in said
    page = campaign.path.parent / "page.html"
    assert run("compare", file, "--html", str(page)).status == 0
    assert "Which one?" in page.read_text("utf-8")


def test_what_is_protected_is_hidden_wherever_a_stranger_wrote_it(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    word = rendered(campaign, run)
    word.comment("answer the second", "Withheld Person should not be named", "Described Someone")
    word.plain("Please answer by", "Withheld Person asks: answer by")
    file = word.save(tmp_path / "back.docx")
    page = campaign.path.parent / "page.html"
    before = campaign.read(BODY)
    for words in (
        ("compare", file),
        ("compare", file, "--json"),
        ("compare", file, "--html", str(page)),
        ("pull", file, "--write"),
    ):
        done = run(*words)
        assert done.status == 0, done
        for said in (done.stdout, done.stderr, page.read_text("utf-8") if page.exists() else ""):
            assert "Withheld" not in said
            assert "Someone" not in said
    assert "2 places in the file hold what is protected" in run("compare", file).stderr
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


def test_libreoffice_may_save_it_in_between(
    campaign: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    """Its file has other styles, other runs, and the notes in the text."""
    prepare(campaign)
    word = rendered(campaign, run)
    expected = edited(campaign, word)
    # The note lines that LibreOffice shows stand in another part than those of Word.
    word.plain("about maroon", "about brown")
    word.plain("<w:b/>", '<w:b w:val="1"/>', raw=True)
    word.save(tmp_path / "back.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    done = [*command, "--outdir", str(tmp_path / "saved"), str(tmp_path / "back.docx")]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    data = found(run, str(tmp_path / "saved/back.docx"))
    assert data["same"] is True
    assert sorted(listed(data)) == sorted(expected)
