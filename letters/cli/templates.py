"""``letters templates list|show|eject``."""

from __future__ import annotations

from os.path import lexists
from typing import TYPE_CHECKING, Annotated

import typer

from letters import reading
from letters.cli.exit import Status, as_json, fail, note, say, table
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.schema import TemplateFile
    from letters.campaign.template_files import TemplateFiles

app = typer.Typer(help="The letter templates, and how to make one your own.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The template, as “letters templates list” shows it.")]


@app.command("list")
def list_all(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the templates that a campaign can use."""
    template_files = _template_files(context)
    found = [
        {
            "name": name,
            "title": _declaration(template_files, name).title,
            "languages": template_files.languages(name),
            "own": template_files.is_own(name),
        }
        for name in template_files.names()
    ]
    if json:
        as_json(found)
        return
    say(
        table(
            [
                (
                    str(entry["name"]),
                    ", ".join(template_files.languages(str(entry["name"]))),
                    str(entry["title"]) + (" (changed in this campaign)" if entry["own"] else ""),
                )
                for entry in found
            ]
        )
    )


@app.command()
def show(context: typer.Context, name: Name) -> None:
    """Say what a template is for, which values it needs, and where its files lie."""
    template_files = _known(context, name)
    declared = _declaration(template_files, name)
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
    for file in _files(template_files, name):
        path = template_files.find(name, file)
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
    from letters.campaign.template_files import COVER_NOTE

    template_files = _template_files(context)
    templates, themes = [*template_files.names(), COVER_NOTE], template_files.themes()
    is_template, is_theme = name in templates, name in themes
    if not is_template and not is_theme:
        hint = did_you_mean(name, [*templates, *themes])
        fail(Status.USAGE, f"there is no template “{name}”, and no theme", hint)
    if reference and not is_theme:
        fail(
            Status.USAGE,
            "--reference is for themes",
            f"known: {', '.join(template_files.themes())}",
        )
    if not (template_files.root / "letter.yaml").is_file():
        hint = "name its folder with -C"
        fail(Status.USAGE, "a template is ejected into a campaign, and there is none here", hint)
    for kept, chosen in (((name,), is_template), (("themes", name), is_theme)):
        if chosen:
            _stay_inside(template_files, kept)
    if is_template and is_theme:
        note(f"“{name}” is a template and a theme: both are copied")
    if is_template:
        _copy(template_files, (name,), _files(template_files, name))
    if is_theme:
        _copy(template_files, ("themes", name), ["theme.yaml", "letter.css"])
    if reference:
        _make_reference(template_files, name)


def _stay_inside(template_files: TemplateFiles, folder: tuple[str, ...]) -> None:
    """A linked folder could lead anywhere; files there are not the campaign's."""
    path = template_files.root.joinpath("templates", *folder)
    if reading.real(path) != path:
        hint = "remove the link, or copy the files by hand"
        fail(Status.REFUSED, f"{path} is reached by a link, and letters doesn’t write there", hint)


def _copy(template_files: TemplateFiles, folder: tuple[str, ...], names: list[str]) -> None:
    """Copy those files that the template or theme has and the campaign has not."""
    from letters import files

    for name in names:
        path = "/".join(("templates", *folder, name))
        source = template_files.find(*folder, name)
        if source is None and not lexists(template_files.root / path):
            continue
        if source is None or lexists(template_files.root / path):
            note(f"kept as it is: {path}")
            continue
        files.replace(template_files.root / path, source.read_bytes())
        say(path)


def _make_reference(template_files: TemplateFiles, name: str) -> None:
    from letters import files
    from letters.press.docx.specimen import write_specimen
    from letters.press.themes import plain_theme

    path = f"templates/themes/{name}/reference.docx"
    if lexists(template_files.root / path):
        note(f"kept as it is: {path}")
        return
    files.replace(template_files.root / path, write_specimen(plain_theme(template_files, name)))
    say(path)


def _template_files(context: typer.Context) -> TemplateFiles:
    from letters.campaign.template_files import TemplateFiles

    return TemplateFiles(reading.real(context.obj))


def _known(context: typer.Context, name: str) -> TemplateFiles:
    template_files = _template_files(context)
    if name not in template_files.names():
        hint = did_you_mean(name, template_files.names())
        fail(Status.USAGE, f"there is no template “{name}”", hint)
    return template_files


def _files(template_files: TemplateFiles, name: str) -> list[str]:
    bodies = [f"letter.{language}.md" for language in template_files.languages(name)]
    return ["template.yaml", *bodies]


def _declaration(template_files: TemplateFiles, name: str) -> TemplateFile:
    from letters.campaign.schema import TemplateFile
    from letters.campaign.source import read
    from letters.campaign.validate import validate

    file = template_files.find(name, "template.yaml")
    if file is None:
        return TemplateFile(title="(no template.yaml)")
    source, _ = read(file, template_files.shown(file))
    declared, _ = validate(TemplateFile, source)
    return declared or TemplateFile(title="(template.yaml has mistakes: run “letters check”)")
