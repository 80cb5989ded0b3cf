"""A real Postfix, with Dovecot to log in by: folders and ports of its own, and gone afterwards.

It takes mail for example.org after a login, and puts all of it into one folder; nothing leaves it.
Both programs drop root's rights as they do in service, so the tests that use them need root.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
import pwd
import shutil
import socket
import socketserver
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .authority import certified
from .daemons import free_ports, process, threaded, until

USER, PASSWORD = "me@example.org", "right é"
REFUSED, LATER, GREY = "gone@example.org", "busy@example.org", "grey@example.org"
SMALL = 2_000  # bytes that one of the ports takes
_KEY = b"a key that only the identity provider has"

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
alias_maps =
local_recipient_maps =
default_transport = dead-end
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
message_size_limit = 1000000
queue_minfree = 0
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_tls_auth_only = yes
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {folder}/good/server.pem
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions =
  check_recipient_access inline:{{ {{{refused} = 550 5.1.1 no such user}},
    {{{later} = 450 4.2.1 the mailbox is busy}} }},
  check_policy_service inet:127.0.0.1:{policy},
  permit_sasl_authenticated, reject
"""
_SMTPD = "127.0.0.1:{port} inet n - n - - smtpd{options}\n"
_WRAPPED = " -o smtpd_tls_wrappermode=yes"
_MASTER = """\
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
dead-end unix - n n - - pipe user=nobody argv=/bin/false
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""
_DOVECOT = """\
protocols =
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
ssl = no
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {folder}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0600
    user = postfix
  }}
}}
# Who has failed to log in would have to wait longer and longer.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


@dataclass(slots=True)
class Postfix:
    """A running server: a port for each way to talk to it."""

    folder: Path
    starttls: int
    tls: int
    expired: int
    small: int
    newcomers: set[str] = field(default_factory=set)  # whom greylisting has not seen yet

    @property
    def authority(self) -> str:
        """The file with the certificates that vouch for this server."""
        return str(self.folder / "authorities.pem")

    def token(self, user: str = USER) -> str:
        """What an identity provider would give that user, for an hour."""
        return _signed(user, _KEY)

    def delivered(self) -> list[tuple[str, bytes]]:
        """All mails that came, each with whom it was for; they are taken out of the mailbox."""
        queue = self.folder / "queue"
        until(lambda: not any(_files(queue / name) for name in ("incoming", "active", "deferred")))
        found = []
        for path in sorted((self.folder / "mail/all/new").glob("*")):
            head, _, _ = path.read_bytes().partition(b"\n\n")
            [to] = [row for row in head.split(b"\n") if row.startswith(b"X-Original-To: ")]
            found.append((to.decode().removeprefix("X-Original-To: "), path.read_bytes()))
            path.unlink()
        return found


def as_frozen(mail: bytes, first: bytes) -> bytes:
    """What was delivered, without the fields that Postfix put on top and with SMTP's line ends."""
    return mail[mail.index(b"\n" + first) + 1 :].replace(b"\n", b"\r\n")


@contextlib.contextmanager
def running() -> Iterator[Postfix]:
    """Start both programs in a folder that their own users can get into; stop them in any case."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="letters-mail-"))
        stack.callback(shutil.rmtree, folder)
        folder.chmod(0o755)
        server = Postfix(folder, *free_ports(4))
        policy = stack.enter_context(_policy(server))
        _folders(folder)
        _certificates(folder)
        _write_postfix(server, policy)
        _write_dovecot(folder)
        dovecot = ["dovecot", "-F", "-c", str(folder / "dovecot.conf")]
        stack.enter_context(process(dovecot))
        daemons = subprocess.check_output(["postconf", "-dh", "daemon_directory"], text=True)
        postfix = [f"{daemons.strip()}/master", "-c", str(folder / "etc")]
        stack.enter_context(process(postfix))
        until((folder / "queue/private/auth").exists)
        until(lambda: _answers(server.starttls))
        yield server


def _folders(folder: Path) -> None:
    names = "active bounce corrupt defer deferred flush hold incoming private saved trace"
    for name in ("queue", "queue/pid", "etc", "good", "late", "dovecot"):
        (folder / name).mkdir()
    for name in (*names.split(), "public", "maildrop"):
        (folder / "queue" / name).mkdir(mode=0o700)
        shutil.chown(folder / "queue" / name, "postfix")
    for name, owner in (("data", "postfix"), ("mail", "nobody")):
        (folder / name).mkdir(mode=0o700)
        shutil.chown(folder / name, owner)


def _certificates(folder: Path) -> None:
    _, good = certified(folder / "good")
    _, late = certified(folder / "late", expired=True)
    both = Path(good).read_bytes() + Path(late).read_bytes()
    (folder / "authorities.pem").write_bytes(both)


def _write_postfix(server: Postfix, policy: int) -> None:
    nobody = pwd.getpwnam("nobody")
    words = {"refused": REFUSED, "later": LATER, "policy": policy}
    main = _MAIN.format(folder=server.folder, uid=nobody.pw_uid, gid=nobody.pw_gid, **words)
    (server.folder / "etc/main.cf").write_text(main, encoding="utf-8")
    late = f" -o smtpd_tls_chain_files={server.folder}/late/server.pem"
    ports = (
        *((server.starttls, ""), (server.tls, _WRAPPED), (server.expired, _WRAPPED + late)),
        (server.small, f"{_WRAPPED} -o message_size_limit={SMALL}"),
    )
    lines = [_SMTPD.format(port=port, options=options) for port, options in ports]
    (server.folder / "etc/master.cf").write_text("".join(lines) + _MASTER, encoding="utf-8")


def _write_dovecot(folder: Path) -> None:
    (folder / "dovecot.conf").write_text(_DOVECOT.format(folder=folder), encoding="utf-8")
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
    keys = folder / "keys/default/HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(base64.b64encode(_KEY))
    (folder / "oauth2").write_text(
        f"introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={folder}/keys/\n",
        encoding="utf-8",
    )


@contextlib.contextmanager
def _policy(server: Postfix) -> Iterator[int]:
    """Greylisting, as Postfix asks for it: newcomers are told to come again."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked: dict[str, str] = {}
            for line in self.rfile:
                name, _, value = line.decode().strip().partition("=")
                if name:
                    asked[name] = value
                    continue
                new = asked["recipient"] in server.newcomers
                server.newcomers.discard(asked["recipient"])
                action = "defer_if_permit 4.7.1 greylisted, come again" if new else "dunno"
                self.wfile.write(f"action={action}\n\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Talk) as policy, threaded(policy):
        yield int(policy.server_address[1])


def _signed(user: str, key: bytes) -> str:
    """A token (JWT) for a user, as an identity provider signs it."""
    said = {"email": user, "sub": user, "iat": int(time.time()), "exp": int(time.time()) + 3600}
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, said)]
    told = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    mark = hmac.digest(key, told.encode(), "sha256")
    return f"{told}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


def _files(folder: Path) -> bool:
    """Whether there is any file; one that is moved away meanwhile counts as one."""
    try:
        return any(path.is_file() for path in folder.rglob("*"))
    except OSError:
        return True


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as door:
        return door.recv(3) == b"220"
    return False
