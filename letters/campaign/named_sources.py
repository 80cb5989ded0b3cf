"""Which sources a message may name: the key of one may say whom it is about.

“Interview with …” is a source too, and of a case that is withheld not even that there is such an
interview is anybody's business. So a key is repeated where what cites it may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from letters.campaign.shown import is_open
from letters.problem import KnownWords, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_ADD = "add it under “sources” in letter.yaml"


def named_sources(campaign: Campaign) -> list[str]:
    """The keys of the letter's sources that a message may name."""
    cited = [(figure.source, True) for figure in campaign.letter.figures.values()]
    for case in campaign.letter.cases:
        cited += [(fact.source, is_open(case.visibility)) for fact in case.facts]
    cited += [
        (signatory.testimony.source, is_open(signatory.visibility))
        for signatory in campaign.signatories
        if signatory.testimony
    ]
    return tellable(campaign.letter.sources, cited)


def tellable(sources: Iterable[str], cited: Iterable[tuple[str | None, bool]]) -> list[str]:
    """Those ``sources`` that a message may name; of what cites one, whether it may be shown.

    Where something hidden cites a source that there is not, any that nothing cites may be meant.
    """
    known, both = list(sources), {True: set[str](), False: set[str]()}
    for key, public in cited:
        if key is not None:
            both[public].add(key)
    hidden = both[False] - both[True]
    uncertain = not both[False] <= set(known)
    return [key for key in known if key not in hidden and (key in both[True] or not uncertain)]


def unknown(written: str, *, public: bool, known: KnownWords) -> tuple[str, str]:
    """What is said of a key that leads to no source; ``known`` are those that may be named."""
    if not public:
        return "there is no such source", _ADD
    return f"there is no source “{written}”", did_you_mean(written, known) or _ADD
