"""Nested lists, address books and folders as rows; and files that are no such thing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from letters.intake import records
from letters.intake.fields import Settings, entry
from letters.intake.nested import find, flatten
from letters.intake.row import UnreadableError


def read(path: Path, data: str | bytes) -> list[dict[str, str]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return [dict(row.cells) for row in records.read(path, None)]


def test_values_are_columns_by_their_paths() -> None:
    record = {
        "id": {"a": "1", "tags": ["x", "y"]},
        "terms": [{"type": str(i)} for i in range(7)],
        "none": None,
        "empty": [],
    }
    assert flatten(record) == {
        "id.a": "1",
        "id.tags": "x; y",
        **{f"terms[{i}].type": str(i) for i in range(5)},
        "terms[-1].type": "6",
        "none": "",
        "empty": "",
    }
    assert find(record, "terms[-2].type") == "5"
    assert find(record, "terms[type=3].type") == "3"
    assert find(record, "terms[9].type") == find(record, "nobody.at[0].all") == ""
    # One element of XML can’t be told from a list of one.
    assert find({"a": {"b": "1"}}, "a[-1].b") == find({"a": {"b": "1"}}, "a[b=1].b") == "1"


LISTS = {
    "a list": '[{"n": "Ada"}, {"n": "Bo"}]',
    "in a group": '{"meta": {"total": 2}, "data": [{"n": "Ada"}, {"n": "Bo"}]}',
    "deep in a group": '{"a": {"b": {"rows": [{"n": "Ada"}, {"n": "Bo"}]}}}',
    "of several, the people": '{"links": [{"x": "y"}], "people": [{"n": "Ada"}, {"n": "Bo"}]}',
    "a line each": '{"n": "Ada"}\n\n{"n": "Bo"}\n',
    "a program": 'var people = [{"n": "Ada"}, {"n": "Bo"}];\n',
    "a program’s part": 'window.app.people=[{"n": "Ada"}, {"n": "Bo"}]',
    "with a mark": '\ufeff[{"n": "Ada"}, {"n": "Bo"}]',
}


@pytest.mark.parametrize("kind", LISTS)
def test_the_list_of_people_is_found_in_json(kind: str, tmp_path: Path) -> None:
    assert [each["n"] for each in read(tmp_path / "a.json", LISTS[kind])] == ["Ada", "Bo"]
    wide = read(tmp_path / "b.json", LISTS[kind].removeprefix("\ufeff").encode("utf-16"))
    assert [each["n"] for each in wide] == ["Ada", "Bo"]


def test_people_by_name_have_their_names_for_keys(tmp_path: Path) -> None:
    for file, text in (
        ("a.json", '{"ada": {"n": "1"}, "bo": {"n": "2"}}'),
        ("a.yaml", "ada: {n: 1}\nbo: {n: 2}\n"),
    ):
        assert read(tmp_path / file, text) == [{"key": "ada", "n": "1"}, {"key": "bo", "n": "2"}]


def test_everything_stays_the_text_it_was(tmp_path: Path) -> None:
    odd = [
        "0x0000ff",
        "4679",
        "No",
        "1e5",
        "007",
        "null-island",
        "2026-01-14",
        "1_000",
        "~x",
        "NaN",
    ]
    text = "".join(f"- name: {name}\n" for name in odd)
    assert [each["name"] for each in read(tmp_path / "a.yaml", text)] == odd
    numbers = '[{"a": 4679, "b": 1.50, "c": 1e5, "d": 12345678901234567890, "e": true, "f": null}]'
    assert read(tmp_path / "a.json", numbers) == [
        {"a": "4679", "b": "1.50", "c": "1e5", "d": "12345678901234567890", "e": "true", "f": ""}
    ]


def test_a_line_break_inside_a_text_is_one_space_in_a_name(tmp_path: Path) -> None:
    [row] = read(tmp_path / "a.json", json.dumps([{"name": "Jane\r\nDoe"}]))
    assert row == {"name": "Jane\r\nDoe"}
    [found] = list(records.read(tmp_path / "a.json", None))
    assert entry("recipients", found, {"name": "name"}, Settings()).values == {"name": "Jane Doe"}


def test_a_character_that_yaml_has_by_an_escape_is_taken_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('- name: Ada\n- name: "Bo\\u202e"\n- name: Cy\n')
    found = [
        entry("signatories", row, {"name": "name"}, Settings())
        for row in records.read(tmp_path / "a.yaml", None)
    ]
    assert [each.values["name"] for each in found] == ["Ada", "Bo", "Cy"]
    assert [len(each.remarks) for each in found] == [0, 1, 0]


def test_xml_of_any_encoding_and_prefix(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><x:list xmlns:x="urn:x">'
        '<x:person id="1"><x:name>Zoé &amp; Co</x:name><x:tel>1</x:tel><x:tel>2</x:tel></x:person>'
        '<x:person id="2"><x:name>Bo</x:name></x:person></x:list>'
    )
    assert read(tmp_path / "a.xml", text.encode("iso-8859-1")) == [
        {"@id": "1", "name": "Zoé & Co", "tel": "1; 2"},
        {"@id": "2", "name": "Bo"},
    ]


CARDS = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Doe;J=C3=\n=A9r=C3=B4me\n"
    "FN;QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=A9r=C3=B4me Doe\nTEL;WORK;PREF:555-0100\nEND:VCARD\n"
    "begin:vcard\r\nVERSION:4.0\r\nFN:Bo\\, of\r\n  the Sea\r\nKIND:org\r\n"
    'EMAIL;PREF=2;TYPE="work,home":b@example.org\r\nEMAIL;PREF=1:a@example.org\r\n'
    "GENDER:F;she\r\nX-ABShowAs:COMPANY\r\nORG:A\\;B;C\r\nNOTE:one\\ntwo\\\\n\r\nend:vcard\r\n"
)


def test_address_books_of_every_version(tmp_path: Path) -> None:
    assert read(tmp_path / "a.vcf", CARDS) == [
        {
            "N.family": "Doe",
            "N.given": "Jérôme",
            "FN": "Jérôme Doe",
            "TEL": "555-0100",
        },
        {
            "EMAIL": "a@example.org",
            "EMAIL (more)": "b@example.org",
            "FN": "Bo, of the Sea",
            "KIND": "org",
            "GENDER": "F",
            "ORG.name": "A;B",
            "ORG.unit": "C",
            "NOTE": "one\ntwo\\n",
        },
    ]


def test_a_folder_is_read_a_file_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "signed"
    folder.mkdir()
    for name, text in {
        "ada.md": '---\r\n  name: "Ada"\r\n  org: X\r\n---\r\nA few words.\r\n',
        "bo.YAML": "name: Bo\nlist:\n  - a\n",
        "cy.json": '{"name": "Cy"}',
        "di.md": "no front matter\n",
        "ed.yaml": "name: [\n",
        "flo.csv": "name\nFlo\n",
        "gil.json": "[1]",
        ".hidden": "",
        "README.md": "How to sign",
        "hal.yaml~": "",
    }.items():
        (folder / name).write_bytes(text.encode())
    (folder / "sub").mkdir()
    (tmp_path / "outside.yaml").write_text("name: Out")
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    rows = list(records.read(folder, None))
    found = {
        row.cells["file"]: entry("signatories", row, {"name": "name"}, Settings()) for row in rows
    }
    assert {name: each.values.get("name") for name, each in found.items()} == {
        "ada": "Ada", "bo": "Bo", "cy": "Cy", "di": None, "ed": None, "flo": None, "gil": None,
        "link": None, "sub": None,
    }  # fmt: skip
    refused = {name: each.remarks[0].message for name, each in found.items() if each.is_refused}
    assert refused["di"] == "has no front matter"
    assert refused["flo"] == "is not read"
    assert refused["link"] == "is a link that leads out of the folder"
    assert refused["sub"] == "is a folder"
    assert "is not valid YAML" in refused["ed"]
    assert rows[0].cells["body"] == "A few words."


def card(name: str) -> str:
    return f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:{name}\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    ("codec", "name", "remark"),
    [
        ("utf-8", "Jürgen Müller", ""),
        ("utf-8-sig", "Jürgen Müller", ""),
        ("utf-16", "Jürgen Müller", ""),
        ("cp1252", "Jürgen Müller", "Windows-1252"),
        ("cp1250", "Łukasz Żółtowski", "Windows-1250"),
        ("cp1251", "Иван Петренко", "Windows-1251"),
    ],
)
def test_address_books_are_read_in_whatever_they_were_written(
    codec: str, name: str, remark: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.vcf"
    file.write_bytes((card(name) * 3).encode(codec))
    said: list[str] = []
    rows = list(records.read(file, None, "", said.append))
    assert [row.cells["FN"] for row in rows] == [name] * 3
    assert [remark in one for one in said] == ([True] if remark else [])
    if remark:
        wrongly = list(records.read(file, None, "latin-1"))
        assert wrongly[0].cells["FN"] == name.encode(codec).decode("latin-1")


def test_each_card_of_an_address_book_may_be_of_another_telephone(tmp_path: Path) -> None:
    file = tmp_path / "a.vcf"
    quoted = card("Bj=F6rn").replace("FN", "FN;ENCODING=QUOTED-PRINTABLE")
    odd = card("Ir=E8ne").replace("FN", "FN;CHARSET=nobody;ENCODING=QUOTED-PRINTABLE")
    file.write_bytes(
        card("Jürgen Müller").encode("cp1252")
        + card("Nguyễn Thị Lan").encode()
        + (quoted + odd).encode()
    )
    names = [row.cells["FN"] for row in records.read(file, None)]
    assert names == ["Jürgen Müller", "Nguyễn Thị Lan", "Björn", "Irène"]
    file.write_bytes(quoted.encode())
    assert [row.cells["FN"] for row in records.read(file, None)] == ["Bj\ufffdrn"]
    assert [row.cells["FN"] for row in records.read(file, None, "cp1252")] == ["Björn"]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<x><p>&b;</p></x>"
)
BAD = [
    ("a.json", b'[{"n": "Ada"', "is not valid JSON (line 1, column 13"),
    ("a.json", b"var x = [1,\n\n", "is not valid JSON (line 1, column 12"),
    ("a.json", b"", "is not valid JSON"),
    ("a.json", b'"Ada"', "holds no list of records"),
    ("a.json", b'[{"n": "\xe9"}]', "is not UTF-8 text (byte 9)"),
    ("a.json", b'[{"n": 1, "n": 2}]', "the same key twice"),
    ("a.json", b"[" * 100_000, "nested too deeply"),
    ("a.json", b'{"a":' * 60 + b"1" + b"}" * 60, "nested deeper than 50 levels"),
    ("a.json", b'{"a": [{"b": 1}], "c": [{"d": 1}]}', "several lists (a, c)"),
    ("a.json", json.dumps([{str(i): i for i in range(3000)}]).encode(), "more than 2000 values"),
    ("a.yaml", b"- name: [", "is not valid YAML"),
    ("a.yaml", b"- &a {name: x}\n- *a\n", "anchors (&name) are not read"),
    ("a.yaml", b"- {name: a, name: b}", "stands here twice"),
    ("a.xml", BOMB.encode(), "declares a document type"),
    ("a.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "declares a document type"),
    ("a.xml", b"<x><p></x>", "is not valid XML (line 1, column 9"),
    ("a.xml", b"<x>" * 100 + b"</x>" * 100, "nested deeper than 50 levels"),
    ("a.xml", b"", "is not valid XML"),
    ("a.vcf", b"FN:Ada\n", "line 1 is outside of every card"),
    ("a.vcf", b"BEGIN:VCARD\nFN:Ada\n", "ends within a card"),
    ("a.vcf", b"BEGIN:VCARD\nBEGIN:VCARD\n", "line 2 a card begins inside another"),
    ("a.vcf", b"BEGIN:VCARD\nAda\nEND:VCARD", "line 2: no “NAME:value”"),
    ("a.vcf", b"BEGIN:VCARD\n" + b"FN:x\n" * 600 + b"END:VCARD", "more than 500 properties"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[case[2][:24] for case in BAD])
def test_what_cannot_be_read_is_said_in_a_sentence(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / name, data)
    assert message in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    with file.open("wb") as opened:
        opened.truncate(65 * 2**20)
    with pytest.raises(UnreadableError, match="larger than 64 MiB"):
        list(records.read(file, None))
    with pytest.raises(UnreadableError, match="can’t be read"):
        list(records.read(tmp_path / "nothing.json", None))


def test_no_reader_is_held_up_by_a_hostile_line() -> None:
    """Patterns that look for parts of a text must not need time that grows with its square."""
    code = (
        "import resource\n"
        "from letters.intake.fields import Settings, entry\n"
        "from letters.intake.row import Row\n"
        "for text in ('(' * 20000, ' - ' * 9000, 'a,' * 9000, 'A ' * 9000, '1.' * 9000, '\\n' * 9000,\n"
        "             'x' * 60000, '  1' * 9000, 'K1A ' * 9000, '12345 ' * 9000):\n"
        "    for name in ('name', 'address', 'signed_on', 'email', 'visibility', 'language'):\n"
        "        for where in ('US', 'CA', 'GB', 'DE', 'FR', ''):\n"
        "            cells = {'name': 'Jane Doe', name: text}\n"
        "            kind = 'signatories' if name in ('signed_on', 'visibility') else 'recipients'\n"
        "            entry(kind, Row(1, cells), {n: n for n in cells}, Settings(country=where))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 60  # of processor time; it takes a few
