"""Each recipe reads a list of its shape: rows in are rows accounted for, and twice is the same."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from letters.intake import known_recipes, records
from letters.intake.fields import MadeEntry
from letters.intake.recipe import Recipe

from . import lists
from .taken import NOWHERE, nested_rows, said, table_rows, taken, value

N = 300


def shipped(name: str) -> Recipe:
    return known_recipes.load(name, NOWHERE)


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def flags(found: list[MadeEntry]) -> Counter[str]:
    return Counter(message for each in found for _, message in said(each))


def test_congress(tmp_path: Path) -> None:
    by = shipped("us-congress")
    file = written(
        tmp_path / "c.yaml",
        yaml.safe_dump(json.loads(lists.as_json(lists.congress, N)), allow_unicode=True),
    )
    found = taken("recipients", nested_rows(file, by), by)
    assert len(found) == N
    assert not any(each.is_refused for each in found)
    forms = Counter(value(each, "form") for each in found)
    assert forms == {"us-senator": N // 5, "us-representative": N - N // 5}
    assert found[0].values == {
        "name": {"display": "Ada Archer", "given": "Ada", "family": "Archer"},
        "form": "us-senator",
        "gender": "m",
        "address": {
            "street": ["100 Hart Senate Office Building"],
            "city": "Washington",
            "region": "DC",
            "postcode": "20510-0104",
            "country": "US",
        },
        "district": "Washington",
    }
    assert value(found[3], "address") is None
    assert value(found[7], "district") == "Washington, at large"
    assert value(found[8], "district") == "Washington, district 1"
    assert found[1].aside == {"key": "X000001"}
    # Two surnames of which the name as printed has one: said for each, and both are kept.
    two = [each for each in found if str(value(each, "name.display")).find("Hernández") > 0]
    two = [each for each in two if "Rivera" not in value(each, "name.display")]
    assert len(two) > 20
    assert all("is not in the name as it is printed" in said(each)[0][1] for each in two)
    assert {value(each, "name.display").split()[-1] for each in two} <= {
        "Hernández",
        "Jr.",
        "Rivera",
    }


def test_open_states(tmp_path: Path) -> None:
    by = shipped("open-states")
    folder = tmp_path / "people"
    folder.mkdir()
    for number, record in enumerate(lists.open_states(N)):
        written(folder / f"{number:04}.yml", yaml.safe_dump(record, allow_unicode=True))
    found = taken("recipients", nested_rows(folder, by), by)
    assert len(found) == N
    by_state = {(value(each, "organisation"), value(each, "form")) for each in found}
    assert by_state == {
        ("California Senate", "us-state-senator"),
        ("California State Assembly", "us-assembly-member"),
        ("Ohio Senate", "us-state-senator"),
        ("Ohio House of Representatives", "us-state-representative"),
        ("Virginia Senate", "us-state-senator"),
        ("Virginia House of Delegates", "us-delegate"),
        ("Nebraska Legislature", "us-state-senator"),
        ("New Jersey Senate", "us-state-senator"),
        ("New Jersey General Assembly", "us-assembly-member"),
        ("Texas Senate", "us-state-senator"),
        ("Texas House of Representatives", "us-state-representative"),
    }
    whole = [each for each in found if "city" not in each.values["address"]]  # type: ignore[operator]
    assert len(whole) == N // 10
    assert all("can’t be split safely" in said(each)[0][1] for each in whole)
    assert found[1].values["address"] == {
        "street": ["State Capitol", "Room 1"],
        "city": "Springfield",
        "region": "OH",
        "postcode": "10001",
        "country": "US",
    }
    assert Counter(value(each, "gender") for each in found) == {"m": 100, "f": 100, None: 100}
    by = shipped("open-states-csv")
    table = taken("recipients", table_rows(lists.open_states_csv(N), by), by)
    assert [each.values for each in table] == [each.values for each in found]


def test_the_house_of_commons_of_canada_in_its_three_formats(tmp_path: Path) -> None:
    by = shipped("ca-house-of-commons")
    js = written(tmp_path / "m.json", lists.as_json(lists.commons_json, N))
    xml = written(tmp_path / "m.xml", lists.commons_xml(N))
    from_json = taken("recipients", nested_rows(js, by), by)
    from_xml = taken("recipients", nested_rows(xml, by), by)
    from_csv = taken("recipients", table_rows(lists.commons_csv(N), by), by)
    assert Counter(value(each, "form") for each in from_json) == {
        "ca-mp": N // 2,
        "ca-mp-privy-councillor": N // 4,
        "ca-mp-right-honourable": N // 4,
    }
    for found in (from_xml, from_csv):
        forms = Counter(value(each, "form") for each in found)
        assert forms == {"ca-mp": N // 2, "ca-mp-privy-councillor": N // 2}
    names = [[each.values["name"] for each in found] for found in (from_json, from_xml, from_csv)]
    assert names[0] == names[1] == names[2]
    assert from_xml[3].values["district"] == "Lévis—3"
    # To Parliament, unless the recipe for the offices at home is named.
    assert not any("address" in each.values for each in from_json)
    local = shipped("ca-house-of-commons-local")
    home = taken("recipients", nested_rows(js, local), local)
    assert home[7].values["address"] == {
        "street": ["7 Main St.", "Unit 7"],
        "city": "Oshawa",
        "region": "ON",
        "postcode": "L1H 4G4",
        "country": "CA",
    }
    assert "postcode" not in home[4].values["address"]  # type: ignore[operator]
    assert flags(home) == {
        "a remark in brackets was left out": N,
        "was split, and it has no postal code": 1,
    }


def test_elected_people_of_canada(tmp_path: Path) -> None:
    by = shipped("ca-represent")
    file = written(tmp_path / "r.json", lists.as_json(lists.represent, N))
    found = taken("recipients", nested_rows(file, by), by)
    assert len(found) == N
    assert [value(each, "form") for each in found[:4]] == ["ca-mp", "ca-mpp", "ca-mayor", "neutral"]
    assert [value(each, "address.postcode") for each in found[:4]] == [
        *(None, "M7A 1A1", "N6A 1A1", "M7A 1A1"),
    ]
    assert found[1].remarks == ()


def test_members_of_the_european_parliament(tmp_path: Path) -> None:
    by = shipped("eu-parliament")
    text = lists.table(iter(lists.meps(N)))
    js = written(tmp_path / "m.json", json.dumps({"data": lists.meps(N)}))
    as_is = taken("recipients", table_rows(text, by), by)
    assert [each.values for each in as_is] == [
        each.values for each in taken("recipients", nested_rows(js, by), by)
    ]
    assert value(as_is[0], "name") == {"given": "Ada", "family": "ARCHER"}
    assert sum(bool(said(each, "proposal")) for each in as_is) == N
    done = taken("recipients", table_rows(text, by), by, accept_proposals=True)
    assert [value(each, "name.family") for each in done[:11]] == [
        *("Archer", "O’Neil", "De La Cruz", "McAllister", "von der Heide", "Müller-Brandt"),
        *("d’Amato", "Hernández Rivera", "Li", "Szabó", "Ng"),
    ]
    assert {value(each, "language") for each in done} == {"el", "de", "it", None}
    assert {value(each, "form") for each in done} == {"eu-mep"}
    # A room is no address: it goes with the one of the house.
    assert "address" not in done[0].values
    assert done[1].values["address"] == {
        "street": ["Office SPINELLI 05H001, Rue Wiertz 60"],
        "city": "Brussels",
        "postcode": "1047",
        "country": "BE",
    }


def test_lords(tmp_path: Path) -> None:
    by = shipped("uk-lords")
    found = taken("recipients", nested_rows(written(tmp_path / "l.js", lists.lords(N)), by), by)
    assert len(found) == N
    assert not any(each.is_refused for each in found)
    first = [each.values for each in found[:11]]
    assert [each.get("form") for each in first] == [
        *("uk-lord", "uk-lord", "uk-bishop", "uk-earl", "uk-lord", "uk-lord"),
        *("uk-duke", "uk-viscount", "uk-archbishop", "uk-lord", "uk-marquess"),
    ]
    assert first[0] == {
        "name": {
            "display": "Lord Alder of Anytown",
            "family": "Alder",
            "full": "The Lord Alder of Anytown",
        },
        "form": "uk-lord",
        "gender": "m",
    }
    assert first[2] == {
        "name": "The Lord Bishop of Anytown",
        "form": "uk-bishop",
        "district": "Anytown",
    }
    assert first[3]["name"] == {
        "display": "Earl of Anywhere",
        "family": "Anywhere",
        "full": "The Earl of Anywhere",
    }
    assert first[4]["name"] == {
        "display": "Lord Cedar of Town",
        "family": "Cedar",
        "full": "The Lord Cedar of Town",
    }
    assert first[5]["gender"] == "f"
    mistakes = sum(i % 11 in (4, 5) for i in range(N))
    assert flags(found) == {"a known typing mistake was put right": mistakes}


def test_members_of_both_houses(tmp_path: Path) -> None:
    by = shipped("uk-parliament")
    file = written(tmp_path / "m.json", lists.as_json(lists.uk_members, N))
    found = taken("recipients", nested_rows(file, by), by)
    assert len(found) == N
    forms = Counter(value(each, "form") for each in found)
    assert set(forms) == {"uk-mp", "uk-mp-privy-counsellor", "uk-lord", "uk-bishop"}
    knight, peer = found[2].values, found[1].values
    assert knight["name"] == {
        "display": "Chloé de la Cruz",
        "given": "Chloé",
        "family": "de la Cruz",
    }
    assert knight["honorifics"] == {"prefix": "Sir", "honours": ["CBE KC"]}
    assert knight["district"] == "Anytown 2"
    assert peer["name"] == {
        "display": "Baroness O’Neil of Anytown",
        "family": "O’Neil",
        "full": "The Rt Hon. the Baroness O’Neil of Anytown DBE",
    }
    assert "district" not in peer
    bishop = found[3].values
    assert (bishop["form"], bishop["district"]) == ("uk-bishop", "Anytown")


def test_popolo_for_both(tmp_path: Path) -> None:
    by = shipped("popolo")
    file = written(tmp_path / "p.json", lists.as_json(lists.popolo, N))
    to = taken("recipients", nested_rows(file, by), by)
    of = taken("signatories", nested_rows(file, by), by)
    assert len(to) == len(of) == N
    assert (value(to[0], "email"), value(of[0], "contact.email")) == ("p0@example.org",) * 2
    assert value(to[0], "honorifics.prefix") == "Dr"
    assert value(of[0], "name.display") == "Dr Ada Archer"


def test_tables_of_mail_merges() -> None:
    by = shipped("mailmerge")
    found = taken("recipients", table_rows(lists.mailmerge(N), by), by)
    assert len({value(each, "email") for each in found}) == N
    by = shipped("word-mail-merge")
    found = taken("recipients", table_rows(lists.word(N), by), by)
    assert {tuple(sorted(each.values["address"])) for each in found} == {  # type: ignore[call-overload]
        ("city", "country", "postcode", "region", "street")
    }
    assert {value(each, "address.region") for each in found} == {"MA"}
    assert {value(each, "address.country") for each in found} == {"US"}
    assert value(found[1], "address.street") == ["1 Elm Street", "Suite 2"]
    assert value(found[1], "organisation") == "Example 1"
    signing = taken("signatories", table_rows(lists.word(3), by), by)
    assert value(signing[1], "affiliation") == "Example 1"
    short = [each for each in found if value(each, "address.postcode") == "2139"]
    assert len(short) == N // 10
    assert all(said(each, "proposal") for each in short)
    again = taken("recipients", table_rows(lists.word(N), by), by, accept_proposals=True)
    assert {value(each, "address.postcode") for each in again} == {"02139", "02139-0001"}


def test_forms_of_google() -> None:
    by = shipped("google-forms")
    rows = table_rows(lists.google(N), by)
    found = taken("signatories", rows, by, order="mdy", zone="America/Toronto")
    assert len(found) == N
    # No, no answer, and an answer that nobody knows: all of them withheld.
    assert Counter(value(each, "visibility") for each in found) == {
        None: 50,
        "withheld": 150,
        "name-only": 50,
        "role-only": 50,
    }
    described = {value(e, "description") for e in found if value(e, "visibility") == "role-only"}
    assert described == {"writer"}
    assert flags(found)["is no answer that is known: withheld"] == 50
    assert all("affiliation" not in each.values for each in found[::7])
    assert found[0].aside["signed_on"] == "2026-01-01"
    assert value(found[0], "contact.note") == "two\nlines"
    # The same evening is the next day elsewhere; and without the order no day is guessed.
    far = taken("signatories", rows, by, order="mdy", zone="America/Toronto", home="Asia/Tokyo")
    assert far[0].aside["signed_on"] == "2026-01-02"
    unasked = taken("signatories", rows, by)
    assert flags(unasked)["may be one of two days; it was left out"] > 50


def test_surveys_exports_and_address_books(tmp_path: Path) -> None:
    by = shipped("lime-survey")
    found = taken("signatories", table_rows(lists.lime(N), by), by)
    refused = [each for each in found if each.is_refused]
    assert len(refused) == N // 10 - 1
    assert sum("signed_on" not in each.aside for each in found) == len(refused) + 10
    assert {each.remarks[0].message for each in refused} == {"the answers were never sent in"}
    assert found[1].values["languages"] == ["fr"]

    by = shipped("action-network")
    found = taken("signatories", table_rows(lists.action_network(N), by), by)
    assert value(found[0], "contact.email") == "A0@example.org"
    assert value(found[0], "contact.address") == ["Boston MA 02139"]
    assert value(found[0], "name.family") == "ARCHER"
    assert found[0].aside["key"] == f"{0:032x}"

    by = shipped("civicrm")
    found = taken("signatories", table_rows(lists.civicrm(N), by), by)
    assert Counter(value(each, "kind") for each in found) == {None: N // 2, "organisation": N // 2}
    assert value(found[1], "name") == "Association 1"
    assert value(found[1], "languages") == ["fr-CA"]

    by = shipped("address-book")
    file = written(tmp_path / "a.vcf", lists.cards(N))
    found = taken("signatories", nested_rows(file, by), by)
    assert len(found) == N
    assert value(found[3], "contact.email") == "a3@example.org"
    assert value(found[3], "affiliation") == "Example, Inc."
    assert value(found[3], "contact.note") == "one\ntwo; three"


def test_a_folder_with_one_file_a_signature(tmp_path: Path) -> None:
    by = shipped("one-file-a-signature")
    count = lists.signatures(tmp_path / "signed", N)
    rows = nested_rows(tmp_path / "signed", by)
    found = taken("signatories", rows, by)
    assert len(found) == count
    refused = [each for each in found if each.is_refused]
    assert len(refused) == 2
    kept = [each for each in found if not each.is_refused]
    names = {str(each.values["name"]) for each in kept}
    assert {"0x0000ff", "4679", "No", "null-island", "1e5", "2026-01-14"} <= names
    assert sum("contact" in each.values for each in kept) == N // 3
    assert not any("https" in json.dumps(each.values) for each in kept)
    assert {each.aside["key"] for each in kept} == {f"signer-{i:04}" for i in range(N)}


TABLES: dict[str, Callable[[int], str]] = {
    "ca-house-of-commons": lists.commons_csv,
    "word-mail-merge": lists.word,
    "google-forms": lists.google,
    "open-states-csv": lists.open_states_csv,
    "lime-survey": lists.lime,
    "action-network": lists.action_network,
    "civicrm": lists.civicrm,
    "eu-parliament": lambda n: lists.table(iter(lists.meps(n))),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_recognised_by_its_columns(name: str) -> None:
    columns = next(csv.reader(io.StringIO(TABLES[name](1))))
    found, _ = known_recipes.recognise(columns, NOWHERE)
    assert found is not None
    assert found.name == name


def test_a_nested_list_is_recognised_too(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        "us-congress": lists.congress(3),
        "open-states": lists.open_states(3),
        "ca-house-of-commons": lists.commons_json(3),
        "uk-parliament": lists.uk_members(3) | {"links": []},
        "ca-represent": lists.represent(3),
        "popolo": lists.popolo(3),
    }
    for name, data in files.items():
        file = written(tmp_path / f"{name}.json", json.dumps(data))
        columns = list(next(records.read(file, None)).cells)
        found, _ = known_recipes.recognise(columns, NOWHERE)
        assert found is not None
        assert found.name == name
    assert known_recipes.recognise(["name", "colour"], NOWHERE) == (None, ())


def test_every_recipe_says_whose_list_it_is_and_where_its_shape_was_read() -> None:
    for name in known_recipes.known(NOWHERE):
        found = shipped(name)
        assert found.title != name
        assert found.kinds
