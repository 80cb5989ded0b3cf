"""A signatory who signs to some recipients stands under their letters, and under no others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import loaded
from drafting import text_of

from letters.campaign.load import load
from letters.campaign.roll import bound_to

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

LINDQVIST = "  affiliation: University of Example\n"
NOBODY = "draft to minister: all who have signed sign to others (“signs_to” in their records)"


def bind(campaign: CampaignFolder, to: str, who: str = LINDQVIST) -> None:
    campaign.edit("signatories.yaml", who, f"{who}  signs_to: {to}\n")


def text(campaign: CampaignFolder, who: str, tag: str = "en") -> str:
    return campaign.read(f"out/{who}.{tag}.txt")


def render(run: Letters, *more: str) -> str:
    done = run("render", "--format", "txt", *more)
    assert done.status == 0, done.stderr
    return done.stderr


def states(run: Letters) -> dict[str, str]:
    people = json.loads(run("status", "--json").stdout)["signatories"]
    return {one["id"]: one["state"] for one in people}


def test_their_names_stand_under_those_letters_alone(
    campaign: CampaignFolder, run: Letters
) -> None:
    before = text_of(loaded(campaign)).digest
    bind(campaign, "[minister]")
    assert text_of(loaded(campaign)).digest == before  # no author: the text names nobody else
    for who in ("okafor", "lindqvist", "signer-07"):
        assert run("sign", "record", who, "--note", "by telephone").status == 0
    render(run)
    assert "Lindqvist" in text(campaign, "minister")
    assert "Signed by 3 people" in text(campaign, "minister")
    assert "Lindqvist" not in text(campaign, "prime-minister")
    assert "Signed by 2 people" in text(campaign, "prime-minister")
    status = json.loads(run("status", "--json").stdout)
    assert [one["signatures"] for one in status["recipients"]] == [2, 3]
    assert status["signatures"]["total"] == 3
    files = json.loads(campaign.read("out/manifest.json"))
    under = {file["recipient"]: {*files["rosters"][file["roster"]]} for file in files["files"]}
    assert under["minister"] - under["prime-minister"] == {"lindqvist"}

    # Withheld people are counted under the letters that they sign, and nowhere else.
    bind(campaign, "prime-minister", "  visibility: withheld\n")
    assert states(run)["signer-07"] == "signed"  # less than they agreed to takes nobody's word
    render(run)
    assert "whose name is withheld" in text(campaign, "prime-minister")
    assert "withheld" not in text(campaign, "minister")


def test_what_they_signed_to_is_what_they_agreed_to(campaign: CampaignFolder, run: Letters) -> None:
    bind(campaign, "minister")
    run("sign", "record", "okafor", "--note", "by telephone")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    render(run)
    for other in ("[minister, prime-minister]", "prime-minister", None):
        line = f"  signs_to: {other}\n" if other else ""
        campaign.edit("signatories.yaml", "  signs_to: minister\n", line)
        assert states(run)["lindqvist"] == "changed"
        assert "lindqvist (signs_to)" in run("status").stderr
        approved = run(
            "sign", "approve-name", "lindqvist", "--by", "Bo", "--why", "an error", "--yes"
        )
        assert approved.status == 3
        assert "would sign to others than they agreed to" in approved.stderr
        campaign.edit("signatories.yaml", LINDQVIST + line, f"{LINDQVIST}  signs_to: minister\n")
        assert states(run)["lindqvist"] == "signed"
    campaign.edit("signatories.yaml", "  signs_to: minister\n", "")
    assert states(run)["lindqvist"] == "changed"
    assert run("sign", "reaffirm", "lindqvist", "--note", "to everybody").status == 0
    assert states(run)["lindqvist"] == "signed"
    status = json.loads(run("status", "--json").stdout)
    assert "signatures" not in status["recipients"][0]

    # Who signed to everybody signs to some: that takes nobody’s word.
    bind(campaign, "[prime-minister]")
    assert states(run)["lindqvist"] == "signed"


def test_an_author_is_named_in_those_letters_alone(campaign: CampaignFolder, run: Letters) -> None:
    before = text_of(loaded(campaign)).digest
    authors = "  gender: f\n  tier: author\n"
    campaign.edit(
        "signatories.yaml", "  affiliation: University", "  tier: author\n  affiliation: University"
    )
    both = text_of(loaded(campaign)).digest
    bind(campaign, "minister")
    bound = text_of(loaded(campaign))
    assert len({before, both, bound.digest}) == 3
    assert authors in campaign.read("signatories.yaml")
    render(run, "--draft")
    assert "Åsa Lindqvist" in text(campaign, "minister", "fr")
    assert "Lindqvist" not in text(campaign, "prime-minister", "fr")
    check = run("check")
    assert check.status == 0


def test_to_whom_nobody_signs_is_said(campaign: CampaignFolder, run: Letters) -> None:
    bind(campaign, "prime-minister")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    assert NOBODY in render(run)
    assert NOBODY in run("status").stderr
    made = json.loads(campaign.read("out/manifest.json"))["files"]
    assert {file["recipient"]: file["draft"] for file in made} == {
        "minister": True,
        "prime-minister": False,
    }
    assert "DRAFT" in text(campaign, "minister")
    assert "DRAFT" not in text(campaign, "prime-minister")
    assert NOBODY not in render(run, "--recipient", "prime-minister")

    everybody = campaign.read("signatories.yaml").replace("  signs_to: prime-minister\n", "")
    people = everybody.replace("\n  name:", "\n  signs_to: prime-minister\n  name:")
    campaign.write("signatories.yaml", people)
    found = [str(problem) for problem in load(campaign.path)[1]]
    assert found == [
        "recipients.yaml:13:7: warning: [1].id – nobody signs the letter to this recipient (every signatory has a “signs_to” with others in it)"
    ]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("[minister, ministre]", "signatories.yaml:11:24: [1].signs_to[1] – there is no recipient “ministre” (did you mean “minister”?)"),
        ("ministre", "signatories.yaml:11:13: [1].signs_to[0] – there is no recipient “ministre” (did you mean “minister”?)"),
        ("[]", "signatories.yaml:11:13: [1].signs_to – must name at least one, or be left out"),
        ("[The Minister]", "signatories.yaml:11:14: [1].signs_to[0] – must be of small letters a–z, digits and hyphens (at most 64), like kara-murza"),
    ],
)  # fmt: skip
def test_a_recipient_who_is_not_there_is_a_mistake(
    campaign: CampaignFolder, to: str, said: str
) -> None:
    campaign.edit("signatories.yaml", "  gender: f\n  tier: author\n", "  tier: author\n")
    campaign.edit("signatories.yaml", "- id: lindqvist\n", f"- id: lindqvist\n  signs_to: {to}\n")
    found = [str(problem) for problem in load(campaign.path)[1]]
    assert [line for line in found if "signs_to" in line] == [said]


def test_another_id_of_the_recipient_is_followed(campaign: CampaignFolder, run: Letters) -> None:
    bind(campaign, "[prime-minister, minister]  # both")
    bind(campaign, "'minister'", "  tier: author\n")
    for who in ("okafor", "lindqvist"):
        assert run("sign", "record", who, "--note", "by telephone").status == 0
    done = run("people", "rename", "minister", "clerk", "--recipient")
    assert done.status == 0, done.stderr
    assert "signs_to: [prime-minister, clerk]  # both\n" in campaign.read("signatories.yaml")
    assert "signs_to: 'clerk'\n" in campaign.read("signatories.yaml")
    assert "signs to clerk now" in done.stdout
    assert not bound_to(campaign.path, "minister")
    assert states(run)["lindqvist"] == "signed"
    assert states(run)["okafor"] == "signed"
    assert run("log", "verify").status == 0

    # What they signed to goes with all else of them.
    assert run("log", "erase", "lindqvist", "--confirm", "lindqvist").status == 0
    assert states(run)["lindqvist"] == "erased"
    assert run("log", "verify").status == 0
