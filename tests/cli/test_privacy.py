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
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reading_pdf
from conftest import LETTER, TEMPLATE
from PIL import Image
from post.servers import Sink, serving
from shared import made_once
from signing import sign

from letters.campaign import case as cases
from letters.campaign import people
from letters.campaign import signatory as signatories
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
    protected: str = "Quaz"

    def new(self, what: str, kind: str) -> str:
        begins = self.protected if kind == "secret" else "Quaz"
        word = f"{begins}{next(self.numbers)}k"
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
    texts = {key: words.local(f"{what}, {key}", other) for key in ("full", "address_as", "dative")}
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
        "place": words.local(
            f"{visibility} place", "shown" if visibility == "public" else "secret"
        ),
        "description": words.local(f"{visibility} description", kind("description")),
        "signer": complete(signatories.Signer, signer),
        "contact": complete(signatories.Contact, contact),
        "signature_image": f"images/{picture}.png",
        "testimony": complete(signatories.Testimony, testimony, "source", "date"),
    }
    return complete(
        signatories.Signatory, record, "gender", "identification_only", "languages", "signs_to"
    )


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
        "facts": [complete(cases.Fact, fact, "source", "date")],
        "consent": complete(cases.Consent, {"given": "yes", "date": "2025-01-01", "note": note}),
        "visibility": visibility,
        "confidential": "yes" if confidential else "no",
    }
    return complete(cases.Case, record)


def write(folder: Path, words: Words, copies: int = COPIES) -> None:
    """The campaign that holds all those words."""
    signers = [signatory(words, v, copy) for copy in range(copies) for v in VISIBILITIES]
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
    (folder / "images").mkdir(exist_ok=True)
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


def ask(campaign: Path, monkeypatch: pytest.MonkeyPatch, command: Iterable[str]) -> tuple[int, str]:
    """In this process, which is quicker: how the command ends, and all that it says."""
    said, status = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), 0
    monkeypatch.setattr(sys, "argv", ["letters", "-C", str(campaign), *command])
    with redirect_stdout(said), redirect_stderr(said):
        try:
            app.run()
        except SystemExit as end:
            status = int(end.code or 0)
    said.flush()
    return status, said.buffer.getvalue().decode()


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
        """What it says is kept with the status in the name."""
        status, said = ask(campaign, monkeypatch, command)
        words = "-".join(word for word in command if "/" not in word)
        name = f"{next(numbers):02} {status} {words}"
        (folder / "said" / name).write_text(said, encoding="utf-8")

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


# The plan and the mail name the address to which they go.
DOCUMENTED = {"the e-mail of a recipient"}
NOTE = "Quonnote"  # what the log was told: the log shows and exports it, and nothing else does
AFTER = (
    ("check --privacy", 0),
    ("status --json", 0),
    ("status --html {left}/status.html", 0),
    ("send --json", 3),
    ("send --confirm 1", 3),
    ("send --eml {left}/eml", 3),
    ("print", 3),
    ("followup {left}/second", 3),
    ("track sent minister --channel hand --note {note}", 0),
    ("log correct 6 --why nobody-was-there --by Sam", 0),
    ("log correct 7 --why nobody-was-there --by Sam", 0),
    ("sign approve-name signer-3 --by Sam --why typo --yes --tell {left}/note.txt", 0),
    ("sign approve-name signer-2 --by Sam --why typo --yes", 0),
    ("sign reaffirm signer-1 --note {note}", 0),
    ("sign reaffirm signer-0 --note {note}", 0),
    ("render", 0),
    ("send", 0),
    ("send --eml {left}/eml", 0),
    ("send --test-to me@example.org --confirm 1", 0),
    ("send --confirm 1", 0),
    ("send --again minister --why lost --confirm 1", 0),
    ("print --envelopes dl", 0),
    ("track returned minister --channel email --why moved --note {note}", 0),
    ("track reply nobody --kind none --note {note}", 2),
    ("track reply minister --kind none --note {note}", 0),
    ("track press --note {note}", 0),
    ("followup {left}/second --to minister", 3),
    ("editions", 0),
    ("log verify", 0),
    ("log correct 1 --why wrong --by Sam", 3),
    ("people rename --speaking", 0),
    ("people rename signer-3 signer-30 --write", 0),
    ("sign withdraw signer-2 --note {note}", 0),
    ("status --json", 0),
    ("print --to minister", 3),
    ("log erase signer-30", 3),
    ("log erase signer-30 --confirm signer-30 --by Sam", 0),
    ("status", 1),
)
OF_THE_LOG = (
    "log show", "log show --json", "log export", "log export --format csv", "log receipt signer-1",
)  # fmt: skip


def parts(mail: bytes) -> Iterator[bytes]:
    """The mail as it is, and each of its parts decoded."""
    yield mail
    for part in message_from_bytes(mail).walk():
        if isinstance(content := part.get_payload(decode=True), bytes):
            yield content


def test_nothing_leaves_that_was_changed_after_rendering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what was protected when the letters were made, nor what is protected since."""
    campaign, left = tmp_path / "campaign", tmp_path / "left"
    campaign.mkdir()
    left.mkdir()

    def put(words: Words) -> dict[str, str]:
        write(campaign, words, copies=1)
        with (campaign / "letter.yaml").open("a", encoding="utf-8") as letter:
            letter.write("mail: {from: friends@example.org}\n")
        return {word: what for word, what in words.secret.items() if what not in DOCUMENTED}

    def run(command: str) -> tuple[int, str]:
        words = command.format(left=left, note=NOTE).split()
        return ask(campaign, monkeypatch, words)

    before = put(Words())
    for number in range(len(VISIBILITIES)):
        assert run(f"sign record signer-{number} --note {{note}}")[0] == 0
    assert run("render --format pdf")[0] == 0
    after = put(Words(protected="Quex"))
    assert len(before) == len(after) > 100
    assert not before.keys() & after.keys()
    protected = before | after
    said = {}
    sink = Sink()
    with serving(sink) as port:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        for number, (command, status) in enumerate(AFTER):
            ended, said[f"{number} {command}"] = run(command)
            assert (command, ended) == (command, status), said[f"{number} {command}"]
    of_the_log = {}
    for command in OF_THE_LOG:
        ended, of_the_log[command] = run(command)
        assert ended == 0
        assert (NOTE in of_the_log[command]) == (NOTE in of_the_log["log show"])
    drafts = [file.read_bytes() for file in (left / "eml").glob("*.eml")]
    mails = [part for mail in (*sink.mails, *drafts) for part in parts(mail)]
    assert (len(sink.mails), len(drafts)) == (3, 1)
    for told, kind in ((said, protected | {NOTE: "note"}), (of_the_log, protected)):
        assert {
            (command, what)
            for command, text in told.items()
            for word, what in kind.items()
            if word.casefold() in text.casefold()
        } == set()
    for number, part in enumerate(mails):
        (left / f"mail-{number}").write_bytes(part)
    gone = [*files(campaign / "out"), *(one for one in files(left) if "second" not in one.parts)]
    assert found(gone, protected | {NOTE: "note"}) == []
