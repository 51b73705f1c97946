"""An agent speaks first to somebody who is on the site; and somebody who may not write any more."""

import re
from typing import Any

from playwright.sync_api import Page, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.visitor import Visitor
from tests.serving import command

FETCH = """async ([path, body]) => {
  const answer = await fetch(path, body ? { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } } : {});
  return [answer.status, await answer.json()];
}"""


def asks(page: Page, path: str, body: Any = None) -> Any:
    """As the desk's own page would."""
    status, answer = page.evaluate(FETCH, [path, body])
    assert status < 400, answer
    return answer


def browser_of(one: Visitor) -> str:
    return str(one.page.evaluate("localStorage.getItem('frontdesk:browser')"))


def seen_on_site(at_desk: AtDesk, one: Visitor) -> dict[str, Any]:
    """The visitor as the team sees them, once it does."""
    for _ in range(100):
        for found in asks(at_desk.page, "/api/visitors?limit=500")["visitors"]:
            if found["browser"] == browser_of(one):
                return dict(found)
        at_desk.page.wait_for_timeout(50)
    raise AssertionError("the visitor is not on the site")


def invites(at_desk: AtDesk, one: Visitor, text: str) -> None:
    asks(at_desk.page, f"/api/visitors/{seen_on_site(at_desk, one)['browser']}/invite", command(text=text))


def test_who_is_on_the_site_is_spoken_to_first(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    ines, oskar = visitor(), agent("oskar")
    assert seen_on_site(oskar, ines)["customer"] is None
    hello = words("Do you look for a grinder?")
    invites(oskar, ines, hello)
    # Told with the next page; without one, within half a minute.
    ines.page.reload()
    expect(ines.bubble).to_have_accessible_name("Open chat, 1 new message")
    assert ines.page.title().startswith("(1) ")
    ines.page.reload()
    expect(ines.bubble).to_have_accessible_name("Open chat, 1 new message")

    ines.opens_chat()
    expect(ines.greeting.get_by_role("heading")).to_have_text(hello)
    expect(ines.greeting.locator(".face")).to_have_count(1)
    expect(ines.greeting.locator(".face")).to_have_attribute("title", re.compile("Oskar"))
    ines.closes_chat()
    expect(ines.bubble).to_have_accessible_name("Open chat")

    answer = words("Yes, for espresso")
    ines.begins().writes(answer)
    expect(ines.said(answer)).to_be_visible()
    expect(ines.said(hello)).to_be_visible()
    oskar.goes("/inbox")
    oskar.opens(answer)
    expect(oskar.said(hello)).to_be_visible()
    expect(oskar.said(answer)).to_be_visible()
    oskar.answers("Then this one.")
    expect(ines.said("Then this one.")).to_be_visible()


def test_a_word_reaches_who_stays_on_a_page_and_had_the_chat_open(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    ines, oskar = visitor(), agent("oskar")
    ines.opens_chat()
    expect(ines.greeting).to_be_visible()
    ines.closes_chat()
    hello = words("May I help?")
    invites(oskar, ines, hello)
    expect(ines.bubble).to_have_accessible_name("Open chat, 1 new message", timeout=40_000)
    ines.opens_chat()
    expect(ines.greeting.get_by_role("heading")).to_have_text(hello)


def test_who_is_blocked_is_told_so(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("Rude things")
    ines, maja = visitor().asks(question), agent("maja")
    customer = seen_on_site(maja, ines)["customer"]["id"]
    asks(maja.page, f"/api/customers/{customer}/block", command(until=None, network=False))
    ines.writes(words("More rude things"))
    expect(ines.chat.get_by_text("You cannot write to us here any more.")).to_be_visible()
    asks(maja.page, f"/api/customers/{customer}/unblock", command())
    ines.chat.get_by_role("button", name="Try again").click()
    expect(ines.chat.get_by_text("You cannot write to us here any more.")).to_have_count(0)
