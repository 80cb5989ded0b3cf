"""Intake: lists of people that others wrote become entries of the campaign’s own files.

Whatever is read here is a stranger’s: nothing of it is believed, and nothing a user wrote is
overwritten by it unasked.
"""
