"""``letters sign …``: what people did about signing, as events of the signature log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import approve, desk
from letters.cli.exit import Status, fail, note, say, stop_on
from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.draft.compose import Text
    from letters.ledger.events import Event, Evidence, PersonalKind

app = typer.Typer(help="Record who was asked, who signed, and who took it back.",
                  no_args_is_help=True)  # fmt: skip

Who = Annotated[str, typer.Argument(metavar="ID", help="The signatory's id in signatories.yaml.")]
File = Annotated[
    Path | None,
    typer.Option("--evidence", metavar="FILE", help="An e-mail, a scan: a copy is kept."),
]
DigestOnly = Annotated[
    bool, typer.Option("--digest-only", help="Keep the digest of the evidence, and no copy.")
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What happened, in your words.")
]
Channel = Annotated[
    str, typer.Option("--channel", metavar="WORDS", help="How it reached you: e-mail, a form.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who records this.")]
Day = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day that the person gives.")
]


@app.command()
def invite(
    context: typer.Context,
    who: Who,
    note_: Note = None,
    channel: Channel = "",
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody was asked to sign this very text."""
    _record(context, "invited", who, _note(note_), channel, by, day)


@app.command()
def remind(
    context: typer.Context,
    who: Who,
    note_: Note = None,
    channel: Channel = "",
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody who has not answered, or signed an earlier text, was asked again."""
    _record(context, "reminded", who, _note(note_), channel, by, day)


@app.command()
def record(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    digest_only: DigestOnly = False,
    note_: Note = None,
    channel: Channel = "",
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody signed this very text; evidence or a note is needed."""
    shown = _needed(evidence, note_)
    _record(context, "signed", who, _shown(shown, note_, digest_only), channel, by, day)


@app.command()
def reaffirm(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    digest_only: DigestOnly = False,
    note_: Note = None,
    channel: Channel = "",
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody who signed an earlier text stands by the text as it is."""
    shown = _needed(evidence, note_)
    _record(context, "reaffirmed", who, _shown(shown, note_, digest_only), channel, by, day)


@app.command()
def decline(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    digest_only: DigestOnly = False,
    note_: Note = None,
    channel: Channel = "",
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody will not sign."""
    _record(context, "declined", who, _shown(evidence, note_, digest_only), channel, by, day)


@app.command()
def withdraw(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    digest_only: DigestOnly = False,
    note_: Note = None,
    channel: Channel = "",
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody took their signature back; the next render leaves them out."""
    _record(context, "withdrew", who, _shown(evidence, note_, digest_only), channel, by, day)


app.command("approve-edit")(approve.approve_edit)


def _record(
    context: typer.Context,
    kind: PersonalKind,
    who: str,
    shown: _Shown,
    channel: str,
    by: str,
    day: str | None,
) -> None:
    from letters.ledger import evidence as shelf
    from letters.ledger.events import Event
    from letters.ledger.store import LOG_NAME, Ledger

    stated = _day(day)
    root, text = _text(context, who, lenient=kind in {"declined", "withdrew"})
    event = Event(
        kind=kind,
        subject=who,
        text_digest=text.digest if text else "",
        evidence=shown.evidence,
        channel=channel,
        recorded_by=by,
        stated_at=stated,
    )
    with Ledger.open(root / LOG_NAME) as ledger:
        # The copy comes first: an entry never names a copy that a full disk kept from being made.
        fresh = shown.data is not None and shelf.keep(root, shown.data)
        try:
            entry = ledger.append(event, at=desk.now(), text=text.canonical if text else None)
        except BaseException:
            if fresh:
                shelf.discard(root, event.evidence.digest)
            raise
        asked = [e.event.text_digest for e in ledger.entries() if _asks(e.event, who)]
    about = f"text {text.digest[:16]}" if text else "no text"
    say(f"{entry.number}  {kind}  {who}  {about}")
    if kind == "signed" and asked and asked[-1] != event.text_digest:
        note(
            f"warning: {who} was invited to sign an earlier text ({asked[-1][:16]}): make sure "
            "that they have seen this one, or take it back with “letters sign withdraw”"
        )
    if kind == "withdrew":
        note(f"If the text names {who}, change it: everybody else then signs the new text.")


def _asks(event: Event, who: str) -> bool:
    return event.subject == who and event.kind in {"invited", "reminded"}


def _text(context: typer.Context, who: str, *, lenient: bool) -> tuple[Path, Text | None]:
    """The campaign's folder and text.

    Nobody has to wait with a refusal or a withdrawal until the letter is mended: ``lenient`` makes
    do without a text, and with a signatory that only the log knows.
    """
    from letters.campaign.load import LETTER_FILE, load
    from letters.ledger.store import LOG_NAME, Ledger

    if not lenient or not (context.obj / LETTER_FILE).is_file():
        campaign = desk.open_campaign(context)
        desk.known_signatory(campaign, who)
        return campaign.root, desk.text_of(campaign)
    root: Path = context.obj.resolve()
    found, problems = load(root)
    if found is None or who not in {signatory.id for signatory in found.signatories}:
        ledger = Ledger.read(root / LOG_NAME)
        known = False
        if ledger is not None:
            with ledger:
                known = ledger.knows(who)
        if not known and found is None:
            stop_on(problems)
        elif not known and found is not None:
            desk.known_signatory(found, who)
    try:
        text = desk.text_of(found) if found else None
    except CampaignError:
        text = None
    if text is None:
        note("the letter can’t be drafted as it is (see “letters check”): recorded without a text")
    return root, text


@dataclass(frozen=True, slots=True)
class _Shown:
    """Evidence, and the bytes of which a copy is to be kept."""

    evidence: Evidence
    data: bytes | None = None


def _needed(file: Path | None, note_: str | None) -> Path | None:
    """The file; ends the command where nothing shows the signature."""
    if file is None and not note_:
        hint = "--evidence FILE, or --note TEXT"
        fail(Status.REFUSED, "a signature needs something that shows it", hint)
    return file


def _shown(file: Path | None, note_: str | None, digest_only: bool) -> _Shown:
    from letters.ledger.events import Evidence

    if file is None:
        if digest_only:
            fail(Status.USAGE, "--digest-only is about a file", "--evidence FILE")
        return _note(note_)
    try:
        data = file.read_bytes()
    except OSError as error:
        fail(Status.USAGE, f"{file} can’t be read: {error.strerror}")
    evidence = Evidence.of_file(data, note_ or "", kept=not digest_only)
    return _Shown(evidence, None if digest_only else data)


def _note(note_: str | None) -> _Shown:
    from letters.ledger.events import Evidence

    return _Shown(Evidence.of_note(note_) if note_ else Evidence())


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        fail(Status.USAGE, "--on needs a date like 2025-09-03")
