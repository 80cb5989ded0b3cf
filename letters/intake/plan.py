"""What an import will do, before it does anything: one outcome for each row, and none left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct, field

from letters.headway import over
from letters.intake.candidates import Candidate, compared, place_of
from letters.intake.doubles import Person, doubles
from letters.intake.existing import ROLES, ExistingEntry, ExistingPeople
from letters.intake.flat import NO_ITEMS, Items
from letters.intake.ids import Ids
from letters.intake.merging import ASKS_LESS, FieldChange, Merged, merge
from letters.intake.remark import Remark
from letters.intake.remembered import KnownRows, Remembered
from letters.intake.vocabulary import Kind

State: TypeAlias = Literal["new", "updated", "unchanged", "flagged", "refused"]
STATES: tuple[State, ...] = ("new", "updated", "unchanged", "flagged", "refused")

_REMOVED = Remark(
    "flag", "", "was taken in before, and the entry is gone: it is left out",
    "whoever is to come back is added by hand",
)  # fmt: skip
_LOOK = "look whether they are the same; nothing is put together by itself"


class RowOutcome(Struct):
    """What becomes of one row; ``does`` is what is done to the file, flagged or not."""

    number: int
    id: str = ""
    does: Literal["new", "updated", "nothing", "refused"] = "nothing"
    items: Items = NO_ITEMS
    changes: Sequence[FieldChange] = ()
    remarks: tuple[Remark, ...] = ()
    hidden: bool = False
    signed_on: str = ""

    @property
    def signs(self) -> bool:
        """Whether there is an entry that the row speaks for."""
        return bool(self.id) and self.does != "refused" and _REMOVED not in self.remarks

    @property
    def state(self) -> State:
        """What is counted."""
        if self.does == "refused":
            return "refused"
        if any(remark.level == "flag" for remark in self.remarks):
            return "flagged"
        return "unchanged" if self.does == "nothing" else self.does


class ImportPlan(Struct):
    """All outcomes in the order of the rows, and what is to be remembered."""

    outcomes: list[RowOutcome]
    remembered: Remembered
    gone: list[str] = field(default_factory=list)


def plan(
    people: ExistingPeople,
    rows: Iterable[Candidate],
    before: Remembered,
    taken: Iterable[str],
    noun: str,
    *,
    own: bool = False,
) -> ImportPlan:
    """Decide for each row; ``taken`` are ids that must not be given, ``noun`` counts the rows.

    In a list of our ``own`` kind people have ids already, and keep them where they are free.
    """
    found = list(rows)
    entries = people.by_id
    digests = ["" if row.refusals else before.digest(row.key) for row in found]
    matched, left = _matched(people, found, digests, before)
    outcomes: list[RowOutcome] = []
    after = Remembered(before.salt, dict(before.keys))
    told = {"visibility"}.union(*{row.items.keys for row in found})
    ids = Ids(ROLES[people.kind], {*taken, *entries})
    pairs = over(zip(found, digests, matched, strict=True), len(found), "comparing the rows")
    for row, key, (identifier, known) in pairs:
        outcome = RowOutcome(row.number, signed_on=row.signed_on)
        outcome.remarks = row.refusals + row.flags + row.proposals
        outcomes.append(outcome)
        if row.refusals:
            outcome.does = "refused"
            continue
        outcome.hidden = row.hidden
        entry = entries.get(identifier)
        if entry is not None:
            _again(outcome, row, entry, merge(row, entry, known, before, told))
        elif identifier:
            outcome.remarks += (_REMOVED,)
            outcome.hidden = True
        else:
            outcome.does, outcome.items = "new", row.items
        outcome.id = identifier or ids.give(
            row.name, hidden=row.hidden, wanted=row.key[2:] if own else ""
        )
        if known is not None and entry is None:
            after.add(key, known)
        else:
            now = after.known(outcome.id, _settled(row, outcome))
            after.add(key, known if known == now else now)
    _tell_doubles(people, found, outcomes, noun)
    lost = {known.id for known in left}
    gone = [one for one in entries if one in lost]  # in the order of the file, every time
    for key, kept_rows in before.rows.items() if left else ():
        for one in kept_rows:
            if one in left:
                after.add(key, one)
    return ImportPlan(outcomes, after, gone)


def _settled(row: Candidate, outcome: RowOutcome) -> Items:
    """What is not to be said again next week; how much may be printed is said until it is fixed."""
    if any(one.message.startswith(ASKS_LESS) for one in outcome.remarks):
        return row.own.without("visibility")
    return row.own


def _again(outcome: RowOutcome, row: Candidate, entry: ExistingEntry, merged: Merged) -> None:
    """A row whose entry is there."""
    # What was said of a row when it came in isn’t said every week, while it says the same.
    if not merged.changes:
        outcome.remarks = ()
    outcome.remarks += tuple(merged.flags)
    outcome.changes = merged.changes
    outcome.does = "updated" if merged.changes else "nothing"
    outcome.hidden = row.hidden or entry.hidden


def _matched(
    people: ExistingPeople,
    rows: Sequence[Candidate],
    digests: Sequence[str],
    before: Remembered,
) -> tuple[list[tuple[str, KnownRows | None]], set[KnownRows]]:
    """For each row the id of its entry ("" for none); and the rows of before that are missing."""
    found: list[tuple[str, KnownRows | None]] = [("", None)] * len(rows)
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, digest in enumerate(digests):
        if digest:
            waiting[digest].append(index)
    left = {one for key, kept in before.rows.items() if key not in waiting for one in kept}
    unknown: list[int] = []
    for key, indexes in waiting.items():
        there = before.rows.get(key, ())
        if len(there) == len(indexes) == 1:
            found[indexes[0]] = (there[0].id, there[0])
            continue
        kept = list(there)
        rest = []
        for index in indexes:
            same = next((k for k in kept if _says_same(rows[index], k, before)), None)
            if same is None:
                rest.append(index)
            else:
                kept.remove(same)
                found[index] = (same.id, same)
        for index in rest:
            if kept:
                one = kept.pop(0)
                found[index] = (one.id, one)
            else:
                unknown.append(index)
        left.update(kept)
    if unknown and people.entries:
        remembered = {one.id for kept in before.rows.values() for one in kept}
        _adopt(people, rows, sorted(unknown), found, remembered)
    return found, left


def _says_same(row: Candidate, known: KnownRows, before: Remembered) -> bool:
    return known == before.known(known.id, row.own)


def _adopt(
    people: ExistingPeople,
    rows: Sequence[Candidate],
    unknown: Iterable[int],
    found: list[tuple[str, KnownRows | None]],
    remembered: set[str],
) -> None:
    """Entries that were not imported, or not here, and are this row’s beyond doubt.

    That is: the same mailbox and the same name, or every value of the row, word for word.
    """
    by_name: dict[str, list[ExistingEntry]] = defaultdict(list)
    for entry in people.entries:
        if entry.id not in remembered:
            by_name[compared(entry.name)].append(entry)
    for index in unknown:
        row = rows[index]
        others = by_name.get(row.compared, [])
        for entry in others:
            box = _mailbox(entry, people.kind)
            if (box and box == row.mailbox) or all(entry.value(k) == w for k, w in row.own):
                found[index] = (entry.id, None)
                others.remove(entry)
                break


def _mailbox(entry: ExistingEntry, kind: Kind) -> str:
    from letters.campaign.mailboxes import mailbox_of

    written = entry.value("contact.email" if kind == "signatories" else "email")
    return mailbox_of(str(written)) if written else ""


def _tell_doubles(
    people: ExistingPeople, rows: Sequence[Candidate], outcomes: Sequence[RowOutcome], noun: str
) -> None:
    """Flag who is new and may be there already, in the file or further up in the list."""
    if not any(outcome.does == "new" for outcome in outcomes):
        return
    ours = {outcome.id for outcome in outcomes if outcome.id}
    others = [entry for entry in people.entries if entry.id not in ours]
    everybody = [*(_of_entry(people.kind, entry) for entry in others)]
    offset = len(everybody)
    at_row = [index for index, outcome in enumerate(outcomes) if outcome.id]
    for index in at_row:
        row, is_new = rows[index], outcomes[index].does == "new"
        everybody.append(
            Person(row.number, row.compared, row.mailbox, row.place(people.kind), is_new)
        )
    who = "person" if people.kind == "signatories" else "recipient"
    for double in doubles(everybody, who, noun):
        index = double.index if double.index >= offset else double.other
        outcome = outcomes[at_row[index - offset]]
        if outcome.does == "new" and index == double.index:
            column = "email" if double.is_mailbox else "name"
            outcome.remarks += (Remark("flag", column, double.message, _LOOK),)


def _of_entry(kind: Kind, entry: ExistingEntry) -> Person:
    return Person(
        entry.place, compared(entry.name), _mailbox(entry, kind),
        place_of(kind, entry.value), new=False,
    )  # fmt: skip


def counts(outcomes: Iterable[RowOutcome]) -> dict[State, int]:
    """How many rows there are of each state."""
    found = dict.fromkeys(STATES, 0)
    for outcome in outcomes:
        found[outcome.state] += 1
    return found


def remarks(outcomes: Iterable[RowOutcome]) -> Iterator[tuple[RowOutcome, Remark]]:
    """All that is to be said, row by row."""
    for outcome in outcomes:
        for remark in outcome.remarks:
            yield outcome, remark
