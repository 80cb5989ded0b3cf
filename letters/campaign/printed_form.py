"""What a signatory agreed to be printed as: their name in every form, and all that stands with it.

A signature binds this, field by field. So each field has one text in which it can be compared, the
same wherever the record is written and in whichever order.
"""

from __future__ import annotations

import functools
import itertools
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, get_args

from letters.campaign.localtext import LocalText
from letters.campaign.model import Campaign
from letters.campaign.signatory import Signatory
from letters.campaign.types import Model, Visibility

Fields: TypeAlias = Mapping[str, str]
"""Each field of a printed form as canonical JSON."""

FIELDS = (
    *("name", "kind", "tier", "visibility", "role", "affiliation", "identification_only"),
    *("description", "signer", "signs_to", "place"),
)
SIGNS_TO = "signs_to"
"""The field that is empty for whoever signs to everybody (`letters.campaign.bindings`)."""
KnownAs: TypeAlias = Callable[[str], Sequence[str]]
"""All the ids that a recipient has, or had."""
_MOST_NAMED = 64
_WORDS = {None: "null", True: "true", False: "false"}
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_quoted = json.encoder.encode_basestring  # as `_JSON` writes a text, without its preparations
LEVELS: tuple[Visibility, ...] = get_args(Visibility)
"""How much of a person is shown, the most first."""


def form(signatory: Signatory) -> dict[str, str]:
    """The printed form as it is now; every field is in it, also those that nobody wrote."""
    values = {name: getattr(signatory, name) for name in FIELDS} | {"tier": signatory.rank}
    values[SIGNS_TO] = sorted({*signatory.signs_to})
    nothing = _WORDS[None]
    return {name: nothing if one is None else _text(one) for name, one in values.items()}


def agreeing(signatory: Signatory, known_as: KnownAs = lambda who: (who,)) -> tuple[Fields, ...]:
    """The present form, and those whose owners agreed to it when they agreed to be shown more.

    Asking to be shown less needs nobody's word. How somebody is described comes with that. Who
    agreed to sign to everybody signs to some. These may have had other ids, which ``known_as``
    gives.
    """
    present = form(signatory)
    lowered = {name: text for name, text in present.items() if name != "description"}
    higher = LEVELS[: LEVELS.index(signatory.visibility)]
    found = [present, *(lowered | {"visibility": _text(level)} for level in higher)]
    if signatory.signs_to:
        named = itertools.product(*map(known_as, signatory.signs_to))
        others = {_text(sorted({*ids})) for ids in itertools.islice(named, _MOST_NAMED)}
        others = (others | {_text([])}) - {present[SIGNS_TO]}
        found += [one | {SIGNS_TO: text} for one in found for text in sorted(others)]
    return tuple(found)


def forms(
    campaign: Campaign, known_as: KnownAs = lambda who: (who,)
) -> dict[str, tuple[Fields, ...]]:
    """Those of every signatory, by id."""
    return {signatory.id: agreeing(signatory, known_as) for signatory in campaign.signatories}


def of(campaign: Campaign, who: str) -> tuple[Fields, ...]:
    """Those of the signatory with that id, the present one first."""
    return agreeing(next(signatory for signatory in campaign.signatories if signatory.id == who))


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):  # which is most of what a form says
        return _WORDS[value]
    written = _written(value) if value or isinstance(value, str) else "[]"
    return written if written.isascii() else unicodedata.normalize("NFC", written)


def _written(value: Any) -> str:
    """The value as JSON has it; what nobody wrote is left out, so that new keys change nothing."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, LocalText):
        texts = sorted(value.texts.items())
        return f"{{{','.join([f'{_quoted(tag)}:{_quoted(text)}' for tag, text in texts])}}}"
    if isinstance(value, Model):
        said = vars(value)
        own = [
            f'"{key}":{_written(one)}'
            for key in _keys(type(value))
            if (one := said[key]) is not None and one is not False
        ]
        return f"{{{','.join(own)}}}"
    return _JSON.encode(value)


@functools.cache
def _keys(model: type[Model]) -> tuple[str, ...]:
    return tuple(sorted(model.model_fields))
