"""A campaign and a template become letters: one Edition a language, one Letter a recipient."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from msgspec.structs import replace

from letters import headway, limits
from letters.campaign.addressing import full_name
from letters.campaign.model import Campaign
from letters.campaign.shown import Audience
from letters.draft import digest, draft_faults, page_marks, sheet_words
from letters.draft import document as d
from letters.draft.annex import Annex
from letters.draft.branches import Branches
from letters.draft.context import recipient_context, shared_context
from letters.draft.disclosure import disclosed
from letters.draft.edition_annex import AnnexOfEdition, with_mention
from letters.draft.figures import Figures
from letters.draft.filled import Filled
from letters.draft.known_language import expected
from letters.draft.markdown import Parsed, parse
from letters.draft.markdown_faults import Fault
from letters.draft.notes import Cargo, cargo, source_note, value_in
from letters.draft.own_day import without_day
from letters.draft.parts import Part, namer, parts
from letters.draft.sealer import Sealer
from letters.draft.signatory_records import SignatoriesByRecipient
from letters.draft.signatures import Pictures, Signed, signature_block, signers
from letters.draft.skeleton import Printed, Skeleton, fill, fill_blocks
from letters.draft.source_map import SourceMap
from letters.draft.template import Body
from letters.draft.values import Hold, Sealed
from letters.problem import CampaignError, Problem, in_order

_KEPT = 8_192  # drafts, each of a few kilobytes: what more recipients get is drafted once more


class Edition:
    """All letters of a campaign in one language, for one audience."""

    def __init__(
        self, campaign: Campaign, tag: str, audience: Audience, branches: Branches | None = None
    ) -> None:
        """Compile the body; raises CampaignError when the template can't be read."""
        self.campaign, self.tag = campaign, tag
        self.language = expected(campaign, tag)
        file = campaign.template_files.body(campaign.letter.template, tag)
        if file is None:
            place = campaign.letter_place.place("languages")
            raise CampaignError([Problem(place, f"the template has no letter.{tag}.md")])
        self._body = Body(
            campaign.template_files, campaign.letter.template, file, self.language, branches
        )
        self._shared = shared_context(campaign, self.language, audience)
        self._is_confidential = page_marks.is_confidential(campaign, audience)
        # The same for every recipient, and the larger part of the work where thousands sign.
        self.named: set[str] = set()
        self._signatures: tuple[tuple[Signed, Pictures], d.SignatureBlock] | None = None
        self._annex = AnnexOfEdition(campaign, self.language)
        seal, sources = Sealer(self.language), self._shared["sources"].fields
        self._people = SignatoriesByRecipient(campaign, seal, sources)
        self.bindings = self._people.bindings
        self._filled = Filled()
        self._figures = Figures(campaign)
        self._drafts: dict[tuple[int, int], tuple[Parsed, Hold]] = {}
        self._own_values = sorted({key for person in campaign.recipients for key in person.values})

    @functools.cached_property
    def name(self) -> Callable[[Sealed], str]:
        """What a value is called in the ids of parts."""
        return namer(self.campaign)

    @property
    def pictured(self) -> frozenset[str]:
        """The paths of the pictures in its `texts`."""
        return self._figures.paths

    def disclosed(self) -> bytes:
        """What the letter rests on, as YAML that may go with it."""
        return disclosed(self._shared)

    def texts(self, signing: int = 1) -> Iterator[tuple[str, str]]:
        """The canonical text for each recipient, and what it was in the format before.

        It is mostly the same one again and again.

        Raises CampaignError with the problems of all recipients.
        """
        problems: list[Problem] = []
        day = self.language.date(self.campaign.letter.date)
        before: tuple[tuple[Skeleton, str, tuple[object, ...]], tuple[str, str]] | None = None
        count = len(self.campaign.recipients)
        for index in headway.over(range(count), count, "drafting"):
            try:
                parsed, hold = self.parsed(index, signing)
            except CampaignError as error:
                problems += error.problems
                continue
            self.named.update(value.signatory for value in hold.values if value.signatory)
            told_of = self._told_of(index)
            # All that the text comes from: the recipient’s own values count by their names.
            key = parsed.skeleton, told_of, tuple(map(_as_signed, hold.values))
            if before and before[0][0] is key[0] and before[0][1:] == key[1:]:
                yield before[1]
                continue
            printed = functools.partial(_canonical_value, hold)
            blocks = fill_blocks(without_day(parsed.skeleton.blocks, hold.values), printed)
            blocks = self._figures.signed(blocks)
            notes = self.notes(parsed.skeleton, printed)
            before = key, digest.both(blocks, notes, self._local("notice"), told_of, day)
            yield before[1]
        if problems:
            raise CampaignError(in_order(problems))

    def _told_of(self, index: int) -> str:
        """The id of a recipient of whom facts are told: that text is signed for them alone."""
        recipient = self.campaign.recipients[index]
        facts = recipient.values.keys() & set(self.campaign.declared.recipient_facts)
        return recipient.id if facts else ""

    def letter(
        self, index: int, signed: Signed, pictures: Pictures, *, notes_before: int = 0
    ) -> d.Letter:
        """The letter to the recipient of that index. Raises CampaignError.

        Its notes are numbered on from ``notes_before``.
        """
        campaign, recipient = self.campaign, self.campaign.recipients[index]
        signed = signed.to(self.bindings, recipient.id)
        parsed, hold = self.parsed(index, signers(campaign, signed))
        printed = functools.partial(value_in, hold)
        finished = functools.partial(self._finished, signed=signed, pictures=pictures)
        blocks = self._filled.blocks(
            parsed.skeleton.blocks, hold, notes_before, finished, pictures=pictures
        )
        if _is_signed(blocks) and (mention := self._annex.mention(signed)):
            blocks = with_mention(blocks, self.language.label("enclosures"), mention)
        return d.Letter(
            language=self.tag,
            direction=self.language.direction,
            title=self._local("title"),
            author=campaign.letter.sender.organisation.get(self.tag) or "",
            date=campaign.letter.date,
            blocks=blocks,
            notes=self.notes(parsed.skeleton, printed, notes_before),
            running_head=(
                page_marks.running_head(full_name(recipient, self.tag, post_nominals=False)),
                self.language.date(campaign.letter.date),
            ),
            notice=self._local("notice"),
            version=page_marks.version(self.language, signed.digest),
            code=page_marks.code(signed, campaign),
            page_label=self.language.label("page", page="{page}", pages="{pages}"),
            draft_mark=self._mark(signed),
            note_labels=(self._of_note("note"), self._of_note("note_back")),
            watermark=page_marks.watermark(self.language, signed, campaign),
            hyphenate=self.language.hyphenate,
            digits=self.language.digits,
            decimal=self.language.decimal,
            pasted=campaign.declared.pasted,
            annex=self._annex.behind(signed) if _is_signed(blocks) else None,
        )

    def _of_note(self, key: str) -> str:
        """What a link of a note is called; a campaign's own language may not say it."""
        known = key in self.language.data["labels"]
        return self.language.label(key, number="{number}") if known else "{number}"

    def is_annexed(self, index: int, signed: Signed) -> bool:
        """Whether an annex of names is a file that goes with that letter. Raises CampaignError.

        Where people sign by hand, as under a petition on paper, no names are printed at all.
        """
        signed = signed.to(self.bindings, self.campaign.recipients[index].id)
        if not self._annex.is_file(signed):
            return False
        parsed, _ = self.parsed(index, signers(self.campaign, signed))
        return _is_signed(parsed.skeleton.blocks)

    def annex(self, index: int, signed: Signed) -> Annex | None:
        """That annex; None where there is none. Raises CampaignError."""
        if not self.is_annexed(index, signed):
            return None
        signed = signed.to(self.bindings, self.campaign.recipients[index].id)
        return self._annex.annex(signed, self._mark(signed))

    def _mark(self, signed: Signed) -> str:
        return page_marks.mark(self.language, signed, confidential=self._is_confidential)

    def parts(
        self, index: int, signed: Signed, pictures: Pictures, *, notes_before: int = 0
    ) -> tuple[Part, ...]:
        """The same letter part by part, to be set beside another edition of it."""
        signed = signed.to(self.bindings, self.campaign.recipients[index].id)
        parsed, hold = self.parsed(index, signers(self.campaign, signed))
        printed = functools.partial(value_in, hold)
        return tuple(
            replace(part, block=self._finished(block, signed, pictures))
            for part in self.parts_of(parsed, hold)
            for block in fill_blocks((part.block,), printed, notes_before)
        )

    def source_map(self, index: int) -> SourceMap:
        """Where each line of the Markdown for that recipient comes from."""
        context = self._context(index)
        return self._body.source_map(context, self._body.run(context, Hold()))

    def parts_of(self, parsed: Parsed, hold: Hold) -> tuple[Part, ...]:
        """The parts of what `parsed` gave, without their values."""
        skeleton = parsed.skeleton
        return parts(skeleton.blocks, skeleton.ids, parsed.lines_of_blocks, hold.values, self.name)

    def _context(self, index: int, signing: int = 1) -> dict[str, Any]:
        campaign = self.campaign
        recipient, at = campaign.recipients[index], campaign.recipient_places[index]
        own = recipient_context(
            recipient, at, campaign, self.language, self._own_values, signers=signing
        )
        return self._shared | dict(self._people.of(recipient.id)) | {"recipient": own}

    def parsed(self, index: int, signing: int = 1) -> tuple[Parsed, Hold]:
        """What the body gives for that recipient, and its values. Raises CampaignError."""
        if (index, signing) not in self._drafts:
            drafted = self._parsed(index, signing)
            if len(self._drafts) >= _KEPT:
                return drafted
            self._drafts[index, signing] = drafted
        return self._drafts[index, signing]

    def _parsed(self, index: int, signing: int) -> tuple[Parsed, Hold]:
        hold, context = Hold(), self._context(index, signing)
        markdown = self._body.run(context, hold)
        parsed = parse(markdown, self.language)
        faults = [
            *draft_faults.of(parsed, hold, self.campaign),
            *self._figures.faults(parsed, hold),
        ]
        if not parsed.skeleton.blocks and not faults:
            faults = [Fault("the letter has no words")]
        if faults:
            source_map = self._body.source_map(context, markdown)
            first = islice(faults, limits.MOST_MISTAKES)
            raise CampaignError(in_order(source_map.problem(fault) for fault in first))
        return parsed, Hold(hold.values)

    def notes(
        self, skeleton: Skeleton, printed: Printed, before: int = 0, of: Cargo = cargo
    ) -> tuple[d.Note, ...]:
        """The notes with their values; ``of`` gives what is printed for a value of a source."""

        def content(note: str | d.Inlines) -> d.Inlines:
            if isinstance(note, str):
                return source_note(self._shared["sources"].fields[note], self.language, of)
            return fill(note, printed, before)

        return tuple(
            d.Note(number, content(note)) for number, note in enumerate(skeleton.notes, before + 1)
        )

    def _finished(self, block: d.Matter, signed: Signed, pictures: Pictures) -> d.Matter:
        """Blocks whose words come from the toolkit or the log."""
        match block:
            case d.SignatureBlock():
                known = signed, pictures
                if self._signatures is None or self._signatures[0] != known:
                    made = signature_block(self.campaign, self.language, signed, pictures)
                    self._signatures = known, made
                return self._signatures[1]
            case d.Figure(path=path, alt=alt):
                return replace(block, path="", image=pictures(path, d.plain(alt)))
            case d.Sheet():
                return sheet_words.finished(block, self.campaign, self.language)
            case d.Labelled():
                return replace(block, label=self.language.label(block.name))
            case d.Letterhead(lines=lines):
                logo = self.campaign.letter.sender.logo
                organisation = self.campaign.letter.sender.organisation.get(self.tag) or ""
                return d.Letterhead(lines, pictures(logo, organisation) if logo else None)
        return block

    def _local(self, key: str) -> str:
        text: Any = getattr(self.campaign.letter, key)
        return (text.get(self.tag) or "") if text else ""


def _is_signed(blocks: d.Matters) -> bool:
    """Whether names stand there at all."""
    return any(isinstance(block, d.SignatureBlock) for block in blocks)


Editions: TypeAlias = Mapping[tuple[str, Audience], Edition]


def _as_signed(value: Sealed) -> object:
    """All of a value that a canonical text depends on."""
    return value.slot or (value.text, value.name, isinstance(value.raw, dt.date))


def _canonical_value(hold: Hold, hole: int) -> d.Inlines:
    value = hold.values[hole]
    return (digest.slot(value.slot) if value.slot else d.Text(value.text),)
