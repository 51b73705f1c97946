"""From a key that is pressed after an `@` until the list of colleagues is laid out, and until it is painted;
in a browser before the real server, with many agents.
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
_OPTIONS = ("--no-sandbox", "--disable-gpu")
_WARM_UP = 2
_ROUNDS = 30
# Typed and taken back, letter by letter: from everybody to one, and by first names as well as by last.
_TYPED = ("@", "l", "e", "4", "<", "<", "<", "e", "m", "e", "1", "<", "<", "<", "<", "u", "n", "<", "<")

# The key has the time at which the browser had it. What follows the callbacks of a frame is after painting;
# frames come sixty times a second, so that half of one is waited for in the middle.
_LISTEN = """
() => {
  window.took = [];
  let pressed = 0;
  document.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  document.addEventListener("input", async () => {
    const begun = pressed;
    await Promise.resolve();
    const list = document.querySelector("[role=listbox]");
    if (list) list.getBoundingClientRect();
    const laidOut = performance.now() - begun;
    const name = list ? list.querySelector("[role=option] b").textContent.toLowerCase() : null;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.took.push([laidOut, performance.now() - begun, name]);
      channel.port2.postMessage(null);
    });
  });
}
"""
_TOOK = """
() => new Promise((done, fail) => {
  const ends = performance.now() + 5000;
  const look = () => {
    if (window.took.length > 0) done(window.took.splice(0)[0]);
    else if (performance.now() > ends) fail(new Error("nothing was painted"));
    else setTimeout(look, 4);
  };
  look();
})
"""


def mentions_list(agents: int) -> dict[str, Any]:
    with fresh("sqlite") as storage:
        with serving(storage.data) as servers:
            cookie = set_up(servers[0].port)
        fill(storage, 100)
        _hire(storage, agents)
        with serving(storage.data) as (server,), _composer(server, cookie) as page:
            took = [one for turn in range(_WARM_UP + _ROUNDS) for one in _typed(page) if turn >= _WARM_UP]
    laid_out, painted = ([one[n] for one in took] for n in (0, 1))
    figures = {**spread(laid_out), "p95_ms": percentile(laid_out, 95), **spread(painted, "painted_")}
    return {"agents": agents, "keys": len(took), **figures}


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


def _typed(page: Page) -> list[tuple[float, float]]:
    """The milliseconds of each key; the list has to show what was asked for, or they say nothing."""
    written, took = "", list[tuple[float, float]]()
    for key in _TYPED:
        written = written[:-1] if key == "<" else written + key
        page.keyboard.press("Backspace" if key == "<" else key)
        laid_out, painted, name = page.evaluate(_TOOK)
        if name is None or f"@{name}" != written:
            raise RuntimeError(f"{name!r} is marked in the list for {written!r}")
        took.append((laid_out, painted))
    page.keyboard.press("Backspace")
    page.evaluate(_TOOK)
    return took


def bars() -> dict[str, float]:
    return {"p99_ms": BAR_MS}


def holds(figures: dict[str, Any]) -> bool:
    return bool(figures["p99_ms"] <= BAR_MS)
