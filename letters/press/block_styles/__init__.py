"""How each block of a letter looks, said once for CSS and for Word."""
