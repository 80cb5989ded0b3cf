"""The guide to the campaign's files: each key is the program's, and each example can be used."""

from __future__ import annotations

import shutil
import types
import typing
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from pages import DOCS, Fence, fences, tables
from pydantic import BaseModel, BeforeValidator, PlainValidator

from letters.campaign import annex, case, mail_settings, people, postal_address, schema, signatory
from letters.campaign.bygender import ByGender, ByNumber
from letters.campaign.load import load
from letters.campaign.localtext import LocalText
from letters.campaign.schemas import key_helps

GUIDE = DOCS / "campaign.md"
MODELS: dict[str, type[BaseModel]] = {
    "letter.yaml": schema.LetterFile,
    "from": schema.Sender,
    "an ask": schema.Ask,
    "a figure": schema.Figure,
    "a case": case.Case,
    "a fact": case.Fact,
    "consent": case.Consent,
    "a source": schema.Source_,
    "an enclosure": schema.Enclosure,
    "annex": annex.AnnexSettings,
    "mail": mail_settings.Mail,
    "a server": mail_settings.Server,
    "imap": mail_settings.Imap,
    "a signatory": signatory.Signatory,
    "a name": people.Name,
    "a signer": signatory.Signer,
    "a contact": signatory.Contact,
    "a testimony": signatory.Testimony,
    "a recipient": people.Recipient,
    "honorifics": people.Honorifics,
    "an address": postal_address.Address,
    "template.yaml": schema.TemplateFile,
    "a rule": schema.ValueRule,
}
KINDS = {
    "_family_first": "yes, no or languages",
    "_date": "date",
    "_identifier": "id",
    "as_language": "language",
    "as_truth": "yes or no",
    "_country": "country",
    "_path": "path",
    "_as_list": "lines",
    "_letters": "letters",
    "_greetings": "lines",
    "_shape": "words",
    "_number": "number",
    "_figure_value": "number or text",
    "mailbox": "mailbox",
    "_host": "host",
}
PLAIN = {
    str: "words",
    int: "number",
    LocalText: "text",
    Any: "value",
    annex.AnnexSettings: "annex",
    schema.ValueRule: "rule",
    ByGender: "by gender",
    ByNumber: "by number",
}


def kind(annotation: Any, remarks: list[Any]) -> str:
    """What the guide calls the type of a key."""
    for remark in remarks:
        if isinstance(remark, BeforeValidator | PlainValidator):
            name = remark.func.__name__
            if name in KINDS:
                return KINDS[name]
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return kind(inner[0], list(inner[1:]))
    if origin in (types.UnionType, typing.Union):
        return kind(inner[0], [])
    if origin is Literal:
        *others, last = inner
        return f"{', '.join(others)} or {last}"
    if origin is tuple:
        one = kind(inner[0], [])
        return f"list of {one}{'' if one.endswith('s') else 'es' if one.endswith('x') else 's'}"
    if origin is dict:
        one = kind(inner[1], [])
        return f"{one if one.startswith('by') else one + 's'} by name"
    return PLAIN.get(annotation) or str(annotation.__name__).lower().rstrip("_")


def default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""


def described(model: type[BaseModel]) -> dict[str, tuple[str, str, str]]:
    """What the guide must say of each key: its kind, whether it is needed, what it is else."""
    return {
        field.alias or name: (
            kind(field.annotation, field.metadata),
            "yes" if field.is_required() else "no",
            "" if field.is_required() else default(field.default),
        )
        for name, field in model.model_fields.items()
    }


def bare(cell: str) -> str:
    """A cell without its links and marks."""
    words = cell.replace("`", "")
    while "](" in words:
        before, _, rest = words.partition("[")
        label, _, after = rest.partition("](")
        words = before + label + after.partition(")")[2]
    return words


def test_the_guide_lists_every_key_as_it_is() -> None:
    shown = {
        head.removeprefix("Key of "): {
            bare(row[0]): (bare(row[1]), row[2], bare(row[3])) for row in rows
        }
        for head, rows in tables(GUIDE)
        if head.startswith("Key of ")
    }
    assert shown == {name: described(model) for name, model in MODELS.items()}


def test_the_guide_says_of_each_key_what_editors_and_forms_say() -> None:
    said = {
        MODELS[head.removeprefix("Key of ")].__name__: {
            bare(row[0]): bare(row[4]).replace("'", "’") for row in rows if row[4]
        }
        for head, rows in tables(GUIDE)
        if head.startswith("Key of ")
    }
    assert said == key_helps()


def snippets() -> list[Fence]:
    return [fence for page in sorted(DOCS.glob("*.md")) for fence in fences(page, "yaml")]


@pytest.mark.parametrize("snippet", snippets(), ids=lambda s: f"{s.word(1)}-{s.line}")
def test_each_example_can_be_put_into_a_campaign(snippet: Fence, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DOCS / "example", tmp_path / "example"))
    places = {"template.yaml": "templates/note/template.yaml"}
    file = folder / places.get(snippet.word(1), snippet.word(1))
    # Every scalar is read as text, as the program itself does.
    was = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    new = yaml.load(snippet.text, yaml.BaseLoader)
    merged = was + new if isinstance(was, list) else was | new
    file.write_text(yaml.safe_dump(merged, allow_unicode=True, sort_keys=False), encoding="utf-8")
    campaign, problems = load(folder)
    assert campaign is not None, problems
    assert problems == []
