"""What can be wrong with one person's record although every field of it is well formed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from letters.campaign.bygender import LONGEST, one_line
from letters.campaign.localtext import LocalText
from letters.campaign.mailaddress import fault
from letters.campaign.model import Located
from letters.campaign.namecheck import check_length
from letters.campaign.people import Recipient
from letters.campaign.shown import hides_name
from letters.campaign.signatory import Signatory
from letters.problem import Problem

GIVES_AWAY = "the id gives away a part of a name that is not to be printed"

# Latin, with and without accents, or Cyrillic; no mixture of the two.
_ONE_ALPHABET = re.compile("[\x00-\u024f]*|[ -?’\u0400-\u052f]*")
# A shorter word may stand inside another one by chance: "Sig" in "signer-07".
_TELLING = 5


def is_ordinary(signatory: Signatory) -> bool:
    """Whether `check_signatory` has nothing to say, as can be seen of nearly all at a glance."""
    only = signatory.name.only_form
    email = signatory.contact.email if signatory.contact else None
    return (
        only is not None
        and one_line(only)
        and _ONE_ALPHABET.fullmatch(only) is not None
        and signatory.signer is None
        and not hides_name(signatory.visibility)
        and not (email and fault(email))
    )


def check_signatory(
    signatory: Signatory, at: Located, free: Iterator[str] | None = None
) -> Iterator[Problem]:
    """What is wrong with a signatory; no message repeats a name. ``free`` are ids to take."""
    if signatory.visibility == "role-only" and signatory.description is None:
        hint = "say what is printed instead of the name, such as “a journalist, Minsk”"
        yield Problem(at.place("visibility"), "role-only needs a description", hint)
    if signatory.visibility == "role-only" and signatory.rank == "author":
        hint = "make the visibility name-only or withheld, or the tier individual"
        message = "an author is named in the text, so role-only can’t be kept"
        yield Problem(at.place("visibility"), message, hint)
    email = signatory.contact.email if signatory.contact else None
    if email and (wrong := fault(email)):
        yield Problem(at.place("contact", "email"), *wrong)
    if hides_name(signatory.visibility) and reveals(signatory, signatory.id):
        choice = next(free or iter(()), "signer-07")
        yield Problem(
            at.place("id"),
            GIVES_AWAY,
            f"“letters people rename --speaking” makes it {choice}, here and in the log",
        )
    yield from check_length(signatory, at)
    yield from _scripts(signatory, at)


def check_recipient(recipient: Recipient, at: Located) -> Iterator[Problem]:
    """What is wrong with a recipient."""
    if recipient.email and (wrong := fault(recipient.email)):
        yield Problem(at.place("email"), *wrong)
    yield from _placeholders(recipient, at)
    yield from _lines(recipient, at)
    yield from _scripts(recipient, at)


def _placeholders(recipient: Recipient, at: Located) -> Iterator[Problem]:
    """A misspelt placeholder would be printed as it is, in the last line that is read."""
    for key, text in (("salutation", recipient.salutation), ("close", recipient.close)):
        for tag, form in text.texts.items() if text else ():
            rest = form.replace("{addressed}", "") if key == "close" else form
            if "{" in rest or "}" in rest:
                place = at.place(key, tag) if tag else at.place(key)
                hint = "a close may hold {addressed}, which becomes the salutation’s words"
                yield Problem(place, "holds a placeholder that is not known", hint)


def _lines(recipient: Recipient, at: Located) -> Iterator[Problem]:
    """Nobody signs what is the recipient's own, so a paragraph must not hide in it."""
    name, honorifics = recipient.name, recipient.honorifics
    texts: list[tuple[tuple[str | int, ...], LocalText | None]] = [
        (("salutation",), recipient.salutation),
        (("close",), recipient.close),
        (("office",), recipient.office),
        (("office_dative",), recipient.office_dative),
        (("organisation",), recipient.organisation),
        (("district",), recipient.district),
        (("name", "display"), name.display),
        (("name", "full"), name.full),
        (("name", "dative"), name.dative),
        (("name", "address_as"), name.address_as),
        (("honorifics", "prefix"), honorifics.prefix),
        (("honorifics", "post_nominals"), honorifics.post_nominals),
        *((("honorifics", "honours", i), one) for i, one in enumerate(honorifics.honours)),
    ]
    parts = ("given", "particle", "family", "patronymic", "suffix")
    texts += [(("name", p), LocalText({"": getattr(name, p)})) for p in parts if getattr(name, p)]
    for steps, local in texts:
        for tag, text in local.texts.items() if local else ():
            if not one_line(text):
                place = at.place(*steps, tag) if tag else at.place(*steps)
                hint = "what is meant to be read belongs into the letter, which people sign"
                message = f"must be one line of at most {LONGEST} characters"
                yield Problem(place, message, hint)


def reveals(signatory: Signatory, identifier: str) -> bool:
    """Whether that id would give away a part of the signatory’s name."""
    name = signatory.name
    forms = [name.given, name.family, name.patronymic, name.native]
    for local in (name.display, name.full, name.dative, name.address_as, name.sort):
        forms += local.texts.values() if local else []
    return tells(filter(None, forms), identifier)


def tells(names: Iterable[str], identifier: str) -> bool:
    """Whether what somebody or something is called holds a word of one of those names."""
    forms = list(names)
    words = {folded(re.sub(r"\W", "", part)) for form in forms for part in form.split()}
    words |= {folded(part) for form in forms for part in re.split(r"\W+", form)}
    identifier = folded(identifier)
    joined = re.sub(r"[\W_]", "", identifier)
    return any(
        word in re.split(r"[\W_]", identifier) if len(word) < _TELLING else word in joined
        for word in words
        if len(word) > 2
    )


def folded(word: str) -> str:
    """A word as it is compared: without case and accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _scripts(person: Signatory | Recipient, at: Located) -> Iterator[Problem]:
    """A Cyrillic letter inside a Latin word looks right and is found by no search."""
    name = person.name
    texts = list(name.display.texts.values()) if name.display else []
    texts += [part for part in (name.given, name.family) if part]
    if all(map(str.isascii, texts)):
        return
    if any(len(_alphabets(word)) > 1 for text in texts for word in text.split()):
        hint = "retype the name: a letter of another alphabet looks alike"
        message = "mixes alphabets within one word"
        yield Problem(at.place("name"), message, hint, severity="warning")


def _alphabets(word: str) -> set[str]:
    if word.isascii():
        return set()
    names = (unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha())
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")}
