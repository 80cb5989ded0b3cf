"""Address blocks as each language has them: in the dative, with a line above, in capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from letters.campaign import addressing, postal
from letters.campaign.forms import Forms, shipped, shipped_names
from letters.campaign.load import load
from letters.campaign.people import Recipient

if TYPE_CHECKING:
    from conftest import CampaignFolder

UK = {"display": {"uk": "Володимир Зеленський"}, "dative": {"uk": "Володимирові Зеленському"}}
RU = {"display": {"ru": "Ольга Коваль"}, "dative": {"ru": "Ольге Коваль"}}


def recipient(form: str = "neutral", **fields: Any) -> Recipient:
    record = {"id": "a", "name": {"given": "Sam", "family": "Example"}} | fields
    return Recipient.model_validate(record).with_forms(Forms({}).chain(form))


def envelope(person: Recipient, tag: str, sender: str | None = None) -> list[str]:
    return list(postal.block(person, tag, sender_country=sender, country_name="Land"))


@pytest.mark.parametrize(
    ("form", "tag", "fields", "lines"),
    [
        ("ua-president", "uk", {"name": UK, "gender": "m"}, ["Президентові України", "Володимирові Зеленському"]),
        ("ua-president", "uk", {"name": UK, "gender": "f"}, ["Президентці України", "Володимирові Зеленському"]),
        ("ua-deputy", "uk", {"name": UK, "gender": "m"}, ["Народному депутатові України", "Володимирові Зеленському", "Верховна Рада України"]),
        ("ua-deputy", "uk", {"name": UK, "gender": "f"}, ["Народній депутатці України", "Володимирові Зеленському"]),
        ("ua-president", "ru", {"name": RU, "gender": "f"}, ["Президенту Украины", "Ольге Коваль"]),
        ("ua-minister", "uk", {"name": UK, "gender": "m", "office": "Міністр фінансів", "office_dative": "Міністрові фінансів"}, ["Міністрові фінансів", "Володимирові Зеленському"]),
        ("neutral", "ru", {"name": RU, "office": "Директор", "office_dative": "Директору", "organisation": "Завод «Заря»"}, ["Директору", "Ольге Коваль", "Завод «Заря»"]),
        ("neutral", "uk", {"name": UK}, ["Володимирові Зеленському"]),
        # What isn’t known whole stays in the nominative, and the form’s dative is for its own office.
        ("ua-president", "uk", {"name": "Володимир Зеленський", "gender": "m"}, ["Президент України", "Володимир Зеленський"]),
        ("ua-deputy", "uk", {"name": UK, "gender": "m", "office": "Голова комітету"}, ["Голова комітету", "Володимир Зеленський"]),
        ("neutral", "uk", {"name": {"uk": "Офіс Президента України"}}, ["Офіс Президента України"]),
        ("neutral", "uk", {"name": UK | {"full": {"uk": "п. Зеленський"}}}, ["Володимирові Зеленському"]),
        ("neutral", "uk", {"name": {"display": "В. З.", "full": {"uk": "панові Зеленському"}}}, ["панові Зеленському"]),
        # Other languages take no notice of it.
        ("ua-president", "en", {"name": {"display": "Volodymyr Zelenskyy", "dative": {"uk": "Зеленському"}}}, ["Volodymyr Zelenskyy", "President of Ukraine"]),
        # A line above the name.
        ("de-chancellor", "de", {"gender": "m"}, ["Herrn", "Sam Example MdB", "Bundeskanzler der Bundesrepublik Deutschland"]),
        ("de-mdb", "de", {"gender": "f"}, ["Frau", "Sam Example MdB", "Deutscher Bundestag"]),
        ("doctor", "de", {"gender": "f"}, ["Frau", "Dr. Sam Example"]),
        ("neutral", "de", {"gender": "m"}, ["Herrn", "Sam Example"]),
        ("neutral", "de", {"gender": "x"}, ["Sam Example"]),
        ("neutral", "de", {}, ["Sam Example"]),
        ("neutral", "de", {"gender": "f", "honorifics": {"prefix": "Frau Prof."}}, ["Frau", "Prof. Sam Example"]),
        ("neutral", "de", {"gender": "f", "honorifics": {"prefix": "Dr."}}, ["Frau", "Dr. Sam Example"]),
        ("neutral", "de", {"gender": "f", "name": {"display": "S", "full": "Frau Dr. S"}}, ["Frau", "Dr. S"]),
        ("neutral", "de", {"gender": "f", "name": {"display": "S", "full": "Dr. S"}}, ["Dr. S"]),
        ("ambassador", "de", {"gender": "m", "office": "Botschafter"}, ["Seiner Exzellenz", "Herrn Sam Example", "Botschafter"]),
        ("ca-prime-minister", "de", {"gender": "f"}, ["Frau", "Sam Example"]),
        ("neutral", "he", {"gender": "f", "office": "שרה"}, ["לכבוד", "Sam Example", "שרה"]),
        ("neutral", "he", {"name": {"display": "S", "full": "ד״ר S"}}, ["לכבוד", "ד״ר S"]),
        # The Governor General and the Speakers in French.
        ("ca-governor-general", "fr", {"gender": "f"}, ["Son Excellence la très honorable Sam Example, C.C., C.M.M., C.O.M., C.D.", "Gouverneure générale du Canada", "Rideau Hall"]),
        ("ca-governor-general", "fr", {"gender": "f", "honorifics": {"honours": ["C.C.", "O.Q."]}}, ["Son Excellence la très honorable Sam Example, C.C., C.M.M., C.O.M., O.Q., C.D."]),
        ("ca-speaker", "fr", {"gender": "m"}, ["L’honorable Sam Example, député", "Président de la Chambre des communes", "Chambre des communes"]),
        ("ca-speaker", "fr", {"gender": "f"}, ["L’honorable Sam Example, députée", "Présidente de la Chambre des communes"]),
        ("ca-senate-speaker", "fr", {"gender": "f"}, ["L’honorable Sam Example, sénatrice", "Présidente du Sénat"]),
        ("ca-speaker", "en", {"gender": "m"}, ["The Honourable Sam Example, M.P.", "Speaker of the House of Commons"]),
        ("uk-speaker", "en", {"gender": "m"}, ["The Rt Hon Sam Example MP", "Speaker of the House of Commons"]),
    ],
)  # fmt: skip
def test_it_names_somebody_as_an_address_of_that_language_does(
    form: str, tag: str, fields: dict[str, Any], lines: list[str]
) -> None:
    assert envelope(recipient(form, **fields), tag)[: len(lines)] == lines


@pytest.mark.parametrize(
    ("form", "tag", "gender", "said"),
    [
        ("ca-governor-general", "fr", "m", "Je vous prie d’agréer, Monsieur le Gouverneur général, l’expression de ma très haute considération."),
        ("ca-governor-general", "fr", "unknown", "Je vous prie d’agréer, Excellence, l’expression de ma très haute considération."),
        ("ca-speaker", "fr", "f", "Je vous prie d’agréer, Madame la Présidente, l’expression de ma haute considération."),
        ("ua-president", "uk", "f", "З повагою"),
        ("ua-president", "ru", "m", "С глубоким уважением,"),
    ],
)  # fmt: skip
def test_the_close_of_an_office(form: str, tag: str, gender: str, said: str) -> None:
    assert addressing.close(recipient(form, gender=gender), tag, 1) == said


def test_a_close_repeats_a_salutation_of_ones_own() -> None:
    person = recipient("ca-governor-general", gender="f", salutation="Madame,")
    assert addressing.close(person, "fr", 2).startswith("Nous vous prions d’agréer, Madame, ")


@pytest.mark.parametrize(
    ("gender", "said"), [("m", "Шановний пане После!"), ("f", "Шановна пані Посолко!")]
)
def test_an_ambassador_is_in_the_vocative(gender: str, said: str) -> None:
    assert addressing.salutation(recipient("ambassador", gender=gender), "uk") == said


def test_every_office_of_a_form_is_known_in_the_dative_where_addresses_stand_in_it() -> None:
    for name in shipped_names():
        for tag in ("uk", "ru"):
            words = shipped(name).languages.get(tag)
            if words and words.office:
                assert words.office_dative is not None, name
                assert words.office_dative.patterns.keys() == words.office.patterns.keys()


@pytest.mark.parametrize(
    ("sender", "country", "fields", "last"),
    [
        ("DE", "GB", {"city": "London", "postcode": "sw1a 2aa"}, ["LONDON", "SW1A 2AA", "LAND"]),
        ("DE", "IT", {"city": "Firenze", "postcode": "50123"}, ["50123 FIRENZE", "LAND"]),
        ("DE", "CH", {"city": "Genève", "postcode": "1211"}, ["1211 GENÈVE", "LAND"]),
        ("DE", "HU", {"city": "Budapest", "postcode": "1055"}, ["BUDAPEST", "1055", "LAND"]),
        ("DE", "DE", {"city": "Kiel", "postcode": "24105"}, ["24105 Kiel"]),
        ("DE", None, {"city": "Kiel", "postcode": "24105"}, ["24105 Kiel"]),
        ("CH", "DE", {"city": "Kiel", "postcode": "24105"}, ["24105 Kiel", "LAND"]),
        ("CA", "CA", {"city": "Québec", "region": "Québec", "postcode": "g1r4s9"}, ["QUÉBEC QC  G1R 4S9"]),
        ("CA", "CA", {"city": "Banff", "region": "alta.", "postcode": "T1L-1A1"}, ["BANFF AB  T1L 1A1"]),
        ("CA", "CA", {"city": "Gaspé", "region": "Île-du-Prince-Édouard"}, ["GASPÉ PE"]),
        ("CA", "US", {"city": "Albany", "region": "New York", "postcode": "122100001"}, ["Albany, NY 12210-0001", "LAND"]),
        ("US", "US", {"city": "Washington", "region": "D.C.", "postcode": "20510"}, ["Washington, DC 20510"]),
        ("AU", "AU", {"city": "Perth", "region": "Western Australia", "postcode": "6000"}, ["PERTH WA 6000"]),
        ("NL", "NL", {"city": "Den Haag", "postcode": "2513aa"}, ["2513 AA  DEN HAAG"]),
        ("PL", "PL", {"city": "Warszawa", "postcode": "00902"}, ["00-902 WARSZAWA"]),
        ("CA", "CA", {"city": "Larch", "region": "Upper Canada", "postcode": "K1A"}, ["LARCH Upper Canada  K1A"]),
        ("JP", "JP", {"city": "Tokyo", "postcode": "a1"}, ["a1 Tokyo"]),
    ],
)  # fmt: skip
def test_it_prints_places_as_the_post_wants_them(
    sender: str, country: str | None, fields: dict[str, Any], last: list[str]
) -> None:
    address = fields | ({"country": country} if country else {})
    assert envelope(recipient(address=address), "en", sender)[1:] == last


def test_a_campaign_that_knows_its_regions_better_is_believed(campaign: CampaignFolder) -> None:
    campaign.write(
        "places.yaml", 'CA:\n  lines: "{city}{ region}{ postcode}"\n  regions: Ontario\n'
    )
    campaign.edit("recipients.yaml", "region: ON", "region: Ontario")
    loaded, problems = load(campaign.path)
    assert problems == []
    assert loaded is not None
    lines = postal.block(
        loaded.recipients[0], "en", sender_country="CA", country_name="", formats=loaded.places
    )
    assert lines[-1] == "Ottawa Ontario K1A 0A2"


def test_a_dative_is_needed_in_no_other_language(campaign: CampaignFolder) -> None:
    sam = "  name: Sam Taylor\n"
    campaign.edit("recipients.yaml", sam, f"{sam}  office_dative: {{uk: Міністрові}}\n")
    loaded, problems = load(campaign.path)
    assert loaded is not None
    assert problems == []
