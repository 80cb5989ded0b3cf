"""typst_letters.py LETTERS.json OUT: letters by one compiler that is kept, tagged PDF/A and PDF/UA.

Each letter is a list of its paragraphs; what differs comes in through sys.inputs.
"""

import datetime as dt
import json
import sys
from pathlib import Path

import typst

TEMPLATE = b"""
#set document(title: "Letter", date: datetime(year: 2026, month: 1, day: 1))
#set page(paper: "us-letter", margin: 2.5cm, numbering: "1 / 1")
#set text(lang: "en", size: 11pt)
#set par(justify: false)
#for words in json(bytes(sys.inputs.letter)) [
  #par(words.split("\\n").join(linebreak()))
]
"""

letters, out = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
main = out / "letter.typ"
main.write_bytes(TEMPLATE)
compiler = typst.Compiler(main)
for number, letter in enumerate(letters):
    compiler.compile(
        output=out / f"{number}.pdf",
        format="pdf",
        sys_inputs={"letter": json.dumps(letter)},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
