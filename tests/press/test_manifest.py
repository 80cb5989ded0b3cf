"""The manifest says what each file is, and says it the same way every time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from letters import __version__
from letters.digests import FileDigest, TextDigest, of_file
from letters.press.manifest import NAME, File, Manifest, Proof, read, still_there

ONE = File(
    "b.en.pdf",
    "b",
    "en",
    "recipient",
    "pdf",
    FileDigest("0" * 64),
    2,
    TextDigest("1" * 64),
    3,
    draft=False,
)
ONE = replace(ONE, options=("source",), identity="4" * 64, parts="text=5 theme=6", roster="7")
TWO = replace(ONE, path="a.fr.txt", recipient="a", language="fr", format="txt", pages=None)
ROSTER = {"ada": "visibility=public name=8", "bo": "visibility=withheld"}
WHOLE = Manifest(
    TextDigest("1" * 64), (3, "2" * 64), (ONE, TWO), {"7": ROSTER, "of earlier files": {}}
)


def test_it_says_what_was_made_with_what() -> None:
    body = json.loads(WHOLE.encode())
    assert body["toolkit"] == {"name": "letters", "version": __version__}
    assert body["text_digest"] == "1" * 64
    assert body["log"] == {"size": 3, "root": "2" * 64}
    assert body["files"][1] == {
        "path": "b.en.pdf",
        "recipient": "b",
        "language": "en",
        "audience": "recipient",
        "format": "pdf",
        "sha256": "0" * 64,
        "pages": 2,
        "text_digest": "1" * 64,
        "log_size": 3,
        "draft": False,
        "options": ["source"],
        "identity": "4" * 64,
        "parts": "text=5 theme=6",
        "roster": "7",
    }
    assert body["rosters"] == {"7": ROSTER}


def test_it_reads_what_files_are_made_from_and_does_without(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(WHOLE.encode())
    assert read(tmp_path) == replace(WHOLE, files=(TWO, ONE), rosters={"7": ROSTER})
    earlier = json.loads(WHOLE.encode())
    del earlier["rosters"]
    for file in earlier["files"]:
        for key in ("options", "identity", "parts", "roster"):
            del file[key]
    (tmp_path / NAME).write_text(json.dumps(earlier))
    found = read(tmp_path)
    assert found is not None
    assert {(file.identity, file.options, file.roster) for file in found.files} == {("", (), "")}
    for wrong in ({"7": {"ada": 3}}, {"7": "ada"}, ["7"]):
        (tmp_path / NAME).write_text(json.dumps(earlier | {"rosters": wrong}))
        assert read(tmp_path) is None


def test_it_is_the_same_whatever_the_order_of_the_files() -> None:
    assert replace(WHOLE, files=(TWO, ONE)).encode() == WHOLE.encode()
    assert WHOLE.encode().endswith(b"}\n")


@pytest.mark.parametrize(
    "odd", ["Ö \u2028 \x7f \x00 \x1f", '"\\/', "\U0001f600<>&\t\n", "  a\n  b"]
)
def test_all_of_it_is_written_in_one_form(odd: str) -> None:
    whole = replace(
        WHOLE,
        files=(replace(ONE, path=odd, options=(), enclosed=((odd, FileDigest("5" * 64)),)), TWO),
    )
    data = whole.encode()
    body = json.loads(data)
    assert {odd: "5" * 64} in [file.get("enclosed") for file in body["files"]]
    assert data.decode() == json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def test_it_says_what_goes_with_a_letter_and_reads_one_that_did_not(tmp_path: Path) -> None:
    with_a_list = replace(ONE, enclosed=(("list.pdf", FileDigest("3" * 64)),))
    made = replace(WHOLE, files=(with_a_list, TWO, replace(TWO, path="z.txt", enclosed=())))
    (tmp_path / NAME).write_bytes(made.encode())
    found = read(tmp_path)
    assert found is not None
    enclosed = [file.enclosed for file in found.files]
    assert enclosed == [None, (("list.pdf", FileDigest("3" * 64)),), ()]
    wrong = made.encode().replace(b'"list.pdf": "' + b"3" * 64 + b'"', b'"list.pdf": 3')
    (tmp_path / NAME).write_bytes(wrong)
    assert read(tmp_path) is None


def test_a_campaign_without_a_log_has_none_in_it() -> None:
    assert json.loads(replace(WHOLE, checkpoint=None).encode())["log"] is None


@pytest.mark.parametrize("manifest", [WHOLE, replace(WHOLE, checkpoint=None, files=())])
def test_it_reads_what_it_wrote(manifest: Manifest, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(manifest.encode())
    found = read(tmp_path)
    assert found is not None
    assert found.encode() == manifest.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b'{"text_digest": "1", "log": null, "files": null}',
        b'{"text_digest": "1", "log": null, "files": [1]}',
        b'{"text_digest": "1", "log": null, "files": [{"path": "a"}]}',
        b'{"text_digest": "1", "log": 7, "files": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_one_counts_as_none(body: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(body)
    assert read(tmp_path) is None


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    assert read(tmp_path / "nowhere") is None


def test_only_files_that_are_as_they_were_made_are_still_there(tmp_path: Path) -> None:
    def file(path: str, data: bytes | None) -> File:
        target = tmp_path / "out" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if data is not None:
            target.write_bytes(data)
        return replace(ONE, path=path, sha256=FileDigest(hashlib.sha256(b"made").hexdigest()))

    kept = file("kept.pdf", b"made")
    below = file("public/kept.pdf", b"made")
    edited, gone = file("edited.pdf", b"made by hand"), file("gone.pdf", None)
    outside = file("../outside.pdf", b"made")
    absolute = replace(kept, path=str(tmp_path / "outside.pdf"))
    folder = replace(kept, path="public")
    files = [kept, edited, below, gone, outside, absolute, folder]
    assert still_there(tmp_path / "out", files) == [kept, below]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere.pdf").write_bytes(b"made")
    (tmp_path / "out" / "link.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    link = replace(ONE, path="link.pdf", sha256=of_file(b"made"))
    assert still_there(tmp_path / "out", [link]) == []


def test_only_what_is_byte_for_byte_as_it_was_made_may_be_written_over(tmp_path: Path) -> None:
    made = replace(ONE, path="public/a.pdf", sha256=of_file(b"made"))
    assert not Proof(tmp_path).found
    assert not Proof(tmp_path).covers(tmp_path / "public" / "a.pdf", b"made")
    (tmp_path / NAME).write_bytes(replace(WHOLE, files=(made, TWO)).encode())
    proof = Proof(tmp_path)
    assert proof.found
    assert proof.covers(tmp_path / "public" / "a.pdf", b"made")
    assert not proof.covers(tmp_path / "public" / "a.pdf", b"made by hand")
    assert not proof.covers(tmp_path / "a.pdf", b"made")
    assert proof.covers(tmp_path / NAME, b"whatever it says")
