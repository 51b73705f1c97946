"""One person, two tabs."""

from playwright.sync_api import expect
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.network import VISITOR_POSTS, lost
from tests.browser.story import SOON
from tests.browser.visitor import Visitor


def second_tab(one: Visitor) -> Visitor:
    return Visitor(one.context, one.shop).visits("/faq")


def test_both_tabs_of_a_visitor_show_the_same_conversation(visitor: NewVisitor, words: Words) -> None:
    question = words("Do you have it in sand?")
    one = visitor().asks(question)
    other = second_tab(one).opens_chat()
    other.chat.get_by_role("button", name=question).click()
    expect(other.said(question)).to_be_visible()
    other.writes("Or in grey?")
    expect(one.said("Or in grey?")).to_be_visible(timeout=SOON)
    one.writes("Grey is fine too.")
    for tab in (one, other):
        expect(tab.bubbles).to_have_text([question, "Or in grey?", "Grey is fine too."])
        expect(tab.foot).to_contain_text("Sent")


def test_what_one_tab_could_not_send_is_sent_by_the_next(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, more = words("Is the shop open on Saturday?"), words("I would come by car.")
    one = visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    with lost(one.context, VISITOR_POSTS):
        one.writes(more)
        expect(one.foot).to_have_text("Sending")
        one.page.close()
    other = second_tab(one).opens_chat()
    maja.opens(more)
    expect(maja.bubbles).to_have_text([question, more])
    other.chat.get_by_role("button", name=more).click()
    expect(other.bubbles).to_have_text([question, more])


def test_a_draft_shows_in_the_other_tab_of_an_agent(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question = words("What does engraving cost?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    conversation = maja.opens(question)
    other = type(maja)(maja.context, maja.desk).goes(f"/c/{conversation}?from=unassigned")
    maja.composer.fill("190 kr, and two days more.")
    expect(other.composer).to_have_value("190 kr, and two days more.")
    maja.composer.press("Enter")
    expect(other.said("190 kr")).to_have_count(1)
    expect(other.composer).to_have_value("")
