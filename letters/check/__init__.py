"""Check: what a finished letter must not do, however well its data is formed."""
