"""Entries of rows: answers, days, addresses, mailboxes, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.campaign.places import Format
from letters.campaign.posted import postcode, region
from letters.intake import answers, days, known_recipes
from letters.intake.cells import language
from letters.intake.countries import country, lost_zero
from letters.intake.fields import Settings, entry
from letters.intake.oneline import split
from letters.intake.row import Row
from letters.intake.worded import folded

from .taken import NOWHERE, one, said, value


@pytest.mark.parametrize(
    ("meant", "words"),
    [
        (
            "public",
            ["Yes", "YES!", "ja", "Oui.", "Sí", "так", "да", "نعم", "כן", "I agree", "TRUE"],
        ),
        ("name-only", ["Name only", "nur mein Name", "Uniquement mon nom", "only my name."]),
        ("role-only", ["anonymously", "Anonym", "role only", "nur Funktion", "role-only"]),
        ("withheld", ["No", "nein", "Non", "нет", "ні", "لا", "לא", "do not publish", "0"]),
    ],
)
def test_answers_are_understood_in_the_words_of_forms(meant: str, words: list[str]) -> None:
    assert set(answers.mapping(words).values()) == {meant}


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, but not my employer",
        "yes no",
        "maybe",
        "Ja, aber nicht im Netz",
        "not no",
        "?",
        "yess",
        "",
    ],
)
def test_any_other_answer_keeps_somebody_withheld(answer: str) -> None:
    found = one("signatories", {"name": "Jane Doe", "visibility": answer})
    assert found.values["visibility"] == "withheld"
    assert answers.mapping([answer]) == {folded(answer): "withheld"}
    assert not answer or answer not in str(found.remarks)


@pytest.mark.parametrize(
    "question",
    [
        *(
            "May we publish your name?",
            "Dürfen wir Ihren Namen veröffentlichen?",
            "Publish my name",
        ),
        *("Pouvons-nous publier votre nom ?", "Чи можна опублікувати ваше ім’я?"),
    ],
)
def test_a_form_asks_whether_a_name_may_be_published(question: str) -> None:
    by = known_recipes.load("google-forms", NOWHERE)
    assert by.fields(["Timestamp", question], "signatories")[question] == "visibility"
    turned = [
        "Should we keep your name from being published?",
        "Do not publish my name",
        "Ich möchte nicht, dass mein Name veröffentlicht wird",
        "Ne pas publier mon nom",
        "Не публиковать моё имя",
        "Publish me anonymously",
        "Don’t publish my name",
        "Sign anonymously?",
    ]
    for other in turned:
        assert by.fields([other], "signatories") == {other: "unclear"}


def test_of_two_answers_the_one_counts_that_asks_for_less() -> None:
    cells = {"name": "Jane Doe", "Public?": "yes", "Hidden?": "no"}
    fields = {"name": "name", "Public?": "visibility", "Hidden?": "visibility"}
    assert (
        entry("signatories", Row(1, cells), fields, Settings()).values["visibility"] == "withheld"
    )


def test_what_was_settled_wins_whatever_its_capitals() -> None:
    settled = {"Only if my BOSS agrees": "role-only", "yes": "name-only", "": "public"}
    for answer, meant in (
        ("only if my boss agrees.", "role-only"),
        ("Yes", "name-only"),
        ("", None),
    ):
        cells = {"name": "Jane Doe", "visibility": answer, "role": "writer"}
        assert value(one("signatories", cells, answers=settled), "visibility") == meant
    assert "visibility" not in one("signatories", {"name": "Jane Doe"}).values


@pytest.mark.parametrize(
    ("stamp", "order", "day"),
    [
        ("2026-01-14", "", "2026-01-14"),
        ("2026-01-14T23:30:00Z", "", "2026-01-14"),
        ("2026/01/14 5:30:00 PM GMT-8", "", "2026-01-14"),
        ("1/14/2026 17:30:00", "", "2026-01-14"),
        ("14.01.2026", "", "2026-01-14"),
        ("3/4/2026", "dmy", "2026-04-03"),
        ("3/4/2026", "mdy", "2026-03-04"),
        ("4/4/2026", "", "2026-04-04"),
        ("3.4.26", "dmy", "2026-04-03"),
        ("14 janvier 2026", "", "2026-01-14"),
        ("1er mars 2026", "", "2026-03-01"),
        ("14 de enero de 2026", "", "2026-01-14"),
        ("January 14, 2026", "", "2026-01-14"),
        ("14. März 2026", "", "2026-03-14"),
        ("14 січня 2026", "", "2026-01-14"),
        ("1768440600", "", "2026-01-15"),
        ("1/14/26, 5:30 PM", "", "2026-01-14"),
        ("Wed Jan 14 2026 17:30:00 GMT-0800 (PST)", "", "2026-01-14"),
        ("Wed, 14 Jan 2026 17:30:00 +0000", "", "2026-01-14"),
        ("mercredi 14 janvier 2026", "", "2026-01-14"),
    ],
)
def test_a_time_stamp_is_a_day(stamp: str, order: days.Order, day: str) -> None:
    found = one("signatories", {"name": "Jane Doe", "signed_on": stamp}, order=order)
    assert found.aside["signed_on"] == day
    assert found.remarks == ()


@pytest.mark.parametrize(
    "stamp", ["3/4/2026", "31/31/2026", "2026-02-30", "yesterday", "14/1", "1/2/3/4"]
)
def test_a_day_that_may_be_another_is_left_out_and_flagged(stamp: str) -> None:
    found = one("signatories", {"name": "Jane Doe", "signed_on": stamp})
    assert "signed_on" not in found.aside
    assert len(said(found)) == 1


def test_the_day_is_that_of_where_they_are() -> None:
    cells = {"name": "Jane Doe", "signed_on": "2026-01-15 01:30:00"}
    for zone, home, day in (
        ("UTC", "America/Los_Angeles", "14"),
        ("UTC", "", "15"),
        ("", "America/Los_Angeles", "15"),
        ("America/Los_Angeles", "Asia/Tokyo", "15"),
    ):
        found = one("signatories", cells, zone=zone, home=home)
        assert found.aside["signed_on"] == f"2026-01-{day}"
    for stamp, day in (
        ("1/14/2026 11:30:00 PM GMT+0530", "14"),
        ("2026/01/14 11:30:00 nachm. MEZ", "14"),
        ("2026/01/14 11:30:00 p. m. EST", "15"),
        ("2026-01-14 22:30:00 -0330", "15"),
        ("2026-01-15 00:30:00 CET", "14"),
    ):
        late = {"name": "Jane Doe", "signed_on": stamp}
        assert one("signatories", late, home="UTC").aside["signed_on"] == f"2026-01-{day}"


def test_what_has_to_be_asked_is_known_before() -> None:
    assert days.orders(["1/2/2026", "13/2/2026"]) == {"dmy"}
    assert days.orders(["1/2/2026", "3/4/2026"]) == {"dmy", "mdy"}
    assert days.orders(["13/13/2026"]) == frozenset()
    assert days.orders(["2026-01-02", ""]) == {"ymd", "dmy", "mdy"}
    assert days.has_clock(["1/14/2026 17:30"])
    assert not days.has_clock(["2026-01-14", "2026-01-14T10:00:00Z", "2026-01-14 10:00 +0200"])


SPLIT = [
    ("272 Cannon House Office Building Washington DC 20515-0104", "US",
     {"street": ["272 Cannon House Office Building"], "city": "Washington", "region": "DC", "postcode": "20515-0104"}),
    ("P.O. Box 1; Capitol Station; Austin, TX 78711", "US",
     {"street": ["P.O. Box 1", "Capitol Station"], "city": "Austin", "region": "TX", "postcode": "78711"}),
    ("State Capitol  Room 4  Sacramento, CA 95814", "US",
     {"street": ["State Capitol", "Room 4"], "city": "Sacramento", "region": "CA", "postcode": "95814"}),
    ("5 Elm Street, New York, New York 10001", "US",
     {"street": ["5 Elm Street"], "city": "New York", "region": "NY", "postcode": "10001"}),
    ("57 Elm St. S, Suite #2 (Main office)\r\nOshawa, Ontario\r\nl1h4g4", "CA",
     {"street": ["57 Elm St. S", "Suite 2"], "city": "Oshawa", "region": "ON", "postcode": "L1H 4G4"}),
    ("1 rue X, Trois-Rivières, Québec  G9A 5C9", "CA",
     {"street": ["1 rue X"], "city": "Trois-Rivières", "region": "QC", "postcode": "G9A 5C9"}),
    ("House of Commons, London SW1A0AA", "GB",
     {"street": ["House of Commons"], "city": "London", "postcode": "SW1A 0AA"}),
    ("1 High Street, Tonbridge, Kent, TN9 1AA", "GB",
     {"street": ["1 High Street"], "city": "Tonbridge", "postcode": "TN9 1AA"}),
    ("1045, rue des X, Québec (Québec) G1A 1A4", "CA",
     {"street": ["1045 rue des X"], "city": "Québec", "region": "QC", "postcode": "G1A 1A4"}),
    ("Room 7, Hart Senate Office Building, Washington, D.C. 20510", "US",
     {"street": ["Room 7", "Hart Senate Office Building"], "city": "Washington", "region": "DC", "postcode": "20510"}),
    ("1 Elm Road, St. Paul, Minnesota 55155", "US",
     {"street": ["1 Elm Road"], "city": "St. Paul", "region": "MN", "postcode": "55155"}),
    ("PO Box 1, San Juan, Puerto Rico 00901", "US",
     {"street": ["PO Box 1"], "city": "San Juan", "region": "PR", "postcode": "00901"}),
    ("Postfach 12 34 56, 10117 Berlin", "DE",
     {"street": ["Postfach 12 34 56"], "city": "Berlin", "postcode": "10117"}),
    ("Platz 1, 11011 Berlin", "DE", {"street": ["Platz 1"], "city": "Berlin", "postcode": "11011"}),
    ("Platz 1\nD-80331 München", "DE", {"street": ["Platz 1"], "city": "München", "postcode": "80331"}),
    ("126 rue X, 75355 Paris Cedex 07", "FR",
     {"street": ["126 rue X"], "city": "Paris Cedex 07", "postcode": "75355"}),
    ("126 rue X, 75355 PARIS 07 SP", "FR",
     {"street": ["126 rue X"], "city": "PARIS 07 SP", "postcode": "75355"}),
    ("57 rue X 75700 Paris SP 07", "FR",
     {"street": ["57 rue X"], "city": "Paris SP 07", "postcode": "75700"}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "where", "parts"), SPLIT, ids=[case[0][:20] for case in SPLIT])
def test_one_line_is_split_where_that_is_safe(
    line: str, where: str, parts: dict[str, object]
) -> None:
    assert split(line, where).parts == {**parts, "country": where}
    named = {"US": "USA", "CA": "Canada", "GB": "Royaume-Uni", "DE": "Deutschland", "FR": "France"}
    assert split(f"{line}, {named[where]}").parts == {**parts, "country": where}


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("1007 E Grand Ave Des Moines, IA 50319", "US"),
        ("Room 1, Capitol Building Austin, TX 78701", "US"),
        ("1 Legislature Square Winnipeg MB R3C 0V8", "CA"),
        ("Elm Corner Springfield IL 62701", "US"),
        ("House of Commons London SW1A 0AA", "GB"),
        ("Via Roma 1, 00100 Roma", "IT"),
        ("Platz 1, 11011 Berlin", ""),
        ("somewhere", "DE"),
    ],
)
def test_else_it_is_kept_whole_and_flagged(line: str, where: str) -> None:
    found = one("recipients", {"name": "Jane Doe", "address": line}, country=where)
    assert value(found, "address.street") == [line]
    assert value(found, "address.city") is None
    assert [message.split(":")[0] for _, message in said(found)] == ["can’t be split safely"]


def test_parts_of_an_address_become_what_the_post_writes() -> None:
    cells = {
        "name": "Jane Doe",
        "address.street": "1 Elm Street\r\nSuite 2",
        "address.city": "Ottawa",
        "address.region": "Ontario",
        "address.postcode": "k1a0a6",
        "address.country": "Kanada",
    }
    found = one("recipients", cells)
    assert found.values["address"] == {
        "street": ["1 Elm Street", "Suite 2"],
        "city": "Ottawa",
        "region": "ON",
        "postcode": "K1A 0A6",
        "country": "CA",
    }
    assert found.remarks == ()
    odd = one("recipients", {**cells, "address.region": "Onterio", "address.country": "Neverland"})
    assert value(odd, "address.region") == "Onterio"
    assert {column for column, _ in said(odd)} == {"address.country"}
    known = one("recipients", {**cells, "address.region": "Onterio"})
    assert {column for column, _ in said(known)} == {"address.region"}
    at_home = one("signatories", cells)
    assert value(at_home, "contact.address") == [
        *("1 Elm Street", "Suite 2", "Ottawa Ontario k1a0a6", "Kanada"),
    ]


def test_places_are_known_in_words_and_letters() -> None:
    assert [
        country(w) for w in ("el", "UK", "Österreich", "États-Unis", "Україна", "Neverland")
    ] == [
        *("GR", "GB", "AT", "US", "UA", None),
    ]
    assert [region(w, "CA") for w in ("Québec", "PEI", "on", "Colombie-Britannique", "Kent")] == [
        *("QC", "PE", "ON", "BC", None),
    ]
    assert [region(w, "US") for w in ("N.Y.", "D.C.", "Washington", "hawai'i")] == [
        *("NY", "DC", "WA", "HI"),
    ]
    codes = [("205150104", "US"), ("d-10117", "DE"), ("1234ab", "NL"), ("00902", "PL"), ("x", "US")]
    assert [postcode(*code) for code in codes] == ["20515-0104", "10117", "1234 AB", "00-902", "x"]
    # Only the country’s own letters are put there: D6W is a part of Dublin.
    irish = ("1042", "d6wxt21", "D6W-XT21", "d02a272", "01042")
    assert [postcode(one, "IE") for one in irish] == [
        *("1042", "D6W XT21", "D6W XT21", "D02 A272", "01042"),
    ]
    shapes = {"LV": "LV-9999", "MT": "SWQ 9999, MT-9999"}
    own = {of: Format.model_validate({"postcode": shape}) for of, shape in shapes.items()}
    assert [postcode(one, "LV", own) for one in ("1010", "lv1010", "L 1010", "101")] == [
        *("LV-1010", "LV-1010", "LV-1010", "101"),
    ]
    assert [postcode(one, "MT", own) for one in ("3334", "swq3334")] == ["MT-3334", "SWQ 3334"]
    assert lost_zero("2139", "US") == "02139"
    assert lost_zero("213", "US") is lost_zero("10117", "DE") is lost_zero("2139", "CA") is None


@pytest.mark.parametrize(
    ("written", "taken", "flagged"),
    [
        ("Jane@Example.ORG", "Jane@example.org", 0),
        (" mailto:a@example.org?subject=x", "a@example.org", 0),
        ("Jane Doe <a@example.org>", "a@example.org", 0),
        ("a@example.org; b@example.org", "a@example.org", 1),
        ("a@exam_ple.org", None, 1),
        ("chair..x@example.org", None, 1),
        ("none", None, 0),
        ("a\u200b@example.org", "a@example.org", 1),
    ],
)
def test_a_mailbox_is_one_or_left_out(written: str, taken: str | None, flagged: int) -> None:
    found = one("recipients", {"name": "Jane Doe", "email": written})
    assert value(found, "email") == taken
    assert len(said(found)) == flagged


def test_languages_genders_and_yes_and_no_in_words() -> None:
    words = ("Français", "fr_CA", "french (canada)", "EN", "Deutsch", "українська", "klingonisch")
    assert [language(word) for word in words] == ["fr", "fr-CA", "fr-CA", "en", "de", "uk", None]
    genders = {"Male": "m", "w": "f", "Frau": "f", "divers": "x", "чол.": "m", "unknown": None}
    for word, meant in genders.items():
        assert value(one("recipients", {"name": "J", "gender": word}), "gender") == meant
    odd = {
        "name": "J",
        "gender": "blue",
        "language": "moon",
        "postage_free": "perhaps",
        "form": "x",
    }
    found = one("recipients", odd)
    assert found.values == {"name": "J"}
    assert [column for column, _ in said(found)] == ["form", "gender", "language", "postage_free"]
    assert one("recipients", {"name": "J", "postage_free": "Ja"}).values["postage_free"] == "yes"


def test_line_breaks_and_unseen_characters_do_not_reach_a_letter() -> None:
    cells = {"name": "Jane\r\nDoe\u202e", "role": "a \t b\u2028c", "affiliation": "N/A"}
    found = one("signatories", cells)
    assert found.values == {"name": "Jane Doe", "role": "a b c"}
    assert [column for column, _ in said(found)] == ["name"]
    persian = one("signatories", {"name": "می\u200cخواهم"})
    assert persian.values == {"name": "می\u200cخواهم"}
    assert persian.remarks == ()


def test_texts_for_one_language_stand_under_it() -> None:
    cells = {"name.display": "Jane Doe", "name.display.uk": "Джейн Доу", "office.fr": "Présidente"}
    found = one("recipients", {**cells, "values.room": "7"})
    assert found.values == {
        "name": {"display": {"": "Jane Doe", "uk": "Джейн Доу"}},
        "office": {"fr": "Présidente"},
        "values": {"room": "7"},
    }


def test_no_remark_repeats_what_stands_in_a_cell(tmp_path: Path) -> None:
    secret = "Xyzzy"
    for name in ("name", "email", "visibility", "signed_on", "gender", "language", "kind", "tier"):
        found = one("signatories", {"name": "Jane Doe", name: f"{secret}, {secret} ({secret}"})
        assert secret not in str(found.remarks)
    for name in ("address", "address.postcode", "address.region", "country", "postage_free"):
        found = one("recipients", {"name": "Jane Doe", name: secret}, country="US")
        assert secret not in str(found.remarks)


def test_only_a_place_that_is_meant_to_be_printed_stands_in_the_entry() -> None:
    found = one("signatories", {"name": "J", "place": "Ottawa", "printed_place": "Geneva"})
    assert found.values == {"name": "J", "place": "Geneva"}
    assert found.aside["place"] == "Ottawa"
