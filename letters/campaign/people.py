"""Names and recipients, as the user writes them down.

Name forms are stored rather than computed (envelope, display, list, salutation), because every
rule that derives one from another is wrong for somebody.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from letters.campaign.forms import Chain
from letters.campaign.localtext import LocalText, only_text
from letters.campaign.postal_address import Address
from letters.campaign.types import (
    Gender,
    Identifier,
    Language,
    MessageIds,
    Model,
    Truth,
    as_language,
    as_truth,
)


def _family_first(value: Any) -> bool | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(as_language(tag) for tag in value)
    return as_truth(value)


FamilyFirst = Annotated[
    bool | tuple[str, ...],
    PlainValidator(_family_first),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["yes", "no", True, False]},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]


class Name(Model):
    """A person's or an organisation's name; a text in YAML, or one a language, is the display."""

    display: LocalText | None = None
    full: LocalText | None = None
    dative: LocalText | None = None
    sort: LocalText | None = None
    address_as: LocalText | None = None
    given: str | None = None
    particle: str | None = None
    family: str | None = None
    patronymic: str | None = None
    suffix: str | None = None
    native: str | None = None
    family_first: FamilyFirst = False

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.display is None and not (self.given or self.family):
            raise PydanticCustomError("no_name", "needs a display form, or given and family names")
        return self

    def shown(self, language: str) -> str:
        """The display form for ``language``, put together from its parts when none was written."""
        given, family = self.given, self.full_family
        if self.display:
            written = self.display.get(language)
            if written is not None:
                return written
            if not (given or family):
                return next(iter(self.display.texts.values()))
        is_turned = self.family_first is not False and self.is_family_first(language)
        parts = (family, given) if is_turned else (given, family)
        return " ".join([part for part in (*parts, self.suffix) if part])

    @property
    def only_form(self) -> str | None:
        """The one form in which the name is ever shown, and all that may be; None for several."""
        if self.full or self.dative or not isinstance(self.family_first, bool):
            return None
        if self.display is None:
            return self.shown("")
        return None if self.given or self.family else self.display.only

    def is_family_first(self, language: str) -> bool:
        """Whether a text in ``language`` says the family name before the given one."""
        if isinstance(self.family_first, bool):
            return self.family_first
        return not {language, language.partition("-")[0]}.isdisjoint(self.family_first)

    @property
    def full_family(self) -> str:
        """The family name with its particle: de Vries, but d’Auteuil."""
        if not self.particle or not self.family:
            return self.family or ""
        space = "" if self.particle.endswith(("’", "'", "-")) else " "
        return f"{self.particle}{space}{self.family}"

    def sort_key(self, language: str) -> str:
        """What decides the place in a sorted list, never "the last word of the name"."""
        written = self.sort.get(language) if self.sort else None
        if written is not None:
            return written
        # A family name in another script than what is printed would sort where nobody looks.
        if self.family and self.family in self.shown(language):
            return " ".join(part for part in (self.family, self.given) if part)
        return self.shown(language)


def _name(value: Any) -> Any:
    return {"display": value} if only_text(value) else value


NameForms = Annotated[Name, BeforeValidator(_name, json_schema_input_type=LocalText | Name)]


class Honorifics(Model):
    """What stands before and after a name: "The Right Honourable", "P.C., M.P."."""

    prefix: LocalText | None = None
    post_nominals: LocalText | None = None
    honours: tuple[LocalText, ...] = ()


class Recipient(Model):
    """Whom the letter is to."""

    id: Identifier
    name: NameForms
    form: Identifier | None = None
    gender: Gender = "unknown"
    honorifics: Honorifics = Field(default_factory=Honorifics)
    office: LocalText | None = None
    office_dative: LocalText | None = None
    organisation: LocalText | None = None
    address: Address | None = None
    email: str | None = None
    language: Language | None = None
    salutation: LocalText | None = None
    close: LocalText | None = None
    district: LocalText | None = None
    postage_free: Truth | None = None
    values: dict[str, LocalText] = Field(default_factory=dict)
    thread: MessageIds = ()
    _forms: Chain = PrivateAttr(Chain())

    @property
    def forms(self) -> Chain:
        """What ``form`` leads to, nearest first; nothing before the campaign has been loaded."""
        # Asked for dozens of times a letter; the usual way to a private field is ten times longer.
        return self.__pydantic_private__["_forms"] if self.__pydantic_private__ else Chain()

    def with_forms(self, chain: Chain) -> Recipient:
        """The same recipient with the forms of address that ``form`` leads to."""
        copy = self.model_copy()
        copy._forms = chain  # noqa: SLF001 - its own
        return copy
