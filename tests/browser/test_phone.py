"""The desk and the chat in a hand: 390 by 844, touch."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.contexts import PHONE

REACH = (Path(__file__).parent / "reach.js").read_text("utf-8")
# A sheet that is still rising stands partly below the page.
AT_REST = """
() => {
  const ends = (one) => one.effect.getComputedTiming().endTime < 5000;
  const all = Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
  return Promise.race([all, new Promise((over) => setTimeout(over, 5000))]).then(() => null);
}
"""
LEAST = 44
WIDE = 390


def expect_thumb_sized(*places: Page | Frame) -> None:
    for place in places:
        place.evaluate(AT_REST)
    too_small = [small for place in places for small in place.evaluate(REACH, LEAST)]
    assert not too_small, "\n".join(too_small)


def expect_no_sideways_scrolling(*places: Page | Frame) -> None:
    assert [place.evaluate("document.documentElement.scrollWidth") for place in places] == [WIDE] * len(
        places
    )


def width(desk: AtDesk, selector: str) -> float:
    found = desk.page.locator(selector).bounding_box()
    assert found is not None
    return found["width"]


def test_an_agent_answers_with_one_thumb(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, answer = words("Is anybody out there?"), words("Yes, on the train.")
    one = visitor().asks(question)
    maja = agent("maja", place="/inbox", **PHONE)
    tabs = maja.page.locator("nav.tabs")
    expect(tabs).to_be_visible()
    expect(maja.page.locator(".rail")).to_be_hidden()
    expect(maja.page.locator(".talk")).to_be_hidden()
    assert width(maja, ".list") == WIDE
    expect_thumb_sized(maja.page)
    tabs.get_by_role("link", name=re.compile("Unassigned")).tap()
    maja.row(question).tap()
    expect(maja.composer).to_be_visible()
    expect(tabs).to_be_hidden()
    assert width(maja, ".talk") == WIDE
    expect_thumb_sized(maja.page)
    expect_no_sideways_scrolling(maja.page)
    maja.composer.fill(answer)
    maja.button("Send").tap()
    expect(one.said(answer)).to_be_visible()
    maja.page.get_by_role("link", name="Back to Unassigned").tap()
    expect(tabs).to_be_visible()
    expect(maja.row(answer)).to_have_count(0)
    tabs.get_by_role("link", name=re.compile("Inbox")).tap()
    expect(maja.row(answer)).to_be_visible()
    expect_no_sideways_scrolling(maja.page)


def test_enter_makes_a_new_line_under_a_thumb(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("Two lines?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned", **PHONE)
    maja.row(question).tap()
    maja.composer.press_sequentially("One")
    maja.composer.press("Enter")
    expect(maja.composer).to_have_value("One\n")
    maja.composer.fill("")


def test_what_stands_at_the_foot_of_the_rail_opens_from_more(agent: NewAgent) -> None:
    maja = agent("maja", **PHONE)
    maja.page.locator("nav.tabs").get_by_role("button", name="More").tap()
    expect(maja.page.get_by_role("menu")).to_be_visible()
    expect_thumb_sized(maja.page)
    maja.page.get_by_role("menuitem", name="Settings").tap()
    expect(maja.page.get_by_role("heading", name="Settings")).to_be_visible()
    maja.page.get_by_role("link", name=re.compile("^Back to")).tap()
    expect(maja.page.locator("nav.tabs")).to_be_visible()


@pytest.mark.parametrize("section", ["you", "company", "widget", "agents", "teams"])
def test_settings_fit_into_a_hand(agent: NewAgent, section: str) -> None:
    maja = agent("maja", place=f"/settings/{section}", **PHONE)
    expect(maja.page.get_by_role("main").get_by_role("button").first).to_be_visible()
    expect_thumb_sized(maja.page)
    expect_no_sideways_scrolling(maja.page)


def test_the_chat_fills_the_screen_and_leaves_it_again(visitor: NewVisitor, words: Words) -> None:
    one = visitor(**PHONE)
    expect_no_sideways_scrolling(one.page)
    one.bubble.tap()
    expect(one.greeting).to_be_visible()
    frame = one.page.locator("frontdesk-chat iframe")
    inner = next(each for each in one.page.frames if each.parent_frame is not None)
    frame.evaluate("one => Promise.all(one.closest('div').getAnimations().map(({ finished }) => finished))")
    assert frame.bounding_box() == {"x": 0, "y": 0, "width": WIDE, "height": 844}
    expect_thumb_sized(inner)
    one.chat.get_by_role("button", name="Write to us").tap()
    expect(one.composer).to_be_visible()
    one.composer.fill(words("From the bus"))
    one.chat.get_by_role("button", name="Send").tap()
    expect(one.foot).to_have_text(re.compile("Sent|Seen"))
    composer = one.composer.bounding_box()
    assert composer is not None
    assert composer["y"] + composer["height"] <= 844
    expect_thumb_sized(inner)
    expect_no_sideways_scrolling(one.page, inner)
    one.chat.get_by_role("button", name="Close chat").tap()
    expect(frame).to_be_hidden()
    expect(one.bubble).to_be_visible()


def test_a_keyboard_on_the_screen_does_not_hide_the_composers(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    """Half the height is what a keyboard leaves; Chromium lays the page out anew for it."""
    question = words("Typing")
    one = visitor(**PHONE).asks(question)
    maja = agent("maja", place="/unassigned", **PHONE)
    maja.row(question).tap()
    for page, composer in ((one.page, one.composer), (maja.page, maja.composer)):
        page.set_viewport_size({"width": WIDE, "height": 420})
        expect(composer).to_be_in_viewport(ratio=1)
        found = composer.bounding_box()
        assert found is not None
        assert found["y"] + found["height"] <= 420
