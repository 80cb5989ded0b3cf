"""Draft: a template and a campaign become one Letter, the tree that every format reads."""
