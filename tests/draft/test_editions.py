"""Editions kept in step: what belongs together, and what has to be looked at after an edit."""

from __future__ import annotations

import datetime as dt
import time
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import asdict
from pages import DOCS, code, rows_of

from letters.campaign.translation_log import Comparison
from letters.draft.drafts import Drafts
from letters.draft.editions import State, TranslationState, pairs, standings
from letters.draft.paragraphs import Variants
from letters.problem import Place

from .tree import read

if TYPE_CHECKING:
    from conftest import CampaignFolder

DAY = dt.date(2026, 1, 2)


@dataclass(frozen=True)
class Item:
    id: str
    named: bool


def items(written: str) -> list[Item]:
    """``a b ?c``: two with names, and one that is counted from the one before."""
    return [Item(word.lstrip("?"), not word.startswith("?")) for word in written.split()]


@pytest.mark.parametrize(
    ("first", "second", "known", "expected"),
    [
        ("a b", "a b", "", "a:a b:b"),
        ("a b c", "b a", "", "a:a b:b c:-"),
        ("b", "a b c", "", "-:a b:b -:c"),
        ("a ?a+1 b", "a ?a+1 b", "", "a:a a+1:a+1 b:b"),
        ("a ?a+1 ?a+2 b", "a ?a+1 b", "", "a:a a+1:a+1 a+2:- b:b"),
        ("a ?a+1 ?a+2 b", "a ?a+1 b", "a+2:a+1", "a:a a+1:- a+2:a+1 b:b"),
        ("a ?a+1 ?a+2 ?a+3", "a ?a+1 ?a+2", "a+2:a+1", "a:a a+1:- a+2:a+1 a+3:a+2"),
        ("a ?a+1 b", "?start+1 a b ?b+1", "", "-:start+1 a:a a+1:- b:b -:b+1"),
        ("", "a ?a+1", "", "-:a -:a+1"),
        ("?start+1", "", "", "start+1:-"),
        ("a", "?a", "", "-:a a:-"),
    ],
)
def test_it_pairs_by_name_then_by_record_then_in_order(
    first: str, second: str, known: str, expected: str
) -> None:
    together = [entry.split(":") for entry in known.split()]
    found = pairs(
        items(first),
        items(second),
        lambda one: [other for name, other in together if name == one.id],
    )
    shown = [f"{one.id if one else '-'}:{other.id if other else '-'}" for one, other in found]
    assert " ".join(shown) == expected


def test_thousands_of_paragraphs_are_compared_in_seconds() -> None:
    def edition(tag: str) -> list[Variants]:
        texts = (frozenset({f"[paragraph] {tag} {n}\n"}) for n in range(2000))
        return [Variants(f"start+{n}", False, Place("x"), text) for n, text in enumerate(texts)]

    source, translation = edition("en"), edition("fr")
    started = time.process_time()
    now = [one.now for one in standings(source, translation, ())]
    record = [Comparison(id="x", on=DAY, **asdict(each)) for each in now if each]
    found = standings(source[:1] + source[500:], translation, record)
    assert time.process_time() - started < 10
    assert {one.state for one in found} == {"in step", "extra"}


def test_nothing_is_lost_or_doubled_in_pairs() -> None:
    first, second = items("a ?a+1 ?a+2 b c ?c+1"), items("?start+1 b ?b+1 a c ?c+1 ?c+2 d")
    found = pairs(first, second)
    assert sorted(one.id for one, _ in found if one) == sorted(item.id for item in first)
    assert sorted(other.id for _, other in found if other) == sorted(item.id for item in second)


# --- a letter of plain prose, without values or ids ---------------------------------------------

EN = ["One.", "Two.", "Three.", "Four."]
FR = ["Un.", "Deux.", "Trois.", "Quatre."]


def look(folder: CampaignFolder, record: list[Comparison]) -> list[TranslationState]:
    found = Drafts(read(folder)).paragraphs()
    return standings(found["en"], found["fr"], record)


def prose(folder: CampaignFolder, en: list[str], fr: list[str]) -> None:
    for tag, paragraphs in (("en", en), ("fr", fr)):
        folder.write(f"templates/note/letter.{tag}.md", "\n\n".join(paragraphs) + "\n")


def agreed(found: list[TranslationState]) -> list[Comparison]:
    """The record of somebody who compared them all."""
    return [
        Comparison(id=one.id, source=one.now.source, translation=one.now.translation, on=DAY)
        for one in found
        if one.now
    ]


def differences(found: list[TranslationState]) -> list[tuple[str, str, str]]:
    return [(s.state, s.source_words, s.words) for s in found if s.state != "in step"]


@pytest.mark.parametrize(
    ("en", "fr", "expected"),
    [
        (EN, FR, []),
        (["New.", *EN], FR, [("missing", "New.", "")]),
        (["New.", *EN], ["Nouveau.", *FR], [("not compared", "New.", "Nouveau.")]),
        ([*EN[:2], "New.", *EN[2:]], FR, [("missing", "New.", "")]),
        ([*EN, "New."], FR, [("missing", "New.", "")]),
        (["One.", "Two!", *EN[2:]], FR, [("behind", "Two!", "Deux.")]),
        (EN, ["Un.", "Deux !", *FR[2:]], [("edited", "Two.", "Deux !")]),
        (["One.", "Two!", *EN[2:]], ["Un.", "Deux !", *FR[2:]], [("not compared", "Two!", "Deux !")]),
        (EN[1:], FR, [("extra", "", "Un.")]),
        (EN, FR[:3], [("missing", "Four.", "")]),
        (["New.", "One.", "Two.", "Three!", "Four."], FR, [("missing", "New.", ""), ("behind", "Three!", "Trois.")]),
        ([*EN[1:], EN[0]], [*FR[1:], FR[0]], []),
    ],
)  # fmt: skip
def test_only_what_changed_is_listed(
    campaign: CampaignFolder, en: list[str], fr: list[str], expected: list[tuple[str, str, str]]
) -> None:
    prose(campaign, EN, FR)
    before = look(campaign, [])
    assert {one.state for one in before} == {"not compared"}
    prose(campaign, en, fr)
    assert differences(look(campaign, agreed(before))) == expected


# --- a letter with values -------------------------------------------------------------------------


def test_a_value_in_the_data_counts_like_words_in_the_template(campaign: CampaignFolder) -> None:
    record = agreed(look(campaign, []))
    campaign.edit("letter.yaml", "en: You listened.", "en: You have listened.")
    [behind] = [one for one in look(campaign, record) if one.state != "in step"]
    assert (behind.id, behind.state) == ("signatories.okafor", "behind")
    assert behind.source_words == "We are Ngozi Okafor. You have listened."
    place = behind.place
    assert (
        campaign.read(place.path)
        .split("\n")[place.line - 1][place.column - 1 :]
        .startswith("Vous avez écouté")
    )
    assert place.key == "values.thanks.fr"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("letter.yaml", "date: 2025-09-03", "date: 2025-09-04"),
        ("letter.yaml", "value: 1000", "value: 1100"),
        ("letter.yaml", "place: Ottawa", "place: Gatineau"),
        ("letter.yaml", "deadline: 2025-10-01", "deadline: 2025-11-01"),
        ("letter.yaml", "publisher: The Example", "publisher: Another"),
        ("letter.yaml", "url: https://example.org/report", "url: https://example.org/new"),
        ("signatories.yaml", "family: Okafor", "family: Okafor-Hill"),
        ("recipients.yaml", "name: Sam Taylor", "name: Alex Taylor"),
    ],
)
def test_what_is_the_same_in_both_languages_needs_no_translation(
    campaign: CampaignFolder, file: str, old: str, new: str
) -> None:
    record = agreed(look(campaign, []))
    campaign.edit(file, old, new)
    assert differences(look(campaign, record)) == []


def test_a_number_that_one_edition_writes_by_hand_counts(campaign: CampaignFolder) -> None:
    """The value was changed, and the translation goes on saying the old one."""
    campaign.edit("letter.yaml", "fr: personnes ont fait", "fr: mille personnes ont fait")
    campaign.edit("templates/note/letter.fr.md", "{{ figure.value }} ", "")
    record = agreed(look(campaign, []))
    assert differences(look(campaign, record)) == []
    campaign.edit("letter.yaml", "value: 1000", "value: 1100")
    [(state, source, _)] = differences(look(campaign, record))
    assert (state, source) == ("behind", "1,100 people have applied.")


def test_a_note_put_in_front_changes_no_other_paragraph(campaign: CampaignFolder) -> None:
    record = agreed(look(campaign, []))
    for tag in ("en", "fr"):
        body = campaign.read(f"templates/note/letter.{tag}.md")
        campaign.write(
            f"templates/note/letter.{tag}.md", body.replace("{{ place }},", "{{ place }}[^1],")
            + "\n[^1]: A remark.\n",
        )  # fmt: skip
    assert [one.id for one in look(campaign, record) if one.state != "in step"] == ["date"]


def test_a_source_is_a_part_of_its_own(campaign: CampaignFolder) -> None:
    record = agreed(look(campaign, []))
    campaign.edit("letter.yaml", "en: A report", "en: A new report")
    [behind] = [one for one in look(campaign, record) if one.state != "in step"]
    assert (behind.id, behind.state, behind.place.key) == (
        "sources.report", "behind", "sources.report",
    )  # fmt: skip


def test_what_only_the_recipients_own_copy_has_counts_too(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml", "  - title: {en: A list", "  - confidential: yes\n    title: {en: A list"
    )
    record = agreed(look(campaign, []))
    campaign.edit("letter.yaml", "{en: A list", "{en: A longer list")
    assert [one.id for one in look(campaign, record) if one.state != "in step"] == ["enclosures"]


def test_what_only_some_recipients_read_counts_too(campaign: CampaignFolder) -> None:
    for tag, words in (("en", "In your district, people wait."), ("fr", "On attend chez vous.")):
        body = f"{{% if recipient.district %}}\n{words}\n{{% else %}}\n{tag}\n{{% endif %}}\n"
        campaign.write(f"templates/note/letter.{tag}.md", body)
    record = agreed(look(campaign, []))
    campaign.edit("templates/note/letter.en.md", "people wait", "many wait")
    [behind] = [one for one in look(campaign, record) if one.state != "in step"]
    assert behind.state == "behind"


def test_a_place_for_the_recipients_own_words_needs_no_comparing(campaign: CampaignFolder) -> None:
    states = {one.id: one.state for one in look(campaign, [])}
    assert {key for key, state in states.items() if state == "in step"} == {
        "date", "address", "salutation", "close", "signatures", "copies",
    }  # fmt: skip


def test_words_that_were_left_untranslated_are_not_in_step(campaign: CampaignFolder) -> None:
    prose(campaign, ["One."], ["One."])
    assert [one.state for one in look(campaign, [])] == ["not compared"]


def test_no_protected_word_stands_in_what_is_compared(campaign: CampaignFolder) -> None:
    campaign.edit("letter.yaml", "visibility: public", "visibility: withheld")
    found = Drafts(read(campaign)).paragraphs()
    texts = " ".join(text for wordings in found.values() for one in wordings for text in one.texts)
    assert "Waited" not in texts
    for secret in ("Withheld", "secret@", "Described", "Someone", "Ada"):
        assert secret not in texts


def words_of(wordings: tuple[Variants, ...]) -> dict[str, str]:
    return {one.id: one.words for one in wordings}


def test_words_are_shown_as_a_person_reads_them(campaign: CampaignFolder) -> None:
    body = "A *word* \\| {{ recipient.name }} [here](https://example.org){{ sources.report | cite }}\n\n> - [1] {b}\n"
    campaign.write("templates/note/letter.en.md", body)
    shown = words_of(Drafts(read(campaign)).paragraphs()["en"])
    assert shown["recipient"] == "A word | {recipient.name} here"
    assert shown["recipient+1"] == "[1] {b}"


def test_the_notice_at_the_foot_is_a_part(campaign: CampaignFolder) -> None:
    letter = campaign.read("letter.yaml")
    campaign.write("letter.yaml", f"{letter}notice: {{en: On foot, fr: Au pied}}\n")
    record = agreed(look(campaign, []))
    campaign.edit("letter.yaml", "On foot", "Down here")
    [behind] = [one for one in look(campaign, record) if one.state != "in step"]
    assert (behind.id, behind.place.key, behind.words) == ("notice", "notice.fr", "Au pied")


def test_the_guide_explains_every_state() -> None:
    rows = rows_of(DOCS / "editions.md", "State")
    assert [code(row[0])[0] for row in rows] == list(typing.get_args(State))
