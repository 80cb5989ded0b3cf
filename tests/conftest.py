"""What tests of several rooms share: a small valid campaign on disk, and the command itself."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from letters.__main__ import main
from letters.campaign.load import load
from letters.campaign.model import Campaign

# How long an example takes says how busy the computer is, and nothing of the program.
settings.register_profile("letters", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("letters")

LETTER = """\
title: {en: A letter for the tests, fr: Une lettre pour les essais}
template: note
languages: [en, fr]
date: 2025-09-03
place: Ottawa
subject: {en: Three questions, fr: Trois questions}
from:
  organisation: {en: Joint letter, fr: Lettre commune}
  contact: reply@example.org
  country: CA
asks:
  - text: {en: to answer the first question;, fr: de répondre à la première question ;}
  - text: {en: to answer the second., fr: de répondre à la deuxième.}
    limits: {en: No more than that is asked., fr: Rien de plus n’est demandé.}
figures:
  applied:
    value: 1000
    label: {en: people have applied., fr: personnes ont fait une demande.}
    source: report
cases:
  - id: case-one
    person: Ada Example
    visibility: public
    facts:
      - text: {en: Ada Example waited., fr: Ada Example a attendu.}
        source: report
        date: 2025-01-02
sources:
  report:
    title: {en: A report, fr: Un rapport}
    publisher: The Example
    date: 2025-09-01
    url: https://example.org/report
enclosures:
  - title: {en: A list, fr: Une liste}
copies_to:
  - Office of the Clerk
deadline: 2025-10-01
values:
  thanks: {en: You listened., fr: Vous avez écouté.}
  pages: 3
"""

SIGNATORIES = """\
- id: okafor
  name: {given: Ngozi, family: Okafor}
  gender: f
  tier: author
  role: {en: Teacher, fr: Enseignante}
  testimony:
    text: {en: Ngozi Okafor was there., fr: Ngozi Okafor y était.}
    source: report
  contact:
    email: ngozi@example.org
- id: lindqvist
  name: {given: Åsa, family: Lindqvist}
  affiliation: University of Example
- id: reading-circle
  name: {display: {en: Reading Circle, fr: Cercle de lecture}}
  kind: organisation
- id: signer-07
  name: {given: Withheld, family: Person}
  visibility: withheld
  contact:
    email: secret@example.net
- id: signer-08
  name: {given: Described, family: Someone}
  visibility: role-only
  description: {en: "a journalist, Minsk", fr: "un journaliste, Minsk"}
"""

RECIPIENTS = """\
- id: prime-minister
  name: {given: Mark, family: Carney}
  gender: m
  office: {en: Prime Minister of Canada, fr: Premier ministre du Canada}
  address:
    street: 80 Wellington Street
    city: Ottawa
    region: ON
    postcode: K1A 0A2
    country: CA
  salutation: {en: "Dear Prime Minister:", fr: "Monsieur le Premier Ministre,"}
  email: office@example.org
- id: minister
  name: Sam Taylor
  office: {en: Minister, fr: Ministre}
  district: {en: North, fr: Nord}
"""

TEMPLATE = """\
title: Note
description: A short letter that has every block.
values:
  thanks: {help: what deserves thanks}
  pages: {type: number, help: how many pages there are}
  seen: {type: date, required: no, help: when it was seen}
  urgent: {type: yes-no, required: no, help: whether it is urgent}
"""

BODY_EN = """\
::: letterhead
{{ sender.organisation }}
{{ sender.contact }}
:::

::: date
{{ place }}, {{ date }}
:::

::: address
{{ recipient.address }}
:::

::: subject
{{ subject }}
:::

::: salutation
{{ recipient.salutation }}
:::

We are {{ authors | names }}. {{ values.thanks }}

{% for figure in figures %}
{{ figure.value }} {{ figure.label }}{{ figure.source | cite }}
{% endfor %}

{% for case in cases %}
{% for fact in case.facts %}
{{ case.person }}: {{ fact.text }}{{ fact.source | cite }}
{% endfor %}

{% endfor %}
We ask you:

::: asks
{% for ask in asks %}
1. {{ ask.text }}
{% endfor %}
:::

Please answer by {{ deadline }}.

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

::: copies
{% for copy in copies_to %}
- {{ copy }}
{% endfor %}
:::
"""

BODY_FR = (
    BODY_EN.replace("We are", "Nous sommes")
    .replace("We ask you:", "Nous vous demandons :")
    .replace("Please answer by", "Merci de répondre avant le")
)


@dataclass(frozen=True, slots=True)
class CampaignFolder:
    """A campaign on disk, and short ways to change it."""

    path: Path

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file of the campaign; a text is written as UTF-8."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def read(self, name: str) -> str:
        return (self.path / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace ``old``, which must stand there exactly once."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Marks of the logs that tests write are kept apart from the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def campaign(tmp_path: Path) -> CampaignFolder:
    """A small campaign without mistakes: its own template, two languages, two recipients."""
    return write_campaign(tmp_path / "campaign")


def loaded(folder: CampaignFolder) -> Campaign:
    """A campaign without mistakes, as it was read."""
    found, problems = load(folder.path)
    assert found is not None, problems
    return found


def write_campaign(path: Path) -> CampaignFolder:
    """The same in a folder of one's choice."""
    folder = CampaignFolder(path)
    folder.write("letter.yaml", LETTER)
    folder.write("signatories.yaml", SIGNATORIES)
    folder.write("recipients.yaml", RECIPIENTS)
    folder.write("templates/note/template.yaml", TEMPLATE)
    folder.write("templates/note/letter.en.md", BODY_EN)
    folder.write("templates/note/letter.fr.md", BODY_FR)
    return folder


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signed and rendered, with an address for both recipients; made once."""
    from signing import sign

    campaign = write_campaign(tmp_path_factory.mktemp("finished") / "campaign")
    campaign.edit(
        "recipients.yaml", "- id: minister\n", "- id: minister\n  email: sam@example.org\n"
    )
    sign(campaign.path)
    words = ["-m", "letters", "-C", str(campaign.path), "render", "--format", "pdf"]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=120)
    return campaign.path


@pytest.fixture
def final(campaign: CampaignFolder, finished: Path) -> CampaignFolder:
    """A copy of that campaign, to change and to send."""
    shutil.copytree(finished, campaign.path, dirs_exist_ok=True)
    return campaign


@dataclass(frozen=True, slots=True)
class Done:
    """How a run of the command ended, and what it wrote."""

    status: int
    stdout: str
    stderr: str


Letters: TypeAlias = Callable[..., Done]


@pytest.fixture
def letters(campaign: CampaignFolder) -> Letters:
    """Run ``letters`` as a user does, on the campaign unless another folder is named.

    ``letters("check", "--json")``; ``folder=None`` leaves ``-C`` away.
    """

    def run(*words: str, folder: Path | None = campaign.path, cwd: Path | None = None) -> Done:
        where = ["-C", str(folder)] if folder else []
        done = subprocess.run(
            [sys.executable, "-m", "letters", *where, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=cwd or campaign.path.parent,
            env=os.environ | {"PYTHONUTF8": "1"},
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def letters_here(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Letters:
    """The same as ``letters`` without a process of its own: for long tables of small runs."""
    # The processes in which templates run are forks of this one, and find it loaded.
    importlib.import_module("letters.draft.compose")

    def run(*words: str) -> Done:
        monkeypatch.setenv("TYPER_USE_RICH", "0")
        monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")
        monkeypatch.setattr(sys, "argv", ["letters", "-C", str(campaign.path), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Done(int(ended.value.code or 0), written.out, written.err)

    return run
