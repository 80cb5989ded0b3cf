"""Before a change is called editorial: what it touches is said, and somebody has to confirm it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.cli.exit import Status, fail, note
from letters.cli.sanitize import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.campaign.model import Campaign
    from letters.check.editorial_weight import Touch, Weight
    from letters.check.protected import Secret

OPTION = "--yes-it-is-editorial"
_MOST = 20
_CALLED = {
    "number": "a number",
    "date": "a date",
    "amount": "an amount",
    "name": "a name",
    "negation": "a negation",
    "modal": "a duty or a permission",
    "ask": "an ask",
    "block": "a whole passage",
    "source": "a source or a link",
}


def weight_of(campaign: Campaign, before: str, after: str) -> Weight:
    """What the change touches, from one canonical text to the other."""
    from letters.check.editorial_weight import weigh
    from letters.check.protected import secrets
    from letters.check.shown_names import names

    found = weigh(before, after, names(campaign))
    known = secrets(campaign)
    return replace(found, touches=tuple(_without(one, known) for one in found.touches))


def _without(touch: Touch, known: tuple[Secret, ...]) -> Touch:
    """Whoever was named in the text of then may be withheld now."""
    from letters.check.privacy import HIDDEN, held_in

    went, came = (HIDDEN if held_in(words, known) else words for words in (touch.went, touch.came))
    return replace(touch, went=went, came=came)


def expect_confirmed(found: Sequence[Weight], *, confirmed: bool) -> None:
    """Say what is touched; end the command where nobody has confirmed that it is editorial."""
    if any(one.touches for one in found):
        note("this change touches what an editorial one mostly leaves alone:")
        note(_touched(found))
        if not confirmed:
            hint = f"if it says the same all the same, add {OPTION}; else it is --substantive"
            fail(Status.REFUSED, "nothing was recorded", hint)
    elif confirmed:
        note(f"it touches nothing for which {OPTION} is needed")


def _touched(found: Sequence[Weight]) -> str:
    return "\n".join(touched(one) for one in found if one.touches)


def touched(found: Weight) -> str:
    """A line for each place: the edition, the kinds, the words."""
    rows = [f"  {one.edition}  {_kinds(one)}: {_words(one)}" for one in found.touches[:_MOST]]
    if len(found.touches) > _MOST:
        kinds = ", ".join(_CALLED[kind] for kind in found.kinds)
        rows.append(f"  and {len(found.touches) - _MOST} more; of all kinds: {kinds}")
    return "\n".join(rows)


def stored(found: Weight) -> str:
    """What the log keeps of it: the kinds by edition; the words stand in the diff."""
    kinds: dict[str, dict[str, None]] = {}
    for one in found.touches:
        kinds.setdefault(one.edition, {}).update(dict.fromkeys(one.kinds))
    return "; ".join(f"{edition}: {', '.join(of)}" for edition, of in kinds.items())


def told(found: Sequence[Weight], by: str) -> str:
    """The same for those who signed."""
    if not any(one.touches for one in found):
        return ""
    return (
        f"The change touches:\n\n{_touched(found)}\n\n"
        f"{by} has confirmed that it is editorial all the same. Please look at it yourself.\n\n"
    )


def _kinds(one: Touch) -> str:
    return ", ".join(_CALLED[kind] for kind in one.kinds)


def _words(one: Touch) -> str:
    went, came = (f"“{plain(words)}”" if words else "" for words in (one.went, one.came))
    if went and came:
        return f"{went} → {came}"
    return f"{went} taken out" if went else f"{came} put in" if came else "spaces"
