"""What the program costs, beside others that do the same work: the parts of ``script/bench``."""
