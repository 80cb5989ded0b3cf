"""``letters sign …``: what people did about signing, as events of the signature log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import (
    approve,
    bind_signature,
    evidence_options,
    logbook,
    shared_evidence,
    sheets,
    sign_many,
    signed_text,
    whom,
    workspace,
)
from letters.cli.evidence_options import Told
from letters.cli.exit import note, say
from letters.cli.noted_names import NotedNames
from letters.cli.whom import Chosen
from letters.digests import NO_TEXT

if TYPE_CHECKING:
    from letters.ledger.events import PersonalKind

app = typer.Typer(help="Record who was asked, who signed, and who took it back.",
                  no_args_is_help=True)  # fmt: skip

Lang = Annotated[
    list[str] | None,
    typer.Option(metavar="TAG", help="They were shown this language only; may be repeated."),
]


@app.command()
@whom.chosen(mail=False)
@evidence_options.told(file=False)
def invite(context: typer.Context, lang: Lang = None, *, told: Told, chosen: Chosen) -> None:
    """Record that somebody was asked to sign this very text."""
    _record(context, "invited", chosen, told, lang or ())


@app.command()
@whom.chosen(mail=False)
@evidence_options.told(file=False)
def remind(context: typer.Context, lang: Lang = None, *, told: Told, chosen: Chosen) -> None:
    """Record that somebody who has not answered, or signed an earlier text, was asked again."""
    _record(context, "reminded", chosen, told, lang or ())


@app.command()
@whom.chosen()
@evidence_options.told()
def record(context: typer.Context, lang: Lang = None, *, told: Told, chosen: Chosen) -> None:
    """Record that somebody signed this very text; evidence or a note is needed."""
    _record(context, "signed", chosen, told, lang or ())


@app.command()
@whom.chosen()
@evidence_options.told()
def reaffirm(context: typer.Context, lang: Lang = None, *, told: Told, chosen: Chosen) -> None:
    """Record that somebody who signed stands by text and printed form as they are."""
    _record(context, "reaffirmed", chosen, told, lang or ())


@app.command()
@whom.chosen()
@evidence_options.told()
def decline(context: typer.Context, lang: Lang = None, *, told: Told, chosen: Chosen) -> None:
    """Record that somebody will not sign."""
    _record(context, "declined", chosen, told, lang or ())


@app.command()
@whom.chosen()
@evidence_options.told()
def withdraw(context: typer.Context, told: Told, chosen: Chosen) -> None:
    """Record that somebody took their signature back; the next render leaves them out."""
    _record(context, "withdrew", chosen, told)


app.add_typer(sheets.app, name="sheets")
app.command("approve-edit")(approve.approve_edit)
app.command("approve-name")(bind_signature.approve_name)
app.command("bind")(bind_signature.bind)


def _record(
    context: typer.Context,
    kind: PersonalKind,
    chosen: Chosen,
    told: Told,
    lang: Sequence[str] = (),
) -> None:
    if len(chosen.who) == 1:
        _record_one(context, kind, chosen.who[0], told, lang)
    else:
        sign_many.record(context, kind, chosen, told, lang)


def _record_one(
    context: typer.Context, kind: PersonalKind, who: str, told: Told, lang: Sequence[str]
) -> None:
    from letters.ledger import evidence

    if kind in {"signed", "reaffirmed"}:
        told.must_show("a signature")
    lenient = kind in {"declined", "withdrew"}
    root, text, campaign = signed_text.found(context, [who], told, lenient=lenient)
    NotedNames(campaign).expect_none(who, told.evidence.note)
    if lang and text and campaign:
        text = signed_text.only(text, campaign, lang)
    with logbook.opened(root) as ledger:
        form = None
        if campaign and kind in {"signed", "reaffirmed"}:
            form = bind_signature.form_of(campaign, ledger, who)
        digest = text.digest if text else NO_TEXT
        if kind == "reminded" and text and not lang:
            digest = signed_text.invited_to(text, ledger, ledger.history().people.get(who))
        event = told.event(kind, who, digest, form)
        own = text.canonical if text and text.digest == digest else None
        with evidence.kept(ledger, root, told.data):
            entry = ledger.append(event, at=workspace.now(), text=own)
        about = f"text {digest[:16]}" + (f" in {', '.join(text.editions)}" if text and lang else "")
        say(f"{entry.number}  {kind}  {who}  {about if digest else 'no text'}")
        if event.evidence.kind == "kept":
            shared_evidence.remark([(event.evidence.digest, who)], ledger.entries())
        if text and kind in {"signed", "reaffirmed"}:
            asked = signed_text.asked_of(ledger.entries(), {who})
            signed_text.look_whether_seen(text, kind, asked, ledger)
    if kind == "withdrew":
        note(f"If the text names {who}, change it: everybody else then signs the new text.")
        note(
            "What was made before still has the name: render every format again, print again, and "
            "delete drafts and older copies."
        )
