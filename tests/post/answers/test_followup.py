"""A follow-up says of each recipient's letter what the log says, takes over no more, and is whole."""

from __future__ import annotations

import datetime as dt
import errno
from typing import TYPE_CHECKING, TypeAlias

import pytest
from drafting import text_of
from msgspec.structs import replace
from templates.changed import prose

from letters import files
from letters.campaign import scaffold
from letters.campaign.load import load
from letters.digests import TextDigest, of_file
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.language import language as language_of
from letters.draft.signatures import Signed
from letters.ledger.details import Mailing
from letters.ledger.events import Entry, Event
from letters.post.answers import newcampaign, newletter
from letters.post.answers.firstletter import EACH_OWN, First, first_letters
from letters.post.answers.followup import Choice, FollowedUp, choose
from letters.post.answers.progress import Delivery, Progress, State
from letters.post.correspondence import AnswerKind, Arrival, Correspondence
from letters.press import manifest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder

    from letters.campaign.model import Campaign

NOW, BEFORE = TextDigest("a" * 64), TextDigest("b" * 64)
TODAY = dt.date(2026, 4, 20)
PM, MINISTER = "prime-minister", "minister"
NO_FILES = First((), {}, (), {})

Came: TypeAlias = tuple[tuple[AnswerKind, str], ...]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def loaded(folder: Path) -> Campaign:
    found, problems = load(folder)
    assert found is not None, problems
    return found


def known(
    who: str,
    *answers: tuple[AnswerKind, str],
    looked: str = "2025-10-12",
    state: State = "sent",
    text: TextDigest = NOW,
) -> Progress:
    """A letter of 3 September 2025 that went out on the next day."""
    went = Delivery("post", state, day("2025-09-04"), text)
    came = tuple(Arrival(kind, day(on)) for kind, on in answers)
    return Progress(who, state, (went,), came, day(looked) if looked else None)


def chosen(*known: Progress, only: tuple[str, ...] = ()) -> Choice:
    return choose(known, NOW, only)


# --- who


def test_those_who_have_not_answered_the_matter_are_written_to_again() -> None:
    office: Came = (
        ("acknowledgement", "2025-09-10"), ("meeting", "2025-09-20"),
        ("acknowledgement", "2025-09-12"),
    )  # fmt: skip
    found = chosen(known(PM, *office), known(MINISTER, ("reply", "2025-09-30")))
    days = {"acknowledged": day("2025-09-12"), "met": day("2025-09-20")}
    assert found.again == (FollowedUp(PM, day("2025-10-12"), days),)
    assert found.left_out == ((MINISTER, "answered on 2025-09-30"),)
    assert found.refusals == ()
    assert found.values == {PM: {"acknowledged": "2025-09-12", "met": "2025-09-20"}}


def test_who_is_named_is_written_to_even_after_a_no() -> None:
    came: Came = ("reply", "2025-09-20"), ("refusal", "2025-09-30")
    found = chosen(known(PM), known(MINISTER, *came), only=(MINISTER,))
    assert found.left_out == ((PM, "is not named with --to"),)
    assert found.values == {MINISTER: {"answered": "2025-09-20", "declined": "2025-09-30"}}


def test_what_came_before_the_letter_went_out_is_no_answer_to_it() -> None:
    early: Came = ("refusal", "2025-09-03"), ("acknowledgement", "2025-08-01")
    found = chosen(known(PM, *early), known(MINISTER, ("acknowledgement", "2025-09-04")))
    assert found.values == {PM: {}, MINISTER: {"acknowledged": "2025-09-04"}}
    ahead = Delivery("email", "sent", day("2025-09-01"), NOW)  # it was dated ahead
    quick = replace(known(PM, ("acknowledgement", "2025-09-02")), deliveries=(ahead,))
    assert chosen(quick, Progress(MINISTER)).values == {PM: {"acknowledged": "2025-09-02"}}


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (Progress(PM), "was not sent the letter"),
        (known(PM, state="bounced"), "was not sent the letter: bounced on 2025-09-04"),
        (known(PM, state="in doubt"), "was not sent the letter: in doubt on 2025-09-04"),
        (
            known(PM, ("acknowledgement", "2025-09-10"), text=BEFORE),
            "was sent another text on 2025-09-04, and not the letter as it is now",
        ),
    ],
)
def test_who_was_not_sent_the_letter_gets_no_follow_up(one: Progress, reason: str) -> None:
    found = chosen(one, known(MINISTER))
    assert found.left_out == ((PM, reason),)
    assert [each.recipient for each in found.again] == [MINISTER]
    named = chosen(one, known(MINISTER), only=(PM, MINISTER))
    assert named.refusals == (f"{PM} {reason}: there is nothing to follow up",)


@pytest.mark.parametrize("looked", ["", "2025-09-03"])
def test_nobody_says_no_answer_who_has_not_looked(looked: str) -> None:
    found = chosen(known(PM, looked=looked), known(MINISTER))
    assert len(found.refusals) == 1
    assert found.refusals[0].startswith(f"{PM}: nobody has recorded looking for an answer")
    assert f"letters track reply {PM} --kind none" in found.refusals[0]
    assert chosen(known(PM, looked=looked), known(MINISTER), only=(MINISTER,)).again


def test_without_anybody_there_is_no_letter() -> None:
    found = chosen(known(PM, ("reply", "2025-09-30")), Progress(MINISTER))
    assert found.refusals == ("there is nobody to write to again (name recipients with --to)",)


def test_a_day_that_is_not_everybodys_stands_with_its_recipient() -> None:
    found = chosen(known(PM, looked="2025-10-01"), known(MINISTER))
    assert found.last_checked == day("2025-10-01")
    assert found.values == {PM: {}, MINISTER: {"last_checked": "2025-10-12"}}
    assert found.looked_long_ago(day("2025-10-19")) == [PM]
    assert found.looked_long_ago(day("2025-10-08")) == []


# --- the first letter


def test_only_the_bytes_that_went_out_go_along(campaign: CampaignFolder) -> None:
    out, made = campaign.path / "out", []
    for who in (PM, MINISTER):
        for tag in ("en", "fr", "../en"):
            data = f"%PDF {who} {tag}".encode()
            name = f"{who}.{tag.strip('./')}.pdf"
            if tag != "../en":
                campaign.write(f"out/{name}", data)
            sha256 = of_file(data)
            made.append(
                manifest.File(name, who, tag, "recipient", "pdf", sha256, 1, NOW, 1, draft=False)
            )
    campaign.write("out/manifest.json", manifest.Manifest(NOW, None, tuple(made)).encode())
    at = dt.datetime(2025, 9, 4, tzinfo=dt.UTC)
    entries = [
        Entry(n, at, Event("sent", text_digest=NOW, detail=Mailing(file.recipient, file.sha256)))
        for n, file in enumerate(made, 1)
    ]
    letter = loaded(campaign.path)
    found = first_letters(letter, out, Correspondence.of(entries), NOW, [PM, MINISTER], changed={})
    assert (found.languages, found.lacking) == (("en", "fr"), ())
    assert found.files[f"first-letter/{MINISTER}.fr.pdf"] == f"%PDF {MINISTER} fr".encode()
    assert len(found.files) == 4
    assert (
        first_letters(letter, out, Correspondence.of(entries), BEFORE, [PM], changed={}) == NO_FILES
    )
    campaign.write(f"out/{PM}.en.pdf", b"%PDF another letter")
    assert first_letters(
        letter, out, Correspondence.of(entries), NOW, [PM, MINISTER], changed={}
    ).languages == ("fr",)
    lost = first_letters(letter, out, Correspondence.of(entries[1:]), NOW, [PM], changed={})
    assert (lost.languages, lost.lacking) == (("fr",), ())
    (out / f"{PM}.fr.pdf").unlink()
    lost = first_letters(letter, out, Correspondence.of(entries), NOW, [PM], changed={})
    assert (lost.languages, lost.files, lost.lacking) == ((), {}, ("en", "fr"))


def test_each_gets_the_first_letter_in_the_language_in_which_it_went(
    campaign: CampaignFolder,
) -> None:
    out, made = campaign.path / "out", []
    for who, tag in ((PM, "en"), (MINISTER, "fr")):
        data = f"%PDF {who} {tag}".encode()
        campaign.write(f"out/{who}.{tag}.pdf", data)
        name, sha256 = f"{who}.{tag}.pdf", of_file(data)
        made.append(
            manifest.File(name, who, tag, "recipient", "pdf", sha256, 1, NOW, 1, draft=False)
        )
    campaign.write("out/manifest.json", manifest.Manifest(NOW, None, tuple(made)).encode())
    at = dt.datetime(2025, 9, 4, tzinfo=dt.UTC)
    went = Correspondence.of(
        Entry(n, at, Event("sent", text_digest=NOW, detail=Mailing(file.recipient, file.sha256)))
        for n, file in enumerate(made, 1)
    )
    letter = loaded(campaign.path)
    found = first_letters(letter, out, went, NOW, [PM, MINISTER], changed={})
    assert (found.languages, found.lacking) == ((EACH_OWN,), ())
    assert found.files == {
        f"first-letter/{PM}.pdf": f"%PDF {PM} en".encode(),
        f"first-letter/{MINISTER}.pdf": f"%PDF {MINISTER} fr".encode(),
    }
    (out / f"{MINISTER}.fr.pdf").unlink()
    lost = first_letters(letter, out, went, NOW, [PM, MINISTER], changed={})
    assert (lost.languages, lost.files, {*lost.lacking}) == ((), {}, {"en", "fr"})


def test_a_first_letter_that_would_be_made_otherwise_now_does_not_go_along(
    campaign: CampaignFolder,
) -> None:
    data = b"%PDF with a name that was withheld since"
    campaign.write(f"out/{PM}.en.pdf", data)
    made = manifest.File(
        f"{PM}.en.pdf",
        PM,
        "en",
        "recipient",
        "pdf",
        of_file(data),
        1,
        NOW,
        1,
        draft=False,
    )
    campaign.write("out/manifest.json", manifest.Manifest(NOW, None, (made,)).encode())
    sent = Event("sent", text_digest=NOW, detail=Mailing(PM, made.sha256))
    entries = [Entry(1, dt.datetime(2025, 9, 4, tzinfo=dt.UTC), sent)]
    changed = {made.path: ("signatory lindqvist: visibility", "theme")}
    letter = loaded(campaign.path)
    found = first_letters(
        letter, campaign.path / "out", Correspondence.of(entries), NOW, [PM], changed=changed
    )
    assert (found.languages, found.files, found.outdated) == ((), {}, changed)
    moved = {made.path: ("recipient: name, address", "theme")}
    found = first_letters(
        letter, campaign.path / "out", Correspondence.of(entries), NOW, [PM], changed=moved
    )
    assert (found.languages, found.outdated) == (("en",), {})


# --- the new campaign


def start(first: Campaign, folder: Path, choice: Choice, went: First = NO_FILES) -> None:
    tags = [tag for tag in first.letter.languages if first.template_files.body("follow-up", tag)]
    words = newletter.words_of(first)
    new = newletter.NewLetter(tags, words, choice.last_checked, went, TODAY)
    letter = newcampaign.letter_file(first, newletter.letter_yaml(first, new))
    newcampaign.start(folder, letter, newcampaign.copies(first, choice.values, went))


def filled(folder: Path) -> Campaign:
    """The new campaign when somebody has written what has happened since."""
    source, problems = load(folder)
    gaps = [problem for problem in problems if problem.severity == "error"]
    assert source is None
    assert {problem.message for problem in gaps} == {"is empty"}
    file = folder / "letter.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    for problem in gaps:
        assert problem.place.path == "letter.yaml"
        assert problem.place.key.startswith("values.since")
        lines[problem.place.line - 1] += " Since then, it has rained."
    file.write_text("\n".join(lines), encoding="utf-8")
    return loaded(folder)


def answers(campaign: Campaign, tag: str, index: int) -> str:
    """What that recipient's letter says of answers."""

    def none(path: str, alt: str) -> d.Image:
        raise AssertionError(path, alt)

    signed = Signed({}, None, draft=True, digest=TextDigest(""))
    return prose(Edition(campaign, tag, "recipient").letter(index, signed, none))[1]


THREE = """\
- id: silent
  name: {display: {en: Ann Silent, ru: Анна}}
  form: neighbour
  office: {en: Mayor, fr: Maire, ru: мэр}
- id: answered
  name: Bo Answered
- id: office # is friendly
  name: Cy Office
  values: {acknowledged: 2020-01-01, last_checked: 2020-01-01}
"""


@pytest.fixture
def reminder(tmp_path: Path) -> CampaignFolder:
    """A letter in three languages, to three people, which is itself a follow-up."""
    from conftest import CampaignFolder

    first = CampaignFolder(tmp_path / "reminder")
    scaffold.start(first.path, "follow-up")
    first.write("recipients.yaml", THREE)
    first.write("forms/neighbour.yaml", "languages: {en: {salutation: 'Dear neighbour,'}}")
    hidden = "\n- id: signer-03\n  name: Zoë Quill\n  visibility: withheld\n"
    contact = "  contact: {email: zoe@example.net}\n"
    first.write("signatories.yaml", first.read("signatories.yaml") + hidden + contact)
    (first.path / "signatories.yaml").chmod(0o600)
    first.edit("letter.yaml", "\n# The day until", "\ntheme: modern\nmail: {from: a@example.org, "
               "subject: A first letter, server: {host: localhost, port: 2525}}\n# The day until")  # fmt: skip
    return first


def history() -> tuple[Progress, ...]:
    """One has said nothing, one has answered, one has acknowledged and was met."""
    sent = Delivery("post", "sent", day("2026-03-03"), NOW)
    met = Arrival("acknowledgement", day("2026-03-05")), Arrival("meeting", day("2026-03-06"))
    return (
        Progress("silent", "sent", (sent,), (), day("2026-04-01")),
        Progress("answered", "answered", (sent,), (Arrival("reply", day("2026-03-30")),)),
        Progress("office", "acknowledged", (sent,), met, day("2026-04-02")),
    )


def test_each_letter_is_true_in_every_language(reminder: CampaignFolder, tmp_path: Path) -> None:
    first = loaded(reminder.path)
    pdfs = {f"first-letter/{who}.ru.pdf": b"%PDF-1.7" for who in ("silent", "office")}
    start(first, tmp_path / "next", choose(history(), NOW), First(("ru",), pdfs, (), {}))
    new = filled(tmp_path / "next")
    assert [recipient.id for recipient in new.recipients] == ["silent", "office"]
    assert new.letter.values["first_date"] == "2026-03-02"
    assert new.letter.values["first_subject"] == first.letter.subject.texts
    assert new.letter.asks == first.letter.asks
    for tag in ("en", "fr", "ru"):
        shown = language_of(tag).date
        silent, office = answers(new, tag, 0), answers(new, tag, 1)
        assert shown(day("2026-04-01")) in silent
        assert shown(day("2026-03-05")) not in silent
        for on in ("2026-03-05", "2026-03-06", "2026-04-02"):
            assert shown(day(on)) in office
        assert shown(day("2026-04-01")) not in office
        assert "2020" not in silent + office
        title = new.letter.enclosures[0].title.get(tag) or ""
        assert shown(first.letter.date) in title
        assert shown(first.letter.date) in (new.letter.subject.get(tag) or "")
    signed = text_of(new).canonical
    assert "On 5 March 2026 your office acknowledged our letter." in signed
    assert "As of 1 April 2026, when we last looked, we had found no public response" in signed


def test_people_are_taken_over_as_they_are_written_and_cases_not(
    reminder: CampaignFolder, tmp_path: Path
) -> None:
    first = loaded(reminder.path)
    start(first, tmp_path / "next", choose(history(), NOW))
    folder = tmp_path / "next"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "signatories.yaml").read_bytes() == reminder.read("signatories.yaml").encode()
    assert (folder / "signatories.yaml").stat().st_mode & 0o777 == 0o600
    written = (folder / "recipients.yaml").read_text(encoding="utf-8")
    assert "- id: office # is friendly\n" in written
    assert "Bo Answered" not in written
    letter = (folder / "letter.yaml").read_text(encoding="utf-8")
    for protected in ("Zoë", "Quill", "zoe@example.net", "signer-03"):
        assert protected not in letter
    new = filled(folder)
    assert new.recipients[0].forms[0].languages["en"].salutation is not None
    assert new.letter.theme == "modern"
    assert new.letter.mail is not None
    assert (new.letter.mail.sender, new.letter.mail.subject) == ("a@example.org", None)
    assert not new.letter.cases
    assert not new.letter.figures
    assert not new.letter.sources  # only a figure of the first letter rested on it
    assert not (folder / "letters.db").exists()
    assert "first-letter/" in (folder / ".gitignore").read_text(encoding="utf-8")


def test_a_folder_of_people_keeps_a_file_for_each(campaign: CampaignFolder, tmp_path: Path) -> None:
    for name in (PM, MINISTER):
        campaign.write(f"offices/{name}.yaml", f"name: Holder of {name}\n")
    campaign.edit("letter.yaml", "deadline:", "recipients: offices\ndeadline:")
    first = loaded(campaign.path)
    names = (known(MINISTER, ("acknowledgement", "2025-09-10")), known(PM, ("reply", "2025-09-10")))
    start(first, tmp_path / "next", choose(names, NOW))
    there = [file.name for file in (tmp_path / "next/offices").iterdir()]
    assert there == [f"{MINISTER}.yaml"]
    new = filled(tmp_path / "next")
    assert "10 September 2025" in answers(new, "en", 0)
    assert list(new.letter.sources) == ["report"]  # a signatory’s own testimony rests on it
    assert new.letter.sources == first.letter.sources


def test_nothing_is_told_of_a_day_after_the_letters_own(
    reminder: CampaignFolder, tmp_path: Path
) -> None:
    first, folder = loaded(reminder.path), tmp_path / "next"
    start(first, folder, choose(history(), NOW))
    filled(folder)
    changes = {
        "letter.yaml": ("last_checked: 2026-04-01", "last_checked: 2026-04-21"),
        "recipients.yaml": ("met: 2026-03-06", "met: {fr: 2026-03-06, en: 9999-12-31}"),
    }
    wanted = set[tuple[str, int, str]]()
    for name, (old, new) in changes.items():
        before = (folder / name).read_text(encoding="utf-8")
        assert old in before
        line = before[: before.index(old)].count("\n") + 1
        (folder / name).write_text(before.replace(old, new), encoding="utf-8")
        wanted.add((name, line, "is later than the letter’s own date, 2026-04-20"))
    _, problems = load(folder)
    errors = [one for one in problems if one.severity == "error"]
    assert {(one.place.path, one.place.line, one.message) for one in errors} >= wanted


def test_texts_that_look_like_something_else_stay_texts(
    campaign: CampaignFolder, tmp_path: Path
) -> None:
    odd = ('"no"', '"~"', '"- a: b # c"', '"1e3"', '"{x} \\" ’"', '"=" ', '"2025-01-02: so"')
    campaign.edit("letter.yaml", "place: Ottawa", "place: 'No: 7 #1'\nnotice: \"null\"")
    asks = "".join(f"  - text: {{en: {one}, fr: {one}}}\n" for one in odd)
    campaign.edit("letter.yaml", "figures:", f"{asks}figures:")
    first = loaded(campaign.path)
    start(first, tmp_path / "next", choose((known(PM), known(MINISTER)), NOW))
    new = filled(tmp_path / "next")
    assert new.letter.asks == first.letter.asks
    assert (new.letter.place, new.letter.notice) == (first.letter.place, first.letter.notice)
    assert new.letter.sender == first.letter.sender


def test_without_its_files_the_first_letter_is_a_line_to_fill_in(
    campaign: CampaignFolder, tmp_path: Path
) -> None:
    first = loaded(campaign.path)
    start(first, tmp_path / "next", choose((known(PM), known(MINISTER)), NOW))
    assert not filled(tmp_path / "next").letter.enclosures
    file = tmp_path / "next/letter.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    begin = lines.index("# enclosures:")
    end = lines.index("", begin)
    lines[begin:end] = [line.removeprefix("# ") for line in lines[begin:end]]
    file.write_text("\n".join(lines), encoding="utf-8")
    _, problems = load(tmp_path / "next")
    assert [problem.message for problem in problems] == [
        f"there is no such file in the campaign for {who}" for who in (PM, MINISTER)
    ]


# --- all or nothing


@pytest.mark.parametrize("existed", [False, True])
def test_an_error_leaves_nothing_half_made(
    campaign: CampaignFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, existed: bool
) -> None:
    folder, first, add = tmp_path / "next", loaded(campaign.path), files.Batch.add
    if existed:
        folder.mkdir(mode=0o700)

    def full(self: files.Batch, name: str, data: bytes, *, mode: int | None = None) -> None:
        if name == "signatories.yaml":
            raise OSError(errno.ENOSPC, "No space left on device")
        add(self, name, data, mode=mode)

    monkeypatch.setattr(files.Batch, "add", full)
    choice = choose((known(PM), known(MINISTER)), NOW)
    with pytest.raises(OSError, match="No space left"):
        start(first, folder, choice)
    assert folder.exists() == existed
    monkeypatch.undo()
    # What a killed run had staged doesn't stand in the way.
    (folder / ".letters-4194305-x").mkdir(parents=True)
    (folder / ".letters-4194305-x" / "recipients.yaml").write_text("")
    start(first, folder, choice)
    assert filled(folder).recipients
    assert not list(folder.glob(".letters-*"))
    if existed:
        assert folder.stat().st_mode & 0o777 == 0o700


def test_it_takes_the_place_of_nothing(campaign: CampaignFolder, tmp_path: Path) -> None:
    first = loaded(campaign.path)
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        start(first, tmp_path / "next", choose((known(PM), known(MINISTER)), NOW))
    assert [file.name for file in (tmp_path / "next").iterdir()] == ["mine.txt"]
