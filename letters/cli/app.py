"""The ``letters`` command: its groups, its global options, and the last resort for errors.

Nothing heavy is imported here or at the top of any module of this room: ``letters --help`` answers
at once, and a command loads only the rooms that it enters.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from letters import __version__
from letters.cli import (
    campaign,
    editions,
    followup,
    importing,
    log,
    people,
    printing,
    render,
    rules,
    send,
    sign,
    status,
    templates,
    track,
)
from letters.cli.exit import Status, explain, note
from letters.error import LettersError, place_of


class Front(TyperGroup):
    """All commands; what a person or a pipe does to stop one is no error."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command, ahead of Typer, which would end such a run without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            note("letters: stopped")
            raise typer.Exit(Status.STOPPED) from None
        except BrokenPipeError:
            # Whoever reads has read enough, as in “letters schema | head”.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Status.FINE) from None


app = typer.Typer(
    name="letters",
    cls=Front,
    help="Open letters and petitions from plain files: PDF and DOCX that say the same, and a log "
    "of who signed which text.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"letters {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option("-C", metavar="DIR", help="Work on the campaign in this folder.")
    ] = Path(),
    version: Annotated[  # noqa: ARG001 - the callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Remember the campaign's folder for the command that follows."""
    context.obj = folder


app.command("new")(campaign.new)
app.command("check")(campaign.check)
app.command("render")(render.render)
app.command("send")(send.send)
app.command("print")(printing.print_letters)
app.command("status")(status.status)
app.command("import")(importing.import_people)
app.command("followup")(followup.followup)
app.command("schema")(campaign.schema)
app.command("rules")(rules.rules)
app.add_typer(templates.app, name="templates")
app.add_typer(editions.app, name="editions")
app.add_typer(people.app, name="people")
app.add_typer(sign.app, name="sign")
app.add_typer(track.app, name="track")
app.add_typer(log.app, name="log")


def run() -> None:
    """Run the command line; whatever happens, a person reads a sentence and never a traceback."""
    try:
        app()
    except LettersError as error:
        sys.exit(explain(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        note(f"letters: {where}{error.strerror or 'input or output failed'}")
        sys.exit(Status.OUTSIDE)
    except Exception as error:  # noqa: BLE001 - the last resort
        sys.exit(_unexpected(error))


def _unexpected(error: Exception) -> Status:
    # Without the error's own text, which may hold what nobody should read in a bug report.
    where = place_of(error)
    note(f"letters: unexpected {type(error).__name__} at {where}; please report it")
    return Status.OUTSIDE
