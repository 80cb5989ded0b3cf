"""What servers say in words of their own, with no part for programs: each form by what is fixed.

A person's answer can hold all of it. So the words count only where a server is named as the writer,
they stand before any quotation, say that a mail was not delivered and why, and name the address in
a place that a form has for it; and where nothing says that it is an answer, a question, or a delay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from letters.post.mailbox.report import LONGEST, STATUS, Claim, Report, report, text_of

ID_LINE = re.compile(
    r"^[> \t]{0,8}Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,900}>)",
    re.IGNORECASE | re.MULTILINE,
)
_MOST = 50
_FIRST = 6_000  # characters within which a notice has said what it is about
_A_SERVER = re.compile(r"mailer-daemon|postmaster|microsoftexchange", re.IGNORECASE)
_CALLED_ONE = re.compile(
    r"mailer[_ ]?daemon|mdaemon|mail(?:er)? delivery|mail system|(?:system|mail) administrator",
    re.IGNORECASE,
)

_PERMANENT = re.compile(r"(?<![\d.])5(?:\.\d{1,3}\.\d{1,3}(?![\d.])|[0-5]\d[ -])")
_COPY = re.compile(
    r"^(?:[-_]{2,}.*(?:copy|below|original|returned|header|urspr|texte|mensaje)"
    r"|[> \t]{0,8}(?:Received|Return-Path|DKIM-Signature|MIME-Version):"
    r"|(?:original message headers|ursprüngliche nachrichten|en-t[êe]tes d|encabezados d"
    r"|intestazioni (?:del|originali)|cabeçalhos d|oorspronkelijke berichtkop))",
    re.IGNORECASE | re.MULTILINE,
)

# That a mail did not arrive, in the words with which forms begin.
_FAILED = re.compile(
    "|".join(
        line.strip()
        for line in r"""
        created automatically by mail delivery (?:software|system)
        unable to deliver your (?:message|mail)
        Hi\. This is the (?:qmail|program|deliver)
        could(?: not|n.t) be (?:sent or )?delivered
        (?:has|was|were)(?: not|n.t) (?:been )?delivered
        delivery (?:has failed|failed|failure|to the following (?:recipients?|address\w*) failed)
        did not reach (?:the following|some or all of)
        (?:was|is|were) undeliverable|undeliverable (?:mail|message)|undelivered mail
        permanent (?:fatal )?errors?|failed permanently
        the group you tried to contact
        rejected your message to the following
        (?:konnte|kann)n? (?:\S+ ){0,10}nicht (?:\w+ ){0,3}(?:zugestellt|erreicht) werden
        fehler bei der (?:nachrichten)?zustellung|zustellung (?:\w+ ){0,5}fehlgeschlagen
        (?:einige oder alle|folgende\w*) empfänger nicht erreicht|unzustellbar
        n.est pas parvenu à|impossible de joindre le
        no (?:ha )?lleg(?:ado|ó) a (?:algunos|todos|los)|non ha raggiunto (?:alcuni|tutti|i)
        n.a pas (?:pu )?(?:être |été )?(?:remis|distribué|délivré|livré|acheminé)
        n.avons pas pu (?:\w+ ){0,2}(?:remettre|distribuer|délivrer|livrer)
        (?:échec|echec) de (?:la )?(?:remise|distribution|livraison)
        (?:impossible de|pas pu) (?:remettre|distribuer|délivrer|livrer)
        (?:no (?:se )?(?:ha )?(?:pudo|pudimos|podido|hemos podido)) (?:\w+ ){0,2}entrega
        (?:error|fallo) (?:en|de) la entrega|no entregado
        impossibile (?:recapitare|consegnare)|non (?:è stato )?recapitat|recapito non riuscito
        non è stato possibile (?:recapitare|consegnare)
        (?:kon|kan) niet (?:worden )?(?:bezorgd|afgeleverd)|bezorging (?:\w+ ){0,6}mislukt
        não (?:p[ôo]de|foi poss[íi]vel) (?:\w+ ){0,2}entreg|falha na entrega
        nie (?:można|mogła|udało) (?:\w+ ){0,3}dostarcz
        не (?:может быть|было|удалось) (?:\w+ ){0,2}доставл|не доставлено
        """.strip().splitlines()
    ),
    re.IGNORECASE,
)
# That it may still arrive.
_NOT_YET = re.compile(
    r"delay|warning|not yet|verzöger|retard|retras|ritard|vertraag|temporar", re.IGNORECASE
)
_STILL = re.compile(
    "|".join(
        line.strip()
        for line in r"""
        will (?!not\b|no longer\b)(?:\w+ ){0,2}(?:continue|keep|retr(?:y|ied)|(?:re)?attempt|try)
        (?:further|more|additional) (?:delivery )?attempts|\bdeferred\b|\byet\b
        (?:still|being) (?:trying|retried|queued|attempted)
        (?:do|does|need) not (?:need|have) to (?:re-?send|do anything)|need not re-?send
        no action is (?:required|needed)
        not yet been delivered|(?:has been|is|was) delayed|warning message only
        noch nicht zugestellt|(?:weiter|erneut|weiterhin) versucht|weitere zustellversuche
        pas encore (?:été |pu )?(?:être )?(?:remis|distribu|délivr|livr)|nouvelles? tentatives?
        (?:todavía|aún) no|se(?:guir[áe]| seguirá) intentando|volver[áe] a intentar
        non è ancora|ulteriori tentativi|nog niet|blijven proberen|ainda não
        jeszcze nie|ещё не
        """.strip().splitlines()
    ),
    re.IGNORECASE,
)
# That somebody is asked to do something, and then it arrives; or that it is an answer.
_ASKED = re.compile(
    r"(?:confirm|verify) (?:that )?(?:you\b|your (?:message|identity|address|e-?mail|mail))"
    r"|(?:click|follow|visit|reply) (?:[\w:/.-]+ ){0,8}to (?:\w+ ){0,3}(?:deliver|releas|confirm)"
    r"|\bheld\b|quarantin|awaiting|challenge|captcha|moderator"
    r"|bestätigen sie|zur bestätigung|confirmez|pour confirmer|para confirmar|confirme que",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"^\s*(?:re|aw|antw|antwort|sv|ref|odp|rif|rv|r|tr|fwd?|wg|doorst|enc)\s*(?:\[\d+\])?\s?:"
    r"|out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|away from|vacation"
    r"|abwesen|automatische antwort|réponse automatique|absen(?:t|ce)|respuesta automática|fuera de"
    r"|risposta automatica|fuori (?:sede|ufficio)|afwezig|automatisch antwoord|resposta automática"
    r"|автоответ|^\s*(?:read|gelesen|lu|leído)\s?:|\bread receipt\b|not read:|ungelesen",
    re.IGNORECASE,
)
# Where only a code that is not for good is named: that it is for good all the same.
_FOR_GOOD = re.compile(
    r"permanent|giv(?:en|ing) up|unable to deliver your|pudimos entregar|n.avons pas pu|has failed"
    r"|returned|expired|exceeded|too long|time[d-]? ?out|dauerhaft|endgültig|abgelaufen|definitiv"
    r"|définiti",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(r"(?<![\w.])4(?:\.\d{1,3}\.\d{1,3}|[0-5]\d)(?![\w.])")
_ANSWERING = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Vacation", "List-Id")
_OTHER_REPORTS = ("message/disposition-notification", "message/feedback-report")

_AN_ADDRESS = r"([^\s<>\"'(),:;\[\]@]{1,64}@[^\s<>\"'(),:;\[\]@]{3,255}?)"
_A_FIELD = r"[ \t]*(?:to|an|à|a|para|aan|b?cc|kopie|from|von|de|da|van|reply-to)[ \t]?:"
_LINES = frozenset(("p", "br", "div", "tr", "td", "li", "table", "hr", "pre", "h1", "h2", "h3"))
_LINK = re.compile(r"mailto:([^?&\"'\s]{3,330})", re.IGNORECASE)
_PLACES = re.compile(
    "|".join(
        line.strip().replace("<to>", _AN_ADDRESS).replace("<head>", _A_FIELD)
        for line in r"""
        ^[ \t]{0,12}[<"']?<to>[>"']?:?[ \t]*\r?$
        ^[ \t]{0,12}<<to>>:?[ \t]
        ^[ \t]{0,12}<to>[ \t]?(?:<mailto:[^<>\s]{3,330}>|\([^()\n]{3,330}\))[ \t]*\r?$
        ^(?!<head>)[^\n<>@]{1,100}<(?:mailto:)?<to>>[ \t]*\r?$
        ^[ \t]{0,12}'?<to>'?[ \t](?:on|am|le|el|il)[ \t]
        ^[ \t]{0,12}<to>,?[ \t]+(?:Invalid|Failed|Error|ERROR|rejected)
        \[Status:[^\n\]]{0,80}Address:[ \t]?<<to>>
        (?:message|mail|nachricht|mensaje)[ \t](?:to|an|à|a|para|aan)[ \t]<?<to>>?(?=[.,]?\s)
        (?:delivered|zugestellt|remis|entregar|entregado)[ \t](?:to|an|à|a)[ \t]<?<to>>?(?=[.,]?\s)
        """.strip().splitlines()
    ),
    re.MULTILINE | re.IGNORECASE,
)


def is_from_a_server(message: Message) -> bool:
    """Whether a server is named as the writer, or nobody can answer it."""
    return _cannot_be_answered(message) or bool(_A_SERVER.search(_writer(message)))


def told(message: Message, parts: Sequence[Message]) -> Iterator[Report]:
    """What a server says, if it is one, in words that are for people."""
    if not is_from_a_server(message):
        return
    texts = [words(part) for part in parts if part.get_content_maintype() == "text"]
    own = [_own(text) for text in texts if text.strip()]
    failed = [str(value)[:LONGEST] for value in message.get_all("X-Failed-Recipients", [])[:20]]
    field = [address for _, address in getaddresses(failed) if address]
    lines = (
        " ".join(line[:LONGEST].split())
        for text in own
        for line in text.splitlines()
        if _PERMANENT.search(line[:LONGEST])
    )
    said = next(lines, "")
    if _is_something_else(message, parts):
        yield report("unclear", (), "", said)
        return
    start = next((text for text in own if _FAILED.search(_flat(text))), "")
    places = list(_placed(start)) if start and _names_a_server(message) else []
    named = dict.fromkeys(one.lower() for one in [*field, *(place for place, _ in places)])
    after = " ".join(_flat(text[:LONGEST]) for _, text in places[:1]) or _flat(start)[:LONGEST]
    addresses = tuple(named)[:_MOST]
    status = STATUS.search(said)
    found = report("failed", addresses, status[1] if status else "", said or after[:200], after)
    yield _claimed(found, _claim(message, own, clear=bool(said) or found.reason != "unknown"))


def words(part: Message) -> str:
    """The words of a part that is a text, without the marks of HTML."""
    text = text_of(part)
    return _without_marks(text) if part.get_content_subtype() == "html" else text


def _claim(message: Message, own: Sequence[str], *, clear: bool) -> Claim:
    if _NOT_YET.search(_subject(message)) or any(_STILL.search(_flat(text)) for text in own):
        return "delayed"
    if any(_ASKED.search(_flat(text)) for text in own):
        return "unclear"
    codes = any(_FOR_NOW.search(text) for text in own)
    if codes and not any(_PERMANENT.search(text) or _FOR_GOOD.search(text) for text in own):
        return "unclear"
    return "failed" if clear else "unclear"


def _claimed(found: Report, claim: Claim) -> Report:
    reason = found.reason if claim == "failed" else "unknown"
    return Report(claim, found.addresses, found.words, found.codes, reason)


def _is_something_else(message: Message, parts: Iterable[Message]) -> bool:
    """Whether it is an answer, by a person or a program, or a report of another kind."""
    if any(part.get_content_type() in _OTHER_REPORTS for part in parts):
        return True
    if any(name in message for name in _ANSWERING):
        return True
    precedence = str(message.get("Precedence", "")).lower()
    return "auto_reply" in precedence or bool(_ANSWERS.search(_subject(message)))


def _names_a_server(message: Message) -> bool:
    writer = _writer(message)
    called = bool(_CALLED_ONE.search(writer)) and _cannot_be_answered(message)
    return called or bool(_A_SERVER.search(writer))


def _cannot_be_answered(message: Message) -> bool:
    return str(message.get("Return-Path", "?")).strip() in ("<>", "")


def _writer(message: Message) -> str:
    return str(message.get("From", ""))[:LONGEST]


def _subject(message: Message) -> str:
    """The subject, as far as it is the writer's: what stands behind a colon may be ours."""
    raw = str(message.get("Subject", ""))[:LONGEST]
    with suppress(ValueError, LookupError):
        raw = str(make_header(decode_header(raw)))
    return "".join(raw.partition(":")[:2])


def _own(text: str) -> str:
    """What stands before the returned mail, whose words are not the server's, and unquoted."""
    text = text[: 4 * _FIRST]
    ends = [found.start() for found in (ID_LINE.search(text), _COPY.search(text)) if found]
    lines = text[: min(ends, default=None)].splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith((">", "|")))


def _flat(text: str) -> str:
    return " ".join(text[:_FIRST].replace("’", "'").split())


def _placed(text: str) -> Iterator[tuple[str, str]]:
    """The addresses in the places that forms have for them, each with what is said after it."""
    for count, found in enumerate(_PLACES.finditer(text[:_FIRST])):
        if count >= _MOST:
            return
        address = next(filter(None, found.groups()))
        yield address.rstrip("."), text[found.end() : found.end() + LONGEST]


def _without_marks(text: str) -> str:
    """HTML as lines of words; addresses that are only in a link stand behind its words."""
    found, hidden = list[str](), ""
    for piece in text.split("<"):
        mark, closed, rest = piece.partition(">")
        if not closed:
            mark, rest = "", piece
        name = mark[:12].strip("/ ").split(" ")[0].lower().rstrip("/")
        if hidden:
            hidden = "" if mark.startswith("/") and name == hidden else hidden
        elif name in ("script", "style") and not mark.startswith("/"):
            hidden = name
            continue
        if hidden:
            continue
        if name in _LINES:
            found.append("\n")
        if name == "a" and (link := _LINK.search(mark[:LONGEST])):
            found.append(f"\n<{link[1]}>\n")
        found.append(rest)
    return html.unescape("".join(found)).replace("\xa0", " ")
