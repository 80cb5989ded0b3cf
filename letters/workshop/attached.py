"""Files that go with a mail are searched in a worker: what is enclosed may come from anybody."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from letters.check.privacy import search
from letters.check.protected import from_everybody, secrets
from letters.workshop.held import Held, held

if TYPE_CHECKING:
    from letters.check.protected import Secret
    from letters.problem import Problem


def searched(data: bytes) -> list[Problem]:
    """A problem for each protected string in a file, but for what its recipient may read."""
    return search("", data, _known(held()))


@functools.lru_cache(maxsize=1)
def _known(own: Held) -> tuple[Secret, ...]:
    return from_everybody(secrets(own.campaign))
