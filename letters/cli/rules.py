"""``letters rules``: what a body asks of a letter, and where that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from letters import reading
from letters.cli.exit import Status, as_json, fail, say, stop_on, table
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from letters.check.body import Institution


def rules(
    context: typer.Context,
    body: Annotated[
        str | None, typer.Argument(help="The id of a body; all of them are listed unless named.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the bodies that have rules, or the rules of one, each with its source."""
    from letters.check import body as bodies

    root: Path = reading.real(context.obj)
    known = bodies.known(root)
    if body is not None and body not in known:
        fail(Status.USAGE, f"there is no body “{body}” with rules", did_you_mean(body, known))
    chosen = [_loaded(root, name) for name in (known if body is None else [body])]
    if json:
        as_json([_as_data(one) for one in chosen])
    elif body is None:
        say(table([(one.id, _titled(one)) for one in chosen]))
    else:
        _show(chosen[0])


def _loaded(root: Path, name: str) -> Institution:
    from letters.check import body as bodies

    loaded, problems = bodies.load(root, name)
    stop_on(problems)
    if loaded is None:  # a file that went away in the meantime
        fail(Status.PROBLEMS, f"the rules of “{name}” can’t be read")
    return loaded


def _titled(body: Institution) -> str:
    return body.title + (" (of this campaign)" if body.is_own else "")


def _show(body: Institution) -> None:
    say(f"{_titled(body)}\n")
    for rule in body.rules:
        level = "error" if rule.level == "V" else "warning"
        say(f"{level:<8} {rule.says}\n         {body.source_of(rule)}")
    if body.reminders:
        say("\nNo program can check:")
        for entry in body.reminders:
            say(f"- {entry.text}\n  {body.source_of(entry)}")
    if body.sources:
        say("\nRead in:")
        for source in body.sources.values():
            say(f"- {source}" + (f"\n  {source.url}" if source.url else ""))


def _as_data(body: Institution) -> dict[str, object]:
    return {
        "id": body.id,
        "title": body.title,
        "own": body.is_own,
        "rules": [
            {
                "rule": rule.rule,
                "level": "error" if rule.level == "V" else "warning",
                "says": rule.says,
                "source": body.source_of(rule),
            }
            for rule in body.rules
        ],
        "reminders": [
            {"text": entry.text, "source": body.source_of(entry)} for entry in body.reminders
        ],
    }
