"""From the cells of one row to one entry of the campaign's own files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from letters.campaign.types import Visibility
from letters.intake import answers, asked, cells, countries, days, names, whereabouts
from letters.intake.called import put_name, titled
from letters.intake.filling import Filling, filling
from letters.intake.remark import FLAGS, REFUSED, Remark, told
from letters.intake.row import Row
from letters.intake.settled import Settings
from letters.intake.vocabulary import UNCLEAR, Kind
from letters.intake.worded import folded

__all__ = ["MadeEntry", "Remark", "Settings", "entry"]

_KINDS = {
    "organisation": "organisation organization organización organização org ngo company"
    " business firm institution association verein verband firma entreprise société group household"
    " організація организация",
    "": "person individual privatperson particulier individu personne persona contact citizen"
    " особа человек",
}
_KIND = {word: kind for kind, said in _KINDS.items() for word in said.split()}
_SHY = get_args(Visibility)
_TRUE, _FALSE = "public", "withheld"  # yes and no in nine languages are known by these


class MadeEntry(NamedTuple):
    """``values`` as the YAML will have it, without the id; nothing where the row was refused.

    ``aside`` is not for the YAML: key, signed_on, country, place, note; “anonymous” is “yes” for
    who gave no name, and is never the same person as anybody else.
    """

    values: dict[str, object]
    remarks: tuple[Remark, ...]
    aside: Mapping[str, str] = MappingProxyType({})

    @property
    def is_refused(self) -> bool:
        return _is_refused(self.remarks)


def entry(kind: Kind, row: Row, fields: Mapping[str, str], settings: Settings) -> MadeEntry:
    """The entry of a row; ``fields`` leads from its columns to `letters.intake.vocabulary`."""
    said = list(told(row.cells)) if FLAGS in row.cells or REFUSED in row.cells else []
    if _is_refused(said):
        return MadeEntry({}, tuple(said))
    made = filling(row, fields, settings)
    if said:
        made.remarks = [*said, *made.remarks]
    if kind == "signatories":
        _signatory(made, row.number)
    else:
        _recipient(made)
    values = {} if _is_refused(made.remarks) else made.values
    return MadeEntry(values, tuple(made.remarks), made.aside)


def _is_refused(remarks: Iterable[Remark]) -> bool:
    return "refusal" in [remark.level for remark in remarks]


def _signatory(made: Filling, number: int) -> None:
    texts = made.texts  # what isn’t among them needs no look
    kind = _kind(made) if "kind" in texts else ""
    country = _origin(made)
    whole = made.first("name") or made.first("name.display")
    anonymous = names.is_anonymous(whole)
    if anonymous:
        # Each is somebody else, and so is called something else; nobody sees it.
        made.put("name", f"Anonymous (row {number})")
        made.aside["anonymous"] = "yes"
        seen = None
    else:
        if not (whole or "name.given" in texts or "name.family" in texts):
            _named_by_organisation(made, kind)
        seen = put_name(made, country, person=kind != "organisation")
    made.put("kind", kind)
    if "tier" in texts:
        _tier(made)
    _visibility(made, anonymous=anonymous)
    if "gender" in texts:
        _gender(made)
    made.take("role", "affiliation")
    made.put("place", made.first("printed_place"))
    if seen and seen.role and "role" not in made.values:
        made.put("role", seen.role)
    if "identification_only" in texts:
        _truth(made, "identification_only")
    _described(made, anonymous=anonymous)
    if "signer.name" in texts:
        made.put("signer.name", made.first("signer.name"))
        made.put("signer.role", made.first("signer.role"))
    if "language" in texts and (tag := _language(made)):
        made.put("languages", [tag])
    _contact(made)
    if title := made.first("honorifics.prefix") or (seen.prefix if seen else ""):
        titled(made, title)
    _aside(made, "key", "place", "country")
    if "signed_on" in texts:
        _signed_on(made)


def _contact(made: Filling) -> None:
    found = {
        "email": whereabouts.email(made),
        "phone": made.first("phone"),
        "address": whereabouts.lines(made),
        "note": "\n".join(made.every("note")) if "note" in made.texts else "",
    }
    made.put("contact", {key: said for key, said in found.items() if said})


def _recipient(made: Filling) -> None:
    address = whereabouts.address(made)
    seen = put_name(made, _origin(made), person=True)
    if form := made.first("form"):
        if form in made.settings.forms:
            made.put("form", form)
        else:
            hint = f"write forms/{form}.yaml, or name another one in the recipe"
            made.say("flag", "form", f"there is no form “{form}”; it was left out", hint)
    _gender(made)
    made.put("honorifics.prefix", made.first("honorifics.prefix"))
    if seen and seen.prefix and "honorifics" not in made.values:
        made.put("honorifics.prefix", seen.prefix)
    made.take("honorifics.prefix", "honorifics.post_nominals")
    made.put("honorifics.honours", made.every("honorifics.honours"))
    made.take("office", "organisation")
    if seen and seen.role and "office" not in made.values:
        made.put("office", seen.role)
    made.put("address", address)
    made.put("email", whereabouts.email(made))
    made.put("language", _language(made))
    made.take("salutation", "close", "district")
    _truth(made, "postage_free")
    for name in made.texts:
        if name.startswith("values."):
            made.put(name, made.first(name))
    _aside(made, "key", "note")


def _origin(made: Filling) -> str:
    """By whose customs the name is written: an address may be anywhere."""
    said = made.first("nationality") or made.first("country")
    return countries.country(said) or made.settings.country if said else made.settings.country


def _kind(made: Filling) -> str:
    said = made.first("kind")
    if not said:
        return ""
    said = folded(said)
    if said not in _KIND:
        made.say("flag", "kind", "is neither a person nor an organisation; a person is taken")
    return _KIND.get(said, "")


def _named_by_organisation(made: Filling, kind: str) -> None:
    """A row of an organisation has its name where other rows have an affiliation."""
    if kind == "organisation" and made.first("affiliation"):
        texts: dict[str, Any] = dict(made.texts)
        texts["name"] = texts.pop("affiliation")
        made.texts = texts


def _tier(made: Filling) -> None:
    said = made.first("tier")
    if not said:
        return
    said = folded(said)
    word = {"organization": "organisation", "authors": "author"}.get(said, said.rstrip("s"))
    if word in ("author", "organisation", "individual"):
        made.put("tier", word)
    else:
        made.say("flag", "tier", "is neither author, organisation nor individual; it was left out")


def _visibility(made: Filling, *, anonymous: bool) -> None:
    """Their answer; without one where it was asked for, they stay withheld."""
    said = [answers.meaning(one, made.settings.answers) for one in made.every("visibility")]
    if said:
        if not all(known for _, known in said):
            hint = "say once what it means: --set answers.ANSWER=VISIBILITY"
            made.say("flag", "visibility", "is no answer that is known: withheld", hint)
        # Of two answers the one that asks for less.
        meant = max((one for one, _ in said), key=_SHY.index) if len(said) > 1 else said[0][0]
    elif "visibility" in made.asked:
        meant = made.settings.answers.get("", "withheld")
    else:
        meant = "public"
    if UNCLEAR in made.asked:
        meant = "withheld"
        hint = "lead the column to visibility, and say what its answers mean"
        made.say("flag", UNCLEAR, "nobody can tell what this answer means: withheld", hint)
    if anonymous and meant in ("public", "name-only"):
        meant = "role-only"
    parts = ("name", "name.display", "name.given", "name.family", "name.suffix")
    if not anonymous and any(asked.wants_no_name(made.first(part)) for part in parts):
        meant = "withheld"
        made.say("flag", "name", "seems to ask that it is not printed: withheld", "ask them")
    elif meant == "public" and any(map(asked.may_want_no_name, made.every("note"))):
        made.say("flag", "note", "may ask that the name is not printed", "read it, and ask them")
    if meant != "public":
        made.put("visibility", meant)


def _described(made: Filling, *, anonymous: bool) -> None:
    """What is printed of who is not named: their role; the place of work where all was public."""
    made.take("description")
    if made.values.get("visibility") != "role-only" or "description" in made.values:
        return
    parts = [made.first("role")]
    if anonymous and not made.first("visibility"):
        parts.append(made.first("affiliation"))
    if description := ", ".join(filter(None, parts)):
        made.put("description", description)
    else:
        made.values["visibility"] = "withheld"
        said = "nothing is known that could be printed for the name: withheld"
        made.say("flag", "visibility" if made.first("visibility") else "name", said)


def _gender(made: Filling) -> None:
    said = made.first("gender")
    if not said:
        return
    gender = answers.gender(said)
    if gender is None:
        hint = "write m, f or x"
        made.say("flag", "gender", "is no word for a gender that is known: left out", hint)
    elif gender != "unknown":
        made.put("gender", gender)


def _language(made: Filling) -> str:
    said = made.first("language")
    if not said:
        return ""
    tag = cells.language(said)
    if tag is None:
        hint = "write a tag such as en or fr-CA"
        made.say("flag", "language", "is no language that is known: left out", hint)
    return tag or ""


def _truth(made: Filling, name: str) -> None:
    if said := made.first(name):
        meant, known = answers.meaning(said, {})
        if known and meant in (_TRUE, _FALSE):
            made.put(name, "yes" if meant == _TRUE else "no")
        else:
            made.say("flag", name, "is neither yes nor no; it was left out")


def _aside(made: Filling, *names_: str) -> None:
    for name in names_:
        if name in made.texts:
            made.aside[name] = "\n".join(made.every(name))


def _signed_on(made: Filling) -> None:
    stamp = made.first("signed_on")
    if not stamp:
        return
    settings = made.settings
    day: dt.date | None = days.day(stamp, settings.order, settings.zone, settings.home)
    if day:
        made.aside["signed_on"] = day.isoformat()
        return
    told_apart = any(days.day(stamp, order) for order in ("dmy", "mdy"))
    message = "may be one of two days" if told_apart else "is no day that can be read"
    hint = "say once which comes first, the day or the month" if told_apart else ""
    made.say("flag", "signed_on", f"{message}; it was left out", hint)
