"""axe finds no serious fault on any screen, light or dark, wide or narrow."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect
from tests.browser.contexts import DESKTOP, PHONE, Contexts
from tests.browser.served import House
from tests.databases import Database
from tests.serving import as_process

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RUN = """
async () => {
  const found = await axe.run({ resultTypes: ["violations"], iframes: false });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
"""
LOOKS = pytest.mark.parametrize("look", ["light", "dark"])
SIZES = pytest.mark.parametrize("size", ["desktop", "phone"])


def options(look: str, size: str) -> dict[str, Any]:
    # axe is put into the pages, which their own policy forbids.
    return {**(PHONE if size == "phone" else DESKTOP), "color_scheme": look, "bypass_csp": True}


def faults(place: Page | Frame) -> list[str]:
    place.evaluate(AXE.read_text("utf-8"))
    found: list[str] = place.evaluate(RUN)
    return found


@LOOKS
@SIZES
def test_the_doors(sqlite: Database, contexts: Contexts, demo: House, look: str, size: str) -> None:
    page = contexts.new(**options(look, size)).new_page()
    with as_process(sqlite) as empty:
        page.goto(empty.url)
        expect(page.get_by_role("heading", name="Set up your desk")).to_be_visible()
        page.get_by_role("button", name="Open the desk").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        assert faults(page) == []
    page.goto(demo.desk)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert faults(page) == []
