"""Word files that come back: a letter that was rendered here, and edited by somebody elsewhere.

Such a file is a stranger's. It is opened with bounds, and of all that can be in it only words, the
looks of them, tracked changes and comments are read.
"""
