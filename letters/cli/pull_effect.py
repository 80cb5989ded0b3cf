"""What it means to write changes back: for the text digest, signatures and translations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from letters.cli import log_records, workspace
from letters.cli.exit import note
from letters.cli.narrowed import some
from letters.counting import counted

if TYPE_CHECKING:
    import typer

    from letters.cli.pull_trial import Tried
    from letters.cli.word_file import WordReturn
    from letters.digests import TextDigest
    from letters.draft.paragraphs import Variants

_DIGITS = 16


class PullEffect(Struct, frozen=True):
    """The digest of the text ``before`` and ``after``, and who and what no longer goes with it.

    ``lost`` are those whose signatures don't count for the text any more, ``fewer`` for one of its
    languages. ``behind`` has by language the paragraphs that get out of step with the source text;
    ``touched`` are the other languages in which the letter changes, too; ``untouched`` those of
    which nothing is known.
    """

    before: TextDigest
    after: TextDigest
    lost: list[str]
    fewer: list[str]
    behind: dict[str, list[str]]
    touched: list[str]
    untouched: list[str]

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "text_digest": {"before": self.before, "after": self.after},
            "signatures_that_no_longer_count": self.lost,
            "signatures_that_no_longer_count_in_a_language": self.fewer,
            "paragraphs_not_in_step": self.behind,
            "languages_changed_too": self.touched,
            "languages_left_as_they_were": self.untouched,
        }


def effect(context: typer.Context, found: WordReturn, tried: Tried) -> PullEffect | None:
    """What it means; None where there is nothing to write."""
    if tried.text is None or tried.paragraphs is None:
        return None
    now = log_records.recorded(found.campaign, tried.text)
    lost = [who for who in found.records.of("signed") if now.states.get(who) != "signed"]
    outdated = {who for own in now.outdated.values() for who in own}
    fewer = sorted(outdated - {who for own in found.records.outdated.values() for who in own})
    behind = _behind(found, tried.paragraphs)
    before = workspace.workshop(context).paragraphs()
    others = [tag for tag in found.campaign.letter.languages if tag not in found.job.tags]
    touched = [tag for tag in others if before.get(tag) != tried.paragraphs.get(tag)]
    return PullEffect(
        before=found.text.digest,
        after=tried.text.digest,
        lost=lost,
        fewer=fewer,
        behind=behind or {},
        touched=touched,
        untouched=[tag for tag in others if behind is None and tag not in touched],
    )


def tell(one: PullEffect) -> None:
    """Say all of it before anything is written."""
    from letters.check.editions import name

    if one.before == one.after:
        note("the text that people sign stays the same: only the recipient’s own words change")
    else:
        note(f"the text digest changes: {one.before[:_DIGITS]} → {one.after[:_DIGITS]}")
    if one.lost:
        note(
            f"warning: {counted(len(one.lost), 'signature')} to the text as it is "
            f"{'doesn’t' if len(one.lost) == 1 else 'don’t'} count for this one: {some(one.lost)} "
            "(“letters sign approve-edit” answers for the change, or they sign again)"
        )
    if one.fewer:
        known = some(one.fewer)
        note(f"warning: in one of the languages the signature no longer counts of {known}")
    if one.touched:
        note(f"the letter changes in these languages, too: {', '.join(map(name, one.touched))}")
    if one.untouched:
        note(f"the other languages are as they were: {', '.join(map(name, one.untouched))}")
    for tag, ids in one.behind.items():
        note(
            f"warning: the {name(tag)} edition is then not in step with the source text: "
            f"{some(ids)} (“letters editions” shows what to do)"
        )


def _behind(
    found: WordReturn, paragraphs: dict[str, tuple[Variants, ...]]
) -> dict[str, list[str]] | None:
    """Which paragraphs get out of step with translations; None where nobody keeps a record."""
    from letters.campaign import translation_log
    from letters.check.editions import translations

    record, _ = translation_log.load(found.campaign.root)
    if record is None:
        return None
    by_language = {
        tag: [one.id for one in states if one.state in {"behind", "edited"}]
        for tag, states in translations(record, paragraphs).items()
    }
    return {tag: ids for tag, ids in by_language.items() if ids}
