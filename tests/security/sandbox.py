"""Templates that try to get out of their sandbox, put together by the thousand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from letters.campaign.load import load
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.problem import CampaignError

from .watched import TooLongError, watch

ROOTS = (
    "recipient", "recipient.name", "recipient.values", "date", "deadline", "place", "signatories",
    "signatories[0]", "authors[0]", "asks", "asks[0]", "cases[0]", "figures", "figures.applied",
    "sources", "values", "values.thanks", "nothing", "self", "caller", "varargs", "kwargs", "''",
    "'a'", "1", "1.5", "[]", "()", "{}", "true", "none", "[asks]", "(asks|map)", "(asks|list)",
    "(place|upper)", "(place ~ '')", "loop", "m", "super", "range", "dict", "lipsum", "cycler",
    "namespace", "joiner", "get_flashed_messages", "config", "request", "g", "environment", "context",
    "__builtins__", "__import__", "open", "eval", "exec", "x",
)  # fmt: skip
NAMES = (
    "__class__", "__mro__", "__base__", "__subclasses__", "__init__", "__globals__", "__builtins__",
    "__dict__", "__code__", "__func__", "__self__", "__module__", "__reduce__", "__getattribute__",
    "__class__.__mro__[1].__subclasses__()", "__init__.__globals__['os'].popen('id')", "raw", "text",
    "origin", "fields", "get", "derived", "format", "format_map", "mro", "gi_frame", "f_back",
    "f_globals", "cr_frame", "tb_frame", "_func", "_environment", "environment", "_parts", "items",
    "pop", "append", "extend", "contact.email", "consent.note",
)  # fmt: skip
WAYS = (
    "{{{{ {root}.{name} }}}}", "{{{{ {root}['{name}'] }}}}", "{{{{ {root}|attr('{name}') }}}}",
    "{{{{ [{root}]|map(attribute='{name}')|list }}}}", "{{% set x = {root}.{name} %}}{{{{ x() }}}}",
    "{{{{ {root}['{half}' ~ '{rest}'] }}}}", "{{{{ [{root}]|selectattr('{name}')|first }}}}",
    "{{{{ [{root}]|map('attr', '{name}')|join }}}}", "{{% if {root}.{name} is callable %}}{{{{ {root}.{name}() }}}}{{% endif %}}",
    "{{% for k in {root}.{name} %}}{{{{ k }}}}{{% endfor %}}",
)  # fmt: skip
OTHERS = (
    "{{ '%s' % recipient }}", "{{ '{0.__class__}'.format(recipient) }}", "{% debug %}",
    "{% do asks.append(1) %}", "{% include '/etc/passwd' %}", "{% import '../letter.yaml' as a %}",
    "{% extends 'letter.yaml' %}", "{{ 9**9**9 }}", "{{ 'a' * 999999999 }}", "{{ [1] * 99999999 }}",
    "{% for a in asks recursive %}{{ loop(asks) }}{% endfor %}", "{{ ''|tojson }}", "{{ asks|pprint }}",
    "{{ 'a'|replace('a', 'b' * 99) }}", "{{ asks|xmlattr }}", "{{ asks|groupby('__class__') }}",
    "{{ asks|sort(attribute='__class__') }}", "{{ asks|sum(attribute='__class__') }}",
    "{{ '\\ue000\\ue010\\ue001' }}", "{{ 'x'|safe }}", "{% autoescape false %}a{% endautoescape %}",
    "{% set ns = namespace() %}", "{% call m() %}{% endcall %}", "{{ m.__closure__ }}",
    "{% trans %}a{% endtrans %}", "{% raw %}{{ x }}{% endraw %}", "{% filter attr('__class__') %}a{% endfilter %}",
)  # fmt: skip
_SHOWS = re.compile(
    r"<(class|function|bound method|module|built-in|generator|frame|code|slot wrapper)|object at 0x"
    r"|secret@example\.net|ngozi@example\.org|root:x:0|uid=\d"
)


def payloads() -> Iterator[str]:
    """All of them: each root, each name that leads out, each way to say it."""
    yield from OTHERS
    for number, (root, name) in enumerate(itertools.product(ROOTS, NAMES)):
        half = len(name) // 2
        for offset in (0, 3):
            way = WAYS[(number + offset) % len(WAYS)]
            quoted = name.replace("'", "\\'")
            yield way.format(
                root=root,
                name=quoted if "'{name}'" in way else name,
                half=quoted[:half].rstrip("\\"),
                rest=quoted[half:],
            )


def measure(campaign: Path, every: int = 1) -> tuple[int, int, list[str]]:
    """How many were tried, how many ran or read anything, and which; a problem is the right end.

    ``campaign`` is the tests' small one, with one language.
    """
    body = campaign / "templates" / "note" / "letter.en.md"
    seen, tried, hits = watch(writes=True), 0, []
    loaded, problems = load(campaign)
    assert loaded, problems
    body.write_text("A letter.\n", encoding="utf-8")
    _printed(loaded)  # what is loaded at first is loaded
    for payload in itertools.islice(payloads(), 0, None, every):
        tried += 1
        body.write_text("{% macro m() %}{% endmacro %}" + payload + "\n", encoding="utf-8")
        seen.hits.clear()
        try:
            with seen.watching():
                printed = _printed(loaded)
        except CampaignError as error:
            printed = "\n".join(map(str, error.problems))
        except TooLongError:
            printed = "<function that never ends"
        if seen.hits or _SHOWS.search(printed):
            hits.append(f"{payload}: {seen.hits} {printed[:200]}")
    return tried, len(hits), hits


def _printed(campaign: object) -> str:
    edition = Edition(campaign, "en", "recipient")  # type: ignore[arg-type]
    return repr(edition.letter(0, Signed({}, None, draft=True), _none))


def _none(path: str, alt: str) -> NoReturn:
    raise AssertionError(f"no picture is wanted here: {path}, {alt}")
