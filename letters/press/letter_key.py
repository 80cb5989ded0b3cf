"""Which letter a file is: what its Word file says of itself, see `letters.press.docx.properties`.

Whoever drafts a letter knows it, and need not load what writes Word files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from letters.digests import TextDigest

if TYPE_CHECKING:
    from letters.campaign.shown import Audience


class LetterKey(Struct, frozen=True):
    """Which letter it is: to whom, in which language, and for whom the copy is.

    ``layout`` says how the two ``languages`` of a bilingual letter stand; ``text_digest`` is that
    of the text as it was when the file was made, and ``draft`` whether it was marked as one.
    """

    recipient: str
    languages: tuple[str, ...]
    audience: Audience
    text_digest: TextDigest
    draft: bool
    layout: str = ""
