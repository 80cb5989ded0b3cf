"""Plates: one letter laid out in full prints others that differ from it in a few lines.

A plate is cut from a letter that WeasyPrint has laid out. Another letter whose page has the same
tags, and whose other words fill the same number of lines, differs from it in the operators that
show those lines, and in nothing else: so its file is the plate's with those exchanged, **byte for
byte what the full way gives**. So it does not matter which way a letter was made, with which others
and in which order; identities, digests and tags stay what they are.

The limits, beyond which a letter goes the full way by itself:

- words that differ are in the body or in the running head; not in headings (which are bookmarks),
  links, tables or the letterhead, and not in a line that holds other runs of words too;
- they are set from left to right, flush at the start, in the upright regular face of one font that
  has all of their characters, in one script (`letters.press.shaping`);
- nothing is put into the file beside the letter, and WeasyPrint had nothing to remark.

It leans on how WeasyPrint 70 and pydyf write content streams and files, and trusts in none of it:
what the plate's own letter shows is made again when the plate is cut, and must be its very file;
and while letters are made, some of them are made in full beside (`rack`), and must be equal.

Nothing else of the press knows of plates; `rack.write` is the door.
"""
