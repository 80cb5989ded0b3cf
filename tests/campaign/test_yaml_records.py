"""Records of a YAML file are edited, and every other byte stays, however the file is written."""

from __future__ import annotations

import random
from typing import Any

import pytest

from letters.campaign.source import parse
from letters.campaign.yaml_records import RecordFile, plain
from letters.campaign.yaml_text import EditError
from letters.campaign.yaml_words import lines, text

SHAPES = {
    "plain": b"- id: anna-k # hers\n  name: Anna K\n",
    "single quotes": b"- id: 'anna-k'\n  name: Anna K\n",
    "double quotes": b'- {name: "Anna K", id: "anna-k"}\n',
    "escapes": b'- id: "anna\\x2dk"\n  name: Anna K\n',
    "a block": b"- id: >-\n    anna-k\n  # anna-k is what we call her\n  name: Anna K\n",
    "a kept block": b"- id: |\n    anna-k\n  name: Anna K\n",
    "a block with a remark": b"- id: >- # anna-k\n    anna-k\n  name: Anna K\n",
    "an escaped break": b'- id: "anna\\\n  -k"\n  name: Anna K\n',
    "Windows": b"# people\r\n- id: anna-k\r\n  name: Anna K\r\n",
    "an old Mac": b"# people\r- id: anna-k\r  name: Anna K\r",
    "a mark": b"\xef\xbb\xbf- id: anna-k\n  name: Anna K\n",
    "letters of many bytes": "# Özgür 𝒜\r\n- {name: Ånna 𝒦 Κ, id: anna-k}\n".encode(),
    "several on a line": b"[{id: bo, name: anna-k}, {id: anna-k, name: B}, {id: cy, name: C}]",
    "the same word around it": b"# anna-k\n- name: anna-k\n  role: anna-k\n  id: anna-k\n  note: anna-k\n",
    "no end of line": b"- name: Anna K\n  id: anna-k",
    "a dash of its own": b"-\n  # who she is\n  id: anna-k\n  name: K\n-\n  id: bo\n  name: B\n",
    "a long way down": b"- id: p\n  name: P\n" * 50 + b"-   id:    anna-k\t# x\n    name: K\n",
    "one record": b"# alone\nid: anna-k # hers\nname: Anna K\n",
}

BLOCK = """\
# head
- id: a   # the id
  name: {given:  A,   family: "B"}   # both
  # about the role
  role: >
    a long
    role

  # her address: do not call
  contact:  # private
      email: a@x.org   # old
      phone: '1'
  affiliation: "University of
    Example"
  # last words

# Next one, from Oslo
- role:
  id: b
  name: 'Bo'
-
  id: c
  name: Cy
  languages:
  - en
  - fr
"""


def records(data: bytes) -> list[Any]:
    source, problems = parse(data, "people.yaml")
    assert not problems
    root = plain(source.root)
    return root if isinstance(root, list) else [] if root is None else [root]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("new", ["signer-07", "a", "1-" + "x" * 60])
def test_only_the_id_changes(shape: str, new: str) -> None:
    data = SHAPES[shape]
    before = records(data)
    [number] = [n for n, person in enumerate(before) if person["id"].strip() == "anna-k"]
    edited = RecordFile(data, "people.yaml").with_id(number, "anna-k", new)
    before[number]["id"] = before[number]["id"].replace("anna-k", new)
    assert records(edited) == before
    # All that was there is there still, in its order: one stretch was exchanged.
    start = next(n for n in range(len(data)) if data[: n + 1] != edited[: n + 1])
    rest = len(edited) - start
    end = next(n for n in range(rest + 1) if data.endswith(edited[len(edited) - rest + n :]))
    assert end <= len(new) + 1
    if shape != "an escaped break":
        assert data.count(b"\n") == edited.count(b"\n")
    assert data.count(b"#") == edited.count(b"#")


@pytest.mark.parametrize("data", [b"- id: anna-kim\n", b"- name: anna-k\n", b"", b"- anna-k\n"])
def test_nothing_is_written_where_the_id_does_not_stand(data: bytes) -> None:
    with pytest.raises(EditError, match="can’t be edited"):
        RecordFile(data, "people.yaml").with_id(0, "anna-k", "signer-07")


def test_values_and_keys_change_where_they_stand() -> None:
    a, b, c = records(BLOCK.encode())
    del a["role"]
    a["gender"] = "f"
    a["name"]["suffix"] = "Jr"
    a["contact"] |= {"email": "new@x.org", "note": "call, maybe: no"}
    b |= {"role": "Chair", "name": "O’Bo, the “second”"}
    c["languages"] = ["en"]
    made = RecordFile(BLOCK.encode(), "p").rewritten(
        {0: a, 1: b, 2: c}, [{"id": "d", "name": {"given": "D", "family": "No"}}]
    )
    expected = (
        BLOCK.replace('family: "B"}', 'family: "B", suffix: Jr}')
        .replace("  role: >\n    a long\n    role\n", "")
        .replace("a@x.org", "new@x.org")
        .replace("phone: '1'\n", "phone: '1'\n      note: \"call, maybe: no\"\n")
        .replace('Example"\n', 'Example"\n  gender: f\n')
        .replace("- role:\n", "- role: Chair\n")
        .replace("'Bo'", "'O’Bo, the “second”'")
        .replace("languages:\n  - en\n  - fr\n", "languages:\n  - en\n")
    )
    assert made.data.decode() == expected + '- id: d\n  name: {given: D, family: "No"}\n'
    assert [one.line for one in made.exchanges] == [2, 18, 21, 27]


LIST = """\
asks:
# what it is about
- text: {en: a, fr: b}   # stays
  # of the first
  limits: c
# before the second
- text: d
- text: >
    e
    f
  limits: {en: g}  # h
lines:
  - one  # 1 - first
  - two
short: [p, {en: q}]  # r
"""


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("  # of the first\n  limits: c\n", "  # of the first\n", {0: {"limits": None}}),
        ("en: a", "en: z", {0: {"text": {"en": "z", "fr": "b"}}}),
        ("  limits: {en: g}  # h\n", "  limits: {en: g}  # h\n- text: new\n", {3: {"text": "new"}}),
        ("- text: d\n", "", {1: None}),
    ],
)
def test_a_list_changes_entry_by_entry(old: str, new: str, change: dict[int, Any]) -> None:
    for ends in ("\n", "\r\n"):
        data = LIST.replace("\n", ends).encode()
        wanted = plain(parse(data, "p")[0].root)
        for position, told in change.items():
            if told is None:
                del wanted["asks"][position]
            elif position == len(wanted["asks"]):
                wanted["asks"].append(told)
            else:
                record = wanted["asks"][position] | told
                wanted["asks"][position] = {k: v for k, v in record.items() if v is not None}
        made = RecordFile(data, "p").rewritten({0: wanted}, ()).data.decode()
        assert made == LIST.replace(old, new).replace("\n", ends)


@pytest.mark.parametrize(
    ("key", "wanted", "old", "new"),
    [
        ("lines", ["one", "three"], "two", "three"),
        ("lines", ["one", "two", "a: b"], "  - two\n", '  - two\n  - "a: b"\n'),
        ("lines", ["two"], "  - one  # 1 - first\n", ""),
        ("lines", ["three"], "\n  - one  # 1 - first\n  - two\n", " [three]\n"),
        ("short", ["p"], "[p, {en: q}]", "[p]"),
        ("short", [{"en": "q"}, "s"], "[p, {en: q}]", "[{en: q}, s]"),
        ("short", ["p", {"en": "q"}, "s, t"], "[p, {en: q}]", '[p, {en: q}, "s, t"]'),
    ],
)
def test_a_list_of_texts_keeps_how_it_is_written(
    key: str, wanted: list[Any], old: str, new: str
) -> None:
    record = plain(parse(LIST.encode(), "p")[0].root) | {key: wanted}
    made = RecordFile(LIST.encode(), "p").rewritten({0: record}, ()).data.decode()
    assert made == LIST.replace(old, new)


def test_a_record_that_is_left_out_takes_nothing_of_others_along() -> None:
    data = RecordFile(BLOCK.encode(), "p").rewritten({0: None}, []).data
    assert data.decode() == "# head\n\n# Next one, from Oslo\n" + BLOCK.partition("Oslo\n")[2]
    data = RecordFile(BLOCK.encode(), "p").rewritten({1: None, 2: None}, []).data
    assert data.decode() == BLOCK.partition("- role:\n")[0]
    inline = b"[{id: a, name: A}, {id: b, name: B}, {id: c, name: C}]\n"
    for gone in range(3):
        data = RecordFile(inline, "p").rewritten({gone: None}, []).data
        assert records(data) == [one for n, one in enumerate(records(inline)) if n != gone]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "- id: z\n"),
        (b"# nobody yet", "# nobody yet\n- id: z\n"),
        (b"[]\n", "- id: z\n"),
        (b"[{id: a}]", "[{id: a}, {id: z}]"),
        (b"  - id: a", "  - id: a\n  - id: z\n"),
        (b"- id: a\r\n", "- id: a\r\n- id: z\r\n"),
        (b"- id: a\n...\n", "- id: a\n- id: z\n...\n"),
        (b"---\n- id: a\n# the end\n", "---\n- id: a\n# the end\n- id: z\n"),
    ],
)
def test_a_record_is_added_to_a_list_of_any_shape(data: bytes, expected: str) -> None:
    assert RecordFile(data, "p").rewritten({}, [{"id": "z"}]).data.decode() == expected


def test_a_single_record_is_no_list() -> None:
    with pytest.raises(EditError, match="holds one record and is no list"):
        RecordFile(b"id: a\n", "p").rewritten({}, [{"id": "z"}])


def test_random_edits_say_what_was_wanted_and_touch_no_remark() -> None:
    chance = random.Random(7)
    signs = [*"abZ09 -:#,[]{}'\"\\|>&*!%@`?~é=+_./()", "\n", "No", "1.5", "𝒜"]

    def word() -> str:
        made = "".join(chance.choices(signs, k=chance.randint(1, 9))).strip()
        return made or "x"

    def value(depth: int = 2) -> Any:
        kind = chance.random()
        if depth and kind < 0.2:
            return {k: value(depth - 1) for k in chance.sample(["p", "q", "r"], 2)}
        if depth and kind < 0.3:
            return [value(depth - 1) for _ in range(chance.randint(1, 3))]
        return word()

    data, expected = BLOCK.encode(), records(BLOCK.encode())
    for _ in range(300):
        wanted = {}
        for number, one in enumerate(expected):
            record = {k: v for k, v in one.items() if k == "id" or chance.random() < 0.8}
            for key in chance.sample(["role", "note", "kind", "name", "contact"], 2):
                record[key] = value()
            wanted[number] = record
        new = [{"id": f"n{len(expected)}", "name": value()}] if chance.random() < 0.05 else []
        data = RecordFile(data, "p").rewritten(wanted, new).data
        expected = [*(plain(one) for one in wanted.values()), *new]
        after = records(data)
        assert [stripped(one) for one in after] == [stripped(one) for one in expected]
    for remark in (b"# head", b"# the id", b"# about the role", b"# last words", b"from Oslo"):
        assert remark in data


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: stripped(below) for key, below in value.items()}
    return [*map(stripped, value)] if isinstance(value, list) else value.strip()


def test_no_other_program_reads_a_text_as_anything_else() -> None:
    import yaml

    for said in (
        "No", "YES", "on", "null", "~", "007", "1.5", "1e5", "0x1f", "K1A 0A2", "Mill: Creek",
        "a, b", "- a", "# a", "@a", "O’Neil", "(a journalist, Minsk)", "\ta", " a", "a\nb", "12:30",
    ):  # fmt: skip
        assert yaml.safe_load(f"k: {text(said)}")["k"] == said
        assert yaml.safe_load(f"k: [{text(said, within=True)}]")["k"] == [said]


def test_long_groups_go_over_several_lines() -> None:
    record: dict[str, Any] = {
        "id": "a",
        "contact": {"email": "a@x.org", "address": ["1 Mill Road " * 9, "Oslo"]},
    }
    written = "\n".join(lines(record))
    assert written.splitlines()[1:3] == ["contact:", "  email: a@x.org"]
    assert parse(written.encode(), "")[0].root["contact"]["address"][1] == "Oslo"
