"""Signatures of those who came in with a list: each is shown by the person’s own row of it.

Only who has taken no position yet is recorded. Who declined or withdrew, and who signed an earlier
text, is left out and said: an old list is no new word of theirs.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from letters.cli import shared_evidence, sign_choice, signed_text, workspace
from letters.cli.exit import note, say
from letters.counting import counted

if TYPE_CHECKING:
    import typer

    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.intake.task import SignedRow
    from letters.ledger.history import History
    from letters.ledger.many import Counts, Recording

_LONG_AGO = dt.timedelta(days=366)


def record(
    context: typer.Context, signed: Sequence[SignedRow], source: str, *, write: bool
) -> None:
    """Record who signed by a row of the list; without ``write``, say how many that are."""
    from letters.ledger.many import record_many

    if not write:
        people = counted(len(signed), "person", "people")
        note(f"--sign records, together with --write, that {people} signed the text as it is then")
        return
    campaign = workspace.open_campaign(context)
    text = workspace.workshop(context).text()
    with workspace.open_ledger(campaign) as ledger:
        before = ledger.entries()
        recordings = list(_recordings(campaign, text, ledger.history(), signed, source))
        if not recordings:
            note("there is no signature to record")
            return

        def tell(counts: Counts) -> None:
            if counts.done < len(recordings):
                note(f"recorded {counts.done:,} of {len(recordings):,}")

        counts = record_many(
            ledger, campaign.root, recordings,
            now=workspace.now, texts=[text.canonical], tell=tell,
        )  # fmt: skip
        people = counted(counts.recorded, "person", "people")
        say(f"{counts.first} to {counts.last}  signed  {people}  text {text.digest[:16]}")
        who = {one.event.subject for one in recordings}
        asked = signed_text.asked_of(before, who)
        signed_text.look_whether_seen(text, "signed", asked, ledger)
        kept = [(one.event.evidence.digest, one.event.subject) for one in recordings]
    shared_evidence.remark(kept, before)


def _recordings(
    campaign: Campaign,
    text: MailingText,
    history: History,
    signed: Sequence[SignedRow],
    source: str,
) -> Iterator[Recording]:
    """What is to be recorded; who is left out is said, by reason."""
    from letters.campaign import printed_form
    from letters.ledger.bound_form import Form
    from letters.ledger.events import Event, Evidence
    from letters.ledger.many import Recording

    forms, left = printed_form.forms(campaign), defaultdict[str, list[str]](list)
    undated: list[str] = []
    for one in signed:
        if one.id not in forms:
            left["the entry is not in the campaign any more"].append(one.id)
            continue
        if reason := _spoke(history, text, one.id):
            left[reason].append(one.id)
            continue
        day = dt.date.fromisoformat(one.day) if one.day else None
        if day and not _is_likely(day, campaign.letter.date):
            undated.append(one.id)
            day = None
        yield Recording(
            Event(
                "signed", one.id, text.digest, Evidence.of_file(one.evidence, kept=True),
                f"list {source}", "", day, Form.of(forms[one.id][0], ()),
            ),
            one.evidence,
        )  # fmt: skip
    sign_choice.show_left(left)
    if undated:
        note(f"recorded without the day of their row, which is no likely one: {len(undated)}")


def _spoke(history: History, text: MailingText, who: str) -> str:
    """Why nothing is to be recorded of somebody; "" where there is something."""
    place = history.people.get(who)
    if place is None or place.position in {"none", "invited"}:
        return ""
    if place.position == "signed":
        is_this = text.digest in place.signed
        return "signed already" if is_this else "signed an earlier text: ask them about this one"
    return f"{place.position} before: ask them, and record what they say"


def _is_likely(day: dt.date, letter: dt.date) -> bool:
    """Whether somebody can have signed that day: not one to come, and not in another year."""
    today = workspace.today()
    return min(today, letter) - _LONG_AGO <= day <= today
