"""What is hardly a name is told as a warning, and what can't be one as an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.campaign.namecheck import _odd, check_names
from letters.campaign.people import Name
from letters.campaign.signatory import Signatory

if TYPE_CHECKING:
    from conftest import CampaignFolder

ODD = {
    '=HYPERLINK("https://evil.example","x")': "formula",
    "=1+1": "formula",
    "+cmd|' /C calc'!A0": "formula",
    "@SUM(A1:A9)": "formula",
    "-2+3!x": "formula",
    "+1+1": "formula",
    "-2+3": "formula",
    "＝1+1": "formula",
    "???": "no letters",
    "613 555": "no letters",
    "Ada https://example.org": "link",
    "www.example.org": "link",
    "ada@example.org": "link",
    "I agree with every word of this. Please add me": "sentence",
    "Why has nobody asked us before?": "sentence",
    "we the undersigned want to say that all this has gone on too long": "sentence",
    "Ada Birch 0613 5554": "number",
    "Å" * 81: "characters",
}


@pytest.mark.parametrize("name", ODD)
def test_it_is_a_warning_at_its_line(campaign: CampaignFolder, name: str) -> None:
    quoted = name.replace("'", "''")
    campaign.write("signatories.yaml", f"- id: a\n  name: '{quoted}'\n")
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    [problem] = check_names(loaded)
    assert (problem.severity, str(problem.place)) == ("warning", "signatories.yaml:2:9")
    assert ODD[name] in problem.message
    assert name not in str(problem)


@pytest.mark.parametrize(
    "name",
    ["Ada Birch", "Dr. Ada B. Birch Jr.", "Jean-Luc O’Neil-d’Auteuil", "Ada", "X Æ A-12", "Lu Xun 3rd",
     "María de los Ángeles Fernández-Pérez de la Torre y Ruiz", "李明", "Ada Birch, M.D., Ph.D.",
     "Wolfeschlegelsteinhausenbergerdorff", "-", "St. John Smith"],
)  # fmt: skip
def test_names_are_let_through(campaign: CampaignFolder, name: str) -> None:
    campaign.write("signatories.yaml", f"- id: a\n  name: {{display: '{name}'}}\n")
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    assert list(check_names(loaded)) == []


def test_organisations_have_longer_ones(campaign: CampaignFolder) -> None:
    long = "International Committee of Citizens for the Protection of Rivers, Lakes and Coasts of the North"
    entries = (
        f"- {{id: a, kind: organisation, name: '{long}'}}\n"
        "- {id: b, kind: organisation, name: 'Yes! For Us All 2030. e.V.'}\n"
        f"- {{id: c, kind: organisation, name: '{'very long ' * 16}'}}\n"
    )
    campaign.write("signatories.yaml", entries)
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    assert [problem.place.line for problem in check_names(loaded)] == [3]


@pytest.mark.parametrize("visibility", ["public", "withheld"])
def test_what_is_longer_than_any_name_is_an_error(
    campaign: CampaignFolder, visibility: str
) -> None:
    name = "Ada " * 75
    entry = f"- id: signer-01\n  name: {name}\n  visibility: {visibility}\n"
    campaign.write("signatories.yaml", entry)
    loaded, [problem] = load(campaign.path)
    assert loaded is None
    assert str(problem).startswith(
        "signatories.yaml:2:9: [0].name – must be one line of at most 200 characters"
    )
    assert "Ada" not in str(problem)


def test_a_name_of_several_lines_is_an_error(campaign: CampaignFolder) -> None:
    campaign.write("signatories.yaml", '- {id: a, name: "Ada\\nBirch"}\n')
    assert load(campaign.path)[0] is None
    campaign.write(
        "signatories.yaml", '- {id: a, kind: organisation, name: A, signer: {name: "B\\nC"}}\n'
    )
    _, [problem] = load(campaign.path)
    assert problem.place.key == "[0].signer.name"


def test_a_name_of_one_form_is_looked_at_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ("", "Ada", "=1+1", "Ada 4444", "x@y.example", "Å" * 60, "a b c d e", "Jr.", "1")
    names = [{"given": a, "family": b, "suffix": c} for a in parts for b in parts for c in parts]
    names += [{"display": one} | more for one in ODD for more in ({}, {"family": "=1"})]
    people = [
        Signatory.model_validate({"id": "x", "name": name, "kind": kind})
        for name in names
        if any(name.get(part) for part in ("given", "family", "display"))
        for kind in ("person", "organisation")
    ]
    quickly = [_odd(one.name, one.kind) for one in people]
    monkeypatch.setattr(Name, "only_form", None)
    assert quickly == [_odd(one.name, one.kind) for one in people]
    assert quickly.count([]) > 20
