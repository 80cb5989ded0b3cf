"""The letter as it will print, on a local page that follows every save."""
