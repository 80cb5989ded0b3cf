"""Ledger: who signed which exact text. Knows digests and people's ids, never layout."""
