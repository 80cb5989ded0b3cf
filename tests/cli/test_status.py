"""Where a campaign stands, for a person and for a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from signing import sign

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


def told(letters: Letters, *words: str) -> dict[str, Any]:
    done = letters("status", "--json", *words)
    assert done.status == 0, done.stderr
    body: dict[str, Any] = json.loads(done.stdout)
    return body


def states(body: dict[str, Any], of: str) -> dict[str, str]:
    return {each["id"]: each["state"] for each in body[of]}


def test_a_program_reads_a_fixed_shape(campaign: CampaignFolder, letters_here: Letters) -> None:
    sign(campaign.path, but=("reading-circle",))
    body = told(letters_here)
    digest = body["text_digest"]
    assert len(digest) == 64
    nothing: dict[str, Any] = {"sent": [], "answers": [], "looked": None, "due": None}
    nothing["changed"] = []
    stands = {"editions": ["en", "fr"], "changed": [], "bound": True}
    nobody = {"editions": [], "changed": [], "bound": False}
    assert body == {
        "text_digest": digest,
        "signatures": {
            "organisations": 0,
            "people": 4,
            "withheld": 1,
            "total": 4,
            "as_of": "2026-03-01",
        },
        "signatories": [
            {"id": id_, "name": name, "state": "signed", "digest": digest, **stands}
            if id_ != "reading-circle"
            else {"id": id_, "name": name, "state": "pending", "digest": None, **nobody}
            for id_, name in (
                ("okafor", "Ngozi Okafor"),
                ("lindqvist", "Åsa Lindqvist"),
                ("reading-circle", "Reading Circle"),
                ("signer-07", "(name withheld)"),
                ("signer-08", "(a journalist, Minsk)"),
            )
        ],
        "recipients": [
            {"id": "prime-minister", "name": "Mark Carney", "state": "pending", **nothing},
            {"id": "minister", "name": "Sam Taylor", "state": "pending", **nothing},
        ],
    }


def test_a_person_reads_tables(campaign: CampaignFolder, letters_here: Letters) -> None:
    sign(campaign.path, but=("reading-circle",))
    done = letters_here("status")
    assert (done.status, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "A letter for the tests"
    assert lines[1].startswith("text digest ")
    assert lines[3:] == [
        "5 signatories: 4 signed, 1 pending",
        "2 recipients: 2 pending",
        "Signed by 4 people as of 1 March 2026. Withheld names among them: 1.",
        "",
        "SIGNATORY       STATE    NAME",
        "okafor          signed   Ngozi Okafor",
        "lindqvist       signed   Åsa Lindqvist",
        "reading-circle  pending  Reading Circle",
        "signer-07       signed   (name withheld)",
        "signer-08       signed   (a journalist, Minsk)",
        "",
        "RECIPIENT       LETTER   NAME",
        "prime-minister  pending  Mark Carney",
        "minister        pending  Sam Taylor",
    ]


def test_of_hundreds_a_person_reads_the_totals_and_a_page_of_each_list(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path, but=("reading-circle",))
    many = "".join(f"- id: p{n}\n  name: Pérsön {n}\n" for n in range(200))
    campaign.write("signatories.yaml", campaign.read("signatories.yaml") + many)
    more = "".join(f"- id: r{n}\n  name: Mp {n}\n  office: Member\n" for n in range(98))
    campaign.write("recipients.yaml", campaign.read("recipients.yaml") + more)
    done = letters_here("status")
    lines = done.stdout.splitlines()
    assert lines[3:5] == ["205 signatories: 4 signed, 201 pending", "100 recipients: 100 pending"]
    assert len(lines) == 3 + 3 + 2 * 42
    assert "165 of 205 signatories left out (“letters status --limit 0” shows all" in done.stderr
    assert "60 of 100 recipients left out" in done.stderr
    assert len(letters_here("status", "--limit", "0").stdout.splitlines()) == 3 + 3 + 207 + 102

    done = letters_here("status", "--state", "signed", "--limit", "2")
    assert "4 of 205 signatories chosen" in done.stderr
    assert "2 of 4 signatories left out" in done.stderr
    assert "0 of 100 recipients chosen" in done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[7:]] == [
        "SIGNATORY", "okafor", "lindqvist",
    ]  # fmt: skip
    assert lines[3] in done.stdout  # the totals are of all
    done = letters_here("status", "--search", "PERSON 19")
    assert "11 of 205 signatories chosen" in done.stderr
    assert "r1" not in done.stdout
    for word in ("Someone", "Described"):  # names that are not shown are not found by either
        assert "0 of 205" in letters_here("status", "--search", word).stderr
    body = told(letters_here, "--state", "signed", "--limit", "1")
    assert [*states(body, "signatories")] == ["okafor", "lindqvist", "signer-07", "signer-08"]
    assert body["recipients"] == []
    assert body["signatures"]["total"] == 4
    assert len(told(letters_here)["signatories"]) == 205
    done = letters_here("status", "--state", "sined")
    assert (done.status, "did you mean “signed”?" in done.stderr) == (2, True)

    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    campaign.edit("letter.yaml", "Vous avez écouté.", "Vous nous avez écoutés.")
    sign(campaign.path, but=("okafor", "reading-circle"))
    assert "warning: 1 signed an earlier text: okafor (show" in letters_here("status").stderr


def test_sentences_name_as_many_as_can_be_read() -> None:
    from letters.cli.narrowed import some

    assert some(["a"]) == "a"
    assert some([*"abcdefghijklm"]).endswith("l, m")
    assert some([*"abcdefghijklmn"], "; ").endswith("l; and 2 more")


def test_nobody_has_signed_at_first(campaign: CampaignFolder, letters_here: Letters) -> None:
    body = told(letters_here)
    assert set(states(body, "signatories").values()) == {"pending"}
    assert body["signatures"] == {
        "organisations": 0, "people": 0, "withheld": 0, "total": 0, "as_of": None,
    }  # fmt: skip
    assert "Signed by" not in letters_here("status").stdout


def test_a_changed_text_makes_signatures_stale(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    sign(campaign.path)
    before = told(letters_here)
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    after = told(letters_here)
    assert after["text_digest"] != before["text_digest"]
    assert set(states(after, "signatories").values()) == {"stale"}
    assert {each["digest"] for each in after["signatories"]} == {before["text_digest"]}
    assert after["signatures"]["total"] == 0
    assert "warning: 5 signed an earlier text: okafor, lindqvist" in letters_here("status").stderr


def test_only_the_text_decides(campaign: CampaignFolder, letters_here: Letters) -> None:
    """What concerns one recipient, or how a page looks, leaves the digest as it was."""
    before = told(letters_here)["text_digest"]
    campaign.edit("recipients.yaml", "Sam Taylor", "Samuel Taylor")
    campaign.edit("recipients.yaml", "Dear Prime Minister:", "Prime Minister,")
    campaign.write("letter.yaml", campaign.read("letter.yaml") + "page: a4\n")
    campaign.edit("signatories.yaml", "email: ngozi@example.org", "email: okafor@example.org")
    assert told(letters_here)["text_digest"] == before
    campaign.edit("letter.yaml", "subject: {en: Three", "subject: {en: Four")
    assert told(letters_here)["text_digest"] != before


@pytest.mark.parametrize(
    ("words", "event", "state"),
    [
        (("sign", "invite", "lindqvist"), "invited", "invited"),
        (("sign", "decline", "lindqvist"), "declined", "declined"),
    ],
)
def test_each_event_leads_to_its_state(
    campaign: CampaignFolder, letters_here: Letters, words: tuple[str, ...], event: str, state: str
) -> None:
    assert letters_here(*words).status == 0
    assert states(told(letters_here), "signatories")["lindqvist"] == state
    assert f"1 {state}" in letters_here("status").stdout


# --- letters ----------------------------------------------------------------------------------


def test_letters_are_pending_until_all_languages_are_made(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    letters_here("render", "--format", "txt", "--lang", "en")
    assert set(states(told(letters_here), "recipients").values()) == {"pending"}
    letters_here("render", "--format", "txt", "--lang", "fr", "--recipient", "minister")
    assert states(told(letters_here), "recipients") == {
        "prime-minister": "pending",
        "minister": "rendered",
    }


def test_a_draft_is_told_from_a_letter(campaign: CampaignFolder, letters_here: Letters) -> None:
    letters_here("render", "--format", "txt")
    assert set(states(told(letters_here), "recipients").values()) == {"draft"}
    sign(campaign.path)
    assert set(states(told(letters_here), "recipients").values()) == {"outdated"}
    letters_here("render", "--format", "txt")
    assert set(states(told(letters_here), "recipients").values()) == {"rendered"}


def test_a_changed_text_outdates_letters(campaign: CampaignFolder, letters_here: Letters) -> None:
    sign(campaign.path)
    letters_here("render", "--format", "txt")
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    assert set(states(told(letters_here), "recipients").values()) == {"outdated"}


def test_copies_for_the_public_are_no_letters_to_recipients(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    letters_here("render", "--format", "txt", "--audience", "public")
    assert set(states(told(letters_here), "recipients").values()) == {"pending"}


def test_letters_elsewhere_are_looked_for_where_one_says(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    elsewhere = str(campaign.path.parent / "elsewhere")
    letters_here("render", "--format", "txt", "--out", elsewhere)
    assert set(states(told(letters_here), "recipients").values()) == {"pending"}
    assert set(states(told(letters_here, "--out", elsewhere), "recipients").values()) == {
        "rendered"
    }


def test_looking_changes_nothing(campaign: CampaignFolder, letters_here: Letters) -> None:
    def everything() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in campaign.path.rglob("*") if p.is_file()}

    sign(campaign.path)
    before = everything()
    for words in (("status",), ("check",), ("log", "show"), ("log", "verify")):
        assert letters_here(*words).status == 0
    assert everything() == before
