"""Two texts with a change of each kind, as the log keeps them, and a document that shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letters.check.redlined import redlined
from letters.press.themes import load_theme

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

BEFORE = """\
[salutation] {recipient.salutation}
[heading 1] A heading
[paragraph] Words before{note 1} the list, & <more> than that.
[item]
  [paragraph] first item
[item]
  [paragraph] second item
  [paragraph] with a paragraph
[item]
  [paragraph] third item
[number 1]
  [paragraph] one of them
[head] Name | Count
[row] Apples | 12
[row] Pears | 7
[quote]
  [paragraph] A quotation of somebody.
[paragraph] First line\\nsecond line of it.
[paragraph] This one is moved away from here to the end of the letter.
[ask 1]
  [paragraph] to answer the first question;
[close] {recipient.close}
[signatures]
[note 1] The note of the letter.
"""
AFTER = """\
[salutation] {recipient.salutation}
[paragraph] Words before{note 1} the long list, & <more> than this.
[heading 2] A heading
[item]
  [paragraph] first item
[item]
  [paragraph] 2nd item
  [paragraph] with a long paragraph
[number 1]
  [paragraph] none of them
[number 2]
  [paragraph] one of them
[head] Name | Count
[row] Apples | 13
[row] Figs and dates | 9
[row] Plums | 8
[quote]
  [paragraph] A quotation of nobody.
[paragraph] First line\\nlast line of it.
[ask 1]
  [paragraph] to answer the first question;
[ask 2]
  [paragraph] and a new one.
[paragraph] This one is moved away from here to the end of the letter.
[close] {recipient.close}
[signatures]
[note 1] Another note of the letter.
"""
_FA = "[paragraph] ما در ۱۲ نامه به 40 Elm Street پرسیدیم.\n[item]\n  [paragraph] نخست\n"
_NEW = "[item]\n  [paragraph] دوم (a@example.org)\n"
RTL = (_FA, _FA.replace("۱۲", "۱۳").replace("40 Elm", "41 Elm") + _NEW)


def redline(campaign: Campaign, tag: str) -> bytes:
    before, after = (f"== {tag} 1\n{text}" for text in ((BEFORE, AFTER) if tag == "en" else RTL))
    return redlined(campaign, load_theme(campaign), before, after, tag=tag, foot="a → b")[0]


_HEAD = re.compile(r"\s*\[(\w+)(?: (\d+))?\] ?")


def signs(text: str) -> str:
    """What of a canonical text is printed, without its spaces: the numbers of lists, too."""
    said = ""
    for line in text.splitlines():
        head = _HEAD.match(line)
        assert head
        number = {"number": f"{head[2]}.", "ask": head[2], "note": head[2]}.get(head[1], "")
        said += f"{number}{line[head.end() :]}"
    said = said.replace("{note 1}", "[1]").replace("{", "[").replace("}", "]")
    return "".join(said.replace("\\n", " ").replace(" | ", " ").split())
