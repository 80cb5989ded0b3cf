"""Whatever stands in a cell: an entry that the campaign can load comes out, or a refusal."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.campaign.people import Recipient
from letters.campaign.signatory import Signatory
from letters.intake.fields import Settings, entry
from letters.intake.row import Row
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
