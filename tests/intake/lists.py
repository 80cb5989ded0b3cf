"""Lists of the shapes that parliaments, forms and programs give out, with the oddities they have.

All people are invented. ``n`` is how many; every list is the same each time it is made.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

GIVEN = (
    "Ada",
    "Bo",
    "Chloé",
    "Dmytro",
    "Élodie",
    "Fatima",
    "Grace",
    "Hye-jin",
    "Ian",
    "José María",
)
FAMILY = (
    *("Archer", "O’Neil", "de la Cruz", "McAllister", "von der Heide", "Müller-Brandt", "D’Amato"),
    *("Hernández Rivera", "Li", "Szabó", "Ng", "Þórsdóttir", "van den Berg"),
)


def people(n: int) -> Iterator[tuple[int, str, str]]:
    for i in range(n):
        yield i, GIVEN[i % len(GIVEN)], f"{FAMILY[i % len(FAMILY)]}"


def congress(n: int) -> list[dict[str, Any]]:
    """Several terms, two surnames, one-line offices with ZIP or ZIP+4, one of them without."""
    found: list[dict[str, Any]] = []
    for i, given, family in people(n):
        terms: list[dict[str, Any]] = [
            {"type": "rep", "state": "TX", "district": 3, "address": "1 Old House Office Building"}
        ] * (i % 4)
        house, base = ("Hart Senate", "20510") if i % 5 == 0 else ("Cannon House", "20515")
        code = base if i % 3 else f"{base}-0104"
        last: dict[str, Any] = {"type": "sen" if i % 5 == 0 else "rep", "state": "WA"}
        last |= {"start": "2025-01-03", "party": "Independent", "phone": "202-555-0100"}
        if i % 5:
            last["district"] = i % 7
        if i != 3:
            last["address"] = f"{100 + i} {house} Office Building Washington DC {code}"
        display = f"{given} {family}"
        if family == "Hernández Rivera":
            display = f"{given} Hernández"
        name = {"first": given, "last": family, "official_full": display}
        if i % 40 == 9:
            name |= {"suffix": "Jr.", "official_full": f"{display}, Jr."}
        if i % 50 == 11:
            del name["official_full"]
        found.append(
            {
                "id": {"bioguide": f"X{i:06}", "fec": ["H1", "H2"]},
                "name": name,
                "bio": {"birthday": "1960-01-01", "gender": "MF"[i % 2]},
                "terms": [*terms, last],
            }
        )
    return found


def open_states(n: int) -> list[dict[str, Any]]:
    states = ("ca", "oh", "va", "ne", "nj", "tx")
    found: list[dict[str, Any]] = []
    for i, given, family in people(n):
        state = states[i % len(states)]
        kind = "legislature" if state == "ne" else ("upper", "lower")[i // 6 % 2]
        jurisdiction = f"ocd-jurisdiction/country:us/state:{state}/government"
        gap = ("; ", "  ", ", ")[i % 3]
        address = f"State Capitol{gap}Room {i}{gap}Springfield, {state.upper()} {10000 + i}"
        if i % 10 == 7:
            address = f"{i} E Grand Ave Springfield, {state.upper()} {10000 + i}"
        found.append(
            {
                "id": f"ocd-person/{i:08}",
                "name": f"{given} {family}",
                "given_name": given,
                "family_name": family,
                "gender": ("Male", "Female", "")[i % 3],
                "email": f"member{i}@example.org",
                "party": [{"name": "Independent"}],
                "roles": [
                    {
                        "type": "lower",
                        "district": "1",
                        "jurisdiction": jurisdiction,
                        "end_date": 2020,
                    },
                    {"type": kind, "district": str(i), "jurisdiction": jurisdiction},
                ],
                "offices": [
                    {"classification": "district", "address": "9 Elm Street, Springfield"},
                    {"classification": "capitol", "address": address, "voice": "555-0100"},
                ],
                "other_names": [{"name": given}],
            }
        )
    return found


def open_states_csv(n: int) -> str:
    return table(
        {
            "id": each["id"],
            "name": each["name"],
            "current_party": "Independent",
            "current_district": each["roles"][-1]["district"],
            "current_chamber": each["roles"][-1]["type"],
            "given_name": each["given_name"],
            "family_name": each["family_name"],
            "gender": each["gender"],
            "email": each["email"],
            "links": "https://example.org/",
            "capitol_address": each["offices"][1]["address"],
            "capitol_voice": "555-0100",
            "district_address": "",
        }
        for each in open_states(n)
    )


def commons_json(n: int) -> list[dict[str, Any]]:
    """Line breaks inside texts, “#”, “(Main office)”, one address without its postal code."""
    found: list[dict[str, Any]] = []
    for i, given, family in people(n):
        code = "" if i == 4 else "\r\nL1H 4G4"
        found.append(
            {
                "personId": 1000 + i,
                "firstName": given,
                "lastName": family,
                "honorific": ("", "Hon.", "", "Right Hon.")[i % 4],
                "email": f"member{i}@parl.example.org",
                "constituency": f"Constituency—{i}",
                "addresses": [
                    {"physical": "House of Commons\r\nOttawa, Ontario\r\nK1A 0A6"},
                    {"physical": f"{i} Main St., Unit #{i} (Main office)\r\nOshawa, Ontario{code}"},
                    {"physical": "9 Side St.\r\nOshawa, Ontario\r\nL1H 4G4"},
                ][i % 2 :],
            }
        )
    return found


def represent(n: int) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for i, given, family in people(n):
        offices = [{"type": "constituency", "postal": f"{i} Elm St\nLondon ON  N6A 1A1"}]
        if i % 2:
            offices.append({"type": "legislature", "postal": "Queen's Park\nToronto ON M7A 1A1"})
        found.append(
            {
                "name": f"{given} {family}",
                "first_name": given,
                "last_name": family,
                "elected_office": ("MP", "MPP", "Mayor", "Councillor")[i % 4],
                "district_name": f"District {i}",
                "email": f"a{i}@example.org",
                "gender": "",
                "offices": offices,
            }
        )
    return {"objects": found, "meta": {"next": None, "total_count": n}}


def commons_xml(n: int) -> bytes:
    members = "".join(
        f"<MemberOfParliament><PersonId>{1000 + i}</PersonId>"
        f"<PersonShortHonorific>{('', 'Hon.')[i % 2]}</PersonShortHonorific>"
        f"<PersonOfficialFirstName>{given}</PersonOfficialFirstName>"
        f"<PersonOfficialLastName>{family}</PersonOfficialLastName>"
        f"<ConstituencyName>Lévis—{i}</ConstituencyName>"
        "<ConstituencyProvinceTerritoryName>Québec</ConstituencyProvinceTerritoryName>"
        '<ToDateTime xsi:nil="true" /></MemberOfParliament>'
        for i, given, family in people(n)
    )
    head = '<?xml version="1.0" encoding="utf-8"?>'
    space = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    return (
        f"{head}<ArrayOfMemberOfParliament {space}>{members}</ArrayOfMemberOfParliament>".encode()
    )


def commons_csv(n: int) -> str:
    return table(
        {
            "Honorific Title": ("", "Hon.")[i % 2],
            "First Name": given,
            "Last Name": family,
            "Constituency": f"Constituency—{i}",
            "Province / Territory": "Ontario",
            "Political Affiliation": "Independent",
            "Start Date": "4/28/2025 12:00:00 AM",
        }
        for i, given, family in people(n)
    )


def meps(n: int) -> list[dict[str, str]]:
    """Family names in capitals, country codes of the Union in small letters, rooms for addresses."""
    return [
        {
            "id": str(4000 + i),
            "first_name": given,
            "last_name": family.upper(),
            "gender": ("M", "F", "")[i % 3],
            "country": ("gr", "de", "be", "it")[i % 4],
            "office": f"SPINELLI 05H{i:03}" if i % 9 else "",
        }
        for i, given, family in people(n)
    ]


def lords(n: int) -> str:
    titles = (
        *(
            "Lord Alder of Anytown",
            "Baroness Birch",
            "The Lord Bishop of Anytown",
            "Earl of Anywhere",
        ),
        *("Baon Cedar of Town", "Barones Dogwood of Ash", "Duke of Someplace", "Viscount Elm"),
        *("Archbishop of Elsewhere", "Lady Fir of Wood", "Marquess of Nowhere"),
    )
    records = [
        {"first_name": given, "full_title": titles[i % len(titles)]} for i, given, _ in people(n)
    ]
    return f"var lords = {json.dumps(records, indent=1)};\n"


def uk_members(n: int) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for i, given, family in people(n):
        house = 1 + i % 2
        knight, counsellor = i % 8 == 2, i % 4 == 0
        display = f"Sir {given} {family}" if knight else f"Ms {given} {family}"
        full = f"{'Rt Hon ' if counsellor else ''}{'Sir ' if knight else ''}{given} {family}"
        value = {
            "id": i,
            "nameListAs": f"{family}, Ms {given}",
            "nameDisplayAs": display,
            "nameFullTitle": f"{full}{' CBE KC' if knight else ''} MP",
            "gender": "M" if knight else "F",
            "latestHouseMembership": {"house": house, "membershipFrom": f"Anytown {i}"},
        }
        if house == 2:
            value["nameDisplayAs"] = f"Baroness {family} of Anytown"
            value["nameListAs"] = f"{family} of Anytown, B."
            value["nameFullTitle"] = f"The Rt Hon. the Baroness {family} of Anytown DBE"
        if i % 50 == 3:
            value["nameDisplayAs"] = "The Lord Bishop of Anytown"
            value["nameFullTitle"] = "The Rt Rev. the Lord Bishop of Anytown"
        items.append({"value": value, "links": []})
    return {"items": items, "totalResults": n, "skip": 0, "links": [{"rel": "self"}]}


def popolo(n: int) -> dict[str, Any]:
    persons = [
        {
            "id": f"p-{i}",
            "name": f"{given} {family}",
            "family_name": family,
            "sort_name": family,
            "honorific_prefix": "Dr" if i % 6 == 0 else "",
            "gender": ("male", "female", None)[i % 3],
            "contact_details": [
                {"type": "phone", "value": "555-0100"},
                {"type": "email", "value": f"p{i}@example.org"},
            ],
        }
        for i, given, family in people(n)
    ]
    return {"persons": persons, "organizations": [{"id": "o"}], "memberships": [{"id": "m"}]}


def mailmerge(n: int) -> str:
    return table(
        {"email": f"a{i}@example.org", "name": f"{given} {family}", "number": str(i)}
        for i, given, family in people(n)
    )


def word(n: int) -> str:
    return table(
        {
            "Title": ("Mr.", "Dr.", "")[i % 3],
            "First Name": given,
            "Last Name": family,
            "Company Name": f"Example {i}",
            "Address Line 1": f"{i} Elm Street",
            "Address Line 2": "Suite 2" if i % 2 else "",
            "City": "Boston",
            "State": ("Massachusetts", "MA")[i % 2],
            "ZIP Code": "2139" if i % 10 == 0 else "02139-0001",
            "Country or Region": ("United States of America", "USA")[i % 2],
            "Home Phone": "555-0100",
            "E-mail Address": f"a{i}@example.org",
        }
        for i, given, family in people(n)
    )


def google(n: int) -> str:
    answers = ("Yes", "No", "Only my name", "Yes, but not my employer", "", "Anonymously")
    return table(
        {
            "Timestamp": f"{1 + i % 12}/{1 + i % 28}/2026 23:30:00",
            "Your name": f"{given} {family}",
            "Email address": f"a{i}@example.org",
            "Organization": "N/A" if i % 7 == 0 else f"Example {i}",
            "What is your role?": "writer" if i % 2 else "",
            "May we publish your name?": answers[i % len(answers)],
            "Any comments?": "two\r\nlines",
        }
        for i, given, family in people(n)
    )


def lime(n: int) -> str:
    return table(
        {
            "Response ID": str(i),
            "Date submitted": ("" if i % 10 == 5 else f"2026-01-14 {i % 24:02}:10:00")
            if i < n - 10
            else "1980-01-01 00:00:00",
            "Last page": "2",
            "Start language": ("en", "fr", "de-informal")[i % 3],
            "Seed": "123",
            "name": f"{given} {family}",
            "email": f"a{i}@example.org",
            "May we publish your name?": ("Yes", "No")[i % 2],
        }
        for i, given, family in people(n)
    )


def action_network(n: int) -> str:
    return table(
        {
            "uuid": f"{i:032x}",
            "first_name": given,
            "last_name": family.upper() if i % 4 == 0 else family,
            "email": f"A{i}@Example.ORG",
            "zip_code": "02139",
            "can2_subscription_status": "subscribed",
            "can2_user_city": "Boston",
            "can2_state_abbreviated": "MA",
            "created_at": "2026-01-14T23:30:00Z",
        }
        for i, given, family in people(n)
    )


def civicrm(n: int) -> str:
    kinds = ("Individual", "Organization")
    return table(
        {
            "Contact ID": str(i),
            "Contact Type": kinds[i % 2],
            "Display Name": f"{given} {family}",
            "First Name": "" if i % 2 else given,
            "Last Name": "" if i % 2 else family,
            "Organization Name": f"Association {i}" if i % 2 else "",
            "Individual Prefix": "" if i % 2 else "Dr.",
            "Preferred Language": "French (Canada)" if i % 3 else "en_US",
            "Email": f"a{i}@example.org",
            "Street Address": f"{i} Elm Street",
            "City": "Ottawa",
            "State": "Ontario",
            "Postal Code": "k1a0a6",
            "Country": "Canada",
        }
        for i, given, family in people(n)
    )


def table(rows: Iterator[dict[str, str]]) -> str:
    first = next(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(first))
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    return out.getvalue()


def signatures(folder: Path, n: int) -> int:
    """A file each: CRLF, front matter that is indented, links to mailboxes, names like numbers."""
    folder.mkdir()
    odd = ("0x0000ff", "4679", "No", "null-island", "1e5", "2026-01-14")
    for i, given, family in people(n):
        name = odd[i // 20 % len(odd)] if i % 20 == 0 else f"{given} {family}"
        link = f"mailto:a{i}@example.org" if i % 3 == 0 else "https://example.org/"
        if i % 2:
            text = f"name: {name}\r\nlink: {link}\r\n"
            (folder / f"signer-{i:04}.yaml").write_bytes(text.encode())
        else:
            front = f'---\n  name: "{name}"\n  organization: Example {i}\n  link: {link}\n  stray: x\n---\n'
            (folder / f"signer-{i:04}.md").write_text(f"{front}A few words.\n", encoding="utf-8")
    (folder / "README.md").write_text("How to sign\n")
    (folder / "broken.yaml").write_text("name: [\n")
    (folder / "notes.docx").write_bytes(b"PK")
    return n + 2


def cards(n: int) -> str:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:{('3.0', '4.0')[i % 2]}\r\nFN:{given} {family}\r\n"
        f"N:{family};{given};;Dr.;\r\nitem1.EMAIL;TYPE=INTERNET:old{i}@example.org\r\n"
        f'EMAIL;TYPE="INTERNET,PREF":a{i}@example.org\r\nORG:Example\\, Inc.;Unit {i}\r\n'
        "ADR;TYPE=WORK:;;1 Elm Street;Ottawa;Ontario;k1a0a6;Canada\r\n"
        f"PHOTO;ENCODING=b:{'A' * 70}\r\n {'B' * 70}\r\nNOTE:one\\ntwo; three\r\n"
        f"UID:urn:uuid:{i:08}\r\nEND:VCARD\r\n"
        for i, given, family in people(n)
    )


def as_json(make: Callable[[int], Any], n: int) -> str:
    return json.dumps(make(n), ensure_ascii=False, indent=1)
