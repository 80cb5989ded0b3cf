"""Edits Word files in LibreOffice, as somebody there does: run by a Python that has ``uno``.

The first argument is the pipe where LibreOffice listens, the second a JSON file: a list of jobs,
each with the file to open, the one to save, whether changes are tracked, and the edits.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - of a class that only the bridge knows
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def named(**values: Any) -> tuple[Any, ...]:
    found = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


class Document:
    def __init__(self, document: Any) -> None:
        self.document = document

    def found(self, words: str) -> Any:
        sought = self.document.createSearchDescriptor()
        sought.SearchString, sought.SearchCaseSensitive = words, True
        range_ = self.document.findFirst(sought)
        assert range_ is not None, words
        return range_

    def cursor(self, words: str, within: str) -> Any:
        """The words within the first place where ``within`` stands."""
        whole = self.found(within)
        cursor = whole.Text.createTextCursorByRange(whole.Start)
        cursor.goRight(within.index(words), False)
        cursor.goRight(len(words), True)
        return cursor

    def replace(self, within: str, went: str, came: str) -> None:
        cursor = self.cursor(went, within)
        if not went:
            cursor.gotoRange(self.found(within).End, False)
        cursor.Text.insertString(cursor, came, bool(went))

    def bold(self, within: str, words: str) -> None:
        self.cursor(words, within).CharWeight = 150.0

    def size(self, within: str, words: str) -> None:
        self.cursor(words, within).CharHeight = 20.0

    def _paragraph(self, within: str) -> Any:
        found = self.found(within)
        cursor = found.Text.createTextCursorByRange(found)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        return cursor

    def remove(self, within: str) -> None:
        cursor = self._paragraph(within)
        cursor.goRight(1, True)
        cursor.setString("")

    def add(self, after: str, words: str) -> None:
        cursor = self._paragraph(after)
        cursor.collapseToEnd()
        cursor.Text.insertControlCharacter(cursor, 0, False)
        cursor.Text.insertString(cursor, words, False)

    def move(self, within: str, after: str) -> None:
        words = self._paragraph(within).String
        self.remove(within)
        self.add(after, words)


def main(pipe: str, jobs: str) -> None:
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    try:
        for job in json.loads(Path(jobs).read_text("utf-8")):
            if "all" in job:
                settle(context, desktop, job)
            else:
                edit(desktop, job)
    finally:
        desktop.terminate()


def edit(desktop: Any, job: dict[str, Any]) -> None:
    url = uno.systemPathToFileUrl(job["open"])
    document = desktop.loadComponentFromURL(url, "_blank", 0, named(Hidden=True))
    document.RecordChanges = job["tracked"]
    edits = Document(document)
    for kind, *words in job["edits"]:
        getattr(edits, kind)(*words)
    target = uno.systemPathToFileUrl(job["save"])
    document.storeToURL(target, named(FilterName="MS Word 2007 XML"))
    document.close(True)


def settle(context: Any, desktop: Any, job: dict[str, str]) -> None:
    """Accept all changes, or refuse them, and save the words."""
    url = uno.systemPathToFileUrl(job["open"])
    document = desktop.loadComponentFromURL(url, "_blank", 0, named(Hidden=True))
    helper = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    frame = document.CurrentController.Frame
    helper.executeDispatch(frame, f".uno:{job['all']}AllTrackedChanges", "", 0, ())
    target = uno.systemPathToFileUrl(job["save"])
    form = named(FilterName="Text (encoded)", FilterOptions="UTF8,LF")
    document.storeToURL(target, form)
    document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
