"""pydantic's findings in the user's words, at the user's lines, without the user's values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import pytest
from pydantic import BeforeValidator, Field

from letters.campaign.load import load
from letters.campaign.localtext import LocalText
from letters.campaign.source import parse
from letters.campaign.types import Date, Identifier, Model
from letters.campaign.validate import validate

if TYPE_CHECKING:
    from conftest import CampaignFolder


class Inner(Model):
    word: str
    day: Date | None = None


def _short(value: object) -> object:
    return {"word": value} if isinstance(value, str) else value


class Outer(Model):
    needed: str
    inner: Inner | None = None
    several: tuple[Annotated[Inner, BeforeValidator(_short)], ...] = ()
    named: dict[Identifier, Inner] = Field(default_factory=dict)
    renamed: str | None = Field(None, alias="from")
    text: LocalText | None = None


def said(yaml: str, *location: str | int) -> list[str]:
    source, problems = parse(yaml.encode(), "x.yaml")
    assert problems == []
    typed, problems = validate(Outer, source, location)
    assert (typed is None) == bool(problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("needed: x\n", []),
        ("needed: x\nfrom: y\n", []),
        ("needed: x\nseveral: [a, {word: b}]\n", []),
        ("needed:\n", ["x.yaml:1:8: needed – is empty (fill it in)"]),
        ("from: y\n", ["x.yaml:1:1: needed – is missing (fill it in)"]),
        ("needed: [x]\n", ["x.yaml:1:9: needed – must be a text"]),
        ("needed: x\nrenamed: y\n", ["x.yaml:2:1: renamed – is not a known key (did you mean “named”?)"]),
        ("needed: x\ninner: {wrod: y}\n", ["x.yaml:2:8: inner.word – is missing (fill it in)", "x.yaml:2:9: inner.wrod – is not a known key (did you mean “word”?)"]),
        ("needed: x\ninner: y\n", ["x.yaml:2:8: inner – must be a group of “key: value” lines"]),
        ("needed: x\ninner: [y]\n", ["x.yaml:2:8: inner – must be a group of “key: value” lines"]),
        ("needed: x\nseveral: y\n", ["x.yaml:2:10: several – must be a list"]),
        ("needed: x\nseveral:\n  - word: y\n    dya: z\n", ["x.yaml:4:5: several[0].dya – is not a known key (did you mean “day”?)"]),
        ("needed: x\nnamed:\n  one:\n    word: y\n    dya: z\n", ["x.yaml:5:5: named.one.dya – is not a known key (did you mean “day”?)"]),
        ("needed: x\nnamed:\n  One: {word: y}\n", ["x.yaml:3:3: named.One – must be of small letters a–z, digits and hyphens (at most 64), like kara-murza"]),
        ("needed: x\nnamed: y\n", ["x.yaml:2:8: named – must be a group of “key: value” lines"]),
        ("needed: x\ninner: {word: y, day: never}\n", ["x.yaml:2:23: inner.day – must be a date written like 2025-09-03"]),
        ("needed: x\ntext: {english: y}\n", ["x.yaml:2:8: text.english – is not a language tag such as en or fr-CA"]),
        ("needed: x\ninner:\n", []),
        ("needed: x\ninenr:\n", ["x.yaml:2:1: inenr – is not a known key (did you mean “inner”?)"]),
        ("needed: x\ninner:\n  word: y\n  dya:\n", ["x.yaml:4:3: inner.dya – is not a known key (did you mean “day”?)"]),
        ("words\n", ["x.yaml:1:1: must be a group of “key: value” lines (it needs at least: needed)"]),
        ("[]\n", ["x.yaml:1:1: must be a group of “key: value” lines (it needs at least: needed)"]),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_where(yaml: str, expected: list[str]) -> None:
    assert sorted(said(yaml)) == expected


def test_it_types_a_part_of_a_file_at_its_own_place() -> None:
    assert said("- {needed: x}\n- {neded: y}\n", 0) == []
    assert said("- {needed: x}\n- {neded: y}\n", 1) == [
        "x.yaml:2:3: [1].needed – is missing (fill it in)",
        "x.yaml:2:4: [1].neded – is not a known key (did you mean “needed”?)",
    ]


@pytest.mark.parametrize(
    "yaml",
    ["needed: [SECRET]\n", "needed: x\ninner: SECRET\n", "needed: x\ninner: {word: y, day: SECRET}\n",
     "needed: x\ntext: [SECRET]\n", "needed: x\nseveral: SECRET WORDS\n", "SECRET\n"],
)  # fmt: skip
def test_it_never_repeats_a_value(yaml: str) -> None:
    [message] = said(yaml)
    assert "SECRET" not in message


PRIVATE_KEYS = {
    "in a record": ("  affiliation: University", "  Vexlerin: University", "[1].…"),
    "in a name": ("{given: Åsa, family", "{given: Åsa, vexlerin: x, family", "[1].name.…"),
    "for a language": ("affiliation: University of Example", "affiliation: {Vexlerin: x}", "[1].affiliation.…"),
    "twice": ("  affiliation: U", "  Vexlerin: x\n  Vexlerin: y\n  affiliation: U", "…"),
    "with nothing behind it": ("  affiliation: U", "  Vexlerin:\n  affiliation: U", "[1].…"),
}  # fmt: skip


@pytest.mark.parametrize("kind", PRIVATE_KEYS)
def test_a_name_in_the_place_of_a_key_is_not_repeated(campaign: CampaignFolder, kind: str) -> None:
    old, new, shown = PRIVATE_KEYS[kind]
    campaign.edit("signatories.yaml", old, new)
    _, problems = load(campaign.path)
    assert shown in {problem.place.key for problem in problems}
    assert not any("exlerin" in str(problem) for problem in problems)


def test_a_key_of_the_letter_itself_is_named(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "place: Ottawa", "plaec: Ottawa")
    campaign.edit("letter.yaml", "date: 2025-09-03", "date: 2025-09-03\ndate: 2025-09-03")
    _, problems = load(campaign.path)
    assert {"plaec", "date"} <= {problem.place.key for problem in problems}


def test_what_a_validator_stumbles_over_is_not_repeated(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_: str) -> None:
        raise ValueError("Vexlerin")

    monkeypatch.setattr("letters.campaign.types.as_date", stumble)
    _, problems = load(campaign.path)
    assert any(problem.message == "is not in the right form" for problem in problems)
    assert not any("exlerin" in str(problem) for problem in problems)


@pytest.mark.parametrize("path", ["x" * 256 + ".png", "a/" * 600 + "b.png", "é" * 130])
def test_a_path_that_no_file_has_is_refused(campaign: CampaignFolder, path: str) -> None:
    campaign.edit("letter.yaml", "  country: CA", f"  country: CA\n  logo: {path}")
    _, problems = load(campaign.path)
    assert [problem.message for problem in problems] == ["is longer than the path of a file can be"]


class Bounds(Model):
    number: int = Field(1, ge=1, le=4)
    text: str = Field("a", max_length=3)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("number: 99999999999", "must be at most 4"),
        ("number: 0", "must be at least 1"),
        ("number: four", "must be a whole number"),
        ("text: SECRET", "is not in the right form"),  # what nobody has written a sentence for
    ],
)
def test_no_sentence_is_the_librarys(written: str, said: str) -> None:
    _, [problem] = validate(Bounds, parse(written.encode(), "a.yaml")[0])
    assert problem.message == said
