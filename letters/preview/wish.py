"""Which letter somebody wants to see: to whom, in which language, for whose eyes, in which look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from letters.campaign.recipient_languages import languages_for
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience

_LONGEST = 200


class Wish(Struct, frozen=True):
    """What is empty is left to the campaign: its first recipient, their language, its own theme."""

    recipient: str = ""
    language: str = ""
    audience: Audience = "recipient"
    theme: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], *, public_only: bool) -> Wish:
        """What an address asks for."""
        said = {key: asked.get(key, "")[:_LONGEST] for key in ("recipient", "language", "theme")}
        public = public_only or asked.get("audience") == "public"
        return cls(said["recipient"], said["language"], "public" if public else "recipient",
                   said["theme"])  # fmt: skip

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        own = {"recipient": self.recipient, "language": self.language, "theme": self.theme}
        told = {key: value for key, value in own.items() if value}
        return urlencode(told | ({"audience": "public"} if self.audience == "public" else {}))

    def granted(self, campaign: Campaign) -> tuple[Wish, list[str]]:
        """What can be had of it, and what is said of the rest."""
        remarks, granted = list[str](), self
        ids = [one.id for one in campaign.recipients]
        if self.recipient and self.recipient not in ids:
            hint = did_you_mean(self.recipient, ids)
            remarks.append(_missing("recipient", self.recipient, ids[0], hint))
        who = self.recipient if self.recipient in ids else ids[0]
        tags = campaign.letter.languages
        own = languages_for(campaign.recipients[ids.index(who)], tags)[0]
        if self.language and self.language not in tags:
            remarks.append(_missing("language", self.language, own, f"known: {', '.join(tags)}"))
        tag = self.language if self.language in tags else own
        themes = campaign.template_files.themes()
        if self.theme and self.theme not in themes:
            hint = did_you_mean(self.theme, themes)
            remarks.append(_missing("theme", self.theme, campaign.letter.theme, hint))
        theme = self.theme if self.theme in themes else campaign.letter.theme
        return replace(granted, recipient=who, language=tag, theme=theme), remarks


def _missing(what: str, asked: str, shown: str, hint: str) -> str:
    return f"there is no {what} “{asked}”: this is {shown}" + (f" ({hint})" if hint else "")
