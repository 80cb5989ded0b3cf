"""What is in the bombs that are text: YAML, templates, style sheets, mails, lists, notes, keys."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path

from .bomb_binary import HARMLESS_BINARY, LOGS, PDFS, PICTURES, SHEETS, WORDS, signed

__all__ = ["LOGS", "PDFS", "PICTURES", "WORDS", "signed"]

Maker = Callable[[], bytes]
MIB = 1 << 20
HARMLESS = {
    *HARMLESS_BINARY,
    "rules",
    "not",
    "5,000 files",
    "empty lines",
    "600,000 persons",
    "a long name",
    "a cell of 60 MB",
    "a size of 5,000 digits in JSON",
}

YAML: dict[str, Maker] = {
    "brackets": lambda: b"[" * 100_000,
    "the same key": lambda: b"a: 1\n" * 100_000,
    "an alias": lambda: b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "braces": lambda: b"{a: " * 100_000,
    "dashes": lambda: b"- " * 100_000,
    "indentation": lambda: b"".join(b" " * n + b"a:\n" for n in range(1_200)),
    "keys": lambda: b"".join(b"k%d: 1\n" % number for number in range(10_001)),
    "a quotation that never ends": lambda: b"title: '" + b"a" * 900_000,
    "unseen characters": lambda: "- \u200b\u202e\n".encode() * 60_000,
    "documents": lambda: b"---\na: 1\n" * 90_000,
    "tags": lambda: b"a: !!python/object/apply:os.system [x]\n" * 20_000,
    "unknown keys": lambda: b"".join(b"key%d: 1\n" % n for n in range(9_999)),
    "unknown keys in a group": lambda: (
        b"values:\n" + b"".join(b"  key%d: {a: [1], b: {c: 1}}\n" % n for n in range(9_999))
    ),
    "unknown keys in a list": lambda: b"asks:\n" + b"- {x: 1, y: 2, text: [1]}\n" * 30_000,
    "an integer of 5,000 digits": lambda: b"date: " + b"9" * 5_000 + b"\ntitle: " + b"9" * 5_000,
}
PEOPLE: dict[str, Maker] = {
    "16 MB of brackets": lambda: b"- [" + b"[]," * (5 * MIB),
    "16 MB of entries": lambda: b"- a\n" * (4 * MIB),
    "600,000 persons": lambda: b"".join(b"- {id: p%d, name: A B}\n" % n for n in range(600_000)),
    "lists in a person": lambda: b"- id: okafor\n  name: [" + b"a," * 490_000 + b"a]\n",
    "three million words": lambda: b"".join(b"- id: p%d\n  name: [" % n + b"a," * 490_000 + b"a]\n" for n in range(6)),
    "the same key": lambda: b"- id: a\n" + b"  id: a\n" * (2 * MIB),
    "a long name": lambda: b"- id: okafor\n  name: " + b"a" * (16 * MIB) + b"\n",
    "a name of four-octet letters": lambda: b"- id: okafor\n  name: '" + "\U0001d504".encode() * (4 * MIB) + b"'\n",
    "groups in groups": lambda: b"- " + b"{a: {b: [" * 15 + b"[" * 4_000_000,
    "empty lines": lambda: b"\n" * (16 * MIB),
    "unknown keys": lambda: b"- id: okafor\n  name: A B\n" + b"".join(b"  k%d: 1\n" % n for n in range(9_000)),
    "64 MB of words": lambda: b"- id: okafor\n  name: [" + b"a," * (32 * MIB - 20) + b"a]\n",
    "64 MB of persons": lambda: b"".join(b"- {id: p%07d, name: A B, nationality: zz, role: 'Chair of the committee of the association of the town'}\n" % n for n in range(600_000)),
}  # fmt: skip


def with_folder(make: Callable[[int], bytes], count: int) -> Callable[[Path], None]:
    """A folder of people in place of the list."""

    def prepare(root: Path) -> None:
        folder = root / "signatories"
        folder.mkdir()
        for number in range(count):
            (folder / f"p{number}.yaml").write_bytes(make(number))
        (root / "signatories.yaml").unlink()
        add(root, "signatories: signatories\n")

    return prepare


FOLDERS = {
    "12 files of words": with_folder(lambda _: b"name: [" + b"a," * 480_000 + b"a]\n", 12),
    "5,000 files": with_folder(lambda _: b"[" * 100, 5_000),
}


def add(root: Path, lines: str) -> None:
    """Put lines at the end of letter.yaml."""
    with (root / "letter.yaml").open("a", encoding="utf-8") as stream:
        stream.write(lines)


def with_theme(root: Path) -> None:
    """A theme of the campaign’s own."""
    ours = root / "templates/themes/ours"
    ours.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "templates/themes/classic/theme.yaml"
    (ours / "theme.yaml").write_bytes(shipped.read_bytes())
    add(root, "theme: ours\n")


def with_body(root: Path) -> None:
    add(root, "body: ours\n")


def with_list(root: Path) -> None:
    (root / "list.csv").write_bytes(b"Name,E-mail\nAda Birch,ada@example.org\n")


def with_logo(root: Path) -> None:
    file = root / "letter.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  country: CA\n", "  country: CA\n  logo: logo.png\n"), "utf-8")


def with_enclosure(root: Path) -> None:
    file = root / "letter.yaml"
    old = "enclosures:\n  - title: {en: A list, fr: Une liste}\n"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(old, "enclosures:\n  - {title: A list, file: list.pdf}\n"), "utf-8"
    )


def body(text: str) -> bytes:
    """The template of the test campaign with this in its first paragraph."""
    from conftest import BODY_EN

    return BODY_EN.replace("We are", f"{text}\n\nWe are").encode()


_LOOP = "{% for a in 'x' * 3000 %}"
TEMPLATES: dict[str, str] = {
    "loops in loops": _LOOP * 6 + "a" + "{% endfor %}" * 6,
    "a range": "{% for a in range(10**9) %}a{% endfor %}",
    "a power": "{{ 9**9**9 }}",
    "a text times itself": "{% set a = 'a' * 10**6 %}{{ (a * 10**6) | length }}",
    "doubling": "{% set a = 'aaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "a list times itself": "{{ ([1] * 10**9) | length }}",
    "a format": "{{ '%1000000000d' | format(1) }}{{ '{:>9999999999}'.format(1) }}",
    "a wide format": "{{ '%0*d' % (10**9, 1) }}",
    "padding": "{{ 'a'.ljust(10**10) }}",
    "replace": "{% set a = 'a' * 10000 %}{{ a | replace('a', a) | replace('a', a) }}",
    "join": "{{ ('a' * 10**6) | join('a' * 10**6) }}",
    "recursion": "{% macro a() %}{{ a() }}{{ a() }}{% endmacro %}{{ a() }}",
    "includes itself": "{% include 'letter.en.md' %}",
    "brackets": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "plus": "{{ " + "1+" * 60_000 + "1 }}",
    "filters": "{{ 'a'" + "|upper" * 60_000 + " }}",
    "dots": "{{ values" + ".a" * 60_000 + " }}",
    "not": "{{ " + "not " * 60_000 + "1 }}",
    "conditions": "{% if 1 %}" * 5_000 + "a" + "{% endif %}" * 5_000,
    "an integer of 5,000 digits": "{{ " + "9" * 5_000 + " }}",
    "opened for ever": "{{" * 200_000,
    "a comment for ever": "{#" * 200_000,
    "words without end": _LOOP * 2 + "{{ values.thanks }} {{ loop.index }}\n" + "{% endfor %}" * 2,
    "many blocks": "{% for a in 'x' * 900 %}" * 2 + "- a\n" + "{% endfor %}" * 2,
    "lists in a list": "{{ [[[[[[[[[[]]]]]]]]]] * 10**8 }}",
    "sorting": "{{ ('ab' * 10**7) | sort | length }}{{ ('ab' * 10**7) | unique | list | length }}",
    "a slice": "{{ 'a'[::0] }}{{ ('a' * 10**9)[::-1] }}",
}
MARKDOWN: dict[str, str] = {
    "notes": "[^" * 200_000, "notes that are none": "[^a]" * 100_000, "brackets": "[" * 300_000,
    "stars": "*" * 300_000, "stars and words": "*a " * 150_000, "lines": "_a*" * 150_000,
    "quotations": "> " * 200_000, "lists": "- " * 200_000, "ticks": "`a``" * 120_000,
    "links": "[a](" * 120_000, "pictures": "![" * 200_000, "angles": "<a " * 150_000, "escapes": "\\" * 400_000,
    "references": "&#x202e;" * 60_000, "tables": "| a" * 60_000 + "|\n" + "|-" * 60_000 + "|\n" + "|\n" * 60_000,
    "definitions": "[a]: <b> 'c'\n" * 50_000, "fences": "```\n" * 100_000, "blocks": "::: asks\n" * 60_000,
    "numbers": "1. " * 200_000, "attributes": "{id=a " * 120_000, "addresses": "www.a." * 120_000,
}  # fmt: skip

CSS: dict[str, Maker] = {
    "brackets": lambda: b"(" * 100_000,
    "braces": lambda: b"a{" * 100_000,
    "square brackets": lambda: b"[" * 100_000,
    "media in media": lambda: b"@media all{" * 60_000,
    "selectors": lambda: b"p>" * 200_000 + b"p{color:#000000}",
    "selectors with spaces": lambda: b"p " * 200_000 + b"p{color:#000000}",
    "not": lambda: b":not(" * 45 + b"p" + b")" * 45 + b"{color:#000000}" * 2_000,
    "commas": lambda: b"p," * 200_000 + b"p{color:#000000}",
    "rules": lambda: b"p{color:#000000}" * 60_000,
    "a comment for ever": lambda: b"/*" * 400_000,
    "variables": lambda: b"".join(b"--a%d:var(--a%d) var(--a%d);" % (n, n - 1, n - 1) for n in range(1, 60)),
    "an integer of 5,000 digits": lambda: b"p{width:" + b"9" * 5_000 + b"px}",
    "exponents": lambda: b"p{width:1e999999999px;margin:1e308px 1e308px}",
    "strings": lambda: b"p{color:'" * 100_000,
    "escapes": lambda: b"p{color:\\" * 100_000,
    "children": lambda: b"p:nth-child(99999999999n+1){color:#000000}" * 20_000,
}  # fmt: skip

LISTS: dict[str, Maker] = {
    **SHEETS,
    ".csv: columns": lambda: b"a," * (4 * MIB) + b"\n" + b"b," * (4 * MIB),
    ".csv: a quotation that never ends": lambda: b'Name,E-mail\n"' + b"a,b\n" * (8 * MIB),
    ".csv: a cell of 60 MB": lambda: b"Name,E-mail\n" + b"a" * (60 * MIB) + b",b\n",
    ".csv: rows": lambda: b"Name,E-mail\n" + b"a b,a@example.org\n" * (2 * MIB),
    ".csv: zeros": lambda: b"Name,E-mail\n" + bytes(8 * MIB),
    ".csv: names of many words": lambda: b"Name,E-mail\n" + (b"a " * 450 + b",b\n") * 20_000,
    ".csv: addresses": lambda: b"Address\n" + (b"a, " * 300 + b"\n").replace(b", ", b"; ") * 20_000,
    ".json: brackets": lambda: b"[" * (20 * MIB),
    ".json: lists": lambda: b"[" + b"[]," * (15 * MIB) + b"[]]",
    ".json: the same key": lambda: b'[{"name":"a"' + b',"name":"a"' * (4 * MIB) + b"}]",
    ".json: an integer of 5,000 digits": lambda: b'[{"name":' + b"9" * 5_000 + b"}]",
    ".json: groups": lambda: b'{"a":' * 90_000 + b"1" + b"}" * 90_000,
    ".json: persons": lambda: b"[" + b'{"name":"A B"},' * (3 * MIB) + b"{}]",
    ".xml: entities": (
        "<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><people><p><name>&a11;</name></p></people>"
    ).encode,
    ".xml: depth": lambda: b"<a>" * (6 * MIB),
    ".xml: attributes": lambda: b"<a " + b"".join(b"b%d='c' " % n for n in range(400_000)) + b"/>",
    ".xml: elements": lambda: b"<a>" + b"<b/>" * (10 * MIB) + b"</a>",
    ".vcf: folding": lambda: b"BEGIN:VCARD\r\nFN:a\r\n" + b" a\r\n" * (4 * MIB) + b"END:VCARD\r\n",
    ".vcf: cards": lambda: b"BEGIN:VCARD\r\nFN:A B\r\nEND:VCARD\r\n" * MIB,
    ".vcf: opened": lambda: b"BEGIN:VCARD\r\n" * (2 * MIB),
    ".vcf: properties": lambda: b"BEGIN:VCARD\r\n" + b"EMAIL:a@b.c\r\n" * (2 * MIB) + b"END:VCARD\r\n",
    ".vcf: parameters": lambda: b"BEGIN:VCARD\r\nFN" + b";a=b" * (2 * MIB) + b":A\r\nEND:VCARD\r\n",
    ".vcf: quoted": lambda: b"BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE:" + b"=41=\r\n" * (2 * MIB) + b"\r\nEND:VCARD",
    ".yaml: brackets": lambda: b"- [" + b"[]," * (20 * MIB),
}  # fmt: skip

_HEAD = b"From: okafor <ngozi@example.org>\r\nDate: Thu, 1 Jan 2026 00:00:00 +0000\r\n"
MAILS: dict[str, Maker] = {
    "parts in parts": lambda: _HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(50_000)),
    "messages in messages": lambda: _HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 100_000,
    "fields": lambda: _HEAD + b"X: a\r\n" * (2 * MIB) + b"\r\na",
    "a folded field": lambda: _HEAD + b"Subject: a\r\n" + b" a\r\n" * (2 * MIB) + b"\r\na",
    "encoded words": lambda: _HEAD.replace(b"okafor", b"=?utf-8?Q?a?= " * 400_000) + b"\r\na",
    "senders": lambda: b"From: " + b"a <a@example.org>, " * 400_000 + b"\r\n\r\na",
    "brackets in the sender": lambda: b"From: " + b"(" * (2 * MIB) + b"\r\n\r\na",
    "angles in the sender": lambda: b"From: " + b"<" * (2 * MIB) + b"\r\n\r\na",
    "quotations in the sender": lambda: b'From: "' + b'\\"' * (2 * MIB) + b"\r\n\r\na",
    "a parameter in pieces": lambda: _HEAD + b"Content-Type: text/plain" + b"".join(b";\r\n a*%d=b" % n for n in range(100_000)) + b"\r\n\r\na",
    "boundaries": lambda: _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * (2 * MIB),
    "one long line": lambda: _HEAD + b"\r\n" + b"a" * (30 * MIB),
    "base64": lambda: _HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(bytes(20 * MIB)),
    "a day": lambda: b"From: ngozi@example.org\r\nDate: " + b"9" * 5_000 + b" Jan " + b"9" * 5_000 + b" 00:00:00 +" + b"9" * 5_000 + b"\r\n\r\na",
}  # fmt: skip
MAILBOXES: dict[str, Maker] = {
    "mails in a mailbox": lambda: (b"From a@example.org Thu Jan  1 00:00:00 2026\n" + _HEAD + b"\r\na\n\n") * 200_000,
    "lines that begin mails": lambda: b"From a@example.org Thu Jan  1 00:00:00 2026\n" * 600_000,
    "one mail in a mailbox": lambda: b"From a@example.org Thu Jan  1 00:00:00 2026\n" + _HEAD + b"\n" + b">From a\n" * (3 * MIB),
}  # fmt: skip


def read_notice(root: Path) -> int:
    """As “letters track bounces” reads what a server gives it: so much of it, aside."""
    from letters.post.mailbox import notice
    from letters.workshop.aside import TooHardError, aside

    data = (root / "notice.eml").read_bytes()[: notice.LARGEST]
    notice.may_be(data[:8192])
    try:
        aside("a notice", len(data), notice.read, data)
    except TooHardError as error:
        sys.stdout.write(error.sentence)
        return 1
    return 0


def read_dkim_key(root: Path) -> int:
    """As “letters send” reads the key that the environment names."""
    from letters.post import dkim

    try:
        dkim.signer({dkim.KEY: str(root / "dkim.pem"), dkim.SELECTOR: "mail"})
    except dkim.KeyRefusedError as error:
        sys.stdout.write(error.sentence)
        return 2
    return 0


def _files(count: int) -> bytes:
    one = {
        "path": "a.pdf",
        "recipient": "a",
        "language": "en",
        "audience": "recipient",
        "format": "pdf",
    }
    rest = {"sha256": "ab" * 32, "pages": 1, "text_digest": "t", "log_size": 1, "draft": False}
    entry = json.dumps(one | rest)
    start = '{"toolkit": {"name": "letters"}, "text_digest": "t", "log": null, "files": ['
    return f"{start}{','.join([entry] * count)}]}}".encode()


MANIFESTS: dict[str, Maker] = {
    "brackets": lambda: b"[" * MIB,
    "200 MB of lists": lambda: b"[" + b"[]," * (70 * MIB) + b"[]]",
    "100 MB of numbers": lambda: b'{"files": [' + b"1," * (50 * MIB) + b"1]}",
    "a word of 250 MB": lambda: b'{"log": "' + b"a" * (250 * MIB) + b'"}',
    "a word of four-octet letters": lambda: b'{"log": "' + "\U0001d504".encode() * (50 * MIB) + b'"}',
    "a size of 5,000 digits in JSON": lambda: b'{"log": {"size": ' + b"9" * 5_000 + b', "root": "a"}}',
    "200,001 files": lambda: _files(200_001),
    "the same key": lambda: b"{" + b'"log": {},' * (10 * MIB) + b'"log": null}',
}  # fmt: skip
CHECKPOINTS: dict[str, Maker] = {
    "lines": lambda: b"a\n" * 500_000,
    "signatures": lambda: b"a\n1\n" + base64.b64encode(bytes(32)) + b"\n\n" + "— a AAAA\n".encode() * 80_000,
    "a size of 5,000 digits": lambda: b"a\n" + b"9" * 5_000 + b"\n" + base64.b64encode(bytes(32)) + b"\n\n\xe2\x80\x94 a AAAA\n",
    "empty lines": lambda: b"\n" * MIB,
    "a long root": lambda: b"a\n1\n" + b"A" * 1_000_000 + b"\n\n\xe2\x80\x94 a AAAA\n",
}  # fmt: skip


def _pem(label: str, data: bytes) -> bytes:
    lines = base64.encodebytes(data)
    return f"-----BEGIN {label}-----\n".encode() + lines + f"-----END {label}-----\n".encode()


def _der(tag: int, data: bytes) -> bytes:
    size = len(data)
    length = bytes([size]) if size < 128 else b"\x83" + size.to_bytes(3, "big")
    return bytes([tag]) + length + data


def _rsa(octets: int) -> bytes:
    """A key whose numbers have so many octets; they belong together, and are no primes."""
    p = (1 << (octets * 4)) - 1
    q = p - 2
    n, e = p * q, 65537
    numbers = (0, n, e, n - 2, p, q, p - 4, q - 4, 3)
    body = b"".join(
        _der(2, b"\0" + x.to_bytes((x.bit_length() + 7) // 8 or 1, "big")) for x in numbers
    )
    return _pem("RSA PRIVATE KEY", _der(0x30, body))


KEYS: dict[str, Maker] = {
    "RSA of 16,384 bits": lambda: _rsa(2048),
    "RSA of 80,000 bits": lambda: _rsa(10_000),
    "nothing but lines": lambda: b"-----BEGIN PRIVATE KEY-----\n" * 2_000,
    "nested": lambda: _pem("PRIVATE KEY", b"\x30\x80" * 20_000),
    "base64": lambda: _pem("PRIVATE KEY", b"\xff" * 45_000),
    "locked": lambda: _pem("ENCRYPTED PRIVATE KEY", _der(0x30, b"\x30\x80" * 9_000)),
}
