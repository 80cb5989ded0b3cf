"""``letters print``: what is posted is what was signed, on the right side of the right sheet."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from post.paper.made import pages, pdf, picture, writer
from pypdf import PdfReader

from .logged import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

FILES = [
    "prime-minister.en.pdf",
    "prime-minister.fr.pdf",
    "minister.en.pdf",
    "minister.fr.pdf",
]


def test_it_bundles_the_letters_and_records_nothing(final: CampaignFolder, run: Letters) -> None:
    final.edit("recipients.yaml", "- id: minister\n", "- id: minister\n  language: fr\n")
    before = kinds(final)
    done = run("print", "--envelopes", "no10", "--all-languages")
    assert done.status == 0, done.stderr
    folder = final.path / "out" / "print"
    names = ["letters.pdf", "envelopes.pdf", "posting-list.pdf"]
    assert done.stdout.splitlines() == [str(folder / name) for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert kinds(final) == before
    for words in (
        "prime-minister.en.pdf, prime-minister.fr.pdf",
        "minister.fr.pdf, minister.en.pdf",  # their own language first
        "minister: has no postal address, and is not among the envelopes",
        "2 recipients, ",
    ):
        assert words in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last == "letters track sent ID … --channel post --evidence FILE"
    assert len(PdfReader(folder / "envelopes.pdf").pages) == 1
    listed = " ".join(pages((folder / "posting-list.pdf").read_bytes()))
    assert "1 prime-minister Mark Carney" in listed
    assert "2 minister Sam Taylor Ministre no postal address is known" in listed


def test_each_letter_is_its_own_pages_and_begins_on_a_front_side(
    final: CampaignFolder, run: Letters
) -> None:
    assert run("print").status == 0
    out = final.path / "out"
    bundle = out / "print" / "letters.pdf"
    texts, at = pages(bundle.read_bytes()), 0
    made = json.loads(final.read("out/manifest.json"))["files"]
    counted = {file["path"]: file["pages"] for file in made}
    for name in FILES:
        own = pages((out / name).read_bytes())
        assert at % 2 == 0
        assert len(own) == counted[name]
        assert texts[at : at + len(own)] == own
        assert picture(bundle, at + 1) == picture(out / name, 1)
        at += len(own)
        if len(own) % 2:
            assert texts[at] == ""
            at += 1
    assert at == len(texts)
    said = bundle.read_bytes()
    everything = " ".join(texts + pages((out / "print" / "posting-list.pdf").read_bytes()))
    for secret in ("Withheld", "Someone", "secret@example.net", "ngozi@example.org"):
        assert secret not in everything
        assert secret.encode() not in said
    assert run("print").status == 0
    assert bundle.read_bytes() == said


def test_what_is_enclosed_comes_behind_the_letters_on_a_sheet_of_its_own(
    final: CampaignFolder, run: Letters
) -> None:
    final.edit(
        "letter.yaml",
        "  - title: {en: A list, fr: Une liste}\n",
        "  - title: {en: A list, fr: Une liste}\n    file: list-{recipient}.pdf\n",
    )
    final.write("list-prime-minister.pdf", pdf("enclosed one", size=(595, 842)))
    final.write("list-minister.pdf", pdf("enclosed two", "its back"))
    assert run("render", "--format", "pdf").status == 0
    done = run("print")
    assert done.status == 0, done.stderr
    assert "prime-minister.fr.pdf, list-prime-minister.pdf" in done.stderr
    assert "the pages have several sizes: " in done.stderr
    assert "1 page A4" in done.stderr
    texts = pages((final.path / "out" / "print" / "letters.pdf").read_bytes())
    one, two = texts.index("enclosed one"), texts.index("enclosed two")
    assert (one % 2, two % 2) == (0, 0)
    assert texts[one + 1] == ""
    assert texts[two:] == ["enclosed two", "its back"]
    secret = writer(["secret"])
    secret.encrypt("password")
    secret.write(final.path / "list-minister.pdf")
    assert run("render", "--format", "pdf").status == 0
    done = run("print")
    assert done.status == 1
    line = final.read("letter.yaml").partition("file: list-")[0].count("\n") + 1
    assert f"letter.yaml:{line}:" in done.stderr
    assert "list-minister.pdf is encrypted (save a copy without a password)" in done.stderr


def test_an_enclosure_that_was_exchanged_since_stops_it(
    final: CampaignFolder, run: Letters
) -> None:
    title = "  - title: {en: A list, fr: Une liste}\n"
    final.edit("letter.yaml", title, f"{title}    file: list.pdf\n")
    final.write("list.pdf", pdf("enclosed"))
    changed = "refused: enclosed file list.pdf is not the one that was there when the letters were"
    done = run("print")
    assert (done.status, done.stderr.count(changed)) == (3, 1)  # no file was there at all
    assert run("render", "--format", "pdf").status == 0
    assert run("print").status == 0
    final.write("list.pdf", pdf("exchanged"))
    done = run("print")
    assert (done.status, done.stderr.count(changed)) == (3, 1)
    assert changed in run("send").stderr


def test_what_is_posted_is_left_out_until_it_is_named(final: CampaignFolder, run: Letters) -> None:
    words = ["sent", "minister", "--channel", "post", "--note", "dropped in the box on Elm Street"]
    assert run("track", *words).status == 0
    done = run("print")
    assert done.status == 0, done.stderr
    assert "left out: minister: posted 20" in done.stderr
    assert "1 recipient, " in done.stderr
    assert run("track", "sent", "prime-minister", *words[2:]).status == 0
    done = run("print")
    assert (done.status, done.stdout) == (0, "")
    assert "there is nothing to print" in done.stderr
    done = run("print", "--to", "minister")
    assert done.status == 0
    assert "minister.en.pdf" in done.stderr
    assert "left out" not in done.stderr
    assert run("print", "--to", "nobody").status == 2


def test_it_prints_nothing_that_nobody_stands_behind(final: CampaignFolder, run: Letters) -> None:
    target = final.path / "out" / "print"
    file = final.path / "out" / "minister.en.pdf"
    shutil.copy(file, final.path / "kept.pdf")
    file.write_bytes(file.read_bytes() + b"\n")
    done = run("print")
    assert done.status == 3
    assert "minister.en.pdf is missing, or is not the file that was rendered" in done.stderr
    shutil.copy(final.path / "kept.pdf", file)
    final.edit("letter.yaml", "answer the second", "answer the third")
    done = run("print")
    assert done.status == 3
    assert "signed an earlier text" in done.stderr
    final.edit("letter.yaml", "answer the third", "answer the second")
    manifest = final.read("out/manifest.json")
    final.write("out/manifest.json", manifest.replace('"draft": false', '"draft": true'))
    done = run("print")
    assert done.status == 3
    assert "has drafts in it" in done.stderr
    assert "nothing was printed" in done.stderr
    assert not target.exists()


def test_it_replaces_its_own_files_and_no_others(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    assert run("print", "--out", str(folder), "--envelopes", "c5").status == 0
    done = run("print", "--out", str(folder), "--labels", "L7160")
    assert done.status == 0, done.stderr
    assert "envelopes.pdf was of an earlier run, and is deleted" in done.stderr
    names = ["labels.pdf", "letters.pdf", "posting-list.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert not (final.path / "out" / "print").exists()
    mine = folder / "letters.pdf"
    mine.write_bytes(pdf("mine"))
    done = run("print", "--out", str(folder))
    assert done.status == 3
    assert "letters.pdf was not made by “letters print”" in done.stderr
    assert mine.read_bytes() == pdf("mine")
    mine.unlink()
    (final.path / "out" / "print").symlink_to(tmp_path)
    assert run("print").status == 3


def test_a_file_is_no_folder_to_print_into(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for folder in (file, file / "deeper"):
        done = run("print", "--out", str(folder))
        assert done.status == 2
        assert f"{file} is a file, and no folder (name a folder with --out)" in done.stderr
    assert file.read_text() == "mine"


def test_envelopes_and_labels_are_not_both_asked_for(
    campaign: CampaignFolder, run: Letters
) -> None:
    done = run("print", "--envelopes", "dl", "--labels", "5160")
    assert done.status == 2
    assert "choose one of" in done.stderr
