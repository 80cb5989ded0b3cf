"""Whether another machine would make the same bytes of a letter: by its versions and its fonts."""

from __future__ import annotations

import functools
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from letters import __version__
from letters.press import fonts, scripts
from letters.press.fontfiles import digest_of
from letters.press.identity import ENGINES

if TYPE_CHECKING:
    from letters.press.theme import Theme


def families(theme: Theme) -> tuple[str, ...]:
    """Every family that a letter in that theme may be set in, whatever its scripts are."""
    text, label = fonts.stacks_for(tuple(scripts.known()), theme)
    return tuple(sorted({*text, *label}))


@functools.cache
def likeness(names: tuple[str, ...]) -> Mapping[str, str]:
    """What decides about the bytes on this machine, by name; ``names`` are those of families."""
    engines = sorted({engine for used in ENGINES.values() for engine in used})
    python = ".".join(platform.python_version_tuple()[:2])
    found = {"letters": __version__, "Python": python}
    return found | {name: version(name) for name in engines} | {"fonts": digest_of(names)}
