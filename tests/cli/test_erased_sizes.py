"""Letters made before somebody left do not go out, whoever else was erased from the log before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

GOING = (
    ("print",),
    ("send",),
    ("send", "--confirm", "2"),
    ("send", "--eml", "drafts"),
    ("send", "--test-to", "me@example.org"),
)


def refuse_all(run: Letters, why: str) -> None:
    for words in GOING:
        done = run(*words)
        assert done.status == 3, words
        assert why in done.stderr, words


def test_a_withdrawal_after_an_erasure_is_seen(final: CampaignFolder, run: Letters) -> None:
    assert run("log", "erase", "okafor", "--confirm", "okafor").status == 0
    refuse_all(run, "okafor: does not stand under it any more")
    final.edit("letter.yaml", "You listened.", "You listened to us.")
    for who in ("lindqvist", "reading-circle"):
        assert run("sign", "reaffirm", who, "--note", "x").status == 0
    for who in ("signer-07", "signer-08"):
        assert run("sign", "withdraw", who).status == 0
    final.edit("signatories.yaml", "  tier: author\n", "")
    final.edit("templates/note/letter.en.md", "We are {{ authors | names }}. ", "")
    final.edit("templates/note/letter.fr.md", "Nous sommes {{ authors | names }}. ", "")
    for who in ("lindqvist", "reading-circle"):
        run("sign", "reaffirm", who, "--note", "x")
    assert run("render", "--format", "pdf").status == 0
    assert run("print").status == 0
    assert run("sign", "withdraw", "lindqvist").status == 0
    refuse_all(run, "lindqvist: does not stand under it any more")
    assert "outdated" in run("status").stdout
