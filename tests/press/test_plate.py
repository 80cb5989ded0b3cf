"""A letter printed from a plate is, byte for byte, the letter that is laid out in full."""

from __future__ import annotations

import gc
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from verapdf import verify

from letters.draft import document as d
from letters.press import layout, pdf
from letters.press.attachments import EmbeddedFile
from letters.press.plate import rack
from letters.press.plate.rack import Rack
from letters.press.rendering import Pdf
from letters.press.theme import Theme

from .sample import full_letter, picture, small_letter, words
from .themes import built_in

NAMES = ("Jane Doe", "Bruno Castell", "Dr. Ines Østby", "Jürgen Müller-Haddad", "AVA To")
CITIES = ("OTTAWA ON  K1A 0A6", "MILLBROOK ON  K9Z 3C2")
STORY = (
    "In {city} everybody knows {name}. It’s {years} years since the old mill burnt down – and nobody "
    "has built it up again, though it was promised (more than once) that somebody would do so soon."
)


def varied(letter: d.Letter, seed: int) -> d.Letter:
    """The same letter to somebody else."""
    chance = random.Random(seed)
    name, city = chance.choice(NAMES), chance.choice(CITIES)
    story = STORY.format(city=city.split()[0], years=chance.randint(2, 60), name=name)

    def changed(block: d.Block) -> Iterator[d.Block]:
        match block:
            case d.AddressBlock():
                lines = (name, f"{chance.randint(1, 99)} Juniper Street", city)
                yield d.AddressBlock(tuple((d.Value(line, "recipient.address"),) for line in lines))
            case d.Salutation():
                yield d.Salutation((d.Value(f"Dear {name}:", "recipient.salutation"),))
                yield d.Paragraph((d.Value(story, "recipient.values.story"), d.Text(" Thank you.")))
            case _:
                yield block

    blocks = tuple(new for block in letter.blocks for new in changed(block))
    return replace(letter, blocks=blocks, running_head=(name, letter.running_head[1]))


def with_block(*content: d.Inline, kind: Any = d.Paragraph) -> d.Letter:
    """A letter with a block of these words."""
    letter = small_letter()
    return replace(letter, blocks=(*letter.blocks[:5], kind(content), *letter.blocks[5:]))


def with_pages(head: str, language: str = "en") -> d.Letter:
    """A letter of two pages with that running head."""
    letter = small_letter()
    more = (d.Paragraph(words("Nobody has built it up again. " * 9)),) * 12
    blocks = (*letter.blocks[:5], *more, *letter.blocks[5:])
    direction: d.Direction = "rtl" if language == "fa" else "ltr"
    return replace(
        letter,
        blocks=blocks,
        running_head=(head, "3 September 2025"),
        language=language,
        direction=direction,
    )


def bilingual(seed: int) -> d.Letter:
    """A letter in two columns, with what is the recipient's own in both."""
    letter, chance = small_letter(), random.Random(seed)
    name = chance.choice(NAMES)
    both = d.TextLanguage("en", "ltr"), d.TextLanguage("fr", "ltr")
    rows: tuple[Any, ...] = (
        (
            (d.Salutation((d.Value(f"Dear {name},", "recipient.salutation"),)),),
            (d.Salutation((d.Value(f"Bonjour {name},", "recipient.salutation"),)),),
        ),
        ((d.Paragraph(words("We ask.")),), (d.Paragraph(words("Nous demandons.")),)),
    )
    blocks = (*letter.blocks[:4], d.Parallel(both, rows), *letter.blocks[7:])
    return replace(letter, blocks=blocks, notes=(), running_head=(name, "3 September 2025"))


def printed(press: Rack, letter: d.Letter, theme: Theme) -> bool:
    """Whether it was printed from a plate; it must be what the full way gives."""
    before = press._printed
    made = press.letter(letter, theme)
    quick = press._printed > before
    if quick:
        full = pdf.write(letter, theme)
        assert made.data == full.data
        assert (made.pages, made.remarks) == (full.pages, full.remarks)
    return quick


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Rack:
    """A rack that is empty and, for these tests check every letter, checks none itself."""
    monkeypatch.setattr(rack, "_CHECKED", 10**9)
    press = Rack()
    press._checked = 1
    return press


def test_pictures_captions_and_other_tongues_are_where_the_full_way_has_them(press: Rack) -> None:
    figure = d.Figure("", words("A lamp"), words("Dark"), image=picture(30, 20, "A lamp"))
    rows = tuple((words(year), words(count)) for year, count in (("2024", "1.5"), ("2025", "2")))
    table = d.Table(("start", "end"), (words("Year"), words("Count")), rows, caption=words("Lamps"))
    tongues = d.Paragraph(
        (d.Spoken(d.TextLanguage("fr", "ltr"), words("la paix")), d.Value("Анна"))
    )
    letters = [varied(small_letter(), seed) for seed in (1, 2)]
    more = figure, table, tongues
    all_of_them = [
        replace(one, blocks=(*one.blocks[:6], *more, *one.blocks[6:])) for one in letters
    ]
    assert [printed(press, one, built_in("classic")) for one in all_of_them] == [False, True]


def test_notes_at_the_foot_are_where_the_full_way_has_them(press: Rack) -> None:
    theme = replace(built_in("classic"), notes="foot")
    quick = [printed(press, varied(small_letter(), seed), theme) for seed in (1, 2, 3)]
    assert any(quick)


# --- what it prints -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["classic", "modern", "plain"])
def test_a_letter_of_several_pages_is_the_same_from_a_plate(press: Rack, theme: str) -> None:
    letters = [varied(full_letter(draft=theme == "plain"), seed) for seed in range(4)]
    made = [printed(press, letter, built_in(theme)) for letter in letters]
    assert made[1:].count(True) >= 2


def test_so_is_a_short_one(press: Rack) -> None:
    letters = [varied(small_letter(), seed) for seed in range(16)]
    assert sum(printed(press, letter, built_in("classic")) for letter in letters) >= 12


def test_so_are_columns_in_two_languages(press: Rack) -> None:
    made = [printed(press, bilingual(seed), built_in("classic")) for seed in range(6)]
    assert sum(made) >= 4


def test_so_is_one_for_a_window_envelope(press: Rack) -> None:
    theme = built_in("classic", window="din5008-b")
    letters = [varied(small_letter(), seed) for seed in range(5)]
    assert sum(printed(press, letter, theme) for letter in letters) >= 3


def test_so_is_one_in_cyrillic(press: Rack) -> None:
    def letter(name: str) -> d.Letter:
        blocks = tuple(
            d.Salutation((d.Value(f"Уважаемая {name}!", "recipient.salutation"),))
            if isinstance(block, d.Salutation)
            else block
            for block in small_letter().blocks
        )
        return replace(small_letter(), language="ru", blocks=blocks, running_head=(name, "3.9."))

    made = [printed(press, letter(name), built_in("classic")) for name in ("Анна", "Ольга", "Ёлка")]
    assert made == [False, True, True]


def test_it_does_not_matter_which_letters_came_before() -> None:
    letters = [varied(small_letter(), seed) for seed in range(6)]
    made = []
    for order in (range(6), reversed(range(6)), (3, 3, 1, 5, 0, 2, 4, 1)):
        press = Rack()
        made.append(
            {number: press.letter(letters[number], built_in("classic")) for number in order}
        )
    assert made[0] == made[1] == made[2]


def test_a_plate_letter_is_valid(press: Rack, tmp_path: Path) -> None:
    files = []
    for kind, base in (("full", full_letter()), ("small", small_letter())):
        for seed in range(4):
            file = tmp_path / f"{kind}{seed}.pdf"
            before = press._printed
            file.write_bytes(press.letter(varied(base, seed), built_in("classic")).data)
            files += [file] if press._printed > before else []
    assert len(files) >= 4
    assert [verdict for verdict in verify(files) if not verdict.passed] == []


# --- what it leaves to the full way ---------------------------------------------------------------


LEFT = {
    "a heading": lambda name: with_block(d.Value(name), kind=lambda words: d.Heading(1, words)),
    "the subject": lambda name: with_block(d.Value(name), kind=d.Subject),
    "a link": lambda name: with_block(d.Link("https://example.org", (d.Value(name),))),
    "a line with other runs": lambda name: with_block(d.Value(name), d.Strong(words("!"))),
    "strong words": lambda name: with_block(d.Strong((d.Value(name),))),
    "a table": lambda name: with_block(
        d.Value(name), kind=lambda words: d.Table(("start",), (words,), ((words,),))
    ),
    "a quotation that is turned": lambda name: with_block(d.Value(f"שלום {name}")),
    "another script": lambda name: with_block(d.Value("漢字" if name == "Ann" else f"{name} 漢")),
    "a running head that is long": lambda name: with_pages(
        f"{name} {'Wolfeschlegelsteinhausen' * 2}"
    ),
    "a title": lambda name: replace(small_letter(), title=name),
    "a sender": lambda name: replace(small_letter(), author=name),
    "a letter from right to left": lambda name: with_pages(name, "fa"),
}


@pytest.mark.parametrize("what", LEFT)
def test_it_leaves_this_to_the_full_way(press: Rack, what: str) -> None:
    letters = [LEFT[what](name) for name in ("Ann", "Bob", "Eve")]
    for letter in letters:
        assert not printed(press, letter, built_in("classic"))
        assert (
            press.letter(letter, built_in("classic")).data
            == pdf.write(letter, built_in("classic")).data
        )


def test_words_that_fill_more_lines_get_a_plate_of_their_own(press: Rack) -> None:
    short, long = (with_block(d.Value("word " * count + str(count))) for count in (3, 60))
    other, longer = (with_block(d.Value("term " * count + str(count))) for count in (3, 59))
    made = [printed(press, letter, built_in("plain")) for letter in (short, long, other, longer)]
    assert made == [False, False, True, True]


def test_a_letter_to_somebody_whose_name_filled_two_lines_at_the_head(press: Rack) -> None:
    """The plate's own head is no slot then; it must not be printed on anybody else's letter."""
    letters = with_pages("Wolfeschlegel " * 9), with_pages("Ann"), with_pages("Bob")
    made = [printed(press, letter, built_in("modern")) for letter in letters]
    assert made == [False, False, True]


def test_letters_with_something_put_into_them_go_the_full_way() -> None:
    attached = (EmbeddedFile("source", "en", b"asks: []\n"),)
    letter = varied(small_letter(), 1)
    for _ in range(3):
        made = rack.write(letter, built_in("classic"), attached)
        assert made == pdf.write(letter, built_in("classic"), attached)


# --- how it is checked ----------------------------------------------------------------------------


def test_the_first_letter_from_a_plate_and_some_later_ones_are_made_both_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rack, "_CHECKED", 5)
    full = Counter[str]()
    laid_out = layout.in_full

    def counted(*arguments: Any) -> layout.Full:
        full["made"] += 1
        return laid_out(*arguments)

    monkeypatch.setattr(layout, "in_full", counted)
    press = Rack()
    for count in range(16):
        press.letter(with_block(d.Value(f"Ann {count}")), built_in("classic"))
    assert press._printed == 15
    assert full["made"] == 1 + press._checked == 1 + 4


def test_a_letter_that_comes_out_otherwise_never_ships_and_plates_are_used_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rack, "_CHECKED", 4)
    press, theme = Rack(), built_in("classic")
    letters = [with_block(d.Value(f"Ann {count}")) for count in range(12)]
    sound = [press.letter(letter, theme) for letter in letters[:3]]
    for plates in press._plates.values():
        for plate in plates:
            wrong = plate.letter
            monkeypatch.setattr(plate, "letter", lambda taken, wrong=wrong: _spoilt(wrong(taken)))
    rest = [press.letter(letter, theme) for letter in letters[3:]]
    remarks = [remark for made in (*sound, *rest) for remark in made.remarks]
    assert len(remarks) == 1
    [at] = [number for number, made in enumerate(rest) if made.remarks]
    assert f"{at + 2} before it" in remarks[0]
    for letter, made in zip(letters[3 + at :], rest[at:], strict=True):
        assert made.data == pdf.write(letter, theme).data


def _spoilt(made: Pdf | None) -> Pdf | None:
    return replace(made, data=made.data.replace(b"%%EOF", b"%EOF%")) if made else None


# --- what it keeps --------------------------------------------------------------------------------


def test_memory_stays_what_it_is_however_many_letters(press: Rack) -> None:
    def objects() -> int:
        gc.collect()
        return len(gc.get_objects())

    def some(first: int) -> None:
        for count in range(first, first + 150):
            press.letter(with_block(d.Value(f"Person {count}")), built_in("classic"))

    some(0)
    before = objects()
    some(150)
    some(300)
    assert objects() - before < 30_000


def test_the_full_way_keeps_nothing_of_a_letter_either() -> None:
    def objects() -> int:
        gc.collect()
        return len(gc.get_objects())

    for count in range(4):
        pdf.write(varied(small_letter(), count), built_in("classic"))
    before = objects()
    for count in range(4, 16):
        pdf.write(varied(small_letter(), count), built_in("classic"))
    assert objects() - before < 3_000
