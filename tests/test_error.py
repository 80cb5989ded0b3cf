"""One family of errors: each class says how a command ends by it, and one place prints them all."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import letters
from letters.cli.exit import CommandError, explain
from letters.error import LettersError, Status
from letters.intake.sheets import SeveralSheetsError
from letters.kept import InTheWayError
from letters.ledger.errors import RefusedError
from letters.problem import CampaignError, Place, Problem
from letters.reading import OddFileError

if TYPE_CHECKING:
    from conftest import Letters

PRIVATE = {
    "BugError": "what nobody thought of, on its way from another process; ends the command",
    "UnreadError": "a place in YAML that is not read; becomes a Problem in its room",
    "_OtherError": "a record that is not plain; is read the long way, in its module",
    "_UnwrittenError": "takes an error of the disk out of a transaction, in its module",
    "RefusedSyntaxError": "is raised in Jinja's parser, which wants its own; becomes a Problem",
    "OtherFormError": "names that can't be painted on a plain page; they are laid out in full",
    "TooLongError": "a notice that can't be read in time; the look at the mailbox tells it",
    "DroppedError": "what became of a message; a run of sending tells it as a step",
    "DoubtError": "what became of a message; a run of sending tells it as a step",
    "_UnfitError": "a form that is not taken; becomes the answer to the browser",
    "TakenError": "what became of a message; a run of sending tells it as a step",
}
"""Exceptions of ours that no person meets, each with the reason."""
ENDING = {"fail", "report", "explain", "stop_on", "typer.Exit", "sys.exit"}
PROBLEM = Problem(Place("letter.yaml", 3, 5, "date"), "is missing", "fill it in")
STATUS = {
    "AccountError": 2,
    "BusyFolderError": 3,
    "CampaignError": 1,
    "ChangedError": 3,
    "ClusterError": 4,
    "DamagedLogError": 4,
    "EditError": 3,
    "InTheWayError": 3,
    "KeyRefusedError": 2,
    "LedgerError": 4,
    "MappingError": 2,
    "MissingClusterError": 2,
    "MissingLibraryError": 4,
    "NoCertificatesError": 2,
    "NoError": 4,
    "NoPlaceError": 1,
    "NoPortError": 4,
    "NoRecipeError": 2,
    "OddFileError": 1,
    "OpenClusterError": 3,
    "RefusedError": 3,
    "RestoredError": 3,
    "ServerError": 4,
    "SettingError": 2,
    "SeveralSheetsError": 1,
    "StoppedError": 1,
    "TooHardError": 1,
    "UnfitError": 1,
    "UnfitFileError": 1,
    "UnfitReferenceError": 1,
    "UnfitWordError": 1,
    "UnreadableError": 1,
    "UntrustedError": 3,
    "UnwritableError": 1,
    "WholeError": 3,
}


def ours() -> dict[str, type[Exception]]:
    """Every class of exception that is defined in the package, by its name."""
    found: dict[str, type[Exception]] = {}
    for module in pkgutil.walk_packages(letters.__path__, "letters."):
        if module.name == "letters.__main__":
            continue
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(one, Exception) and one.__module__ == module.name:
                assert one.__name__ not in found, "two classes of one name"
                found[one.__name__] = one
    return found


FAMILY = {
    name: one
    for name, one in ours().items()
    if issubclass(one, LettersError) and one not in (LettersError, CommandError)
}


def made(one: type[LettersError]) -> LettersError:
    """An error as a room raises it."""
    if issubclass(one, CampaignError):
        return one([PROBLEM])
    if issubclass(one, InTheWayError):
        return one([Path("out/a.pdf"), Path("out/b.pdf")])
    if issubclass(one, SeveralSheetsError):
        return one("list.xlsx", ("May", "June"))
    if issubclass(one, OddFileError):
        return one("the moon", "is full", "wait a day")
    return one("the moon is full", "wait a day")


def test_every_exception_is_of_the_family_or_private() -> None:
    outside = {name for name, one in ours().items() if not issubclass(one, LettersError)}
    assert outside == set(PRIVATE)


def test_every_class_has_its_status() -> None:
    assert {name: int(one.status) for name, one in FAMILY.items()} == STATUS


@pytest.mark.parametrize("name", sorted(STATUS))
def test_the_front_door_prints_it_and_ends_with_its_status(
    name: str, letters_here: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = made(FAMILY[name])

    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("letters.workshop.workshop.Workshop.read", stop)
    done = letters_here("status")
    assert (done.status, done.stdout) == (STATUS[name], "")
    if isinstance(error, CampaignError):
        assert done.stderr == f"{PROBLEM}\n1 problem to fix\n"
    elif isinstance(error, InTheWayError):
        assert done.stderr == (
            "refused: out/a.pdf is a link, a folder or a device, and no file to be replaced\n"
            "refused: out/b.pdf is a link, a folder or a device, and no file to be replaced\n"
            "letters: nothing was written (move it away, or name another place)\n"
        )
    elif isinstance(error, SeveralSheetsError):
        said = "has several sheets: “May”, “June” (say which with --sheet)"
        assert done.stderr == f"letters: list.xlsx: {said}\n"
    elif isinstance(error, OddFileError):
        assert done.stderr == "letters: the moon: is full (wait a day)\n"
    else:
        refused = "refused: " if isinstance(error, RefusedError) else ""
        assert done.stderr == f"letters: {refused}the moon is full (wait a day)\n"


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.FINE])
def test_a_command_says_itself_how_it_ends(
    status: Status, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(CommandError(status, "no such day")) is status
    assert capsys.readouterr().err == "letters: no such day\n"


@pytest.mark.parametrize("name", sorted(set(STATUS) - {"InTheWayError"}))
def test_it_travels_whole_from_another_process(name: str) -> None:
    error = made(FAMILY[name])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert vars(back) == vars(error)
    assert str(back) == str(error) == error.message


# --- one handler ------------------------------------------------------------------------------


def caught(handler: ast.ExceptHandler) -> set[str]:
    """The names of the classes that a handler is for."""
    kind = handler.type
    each = kind.elts if isinstance(kind, ast.Tuple) else [kind] if kind else []
    return {ast.unparse(one).rpartition(".")[2] for one in each}


def only_translates(handler: ast.ExceptHandler) -> bool:
    """Whether it says no more than the error does: it ends the command, and adds no word."""
    for one in handler.body:
        call = one.value if isinstance(one, ast.Expr) else getattr(one, "exc", None)
        ends = isinstance(call, ast.Call) and ast.unparse(call.func) in ENDING
        words = [part.value for part in ast.walk(one) if isinstance(part, ast.Constant)]
        if not ends or any(isinstance(word, str) for word in words):
            return False
    return True


def handlers() -> list[tuple[str, ast.ExceptHandler]]:
    return [
        (path.name, node)
        for path in sorted(Path(letters.__path__[0], "cli").glob("**/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
    ]


def test_one_place_handles_the_family() -> None:
    wide = {"LettersError", "Exception"}
    assert [name for name, one in handlers() if caught(one) & wide] == [
        "app.py",
        "app.py",
        "app.py",
    ]


def test_no_command_only_passes_an_error_on() -> None:
    family = {*FAMILY, "CommandError"}
    passed = [
        f"{name}:{one.lineno}"
        for name, one in handlers()
        if caught(one) & family and only_translates(one)
    ]
    assert not passed
