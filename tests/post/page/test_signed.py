"""What the page may say of signatures: of protected people only how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from letters.ledger.bound_form import Form
from letters.ledger.details import Change
from letters.ledger.events import Event, Evidence
from letters.ledger.status import statuses
from letters.post.page.signatures import signatures
from letters.post.page.signed import OTHER_LANGUAGES, Day, SignatureNumbers, signed

from .sample import EARLIER, TEXT, Log, campaign, on, recipient, signatory

if TYPE_CHECKING:
    from pathlib import Path

PROTECTED = ("withheld", "role-only")


def numbers(folder: Path, people: list[dict[str, Any]], log: Log) -> SignatureNumbers:
    found = campaign(folder, people, [recipient(0)])
    states = statuses(log.entries, [s.id for s in found.signatories], TEXT)
    return signed(found, log.entries, states, TEXT)


def test_the_line_has_each_day_on_which_a_number_changed(tmp_path: Path) -> None:
    log = Log()
    log.sign(0, "signer-0", "invited")
    log.sign(1, "signer-0")
    log.sign(1, "signer-1")
    log.sign(2, "signer-2")
    log.sign(2, "signer-2", "withdrew")  # nothing has changed by the end of that day
    log.sign(3, "signer-2", "declined")
    log.sign(4, "signer-1", "withdrew")
    log.sign(9, "signer-3", "signed")
    found = numbers(tmp_path, [signatory(n) for n in range(4)], log)
    assert found.days == (Day(on(1), 2, 0), Day(on(4), 1, 0), Day(on(9), 2, 0))
    assert (found.total, found.shown, found.unnamed, found.stale) == (2, 2, 0, 0)


def test_a_signature_to_an_earlier_text_is_stale_until_it_is_reaffirmed(tmp_path: Path) -> None:
    log = Log()
    log.sign(0, "signer-0", text=EARLIER)
    log.sign(1, "signer-1")
    log.sign(5, "signer-0", "reaffirmed")
    people = [signatory(n) for n in range(2)]
    found = numbers(tmp_path / "1", people, log)
    assert found.days == (Day(on(0), 0, 1), Day(on(1), 1, 1), Day(on(5), 2, 0))
    log.entries.pop()
    assert numbers(tmp_path / "2", people, log).stale == 1
    change = Change("editorial", EARLIER, "a comma", "-a\n+a,")
    log.add(6, Event("edit-approved", "", TEXT, recorded_by="Sam", detail=change))
    found = numbers(tmp_path / "3", people, log)
    assert found.days == (Day(on(0), 1, 0), Day(on(1), 2, 0))


@pytest.mark.parametrize("visibility", PROTECTED)
def test_nothing_but_the_total_knows_of_a_protected_person(tmp_path: Path, visibility: str) -> None:
    """Whatever they are and whenever they signed or went stale: the numbers are the same."""
    seen = [signatory(n, languages=["fa"]) for n in range(3)]
    lives: tuple[tuple[int, dict[str, Any]], ...] = (
        (0, {"kind": "person"}),
        (7, {"kind": "organisation", "languages": ["fa"]}),
        (20, {"kind": "person", "languages": ["uk", "en"], "gender": "f"}),
    )
    found = []
    for number, (day, more) in enumerate(lives):
        hidden = signatory(9, visibility=visibility, description="a journalist", **more)
        log = Log()
        for n in range(3):
            log.sign(n + 1, f"signer-{n}")
        log.sign(day, "signer-9", text=EARLIER if day == 7 else TEXT)
        if day == 7:
            log.sign(8, "signer-9", "reaffirmed")
        found.append(numbers(tmp_path / str(number), [*seen, hidden], log))
    assert found[0] == found[1] == found[2]
    assert (found[0].total, found[0].shown, found[0].unnamed) == (4, 3, 1)
    assert [one.on for one in found[0].days] == [on(1), on(2), on(3)]
    assert found[0].languages == (("Persian", 3),)
    assert found[0].kinds == (("persons", 3), ("organisations", 0))


def test_a_protected_signature_that_goes_stale_only_leaves_the_total(tmp_path: Path) -> None:
    log = Log()
    log.sign(0, "signer-0")
    log.sign(1, "signer-1", text=EARLIER)
    people = [signatory(0), signatory(1, visibility="withheld")]
    found = numbers(tmp_path, people, log)
    assert (found.total, found.unnamed, found.stale) == (1, 0, 0)
    assert found.days == (Day(on(0), 1, 0),)


def test_what_somebody_reads_is_told_of_three_public_people_or_more(tmp_path: Path) -> None:
    spoken: tuple[list[str], ...] = (
        ["fr-CA", "en"],
        ["fr"],
        ["fr-FR"],
        *[["fa"]] * 2,
        *[["en"]] * 3,
        [],
    )
    seen = {7: "name-only"}
    people = [
        signatory(n, languages=tags, visibility=seen.get(n, "public"))
        for n, tags in enumerate(spoken)
    ]
    log = Log()
    for n in range(len(people)):
        log.sign(n, f"signer-{n}")
    found = numbers(tmp_path, people, log)
    assert found.languages == (("French", 3), (OTHER_LANGUAGES, 6))
    assert found.shown == 9


def test_whoever_is_in_the_log_but_no_longer_in_the_campaign_is_nowhere(tmp_path: Path) -> None:
    log = Log()
    log.sign(0, "signer-0")
    log.sign(0, "signer-1")
    found = numbers(tmp_path, [signatory(0)], log)
    assert (found.total, found.days) == (1, (Day(on(0), 1, 0),))


def test_who_is_printed_in_another_form_does_not_stand(tmp_path: Path) -> None:
    """And of whoever would be shown more than they agreed to, nothing is told."""
    log = Log()
    note, forms = Evidence.of_note("x"), {}
    for number, field in enumerate(("", "name", "visibility")):
        who, now = f"signer-{number}", {"name": "n", "visibility": "v"}
        detail = Form.of(now | ({field: "then"} if field else {}))
        log.add(number, Event("signed", who, TEXT, note, detail=detail))
        forms[who] = [now]
    found = campaign(tmp_path, [signatory(n) for n in range(3)], [recipient(0)])
    people = statuses(log.entries, [s.id for s in found.signatories], TEXT, forms)
    assert [one.state for one in people] == ["signed", "changed", "changed"]
    told = signed(found, log.entries, people, TEXT)
    assert (told.total, told.changed, told.stale) == (1, 1, 0)
    assert told.days == (Day(on(0), 1, 0), Day(on(1), 1, 1))
    page = signatures(told, on(9))
    assert "1 more signature under another printed form doesn’t count until confirmed" in page
    assert "earlier text" not in page
