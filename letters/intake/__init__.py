"""People in: lists of other programs become the campaign's own files."""
