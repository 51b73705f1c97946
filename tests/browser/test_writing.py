"""The composer on either side, and what becomes of what is typed."""

import re

from playwright.sync_api import expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import BOTH, NewAgent, NewVisitor, Words
from tests.browser.sides import Sides

ARRIVED = re.compile("Sent|Seen")


def test_a_draft_outlives_a_reload_and_shows_in_the_list(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question = words("Is the kettle loud?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    conversation = maja.opens(question)
    maja.composer.fill("Not at all, it")
    expect(maja.row_of(conversation)).to_contain_text("Draft Not at all, it")
    maja.page.reload()
    expect(maja.composer).to_have_value("Not at all, it")
    expect(maja.row_of(conversation)).to_contain_text("Draft Not at all, it")
    maja.composer.fill("")
    expect(maja.row_of(conversation)).to_contain_text(question)


def test_who_opens_the_chat_can_write_without_the_mouse(visitor: NewVisitor) -> None:
    one = visitor().opens_chat()
    one.chat.get_by_role("button", name="Write to us").press("Enter")
    expect(one.composer).to_be_focused()
    one.page.keyboard.type("Hello?")
    one.page.keyboard.press("Enter")
    expect(one.foot).to_have_text(ARRIVED)
    one.page.keyboard.press("Escape")
    expect(one.bubble).to_be_focused()


def test_a_visitor_finds_what_they_had_begun_to_write(visitor: NewVisitor, words: Words) -> None:
    one = visitor().asks(words("Hi"))
    one.composer.fill("I would like to know")
    one.visits("/faq")
    expect(one.composer).to_have_value("I would like to know")


@BOTH
def test_enter_sends_and_shift_enter_makes_a_new_line(sides: Sides) -> None:
    composer = sides.writer.composer
    composer.press_sequentially("One")
    composer.press("Shift+Enter")
    composer.press_sequentially("two")
    composer.press("Enter")
    expect(composer).to_have_value("")
    expect(sides.writer.foot).to_have_text(ARRIVED)
    for side in sides.both:
        assert side.bubbles.last.inner_text() == "One\ntwo"


def test_enter_makes_a_new_line_for_an_agent_who_chose_so(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question = words("Do you ship on Monday?")
    one = visitor().asks(question)
    nils = agent("nils", place="/settings/you")
    nils.page.get_by_role("radiogroup", name="Enter key").get_by_role("radio", name="New line").click()
    nils.goes("/unassigned").opens(question)
    nils.composer.press_sequentially("We do,")
    nils.composer.press("Enter")
    nils.composer.press_sequentially("before noon.")
    expect(nils.composer).to_have_value("We do,\nbefore noon.")
    nils.composer.press("Control+Enter")
    expect(one.said("before noon.")).to_be_visible()
    assert one.bubbles.last.inner_text() == "We do,\nbefore noon."


@BOTH
def test_addresses_can_be_clicked_and_scripts_cannot(sides: Sides) -> None:
    sides.writes("See https://kvarn.example/k2?a=1, (www.kvarn.example) or javascript:alert(1).")
    expect(sides.writer.foot).to_have_text(ARRIVED)
    for side in sides.both:
        bubble = side.bubbles.last
        expect(bubble).to_contain_text("javascript:alert(1)")
        links = bubble.get_by_role("link")
        expect(links).to_have_text(["https://kvarn.example/k2?a=1", "www.kvarn.example"])
        expect(links.first).to_have_attribute("href", "https://kvarn.example/k2?a=1")
        expect(links.last).to_have_attribute("href", "https://www.kvarn.example/")
        expect(links.first).to_have_attribute("rel", re.compile("noopener"))
        expect(links.first).to_have_attribute("target", "_blank")


@BOTH
def test_markup_is_shown_as_it_was_typed(sides: Sides) -> None:
    text = "<img src=x onerror=alert(1)> & <b>bold</b>"
    sides.writes(text)
    expect(sides.writer.foot).to_have_text(ARRIVED)
    sides.show_exactly(text)


@BOTH
def test_emoji_arrive_whole(sides: Sides) -> None:
    sides.writes("Thanks 👩‍👩‍👧 🇸🇪 ☕")
    sides.writer.screen.get_by_role("button", name="Emoji", exact=True).click()
    sides.writer.screen.get_by_role("group", name="Emoji").get_by_role("button", name="👍").click()
    expect(sides.writer.composer).to_have_value("👍")
    sides.writer.composer.press("Enter")
    sides.show_exactly("Thanks 👩‍👩‍👧 🇸🇪 ☕", "👍")


@BOTH
def test_a_text_that_is_too_long_stays_in_the_composer_and_says_by_how_much(sides: Sides) -> None:
    sides.writer.composer.fill("a" * 10_012)
    if not isinstance(sides.writer, AtDesk):
        sides.writer.composer.press("Enter")
    expect(sides.writer.screen.get_by_text("12 characters too many")).to_be_visible()
    sides.writer.composer.press("Enter")
    expect(sides.writer.composer).to_have_value("a" * 10_012)
