"""``letters sign …``: what people did about signing, as events of the signature log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters import framed
from letters.cli import approve, bind_signature, evidence_options, logbook, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note, say, stop_on
from letters.digests import NO_TEXT, TextDigest
from letters.problem import CampaignError, has_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.ledger.events import Event, PersonalKind
    from letters.ledger.store import Ledger

app = typer.Typer(help="Record who was asked, who signed, and who took it back.",
                  no_args_is_help=True)  # fmt: skip

Who = Annotated[str, typer.Argument(metavar="ID", help="The signatory's id in signatories.yaml.")]
Lang = Annotated[
    list[str] | None,
    typer.Option(metavar="TAG", help="They were shown this language only; may be repeated."),
]


@app.command()
@evidence_options.told(file=False)
def invite(context: typer.Context, who: Who, lang: Lang = None, *, told: Told) -> None:
    """Record that somebody was asked to sign this very text."""
    _record(context, "invited", who, told, lang or ())


@app.command()
@evidence_options.told(file=False)
def remind(context: typer.Context, who: Who, lang: Lang = None, *, told: Told) -> None:
    """Record that somebody who has not answered, or signed an earlier text, was asked again."""
    _record(context, "reminded", who, told, lang or ())


@app.command()
@evidence_options.told()
def record(context: typer.Context, who: Who, lang: Lang = None, *, told: Told) -> None:
    """Record that somebody signed this very text; evidence or a note is needed."""
    told.must_show("a signature")
    _record(context, "signed", who, told, lang or ())


@app.command()
@evidence_options.told()
def reaffirm(context: typer.Context, who: Who, lang: Lang = None, *, told: Told) -> None:
    """Record that somebody who signed stands by text and printed form as they are."""
    told.must_show("a signature")
    _record(context, "reaffirmed", who, told, lang or ())


@app.command()
@evidence_options.told()
def decline(context: typer.Context, who: Who, lang: Lang = None, *, told: Told) -> None:
    """Record that somebody will not sign."""
    _record(context, "declined", who, told, lang or ())


@app.command()
@evidence_options.told()
def withdraw(context: typer.Context, who: Who, told: Told) -> None:
    """Record that somebody took their signature back; the next render leaves them out."""
    _record(context, "withdrew", who, told)


app.command("approve-edit")(approve.approve_edit)
app.command("approve-name")(bind_signature.approve_name)
app.command("bind")(bind_signature.bind)


def _record(
    context: typer.Context, kind: PersonalKind, who: str, told: Told, lang: Sequence[str] = ()
) -> None:
    from letters.ledger import evidence

    root, text, campaign = _text(context, who, told, lenient=kind in {"declined", "withdrew"})
    if lang and text and campaign:
        text = _only(text, campaign, lang)
    with logbook.opened(root) as ledger:
        form = None
        if campaign and kind in {"signed", "reaffirmed"}:
            form = bind_signature.form_of(campaign, ledger, who)
        digest = text.digest if text else NO_TEXT
        if kind == "reminded" and text and not lang:
            digest = _invited_to(text, ledger, who)
        event = told.event(kind, who, digest, form)
        own = text.canonical if text and text.digest == digest else None
        with evidence.kept(ledger, root, told.data):
            entry = ledger.append(event, at=workspace.now(), text=own)
        asked = [e.event.text_digest for e in ledger.entries() if _asks(e.event, who)]
        seen = framed.editions(ledger.text(asked[-1]) or "") if asked else {}
    about = f"text {digest[:16]}" + (f" in {', '.join(text.editions)}" if text and lang else "")
    say(f"{entry.number}  {kind}  {who}  {about if digest else 'no text'}")
    if text and asked and kind in {"signed", "reaffirmed"}:
        _look_whether_seen(text, kind, who, seen, asked[-1])
    if kind == "withdrew":
        note(f"If the text names {who}, change it: everybody else then signs the new text.")
        note(
            "What was made before still has the name: render every format again, print again, and "
            "delete drafts and older copies."
        )


def _only(text: MailingText, campaign: Campaign, lang: Sequence[str]) -> MailingText:
    """The text in those languages; one that there is not ends the command."""
    for tag in lang:
        if tag not in text.editions:
            hint = f"it is written in: {', '.join(campaign.letter.languages)}"
            fail(Status.USAGE, f"the letter has no language “{tag}”", hint)
    return text.only(lang)


def _invited_to(text: MailingText, ledger: Ledger, who: str) -> TextDigest:
    """The text to remind of: the one of the invitation, where all of it is still the letter's."""
    place = ledger.history().people.get(who)
    invited = place.invited_to if place else NO_TEXT
    editions, now = framed.editions(ledger.text(invited) or ""), text.editions
    same = editions and all(own in now.get(tag, ()) for tag, own in editions.items())
    return invited if same else text.digest


def _look_whether_seen(
    text: MailingText, kind: str, who: str, seen: Mapping[str, str], asked: str
) -> None:
    """Remark that somebody signed more, or something else, than they were invited to."""
    unseen = [tag for tag, own in text.editions.items() if seen.get(tag) not in own]
    if unseen and seen and not seen.keys() & {*unseen}:
        one, another = ", ".join(seen), ", ".join(unseen)
        note(
            f"warning: {who} was invited to sign it in {one}: make sure that they have seen it in "
            f"{another}, too, or take it back with “letters sign withdraw” and name the language "
            "with --lang"
        )
    elif unseen and kind == "signed":
        note(
            f"warning: {who} was invited to sign an earlier text ({asked[:16]}): make sure "
            "that they have seen this one, or take it back with “letters sign withdraw”"
        )


def _asks(event: Event, who: str) -> bool:
    return event.subject == who and event.kind in {"invited", "reminded"}


def _text(
    context: typer.Context, who: str, told: Told, *, lenient: bool
) -> tuple[Path, MailingText | None, Campaign | None]:
    """The campaign's folder and text, and the campaign where it can be read.

    Nobody has to wait with a refusal or a withdrawal until the letter is fixed: ``lenient`` makes
    do without a text, and with a signatory that only the log knows.
    """
    from letters.campaign.load import LETTER_FILE

    if not lenient or not (context.obj / LETTER_FILE).is_file():
        campaign = workspace.open_campaign(context)
        workspace.known_signatory(campaign, who)
        told.must_be_near(campaign.letter.date)
        return campaign.root, workspace.workshop(context).text(), campaign
    root: Path = context.obj.resolve()
    shop = workspace.workshop(context)
    problems = shop.read()
    found = None if has_errors(problems) else shop.campaign
    told.must_be_near(found.letter.date if found else None)
    if found is None or who not in found.signatory_ids:
        ledger = logbook.read(root, acting=True)
        known = False
        if ledger is not None:
            with ledger:
                known = ledger.knows(who) and (found is None or ledger.ids().now(who) == who)
        if not known and found is None:
            stop_on(problems)
        elif not known and found is not None:
            workspace.known_signatory(found, who)
    try:
        text = shop.text() if found else None
    except CampaignError:
        text = None
    if text is None:
        note("the letter can’t be drafted as it is (see “letters check”): recorded without a text")
    return root, text, found
