"""Pictures of the campaign, re-encoded from their pixels.

A photograph of a signature carries the camera, the place and the hour in its metadata, and some
formats keep earlier versions of the picture. Only the pixels go on.
"""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from letters import limits, reading
from letters.campaign import named_file, references
from letters.campaign.model import Campaign
from letters.draft.document import Image
from letters.press import ink
from letters.problem import CampaignError, Place, Problem

MAX_SIDE = 1600
MAX_PIXELS = 40_000_000
_REMEMBERED = 256


def clean(campaign: Campaign, path: str, alt: str) -> Image:
    """The campaign's picture at ``path`` as bare PNG, at most 1600 pixels a side.

    The scan of a signature is lifted off its paper.
    Raises CampaignError where it is not there or can't be read as a picture.
    """
    file, at = campaign.inner(path), references.picture_place(campaign, path)
    if file is None or not file.exists():
        raise CampaignError([Problem(at, "there is no such picture")])
    signed = path in references.pictures(campaign).values()
    now = file.stat()  # a preview goes on while pictures are exchanged
    found = (now.st_ino, now.st_size, now.st_mtime_ns)
    try:
        with reading.told_as(campaign.root / at.path, at.line):
            png, width, height = _bare(file, path, found, signed=signed)
    except CampaignError as error:
        raise CampaignError([replace(each, place=at) for each in error.problems]) from None
    return Image(png, width, height, alt)


@lru_cache(maxsize=_REMEMBERED)
def _bare(
    file: Path, shown: str, _: tuple[int, int, int], *, signed: bool
) -> tuple[bytes, int, int]:
    from PIL import Image as Pixels
    from PIL import ImageFile, ImageOps

    # WeasyPrint, where it is loaded, lets Pillow take half a picture for a whole one.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            data = named_file.data_of(file, shown, limits.PICTURE)
            with Pixels.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise _too_large(shown)
                upright = ImageOps.exif_transpose(opened)
                # A new picture from the pixels alone: nothing of the file's metadata is in it.
                pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Pixels.DecompressionBombError, Pixels.DecompressionBombWarning):
        raise _too_large(shown) from None
    except (OSError, ValueError, SyntaxError, Warning):
        raise CampaignError([Problem(Place(shown), "is not a PNG or JPEG picture")]) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    pixels.thumbnail((MAX_SIDE, MAX_SIDE))
    if signed:
        pixels = ink.lifted(pixels)
    bare = Pixels.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    out = io.BytesIO()
    bare.save(out, "PNG")
    return out.getvalue(), bare.width, bare.height


def _too_large(shown: str) -> CampaignError:
    message = f"is larger than {MAX_PIXELS // 10**6} million pixels"
    return CampaignError([Problem(Place(shown), message, "make it smaller")])
