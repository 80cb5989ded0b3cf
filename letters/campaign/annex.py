"""The ``annex`` group of letter.yaml: where the names of those who sign stand, and how.

Nothing of it is in the text that people sign, so it can be decided when all have signed.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from letters.campaign.types import Model

MOST_IN_LETTER = 200
"""Up to so many names stand in the letter's own file, where nobody says where they are to stand."""

Where = Literal["letter", "behind", "file"]
"""Under the letter, on pages of their own behind it, or in a file that goes with it."""

Column = Literal["role", "affiliation", "place", "day"]


class AnnexSettings(Model):
    """How the names of many are printed."""

    where: Where | None = None
    columns: int | None = Field(default=None, ge=1, le=4)
    table: tuple[Column, ...] = ()

    def place(self, names: int) -> Where:
        """Where so many names stand: as it is said, else by their number.

        Whoever says how they are to be set wants pages for them.
        """
        if self.where is not None:
            return self.where
        if names > MOST_IN_LETTER:
            return "file"
        return "behind" if self.columns or self.table else "letter"

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if self.columns and self.table:
            message = "names stand in columns or in a table: leave one of them out"
            raise PydanticCustomError("annex", message, {"key": "table"})
        return self
