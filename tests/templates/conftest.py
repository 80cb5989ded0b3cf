"""The library of templates, for every test in this folder."""

from __future__ import annotations

import pytest

from templates.library import Library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("library"))
