"""What is protected is in no byte that leaves the campaign, whatever is asked of it.

Every field that a person or a case can have holds a word of its own, which stands nowhere else.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reading_pdf
from conftest import LETTER, TEMPLATE
from PIL import Image
from shared import made_once
from signing import sign

from letters.campaign import people, schema
from letters.cli import app

if TYPE_CHECKING:
    from pydantic import BaseModel

COPIES = 9  # people of each visibility: enough for a thousand words
VISIBILITIES = ("public", "name-only", "role-only", "withheld")
SHOWN = {
    "public": {"name", "role", "affiliation", "signer", "testimony", "signature_image"},
    "name-only": {"name"},
    "role-only": {"description"},
    "withheld": set(),
}
CASE_SHOWN = {
    "public": {"person", "facts"},
    "name-only": {"person"},
    "role-only": {"description", "facts"},
    "withheld": set(),
}

# Asks for everything that a template can reach.
NOSY = """\
::: address
{{ recipient.address }}
:::

::: subject
{{ subject }}
:::

::: salutation
{{ recipient.salutation }}
:::

{% for s in signatories %}
{% for part in [s.name, s.given, s.family, s.role, s.affiliation, s.testimony, s.gender, s.tier] %}
{% if part %}{{ part }},{% endif %}
{% endfor %}

{% endfor %}
{% for author in authors %}
{{ author.name }}
{% endfor %}

{% for case in cases %}
{{ case.person }}
{% for fact in case.facts %}
{{ fact.text }}{% if fact.said_by %}, {{ fact.said_by }}{% endif %}
{% endfor %}

{% endfor %}
::: asks
{% for ask in asks %}
1. {{ ask.text }}
{% endfor %}
:::

::: close
{{ recipient.close }}
:::

::: signatures
:::

::: enclosures
{% for enclosure in enclosures %}
- {{ enclosure }}
{% endfor %}
:::
"""


@dataclass
class Words:
    """Words that stand nowhere else, each with what it stands for."""

    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(100))
    secret: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    confidential: dict[str, str] = field(default_factory=dict)

    def new(self, what: str, kind: str) -> str:
        word = f"Quaz{next(self.numbers)}k"
        group = {"secret": self.secret, "shown": self.shown, "confidential": self.confidential}
        group[kind][word] = what
        return word

    def local(self, what: str, kind: str) -> dict[str, str]:
        return {tag: self.new(f"{what} ({tag})", kind) for tag in ("en", "fr")}


def complete(model: type[BaseModel], written: dict[str, Any], *without: str) -> dict[str, Any]:
    """The record, which has to have every field: a new one can't be forgotten here."""
    assert set(model.model_fields) - set(written) == set(without)
    return written


def name(words: Words, what: str, kind: str) -> dict[str, Any]:
    """A name with all its forms; only what is displayed is ever printed."""
    other = "secret" if kind == "secret" else "shown"
    forms = {
        key: words.new(f"{what}, {key}", other)
        for key in ("given", "family", "particle", "patronymic", "suffix", "native", "sort")
    }
    texts = {key: words.local(f"{what}, {key}", other) for key in ("full", "address_as")}
    display = words.local(f"{what}, display", kind)
    return complete(people.Name, {**forms, **texts, "display": display}, "family_first")


def signatory(words: Words, visibility: str, copy: int) -> dict[str, Any]:
    def kind(key: str) -> str:
        return "shown" if key in SHOWN[visibility] else "secret"

    contact = {
        "email": f"{words.new(f'{visibility} e-mail', 'secret')}@example.org",
        "phone": words.new(f"{visibility} phone", "secret"),
        "address": [words.new(f"{visibility} address", "secret") for _ in range(2)],
        "note": words.new(f"{visibility} note", "secret"),
    }
    # Whose affiliation is shown has no signer, and the other way round: both are tried.
    signer = {
        "name": name(words, f"{visibility} signer", kind("signer")),
        "role": words.local(f"{visibility} signer's role", kind("signer")),
    }
    testimony = {"text": words.local(f"{visibility} testimony", kind("testimony"))}
    picture = words.new(f"{visibility} image", "secret")
    record = {
        "id": f"signer-{VISIBILITIES.index(visibility)}" + (f"-{copy}" if copy else ""),
        "name": name(words, visibility, kind("name")),
        "kind": "organisation",
        "tier": "organisation",
        "visibility": visibility,
        "role": words.local(f"{visibility} role", kind("role")),
        "affiliation": words.local(f"{visibility} affiliation", kind("affiliation")),
        "description": words.local(f"{visibility} description", kind("description")),
        "signer": complete(people.Signer, signer),
        "contact": complete(people.Contact, contact),
        "signature_image": f"images/{picture}.png",
        "testimony": complete(people.Testimony, testimony, "source", "date"),
    }
    return complete(people.Signatory, record, "gender", "identification_only", "languages")


def case(words: Words, visibility: str, *, confidential: bool) -> dict[str, Any]:
    def kind(key: str) -> str:
        if key not in CASE_SHOWN[visibility]:
            return "secret"
        return "confidential" if confidential else "shown"

    what = f"{visibility} case{', confidential' if confidential else ''}"
    fact = {
        "text": words.local(f"{what}, fact", kind("facts")),
        "said_by": words.local(f"{what}, said by", kind("facts")),
    }
    note = words.new(f"{what}, consent", "secret")
    record = {
        "id": f"case-{VISIBILITIES.index(visibility)}-{int(confidential)}",
        "person": words.local(f"{what}, person", kind("person")),
        "description": words.local(f"{what}, description", kind("description")),
        "facts": [complete(schema.Fact, fact, "source", "date")],
        "consent": complete(schema.Consent, {"given": "yes", "date": "2025-01-01", "note": note}),
        "visibility": visibility,
        "confidential": "yes" if confidential else "no",
    }
    return complete(schema.Case, record)


def write(folder: Path, words: Words) -> None:
    """The campaign that holds all those words."""
    signers = [signatory(words, v, copy) for copy in range(COPIES) for v in VISIBILITIES]
    cases = [case(words, v, confidential=c) for v in VISIBILITIES for c in (False, True)]
    enclosures = [
        {"title": words.local("enclosure", "shown")},
        {"title": words.local("confidential enclosure", "confidential"), "confidential": "yes"},
    ]
    recipient = {
        "id": "minister",
        "name": "Sam Taylor",
        "email": f"{words.new('the e-mail of a recipient', 'secret')}@example.org",
    }
    letter = re.sub(r"(?ms)^(cases|enclosures|figures|copies_to|values):\n(?: .*\n)*", "", LETTER)
    letter += f"cases: {json.dumps(cases)}\nenclosures: {json.dumps(enclosures)}\n"
    for path, text in {
        "letter.yaml": letter,
        "signatories.yaml": json.dumps(signers),
        "recipients.yaml": json.dumps([recipient]),
        "templates/note/template.yaml": TEMPLATE.partition("values:")[0],
        "templates/note/letter.en.md": NOSY,
        "templates/note/letter.fr.md": NOSY,
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "images").mkdir()
    for number, person in enumerate(signers):
        Image.new("RGB", (30 + number, 20), "navy").save(folder / str(person["signature_image"]))


COMMANDS = (
    ("check",),
    ("check", "--json"),
    ("check", "--privacy"),
    ("status",),
    ("status", "--json"),
    ("log", "show", "--json"),
    ("log", "verify"),
    ("sign", "record", "signer-3", "--note", "again"),
    ("sign", "withdraw", "signer-3"),
    ("sign", "invite", "signer-3", "--note", "asked"),
    ("sign", "record", "nobody", "--note", "x"),
    ("render", "--recipient", "nobody"),
    ("render", "--format", "txt", "--out", "{folder}/after"),
    ("status", "--html", "{folder}/after/status.html"),
    ("render", "--attach", "docx,source", "--out", "{folder}/attached"),
    ("render", "--attach", "source", "--audience", "public", "--out", "{folder}/attached"),
)
BROKEN = {
    "templates/note/letter.en.md": "{{ signatories[0].contact.email }} {{ signatories[9] }} {% for",
    "templates/note/letter.fr.md": "{{ cases[0].consent.note }} {{ recipient.email }}",
}


def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The campaign, all that is rendered of it, and all that the commands say of it."""
    vocabulary = Words()
    campaign = folder / "campaign"
    campaign.mkdir()
    write(campaign, vocabulary)
    kinds = {
        "secret": vocabulary.secret,
        "shown": vocabulary.shown,
        "confidential": vocabulary.confidential,
    }
    (folder / "words.json").write_text(json.dumps(kinds), encoding="utf-8")
    (folder / "said").mkdir()
    numbers = itertools.count()

    def run(*command: str) -> None:
        """In this process, which is quicker; what it says is kept with the status in the name."""
        said, status = io.StringIO(), 0
        monkeypatch.setattr(sys, "argv", ["letters", "-C", str(campaign), *command])
        with redirect_stdout(said), redirect_stderr(said):
            try:
                app.run()
            except SystemExit as end:
                status = int(end.code or 0)
        words = "-".join(word for word in command if "/" not in word)
        name = f"{next(numbers):02} {status} {words}"
        (folder / "said" / name).write_text(said.getvalue(), encoding="utf-8")

    every = ("render", "--format", "pdf,docx,html,txt")
    run(*every, "--out", str(folder / "draft"))
    sign(campaign)
    run(*every)
    run(*every, "--audience", "public")
    for command in COMMANDS:
        run(*(word.format(folder=folder) for word in command))
    for path, text in BROKEN.items():
        (campaign / path).write_text(text, encoding="utf-8")
        run("check")
        run("render")
        run("status")
    signers = json.loads((campaign / "signatories.yaml").read_text(encoding="utf-8"))
    for person in signers:
        person["contact"]["email"] += ", and another"
        person["gender"] = person["name"]["given"]
        person["languages"] = [person["name"]["family"]]
        person["tier"] = person["contact"]["phone"]
        person["visibility"] = person["name"]["display"]["en"]
    (campaign / "signatories.yaml").write_text(json.dumps(signers), encoding="utf-8")
    run("check")
    run("check", "--json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return made_once(tmp_path_factory, "privacy", lambda folder: make(folder, monkeypatch))


@pytest.fixture(scope="module")
def words(made: Path) -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = json.loads((made / "words.json").read_text(encoding="utf-8"))
    return kinds


def views(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, those that are packed in it, and the words as they are read."""
    yield data
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            try:
                inflated = zlib.decompress(stream)
            except zlib.error:
                continue
            yield from views(inflated)
        read = reading_pdf.read(data)
        yield " ".join((*read.tree.pieces(), *read.edges)).encode()
        yield repr([figure.attributes for figure in read.tree.every("Figure")]).encode()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member.encode()
                yield archive.read(member)
                yield re.sub(rb"<[^>]*>", b"", archive.read(member))


def found(files: list[Path], kind: dict[str, str]) -> list[str]:
    """What each of these words stands for that is in one of the files, and in which."""
    hits = []
    for file in files:
        whole = b"\n".join((file.name.encode(), *views(file.read_bytes()))).lower()
        packed = re.sub(rb"[\s-]", b"", whole)
        hits += [
            f"{what} in {file.name}"
            for word, what in kind.items()
            if word.lower().encode() in whole or word.lower().encode() in packed
        ]
    return hits


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_there_is_something_to_find(made: Path, words: dict[str, dict[str, str]]) -> None:
    assert len(words["secret"]) > 1000
    assert len(files(made / "said")) == 3 + len(COMMANDS) + 3 * len(BROKEN) + 2
    assert found([made / "campaign" / "signatories.yaml"], words["secret"])


@pytest.mark.parametrize("where", ["draft", "campaign/out", "after", "attached", "said"])
def test_nothing_protected_leaves_the_campaign(
    made: Path, words: dict[str, dict[str, str]], where: str
) -> None:
    assert files(made / where)
    assert found(files(made / where), words["secret"]) == []


def test_nothing_confidential_is_in_a_copy_for_the_public(
    made: Path, words: dict[str, dict[str, str]]
) -> None:
    public = [*files(made / "campaign" / "out" / "public"), *files(made / "attached" / "public")]
    assert len(public) == 2 * 4 + 2 * 2
    assert found(public, words["confidential"]) == []


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "txt"])
def test_what_may_be_seen_is_seen(
    made: Path, words: dict[str, dict[str, str]], suffix: str
) -> None:
    """So that nothing above is true because nothing is printed at all."""
    out = made / "campaign" / "out"
    printed = {"display", "role", "affiliation", "description", "testimony", "person", "fact"}
    wanted = {
        what
        for kind in ("shown", "confidential")
        for what in words[kind].values()
        if printed & set(re.split(r"\W+", what)) and "address_as" not in what
    }
    hits: set[str] = set()
    for tag in ("en", "fr"):
        file = out / f"minister.{tag}.{suffix}"
        for kind in ("shown", "confidential"):
            hits |= {hit.removesuffix(f" in {file.name}") for hit in found([file], words[kind])}
    assert wanted - hits == set()


def test_only_the_picture_of_a_public_signatory_is_printed(made: Path) -> None:
    for file in files(made / "campaign" / "out"):
        data = file.read_bytes()
        if file.suffix == ".html":
            assert data.count(b"data:image/png;base64,") == COPIES
        if file.suffix == ".docx":
            with zipfile.ZipFile(file) as archive:
                assert sum("media/" in name for name in archive.namelist()) == COPIES
        if file.suffix == ".pdf":
            figures = list(reading_pdf.read(data).tree.every("Figure"))
            assert len(figures) == COPIES


def test_the_statuses_say_how_each_command_ended(made: Path) -> None:
    """The commands above did what they were run for."""
    ended = [tuple(file.name.split(" ")[1:3]) for file in files(made / "said")]
    assert ended[:3] == [
        ("0", "render---format-pdf,docx,html,txt---out"),
        ("0", "render---format-pdf,docx,html,txt"),
        ("0", "render---format-pdf,docx,html,txt---audience-public"),
    ]
    by_command = {command: status for status, command in ended[3 : 3 + len(COMMANDS)]}
    assert {command: status for command, status in by_command.items() if status != "0"} == {
        "sign-record-nobody---note-x": "2",
        "render---recipient-nobody": "2",
        "sign-record-signer-3---note-again": "3",
        "sign-invite-signer-3---note-asked": "3",
    }
    assert {status for status, _ in ended[3 + len(COMMANDS) :]} == {"1"}
