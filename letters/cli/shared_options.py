"""Options that several commands share, and that each of them gets as one value."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from inspect import Parameter
from typing import Any

Command = Callable[..., None]


def as_one(
    name: str, options: Mapping[str, tuple[Any, Any]], made: Callable[..., Any]
) -> Callable[[Command], Command]:
    """Give a command these options in place of its parameter ``name``.

    ``options`` has by name the annotation and the default of each; ``made`` makes of what was said
    the value that the command gets.
    """
    added = [
        Parameter(option, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for option, (annotation, default) in options.items()
    ]

    def with_options(command: Command) -> Command:
        @functools.wraps(command)
        def run(**values: Any) -> None:
            said = {option: values.pop(option) for option in options}
            command(**values, **{name: made(**said)})

        own = inspect.signature(command, eval_str=True)
        kept = [each for each in own.parameters.values() if each.name != name]
        run.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
        return run

    return with_options
