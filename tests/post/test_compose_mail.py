"""A recipient's letters as one mail, from what the campaign says."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.campaign.load import load
from letters.campaign.localtext import LocalText
from letters.digests import TextDigest
from letters.draft.cover import language_for
from letters.post.address import UnfitError
from letters.post.compose_mail import Produced, file_name, mail_to
from letters.post.mime import Mailbox, OutgoingMail, build, envelope
from letters.workshop import steps
from letters.workshop.held import hold
from post.mail import NOON
from post.noted import EVERYBODY, SETTINGS, mailed

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign

FILES = (
    Produced("en", "pdf", b"%PDF en"),
    Produced("en", "docx", b"PK en"),
    Produced("fr", "pdf", b"%PDF fr"),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def _loaded() -> None:
    importlib.import_module("letters.draft.compose")
    importlib.import_module("letters.press.text")
    importlib.import_module("letters.press.html_blocks")


def mail(campaign: Campaign, index: int = 0, files: tuple[Produced, ...] = FILES) -> OutgoingMail:
    hold(campaign)
    note_to = partial(steps.note, EVERYBODY)
    return mail_to(campaign, index, files, note_to, text_digest=TextDigest("ab" * 32), date=NOON)


def problems(campaign: Campaign, index: int = 0) -> list[str]:
    with pytest.raises(UnfitError) as error:
        mail(campaign, index)
    return [str(problem) for problem in error.value.problems]


def test_it_is_from_whom_and_to_whom_the_campaign_says(campaign: CampaignFolder) -> None:
    made = mail(mailed(campaign))
    assert made.sender == Mailbox("Joint letter", "us@example.org")
    assert made.to == Mailbox("Mark Carney", "office@example.org")
    assert made.reply_to == Mailbox("", "answers@example.org")
    assert made.copies == (Mailbox("", "archive@example.org"),)
    assert made.subject == "Three questions"
    assert envelope(made) == ("us@example.org", ("office@example.org", "archive@example.org"))
    assert "answers@example.org" in made.text
    assert made.message_id.endswith("@example.org>")


def test_everything_is_attached_and_the_readers_own_language_comes_first(
    campaign: CampaignFolder,
) -> None:
    loaded = mailed(campaign)
    english, french = mail(loaded), mail(loaded, 1)
    assert [(file.name, file.media_type, file.data) for file in english.attachments] == [
        ("A letter for the tests.pdf", "application/pdf", b"%PDF en"),
        ("A letter for the tests.docx", DOCX, b"PK en"),
        ("Une lettre pour les essais.pdf", "application/pdf", b"%PDF fr"),
    ]
    assert [file.data for file in french.attachments] == [b"%PDF fr", b"%PDF en", b"PK en"]
    assert french.subject == "Trois questions"
    assert french.sender.name == "Lettre commune"
    assert french.to == Mailbox("Sam Taylor", "bureau@xn--mnchen-3ya.example")
    assert french.text.startswith("Bonjour,\n\nVous trouverez")
    for made in (english, french):
        assert all(file.name in made.text for file in made.attachments)


def test_the_same_recipient_has_the_same_mail_again(campaign: CampaignFolder) -> None:
    loaded = mailed(campaign)
    assert build(mail(loaded)) == build(mail(loaded))
    assert mail(loaded).message_id != mail(loaded, 1).message_id


@pytest.mark.parametrize(
    ("preferred", "languages", "chosen"),
    [
        ("fr", "[en, fr]", "fr"),
        ("fr-CA", "[en, fr]", "fr"),
        ("fr", "[en, fr-CA]", "fr-CA"),
        ("de", "[en, fr]", "en"),
    ],
)
def test_the_note_is_in_the_language_they_prefer(
    campaign: CampaignFolder, preferred: str, languages: str, chosen: str
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", f"languages: {languages}")
    campaign.edit("recipients.yaml", "  district:", f"  language: {preferred}\n  district:")
    campaign.write("recipients.yaml", campaign.read("recipients.yaml"))
    campaign.write("letter.yaml", campaign.read("letter.yaml") + SETTINGS)
    from letters.campaign.load import load

    loaded, found = load(campaign.path)
    assert loaded is not None, found
    assert language_for(loaded, 1) == chosen
    assert language_for(loaded, 0) == "en"


def test_the_campaign_may_give_a_name_and_a_subject_of_its_own(campaign: CampaignFolder) -> None:
    settings = (
        SETTINGS
        + "  name: {en: Friends, fr: Amis}\n  subject: {en: Our letter, fr: Notre lettre}\n"
    )
    loaded = mailed(campaign, settings)
    assert (mail(loaded).sender.name, mail(loaded).subject) == ("Friends", "Our letter")
    assert (mail(loaded, 1).sender.name, mail(loaded, 1).subject) == ("Amis", "Notre lettre")


def test_what_no_mail_can_carry_is_refused_with_its_line(campaign: CampaignFolder) -> None:
    settings = (
        "mail:\n  from: us@example.org\n  copies_to:\n    - a@example.org\n    - b@example.org\n"
    )
    loaded = mailed(campaign, settings)
    assert loaded.letter.mail
    # “letters check” says all of it before; sending looks for itself.
    organisation = LocalText({"en": "Joint\tletter", "fr": "Lettre"})
    letter = loaded.letter.model_copy(
        update={
            "subject": LocalText({"en": "Three\nquestions", "fr": "Questions"}),
            "sender": loaded.letter.sender.model_copy(update={"organisation": organisation}),
            "mail": loaded.letter.mail.model_copy(
                update={"copies_to": ("a@example.org", "b@-example.org")}
            ),
        }
    )
    first = loaded.recipients[0].model_copy(update={"email": "of..fice@example.org"})
    spoilt = replace(loaded, letter=letter, recipients=(first, *loaded.recipients[1:]))
    assert [problem.partition(" – ")[0] for problem in problems(spoilt)] == [
        "letter.yaml:8:22: from.organisation.en",
        "letter.yaml:46:7: mail.copies_to[1]",
        "recipients.yaml:12:10: [0].email",
        "letter.yaml:6:15: subject.en",
    ]
    assert not any("b@-" in problem or "of..fice" in problem for problem in problems(spoilt))


def test_a_recipient_without_an_address_and_a_campaign_without_a_sender_are_named(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("recipients.yaml", "  email: office@example.org\n", "")
    assert problems(mailed(campaign)) == [
        "recipients.yaml:1:3: [0] – has no e-mail address (add “email: …”)"
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A letter: yes/no?", "A letter yes no"),
        ("Открытое  письмо", "Открытое письмо"),
        ("../../etc/passwd", "etc passwd"),
        ("...", "letter"),
        ("x" * 200, "x" * 80),
        ("слово " * 50, " ".join(["слово"] * 13)),
        ('Nul\0 "quoted" <b>|', "Nul quoted b"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_can_keep(title: str, name: str) -> None:
    assert file_name(title) == name


def test_files_of_the_same_title_are_told_apart(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml",
        "title: {en: A letter for the tests, fr: Une lettre pour les essais}",
        "title: Peace",
    )
    names = [file.name for file in mail(mailed(campaign)).attachments]
    assert names == ["Peace.pdf", "Peace.docx", "Peace (fr).pdf"]


def test_what_is_enclosed_comes_behind_the_letters_under_its_title(
    campaign: CampaignFolder,
) -> None:
    titles = "{en: Our first letter, fr: Notre première lettre}"
    files = "".join(
        f"  - {{title: {titles}, file: '{file}'}}\n"
        for file in ("first/{recipient}.pdf", "all.pdf")
    )
    before = "  - title: {en: A list, fr: Une liste}\n"
    campaign.edit("letter.yaml", before, before + files)
    (campaign.path / "first").mkdir()
    (campaign.path / "first" / "prime-minister.pdf").write_bytes(b"%PDF-1.7 to the Prime Minister")
    (campaign.path / "all.pdf").write_bytes(b"%PDF-1.7 to all")
    (campaign.path / "first" / "minister.pdf").write_bytes(b"no PDF")
    _, wrong = load(campaign.path)
    message = "the file for minister is not a PDF (save it as a PDF first)"
    assert [str(problem) for problem in wrong] == [
        f"letter.yaml:36:70: enclosures[1].file – {message}"
    ]
    (campaign.path / "first" / "minister.pdf").unlink()
    assert "there is no such file in the campaign for minister" in str(load(campaign.path)[1])
    (campaign.path / "first" / "minister.pdf").write_bytes(b"%PDF-1.7 to the member")
    loaded = mailed(campaign)
    prime, member = (mail(loaded, index).attachments[-2:] for index in (0, 1))
    assert [each.name for each in prime] == ["Our first letter.pdf", "Our first letter (2).pdf"]
    assert member[0].name == "Notre première lettre.pdf"
    assert [each.data[9:] for each in (*prime, *member)] == [
        b"to the Prime Minister", b"to all", b"to the member", b"to all",
    ]  # fmt: skip
