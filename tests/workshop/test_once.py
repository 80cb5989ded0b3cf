"""Each command reads its campaign once, and makes each edition once, in one bounded process."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli import inside
from signing import sign

from letters.campaign import load
from letters.draft.compose import Edition
from letters.workshop import workers

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import CampaignFolder, Letters

COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "check --privacy": ("check", "--privacy"),
    "render": ("render", "--jobs", "1"),
    "render, two processes": ("render", "--jobs", "2"),
    "send": ("send",),
    "print": ("print", "--labels", "l7160"),
    "status": ("status",),
    "editions": ("editions",),
    "log digest": ("log", "digest"),
    "sign withdraw": ("sign", "withdraw", "okafor", "--note", "By phone."),
    "sign withdraw, again": ("sign", "withdraw", "lindqvist", "--note", "By post."),
    "sign approve-edit": ("sign", "approve-edit", "--translation", "fr", "--by", "A", "--why", "B", "--dry-run"),
    "track sent": ("track", "sent", "minister", "--channel", "hand", "--note", "Posted."),
    "track reply": ("track", "reply", "minister", "--kind", "none"),
    "followup": ("followup", "next", "--to", "minister"),
}  # fmt: skip


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Counter[str]]:
    """What was read, made and begun since it was last asked for, in whatever process."""
    file = tmp_path / "seen"

    def told(where: Any, name: str, say: Callable[..., str]) -> None:
        original = getattr(where, name)

        def telling(*args: Any, **options: Any) -> Any:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(f"{say(*args)}\n")
            return original(*args, **options)

        monkeypatch.setattr(where, name, telling)

    told(load, "_load", lambda *_: "read")
    told(workers, "begin", lambda *_: "process")
    told(
        Edition, "__init__",
        lambda self, campaign, tag, audience, *_: f"{type(self).__name__} {tag} {audience}",
    )  # fmt: skip

    def since() -> Counter[str]:
        found = Counter(file.read_text("utf-8").splitlines() if file.exists() else ())
        file.unlink(missing_ok=True)
        return found

    return since


@pytest.fixture
def ready(campaign: CampaignFolder) -> CampaignFolder:
    """A campaign that can go out: two languages, another text for the public, signed."""
    campaign.edit("letter.yaml", "visibility: public", "visibility: public\n    confidential: yes")
    campaign.edit("letter.yaml", "languages:", "mail: {from: us@example.org}\nlanguages:")
    people = campaign.read("recipients.yaml")
    campaign.write("recipients.yaml", people.rstrip() + "\n  email: sam@example.org\n")
    sign(campaign.path)
    return campaign


def test_all_is_done_once(
    ready: CampaignFolder,
    seen: Callable[[], Counter[str]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters: Letters = inside.runner(ready, capsys, monkeypatch)
    monkeypatch.chdir(ready.path)
    done = letters("render")
    assert done.status == 0, done.stderr
    seen()
    rows = []
    for name, words in COMMANDS.items():
        done = letters(*words)
        assert done.status == 0, f"{name}: {done.stderr}"
        found = seen()
        reads, processes = found.pop("read", 0), found.pop("process", 0)
        rows.append((name, reads, processes, dict(found)))
        assert reads == 1, name
        assert processes == (2 if "--jobs" in words and "2" in words else 1), name
        assert set(found.values()) <= {1}, (name, found)
        if words[0] in {"check", "render", "send", "print", "status"}:
            made = {key for key in found if key.startswith("Edition ")}
            assert made == {
                f"Edition {tag} {audience}" for tag in ("en", "fr")
                for audience in ("recipient", "public")
            }, name  # fmt: skip
    table = (
        f"{name:24} read {reads}, processes {processes}, editions {sum(made_of.values())}\n"
        for name, reads, processes, made_of in rows
    )
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(table))
