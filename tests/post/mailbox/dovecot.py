"""A real IMAP server: a folder and ports of its own, gone afterwards; anybody can run it.

Every user name is known and has one password; a mailbox is made when its user first comes.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import getpass
import grp
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from letters.post.account import IMAP, Account
from post.authority import certified
from post.daemons import free_ports, process, until
from post.postfix import _signed

PASSWORD = "right-é"
ROOM = 4_000_000  # octets that a mailbox may have
_KEY = b"a key that only the identity provider has"
_NUMBER = count(1)
_CONFIG = """\
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = yes
ssl_cert = <{folder}/good/server.pem
ssl_key = <{folder}/good/server.pem
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
mail_location = maildir:{folder}/mail/%u
mail_save_crlf = yes
mail_plugins = quota
plugin {{
  quota = maildir:User quota
  quota_rule = *:bytes={room}
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Entwürfe {{
    auto = create
    special_use = \\Drafts
  }}
  mailbox Gesendet {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
# Who has failed to log in would have to wait longer and longer.
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


@dataclass(slots=True)
class Box:
    """One user's mailbox on the disk."""

    server: Dovecot
    user: str

    def account(self, security: str = "tls") -> Account:
        port = self.server.tls if security == "tls" else self.server.starttls
        return Account("127.0.0.1", port, security, self.user, service=IMAP)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        return f"imap://{self.user}:right-%C3%A9@127.0.0.1:{self.server.starttls}"

    @property
    def token(self) -> str:
        return _signed(self.user, _KEY)

    def receive(self, mail: bytes, came: dt.datetime | None = None, folder: str = "") -> None:
        """Put a mail there, as if it had come then."""
        inbox = self._folder(folder) / "new"
        if not inbox.is_dir():
            for name in ("cur", "new", "tmp"):
                (self._folder(folder) / name).mkdir(parents=True)
            self.server.own(self._folder(""))
        path = inbox / f"{next(_NUMBER)}.{os.getpid()}.test"
        path.write_bytes(mail)
        path.chmod(0o644)
        if came:
            os.utime(path, (came.timestamp(), came.timestamp()))

    def mails(self, folder: str = "") -> list[tuple[str, bytes]]:
        """The flags (``D`` draft, ``S`` seen) and the bytes of each mail, as they lie there."""
        return [
            (path.name.partition(":2,")[2], path.read_bytes())
            for name in ("new", "cur")
            for path in sorted((self._folder(folder) / name).glob("*"))
        ]

    @property
    def is_untouched(self) -> bool:
        """Whether no mail program has as much as opened the inbox to change anything there."""
        return not any((self._folder("") / "cur").iterdir())

    def drafts(self) -> list[tuple[str, bytes]]:
        return self.mails("Entw&APw-rfe")

    def _folder(self, name: str) -> Path:
        return self.server.folder / "mail" / self.user / (f".{name}" if name else "")


@dataclass(slots=True)
class Dovecot:
    """A running server."""

    folder: Path
    user: str
    group: str
    starttls: int
    tls: int
    authority: str = ""  # the file with the certificate that vouches for it

    def box(self) -> Box:
        """A mailbox that nobody else has."""
        return Box(self, f"user-{next(_NUMBER)}")

    def own(self, folder: Path) -> None:
        """Give a folder to the user whom the server is when it reads mail."""
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, self.user, self.group)

    def counted(self, user: str) -> dict[str, int]:
        """What the last conversation with that user took, as the server itself counted it."""
        start = f"imap({user})"

        def ended() -> list[str]:
            rows = (self.folder / "log").read_text(encoding="utf-8").splitlines()
            return [row for row in rows if start in row and "body_bytes=" in row]

        until(ended)
        return {name: int(n) for name, n in re.findall(r"(\w+)=(\d+)", ended()[-1])}


@contextlib.contextmanager
def running() -> Iterator[Dovecot]:
    """Start it in a folder that its own users can get into; stop it in any case."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="letters-imap-"))
        stack.callback(shutil.rmtree, folder)
        folder.chmod(0o755)
        own = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        user, group = own if os.getuid() else ("nobody", "nogroup")
        server = Dovecot(folder, user, group, *free_ports(2))
        for name in ("run", "mail", "good"):
            (folder / name).mkdir()
        server.own(folder / "mail")
        _, server.authority = certified(folder / "good")
        _write(server)
        words = ["dovecot", "-F", "-c", str(folder / "dovecot.conf")]
        stack.enter_context(process(words))
        until(lambda: _answers(server.starttls))
        yield server


def _write(server: Dovecot) -> None:
    folder = server.folder
    values = {"starttls": server.starttls, "tls": server.tls, "room": ROOM}
    values |= {"folder": folder, "user": server.user, "group": server.group}  # type: ignore[dict-item]
    config = _CONFIG.format(password=PASSWORD, **values)
    (folder / "dovecot.conf").write_text(config, encoding="utf-8")
    keys = folder / "keys/default/HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(base64.b64encode(_KEY))
    (folder / "oauth2").write_text(
        f"introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={folder}/keys/\n",
        encoding="utf-8",
    )


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as door:
        return door.recv(4) == b"* OK"
    return False
