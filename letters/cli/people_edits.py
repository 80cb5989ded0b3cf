"""``letters people add|set|remove``: the files of people, edited and shown as a diff.

What is to be written is checked as “letters check” would, and nothing is written where it would
find an error. Values are never repeated in a message: they may be protected.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from letters.cli import people_log, people_view, workspace
from letters.cli.exit import Status, fail, note, report, say
from letters.problem import CampaignError, has_errors

if TYPE_CHECKING:
    from letters.campaign.neutral import Role
    from letters.campaign.people_edit import People
    from letters.campaign.people_plan import EditPlan
    from letters.campaign.yaml_nodes import Plain
    from letters.problem import Problem

Values = Annotated[
    list[str],
    typer.Argument(metavar="KEY=VALUE …", help="As role=Chair or name.family=Birch."),
]
Identifier = Annotated[str, typer.Argument(metavar="ID", help="Whose record it is.")]
Recipient = Annotated[bool, typer.Option("--recipient", help="A recipient and no signatory.")]


def add(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The new id.")],
    values: Values,
    recipient: Recipient = False,
) -> None:
    """Write somebody into the list of signatories, or of recipients."""
    from letters.campaign.people_edit import People, merged

    root = workspace.expect_people(context)
    role: Role = "recipient" if recipient else "signatory"
    record = merged(None, _changes(values))
    known = people_log.known(root, role, identifier, acting=True)
    if known.is_erased or known.now:
        hint = "choose another one"
        fail(Status.REFUSED, "the log knows this id as one that is not in force any more", hint)
    people = _read(People(root, role))
    plan = people.plan(new={identifier: record})
    _write(plan, people)
    if known.kinds:
        note(f"{known}: it is theirs now; if this is somebody else, give them another id")


def change(
    context: typer.Context, identifier: Identifier, values: Values, recipient: Recipient = False
) -> None:
    """Give keys of somebody’s record other values; “KEY=” takes one away."""
    from letters.campaign.shown import hides_name

    root = workspace.expect_people(context)
    changes = _changes(values)
    if "id" in changes:
        hint = "“letters people rename OLD NEW” does it, in the log too"
        fail(Status.USAGE, "the id is not changed in this way", hint)
    people = _of(root, identifier, recipient=recipient)
    plan = people.plan(changes={identifier: changes})
    if not plan.edits:
        note("nothing to change: all of it stands there already")
        return
    known = people_log.known(root, people.role, identifier)
    _write(plan, people, of=identifier)
    if people.role == "signatory" and hides_name(changes.get("visibility")):
        note(
            "What was made before may still have the name: render every format again, print again, "
            "and delete drafts and older copies."
        )
    if known.position == "signed":
        note(
            "they have signed: look with “letters status” whether what is printed needs their word"
        )
    elif known.weighs:
        note("letters have gone to them: look with “letters status” what they reached")


def remove(
    context: typer.Context,
    identifier: Identifier,
    recipient: Recipient = False,
    confirm: Annotated[
        str,
        typer.Option("--confirm", metavar="ID", help="The id again, where the log knows them."),
    ] = "",
) -> None:
    """Take somebody out of the files; what the log has of them stays in it."""
    root = workspace.expect_people(context)
    people = _of(root, identifier, recipient=recipient)
    if len(people) == 1:
        hint = "add somebody else first"
        fail(Status.REFUSED, f"this is the only {people.role}, and a letter needs one", hint)
    known = people_log.known(root, people.role, identifier, acting=True)
    plan = people.plan(removed=[identifier])
    for line in plan.diff():
        say(line)
    note(str(known))
    if confirm and confirm != identifier:
        fail(Status.USAGE, "--confirm names somebody else")
    if known.weighs and not confirm and not _agreed(people.role):
        hint = f"to do it, add --confirm {identifier}"
        fail(Status.REFUSED, "nothing was changed", hint)
    plan.write()
    note(f"{people.place(identifier)}: the record was taken out")
    if known.kinds and people.role == "signatory":
        note(f"what the log has of them stays: “letters log erase {identifier}” forgets it")


def _agreed(role: Role) -> bool:
    question = "They have signed. Take them out" if role == "signatory" else "Take them out"
    return sys.stdin.isatty() and typer.confirm(f"{question}?", err=True)


def _changes(said: Sequence[str]) -> dict[str, Plain]:
    """What is said as KEY=VALUE, as groups within groups; None where nothing is behind the “=”."""
    changes: dict[str, Any] = {}
    for one in said:
        key, sign, value = one.partition("=")
        steps = key.strip().split(".")
        if not sign or not all(steps):
            fail(Status.USAGE, "a value is given as KEY=VALUE", "such as role=Chair")
        inner = changes
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                fail(
                    Status.USAGE, f"{steps[0]} is given as a whole and in parts", "say one of them"
                )
        if steps[-1] in inner:
            fail(Status.USAGE, f"{key} is given twice", "say it once")
        inner[steps[-1]] = _value(key, value.strip())
    return changes


def _value(key: str, said: str) -> Plain:
    """A text as it is; what begins with a bracket is a list or a group, as in the files."""
    from letters.campaign.source import parse
    from letters.campaign.yaml_records import plain

    if not said:
        return None
    if said[0] not in "[{":
        return said
    source, problems = parse(said.encode(), "")
    if problems:
        hint = "write [one, two] or {en: one, fr: two}, with the whole argument in quotes"
        fail(Status.USAGE, f"the value of {key} is no list and no group", hint)
    found: Plain = plain(source.root)
    return found or None


def _of(root: Path, identifier: str, *, recipient: bool) -> People:
    """The list in which somebody is; ends the command where that is none."""
    from letters.campaign.people_edit import People
    from letters.campaign.roll import everybody

    roles: tuple[Role, ...] = ("recipient",) if recipient else ("signatory", "recipient")
    lists = [_read(People(root, role)) for role in roles]
    for people in lists:
        if identifier in people:
            return people
    return people_view.nobody((one for one in everybody(root)[0] if one.role in roles), identifier)


def _read(people: People) -> People:
    """The list, unless it can’t be read whole: then somebody could be lost."""
    if has_errors(people.problems):
        raise CampaignError(people.problems)
    return people


def _write(plan: EditPlan, people: People, *, of: str = "") -> None:
    """Look at what is to be written as “letters check” does, show it, and write it.

    ``of`` is the id of whoever is in the list already.
    """
    from letters.campaign import recordcheck

    problems = [
        _told(one, people, of) for one in recordcheck.look(plan.root, plan.role, plan.records)
    ]
    if has_errors(problems):
        report(problems)
        fail(Status.PROBLEMS, "nothing was written")
    for line in plan.diff():
        say(line)
    plan.write()
    report(problems)


def _told(problem: Problem, people: People, of: str) -> Problem:
    """The problem, with a hint that fits what has not been written yet."""
    from letters.campaign.neutral import neutral
    from letters.campaign.personcheck import GIVES_AWAY

    if problem.message != GIVES_AWAY:
        return problem
    if of:
        return replace(problem, hint=f"“letters people rename {of} --write” first; then this again")
    free = next(neutral(people.role, people))
    return replace(problem, hint=f"say it with another id, such as {free}")
