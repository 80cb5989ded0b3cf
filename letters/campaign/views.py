"""Views of many records, each made when somebody asks for it, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from letters.collecting import without_collecting

if TYPE_CHECKING:
    from letters.campaign.model import Located

R = TypeVar("R")
V = TypeVar("V")


class Views(Sequence[V], Generic[R, V]):
    """One of each record and the place where it stands, in their order."""

    def __init__(
        self, records: Sequence[R], at: Sequence[Located], view: Callable[[R, Located], V]
    ) -> None:
        self._records, self._at, self._view = records, at, view
        self._made: list[V | None] = [None] * len(records)

    @overload
    def __getitem__(self, number: int) -> V: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[V, ...]: ...
    def __getitem__(self, number: int | slice) -> V | tuple[V, ...]:
        if isinstance(number, slice):
            return tuple(self[one] for one in range(*number.indices(len(self))))
        made = self._made[number]
        if made is None:
            made = self._made[number] = self._view(self._records[number], self._at[number])
        return made

    def __iter__(self) -> Iterator[V]:
        """Those of all are kept together, without a look for garbage among them."""
        with without_collecting():
            if None in self._made:
                view = self._view
                every = zip(self._made, self._records, self._at, strict=True)
                self._made = [made or view(one, at) for made, one, at in every]
        return iter(self._made)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._made)
