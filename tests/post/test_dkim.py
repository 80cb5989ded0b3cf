"""Signatures of the sender's domain: they hold, and they break with any change."""

from __future__ import annotations

import base64
import functools
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from msgspec.structs import replace

from letters.post.dkim import KEY, SELECTOR, DkimKey, KeyRefusedError, signer
from letters.post.mime import Mailbox, build
from post.dkim_verifier import holds
from post.mail import MAIL

FROZEN = Path(__file__).with_name("frozen")
MIXED = replace(
    MAIL,
    to=Mailbox("Ёлкин, Дж.", "büro@example.com"),
    subject="Три вопроса",
    copies=(Mailbox("", "c@example.org"),),
    reply_to=Mailbox("", "answers@example.org"),
    thread=("<first@example.org>", "<second@example.org>"),
)


@functools.cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


ED = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32)


def pem(key: object, secret: bytes = b"") -> bytes:
    locked = BestAvailableEncryption(secret) if secret else NoEncryption()
    assert isinstance(
        key, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey
    )
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def given(folder: Path, data: bytes) -> DkimKey:
    file = folder / "dkim.pem"
    file.write_bytes(data)
    made = signer({KEY: str(file), SELECTOR: "mail-2025"})
    assert made
    return made


def record_of(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(raw)
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_the_verifier_agrees_with_another_program(kind: str) -> None:
    """The mails in the folder were signed by dkimpy, an independent implementation."""
    record = (FROZEN / f"dkimpy-{kind}.txt").read_bytes()
    raw = (FROZEN / f"dkimpy-{kind}.eml").read_bytes()
    assert holds(raw, record)
    for old, new in ((b"Three", b"Four"), (b"there", b"where"), (b"bh=", b"bh=x")):
        assert old in raw
        assert not holds(raw.replace(old, new), record)


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_signature_holds_until_anything_is_changed(kind: str, tmp_path: Path) -> None:
    key = rsa_key(2048) if kind == "rsa" else ED
    record = record_of(key)
    for mail in (MAIL, MIXED):
        raw = build(mail)
        made = given(tmp_path, pem(key)).signed(raw, "example.org", MAIL.date)
        assert made.endswith(raw)
        assert max(map(len, made.split(b"\r\n"))) <= 998
        assert made.replace(b"\r\n", b"").count(b"\n") == 0
        assert holds(made, record)
        changes = [
            (b"Subject: ", b"Subject: x"),
            (b"From: ", b"From: <x@evil.example>, "),
            (b"=20", b"=21"),
        ]
        changes += [(b"Date: Wed", b"Date: Thu"), (b"References: <", b"References: <x@y> <")]
        changes += [(b"In-Reply-To: <second", b"In-Reply-To: <first")]
        changes += [(b"\r\nTo:", b"\r\nFrom: x@evil.example\r\nTo:"), (b"JVBERi0x", b"JVBERi0y")]
        assert sum(old in made for old, _ in changes) >= 5
        assert not any(holds(made.replace(old, new), record) for old, new in changes if old in made)


def test_the_same_mail_is_signed_alike(tmp_path: Path) -> None:
    for key in (rsa_key(2048), ED):
        once, again = (
            given(tmp_path, pem(key)).signed(build(MIXED), "example.org", MAIL.date) for _ in "ab"
        )
        assert once == again
        assert f"t={int(MAIL.date.timestamp())};".encode() in once


def test_a_mail_of_any_length_and_any_spaces_is_signed_right(tmp_path: Path) -> None:
    signer = given(tmp_path, pem(ED))
    for text in ("", "a", "a  \n\n\n", "\t a\n \n" * 50, "x" * 4000):
        mail = replace(MAIL, text=text, html="", attachments=(), subject="a  b " + "c " * 60)
        assert holds(signer.signed(build(mail), "example.org", MAIL.date), record_of(ED))


def test_a_mail_with_a_signer_is_signed_and_its_draft_is_not(tmp_path: Path) -> None:
    signer = given(tmp_path, pem(ED))
    mail = replace(MIXED, signer=signer)
    assert build(mail) == signer.signed(build(MIXED), "example.org", MAIL.date)
    assert holds(build(mail), record_of(ED))
    assert build(mail, draft=True) == build(MIXED, draft=True)


def test_without_a_key_nobody_signs() -> None:
    assert signer({}) is None
    assert signer({KEY: "", SELECTOR: ""}) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no private key"),
        (b"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n", "no private key"),
        (pem(ED, b"secret"), "locked with a password"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "RSA and Ed25519 only"),
        (pem(rsa_key(1024)), "too short"),
    ],
)
def test_it_refuses_a_key_without_telling_what_is_in_it(
    data: bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(KeyRefusedError, match=said) as refused:
        given(tmp_path, data)
    assert str(refused.value).startswith(str(tmp_path / "dkim.pem"))
    assert "c2VjcmV0" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize(
    "environment",
    [
        {KEY: "/nowhere/key.pem"},
        {SELECTOR: "mail"},
        {KEY: "/nowhere/key.pem", SELECTOR: "mail; d=evil"},
        {KEY: "/nowhere/key.pem", SELECTOR: "mail"},
    ],
)
def test_it_refuses_half_of_what_it_needs(environment: dict[str, str]) -> None:
    with pytest.raises(KeyRefusedError):
        signer(environment)


def test_a_signer_shows_no_key(tmp_path: Path) -> None:
    assert "key=" not in repr(given(tmp_path, pem(ED)))


BROKEN = {
    "a public key": ED.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "DER": b"0\x82\x01" + bytes(500),
    "a certificate": b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    "an SSH key": b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbg==\n-----END OPENSSH PRIVATE KEY-----\n",
    "half of a key": pem(ED)[:60],
    "no ASCII within": pem(ED)[:40] + b"\xff" + pem(ED)[41:],
    "zeros": bytes(5_000),
    "a long line": b"-----BEGIN PRIVATE KEY-----\n" + b"A" * 1_000_000,
    "legacy encryption": b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
    b"DEK-Info: DES-EDE3-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
    "an exponent of one": b"-----BEGIN RSA PRIVATE KEY-----\nMAYCAQACAQE=\n-----END RSA PRIVATE KEY-----\n",
    "parameters alone": b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_key_is_refused_in_one_line(kind: str, tmp_path: Path) -> None:
    with pytest.raises(KeyRefusedError) as refused:
        given(tmp_path, BROKEN[kind])
    assert "\n" not in refused.value.sentence
    assert len(refused.value.sentence) < 300


def test_a_key_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.pem").mkdir()
    (tmp_path / "circle.pem").symlink_to("circle.pem")
    for name in ("folder.pem", "circle.pem", "x" * 300):
        with pytest.raises(KeyRefusedError, match="can’t be read"):
            signer({KEY: str(tmp_path / name), SELECTOR: "mail"})
