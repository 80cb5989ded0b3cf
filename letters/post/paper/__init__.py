"""Paper: what is printed, put into envelopes and carried to the post by hand."""
