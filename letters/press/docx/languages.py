"""Which language a run of words is in, as Word's proofing tools and screen readers are told it.

Word keeps three languages for each run: for words from left to right, for East Asian ones and for
words from right to left. Only what differs from the document's own is said at the run.
"""

from __future__ import annotations

from unicodedata import bidirectional

from letters.draft.document import Letter, TextLanguage
from letters.press import fonts, scripts
from letters.press.docx.ooxml import tag

_REGIONS = {
    "ar": "ar-SA",
    "de": "de-DE",
    "el": "el-GR",
    "en": "en-CA",
    "es": "es-ES",
    "fa": "fa-IR",
    "fr": "fr-CA",
    "he": "he-IL",
    "hy": "hy-AM",
    "ja": "ja-JP",
    "ka": "ka-GE",
    "ko": "ko-KR",
    "ru": "ru-RU",
    "th": "th-TH",
    "uk": "uk-UA",
    "zh": "zh-CN",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}

_FIRST_ASIAN = "\u2e80"
_HEBREW = ("he", "yi")
_ONLY_PERSIAN = frozenset("پچژگکی")
_OF_NONE = "ar-SA"
"""What Word itself puts for words from right to left where no language of theirs is known."""


def language_tag(language: str) -> str:
    """The tag that Word's proofing tools know: they look for a region, and ignore a bare "en"."""
    return _REGIONS.get(language, language)


def by_default(home: TextLanguage) -> str:
    """The languages of the whole document."""
    known = language_tag(home.tag)
    return tag("lang", known, eastAsia=known, bidi=_from_right(home))


def said(words: str, language: TextLanguage | None, home: TextLanguage, *, rtl: bool) -> str:
    """The mark of a run where its language is not the document's own, else "".

    A name from right to left in a letter that is not has no language of its own here: what its
    script tells is said, so that it is not read out as English.
    """
    spoken = language or home
    if rtl:
        found = _by_script(words, spoken)
        return tag("lang", bidi=found) if found != _from_right(home) else ""
    known = language_tag(spoken.tag)
    return tag("lang", known, eastAsia=known) if known != language_tag(home.tag) else ""


def forms(words: str, language: TextLanguage | None, home: TextLanguage, beside: str) -> str:
    """The font of a run whose language has other forms of its characters than the document's.

    Word has one East Asian font for all text; ``beside`` is the family that the words stand in.
    """
    if language is None or not beside or max(words, default="") < _FIRST_ASIAN:
        return ""
    asian = next((c for c in words if c >= _FIRST_ASIAN and scripts.script(c)), "")
    wanted, usual = (scripts.script(asian, each.tag) for each in (language, home))
    if wanted is None or wanted == usual:
        return ""
    return tag("rFonts", eastAsia=fonts.word_family(wanted, beside), hint="eastAsia")


def _from_right(language: TextLanguage) -> str:
    return language_tag(language.tag) if language.direction == "rtl" else _OF_NONE


def _by_script(words: str, spoken: TextLanguage) -> str:
    hebrew = any("\u0590" <= c <= "\u05ff" or "\ufb1d" <= c <= "\ufb4f" for c in words)
    other = not hebrew and any(bidirectional(c) == "AL" for c in words)
    if spoken.direction == "rtl":
        own = spoken.tag.partition("-")[0] in _HEBREW
        if not (hebrew or other) or hebrew == own:
            return language_tag(spoken.tag)
    if hebrew:
        return "he-IL"
    return "fa-IR" if _ONLY_PERSIAN & set(words) else _OF_NONE


def home(letter: Letter) -> TextLanguage:
    """The letter's own language."""
    return TextLanguage(letter.language, letter.direction, letter.digits, letter.decimal)
