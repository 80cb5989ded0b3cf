"""What a stranger can try, tried by the hundred: see docs/security.md."""
