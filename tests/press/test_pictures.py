"""Of a picture only its pixels reach a letter."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import loaded
from PIL import Image as Pixels
from PIL import ImageDraw, ImageFile, PngImagePlugin
from pypdf import PdfReader
from signing import sign

from letters.press.ink import lifted
from letters.press.pictures import MAX_SIDE, clean
from letters.problem import CampaignError

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

SECRETS = (b"CANARY-ARTIST", b"CANARY-COMMENT", b"CANARY-XMP", b"CANARY-MAKER", b"CANARY-NAME")


def jpeg(**saved: Any) -> bytes:
    """A stroke of a pen as a camera would write it: who, where, when, and a remark."""
    canvas = Pixels.new("RGB", (320, 120), "white")
    ImageDraw.Draw(canvas).line([(10, 100), (150, 20), (300, 90)], fill="#102040", width=4)
    exif = Pixels.Exif()
    exif[0x010F] = "CANARY-MAKER"
    exif[0x013B] = "CANARY-ARTIST"
    exif[0x8825] = {1: "N", 2: (45.0, 25.0, 12.5), 3: "W", 4: (75.0, 41.0, 42.0)}
    stream = io.BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>CANARY-XMP</x:xmpmeta>"
    canvas.save(stream, "JPEG", exif=exif, comment=b"CANARY-COMMENT", xmp=xmp, **saved)
    return stream.getvalue()


def png(size: tuple[int, int] = (40, 30), mode: str = "RGB", **saved: Any) -> bytes:
    stream = io.BytesIO()
    Pixels.new(mode, size).save(stream, "PNG", **saved)
    return stream.getvalue()


def opened(data: bytes) -> Pixels.Image:
    return Pixels.open(io.BytesIO(data))


# --- one picture ------------------------------------------------------------------------------


def test_nothing_but_pixels_is_left_of_a_photograph(campaign: CampaignFolder) -> None:
    raw = jpeg()
    assert all(secret in raw for secret in SECRETS[:4])
    assert opened(raw).getexif().get_ifd(0x8825)
    campaign.write("images/CANARY-NAME.jpg", raw)
    image = clean(loaded(campaign), "images/CANARY-NAME.jpg", "Signature")
    assert not any(secret in image.png for secret in SECRETS)
    assert set(chunk_names(image.png)) == {b"IHDR", b"IDAT", b"IEND"}
    assert (image.width, image.height, image.alt) == (320, 120, "Signature")


def test_nothing_but_pixels_is_left_of_a_png(campaign: CampaignFolder) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "CANARY-ARTIST")
    told.add_itxt("XML:com.adobe.xmp", "CANARY-XMP", zip=True)
    told.add(b"prVt", b"CANARY-COMMENT")
    raw = png(pnginfo=told) + b"CANARY-NAME after the end"
    campaign.write("told.png", raw)
    image = clean(loaded(campaign), "told.png", "")
    assert not any(secret in image.png for secret in SECRETS)
    assert set(chunk_names(image.png)) == {b"IHDR", b"IDAT", b"IEND"}


def chunk_names(data: bytes) -> list[bytes]:
    names, at = [], 8
    while at < len(data):
        [length] = struct.unpack(">I", data[at : at + 4])
        names.append(data[at + 4 : at + 8])
        at += length + 12
    return names


def test_what_a_photograph_says_of_its_top_is_done(campaign: CampaignFolder) -> None:
    canvas = Pixels.new("RGB", (60, 20), "white")
    canvas.putpixel((0, 0), (0, 0, 0))
    exif = Pixels.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    stream = io.BytesIO()
    canvas.save(stream, "PNG", exif=exif)
    campaign.write("turned.png", stream.getvalue())
    image = clean(loaded(campaign), "turned.png", "")
    assert (image.width, image.height) == (20, 60)
    assert opened(image.png).getpixel((19, 0)) == (0, 0, 0)


def test_a_large_picture_becomes_smaller_and_keeps_its_shape(campaign: CampaignFolder) -> None:
    campaign.write("large.png", png((MAX_SIDE * 2, MAX_SIDE)))
    image = clean(loaded(campaign), "large.png", "")
    assert (image.width, image.height) == (MAX_SIDE, MAX_SIDE // 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(campaign: CampaignFolder, mode: str) -> None:
    campaign.write("kind.png", png(mode=mode))
    image = clean(loaded(campaign), "kind.png", "")
    assert opened(image.png).mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")


def test_transparency_is_kept(campaign: CampaignFolder) -> None:
    campaign.write("clear.png", png(mode="P", transparency=0))
    image = clean(loaded(campaign), "clear.png", "")
    assert opened(image.png).getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_printers_photograph_is_read(campaign: CampaignFolder) -> None:
    stream = io.BytesIO()
    Pixels.new("CMYK", (30, 20), (0, 0, 0, 255)).save(stream, "JPEG")
    campaign.write("ink.jpg", stream.getvalue())
    assert opened(clean(loaded(campaign), "ink.jpg", "").png).getpixel((3, 3)) == (0, 0, 0)


def claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be that large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [6_400, 10_000, 30_000, 2**31 - 1])
def test_a_picture_that_claims_to_be_huge_is_never_unpacked(
    campaign: CampaignFolder, side: int
) -> None:
    campaign.write("huge.png", claims(side, side))
    with pytest.raises(CampaignError) as caught:
        clean(loaded(campaign), "huge.png", "")
    [problem] = caught.value.problems
    assert problem.place.path == "huge.png"
    assert "million pixels" in problem.message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        png()[:60],
        jpeg()[:400],
        b"GIF89a" + bytes(40),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_it_refuses_what_is_no_png_and_no_jpeg(campaign: CampaignFolder, data: bytes) -> None:
    campaign.write("picture.png", data)
    with pytest.raises(CampaignError) as caught:
        clean(loaded(campaign), "picture.png", "")
    [problem] = caught.value.problems
    assert (problem.place.path, problem.message) == ("picture.png", "is not a PNG or JPEG picture")


def test_half_a_picture_is_none_whatever_else_is_loaded(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    campaign.write("half.jpg", jpeg()[:-200])
    with pytest.raises(CampaignError):
        clean(loaded(campaign), "half.jpg", "")
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_it_reads_nothing_outside_of_the_campaign(campaign: CampaignFolder) -> None:
    outside = campaign.path.parent / "outside.png"
    outside.write_bytes(png())
    (campaign.path / "link.png").symlink_to(outside)
    (campaign.path / "folder.png").mkdir()
    expected = dict.fromkeys(
        ("../outside.png", "link.png", str(outside), "none.png"), "there is no such picture"
    )
    for path, message in {**expected, "folder.png": "is a folder, and no file"}.items():
        with pytest.raises(CampaignError) as caught:
            clean(loaded(campaign), path, "")
        assert caught.value.problems[0].message == message


# --- in the letters ---------------------------------------------------------------------------


def test_a_signature_image_leaves_no_trace_of_its_photograph(
    campaign: CampaignFolder, letters: Letters
) -> None:
    campaign.write("images/CANARY-NAME.jpg", jpeg(quality=70))
    own = "  tier: author\n"
    campaign.edit("signatories.yaml", own, f"{own}  signature_image: images/CANARY-NAME.jpg\n")
    sign(campaign.path)
    done = letters("render", "--format", "pdf,docx,html,txt", "--lang", "en")
    assert done.status == 0, done.stderr
    out = campaign.path / "out"
    image = clean(loaded(campaign), "images/CANARY-NAME.jpg", "").png
    page = (out / "minister.en.html").read_bytes()
    assert base64.b64encode(image) in page
    with zipfile.ZipFile(out / "minister.en.docx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert image in members.values()
    [drawn] = PdfReader(out / "minister.en.pdf").pages[0].images
    assert drawn.image is not None
    assert drawn.image.size == (320, 120)
    for data in (*unpacked(out), *members.values(), *(name.encode() for name in members)):
        assert not any(secret in data for secret in SECRETS)
        assert b"GPS" not in data
        assert b"Exif" not in data


def unpacked(out: Path) -> list[bytes]:
    """All files as they are, and the streams of the PDFs as they were before they were packed."""
    found = [file.read_bytes() for file in out.iterdir()]
    for data in found[:]:
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            try:
                found.append(zlib.decompress(stream))
            except zlib.error:
                continue
    return found


# --- a signature on its paper -----------------------------------------------------------------


def scan(paper: int = 0xE6, ink: str = "#1f2f7a") -> Pixels.Image:
    """A pen's stroke on paper that is not white, lighter on one side and full of grain."""
    shade = Pixels.linear_gradient("L").resize((300, 90)).point(lambda v: paper - 8 + v // 32)
    grain = Pixels.effect_noise((300, 90), 4).point(lambda v: v - 128 + 128)
    canvas = Pixels.merge("RGB", [Pixels.blend(shade, grain, 0.02)] * 3)
    ImageDraw.Draw(canvas).line([(20, 70), (150, 20), (280, 60)], fill=ink, width=5)
    return canvas


def written(pixels: Pixels.Image) -> bytes:
    stream = io.BytesIO()
    pixels.save(stream, "PNG")
    return stream.getvalue()


def test_a_scanned_signature_is_lifted_off_its_paper(campaign: CampaignFolder) -> None:
    campaign.edit(
        "signatories.yaml", "  tier: author\n", "  tier: author\n  signature_image: scan.png\n"
    )
    campaign.write("scan.png", written(scan()))
    campaign.write("logo.png", written(scan()))
    there = loaded(campaign)
    image = clean(there, "scan.png", "Signature")
    made = opened(image.png)
    assert made.mode == "RGBA"
    seen = [made.getpixel(at) for at in ((2, 2), (150, 60), (297, 87), (280, 5))]
    assert seen == [(255, 255, 255, 0)] * len(seen)
    assert made.getpixel((150, 20)) == (0x1F, 0x2F, 0x7A, 255)
    assert clean(there, "scan.png", "Signature") == image
    assert opened(clean(there, "logo.png", "").png).mode == "RGB"  # nobody wrote that by hand


@pytest.mark.parametrize(
    "picture",
    [
        scan(paper=0x60, ink="white"),
        Pixels.new("RGB", (90, 30), "#f4f1ea"),
        Pixels.new("L", (9, 9)),
    ],
)
def test_what_is_no_ink_on_paper_stays_as_it_is(picture: Pixels.Image) -> None:
    assert lifted(picture) is picture


def test_a_lifted_edge_has_the_colour_of_the_ink() -> None:
    canvas = Pixels.new("RGB", (90, 60), "#f0ece4")
    ImageDraw.Draw(canvas).rectangle((30, 20, 60, 40), fill="#101820")
    canvas.putpixel((29, 30), (0xC0, 0xC0, 0xC0))  # half ink, half paper
    red, green, blue, opacity = lifted(canvas).getpixel((29, 30))  # type: ignore[misc]
    assert (red, green, blue) == (0x10, 0x18, 0x20)
    assert 0 < opacity < 255
