"""What comes back: how far each letter has come, what is due, and the letter that follows up."""
