"""``letters log checkpoint|receipt``: what others keep, so that the log can't be rewritten unseen.

Checkpoints lie in ``checkpoints/`` in the campaign: sizes, roots and signatures, nothing that names
anybody, so they may be published or committed to git.
"""

from __future__ import annotations

import subprocess
from contextlib import AbstractContextManager
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct, field

from letters import limits, reading
from letters.cli import logbook, set_aside, workspace
from letters.cli.exit import Status, fail, note, say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from letters.ledger.store import Ledger

_STAMP = ".tsr"


class Stamps(Struct, frozen=True):
    """What the time stamps beside some checkpoints show, in sentences."""

    proved: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def checkpoint(
    context: typer.Context,
    git: Annotated[bool, typer.Option("--git", help="Commit the checkpoint to git.")] = False,
    timestamp: Annotated[
        str | None,
        typer.Option("--timestamp", metavar="URL", help="Have an RFC 3161 authority stamp it."),
    ] = None,
) -> None:
    """Sign the log as it is now, and print that: whoever keeps it sees any later change."""
    from letters.ledger import note as notes
    from letters.ledger import timestamp as authority
    from letters.post.remembered_log import CHECKPOINTS

    root: Path = reading.real(context.obj)
    with _log(context) as ledger:
        key = _signer(ledger, root)
        origin, head = ledger.origin(), ledger.checkpoint()
    signed = notes.sign(origin, head, key)
    path = root / CHECKPOINTS / f"{head.size:06}-{head.root[:8]}.txt"
    set_aside.write_in(path, signed.encode())
    typer.echo(signed, nl=False)
    note(f"written to {CHECKPOINTS}/{path.name}; publish the key that signs it:")
    note(notes.verifier_key(origin, notes.public_bytes(key)))
    made = [path]
    if timestamp:
        token, at = authority.request(signed.encode(), timestamp)
        made.append(path.with_suffix(_STAMP))
        set_aside.write_in(made[-1], token)
        note(f"stamped {at:%Y-%m-%d %H:%M:%S} UTC, in {CHECKPOINTS}/{made[-1].name}")
    if git:
        _commit(root, made, head.size)


def receipt(
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="ID", help="The signatory's id.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it here, not to the screen.")
    ] = None,
) -> None:
    """Make a receipt for a signatory: it proves what is recorded without the campaign."""
    from letters.ledger import receipt as receipts
    from letters.ledger import verify_receipt

    root: Path = reading.real(context.obj)
    if out:
        set_aside.expect_file(out, root)
    with _log(context) as ledger:
        if not ledger.knows(who):
            fail(Status.REFUSED, "nothing is recorded of this signatory")
        data = receipts.make(ledger, who, _signer(ledger, root))
        renamed = len(ledger.ids().all(who)) > 1
    if out is None:
        typer.echo(data, nl=False)
    else:
        set_aside.write(out, data, root, mode=0o600)
        say(str(out))
    if renamed:
        note(
            "it shows the id from before, too, in the bytes that it proves: give it to nobody else"
        )
    note(f"it is checked with “python {Path(verify_receipt.__file__).name} FILE”; give them")
    note(f"that script, too: {verify_receipt.__file__}")


def stamps(files: list[Path], trusted: Path | None) -> Stamps:
    """Look at the time stamps that lie beside the given checkpoints."""
    from letters.ledger import timestamp

    found = Stamps()
    try:
        roots = reading.data_of(trusted, limits.STAMP) if trusted else None
    except OSError as error:
        fail(Status.USAGE, f"{trusted} can’t be read: {error.strerror}")
    for path in files:
        token = path.with_suffix(_STAMP)
        if path.suffix == _STAMP or not lexists(token):
            continue
        try:
            at = timestamp.time_of(
                reading.data_of(token, limits.STAMP),
                reading.data_of(path, limits.CHECKPOINT),
                roots,
            )
        except ValueError as error:
            found.findings.append(f"the time stamp {token.name} doesn’t hold: {error}")
            continue
        sentence = f"the checkpoint {path.name} existed on {at:%Y-%m-%d %H:%M:%S} UTC"
        if roots:
            found.proved.append(sentence)
        else:
            found.unproved.append(f"{sentence}: name the authority’s certificate with --tsa-root")
    return found


def _log(context: typer.Context) -> AbstractContextManager[Ledger]:
    """The log to write in; there has to be something in it."""
    ledger = logbook.read(context.obj, acting=True)
    size = 0
    if ledger is None:
        workspace.expect_campaign(context)
    if ledger is not None:
        with ledger:
            size = ledger.checkpoint().size
    if not size:
        fail(Status.REFUSED, "the log is empty: there is nothing to prove yet")
    return logbook.opened(context.obj)


def _signer(ledger: Ledger, root: Path) -> Ed25519PrivateKey:
    """The campaign's key, known to the log; a second one is worth a word."""
    from letters.ledger import keys
    from letters.ledger import note as notes

    key = keys.signing_key(root)
    public, known = notes.public_bytes(key), ledger.signers()
    if public not in known:
        if known:
            note(f"warning: {keys.FOLDER} holds another key than before; both are this log’s now")
        ledger.add_signer(public)
    return key


def _commit(root: Path, made: list[Path], size: int) -> None:
    """Commit the given files and nothing else that may be staged."""
    names = [str(path.relative_to(root)) for path in made]
    for words in (
        ["add", "--", *names],
        [
            "commit",
            "-m",
            f"Checkpoint of the signature log: {size} entries",
            "--only",
            "--",
            *names,
        ],
    ):
        try:
            done = subprocess.run(  # noqa: S603 - fixed words and our own file names
                ["git", "-C", str(root), *words],  # noqa: S607 - the user's git is meant
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError:
            fail(Status.OUTSIDE, "the checkpoint was written, but git can’t be run")
        if done.returncode:
            if words[0] == "commit" and _is_committed(root, names):
                note("git has this very checkpoint already")
                return
            reason = (done.stderr or done.stdout).strip().splitlines()[-1:]
            fail(Status.OUTSIDE, "the checkpoint was written, but git refused it", *reason)
    note("committed to git")


def _is_committed(root: Path, names: list[str]) -> bool:
    words = ["git", "-C", str(root), "status", "--porcelain", "--", *names]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - as above
    return done.returncode == 0 and not done.stdout
