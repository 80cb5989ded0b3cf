"""The front door: the only room that prints, asks and exits."""
