"""Texts, lists and groups as they are written in YAML: plain where that is safe, else in quotes.

Written so that other programs read them alike: what those would take for a number, a truth value
or nothing at all is put in quotes, although `letters.campaign.source` takes all of it for text.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from letters.campaign.yaml_nodes import Plain

_WIDTH = 90  # up to which a group or a list stands on one line
_INDENT = "  "

# Begins like a word, holds no sign that could end it, and ends like one.
# (Without possessive repetition, in which Python 3.11.2 forgets what follows.)
_PLAIN = re.compile(r"[^\W_](?:[^\s:#,\[\]{}\x00-\x1f\x7f-\x9f]|[ ](?=[^\s#:,\[\]{}]))*")
_PLAIN_IN_LINE = re.compile(r"[^\W_](?:[^\s:#\x00-\x1f\x7f-\x9f]|[ ](?=[^\s#:])|:(?=\S))*")
# Numbers of every kind, the words of YAML 1.1 for yes and no but the two that `letters` writes.
_OTHERS = re.compile(
    r"[0-9][0-9_,.:]*(?:[eE][+-]?[0-9]+)?|0[xobXOB][0-9a-fA-F_]+|[0-9]+[eE][0-9]+"
    r"|null|true|false|on|off|y|n|(?:YES|Yes|NO|No)",
    re.IGNORECASE,
)
_LONGEST_WORD = len("false")
_TRUTH = ("yes", "no")


def text(said: str, *, within: bool = False) -> str:
    """A text; ``within`` brackets a comma would end it."""
    plain = _PLAIN if within else _PLAIN_IN_LINE
    # Words with a space between them need no closer look.
    is_words = said.replace(" ", "").isalnum() and "  " not in said and said.strip() == said
    if (is_words or plain.fullmatch(said)) and (said in _TRUTH or not _is_other(said)):
        return said
    return json.dumps(said, ensure_ascii=False)


def _is_other(said: str) -> bool:
    # Nearly all texts are longer than any such word, and begin with a letter.
    return (len(said) <= _LONGEST_WORD or said[0].isdigit()) and bool(_OTHERS.fullmatch(said))


def quoted_like(said: str, style: str, *, within: bool = False) -> str:
    """A text that takes another one's place, in the quotation marks of that."""
    if style == "'" and said.isprintable():
        return f"'{said.replace(chr(39), chr(39) * 2)}'"
    return json.dumps(said, ensure_ascii=False) if style == '"' else text(said, within=within)


def in_line(value: Plain) -> str:
    """Anything on one line, in brackets where it is more than a text."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)}: {in_line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_line, value)) + "]"
    return "" if value is None else text(value, within=True)


def lines(record: Mapping[str, Plain], indent: str = "") -> Iterator[str]:
    """A group as the lines of a block; what is short within it stands on one line."""
    for name, value in record.items():
        key = f"{indent}{_key(name)}:"
        if isinstance(value, str):
            yield f"{key} {text(value)}"
        elif not value:
            yield key
        elif len(short := f"{key} {in_line(value)}") <= _WIDTH:
            yield short
        elif isinstance(value, Mapping):
            yield key
            yield from lines(value, indent + _INDENT)
        elif all(isinstance(one, str) for one in value):
            yield key
            yield from (f"{indent}{_INDENT}- {text(str(one))}" for one in value)
        else:
            yield short


def alike(keys: tuple[str, ...], said: Sequence[str], indent: str) -> Iterator[str]:
    """What `lines` gives of a record of texts by its dotted keys, which many records share."""
    for begin, at, inner in _layout(keys, indent):
        if not inner:
            yield f"{begin} {text(said[at])}"
            continue
        words = [f"{name} {text(said[n], within=True)}" for n, name in enumerate(inner, at)]
        if len(short := f"{begin} {{{', '.join(words)}}}") <= _WIDTH:
            yield short
        else:
            yield begin
            yield from (
                f"{indent}{_INDENT}{name} {text(said[n])}" for n, name in enumerate(inner, at)
            )


@functools.lru_cache(maxsize=256)
def _layout(keys: tuple[str, ...], indent: str) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Each line: how it begins, where its first text is, and the names of those in brackets."""
    found: list[tuple[str, int, tuple[str, ...]]] = []
    split = [key.partition(".")[::2] for key in keys]
    for group, several in itertools.groupby(range(len(keys)), key=lambda n: split[n][0]):
        numbers = [*several]
        inner = tuple(f"{_key(split[n][1])}:" for n in numbers if split[n][1])
        found.append((f"{indent}{_key(group)}:", numbers[0], inner))
    return tuple(found)


@functools.lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return text(name, within=True)
