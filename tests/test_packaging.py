"""The wheel alone, in an environment of its own, makes a campaign and renders it; the locks fit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built with the locked back end."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel, and borrows what the wheel needs.

    A path line in a .pth file adds a folder but reads no .pth files in it, so the checkout that
    is installed here in editable mode can't stand in for the wheel.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, symlinks=True)
    interpreter = folder / "bin" / "python"
    install = ["-m", "pip", "--python", str(interpreter), "install", "--no-index", "--no-deps"]
    subprocess.run([sys.executable, *install, str(wheel)], check=True, capture_output=True)
    here = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=here))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return interpreter


def run(command: list[str | Path], cwd: Path) -> str:
    """The output of a command that must succeed, run as from a user's own shell."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_holds_all_that_the_program_reads(wheel: Path) -> None:
    """Every file of the package and of the templates, and nothing else, is in the wheel."""
    lying = {
        file.relative_to(ROOT).as_posix()
        for room in ("letters", "templates")
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    wanted = {f"letters/_shipped/{name}" if name.startswith("t") else name for name in lying}
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert any(name.startswith("letters/_shipped/templates/open-letter/") for name in names)
    assert any(name.startswith("letters/_shipped/templates/themes/") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_a_new_campaign_renders_from_any_folder(python: Path, tmp_path: Path) -> None:
    letters = python.parent / "letters"
    run([letters, "new", "x"], tmp_path)
    run([letters, "-C", "x", "render"], tmp_path)
    produced = {file.suffix for file in (tmp_path / "x" / "out").iterdir()}
    assert {".pdf", ".docx"} <= produced


def test_it_runs_the_installed_package_and_not_the_checkout(python: Path, tmp_path: Path) -> None:
    where = run([python, "-c", "import letters; print(letters.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(python.parent.parent)


def test_the_module_runs_like_the_command(python: Path, tmp_path: Path) -> None:
    by_command = run([python.parent / "letters", "--version"], tmp_path)
    assert run([python, "-m", "letters", "--version"], tmp_path) == by_command


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    """A dependency added without `script/lock`, or an index's address in a lock, stops here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    asked = {
        "requirements.lock": runtime,
        "requirements-dev.lock": [*runtime, *project["dependency-groups"]["dev"]],
        "requirements-soak.lock": project["dependency-groups"]["soak"],
    }
    for name, requirements in asked.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        locked = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, flags=re.MULTILINE))
        for requirement in map(Requirement, requirements):
            assert locked[canonicalize_name(requirement.name)] in requirement.specifier
