"""The cover note: a template of its own, run as letters are."""

from __future__ import annotations

import importlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from letters import shipped
from letters.campaign.load import load
from letters.draft.cover import About
from letters.draft.language import language
from letters.post.cover_note import CoverNote
from letters.problem import CampaignError
from letters.workshop.workshop import Workshop
from post.noted import EVERYBODY, mailed

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

    from letters.campaign.model import Campaign

ABOUT = About(
    ("A letter for the tests.pdf", "Une lettre_pour *les* essais.docx"), "answers@example.org"
)
LANGUAGES = sorted(file.name.split(".")[1] for file in (shipped.TEMPLATES / "cover-note").iterdir())


@pytest.fixture(autouse=True)
def _loaded() -> None:
    # The processes in which notes are drafted are forks of this one, and find it loaded.
    importlib.import_module("letters.draft.compose")
    importlib.import_module("letters.press.text")
    importlib.import_module("letters.press.html_blocks")


def drafted(campaign: Campaign, tag: str = "en", index: int = 0) -> CoverNote:
    with Workshop(campaign.root) as shop:
        return shop.note(EVERYBODY, index, tag, ABOUT)


def refused(campaign: Campaign, *, seconds: float = 60) -> list[str]:
    with Workshop(campaign.root, seconds=seconds) as shop:
        with pytest.raises(CampaignError) as error:
            shop.note(EVERYBODY, 0, "en", ABOUT)
        return [str(problem) for problem in error.value.problems]


def test_it_says_what_is_attached_and_whom_to_answer(campaign: CampaignFolder) -> None:
    assert drafted(mailed(campaign)).text == (
        "Dear Prime Minister:\n\n"
        "Attached to this message is our letter “Three questions” of 3 September\n2025:\n\n"
        "A letter for the tests.pdf\nUne lettre_pour *les* essais.docx\n\n"
        "Please send your answer to answers@example.org. We would be grateful for\n"
        "an answer by 1 October 2025.\n\n"
        "Yours sincerely,\n\n"
        "Joint letter\n\n"
        "reply@example.org\n"
    )


class Page(HTMLParser):
    """The words of a page, and every address that it would fetch."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [
            str(value) for name, value in attrs if name in ("src", "href", "background")
        ]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_its_page_says_the_same_and_fetches_nothing(campaign: CampaignFolder) -> None:
    note = drafted(mailed(campaign))
    page = Page(note.html)
    style = page.words.index(next(word for word in page.words if "max-width" in word))
    said = " ".join("".join(f" {word}" for word in page.words[style + 1 :]).split())
    assert said == " ".join(note.text.split())
    assert page.fetched == []
    assert "url(" not in note.html
    assert "@import" not in note.html


@pytest.mark.parametrize("tag", LANGUAGES)
def test_there_is_one_in_every_language_of_the_open_letter(
    tag: str, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "template: note", "template: open-letter")
    campaign.edit("letter.yaml", "languages: [en, fr]", f"languages: [{tag}]")
    values = ["who_we_are", "thanks", "problem", "worse", "stake", "addressee", "offer"]
    text = campaign.read("letter.yaml").partition("values:")[0]
    text += "values:\n" + "".join(f"  {value}: Words.\n" for value in values)
    text = re.sub(r"\{en: ([^,}]*), fr: [^}]*\}", r'"\1"', text)
    campaign.write("letter.yaml", text)
    for name in ("recipients.yaml", "signatories.yaml"):
        campaign.write(
            name, re.sub(r"\{en: (\"[^\"]*\"|[^,}]*), fr: [^}]*\}", r"\1", campaign.read(name))
        )
    loaded, problems = load(campaign.path)
    assert loaded is not None, [str(problem) for problem in problems]
    note = drafted(loaded, tag)
    assert "A letter for the tests.pdf\nUne lettre_pour *les* essais.docx\n" in note.text
    assert "answers@example.org" in note.text
    assert loaded.letter.deadline
    day = language(tag).date(loaded.letter.deadline)
    assert " ".join(day.split()) in " ".join(note.text.split())
    assert f'lang="{tag}" dir="{language(tag).direction}"' in note.html
    assert not re.search(r"[\"'`{}]|\.\.\.|--|  ", note.text)


def test_the_campaigns_own_is_taken_file_by_file(campaign: CampaignFolder) -> None:
    campaign.write(
        "templates/cover-note/letter.en.md",
        "::: salutation\n{{ recipient.salutation }}\n:::\n\n- {{ values.thanks }}\n- **{{ values.files }}**[^1]\n\n[^1]: A note.\n",
    )
    loaded = mailed(campaign)
    note = drafted(loaded)
    assert note.text.startswith("Dear Prime Minister:\n\n- You listened.\n- A letter")
    assert note.text.endswith("[1]\n\n1 A note.\n")
    assert '<p id="note-1">1 A note.</p>' in note.html
    assert drafted(loaded, "fr").text.startswith("Monsieur le Premier Ministre,\n\nVous trouverez")


def test_it_can_be_copied_into_the_campaign_and_then_says_the_same(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    loaded = mailed(campaign)
    before = drafted(loaded)
    done = letters_here("templates", "eject", "cover-note")
    assert done.status == 0
    assert done.stdout.split() == [f"templates/cover-note/letter.{tag}.md" for tag in LANGUAGES]
    assert drafted(loaded) == before
    assert "cover-note" not in letters_here("templates", "list").stdout


def test_no_letter_can_be_written_with_it(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "template: note", "template: cover-note")
    loaded, problems = load(campaign.path)
    assert loaded is None
    assert "letter.yaml:2:11: template – there is no such template" in str(problems[0])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ recipient.email }}", "email"),
        (
            "{{ signatories | length }}{% for s in signatories %}{{ s.contact }}{% endfor %}",
            "contact",
        ),
        ("{{ values.nothing }}", "nothing"),
        ("<b>{{ subject }}</b>", "html"),
        ("![x](https://example.org/pixel.png)", "picture"),
        ("{{ ''.__class__ }}", "__class__"),
    ],
)
def test_it_reaches_what_a_letter_reaches_and_no_more(
    campaign: CampaignFolder, body: str, said: str
) -> None:
    campaign.write("templates/cover-note/letter.en.md", f"Words.\n\n{body}\n")
    [problem] = refused(mailed(campaign))
    assert problem.startswith("templates/cover-note/letter.en.md:3:")
    assert said in problem.lower()


def test_nothing_of_a_withheld_person_reaches_it(campaign: CampaignFolder) -> None:
    campaign.write(
        "templates/cover-note/letter.en.md",
        "{% for s in signatories %}\n- {{ s.name }}\n{% endfor %}\n\n::: signatures\n:::\n",
    )
    note = drafted(mailed(campaign))
    assert "Ngozi Okafor" in note.text
    for reading in (note.text, note.html):
        assert "Withheld" not in reading
        assert "Someone" not in reading


def test_one_that_never_ends_is_stopped(campaign: CampaignFolder) -> None:
    campaign.write(
        "templates/cover-note/letter.en.md",
        "{% macro again(n) %}{% for s in signatories %}{% if n %}{{ again(n - 1) }}{% endif %}{% endfor %}{% endmacro %}{{ again(40) }}",
    )
    [problem] = refused(mailed(campaign), seconds=0.5)
    assert problem.startswith(
        "templates/cover-note/letter.en.md:1:1: the cover note takes too much"
    )
