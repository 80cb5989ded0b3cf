"""``letters sign approve-edit --translation``: somebody answers for what a translation says.

Who signed the letter's first language then stands under the translation too, as long as that stays
as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.exit import Status, fail, note, stop_on

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.ledger.events import Event
    from letters.workshop.workshop import Workshop


def event(shop: Workshop, text: MailingText, lang: str, by: str, why: str) -> Event:
    """The answer for the translation ``lang`` as it is; one that there is not ends the command."""
    from letters.ledger.details import Translation
    from letters.ledger.events import Event

    campaign = shop.campaign
    source, *tags = campaign.letter.languages
    if lang not in tags:
        hint = f"translations: {', '.join(tags) or 'none'}; the source text is {source}"
        fail(Status.USAGE, f"there is no translation “{lang}”", hint)
    digest = pair(campaign, text, lang).digest
    detail = Translation(source, lang, why)
    _compared(shop, lang)
    return Event("edit-approved", text_digest=digest, recorded_by=by, detail=detail)


def pair(campaign: Campaign, text: MailingText, lang: str) -> MailingText:
    """Both editions as one text: what the answer is about."""
    return text.only((campaign.letter.languages[0], lang))


def shown(text: MailingText, lang: str) -> str:
    """Which edition it is."""
    return f"translation {lang}: {text.editions[lang][0]}"


def message(text: MailingText, lang: str, by: str, why: str) -> str:
    """The note to those who signed the letter in another language."""
    return (
        f"The letter that you signed is there in another language, too ({lang}). Somebody has\n"
        "compared both and answers for it that they say the same, and you stand under both.\n\n"
        f"Why: {why}\n"
        f"Approved by: {by}\n"
        f"The translation: {text.editions[lang][0]}\n\n"
        "If you see it differently, answer this message, and your name is taken off it.\n"
    )


def _compared(shop: Workshop, lang: str) -> None:
    """Say how many paragraphs nobody has compared as they are."""
    from letters.campaign import translation_log
    from letters.check.editions import translations

    record, problems = translation_log.load(shop.campaign.root)
    stop_on(problems)
    found = translations(record, shop.paragraphs())[lang]
    if apart := [one.id for one in found if one.state != "in step"]:
        note(
            f"warning: {len(apart)} of {len(found)} paragraphs are not recorded as compared with "
            "the source text (“letters editions”)"
        )
