"""The name of one person or organisation, out of the cells that hold it."""

from __future__ import annotations

from letters.intake import names
from letters.intake.capitals import is_capitals, recased
from letters.intake.filling import Filling

_PARTS = {
    part: f"name.{part}"
    for part in ("given", "particle", "family", "patronymic", "suffix", "native", "full", "sort")
}
_HINT = "say that proposals are accepted, or write it in the source"


def put_name(made: Filling, country: str, *, person: bool) -> names.Proposal | None:
    """Puts the name down; what was seen in it comes back, where that was accepted.

    What the source splits stays split, and a whole name stays whole.
    """
    whole = "name" if made.first("name") else "name.display"
    text = made.first(whole)
    if "name" not in made.groups and text and (not person or names.propose(text, country) is None):
        made.put("name", text)
        return None
    parts = {part: made.first(key) for part, key in _PARTS.items()}
    if not (text or parts["given"] or parts["family"]):
        made.say("refusal", "name", "has no name", "fill it in, or leave the row out")
        return None
    if person:
        _recase(made, parts, country)
    seen = names.propose(text, country) if person and text else None
    taken = _weighed(made, whole, seen)
    display = "" if taken and "display" not in taken.name else text
    if taken:
        for part, said in taken.name.items():
            if part == "display":
                display = said
            else:
                parts[part] = parts[part] or said
    if display and parts["family"] and not _shows(display, parts["family"]):
        made.say(
            "flag",
            "name.family",
            "is not in the name as it is printed: a salutation has the longer one",
            "write name.display or name.family, if that is wrong",
        )
    _put(made, display, parts)
    return taken


def titled(made: Filling, title: str) -> None:
    """Puts a title that is more than a courtesy before the name as printed; sorting leaves it."""
    name = made.values.get("name")
    if not title or names.is_courtesy(title) or name is None:
        return
    group = {"display": name} if isinstance(name, str) else dict(name)
    plain = group.get("display")
    if not isinstance(plain, str):
        plain = " ".join(filter(None, (group.get("given"), group.get("family"))))
    if not plain.startswith(title):
        group["display"] = f"{title} {plain}"
        if "family" not in group:
            group.setdefault("sort", plain)
    made.values["name"] = group


def _weighed(made: Filling, whole: str, seen: names.Proposal | None) -> names.Proposal | None:
    """The proposal, if proposals are accepted; and what is to be said of it."""
    if seen is None:
        return None
    for doubt in seen.doubts:
        made.say("flag", whole, f"holds {doubt}", "it is kept as it stands; look at it")
    if not seen.seen:
        return None
    what = " and ".join(seen.seen)
    if not made.settings.accept_proposals:
        made.say("proposal", whole, f"holds {what}, it seems; it is kept as it stands", _HINT)
        return None
    made.say("proposal", whole, f"held {what}: it was taken apart, as accepted")
    return seen


def _recase(made: Filling, parts: dict[str, str], country: str) -> None:
    """Parts in capitals, as they may be written else: VON DER LEYEN."""
    for part in ("given", "family"):
        text = parts[part]
        if not text or not any(map(is_capitals, text.split())):
            continue
        # Two capitals and no more are initials, as far as anybody can tell: JP.
        if part == "given" and len(text) < 3:
            continue
        said = recased(text, country)
        if said == text:
            continue
        name = f"name.{part}"
        if made.settings.accept_proposals:
            parts[part] = said
            made.say("proposal", name, "was in capitals; it is written as names are, as accepted")
        else:
            made.say("proposal", name, "is in capitals; it is kept as it stands", _HINT)


def _shows(display: str, family: str) -> bool:
    return family.casefold() in display.casefold()


def _put(made: Filling, display: str, parts: dict[str, str]) -> None:
    spoken = [key for key in made.spoken if key.startswith("name.")]
    if display and not spoken and not any(parts.values()) and not made.first("name.address_as"):
        made.put("name", display)
        return
    made.put("name.display", display)
    for part, text in parts.items():
        made.put(f"name.{part}", text)
    made.put("name.address_as", made.first("name.address_as"))
    for key in spoken:  # beside a text for every other language, if there is one
        made.put(key, made.first(key))
