"""``letters editions status|accept``: whether the translations are in step with the source text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import asdict

from letters.cli import set_aside, workspace
from letters.cli.exit import Status, as_json, fail, note, say, stop_on, table
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.translation_log import Comparison, EditionsFile
    from letters.draft.editions import TranslationState
    from letters.workshop.workshop import Workshop

app = typer.Typer(
    help="Editions of one letter in several languages, kept in step.", invoke_without_command=True
)

_SHOWN = 96  # letters of a paragraph that tell which one it is


@app.callback()
def editions(context: typer.Context) -> None:
    """Say how the translations stand, unless a command says otherwise."""
    if context.invoked_subcommand is None:
        status(context)


@app.command()
def status(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="All paragraphs, as JSON.")] = False,
) -> None:
    """List the paragraphs of each translation that are not in step with the source text."""
    campaign = workspace.open_campaign(context)
    record, found = _look(workspace.workshop(context))
    source, *tags = campaign.letter.languages
    if json:
        listed = [_as_data(tag, one) for tag, standings in found.items() for one in standings]
        as_json({"source": source, "paragraphs": listed})
        return
    if not tags:
        note(f"the letter is written in one language: {source}")
    for tag, standings in found.items():
        _list(source, tag, standings)
    if tags and record is None:
        note(
            "nobody recorded yet that a translation was compared with the source text "
            "(“letters editions accept LANG”)"
        )


@app.command()
def accept(
    context: typer.Context,
    lang: Annotated[str, typer.Argument(metavar="LANG", help="The translation.")],
    part: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="The paragraphs; all that are not in step unless named."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, record nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask on a terminal.")] = False,
) -> None:
    """Record that somebody compared a translation with the source text, and they say the same."""
    from letters.campaign import translation_log

    campaign = workspace.open_campaign(context)
    source, *tags = campaign.letter.languages
    if lang not in tags:
        hint = f"translations: {', '.join(tags) or 'none'}; the source text is {source}"
        fail(Status.USAGE, f"there is no translation “{lang}”", hint)
    record, found = _look(workspace.workshop(context))
    chosen = _chosen(found[lang], part or [])
    for one in chosen:
        say(f"{one.id}: {one.state}")
        say(f"  {source}  {_short(one.source_words)}\n  {lang}  {_short(one.words)}")
    for one in found[lang]:
        if one.now is None and not part:
            note(f"left out: {one.id} stands in one of the two only")
    if dry_run:
        note("dry run: nothing was recorded")
        return
    question = f"Do these {len(chosen)} say the same in both languages?"
    if not yes and sys.stdin.isatty() and not typer.confirm(question, err=True):
        fail(Status.REFUSED, "nothing was recorded")
    before = record.translations if record and record.source == source else {}
    entries = _entries(found[lang], before.get(lang, ()), {one.id for one in chosen})
    data = translation_log.encode(source, {**before, lang: entries})
    set_aside.write_in(campaign.root / translation_log.FILE, data, translation_log.is_as_written)
    note(f"{len(chosen)} recorded in {translation_log.FILE}")


def _look(shop: Workshop) -> tuple[EditionsFile | None, dict[str, list[TranslationState]]]:
    from letters.campaign import translation_log
    from letters.check.editions import translations

    record, problems = translation_log.load(shop.campaign.root)
    stop_on(problems)
    return record, translations(record, shop.paragraphs())


def _list(source: str, tag: str, standings: list[TranslationState]) -> None:
    """The paragraphs that need a look, each with its words in both languages, and a count."""
    rows = [one for one in standings if one.state != "in step"]
    for one in rows:
        say(table([(tag, one.id, one.state, str(one.place))]))
        for language, words in ((source, one.source_words), (tag, one.words)):
            if words:
                say(f"    {language}  {_short(words)}")
    counts: dict[str, int] = {}
    for one in standings:
        counts[one.state] = counts.get(one.state, 0) + 1
    say(f"{tag}: " + ", ".join(f"{number} {state}" for state, number in sorted(counts.items())))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def _as_data(tag: str, one: TranslationState) -> dict[str, Any]:
    return {
        "language": tag,
        "id": one.id,
        "state": one.state,
        **{key: value for key, value in asdict(one.place).items() if key != "key"},
        "source_words": one.source_words or None,
        "words": one.words or None,
    }


def _chosen(standings: list[TranslationState], ids: list[str]) -> list[TranslationState]:
    """What is to be recorded; refuses what is in step already, or stands in one edition only."""
    known = {one.id: one for one in standings}
    for wanted in ids:
        if wanted not in known:
            fail(Status.USAGE, f"there is no paragraph “{wanted}”", did_you_mean(wanted, known))
        if known[wanted].now is None:
            hint = "write it in the other too, or take it out"
            fail(Status.REFUSED, f"“{wanted}” stands in one of the two editions only", hint)
        if known[wanted].state == "in step":
            fail(Status.REFUSED, f"“{wanted}” is in step already: nothing differs")
    chosen = [known[wanted] for wanted in dict.fromkeys(ids)] or [
        one for one in standings if one.now and one.state != "in step"
    ]
    if not chosen:
        fail(Status.REFUSED, "this translation is in step already: there is nothing to record")
    return chosen


def _entries(
    standings: list[TranslationState], before: tuple[Comparison, ...], accepted: set[str]
) -> tuple[Comparison, ...]:
    """The record after this: what is accepted anew, and what was and is not replaced by it."""
    from letters.campaign.translation_log import Comparison

    today = workspace.today()
    agreed = {(entry.source, entry.translation): entry for entry in before}
    entries: list[Comparison] = []
    for one in standings:
        if one.now is None:
            continue
        said = {"source": one.now.source, "translation": one.now.translation}
        if one.id in accepted:
            entries.append(Comparison(id=one.id, on=today, **said))
        elif kept := agreed.get((one.now.source, one.now.translation)):
            entries.append(Comparison(id=one.id, on=kept.on, **said))
    ids = {entry.id for entry in entries}
    texts = {digest for entry in entries for digest in (entry.source, entry.translation)}
    # What is behind still has to be told from what was never compared.
    waiting = (e for e in before if e.id not in ids and texts.isdisjoint((e.source, e.translation)))
    return (*entries, *waiting)
