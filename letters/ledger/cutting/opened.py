"""What kind of file it is, by its first bytes: files of evidence have no names of their own."""

from __future__ import annotations

from letters.ledger.cutting.parts import Parted, WholeError

_MOST = 64 * 1024 * 1024
_KINDS = (
    (b"%PDF-", "it is a PDF"),
    (b"\xd0\xcf\x11\xe0", "it is encrypted, or of an old Office program"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"\x89PNG", "it is a picture"),
    (b"-----BEGIN PGP", "it is encrypted"),
)


def opened(data: bytes) -> Parted:
    """The file as parts. Raises WholeError with the reason where it has none."""
    from letters.ledger.cutting import mailbox, table

    if len(data) > _MOST:
        raise WholeError(f"it is larger than {_MOST >> 20} MiB")
    for start, what in _KINDS:
        if data.startswith(start):
            raise WholeError(what)
    if data.startswith(b"PK"):
        from letters.ledger.cutting import workbook

        return workbook.read(data)
    if data.startswith(b"From "):
        return mailbox.read(data)
    return table.read(data)
