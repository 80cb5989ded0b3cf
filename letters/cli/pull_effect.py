"""What it means to write changes back: for the text digest, signatures and translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli import log_records
from letters.cli.exit import note
from letters.cli.narrowed import some
from letters.counting import counted

if TYPE_CHECKING:
    from letters.cli.pull_trial import Tried
    from letters.cli.word_file import WordReturn

_DIGITS = 16


def tell(found: WordReturn, tried: Tried) -> None:
    """Say all of it before anything is written."""
    if tried.text is None or tried.paragraphs is None:
        return
    before, after = found.text.digest, tried.text.digest
    if before == after:
        note("the text that people sign stays the same: only the recipient’s own words change")
    else:
        note(f"the text digest changes: {before[:_DIGITS]} → {after[:_DIGITS]}")
    now = log_records.recorded(found.campaign, tried.text)
    lost = [who for who in found.records.of("signed") if now.states.get(who) != "signed"]
    outdated = {who for own in now.outdated.values() for who in own}
    fewer = sorted(outdated - {who for own in found.records.outdated.values() for who in own})
    if lost:
        note(
            f"warning: {counted(len(lost), 'signature')} to the text as it is "
            f"{'doesn’t' if len(lost) == 1 else 'don’t'} count for this one: {some(lost)} "
            "(“letters sign approve-edit” answers for the change, or they sign again)"
        )
    if fewer:
        note(f"warning: in one of the languages the signature no longer counts of {some(fewer)}")
    _tell_of_translations(found, tried)


def _tell_of_translations(found: WordReturn, tried: Tried) -> None:
    """Which paragraphs get out of step with their translations."""
    from letters.campaign import translation_log
    from letters.check.editions import name, translations

    record, _ = translation_log.load(found.campaign.root)
    paragraphs = tried.paragraphs
    if record is None or paragraphs is None:
        others = [tag for tag in found.campaign.letter.languages if tag not in found.job.tags]
        if others:
            note(f"the other languages are as they were: {', '.join(map(name, others))}")
        return
    for tag, states in translations(record, paragraphs).items():
        ids = [one.id for one in states if one.state in {"behind", "edited"}]
        if ids:
            note(
                f"warning: the {name(tag)} edition is then not in step with the source text: "
                f"{some(ids)} (“letters editions” shows what to do)"
            )
