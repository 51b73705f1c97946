"""Chromium for one file of tests. Playwright keeps an event loop running for as long as it lives, and
next to that no other test of the same process could run one: so it goes when the file is done.
"""

import contextlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_playing: list[Playwright] = []


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """A browser. In one process there can be one Playwright, so whoever is later shares it."""
    with contextlib.ExitStack() as opened:
        if not _playing:
            _playing.append(opened.enter_context(sync_playwright()))
            opened.callback(_playing.clear)
            expect.set_options(timeout=10_000)
        browser = _playing[0].chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        opened.callback(browser.close)
        yield browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as one:
        yield one
