"""Forms of address: what is printed for each office, and how a campaign adds forms of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from letters.campaign import addressing, forms, postal
from letters.campaign.forms import Forms, load_forms, shipped, shipped_names
from letters.campaign.load import load
from letters.campaign.people import Recipient
from letters.draft.language import known

if TYPE_CHECKING:
    from conftest import CampaignFolder

LANGUAGES = ("en", "fr", "de", "uk", "ru", "es", "fa", "ar", "he")
NAME = {"given": "Sam", "family": "Example"}


def recipient(form: str = "neutral", own: Forms | None = None, **fields: Any) -> Recipient:
    record = {"id": "a", "name": NAME, "gender": "m"} | fields
    return Recipient.model_validate(record).with_forms((own or Forms({})).chain(form))


def envelope(person: Recipient, tag: str, sender: str | None = None) -> list[str]:
    return list(postal.block(person, tag, sender_country=sender, country_name="Country"))


# The table of forms that the campaigns of the field rely on, row by row. V: read in a published
# source; M: from memory. X is Sam Example.
V_ENVELOPES = [
    ("ca-prime-minister", "en", "m", ["The Right Honourable Sam Example, P.C., M.P.", "Prime Minister of Canada"]),
    ("ca-prime-minister", "fr", "m", ["Le très honorable Sam Example, C.P., député", "Premier ministre du Canada"]),
    ("ca-prime-minister", "fr", "f", ["La très honorable Sam Example, C.P., députée", "Première ministre du Canada"]),
    ("ca-minister", "en", "f", ["The Honourable Sam Example, P.C., M.P."]),
    ("ca-minister", "fr", "m", ["L’honorable Sam Example, C.P., député"]),
    ("ca-minister", "fr", "f", ["L’honorable Sam Example, C.P., députée"]),
    ("ca-minister", "fr", "unknown", ["L’honorable Sam Example, C.P., député(e)"]),
    ("ca-senator", "en", "f", ["The Honourable Sam Example, Senator"]),
    ("ca-mp", "en", "m", ["Mr. Sam Example, M.P."]),
    ("ca-mp", "en", "f", ["Ms. Sam Example, M.P."]),
    ("ca-mp", "en", "unknown", ["Sam Example, M.P."]),
    ("ca-mp", "en", "x", ["Sam Example, M.P."]),
    ("ca-governor-general", "en", "f", ["Her Excellency the Right Honourable Sam Example"]),
    ("uk-prime-minister", "en", "m", ["The Rt Hon Sam Example MP", "The Prime Minister"]),
    ("uk-mp", "en", "f", ["Sam Example MP"]),
    ("uk-lord", "en", "m", ["The Lord Example"]),
    ("uk-lord", "en", "f", ["The Baroness Example"]),
    ("us-senator", "en", "f", ["The Honorable Sam Example", "United States Senate", "Washington, DC 20510"]),
    ("us-representative", "en", "m", ["The Honorable Sam Example", "United States House of Representatives", "Washington, DC 20515"]),
]  # fmt: skip


@pytest.mark.parametrize(("form", "tag", "gender", "lines"), V_ENVELOPES)
def test_the_envelope_is_as_the_office_has_it(
    form: str, tag: str, gender: str, lines: list[str]
) -> None:
    assert envelope(recipient(form, gender=gender), tag, sender="US")[: len(lines)] == lines


SENIOR = "l’expression de ma très haute considération."
SALUTATIONS = [
    # V
    ("ca-prime-minister", "en", "m", "Dear Prime Minister:"),
    ("ca-prime-minister", "en", "unknown", "Dear Prime Minister:"),
    ("ca-prime-minister", "fr", "m", "Monsieur le Premier Ministre,"),
    ("ca-prime-minister", "fr", "f", "Madame la Première Ministre,"),
    ("ca-minister", "en", "m", "Dear Minister:"),
    ("ca-senator", "en", "m", "Dear Senator Example:"),
    ("ca-mp", "en", "m", "Dear Mr. Example:"),
    ("ca-premier", "en", "f", "Dear Premier:"),
    ("ca-governor-general", "en", "f", "Excellency:"),
    ("ca-governor-general", "fr", "f", "Excellence,"),
    ("ca-mp", "en", "unknown", "Dear Sam Example:"),
    ("ca-mp", "fr", "unknown", "Bonjour,"),
    ("uk-prime-minister", "en-GB", "f", "Dear Prime Minister"),
    ("uk-mp", "en", "m", "Dear Mr Example"),
    ("uk-lord", "en", "m", "Dear Lord Example"),
    ("uk-lord", "en-GB", "f", "Dear Lady Example"),
    ("us-senator", "en-US", "f", "Dear Senator Example:"),
    ("us-representative", "en", "m", "Dear Representative Example:"),
    ("de-chancellor", "de", "m", "Sehr geehrter Herr Bundeskanzler,"),
    ("de-chancellor", "de", "f", "Sehr geehrte Frau Bundeskanzlerin,"),
    ("ua-president", "uk", "m", "Вельмишановний пане Президенте!"),
    # M
    ("ca-minister", "fr", "m", "Monsieur le Ministre,"),
    ("ca-minister", "fr", "f", "Madame la Ministre,"),
    ("ca-senator", "fr", "f", "Madame la Sénatrice,"),
    ("ca-mp", "fr", "m", "Monsieur le Député,"),
    ("ua-president", "uk", "f", "Вельмишановна пані Президентко!"),
    # Neither x nor unknown is ever m or f.
    ("ca-prime-minister", "fr", "x", "Bonjour,"),
    ("ca-minister", "fr", "unknown", "Bonjour,"),
    ("uk-lord", "en", "x", "Dear Sam Example"),
    ("de-chancellor", "de", "unknown", "Guten Tag Sam Example,"),
    ("ua-president", "uk", "x", "Добрий день, Sam Example!"),
    ("us-president", "en-US", "m", "Dear Mr. President:"),
    ("us-president", "en-US", "x", "Dear President Example:"),
    ("ep-petitions", "de", "unknown", "Sehr geehrte Damen und Herren,"),
]


@pytest.mark.parametrize(("form", "tag", "gender", "said"), SALUTATIONS)
def test_the_salutation_is_as_the_office_has_it(
    form: str, tag: str, gender: str, said: str
) -> None:
    assert addressing.salutation(recipient(form, gender=gender), tag) == said


@pytest.mark.parametrize(
    ("form", "tag", "gender", "signers", "close"),
    [
        ("ca-prime-minister", "en", "m", 3, "Yours sincerely,"),
        ("ca-prime-minister", "fr", "m", 1, f"Je vous prie d’agréer, Monsieur le Premier Ministre, {SENIOR}"),
        ("ca-prime-minister", "fr", "m", 3, "Nous vous prions d’agréer, Monsieur le Premier Ministre, l’expression de notre très haute considération."),
        ("ca-prime-minister", "fr", "f", 1, f"Je vous prie d’agréer, Madame la Première Ministre, {SENIOR}"),
        ("ca-prime-minister", "fr", "unknown", 1, f"Je vous prie d’agréer {SENIOR}"),
        ("ca-governor-general", "fr", "f", 1, f"Je vous prie d’agréer, Madame la Gouverneure générale, {SENIOR}"),
        ("ca-mp", "fr", "f", 2, "Nous vous prions d’agréer, Madame la Députée, l’expression de notre haute considération."),
        ("uk-prime-minister", "en", "m", 1, "Yours faithfully"),
        ("uk-mp", "en", "m", 1, "Yours sincerely"),
        ("us-senator", "en", "m", 1, "Sincerely,"),
        ("de-chancellor", "de", "m", 2, "Mit vorzüglicher Hochachtung"),
    ],
)  # fmt: skip
def test_the_close_agrees_with_the_office_and_the_signers(
    form: str, tag: str, gender: str, signers: int, close: str
) -> None:
    assert addressing.close(recipient(form, gender=gender), tag, signers) == close


@pytest.mark.parametrize(
    ("form", "name", "sender", "lines"),
    [
        (
            "ep-petitions",
            "Chair of the Committee on Petitions",
            "CA",
            ["Chair of the Committee on Petitions", "c/o PETI Secretariat", "European Parliament", "Rue Wiertz 60", "1047 Brussels", "COUNTRY"],
        ),
        (
            "un-rapporteur",
            "Special Rapporteur on torture",
            "CH",
            ["Special Rapporteur on torture", "c/o Office of the High Commissioner for Human Rights", "United Nations Office at Geneva", "CH-1211 Geneva 10"],
        ),
        (
            "ca-mp",
            "Sam Example",
            "CA",
            ["Sam Example, M.P.", "House of Commons", "OTTAWA ON  K1A 0A6"],
        ),
        (
            "uk-prime-minister",
            "Sam Example",
            "GB",
            ["The Rt Hon Sam Example MP", "The Prime Minister", "10 Downing Street", "LONDON", "SW1A 2AA"],
        ),
    ],
)  # fmt: skip
def test_an_office_knows_where_it_takes_its_letters(
    form: str, name: str, sender: str, lines: list[str]
) -> None:
    assert envelope(recipient(form, name=name, gender="unknown"), "en", sender) == lines


@pytest.mark.parametrize(
    ("form", "tag", "honours", "line"),
    [
        ("uk-mp", "en", ["CBE", "KC"], "Sam Example CBE KC MP"),  # MP comes last
        ("ca-minister", "en", ["C.M.", {"en": "K.C.", "fr": "c.r."}], "The Honourable Sam Example, P.C., C.M., K.C., M.P."),
        ("ca-minister", "fr", ["C.M.", {"en": "K.C.", "fr": "c.r."}], "L’honorable Sam Example, C.P., C.M., c.r., député"),
        ("ca-senator", "en", ["P.C."], "The Honourable Sam Example, P.C., Senator"),
        ("ca-premier", "en", ["M.P.P."], "The Honourable Sam Example, M.P.P."),
        ("neutral", "en", ["C.M."], "Sam Example, C.M."),
        ("neutral", "en", [{"fr": "c.r."}], "Sam Example"),
    ],
)  # fmt: skip
def test_honours_stand_in_their_order(form: str, tag: str, honours: list[Any], line: str) -> None:
    person = recipient(form, honorifics={"honours": honours})
    assert addressing.full_name(person, tag) == line


@pytest.mark.parametrize(
    ("form", "tag", "gender", "district", "office"),
    [
        ("ca-premier", "en", "f", {"en": "Ontario"}, "Premier of Ontario"),
        ("ca-premier", "en", "f", None, "Premier"),
        ("ca-premier", "fr", "f", {"fr": "de l’Ontario"}, "Première ministre de l’Ontario"),
        ("ca-premier", "fr", "unknown", {"fr": "de l’Ontario"}, "Cabinet du premier ministre"),
        ("ca-mayor", "en", "x", "Halifax", "Mayor of Halifax"),
    ],
)
def test_an_office_of_a_place_names_the_place(
    form: str, tag: str, gender: str, district: Any, office: str
) -> None:
    fields = {"district": district} if district else {}
    assert addressing.office(recipient(form, gender=gender, **fields), tag) == office


OWN: dict[str, Any] = {
    "honorifics": {"prefix": {"en": "The Hon."}, "post_nominals": {"en": "Q.C."}},
    "office": {"en": "Head of Government"},
    "organisation": {"en": "The Office"},
    "salutation": {"en": "Dear Sam:"},
    "close": {"en": "Yours,"},
    "address": {"street": "1 Own Street"},
}


def test_what_the_record_says_wins_in_the_language_that_it_says_it_in() -> None:
    person = recipient("ca-prime-minister", **OWN)
    assert envelope(person, "en") == ["The Hon. Sam Example, Q.C.", "Head of Government", "The Office", "1 Own Street"]  # fmt: skip
    assert addressing.salutation(person, "en") == "Dear Sam:"
    assert addressing.close(person, "en", 1) == "Yours,"
    assert envelope(person, "fr")[:2] == ["Le très honorable Sam Example, C.P., député", "Premier ministre du Canada"]  # fmt: skip
    assert addressing.salutation(person, "fr") == "Monsieur le Premier Ministre,"


def test_a_full_name_is_all_that_stands_on_the_envelope() -> None:
    name = NAME | {"full": {"en": "The Lord Example of Town"}}
    assert addressing.full_name(recipient("uk-lord", name=name), "en") == "The Lord Example of Town"
    person = recipient("uk-lord", name=name, honorifics={"prefix": "His Grace", "honours": ["KG"]})
    assert addressing.full_name(person, "en") == "His Grace The Lord Example of Town KG"


@pytest.mark.parametrize(
    ("tag", "name", "gender", "said"),
    [
        ("en", {"address_as": "Dr. Example"}, "m", "Dear Dr. Example:"),
        ("en", {"address_as": {"fr": "Docteur"}}, "m", "Dear Prime Minister:"),
        ("fr", {"address_as": {"fr": "Docteur"}}, "m", "Docteur,"),
        ("fr", {"address_as": "Dr. Example"}, "m", "Monsieur le Premier Ministre,"),
        ("uk", {"address_as": {"uk": "пане Іване"}}, "m", "Шановний пане Іване!"),
        ("uk", {"address_as": {"uk": "пані Олено"}}, "f", "Шановна пані Олено!"),
        ("de", {"address_as": {"de": "Herr Dr. Example"}}, "m", "Sehr geehrter Herr Dr. Example,"),
        ("de", {"address_as": {"de": "Dr. Example"}}, "x", "Guten Tag Dr. Example,"),
    ],
)
def test_who_is_called_in_another_way_is(tag: str, name: Any, gender: str, said: str) -> None:
    person = recipient("ca-prime-minister", name=NAME | name, gender=gender)
    assert addressing.salutation(person, tag) == said


IVAN = {"given": "Иван", "family": "Петров", "patronymic": "Петрович"}
NEUTRAL = [
    ("en", NAME, "m", "Dear Mr. Example:", "Yours sincerely,"),
    ("en-CA", NAME, "f", "Dear Ms. Example:", "Yours sincerely,"),
    ("en-US", NAME, "f", "Dear Ms. Example:", "Sincerely,"),
    ("en-GB", NAME, "m", "Dear Mr Example", "Yours sincerely"),
    ("en-GB", NAME, "x", "Dear Sam Example", "Yours sincerely"),
    ("fr-CA", NAME, "f", "Madame,", "Je vous prie d’agréer, Madame, l’expression de ma haute considération."),
    ("fr", NAME, "unknown", "Bonjour,", "Je vous prie d’agréer l’expression de ma haute considération."),
    ("de", NAME, "m", "Sehr geehrter Herr Example,", "Mit freundlichen Grüßen"),
    ("de", NAME, "f", "Sehr geehrte Frau Example,", "Mit freundlichen Grüßen"),
    ("de", NAME, "unknown", "Guten Tag Sam Example,", "Mit freundlichen Grüßen"),
    ("uk", {"given": "Іван", "family": "Петренко"}, "m", "Шановний пане Петренко!", "З повагою"),
    ("uk", {"given": "Олена", "family": "Петренко"}, "f", "Шановна пані Петренко!", "З повагою"),
    ("ru", IVAN, "m", "Уважаемый Иван Петрович!", "С уважением,"),
    ("ru", IVAN | {"given": "Анна", "patronymic": "Петровна"}, "f", "Уважаемая Анна Петровна!", "С уважением,"),
    ("ru", {"given": "Иван", "family": "Петров"}, "m", "Уважаемый господин Петров!", "С уважением,"),
    ("ru", {"given": "Анна", "family": "Петрова"}, "f", "Уважаемая госпожа Петрова!", "С уважением,"),
    ("ru", IVAN, "unknown", "Здравствуйте, Иван Петров!", "С уважением,"),
    ("es", NAME, "f", "Estimada señora Example:", "Atentamente,"),
    ("es", NAME, "x", "A la atención de Sam Example:", "Atentamente,"),
    ("fa", {"given": "نرگس", "family": "محمدی"}, "f", "سرکار خانم محمدی،", "با احترام،"),
    ("fa", {"given": "نرگس", "family": "محمدی"}, "unknown", "نرگس محمدی گرامی،", "با احترام،"),
    ("ar", {"given": "نزار", "family": "قباني"}, "m", "السيد قباني المحترم،", "وتفضلوا بقبول فائق الاحترام والتقدير،"),
    ("he", {"given": "דוד", "family": "לוי"}, "m", "מר לוי הנכבד,", "בכבוד רב,"),
    ("he", {"given": "דוד", "family": "לוי"}, "unknown", "דוד לוי, שלום רב,", "בכבוד רב,"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "name", "gender", "said", "close"), NEUTRAL)
def test_anybody_can_be_written_to_in_every_language(
    tag: str, name: dict[str, str], gender: str, said: str, close: str
) -> None:
    person = recipient(name=name, gender=gender)
    assert addressing.salutation(person, tag) == said
    assert addressing.close(person, tag, 1) == close


def test_every_language_of_the_toolkit_has_words_for_anybody() -> None:
    neutral = shipped("neutral").languages
    for tag in (*known(), *LANGUAGES):
        base = neutral[tag.partition("-")[0]]
        assert base.salutation
        assert base.addressed
        assert base.close


@pytest.mark.parametrize("gender", ["x", "unknown"])
@pytest.mark.parametrize("tag", [*LANGUAGES, "en-GB", "en-US"])
@pytest.mark.parametrize("form", sorted(shipped_names()))
def test_no_form_takes_an_unknown_gender_for_another(form: str, tag: str, gender: str) -> None:
    def printed(person: Recipient) -> str:
        words = (addressing.full_name(person, tag), addressing.salutation(person, tag))
        return " ".join([*words, addressing.office(person, tag) or ""])

    said = printed(recipient(form, gender=gender))
    as_m, as_f = printed(recipient(form, gender="m")), printed(recipient(form, gender="f"))
    assert as_m == as_f or said not in (as_m, as_f)
    titles = (" Mr", " Ms", "Herr ", "Frau ", "Monsieur", "Madame", "пан", "Уважаем", "señor")
    assert not any(title in f" {said}" for title in titles), said


def test_a_family_name_in_another_script_is_no_part_of_a_sentence() -> None:
    name = {"given": "Mark", "family": "Carney", "display": {"uk": "Марк Карні"}}
    assert addressing.salutation(recipient(name=name), "uk") == "Добрий день, Марк Карні!"
    called = name | {"address_as": {"uk": "пане Карні"}}
    assert addressing.salutation(recipient(name=called), "uk") == "Шановний пане Карні!"


@pytest.mark.parametrize(
    ("salutation", "close"),
    [("Dear Sir or Madam", "Yours faithfully"), ("Dear Dr Example", "Yours sincerely")],
)
def test_in_britain_the_close_goes_with_the_salutation(salutation: str, close: str) -> None:
    for form in ("neutral", "uk-mp"):
        name = {"given": "Ad", "family": "Example"}  # “Madam” does not name him
        person = recipient(form, name=name, salutation=salutation)
        assert addressing.close(person, "en-GB", 1) == close


def test_a_name_is_never_a_pattern() -> None:
    odd = recipient("ca-senator", name={"given": "{family}", "family": "{name.__class__}"})
    assert addressing.salutation(odd, "en") == "Dear Senator {name.__class__}:"
    assert addressing.full_name(odd, "en") == "The Honourable {family} {name.__class__}, Senator"


@pytest.mark.parametrize("name", sorted(shipped_names()))
def test_each_shipped_form_says_where_it_is_from(name: str) -> None:
    form = shipped(name)
    assert form.title
    assert all(wording.source for wording in form.languages.values())


SOUTH = {
    "street": "12 Mill Street",
    "city": "Millbrook",
    "region": "ON",
    "postcode": "K9Z 4A1",
    "country": "CA",
}
OHIO = {
    "street": "1 Elm St",
    "city": "Columbus",
    "region": "OH",
    "postcode": "43201",
    "country": "US",
}


@pytest.mark.parametrize(
    ("form", "fields", "lines", "said"),
    [
        ("us-representative", {"address": {"street": "272 Cannon House Office Building", "city": "Washington", "region": "DC", "postcode": "20515-0104", "country": "US"}}, ["The Honorable Sam Example", "272 Cannon House Office Building", "United States House of Representatives", "Washington, DC 20515-0104"], "Dear Representative Example:"),
        ("us-house-speaker", {}, ["The Honorable Sam Example", "Speaker of the House", "H-232 The Capitol", "United States House of Representatives", "Washington, DC 20515"], "Dear Mr. Speaker:"),
        ("us-house-committee-chair", {"gender": "f", "office": "Chair, Committee on the Judiciary"}, ["The Honorable Sam Example", "Chair, Committee on the Judiciary", "United States House of Representatives", "Washington, DC 20515"], "Dear Madam Chair:"),
        ("us-president", {}, ["The President", "The White House", "1600 Pennsylvania Avenue NW", "Washington, DC 20500"], "Dear Mr. President:"),
        ("us-governor", {"district": "Ohio"}, ["The Honorable Sam Example", "Governor of Ohio"], "Dear Governor Example:"),
        ("us-lieutenant-governor", {"name": "Sam Example"}, ["The Honorable Sam Example", "Lieutenant Governor"], "Dear Lieutenant Governor Sam Example:"),
        ("us-state-senator", {"organisation": "Ohio Senate", "address": OHIO}, ["The Honorable Sam Example", "1 Elm St", "Ohio Senate", "Columbus, OH 43201"], "Dear Senator Example:"),
        ("us-state-representative-local", {"address": OHIO}, ["The Honorable Sam Example", "District Office", "1 Elm St", "Columbus, OH 43201"], "Dear Representative Example:"),
        ("us-assembly-member", {}, ["The Honorable Sam Example"], "Dear Assembly Member Example:"),
        ("us-delegate", {}, ["The Honorable Sam Example"], "Dear Delegate Example:"),
        ("ca-lieutenant-governor", {"gender": "f", "district": "Ontario"}, ["Her Honour the Honourable Sam Example", "Lieutenant Governor of Ontario"], "Your Honour:"),
        ("ca-mpp", {}, ["Mr. Sam Example, M.P.P.", "Legislative Assembly of Ontario"], "Dear Mr. Example:"),
        ("ca-mna", {"gender": "f"}, ["Ms. Sam Example, M.N.A.", "National Assembly of Québec"], "Dear Ms. Example:"),
        ("ca-mla-local", {"address": SOUTH}, ["Mr. Sam Example, M.L.A.", "Constituency Office", "12 Mill Street", "MILLBROOK ON  K9Z 4A1"], "Dear Mr. Example:"),
        ("ca-mha", {}, ["Mr. Sam Example, M.H.A.", "House of Assembly"], "Dear Mr. Example:"),
        ("ca-provincial-minister", {"honorifics": {"honours": ["M.P.P."]}}, ["The Honourable Sam Example, M.P.P."], "Dear Minister:"),
        ("ca-mp-right-honourable", {}, ["The Right Honourable Sam Example, P.C., M.P.", "House of Commons"], "Dear Mr. Example:"),
        ("ca-senator-privy-councillor", {}, ["Senator the Honourable Sam Example, PC", "The Senate of Canada"], "Dear Senator Example:"),
        ("ca-mp-privy-councillor-local", {"address": SOUTH}, ["The Honourable Sam Example, P.C., M.P.", "Constituency Office", "12 Mill Street", "MILLBROOK ON  K9Z 4A1"], "Dear Mr. Example:"),
        ("uk-mp-privy-counsellor", {"honorifics": {"prefix": "The Rt Hon Sir", "honours": ["KC"]}}, ["The Rt Hon Sir Sam Example KC MP", "House of Commons"], "Dear Sir Sam"),
        ("uk-mp", {"honorifics": {"prefix": "Dame"}, "gender": "f"}, ["Dame Sam Example MP"], "Dear Dame Sam"),
        ("uk-mp", {"honorifics": {"prefix": "Dr"}, "gender": "unknown"}, ["Dr Sam Example MP"], "Dear Dr Example"),
        ("uk-mp-local", {}, ["Sam Example MP", "Constituency Office"], "Dear Mr Example"),
        ("uk-lord-privy-counsellor", {"gender": "f"}, ["The Rt Hon the Baroness Example PC", "House of Lords"], "Dear Lady Example"),
        ("uk-duke", {}, ["The Duke of Example", "House of Lords"], "Dear Duke"),
        ("uk-earl", {"gender": "f"}, ["The Countess Example", "House of Lords"], "Dear Lady Example"),
        ("uk-bishop", {"district": "Durham"}, ["The Rt Revd the Lord Bishop of Durham", "House of Lords"], "Dear Bishop"),
        ("uk-archbishop", {"district": "York"}, ["The Most Revd and Rt Hon the Lord Archbishop of York"], "Dear Archbishop"),
        ("uk-msp", {}, ["Sam Example MSP", "The Scottish Parliament", "EDINBURGH", "EH99 1SP"], "Dear Mr Example"),
        ("uk-ms", {"gender": "x"}, ["Sam Example MS", "Senedd Cymru"], "Dear Sam Example"),
        ("uk-mla", {}, ["Sam Example MLA", "Northern Ireland Assembly"], "Dear Mr Example"),
        ("uk-first-minister", {"district": "Wales", "honorifics": {"honours": ["MS"]}}, ["The Rt Hon Sam Example MS", "First Minister of Wales"], "Dear First Minister"),
        ("bishop", {"district": "Ottawa"}, ["The Right Reverend Sam Example", "Bishop of Ottawa"], "Dear Bishop Example:"),
        ("archbishop", {}, ["The Most Reverend Sam Example", "Archbishop"], "Dear Archbishop Example:"),
        ("knight", {}, ["Sir Sam Example"], "Dear Sir Sam:"),
        ("dame", {"name": "Sam Example", "gender": "f"}, ["Dame Sam Example"], "Dear Dame Sam Example:"),
        ("doctor", {"gender": "x"}, ["Dr. Sam Example"], "Dear Dr. Example:"),
        ("professor", {"gender": "f"}, ["Professor Sam Example"], "Dear Professor Example:"),
        ("neutral", {"honorifics": {"prefix": "Prof. Dr."}}, ["Prof. Dr. Sam Example"], "Dear Professor Example:"),
        # An office that the salutation names stays: nobody writes “Dear Dr.” to a senator.
        ("us-senator", {"honorifics": {"prefix": "Dr."}}, ["Dr. Sam Example"], "Dear Senator Example:"),
    ],
)  # fmt: skip
def test_an_office_is_written_to_by_its_own_form(
    form: str, fields: dict[str, Any], lines: list[str], said: str
) -> None:
    person = recipient(form, **fields)
    assert envelope(person, "en")[: len(lines)] == lines
    assert addressing.salutation(person, "en") == said


@pytest.mark.parametrize(
    ("tag", "prefix", "gender", "said"),
    [
        ("de", "Prof. Dr.", "f", "Sehr geehrte Frau Prof. Example,"),
        ("de", "Dr.", "unknown", "Guten Tag Dr. Example,"),
        ("es", "Dra.", "f", "Estimada Dra. Example:"),
        ("en-GB", "Dr", "m", "Dear Dr Example"),
        ("fr", "Dr", "m", "Monsieur,"),
        ("en", "Drew", "m", "Dear Mr. Example:"),
    ],
)
def test_a_title_is_known_by_the_prefix(tag: str, prefix: str, gender: str, said: str) -> None:
    person = recipient(gender=gender, honorifics={"prefix": prefix})
    assert addressing.salutation(person, tag) == said


def test_every_form_with_a_local_office_has_one() -> None:
    local = {name for name in Forms({}).names if name.endswith(forms.LOCAL)}
    assert {"ca-mp-local", "us-senator-local", "uk-msp-local", "de-mdb-local"} <= local
    for name in local:
        for gender in ("m", "f", "x"):
            person = recipient(name, gender=gender, address=SOUTH)
            office = recipient(name.removesuffix(forms.LOCAL), gender=gender)
            for tag in shipped(name.removesuffix(forms.LOCAL)).languages:
                [line] = addressing.organisation(person, tag)
                assert line not in addressing.organisation(office, tag)
                assert addressing.salutation(person, tag) == addressing.salutation(office, tag)
                assert not addressing.is_postage_free(person, tag, "CA")
                assert addressing.address(recipient(name), tag) is None


def test_a_campaign_s_own_form_can_have_a_local_office(campaign: CampaignFolder) -> None:
    words = "like: ca-mayor\nlanguages:\n  en: {organisation: City Hall, local: Ward Office}\n"
    campaign.write("forms/my-mayor.yaml", words)
    mine, problems = load_forms(campaign.path)
    assert problems == []
    assert addressing.organisation(recipient("my-mayor", mine), "en") == ("City Hall",)
    assert addressing.organisation(recipient("my-mayor-local", mine), "en") == ("Ward Office",)
    assert "my-mayor-local" in mine.names
    assert "ca-mayor-local" not in mine.names


# What a campaign adds


def test_a_form_of_the_campaign_adds_and_overrides(campaign: CampaignFolder) -> None:
    campaign.write(
        "forms/ca-prime-minister.yaml",
        'languages:\n  en:\n    salutation: "Prime Minister:"\n',
    )
    campaign.write(
        "forms/my-mayor.yaml",
        "title: Our mayor\nlike: ca-mayor\nlanguages:\n  en:\n    office: Mayor of Millbrook\n",
    )
    campaign.edit("recipients.yaml", "  gender: m\n", "  gender: m\n  form: ca-prime-minister\n")
    campaign.edit("recipients.yaml", '  salutation: {en: "Dear Prime Minister:", fr: "Monsieur le Premier Ministre,"}\n', "")  # fmt: skip
    campaign.edit("recipients.yaml", "Sam Taylor\n  office: {en: Minister, fr: Ministre}", "Sam Taylor\n  form: my-mayor")  # fmt: skip
    loaded, problems = load(campaign.path)
    assert problems == []
    assert loaded is not None
    first, second = loaded.recipients
    assert addressing.salutation(first, "en") == "Prime Minister:"
    assert addressing.salutation(first, "fr") == "Monsieur le Premier Ministre,"
    assert addressing.full_name(first, "en") == "The Right Honourable Mark Carney, P.C., M.P."
    assert addressing.office(second, "en") == "Mayor of Millbrook"
    assert addressing.office(second, "fr") == "Mairie"
    assert addressing.salutation(second, "en") == "Dear Mayor:"


def test_a_campaign_can_say_otherwise_to_anybody(campaign: CampaignFolder) -> None:
    campaign.write("forms/neutral.yaml", 'languages:\n  en:\n    close: "Respectfully,"\n')
    loaded, problems = load(campaign.path)
    assert problems == []
    assert loaded is not None
    assert [addressing.close(r, "en", 1) for r in loaded.recipients] == ["Respectfully,"] * 2
    assert addressing.salutation(loaded.recipients[1], "en") == "Dear Sam Taylor:"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel: X\n", "forms/mine.yaml:1:1: titel – is not a known key (did you mean “title”?)"),
        ("languages:\n  en:\n    salutation: {m: A, f: B, d: C}\n", "forms/mine.yaml:3:30: languages.en.salutation.d – is not one of m, f, x, unknown"),
        ("languages:\n  en:\n    salutation: {m: A}\n", "forms/mine.yaml:3:17: languages.en.salutation – must say both m and f, or neither"),
        ("languages:\n  en:\n    salutation: {m: A, f: 'Dear {fmaily}:'}\n", "forms/mine.yaml:3:24: languages.en.salutation.f – holds a placeholder that is not known; there are {name}, {given}, {family}, {patronymic}, {district}, {titled}"),
        ("languages:\n  en:\n    salutation: 'Dear {family:'\n", "forms/mine.yaml:3:17: languages.en.salutation – holds a placeholder that is not known; there are {name}, {given}, {family}, {patronymic}, {district}, {titled}"),
        ("languages:\n  en:\n    close: 'Yours, {name}'\n", "forms/mine.yaml:3:12: languages.en.close – holds a placeholder that is not known; there are {addressed}"),
        ("languages:\n  en:\n    close: {one: A}\n", "forms/mine.yaml:3:12: languages.en.close – must say both one and several"),
        ("languages:\n  en:\n    close: []\n", "forms/mine.yaml:3:12: languages.en.close – must be a text"),
        ("languages:\n  en:\n    office: []\n", "forms/mine.yaml:3:13: languages.en.office – must be a text"),
        ("languages:\n  en:\n    office: {}\n", "forms/mine.yaml:3:13: languages.en.office – must be a text"),
        ("languages:\n  en:\n    greetings: [{a: b}]\n", "forms/mine.yaml:3:16: languages.en.greetings – must be a list of texts"),
        ("languages:\n  en:\n    post_nominals: ['{honors}']\n", "forms/mine.yaml:3:20: languages.en.post_nominals – holds a placeholder that is not known; there are {name}, {given}, {family}, {patronymic}, {district}, {titled}"),
        ("languages:\n  English:\n    office: A\n", "forms/mine.yaml:2:3: languages.English – must be a language tag such as en or fr-CA"),
        (f"languages:\n  en:\n    office: {'long ' * 50}\n", "forms/mine.yaml:3:13: languages.en.office – must be one line of at most 200 characters"),
        (f"languages:\n  en:\n    organisation: [{'long ' * 50}]\n", "forms/mine.yaml:3:20: languages.en.organisation[0] – must be one line of at most 200 characters"),
        (f"languages:\n  en:\n    organisation: [{'a, ' * 9}]\n", "forms/mine.yaml:3:19: languages.en.organisation – must be at most 8 lines"),
        (f"languages:\n  en:\n    post_nominals: [{'a, ' * 13}]\n", "forms/mine.yaml:3:20: languages.en.post_nominals – must be at most 12"),
        (f"languages:\n  en:\n    address: {{city: {'long ' * 50}}}\n", "forms/mine.yaml:3:21: languages.en.address.city – must be one line of at most 200 characters"),
        ("languages:\n  en:\n    office: |\n      A\n      B\n", "forms/mine.yaml:3:13: languages.en.office – must be one line of at most 200 characters"),
        ("like: ca-ministre\n", "forms/mine.yaml:1:7: like – there is no such form (did you mean “ca-minister”?)"),
        ("", "forms/mine.yaml:1:1: is empty (delete it)"),
        ("title: [A\n", "forms/mine.yaml:1:8: is not valid YAML: what opens here is not closed (close the quotation mark or bracket, or put a text that holds , [ ] { } in quotes)"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_is_reported_at_its_place(
    campaign: CampaignFolder, text: str, said: str
) -> None:
    campaign.write("forms/mine.yaml", text)
    loaded, problems = load(campaign.path)
    assert loaded is None
    assert [str(problem) for problem in problems] == [said]


def test_a_form_must_have_a_name_that_can_be_written(campaign: CampaignFolder) -> None:
    campaign.write("forms/My Mayor.yaml", "title: X\n")
    said = [str(problem) for problem in load(campaign.path)[1]]
    assert said == ["forms/My Mayor.yaml:1:1: a form’s file must be called by small letters a–z, digits and hyphens (like forms/my-mayor.yaml)"]  # fmt: skip


def test_a_link_to_a_form_elsewhere_is_refused(campaign: CampaignFolder, tmp_path: Path) -> None:
    outside = tmp_path / "form.yaml"
    outside.write_text("title: X\n", encoding="utf-8")
    (campaign.path / "forms").mkdir()
    (campaign.path / "forms" / "mine.yaml").symlink_to(outside)
    found = load_forms(campaign.path)[1]
    assert [p.message for p in found] == ["is a link that leads out of the campaign"]


def test_an_unknown_form_is_reported_where_it_is_named(campaign: CampaignFolder) -> None:
    campaign.edit("recipients.yaml", "  gender: m\n", "  gender: m\n  form: ca-prim-minister\n")
    said = [str(problem) for problem in load(campaign.path)[1]]
    assert said == ["recipients.yaml:4:9: [0].form – there is no such form of address (did you mean “ca-prime-minister”?)"]  # fmt: skip


def test_a_form_without_the_language_is_remarked(campaign: CampaignFolder) -> None:
    campaign.edit("recipients.yaml", "Sam Taylor\n", "Sam Taylor\n  form: us-senator\n")
    found = load(campaign.path)[1]
    assert [(p.severity, p.message) for p in found] == [
        ("warning", "this form of address has no words for fr")
    ]


def test_forms_that_are_like_each_other_end_somewhere() -> None:
    one, two = (forms.FormFile(title="A", like=name) for name in ("two", "one"))
    own = Forms({"one": one, "two": two})
    assert own.chain("one") == (one, two, shipped("neutral"))
    assert not own.speaks("one", "en")


def test_an_office_of_the_form_need_not_be_written_in_every_language(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("recipients.yaml", "  gender: m\n  office: {en: Prime Minister of Canada, fr: Premier ministre du Canada}", "  gender: m\n  form: ca-prime-minister\n  office: {en: Prime Minister}")  # fmt: skip
    assert load(campaign.path)[1] == []
    campaign.edit("recipients.yaml", "form: ca-prime-minister", "form: ca-minister")
    assert [p.message for p in load(campaign.path)[1]] == ["has no text for fr"]
