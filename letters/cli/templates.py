"""``letters templates list|show|eject``."""

from __future__ import annotations

from os.path import lexists
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli.exit import Status, as_json, fail, note, say, table
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.schema import TemplateFile
    from letters.campaign.shelf import Shelf

app = typer.Typer(help="The letter templates, and how to make one your own.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The template, as “letters templates list” shows it.")]


@app.command("list")
def list_all(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the templates that a campaign can use."""
    shelf = _shelf(context)
    found = [
        {
            "name": name,
            "title": _declaration(shelf, name).title,
            "languages": shelf.languages(name),
            "own": shelf.is_own(name),
        }
        for name in shelf.names()
    ]
    if json:
        as_json(found)
        return
    say(
        table(
            [
                (
                    str(entry["name"]),
                    ", ".join(shelf.languages(str(entry["name"]))),
                    str(entry["title"]) + (" (changed in this campaign)" if entry["own"] else ""),
                )
                for entry in found
            ]
        )
    )


@app.command()
def show(context: typer.Context, name: Name) -> None:
    """Say what a template is for, which values it needs, and where its files lie."""
    shelf = _known(context, name)
    declared = _declaration(shelf, name)
    say(f"{declared.title}\n\n{declared.description}\n")
    if declared.values:
        say("Values it needs in letter.yaml:")
        say(
            table(
                [
                    (f"  {key}", rule.type, "" if rule.required else "(may be left out)", rule.help)
                    for key, rule in declared.values.items()
                ]
            )
        )
        say("")
    for file in _files(shelf, name):
        path = shelf.find(name, file)
        say(str(path))


@app.command()
def eject(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The template, the theme, or cover-note.")],
    reference: Annotated[
        bool,
        typer.Option("--reference", help="With a theme: also make its reference.docx, for Word."),
    ] = False,
) -> None:
    """Copy a template or a theme into the campaign, to edit it; what is there already is kept."""
    from letters.campaign.shelf import COVER_NOTE

    shelf = _shelf(context)
    templates, themes = [*shelf.names(), COVER_NOTE], shelf.themes()
    is_template, is_theme = name in templates, name in themes
    if not is_template and not is_theme:
        hint = did_you_mean(name, [*templates, *themes])
        fail(Status.USAGE, f"there is no template “{name}”, and no theme", hint)
    if reference and not is_theme:
        fail(Status.USAGE, "--reference is for themes", f"known: {', '.join(shelf.themes())}")
    if not (shelf.root / "letter.yaml").is_file():
        hint = "name its folder with -C"
        fail(Status.USAGE, "a template is ejected into a campaign, and there is none here", hint)
    for kept, chosen in (((name,), is_template), (("themes", name), is_theme)):
        if chosen:
            _stay_inside(shelf, kept)
    if is_template and is_theme:
        note(f"“{name}” is a template and a theme: both are copied")
    if is_template:
        _copy(shelf, (name,), _files(shelf, name))
    if is_theme:
        _copy(shelf, ("themes", name), ["theme.yaml", "letter.css"])
    if reference:
        _make_reference(shelf, name)


def _stay_inside(shelf: Shelf, folder: tuple[str, ...]) -> None:
    """A linked folder could lead anywhere; files there are not the campaign's."""
    path = shelf.root.joinpath("templates", *folder)
    if path.resolve() != path:
        hint = "remove the link, or copy the files by hand"
        fail(Status.REFUSED, f"{path} is reached by a link, and letters doesn’t write there", hint)


def _copy(shelf: Shelf, folder: tuple[str, ...], names: list[str]) -> None:
    """Copy those files that the template or theme has and the campaign has not."""
    from letters import files

    for name in names:
        path = "/".join(("templates", *folder, name))
        source = shelf.find(*folder, name)
        if source is None and not lexists(shelf.root / path):
            continue
        if source is None or lexists(shelf.root / path):
            note(f"kept as it is: {path}")
            continue
        files.replace(shelf.root / path, source.read_bytes())
        say(path)


def _make_reference(shelf: Shelf, name: str) -> None:
    from letters import files
    from letters.press.docx.specimen import write_specimen
    from letters.press.themes import plain_theme

    path = f"templates/themes/{name}/reference.docx"
    if lexists(shelf.root / path):
        note(f"kept as it is: {path}")
        return
    files.replace(shelf.root / path, write_specimen(plain_theme(shelf, name)))
    say(path)


def _shelf(context: typer.Context) -> Shelf:
    from letters.campaign.shelf import Shelf

    return Shelf(context.obj.resolve())


def _known(context: typer.Context, name: str) -> Shelf:
    shelf = _shelf(context)
    if name not in shelf.names():
        hint = did_you_mean(name, shelf.names())
        fail(Status.USAGE, f"there is no template “{name}”", hint)
    return shelf


def _files(shelf: Shelf, name: str) -> list[str]:
    bodies = [f"letter.{language}.md" for language in shelf.languages(name)]
    return ["template.yaml", *bodies]


def _declaration(shelf: Shelf, name: str) -> TemplateFile:
    from letters.campaign.schema import TemplateFile
    from letters.campaign.source import read
    from letters.campaign.validate import validate

    file = shelf.find(name, "template.yaml")
    if file is None:
        return TemplateFile(title="(no template.yaml)")
    source, _ = read(file, shelf.shown(file))
    declared, _ = validate(TemplateFile, source)
    return declared or TemplateFile(title="(template.yaml has mistakes: run “letters check”)")
