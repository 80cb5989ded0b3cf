"""The folder of a follow-up: all of its files, and then all of them at once.

People's files are copied as they are written, with the same right to read them: the same group
writes again. The folder itself is its maker's alone, whatever the first one was. The log is not
copied, because nobody has signed the new text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from letters import files, limits, reading
from letters.campaign import forms, own_languages, places, references, scaffold
from letters.campaign.model import Campaign
from letters.campaign.paths import LETTER_FILE, actual
from letters.post.answers.carried import Carried
from letters.post.answers.excerpt import excerpt
from letters.post.answers.firstletter import FOLDER, First
from letters.post.answers.newletter import TEMPLATE

_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700


class Copy(Struct, frozen=True):
    """One file of the new campaign: its path there, its bytes, who may read it."""

    path: str
    data: bytes
    mode: int


def copies(
    campaign: Campaign,
    kept: Mapping[str, Mapping[str, str]],
    first: First,
    carried: Carried | None = None,
) -> Iterator[Copy]:
    """Every file but letter.yaml; ``kept`` are the recipients with what their records say anew.

    So is what is ``carried`` over from the first letter.
    """
    carried = carried or Carried({}, {})
    told = {who: {**carried.predecessors.get(who, {}), **days} for who, days in kept.items()}
    for path in dict.fromkeys(at.source.path for at in campaign.recipient_places):
        copy = _copy(campaign, path)
        data = excerpt(copy.data, Path(path).stem, told, carried.threads)
        if data is not None:
            yield Copy(path, data, copy.mode)
    for path in _as_they_are(campaign):
        yield _copy(campaign, path)
    for path, data in first.files.items():
        yield Copy(path, data, _PRIVATE)


def is_free(folder: Path) -> bool:
    """Whether a campaign can begin there; what a killed run had staged doesn't count, and goes."""
    if folder.is_dir():
        files.sweep(folder)
    return scaffold.is_free(folder)


def start(folder: Path, letter: Copy, others: Iterable[Copy]) -> None:
    """Make the campaign, letter.yaml last; an error or a stop leaves nothing of it behind.

    Raises FileExistsError where the folder holds anything: nothing is ever overwritten.
    """
    existed = folder.is_dir()
    if not is_free(folder):
        raise FileExistsError(folder)
    try:
        if not existed:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=_PRIVATE_FOLDER)
        with files.Batch(folder) as batch:
            for name, data in scaffold.beside(f"{FOLDER}/").items():
                batch.add(name, data)
            for copy in others:
                batch.add(copy.path, copy.data, mode=copy.mode)
            batch.commit(letter.path, letter.data, mode=letter.mode)
    except BaseException:
        if not existed:
            with suppress(OSError):
                folder.rmdir()
        raise


def letter_file(campaign: Campaign, text: str) -> Copy:
    """letter.yaml, to be read by whoever may read the first one."""
    return Copy(LETTER_FILE, text.encode(), _mode(campaign.root / LETTER_FILE))


def _as_they_are(campaign: Campaign) -> dict[str, None]:
    """The paths of what the new campaign needs of the first one, each once."""
    found = [at.source.path for at in campaign.signatory_places]
    found += references.pictures(campaign).values()
    found += [campaign.letter.sender.logo] if campaign.letter.sender.logo else []
    found += [places.FILE] if (campaign.root / places.FILE).is_file() else []
    found += [f"{forms.FOLDER}/{name}.yaml" for name in campaign.forms.own]
    found += [f"{own_languages.FOLDER}/{tag}.yaml" for tag in campaign.own_languages.data]
    for folder in (f"templates/{TEMPLATE}", f"templates/themes/{campaign.letter.theme}"):
        inside = sorted((campaign.root / folder).rglob("*"))
        paths = [file.relative_to(campaign.root).as_posix() for file in inside if file.is_file()]
        found += [path for path in paths if campaign.inner(path)]
    return dict.fromkeys(found)


def _copy(campaign: Campaign, path: str) -> Copy:
    file = actual(campaign.root, path) or campaign.root / path
    return Copy(path, reading.data_of(file, limits.MADE, within=campaign.root), _mode(file))


def _mode(file: Path) -> int:
    return file.stat().st_mode & 0o777
