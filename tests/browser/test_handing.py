"""Whose conversation it is: replying inside a colleague's, handing over, teams and their queues."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.served import House
from tests.databases import Database


@pytest.fixture
def house(sqlite: Database) -> Iterator[House]:
    """A desk of its own, because teams would stand in everybody's way."""
    with served.house(sqlite) as one:
        yield one


def hands_over(desk: AtDesk, name: str) -> None:
    desk.button("Hand over").click()
    desk.page.get_by_role("combobox", name="Find a colleague or team").fill(name)
    desk.page.get_by_role("listbox", name="Hand over to").get_by_role("option").filter(has_text=name).click()


def line(desk: AtDesk, text: str) -> Locator:
    return desk.log.locator(".happened").filter(has_text=text)


def makes_team(desk: AtDesk, name: str, colour: str, *members: str) -> None:
    form = desk.page.locator(".sheet-part", has=desk.page.get_by_role("heading", name="Add a team"))
    form.get_by_role("textbox", name="Name").fill(name)
    form.get_by_role("radio", name=colour).click()
    for member in members:
        form.get_by_role("checkbox", name=member).check()
    form.get_by_role("button", name="Add a team").click()
    expect(desk.page.get_by_role("button", name=f"More about {name}")).to_be_visible()


def test_a_reply_in_a_colleagues_conversation_starts_a_new_one(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, first, second = words("Who is there?"), words("Ulf is."), words("Petra is too.")
    one = visitor().asks(question)
    ulf, petra = agent("ulf", place="/unassigned"), agent("petra", place="/unassigned")
    before = ulf.unseen()
    there = ulf.opens(question)
    petra.opens(question)
    ulf.answers(first)
    strip = petra.page.locator(".strip-over")
    expect(strip).to_contain_text("Ulf’s conversation. Your reply starts a new one")
    expect(petra.button("Start and send")).to_be_visible()
    petra.composer.fill(second)
    petra.button("Start and send").click()
    expect(petra.said(second)).to_be_visible()
    expect(petra.page).not_to_have_url(re.compile(there))
    expect(
        line(petra, "Went on from an earlier conversation").get_by_role("link", name="Open it")
    ).to_be_visible()
    expect(line(ulf, "Petra went on in a new conversation")).to_be_visible()
    ulf.page.bring_to_front()
    ulf.rings(before)
    line(ulf, "Petra went on").get_by_role("link", name="Open it").click()
    expect(ulf.said(second)).to_be_visible()
    one.goes_home()
    one.chat.get_by_role("button").filter(has_text=second).click()
    expect(one.chat.get_by_role("heading", name="Petra")).to_be_visible()
    expect(one.said(second)).to_be_visible()


def test_the_owner_hands_over_and_the_colleague_is_told(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, answer = words("May I talk to somebody else?"), words("I ask.")
    one = visitor().asks(question)
    oskar, tove = agent("oskar", place="/unassigned"), agent("tove", place="/inbox")
    before = tove.unseen()
    oskar.opens(question)
    oskar.answers(answer)
    expect(one.said(answer)).to_be_visible()
    hands_over(oskar, "Tove")
    expect(oskar.toast).to_contain_text("Handed over to Tove")
    expect(line(oskar, "You handed this conversation over to Tove")).to_be_visible()
    expect(oskar.page.locator(".talk .head")).to_contain_text("Tove’s conversation")
    expect(oskar.button("Hand over")).to_have_count(0)
    expect(tove.row(answer)).to_be_visible()
    tove.rings(before + 1)
    tove.row(answer).click()
    expect(line(tove, "Oskar handed this conversation over to you")).to_be_visible()
    hands_over(tove, "Unassigned")
    expect(line(tove, "You put this conversation back to Unassigned")).to_be_visible()
    expect(one.screen).not_to_contain_text("handed")
    expect(one.screen).not_to_contain_text("Unassigned")


def test_an_admin_takes_over_from_someone_who_is_away(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, answer = words("Still there?"), words("Be right back.")
    visitor().asks(question)
    oskar = agent("oskar", place="/unassigned")
    there = oskar.opens(question)
    oskar.answers(answer)
    expect(oskar.foot).to_contain_text(re.compile("Sent|Seen"))
    oskar.page.close()
    maja = agent("maja", place=f"/c/{there}")
    maja.button("Hand over").click()
    maja.page.get_by_role("option", name="Take over from Oskar").click()
    expect(line(maja, "You took this conversation over from Oskar")).to_be_visible()
    expect(maja.button("Send")).to_be_visible()


def test_hand_over_by_keyboard(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("By key?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.button("Hand over").focus()
    maja.page.keyboard.press("Enter")
    field = maja.page.get_by_role("combobox", name="Find a colleague or team")
    expect(field).to_be_focused()
    maja.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(maja.button("Hand over")).to_be_focused()
    maja.page.keyboard.press("Enter")
    maja.page.keyboard.type("nobody of this name")
    expect(maja.page.get_by_text("Nobody of this name")).to_be_visible()
    field.fill("sign")
    maja.page.keyboard.press("Enter")
    expect(line(maja, "You handed this conversation over to Signe")).to_be_visible()


def test_teams_have_queues_and_pages_lead_there(
    house: House, visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    maja = agent("maja", house, place="/settings/teams")
    makes_team(maja, "Sales", "Blue", "Maja")
    makes_team(maja, "Billing", "Rose", "Oskar")
    maja.button("Add an address").click()
    maja.page.get_by_label("Page address begins with").fill(f"{house.shop}/faq")
    maja.page.get_by_label("Team", exact=True).select_option("Billing")
    maja.page.locator(".sheet-part").last.get_by_role("button", name="Save").click()
    expect(maja.toast).to_contain_text("Saved")
    oskar = agent("oskar", house, place="/unassigned")
    names = oskar.page.locator(".rail .minor .says")
    expect(names).to_have_text(["Billing", "Sales"])
    expect(maja.page.locator(".rail .minor .says")).to_have_text(["Sales", "Billing"])
    asked, other = words("On the page of questions"), words("Somewhere else")
    visitor(house, "/faq").asks(asked)
    visitor(house, "/").asks(other)
    billing = oskar.place("Billing")
    expect(billing.locator(".count")).to_have_text("1")
    billing.click()
    expect(oskar.list.get_by_role("heading", level=1)).to_have_text("Billing")
    expect(oskar.row(asked)).to_be_visible()
    expect(oskar.row(other)).to_have_count(0)
    oskar.row(asked).click()
    hands_over(oskar, "Sales")
    expect(oskar.place("Sales").locator(".count")).to_have_text("1")
    expect(billing.locator(".count")).to_have_count(0)
    maja.page.get_by_role("button", name="More about Billing").click()
    maja.page.get_by_role("menuitem", name="Retire").click()
    expect(names).to_have_text(["Sales"])


def test_a_team_is_changed(house: House, agent: NewAgent) -> None:
    maja = agent("maja", house, place="/settings/teams")
    makes_team(maja, "Sales", "Blue", "Maja")
    maja.page.get_by_role("button", name="More about Sales").click()
    maja.page.get_by_role("menuitem", name="Edit").click()
    form = maja.page.locator(".lines-list .team-form")
    form.get_by_role("textbox", name="Name").fill("")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Name is missing")
    form.get_by_role("textbox", name="Name").fill("Sales and rentals")
    form.get_by_role("checkbox", name="Oskar").check()
    form.get_by_role("button", name="Save").click()
    expect(maja.page.locator(".lines-list")).to_contain_text("Sales and rentals")
    expect(maja.page.locator(".lines-list")).to_contain_text("Oskar")
    oskar = agent("oskar", house, place="/inbox")
    expect(oskar.place("Sales and rentals")).to_be_visible()
    oskar.goes("/settings/you")
    expect(oskar.page.get_by_role("link", name="Teams")).to_have_count(0)
