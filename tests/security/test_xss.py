"""Seen in a real browser: whatever people write, and wherever, stands there as text and does nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Page, expect
from tests.browser.agent import AtDesk
from tests.browser.contexts import Contexts
from tests.browser.visitor import Visitor
from tests.cast import AgentPlayer, Cast, CustomerPlayer
from tests.channels.web import site
from tests.security.payloads import PAYLOADS, WORST
from tests.security.world import picture, unlimited
from tests.serving import InThread, command

from frontdesk.base.db import Reading
from frontdesk.base.ids import new_id, new_token
from frontdesk.people import agents, company, customers, sessions
from frontdesk.people.customers import Proof
from frontdesk.people.model import SYSTEM, Agent
from frontdesk.talk.model import Said

# Elements that nothing we write needs, attributes that run, and addresses that do.
LOOK = """
(root) => {
  const found = [];
  for (const element of root.querySelectorAll("*")) {
    const name = element.localName;
    const own = name === "script" && element.src && new URL(element.src).origin === location.origin;
    const never = ["iframe", "object", "embed", "base", "marquee", "script", "style"].includes(name);
    if ((never && !own) || (name === "meta" && element.httpEquiv)) found.push(name);
    for (const { name: attribute, value } of element.attributes) {
      const address = ["href", "src", "action", "poster", "data"].includes(attribute) ? value : "";
      if (/^on|^srcdoc$|^formaction$/i.test(attribute)) found.push(attribute);
      if (/^\\s*(javascript|vbscript|data:text)/i.test(address)) found.push(address);
    }
  }
  return found;
}
"""
REPORTS = """
addEventListener("securitypolicyviolation", (one) => console.error("CSP REPORT " + one.blockedURI));
"""


@dataclass
class Ears:
    """What a browser did that nobody wanted."""

    own: set[str]
    heard: list[str] = field(default_factory=list)

    def on(self, context: BrowserContext) -> None:
        context.expose_function("xss", lambda *_: self.heard.append("a script ran"))
        context.on("request", lambda request: self.requested(request.url))
        context.on("dialog", lambda dialog: self.heard.append(f"a dialog: {dialog.message}"))
        context.on("console", self.told)
        context.add_init_script(REPORTS)

    def requested(self, url: str) -> None:
        parts = urlsplit(url)
        is_inner = parts.scheme in ("data", "blob", "about")
        if not is_inner and f"{parts.scheme}://{parts.netloc}" not in self.own:
            self.heard.append(f"a request to {url}")

    def told(self, message: ConsoleMessage) -> None:
        if "CSP REPORT" in message.text or "Content Security Policy" in message.text:
            self.heard.append(message.text)


@dataclass
class House:
    server: InThread
    cast: Cast
    desk: str
    shop: str
    ears: Ears
    visitor: CustomerPlayer
    big: Said
    named: dict[str, Agent]


@pytest.fixture
def house(server: InThread, cast: Cast) -> Iterator[House]:
    """Every payload is an agent's name; one visitor has a conversation in which much will be said."""
    unlimited(server)
    desk = server.url.replace("127.0.0.1", "localhost")
    page = f'<!doctype html><title>Shop</title><script src="{desk}/widget.js" async></script><p>Tools'
    with site({"*": page}) as shop:
        server.desk.write_now(company.change, SYSTEM, allowed_sites=[shop, "https://kvarn.example"])
        visitor = cast.stranger()
        big = visitor.asks("It begins")
        named = {one: _agent(cast, n, one) for n, one in enumerate(PAYLOADS)}
        yield House(server, cast, desk, shop, Ears({desk, shop}), visitor, big, named)


def _agent(cast: Cast, n: int, name: str) -> Agent:
    email = f"a{n}@kvarn.example"
    return cast.desk.write_now(agents.add, email=email, name=name, role="agent", password=None)


def player(house: House, payload: str) -> AgentPlayer:
    one = house.named[payload]
    return AgentPlayer(house.server.desk, one.id, one.name, "", one.role)


def everything_is_said(house: House) -> None:
    """In one conversation, each payload as message, answer and file; and each as a customer of that name."""
    visiting, answering = house.server.visitor(house.visitor.token), house.server.agent(house.cast.maja)
    for payload in PAYLOADS:
        text = uploaded(visiting, "/widget/api/files", payload, b"text")
        house.visitor.writes(payload, house.big, files=(text,))
        shown = uploaded(answering, "/api/files", payload, picture())
        house.cast.maja.answers(house.big, payload, files=(shown,))
    for n, payload in enumerate(PAYLOADS):
        token = new_token()
        customer = CustomerPlayer(house.server.desk, token)
        house.server.desk.write_now(customers.prove, None, customer.digest, Proof(f"s{n}", payload))
        visited(house, payload, f"browser-{n:012}", token)


def uploaded(client: httpx.Client, place: str, name: str, content: bytes) -> str:
    answer = client.post(place, data=command(), files={"file": (name, content)})
    return str(answer.json()["file"]["id"])


def visited(house: House, payload: str, browser: str, token: str) -> None:
    body = command(start=new_id(), text=payload, files=[], browser=browser)
    assert house.server.visitor(token).post("/widget/api/messages", json=body).is_success
    shop = house.server.client(origin="https://kvarn.example")
    url = f"https://kvarn.example/{payload}?utm_source={payload}"
    seen = {"browser": browser, "url": url, "title": payload, "referrer": url, "name": payload}
    for kind in ("page", "event"):
        sent = {**seen, "kind": kind, "data": {payload[:20]: payload}}
        assert shop.post("/widget/api/visits", json=sent).is_success


def is_clean(house: House, page: Page) -> None:
    """What can be seen of the desk's documents themselves, the chat's frame included."""
    own: list[Frame] = []
    for _ in range(100):  # a frame that has just been put in has no address yet
        own = [frame for frame in page.frames if frame.url.startswith(house.desk)]
        if own:
            break
        page.wait_for_timeout(100)
    assert own
    for frame in own:
        assert frame.evaluate(f"({LOOK})(document)") == [], frame.url


def at_the_desk(house: House, contexts: Contexts, place: str) -> AtDesk:
    context = contexts.new()
    house.ears.on(context)
    token = house.cast.maja.signs_in()
    context.add_cookies([{"name": "frontdesk", "value": token, "url": house.desk}])
    return AtDesk(context, house.desk).goes(place)


def in_the_chat(house: House, contexts: Contexts, path: str = "/") -> Visitor:
    context = contexts.new()
    house.ears.on(context)
    keep = f"localStorage.setItem('frontdesk-chat:token', '{house.visitor.token}')"
    context.add_init_script(f"if (location.origin === '{house.desk}') {keep}")
    return Visitor(context, house.shop).visits(path).opens_chat()


def plain(text: str) -> str:
    """As a browser shows it."""
    return " ".join(text.replace("\x01", "").split())


def missing(seen: set[str]) -> list[str]:
    return [one for one in map(plain, PAYLOADS) if not any(one in text for text in seen)]


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 40


def test_these_ears_hear(house: House, contexts: Contexts) -> None:
    """On a page that takes markup for text, the same payloads run and reach out."""
    contexts.forgive("")
    context = contexts.new()
    house.ears.on(context)
    page = context.new_page()
    insert = "(all) => { for (const one of all) document.body.insertAdjacentHTML('beforeend', one) }"
    reaching = "<img src=https://evil.example/i.png>"
    for payloads in ([one for one in PAYLOADS if "evil" not in one], [reaching]):
        page.goto(house.shop)
        page.evaluate(insert, payloads)
        page.wait_for_timeout(500)
        assert page.evaluate(f"({LOOK})(document)") != []
    assert house.ears.heard.count("a script ran") >= 5
    assert "a request to https://evil.example/i.png" in house.ears.heard


def test_a_conversation_at_the_desk(house: House, contexts: Contexts) -> None:
    everything_is_said(house)
    desk = at_the_desk(house, contexts, f"/c/{house.big.conversation.id}")
    expect(desk.bubbles.last).to_be_visible()
    seen: set[str] = set()
    for _ in range(40):
        seen |= set(map(plain, desk.bubbles.all_inner_texts()))
        is_clean(house, desk.page)
        desk.bubbles.first.scroll_into_view_if_needed()
        desk.page.wait_for_timeout(60)
        if any("It begins" in one for one in seen):
            break
    assert missing(seen) == []
    assert house.ears.heard == []


def test_lists_and_settings_of_the_desk(house: House, contexts: Contexts) -> None:
    everything_is_said(house)
    desk = house.server.desk
    for n, payload in enumerate(PAYLOADS):
        email = f"{payload}@{n}.example"
        maja = house.cast.maja
        desk.write_now(sessions.invite, maja.actor, new_id(), new_token(), email=email, role="agent")
        desk.write_now(sessions.begin, maja.id, new_token(), address=payload, device=payload)
    maja_at = at_the_desk(house, contexts, "/unassigned")
    look_through_the_list(house, maja_at)
    for section in ("agents", "you", "company", "widget"):
        maja_at.page.goto(f"{house.desk}/settings/{section}")
        expect(maja_at.page.locator(".page-in")).to_be_visible()
        maja_at.page.wait_for_timeout(300)
        is_clean(house, maja_at.page)
        if section == "agents":
            assert missing({plain(maja_at.page.locator("body").inner_text())}) == []
    assert house.ears.heard == []


def look_through_the_list(house: House, desk: AtDesk) -> None:
    rows = desk.list.locator("a.row")
    expect(rows.first).to_be_visible()
    for _ in range(12):
        is_clean(house, desk.page)
        rows.last.scroll_into_view_if_needed()
    for nth in range(6):
        rows.nth(nth).click()
        expect(desk.composer).to_be_visible()
        is_clean(house, desk.page)


def test_what_comes_while_the_desk_is_open(house: House, contexts: Contexts) -> None:
    """Rows, titles, notices, whispers: everything that is drawn without a page being loaded."""
    desk = at_the_desk(house, contexts, "/unassigned")
    browser, token = "browser-while-open", new_token()
    for payload in PAYLOADS:
        newest = house.server.desk.read_now(Reading.head)
        live = house.server.live(house.server.agent(player(house, payload)), seq=newest)
        house.visitor.writes(payload, house.big)
        live.say(do="looking", conversation_id=house.big.conversation.id)
        live.say(do="typing", conversation_id=house.big.conversation.id, on=True)
        visited(house, payload, browser, token)
        live.close()
    for worst in WORST:
        house.server.desk.write_now(company.change, SYSTEM, name=worst, greeting=worst)
        house.server.desk.write_now(agents.change_profile, house.cast.oskar.actor, name=worst)
        desk.page.wait_for_timeout(100)
        is_clean(house, desk.page)
    house.cast.oskar.answers(house.big, "And one more")
    desk.page.wait_for_timeout(300)
    is_clean(house, desk.page)
    assert house.ears.heard == []


def test_a_conversation_in_the_chat(house: House, contexts: Contexts) -> None:
    everything_is_said(house)
    for worst in set(WORST) & set(PAYLOADS):
        player(house, worst).answers(house.visitor.asks(worst), worst)
    one = in_the_chat(house, contexts)
    is_clean(house, one.page)
    one.chat.locator(".old", has_text=PAYLOADS[-1]).first.click()
    expect(one.bubbles.last).to_be_visible()
    seen: set[str] = set()
    for _ in range(40):
        seen |= set(map(plain, one.bubbles.all_inner_texts()))
        is_clean(house, one.page)
        one.bubbles.first.scroll_into_view_if_needed()
        one.page.wait_for_timeout(60)
        if any("It begins" in text for text in seen):
            break
    assert missing(seen) == []
    hears_more(house, one)
    assert house.ears.heard == []


def hears_more(house: House, one: Visitor) -> None:
    """While it is open, and while it is shut."""
    for payload in PAYLOADS[:20]:
        house.cast.maja.answers(house.big, payload)
    one.closes_chat()
    for payload in PAYLOADS[20:]:
        house.cast.maja.answers(house.big, payload)
    expect(one.bubble).to_have_text("9+")
    is_clean(house, one.page)


@pytest.mark.parametrize("worst", WORST)
def test_the_company_and_the_page_in_the_chat(house: House, contexts: Contexts, worst: str) -> None:
    house.server.desk.write_now(company.change, SYSTEM, name=worst, greeting=worst)
    one = in_the_chat(house, contexts, f"/{worst}?utm_source={worst}#{worst}")
    expect(one.greeting.locator("h1")).to_have_text(plain(worst))
    change = "(text) => { document.title = text; history.pushState({}, '', '#' + text) }"
    one.page.evaluate(change, worst)
    one.asks(worst)
    one.calls("event", worst, {"a": worst})
    one.calls("identify", {"token": worst})
    one.page.wait_for_timeout(400)
    is_clean(house, one.page)
    assert house.ears.heard == []


def test_nothing_typed_or_pasted_into_the_desk_runs(house: House, contexts: Contexts) -> None:
    desk = at_the_desk(house, contexts, f"/c/{house.big.conversation.id}")
    paste: Any = """
    ([box, html]) => {
      const data = new DataTransfer();
      data.setData("text/html", html);
      data.setData("text/plain", html);
      const how = { clipboardData: data, bubbles: true, cancelable: true };
      box.dispatchEvent(new ClipboardEvent("paste", how));
    }
    """
    for worst in WORST:
        desk.page.evaluate(paste, [desk.composer.element_handle(), worst])
        desk.answers(worst)
        is_clean(house, desk.page)
    assert house.ears.heard == []


def test_what_the_team_says_among_itself(house: House, contexts: Contexts) -> None:
    """Notes, answers, names of people and teams, the bell, the panel, and the lists of names."""
    place, maja = f"/api/conversations/{house.big.conversation.id}/notes", house.cast.maja
    desk = at_the_desk(house, contexts, f"/c/{house.big.conversation.id}")
    for payload in PAYLOADS:
        one, named = house.server.agent(player(house, payload)), house.named[payload]
        text = f"@[agent:{maja.id}] @[agent:{named.id}] @[team:{payload}] {payload}"
        noted = one.post(place, json=command(text=text))
        assert noted.is_success, noted.text
        under = f"/api/notes/{noted.json()['note']['id']}/thread"
        assert one.post(under, json=command(text=f"{payload} @[agent:{maja.id}]")).is_success
        if len(payload) <= 40:
            house.cast.team(payload, maja)
    expect(desk.notes).to_have_count(len(PAYLOADS), timeout=90_000)
    assert missing(set(map(plain, desk.notes.all_inner_texts()))) == []
    is_clean(house, desk.page)
    look_at_names(house, desk)
    assert house.ears.heard == []


def look_at_names(house: House, desk: AtDesk) -> None:
    desk.button("About the customer").click()
    panel = desk.page.locator(".panel")
    expect(panel.locator("a.note")).to_have_count(len(PAYLOADS))
    assert missing({plain(panel.inner_text())}) == []
    desk.page.get_by_role("tab", name="Internal note").click()
    for worst in ("@<", '@"', "@'", "@&", "@j"):
        desk.note_field.fill("")
        desk.note_field.press_sequentially(worst)
        is_clean(house, desk.page)
    desk.note_field.fill("")
    desk.button("Hand over").click()
    for worst in WORST:
        desk.page.get_by_role("combobox", name="Find a colleague or team").fill(worst)
        is_clean(house, desk.page)
    desk.page.keyboard.press("Escape")
    desk.bell.click()
    expect(desk.notices.first).to_be_visible()
    is_clean(house, desk.page)
    desk.goes("/mentions")
    is_clean(house, desk.page)
    desk.goes("/settings/teams")
    is_clean(house, desk.page)
