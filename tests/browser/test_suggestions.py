"""Purple answers: sent, taken back, edited, rejected, withdrawn; by mouse, keyboard and thumb."""

import re

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.contexts import PHONE
from tests.browser.knowing import expect_left, held, offer, offers, teach, use
from tests.browser.test_axe import expect_no_fault, options
from tests.browser.test_phone import expect_no_sideways_scrolling, expect_thumb_sized

HOLD = 700


def test_a_click_sends_it_after_a_moment(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = (
        "Which voltage does the electric kettle need?",
        "It runs on 230 volts, and draws 1,800 watts.",
    )
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    one = visitor().asks(question)
    maja.opens(question)
    card = offer(maja, answer)
    expect(card).to_contain_text("Approved answer")
    use(card)
    expect(held(maja, answer)).to_be_visible()
    expect(maja.log).to_contain_text(re.compile(r"Leaves in \d s"))
    expect(offers(maja)).to_have_count(0)
    assert not one.said(answer).is_visible()
    expect(one.said(answer)).to_be_visible(timeout=10_000)
    expect_left(maja, answer)
    expect(maja.log.get_by_text("You took this conversation")).to_be_visible()
    maja.turns_to("My inbox")
    expect(maja.row(answer)).to_be_visible()


def test_what_was_clicked_can_be_taken_back_even_after_a_reload(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = "Can the porcelain lid be bought alone?", "Yes, every lid is sold alone, from 9 euro."
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    one = visitor().asks(question)
    maja.opens(question)
    use(offer(maja, answer))
    expect(held(maja, answer)).to_be_visible()
    maja.page.reload()
    expect(held(maja, answer)).to_be_visible()
    maja.page.keyboard.press("z")
    expect(held(maja, answer)).to_have_count(0)
    expect(offer(maja, answer)).to_be_visible()
    maja.page.wait_for_timeout(6_000)
    assert one.said(answer).count() == 0


def test_edit_opens_it_in_the_composer(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = "Do you repair espresso machines of other makers?", "We repair machines of any maker."
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    one = visitor().asks(question)
    maja.opens(question)
    sent: list[dict[str, object]] = []
    maja.page.on(
        "request", lambda request: sent.append(request.post_data_json) if _is_message(request) else None
    )
    offer(maja, answer).hover()
    offer(maja, answer).get_by_role("button", name="Edit").click()
    expect(maja.composer).to_be_focused()
    expect(maja.composer).to_have_value(answer)
    maja.composer.press_sequentially(" Bring it in.")
    maja.composer.press("Enter")
    expect(one.said(f"{answer} Bring it in.")).to_be_visible()
    assert [("suggestion_id" in body, body.get("clicked", False)) for body in sent] == [(True, False)]


def _is_message(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/messages")


def test_words_already_written_are_kept_unless_one_says_so(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = "How heavy is the cast iron teapot?", "It weighs 1.4 kilograms when it is empty."
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    visitor().asks(question)
    maja.opens(question)
    maja.composer.fill("Hello Sir")
    offer(maja, answer).locator(".use").focus()
    maja.page.keyboard.press("e")
    maja.button("Add below").click()
    expect(maja.composer).to_have_value(f"Hello Sir\n\n{answer}")
    offer(maja, answer).locator(".use").focus()
    maja.page.keyboard.press("e")
    expect(maja.button("Replace what you wrote")).to_be_focused()
    maja.page.keyboard.press("Enter")
    expect(maja.composer).to_have_value(answer)


def test_a_rejected_one_goes_for_everybody_but_only_after_its_moment(
    visitor: NewVisitor, agent: NewAgent
) -> None:
    question, answer = "Is there a discount for schools?", "Schools and libraries get ten per cent."
    maja, oskar = agent("maja", place="/unassigned"), agent("oskar", place="/unassigned")
    teach(maja, question, answer)
    visitor().asks(question)
    for desk in (maja, oskar):
        desk.opens(question)
        expect(offer(desk, answer)).to_be_visible()
    offer(maja, answer).hover()
    offer(maja, answer).get_by_role("button", name="Reject").click()
    expect(offer(maja, answer)).to_have_count(0)
    maja.page.get_by_label("Suggested answers").get_by_role("button", name="Undo").click()
    expect(offer(maja, answer)).to_be_visible()
    maja.page.keyboard.press("x")
    expect(offer(maja, answer)).to_have_count(0)
    expect(offer(oskar, answer)).to_be_visible()
    expect(offer(oskar, answer)).to_have_count(0, timeout=10_000)


def test_it_vanishes_for_the_second_when_the_first_answered(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = (
        "May my parrot come along to the brewing class?",
        "Parrots are welcome on weekday mornings.",
    )
    maja, oskar = agent("maja", place="/unassigned"), agent("oskar", place="/unassigned")
    teach(maja, question, answer)
    one = visitor().asks(question)
    for desk in (maja, oskar):
        desk.opens(question)
        expect(offer(desk, answer)).to_be_visible()
    oskar.answers("Bring it along.")
    expect(offers(maja)).to_have_count(0)
    expect(one.said("Bring it along.")).to_be_visible()
    expect(maja.page.locator(".offers")).to_have_count(0)


def test_keys_send_edit_and_reject_but_not_while_one_types(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = (
        "Do you tune accordions while one waits?",
        "Accordions are tuned on the second floor, in an hour.",
    )
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    visitor().asks(question)
    maja.opens(question)
    expect(offer(maja, answer)).to_be_visible()
    maja.composer.press_sequentially("1xz")
    expect(maja.composer).to_have_value("1xz")
    expect(held(maja, answer)).to_have_count(0)
    maja.composer.fill("")
    maja.composer.press("Escape")
    maja.page.keyboard.press("?")
    keys = maja.page.get_by_role("dialog", name="All keys")
    for what in ("Send the suggestion", "Edit the suggestion", "Reject the suggestion", "Undo"):
        expect(keys.get_by_text(what, exact=True)).to_be_visible()
    maja.page.keyboard.press("Escape")
    maja.page.keyboard.press("1")
    expect(maja.log.locator(".bubble.held")).to_be_visible()
    maja.page.keyboard.press("z")
    expect(offer(maja, answer)).to_be_visible()


def test_blanks_are_filled_before_it_leaves(visitor: NewVisitor, agent: NewAgent) -> None:
    question = "Could you add a scoop to my parcel?"
    answer = "I add it to order ⟦order number⟧, which goes to ⟦town⟧."
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    one = visitor().asks(question)
    maja.opens(question)
    card = offers(maja).filter(has_text="I add it to order")
    expect(card).to_contain_text("2 blanks")
    use(card)
    expect(maja.composer).to_be_focused()
    expect(maja.button("Send")).to_be_disabled()
    expect(maja.page.locator(".write")).to_contain_text("2 blanks left")
    maja.page.keyboard.press("Enter")
    maja.page.keyboard.type("77")
    expect(maja.page.locator(".write")).to_contain_text("1 blank left")
    maja.page.keyboard.press("Tab")
    maja.page.keyboard.type("Lund")
    expect(maja.composer).to_have_value("I add it to order 77, which goes to Lund.")
    maja.page.keyboard.press("Enter")
    expect(one.said("I add it to order 77, which goes to Lund.")).to_be_visible()


def test_what_belongs_to_another_customer_is_asked_about(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    """Whose it is takes the desk a while to note down; here its refusal is said for it, twice."""
    address, question = "hedda.sjoberg.1974@brevlada.example", words("Where is my parcel?")
    other = visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    said: list[dict[str, object]] = []

    def refuse(route: Route) -> None:
        body = route.request.post_data_json
        said.append(body)
        if body.get("confirmed"):
            route.continue_()
            return
        error = {
            "kind": "conflict",
            "message": "Another's",
            "data": {"reason": "foreign", "found": [address]},
        }
        route.fulfill(status=409, json={"error": error})

    maja.page.route("**/api/conversations/*/messages", refuse)
    maja.composer.fill(f"We wrote to {address} yesterday.")
    maja.composer.press("Enter")
    asked = maja.page.get_by_role("alertdialog")
    expect(asked).to_contain_text(address)
    expect(asked.get_by_role("button", name="Back to the text")).to_be_focused()
    asked.get_by_role("button", name="Back to the text").click()
    expect(maja.composer).to_have_value(f"We wrote to {address} yesterday.")
    maja.composer.press("Enter")
    asked.get_by_role("button", name="Send all the same").click()
    expect(other.said(address)).to_be_visible()
    expect(maja.composer).to_have_value("")
    assert [body.get("confirmed", False) for body in said] == [False, False, True]
    assert len({body["client_id"] for body in said}) == 3


def test_a_message_of_the_team_becomes_an_answer(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = "Do you sell gift wrap made of cloth?", "Yes, in linen, for four euro a piece."
    one = visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.answers(answer)
    expect(one.said(answer)).to_be_visible()
    maja.said(answer).hover()
    maja.page.get_by_role("button", name="More about this message").last.click()
    maja.page.get_by_role("menuitem", name="Use as answer").click()
    form = maja.page.get_by_role("dialog", name="Use as answer")
    expect(form.get_by_label("What customers ask")).to_have_value(question)
    expect(form.get_by_label("The answer")).to_have_value(answer)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    maja.page.goto(f"{maja.desk}/knowledge/answers")
    expect(maja.page.get_by_role("heading", name=question)).to_be_visible()


def test_what_belongs_to_the_customer_is_blank_in_a_proposed_answer(
    visitor: NewVisitor, agent: NewAgent
) -> None:
    question = "Where is my order ZX-558812?"
    one = visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.answers("Your order ZX-558812 leaves tomorrow.")
    expect(one.said("Your order ZX-558812 leaves tomorrow.")).to_be_visible()
    maja.said("Your order ZX-558812 leaves tomorrow.").hover()
    maja.page.get_by_role("button", name="More about this message").last.click()
    maja.page.get_by_role("menuitem", name="Use as answer").click()
    form = maja.page.get_by_role("dialog", name="Use as answer")
    expect(form.get_by_label("The answer")).to_have_value("Your order ⟦order number⟧ leaves tomorrow.")
    expect(form.get_by_label("What customers ask")).to_have_value("Where is my order ⟦order number⟧?")
    expect(form).to_contain_text("What belonged to this customer stands in ⟦⟧")


def test_only_what_was_on_the_screen_is_reported_and_once(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = "Is the honey from this year?", "It was harvested in August of this year."
    maja = agent("maja", place="/unassigned")
    teach(maja, question, answer)
    visitor().asks(question)
    seen: list[str] = []
    maja.page.on(
        "request",
        lambda request: seen.extend(request.post_data_json["ids"]) if request.url.endswith("/seen") else None,
    )
    maja.page.wait_for_timeout(1_500)
    assert seen == []
    maja.opens(question)
    shown = offers(maja)
    expect(offer(maja, answer)).to_be_visible()
    maja.page.wait_for_timeout(1_500)
    first = shown.first.get_attribute("data-offer")
    assert seen.count(str(first)) == 1
    maja.place("My inbox").click()
    maja.page.go_back()
    expect(shown.first).to_be_visible()
    maja.page.wait_for_timeout(1_500)
    assert len(seen) == len(set(seen))


def test_holding_a_card_opens_its_menu(visitor: NewVisitor, agent: NewAgent) -> None:
    question, answer = "Is the blue enamel pot oven safe?", "Up to 220 degrees, without its wooden knob."
    maja = agent("maja", place="/unassigned", **PHONE)
    teach(maja, question, answer)
    visitor().asks(question)
    maja.row(question).tap()
    card = offer(maja, answer)
    expect(card).to_be_visible()
    expect_thumb_sized(maja.page)
    expect_no_sideways_scrolling(maja.page)
    _hold(maja.page, card.locator(".use"))
    menu = maja.page.get_by_role("menu")
    expect(menu.get_by_role("menuitem", name="Send")).to_be_visible()
    expect(held(maja, answer)).to_have_count(0)
    menu.get_by_role("menuitem", name="Edit").tap()
    expect(maja.composer).to_have_value(answer)
    maja.composer.fill("")
    maja.composer.blur()
    card.tap()
    expect(held(maja, answer)).to_be_visible()
    maja.page.get_by_role("button", name="Undo").tap()
    expect(card).to_be_visible()


def _hold(page: Page, what: Locator) -> None:
    box = what.bounding_box()
    assert box is not None
    at = {"x": box["x"] + 60, "y": box["y"] + 10}
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    page.wait_for_timeout(HOLD)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_no_fault(visitor: NewVisitor, agent: NewAgent, size: str) -> None:
    question, answer = "Are the glasses blown by hand?", "Every glass is blown by hand in Småland."
    maja = agent("maja", place="/unassigned", **options(size))
    teach(maja, question, answer)
    visitor().asks(question)
    maja.row(question).first.click()
    expect(offers(maja).first).to_be_visible()
    maja.page.wait_for_timeout(400)
    expect_no_fault(maja.page)
    offers(maja).first.locator(".use").focus()
    expect_no_fault(maja.page)
    maja.page.keyboard.press("1")
    expect(maja.log.locator(".bubble.held")).to_be_visible()
    maja.page.wait_for_timeout(400)
    expect_no_fault(maja.page)
    maja.page.keyboard.press("z")
