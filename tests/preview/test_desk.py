"""What is shown after each save, whoever looks, and whatever the files hold."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from signing import sign

from letters.check.privacy import HIDDEN
from letters.cli import logbook, preview_log
from letters.digests import NO_TEXT
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME
from letters.limits import OPEN_PAGES
from letters.preview import bench, editing, opening
from letters.preview.app import Preview
from letters.preview.desk import Desk
from letters.preview.markup import changed_words, page
from letters.preview.parts import numbered
from letters.preview.signatures import SignatureState, TextChange
from letters.preview.wish import Wish
from letters.problem import CampaignError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder

    from letters.preview.told import Saved, ShownLetter

PROTECTED = ("Withheld", "Described", "secret@example.net", "ngozi@example.org")


def read(campaign: CampaignFolder) -> Saved:
    return bench.save(campaign.path, preview_log.told)


def words(letter: ShownLetter) -> str:
    return " ".join(line.text for page in letter.pages for line in page.lines)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    bench.begin()


def test_what_was_good_stays_while_there_are_problems(campaign: CampaignFolder) -> None:
    assert read(campaign).usable
    campaign.write("letter.yaml", campaign.read("letter.yaml").replace("first", "very first"))
    assert read(campaign).usable
    for file in ("letter.yaml", "templates/note/letter.en.md", "recipients.yaml"):
        before = campaign.read(file)
        campaign.write(file, f"{before}\n: {{{{ nothing }}}} [\n")
        broken = read(campaign)
        assert not broken.usable
        assert {one.place.path for one in broken.problems} == {file}
        assert "very first question" in words(bench.show(Wish()))
        campaign.write(file, before)
    assert bench.word(Wish())[:2] == b"PK"
    assert read(campaign).usable
    assert not [one for one in bench.judge() if one.severity == "error"]


def test_a_theme_that_is_broken_is_a_problem_of_its_letters(campaign: CampaignFolder) -> None:
    campaign.write("templates/themes/own/theme.yaml", "page: nowhere\n")
    assert read(campaign).usable
    with pytest.raises(CampaignError) as error:
        bench.show(Wish(theme="own"))
    assert error.value.problems[0].place.path == "templates/themes/own/theme.yaml"
    assert bench.show(Wish(theme="modern")).pages


def test_who_asks_for_what_is_not_there_is_told(campaign: CampaignFolder) -> None:
    read(campaign)
    shown = bench.show(Wish("ministr", "de", "recipient", "clasic"))
    assert shown.wish == Wish("prime-minister", "en", "recipient", "classic")
    assert [one.partition(":")[0] for one in shown.remarks] == [
        "there is no recipient “ministr”",
        "there is no language “de”",
        "there is no theme “clasic”",
    ]
    assert "did you mean “minister”?" in shown.remarks[0]


def test_the_public_sees_nothing_that_is_protected(campaign: CampaignFolder) -> None:
    letter = campaign.read("letter.yaml")
    private = "enclosures:\n  - title: {en: A quiet list, fr: Une liste}\n    confidential: yes\n"
    campaign.write("letter.yaml", letter.replace("enclosures:\n", private, 1))
    sign(campaign.path)
    campaign.write("letter.yaml", campaign.read("letter.yaml").replace("second", "third"))
    saved = read(campaign)
    assert saved.usable
    assert "quiet" in words(bench.show(Wish()))
    desk = Desk(campaign.path, preview_log.told, public_only=True)
    desk.choices, desk.signatures = saved.choices, saved.signatures
    desk._problems = bench.judge()
    wish = Wish.of({"audience": "recipient"}, public_only=True)
    letter_shown = bench.show(wish)
    shown = page(
        "preview.html", desk=desk, look=None, letter=letter_shown, wish=letter_shown.wish,
        asked=wish, choices=desk.choices, signatures=desk.signatures,
        problems=[(one, "") for one in desk.problems()], said="", errors=0, form_token="",
        editor=False, editing=False, address_of=lambda _: "",
    ).decode()  # fmt: skip
    everything = shown + str(saved) + str(desk._problems) + words(letter_shown)
    assert "Three questions" in shown
    assert not [word for word in (*PROTECTED, "quiet") if word in shown]
    assert not [word for word in PROTECTED if word in everything]
    assert "The words are not shown in a preview for the public." in shown
    assert '<option value="recipient">' not in shown
    for data in (letter_shown.pdf, bench.word(wish)):
        assert b"quiet" not in data


@pytest.mark.parametrize("visibility", ["withheld", "role-only"])
def test_whoever_was_named_then_and_is_withheld_now_is_not_in_what_has_changed(
    campaign: CampaignFolder, visibility: str
) -> None:
    """Neither by the whole name nor by a part of it, in no language."""
    facts = "{en: Ada Example waited., fr: Ada Example a attendu.}"
    campaign.edit("letter.yaml", "person: Ada Example", "person: Quazimo Vexlerin")
    campaign.edit("letter.yaml", facts, facts.replace("Ada Example", "Quazimo Vexlerin"))
    sign(campaign.path)
    said = "{en: Mr Vexlerin left in time., fr: M. Vexlerin est parti.}"
    campaign.edit("letter.yaml", facts.replace("Ada Example", "Quazimo Vexlerin"), said)
    assert "Vexlerin" in str(read(campaign).signatures.changes)
    hidden = f"visibility: {visibility}\n    description: a teacher\n    consent: {{given: yes}}"
    campaign.edit("letter.yaml", "visibility: public", hidden)
    campaign.edit("letter.yaml", said, "{en: One left in time., fr: On est parti.}")
    saved = read(campaign)
    assert saved.usable
    [change] = saved.signatures.changes
    assert HIDDEN in change.diff
    assert "vexlerin" not in f"{saved}{bench.judge()}{words(bench.show(Wish()))}".casefold()


def test_no_path_on_the_page_names_whoever_is_withheld(campaign: CampaignFolder) -> None:
    """A file is mostly called after the person in it."""
    (campaign.path / "signatories.yaml").unlink()
    campaign.edit("letter.yaml", "template: note", "template: note\nsignatories: people")
    campaign.write("people/ada.yaml", "id: ada\nname: Ada Birch\n")
    told = [
        "id: signer-1\nname: {given: Quazimo, family: Vexlerin}\nvisibility: withheld\n",
        "id: signer-1\nname: Quazimo Vexlerin\nvisibility: withheld\nrôle: x\n",
        "id: signer-1\nname: [\nvisibility: withheld\n",
    ]
    for text in told:
        campaign.write("people/quazimo-vexlerin.yaml", text)
        saved = read(campaign)
        assert not saved.usable
        shown = [opening.address(campaign.path, problem.place) for problem in saved.problems]
        assert "vexlerin" not in f"{saved}{shown}".casefold()


def test_an_older_log_is_a_problem_and_no_letter_is_made_from_it(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(campaign.path.parent / "state"))

    sign(campaign.path)
    older = (campaign.path / LOG_NAME).read_bytes()
    with logbook.opened(campaign.path) as ledger:
        event = Event("withdrew", "okafor", evidence=Evidence.of_note("x"))
        ledger.append(event, at=dt.datetime.now(dt.UTC))
    assert read(campaign).usable
    (campaign.path / LOG_NAME).write_bytes(older)
    restored = read(campaign)
    assert not restored.usable
    assert restored.problems[-1].place.path == LOG_NAME


def test_every_paragraph_is_found_on_the_page(campaign: CampaignFolder) -> None:
    read(campaign)
    for tag in ("en", "fr"):
        shown = bench.show(Wish("minister", tag))
        heads = {"Sam Taylor", "3 September 2025", "3 septembre 2025"}  # of further pages
        assert {line.part for page in shown.pages for line in page.lines} >= {
            number
            for number, part in enumerate(shown.parts, 1)
            if part.words and part.words not in heads
        }
        by_line = {line.text: line.part for page in shown.pages for line in page.lines}
        asks = next(text for text in by_line if "deuxième" in text or "second." in text)
        keys = [what for what, _ in shown.parts[by_line[asks] - 1].sources]
        assert f"asks[1].text.{tag}" in keys
    assert numbered([], []) == ()


def test_a_save_is_shown_a_loop_is_stopped_and_a_repair_is_shown(
    campaign: CampaignFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letters.limits.SECONDS", 2.0)
    body = campaign.path / "templates/note/letter.en.md"
    sound = body.read_text(encoding="utf-8")

    async def follow() -> None:
        desk = Desk(campaign.path, preview_log.told)

        async def until(words_: str) -> None:
            with desk.listening(Wish()) as listener:
                while True:
                    look = await desk.look(Wish())
                    told = " ".join(map(str, desk.problems(look)))
                    if words_ in (words(look.letter) if look.letter else "") + told:
                        return
                    await listener.news.wait()
                    listener.news.clear()

        async with desk.following():
            await until("Please answer by")
            loop = '{{% for {} in "0123456789" %}}'
            endless = "".join(map(loop.format, "abcdefghijkl")) + "{% endfor %}" * 12
            what = "template:templates/note/letter.en.md"
            sent = {"text": f"{sound}\n{endless}"}
            with pytest.raises(CampaignError) as tried:
                await desk.do(editing.planned, desk.root, what, sent)
            assert "takes too much time" in tried.value.problems[0].message
            assert (await desk.look(Wish(language="fr"))).letter  # another worker knows it all
            body.write_text(f"{sound}\n{endless}", encoding="utf-8")
            await until("takes too much time")
            look = await desk.look(Wish())
            assert look.letter
            assert "Please answer by" in words(look.letter)  # the last good one
            body.write_text(sound.replace("Please answer", "Do answer"), encoding="utf-8")
            await until("Do answer by")
            # Another folder takes the place of this one, as where a copy is put back.
            campaign.path.rename(tmp_path / "before")
            shutil.copytree(tmp_path / "before", campaign.path)
            body.write_text(sound.replace("Please answer", "Kindly answer"), encoding="utf-8")
            await until("Kindly answer by")

    asyncio.run(asyncio.wait_for(follow(), 240))


def test_pages_that_listen_are_counted(campaign: CampaignFolder) -> None:
    async def many() -> None:
        desk = Desk(campaign.path, preview_log.told)
        with ExitStack() as stack:
            told = []
            for _ in range(OPEN_PAGES):
                told.append(desk.is_full)
                stack.enter_context(desk.listening(Wish()))
            assert [*told, desk.is_full] == [*[False] * OPEN_PAGES, True]
        assert Preview(desk, 1).guard.address.startswith("http://127.0.0.1:1/?token=")
        await asyncio.to_thread(desk._worker.close)

    asyncio.run(many())


@pytest.mark.parametrize(
    ("state", "meaning"),
    [
        ((), "Nothing has changed"),
        ((("stale", ("a",)),), "1 signature goes stale until"),
        ((("signed", ("c",)), ("stale", ("a", "b"))), "2 signatures go stale until"),
    ],
)
def test_it_says_what_a_change_means(
    state: tuple[tuple[str, tuple[str, ...]], ...], meaning: str
) -> None:
    assert SignatureState(people=state).meaning.startswith(meaning)


def test_a_change_that_was_approved_keeps_every_signature() -> None:
    state = SignatureState(changes=(TextChange(NO_TEXT, "x"),))
    assert state.meaning.startswith("It was judged to be editorial")


@pytest.mark.parametrize(
    ("diff", "pieces"),
    [
        ("a [-b-]{+c+} d", [("same", "a "), ("gone", "b"), ("new", "c"), ("same", " d")]),
        ("[-a", [("same", "[-a")]),
        ("{+a", [("same", "{+a")]),
        ("", []),
    ],
)
def test_a_word_diff_falls_into_pieces(diff: str, pieces: list[tuple[str, str]]) -> None:
    assert changed_words(diff) == pieces
