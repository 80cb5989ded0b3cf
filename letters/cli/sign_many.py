"""Signatures of many people in one go: shown first, and recorded a thousand at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters.cli import logbook, progress, shared_evidence, sign_choice, signed_text, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, is_terminal, note, report, say, table
from letters.cli.noted_names import NotedNames
from letters.counting import counted
from letters.digests import NO_TEXT, of_file
from letters.problem import CampaignError, Problem

if TYPE_CHECKING:
    import typer

    from letters.campaign.model import Campaign
    from letters.cli.sign_choice import SignersChoice, Wanted
    from letters.cli.whom import Chosen
    from letters.draft.mailing import MailingText
    from letters.ledger.events import Entry, Event, PersonalKind
    from letters.ledger.history import History
    from letters.ledger.many import Counts, Recording
    from letters.ledger.store import Ledger

_SHOWN = 20
_SPENT = "by this evidence they signed before, and withdrew or the text was changed since"
_NOUNS = {
    "invited": "invitation", "reminded": "reminder", "signed": "signature",
    "reaffirmed": "reaffirmation", "declined": "refusal", "withdrew": "withdrawal",
}  # fmt: skip


class _Recordings(Struct):
    """What is to be recorded of whom, who is recorded already, and who else the evidence shows."""

    going: list[tuple[Wanted, Event]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.going) + len(self.known)


def record(
    context: typer.Context, kind: PersonalKind, chosen: Chosen, told: Told, lang: Sequence[str]
) -> None:
    """Show what is to be recorded, and record it where that is agreed."""
    lenient = kind in {"declined", "withdrew"} and not chosen.state
    root, text, campaign = signed_text.found(context, chosen.who, told, lenient=lenient)
    whole = text
    if lang and text and campaign:
        text = signed_text.only(text, campaign, lang)
    with logbook.opened(root) as ledger:
        history, entries = ledger.history(), ledger.entries()
        choice = _choice(kind, chosen, told, campaign, whole, history)
        plan = _plan(kind, choice, chosen, ledger, history, entries, text, campaign, lang)
        _stop_on(choice, chosen)
        _show(kind, plan, choice, text, chosen)
        if not plan.going:
            note("there is nothing to record")
            return
        if not chosen.agreed(len(plan.going), plan.total):
            return
        counts = _record(ledger, root, plan, chosen, text)
        _say_what_was_done(kind, ledger, counts, plan, text)
        ids = {one.who for one, _ in plan.going}
        if text and kind in {"signed", "reaffirmed"}:
            signed_text.look_whether_seen(text, kind, signed_text.asked_of(entries, ids), ledger)
    shared_evidence.remark([(one.kept, one.who) for one, _ in plan.going if one.kept], entries)


def _choice(
    kind: PersonalKind,
    chosen: Chosen,
    told: Told,
    campaign: Campaign | None,
    text: MailingText | None,
    history: History,
) -> SignersChoice:
    if chosen.mail:
        return sign_choice.by_mail(chosen.mail, told, campaign)
    proves = kind in {"signed", "reaffirmed"}
    if chosen.listed:
        known = {*(campaign.signatory_ids if campaign else ())}
        if kind in {"declined", "withdrew"}:
            known |= {who for who in history.people if history.names.now(who) == who}
        return sign_choice.in_list(chosen.listed, told, campaign, known, proves=proves)
    if proves:
        told.must_show("a signature")
    if chosen.state and campaign and text:
        return sign_choice.in_state(chosen.state, told, campaign, text)
    return sign_choice.named(chosen.who, told)


def _plan(
    kind: PersonalKind,
    choice: SignersChoice,
    chosen: Chosen,
    ledger: Ledger,
    history: History,
    entries: Sequence[Entry],
    text: MailingText | None,
    campaign: Campaign | None,
    lang: Sequence[str],
) -> _Recordings:
    """What may follow what is recorded; what may not is wrong in a list, and else left out."""
    from letters.campaign import printed_form
    from letters.ledger.appending import is_repeated, stands
    from letters.ledger.bound_form import Form
    from letters.ledger.events import Entry
    from letters.ledger.rules import Standing

    plan, did = _Recordings(), defaultdict[str, list[Entry]](list)
    for entry in entries:
        if entry.event.subject:
            did[entry.event.subject].append(entry)
    forms = printed_form.forms(campaign) if campaign and kind in {"signed", "reaffirmed"} else {}
    number, now = len(entries) + 1, workspace.now().replace(microsecond=0)
    names = NotedNames(campaign)
    for one in choice.wanted:
        place, form = history.people.get(one.who), None
        if one.who in forms:
            fields = forms[one.who][0]
            form = Form.of(fields, place.form.differing(fields) if place and place.form else ())
        digest = text.digest if text else NO_TEXT
        if kind == "reminded" and text and not lang:
            digest = signed_text.invited_to(text, ledger, place)
        event = one.told.event(kind, one.who, digest, form)
        entry = Entry(number, now, event, now.astimezone().date())
        if is_repeated(entry, did[one.who], place or Standing(), returning=chosen.are_named):
            if kind not in {"signed", "reaffirmed"} or (place and stands(event, place)):
                plan.known.append(one.who)
            else:
                choice.left[_SPENT].append(one.who)
        elif refused := history.refusal(event, number):
            _refuse(choice, one, refused.message, refused.hint)
        elif wrong := names.refusal(one.who, one.told.evidence.note):
            if one.at is None:  # the note is that of all
                fail(Status.REFUSED, *wrong)
            _refuse(choice, one, *wrong)
        else:
            plan.going.append((one, event))
    return plan


def _refuse(choice: SignersChoice, one: Wanted, message: str, hint: str) -> None:
    if one.at:
        choice.problems.append(Problem(one.at, f"{one.who}: {message}", hint))
    else:
        choice.left[message].append(one.who + (f" ({one.where})" if one.where else ""))


def _stop_on(choice: SignersChoice, chosen: Chosen) -> None:
    """End the command where a row is wrong, unless such rows are to be left out."""
    if choice.problems and not chosen.skip_wrong:
        note(f"nothing is recorded while a row is wrong: {_wrong(choice)} (--skip-wrong leaves "
             "such rows out)")  # fmt: skip
        raise CampaignError(choice.problems)
    if choice.problems:
        report(choice.problems)
        note(f"left out: {_wrong(choice)}")
    if chosen.are_named and choice.left:
        sign_choice.show_left(choice.left)
        fail(Status.REFUSED, "nothing was recorded", "name only those of whom it can be")


def _wrong(choice: SignersChoice) -> str:
    lines = {(one.place.path, one.place.line) for one in choice.problems}
    return counted(len(lines), "row")


def _show(
    kind: PersonalKind,
    plan: _Recordings,
    choice: SignersChoice,
    text: MailingText | None,
    chosen: Chosen,
) -> None:
    if chosen.are_named:
        if plan.known:
            note(f"recorded already: {', '.join(plan.known)}")
        return
    rows: list[tuple[str, ...]] = [("ID", "DAY", "HOW", "SHOWN BY", "FROM")]
    for one, _ in plan.going[:_SHOWN]:
        day = one.told.on.isoformat() if one.told.on else ""
        rows.append((one.who, day, one.told.channel, one.told.evidence.kind, one.where))
    if plan.going:
        say(table([tuple(cell or "-" for cell in row) for row in rows]))
    if len(plan.going) > _SHOWN:
        say(f"and {len(plan.going) - _SHOWN} more")
    sign_choice.show_left(choice.left)
    already = f", {len(plan.known)} recorded already" if plan.known else ""
    to_text = f", text {text.digest[:16]}" if text else ""
    say(f"{counted(len(plan.going), _NOUNS[kind])} to record{to_text}{already}")


def _record(
    ledger: Ledger, root: Path, plan: _Recordings, chosen: Chosen, text: MailingText | None
) -> Counts:
    from letters.ledger.many import record_many

    def tell(counts: Counts) -> None:
        if is_terminal():
            progress.reached(counts.done, len(plan.going), "recording")
        elif counts.done < len(plan.going):
            note(f"recorded {counts.done} of {len(plan.going)}")

    own = {event.text_digest for _, event in plan.going}
    return record_many(
        ledger,
        root,
        _recordings(plan),
        now=workspace.now,
        texts=[text.canonical] if text and text.digest in own else [],
        returning=chosen.are_named,
        tell=tell,
    )


def _recordings(plan: _Recordings) -> Iterator[Recording]:
    """Each with its file, which is read when its turn comes."""
    from letters.ledger.many import Recording

    for one, event in plan.going:
        data = one.read() if one.kept else None
        if one.kept and (data is None or of_file(data) != one.kept):
            hint = "what is recorded stays; say the same again"
            fail(Status.OUTSIDE, f"{one.where}: its evidence was changed meanwhile", hint)
        yield Recording(event, data)


def _say_what_was_done(
    kind: PersonalKind, ledger: Ledger, counts: Counts, plan: _Recordings, text: MailingText | None
) -> None:
    if counts.recorded <= _SHOWN:
        ids = {one.who for one, _ in plan.going}
        for entry in ledger.entries():
            if entry.number >= counts.first > 0 and entry.event.subject in ids:
                digest = entry.event.text_digest
                about = f"text {digest[:16]}" if digest else "no text"
                say(f"{entry.number}  {kind}  {entry.event.subject}  {about}")
    else:
        about = f"text {text.digest[:16]}" if text else "no text"
        people = counted(counts.recorded, "person", "people")
        say(f"{counts.first} to {counts.last}  {kind}  {people}  {about}")
    if counts.known:
        note(f"{counts.known} recorded already by another command")
    if kind == "withdrew":
        note("If the text names one of them, change it: everybody else then signs the new text.")
        note("What was made before still has the names: render every format again, print again, "
             "and delete drafts and older copies.")  # fmt: skip
