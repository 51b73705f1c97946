"""In a real browser: the chat is shown on the company's sites, and nowhere else; messages from windows
that are not its own do nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from tests.browser.contexts import Contexts
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.channels.web import site
from tests.serving import InThread

from frontdesk.people import company
from frontdesk.people.model import SYSTEM
from frontdesk.people.tables import customer
from frontdesk.presence.tables import visit
from frontdesk.talk.tables import message


@dataclass
class Web:
    """The desk, a site that is the company's, and one that is not; both have the widget on their page."""

    desk: str
    listed: str
    unlisted: str
    server: InThread

    def count(self, table: Any) -> int:
        return int(
            self.server.desk.read_now(lambda view: view.value(select(func.count()).select_from(table)))
        )


@pytest.fixture
def web(server: InThread, cast: Cast) -> Iterator[Web]:
    desk = server.url.replace("127.0.0.1", "localhost")
    page = (
        f'<!doctype html><title>Shop</title><script src="{desk}/widget.js" async></script><p>Tools for coffee'
    )
    pages = {
        "/": page,
        "/raw": f'<iframe src="{desk}/widget/frame"></iframe>',
        "/desk": f'<iframe src="{desk}/"></iframe>',
    }
    with site(pages) as listed, site(pages) as unlisted:
        pages["/around"] = f'<iframe src="{listed}/raw"></iframe><iframe src="{listed}/"></iframe>'
        pages["/child"] = f'{page}<iframe id="child" src="{unlisted}/empty"></iframe>'
        server.desk.write_now(company.change, SYSTEM, allowed_sites=[listed])
        yield Web(desk, listed, unlisted, server)


def shown(page: Page) -> list[str]:
    """What frames of the desk show of themselves, however deep they lie."""
    return [
        text
        for frame in page.frames
        if "/widget/frame" in frame.url or frame.url.endswith("/inbox")
        for text in frame.locator("body").all_inner_texts()
        if text
    ]


def refused(contexts: Contexts) -> None:
    contexts.forgive("frame-ancestors")


def test_a_listed_site_shows_the_chat(web: Web, contexts: Contexts) -> None:
    one = Visitor(contexts.new(), web.listed).visits("/").opens_chat()
    expect(one.greeting).to_contain_text("Hello, what can we help with?")
    one.asks("Is this the right place?")
    assert web.count(message) == web.count(customer) == 1
    assert web.count(visit) >= 1


def test_an_unlisted_site_shows_nothing_and_tells_nothing(web: Web, contexts: Contexts) -> None:
    refused(contexts)
    one = Visitor(contexts.new(), web.unlisted).visits("/").opens_chat()
    one.page.wait_for_timeout(500)
    frame = next(frame for frame in one.page.frames if frame != one.page.main_frame)
    assert frame.url == "chrome-error://chromewebdata/"
    assert shown(one.page) == []
    assert web.count(customer) == web.count(visit) == 0


@pytest.mark.parametrize(
    ("where", "path"),
    [("unlisted", "/raw"), ("listed", "/desk"), ("unlisted", "/desk"), ("unlisted", "/around")],
)
def test_no_page_is_shown_inside_somebody_elses(web: Web, contexts: Contexts, where: str, path: str) -> None:
    """Also not when the site around the company's own one is another's."""
    refused(contexts)
    page = contexts.new().new_page()
    page.goto(getattr(web, where) + path)
    page.wait_for_timeout(500)
    assert shown(page) == []
    assert any(frame.url.startswith("chrome-error") for frame in page.frames)


def test_a_site_taken_off_the_list_loses_the_chat(web: Web, contexts: Contexts) -> None:
    refused(contexts)
    one = Visitor(contexts.new(), web.listed).visits("/").opens_chat()
    expect(one.greeting).to_be_visible()
    web.server.desk.write_now(company.change, SYSTEM, allowed_sites=[web.unlisted])
    one.page.reload()
    one.page.wait_for_timeout(500)
    assert shown(one.page) == []


FUZZ = """
(window) => {
  const kinds = "hello shown identify forget ready close talked unread height send".split(" ");
  const fields = "browser language rtl name colour on_colour open focus top bottom token value".split(" ");
  const odd = [null, undefined, 0, -1, 1e9, NaN, "", "x", true, [], {}, { toString: 1 }, "<img src=x>"];
  const any = (list) => list[Math.floor(Math.random() * list.length)];
  const some = () => fields.filter(() => Math.random() < 0.4).map((name) => [name, any(odd)]);
  for (let n = 0; n < 1000; n += 1) {
    const said = { frontdesk: any(kinds), ...Object.fromEntries(some()) };
    window.postMessage(Math.random() < 0.1 ? any(odd) : said, "*");
  }
}
"""
CHAT = "document.querySelector('frontdesk-chat').shadowRoot.querySelector('iframe').contentWindow"
FORGED = """
const kinds = ["close", "unread", "height", "talked"];
for (const kind of kinds) parent.postMessage({ frontdesk: kind, value: 7 }, "*");
"""


def test_a_thousand_odd_messages_from_the_page_write_nothing(web: Web, contexts: Contexts) -> None:
    one = Visitor(contexts.new(), web.listed).visits("/").opens_chat()
    one.asks("Before the storm")
    one.page.evaluate(f"({FUZZ})({CHAT})")
    one.page.wait_for_timeout(300)
    assert web.count(message) == 1
    one.page.reload()
    expect(one.bubble).to_be_visible()


def test_a_thousand_messages_from_another_window_do_nothing(web: Web, contexts: Contexts) -> None:
    one = Visitor(contexts.new(), web.listed).visits("/child").opens_chat()
    expect(one.greeting).to_be_visible()
    before = looks(one)
    child = next(frame for frame in one.page.frames if frame.url.startswith(web.unlisted))
    child.evaluate(f"({FUZZ})(parent)")
    child.evaluate(FORGED)
    one.page.wait_for_timeout(300)
    assert looks(one) == before
    expect(one.greeting).to_be_visible()


def looks(one: Visitor) -> tuple[object, ...]:
    box = one.page.locator("frontdesk-chat iframe").bounding_box()
    return one.page.title(), one.bubble.get_attribute("aria-label"), one.bubble.inner_text(), box
