"""Every template, language and theme is an archive and can be read aloud: veraPDF says so."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from languages import proofs
from press.editions import FRENCH, PERSIAN, parallel_letter, petition, second_edition
from press.sample import full_letter
from press.test_docx_matrix import COPIES, TEMPLATES, folder_of
from press.themes import NAMES, built_in
from shared import SOAK
from signing import EXAMPLES
from templates.library import loaded
from verapdf import PROFILES, Verdict, verify
from weasyprint import HTML

from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.press import html, pdf, pictures
from letters.press.paper import WINDOWS

SAMPLES = {
    "full": full_letter(),
    "draft": full_letter("fr", draft=True),
    "persian": full_letter("fa"),
    "hebrew": full_letter("he"),
    "petition": petition(),
    "second": second_edition(),
    "second-persian": second_edition(PERSIAN, FRENCH),
    "parallel": parallel_letter(),
    "parallel-persian": parallel_letter(PERSIAN),
}


@functools.cache
def letters() -> dict[str, d.Letter]:
    """The samples, the examples, a proof of each language."""
    found = dict(SAMPLES)
    for campaign_folder in (*proofs(), EXAMPLES / "carney", EXAMPLES / "riverside"):
        campaign = loaded(campaign_folder)
        day = campaign.letter.date
        signed = Signed({p.id: "signed" for p in campaign.signatories}, day, draft=False)
        picture = functools.partial(pictures.clean, campaign)
        for language in campaign.letter.languages:
            letter = Edition(campaign, language, "recipient").letter(0, signed, picture)
            found[f"{campaign_folder.name}.{language}"] = letter
    return found


def failed(verdicts: list[Verdict]) -> list[str]:
    return [f"{v.file.name} as {v.profile}: {v.broken}" for v in verdicts if not v.passed]


@pytest.mark.parametrize("theme", NAMES)
def test_every_letter_passes_as_an_archive_and_as_accessible(theme: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    turn = NAMES.index(theme)
    for number, (name, letter) in enumerate(letters().items()):
        if not SOAK and (number + turn) % 2:
            continue  # in every other theme
        (out / f"{name}.pdf").write_bytes(pdf.write(letter, built_in(theme)).data)
    for window, paper in WINDOWS.items():
        look = built_in(theme, page=paper.page, window=window)
        (out / f"{window}.pdf").write_bytes(pdf.write(SAMPLES["full"], look).data)
    assert failed(verify(sorted(out.iterdir()))) == []


def test_every_template_passes_in_every_language_and_theme(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """They are the files to which the pages of the Word files are compared."""
    copies = [copy for copy in COPIES if copy.letter in TEMPLATES and copy.window is None]
    assert {copy.letter for copy in copies} == set(TEMPLATES)
    assert {copy.theme for copy in copies} == set(NAMES)
    files = [folder_of(copy, tmp_path_factory) / f"{copy.name}.pdf" for copy in copies]
    assert failed(verify(files)) == []


def test_a_file_without_tags_fails(tmp_path: Path) -> None:
    page = html.page(SAMPLES["full"], built_in("classic"))
    plain, claimed = tmp_path / "plain.pdf", tmp_path / "claimed.pdf"
    HTML(string=page).write_pdf(plain)
    HTML(string=page).write_pdf(claimed, pdf_variant="pdf/a-3b")
    verdicts = verify([plain, claimed])
    assert [(v.profile, v.passed) for v in verdicts] == [(p, False) for p in PROFILES] * 2
    assert all(v.broken for v in verdicts)
