"""Ids that say nothing of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["signatory", "recipient"]

_STEMS: dict[Role, str] = {"signatory": "signer", "recipient": "recipient"}


def neutral(role: Role, taken: Iterable[str]) -> Iterator[str]:
    """Free ids, after the highest that is taken: signer-07, then signer-08 and so on.

    Those that are taken are only looked at once somebody asks for one.
    """
    stem = _STEMS[role]
    numbers = [
        int(found[1]) for name in taken if (found := re.fullmatch(rf"{stem}-([0-9]{{1,9}})", name))
    ]
    for number in count(max(numbers, default=0) + 1):
        yield f"{stem}-{number:02}"
