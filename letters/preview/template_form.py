"""The text of a template of the campaign’s own, as it is written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from letters import limits, reading
from letters.campaign.plaintext import decode, unusable_at
from letters.campaign.yaml_text import EditError
from letters.preview.fields import TEXT, Field, FieldForm, Planned, digest_of
from letters.preview.trying import problems_with
from letters.problem import Place, Problem

PREFIX = "template:"
_FOLDER = "templates"
_MOST = 200
_BOM = b"\xef\xbb\xbf"


def listed(root: Path) -> tuple[str, ...]:
    """The paths of all templates that lie in the campaign."""
    found = sorted((root / _FOLDER).glob("*/*.md"))
    paths = [file.relative_to(root).as_posix() for file in found if file.is_file()]
    return tuple(path for path in paths if path.count("/") == 2)[:_MOST]


def form(root: Path, path: str) -> FieldForm:
    """The text of one of them. Raises EditError."""
    data, text = _read(root, path)
    field = Field(TEXT, "Text", text, "Markdown with values in {{ … }}: see docs/templates.md.")
    return FieldForm(f"{PREFIX}{path}", path, path, digest_of(data), (field,))


def planned(root: Path, path: str, sent: Mapping[str, str]) -> tuple[Planned, bytes]:
    """What would be changed, line by line, and the bytes of the file then. Raises EditError."""
    data, text = _read(root, path)
    after = sent.get(TEXT, text)
    after += "" if after.endswith("\n") or not after else "\n"
    if text and not text.endswith("\n") and after == f"{text}\n":
        after = text
    lines = difflib.unified_diff(
        text.splitlines(), after.splitlines(), path, path, lineterm="", n=3
    )
    changes = (("", "\n".join(lines)),) if after != text else ()
    ends = "\r\n" if b"\r\n" in data else "\n"
    made = (_BOM if data.startswith(_BOM) else b"") + after.replace("\n", ends).encode()
    problems: tuple[Problem, ...] = ()
    if len(made) > limits.TEMPLATE.most:
        message = f"would be larger than {limits.TEMPLATE}"
        problems = (Problem(Place(path), message, limits.TEMPLATE.hint),)
    elif changes:
        problems = problems_with(root, path, data, made)
    return Planned(form(root, path), changes, problems), made


def _read(root: Path, path: str) -> tuple[bytes, str]:
    if path not in listed(root):
        hint = "“letters templates eject” copies one into the campaign"
        raise EditError("there is no such template in the campaign", hint)
    data = reading.data_of(root / path, limits.TEMPLATE, within=root)
    text, unread = decode(data, path)
    if not unread and unusable_at(text) is not None:
        hint = "“letters check” says where; it is taken out in the file itself"
        raise EditError(f"{path} holds a character that can’t be shown here", hint)
    if unread:
        raise EditError(f"{path} {unread.message}", unread.hint)
    return data, text
