"""Templates from strangers: what they try, and that none of it gets anywhere.

Each attack runs in the same bounded process as a real letter. It must end with a problem at a
place, without having read a file, reached what is private, or brought the program down.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

from letters import limits
from letters.problem import CampaignError, Problem
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

EN = "templates/note/letter.en.md"

# The processes in which templates run are forks of this one, and find it loaded.
importlib.import_module("letters.draft.compose")

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


def drafted(campaign: CampaignFolder, body: str, seconds: float = 20) -> str | list[Problem]:
    """The canonical text of a letter with that body, or what is wrong with it."""
    campaign.write(EN, body)
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    with Workshop(campaign.path, seconds=seconds) as shop:
        try:
            return shop.text().canonical
        except CampaignError as error:
            return list(error.problems)


ATTRIBUTES = {
    "class of a record": "{{ recipient.__class__ }}",
    "class of a value": "{{ deadline.__class__.__mro__[1].__subclasses__() }}",
    "class of a text": "{{ ''.__class__.__mro__ }}",
    "class of a list": "{{ asks.__class__ }}",
    "class by index": "{{ recipient['__class__'] }}",
    "class of an index": "{{ asks[0]['__class__'] }}",
    "initialiser of a group": "{{ recipient.values.__init__.__globals__ }}",
    "method of a value": "{{ deadline.derived('x') }}",
    "raw form of a value": "{{ place.raw }}",
    "origin of a value": "{{ place.origin }}",
    "fields of a record": "{{ recipient.fields }}",
    "method of a record": "{{ recipient.get('name') }}",
    "loop class": "{% for a in asks %}{{ loop.__class__ }}{% endfor %}",
    "loop call": "{% for a in asks %}{{ loop(asks) }}{% endfor %}",
    "loop cycle": "{% for a in asks %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "attribute by map": "{{ asks | map(attribute='__class__') | first }}",
    "attribute by select": "{{ asks | selectattr('__class__') | list | length }}",
    "deep attribute by map": "{{ signatories | map(attribute='name.__class__.__init__') | first }}",
    "filter by name": "{{ asks | map('attr', '__class__') | first }}",
    "attr filter": "{{ recipient | attr('__class__') }}",
    "macro attributes": "{% macro m() %}{% endmacro %}{{ m.name }}",
    "macro closure": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "self": "{{ self.__init__ }}",
    "self itself": "{{ self }}",
    "caller": "{{ caller() }}",
    "undefined": "{{ nothing.__class__ }}",
    "format string": "{{ '{0.__class__}'.format(recipient) }}",
    "percent": "{{ '%s' % recipient }}",
    "format filter": "{{ '%s' | format(recipient) }}",
    "debug extension": "{% debug %}",
    "do extension": "{% do asks.append(1) %}",
}

GLOBALS = {
    "range": "{% for i in range(10) %}x{% endfor %}",
    "lipsum": "{{ lipsum(1000) }}",
    "cycler": "{{ cycler('a', 'b') }}",
    "namespace": "{% set n = namespace(a=1) %}{{ n.a }}",
    "dict": "{{ dict(a=1) }}",
    "joiner": "{{ joiner(', ') }}",
    "environment": "{{ environment }}",
    "open": "{{ open('/etc/passwd') }}",
}

PRIVATE = {
    "contact": "{{ signatories[0].contact.email }}",
    "contact of an author": "{{ authors[0].contact }}",
    "e-mail of the recipient": "{{ recipient.email }}",
    "id": "{{ signatories[0].id }}",
    "visibility": "{{ signatories[0].visibility }}",
    "consent of a case": "{{ cases[0].consent }}",
    "the campaign": "{{ campaign }}",
    "another recipient": "{{ recipients }}",
    "values of the letter": "{{ letter }}",
}

FILES = {
    "outside by dots": "{% include '../../../../../../etc/passwd' %}",
    "outside by root": "{% include '/etc/passwd' %}",
    "the campaign's people": "{% include '../../signatories.yaml' %}",
    "a link": "{% include 'link.md' %}",
    "a folder": "{% include '.' %}",
    "outside by a backslash": "{% include '..\\\\..\\\\signatories.yaml' %}",
    "outside by import": "{% import '/etc/passwd' as p %}{{ p }}",
    "outside by from": "{% from '../../signatories.yaml' import x %}",
    "outside by extends": "{% extends '../../signatories.yaml' %}",
    "by a name from the data": "{% include place %}",
    "a list of names": "{% include ['/etc/passwd', '../../signatories.yaml'] %}",
}

BOMBS = {
    "a long text": "{{ 'a' * 1000000000 }}",
    "a long value": "{{ place * 1000000000 }}",
    "a power": "{{ 2 ** 10 ** 10 }}",
    "a large factor": "{{ 999999999 * 999999999 * 999999999 }}",
    "a long list": "{{ [0] * 1000000000 }}",
    "a doubled text": "{% set a = 'x' ~ 'x' %}{{ a + a }}",
    "a large number": "{{ 9999999999 + 1 }}",
    "division by nothing": "{{ 1 // 0 }}",
    "itself": "{% include 'letter.en.md' %}",
    "a circle": "{% include 'a.md' %}",
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "deep parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep lists": "{{ " + "[" * 5000 + "]" * 5000 + " }}",
    "many negations": "{{ " + "not " * 20000 + "1 }}",
    "deep instructions": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "nested quotes": "> " * 20000 + "x",
    "nested lists": "\n".join("  " * n + "- x" for n in range(1500)),
    "nested emphasis": " ".join(["**a *b"] * 20 + ["b* a**"] * 20),
    "nested loops": "{% for a in asks %}" * 25 + "x" + "{% endfor %}" * 25,
    "nested notes": "".join(f"[^{n}]\n\n[^{n}]: x[^{n + 1}]\n\n" for n in range(1, 1500)),
}
SLICES = {
    "a cut value": "{{ (place ~ '') | list | last }}",
    "a joined value": "{{ (place ~ '') | join('x') }}",
    "a forged value": '{{ "\\ue000\\ue011\\ue001" }}',
    "a forged slot": '{{ "\\x00recipient.name\\x01" }}',
    "a slice": "{{ (place ~ '')[1:] }}",
}


# Not one of these is a mistake, and not one of them may bring the program down.
HARMLESS = {
    "a value by its letters": ("{% for c in place ~ '' %}{{ c }}{% endfor %}", "Ottawa"),
    "many brackets": ("[" * 3000, "[[["),
    "many stars": ("*a **a " * 2000, "*a **a"),
    "code in a text of the template": ("{{ '{{ 7*7 }}' }}", "\\{\\{ 7*7 \\}\\}"),
    "a mark-like text": ("{% raw %}{{ 7*7 }} {% x %}{% endraw %}", "\\{\\{ 7*7 \\}\\}"),
}

ENDLESS = {
    "loops without output": "{% for a in [1,2,3,4,5,6,7,8,9,0] %}" * 12 + "{% endfor %}" * 12,
    "a long wait": "{{ asks | slice(100000000) | list | length }}",
}

HUNGRY = {
    "a text doubled again and again": "{% set s = 'xxxxxxxx' %}" + "{% set s = s ~ s %}" * 40,
    "a list filled up": "{{ asks | batch(1000000000, 'x') | list | length }}",
}


@pytest.mark.parametrize("attack", [pytest.param(b, id=n) for n, b in ENDLESS.items()])
def test_it_stops_what_never_ends(campaign: CampaignFolder, attack: str) -> None:
    found = drafted(campaign, f"Dear reader,\n\n{attack}", seconds=0.5)
    assert isinstance(found, list)
    assert str(found[0]) == (
        f"{EN}:3:1: the template takes too much time or memory and was stopped "
        "(a letter may take 0.5 s of processor time: look at its loops)"
    )


@pytest.mark.parametrize("attack", [pytest.param(b, id=n) for n, b in HUNGRY.items()])
def test_it_stops_what_takes_all_memory(
    campaign: CampaignFolder, attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMORY", 200 * 1024**2)
    found = drafted(campaign, attack)
    assert isinstance(found, list)
    assert str(found[0]) == f"{EN}:1:1: this takes too much memory"


@pytest.mark.parametrize(("body", "said"), [pytest.param(*v, id=n) for n, v in HARMLESS.items()])
def test_it_prints_what_only_looks_like_an_attack(
    campaign: CampaignFolder, body: str, said: str
) -> None:
    text = drafted(campaign, body)
    assert isinstance(text, str), text
    assert said in text


def test_it_stops_a_letter_that_grows_without_end(campaign: CampaignFolder) -> None:
    tens = "[1,2,3,4,5,6,7,8,9,0]"
    body = "Fine.\n" + f"{{% for a in {tens} %}}" * 7 + "words " + "{% endfor %}" * 7
    found = drafted(campaign, body)
    assert isinstance(found, list)
    assert str(found[0]) == f"{EN}:2:1: the letter grows past 2,000,000 characters"


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(body, id=name)
        for table in (ATTRIBUTES, GLOBALS, PRIVATE, FILES, BOMBS, SLICES)
        for name, body in table.items()
    ],
)
def test_it_stops_the_attack_at_its_place(campaign: CampaignFolder, attack: str) -> None:
    campaign.write("templates/note/a.md", "{% include 'b.md' %}")
    campaign.write("templates/note/b.md", "{% include 'a.md' %}")
    (campaign.path / "templates/note/link.md").symlink_to("/etc/passwd")
    found = drafted(campaign, f"Dear reader,\n\n{attack}\n")
    assert not isinstance(found, str), f"it was let through: {found}"
    assert found
    for problem in found:
        assert problem.place.path in (
            EN,
            "templates/note/a.md",
            "templates/note/b.md",
            "templates/note/link.md",
            "letter.yaml",
        )
        said = str(problem)
        for private in ("root:", "example.net", "ngozi@", "Withheld", "object at 0x", "<class"):
            assert private not in said


def test_the_command_ends_with_a_place_and_status_1(
    campaign: CampaignFolder, letters: Letters
) -> None:
    campaign.write(EN, f"Dear reader,\n\n{PRIVATE['contact']}\n")
    done = letters("render", "--format", "txt")
    assert done.status == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"{EN}:3:")
    assert not (campaign.path / "out").exists() or not list((campaign.path / "out").iterdir())
