"""Equal campaigns give equal bytes, wherever, whenever and by whomever they are rendered."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import LETTER, CampaignFolder
from PIL import Image
from signing import copy_of, sign

FORMATS = "pdf,docx,html,txt"

HERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "1",
    "SOURCE_DATE_EPOCH": "1",
    "COLUMNS": "40",
}
ELSEWHERE = {
    "TZ": "America/St_Johns",
    "LC_ALL": "C.UTF-8",
    "LANG": "fr_CA.UTF-8",
    "LANGUAGE": "fr",
    "PYTHONHASHSEED": "4242",
    "USER": "somebody",
    "LOGNAME": "somebody",
}
TOLD = {*HERE, *ELSEWHERE, "HOME"}


def rendered(campaign: Path, home: Path, said: dict[str, str], *words: str) -> dict[str, bytes]:
    """The files of a render in a process that knows nothing of this one but where programs are."""
    home.mkdir(parents=True)
    kept = {key: text for key, text in os.environ.items() if key not in TOLD}
    subprocess.run(
        [
            sys.executable,
            "-m",
            "letters",
            "-C",
            str(campaign),
            "render",
            "--format",
            FORMATS,
            *words,
        ],
        cwd=home,
        env={**kept, "HOME": str(home), **said},
        check=True,
        capture_output=True,
    )
    out = campaign / "out"
    return {file.name: file.read_bytes() for file in out.iterdir()}


def in_two_places(
    campaign: Path, tmp_path: Path, *words: str
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The campaign rendered in two copies of it, in processes that differ in all they can."""
    here = tmp_path / "a" / "campaign"
    there = tmp_path / "b" / "Élan & Cie" / "a much longer path"
    for place in (here, there):
        shutil.copytree(campaign, place)
    return (
        rendered(here, tmp_path / "home", HERE, *words),
        rendered(there, tmp_path / "b" / "другой дом", ELSEWHERE, *words),
    )


def test_the_model_campaign_gives_the_same_bytes(tmp_path: Path) -> None:
    campaign = copy_of("carney", tmp_path)
    sign(campaign)
    first, second = in_two_places(campaign, tmp_path)
    assert len(first) == 2 * 4 + 1
    assert sorted(name for name in first if first[name] != second.get(name)) == []
    assert first.keys() == second.keys()


def test_a_letter_with_pictures_gives_the_same_bytes(
    campaign: CampaignFolder, tmp_path: Path
) -> None:
    stroke = Image.effect_noise((300, 90), 60).convert("RGB")
    for name, made in (("stroke.jpg", "JPEG"), ("logo.png", "PNG")):
        stream = io.BytesIO()
        stroke.save(stream, made)
        campaign.write(f"images/{name}", stream.getvalue())
    logo = "  contact: reply@example.org\n"
    campaign.write("letter.yaml", LETTER.replace(logo, f"{logo}  logo: images/logo.png\n"))
    campaign.edit(
        "signatories.yaml",
        "  tier: author\n",
        "  tier: author\n  signature_image: images/stroke.jpg\n",
    )
    sign(campaign.path)
    first, second = in_two_places(campaign.path, tmp_path, "--recipient", "minister")
    assert b"data:image/png" in first["minister.en.html"]
    assert sorted(name for name in first if first[name] != second.get(name)) == []


def test_another_word_gives_other_bytes(campaign: CampaignFolder, tmp_path: Path) -> None:
    """What the tests above compare does depend on the text."""
    one = ("--recipient", "minister", "--lang", "en")
    before = rendered(campaign.path, tmp_path / "one", HERE, *one)
    campaign.edit("letter.yaml", "value: 1000", "value: 1001")
    after = rendered(campaign.path, tmp_path / "two", HERE, *one)
    assert len(before) == 4 + 1
    assert [name for name in before if before[name] == after[name]] == []
