"""A letter body in its sandbox: what it can do, with which values, and how its errors are told.

Attacks are in test_sandbox.py, and the words of the errors in tests/test_mistakes.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.draft.language import language
from letters.draft.template import Body, read_body
from letters.draft.values import Hold, Sealed
from letters.problem import CampaignError

from .tree import printed, read, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{{ place }} / {{ place ~ ', ' ~ place }}", "Ottawa / Ottawa, Ottawa"),
        ("{% if asks | length > 1 %}many{% else %}one{% endif %}", "many"),
        ("{% if values.pages > 2 and values.pages < 4 %}three{% endif %}", "three"),
        ("{% if place == 'Ottawa' %}here{% endif %}", "here"),
        ("{% if place in ['Ottawa'] %}here{% endif %}", "here"),
        ("{% if language == 'en' %}English{% endif %}", "English"),
        ("{{ values.pages + 1 }} {{ values.pages * 2 }} {{ 7 // 2 }} {{ 7 % 2 }} {{ 1 - 3 }}", "4 6 3 1 -2"),
        ("{% for ask in asks %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/2 2/2"),
        ("{% for ask in asks %}{% if loop.first %}a{% endif %}{% if loop.last %}b{% endif %}{% endfor %}", "ab"),
        ("{% for ask in asks %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{% endfor %}", "021110"),
        ("{% for x in [] %}a{% else %}none{% endfor %}", "none"),
        ("{% set n = 2 %}{{ n }}", "2"),
        ("{% set x %}a {{ place }}{% endset %}{{ x }}!", "a Ottawa!"),
        ("{% macro m(a, b='c') %}{{ a }}{{ b }}{% endmacro %}{{ m(place) }} {{ m('d', b='e') }}", "Ottawac de"),
        ("{% filter upper %}a {{ place }}{% endfilter %}", "A OTTAWA"),
        ("{% with a = place %}{{ a }}{% endwith %}", "Ottawa"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% include 'part.md' %}", "From a part: Ottawa"),
        ("{% include 'no.md' ignore missing %}a", "a"),
        ("{% from 'macros.md' import hello %}{{ hello(place) }}", "Hello Ottawa"),
        ("{{ asks[1].text }} {{ asks[0]['text'] }}", "to answer the second. to answer the first question;"),
        ("{{ figures['applied'].value }} {{ figures.applied['value'] }}", "1,000 1,000"),
    ],
)  # fmt: skip
def test_it_can_do_what_a_letter_needs(campaign: CampaignFolder, body: str, text: str) -> None:
    campaign.write("templates/note/part.md", "From a part: {{ place }}\n")
    campaign.write("templates/note/macros.md", "{% macro hello(x) %}Hello {{ x }}{% endmacro %}\n")
    assert printed(campaign, body) == text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ 'a' + 'b' }}", "1:1: “+” works on small numbers only (join texts with ~)"),
        ("{{ place * 3 }}", "1:1: “*” works on small numbers only"),
        ("{{ 2 ** 3 }}", "1:1: “**” works on small numbers only"),
        ("{{ 999999999 + 1 + 1 }}", "1:1: “+” works on small numbers only"),
        ("{{ 1 / 0 }}", "1:1: divides by nothing or overflows"),
        ("{{ place() }}", "1:1: can’t be computed"),
        ("{{ place < 3 }}", "1:1: can’t be computed"),
        ("{{ place.upper() }}", "1:10: “upper” can’t be asked for here: this is a single value"),
        ("a\n{{ place }} {{ nope }}", "2:16: there is no “nope”"),
        ("a\n\n{{ place\n ~ nope }}", "3:1: there is no “nope”"),
    ],
)
def test_it_cannot_do_more(campaign: CampaignFolder, body: str, said: str) -> None:
    assert refusal(campaign, body).startswith(said)


def test_it_is_compiled_once_and_run_for_each(campaign: CampaignFolder) -> None:
    campaign.write("templates/note/letter.en.md", "To {{ name }}: {{ name }}\n")
    loaded = read(campaign)
    file = loaded.template_files.body("note", "en")
    assert file is not None
    body = Body(loaded.template_files, "note", file, language("en"))
    (campaign.path / "templates/note/letter.en.md").write_text("changed", encoding="utf-8")
    texts = []
    for name in ("Ada", "Bo"):
        hold = Hold()
        texts.append(body.run({"name": Sealed(name, name)}, hold))
        assert [value.text for value in hold.values] == [name]
    # The same Markdown for both, so that it is parsed only once.
    assert texts == ["To \ue000\ue010\ue001: \ue000\ue010\ue001\n"] * 2


def test_the_campaigns_own_file_is_included_before_the_shipped_one(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("letter.yaml", "template: note", "template: open-letter")
    campaign.write("templates/open-letter/letter.en.md", "{% include 'letter.fr.md' %}")
    campaign.write("templates/open-letter/letter.fr.md", "Own words.\n")
    campaign.write(
        "templates/open-letter/template.yaml", campaign.read("templates/note/template.yaml")
    )
    assert "Own words." in printed_own(campaign)


DEEP = {
    "brackets": "{{ 1 }}\n" * 9 + "{{ " + "(" * 900 + "1" + ")" * 900 + " }}\n{{ 2 }}",
    "words": "{{ 1 }}\n" * 9 + "{{ " + "not " * 900 + "1 }}\n{{ 2 }}",
    "filters": "{{ 1 }}\n" * 9 + "{{ 'a'" + "|upper" * 2000 + " }}\n{{ 2 }}",
    "conditions": "{% if 1 %}\n" * 900 + "{% if 2 %}a{% endif %}\n" * 9 + "{% endif %}" * 900,
    "loops": "{{ (((1))) }}\n" * 6
    + "{% for a in asks %}\n" * 22
    + "{% endfor %}" * 22
    + "\n{{ 1 }}",
}
AT = {"conditions": 901, "loops": 28}


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.parametrize("name", ["letter.en.md", "part.md"])
def test_what_is_nested_too_deep_is_told_at_its_line(
    campaign: CampaignFolder, kind: str, name: str
) -> None:
    campaign.write("templates/note/letter.en.md", "Said.\n\n{% include 'part.md' %}\n")
    campaign.write(f"templates/note/{name}", f"\n{DEEP[kind]}\n")
    with pytest.raises(CampaignError) as caught:
        printed_own(campaign)
    place = f"templates/note/{name}:{AT.get(kind, 10) + 1}:"
    assert str(caught.value).startswith(place)
    assert "the template is nested too deep (divide" in str(caught.value)


def printed_own(campaign: CampaignFolder) -> str:
    from drafting import text_of

    return text_of(read(campaign)).canonical


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff", "x.md:1:1: is not UTF-8 text (save the file with the encoding UTF-8)"),
        ("a\nb\u202e".encode(), "x.md:2:2: holds the invisible or unusable character U+202E"),
        (b"a\rb", "x.md:1:2: holds the invisible or unusable character U+000D"),
        ("\ue000".encode(), "x.md:1:1: holds the invisible or unusable character U+E000"),
    ],
)
def test_a_file_that_no_letter_can_hold_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "x.md").write_bytes(data)
    with pytest.raises(CampaignError) as caught:
        read_body(tmp_path / "x.md", "x.md")
    assert str(caught.value).startswith(said)


def test_a_file_as_windows_writes_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes("\ufeffa\r\nb\r\n".encode())
    assert read_body(tmp_path / "x.md", "x.md") == "a\nb\n"
