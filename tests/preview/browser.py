"""Chromium, driven as a person drives it: real keys, real clicks, and what is seen afterwards.

It is spoken to over two pipes, by the protocol that its own developer tools use.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SECONDS = 60
KEYS = {
    "Tab": (9, ""), "Enter": (13, "\r"), "ArrowDown": (40, ""), "ArrowUp": (38, ""),
    "Space": (32, " "), "Backspace": (8, ""),
}  # fmt: skip
QUIET = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-extensions", "--disable-sync", "--mute-audio", "--hide-scrollbars"),
)


class Chromium:
    """One browser, with as many tabs as are asked for."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer = reader, writer
        self._number, self._rest = 0, b""
        self.events: list[dict[str, Any]] = []

    def say(self, method: str, session: str = "", **told: Any) -> dict[str, Any]:
        """Ask for something, and wait until it is done."""
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": told}
        if session:
            said["sessionId"] = session
        os.write(self._writer, json.dumps(said).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                assert "error" not in heard, (method, heard["error"])
                found: dict[str, Any] = heard["result"]
                return found
            self.events.append(heard)

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._reader, 1 << 16)
            assert part, "the browser has ended"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        heard: dict[str, Any] = json.loads(message)
        return heard

    def tab(self, width: int = 1300, height: int = 900) -> Tab:
        """A new tab, with cookies that it shares with nobody."""
        context = self.say("Target.createBrowserContext")["browserContextId"]
        target = self.say("Target.createTarget", url="about:blank", browserContextId=context)
        told = {"targetId": target["targetId"], "flatten": True}
        session = self.say("Target.attachToTarget", **told)["sessionId"]
        tab = Tab(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.say(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        tab.say("Emulation.setDeviceMetricsOverride", **size)
        tab.context = context
        return tab


class Tab:
    """One page, and the person in front of it."""

    def __init__(self, chromium: Chromium, session: str) -> None:
        self._chromium, self._session, self.context = chromium, session, ""

    def say(self, method: str, **told: Any) -> dict[str, Any]:
        return self._chromium.say(method, self._session, **told)

    def go(self, address: str) -> None:
        self.say("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, script: str) -> Any:
        """What a script gives. It runs whatever the page allows itself to run."""
        told = {"expression": script, "returnByValue": True, "awaitPromise": True}
        found = self.say("Runtime.evaluate", **told)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, script: str) -> Any:
        """Wait until a script gives something true, and return that."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(AssertionError):  # the page may be on its way to another
                if found := self.value(script):
                    return found
            time.sleep(0.03)
        raise AssertionError(f"never came true: {script}\n{self.value('document.body.innerText')}")

    def press(self, key: str, times: int = 1) -> None:
        """A key, or a word letter by letter."""
        for _ in range(times):
            code, text = KEYS[key]
            own = " " if key == "Space" else key
            told = {"key": own, "code": key, "windowsVirtualKeyCode": code}
            down = "keyDown" if text else "rawKeyDown"
            self.say("Input.dispatchKeyEvent", type=down, text=text, **told)
            self.say("Input.dispatchKeyEvent", type="keyUp", **told)

    def write(self, text: str) -> None:
        self.say("Input.insertText", text=text)

    def click(self, script: str) -> None:
        """Click in the middle of the element that a script gives, once the page is all there."""
        self.until("document.readyState === 'complete'")
        x, y = self.value(
            f"(() => {{ const one = {script}; one.scrollIntoView({{block: 'center'}});"
            "const box = one.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            told = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self.say("Input.dispatchMouseEvent", type=kind, **told)

    def tab_to(self, script: str) -> None:
        """Go on with the Tab key until that element has the focus."""
        for _ in range(200):
            if self.value(f"document.activeElement === {script}"):
                return
            self.press("Tab")
        raise AssertionError(f"the Tab key doesn’t lead to {script}")

    def complaints(self) -> list[str]:
        """What the browser has complained of so far."""
        found = []
        for event in self._chromium.events:
            if event.get("sessionId") != self._session:
                continue
            told = event["params"]
            if event["method"] == "Log.entryAdded" and told["entry"]["level"] == "error":
                found.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")
            if event["method"] == "Runtime.exceptionThrown":
                found.append(json.dumps(told["exceptionDetails"]))
        return found

    def asked(self) -> set[str]:
        """Every address that the page has asked for."""
        return {
            event["params"]["request"]["url"]
            for event in self._chromium.events
            if event.get("sessionId") == self._session
            and event["method"] == "Network.requestWillBeSent"
        }


@contextlib.contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """A browser with a new profile in that folder."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()

    command = ("chromium", *QUIET, f"--user-data-dir={folder}", "--remote-debugging-pipe")
    # It expects the pipes to be its third and its fourth.
    line = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
    with subprocess.Popen(
        ["bash", "-c", line, "bash", *command, "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(theirs_in, theirs_out),
    ) as browser:
        os.close(theirs_in)
        os.close(theirs_out)
        driver = Chromium(ours_in, ours_out)
        try:
            yield driver
            with contextlib.suppress(AssertionError, OSError):
                driver.say("Browser.close")
        finally:
            browser.kill()
            os.close(ours_in)
            os.close(ours_out)
