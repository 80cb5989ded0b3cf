"""Which strings of a campaign must never be seen outside of it, and where they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from letters.campaign import shown
from letters.campaign.case import Case
from letters.campaign.localtext import LocalText
from letters.campaign.model import Campaign, Located
from letters.campaign.people import Name
from letters.campaign.shown import ShownCase, ShownSignatory
from letters.campaign.signatory import Signatory
from letters.check import name_words
from letters.check.folding import Folded
from letters.check.name_words import last_words, words
from letters.problem import Place

_SHORTEST = 4  # a shorter word of Latin letters is found everywhere; of others it is a name


class Secret(Struct, frozen=True):
    """A string that must not be seen.

    ``certain`` is false for a family name alone, which may be another person's or a word, and
    which may have one of the ``initials`` at it, as in mailboxes.
    ``for_recipient`` is true for what is confidential: it may stand in the recipient's own copy.
    """

    text: str
    at: Place | Callable[[], Place]
    certain: bool = True
    for_recipient: bool = False
    initials: str = ""

    @property
    def place(self) -> Place:
        """Where it is written: of thousands, few are ever found anywhere, and looked up."""
        return self.at if isinstance(self.at, Place) else self.at()


def secrets(campaign: Campaign) -> tuple[Secret, ...]:
    """Every protected string, each once; what somebody else publishes is not protected."""
    people, cases = shown.signatories(campaign), shown.cases(campaign)
    public = {_folded(text) for text in _published(campaign, people, cases)}
    found: dict[str, Secret] = {}
    for secret in _all(campaign, people, cases):
        key = _folded(secret.text)
        shortest = _SHORTEST if Folded.of(key).text.isascii() else 2
        if len(key) >= shortest and key not in public:
            found.setdefault(key, secret)
    return tuple(found.values())


def from_everybody(known: Sequence[Secret]) -> tuple[Secret, ...]:
    """What nobody may see, the recipient of a confidential copy included."""
    return tuple(secret for secret in known if not secret.for_recipient)


def name_of(campaign: Campaign, index: int) -> tuple[Secret, ...]:
    """What would name that signatory; nothing where their name is shown."""
    signatory, at = campaign.signatories[index], campaign.signatory_places[index]
    if shown.signatories(campaign)[index].name is not None:
        return ()
    names = _name(signatory.name, at.place("name"), signatory.kind)
    found = [each for each in names if each.certain]
    if signatory.contact:
        ways = (("email", signatory.contact.email), ("phone", signatory.contact.phone))
        found += [Secret(text, at.place("contact", key)) for key, text in ways if text]
    return tuple(each for each in found if len(_folded(each.text)) >= _SHORTEST)


def _all(
    campaign: Campaign, views: Sequence[ShownSignatory], case_views: Sequence[ShownCase]
) -> Iterator[Secret]:
    places = campaign.signatory_places
    # Who signs for several organisations may be shown by another of them.
    signers = (_name(v.signer.name, v.place("signer")) for v in views if v.signer)
    named = {_folded(secret.text) for signer in signers for secret in signer}
    for signatory, view, at in zip(campaign.signatories, views, places, strict=True):
        if signatory.contact:
            for key, text in signatory.contact:
                for line in [text] if isinstance(text, str) else text or ():
                    yield Secret(line, partial(at.place, "contact", key))
        if view.name is None:
            yield from _name(signatory.name, at.place("name"), signatory.kind)
        yield from _details(signatory, view, at)
        if signatory.signer and view.signer is None:
            # Their post is not searched for: it is a word, such as “President”.
            signer = _name(signatory.signer.name, at.place("signer", "name"))
            yield from (secret for secret in signer if _folded(secret.text) not in named)
    for case, case_view in zip(campaign.letter.cases, case_views, strict=True):
        yield from _case(case, case_view)
    for index, enclosure in enumerate(campaign.letter.enclosures):
        if enclosure.confidential:
            for text in words(enclosure.title):
                place = campaign.letter_place.place("enclosures", index)
                yield Secret(text, place, for_recipient=True)


def _case(case: Case, view: ShownCase) -> Iterator[Secret]:
    """What is shown to nobody, and what to the recipient alone."""
    if case.consent.note:
        yield Secret(case.consent.note, view.place("consent", "note"))
    if view.person is None:
        yield from _texts(case.person, view.place("person"))
        for word in last_words(case.person):
            yield Secret(word, view.place("person"), certain=False)
    if view.is_withheld:
        yield from _texts(case.description, view.place("description"))
    if not view.facts:
        for f, fact in enumerate(case.facts):
            yield from _texts(fact.text, view.place("facts", f, "text"))
    if not view.is_withheld and not view.is_shown_to("public"):
        yield from _confidential(view)


def _confidential(view: ShownCase) -> Iterator[Secret]:
    for text, steps in (
        (view.person, ("person",)),
        (view.description, ("description",)),
        *((fact.text, ("facts", f, "text")) for f, fact in enumerate(view.facts)),
    ):
        for form in words(text):
            yield Secret(form, view.place(*steps), for_recipient=True)
    for word in last_words(view.person):
        yield Secret(word, view.place("person"), certain=False, for_recipient=True)


def _name(name: Name, place: Place, kind: str = "person") -> Iterator[Secret]:
    of_kind = name_words.of_person if kind == "person" else name_words.of_anybody
    for word in of_kind(name):
        yield Secret(word.text, place, word.certain, initials=word.initials)


def _details(signatory: Signatory, view: ShownSignatory, at: Located) -> Iterator[Secret]:
    for key in ("role", "affiliation"):
        if (written := getattr(signatory, key)) and getattr(view, key) is None:
            yield from _texts(written, at.place(key))
    if signatory.place and view.home is None:
        for text in words(signatory.place):
            yield Secret(text, partial(at.place, "place"), certain=False)
    if signatory.testimony and view.testimony is None:
        yield from _texts(signatory.testimony.text, at.place("testimony"))
    if view.is_withheld and signatory.description:
        yield from _texts(signatory.description, at.place("description"))


def _published(
    campaign: Campaign, people: Sequence[ShownSignatory], cases: Sequence[ShownCase]
) -> Iterator[str]:
    """What others show of themselves in public."""
    for signatory in people:
        if name := signatory.name:
            yield from words(name.display)
            yield name.shown(campaign.letter.languages[0])
            if name.family:
                yield name.family
            elif signatory.kind == "person":
                yield from last_words(name.display)
        yield from words(signatory.role)
        yield from words(signatory.affiliation)
    for case in cases:
        if case.is_shown_to("public"):
            yield from last_words(case.person)
            for fact in case.facts:
                yield from words(fact.text)
    yield from campaign.letter.sender.contact
    yield from words(campaign.letter.sender.organisation)
    for recipient in campaign.recipients:
        yield recipient.name.shown(campaign.letter.languages[0])
        yield from (
            [recipient.name.family] if recipient.name.family else last_words(recipient.name.display)
        )


def _texts(text: LocalText | None, place: Place) -> Iterator[Secret]:
    yield from (Secret(form, place) for form in words(text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
