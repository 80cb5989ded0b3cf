"""Numbers as PDF writes them."""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=4096)
def number(value: float) -> bytes:
    """A length with at most six decimals and no zeros behind them."""
    return f"{value:.6f}".rstrip("0").rstrip(".").encode()
