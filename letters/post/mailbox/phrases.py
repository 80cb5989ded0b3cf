"""The expressions by which servers' own words are known: what is fixed in their forms.

Each line of a long one is an expression of its own; they are looked for without regard to case.
"""

from __future__ import annotations

import re

ID_LINE = re.compile(
    r"^[> \t]{0,8}Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,900}>)",
    re.IGNORECASE | re.MULTILINE,
)
PERMANENT = re.compile(r"(?<![\d.])5(?:\.\d{1,3}\.\d{1,3}(?![\d.])|[0-5]\d[ -])")
COPY = re.compile(
    r"^(?:[-_]{2,}+.*(?:copy|below|original|returned|header|urspr|texte|mensaje)"
    r"|[> \t]{0,8}(?:Received|Return-Path|DKIM-Signature|MIME-Version):"
    r"|(?:original message headers|ursprüngliche nachrichten|en-t[êe]tes d|encabezados d"
    r"|intestazioni (?:del|originali)|cabeçalhos d|oorspronkelijke berichtkop))",
    re.IGNORECASE | re.MULTILINE,
)

SUBJECT_LINE = re.compile(
    r"\s*(?:subject|betreff|objet|asunto|oggetto|onderwerp)\s*:", re.IGNORECASE
)
# That a mail did not arrive, in the words with which forms begin.
FAILED = re.compile(
    "|".join(
        line.strip()
        for line in r"""
        created automatically by mail delivery (?:software|system)
        unable to deliver your (?:message|mail)|could not deliver
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
NOT_YET = re.compile(
    r"delay|warning|not yet|verzöger|retard|retras|ritard|vertraag|temporar", re.IGNORECASE
)
STILL = re.compile(
    "|".join(
        line.strip()
        for line in r"""
        will (?!not\b|no longer\b)(?:\w+ ){0,2}(?:continue|keep|retr(?:y|ied)|(?:re)?attempt|try)
        (?:further|more|additional) (?:delivery )?attempts|\bdeferred\b
        (?:not|n.t) (?:\w+ ){0,3}yet\b
        (?:still|being) (?:trying|retried|queued|attempted)
        (?:do|does|need) not (?:need|have) to (?:re-?send|do anything)|need not re-?send
        no action is (?:required|needed)
        yet been delivered|(?:has been|is|was) delayed|warning message only
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
ASKED = re.compile(
    r"(?:confirm|verify) (?:that )?(?:you\b|your (?:message|identity|address|e-?mail|mail))"
    r"|(?:click|follow|visit|reply) (?:[\w:/.-]+ ){0,8}to (?:\w+ ){0,3}(?:deliver|releas|confirm)"
    r"|\bheld\b|quarantin|awaiting|challenge|captcha|moderator"
    r"|bestätigen sie|zur bestätigung|confirmez|pour confirmer|para confirmar|confirme que",
    re.IGNORECASE,
)
ANSWERS = re.compile(
    r"^\s*(?:re|aw|antw|antwort|sv|ref|odp|rif|rv|r|tr|fwd?|wg|doorst|enc)\s*(?:\[\d+\])?\s?:"
    r"|out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|away from|vacation"
    r"|abwesen|automatische antwort|réponse automatique|absen(?:t|ce)|respuesta automática|fuera de"
    r"|risposta automatica|fuori (?:sede|ufficio)|afwezig|automatisch antwoord|resposta automática"
    r"|автоответ|^\s*(?:read|gelesen|lu|leído)\s?:|\bread receipt\b|not read:|ungelesen",
    re.IGNORECASE,
)
# What a form says in so many words, so that it fails for whatever reason.
CERTAIN = re.compile(
    r"following address(?:es|\(es\))? failed|following addresses had permanent|did not reach (?:the"
    r" following|some or all)|delivery has failed to|able to deliver your message to the following"
    r"|was not delivered to:|fehler bei der (?:nachrichten)?zustellung an|nicht zugestellt werden"
    r"|échec de la remise|n.avons pas pu remettre|no pudimos entregar|error (?:en|de) la entrega",
    re.IGNORECASE,
)
# Where only a code that is not for good is named: that it is for good all the same.
FOR_GOOD = re.compile(
    r"permanent|giv(?:en|ing) up|unable to deliver your|pudimos entregar|n.avons pas pu|has failed"
    r"|returned|expired|exceeded|too long|time[d-]? ?out|dauerhaft|endgültig|abgelaufen|definitiv"
    r"|définiti",
    re.IGNORECASE,
)
FOR_NOW = re.compile(r"(?<![\w.])4(?:\.\d{1,3}\.\d{1,3}|[0-5]\d)(?![\w.])")

_AN_ADDRESS = r"([^\s<>\"'(),:;\[\]@]{1,64}@[^\s<>\"'(),:;\[\]@]{3,255}?)"
_A_FIELD = r"[ \t]*(?:to|an|à|a|para|aan|b?cc|kopie|from|von|de|da|van|reply-to)[ \t]?:"
# Where forms put the address, “<to>”; not in a field of the letter’s own head, “<head>”.
PLACES = re.compile(
    "|".join(
        line.strip().replace("<to>", _AN_ADDRESS).replace("<head>", _A_FIELD)
        for line in r"""
        ^[ \t]{0,12}[<"']?<to>[>"']?:?[ \t]*\r?$
        ^[ \t]{0,12}<<to>>:?[ \t]
        ^[ \t]{0,12}<to>[ \t]?(?:\([^()\n]{3,330}\))?(?:<mailto:[^<>\s]{3,330}>)?[ \t]*\r?$
        ^[ \t]{0,12}(?:failed[ \t])?recipient(?:[ \t]address)?:[ \t]+<?<to>>?[ \t]*\r?$
        (?:SMTP|smtp)[=:]<to>[ \t;>]
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
