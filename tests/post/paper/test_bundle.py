"""The bundle: every PDF begins on a front side, and its pages are its own."""

from __future__ import annotations

import io
import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from letters.post.paper.bundle import MADE_BY, Bundle, BundledPdf, UnfitFileError
from letters.workshop.workshop import Workshop

from .made import A4, LETTER, data_of, pages, pdf, writer

TELLING = (b"Quazeer", b"LastModified", b"PieceInfo", b"/Metadata", b"/OCG")


def bundled(*files: bytes) -> bytes:
    bundle = Bundle()
    for data in files:
        bundle.add(data)
    return bundle.close("A title")


def test_each_pdf_begins_on_a_front_side() -> None:
    made = bundled(pdf("one"), pdf("two a", "two b"), pdf("three a", "three b", "three c"))
    texts = ["one", "", "two a", "two b", "three a", "three b", "three c", ""]
    assert pages(made) == texts
    assert all(texts.index(first) % 2 == 0 for first in ("one", "two a", "three a"))


def test_a_blank_page_has_the_size_of_the_page_before_it() -> None:
    turned = writer(["turned"], A4)
    turned.pages[0].rotate(90)
    made = PdfReader(io.BytesIO(bundled(pdf("letter"), pdf("a4", size=A4), data_of(turned))))
    sizes = [(page.mediabox.width, page.mediabox.height) for page in made.pages]
    assert sizes == [LETTER, LETTER, A4, A4, A4, A4]
    assert [page.rotation for page in made.pages] == [0, 0, 0, 0, 90, 90]


def test_it_says_what_each_pdf_adds() -> None:
    turned = writer(["turned"], A4)
    turned.pages[0].rotate(90)
    bundle = Bundle()
    assert bundle.add(pdf("a", "b", "c")) == BundledPdf(3, (LETTER,) * 3)
    assert bundle.add(data_of(turned)) == BundledPdf(1, ((842, 595),))
    assert [BundledPdf(count, ()).sheets for count in (1, 2, 3, 4)] == [1, 1, 2, 2]
    assert bundle.pages == 6


def test_what_is_equal_is_written_once_and_what_was_made_is_the_same_again() -> None:
    enclosure = pdf(*(f"page {number} {'x' * 2000}" for number in range(4)))
    once, often = bundled(enclosure), bundled(*[enclosure] * 12)
    assert pages(often) == pages(once) * 12
    assert len(often) < len(once) + 11 * 4 * 250
    assert bundled(*[enclosure] * 12) == often
    about = PdfReader(io.BytesIO(often)).metadata
    assert about == {"/Title": "A title", "/Creator": MADE_BY}


def test_it_asks_for_both_sides_and_no_change_of_size() -> None:
    wishes: Any = PdfReader(io.BytesIO(bundled(pdf("a")))).root_object["/ViewerPreferences"]
    assert wishes == {
        "/Duplex": "/DuplexFlipLongEdge",
        "/PrintScaling": "/None",
        "/PickTrayByPDFSize": True,
    }


def test_what_was_put_on_a_page_is_printed_and_what_leads_elsewhere_is_not() -> None:
    made = writer(["text"])
    stamp = FreeText(text="a stamp", rect=(10, 10, 90, 30))
    look = made._add_object(writer(["x"]).pages[0]["/Contents"].clone(made))
    stamp[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look})
    stamp[NameObject("/F")] = NumberObject(4)
    hidden = DictionaryObject(stamp)
    hidden[NameObject("/F")] = NumberObject(6)
    for note in (stamp, hidden, Link(rect=(0, 0, 9, 9), url="https://example.org/secret")):
        made.add_annotation(0, note)
    data = bundled(data_of(made))
    notes: Any = PdfReader(io.BytesIO(data)).pages[0]["/Annots"]
    [kept] = notes
    assert kept.get_object()["/Subtype"] == "/FreeText"
    assert b"secret" not in data


def test_an_object_that_leads_back_to_itself_is_taken_over() -> None:
    made = writer(["round"])
    one, two = DictionaryObject(), DictionaryObject()
    there = made._add_object(one)
    one[NameObject("/Next")] = made._add_object(two)
    two[NameObject("/Next")] = there
    resources: Any = made.pages[0]["/Resources"]
    resources[NameObject("/Round")] = there
    data = bundled(data_of(made))
    assert pages(data) == ["round", ""]
    resources = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]
    again = resources["/Round"]
    assert again["/Next"]["/Next"]["/Next"]["/Next"].get_object() is not None


def encrypted() -> bytes:
    made = writer(["secret"])
    made.encrypt("password")
    return data_of(made)


def layered() -> bytes:
    made = writer(["text"])
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([NumberObject(1)])})
    made.root_object[NameObject("/OCProperties")] = DictionaryObject({NameObject("/D"): off})
    return data_of(made)


def nested() -> bytes:
    inner = b"[" * 5000 + b"]" * 5000
    return pdf("deep").replace(b"/Resources <<", b"/Resources <<\n/Deep " + inner, 1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (encrypted, "is encrypted"),
        (layered, "has layers that are switched off"),
        (lambda: data_of(PdfWriter()), "has no pages"),
        (lambda: pdf("x")[:200], "can’t be read as a PDF"),
        (lambda: b"%PDF-1.7\nnothing", "can’t be read as a PDF"),
        (nested, "can’t be read as a PDF"),
    ],
    ids=["encrypted", "layered", "empty", "cut", "nothing", "nested"],
)
def test_it_says_what_it_can_not_print(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(UnfitFileError) as error:
        bundled(make())
    assert error.value.message == message
    assert error.value.hint


def test_a_broken_pdf_is_read_or_refused_and_nothing_else() -> None:
    chance, whole = random.Random(7), pdf("a", "b")
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            made = bundled(bytes(data))
        except UnfitFileError:
            continue
        assert len(PdfReader(io.BytesIO(made)).pages) % 2 == 0


def endless() -> bytes:
    """So many pages that they take a minute, on any computer far longer than a short letter."""
    page = "{} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>>>\nendobj\n"
    numbers = range(3, 20_003)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    return (
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        f"2 0 obj\n<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>\nendobj\n"
        f"{''.join(map(page.format, numbers))}"
        f"trailer\n<</Size {numbers.stop}/Root 1 0 R>>\n%%EOF\n"
    ).encode()


def test_a_pdf_that_takes_too_long_is_named_and_ends_it(tmp_path: Path) -> None:
    with Workshop(tmp_path, seconds=1) as shop:
        bundle = shop.bundle()
        assert [bundle.add(pdf("quick")).pages for _ in range(2)] == [1, 1]
        assert pages(bundle.close("")) == ["quick", "", "quick", ""]
        with pytest.raises(UnfitFileError, match="takes too long to read"):
            bundle.add(endless())
        assert bundle.stopped


def telling() -> bytes:
    """A page of which every part says who made it: picture, mask, drawing, layer, stamp, font."""
    made = pikepdf.Pdf.new()
    page = made.add_blank_page().obj
    about = {
        "LastModified": "D:2026-Quazeer",
        "PieceInfo": Dictionary(App=Dictionary(Private=Dictionary(Who="Quazeer"))),
        "Metadata": made.make_stream(b"<x>Quazeer</x>", Type=Name.Metadata, Subtype=Name.XML),
        "OC": made.make_indirect(Dictionary(Type=Name.OCG, Name="Quazeer")),
    }
    picture = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1}
    picture |= {"BitsPerComponent": 8, "ColorSpace": Name.DeviceGray, **about}
    form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 1, 1]), **about}
    mask = made.make_stream(b"\0", **picture)
    image = made.make_stream(b"\0", **picture, SMask=mask)
    inner = made.make_stream(b"/I Do", **form, Resources=Dictionary(XObject=Dictionary(I=image)))
    inner.Resources.XObject.Round = inner
    page.Resources = Dictionary(
        XObject=Dictionary(F=inner),
        Properties=Dictionary(M=about["OC"]),
        ExtGState=Dictionary(G=Dictionary(SMask=Dictionary(G=made.make_stream(b"", **form)))),
        Pattern=Dictionary(P=made.make_stream(b"", Resources=Dictionary(), **about)),
    )
    page.Contents = made.make_stream(b"/OC /M BDC /F Do EMC")
    look = Dictionary(N=Dictionary(On=made.make_stream(b"", **form)))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 1, 1]), F=4, AP=look)
    page.Annots = Array([made.make_indirect(note)])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_nothing_in_a_page_says_who_made_it() -> None:
    seen = []
    for data in (telling(), bundled(telling())):
        with pikepdf.open(io.BytesIO(data)) as made:
            streams = [each for each in made.objects if isinstance(each, pikepdf.Stream)]
            seen.append(data + b"".join(each.read_bytes() for each in streams))
            assert b"/I Do" in seen[-1]
    assert [any(word in data for word in TELLING) for data in seen] == [True, False]


def test_whether_a_file_was_made_here_is_found_out_in_another_process(tmp_path: Path) -> None:
    size, packer = 210_000_000, zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(10**7)) for _ in range(size // 10**7)) + packer.flush()
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n"
    table = b"2 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>\n"
    end = b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (packed, len(body))
    bomb, ours = tmp_path / "bomb.pdf", tmp_path / "ours.pdf"
    bomb.write_bytes(body + table % (size // 7, len(packed)) + end)
    ours.write_bytes(bundled(pdf("a")))
    before = os.times()
    with Workshop(tmp_path) as shop:
        assert not shop.made_here(bomb)
    after = os.times()
    assert after.user - before.user < (after.children_user - before.children_user) / 2
    with Workshop(tmp_path) as shop:
        assert shop.made_here(ours)
