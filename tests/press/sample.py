"""A letter with every block and hostile values in it, for the tests of every press."""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image as Picture
from PIL import ImageDraw

from letters.draft.document import (
    AddressBlock,
    Asks,
    Block,
    Break,
    Close,
    Copies,
    DateLine,
    Emphasis,
    Enclosures,
    Heading,
    Image,
    Inlines,
    Letter,
    Letterhead,
    Link,
    List,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Salutation,
    Signature,
    SignatureBlock,
    SignatureGroup,
    Strong,
    Subject,
    Table,
    Text,
    Value,
)
from letters.press.paper import Margins
from letters.press.theme import Font, Theme

RIGHT_TO_LEFT = ("ar", "fa", "he")

HOSTILE = (
    "Smith & Sons <b>Ltd</b>",
    "snake_case_name and *stars*",
    "{{ 7*7 }} {% raw %} `ticks`",
    "“Curly” \"straight\" 'single' \\ back",
    "two  spaces   three",
    "محمد علی‌زاده",
    "Wolfeschlegelsteinhausenbergerdorff Bartholomäus-Þórðarson",
)
"""Names that a careless press would read as markup, swallow, collapse or break."""

TITLE = "Refuge for those who spoke against the war"
ORGANISATION = "Free Voices & Friends"
NOTICE = "Sample letter; no such letter was sent"


def words(text: str) -> Inlines:
    """Words of the template, as the content of a block."""
    return (Text(text),)


def value(text: str) -> Inlines:
    """Cargo from the data, as the content of a block."""
    return (Value(text),)


def picture(width: int, height: int, alt: str) -> Image:
    """A small drawing with a stroke through it, as clean PNG bytes."""
    canvas = Picture.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(canvas)
    points = [(x, height // 2 + (height // 3) * (-1) ** (x // 8)) for x in range(4, width - 4, 8)]
    pen.line(points, fill="#20304a", width=2)
    stream = io.BytesIO()
    canvas.save(stream, format="PNG")
    return Image(stream.getvalue(), width, height, alt)


def classic_theme() -> Theme:
    """The tokens of ``templates/themes/classic/theme.yaml``."""
    return Theme(
        name="classic",
        page="letter",
        margin_mm=Margins(top=25, right=44.5, bottom=23, left=44.5),
        text_font=Font("Liberation Serif", "Times New Roman"),
        label_font=Font("Carlito", "Calibri"),
        text_size=12,
        label_size=9.5,
        small_size=9,
        text_line=14.5,
        address_line=14.5,
        small_line=11.5,
        paragraph_space=7.25,
        block_space=14.5,
        signature_space=43.5,
        text_colour="#1a1a1a",
        accent_colour="#6b2a2f",
        muted_colour="#5c5c5c",
        rule_colour="#b9b2ac",
    )


def _opening() -> tuple[Block, ...]:
    return (
        Letterhead((value(ORGANISATION), value("reply@example.org"))),
        DateLine(words("Berlin, 3 September 2025")),
        AddressBlock(
            (
                value("The Right Honourable Jane Q. Doe, P.C., M.P."),
                value("Prime Minister of Somewhere"),
                value("80 Example Street"),
                value("OTTAWA ON  K1A 0A2"),
            )
        ),
        Subject(words(TITLE)),
        Salutation((Value("Dear Prime Minister:", slot="recipient.salutation"),)),
    )


def _argument() -> tuple[Block, ...]:
    return (
        Paragraph(
            (
                Text("We write on behalf of people who "),
                Strong(words("spoke against the war")),
                Text(" and who left when the choice was "),
                Emphasis(words("a cell or exile")),
                Text(". Several hundred of them asked for protection."),
                NoteMark(1),
                Text(
                    " Many are now held in detention, and some have been ordered back to the country"
                ),
                Text(" that they fled."),
            )
        ),
        Heading(1, words("What happened")),
        Paragraph(
            (
                Text("Their names are set as they are written: "),
                Value(HOSTILE[0]),
                Text(", "),
                Strong((Value(HOSTILE[1]), Text(" in "), Emphasis(words("both")))),
                Text(", "),
                Emphasis((Value(HOSTILE[2]),)),
                Text(", "),
                Value(HOSTILE[3]),
                Text(", "),
                Value(HOSTILE[4]),
                Text(" and "),
                Value(HOSTILE[5]),
                Text(". See "),
                Link("https://example.org/a?b=1&c=2#d", words("the published list")),
                Text(" or write to "),
                Link("mailto:reply@example.org", (Strong(words("our office")),)),
                Text("."),
                NoteMark(2),
                Text(" The first source says it again."),
                NoteMark(1),
            )
        ),
        Heading(2, words("In figures")),
        Table(
            ("start", "center", "end"),
            (words("Programme"), words("Since"), words("People")),
            (
                (value("Humanitarian visa"), value("2022"), value("1,000")),
                (value(HOSTILE[0]), value("2023"), value("47")),
                ((Strong(words("Together")), Text(" (both)")), (), value("1,047")),
            ),
        ),
        Quote(
            (
                Paragraph(words("It threatens to destroy the lives of many decent people.")),
                Paragraph((Emphasis(words("A witness")), Break(), Text("in a second line"))),
            )
        ),
        Paragraph(words("Two things are not in dispute:")),
        List(
            ordered=False,
            items=(
                (Paragraph(words("each case is documented;")),),
                (
                    Paragraph(words("each person was")),
                    List(
                        ordered=True,
                        items=(
                            (Paragraph(words("charged for words alone, and")),),
                            (Paragraph(words("ordered to leave.")),),
                        ),
                    ),
                    Paragraph(words("Nobody denies it.")),
                ),
            ),
        ),
        Paragraph(words("The steps since then were these:")),
        List(
            ordered=True,
            start=3,
            items=(
                (Paragraph(words("the third step;")),),
                (Paragraph(words("the fourth step.")),),
            ),
        ),
        Paragraph(words("A second list begins again at one:")),
        List(ordered=True, items=((Paragraph(words("the only step.")),),)),
    )


def _asks() -> tuple[Block, ...]:
    return (
        Paragraph(words("We therefore ask the Government:")),
        Asks(
            (
                (
                    Paragraph(
                        words(
                            "to grant asylum to those under an order of removal whose opposition to the war"
                            " is documented beyond doubt;"
                        )
                    ),
                ),
                (Paragraph(words("to say that the country is ready to receive them;")),),
                (
                    Paragraph(
                        (Text("to form a small working group"), Break(), Text("without delay."))
                    ),
                    Paragraph(words("We can name its members.")),
                ),
            )
        ),
        Paragraph(
            words("We would be glad to discuss this, and we remain at the disposal of your office.")
        ),
    )


def _authors() -> SignatureGroup:
    return SignatureGroup(
        label="",
        signatures=(
            Signature(
                Value("Anna Example"),
                (value("Example Foundation*"),),
                image=picture(220, 70, "Signature of Anna Example"),
            ),
            Signature(Value(HOSTILE[5]), (value("Free Voices & Friends*"), value("Chair"))),
            Signature(Value(HOSTILE[0]), (value("Politician"),), state="not yet signed"),
        ),
        columns=3,
        ruled=True,
    )


def _organisations() -> SignatureGroup:
    return SignatureGroup(
        label="Organisations",
        signatures=(
            Signature(
                Value("Association for Letters"),
                ((Text("by "), Value(HOSTILE[6]), Text(", Chair")),),
            ),
            Signature(
                Value("Society <of> Readers"), (words("by its board"),), state="not yet signed"
            ),
        ),
        columns=2,
        ruled=False,
    )


def _individuals(count: int) -> SignatureGroup:
    hostile = tuple(Signature(Value(name)) for name in HOSTILE)
    others = tuple(
        Signature(Value(f"Person Number {number}"), (value(f"Town {number}"),))
        for number in range(len(hostile) + 1, count + 1)
    )
    return SignatureGroup("Individuals", hostile + others, columns=3, ruled=False)


def _ending() -> tuple[Block, ...]:
    return (
        Close(words("Yours sincerely,")),
        SignatureBlock(
            (_authors(), _organisations(), _individuals(20)),
            remarks=(
                "* Affiliations are given for identification only.",
                "Signed by 2 organisations and 20 individuals as of 3 September 2025; 4 names withheld.",
            ),
        ),
        Enclosures("Enclosures", (words("List of cases"), value(HOSTILE[0]))),
        Copies("Copies to", (value("The Minister of Example"), value("The Embassy in Berlin"))),
    )


def full_letter(language: str = "en", draft: bool = False) -> Letter:
    """Every block and every kind of word; set right to left where ``language`` is."""
    right_to_left = language.partition("-")[0] in RIGHT_TO_LEFT
    return Letter(
        language=language,
        direction="rtl" if right_to_left else "ltr",
        title=TITLE,
        author=ORGANISATION,
        date=dt.date(2025, 9, 3),
        blocks=_opening() + _argument() + _asks() + _ending(),
        notes=(
            Note(1, words("The letter as published by The Example Mail, 3 September 2025.")),
            Note(
                2,
                (
                    Text("Quoted in "),
                    Emphasis(words("The Example Times")),
                    Text(", "),
                    Link("https://example.org/times", words("example.org/times")),
                    Text(", "),
                    Value(HOSTILE[0]),
                    Text("."),
                ),
            ),
        ),
        running_head=("The Right Honourable Jane Q. Doe", "3 September 2025"),
        notice=NOTICE,
        page_label="{page} / {pages}",
        draft_mark="Draft – not yet signed" if draft else "",
    )


def small_letter() -> Letter:
    """The shortest letter that still has a note, an ask and a signature: read whole in a golden."""
    return Letter(
        language="en",
        direction="ltr",
        title="A short letter",
        author=ORGANISATION,
        date=dt.date(2025, 9, 3),
        blocks=(
            Letterhead((value(ORGANISATION), value("reply@example.org"))),
            DateLine(words("Berlin, 3 September 2025")),
            AddressBlock((value("Jane Q. Doe"), value("OTTAWA ON  K1A 0A6"))),
            Subject(words("A short letter")),
            Salutation(value("Dear Ms. Doe:")),
            Paragraph((Text("We ask for "), Strong(words("one thing")), Text("."), NoteMark(1))),
            Asks(((Paragraph(words("to answer.")),),)),
            Close(words("Yours sincerely,")),
            SignatureBlock(
                (
                    SignatureGroup(
                        "", (Signature(Value("Anna Example"), (value("Writer"),)),), 1, True
                    ),
                )
            ),
        ),
        notes=(Note(1, words("A source.")),),
        running_head=("Jane Q. Doe", "3 September 2025"),
        notice=NOTICE,
    )
