"""Annexes of names as PDF: any length, in linear time, a page after the other."""
