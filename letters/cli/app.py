"""The ``letters`` command: its groups, its global options, and the last resort for errors.

Nothing heavy is imported here or at the top of any module of this room: ``letters --help`` answers
at once, and a command loads its own module and the rooms that it enters.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from letters import __version__
from letters.cli import environment
from letters.cli.exit import Status, explain, note
from letters.error import LettersError

_IN_THEIR_ORDER = {
    "new": "campaign.new",
    "check": "campaign.check",
    "render": "render.render",
    "preview": "previewing.preview",
    "send": "send.send",
    "print": "printing.print_letters",
    "status": "status.status",
    "compare": "compare.compare",
    "pull": "pull.pull",
    "redline": "redline.redline",
    "import": "importing.import_people",
    "followup": "followup.followup",
    "schema": "campaign.schema",
    "rules": "rules.rules",
    "templates": "templates.app",
    "editions": "editions.app",
    "people": "people.app",
    "sign": "sign.app",
    "track": "track.app",
    "log": "log.app",
}
"""Each command, or group of commands, by its module in this room and its name there."""


class _Commands(Mapping[str, Any]):
    """The commands, each of which is loaded when it is asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            module, _, named = _IN_THEIR_ORDER[name].partition(".")
            found = getattr(importlib.import_module(f"letters.cli.{module}"), named)
            whole = typer.Typer(add_completion=False, rich_markup_mode=None)
            whole.callback()(lambda: None)
            if isinstance(found, typer.Typer):
                whole.add_typer(found, name=name)
            else:
                whole.command(name)(found)
            group: Any = typer.main.get_command(whole)
            self._loaded[name] = group.commands[name]
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_IN_THEIR_ORDER)

    def __len__(self) -> int:
        return len(_IN_THEIR_ORDER)


# Whatever is wrong in a command line, which has no public name in Typer.
_WRONG_USE: Any = typer.BadParameter.__base__


class Front(TyperGroup):
    """All commands; what a person or a pipe does to stop one is no error."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast("Any", _Commands())  # nothing is ever added to them

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command, ahead of Typer, which would end such a run without a word."""
        _silence()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            note("letters: stopped")
            raise typer.Exit(Status.STOPPED) from None
        except BrokenPipeError:
            # Whoever reads has read enough, as in “letters schema | head”.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Status.FINE) from None
        except _WRONG_USE as error:
            if getattr(error, "option_name", "") == "-C":
                error.message += " (it stands before the command: letters -C DIR COMMAND)"
            raise


def _silence() -> None:
    """Keep libraries from writing what they stumble over, which may be out of anybody's file."""
    import logging

    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())


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


def run() -> None:
    """Run the command line; whatever happens, a person reads a sentence and never a traceback."""
    try:
        try:
            environment.mend()
            app()
        except LettersError as error:
            status = explain(error)
        except OSError as error:
            from letters.cli.bug import failed

            status = failed(error)
        else:
            return
    except Exception as error:  # noqa: BLE001 - the last resort, of telling what went wrong as well
        status = _told(error)
    sys.exit(status)


def _told(error: Exception) -> Status:
    """Tell of a mistake in the program, without what was said to the command: it may be a name."""
    command = next((word for word in sys.argv[1:] if word in _IN_THEIR_ORDER), "-")
    try:
        from letters.cli.bug import told

        return told(error, command)
    except Exception:  # noqa: BLE001 - what is broken here must not bring its words to the screen
        sys.stderr.write("letters: a mistake in the program itself, not reported anywhere\n")
        return Status.BUG
