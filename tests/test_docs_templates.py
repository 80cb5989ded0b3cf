"""The guide to templates: every example, value, block and filter in it is tried."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drafting import text_of, texts_of
from pages import DOCS, Fence, code, fences, matches, page_text, spaced, tables

from letters import framed
from letters.campaign.load import load
from letters.draft import digest, filters
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.context import recipient_context, shared_context
from letters.draft.language import language
from letters.draft.markdown import BLOCKS
from letters.draft.record import LISTS, Record
from letters.draft.signatures import Signed
from letters.draft.values import SealedGroup
from letters.press import text
from letters.problem import CampaignError

GUIDE, DIGEST = DOCS / "templates.md", DOCS / "text-digest.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the campaign that the guides print their examples with, and the guide's files."""
    copy = Path(shutil.copytree(DOCS / "example", tmp_path / "example"))
    for file in fences(GUIDE, "file"):
        (copy / "templates/note" / file.word(1)).write_text(file.text, encoding="utf-8")
    return copy


def edition(folder: Path, body: str, tag: str) -> Edition:
    (folder / f"templates/note/letter.{tag}.md").write_text(body, encoding="utf-8")
    campaign, problems = load(folder)
    assert campaign is not None, problems
    return Edition(campaign, tag, "recipient")


def printed(folder: Path, body: str, tag: str = "en", recipient: str = "mayor") -> str:
    """What ``body`` prints as plain text once everybody has signed, or what is said against it."""
    try:
        made = edition(folder, body, tag)
        ids = [person.id for person in made.campaign.recipients]
        states = {person.id: "signed" for person in made.campaign.signatories}
        signed = Signed(states, dt.date(2026, 5, 3), draft=False)
        return text.write(made.letter(ids.index(recipient), signed, no_pictures)).decode()
    except CampaignError as error:
        return "".join(f"{problem}\n" for problem in error.problems)


def no_pictures(path: str, alt: str) -> d.Image:
    raise AssertionError(f"the example has no picture {path} ({alt})")


def examples(page: Path) -> list[tuple[Fence, Fence]]:
    """Each template on a page with each of the replies that follow it."""
    found: list[tuple[Fence, Fence]] = []
    template: Fence | None = None
    for fence in fences(page):
        if fence.word(0) == "template":
            template = fence
        elif fence.word(0) in {"prints", "refused", "canonical"} and template is not None:
            found.append((template, fence))
        else:
            template = None
    return found


def by_line(value: Any) -> str:
    return f"line-{value.line}"


@pytest.mark.parametrize(("template", "reply"), examples(GUIDE), ids=by_line)
def test_each_template_gives_what_the_guide_shows(
    template: Fence, reply: Fence, folder: Path
) -> None:
    given = printed(folder, template.text, reply.word(1, "en"), reply.word(2, "mayor"))
    assert matches(reply.text, given), given


def variables() -> list[tuple[str, list[str]]]:
    """The rows of the guide's tables of values, with the loops that they stand in."""
    return [
        ("".join(code(head)), row)
        for head, rows in tables(GUIDE)
        for row in rows
        if row[0].startswith("`{{") and len(row) == 3
    ]


@pytest.mark.parametrize(
    ("loops", "row"), variables(), ids=lambda part: part[0].strip("`{} ") if part else "letter"
)
def test_each_value_prints_what_the_guide_shows(loops: str, row: list[str], folder: Path) -> None:
    starts = re.findall(r"{%.*?%}", loops)
    first = "".join(f"{start}{{% if loop.first %}}" for start in starts)
    body = "".join([first, *code(row[0]), "{% endif %}{% endfor %}" * len(starts)])
    for tag, shown in zip(("en", "fr"), row[1:], strict=True):
        given = " ".join(spaced(printed(folder, body, tag)).split())
        assert given == " ".join(shown.replace("<br>", " ").split())


def paths(value: Any, path: str) -> Iterator[str]:
    """Every path at which a template finds something; the entries of a list share the list's."""
    if isinstance(value, Record):
        for key, inner in value.fields.items():
            yield from paths(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, LISTS):
        for inner in value:
            yield from paths(inner, path)
    elif isinstance(value, SealedGroup):
        yield path
        for key in value.parts:
            yield from paths(value.part(key), f"{path}.{key}")
    else:
        yield path


def test_the_guide_lists_every_value_that_a_template_can_reach(folder: Path) -> None:
    campaign, _ = load(folder)
    assert campaign is not None
    english, promise = language("en"), ["promise"]
    person, place = campaign.recipients[0], campaign.recipient_places[0]
    context = shared_context(campaign, english, "recipient")
    context["recipient"] = recipient_context(person, place, campaign, english, promise, signers=1)
    reachable = set(paths(Record("", context), ""))
    # Figures and sources have the user's names; a source is the same wherever it is cited.
    reachable = {re.sub(r"^(figures|sources)\.\w+", r"\1", path) for path in reachable}
    reachable = {re.sub(r"\.source\..*", ".source", path) for path in reachable}
    documented: set[str] = set()
    for loops, row in variables():
        path = code(row[0])[0].strip("{} ")
        for word, group in reversed(re.findall(r"for (\w+) in ([\w.]+)", loops)):
            path = re.sub(rf"^{word}\b", group, path)
        documented.add(path)
    own = {path for path in reachable if path.startswith(("authors.", "values."))}
    assert documented <= reachable
    assert reachable - documented <= own


def test_the_guide_shows_every_block_and_every_filter() -> None:
    headings = re.findall(r"^### (.*)$", page_text(GUIDE), flags=re.MULTILINE)
    shown = {word for heading in headings for word in heading.split(", ")}
    assert set(BLOCKS) | set(filters.filters(language("en"))) <= shown


# --- the text digest --------------------------------------------------------------------------


@pytest.mark.parametrize(("template", "reply"), examples(DIGEST), ids=by_line)
def test_each_template_has_the_canonical_text_that_is_shown(
    template: Fence, reply: Fence, folder: Path
) -> None:
    assert texts_of(edition(folder, template.text, "en"))[0] == reply.text


def test_the_whole_mailing_has_the_text_and_the_digest_that_are_shown(folder: Path) -> None:
    campaign, _ = load(folder)
    assert campaign is not None
    made = text_of(campaign)
    [mailing], [former] = fences(DIGEST, "mailing"), fences(DIGEST, "former")
    now, before, _ = (fence.text.strip() for fence in fences(DIGEST, "digest"))
    assert made.canonical == mailing.text
    assert made.digest == now
    [edition_alone] = fences(DIGEST, "edition")
    assert made.editions[edition_alone.word(1)][0] == edition_alone.text.strip()
    assert made.former.startswith(former.text)
    assert framed.digest(made.former) == before


def test_the_second_implementation_agrees() -> None:
    import json

    [program], [data] = fences(DIGEST, "python"), fences(DIGEST, "json")
    [vector], shown = fences(DIGEST, "vector"), fences(DIGEST, "digest")[2]
    second: dict[str, Any] = {}
    exec(program.text, second)
    given = second["combined"]([("en", second["canonical"](json.loads(data.text)))])
    assert given == vector.text
    assert second["digest"](given) == shown.text.strip()
    link = d.Link("https://example.org/a", (d.Text("read it"),))
    blocks: d.Matters = (
        d.Salutation((digest.slot("recipient.salutation"),)),
        d.Paragraph((d.Text("E\u0301lise\u00a0  wrote:\n{yes | no} "), d.NoteMark(1))),
        d.Asks(((d.Paragraph((d.Text("to "), link)),),)),
        d.Table(("start", "end"), ((d.Text("May"),), (d.Text("4 | 5"),)), ()),
        d.SignatureBlock(()),
    )
    notes = (d.Note(1, (d.Text("A note \\ a remark."),)),)
    assert framed.combined([("en", digest.canonical(blocks, notes, ""))]) == given
    for mailing in fences(DIGEST, "mailing"):
        assert second["digest"](mailing.text) == framed.digest(mailing.text)
    old = second["combined"]([("en", "a\n")], "letters-text-1")
    assert old == framed.combined([("en", "a\n")], framed.FORMER)
