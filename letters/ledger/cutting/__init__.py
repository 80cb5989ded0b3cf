"""Files of evidence that show several people, and what is left of them without one.

Whoever is to be forgotten stands in a row of a form's table, or in one mail of many; the other rows
show others, who signed. So one part is cut out, and every other byte stays as it was.
"""
