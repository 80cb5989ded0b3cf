"""A new campaign is whole or not there, and never takes the place of anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from letters import files, shipped
from letters.campaign import scaffold
from letters.campaign.load import load


def test_it_makes_a_campaign_without_mistakes(tmp_path: Path) -> None:
    made = scaffold.start(tmp_path / "new" / "deep", "open-letter")
    assert made == ["letter.yaml", "recipients.yaml", "signatories.yaml"]
    campaign, problems = load(tmp_path / "new" / "deep")
    assert campaign is not None
    assert problems == []


def test_editors_find_the_schemas_that_the_files_name(tmp_path: Path) -> None:
    scaffold.start(tmp_path / "new", "open-letter")
    for file in (tmp_path / "new").glob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        schema = json.loads((file.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
        assert schema["title"] == file.name


def test_what_is_private_is_kept_out_of_repositories(tmp_path: Path) -> None:
    scaffold.start(tmp_path / "new", "open-letter")
    ignored = (tmp_path / "new" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"out/", "outbox/", "*.db", "*.db-mark", "*.db-wal", "*.db-shm"} <= set(ignored)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    scaffold.start(tmp_path, "open-letter")
    assert (tmp_path / "letter.yaml").is_file()


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "letter.yaml"])
def test_it_refuses_a_folder_that_holds_anything(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        scaffold.start(tmp_path, "open-letter")
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_it_refuses_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        scaffold.start(tmp_path / "new", "open-letter")
    assert (tmp_path / "new").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_it_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existed: bool, error: BaseException
) -> None:
    folder = tmp_path / "new"
    if existed:
        folder.mkdir()
    write, written = files.replace, list[Path]()

    def fails_at_the_third(path: Path, data: bytes) -> None:
        if len(written) == 2:
            raise error
        write(path, data)
        written.append(path)

    monkeypatch.setattr(files, "replace", fails_at_the_third)
    with pytest.raises(type(error)):
        scaffold.start(folder, "open-letter")
    assert len(written) == 2
    assert folder.exists() is existed
    assert not existed or not list(folder.iterdir())


def test_every_template_with_a_start_can_be_started_from() -> None:
    assert "open-letter" in scaffold.templates()
    assert all((shipped.TEMPLATES / t / "starter").is_dir() for t in scaffold.templates())
