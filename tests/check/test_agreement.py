"""What ``letters render`` refuses, ``letters check`` has said: for every kind of bad input."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest

from letters.campaign.load import load
from letters.draft.document import Letter
from letters.draft.signatures import Signed
from letters.press import html
from letters.press.jobs import Job, PressRun
from letters.press.themes import load_theme
from letters.problem import CampaignError, Problem
from letters.workshop.held import Held

from .judging import judge, picture

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.shown import Audience

L, S, R = "letter.yaml", "signatories.yaml", "recipients.yaml"
EN, FR = "templates/note/letter.en.md", "templates/note/letter.fr.md"
CSS = "templates/themes/classic/letter.css"
ENDING = "Please answer by"

Spoil: TypeAlias = "Callable[[CampaignFolder], object]"


def pressed(folder: CampaignFolder, *, bilingual: bool = False) -> list[Problem]:
    """What ``letters render`` refuses, for every recipient, language and audience."""
    campaign, problems = load(folder.path)
    if campaign is None:
        return [problem for problem in problems if problem.severity == "error"]
    refused: list[Problem] = []
    try:
        theme = load_theme(campaign)
        held = Held(campaign)
        held.drafts.text()
        states = {signatory.id: "signed" for signatory in campaign.signatories}
        signed = Signed(states, campaign.letter.date, draft=False)
        people, tags = range(len(campaign.recipients)), campaign.letter.languages
        jobs = [Job(index, tag) for index, tag in itertools.product(people, tags)]
        if bilingual:
            jobs = [
                Job(index, *pair, "columns")
                for index, pair in itertools.product(people, itertools.permutations(tags, 2))
            ]
        audiences: tuple[Audience, ...] = ("recipient",) if bilingual else ("recipient", "public")
        for job, audience in itertools.product(jobs, audiences):
            try:
                drafted = held.letters.drafted(job, PressRun(("html",), signed, audience, theme))
                assert isinstance(drafted.letter, Letter)
                html.write(drafted.letter, theme)
            except CampaignError as error:
                refused += error.problems
    except CampaignError as error:
        refused += error.problems
    return refused


def into(name: str, old: str, new: str) -> Spoil:
    return lambda folder: folder.edit(name, old, new)


def theme(css: str = "", token: tuple[str, str] = ("", "")) -> Spoil:
    """A theme of the campaign's own, with a style sheet or with another token."""

    def spoil(folder: CampaignFolder) -> None:
        from letters import shipped

        own = folder.path / "templates/themes/classic"
        own.mkdir(parents=True)
        written = (shipped.THEMES / "classic/theme.yaml").read_text("utf-8")
        assert token[0] in written
        (own / "theme.yaml").write_text(written.replace(*token), "utf-8")
        folder.write(CSS, css)

    return spoil


def signature(data: bytes) -> Spoil:
    def spoil(folder: CampaignFolder) -> None:
        folder.write("ada.png", data)
        folder.edit(S, "  gender: f\n", "  gender: f\n  signature_image: ada.png\n")

    return spoil


def logo(data: bytes, name: str = "logo.png") -> Spoil:
    def spoil(folder: CampaignFolder) -> None:
        folder.write(name, data)
        folder.edit(
            L, "  contact: reply@example.org\n", f"  contact: reply@example.org\n  logo: {name}\n"
        )

    return spoil


def confidential(body: str) -> Spoil:
    """A case that is not for the public, and words of the template that depend on it."""

    def spoil(folder: CampaignFolder) -> None:
        folder.edit(L, "visibility: public", "visibility: public\n    confidential: yes")
        folder.edit(L, "languages: [en, fr]", "languages: [en]")
        folder.edit(EN, ENDING, f"{body} {ENDING}")

    return spoil


BAD: dict[str, tuple[Spoil, str]] = {
    # Characters
    "an emoji, as it is": (into(R, "Sam Taylor", "Sam Taylor 🌈"), R),
    "an emoji, as an escape": (into(R, "Sam Taylor", '"Zo \\U0001F308"'), R),
    "an emoji, signed": (into(S, "family: Okafor", 'family: "Zo \\U0001F308"'), S),
    "an emoji, as a text": (into(L, "You listened.", '"So \\U0001F308"'), L),
    "an emoji, as a notice": (into(L, "deadline:", 'notice: "So \\U0001F308"\ndeadline:'), L),
    "an emoji, as a reference": (into(EN, ENDING, f"&#x1F308; {ENDING}"), EN),
    "an emoji, as a name": (into(FR, "Merci", "&phone; Merci"), FR),
    "an emoji, as code": (into(EN, ENDING, f"{{{{ '\\U0001F308' }}}} {ENDING}"), EN),
    "an emoji for one": (
        into(EN, ENDING, f"{{% if recipient.district %}}🌈{{% endif %}} {ENDING}"), EN),
    "a letter in capitals": (into(S, "family: Okafor", "family: Ohm-\u2126\u1e9e"), ""),
    "a script from a link": (into(EN, ENDING, f"<https://example.org/%F0%9F%8C%88> {ENDING}"), EN),
    "an override": (into(EN, ENDING, f"&#x202e;{ENDING}"), EN),
    "a forged value": (into(EN, ENDING, f"&#xe000;&#xe019;&#xe001;{ENDING}"), EN),
    # Pictures
    "no picture": (into(L, "  country: CA\nasks", "  country: CA\n  logo: no.png\nasks"), L),
    "no signature": (into(S, "  gender: f\n", "  gender: f\n  signature_image: no.png\n"), S),
    "a broken logo": (logo(picture()[:45]), "logo.png"),
    "words for a logo": (logo(b"words"), "logo.png"),
    "a logo of another kind": (logo(b"GIF89a", "logo.gif"), L),
    "a broken signature": (signature(picture()[:45]), "signatories.yaml"),
    # The window of an envelope
    "a long address": (
        into(R, "    street: 80 Wellington Street", "    street: [a, b, c, d, e, f, g, h]"), R),
    "a long letterhead": (
        into(L, "contact: reply@example.org", "contact: [a, b, c, d, e, f, g, h, i, j, k, l]"), L),
    # Code
    "code for one recipient": (
        into(EN, ENDING, f"{{% if recipient.district %}}{{{{ nothing }}}}{{% endif %}}{ENDING}"), EN),
    "code for one language": (into(FR, "Merci", "{{ nothing }} Merci"), FR),
    "code for several signers": (
        into(EN, "{{ recipient.close }}", "{% if recipient.close == several %}x{% endif %}"), EN),
    "code for the public": (confidential("{% if not cases %}{{ nothing }}{% endif %}"), EN),
    "an emoji for the public": (confidential("{% if not cases %}🌈{% endif %}"), EN),
    "a note for the public": (confidential("{% if not cases %}So.[@nowhere]{% endif %}"), EN),
    "code that is not closed": (into(EN, "{% endfor %}\n:::\n\nPlease", ":::\n\nPlease"), EN),
    "two mistakes in code": (into(EN, ENDING, "{% if a %}{% endfor %}\n{{ } }}"), EN),
    "a number of 5,000 digits": (into(EN, ENDING, f"{{{{ {'1' * 5000} }}}}"), EN),
    "a loop too deep": (into(EN, ENDING, "{% if a %}" * 300 + "{% endif %}" * 300), EN),
    "Markdown too deep": (into(EN, ENDING, "> " * 3000), EN),
    "an included file": (into(EN, ENDING, "{% include 'no.md' %}"), EN),
    "a block that is open": (into(FR, "::: close", ":::: signed"), FR),
    "a language without a body": (into(L, "[en, fr]", "[en, fr, de]"), L),
    # Themes
    "no theme": (into(L, "template: note", "template: note\ntheme: clasic"), L),
    "a token that is wrong": (theme(token=("page: letter", "page: legal")), "templates/themes/classic/theme.yaml"),
    "a colour too pale": (theme("p { color: #fafafa }"), CSS),
    "a sheet too deep": (theme("(" * 100_000), CSS),
    "a sheet with a long number": (theme(f"p {{ width: {'9' * 5000}mm }}"), CSS),
    "another paper": (
        into(L, "template: note", "template: note\nwindow: din-5008-b\npage: letter"), L),
    # Records
    "an unknown form": (into(R, "name: Sam Taylor", "name: Sam Taylor\n  form: no-such"), R),
    "an unknown source": (into(L, "    source: report\ncases", "    source: repor\ncases"), L),
    "a number of the server": (
        into(L, "deadline:", f"mail: {{from: a@example.org, server: {{host: a.b, port: {'9' * 5000}}}}}\ndeadline:"), L),
}  # fmt: skip
WINDOWED = ("a long address", "a long letterhead")


@pytest.mark.parametrize("kind", BAD)
def test_what_render_refuses_check_has_said(campaign: CampaignFolder, kind: str) -> None:
    spoil, path = BAD[kind]
    if kind in WINDOWED:
        campaign.edit(L, "template: note", "template: note\nwindow: no10")
    spoil(campaign)
    refused = {problem.place for problem in pressed(campaign)}
    said = {problem.place for problem in judge(campaign) if problem.severity == "error"}
    assert bool(refused) == bool(said) == bool(path)
    assert refused <= said
    assert not path or path in {place.path for place in refused}


def test_without_a_mistake_both_are_content(campaign: CampaignFolder) -> None:
    assert pressed(campaign) == pressed(campaign, bilingual=True) == []
    assert [problem for problem in judge(campaign) if problem.severity == "error"] == []


def test_a_letterhead_too_high_in_two_languages_is_a_warning(campaign: CampaignFolder) -> None:
    campaign.edit(L, "template: note", "template: note\nwindow: no10")
    campaign.edit(L, "contact: reply@example.org", "contact: [a, b, c, d, e, f]")
    body = "{{ sender.contact }}\nUne ligne\\\nDeux lignes\\\nTrois lignes\\\nQuatre lignes"
    campaign.edit(FR, "{{ sender.contact }}", body)
    assert pressed(campaign) == []
    [refused] = set(pressed(campaign, bilingual=True))
    said = [problem for problem in judge(campaign) if "bilingual" in problem.message]
    assert {problem.severity for problem in said} == {"warning"}
    assert {problem.place for problem in said} == {refused.place}


def test_the_place_of_a_reference_is_its_line(campaign: CampaignFolder) -> None:
    into(EN, ENDING, f"So &#x1F308;.\n\n{ENDING}")(campaign)
    [problem] = judge(campaign)
    assert str(problem.place) == f"{EN}:{line_of(campaign, '&#x1F308;')}:4"


def line_of(folder: CampaignFolder, words: str) -> int:
    return folder.read(EN).partition(words)[0].count("\n") + 1
