"""For each body a campaign that keeps all its rules, and for each rule the edit that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conftest import loaded
from drafting import text_of
from signing import NOON

from letters.ledger.events import Event, Evidence
from letters.ledger.sheet_count import SheetCount
from letters.ledger.store import LOG_NAME, Ledger

from .judging import SIGNATORIES, L, S, Sample, T, picture

if TYPE_CHECKING:
    from conftest import CampaignFolder

CA_PAPER = """\
::: salutation
To the House of Commons in Parliament assembled
:::

The wharf has been closed since 2024.

We, the undersigned, request the House of Commons {% for ask in asks %}{{ ask.text }}{% endfor %}

::: sheet rows=3 widths=1,1,1
| Name | Address | Signature |
|---|---|---|
:::

::: sheet rows=22 widths=1,1,1
We request the House of Commons {% for ask in asks %}{{ ask.text }}{% endfor %}

| Name | Address | Signature |
|---|---|---|
:::
"""
CA_ELECTRONIC = """\
::: salutation
Petition to the House of Commons
:::

{% if values.text %}{{ values.text }}{% endif %}

We, the undersigned, call upon the House of Commons {% for ask in asks %}{{ ask.text }}{% endfor %}
"""
UK_PAPER = """\
::: salutation
To the House of Commons.
:::

The Petition of residents of Thornwick,

Declares that the bridge is closed.

The Petitioners therefore request {% for ask in asks %}{{ ask.text }}{% endfor %}

And the Petitioners remain, etc.

::: sheet rows=4 widths=1,1,1
| Name | Address | Signature |
|---|---|---|
:::

::: sheet rows=12 widths=1,1,1
The Petitioners therefore request {% for ask in asks %}{{ ask.text }}{% endfor %}

| Name | Address | Signature |
|---|---|---|
:::
"""
PLAIN = """\
::: salutation
Dear reader,
:::

{{ values.text or "We write to you." }}

We ask you {% for ask in asks %}{{ ask.text }}{% endfor %}

::: signatures
:::
"""
APPEAL = """\
::: salutation
Dear Minister,
:::

{% for case in cases %}{{ case.person }} is in prison. We ask for the release of {{ case.person }}.
{% endfor %}

{% if values.text %}{{ values.text }}{% endif %}

We ask you {% for ask in asks %}{{ ask.text }}{% endfor %}

::: close
Yours faithfully,
:::

::: signatures
:::
"""
WORDS = "values: {{text: {}}}\n"
PETITIONERS = (
    SIGNATORIES
    + """\
- id: lind
  name: {given: Bo, family: Lind}
  tier: author
  contact: {address: [2 Harbour Road, Larch Cove]}
"""
)
ORGANISERS = "".join(f"- {{id: person-{i}, name: Person {i}}}\n" for i in range(7))

SAMPLES = {
    sample.body: sample
    for sample in (
        Sample("ca-house-paper", "", CA_PAPER),
        Sample("ca-house-epetition", WORDS.format("The signal fails."), CA_ELECTRONIC),
        Sample("uk-house-paper", "page: a4\n", UK_PAPER),
        Sample(
            "uk-parliament-epetition",
            f"values: {{action: {'a' * 80}, background: {'b' * 300}, details: {'c' * 800}}}\n",
            PLAIN,
        ),
        Sample("european-parliament", "", PLAIN, PETITIONERS),
        Sample(
            "european-citizens-initiative",
            f"values: {{objectives: {'o' * 1100}}}\n", PLAIN, ORGANISERS,
        ),
        Sample("bundestag", "", PLAIN),
        Sample(
            "un-special-procedures",
            "values: {victim: A, perpetrators: B, when: C, where: D, circumstances: E}\n", PLAIN,
        ),
        Sample(
            "appeal",
            "deadline: 2026-03-01\ncopies_to: [The embassy]\n"
            "cases:\n  - {id: ada, person: Ada Birch, visibility: name-only, consent: {given: yes}}\n"
            "values: {text: Free speech is a right.}\n",
            APPEAL,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Break:
    """An edit after which exactly one rule, or one rule said once a language, is broken."""

    body: str
    rule: str
    says: str
    edit: Callable[[CampaignFolder], object]
    said: str


def counted(
    *valid: int, then: Callable[[CampaignFolder], object] = lambda _: None
) -> Callable[[CampaignFolder], None]:
    """Sheets on which so many valid signatures were counted, and what was changed afterwards."""

    def edit(folder: CampaignFolder) -> None:
        text = text_of(loaded(folder))
        with Ledger.open(folder.path / LOG_NAME) as ledger:
            for number, each in enumerate(valid, 1):
                detail = SheetCount(str(number), each, 1)
                shown = Evidence.of_note("a scan")
                event = Event(
                    "sheet-counted", "", text.digest, shown, recorded_by="Tom", detail=detail
                )
                ledger.append(event, at=NOON, text=text.canonical)
        then(folder)

    return edit


def swap(file: str, old: str, new: str) -> Callable[[CampaignFolder], None]:
    def edit(folder: CampaignFolder) -> None:
        text = folder.read(file)
        assert old in text, old
        folder.write(file, text.replace(old, new))

    return edit


def add(file: str, text: str) -> Callable[[CampaignFolder], None]:
    def edit(folder: CampaignFolder) -> None:
        folder.write(file, folder.read(file) + text)

    return edit


def in_german(folder: CampaignFolder) -> None:
    """The same words under the name of another language: nobody reads them here."""
    swap(L, "languages: [en]", "languages: [de]")(folder)
    folder.write("templates/t/letter.de.md", folder.read(T))


def with_logo(folder: CampaignFolder) -> None:
    swap(L, "from: {", "from: {logo: logo.png, ")(folder)
    folder.write("logo.png", picture())


def with_drawn_signature(folder: CampaignFolder) -> None:
    add(S, "  signature_image: hand.png\n")(folder)
    folder.write("hand.png", picture())


def nothing_asked(folder: CampaignFolder) -> None:
    text = folder.read(T)
    for verb in ("request the House of Commons", "call upon the House of Commons", "request"):
        text = text.replace(verb, "are unhappy about the wharf")
    folder.write(T, text.replace("{% for ask in asks %}{{ ask.text }}{% endfor %}", "."))


def nobody_named(folder: CampaignFolder) -> None:
    folder.write(S, folder.read(S).replace("  name:", "  visibility: withheld\n  name:"))
    folder.write(S, folder.read(S).replace("id: okafor", "id: s-1").replace("id: lind", "id: s-2"))


def only_one_and_unnamed(folder: CampaignFolder) -> None:
    folder.write(S, SIGNATORIES)
    nobody_named(folder)


DEMAND = "demand that the House of Commons see"
ADDRESS = "  contact: {address: [1 Harbour Road, Larch Cove]}\n"
LONG = "long " * 260

BREAKS = [
    Break("ca-house-paper", "addressed-to", "address it", swap(T, "To the House of Commons in Parliament assembled", "To whom it may concern"), "is not addressed to any of"),
    Break("ca-house-paper", "has-prayer", "grievance", nothing_asked, "asks for nothing"),
    Break("ca-house-paper", "requests", "demand", swap(T, "We, the undersigned, request the House of Commons", "We demand that the House of Commons see"), "with the words “we demand”"),
    Break("ca-house-paper", "languages-among", "English", in_german, "“de” is not a language that this body reads"),
    Break("ca-house-paper", "prayer-on-every-sheet", "every sheet", swap(T, "rows=22 widths=1,1,1\nWe request the House of Commons {% for ask in asks %}{{ ask.text }}{% endfor %}\n", "rows=22 widths=1,1,1\n"), "doesn’t say for what"),
    Break("ca-house-paper", "room-for-signatures", "25 people", swap(T, "rows=22", "rows=21"), "room for 24 signatures"),
    Break("ca-house-paper", "valid-signatures-at-least", "are valid", counted(20, 4), "24 signatures on the sheets that were counted, 1 too few"),
    Break("ca-house-paper", "signatures-with-text", "3 people", lambda c: (swap(T, "rows=3", "rows=2")(c), swap(T, "rows=22", "rows=23")(c)), "no room for 3 signatures below the text"),
    Break("ca-house-paper", "sheet-asks-for", "address", swap(T, "| Address |", "| Town |"), "no column for “address”"),
    Break("ca-house-paper", "no-pictures", "no pictures", with_logo, "a logo is printed"),
    Break("ca-house-paper", "no-pictures", "original", with_drawn_signature, "a picture of a signature"),
    Break("ca-house-paper", "no-enclosures", "attached", add(L, "enclosures: [A map]\n"), "something is enclosed"),
    Break("ca-house-epetition", "most-words", "250 words", swap(L, "The signal fails.", LONG), "words, "),
    Break("ca-house-epetition", "no-web-addresses", "no web addresses", swap(L, "The signal fails.", "See example.org for more."), "holds a web address"),
    Break("ca-house-epetition", "addressed-to", "address it", swap(T, "Petition to the House of Commons\n", "Petition\n"), "is not addressed to any of"),
    Break("ca-house-epetition", "has-prayer", "grievance", nothing_asked, "asks for nothing"),
    Break("ca-house-epetition", "requests", "demand", swap(T, "call upon the House of Commons", DEMAND), "with the words “demand that”"),
    Break("ca-house-epetition", "languages-among", "French", in_german, "“de” is not a language"),
    Break("uk-house-paper", "has-words", "begin with", swap(T, "To the House of Commons.", "To all."), "“To the House of Commons”"),
    Break("uk-house-paper", "has-words", "whose petition", swap(T, "The Petition of residents", "From residents"), "“The Petition of”"),
    Break("uk-house-paper", "has-words", "reasons", swap(T, "Declares that", "Says that"), "“Declares that”"),
    Break("uk-house-paper", "has-words", "set out the request", swap(T, "The Petitioners therefore request", "They now request"), "therefore request"),
    Break("uk-house-paper", "has-words", "end with", swap(T, "And the Petitioners remain, etc.", "Thank you."), "And the Petitioners remain, etc"),
    Break("uk-house-paper", "prayer-on-every-sheet", "repeat", swap(T, "rows=12 widths=1,1,1\nThe Petitioners therefore request {% for ask in asks %}{{ ask.text }}{% endfor %}\n", "rows=12 widths=1,1,1\n"), "doesn’t say for what"),
    Break("uk-house-paper", "signatures-with-text", "two people", swap(T, "rows=4", "rows=1"), "no room for 2 signatures"),
    Break("uk-house-paper", "sheet-asks-for", "a name", swap(T, "| Name |", "| Mark |"), "no column for “name”"),
    Break("uk-house-paper", "sheet-asks-for", "an address", swap(T, "| Address |", "| Town |"), "no column for “address”"),
    Break("uk-house-paper", "requests", "don’t demand", swap(L, "to repair", "to see, as we demand, to"), "with the words “we demand”"),
    Break("uk-parliament-epetition", "has-value", "action", swap(L, f"action: {'a' * 80}, ", ""), "no value “action”"),
    Break("uk-parliament-epetition", "most-characters", "80", swap(L, "a" * 80, "a" * 81), "has 81 characters, 1 too many"),
    Break("uk-parliament-epetition", "most-characters", "300", swap(L, "b" * 300, "b" * 301), "has 301 characters, 1 too many"),
    Break("uk-parliament-epetition", "most-characters", "800", swap(L, "c" * 800, "c" * 801), "has 801 characters, 1 too many"),
    Break("european-parliament", "signatories-have", "permanent address", swap(S, ADDRESS, ""), "has no address of this signatory"),
    Break("european-parliament", "languages-among", "official language", lambda c: (swap(L, "languages: [en]", "languages: [uk]")(c), c.write("templates/t/letter.uk.md", c.read(T))), "“uk” is not a language"),
    Break("european-parliament", "never-anonymous", "name of each", only_one_and_unnamed, "nobody who signs is named"),
    Break("european-parliament", "names-representative", "representative", swap(S, "  tier: author\n", ""), "none of them speaks for all"),
    Break("european-parliament", "room-to-sign", "by hand", swap(T, "::: signatures\n:::\n", ""), "no room for a signature"),
    Break("european-citizens-initiative", "most-characters", "title", swap(L, "title: A petition", f"title: {'t' * 101}"), "has 101 characters"),
    Break("european-citizens-initiative", "most-characters", "objectives", swap(L, "o" * 1100, "o" * 1101), "has 1101 characters"),
    Break("european-citizens-initiative", "signatories-at-least", "seven", swap(S, "- {id: person-6, name: Person 6}\n", ""), "there are 6 signatories, 1 too few"),
    Break("bundestag", "never-anonymous", "name", nobody_named, "nobody who signs is named"),
    Break("bundestag", "signatories-have", "address", swap(S, ADDRESS, ""), "has no address"),
    Break("bundestag", "room-to-sign", "by hand", swap(T, "::: signatures\n:::\n", ""), "no room for a signature"),
    Break("un-special-procedures", "languages-among", "Spanish", in_german, "“de” is not a language"),
    Break("un-special-procedures", "has-value", "victim", swap(L, "victim: A, ", ""), "no value “victim"),
    Break("un-special-procedures", "has-value", "alleged", swap(L, "perpetrators: B, ", ""), "no value “perpetrators"),
    Break("un-special-procedures", "has-value", "when", swap(L, "when: C, ", ""), "when”"),
    Break("un-special-procedures", "has-value", "where", swap(L, "where: D, ", ""), "where”"),
    Break("un-special-procedures", "has-value", "circumstances", swap(L, ", circumstances: E", ""), "no value “circumstances”"),
    Break("un-special-procedures", "never-anonymous", "who submits", nobody_named, "nobody who signs is named"),
    Break("appeal", "pages-at-most", "one page", swap(L, "Free speech is a right.", "Free speech is a right. " * 200), "has 2 pages"),
    Break("appeal", "requests", "polite", swap(T, "We ask you {%", "We demand {%"), "with the words “we demand”"),
    Break("appeal", "name-repeated", "full name", swap(T, "We ask for the release of {{ case.person }}.", ""), "stands once"),
    Break("appeal", "one-ask", "one explicit request", swap(L, "body: appeal", "  - text: and more.\nbody: appeal"), "there are 2 asks"),
    Break("appeal", "has-deadline", "by when", swap(L, "deadline: 2026-03-01\n", ""), "is not given"),
    Break("appeal", "has-copies", "diplomatic", swap(L, "copies_to: [The embassy]\n", ""), "nobody gets a copy"),
]  # fmt: skip

# No paper that letters prints on is of a size that the House refuses: see test_rules.py.
NOT_BROKEN = {("ca-house-paper", "page-between")}
