"""Letters in two languages, and petitions to sign by hand, for the tests of every press."""

from __future__ import annotations

from msgspec.structs import replace

from letters.draft.document import (
    Asks,
    Close,
    Heading,
    Letter,
    List,
    Matters,
    Note,
    NoteMark,
    Paragraph,
    Parallel,
    Passage,
    Salutation,
    Sheet,
    Strong,
    Subject,
    Text,
    TextLanguage,
    Value,
)

from .sample import full_letter, small_letter, words

ENGLISH, FRENCH = TextLanguage("en", "ltr"), TextLanguage("fr", "ltr")
PERSIAN, HEBREW = TextLanguage("fa", "rtl"), TextLanguage("he", "rtl")

_FRENCH = (
    "Nous vous écrivons au nom de celles et ceux qui ont dit ce qu’ils pensaient de la guerre et"
    " qui ont dû partir lorsque le choix était la prison ou l’exil."
)
_ENGLISH = (
    "We write on behalf of those who said what they thought of the war and who had to leave when"
    " the choice was a cell or exile."
)
_PERSIAN = (
    "ما این نامه را از طرف کسانی می‌نویسیم که دربارهٔ جنگ سخن گفتند و ناگزیر شدند کشور خود را ترک"
    " کنند."
)


def petition(rows: int = 40) -> Letter:
    """A petition whose sheet goes over several pages, each of which says what is signed."""
    prayer: Matters = (
        Paragraph((Strong(words("To the House of Commons")), Text(" in Parliament assembled"))),
        Paragraph(words("We, the undersigned, call upon the Government:")),
        Asks(
            (
                (Paragraph(words("to open the shelter on Elm Street before the first frost;")),),
                (Paragraph(words("to say each month how many beds there are.")),),
            )
        ),
    )
    head = (words("Name"), words("Address or postcode"), words("Signature"))
    last = Sheet((), (words("Name"), words("Signature")), (1, 1), 3)
    sheet = Sheet(prayer, head, (2, 3, 2), rows)
    blocks = (*small_letter().blocks[:-2], sheet, Paragraph(words("Kept by the clerk:")), last)
    return replace(small_letter(), blocks=blocks)


def _edition(text: str, name: str) -> Matters:
    return (
        Subject(words(text[:24])),
        Salutation(words(f"{text[:12]}:")),
        *(Paragraph((Text(text), Text(" "), Value(name), NoteMark(2))) for _ in range(3)),
        Heading(1, words(text[:20])),
        List(True, ((Paragraph(words(text)),), (Paragraph(words(text[:40])),))),
        Close(words(text[:10])),
    )


def second_edition(home: TextLanguage = ENGLISH, other: TextLanguage = PERSIAN) -> Letter:
    """A letter that is followed by its second edition, on a page of its own."""
    letter = small_letter()
    text = _PERSIAN if other.direction == "rtl" else _FRENCH
    notes = (*letter.notes, Note(2, words(text[:30]), other))
    passage = Passage(other, _edition(text, "Anna Example"), new_page=True)
    blocks = (*letter.blocks, passage)
    return replace(letter, language=home.tag, direction=home.direction, blocks=blocks, notes=notes)


def parallel_letter(right: TextLanguage = FRENCH, *, closed: bool = False) -> Letter:
    """Two editions side by side, long enough for rows that go on to the next page.

    ``closed`` in two languages, each under its own text, behind a long pair.
    """
    letter = full_letter()
    text = _PERSIAN if right.direction == "rtl" else _FRENCH
    long = " ".join([_ENGLISH] * 4), " ".join([text] * 4)
    rows: list[tuple[Matters, Matters]] = [
        ((Paragraph((Text(one), NoteMark(1))),), (Paragraph((Text(other), NoteMark(1))),))
        for one, other in [(_ENGLISH, text), long, long, (_ENGLISH, text), long]
    ]
    asked = [
        Asks(tuple((Paragraph(words(each)),) for each in (said, said[:40])))
        for said in (_ENGLISH, text)
    ]
    end: tuple[Matters, Matters] = ((asked[0],), (asked[1],))
    if closed:
        end = ((Close(words("Yours sincerely,")),), (Close(words("Cordialement,")),))
    side_by_side = Parallel((ENGLISH, right), (*rows, end))
    ending = letter.blocks[-3:] if closed else letter.blocks[-4:]
    return replace(letter, blocks=(*letter.blocks[:5], side_by_side, *ending))
