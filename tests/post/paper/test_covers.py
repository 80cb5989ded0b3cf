"""Envelopes and labels: of their exact size, each address where the posts look for it."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from letters.campaign.localtext import LocalText
from letters.post.paper import covers
from letters.post.paper.stationery import ENVELOPES, LABELS
from letters.problem import CampaignError

from .made import inside, loaded, members, sizes_mm, words

if TYPE_CHECKING:
    from conftest import CampaignFolder

INCH = 25.4
MIXED = """\
- id: mp
  form: ca-mp
  name: {given: Étienne, family: D’Aoust}
  gender: m
  language: fr
- id: abroad
  name: Office <b>&amp;</b> of {{ 7*7 }}
  address: {street: 10 Long Lane, city: London, postcode: SW1A 0AA, country: GB}
- id: chair
  name: Helen Prewitt
  address: {street: 40 Elm Street, city: Fernhollow, region: ON, postcode: K9Z 1B1, country: CA}
"""
HIGH = """\
- id: high
  name: High
  office: Office
  organisation: Organisation
  address: {street: [One, Two, Three, Four, Five, Six, Seven], city: Fernhollow, country: FR}
"""


@pytest.fixture(autouse=True)
def _loaded() -> None:
    importlib.import_module("letters.draft.compose")


def test_a_long_name_of_the_sender_is_bold_in_all_its_rows(campaign: CampaignFolder) -> None:
    made, people, theme = loaded(campaign, MIXED)
    sender = made.letter.sender
    name = LocalText({"": "The Association of Friends of the Elm Street Library " * 3})
    letter = made.letter.model_copy(
        update={"sender": sender.model_copy(update={"organisation": name})}
    )
    data = covers.envelopes(replace(made, letter=letter), people, theme, ENVELOPES["dl"])
    fonts = {"": set[str](), "bold": set[str]()}

    def seen(text: str, *told: Any) -> None:
        for word in text.split():
            fonts["bold" if "Bold" in told[2]["/BaseFont"] else ""].add(word)

    PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=seen)
    assert fonts["bold"] >= {*["The", "Association", "of", "Friends", "Elm", "Street", "Library"]}
    assert "reply@example.org" in fonts[""]
    assert "Association" not in fonts[""]


@pytest.mark.parametrize(
    ("name", "size"),
    [("no10", (241.3, 104.775)), ("dl", (220, 110)), ("c5", (229, 162))],
)
def test_an_envelope_has_its_size_and_its_zones(
    name: str, size: tuple[float, float], campaign: CampaignFolder
) -> None:
    made, people, theme = loaded(campaign, MIXED + HIGH)
    data = covers.envelopes(made, people, theme, ENVELOPES[name])
    [found] = sizes_mm(data)
    assert found == pytest.approx(size, abs=0.05)
    for page, person in enumerate(people, 1):
        placed = words(data, page)
        sender = [word for word in placed if word.bottom < 38 and word.right < 105]
        address = [word for word in placed if word.top >= 40]
        stamp = [word for word in placed if word not in (*sender, *address)]
        # SOR/88-430, section 11; Deutsche Post; and nothing below, where bars are printed
        assert inside(address, 15, 40, size[0] - 30, size[1] - 40 - 19)
        assert min(word.left for word in address) > size[0] * 0.4
        assert [word.text for word in address] == " ".join(person.lines).split()
        back = ["Lettre", "commune"] if person.tag == "fr" else ["Joint", "letter"]
        assert [word.text for word in sender] == [*back, "reply@example.org"]
        marks = ["Free", "of", "postage", "En", "franchise", "postale"] if page == 1 else []
        assert [word.text for word in stamp] == marks
        assert inside(stamp, size[0] - 74, 0, 74, 40)


def test_the_mark_is_there_only_where_the_letter_is_posted_in_that_country(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("letter.yaml", "  country: CA\n", "  country: US\n")
    made, people, theme = loaded(campaign, MIXED)
    placed = words(covers.envelopes(made, people, theme, ENVELOPES["no10"]))
    assert "CANADA" in [word.text for word in placed]
    assert not [word for word in placed if word.top < 38 and word.right > 150]


def test_two_spaces_before_a_canadian_postcode_stay_two(campaign: CampaignFolder) -> None:
    made, people, theme = loaded(campaign, MIXED)
    placed = words(covers.envelopes(made, people, theme, ENVELOPES["no10"]), 3)
    town, province, code = [w for w in placed if w.text in ("FERNHOLLOW", "ON", "K9Z")]
    assert code.left - province.right == pytest.approx(2 * (province.left - town.right), rel=0.05)


@pytest.mark.parametrize(
    ("name", "sheet", "first", "step", "label", "count"),
    [
        ("5160", (215.9, 279.4), (4.7625, 12.7), (69.85, 25.4), (66.675, 25.4), (3, 10)),
        ("l7160", (210, 297), (7.21, 15.15), (66.04, 38.1), (63.5, 38.1), (3, 7)),
    ],
)
def test_each_address_stands_on_its_label(
    name: str,
    sheet: tuple[float, float],
    first: tuple[float, float],
    step: tuple[float, float],
    label: tuple[float, float],
    count: tuple[int, int],
    campaign: CampaignFolder,
) -> None:
    a_sheet = count[0] * count[1]
    made, people, theme = loaded(campaign, members(a_sheet + 1))
    data = covers.labels(made, people, theme, LABELS[name])
    [size] = sizes_mm(data)
    assert size == pytest.approx(sheet, abs=0.05)
    assert (first[0] * 2 + step[0] * 2 + label[0]) == pytest.approx(sheet[0], abs=0.1)
    starts = [word for word in words(data) if word.text == "Ms."]
    across, down = starts[1].left - starts[0].left, starts[3].top - starts[0].top
    assert (across, down) == pytest.approx(step, abs=0.02)
    for page, numbers in ((1, range(a_sheet)), (2, range(a_sheet, a_sheet + 1))):
        placed = words(data, page)
        for number in numbers:
            row, column = divmod(number % a_sheet, count[0])
            left, top = first[0] + column * step[0], first[1] + row * step[1]
            [name_] = [word for word in placed if word.text == f"Number{number},"]
            own = [
                word
                for word in placed
                if abs(word.left - left) < label[0]
                and top <= word.top < top + label[1]
                and left <= word.left < left + label[0]
            ]
            assert name_ in own
            assert inside(own, left + 3, top + 1.5, label[0] - 6, label[1] - 3)
            assert [w.text for w in own][-4:] == ["OTTAWA", "ON", "K1A", "0A6"]


def test_an_address_from_right_to_left_stands_at_the_right_of_its_room(
    campaign: CampaignFolder,
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en, fr, fa]")
    campaign.write("templates/note/letter.fa.md", campaign.read("templates/note/letter.en.md"))
    letter = campaign.read("letter.yaml")
    for text in (
        ", fr: Trois questions}",
        ", fr: Lettre commune}",
        ", fr: Une lettre pour les essais}",
    ):
        letter = letter.replace(text, f"{text[:-1]}, fa: نامه}}")
    campaign.write("letter.yaml", letter.replace("asks:", "x:").partition("x:")[0])
    campaign.write("signatories.yaml", "- {id: a, name: A}\n")
    campaign.write("templates/note/template.yaml", "title: Note\n")
    who = "- id: tehran\n  language: fa\n  name: محمد رضایی\n  address: {street: [خیابان امام, 10 Long Lane], city: تهران, country: IR}\n"
    made, people, theme = loaded(campaign, who)
    assert people[0].direction == "rtl"
    placed = words(covers.envelopes(made, people, theme, ENVELOPES["dl"]))
    address = [word for word in placed if word.top >= 40]
    rights = {
        round(max(w.right for w in address if w.top == top)) for top in {w.top for w in address}
    }
    assert rights == {205}
    # An address in another script keeps its own order: the number stands before the street.
    assert [
        w.text for w in sorted(address, key=lambda w: w.left) if w.text in ("10", "Long", "Lane")
    ] == ["10", "Long", "Lane"]


def test_what_does_not_fit_is_named_by_its_line_and_not_cut_off(campaign: CampaignFolder) -> None:
    long = "x" * 110
    lines = ", ".join(f"Line {n}" for n in range(8))
    text = (
        MIXED
        + f"- id: wide\n  name: Wide\n  address: {{street: {long}, city: A}}\n"
        + f"- id: high\n  name: High\n  office: Office\n  address: {{street: [{lines}], city: A}}\n"
    )
    made, people, theme = loaded(campaign, text)
    with pytest.raises(CampaignError) as error:
        covers.labels(made, people, theme, LABELS["5160"])
    found = [str(problem) for problem in error.value.problems]
    line = MIXED.count("\n") + 3
    assert [each.partition(" ")[0] for each in found] == [
        f"recipients.yaml:{line}:12:",
        f"recipients.yaml:{line + 4}:12:",
    ]
    assert "does not fit on a label Avery 5160, even at 7 points" in found[0]
    assert long not in "".join(found)
    campaign.edit("letter.yaml", "  contact: reply@example.org\n", f"  contact: {long}{long}\n")
    made, people, theme = loaded(campaign, MIXED)
    with pytest.raises(CampaignError, match=r"letter.yaml:9:12: .*does not fit on an envelope DL"):
        covers.envelopes(made, people, theme, ENVELOPES["dl"])


def test_a_character_that_no_font_has_is_named_by_its_line(campaign: CampaignFolder) -> None:
    made, people, theme = loaded(campaign, MIXED + "- {id: odd, name: A 𓀀 B}\n")
    with pytest.raises(CampaignError, match=r"recipients.yaml:\d+:3: .*in none of the fonts"):
        covers.labels(made, people, theme, LABELS["5160"])


def test_the_same_addresses_give_the_same_bytes(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, people, theme = loaded(campaign, MIXED)
    before = covers.labels(made, people, theme, LABELS["l7160"])
    monkeypatch.setenv("TZ", "Asia/Tehran")
    assert covers.labels(made, people, theme, LABELS["l7160"]) == before
    assert b"CreationDate" not in before
