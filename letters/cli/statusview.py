"""What ``letters status`` shows: for a person at a terminal, and for a program."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from letters.cli import (
    draft_reasons,
    finished_letters,
    paper_status,
    statuslists,
    unsigned_letters,
)
from letters.cli.exit import note, say
from letters.cli.narrowed import some
from letters.cli.statuslists import StatusRow
from letters.counting import counted

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import ShownSignatories
    from letters.campaign.tally import Tally
    from letters.cli.log_records import LogRecords
    from letters.cli.statuslists import Narrowing
    from letters.ledger.details import Reason
    from letters.ledger.status import SignatoryStatus
    from letters.post.answers.progress import Delivery, Progress


class Overview(Struct, frozen=True):
    """Where a campaign stands; ``letters`` is how far each recipient's has come, in a word.

    ``outdated`` has by recipient, for whom the letter is outdated, its files with what has changed;
    ``since`` what of a recipient is another than when something went to them.
    """

    campaign: Campaign
    records: LogRecords
    known: Sequence[Progress]
    letters: Sequence[str]
    outdated: Mapping[str, Mapping[str, tuple[str, ...]]]
    since: Mapping[str, Sequence[str]]

    @property
    def tag(self) -> str:
        """The language in which names are shown."""
        return self.campaign.letter.languages[0]

    @property
    def counted(self) -> Tally:
        """Who stands signed, by kind."""
        from letters.campaign import shown
        from letters.campaign.tally import tally

        views = shown.signatories(self.campaign)
        return tally(views.outlines, self.records.states, views.withheld)


def as_json(found: Overview, chosen: Narrowing) -> dict[str, Any]:
    """All who are chosen, and the totals of all; names that are protected are replaced."""
    records, counted = found.records, found.counted
    under = unsigned_letters.signatures_to(found.campaign, records)
    as_of = records.as_of.isoformat() if records.as_of else None
    return {
        "text_digest": records.digest,
        "signatures": {
            **asdict(counted),
            "total": counted.total,
            "as_of": as_of,
            **paper_status.as_json(records.paper),
        },
        "signatories": [
            {
                "id": row.id,
                "name": row.name(),
                "state": row.state,
                "digest": person.digest or None,
                "editions": list(person.editions),
                "changed": list(person.changed),
                "bound": person.form is not None,
            }
            for person, row in zip(records.people, _signatories(found), strict=True)
            if chosen.takes(row.id, row.state, row.name)
        ],
        "recipients": [
            {
                "id": recipient.id,
                "name": recipient.name.shown(found.tag),
                "state": letter,
                "sent": [
                    {
                        "channel": one.channel,
                        "state": one.state,
                        "on": one.on.isoformat(),
                        "text_digest": one.text_digest,
                        **_why(one),
                    }
                    for one in known.deliveries
                ],
                "answers": [{"kind": one.kind, "on": one.on.isoformat()} for one in known.answers],
                "looked": known.looked.isoformat() if known.looked else None,
                "due": known.due.isoformat() if known.due else None,
                "changed": _changes(found, recipient.id),
            }
            | _changed_json(found.since.get(recipient.id, ()))
            | ({"signatures": under[recipient.id]} if under else {})
            for recipient, known, letter in zip(
                found.campaign.recipients, found.known, found.letters, strict=True
            )
            if chosen.takes(recipient.id, letter, partial(recipient.name.shown, found.tag))
        ],
    }


def _changes(found: Overview, recipient: str) -> list[str]:
    """What has changed since the letters to a recipient were made, each once."""
    files = found.outdated.get(recipient, {}).values()
    return list(dict.fromkeys(change for changes in files for change in changes))


def _changed_json(parts: Sequence[str]) -> dict[str, list[str]]:
    """What has changed since something went to a recipient; no key where nothing has."""
    return {"changed_since_sent": list(parts)} if parts else {}


def show(found: Overview, chosen: Narrowing, today: dt.date) -> None:
    """A summary, and the lists; what needs doing is said last, as messages."""
    say(f"{found.campaign.letter.title.get(found.tag)}\ntext digest {found.records.digest}\n")
    _totals(found)
    paper_status.show(found.records.paper)
    statuslists.show(
        ("SIGNATORY", "STATE"), _signatories(found), chosen, "signatories", "signatory"
    )
    statuslists.show(("RECIPIENT", "LETTER"), _recipients(found), chosen, "recipients", "recipient")
    _stale(found.records.of("stale"))
    finished_letters.tell(
        {p: c for files in found.outdated.values() for p, c in files.items()}, "outdated"
    )
    _returned(found)
    _changed(found.since)
    for tag, ids in found.records.outdated.items():
        _stale(ids, f" in {tag}")
    draft_reasons.changed(found.records)
    unsigned_letters.tell(found.campaign, found.records)
    _forms(found.records)
    _overdue([one.recipient for one in found.known if one.due and one.due < today])


def _totals(found: Overview) -> None:
    """How many are in each state, before anybody is listed."""
    from letters.draft.language import language_of
    from letters.draft.signatures import signed_by

    for noun, many, states in (
        ("signatory", "signatories", [person.state for person in found.records.people]),
        ("recipient", "recipients", found.letters),
    ):
        each = ", ".join(f"{number} {state}" for state, number in Counter(states).items())
        say(f"{counted(len(states), noun, many)}: {each}")
    tally, as_of = found.counted, found.records.as_of
    paper = found.records.paper
    on_paper = paper.valid if paper else 0
    if (tally.total or on_paper) and as_of:
        line = signed_by(tally, as_of, language_of(found.campaign, found.tag), on_paper)
        say(line + (f" Withheld names among them: {tally.withheld}." if tally.withheld else ""))


def _signatories(found: Overview) -> list[StatusRow]:
    """With their names as they may be seen."""
    from letters.campaign import shown

    views = shown.signatories(found.campaign)
    return [
        StatusRow(person.id, person.state, partial(_name, views, number, person, found.tag))
        for number, person in enumerate(found.records.people)
    ]


def _name(views: ShownSignatories, number: int, person: SignatoryStatus, tag: str) -> str:
    """The name as it may be seen; it is replaced where its owner did not agree to show it."""
    signatory = views[number].as_agreed(person.changed)
    if signatory.name:
        return signatory.name.shown(tag)
    described = signatory.description.get(tag) if signatory.description else None
    return f"({described or 'name withheld'})"


def _recipients(found: Overview) -> list[StatusRow]:
    every = zip(found.campaign.recipients, found.known, found.letters, strict=True)
    return [
        StatusRow(one.id, letter, partial(one.name.shown, found.tag), known.due)
        for one, known, letter in every
    ]


def _why(one: Delivery) -> dict[str, str]:
    """Why it came back, and of which class that is; nothing where it did not."""
    from letters.post.return_reasons import CLASS_OF

    return {"reason": one.reason, "class": CLASS_OF[one.reason]} if one.reason else {}


def _returned(found: Overview) -> None:
    """Of the letters that came back, and are where they were: why, and what to do."""
    from letters.post.return_reasons import WORDS, advice

    groups: defaultdict[tuple[Reason, str], list[str]] = defaultdict(list)
    for known in found.known:
        if known.state == "bounced":
            last = next(one for one in reversed(known.deliveries) if one.reason)
            groups[last.reason or "unknown", last.channel].append(known.recipient)
    for (reason, channel), names in groups.items():
        note(f"came back, {WORDS[reason]}: {some(names)} ({advice(reason, channel)})")


def _stale(stale: Sequence[str], where: str = "") -> None:
    if stale:
        note(
            f"warning: {len(stale)} signed an earlier text{where}: {some(stale)} "
            "(show them the text as it is, then “letters sign reaffirm ID …”)"
        )


def _changed(changed: Mapping[str, Sequence[str]]) -> None:
    if changed:
        said = some([f"{who} ({', '.join(parts)})" for who, parts in changed.items()], "; ")
        note(f"changed since it went to them: {said} (has it reached the right one?)")


def _forms(records: LogRecords) -> None:
    """Whose printed form somebody answered for, and whose signature is bound to none."""
    from letters.ledger.bound_form import ApprovedForm

    signed = [person for person in records.people if person.state == "signed"]
    approved = [
        f"{person.id} ({', '.join(person.form.changed)})"
        for person in signed
        if isinstance(person.form, ApprovedForm)
    ]
    if approved:
        note(
            f"{len(approved)} printed in a form that somebody else answered for: "
            f"{some(approved, '; ')} (“letters log show”)"
        )
    unbound = [person.id for person in signed if person.form is None]
    if unbound:
        note(
            f"{len(unbound)} not bound to a printed form: {some(unbound)} (they count; where "
            "you are sure that the form is theirs, “letters sign bind ID …”, or --all)"
        )


def _overdue(late: Sequence[str]) -> None:
    if late:
        note(
            f"{counted(len(late), 'answer')} overdue: {some(late)} "
            "(look for it, record what you found with “letters track reply”, then “letters "
            "followup DIR” starts the next letter)"
        )
