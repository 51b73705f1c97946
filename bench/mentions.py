"""From a key that is pressed after an `@` until the list of colleagues is painted, in a browser before the
real server, with many agents.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import time
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from bench.desk import Process, serving, set_up
from bench.figures import percentile, spread
from bench.inbox_rows import fill
from bench.storage import Storage, fresh

BAR_MS = 16.0
_CHROMIUM = "/usr/bin/chromium"
# A frame is drawn when it is ready: what is measured is work, not how long a screen takes to its next turn.
_OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--disable-gpu-vsync")
_WARM_UP = 2
_ROUNDS = 30
# Typed and taken back, letter by letter: from everybody to one, and by first names as well as by last.
_TYPED = ("@", "l", "e", "4", "<", "<", "<", "e", "m", "e", "1", "<", "<", "<", "<", "u", "n", "<", "<")

# The key has the time at which the browser had it. What follows the callbacks of a frame is after painting.
_LISTEN = """
() => {
  window.took = [];
  let pressed = 0;
  document.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  document.addEventListener("input", (event) => {
    const begun = pressed;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const name = document.querySelector("[role=listbox] [role=option] b");
        window.took.push([performance.now() - begun, name ? name.textContent.toLowerCase() : null]);
      };
      channel.port2.postMessage(null);
    });
  }, true);
}
"""


def mentions_list(agents: int) -> dict[str, Any]:
    with fresh("sqlite") as storage:
        with serving(storage.data) as servers:
            cookie = set_up(servers[0].port)
        fill(storage, 100)
        _hire(storage, agents)
        with serving(storage.data) as (server,), _composer(server, cookie) as page:
            took = [ms for turn in range(_WARM_UP + _ROUNDS) for ms in _typed(page) if turn >= _WARM_UP]
    return {"agents": agents, "keys": len(took), "p95_ms": percentile(took, 95), **spread(took)}


def _hire(storage: Storage, agents: int) -> None:
    now = int(time() * 1000)
    columns = ("id", "name", "email", "role", "colour", "preferences", "created_at")
    named = (
        (f"{n:026d}", f"{'AEIOU'[n % 5]}{'bdlmnr'[n % 6]}e{n} Le{n % 50}berg", f"a{n}@shop.example")
        for n in range(100, 100 + agents)
    )
    storage.fill("agent", columns, ((*one, "agent", "blue", "{}", now) for one in named))


@contextmanager
def _composer(server: Process, cookie: str) -> Iterator[Page]:
    """A conversation with its note's field before it."""
    name, _, value = cookie.partition("=")
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=_CHROMIUM, args=list(_OPTIONS))
        context = browser.new_context(viewport={"width": 1366, "height": 800})
        context.add_cookies([{"name": name, "value": value, "url": f"http://{server.host}"}])
        page = context.new_page()
        page.goto(f"http://{server.host}/inbox")
        page.locator(".list a.row").first.click()
        page.get_by_role("tab", name="Internal note").click()
        expect(page.locator(".write textarea")).to_be_focused()
        page.evaluate(_LISTEN)
        yield page
        browser.close()


def _typed(page: Page) -> list[float]:
    """The milliseconds of each key; the list has to show what was asked for, or they say nothing."""
    written, took = "", list[float]()
    for key in _TYPED:
        written = written[:-1] if key == "<" else written + key
        page.keyboard.press("Backspace" if key == "<" else key)
        page.wait_for_function("window.took.length > 0", timeout=5_000)
        ms, name = page.evaluate("window.took.splice(0)[0]")
        if name is None or f"@{name}" != written:
            raise RuntimeError(f"{name!r} is marked in the list for {written!r}")
        took.append(ms)
    page.keyboard.press("Backspace")
    page.wait_for_function("window.took.length > 0", timeout=5_000)
    page.evaluate("window.took.splice(0)")
    return took


def bars() -> dict[str, float]:
    return {"p99_ms": BAR_MS}


def holds(figures: dict[str, Any]) -> bool:
    return bool(figures["p99_ms"] <= BAR_MS)
