"""No message repeats what may be protected, whatever is wrong and wherever it is noticed.

Each word that begins with “Quaz” stands in a record of somebody who is not to be named, and nowhere
else. Each field is made wrong in turn, files are damaged, and the program itself is made to fail.
"""

from __future__ import annotations

import copy
import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from signing import sign

from letters.campaign.load import load

from .forced import CANARY, KINDS, choose, lines_of, raising
from .test_privacy import VISIBILITIES, Words, ask, write

SOAK = bool(os.environ.get("LETTERS_SOAK"))
HIDDEN = ("role-only", "withheld")
LEAK = re.compile("quaz", re.IGNORECASE)
WRONG: dict[str, Callable[[str], Any]] = {
    "a list": lambda word: [word],
    "a group": lambda word: {word: word},
    "a group of small letters": lambda word: {word.lower(): word},
    "another text": lambda word: word,
    "a long text": lambda word: word * 200,
    "a mark of direction": lambda word: f"{word}\u202e",
    "a placeholder": lambda word: f"{{{word}}}",
    "a path outside": lambda word: f"../{word}",
    "a path": lambda word: f"images/{word}.png",
    "small letters": str.lower,
    "an empty key": lambda word: {word: None},
    "a language": lambda word: {"ada": word, "xx": [word]},
    "a day": lambda word: f"2026-13-45 {word}",
    "a mailbox": lambda word: f"{word}..x@{word}_example.org",
}


def paths(node: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for step, value in items if isinstance(node, dict | list) else ():
        yield from paths(value, (*at, step))


def around(node: Any, path: tuple[str | int, ...]) -> Any:
    for step in path[:-1]:
        node = node[step]
    return node


def spoiled(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The record with each of its fields wrong in every way, one at a time."""
    for path in paths(record):
        word = "Quazleak" + "".join(c for c in "-".join(map(str, path)) if c.isalnum())
        for how, make in WRONG.items():
            other = copy.deepcopy(record)
            around(other, path)[path[-1]] = make(word)
            yield f"{path}: {how}", other
        if isinstance(path[-1], str):
            other = copy.deepcopy(record)
            inside = around(other, path)
            inside[word] = inside.pop(path[-1])
            yield f"{path}: another key", other
            other = copy.deepcopy(record)
            around(other, path)[word.lower()] = "1"
            yield f"{path}: one more key", other


def records(folder: Path) -> Iterator[tuple[str, Path, Callable[[Any], str]]]:
    """Each wrong record, the file that it stands in, and what is written there then."""
    people = json.loads((folder / "signatories.yaml").read_text(encoding="utf-8"))
    letter = (folder / "letter.yaml").read_text(encoding="utf-8")
    found = re.search(r"^cases: (.*)$", letter, re.MULTILINE)
    assert found
    cases = json.loads(found[1])
    for kind in HIDDEN:
        number = VISIBILITIES.index(kind)
        for what, record in spoiled(people[number]):
            whole = [*people[:number], record, *people[number + 1 :]]
            yield f"a signatory, {kind}, {what}", folder / "signatories.yaml", json.dumps(whole)  # type: ignore[misc]
        case = cases[2 * number]
        case["facts"][0] |= {"source": "report", "date": "2025-01-01"}
        for what, record in spoiled(case):
            other = json.dumps([*cases[: 2 * number], record, *cases[2 * number + 1 :]])
            whole_letter = letter.replace(found[0], f"cases: {other}")
            yield f"a case, {kind}, {what}", folder / "letter.yaml", whole_letter  # type: ignore[misc]


def leaks(folder: Path) -> list[str]:
    """The messages about a campaign that hold a canary."""
    _, problems = load(folder)
    told = [f"{problem} {json.dumps(problem.as_json())}" for problem in problems]
    return [line for line in told if LEAK.search(line)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, Words(), copies=1)
    return tmp_path


def test_each_field_is_wrong_in_turn_and_no_message_repeats_it(folder: Path) -> None:
    """Tests take every thirteenth; the soak takes all."""
    tried = 0
    for number, (what, file, text) in enumerate(records(folder)):
        if not SOAK and number % 13:
            continue
        before = file.read_text(encoding="utf-8")
        file.write_text(str(text), encoding="utf-8")
        assert leaks(folder) == [], what
        file.write_text(before, encoding="utf-8")
        tried += 1
    assert tried > (2500 if SOAK else 190)


SIGNS = (
    '"', "'", ": ", "\t", "&", "*", "!", "- ", "{", "}", "[", "]", "%", "@", "`", "\0", "\n---\n", "|",
    ">", "#", ",", "\n", "\u202e", "\ufeff", "? ", "<<: ", "\x85", "\udcff", "\\", "=", "\n- ", ":",
)  # fmt: skip


@pytest.mark.parametrize("file", ["signatories.yaml", "letter.yaml"])
def test_a_damaged_file_is_told_without_its_words(folder: Path, file: str) -> None:
    chance, path = random.Random(13), folder / file
    whole = yaml.safe_dump(
        yaml.safe_load(path.read_text(encoding="utf-8")), allow_unicode=True, sort_keys=False
    )
    places = [found.start() for found in LEAK.finditer(whole)]
    for _ in range(1500 if SOAK else 60):
        at = chance.choice(places) + chance.randint(-3, 9)
        sign_, cut = chance.choice(SIGNS), chance.choice((0, 0, 1, 5, 40, len(whole)))
        data = (whole[:at] + sign_ + whole[at + cut :]).encode("utf-8", "surrogateescape")
        path.write_bytes(data)
        assert leaks(folder) == [], (at, sign_, cut)


BESIDE = {
    "vexler.yaml": "- id: a\n",
    "quazlost.yaml.txt": "visibility: withheld\nname: Quazlost\n",
    "Quazlost.json": '{"visibility": "role-only", "name": "Quazlost"}',
    "QUAZLOST": "name: Quazlost\nvisibility: withheld\n",
    "quazfile.yaml": "id: signer-9\nname: {given: Quazfile}\nvisibility: withheld\n",
    "quazid.yaml": "name: {given: Quazid}\nvisibility: role-only\n",
    "quazwrong.yaml": "name: {given: Quazwrong, Quazkey: 1}\nvisibility: witheld\n",
    "quazbad.yaml": 'name: "Quazbad\nvisibility: withheld\n',
    "quaztab.yaml": "visibility: withheld\n\tname: Quaztab\n",
}


def test_no_file_of_somebody_hidden_is_named(folder: Path) -> None:
    (folder / "signatories.yaml").unlink()
    for name, text in BESIDE.items():
        (folder / "signatories").mkdir(exist_ok=True)
        (folder / "signatories" / name).write_text(text, encoding="utf-8")
    letter = folder / "letter.yaml"
    letter.write_text(
        letter.read_text(encoding="utf-8") + "signatories: signatories\n", encoding="utf-8"
    )
    assert leaks(folder) == []
    _, problems = load(folder)
    told = [str(each) for each in problems if each.place.path == "signatories"]
    assert len(told) == len(BESIDE) - 1
    assert any("the name of file 3 of 6 gives away a part of a name" in line for line in told)


def test_a_file_of_somebody_who_is_named_is_named(folder: Path) -> None:
    (folder / "signatories.yaml").unlink()
    (folder / "signatories").mkdir()
    (folder / "signatories" / "ada.yaml").write_text("name: Ada\nvisibility: [x\n", "utf-8")
    letter = folder / "letter.yaml"
    letter.write_text(
        letter.read_text(encoding="utf-8") + "signatories: signatories\n", encoding="utf-8"
    )
    _, problems = load(folder)
    assert any(problem.place.path == "signatories/ada.yaml" for problem in problems)


def test_no_id_of_a_case_that_is_withheld_gives_it_away(folder: Path) -> None:
    letter = folder / "letter.yaml"
    text = letter.read_text(encoding="utf-8")
    name = re.findall(r'"id": "case-3-0", "person": {"en": "(\w+)"', text)[0]
    letter.write_text(text.replace('"case-3-0"', f'"{name.lower()}-x"'), encoding="utf-8")
    _, problems = load(folder)
    told = [str(each) for each in problems if each.place.key == "cases[6].id"]
    assert "the id gives away a part of a name that is not to be printed" in told[0]
    assert leaks(folder) == []


# --- commands -----------------------------------------------------------------------------------

ASKED = (
    ("check",), ("check", "--json"), ("check", "--privacy"), ("render", "--format", "txt"),
    ("status",), ("status", "--json"), ("send",), ("print",), ("people", "list"), ("log", "show"),
    ("log", "verify"), ("editions", "status"), ("track", "reply", "minister", "--kind", "refusal"),
    ("sign", "record", "signer-3", "--note", "x"), ("people", "show", "signer-3"),
    ("followup",), ("log", "export"), ("import", "signatories", "signatories.yaml"),
)  # fmt: skip


def damage(folder: Path, kind: str) -> None:
    """Something else that is wrong, of which commands may tell."""
    people = json.loads((folder / "signatories.yaml").read_text(encoding="utf-8"))
    pictures = sorted((folder / "images").iterdir())
    if kind == "pictures":
        for number, picture in enumerate(pictures):
            picture.write_bytes(b"Quazbytes"[: 3 * number])
    elif kind == "no pictures":
        shutil.rmtree(folder / "images")
    elif kind == "no rights":
        for picture in pictures:
            picture.unlink()
            picture.mkdir()
    elif kind == "names":
        for person in people:
            person["name"]["display"] = "\U0001f308 " + person["name"]["given"]
    elif kind == "enclosure":
        letter = folder / "letter.yaml"
        text = letter.read_text(encoding="utf-8")
        confidential = re.sub(r'("confidential": "yes"})\]', r'"file": "quazpath/a.pdf", \1]', text)
        assert confidential != text
        letter.write_text(confidential, encoding="utf-8")
    elif kind == "log":
        (folder / "letters.db").write_bytes(b"SQLite format 3\0Quazlog" * 99)
    (folder / "signatories.yaml").write_text(json.dumps(people), encoding="utf-8")


@pytest.mark.parametrize(
    "kind", ["nothing", "pictures", "no pictures", "no rights", "names", "enclosure", "log"]
)
def test_no_command_tells_of_it(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    words = Words()
    write(folder, words, copies=1)
    sign(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.chdir(folder)
    damage(folder, kind)
    secret = re.compile(
        "|".join([*words.secret, "Quazbytes", "Quazlog", "quazpath"]), re.IGNORECASE
    )
    for command in ASKED if kind == "nothing" else ASKED[:8]:
        status, said = ask(folder, monkeypatch, command)
        said = said.replace(str(folder), "")
        if command[:2] not in (("people", "show"), ("import", "signatories")):  # who asks for it
            assert not secret.findall(said), (command, status, said)
        assert status != 70, (command, said)


COMMANDS = (("check",), ("render", "--format", "txt"), ("status",), ("send",))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_exception_anywhere_tells_of_it(
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    """Tests force a few; the soak forces a thousand."""
    words = Words()
    write(folder, words, copies=1)
    sign(folder)
    secret = re.compile("|".join([*words.secret, CANARY]), re.IGNORECASE)
    state = folder / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    aside = tmp_path_factory.mktemp("aside")
    pristine, seen = aside / "pristine", aside / "seen"
    shutil.copytree(folder, pristine)
    seen.mkdir()
    told: list[object] = []
    lines = lines_of(lambda: told.append(ask(folder, monkeypatch, command)), seen)
    assert any("/draft/" in file for file, _ in lines), told  # in the workers, too
    ended = Counter[int]()
    for at, kind in choose(lines, 250 if SOAK else 4, seed=len(command[0])):
        shutil.rmtree(folder)
        shutil.copytree(pristine, folder)
        with raising(at, KINDS[kind]):
            status, said = ask(folder, monkeypatch, command)
        ended[status] += 1
        assert "Traceback" not in said, (at, said)
        assert not secret.search(said.replace(str(folder), "")), (at, kind, said)
        for report in state.rglob("*.txt"):
            assert not secret.search(report.read_text(encoding="utf-8")), at
    assert ended[70] > (50 if SOAK else 0), ended
