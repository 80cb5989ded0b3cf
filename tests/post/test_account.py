"""Which server takes the mail, and where its password comes from: the environment, the keyring."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null

from letters.post.account import Account, AccountError, secret_of

from .keyring_file import FILE, Kept, Locked

ME = Account("mail.example.org", 587, "starttls", "me@example.org")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring in a file, as the one that this process uses."""
    monkeypatch.setenv(FILE, str(tmp_path / "keyring.json"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", Kept())
    return tmp_path / "keyring.json"


def test_a_password_is_kept_by_the_command_that_the_guide_names(kept: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/post.md").read_text(encoding="utf-8")
    assert "keyring set letters friends@example.org@smtp.example.org" in guide
    environment = os.environ | {
        "PYTHON_KEYRING_BACKEND": "post.keyring_file.Kept",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    words = ["set", "letters", f"{ME.user}@{ME.host}"]
    command = Path(sys.executable).with_name("keyring")
    done = subprocess.run([command, *words], input=b"secr\xc3\xa9t", env=environment, check=False)
    assert done.returncode == 0
    assert secret_of(ME, {}, None) == "secrét"
    assert secret_of(ME, {"LETTERS_SMTP_PASSWORD": "another"}, None) == "another"


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Locked, None])
def test_a_keyring_that_is_locked_empty_or_not_there_has_no_password(
    backend: type[keyring.backend.KeyringBackend] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if backend is None:
        monkeypatch.setitem(sys.modules, "keyring", None)
    else:
        monkeypatch.setattr(keyring.core, "_keyring_backend", backend())
    assert (
        secret_of(ME, {}, lambda words: words) == "Password of me@example.org at mail.example.org"
    )
    with pytest.raises(AccountError) as refused:
        secret_of(ME, {}, None)
    assert "keyring set letters me@example.org@mail.example.org" in refused.value.hint
