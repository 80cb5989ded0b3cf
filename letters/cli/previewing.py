"""``letters preview``: the letter as it will print, on a local page that follows every save."""

from __future__ import annotations

from typing import Annotated

import typer

from letters import reading
from letters.cli import workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.render import Audience


def preview(
    context: typer.Context,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="A free one unless said.")
    ] = 0,
    edit: Annotated[
        bool, typer.Option("--edit", help="Let the files be changed from the page, too.")
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser.")
    ] = False,
    audience: Annotated[
        Audience,
        typer.Option(help="With “public”, no other copies than those for the public are shown."),
    ] = Audience.RECIPIENT,
) -> None:
    """Show the letter as it prints, on a page of this computer that follows every save."""
    public_only = audience is Audience.PUBLIC
    if edit and public_only:
        hint = "leave one of them out"
        fail(Status.USAGE, "--edit shows what is in the files, and not only to the public", hint)
    root = reading.real(workspace.expect_campaign(context))
    from letters.cli import preview_log
    from letters.preview import serving
    from letters.preview.app import Preview
    from letters.preview.desk import Desk

    door = serving.listening(port)
    desk = Desk(root, preview_log.told, public_only=public_only)
    shown = Preview(desk, door.getsockname()[1], editing=edit)
    address = shown.guard.address

    def ready() -> None:
        say(address)
        note("the page follows every save; Ctrl-C ends it")
        if not no_browser:
            _browse(address)

    serving.serve(shown, door, ready)


def _browse(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        note("no browser could be opened: open the address above")
