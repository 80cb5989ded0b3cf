"""The page of ``letters compare --html``: each paragraph with its changes, for whoever decides."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from letters.cli import change_lines

if TYPE_CHECKING:
    from letters.cli.word_file import WordReturn
    from letters.press.returned.document import Comment
    from letters.press.returned.edits import Edit
    from letters.press.returned.findings import WordFinding

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff }}
h2 {{ font-size: 1rem; margin: 2rem 0 0.25rem }}
del {{ background: #fbe3e4; color: #7a0c12 }}
ins {{ background: #dff3e3; color: #0b4a1e }}
ul {{ margin: 0.25rem 0; padding-left: 1.25rem }}
blockquote {{ margin: 0.5rem 0; padding: 0.25rem 0.75rem; border-left: 3px solid #8a6d00 }}
code {{ font-size: 0.9em }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(found: WordReturn) -> bytes:
    """The whole page; it asks for nothing from anywhere."""
    comparison = found.looked.comparison
    who = found.campaign.recipients[found.job.recipient].id
    title = f"What was changed in the letter to {who} ({found.job.languages})"
    parts = [f"<h2>the whole letter</h2><p>{_words(look)}</p>" for look in comparison.throughout]
    parts += [_paragraph(one) for one in comparison.findings]
    parts += [_comment(one) for one in comparison.comments]
    body = "\n".join(parts) or "<p>Nothing was changed.</p>"
    return _PAGE.format(title=escape(title), body=body).encode()


def _paragraph(one: WordFinding) -> str:
    doubt = (
        "<p>The letter was changed here, too, since the file was made.</p>" if one.in_doubt else ""
    )
    items = "".join(_edit(one, edit) for edit in one.edits)
    comments = "".join(map(_comment, one.comments))
    listed = f"<ul>{items}</ul>" if items else ""
    return (
        f"<h2>{escape(change_lines.head(one))}</h2>{doubt}<p>{_marked(one)}</p>{listed}{comments}"
    )


def _marked(one: WordFinding) -> str:
    """The paragraph with what went and what came."""
    edits = [edit for edit in one.edits if edit.kind == "words"]
    if not edits:
        if any(edit.kind == "added" for edit in one.edits):
            return f"<ins>{_words(one.after)}</ins>"
        if any(edit.kind == "removed" for edit in one.edits):
            return f"<del>{_words(one.before)}</del>"
        return _words(one.before or one.after)
    parts, at = list[str](), 0
    for edit in sorted(edits, key=lambda each: each.start):
        parts.append(_words(one.before[at : edit.start]))
        parts.append(f"<del>{_words(edit.went)}</del>" if edit.went else "")
        parts.append(f"<ins>{_words(edit.came)}</ins>" if edit.came else "")
        at = edit.end
    return "".join((*parts, _words(one.before[at:])))


def _edit(one: WordFinding, edit: Edit) -> str:
    told = change_lines.excerpt(one, edit) if edit.kind != "words" else ""
    places = (*change_lines.sources(edit), *change_lines.beside(one, edit))
    where = "; ".join(f"<code>{escape(each)}</code>" for each in places)
    said = " – ".join(filter(None, (escape(change_lines.label(edit)), escape(told), where)))
    return f"<li>{said}</li>"


def _comment(comment: Comment) -> str:
    about = f"“{_words(comment.about)}”: " if comment.about else ""
    return (
        f"<blockquote><b>{_words(comment.author)}</b>: {about}{_words(comment.words)}</blockquote>"
    )


def _words(text: str) -> str:
    return escape(text.replace(change_lines.NOTE, "")).replace("\n", "<br>")
