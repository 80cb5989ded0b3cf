"""The rules one by one, as a body of the campaign’s own names them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from conftest import CampaignFolder

from letters.check.rules import RULES
from letters.problem import Problem

from .judging import L, S, Sample, T, judge, picture
from .samples import (
    CA_PAPER,
    PETITIONERS,
    PLAIN,
    SAMPLES,
    add,
    counted,
    in_german,
    nobody_named,
    swap,
    with_logo,
)

BODY = """\
title: A house
sources: {{rule-book: {{institution: A house, page: Its rule book}}}}
rules:
  - {{{rule}, level: V, source: rule-book, says: as it is written}}
"""
Edit: TypeAlias = Callable[[CampaignFolder], object]


def nothing(_: CampaignFolder) -> None:
    """The campaign as it is."""


def found(rule: str, edit: Edit, path: Path, template: str = PLAIN) -> list[Problem]:
    """What the rule alone finds after an edit."""
    sample = Sample("own", "values: {text: The wharf is closed.}\n", template, PETITIONERS)
    folder = sample.write(path / "c")
    folder.write("bodies/own.yaml", BODY.format(rule=rule))
    edit(folder)
    return [problem for problem in judge(folder) if problem.source]


SUBJECT = "::: subject\n{{ subject }}\n:::\n\n"

# A rule, an edit that keeps it, an edit that breaks it, where it is said, and what.
TABLE: list[tuple[str, Edit, Edit, str, str]] = [
    ("rule: most-words, most: 17", nothing, swap(L, "is closed", "is closed for now"), "letter.yaml:8:11: asks[0].text", "the text has 19 words, 2 too many"),
    ("rule: most-words, most: 2, parts: [salutation]", nothing, swap(T, "Dear reader", "Dear old reader"), f"{T}:2:1", "3 words, 1 too many"),
    ("rule: most-characters, most: 10, of: title", nothing, swap(L, "A petition", "A petition!"), "letter.yaml:1:8: title", "has 11 characters"),
    ("rule: most-characters, most: 16, of: subject", nothing, swap(L, "The public wharf", "{en: The public wharves}"), "letter.yaml:5:15: subject.en", "18 characters"),
    ("rule: most-characters, most: 17, value: text, spaces: no", nothing, swap(L, "is closed", "is still closed"), "letter.yaml:10:16: values.text", "22 characters"),
    ("rule: has-value, values: [victim, text]", nothing, swap(L, "values: {text: The wharf is closed.}", "values: {action: x}"), "letter.yaml:10:9: values", "“victim” or “text”"),
    ("rule: no-web-addresses", nothing, swap(L, "is closed.", "is closed. See www.example.org."), "letter.yaml:10:16: values.text", "holds a web address"),
    ("rule: no-web-addresses", swap(T, "Dear reader,", "Dear example.org,"), swap(T, "We ask you", "We ask example.org"), f"{T}:7:1", "holds a web address"),
    ("rule: no-web-addresses", nothing, lambda c: (add(L, "sources: {a: {title: A, url: https://example.org/a}}\n")(c), swap(T, "We ask you", "We[@a] ask you")(c)), "letter.yaml:11:30: sources.a.url", "holds a web address"),
    ("rule: languages-among, languages: [en, de]", in_german, lambda c: (swap(L, "languages: [en]", "languages: [fr]")(c), c.write("templates/t/letter.fr.md", c.read(T))), "letter.yaml:3:13: languages[0]", "“fr” is not a language"),
    ("rule: has-words, words: {en: [the WHARF, the pier]}", nothing, swap(L, "wharf is closed", "bridge is closed"), "letter.yaml:2:11: template", "“the WHARF” or “the pier”"),
    ("rule: has-words, words: {en: [reader]}, parts: [salutation]", nothing, swap(T, "Dear reader", "Dear friend"), "letter.yaml:2:11: template", "“reader”"),
    ("rule: has-words, words: {fr: [le quai]}", nothing, lambda c: (swap(L, "languages: [en]", "languages: [fr]")(c), c.write("templates/t/letter.fr.md", c.read(T))), "letter.yaml:2:11: template", "“le quai”"),
    ("rule: has-prayer", nothing, swap(T, "We ask you {% for ask in asks %}{{ ask.text }}{% endfor %}", "So it goes."), "letter.yaml:2:11: template", "asks for nothing"),
    ("rule: has-prayer, values: [text]", swap(T, "We ask you {% for ask in asks %}{{ ask.text }}{% endfor %}", "So it goes."), swap(T, PLAIN, SUBJECT + "So it goes.\n"), "letter.yaml:2:11: template", "asks for nothing"),
    ("rule: requests", swap(L, "is closed.", "is closed. We demand that."), swap(L, "to repair", "to see that we demand that you repair"), "letter.yaml:8:11: asks[0].text", "“we demand”"),
    ("rule: requests, values: [text]", nothing, swap(L, "is closed.", "is closed. We insist."), "letter.yaml:10:16: values.text", "“we insist”"),
    ("rule: one-ask", nothing, swap(L, "body: own", "  - text: more.\nbody: own"), "letter.yaml:8:3: asks", "there are 2 asks"),
    ("rule: one-ask", nothing, swap(L, "asks:\n  - text: to repair the public wharf before the season of 2027.\n", ""), "letter.yaml:1:1: asks", "there is no ask"),
    ("rule: has-block, block: salutation", nothing, swap(T, "::: salutation\nDear reader,\n:::\n", ""), "letter.yaml:2:11: template", "no block “salutation”"),
    ("rule: has-block, block: signatures", nothing, swap(T, "::: signatures\n:::\n", ""), "letter.yaml:2:11: template", "no block “signatures”"),
    ("rule: addressed-to, names: {en: [reader, the House]}", nothing, swap(T, "Dear reader", "Dear friend"), "letter.yaml:2:11: template", "“reader”, “the House”"),
    ("rule: room-to-sign", nothing, swap(T, "::: signatures\n:::\n", ""), "letter.yaml:2:11: template", "no room for a signature"),
    ("rule: no-pictures", nothing, with_logo, "letter.yaml:6:14: from.logo", "a logo is printed"),
    ("rule: no-enclosures", nothing, add(L, "enclosures: [A map]\n"), "letter.yaml:11:13: enclosures", "something is enclosed"),
    ("rule: page-between, least: [200, 270], most: [220, 290]", nothing, add(L, "page: a4\n"), "letter.yaml:11:7: page", "the page is 210 by 297 mm"),
    ("rule: pages-at-most, most: 1", nothing, swap(L, "is closed.", "is closed. " * 500), "letter.yaml:2:11: template", "the letter has "),
    ("rule: has-deadline", add(L, "deadline: 2026-03-01\n"), nothing, "letter.yaml:1:1: deadline", "is not given"),
    ("rule: has-copies", add(L, "copies_to: [The embassy]\n"), nothing, "letter.yaml:1:1: copies_to", "nobody gets a copy"),
    ("rule: signatories-at-least, least: 2", nothing, lambda c: c.write(S, "- {id: a, name: A}\n"), "signatories.yaml:1:1", "there are 1 signatory, 1 too few"),
    ("rule: signatories-have, contact: [address]", nothing, swap(S, "  contact: {address: [2 Harbour Road, Larch Cove]}\n", ""), "signatories.yaml:4:3: [1].contact", "has no address of this signatory"),
    ("rule: signatories-have, contact: [address, email], tiers: [author]", swap(S, "contact: {address: [2", "contact: {email: a@example.org, address: [2"), nothing, "signatories.yaml:7:12: [1].contact", "has no email of this signatory"),
    ("rule: names-representative", nothing, swap(S, "  tier: author\n", ""), "signatories.yaml:1:1", "none of them speaks for all"),
    ("rule: names-representative, value: text", swap(S, "  tier: author\n", ""), lambda c: (swap(S, "  tier: author\n", "")(c), swap(L, "values: {text: The wharf is closed.}", "values: {}")(c)), "signatories.yaml:1:1", "none of them speaks for all"),
    ("rule: never-anonymous", nothing, nobody_named, "signatories.yaml:1:1", "nobody who signs is named"),
]  # fmt: skip

ADA = "cases:\n  - {id: ada, person: Ada Birch, visibility: name-only, consent: {given: yes}}\n"
ON_SHEETS: list[tuple[str, Edit, Edit, str, str]] = [
    ("rule: room-for-signatures, least: 25", nothing, swap(T, "rows=22", "rows=20"), f"{T}:9:1", "there is room for 23 signatures"),
    ("rule: valid-signatures-at-least, least: 25", counted(20, 5), counted(24), "letter.yaml:2:11: template", "24 signatures on the sheets that were counted, 1 too few"),
    ("rule: valid-signatures-at-least, least: 25", nothing, counted(30, then=swap(T, "since 2024", "since 2025")), "letter.yaml:2:11: template", "0 signatures on the sheets"),
    ("rule: signatures-with-text, least: 3", nothing, swap(T, "::: sheet rows=3 widths=1,1,1\n| Name | Address | Signature |\n|---|---|---|\n:::\n", ""), f"{T}:10:1", "on the same page"),
    ("rule: signatures-with-text, least: 3", nothing, swap(T, "The wharf has been closed since 2024.", "Words.\n\n" * 24), f"{T}:", "the text fills its page"),
    ("rule: prayer-on-every-sheet", nothing, swap(T, "rows=3", "rows=90"), f"{T}:9:1", "run onto a page"),
    ("rule: sheet-asks-for, column: {en: [address]}", nothing, swap(T, "| Name | Address |", "| Name | Town |"), f"{T}:9:1", "no column for “address”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "edit", "template"),
    [(r, keep, PLAIN) for r, keep, *_ in TABLE] + [(r, keep, CA_PAPER) for r, keep, *_ in ON_SHEETS],
)  # fmt: skip
def test_a_rule_that_is_kept_finds_nothing(
    rule: str, edit: Edit, template: str, tmp_path: Path
) -> None:
    assert found(rule, edit, tmp_path, template) == []


@pytest.mark.parametrize(
    ("rule", "edit", "at", "said", "template"),
    [(r, b, at, said, PLAIN) for r, _, b, at, said in TABLE]
    + [(r, b, at, said, CA_PAPER) for r, _, b, at, said in ON_SHEETS],
)
def test_a_rule_that_is_broken_says_where(
    rule: str, edit: Edit, at: str, said: str, template: str, tmp_path: Path
) -> None:
    [problem] = found(rule, edit, tmp_path, template)
    assert f"{problem.place}: {problem.place.key}".startswith(at), problem
    assert said in problem.message
    assert (problem.severity, problem.hint) == ("error", "as it is written")
    assert problem.source == "A house, “Its rule book”"


def test_the_person_whom_a_letter_is_for_is_named_as_often_as_is_asked(tmp_path: Path) -> None:
    rule = "rule: name-repeated, least: 2"
    [nobody] = found(rule, nothing, tmp_path / "1")
    assert "nobody who is named" in nobody.message
    with_ada = add(L, ADA)
    [never] = found(rule, with_ada, tmp_path / "2")
    assert (never.place.key, never.message) == (
        "cases[0].person",
        "the full name stands 0 times in the letter",
    )
    twice = swap(L, "The wharf is closed.", "Ada Birch fell. Ada Birch’s arm broke.")
    assert found(rule, lambda c: (with_ada(c), twice(c)), tmp_path / "3") == []


@pytest.mark.parametrize(
    ("visibility", "places"),
    [("public", ["[0].signature_image"]), ("name-only", []), ("role-only", []), ("withheld", [])],
)
def test_a_picture_of_a_signature_is_told_where_it_is_printed(
    visibility: str, places: list[str], tmp_path: Path
) -> None:
    def with_picture(folder: CampaignFolder) -> None:
        folder.write("images/own.png", picture())
        own = f"- id: okafor\n  signature_image: images/own.png\n  visibility: {visibility}\n"
        more = "  description: a teacher\n"
        swap(S, "- id: okafor\n", own.replace("okafor", "signer-1") + more)(folder)

    problems = found("rule: no-pictures", with_picture, tmp_path)
    assert [problem.place.key for problem in problems] == places


def test_every_rule_is_tried() -> None:
    tried = {rule.split(",")[0].removeprefix("rule: ") for rule, *_ in (*TABLE, *ON_SHEETS)}
    assert tried | {"name-repeated"} == set(RULES)


def test_a_rule_from_memory_is_a_warning(tmp_path: Path) -> None:
    folder = SAMPLES["bundestag"].write(tmp_path / "c")
    swap(L, "body: bundestag", "body: own")(folder)
    own = BODY.format(rule="rule: has-deadline").replace("level: V, source: rule-book", "level: M")
    folder.write("bodies/own.yaml", own)
    [problem] = [problem for problem in judge(folder) if problem.source]
    assert str(problem) == (
        "letter.yaml:1:1: warning: deadline – is not given "
        "(as it is written; from memory, not looked up)"
    )


def test_each_edition_is_judged_and_named(tmp_path: Path) -> None:
    def both(folder: CampaignFolder) -> None:
        swap(L, "languages: [en]", "languages: [en, fr]")(folder)
        swap(
            L,
            "The wharf is closed.",
            "{en: The wharf is closed., fr: Le quai est fermé www.example.org}",
        )(folder)
        folder.write("templates/t/letter.fr.md", folder.read(T))

    [problem] = found("rule: no-web-addresses", both, tmp_path)
    assert problem.message == "holds a web address, in the edition “fr”"
    assert problem.place.key == "values.text.fr"


def test_letters_that_say_different_words_are_each_judged(tmp_path: Path) -> None:
    def by_recipient(folder: CampaignFolder) -> None:
        people = "".join(
            f"- {{id: r-{i}, name: R {i}, gender: {g}}}\n" for i, g in enumerate("mmf")
        )
        folder.write("recipients.yaml", people)
        only_for_her = (
            "{% if recipient.gender == 'f' %}See www.example.org.{% endif %} Dear reader,"
        )
        swap(T, "We ask you", only_for_her.removesuffix(" Dear reader,") + "We ask you")(folder)

    [problem] = found("rule: no-web-addresses", by_recipient, tmp_path)
    assert problem.place.path == T
