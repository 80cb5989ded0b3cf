"""Ways to make a letter fetch something: in HTML, CSS, SVG, Markdown, Word files, attachments.

Where the program refuses a thing, that is the end of it. What is more, markup that could never get
into a page is put there all the same, and the press must not fetch it.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from letters.draft.language import language
from letters.draft.markdown import parse
from letters.press import pdf
from letters.press.docx.reference import read_reference
from letters.press.engine import engine
from letters.press.stylesheet import read_sheet

from .watched import listening, watch

CANARY = "CANARY-OF-A-FILE"
DAY = dt.date(2026, 1, 2)
HTML = (
    "<img src='{}'>", "<img srcset='{} 2x'>", "<object data='{}'></object>", "<embed src='{}'>",
    "<link rel=stylesheet href='{}'>", "<link rel=attachment href='{}'>", "<base href='{}'><img src=a>",
    "<a rel=attachment href='{}'>a</a>", "<iframe src='{}'></iframe>", "<video poster='{}'></video>",
    "<audio src='{}'></audio>", "<input type=image src='{}'>", "<body background='{}'>",
    "<table background='{}'><tr><td>a</table>", "<svg><image href='{}'/></svg>",
    "<svg><image xlink:href='{}' xmlns:xlink='http://www.w3.org/1999/xlink'/></svg>",
    "<svg><use href='{}#a'/></svg>", "<meta http-equiv=refresh content='0;url={}'>",
    "<picture><source srcset='{}'><img src='{}'></picture>", "<link rel=icon href='{}'>",
    "<form action='{}'><input></form>", "<script src='{}'></script>", "<link rel=prefetch href='{}'>",
    "<math href='{}'>a</math>", "<style>@import '{}';</style>",
)  # fmt: skip
CSS = (
    "@import '{}';", "@import url({});", "p {{ background: url({}) }}", "p {{ list-style: url({}) }}",
    "@font-face {{ font-family: a; src: url({}) }} p {{ font-family: a }}", "p::before {{ content: url({}) }}",
    "p {{ border-image: url({}) }}", "@page {{ background: url({}) }}", "p {{ cursor: url({}), auto }}",
    "p {{ mask: url({}) }}", "p {{ filter: url({}#a) }}", "p {{ --a: url({}); background: var(--a) }}",
    "@color-profile --a {{ src: url({}) }} p {{ color: color(--a 1 1 1) }}",
    "@\\69mport '{}';", "p {{ bac\\6bground: u\\72l({}) }}", "@media all {{ @import '{}'; }}",
    "p {{ background: image-set('{}' 1x) }}", "@namespace url({});", "p {{ shape-outside: url({}) }}",
    "p {{ background: cross-fade(url({}), red) }}",
)  # fmt: skip
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{}' width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><style>@import '{}';</style><text>a</text></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><use href='{}#a'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9' fill='url({}#a)'/></svg>",
    "<!DOCTYPE svg [<!ENTITY a SYSTEM '{}'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>",
    "<!DOCTYPE svg SYSTEM '{}'><svg xmlns='http://www.w3.org/2000/svg'/>",
    "<?xml-stylesheet href='{}'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><feImage href='{}'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><img src='{}'/></foreignObject></svg>",
    "<svg xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{}'/></svg>",
)  # fmt: skip
MARKDOWN = (
    "![a]({})", "![a][1]\n\n[1]: {}", "<img src='{}'>", "[![a]({})](https://example.org)",
    "[a]({})", "<{}>", "<link rel=stylesheet href={}>", "{{% include '{}' %}}", "{{% import '{}' as a %}}",
    "{{% extends '{}' %}}", "| ![a]({}) |\n| --- |", "Said.[^1]\n\n[^1]: ![a]({})",
)  # fmt: skip
RELATIONS = (
    f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    for kind in (
        "attachedTemplate", "image", "hyperlink", "oleObject", "frame", "subDocument", "styles",
        "settings", "theme", "fontTable",
    )
)  # fmt: skip
DOCX = tuple(RELATIONS)


def addresses(port: int, file: Path) -> tuple[str, ...]:
    """Where the things lead: to a server that hears it, and to a file with a canary."""
    host = f"127.0.0.1:{port}"
    return (
        f"http://{host}/a", f"HTTP://{host}/b", f"//{host}/c", f"http://a@{host}/d", file.as_uri(),
        f"file:{file}", f"FiLe://localhost{file}", str(file), f"../../../../../../..{file}",
        f"ftp://{host}/e", f"data:text/css,@import 'http://{host}/f';",
    )  # fmt: skip


Vector = tuple[str, Callable[[], bytes]]


def vectors(port: int, folder: Path) -> Iterator[Vector]:
    """Every vector by its name, and what it gives: the bytes that would go out."""
    canary = folder / "canary.css"
    canary.write_text(f"p {{ color: red }} /* {CANARY} */", encoding="utf-8")
    where = addresses(port, canary)
    for way, to in itertools.product(HTML, where):
        yield f"HTML {way} {to}", lambda way=way, to=to: _page(way.replace("{}", to))  # type: ignore[misc]
    for way, to in itertools.product(CSS, where):
        yield f"CSS {way} {to}", lambda way=way, to=to: _sheet(way.format(to))  # type: ignore[misc]
    for way, to in itertools.product(SVG, where[:6]):
        yield f"SVG {way} {to}", lambda way=way, to=to: _drawing(way.format(to))  # type: ignore[misc]
    for way, to in itertools.product(MARKDOWN, where[:8]):
        yield f"Markdown {way} {to}", lambda way=way, to=to: _text(way.format(to))  # type: ignore[misc]
    for kind, to in itertools.product(DOCX, where[:6]):
        yield f"DOCX {kind} {to}", lambda kind=kind, to=to: _word(folder, kind, to)  # type: ignore[misc]


def _page(body: str) -> bytes:
    html = f"<!DOCTYPE html><html lang=en><title>a</title><body><p>a</p>{body}"
    return pdf.drawn(pdf.laid_out(html, DAY), DAY, {})


def _sheet(css: str) -> bytes:
    """A sheet that is refused is pressed all the same."""
    read_sheet(css.encode(), "a.css")
    return _page(f"<style>{css}</style>")


def _drawing(svg: str) -> bytes:
    data = base64.b64encode(svg.encode()).decode()
    return _page(f"<img alt=a src='data:image/svg+xml;base64,{data}'>")


def _text(markdown: str) -> bytes:
    return repr(parse(markdown, language("en")).skeleton).encode() if "{%" not in markdown else b""


def _word(folder: Path, kind: str, to: str) -> bytes:
    part = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f"<Relationship Id='r1' Type='{kind}' Target='{to}' TargetMode='External'/>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in ("_rels/.rels", "word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"):
            file.writestr(name, f"<Relationships xmlns='{part}'>{relation}</Relationships>")
        file.writestr("word/document.xml", f"<!DOCTYPE a SYSTEM '{to}'><a>&b;</a>")
    path = folder / "reference.docx"
    path.write_bytes(out.getvalue())
    look, problems = read_reference(path, "reference.docx", ())
    return repr((look, problems)).encode()


def measure(folder: Path, every: int = 1) -> tuple[int, int, list[str]]:
    """How many were tried, how many fetched something, and which."""
    engine()
    _page("")  # what is loaded at first is loaded
    seen, tried, hits = watch(), 0, []
    with listening() as (port, heard):
        for number, (name, make) in enumerate(vectors(port, folder)):
            if number % every:
                continue
            tried += 1
            seen.hits.clear()
            seen.canary = str(folder / "canary.css")
            made = b""
            try:
                with seen.watching():
                    made = make()
            except Exception:  # noqa: BLE001 - however it ends, it may have fetched nothing
                pass
            if seen.hits or heard or CANARY.encode() in made:
                hits.append(f"{name}: {seen.hits} {heard}")
                heard.clear()
    return tried, len(hits), hits
