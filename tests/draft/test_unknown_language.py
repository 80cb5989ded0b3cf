"""A language that letters can't be set in is reported where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


def test_it_reports_a_language_that_it_does_not_know(
    campaign: CampaignFolder, letters: Letters
) -> None:
    campaign.write("templates/note/letter.hu.md", campaign.read("templates/note/letter.en.md"))
    for file in ("letter.yaml", "signatories.yaml", "recipients.yaml"):
        campaign.write(file, campaign.read(file).replace("fr: ", "hu: "))
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en, hu]")
    for command in ("check", "render", "status"):
        done = letters(command)
        assert done.status == 1
        said = "letter.yaml:3:17: languages[1] – letters doesn’t know the language “hu” yet"
        assert done.stderr.startswith(
            f"{said} (known: ar, de, en, es, fa, fr, he, ru, uk; to add it, "
        )
