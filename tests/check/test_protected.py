"""Which strings are searched for in what goes out: none that would be found in every letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.check.privacy import search
from letters.check.protected import secrets

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign


@pytest.mark.parametrize(
    ("family", "searched"),
    [
        ("Rao", False),  # as in “extraordinary”
        ("  Rao ", False),
        ("Khan", True),
        ("Ян", True),  # so short a name is common in other scripts, and so short a word rare
        ("李明", True),
        ("李", False),
    ],
)
def test_a_short_name_is_searched_for_only_where_it_says_something(
    campaign: CampaignFolder, family: str, searched: bool
) -> None:
    campaign.edit("signatories.yaml", "family: Person}", f'family: "{family}"}}')
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    known = {secret.text.strip() for secret in secrets(loaded)}
    assert f"Withheld {family.strip()}" in known  # the whole name in any case
    assert (family.strip() in known) == searched


UNION = """\
- id: signer-1
  name: Hidden Union
  kind: organisation
  visibility: {visibility}
  description: a union
  signer: {{name: {{given: Bo, family: Chairwell}}, role: Treasurer}}
- id: open
  name: {name}
  kind: organisation
  signer: {{name: Cy Clerk}}
"""


@pytest.mark.parametrize("visibility", ["public", "name-only", "role-only", "withheld"])
@pytest.mark.parametrize("other", ["Open Union", "Bo Chairwell"])
def test_who_signs_for_an_organisation_is_searched_for_where_they_are_not_printed(
    campaign: CampaignFolder, visibility: str, other: str
) -> None:
    """Unless their name is shown as somebody else's."""
    campaign.write("signatories.yaml", UNION.format(visibility=visibility, name=other))
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    known = {secret.text: secret for secret in secrets(loaded)}
    hidden = visibility != "public"
    assert ("Bo Chairwell" in known) == (hidden and other == "Open Union")
    assert not {"Cy Clerk", "Treasurer"} & set(known)
    if hidden:
        assert not known["Chairwell"].certain
        assert known["Chairwell"].place.key == "[0].signer.name"


def test_who_signs_for_two_organisations_may_be_shown_by_one(campaign: CampaignFolder) -> None:
    text = UNION.format(visibility="withheld", name="Open Union")
    campaign.write("signatories.yaml", text.replace("Cy Clerk", "Bo Chairwell"))
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    assert "Bo Chairwell" not in {secret.text for secret in secrets(loaded)}


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize(
    ("visibility", "shown"),
    [
        ("public", {"Ada Example", "One waited."}),
        ("name-only", {"Ada Example"}),
        ("role-only", {"a teacher", "One waited."}),
        ("withheld", set[str]()),
    ],
)
def test_of_a_case_what_is_not_printed_is_searched_for(
    campaign: CampaignFolder, visibility: str, shown: set[str], confidential: bool
) -> None:
    """In copies for the public also what is confidential."""
    campaign.edit(
        "letter.yaml",
        "    visibility: public\n",
        f"    visibility: {visibility}\n    description: a teacher\n"
        f"    consent: {{given: yes}}\n    confidential: {'yes' if confidential else 'no'}\n",
    )
    campaign.edit(
        "letter.yaml", "{en: Ada Example waited., fr: Ada Example a attendu.}", "One waited."
    )
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    own = {"Ada Example", "a teacher", "One waited."}
    known = {secret.text: secret.for_recipient for secret in secrets(loaded) if secret.text in own}
    # The description of who is named is in no letter, and tells nothing that is protected.
    hidden = own - shown - ({"a teacher"} if "Ada Example" in shown else set())
    assert {text for text, for_recipient in known.items() if not for_recipient} == hidden
    assert {text for text, alone in known.items() if alone} == (shown if confidential else set())


def test_a_fact_that_another_case_shows_is_not_searched_for(campaign: CampaignFolder) -> None:
    campaign.edit(
        "letter.yaml",
        "cases:\n",
        "cases:\n  - {id: two, person: Bo Other, facts: "
        "[{text: Ada Example waited.}, {text: Bo Other left.}]}\n",
    )
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    known = {secret.text for secret in secrets(loaded)}
    assert "Bo Other left." in known
    assert "Ada Example waited." not in known


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        ("Quazimo Vexlerin", "Vexlerin"),
        ("Quazimo van der Vexlerin", "Vexlerin"),
        ("Квазимо Векслерин", "Векслерин"),
        ("{display: Quazimo Vexlerin, given: Quazimo, family: Quentin}", "Quentin"),
        ("a printer of leaflets", None),
        ("Vexlerin", None),
        ("Whoever Was There And Saw The Vexlerin", None),
        ("Quazimo Person", None),  # which is shown of somebody else
        ("محمد کریمی", "کریمی"),
        ("דוד כהן", "כהן"),
        ("राम कुमार", "कुमार"),
        ("राम गांधी", "गांधी"),
        ("ნინო ბურჯანაძე", "ბურჯანაძე"),
        ("ʼAna Vexlerin", "Vexlerin"),
        ("’Ali Hassan", "Hassan"),
        ("“Ana Vexlerin”", "Vexlerin"),
        ("Ana Vexlerin (writer)", "Vexlerin"),
        ("Ana Vexlerin [a writer, who left]", "Vexlerin"),
        ("Dr. Ana Vexlerin MP", "Vexlerin"),
        ("Dr. Ana Vexlerin, MP, PhD", "Vexlerin"),
        ("Ana Vexlerin Jr.", "Vexlerin"),
        ("Ana Vexlerin III", "Vexlerin"),
        ("Ana VEXLERIN", "VEXLERIN"),
        ("Vexlerin, Ana", "Vexlerin"),
        ("VEXLERIN, ANA", "VEXLERIN"),
        ("کریمی، محمد", "کریمی"),
        ("Ana Bo Lee", None),  # which is too short to be searched for alone
        ("A Teacher Union", None),
        ("The Vexlerin Family", None),
        ("Ein Lehrer aus Minsk", None),
        ("A. Vexlerin", "Vexlerin"),
        ("a Vexlerin", None),
        ("(…)", None),
    ],
)
def test_the_last_word_of_a_name_is_searched_for_as_a_family_name(
    campaign: CampaignFolder, name: str, searched: str | None
) -> None:
    """As a question: it may be another's, or a word."""
    found = [secret.text for secret in secrets(withheld(campaign, name)) if not secret.certain]
    assert found == ([searched] if searched else [])
    # Who signs for an organisation is somebody, too.
    campaign.write(
        "signatories.yaml",
        f"- {{id: signer-1, kind: organisation, visibility: withheld, name: Union, "
        f"signer: {{name: {yaml_name(name)}}}}}\n- {{id: ben, name: Ben Person}}\n",
    )
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    found = [secret.text for secret in secrets(loaded) if not secret.certain]
    assert found == ([searched] if searched else [])


def yaml_name(name: str) -> str:
    return name if name.startswith("{") else f'"{name}"'


def withheld(campaign: CampaignFolder, name: str) -> Campaign:
    """Somebody of that name is withheld, and somebody else is not."""
    campaign.write(
        "signatories.yaml",
        f"- {{id: signer-1, visibility: withheld, name: {yaml_name(name)}}}\n"
        "- {id: ben, name: Ben Person}\n",
    )
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    return loaded


PARTS = "{given: Quazimo, family: Vexlerin-Hernandez}"
OF_TWO = "{given: Quazimo, family: Vexlerin Hernandez}"
PLAIN = "{given: Quazimo Pyotr, family: Vexlerin}"
SO_CALLED = (
    ("{given: Quazimo Vexlerin}", "by Quazimo Vexlerin", "error"),
    ("{given: Quazimo Vexlerin}", "Ms Vexlerin", "warning"),
    ("{given: Quazimo}", "quazimo.pdf", "warning"),
    ("{given: Anna}", "Savannah", None),
    ("{display: Anna Vexlerin, sort: Wood}", "a hollywooden smile", None),
    ("{family: Vexlerin}", "Vexlerin", "warning"),
    ('{display: Q. V., sort: "Vexlerin, Quazimo"}', "Vexlerin, Quazimo", "error"),
    ('{display: Q. V., sort: "Vexlerin, Quazimo"}', "Vexlerin said", "warning"),
    ("{display: Q. V., native: Квазимо Векслерин}", "Векслерин", "warning"),
    ("Dr. Quazimo Vexlerin MP", "Quazimo Vexlerin", "error"),
    ("Quazimo P. Vexlerin (writer)", "Quazimo Vexlerin", "error"),
    *((name, text, "warning") for name in (PARTS, OF_TWO, "Quazimo Vexlerin-Hernandez")
      for text in ("Ms Hernandez", "qhernandez", "hernandez.q", "Quazimo Hernandez Lopez",
                   "QuazimoHernandez")),
    *((name, "Ms Vexlerin", "warning") for name in (PARTS, OF_TWO)),
    ("{given: Quazimo, particle: van der, family: Molen}", "Vandermolen", "warning"),
    ("{given: Quazimo, particle: van der, family: Molen}", "qvandermolen", "warning"),
    *((PLAIN, text, "warning") for text in ("qvexlerin@example.org", "vexlerinq", "QVexlerin.pdf",
      "pvexlerin", "Q.Vexlerin", "user:vexlerinp", "ScanVexlerin.pdf", "oldVexlerinNew")),
    ("Quazimo Vexlerin", "qvexlerin", "warning"),
    ("Zoë Ångström", "zangstrom@example.org", "warning"),
    ("{given: Юлия, family: Щукина}", "ющукина", "warning"),
    *((PLAIN, text, None) for text in ("xvexlerin", "vexlerinian", "qpvexlerinx", "Quazimo")),
    ("{given: Sam, family: Hall}", "Nobody shall go to the halls.", None),
    ("{given: Ana, family: de la Cruz}", "de la carte, cruzado", None),
)  # fmt: skip


@pytest.mark.parametrize(("name", "text", "severity"), SO_CALLED)
def test_somebody_is_found_by_whatever_they_may_be_called(
    campaign: CampaignFolder, name: str, text: str, severity: str | None
) -> None:
    loaded = withheld(campaign, name)
    found = {problem.severity for problem in search("a.txt", text.encode(), secrets(loaded))}
    assert ("error" if "error" in found else next(iter(found), None)) == severity


@pytest.mark.parametrize("visibility", ["withheld", "role-only"])
def test_who_a_case_is_about_is_searched_for_by_the_family_name_alone(
    campaign: CampaignFolder, visibility: str
) -> None:
    campaign.edit(
        "letter.yaml",
        "    visibility: public\n",
        f"    visibility: {visibility}\n    description: a teacher\n    consent: {{given: yes}}\n",
    )
    facts = "{en: Ada Example waited., fr: Ada Example a attendu.}"
    campaign.edit("letter.yaml", facts, "One waited.")
    loaded, problems = load(campaign.path)
    assert loaded is not None, problems
    assert "Example" in {secret.text for secret in secrets(loaded) if not secret.certain}
