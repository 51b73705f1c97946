"""What an agent teaches the desk, and the purple cards that come of it."""

import re
import time

from playwright.sync_api import Locator, expect
from tests.browser.agent import AtDesk

_POST = """
async ([path, body]) => {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
"""
_PATIENCE = 20


def teach(desk: AtDesk, question: str, answer: str) -> None:
    """Approves an answer, and waits until the engine would suggest it."""
    body = {"client_id": f"taught-{time.monotonic_ns()}", "question": question, "text": answer}
    desk.page.evaluate(_POST, ["/api/knowledge/answers", body])
    ends = time.monotonic() + _PATIENCE
    while answer not in would_suggest(desk, question):
        assert time.monotonic() < ends, f"Nothing learnt of {question!r}"
        time.sleep(0.2)


def would_suggest(desk: AtDesk, question: str) -> list[str]:
    found = desk.page.evaluate(_POST, ["/api/knowledge/try", {"question": question}])["found"]
    return [one["suggestion"]["text"] for one in found if one["is_shown"]]


def offers(desk: AtDesk) -> Locator:
    return desk.page.locator(".offers .offer")


def offer(desk: AtDesk, text: str) -> Locator:
    return offers(desk).filter(has_text=text)


def use(card: Locator) -> None:
    """A click on the card, which is one button."""
    card.locator(".use").click()


def held(desk: AtDesk, text: str) -> Locator:
    return desk.log.locator(".bubble.held", has_text=text)


def expect_left(desk: AtDesk, text: str) -> None:
    """Its moment is over: it stands there like any message."""
    expect(held(desk, text)).to_have_count(0, timeout=10_000)
    expect(desk.said(text)).to_be_visible()
    expect(desk.foot).to_have_text(re.compile("Sent|Seen"))
