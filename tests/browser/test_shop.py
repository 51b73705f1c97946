"""What the shop's own pages tell the desk, and what they may ask of the chat."""

import re
import time

import jwt
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.story import SOON
from tests.browser.visitor import Visitor

KEPT_CALLS = """
window.Frontdesk = function () { (window.Frontdesk.q = window.Frontdesk.q || []).push(arguments); };
window.Frontdesk("open");
"""


def vouched(key: str, subject: str, name: str) -> dict[str, str]:
    """What the shop's back end gives to its page."""
    now = int(time.time())
    claims = {"aud": "frontdesk", "sub": subject, "name": name, "iat": now, "exp": now + 300}
    return {"token": jwt.encode(claims, key, "HS256")}


def make_key(page: Page) -> str:
    page.get_by_role("button", name="Make a key").click()
    return page.get_by_label("Customers who are signed in to your site").input_value()


def identifies(one: Visitor, key: str, subject: str, name: str) -> int:
    """The status that the desk answered with."""
    with one.page.expect_response("**/widget/api/identify") as answered:
        one.calls("identify", vouched(key, subject, name))
    return answered.value.status


def test_a_customer_the_shop_vouches_for_finds_their_conversation_on_another_device(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    maja = agent("maja", place="/settings/widget")
    key = make_key(maja.page)
    question = words("Is my grinder ready?")
    first = visitor().asks(question)
    assert identifies(first, key, "customer-77", "Ida Brask") == 200
    maja.goes("/unassigned")
    expect(maja.row(question)).to_contain_text("Ida Brask")

    other_device = visitor().opens_chat()
    assert identifies(other_device, key, "customer-77", "Ida Brask") == 200
    other_device.chat.get_by_role("button", name=re.compile("Is my grinder ready")).click()
    expect(other_device.said(question)).to_be_visible()
    answer = words("It is, and it is on its way.")
    maja.opens(question)
    maja.answers(answer)
    for one in (first, other_device):
        expect(one.said(answer)).to_be_visible()


def test_nobody_finds_a_conversation_with_a_word_the_shop_did_not_sign(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    key = make_key(agent("maja", place="/settings/widget").page)
    question = words("Where is my order?")
    assert identifies(visitor().asks(question), key, "customer-78", "Nora Vik") == 200

    stranger = visitor().opens_chat()
    assert identifies(stranger, "a key that somebody made up for this", "customer-78", "Nora Vik") == 403
    expect(stranger.greeting).to_be_visible()
    expect(stranger.chat.get_by_text("Earlier conversations")).to_be_hidden()


def test_the_shop_opens_and_closes_the_chat(visitor: NewVisitor) -> None:
    one = visitor()
    expect(one.bubble).to_be_visible()
    one.calls("open")
    expect(one.greeting).to_be_visible()
    one.calls("close")
    expect(one.greeting).to_be_hidden()


def test_what_the_shop_asked_before_the_chat_was_there_is_done(visitor: NewVisitor) -> None:
    one = visitor()
    one.page.add_init_script(KEPT_CALLS)
    one.page.reload()
    expect(one.greeting).to_be_visible()


def test_an_event_of_the_shop_reaches_the_desk(visitor: NewVisitor) -> None:
    one = visitor(path="/drippers/sand-dripper")
    expect(one.bubble).to_be_visible()
    with one.page.expect_request(
        lambda it: it.url.endswith("/widget/api/visits") and "Added to basket" in (it.post_data or "")
    ) as said:
        one.page.get_by_role("button", name="Add to basket").click()
    answer = said.value.response()
    assert answer is not None
    assert answer.status == 200


def test_the_agent_sees_which_page_is_being_read(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("How long is the warranty?")
    one = visitor(path="/warranty").asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    head = maja.page.get_by_role("main").locator("header")
    expect(head).to_contain_text(re.compile("reading .*[Ww]arranty.* now"), timeout=SOON)
    one.visits("/delivery")
    expect(head).to_contain_text(re.compile("reading .*[Dd]elivery.* now"), timeout=SOON)
