"""Notes, the bell and handing over in a hand: 390 by 844, touch."""

import re

from playwright.sync_api import Locator, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.contexts import PHONE
from tests.browser.test_phone import expect_no_sideways_scrolling, expect_thumb_sized

HOLD = """
(element) => new Promise((done) => {
  const at = element.getBoundingClientRect();
  const where = { clientX: at.x + 20, clientY: at.y + 10 };
  const how = { bubbles: true, cancelable: true, pointerType: "touch", ...where };
  element.dispatchEvent(new PointerEvent("pointerdown", how));
  setTimeout(() => { element.dispatchEvent(new PointerEvent("pointerup", how)); done(); }, 600);
})
"""


def hold(one: Locator) -> None:
    one.scroll_into_view_if_needed()
    one.evaluate(HOLD)


def at(desk: AtDesk, question: str) -> AtDesk:
    desk.row(question).tap()
    expect(desk.composer).to_be_visible()
    return desk


def test_a_note_with_a_mention_by_thumb(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("By thumb?")
    visitor().asks(question)
    maja = at(agent("maja", place="/unassigned", **PHONE), question)
    maja.page.get_by_role("tab", name="Internal note").tap()
    expect(maja.page.locator(".write.noting")).to_contain_text("Only your team sees this")
    maja.button("Mention a colleague").tap()
    expect(maja.candidates.first).to_be_visible()
    expect_no_sideways_scrolling(maja.page)
    maja.note_field.press_sequentially("osk")
    maja.candidates.filter(has_text="Oskar").tap()
    expect(maja.note_field).to_have_value("@Oskar ")
    said = words("have a look")
    maja.note_field.press_sequentially(said)
    expect_thumb_sized(maja.page)
    maja.button("Add note").tap()
    expect(maja.note(said).locator(".mention")).to_have_text("@Oskar")
    expect_thumb_sized(maja.page)
    expect_no_sideways_scrolling(maja.page)


def test_holding_a_note_opens_its_menu(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, first, second = words("Held?"), words("As it was"), words("As it is")
    visitor().asks(question)
    maja = at(agent("maja", place="/unassigned", **PHONE), question)
    maja.page.get_by_role("tab", name="Internal note").tap()
    maja.note_field.fill(first)
    maja.button("Add note").tap()
    expect(maja.note(first).get_by_role("button", name="Answer in this thread")).to_be_visible()
    hold(maja.note(first).locator("p"))
    sheet = maja.page.get_by_role("dialog")
    expect(sheet.get_by_role("menuitem")).to_have_text(["Edit", "Copy text", "Delete"])
    expect_thumb_sized(maja.page)
    sheet.get_by_role("menuitem", name="Edit").tap()
    maja.page.get_by_role("textbox", name="New wording").fill(second)
    maja.page.get_by_role("textbox", name="New wording").locator("xpath=ancestor::form").get_by_role(
        "button", name="Save"
    ).tap()
    expect(maja.note(second)).to_contain_text("edited")


def test_answering_under_a_note(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, said, answer = words("Under it?"), words("Above"), words("Below")
    visitor().asks(question)
    leila = agent("leila", place="/unassigned")
    leila.opens(question)
    leila.adds_note(said)
    maja = at(agent("maja", place="/unassigned", **PHONE), question)
    maja.note(said).get_by_role("button", name="Answer in this thread").tap()
    maja.note(said).get_by_role("textbox").fill(answer)
    expect_thumb_sized(maja.page)
    maja.note(said).get_by_role("button", name="Answer", exact=True).tap()
    expect(leila.note(said)).to_contain_text(answer)


def test_the_bell_is_a_sheet(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, said = words("Told?"), words("come and see")
    visitor().asks(question)
    leila, nils = agent("leila", place="/unassigned"), agent("nils", place="/inbox", **PHONE)
    badge = nils.page.locator("nav.tabs a", has_text="Mentions").locator(".badge")
    before = int(badge.inner_text()) if badge.count() else 0
    leila.opens(question)
    leila.calls("nil", "Nils Ek", said)
    expect(badge).to_have_text(str(before + 1))
    nils.bell.tap()
    sheet = nils.page.get_by_role("dialog", name="Notices")
    expect(sheet).to_contain_text(said)
    expect_thumb_sized(nils.page)
    sheet.get_by_role("link").filter(has_text=said).tap()
    expect(sheet).to_have_count(0)
    expect(nils.note(said)).to_be_in_viewport()


def test_handing_over_and_the_notes_from_the_head(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, said = words("From the head?"), words("To be found again")
    visitor().asks(question)
    maja = at(agent("maja", place="/unassigned", **PHONE), question)
    maja.page.get_by_role("tab", name="Internal note").tap()
    maja.note_field.fill(said)
    maja.button("Add note").tap()
    more = maja.button("More about this conversation")
    more.tap()
    expect_thumb_sized(maja.page)
    maja.page.get_by_role("menuitem", name="About the customer").tap()
    panel = maja.page.get_by_role("complementary", name="About")
    expect(panel.locator(".pasts .hint")).to_be_visible()
    expect_thumb_sized(maja.page)
    expect_no_sideways_scrolling(maja.page)
    panel.get_by_role("link").filter(has_text=said).tap()
    expect(panel).to_have_count(0)
    expect(maja.note(said)).to_have_class(re.compile("sought"))
    more.tap()
    maja.page.get_by_role("menuitem", name="Hand over").tap()
    expect_thumb_sized(maja.page)
    maja.page.get_by_role("option").filter(has_text="Vera Sand").tap()
    expect(maja.log).to_contain_text("You handed this conversation over to Vera")
