"""Whatever stands in a cell: an entry that the campaign can load comes out, or a refusal."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.campaign.people import Recipient
from letters.campaign.signatory import Signatory
from letters.intake import records
from letters.intake.fields import Settings, entry
from letters.intake.row import Row, UnreadableError
from letters.intake.vocabulary import Kind, fields

ODD = (
    *(
        "",
        " ",
        "0",
        "-",
        "—",
        ",",
        "()",
        "(x)",
        "Dr.",
        "Dr. ",
        "Mr",
        "DE LA",
        "O'",
        "'",
        "MC",
        "A, B",
    ),
    *(
        "12345",
        "K1A 0A6",
        ", ON K1A 0A6",
        "11011 Berlin",
        "@",
        "a@b",
        "<a@example.org>",
        "a@example.org",
    ),
    *(
        "1/1/1",
        "31/31/2026",
        "99999999999",
        "1e9",
        "\r\n",
        "\u202e",
        "\ud800",
        "\u200d",
        "١٢/٣/٢٠٢٦",
    ),
    *(
        "İ",
        "ß",
        "ǅ",
        "IJ",
        "VON",
        "yes",
        "no",
        "anonymous",
        "Anonymous (x)",
        "m",
        "fr_CA",
        "GB",
        "1.",
    ),
    "x" * 300,
    "x" * 990,
    "x" * 3000,
    "a;" * 40,
    "a;" * 900,
    "Ж" * 300,
    "2026-01-14 25:61 PM GMT+99",
    "1999999999999",
)
TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=40), st.text("AB ,.()'-1 \n", max_size=30))


def rows(kind: Kind) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(sorted(fields(kind))), TEXTS, max_size=8)


SETTINGS = st.builds(
    Settings,
    zone=st.sampled_from(["", "UTC", "America/Toronto"]),
    home=st.sampled_from(["", "Asia/Tokyo"]),
    order=st.sampled_from(["", "dmy", "mdy", "ymd"]),
    accept_proposals=st.booleans(),
    country=st.sampled_from(["", "US", "CA", "GB", "DE", "FR", "IT", "TR"]),
)


def check(kind: Kind, cells: dict[str, str], settled: Settings) -> None:
    found = entry(kind, Row(7, cells), {name: name for name in cells}, settled)
    if found.is_refused:
        assert found.values == {}
        return
    values: dict[str, Any] = found.values
    model = Signatory if kind == "signatories" else Recipient
    model.model_validate({"id": "a", **values})
    assert "name" in values
    for remark in found.remarks:
        assert remark.column in ("", *cells)
    answer = cells.get("visibility")
    if answer is not None and not answer.strip():
        assert values["visibility"] == "withheld"


@settings(max_examples=200)
@given(rows("signatories"), SETTINGS)
@example({"name": "x", "signed_on": "9999-12-31 23:59 -1100"}, Settings(home="UTC"))
@example({"name": "x", "signed_on": "0001-01-01 00:01 +1100"}, Settings(home="UTC"))
def test_any_row_of_signatories(cells: dict[str, str], settled: Settings) -> None:
    check("signatories", cells, settled)


@settings(max_examples=200)
@given(rows("recipients"), SETTINGS)
def test_any_row_of_recipients(cells: dict[str, str], settled: Settings) -> None:
    check("recipients", cells, settled)


CARD = (
    "BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=x:a=\n=ZZ;b\\\nADR;PREF=9999:;;x\nEND:VCARD\n"
)
FILES = {
    "a.json": 'var x = [{"a": {"b": [1, "2", null, [3]]}}, {"a": "\\ud800"}];',
    "a.yaml": '- {a: "\\u202e", b: [1, {c: d}]}\n- x\n',
    "a.xml": '<?xml version="1.0" encoding="utf-8"?><x y="z"><p>a<q/>b</p><p>&#65;</p></x>',
    "a.vcf": CARD,
    "d.md": "---\na: b\n---\nx",
}


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.integers(0, 200), st.one_of(st.binary(max_size=4), st.just(b"\n")))),
)
def test_any_file_is_read_or_refused_in_a_sentence(
    name: str, changes: list[tuple[int, bytes]]
) -> None:
    data = FILES[name].encode()
    for at, piece in changes:
        data = data[:at] + piece + data[at + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(data)
        with suppress(UnreadableError):
            for row in records.read(file if name != "d.md" else Path(folder), None):
                assert all(isinstance(text, str) for text in row.cells.values())
                entry("signatories", row, {"a": "name", "FN": "name"}, Settings())
