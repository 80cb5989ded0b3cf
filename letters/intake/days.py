"""Time stamps as days: the order of the numbers and the zone of the clock are asked for once.

A form stamps in a zone of its own. Who signs in Vancouver on the evening of the 14th has signed on
the 14th, whatever day it was where the form’s server stands.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from letters.intake.worded import unaccented

Order: TypeAlias = Literal["", "ymd", "dmy", "mdy"]

_NUMBERS = re.compile(r"(\d{1,4})([-/.\s]|\.\s)(\d{1,2})(?:\2)(\d{1,4})(?=\D|\Z)")
_WORDS = (
    re.compile(r"(?:[^\W\d]{1,40}\.?,?\s{1,9})?(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<m>[^\W\d]+)\.?,?\s+(?:de\s+)?(?P<y>\d{4})"),
    re.compile(r"(?:[^\W\d]+,?\s+)?(?P<m>[^\W\d]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"),
)  # fmt: skip
_CLOCK = re.compile(
    r"(?:[T\s,]|^)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?"
    r"\s*(am|pm|a\.\s?m\.|p\.\s?m\.|vorm\.|nachm\.)?"
    r"\s*(Z\b|[A-Z]{3,4}\b)?\s*([+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
# The hours that the letters of a zone mean in time stamps of programs.
_ZONES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "OEZ": 2,
    "EEST": 3,
    "OESZ": 3,
    "MSK": 3,
    "NST": -3.5,
    "AST": -4,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_UNIX = re.compile(r"1\d{9}(\d{3})?")
_FIRST, _LAST = 1970, 2100  # a year outside of these is a mistake, or a birthday
_LANGUAGES = ("en", "fr", "de", "es", "it", "uk", "ru", "nl", "pl", "pt")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def day(stamp: str, order: Order = "", zone: str = "", home: str = "") -> dt.date | None:
    """The day of a time stamp; None where it can’t be told.

    ``zone`` is that of stamps which don’t say theirs, ``home`` the one whose day is asked for:
    without it, it is the day that the stamp itself has.
    """
    stamp = stamp.strip()
    if len(stamp) == 10 and _ISO.fullmatch(stamp):
        return _date(int(stamp[:4]), int(stamp[5:7]), int(stamp[8:]))
    if _UNIX.fullmatch(stamp):
        moment = dt.datetime.fromtimestamp(int(stamp[:10]), dt.UTC)
        return moment.astimezone(ZoneInfo(home or zone or "UTC")).date()
    found, rest = _day(stamp, order)
    if found is None or not home:
        return found
    clock = _CLOCK.search(rest)
    if clock is None:
        return found
    exact = _moment(found, clock, zone)
    return exact.astimezone(ZoneInfo(home)).date() if exact else found


def orders(stamps: Iterable[str]) -> frozenset[Order]:
    """The orders in which all stamps of a list are days: of several, somebody has to choose."""
    left: set[Order] = {"ymd", "dmy", "mdy"}
    for stamp in stamps:
        if stamp.strip():
            left = {order for order in left if _day(stamp.strip(), order)[0]}
            if not left:
                break
    return frozenset(left)


def has_clock(stamps: Iterable[str]) -> bool:
    """Whether there is a time of day that does not say its zone, so that the zone matters."""
    for stamp in stamps:
        _, rest = _day(stamp.strip(), "dmy")
        clock = _CLOCK.search(rest)
        if clock and not ((clock[5] or "").upper() in _ZONES or clock[6]):
            return True
    return False


def is_zone(name: str) -> bool:
    """Whether a zone of that name is known, such as America/Toronto."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # what is not found is one of them
        return False
    return True


def _day(stamp: str, order: Order) -> tuple[dt.date | None, str]:
    """The day, and what stands behind it."""
    if found := _NUMBERS.match(stamp):
        a, b, c = found[1], found[3], found[4]
        if len(a) == 4:
            return _date(int(a), int(b), int(c)), stamp[found.end() :]
        return _numbers(int(a), int(b), c, order), stamp[found.end() :]
    for pattern in _WORDS:
        if (found := pattern.match(stamp)) and (month := _months().get(unaccented(found["m"]))):
            return _date(int(found["y"]), month, int(found["d"])), stamp[found.end() :]
    return None, ""


def _numbers(first: int, second: int, year: str, order: Order) -> dt.date | None:
    if len(year) not in (2, 4) or order == "ymd":
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year)
    by_day, by_month = _date(full, second, first), _date(full, first, second)
    if order == "dmy":
        return by_day
    if order == "mdy":
        return by_month
    if by_day and by_month and by_day != by_month:
        return None
    return by_day or by_month


def _moment(day: dt.date, clock: re.Match[str], zone: str) -> dt.datetime | None:
    hour, minute = int(clock[1]), int(clock[2])
    if half := (clock[4] or "").lower()[:1]:
        hour = hour % 12 + (12 if half in "pn" else 0)
    if hour > 23 or minute > 59:
        return None
    if clock[6]:
        said = clock[6][1:].replace(":", "")
        digits = said if len(said) > 2 else f"{said}00"
        hours, minutes = digits[:-2], digits[-2:]
        offset = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        if offset > dt.timedelta(hours=15):
            return None
        where: dt.tzinfo = dt.timezone(offset if clock[6][0] == "+" else -offset)
    elif clock[5] and clock[5].upper() in _ZONES:
        where = dt.timezone(dt.timedelta(hours=_ZONES[clock[5].upper()]))
    elif zone:
        where = ZoneInfo(zone)
    else:
        return None
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=where)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not _FIRST <= year <= _LAST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@functools.cache
def _months() -> dict[str, int]:
    """The names of the months, in full and short, as the languages of forms have them."""
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(unaccented(name), number)
    return found
