"""Many ways to write the same mistake: each is told at its line, in words that a user knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from conftest import BODY_EN, CampaignFolder, loaded

from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.problem import Problem

PATH, BEFORE = "templates/note/letter.en.md", "We are"
LINE = BODY_EN[: BODY_EN.index(BEFORE)].count("\n") + 1


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    from conftest import write_campaign

    campaign = write_campaign(tmp_path_factory.mktemp("plain"))
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    return loaded(campaign)


def problems(plain: Campaign, written: str) -> list[Problem]:
    """What is said of a letter with that in front of its first paragraph."""
    body = BODY_EN.replace(BEFORE, f"{written}\n\n{BEFORE}")
    CampaignFolder(plain.root).write(PATH, body)
    try:
        Edition(plain, "en", "recipient").letter(0, Signed({}, None, draft=True), _none)
    except CampaignError as error:
        return list(error.problems)
    return []


def _none(path: str, alt: str) -> NoReturn:
    raise AssertionError(f"no picture is wanted here: {path}, {alt}")


CODE = (
    "{% if a %}{% endfor %}", "{{ } }}", "{% for %}", "{% endif %}", "{% else %}", "{% if %}x{% endif %}", "{{ }}",
    "{{ 1 + }}", "{% set %}", "{% set x %}", "{% macro %}", "{{ 'a }}", '{{ "a }}', "{# open", "{{ asks[ }}", "{{ asks | }}",
    "{{ | a }}", "{% include %}", "{% include 5 %}", "{% include none %}", "{% import 'x.md' as y %}", "{% call %}{% endcall %}",
    "{{ 1/0 }}", "{{ 1 if }}", "{{ not }}", "{% for a in 5 %}{% endfor %}",
    "{{ asks[99] }}", "{{ -'a' }}", "{{ 'a' < 1 }}", "{{ recipient < recipient }}", "{% do 1 %}", "{{ ... }}", "{{ a ? b }}",
    r"{{ '\x' }}", r"{{ '\ud800' }}", "{{ 10 % 0 }}", "{{ x is foo }}", "{{ 5 is divisibleby(0) }}", "{{ place.upper() }}",
    "{% set recipient.name = 5 %}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% extends none %}", "{{ " + "9" * 5_000 + " }}",
)  # fmt: skip


@pytest.mark.parametrize("written", CODE, ids=lambda text: text[:40])
def test_code_that_is_none_is_told_at_its_line(plain: Campaign, written: str) -> None:
    found = problems(plain, written)
    assert found
    for problem in found:
        assert (problem.place.path, problem.place.line) == (PATH, LINE), problem
        assert "unexpected" not in problem.message
        assert "Expected an" not in problem.message
        assert "object" not in problem.message
        assert "\n" not in problem.message


UNSEEN = (
    0x202E, 0x2066, 0x2028, 0x200B, 0xFEFF, 0xE0041, 0xE000, 0x0, 0x85, 0x34F, 0x180E, 0x2062, 0x115F, 0x3164, 0x200D, 0xFE0F,
    0xE0100, 0xFFFE, 0x1D173, 0x1B, 0x17B4, 0xF0000,
)  # fmt: skip
WAYS = {
    "hexadecimal": "We &#x{0:x};ask.",
    "decimal": "We &#{0};ask.",
    "in code": "We {{{{ '\\U{0:08x}' }}}}ask.",
    "put together": "We {{{{ '&#x' ~ '{0:x};' }}}}ask.",
    "in pieces": "We &#{{{{ {0} }}}};ask.",
    "in a link": "We [a](https://example.org/&#x{0:x};b) ask.",
    "in words of a link": "We [a &#x{0:x};b](https://example.org) ask.",
    "in a cell": "| a | b |\n| --- | --- |\n| &#x{0:x}; | c |",
    "in a note": "We ask.[^1]\n\n[^1]: said &#x{0:x};",
    "in a heading": "# We &#x{0:x};ask",
    "in a set": "{{% set a %}}&#x{0:x};{{% endset %}}We {{{{ a }}}} ask.",
}


@pytest.mark.parametrize("way", WAYS)
def test_what_nobody_sees_is_refused_however_it_is_written(plain: Campaign, way: str) -> None:
    for number in UNSEEN:
        found = problems(plain, WAYS[way].format(number))
        if number == 0 and way != "in code":  # which Markdown takes for U+FFFD
            assert all("U+FFFD" in one.message or "U+0000" in one.message for one in found)
        assert found, hex(number)
        for problem in found:
            assert problem.place.path == PATH
            assert LINE <= problem.place.line <= LINE + 3, (hex(number), problem)
