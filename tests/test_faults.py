"""The list of single faults that `script/faults` tries: each can still be put in, in every room."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FAULTS: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "faults.toml").read_text(encoding="utf-8")
)["fault"]
LEAST = 3
"""Faults a room; the larger ones have more."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["wrong"])
def test_a_fault_can_be_put_in_and_its_own_room_is_to_notice(fault: dict[str, Any]) -> None:
    assert fault.keys() == {"room", "file", "wrong", "old", "new", "tests"}
    assert fault["file"].startswith(f"letters/{fault['room']}/")
    text = (ROOT / fault["file"]).read_text(encoding="utf-8")
    assert text.count(fault["old"]) == 1
    assert fault["old"] != fault["new"]
    compile(text.replace(fault["old"], fault["new"]), fault["file"], "exec")
    assert fault["tests"]
    for test in fault["tests"]:
        assert test.startswith(f"tests/{fault['room']}/")
        assert (ROOT / test).is_file()


def test_every_room_has_some() -> None:
    rooms = {path.parent.name for path in (ROOT / "letters").glob("*/__init__.py")}
    counted = Counter(fault["room"] for fault in FAULTS)
    assert {room for room in rooms if counted[room] < LEAST} == set()
    assert len(FAULTS) >= 40


def test_none_is_there_twice() -> None:
    places = [(fault["file"], fault["old"]) for fault in FAULTS]
    assert len(set(places)) == len(places)
