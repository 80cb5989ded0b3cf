"""A letter's identity: the same for what gives the same bytes, another for whatever changes them."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from conftest import loaded
from msgspec.structs import replace
from PIL import Image
from shared import SOAK
from signing import sign

from letters.campaign.load import load
from letters.draft.signatures import Signed
from letters.press import files, pictures
from letters.press.jobs import FORMATS, AlreadyMade, Drafted, Format, Job, PressRun
from letters.press.provenance import Identity
from letters.press.themes import load_theme
from letters.workshop.held import Held

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import CampaignFolder

EDITS = 1000 if SOAK else 200
JOBS = [Job(index, tag) for index in (0, 1) for tag in ("en", "fr")]
QUICK: tuple[Format, ...] = ("docx", "html", "txt")


@dataclass(frozen=True)
class Made:
    """What would be made of the campaign: by recipient, language and format."""

    bytes: dict[tuple[int, str, str], bytes]
    identities: dict[tuple[int, str, str], Identity]


def made(folder: Path, formats: tuple[Format, ...] = QUICK, **states: str) -> Made:
    """Press all letters in this process, from the files as they are now."""
    campaign, problems = load(folder)
    assert campaign is not None, problems
    held = Held(campaign)
    pictures._bare.cache_clear()
    signed = Signed(
        {each.id: states.get(each.id, "signed") for each in campaign.signatories},
        None,
        draft=False,
        digest=held.drafts.text().digest,
    )
    run = PressRun(formats, signed, "recipient", load_theme(campaign))
    data: dict[tuple[int, str, str], bytes] = {}
    found: dict[tuple[int, str, str], Identity] = {}
    for job in JOBS:
        drafted = held.letters.drafted(job, run)
        for product in files.press(job, formats, drafted, run.theme):
            key = job.recipient, job.language, product.format
            data[key], found[key] = product.data, product.identity
    return Made(data, found)


@pytest.fixture
def ready(campaign: CampaignFolder) -> CampaignFolder:
    """The campaign with everything in it that bytes may come from."""
    Image.new("RGB", (40, 20), "#336699").save(campaign.path / "logo.png")
    Image.new("RGB", (30, 10), "#000000").save(campaign.path / "sign.png")
    campaign.edit("letter.yaml", "  country: CA\n", "  country: CA\n  logo: logo.png\n")
    campaign.edit("signatories.yaml", "id: lindqvist", "id: signer-05")
    campaign.edit("letter.yaml", "place: Ottawa\n", "place: Ottawa\ntheme: own\n")
    campaign.edit(
        "signatories.yaml",
        "  affiliation: University of Example\n",
        "  affiliation: University of Example\n  signature_image: sign.png\n",
    )
    shipped = Path(__file__).resolve().parents[2] / "templates" / "themes" / "classic"
    shutil.copytree(shipped, campaign.path / "templates" / "themes" / "own")
    campaign.write("templates/themes/own/letter.css", "p { color: #111111 }\n")
    return campaign


Edit: TypeAlias = "Callable[[CampaignFolder, random.Random], None]"


def swap(name: str, old: str, *new: str) -> Edit:
    """Write one of ``new`` in the place of ``old``."""

    def edit(campaign: CampaignFolder, chance: random.Random) -> None:
        campaign.edit(name, old, chance.choice(new))

    return edit


def picture(name: str, colours: tuple[str, ...], comment: str = "") -> Edit:
    """Another picture under the same name, or the same pixels with words in the file."""

    def edit(campaign: CampaignFolder, chance: random.Random) -> None:
        from PIL.PngImagePlugin import PngInfo

        told = PngInfo()
        told.add_text("Comment", comment or "x")
        with Image.open(campaign.path / name) as opened:
            size = opened.size
        Image.new("RGB", size, chance.choice(colours)).save(campaign.path / name, pnginfo=told)

    return edit


def remark(name: str, line: str = "# a remark\n") -> Edit:
    """Words for the next reader of a file, at its beginning; all places below move down."""

    def edit(campaign: CampaignFolder, chance: random.Random) -> None:
        campaign.write(name, line * chance.randint(1, 9) + campaign.read(name))

    return edit


SIGNATORIES, RECIPIENTS, LETTER = "signatories.yaml", "recipients.yaml", "letter.yaml"
BODY, THEME = "templates/note/letter.en.md", "templates/themes/own/theme.yaml"
SEEN: tuple[Edit, ...] = (
    swap(SIGNATORIES, "family: Okafor", "family: Okafor-Smith", "family: Ōkafor"),
    swap(SIGNATORIES, "{en: Teacher, fr: Enseignante}", "{en: Nurse, fr: Infirmière}", "Poet"),
    swap(SIGNATORIES, "University of Example", "College of Example", "Example & Sons"),
    swap(SIGNATORIES, "- id: signer-05\n", "- id: signer-05\n  identification_only: no\n"),
    swap(SIGNATORIES, "- id: signer-05\n", *(
        f"- id: signer-05\n  visibility: {seen}\n" for seen in ("withheld", "name-only"))),
    swap(SIGNATORIES, "a journalist, Minsk", "a journalist", "a reporter, Minsk"),
    swap(SIGNATORIES, "  kind: organisation\n", "  kind: organisation\n  signer: {name: Jo Abara}\n"),
    swap(SIGNATORIES, "  tier: author\n  role", "  tier: individual\n  role"),
    swap(RECIPIENTS, "80 Wellington Street", "80 Elm Street", "12 Wellington Street"),
    swap(RECIPIENTS, "Dear Prime Minister:", "Dear Sir:", "Prime Minister:"),
    swap(RECIPIENTS, "name: Sam Taylor", "name: Sam Tailor", "name: {given: S, family: Taylor}"),
    swap(RECIPIENTS, "K1A 0A2", "K1A 0A6"),
    swap(RECIPIENTS, "{en: Minister, fr: Ministre}", "{en: Chair, fr: Présidente}"),
    swap(LETTER, "to answer the second.", "to answer the third.", "to answer."),
    swap(LETTER, "value: 1000", "value: 1001", "value: 100"),
    swap(LETTER, "date: 2025-09-03", "date: 2025-09-04"),
    swap(LETTER, "title: {en: A letter for the tests,", "title: {en: Another title,"),
    swap(LETTER, "theme: own\n", "theme: own\npage: a4\n", "theme: modern\n", "theme: plain\n"),
    swap(BODY, "We are", "We remain", "**We** are", "We  are"),
    swap(THEME, "size_pt: {text: 12,", "size_pt: {text: 10,", "size_pt: {text: 10.5,"),
    picture("logo.png", ("#336698", "#ffffff")),
    picture("sign.png", ("#010101", "#ff0000")),
)  # fmt: skip
UNSEEN: tuple[Edit, ...] = (
    *(remark(name) for name in (SIGNATORIES, RECIPIENTS, LETTER, THEME)),
    remark(BODY, "{# a remark #}\n"),
    swap(SIGNATORIES, "ngozi@example.org", "o@example.org", "ngozi.okafor@example.net"),
    swap(SIGNATORIES, "{given: Withheld, family: Person}", "{given: Other, family: One}"),
    swap(SIGNATORIES, "{given: Described, family: Someone}", "{given: Nobody, family: Known}"),
    swap(RECIPIENTS, "office@example.org", "pm@example.org"),
    swap("templates/themes/own/letter.css", "p {", "/* said */ p  {", "p { /* said */"),
    picture("logo.png", ("#336699",), "taken in the office"),
    picture("sign.png", ("#000000",), "taken at home"),
    swap(LETTER, "values:\n  thanks: {en: You listened.", "values:\n  thanks: {en: 'You listened.'"),
)  # fmt: skip


def test_bytes_change_with_the_identity_and_never_without(ready: CampaignFolder) -> None:
    """Over many random edits of all kinds of files: no letter is wrong about itself."""
    chance, kept = random.Random(20250903), ready.path.with_name("kept")
    shutil.copytree(ready.path, kept)
    before = made(ready.path)
    edits = [SEEN[n % len(SEEN)] if n % 3 else UNSEEN[n % len(UNSEEN)] for n in range(EDITS)]
    touched = 0
    for number, edit in enumerate(edits):
        shutil.rmtree(ready.path)
        shutil.copytree(kept, ready.path)
        edit(ready, chance)
        if chance.random() < 0.3:  # and one that nobody sees, on top
            remark(chance.choice((SIGNATORIES, RECIPIENTS, LETTER)))(ready, chance)
        after = made(ready.path)
        for key, data in before.bytes.items():
            same = before.identities[key].digest == after.identities[key].digest
            assert same == (data == after.bytes[key]), (
                number,
                key,
                before.identities[key].parts,
                after.identities[key].parts,
            )
            touched += not same
    assert touched > EDITS  # every edit that is seen, in more than one letter


@pytest.mark.parametrize(
    "edit", [*SEEN[::4], *UNSEEN[::3]], ids=range(len([*SEEN[::4], *UNSEEN[::3]]))
)
def test_pdfs_change_with_the_identity_and_never_without(ready: CampaignFolder, edit: Edit) -> None:
    before = made(ready.path, ("pdf",))
    edit(ready, random.Random(1))
    after = made(ready.path, ("pdf",))
    for key, data in before.bytes.items():
        same = before.identities[key].digest == after.identities[key].digest
        assert same == (data == after.bytes[key]), key


def test_who_signs_and_what_is_put_into_a_pdf_are_part_of_it(ready: CampaignFolder) -> None:
    before = made(ready.path, FORMATS)
    key = 0, "en", "pdf"
    assert made(ready.path, FORMATS).identities == before.identities
    others = made(ready.path, FORMATS, okafor="withdrawn").identities
    assert others[key].digest != before.identities[key].digest
    assert others[key].parts["signatures"] != before.identities[key].parts["signatures"]
    held = Held(loaded(ready))
    run = PressRun(("pdf",), Signed({}, None, draft=True), "recipient", load_theme(held.campaign))
    alone, with_word, with_all = (
        held.letters.identities(JOBS[0], replace(run, attached=attached))["pdf"].digest
        for attached in ((), ("docx",), ("docx", "source"))
    )
    assert len({alone, with_word, with_all}) == 3


def test_it_is_the_same_in_another_folder_and_says_nothing_of_places(
    ready: CampaignFolder, tmp_path: Path
) -> None:
    shutil.copytree(ready.path, tmp_path / "elsewhere")
    sign(ready.path)
    assert made(tmp_path / "elsewhere").identities == made(ready.path).identities


def test_only_what_is_missing_or_changed_is_made_ready(ready: CampaignFolder) -> None:
    """Each file of a letter by itself: one may stand while another does not."""
    campaign, problems = load(ready.path)
    assert campaign is not None, problems
    letters = Held(campaign).letters
    run = PressRun(QUICK, Signed({}, None, draft=True), "recipient", load_theme(campaign))
    whole = letters.drafted(JOBS[0], run)
    there = {made: one.digest for made, one in whole.identities.items()}
    assert letters.missing(JOBS[0], run, there) == AlreadyMade(whole.identities)
    assert letters.missing(JOBS[0], run, {}) == whole
    for made in QUICK:
        for offered in ({**there, made: "0" * 64}, {k: v for k, v in there.items() if k != made}):
            found = letters.missing(JOBS[0], run, offered)
            assert isinstance(found, Drafted)
            assert found.identities == {made: whole.identities[made]}
            assert found.standing.keys() == {*QUICK} - {made}
            products = files.press(JOBS[0], QUICK, found, run.theme)
            assert [product.format for product in products] == [made]
