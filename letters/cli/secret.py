"""The password of an account: from where it is kept, or else from the person at the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from letters.post.account import Account


def secret(account: Account) -> str:
    """The password or token; AccountError where there is none, and nobody to ask."""
    from letters.post.account import secret_of

    asked = sys.stdin.isatty() and sys.stderr.isatty()
    return secret_of(account, os.environ, _ask if asked else None)


def _ask(words: str) -> str:
    return str(typer.prompt(words, hide_input=True, err=True))
