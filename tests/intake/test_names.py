"""What is seen in a name is proposed; nothing is taken apart that may be something else."""

from __future__ import annotations

import random

import pytest

from letters.intake import names
from letters.intake.capitals import recased
from letters.intake.names import is_anonymous, propose

from .taken import one, said, value

CAPITALS = [
    ("VON DER HEIDE", "DE", "von der Heide"),
    ("VON DER HEIDE", "", "von der Heide"),
    ("DE LA CRUZ", "ES", "de la Cruz"),
    ("GARCÍA DEL VALLE", "ES", "García del Valle"),
    ("VAN DEN BERG", "NL", "van den Berg"),
    ("VAN DEN BERG", "BE", "Van Den Berg"),
    ("IN 'T VELD", "NL", "in 't Veld"),
    ("DELLA ROSA", "IT", "Della Rosa"),
    ("D'AMATO", "IT", "D'Amato"),
    ("D’ARC", "FR", "d’Arc"),
    ("O'NEIL", "", "O'Neil"),
    ("O’NEIL", "IE", "O’Neil"),
    ("MCALLISTER", "", "McAllister"),
    ("MACRON", "FR", "Macron"),
    ("MÜLLER-BRANDT", "DE", "Müller-Brandt"),
    ("SAINT-EXUPÉRY", "FR", "Saint-Exupéry"),
    ("LE PEN", "FR", "Le Pen"),
    ("IJZERMAN", "NL", "IJzerman"),
    ("İNCE YILDIZ", "TR", "İnce Yıldız"),
    ("ΠΑΠΑΔΌΠΟΥΛΟΣ", "GR", "Παπαδόπουλος"),
    ("ШЕВЧЕНКО", "UA", "Шевченко"),
    ("SMITH III", "US", "Smith III"),
    ("LI", "", "Li"),
    ("J. R. SMITH", "", "J. R. Smith"),
    ("السيد", "", "السيد"),
    ("Mixed CASE", "", "Mixed Case"),
]


@pytest.mark.parametrize(("large", "country", "right"), CAPITALS)
def test_capitals_are_written_as_names_are(large: str, country: str, right: str) -> None:
    assert recased(large, country) == right
    assert recased(right, country) == right


WHOLE = [
    ("Dr. Jane Doe", {"display": "Jane Doe"}, "", "Dr."),
    ("Prof. Dr. Jane Doe", {"display": "Jane Doe"}, "", "Prof. Dr."),
    ("The Right Hon. Jane Doe", {"display": "Jane Doe"}, "", "The Right Hon."),
    ("Frau Jane Doe", {"display": "Jane Doe"}, "", "Frau"),
    ("Doe, Jane", {"given": "Jane", "family": "Doe"}, "", ""),
    ("Doe, Jane, Jr.", {"given": "Jane", "family": "Doe", "suffix": "Jr."}, "", ""),
    ("Doe, Dr. Jane", {"given": "Jane", "family": "Doe"}, "", "Dr."),
    ("von der Heide, Jane", {"given": "Jane", "family": "von der Heide"}, "", ""),
    ("DOE ROE, Jane", {"given": "Jane", "family": "Doe Roe"}, "", ""),
    ("Jane Doe (writer, poet)", {"display": "Jane Doe"}, "writer, poet", ""),
    ("Jane Doe (writer (retired))", {"display": "Jane Doe"}, "writer (retired)", ""),
    ("Jane (JD) Doe [writer]", {"display": "Jane (JD) Doe"}, "writer", ""),
    ("Jane Doe – writer", {"display": "Jane Doe"}, "writer", ""),
    ("Jane Doe - writer", {"display": "Jane Doe"}, "writer", ""),
    ("Jane Doe (she/her)", {"display": "Jane Doe"}, "", ""),
    ("17. Jane Doe", {"display": "Jane Doe"}, "", ""),
    ("Jane DOE", {"given": "Jane", "family": "Doe"}, "", ""),
    ("DOE Jane", {"given": "Jane", "family": "Doe"}, "", ""),
    ("JANE DOE", {"display": "Jane Doe"}, "", ""),
    ("Jane VON DER HEIDE (MEP)", {"given": "Jane", "family": "von der Heide"}, "MEP", ""),
]


@pytest.mark.parametrize(("text", "name", "role", "prefix"), WHOLE)
def test_a_whole_name_is_taken_apart_where_that_is_accepted(
    text: str, name: dict[str, str], role: str, prefix: str
) -> None:
    found = propose(text)
    assert found is not None
    assert (found.name, found.role, found.prefix) == (name, role, prefix)
    kept = one("signatories", {"name": text})
    assert kept.values == {"name": text}
    assert [level.level for level in kept.remarks] == ["proposal"]
    done = one("signatories", {"name": text}, accept_proposals=True)
    assert value(done, "role") == (role or None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Jane Doe",
            "0x0000ff",
            "4679",
            "John Smith, Jr.",
            "Jane Doe MP",
            "Jane Doe CBE",
            "J. Doe",
        ),
        *("The Lord Bishop of York", "Lord Elm of Ash", "Baroness Birch"),
        *("Bob (Robert) Doe", "Jean-Luc Doe", "bell hooks", "Śrī", "The Hague", "Lì Míng", "NASA"),
    ],
)
def test_what_is_a_name_as_it_stands_is_left_alone(text: str) -> None:
    assert propose(text) is None
    found = one("signatories", {"name": text}, accept_proposals=True)
    assert found.values == {"name": text}
    assert found.remarks == ()


@pytest.mark.parametrize(
    "text", ["Ann Lee, Professor of Law", "Jane Doe, PhD", "Doe, Jane, Ottawa"]
)
def test_what_may_be_two_things_is_kept_and_flagged(text: str) -> None:
    found = one("signatories", {"name": text}, accept_proposals=True)
    assert found.values == {"name": text}
    assert len(said(found)) == 1


def test_a_title_stays_with_a_signatory_and_goes_before_a_recipient() -> None:
    cells = {"name": "Dr. Jane Doe"}
    signatory = one("signatories", cells, accept_proposals=True)
    assert signatory.values["name"] == {"display": "Dr. Jane Doe", "sort": "Jane Doe"}
    recipient = one("recipients", cells, accept_proposals=True)
    assert recipient.values == {"name": "Jane Doe", "honorifics": {"prefix": "Dr."}}
    split = {"name.given": "Jane", "name.family": "Doe", "honorifics.prefix": "Mr."}
    assert one("signatories", split).values == {"name": {"given": "Jane", "family": "Doe"}}


def test_nobody_is_called_anonymous() -> None:
    for word in ("Anonymous", " ANONYM.", "anónima", "Анонім", "Name withheld", "N.N.", "אנונימי"):
        assert is_anonymous(word)
    assert not any(map(is_anonymous, ("Anna", "Ano Nymous", "Anonymous Collective", "Noname Ray")))
    cells = {"name": "Anonymous", "role": "designer", "affiliation": "City Hall"}
    found = one("signatories", cells)
    assert found.values["name"] == "Anonymous (row 1)"
    assert (found.values["visibility"], found.values["description"]) == (
        "role-only",
        "designer, City Hall",
    )
    assert found.aside == {"anonymous": "yes"}
    asked = one("signatories", {**cells, "visibility": "role only"})
    assert asked.values["description"] == "designer"  # the place was told in confidence
    unknown = one("signatories", {"name": "anonym"})
    assert unknown.values["visibility"] == "withheld"
    for answer in ("", "no", "perhaps"):
        assert (
            one("signatories", {**cells, "visibility": answer}).values["visibility"] == "withheld"
        )


def test_a_family_name_that_is_not_printed_is_kept_and_said() -> None:
    cells = {"name": "Pablo José Hernández", "name.family": "Hernández Rivera"}
    found = one("recipients", cells)
    assert found.values["name"] == {
        "display": "Pablo José Hernández",
        "family": "Hernández Rivera",
    }
    assert [column for column, _ in said(found)] == ["name.family"]
    assert "Rivera" not in str(found.remarks)


def test_an_organisation_is_not_taken_apart() -> None:
    cells = {"name": "NGO, The (Ottawa) – UNITED", "kind": "Organization"}
    found = one("signatories", cells, accept_proposals=True)
    assert found.values == {"name": cells["name"], "kind": "organisation"}
    named = one("signatories", {"affiliation": "The Example", "kind": "NGO", "name": ""})
    assert named.values == {"name": "The Example", "kind": "organisation"}
    assert one("signatories", {"affiliation": "The Example", "name": ""}).is_refused


def test_a_name_that_looks_plain_at_a_glance_has_nothing_to_propose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, plain = random.Random(9), 0
    pieces = ["Ada", "Birch", "Dr", "Dr.", "The", "Sir", "von", "VON", "MCA", "Élodie", "Łuk", "B2",
              "2B", "1.", "(x)", "–", "-", "PhD", "Jr", "Birch,", "Ǆ", "Иван", "李", "A", "II", "Mp",
              "O'Neil", "Mc", "IJ", "a", "A1B", "Frau", "Prof"]  # fmt: skip
    for _ in range(20_000):
        text = " ".join(chance.choices(pieces, k=chance.randint(1, 4)))
        if names._is_plain(text):
            plain += 1
            with monkeypatch.context() as patch:
                patch.setattr(names, "_is_plain", lambda _: False)
                assert propose(text) is None, text
    assert plain > 500
