"""What may follow what for one signatory: their events, folded into where that person stands.

A log that takes any event in any order would let a typing error resurrect a withdrawn signature.
The same rules are applied when an event is recorded and when a whole log is verified, so they may
be loosened later but never tightened: an old log has to stay legal.
"""

from __future__ import annotations

from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from letters.digests import NO_TEXT, TextDigest
from letters.ledger.bound_form import Form
from letters.ledger.errors import RefusedError
from letters.ledger.events import Event

Position = Literal["none", "invited", "signed", "declined", "withdrew"]


class Standing(Struct, frozen=True):
    """Where one signatory stands.

    ``text`` is the digest of the text that the position is about; a withdrawal is about the text
    that was signed. ``invited_to`` is the text of the latest invitation, which does not end a
    signature to an earlier text. ``signed`` are all texts that the signature is to, in order: of
    each edition the latest counts. ``form`` is the printed form that it is bound to, if it is.
    """

    position: Position = "none"
    text: TextDigest = NO_TEXT
    invited_to: TextDigest = NO_TEXT
    signed: tuple[TextDigest, ...] = ()
    form: Form | None = None

    def after(self, event: Event) -> Standing:
        """Where the signatory stands once ``event`` has taken place."""
        match event.kind:
            case "invited":
                invited = replace(self, invited_to=event.text_digest)
                if self.position == "signed":
                    return invited
                return replace(invited, position="invited", text=event.text_digest)
            case "signed" | "reaffirmed":
                earlier = (text for text in self.signed if text != event.text_digest)
                signed = (*earlier, event.text_digest)
                form = _form(event)
                return Standing("signed", event.text_digest, self.invited_to, signed, form)
            case "bound" | "name-approved":
                return replace(self, form=_form(event))
            case "declined":
                return Standing("declined", event.text_digest, self.invited_to)
            case "withdrew":
                return Standing("withdrew", self.text, self.invited_to)
        return self


def _form(event: Event) -> Form | None:
    return event.detail if isinstance(event.detail, Form) else None


def refusal(place: Standing, event: Event) -> RefusedError | None:
    """Why ``event`` may not follow for a signatory who stands at ``place``; None where it may."""
    match event.kind:
        case "invited":
            return _against_inviting(place, event.text_digest)
        case "reminded":
            return _against_reminding(place, event.text_digest)
        case "signed":
            return _against_signing(place, event)
        case "reaffirmed":
            return _against_reaffirming(place, event)
        case "declined":
            return _against_declining(place, event.text_digest)
        case "withdrew":
            return _against_withdrawing(place)
        case "bound":
            return _against_binding(place)
        case "name-approved":
            return _against_approving(place)
    return None


def _against_inviting(place: Standing, text: TextDigest) -> RefusedError | None:
    if place.text == text and place.position in {"signed", "declined", "withdrew"}:
        did = {"signed": "signed", "declined": "declined", "withdrew": "withdrawn from"}
        return RefusedError(
            f"this signatory has already {did[place.position]} this very text",
            "" if place.position == "signed" else "record a signature if they change their mind",
        )
    if place.invited_to == text:
        return RefusedError("this signatory was already invited to sign this very text")
    return None


def _against_reminding(place: Standing, text: TextDigest) -> RefusedError | None:
    if place.position == "signed":
        if place.text != text:
            return None
        return RefusedError("this signatory has already signed this very text")
    if place.position != "invited":
        did = {"declined": "has declined", "withdrew": "has withdrawn", "none": "was never invited"}
        hint = "invite them first" if place.position == "none" else ""
        return RefusedError(
            f"this signatory {did[place.position]}: there is nothing to remind of", hint
        )
    if place.invited_to != text:
        return RefusedError(
            "this signatory was invited to sign an earlier text", "invite them to the text as it is"
        )
    return None


def _against_signing(place: Standing, event: Event) -> RefusedError | None:
    if place.position == "signed" and place.text == event.text_digest:
        form = _form(event)
        return RefusedError(
            "this signatory has already signed this very text",
            "“sign reaffirm” is for another printed form" if form and form.changed else "",
        )
    return _against_bare_word(event)


def _against_reaffirming(place: Standing, event: Event) -> RefusedError | None:
    if place.position != "signed":
        return RefusedError(
            "this signatory has no signature to reaffirm", "record a signature instead"
        )
    form = _form(event)
    if place.text == event.text_digest and not (form and form.changed):
        return RefusedError("this signatory has already signed this very text")
    return _against_bare_word(event)


def _against_binding(place: Standing) -> RefusedError | None:
    if place.position != "signed":
        return RefusedError("this signatory has no signature to bind")
    if place.form:
        return RefusedError(
            "this signature is bound to a printed form already",
            "if the form has changed since, that takes “sign reaffirm” or “sign approve-name”",
        )
    return None


def _against_approving(place: Standing) -> RefusedError | None:
    if place.position != "signed" or not place.form:
        return RefusedError(
            "this signatory has no signature that is bound to a printed form",
            "“sign bind” binds one from before",
        )
    return None


def _against_bare_word(event: Event) -> RefusedError | None:
    if event.evidence.kind == "none":
        return RefusedError(
            "a signature is recorded with its evidence",
            "name a file (an e-mail, a scan, a form), or say in a note how they agreed",
        )
    return None


def _against_declining(place: Standing, text: TextDigest) -> RefusedError | None:
    if place.position == "signed":
        return RefusedError(
            "this signatory has signed, and can't decline any more", "withdraw instead"
        )
    if place.position == "withdrew":
        return RefusedError("this signatory has withdrawn: there is nothing left to decline")
    if place.position == "declined" and text in {"", place.text}:
        return RefusedError("this signatory has already declined")
    return None


def _against_withdrawing(place: Standing) -> RefusedError | None:
    match place.position:
        case "signed":
            return None
        case "withdrew":
            return RefusedError("this signatory has already withdrawn")
        case "invited" | "none":
            return RefusedError("this signatory has no signature to withdraw", "decline instead")
        case "declined":
            return RefusedError("this signatory has declined: there is no signature to withdraw")
        case _:
            assert_never(place.position)
