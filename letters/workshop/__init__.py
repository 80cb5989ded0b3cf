"""One bounded place for all work of a command on its campaign, which is read once."""
