"""What a template can reach: named fields, nothing else.

A Record has no methods a template could call and no way back to the model it was made from. A
field that exists but was not filled in is an `Absent`: false in a condition, an error in print,
so that a letter never has a hole where a name should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, overload

from jinja2 import StrictUndefined, Undefined, UndefinedError

from letters.problem import Place, did_you_mean


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Record:
    """A group of values, called ``name`` in messages; printing it prints its ``main`` value.

    ``place`` finds where it was written. ``listed`` are the fields that a message may name; all of
    them unless said.
    """

    name: str
    fields: Mapping[str, Any]
    place: Callable[[], Place] | None = None
    main: str = ""
    listed: Sequence[str] | None = None

    def get(self, key: str) -> Any:
        """The field, or the undefined value that explains what is wrong with asking for it."""
        if key not in self.fields:
            return Unknown(self.name, key, self._names)
        value = self.fields[key]
        return Absent(self.name, key, self.place) if value is None else value

    def __iter__(self) -> Iterator[Any]:
        """A group is looped over by its values: each figure, not each figure's key."""
        return iter(self.fields.values())

    def __len__(self) -> int:
        return len(self.fields)

    def __str__(self) -> str:
        if self.main:
            return str(self.get(self.main))
        raise UndefinedError(
            f"“{self.name}” is a group of values; print one of them: {', '.join(self._names)}"
        )

    @property
    def _names(self) -> Sequence[str]:
        return tuple(self.fields) if self.listed is None else self.listed

    def __repr__(self) -> str:
        """What Python shows of a record inside a list: never what is in it."""
        raise UndefinedError("a list can’t be printed; loop over it, or use “names”")


class Deferred(Mapping[str, Any]):
    """Fields that are made only when a template asks for them, each once.

    What is the recipient's own is made for every letter, and most templates print a few of it.
    """

    def __init__(self, make: Mapping[str, Callable[[], Any]]) -> None:
        """``make`` gives each field, by its name."""
        self._make = make
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            self._made[key] = self._make[key]()
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._make

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)

    def __repr__(self) -> str:
        raise UndefinedError("a group can’t be printed; print one of its values")


class Records(Sequence[Record]):
    """Records that are made only when a template asks for them.

    Most letters name their authors and nobody else, however many thousands sign.
    """

    def __init__(self, count: int, make: Callable[[int], Record]) -> None:
        """``make`` gives the record of an index from 0 to ``count`` - 1."""
        self._count, self._make = count, make
        self._made: dict[int, Record] = {}

    def __repr__(self) -> str:
        raise UndefinedError("a list can’t be printed; loop over it, or use “names”")

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...

    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]


LISTS = (list, tuple, Records)


class Absent(Undefined):
    """A known field that was left empty; one of the letter's own has no ``owner``."""

    __slots__ = ("_place", "_written")

    def __init__(self, owner: str, key: str, place: Callable[[], Place] | None) -> None:
        self._written = f"{owner}.{key}" if owner else key
        super().__init__(name=self._written)
        self._place = place

    @property
    def _undefined_message(self) -> str:
        where = f" at {self._place()}" if self._place else ""
        return (
            f"“{self._written}” is not given{where}; fill it in, or ask for it with "
            f"{{% if {self._written} %}}"
        )

    def __str__(self) -> str:
        raise UndefinedError(self._undefined_message)


class Unknown(StrictUndefined):
    """A field or variable that does not exist, with the closest one that does."""

    __slots__ = ("_known", "_owner")

    def __init__(self, owner: str, key: str, known: Any) -> None:
        super().__init__(name=key)
        self._owner, self._known = owner, list(known)

    @property
    def explanation(self) -> str:
        """What is wrong with the name, and which one may have been meant."""
        hint = did_you_mean(str(self._undefined_name), self._known)
        owner = f"“{self._owner}” has no" if self._owner else "there is no"
        return f"{owner} “{self._undefined_name}”" + (f"; {hint}" if hint else "")

    @property
    def _undefined_message(self) -> str:
        return self.explanation


def refuse(message: str) -> NoReturn:
    """Stop the template with a message that is shown at its line."""
    raise UndefinedError(message)
