"""The follow-up: it cites the first letter, says honestly what came back, and asks for less."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from drafting import text_of
from msgspec.structs import replace

from letters.campaign.localtext import LocalText
from letters.draft import document as d
from letters.draft.language import language as language_of
from letters.problem import CampaignError
from templates.changed import changed, letter, prose
from templates.library import SHELF

if TYPE_CHECKING:
    from letters.press.paper import PageSize
    from templates.library import Library

NAME = "follow-up"
each_language = pytest.mark.parametrize("language", SHELF.languages(NAME))

FIRST, LOOKED = dt.date(2026, 1, 15), dt.date(2026, 2, 27)
NOTHING_FOUND = {
    "en": "we had found no public response to it.",
    "fr": "nous n’avions trouvé aucune réponse publique à cette lettre.",
    "ru": "публичного ответа на наше письмо мы не нашли.",
}
NO_OTHER = {"en": "no other answer.", "fr": "aucune autre réponse.", "ru": "нам не известно."}
NO_ANSWER = {
    "en": "no answer to what our letter asks.",
    "fr": "aucune réponse à nos demandes.",
    "ru": "ответа на наши просьбы мы не нашли.",
}
NO_LATER = {
    "en": "no later answer.",
    "fr": "aucune réponse plus récente.",
    "ru": "более позднего ответа мы не нашли.",
}


@each_language
def test_it_cites_the_first_letter_by_its_date_and_subject(library: Library, language: str) -> None:
    cites, *_ = prose(library.letter(NAME, language))
    tongue = language_of(language)
    subject = library.campaign(NAME).letter.values["first_subject"][language]
    assert tongue.date(FIRST) in cites
    assert tongue.quote(subject) in cites


@each_language
def test_it_says_when_it_looked_and_found_nothing(library: Library, language: str) -> None:
    _, found, *_ = prose(library.letter(NAME, language))
    assert language_of(language).date(LOOKED) in found
    assert NOTHING_FOUND[language] in found


@each_language
def test_an_answer_takes_the_place_of_none(library: Library, language: str) -> None:
    answered = changed(library.campaign(NAME), {"answers": "A. Clerk wrote."})
    _, found, *_ = prose(letter(answered, language))
    assert found.startswith("A. Clerk wrote. ")
    assert found.endswith(NO_OTHER[language])
    assert language_of(language).date(LOOKED) in found
    assert NOTHING_FOUND[language] not in found


def told(library: Library, language: str, **days: str) -> str:
    """What the letter says of answers where the recipient's record has these days."""
    campaign = library.campaign(NAME)
    texts = {key: LocalText({"": day}) for key, day in days.items()}
    recipient = campaign.recipients[0].model_copy(update={"values": texts})
    return prose(letter(replace(campaign, recipients=(recipient,)), language))[1]


@each_language
def test_each_recipient_is_told_what_came_from_them(library: Library, language: str) -> None:
    shown = language_of(language).date
    office, met = dt.date(2026, 1, 20), dt.date(2026, 2, 3)
    found = told(library, language, acknowledged=str(office), met=str(met))
    assert shown(office) in found
    assert shown(met) in found
    assert shown(LOOKED) in found
    assert NO_ANSWER[language] in found
    assert NOTHING_FOUND[language] not in found
    for key, day in (("acknowledged", office), ("met", met)):
        found = told(library, language, **{key: str(day)})
        assert found.count(" 2026") == 2
        assert shown(day) in found
    for key in ("answered", "declined"):
        found = told(library, language, **{key: "2026-02-10", "last_checked": "2026-02-28"})
        assert shown(dt.date(2026, 2, 10)) in found
        assert shown(dt.date(2026, 2, 28)) in found
        assert shown(LOOKED) not in found
        assert found.endswith(NO_LATER[language])
        assert NO_ANSWER[language] not in found


WE_WROTE = {"en": "wrote to you", "fr": "vous avons écrit", "ru": "обратились к Вам"}
PREDECESSOR = {
    "en": "we addressed a letter to your predecessor, Ann O’Lowe.",
    "fr": "nous avons écrit à Ann O’Lowe, à qui vous avez succédé.",
    "ru": "мы направили письмо Вашему предшественнику (Ann O’Lowe).",
}
YOU_DID = {
    "en": ("you answered", "you declined"),
    "fr": ("vous avez répondu", "vous avez répondu"),
    "ru": ("Вы ответили", "Вы ответили"),
}


@each_language
def test_a_successor_is_not_told_that_it_was_they(library: Library, language: str) -> None:
    campaign = library.campaign(NAME)
    values = {"predecessor": "Ann O’Lowe", "answered": "2026-02-10", "declined": "2026-02-11"}
    both = []
    for keys in (list(values), list(values)[1:]):
        texts = {key: LocalText({"": values[key]}) for key in keys}
        recipient = campaign.recipients[0].model_copy(update={"values": texts})
        told = prose(letter(replace(campaign, recipients=(recipient,)), language))[:2]
        both.append([said.replace("\u00a0", " ") for said in told])
    (cites, answers), (cites_them, answers_them) = both
    assert PREDECESSOR[language] in cites
    assert language_of(language).date(FIRST).replace("\u00a0", " ") in cites
    assert WE_WROTE[language] not in cites
    assert WE_WROTE[language] in cites_them
    for did in YOU_DID[language]:
        assert did not in answers
        assert did in answers_them
    assert answers.count(" 2026") == answers_them.count(" 2026") == 3


def test_who_was_written_to_is_signed(library: Library) -> None:
    campaign = library.campaign(NAME)
    digests = set()
    for name in ("Ann Lowe", "Bo Lowe", ""):
        values = {"predecessor": LocalText({"": name})} if name else {}
        recipient = campaign.recipients[0].model_copy(update={"values": values})
        digests.add(text_of(replace(campaign, recipients=(recipient,))).digest)
    assert len(digests) == 3


def test_what_a_recipient_is_told_can_only_be_a_day(library: Library) -> None:
    with pytest.raises(CampaignError, match="this is not a date"):
        told(library, "en", acknowledged="You said that you do not care.")


@each_language
def test_the_first_letter_is_enclosed_before_all_else(library: Library, language: str) -> None:
    *_, enclosed = (
        block for block in library.letter(NAME, language).blocks if isinstance(block, d.Enclosures)
    )
    assert language_of(language).date(FIRST) in d.plain(enclosed.items[0])


@each_language
def test_what_is_left_out_leaves_no_trace(library: Library, language: str) -> None:
    whole = prose(library.letter(NAME, language))
    values = {"narrowed": None, "offer": None}
    bare = changed(library.campaign(NAME), values, asks=(), figures={}, deadline=None)
    paragraphs = prose(letter(bare, language))
    assert paragraphs == whole[:3]


@each_language
@pytest.mark.parametrize("page", ["letter", "a4"])
def test_it_is_short(library: Library, language: str, page: PageSize) -> None:
    assert library.pdf(NAME, language, page=page).pages <= 2


def test_what_is_said_of_a_recipient_is_signed_for_that_recipient(library: Library) -> None:
    """Two recipients can't exchange what came from them, nor can a day be changed unnoticed."""
    made = library.campaign(NAME)
    [one] = made.recipients[:1]
    other = one.model_copy(update={"id": "another"})

    def digest(*days: tuple[str, str] | None) -> str:
        people = tuple(
            person.model_copy(update={"values": {day[0]: LocalText({"": day[1]})} if day else {}})
            for person, day in zip((one, other), days, strict=True)
        )
        places = [made.recipient_places[0]] * 2
        return text_of(replace(made, recipients=people, recipient_places=places)).digest

    told, met = ("acknowledged", "2026-02-01"), ("met", "2026-02-03")
    cases = [
        (told, met), (met, told), (told, None), (None, told), (None, None),
        (told, ("met", "2026-02-04")), (told, ("declined", "2026-02-03")),
    ]  # fmt: skip
    assert len({digest(*days) for days in cases}) == len(cases)
    words = text_of(
        replace(
            made,
            recipients=(one.model_copy(update={"values": {"met": LocalText({"": "2026-02-03"})}}),),
        )
    ).canonical
    assert f"[recipient] {one.id}\n[letterhead]" in words
    assert "3 February 2026" in words
