"""Chromium for one file of tests. Playwright keeps an event loop running for as long as it lives, and
next to that no other test of the same process could run one: so it goes when the file is done.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.browser.conftest import CHROMIUM


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=10_000)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as one:
        browser = one.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()
