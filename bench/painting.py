"""From the click on the information icon to the moment the panel's words are painted, in a real browser."""

from typing import Any

from playwright.sync_api import Page, Request, sync_playwright

from bench.figures import spread

CHROMIUM = "/usr/bin/chromium"
_QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_SIZE = {"width": 1440, "height": 900}
_ICON = "About the customer"
# From the moment of the click itself, as the browser noted it. What a frame has made is painted when the
# first task behind that frame runs.
_WATCH = """
() => {
  const there = {
    first: () => document.querySelector(".panel .who-is"),
    whole: () =>
      [".who-is", ".event", "a.past", ".note"].every((one) => document.querySelector(`.panel ${one}`)),
  };
  window.panelPainted = new Promise((done) => {
    const took = {};
    document.addEventListener("click", (click) => {
      const look = () => {
        for (const name of Object.keys(there)) {
          if (name in took || !there[name]()) continue;
          took[name] = null;
          requestAnimationFrame(() => setTimeout(() => {
            took[name] = performance.now() - click.timeStamp;
            if (Object.values(took).filter((ms) => ms !== null).length === 2) done(took);
          }));
        }
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
      look();
    }, { capture: true, once: true });
  });
}
"""


def painted(port: int, cookie: str, address: str, times: int) -> dict[str, Any]:
    """`first`: who it is. `whole`: the newest events, conversations and notes too. `asked`: for what."""
    name, _, value = cookie.partition("=")
    base = f"http://127.0.0.1:{port}"
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        context = browser.new_context(viewport=_SIZE)  # type: ignore[arg-type]
        context.add_cookies([{"name": name, "value": value, "url": base}])
        page = context.new_page()
        took, asked = list[dict[str, float]](), set[str]()
        for turn in range(times + 1):
            page.goto(f"{base}{address}")
            seen = list[str]()
            one = _opened(page, seen)
            if turn:
                took.append(one)
                asked |= {path.removeprefix(base) for path in seen if "/api/" in path}
        browser.close()
    figures = {
        **spread([one["first"] for one in took], "first_paint_"),
        **spread([one["whole"] for one in took], "whole_paint_"),
    }
    return {**figures, "paints": len(took), "asked": sorted(asked)}


def _opened(page: Page, seen: list[str]) -> dict[str, float]:
    icon = page.get_by_role("button", name=_ICON)
    icon.wait_for()
    page.locator("[role=log] .bubble").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(_WATCH)

    def note(request: Request) -> None:
        seen.append(request.url)

    page.on("request", note)
    icon.click()
    took: dict[str, float] = page.evaluate("window.panelPainted")
    page.remove_listener("request", note)
    return took
