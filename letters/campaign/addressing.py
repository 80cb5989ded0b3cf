"""How a recipient is addressed: name and office on the envelope, salutation, complimentary close.

What the recipient's own record says wins; then the form of address that it names is asked, and all
that the form falls back to (see `forms`). Titles are never guessed from a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from letters.campaign import form_words as words
from letters.campaign.bygender import ADDRESSED, TITLED, ByNumber, fill
from letters.campaign.form_wording import HONOURS
from letters.campaign.forms import Chain, neutral
from letters.campaign.name_parts import stands_in
from letters.campaign.people import Recipient
from letters.campaign.postal_address import Address

_MARKS = " ,:!.،"
_ROOM = re.compile(
    r"\W*(room|rm|suite|office|floor|p\W*o\W*box|box|pièce|bureau|case postale|zimmer|raum|postfach"
    r"|despacho|oficina|кімната|комната|каб)\b",
    re.IGNORECASE,
)
_UNSAID = re.compile(r",? {0,9}\{addressed\},? *")


def full_name(recipient: Recipient, tag: str, *, post_nominals: bool = True) -> str:
    """The name as on the envelope: prefix, name, post-nominals.

    A ``full`` name is the whole of it: no form adds anything to that.
    """
    whole = words.own(recipient.name.full, tag)
    prefix = words.own(recipient.honorifics.prefix, tag)
    if prefix is None and whole is None:
        prefix = words.said(recipient, tag, "prefix")
    name = whole or words.said(recipient, tag, "name") or recipient.name.shown(tag)
    commas = next((w.commas for w in words.wordings(recipient, tag) if w.commas is not None), True)
    after = _post_nominals(recipient, tag, whole, ", " if commas else " ") if post_nominals else ""
    head = f"{prefix} {name}" if prefix else name
    return f"{head}{',' if commas else ''} {after}" if after else head


def office(recipient: Recipient, tag: str) -> str | None:
    """The office, as it stands below the name."""
    return words.own(recipient.office, tag) or words.said(recipient, tag, "office")


def organisation(recipient: Recipient, tag: str) -> tuple[str, ...]:
    """The lines below the office: a ministry, a parliament, in whose care.

    Those of a form belong to the office's address, and to no other that it also has.
    """
    own = words.own(recipient.organisation, tag)
    if own:
        return (own,)
    if is_elsewhere(recipient, tag):
        return ()
    return next((w.organisation for w in words.everywhere(recipient, tag) if w.organisation), ())


def seat(recipient: Recipient, tag: str) -> str | None:
    """Where they represent people: "in Parliament", by the nearest form that says so.

    It is the form's and not that of its words for one language: a letter in another language than
    the office's own speaks of the office, too.
    """
    said = (form.seat.get(tag) for form in recipient.forms if form.seat)
    return next((words for words in said if words), None)


def address(recipient: Recipient, tag: str) -> Address | None:
    """Where the letter goes: the recipient's own address, or the one that their office has."""
    if recipient.address:
        return recipient.address
    return next((w.address for w in words.everywhere(recipient, tag) if w.address), None)


def is_elsewhere(recipient: Recipient, tag: str) -> bool:
    """Whether the letter goes to another place than the one where the form has its office.

    Without a postal code, a street in the office's town is not the office: a room may be.
    """
    own = recipient.address
    office = next((w.address for w in words.everywhere(recipient, tag) if w.address), None)
    if own is None or office is None:
        return False
    if own.country and office.country and own.country != office.country:
        return True
    if own.postcode and office.postcode:
        # More digits name a box or a building of the same place.
        return not _joined(own.postcode).startswith(_joined(office.postcode))
    known = {_joined(line) for line in office.street}
    other = (line for line in own.street if _joined(line) not in known)
    return _joined(own.city or "") != _joined(office.city or "") or any(map(_is_street, other))


def is_below_street(recipient: Recipient, tag: str) -> bool:
    """Whether the lines of the organisation stand between the street and the town."""
    below = (w.organisation_below_street for w in words.everywhere(recipient, tag))
    return next((said for said in below if said is not None), False)


def has_office_lines(recipient: Recipient, tag: str) -> bool:
    """Whether a form prints lines of its office, or spares a stamp, for letters to there."""
    if recipient.organisation or recipient.postage_free is not None:
        return False
    lines = any(wording.organisation for wording in words.everywhere(recipient, tag))
    return lines or any(form.postage_free_from for form in recipient.forms)


def is_postage_free(recipient: Recipient, tag: str, country: str | None) -> bool:
    """Whether a letter to them needs no stamp when it is posted in that country.

    What a form says of its office holds for letters to where that is, from the same country.
    """
    if recipient.postage_free is not None:
        return recipient.postage_free
    to = address(recipient, tag)
    if country is None or (to and to.country not in (None, country)):
        return False
    if is_elsewhere(recipient, tag):
        return False
    return any(form.postage_free_from == country for form in recipient.forms)


def salutation(recipient: Recipient, tag: str) -> str:
    """How the recipient is addressed; gender is never guessed."""
    own = words.own(recipient.salutation, tag)
    if own:
        return own
    called = recipient.name.address_as
    key = called.tag_for(tag) if called else None
    if called and key is not None:
        # One text for all languages is of use where the language's salutation has a name in it.
        usual = words.said(recipient, tag, "salutation", neutral(), {}) is None
        form = words.said(recipient, tag, "addressed", None, {"name": called.texts[key]})
        if form and (key or usual):
            return form
    return words.said(recipient, tag, "salutation") or f"{recipient.name.shown(tag)},"


def close(recipient: Recipient, tag: str, signers: int) -> str:
    """The complimentary close, which agrees with how many sign and how they address."""
    said = salutation(recipient, tag)
    form = words.own(recipient.close, tag) or _close(recipient, tag, signers, said)
    title = said.rstrip(_MARKS)
    if said == words.said(recipient, tag, "salutation"):
        title = words.said(recipient, tag, "closing") or title
    greetings = tuple(
        one for wording in words.wordings(recipient, tag) for one in wording.greetings
    )
    if title.startswith(greetings):
        # "Bonjour" is no title that a close could repeat.
        form = _UNSAID.sub(" ", form).strip()
        return form[:1].upper() + form[1:]
    return form.replace(f"{{{ADDRESSED}}}", title)


def signings(recipients: Iterable[Recipient], tag: str) -> tuple[int, ...]:
    """For how many signers letters are drafted when their text is digested: one, and several.

    A template can read the close; where that differs, so may the words around it.
    """
    differs = any(close(each, tag, 1) != close(each, tag, 2) for each in recipients)
    return (1, 2) if differs else (1,)


def lacks_part(recipient: Recipient, tag: str) -> tuple[bool, bool]:
    """Whether the salutation of their form lacks a part of the name, and whether its office stays.

    Where nothing of the form can be filled, another salutation is taken.
    """
    if not recipient.form or words.own(recipient.salutation, tag) or recipient.name.address_as:
        return False, True
    known, usual = words.known_parts(recipient, tag), neutral()
    own = Chain(form for form in recipient.forms if form not in usual)
    cells = (
        [w.salutation for w in words.wordings(recipient, tag, own) if w.salutation] if own else []
    )
    patterns = [
        pattern
        for cell in cells
        for pattern in cell.choices(recipient.gender)
        if TITLED in known or f"{{{TITLED}}}" not in pattern
    ]
    filled = [fill(pattern, known) is not None for pattern in patterns]
    return bool(filled) and not filled[0], any(filled)


def says(recipient: Recipient, tag: str, key: str) -> bool:
    """Whether the form of address fills ``key`` in that language when the record does not."""
    if key == "post_nominals":
        return any(w.post_nominals is not None for w in words.wordings(recipient, tag))
    if key == "organisation":
        return bool(organisation(recipient.model_copy(update={"organisation": None}), tag))
    return key in ("prefix", "office") and words.said(recipient, tag, key) is not None


def _is_street(line: str) -> bool:
    return any(map(str.isdigit, line)) and _ROOM.match(line) is None


def _joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _post_nominals(recipient: Recipient, tag: str, whole: str | None, between: str) -> str:
    own = words.own(recipient.honorifics.post_nominals, tag)
    if own is not None:
        return own
    honours = [text for one in recipient.honorifics.honours if (text := one.get(tag))]
    order = (w.post_nominals for w in words.wordings(recipient, tag) if w.post_nominals is not None)
    cells = next(order, (HONOURS,)) if whole is None else (HONOURS,)
    after: list[str] = []
    for cell in cells:
        if isinstance(cell, str):
            after += honours
        else:
            after += cell.choices(recipient.gender)[:1]
    return between.join(dict.fromkeys(after))  # an office may bring what is also written


def _close(recipient: Recipient, tag: str, signers: int, said: str) -> str:
    named = _names(recipient, tag, said)
    for wording in words.wordings(recipient, tag):
        form: ByNumber | None = wording.close
        if not named and wording.close_unnamed:
            form = wording.close_unnamed
        if form:
            return form.one if signers == 1 else form.several
    return ""


def _names(recipient: Recipient, tag: str, said: str) -> bool:
    """Whether a salutation is to a person and not to an office."""
    name = recipient.name
    forms = (name.shown(tag), name.family, name.given, words.own(name.address_as, tag))
    return any(stands_in(said, form) for form in forms if form)
