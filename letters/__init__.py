"""letters: open letters and petitions from plain files, with a log of who signed which text."""

__version__ = "0.1.0"
