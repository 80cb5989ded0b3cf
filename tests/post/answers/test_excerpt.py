"""Records that are cut out of a file of people: the rest stays as it was written."""

from __future__ import annotations

import pytest

from letters.campaign.source import parse
from letters.post.answers.excerpt import excerpt

BLOCK = """\
# yaml-language-server: $schema=.schemas/recipients.json
# Whom we write to.

# --- Ministers

# Ask for Ana at the desk.
- id: a
  name: Ada  # with one d
  address:
    street: |
      1 Square

  # Ada is away in May.

# The second.
- name: Bo
  id: b # never “B”
  values: {old: 1} # from the first letter

# --- Others
-
  id: c
  salutation: {en: "Dear – all:", fr: "«\u00a0À\u00a0»"}
# The end.
"""
WITHOUT_A = """\
# yaml-language-server: $schema=.schemas/recipients.json
# Whom we write to.

# --- Ministers

# The second.
- name: Bo
  id: b # never “B”
  values: {} # from the first letter

# --- Others
-
  id: c
  salutation: {en: "Dear – all:", fr: "«\u00a0À\u00a0»"}
  values: {acknowledged: 2025-09-12, last_checked: 2025-10-01}
# The end.
"""
ONLY_A = """\
# yaml-language-server: $schema=.schemas/recipients.json
# Whom we write to.

# --- Ministers

# Ask for Ana at the desk.
- id: a
  name: Ada  # with one d
  address:
    street: |
      1 Square
  values: {met: 2025-09-12}

  # Ada is away in May.

# The end.
"""
FLOW = """\
# All of them.
[{id: a, name: Ada}, {id: b, name: "B, o", values: {old: 1}},
 {id: c, name: Cy}] # the end
"""
DAYS = {"acknowledged": "2025-09-12", "last_checked": "2025-10-01"}


FLOW_C = "# All of them.\n[{values: {met: 2025-09-12}, id: c, name: Cy}] # the end\n"
FLOW_AC = "# All of them.\n[{id: a, name: Ada}, {id: c, name: Cy}] # the end\n"
FLOW_B = '# All of them.\n[{id: b, name: "B, o", values: {}}] # the end\n'


@pytest.mark.parametrize(
    ("text", "kept", "left"),
    [
        (BLOCK, {"b": {}, "c": DAYS}, WITHOUT_A),
        (BLOCK, {"a": {"met": "2025-09-12"}}, ONLY_A),
        (FLOW, {"c": {"met": "2025-09-12"}}, FLOW_C),
        (FLOW, {"a": {}, "c": {}}, FLOW_AC),
        (FLOW, {"b": {}}, FLOW_B),
    ],
)
def test_what_is_kept_stays_as_it_was_written(
    text: str, kept: dict[str, dict[str, str]], left: str
) -> None:
    for data in (text, "\ufeff" + text.replace("\n", "\r\n")):
        found = excerpt(data.encode(), "file", kept)
        assert found is not None
        assert found.decode() == left
        source, problems = parse(found, "file.yaml")
        assert (problems, [record["id"] for record in source.root]) == ([], list(kept))
        assert [record.get("values", {}) for record in source.root] == list(kept.values())


def test_what_begins_a_file_is_not_about_its_first_record() -> None:
    found = excerpt(b"# schema\n- id: a\n- id: b\n", "file", {"b": {}})
    assert found == b"# schema\n- id: b\n"


def test_all_of_a_file_with_nothing_new_is_the_file() -> None:
    text = BLOCK.replace("{old: 1}", "{}")
    found = excerpt(text.encode(), "file", {"a": {}, "b": {}, "c": {}})
    assert found == text.encode()


def test_a_file_for_one_person_is_kept_or_not() -> None:
    alone = b"name: Ada # no id: the file is called after her\nvalues:\n  old: 1\n  # a remark\n"
    assert excerpt(alone, "ada", {"bo": {}}) is None
    found = excerpt(alone, "ada", {"ada": DAYS})
    assert found == (
        b"name: Ada # no id: the file is called after her\n"
        b"values: {acknowledged: 2025-09-12, last_checked: 2025-10-01}\n  # a remark\n"
    )
    assert excerpt(b"{id: bo, name: Bo}", "ada", {"bo": {"met": "2025-09-12"}}) == (
        b"{values: {met: 2025-09-12}, id: bo, name: Bo}"
    )
