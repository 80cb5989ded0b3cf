"""A template is tried with a text that is not written yet: what would be wrong with it then."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.campaign.load import load
from letters.campaign.paths import LETTER_FILE
from letters.draft.language import language_of
from letters.draft.template import Body
from letters.ledger.keys import FOLDER, private_folder
from letters.problem import CampaignError, Place, Problem, has_errors, in_order
from letters.workshop.held import Held

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_UNTRIED = "the letter can’t be made yet, so the text was not tried"


def problems_with(root: Path, path: str, before: bytes, data: bytes) -> tuple[Problem, ...]:
    """What is wrong with the template at ``path`` once that is in it; of other files, nothing.

    What is wrong ``before``, too, is no error of the change: it may come from the data.
    """
    campaign, found = load(root)
    if campaign is None or has_errors(found):
        return (Problem(Place(LETTER_FILE), _UNTRIED, "mend that first", "warning"),)
    told = _tried(campaign, path, data)
    known = {one.message for one in _tried(campaign, path, before)} if has_errors(told) else ()
    return tuple(replace(one, severity="warning") if one.message in known else one for one in told)


def _tried(campaign: Campaign, path: str, data: bytes) -> list[Problem]:
    _, template, name = path.split("/")
    own = private_folder(campaign.root / FOLDER)
    with tempfile.TemporaryDirectory(prefix="tried-", dir=own) as folder:
        file = Path(folder, template, name)
        file.parent.mkdir()
        file.write_bytes(data)
        try:
            told = _problems(replace(campaign, tried=Path(folder)), template, file)
        except CampaignError as error:
            told = list(error.problems)
    return in_order(one for one in told if one.place.path == path)


def _problems(campaign: Campaign, template: str, file: Path) -> list[Problem]:
    tag = file.name.split(".")[1]
    try:
        language = language_of(campaign, tag)
    except KeyError:
        return []  # a language that no letter can be written in is told of already
    # Compiled first: the letter may be made of another template, or in other languages.
    Body(campaign.template_files, template, file, language)
    return list(Held(campaign).inspection.drafts())
