"""One id is written anew, and every other byte stays, however the file is written."""

from __future__ import annotations

import pytest

from letters.campaign.source import Mapping, Sequence_, parse
from letters.campaign.yaml_edit import reworded

FILES = {
    "plain": b"- id: anna-k # hers\n  name: Anna K\n",
    "single quotes": b"- id: 'anna-k'\n  name: Anna K\n",
    "double quotes": b'- {name: "Anna K", id: "anna-k"}\n',
    "escapes": b'- id: "anna\\x2dk"\n  name: Anna K\n',
    "a block": b"- id: >-\n    anna-k\n  # anna-k is what we call her\n  name: Anna K\n",
    "a kept block": b"- id: |\n    anna-k\n  name: Anna K\n",
    "a block with a remark": b"- id: >- # anna-k\n    anna-k\n  name: Anna K\n",
    "spaces within": b"- id: ' anna-k '\n  name: Anna K\n",
    "Windows": b"# people\r\n- id: anna-k\r\n  name: Anna K\r\n",
    "an old Mac": b"# people\r- id: anna-k\r  name: Anna K\r",
    "a mark": b"\xef\xbb\xbf- id: anna-k\n  name: Anna K\n",
    "letters of many bytes": "# Özgür 𝒜\r\n- {name: Ånna 𝒦 Κ, id: anna-k}\n".encode(),
    "several on a line": b"[{id: bo, name: anna-k}, {id: anna-k, name: B}, {id: cy, name: C}]",
    "the same word around it": b"# anna-k\n- name: anna-k\n  role: anna-k\n  id: anna-k\n  note: anna-k\n",
    "no end of line": b"- name: Anna K\n  id: anna-k",
    "a long way down": b"- id: p\n  name: P\n" * 50 + b"-   id:    anna-k\t# x\n    name: K\n",
}


@pytest.mark.parametrize("shape", FILES)
@pytest.mark.parametrize("new", ["signer-07", "a", "1-" + "x" * 60])
def test_only_the_id_changes(shape: str, new: str) -> None:
    data = FILES[shape]
    source, problems = parse(data, "people.yaml")
    assert isinstance(source.root, Sequence_), problems
    [(number, person)] = [(n, p) for n, p in enumerate(source.root) if p["id"].strip() == "anna-k"]
    assert isinstance(person, Mapping)
    place = source.place((number, "id"))
    edited = reworded(data, (place.line, place.column), "anna-k", new)
    after, problems = parse(edited, "people.yaml")
    assert not problems
    expected = [dict(one) for one in source.root]
    expected[number]["id"] = expected[number]["id"].replace("anna-k", new)
    assert [dict(one) for one in after.root] == expected
    # All that was there is there still, in its order: one stretch was exchanged.
    start = next(n for n in range(len(data)) if data[: n + 1] != edited[: n + 1])
    rest = len(edited) - start
    end = next(n for n in range(rest + 1) if data.endswith(edited[len(edited) - rest + n :]))
    assert end <= len(new) + 1
    assert data.count(b"\n") == edited.count(b"\n")
    assert data.count(b"#") == edited.count(b"#")


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        (b"- id: anna-k\n", (1, 3)),
        (b"- id: anna-k\n", (2, 1)),
        (b"- id: anna-kim\n", (1, 7)),
        (b"- id: 'anna-k\n", (1, 7)),
        (b'- id: "anna\\\n  -k"\n', (1, 7)),
    ],
)
def test_nothing_is_written_where_the_id_does_not_stand(data: bytes, mark: tuple[int, int]) -> None:
    if data.endswith(b'k"\n'):
        edited = reworded(data, mark, "anna-k", "signer-07")
        assert parse(edited, "")[0].root == [{"id": "signer-07"}]
        return
    with pytest.raises(ValueError, match="no such text"):
        reworded(data, mark, "anna-k", "signer-07")
