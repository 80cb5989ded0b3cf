"""A letter in each language, of invented people and bodies: proof that all of it comes out right.

Each folder beside this file is a campaign. Its letter has asks, a figure, a case, a source with its
note, signatories with names in their own script, and words that run the other way.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def proofs() -> list[Path]:
    """The campaigns' folders, named after their languages."""
    return sorted(file.parent for file in HERE.glob("*/letter.yaml"))
