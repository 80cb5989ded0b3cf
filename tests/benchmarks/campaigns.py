"""Invented campaigns of any size: many recipients, or many who sign."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from .measuring import LETTERS, PYTHON

GIVEN = [
    "Alma",
    "Bruno",
    "Clara",
    "Dario",
    "Edda",
    "Farid",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Katja",
    "Leo",
    "Mira",
    "Nils",
    "Odile",
    "Pavel",
    "Quinn",
    "Rosa",
    "Sven",
    "Tilda",
    "Umar",
    "Vera",
    "Walter",
    "Xenia",
    "Yann",
    "Zora",
    "Élodie",
    "Jürgen",
    "Łucja",
    "Søren",
]
FAMILY = [
    "Abara",
    "Brandt",
    "Castell",
    "Dorval",
    "Ekholm",
    "Fabre",
    "Grieve",
    "Hallam",
    "Iversen",
    "Jansen",
    "Kowal",
    "Lindner",
    "Marsh",
    "Nwosu",
    "Okoye",
    "Perrin",
    "Quist",
    "Roland",
    "Sorel",
    "Thorne",
    "Ulman",
    "Varga",
    "Winter",
    "Xander",
    "Ystad",
    "Zeller",
    "Müller",
    "Bélanger",
    "Nagy",
    "Østby",
]
TOWNS = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Garry", "Hazel", "Ivy", "Juniper"]
ENDS = ["Mill", "Lake", "Falls", "Ridge", "Creek", "Harbour", "Point", "Meadow"]
TIES = ("my children go to school", "my parents have their shop", "I work", "my sisters live")

SIGN = """
import datetime, pathlib, sys
from letters.campaign.load import load
from letters.campaign.printed_form import form
from letters.draft.drafts import Drafts
from letters.ledger.bound_form import Form
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME, Ledger

root = pathlib.Path(sys.argv[1])
campaign, problems = load(root)
text, now = Drafts(campaign).text(), datetime.datetime.now(datetime.UTC)
shown = Evidence.of_note("signed for a measurement")
with Ledger.open(root / LOG_NAME) as log:
    event = lambda one: Event("signed", one.id, text.digest, shown, detail=Form.of(form(one)))
    first, *others = campaign.signatories
    log.append(event(first), at=now, text=text.canonical)
    with log.change() as change:
        for person in others:
            change.append(event(person), now)
"""


def members(root: Path, number: int) -> Path:
    """A letter in one language to so many members of parliament, each with a sentence of its own."""
    subprocess.run(
        [LETTERS, "new", root, "--template", "mp-letter"], check=True, capture_output=True
    )
    file = root / "letter.yaml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("languages: [en, fr]", "languages: [en]", 1), encoding="utf-8")
    chance = random.Random(7)
    with (root / "recipients.yaml").open("w", encoding="utf-8") as people:
        for n in range(number):
            town = f"{chance.choice(TOWNS)} {chance.choice(ENDS)}"
            people.write(
                f"- id: member-{n:06}\n"
                f"  name: {{given: {chance.choice(GIVEN)}, family: {chance.choice(FAMILY)}}}\n"
                f"  gender: {chance.choice('mf')}\n  form: ca-mp\n  district: {town}\n"
                f"  email: member-{n:06}@example.org\n"
                f"  address:\n    street: {chance.randint(1, 999)} {chance.choice(TOWNS)} Street\n"
                f"    city: {town}\n    region: ON\n    postcode: K{chance.randint(1, 9)}A 1B1\n"
                f"    country: CA\n  values:\n    about_you: >-\n"
                f"      You represent me in {town}: I have lived there for {chance.randint(2, 60)}"
                f" years, and {chance.choice(TIES)} on {chance.choice(TOWNS)} Street.\n"
            )
    return root


def ready(root: Path, number: int) -> Path:
    """The same, signed, and with nothing in it that was invented for a start."""
    members(root, number)
    file = root / "letter.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    own = '  contact: [3 Foundry Lane, "Quarry Bay ON  K1A 1B1", office@example.com]\n'
    file.write_text(
        "".join(own if line.startswith("  contact: [") else line for line in lines), "utf-8"
    )
    subprocess.run([PYTHON, "-c", SIGN, root], check=True)
    return root


def crowd(root: Path, number: int, *, signed: bool) -> Path:
    """A letter that so many people are asked to sign beside those of the starter, or have signed."""
    subprocess.run([LETTERS, "new", root], check=True, capture_output=True)
    syllables = ["ka", "lo", "mi", "ru", "te", "va", "no", "zi", "pa", "de"]
    with (root / "signatories.yaml").open("a", encoding="utf-8") as file:
        for n in range(number):
            family = "".join(syllables[int(digit)] for digit in f"{n:06}").capitalize()
            file.write(
                f"- id: p-{n}\n  name: {{given: {GIVEN[n % len(GIVEN)]}, family: {family}}}\n"
                f"  affiliation: University of {TOWNS[n % len(TOWNS)]} {ENDS[n % len(ENDS)]}\n"
                f"  contact: {{email: p{n}@example.org}}\n"
            )
    if signed:
        subprocess.run([PYTHON, "-c", SIGN, root], check=True)
    return root
