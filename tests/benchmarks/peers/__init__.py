"""What others do with the same letters: each a script, run by a Python of its own."""
