"""What print, send and status know of the last look holds while nothing at all has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from letters.cli import unchanged
from letters.press import ingredients
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

COMMANDS = (("print",), ("send",), ("status",))


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two letters be worth remembering, and this very checkout be older than the run."""
    monkeypatch.setattr(unchanged, "_LETTERS", 1)
    monkeypatch.setattr(ingredients, "_CLOCK", -(10**10))


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each check and each draft."""
    found: list[str] = []
    for name in ("problems", "text", "identities"):
        original = getattr(Workshop, name)

        def noted(
            self: Workshop, *args: object, _name: str = name, _do: object = original
        ) -> object:
            found.append(_name)
            assert callable(_do)
            return _do(self, *args)

        monkeypatch.setattr(Workshop, name, noted)
    return found


@pytest.fixture
def finished(campaign: CampaignFolder, signed: Letters) -> Letters:
    """Letters that can go out, by e-mail to one and by post to both."""
    email = "- id: minister\n  email: bureau@example.org\n"
    campaign.edit("recipients.yaml", "- id: minister\n", email)
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    done = signed("render", "--format", "pdf", "--lang", "en", "--jobs", "1")
    assert done.status == 0, done.stderr
    return signed


def test_a_second_look_drafts_nothing_and_says_the_same(finished: Letters, work: list[str]) -> None:
    first = [finished(*words) for words in COMMANDS]
    assert [one.status for one in first] == [0, 0, 0]
    assert {"problems", "text", "identities"} <= {*work}
    work.clear()
    again = [finished(*words) for words in COMMANDS]
    assert work == []
    for one, other in zip(first, again, strict=True):
        assert (one.status, one.stdout, one.stderr) == (other.status, other.stdout, other.stderr)


def test_status_alone_does_not_stand_for_a_check(finished: Letters, work: list[str]) -> None:
    finished("status")
    work.clear()
    finished("print")
    assert "problems" in work
    assert "identities" not in work
    work.clear()
    finished("send")
    assert work == []


def log_entry(_: CampaignFolder, run: Letters) -> None:
    done = run("sign", "withdraw", "lindqvist", "--note", "by telephone")
    assert done.status == 0, done.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda campaign, _: campaign.edit("recipients.yaml", "bureau@", "office@"),
        lambda campaign, _: campaign.write("templates/other/letter.en.md", "x"),
        lambda campaign, _: (campaign.path / "out" / "minister.en.pdf").write_bytes(b"%PDF"),
        log_entry,
    ],
    ids=["recipient", "template", "letter", "log"],
)
def test_whatever_changes_all_is_looked_at_again(
    campaign: CampaignFolder,
    finished: Letters,
    work: list[str],
    change: Callable[[CampaignFolder, Letters], object],
) -> None:
    finished("send")
    change(campaign, finished)
    work.clear()
    finished("send")
    assert {"problems", "text"} <= {*work}


def test_an_outdated_letter_is_refused_each_time(
    campaign: CampaignFolder, finished: Letters, work: list[str]
) -> None:
    finished("send")
    campaign.edit("recipients.yaml", "family: ", "family: Z")
    said = []
    for _ in range(2):
        work.clear()
        done = finished("send")
        assert done.status == 3
        assert "identities" in work
        said.append(done.stderr)
    assert said[0] == said[1]
    assert "outdated" in said[0]


def test_a_change_while_it_reads_ends_the_command(
    campaign: CampaignFolder, finished: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished("send")
    original = Workshop.read

    def read(self: Workshop) -> object:
        campaign.write("notes.txt", "somebody else is at work here")
        return original(self)

    monkeypatch.setattr(Workshop, "read", read)
    done = finished("send")
    assert done.status == 3
    assert "the campaign was changed while it was read" in done.stderr
