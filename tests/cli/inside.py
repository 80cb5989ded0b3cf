"""The command in this very process: many runs in the time that a few take from outside."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from conftest import CampaignFolder, Done, Letters

from letters.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def runner(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Letters:
    """What the fixture ``letters`` gives, without a new Python each time."""

    def run(*words: str, folder: Path | None = campaign.path) -> Done:
        where = ["-C", str(folder)] if folder else []
        monkeypatch.setattr(sys, "argv", ["letters", *where, *words])
        capsys.readouterr()
        status = 0
        try:
            app.run()
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return run
