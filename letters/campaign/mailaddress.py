"""What may be an address of mail, and what may stand in a line of its head: one rule for all.

``letters check`` asks it of every address that was written, and sending asks it again. Whatever is
odd and still legal by some RFC (quotation marks, remarks, a number for a domain) is refused: it is
a typing mistake far more often than a mailbox.
"""

from __future__ import annotations

import re
import unicodedata

from letters.campaign.plaintext import unusable

# All but controls, spaces and ()<>[]:;@\,." (RFC 5322, 3.2.3; RFC 6531 adds what is not ASCII).
_ATOM = r"""[^\x00-\x20\x7f-\xa0()<>\[\]:;@\\,."]+"""
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
# Nearly every address; one of these has no fault by the rules below.
_USUAL = re.compile(
    r"(?=[^@]{1,64}@)(?=.{1,254}\Z)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
    r"@(?!.*[xX][nN]--)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_LONGEST_LOCAL, _LONGEST = 64, 254  # octets; RFC 5321, 4.5.3.1, and the erratum 1690 of RFC 3696
_LONGEST_LINE = 900  # characters of a name or subject: more is a mistake, and breaks programs
_JOINERS = "\u200c\u200d"  # which domains may have, where their script needs them

_NONE = "is not one e-mail address"
_WRITTEN = "write it like name@example.org, without a name or brackets around it"
_DOMAIN = "after the @ stands a domain such as example.org: letters, digits, hyphens and dots"
_CODED = "what stands after “xn--” is no code of a domain’s letters: write the letters themselves"
_ONE_LINE = "write it in one line"


def fault(written: str) -> tuple[str, str] | None:
    """What is wrong with an address as somebody wrote it, and what to do; None when nothing is.

    The address itself is not quoted: it may be nobody else's business.
    """
    if _USUAL.fullmatch(written):
        return None
    if wrong := line_fault(written):
        return wrong
    if written[:7].lower() == "mailto:":
        return _NONE, "leave “mailto:” out"
    if any(unicodedata.category(c) == "Cf" for c in written if c not in _JOINERS):
        return _NONE, "there is something in it that can’t be seen; retype it"
    return address_fault(ascii_domain(unicodedata.normalize("NFC", written)))


def line_fault(text: str) -> tuple[str, str] | None:
    """What keeps ``text`` (a name, a subject) out of a header, and what to do; None when nothing.

    The text itself is not quoted: it may be a name that nobody else should read.
    """
    if "\n" in text or "\r" in text:
        return "has more than one line", _ONE_LINE
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs")), "") or unusable(text)
    if bad:
        return f"holds the character U+{ord(bad):04X}, which a mail can’t carry", "delete it"
    if len(text) > _LONGEST_LINE:
        return f"is longer than {_LONGEST_LINE} characters", "write it shorter"
    return None


def address_fault(address: str) -> tuple[str, str] | None:
    """What is wrong with an address whose domain is ASCII already; None when nothing is."""
    if wrong := line_fault(address):
        return wrong
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or any(map(_unseen, local)):
        return _NONE, _WRITTEN
    if "=?" in local:  # mail programs decode =?utf-8?q?…?= into another address
        return _NONE, _WRITTEN
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return _NONE, _DOMAIN
    if labels[-1].isdigit():
        return _NONE, _DOMAIN
    if any(label[:4].lower() == "xn--" and not _stands_for_letters(label) for label in labels):
        return _NONE, _CODED
    if len(local.encode()) > _LONGEST_LOCAL or len(address.encode()) > _LONGEST:
        return "is longer than an e-mail address can be", _WRITTEN
    return None


def ascii_domain(address: str) -> str:
    """``address`` with its domain as servers know it (xn--…); unchanged where there is none."""
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return address
    import idna

    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except (idna.IDNAError, UnicodeError):
        return address


def _stands_for_letters(label: str) -> bool:
    """Whether xn--… is how servers know a word that a domain may have (IDNA 2008)."""
    import idna

    try:
        return idna.encode(idna.decode(label)).decode() == label.lower()
    except (idna.IDNAError, UnicodeError):
        return False


def _unseen(character: str) -> bool:
    return unicodedata.category(character)[0] in "CZ"
