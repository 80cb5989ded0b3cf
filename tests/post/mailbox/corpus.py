"""Notices as fifteen kinds of servers write them, with no part for programs; and what is none.

The fixed words are those of each form; the rest is made up.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from .returns import HEAD, OURS, TO

Reason = Literal["address-unknown", "mailbox-full", "expired", "spam"]
Original = Literal["inline", "quoted", "rfc822", "headers"]
COPY = "archive@example.org"
PLAIN_HEAD = HEAD.replace("From:", "Reply-To: us@example.org\nFrom:")


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail, and why the letter came back where it is a notice of that."""

    name: str
    mail: bytes
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """How one server writes: ``text`` has a place for the address, the reason and the original.

    ``said`` are the server's words for each reason. ``originals`` are the ways in which it returns
    the letter; ``kind`` is plain or html.
    """

    name: str
    sender: str
    subject: str
    text: str
    said: dict[Reason, str]
    originals: tuple[Original, ...] = ("inline",)
    kind: str = "plain"
    charset: str = "utf-8"
    coding: str = "8bit"
    more: str = ""
    start: str = ""  # what stands above the original


SMTP: dict[Reason, str] = {
    "address-unknown": "550 5.1.1 <{to}>: Recipient address rejected: User unknown",
    "mailbox-full": "552 5.2.2 Mailbox size limit exceeded",
    "expired": "451 4.7.1 Greylisted, please try again later",
    "spam": "550 5.7.1 Message rejected as spam by content scanner",
}
BARE: dict[Reason, str] = {
    "address-unknown": "550 Requested action not taken: mailbox unavailable",
    "mailbox-full": "552 Requested mail action aborted: exceeded storage allocation",
    "expired": "delivery retry timeout exceeded",
    "spam": "554 Transaction failed: your IP is on the blacklist of spamhaus.org",
}
EXCHANGE: dict[Reason, str] = {
    "address-unknown": "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    "mailbox-full": "#554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException ##",
    "expired": "#550 4.4.7 QUEUE.Expired; message expired ##",
    "spam": "#550 5.7.1 Message rejected because of our policy on content ##",
}
OFFICE: dict[Reason, str] = {
    "address-unknown": "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient"
    " not found by SMTP address lookup'",
    "mailbox-full": "Remote Server returned '554 5.2.2 mailbox full; QuotaExceededException'",
    "expired": "Remote Server returned '550 5.4.316 Message expired, connection refused'",
    "spam": "Remote Server returned '550 5.7.509 Access denied, sending domain does not pass DMARC'",
}
AUTO = "This message was created automatically by mail delivery software"
HEADERS_FOLLOW = "--- The header of the original message is following. ---\n\n"


def _exchange(language: str, failed: str, advice: str, diagnosis: str, server: str) -> Form:
    text = f"""\
{failed}

The Chair<mailto:{{to}}>
{advice}

________________________________


{diagnosis}

{server}: mx.example.com

{{to}}
{{said}}

"""
    headers = {
        "en": "Original message headers:",
        "de": "Ursprüngliche Nachrichtenkopfzeilen:",
        "fr": "En-têtes de message d'origine :",
        "es": "Encabezados de mensajes originales:",
    }
    subject = {
        "en": "Undeliverable",
        "de": "Unzustellbar",
        "fr": "Non remis ",
        "es": "No entregado",
    }
    return Form(
        f"Exchange 2010 {language}",
        "Microsoft Exchange <postmaster@example.com>",
        f"{subject[language]}: Three questions",
        text,
        EXCHANGE,
        ("inline", "rfc822"),
        charset="iso-8859-1",
        coding="quoted-printable",
        start=f"{headers[language]}\n\n",
    )


_OFFICE_HTML = """\
<html><head><style>p {{ color: red }}</style></head><body>
<table><tr><td><img src="cid:logo"></td></tr></table>
<p><b>{failed}</b></p>
<p><a href="mailto:{to}">{to}</a><br>{advice}</p>
<hr><p><b>{diagnosis}</b></p>
<p>{server}: AM0PR01MB0001.eurprd01.prod.example.com</p>
<p>{to}<br>{said}</p>
"""


def _office(language: str, failed: str, advice: str, diagnosis: str, server: str) -> Form:
    text = _OFFICE_HTML.format(
        failed=failed, advice=advice, diagnosis=diagnosis, server=server, to="{to}", said="{said}"
    )
    return Form(
        f"Office 365 {language}",
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>",
        "Undeliverable: Three questions",
        text,
        OFFICE,
        ("inline", "rfc822", "headers"),
        kind="html",
        coding="base64",
        start="<p>Original message headers:</p>\n",
    )


FORMS = (
    Form(
        "Yahoo en",
        "MAILER-DAEMON@yahoo.com",
        "Failure Notice",
        "Sorry, we were unable to deliver your message to the following address.\n\n"
        "<{to}>:\n{said}\n\n",
        {**SMTP, "address-unknown": "554: delivery error: dd This user doesn't have a yahoo.com"
                                    " account ({to}) [0] - mta1234.mail.bf1.yahoo.com",
         "expired": "No mx record found or the message was in the queue too long"},
        ("inline", "quoted"),
        start="--- Below this line is a copy of the message.\n\n",
    ),
    Form(
        "Yahoo es",
        "Mailer-Daemon@yahoo.es",
        "Aviso de error",
        "Lo sentimos, no pudimos entregar tu mensaje a la siguiente dirección.\n\n"
        "<{to}>:\n{said}\n\n",
        SMTP,
        charset="iso-8859-1",
        coding="quoted-printable",
        start="--- El texto original del mensaje aparece a continuación.\n\n",
    ),
    Form(
        "Yahoo fr",
        "MAILER-DAEMON@yahoo.fr",
        "Avis d'échec",
        "Désolé, nous n’avons pas pu remettre votre message à l’adresse suivante.\n\n"
        "<{to}>:\n{said}\n\n",
        SMTP,
        start="--- Le texte du message d’origine figure ci-dessous.\n\n",
    ),
    Form(
        "GMX en",
        "MAILER-DAEMON@mail.gmx.net",
        "Mail delivery failed: returning message to sender",
        f"{AUTO}.\n\nA message that you sent could not be delivered to one or more of\n"
        "its recipients. This is a permanent error. The following address\nfailed:\n\n"
        "<{to}>\n\nReason:\n{said}\n\n\n",
        BARE,
        ("inline", "quoted"),
        more="X-UI-Out-Filterresults: unknown:0;\n",
        start=HEADERS_FOLLOW,
    ),
    Form(
        "WEB.DE",
        '"WEB.DE Mailer Daemon" <mailer-daemon@web.de>',
        "Mail delivery failed: returning message to sender",
        f"{AUTO}.\n\nA message that you sent could not be delivered to one or more of\n"
        'its recipients. This is a permanent error. The following address\nfailed:\n\n"{to}":\n'
        "SMTP error from remote server for RCPT TO command, host: mx.test (192.0.2.5)"
        " reason: {said}\n\n\n",
        {**SMTP, "expired": "delivery retry timeout exceeded"},
        start=HEADERS_FOLLOW,
    ),
    Form(
        "GMX de",
        "GMX Mailer Daemon <mailer-daemon@gmx.de>",
        "Ihre E-Mail konnte nicht zugestellt werden",
        "Diese Nachricht wurde automatisch erzeugt.\n\n"
        "Leider konnte Ihre E-Mail an den folgenden Empfänger nicht zugestellt werden:\n\n"
        "{to}\n\nGrund:\n{said}\n\n",
        {
            "address-unknown": "Der Empfänger ist unbekannt (550)",
            "mailbox-full": "Das Postfach des Empfängers ist voll",
            "expired": "Die Zeit für die Zustellung ist abgelaufen",
            "spam": "554 Die Nachricht verstößt gegen eine Richtlinie und gilt als Spam",
        },
        ("inline", "rfc822"),
        charset="iso-8859-1",
        start="--- Urspr. Nachricht ---\n\n",
    ),
    Form(
        "IONOS",
        '"Mail Delivery System" <mailer-daemon@kundenserver.de>',
        "Mail delivery failed: returning message to sender",
        f"{AUTO}.\n\nA message that you sent could not be delivered to one or more of\n"
        "its recipients. This is a permanent error.\n\nThe following address failed:\n\n"
        "{to}\n\nFor the following reason:\n\n{said}\n\n",
        BARE,
        start=HEADERS_FOLLOW,
    ),
    Form(
        "Zoho",
        "mailer-daemon@mail.zoho.com",
        "Undelivered Mail Returned to Sender",
        f"{AUTO}.\n A message that you sent could not be delivered to one or more of its"
        " recipients. This is a permanent error. \n\n{said}\n\n",
        {
            "address-unknown": "{to} Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1"
            " <{to}>... User Unknown",
            "mailbox-full": "{to} Failed, ERROR_CODE :552, ERROR_CODE :mailbox is full",
            "expired": "[Status: Error, Address: <{to}>, ResponseCode 421, , Host not reachable.]",
            "spam": "{to} Failed, ERROR_CODE :554, ERROR_CODE :5.7.1 blocked, see spamhaus",
        },
        ("inline", "headers"),
        coding="quoted-printable",
        more="X-ZohoMail: Si CHF_MF_NL SS_10\nX-Mailer: Zoho Mail\n",
        start="Received:from mail.zoho.com by mx.zohomail.com\n",
    ),
    Form(
        "Google Groups",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        "Hello us@example.org,\n\nWe're writing to let you know that the group you tried to contact"
        " (chair) may\nnot exist, or you may not have permission to post messages to the group. A"
        " few\nmore details on why you weren't able to post:\n\n * {said}\n\nIf you have questions,"
        " visit the Help Center.\n\nThanks,\n\nGoogle Groups\n\n\n",
        {
            "address-unknown": "The owner of the group may have removed this group.",
        },
        ("inline", "quoted"),
        more="X-Failed-Recipients: {to}\n",
        start="----- Original message -----\n\n",
    ),
    Form(
        "Exchange 2003",
        "System Administrator <postmaster@example.com>",
        "Undeliverable: Three questions",
        "Your message\n\n  To:      " + COPY + "\n  Subject: Three questions\n"
        "  Sent:    Sun, 1 Mar 2026 12:00:00 +0000\n\n"
        "did not reach the following recipient(s):\n\n"
        "{to} on Sun, 1 Mar 2026 12:01:00 +0000\n    {said}\n"
        "\tThe MTS-ID of the original message is: c=us;a= ;p=example\n\n",
        {
            "address-unknown": "The recipient name is not recognized\n    MSEXCH:IMS:(000C05A6)",
            "mailbox-full": "The recipient's mailbox is full",
            "expired": "The server did not respond; giving up",
            "spam": "<mx.example.com #5.7.1 smtp;550 5.7.1 message blocked as spam>",
        },
        ("rfc822", "headers"),
        more="X-Mailer: Internet Mail Service (5.5.2657.72)\n",
    ),
    _exchange(
        "en",
        "Delivery has failed to these recipients or distribution lists:",
        "Please check the e-mail address and try resending this message.",
        "Diagnostic information for administrators:",
        "Generating server",
    ),
    _exchange(
        "de",
        "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:",
        "Überprüfen Sie die Adresse, und senden Sie die Nachricht neu.",
        "Diagnoseinformationen für Administratoren:",
        "Generierender Server",
    ),
    _exchange(
        "fr",
        "Échec de la remise pour ces destinataires ou groupes :",
        "Vérifiez l'adresse et renvoyez ce message.",
        "Informations de diagnostic pour les administrateurs :",
        "Serveur de génération",
    ),
    _exchange(
        "es",
        "Error de entrega a estos destinatarios o grupos; no se pudo entregar el mensaje:",
        "Compruebe la dirección e intente enviar el mensaje de nuevo.",
        "Información de diagnóstico para los administradores:",
        "Servidor de generación",
    ),
    _office(
        "en",
        "Delivery has failed to these recipients or groups:",
        "The email address couldn&#39;t be found. Check the address and try again.",
        "Diagnostic information for administrators:",
        "Generating server",
    ),
    _office(
        "de",
        "Ihre Nachricht an <a href='mailto:{to}'>{to}</a> konnte nicht zugestellt werden.",
        "Prüfen Sie die Adresse.",
        "Diagnoseinformationen f&uuml;r Administratoren:",
        "Generierender Server",
    ),
    _office(
        "es",
        "No se pudo entregar su mensaje a {to}.",
        "Compruebe la direcci&oacute;n.",
        "Informaci&oacute;n de diagn&oacute;stico:",
        "Servidor",
    ),
    Form(
        "qmail",
        "MAILER-DAEMON@relay.test",
        "failure notice",
        "Hi. This is the qmail-send program at relay.test.\nI'm afraid I wasn't able to deliver"
        " your message to the following addresses.\nThis is a permanent error; I've given up."
        " Sorry it didn't work out.\n\n<{to}>:\n{said}\n\n",
        {
            "address-unknown": "Sorry, no mailbox here by that name. (#5.1.1)",
            "mailbox-full": "192.0.2.5 does not like recipient.\nRemote host said: 552 Mailbox full"
            "\nGiving up on 192.0.2.5.",
            "expired": "Connected to 192.0.2.5 but the connection was lost. I'm not going to try"
            " again; this message has been in the queue too long.",
            "spam": "192.0.2.5 failed after I sent the message.\nRemote host said: 554 5.7.1 spam",
        },
        start="--- Below this line is a copy of the message.\n\nReturn-Path: <us@example.org>\n",
    ),
    Form(
        "Exim",
        "Mail Delivery System <Mailer-Daemon@relay.test>",
        "Mail delivery failed: returning message to sender",
        f"{AUTO}.\n\nA message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        "  {to}\n    {said}\n\n",
        {**BARE, "expired": "all hosts for 'example.com' have been failing for a long time"
                            " (and retry time not reached); retry timeout exceeded"},
        ("inline", "rfc822"),
        start="------ This is a copy of the message, including all the headers. ------\n\n",
    ),
    Form(
        "Postfix",
        "MAILER-DAEMON@relay.test (Mail Delivery System)",
        "Undelivered Mail Returned to Sender",
        "This is the mail system at host relay.test.\n\nI'm sorry to have to inform you that your"
        " message could not\nbe delivered to one or more recipients. It's attached below.\n\n"
        "                   The mail system\n\n<{to}>: host mx.test[192.0.2.5] said: {said}\n"
        "    (in reply to RCPT TO command)\n\n",
        {**SMTP, "expired": "connect to mx.test[192.0.2.5]:25: Connection timed out"},
        ("rfc822", "headers"),
    ),
    Form(
        "sendmail",
        "Mail Delivery Subsystem <MAILER-DAEMON@relay.test>",
        "Returned mail: see transcript for details",
        "The original message was received at Sun, 1 Mar 2026 12:00:00 GMT\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n<{to}>\n"
        "    (reason: {said})\n\n   ----- Transcript of session follows -----\n... while talking to"
        " mx.test.:\n",
        {**SMTP, "expired": "Message could not be delivered for 5 days"},
        ("rfc822", "headers"),
    ),
    Form(
        "Domino",
        "Postmaster@example.com",
        "DELIVERY FAILURE: Three questions",
        "Your message\n\n  Subject: Three questions\n\nwas not delivered to:\n\n  {to}\n\nbecause:\n\n"
        "  {said}\n\n",
        {
            "address-unknown": "User chair (chair@example.com) not listed in Domino Directory",
            "mailbox-full": "The recipient's mailbox is full",
        },
        ("rfc822",),
    ),
    Form(
        "SmarterMail",
        "System Administrator <postmaster@relay.test>",
        "Delivery Failure",
        "Could not deliver message to the following recipient(s):\n\nFailed Recipient: {to}\n"
        "Reason: Remote host said: {said}\n\n   -- The header and top 20 lines of the message follows"
        " --\n\n",
        {**SMTP, "expired": "the message has expired after 2 days"},
    ),
    Form(
        "Outlook de",
        "Systemadministrator <postmaster@example.com>",
        "Unzustellbar: Three questions",
        "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\n"
        "      Betreff:\tThree questions\n      Gesendet am:\t01.03.2026 12:00\n\n"
        "Folgende(r) Empfänger kann/können nicht erreicht werden:\n\n"
        "      {to} am 01.03.2026 12:01\n            {said}\n",
        {
            "address-unknown": "Das E-Mail-Konto ist der Organisation nicht bekannt; Empfänger nicht"
            " gefunden. <mx.example.com #5.1.1>",
            "mailbox-full": "Das Postfach des Empfängers ist voll.",
        },
        ("rfc822", "headers"),
        charset="iso-8859-1",
    ),
    Form(
        "Telecom it",
        "postmaster@relay.test",
        "Recapito non riuscito",
        "Non è stato possibile recapitare il messaggio al seguente destinatario:\n\n<{to}>:\n{said}\n\n",
        {
            "address-unknown": "Utente sconosciuto",
            "mailbox-full": "La casella del destinatario è piena",
        },
        ("rfc822", "headers"),
        coding="base64",
    ),
)  # fmt: skip


def notices() -> Iterator[Sample]:
    """Each form, for each reason that it has, with the letter returned in each way that it has."""
    for form in FORMS:
        for reason, original in product(form.said, form.originals):
            yield Sample(
                f"{form.name}, {reason}, {original}", written(form, reason, original), reason
            )


def written(form: Form, reason: Reason, original: Original, head: str = HEAD) -> bytes:
    """One notice as it comes."""
    said = form.said[reason].replace("{to}", TO)
    text = form.text.replace("{said}", said).replace("{to}", TO)
    returned = head
    if original == "quoted":
        returned = "".join(f"> {line}\n" for line in head.splitlines())
    if original in ("inline", "quoted"):
        html = returned.replace("<", "&lt;").replace(">", "&gt;")
        text += form.start + (f"<pre>{html}</pre>" if form.kind == "html" else returned)
    if form.kind == "html":
        text += "</body></html>"
    body = _part(f"text/{form.kind}", text, form.charset, form.coding)
    if original in ("rfc822", "headers"):
        kind = "message/rfc822" if original == "rfc822" else "text/rfc822-headers"
        body = mixed(body, f"Content-Type: {kind}\n\n{returned}\nDear Chair,\n".encode())
    more = form.more.replace("{to}", TO)
    top = (
        f"Return-Path: <>\nFrom: {form.sender}\nTo: us@example.org\n{_encoded(form.subject)}{more}"
    )
    return f"{top}MIME-Version: 1.0\n".encode() + body


def mixed(*parts: bytes) -> bytes:
    """Several parts as one."""
    inside = b"".join(b"--=_parts\n" + part + b"\n" for part in parts)
    return b'Content-Type: multipart/mixed; boundary="=_parts"\n\n' + inside + b"--=_parts--\n"


def _part(kind: str, text: str, charset: str, coding: str) -> bytes:
    data = text.encode(charset, "replace" if charset != "utf-8" else "strict")
    if coding == "base64":
        data = base64.encodebytes(data)
    elif coding == "quoted-printable":
        data = quopri.encodestring(data)
    head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {coding}\n\n"
    return head.encode() + data


def _encoded(subject: str) -> str:
    if subject.isascii():
        return f"Subject: {subject}\n"
    return f"Subject: =?utf-8?b?{base64.b64encode(subject.encode()).decode()}?=\n"


# --- what is no notice of a return --------------------------------------------------------------

QUOTED = "".join(f"> {line}\n" for line in HEAD.splitlines())
SERVERS = (
    "MAILER-DAEMON@relay.test",
    "Mail Delivery System <mailer-daemon@example.com>",
    "Postmaster <postmaster@example.com>",
)
PEOPLE = ("The Chair <chair@example.com>", "Office of the Postmaster General <postmaster@gov.test>")
ANSWERS = {
    "thanks": "Thank you. Our answer to all 500 of you is yes.",
    "codes": "Thank you for page 550 and for 5.1.1. We could not agree more.",
    "no": "We have rejected your message's demands. It was not delivered on time.",
    "moved": f"I have moved; write to me at new@example.net and no longer to\n\n{TO}\n\nplease.",
    "bounced": "I got the thing below. Is the address right?\n\n"
    + "".join(f"> {line}\n" for line in
              f"Sorry, we were unable to deliver your message.\n\n<{TO}>:\n550 5.1.1 unknown".split("\n")),
}  # fmt: skip
AWAY = {
    "Automatic reply: Three questions": f"I am away. Mail to {TO} is not read. 550 unread mails!",
    "Out of Office: Three questions": "This mailbox is not monitored; the mailbox is full.",
    "Abwesenheitsnotiz: Three questions": f"Ich bin nicht da. Die Adresse\n\n{TO}\n\nexistiert nicht mehr.",
    "Réponse automatique : Three questions": f"Je suis absente.\n\n{TO}\n\nn'existe plus.",
    "Respuesta automática: Three questions": "Estoy fuera de la oficina; buzón lleno.",
    "Automatisch antwoord: Three questions": "Ik ben afwezig; onbekend adres.",
}
LATER = {
    "Warning: message 1abc delayed 24 hours": f"{AUTO}.\nA message that you sent has not yet been"
    f" delivered to one or more of its recipients after more than 24 hours.\n\n  {TO}\n    451 4.7.1"
    " Greylisted\n\nNo action is required on your part. Delivery attempts will continue.\n",
    "Delayed Mail (still being retried)": "THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR"
    f" MESSAGE.\n\nYour message could not be delivered for more than 4 hours.\nIt will be retried"
    f" until it is 5 days old.\n\n<{TO}>: connect to mx.test: Connection timed out\n",
    "Delivery Status Notification (Delay)": f"Delivery to the following recipient has been delayed:"
    f"\n\n     {TO}\n\nMessage will be retried for 2 more day(s)\n\n550 5.1.1 temporarily",
    "Verzögerte Zustellung": "Ihre Nachricht konnte bisher nicht zugestellt werden:\n\n"
    f"{TO}\n\nDas Postfach ist voll. Die Zustellung wird weiterhin versucht.\n",
    "Zustellung Ihrer Nachricht": f"Ihre Nachricht wurde noch nicht zugestellt:\n\n{TO}\n\n4.4.7\n",
    "Retard de remise": f"Votre message n'a pas encore été remis à\n\n{TO}\n\n451 plus tard\n",
    "Mail delivery": f"Your message could not be delivered to\n\n<{TO}>:\n451 4.7.1 Greylisted\n",
    "Mail not delivered": f"A message could not be delivered for now. We will attempt it for 3 more"
    f" days:\n\n{TO}\n    450 4.2.2 mailbox is full\n",
    "Aviso de retraso": f"Aún no se pudo entregar tu mensaje a\n\n<{TO}>:\n451 buzón lleno\n",
}
ASKED = {
    "Please confirm your message": "Your message could not be delivered yet. Please confirm that you"
    f" are a person.\n\n<{TO}>\n550 5.7.1 unknown sender\n",
    "Your message is being held": f"Your message to {TO} was not delivered: it is held for the"
    " moderator, by our policy on spam.\n",
    "Ihre Nachricht wartet": f"Ihre Nachricht konnte nicht zugestellt werden:\n\n{TO}\n\nBestätigen Sie"
    " sie zuerst. 550 5.7.1\n",
    "Quarantine": f"Delivery has failed, as spam was found: a mail to\n\n{TO}\n\nis in quarantine.\n",
}


def ordinary() -> Iterator[Sample]:
    """Mails that are no notice that a letter came back, each returning the letter's head too."""
    for sender, (name, text) in product(PEOPLE, ANSWERS.items()):
        for path in ("<>", "<somebody@example.com>"):
            for subject in ("Re: Three questions", "AW: Three questions", "Your letter"):
                if "postmaster" in sender and subject == "Your letter" and name == "moved":
                    continue  # as a machine would write it; nobody could tell them apart
                yield _as(f"answer, {name}, {subject}", sender, subject, text, path)
    for sender, (subject, text) in product((*SERVERS, *PEOPLE), AWAY.items()):
        yield _as(f"away, {subject}", sender, subject, text)
    for sender, (subject, text) in product(SERVERS, (LATER | ASKED).items()):
        yield _as(f"later, {subject}", sender, subject, text)
    for sender in (*SERVERS, *PEOPLE):
        yield _receipt(sender)
        yield _abuse(sender)
        news = "Our server was delivered to its new rack. Mailbox sizes are 5.1 GB now."
        yield _as("news", sender, "News of the mail system", news)


def _as(name: str, sender: str, subject: str, text: str, path: str = "<>") -> Sample:
    top = f"Return-Path: {path}\nFrom: {sender}\nTo: us@example.org\n{_encoded(subject)}"
    top += f"In-Reply-To: {OURS}\nReferences: {OURS}\nMIME-Version: 1.0\n"
    body = _part("text/plain", f"{text}\n\n{QUOTED}", "utf-8", "8bit")
    return Sample(f"{name}, from {sender}", top.encode() + body)


def _receipt(sender: str) -> Sample:
    fields = f"Final-Recipient: rfc822;{TO}\nOriginal-Message-ID: {OURS}\n"
    fields += "Disposition: automatic-action/MDN-sent-automatically; deleted\n"
    top = (
        f"Return-Path: <>\nFrom: {sender}\nSubject: Not read: Three questions\nMIME-Version: 1.0\n"
    )
    told = f"Your message to {TO} was deleted without being read: it could not be delivered. 550 \n"
    parts = mixed(
        _part("text/plain", told, "utf-8", "8bit"),
        f"Content-Type: message/disposition-notification\n\n{fields}".encode(),
        f"Content-Type: message/rfc822\n\n{HEAD}".encode(),
    ).replace(b"multipart/mixed;", b"multipart/report; report-type=disposition-notification;")
    return Sample(f"receipt, from {sender}", top.encode() + parts)


def _abuse(sender: str) -> Sample:
    top = f"Return-Path: <>\nFrom: {sender}\nSubject: Abuse report\nMIME-Version: 1.0\n"
    told = f"An abuse report on a message to\n\n{TO}\n\nwhich was rejected: 550 5.7.1 as spam\n"
    parts = mixed(
        _part("text/plain", told, "utf-8", "8bit"),
        b"Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n",
        f"Content-Type: message/rfc822\n\n{HEAD}".encode(),
    ).replace(b"multipart/mixed;", b"multipart/report; report-type=feedback-report;")
    return Sample(f"abuse, from {sender}", top.encode() + parts)
