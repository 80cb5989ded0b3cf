"""Why a mail came back, by what a server says: the codes of RFC 3463 first, else known words.

Only the class of it enters the log. A code that says little (5.0.0, 5.7.1, a bare 550) is as good
as none, and then the words count; where these are not known either, the reason is not known.
"""

from __future__ import annotations

import re

from letters.ledger.details import Reason

# Of RFC 3463 and its register, and what Microsoft adds.
_BY_CODE: tuple[tuple[str, Reason], ...] = (
    (r"[45]\.2\.2|[45]\.3\.1", "mailbox-full"),
    (r"[45]\.2\.3|[45]\.3\.4", "too-large"),
    (r"5\.1\.6|5\.7\.1[78]", "moved"),
    (r"[45]\.1\.[78]|[45]\.7\.(?:9|2\d|[567]\d\d)", "spam"),
    (r"5\.7\.(?:2|12\d|13\d)", "refused"),
    (r"5\.1\.(?:[0-5]|10|351)|5\.2\.1|5\.7\.13|5\.4\.(?:4|310)", "address-unknown"),
    (r"[45]\.4\.(?:[01257]|31[26])|4\.2\.1|[45]\.3\.2", "expired"),
)
_SAYS_LITTLE = re.compile(r"[45]\.[056]\.\d+|5\.[12]\.[01]|5\.4\.[01]|5\.3\.0|[45]\.7\.[01]")

# A line of these is an expression, “<it>” what it is about, up to what is said of it; the first
# reason of which one fits is taken.
_BY_WORDS: tuple[tuple[Reason, str], ...] = (
    ("refused", r"RESOLVER\.RST\.(?:AuthRequired|NotAuth|SenderNotAuth)"),
    (
        "mailbox-full",
        r"""
        (?:mail|in)box (?:\w+ ){0,3}(?:full|exceeded)
        over ?quota
        quota (?:\w+ ){0,2}exceeded
        exceed\w* (?:\w+ ){0,3}(?:quota|storage|mailbox)
        (?:mailbox|quota) ?exceed
        mailbox ?full
        (?:insufficient|out of) (?:system |disk )?storage
        not enough (?:\w+ ){0,2}space
        (?:inbox|account) is out of
        postfach (?:\w+ ){0,4}(?:voll|überfüllt)
        speicherplatz
        bo[îi]te (?:\w+ ){0,5}(?:pleine|satur)
        quota (?:\w+ ){0,2}d[ée]pass
        buz[óo]n (?:\w+ ){0,4}llen
        cuota (?:\w+ ){0,3}(?:excedida|superada)
        casella (?:\w+ ){0,4}piena
        ящик (?:\w+ ){0,2}переполнен
        """,
    ),
    (
        "too-large",
        r"""
        too (?:large|big)
        (?:mail|message) size
        size limit
        RecipSizeLimit
        zu gro(?:ß|ss)
        trop (?:volumineux|grand|gros)
        demasiado grande
        """,
    ),
    (
        "expired",
        r"""
        gr[ea]y.?list
        (?:retry|delivery|queue) (?:\w+ ){0,2}(?:timeout|time) (?:\w+ ){0,2}(?:exceeded|expired)
        (?:message|delivery|mail|time|mensaje|message) (?:\w+ ){0,2}expir
        QUEUE\.Expired
        (?:too long )?in (?:the )?queue too long
        too long in (?:the )?queue
        timed out
        no (?:response|answer) from
        did(?: not|n.t) respond
        (?:host|server) (?:is )?not reachable
        connection (?:was )?(?:refused|lost|reset)
        giving up
        (?:for|last|than|over) \d+ (?:hours|days)
        (?:seit|innerhalb von|nach) \d+ (?:stunden|tagen)
        (?:depuis|pendant|après) \d+ (?:heures|jours)
        (?:durante|desde hace|tras) \d+ (?:horas|d[íi]as)
        zeit\w* (?:\w+ ){0,5}(?:überschritten|abgelaufen)
        d[ée]lai (?:\w+ ){0,3}(?:d[ée]pass|expir)
        """,
    ),
    (
        "spam",
        r"""
        (?<![\w.@-])(?:spam|junk)(?![\w-]*\.\w)
        unsolicited
        (?:black|block).?list
        (?:ip|address|host|sender|client|network|message|mail) (?:\w+ ){0,4}blocked
        \b(?:RBL|DNSBL|SPF|DKIM|DMARC|PTR)\b
        spamhaus|spamcop|barracudacentral
        reputation
        unauthenticated
        authentication (?:checks?|failed|failure|required)
        bulk mail
        rate.?limit
        too many (?:messages|complaints|recipients|connections)
        banned
        polic(?:y|ies)|pol[íi]tica|richtlinie
        reverse dns
        (?:content|message) (?:\w+ ){0,2}(?:rejected|refused) (?:\w+ ){0,3}content
        suspicious|phish
        ind[ée]sirable|pourriel|no deseado|спам
        """,
    ),
    (
        "moved",
        r"""
        (?:has|have|been) (?:moved|migrated)
        (?:new|changed) (?:e-?mail )?address
        nouvelle adresse|neue adresse|nueva direcci[óo]n
        no longer (?:at|with|works)
        """,
    ),
    (
        "address-unknown",
        r"""
        (?:unknown|invalid|bad|no such) (?:\w+ )?(?:user|recipient|address|mailbox|name)
        (?:unknown|invalid|bad|no such) (?:\w+ )?(?:local|destination|domain|host|person)
        no mailbox here|no mx record|unrouteable|non-?existent
        no longer (?:accept|in use|valid|available|active|exist)
        <it> (?:unknown|invalid|unavailable)
        <it> (?:disabled|inactive|suspended|closed)
        <it> not (?:be )?(?:found|exist|known|valid|active)
        <it> not (?:be )?(?:recognized|available|listed)
        (?:does not|doesn.t|did not|may not) (?:have|exist)
        (?:was|is|were)(?: not|n.t) (?:found|recognized|known)
        not a (?:valid|known) (?:\w+ )?(?:user|mailbox|recipient|address)
        Recip(?:ient)?NotFound|NonExistentDomain|NXDOMAIN
        no (?:\w+ )?account
        recipient address rejected: access denied
        unbekannt|existiert nicht|nicht gefunden|ungültig
        n.existe pas|introuvable|inconnu|inexistant
        no existe|desconocid|no se (?:ha )?enc(?:ontr|uentr)|no v[áa]lida
        inesistente|sconosciut
        не существует|не найден
        """,
    ),
    (
        "refused",
        r"""
        not (?:\w+ )?(?:authorized|permitted|allowed|accept|open)
        permission
        only accept
        restricted
        relay(?:ing)? (?:access )?denied|unable to relay|access denied
        refus|verweiger|abgelehnt|rejet|rechaz|reject
        """,
    ),
)
_IT = (
    r"(?:mailbox|address|account|recipient|user|domain|host|group|name)\W{1,2}(?:[\w(@.)-]+ ){0,6}"
)
_CODES = tuple((re.compile(pattern), reason) for pattern, reason in _BY_CODE)
_WORDS = tuple(
    (re.compile("|".join(line.strip() for line in lines.split("\n")), re.IGNORECASE), reason)
    for reason, lines in (
        (reason, lines.strip().replace("<it> ", _IT)) for reason, lines in _BY_WORDS
    )
)
_ENHANCED = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_SIMPLE = re.compile(r"(?<![\w.])([45][0-5]\d)(?![\w.])")
_BY_REPLY: dict[str, Reason] = {
    "421": "expired",
    "450": "expired",
    "451": "expired",
    "452": "mailbox-full",
    "551": "moved",
    "552": "mailbox-full",
    "553": "address-unknown",
}
_LONGEST = 2_000


def reason_of(code: str, words: str) -> Reason:
    """Why it came back: ``code`` is that of RFC 3463 or empty, ``words`` are the server's."""
    said = words[:_LONGEST]
    codes = [*filter(None, [code]), *_ENHANCED.findall(said)]
    for one in codes:
        if not _SAYS_LITTLE.fullmatch(one) and (found := _by_code(one)):
            return found
    for pattern, reason in _WORDS:
        if pattern.search(said):
            return reason
    for one in codes:
        if found := _by_code(one):
            return found
        if one.startswith("4."):  # it was tried for long enough
            return "expired"
        if one.startswith("5.7."):  # some rule of theirs
            return "spam"
    simple = _SIMPLE.search(said)
    return _BY_REPLY.get(simple[1], "unknown") if simple else "unknown"


def _by_code(code: str) -> Reason | None:
    return next((reason for pattern, reason in _CODES if pattern.fullmatch(code)), None)
