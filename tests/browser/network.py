"""What may happen between a browser and the desk."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, Route

AGENT_POSTS = re.compile(r"/api/conversations/\w+/messages$")
VISITOR_POSTS = re.compile(r"/widget/api/messages$")


def until(true: Callable[[], bool], page: Page, seconds: float = 10) -> None:
    """Waits while the browser goes on."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not become true"
        page.evaluate("new Promise((go) => { setTimeout(go, 20); })")


@contextmanager
def lost(context: BrowserContext, address: re.Pattern[str]) -> Iterator[list[Route]]:
    """No such request leaves; the list tells which ones tried."""
    tried: list[Route] = []

    def lose(route: Route) -> None:
        tried.append(route)
        route.abort("connectionfailed")

    context.route(address, lose)
    try:
        yield tried
    finally:
        context.unroute(address, lose)


@contextmanager
def held(context: BrowserContext, address: re.Pattern[str]) -> Iterator[list[Route]]:
    """Such requests wait in the list, and leave at the end."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    context.route(address, hold)
    yield waiting
    for route in waiting:
        route.continue_()
    context.unroute(address, hold)


def lose_the_first_answer(context: BrowserContext, address: re.Pattern[str]) -> list[int]:
    """The desk hears and stores it, and its answer never arrives. The list tells what it was."""
    statuses: list[int] = []

    def cut(route: Route) -> None:
        if statuses:
            route.continue_()
            return
        statuses.append(route.fetch().status)
        route.abort("connectionreset")

    context.route(address, cut)
    return statuses
