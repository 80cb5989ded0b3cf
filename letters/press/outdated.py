"""Which finished files are not what would be made now, and what has changed for each of them.

The one answer to “is this file still right?”: for whoever shows it, and for whoever lets it go out.
What has changed is named by field and id and never by its words, which may be protected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from letters.campaign.bindings import Bindings
from letters.draft import roster
from letters.press import annex_files
from letters.press.attachments import ATTACHED
from letters.press.identity import SLOT
from letters.press.jobs import FORMATS, Format, Job, PressRun
from letters.press.manifest import tags_of
from letters.press.themes import load_theme

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience
    from letters.draft.bilingual import Layout
    from letters.draft.roster import Fields
    from letters.draft.signatures import Signed
    from letters.press.attachments import Attached
    from letters.press.manifest import File, Manifest
    from letters.press.provenance import Identity

AS_DRAFT = "draft"
EARLIER = "made by an earlier version of letters"
SIGNATORY = "signatory "
"""How a change begins that is about somebody who signs."""
_NO_MORE = "no such letter is made any more"
_ERASED = "who was erased"

_WORDS = {
    "form": "how the template sets the text",
    "draft-mark": "whether it is a draft",
    "qr-code": "the QR code",
    "version": "the version of letters",
    "style-sheet": "the theme’s style sheet",
    "docx-version": "the version of letters",
    "docx-theme": "theme",
    "docx-reference.docx": "reference.docx",
}


class _Alike(NamedTuple):
    """What files have in common that are drafted alike."""

    audience: Audience
    options: tuple[str, ...]


class Identified(Protocol):
    """Whoever knows what letters would be made from now; both raise CampaignError."""

    def identities(self, jobs: list[Job], run: PressRun) -> Iterator[dict[Format, Identity]]:
        """That of the files of each job."""
        ...

    def annexes(self, jobs: list[Job], run: PressRun) -> list[Job]:
        """The annexes of names that go with these letters."""
        ...

    def roster(self, key: str) -> Mapping[str, Fields]:
        """What one of these identities names by that key."""
        ...


def options(job: Job, attached: tuple[Attached, ...], *, draft: bool) -> tuple[str, ...]:
    """What of a run changes its files, as a manifest has it."""
    layout = (job.layout,) if job.second else ()
    return (*layout, *attached, *((AS_DRAFT,) if draft else ()))


def outdated(
    letters: Identified,
    campaign: Campaign,
    made: Manifest,
    signed: Callable[[bool], Signed],
    *,
    only: Collection[str] = (),
    unbound: Mapping[str, Sequence[str]] | None = None,
    in_force: Callable[[str], str] = str,
) -> dict[str, tuple[str, ...]]:
    """By path, each file that would be made otherwise now, with what has changed.

    ``signed`` gives who signs, of drafts where it is asked for them. Files to others than
    ``only``, where anybody is named, are left out. ``in_force`` gives the id that a signatory of
    then has now, "" for one who was erased: the old one may speak. ``unbound`` are those who are
    printed no more because they signed in another form, with the fields. Raises CampaignError.
    """
    indexes = {recipient.id: number for number, recipient in enumerate(campaign.recipients)}
    theme = load_theme(campaign)
    changed: dict[str, tuple[str, ...]] = {}
    bindings = Bindings.of(campaign)
    runs: dict[_Alike, dict[Job, list[File]]] = defaultdict(lambda: defaultdict(list))
    for file in made.files:
        if only and file.recipient not in only and not (file.annex and not file.recipient):
            continue
        job = _job(file, indexes, campaign.letter.languages, bindings)
        if job is None:
            changed[file.path] = (_NO_MORE,)
        elif not file.identity:
            changed[file.path] = (EARLIER,)
        else:
            audience: Audience = "public" if file.audience == "public" else "recipient"
            runs[_Alike(audience, file.options)][job].append(file)
    for alike, jobs in runs.items():
        used = {file.format for files in jobs.values() for file in files}
        run = PressRun(
            tuple(one for one in FORMATS if one in used),
            signed(AS_DRAFT in alike.options),
            alike.audience,
            theme,
            tuple(kind for kind in ATTACHED if kind in alike.options),
            boxed=AS_DRAFT in alike.options,
        )
        found = letters.identities(list(jobs), run)
        for files, now in zip(jobs.values(), found, strict=True):
            by_name = {str(name): identity for name, identity in now.items()}
            for file in files:
                own = by_name.get(file.format)
                if own is None:
                    changed[file.path] = (_NO_MORE,)
                elif own.digest != file.identity:
                    changed[file.path] = tuple(
                        _changes(
                            file,
                            own,
                            made,
                            letters.roster,
                            in_force=in_force,
                            unbound=unbound or {},
                        )
                    )
        changed |= _without_annex(letters, jobs, run, made, bindings)
    return changed


def _without_annex(
    letters: Identified,
    jobs: Mapping[Job, Sequence[File]],
    run: PressRun,
    made: Manifest,
    bindings: Bindings,
) -> dict[str, tuple[str, ...]]:
    """The letters whose annex of names does not lie beside them."""
    own = [job for job in jobs if not job.annex]
    needed = {(job.tags, job.recipient) for job in letters.annexes(own, run)} if own else set()
    ids = {(job.tags, job.recipient): files[0].recipient for job, files in jobs.items()}
    groups = {(tags, bindings.group(ids[tags, index])) for tags, index in needed}
    return {
        file.path: (annex_files.MISSING,)
        for job in own
        for file in jobs[job]
        if (job.tags, bindings.group(file.recipient)) in groups
        and not any(annex_files.goes_with(other, file, bindings) for other in made.files)
    }


def _job(
    file: File, indexes: Mapping[str, int], languages: tuple[str, ...], bindings: Bindings
) -> Job | None:
    """The letter that the file is of; None where there is no such letter any more."""
    tags = tags_of(file.language, languages)
    layout: Layout = "sequence" if "sequence" in file.options else "columns"
    if file.annex:
        known = (n for who, n in indexes.items() if bindings.group(who) == file.recipient)
        whose = next(known, None)
        if whose is None or not tags or file.format not in FORMATS:
            return None
        return Job(whose, tags[0], "".join(tags[1:]), layout, annex=True)
    if file.recipient not in indexes or not tags or file.format not in FORMATS:
        return None
    index = indexes[file.recipient]
    return Job(index, tags[0], "".join(tags[1:]), layout)


def _changes(
    file: File,
    now: Identity,
    made: Manifest,
    rosters: Callable[[str], Mapping[str, Fields]],
    *,
    in_force: Callable[[str], str],
    unbound: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """What a file comes from that is not as it was."""
    before = roster.read(file.parts)
    names = [name for name in {**before, **now.parts} if before.get(name) != now.parts.get(name)]
    then = made.rosters.get(file.roster, {})
    known = {in_force(who) or _ERASED: line for who, line in then.items()}
    people = list(_people(known, rosters(now.roster), names, unbound))
    if "text" in names:
        yield "text"
    if own := [name.removeprefix(SLOT) for name in names if name.startswith(SLOT)]:
        yield f"recipient: {', '.join(own)}"
    yield from people
    for name in names:
        if not name.startswith(SLOT) and not _said_already(name, names, people):
            yield _WORDS.get(name, name)


def _said_already(name: str, names: list[str], people: list[str]) -> bool:
    """Whether a change only follows from another one that is named."""
    match name:
        case "text":
            return True
        case "form":  # an address may have more lines now, or none
            return any(each == "text" or each.startswith(SLOT) for each in names)
        case "signatures" | "draft-mark" | "qr-code":
            return "text" in names or bool(people)
    return False


def _people(
    before: Mapping[str, str],
    now: Mapping[str, Fields],
    names: list[str],
    unbound: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """Each signatory of whom something else is printed, with the fields.

    With another text nobody has signed it, and what follows from that is not said of each.
    """
    for who in {**before, **now}:
        was, fields = roster.read(before.get(who, "")), now.get(who, {})
        own = roster.differing(was, fields)
        if not fields and who in unbound:
            yield f"{SIGNATORY}{who}: {', '.join(unbound[who])}"
        elif not fields:
            yield f"{SIGNATORY}{who}: does not stand under it any more"
        elif "text" in names and (not was or own == ["signature"]):
            continue
        elif not was and fields["signature"] != "signed":
            yield f"{SIGNATORY}{who}: has not signed, and is listed in a draft"
        elif not was:
            yield f"{SIGNATORY}{who}: stands under it now"
        elif own:
            yield f"{SIGNATORY}{who}: {', '.join(own)}"
