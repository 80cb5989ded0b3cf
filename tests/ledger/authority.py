"""A time-stamping authority on this machine: OpenSSL's own, behind a web server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """\
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
"""


@dataclass(frozen=True, slots=True)
class Authority:
    url: str
    root: Path


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def set_up(folder: Path) -> None:
    (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    made = ("req", "-config", "ts.cnf", *key)
    openssl(folder, *made, "-x509", "-days", "9", "-subj", "/CN=root", "-extensions", "root",
            "-keyout", "root.key", "-out", "root.pem")  # fmt: skip
    openssl(folder, *made, "-subj", "/CN=stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key",
            "-set_serial", "7", "-days", "9", "-extfile", "ts.cnf", "-extensions", "stamps",
            "-out", "tsa.pem")  # fmt: skip


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """An authority that answers at ``url``; ``…/broken`` answers with no stamp."""
    folder.mkdir()
    set_up(folder)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            answer = b"no stamp" if self.path == "/broken" else stamped(folder, query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Authority(f"http://127.0.0.1:{server.server_address[1]}", folder / "root.pem")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def stamped(folder: Path, query: bytes) -> bytes:
    (folder / "query.tsq").write_bytes(query)
    openssl(folder, "ts", "-reply", "-config", "ts.cnf", "-section", "tsa",
            "-queryfile", "query.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key",
            "-out", "reply.tsr")  # fmt: skip
    return (folder / "reply.tsr").read_bytes()
