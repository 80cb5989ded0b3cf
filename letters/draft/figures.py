"""The files of pictures in the text: which may be printed, and which bytes people sign.

Whoever signs answers for what a picture shows, so the digest of its file stands in the text that is
signed. A picture is read through no link, and is none that a signatory has signed with: a template
could print the hand of somebody who is not to be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters import limits, reading
from letters.campaign import named_file, references
from letters.campaign.paths import actual
from letters.digests import FileDigest, of_file
from letters.draft import document as d
from letters.draft.markdown_faults import Fault
from letters.draft.values import Hold, expand, split

if TYPE_CHECKING:
    from pathlib import Path

    from letters.campaign.model import Campaign
    from letters.draft.markdown import Parsed

_ENDINGS = (".png", ".jpg", ".jpeg")


class Figures:
    """The pictures of one campaign's templates; each file is read once."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._digests: dict[str, FileDigest] = {}

    def faults(self, parsed: Parsed, hold: Hold) -> Iterator[Fault]:
        """What is wrong with the files that are named."""
        for block, line in zip(parsed.skeleton.blocks, parsed.lines_of_blocks, strict=True):
            if not isinstance(block, d.Figure):
                continue
            own = [hold.values[each].slot for each in split(block.path) if isinstance(each, int)]
            if any(own):
                hint = "everybody signs the same picture: name it in the template, or in values"
                yield Fault("a picture can’t be another one for each recipient", hint, "![", line)
                continue
            path = expand(block.path, lambda hole: hold.values[hole].text)
            if told := self._wrong(path):
                yield Fault(f"“{path}” {told[0]}", told[1], "![", line)

    @property
    def paths(self) -> frozenset[str]:
        """Those that were read."""
        return frozenset(self._digests)

    def signed(self, blocks: d.Matters) -> d.Matters:
        """The blocks with the digest of each picture."""
        return tuple(
            replace(one, file=self._digest(one.path)) if isinstance(one, d.Figure) else one
            for one in blocks
        )

    def _wrong(self, path: str) -> tuple[str, str] | None:
        file = self._file(path)
        if file is None:
            return "is no picture of this campaign", "write its path from the campaign’s folder on"
        if PurePosixPath(path).suffix.lower() not in _ENDINGS:
            return "must be a PNG or JPEG picture", ""
        return None

    def _file(self, path: str) -> Path | None:
        """The file itself, where it may be printed."""
        if not path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return None
        root = self._campaign.root
        file = actual(root, path)
        if file is None or not file.is_file():
            return None
        if reading.real(file) != reading.real(root) / file.relative_to(root):
            return None  # a link leads there
        hands = map(self._campaign.inner, references.pictures(self._campaign).values())
        return None if reading.real(file) in hands else file

    def _digest(self, path: str) -> FileDigest:
        if path not in self._digests:
            file = self._file(path)
            assert file is not None  # noqa: S101 - faults are told before
            self._digests[path] = of_file(named_file.data_of(file, path, limits.PICTURE))
        return self._digests[path]
