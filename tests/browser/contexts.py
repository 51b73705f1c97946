"""Browsers of different people: nothing is shared between them, and none may complain."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

# The bubble hides in a closed shadow root, where the page and so the tests cannot look.
_OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { return attach.call(this, { ...how, mode: "open" }); };
"""
_COMPLAINT = re.compile("Content Security Policy|Trusted ?(Types|HTML|Script)|Refused to|Uncaught")
_PATIENCE = 15_000

DESKTOP = {"viewport": {"width": 1366, "height": 800}, "locale": "en-GB", "timezone_id": "Europe/Stockholm"}
PHONE = {
    **DESKTOP,
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@dataclass
class Contexts:
    browser: Browser
    opened: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def new(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**{**DESKTOP, **options})
        context.set_default_timeout(_PATIENCE)
        context.add_init_script(_OPEN_SHADOWS)
        context.on("weberror", lambda fault: self.complaints.append(str(fault.error)))
        context.on("console", self._heard)
        self.opened.append(context)
        return context

    def forgive(self, words: str) -> None:
        """A complaint with these words belongs to what the test does."""
        self.forgiven.append(words)

    def close(self) -> None:
        for context in self.opened:
            context.close()

    def faults(self) -> list[str]:
        return [one for one in self.complaints if not any(words in one for words in self.forgiven)]

    def photograph(self, folder: Path) -> None:
        for at, page in enumerate(self.pages()):
            page.screenshot(path=folder / f"page-{at}.png")

    def pages(self) -> list[Page]:
        return [page for context in self.opened for page in context.pages if not page.is_closed()]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and _COMPLAINT.search(message.text):
            self.complaints.append(message.text)
