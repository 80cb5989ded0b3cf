"""Campaign: the user's YAML files, read with positions, typed and cross-checked."""
