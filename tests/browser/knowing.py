"""What an agent teaches the desk, and the purple cards that come of it."""

import re
import time
from typing import Any

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
_PATIENCE = 60
_LOW, _HIGH = 0.02, 0.9


def lower_the_bar(desk: AtDesk) -> None:
    """How sure the engine is depends on all that this desk has seen; here it only matters what is found."""
    _move_the_bar(desk, _LOW)


def raise_the_bar(desk: AtDesk) -> None:
    """Until next to nothing is good enough, whatever an earlier test made of this desk."""
    _move_the_bar(desk, _HIGH)


def _move_the_bar(desk: AtDesk, bar: float) -> None:
    ends = time.monotonic() + _PATIENCE
    while _tried(desk, "Hello?")["bar"] != bar:
        assert time.monotonic() < ends, "The bar does not move"
        command(desk, "/api/evaluation/bar", bar=bar)
        time.sleep(0.2)


def command(desk: AtDesk, path: str, **body: object) -> None:
    desk.page.evaluate(_POST, [path, {"client_id": f"told-{time.monotonic_ns()}", **body}])


def teach(desk: AtDesk, question: str, answer: str) -> None:
    """Approves an answer, and waits until the engine would suggest it."""
    lower_the_bar(desk)
    command(desk, "/api/knowledge/answers", question=question, text=answer)
    until_suggested(desk, question, answer)


def until_suggested(desk: AtDesk, question: str, words: str) -> None:
    """What is asked before all was read in is answered from the part that was."""
    ends = time.monotonic() + _PATIENCE
    while not any(words in one for one in would_suggest(desk, question)):
        assert time.monotonic() < ends, f"Nothing learnt of {question!r}"
        time.sleep(0.2)


def would_suggest(desk: AtDesk, question: str) -> list[str]:
    return [one["suggestion"]["text"] for one in _tried(desk, question)["found"] if one["is_shown"]]


def _tried(desk: AtDesk, question: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.page.evaluate(_POST, ["/api/knowledge/try", {"question": question}])
    return found


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
