"""Post: finished letters leave, once each, and what became of them is kept."""
