"""Labels, stars, snoozing, lists by team, and ready replies, with two agents and a visitor."""

import re

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.contexts import PHONE
from tests.browser.test_axe import expect_no_fault, options
from tests.browser.test_phone import expect_no_sideways_scrolling, expect_thumb_sized
from tests.browser.test_phone_notes import hold

SOON = 3_000


def window(desk: AtDesk) -> Locator:
    return desk.page.locator(".menu.floating, dialog.sheet")


def define(desk: AtDesk, name: str, colour: str = "Blue", own: bool = False) -> None:
    """In the open list of labels: one that was not there."""
    window(desk).get_by_label("Find or add a label").fill(name)
    window(desk).get_by_role("button", name=re.compile("^New label")).click()
    expect(window(desk).get_by_label("Name")).to_have_value(name)
    window(desk).get_by_role("radio", name=colour).click()
    if own:
        window(desk).get_by_role("radio", name="Only you").click()
    window(desk).get_by_role("button", name="Add label").click()
    expect(window(desk).get_by_role("menuitemcheckbox", name=name)).to_have_attribute("aria-checked", "true")


def taken(desk: AtDesk, question: str) -> str:
    """The visitor's conversation, now this agent's, in the inbox."""
    conversation = desk.opens(question)
    desk.answers("Let me look.")
    expect(desk.log.get_by_text("You took this conversation")).to_be_visible()
    desk.turns_to("My inbox")
    expect(desk.row_of(conversation)).to_be_visible()
    return conversation


def test_labels_on_a_conversation_for_the_team_and_for_oneself(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, ours, mine = words("Labels?"), words("Spare"), words("Later")
    visitor().asks(question)
    maja, oskar = agent("maja", place="/unassigned"), agent("oskar", place="/unassigned")
    conversation = maja.opens(question)
    maja.button("Labels").click()
    define(maja, ours)
    define(maja, mine, "Rose", own=True)
    maja.page.keyboard.press("Escape")
    expect(maja.button("Labels")).to_be_focused()
    row = maja.row_of(conversation)
    expect(row.locator(".dots > .sr")).to_have_text(f"Labels: {ours}, {mine} (only you)")
    row.locator(".dots").hover()
    expect(row.locator(".names")).to_be_visible()
    expect(row.locator(".names")).to_contain_text("only you")
    maja.page.mouse.move(0, 0)
    expect(row.locator(".names")).to_be_hidden()
    maja.page.keyboard.press("Tab")
    row.focus()
    expect(row.locator(".names")).to_contain_text(ours)
    expect(row.locator(".names")).to_be_visible()
    hers = oskar.row_of(conversation)
    expect(hers.locator(".dots > .sr")).to_have_text(f"Label: {ours}", timeout=SOON)
    assert mine not in oskar.page.content()
    oskar.row_of(conversation).click()
    oskar.button("Labels").click()
    expect(window(oskar).get_by_role("menuitemcheckbox", name=ours)).to_be_visible()
    assert mine not in oskar.page.content()


def test_the_rail_counts_labels_and_leads_to_what_wears_them(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, name = words("Counted?"), words("Aa")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.page.locator("body").press("l")
    define(maja, name)
    maja.page.keyboard.press("Escape")
    place = maja.page.locator(".rail .place", has_text=name)
    expect(place.locator(".count")).to_have_text("1", timeout=SOON)
    place.click()
    expect(maja.list.get_by_role("heading", name=name)).to_be_visible()
    expect(maja.row(question)).to_be_visible()
    assert "label=" in maja.page.url
    maja.page.reload()
    expect(maja.row(question)).to_be_visible()


def test_a_message_wears_its_labels_above_it(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, name = words("On a message?"), words("Said")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    line = maja.log.locator(".line", has_text=question)
    line.hover()
    line.get_by_role("button", name="More about this message").last.click()
    maja.page.get_by_role("menuitem", name="Labels").click()
    define(maja, name, "Olive")
    maja.page.keyboard.press("Escape")
    dots = maja.log.get_by_role("button", name=f"Label: {name}")
    expect(dots).to_be_visible()
    dots.click()
    window(maja).get_by_role("menuitemcheckbox", name=name).click()
    expect(dots).to_have_count(0)


def test_labels_go_by_keyboard_alone(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, name = words("Keys?"), words("Keyed")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    keys = maja.page.keyboard
    maja.page.locator("body").press("l")
    expect(window(maja).get_by_label("Find or add a label")).to_be_focused()
    keys.type(name)
    expect(window(maja).get_by_role("button", name=re.compile("^New label"))).to_contain_text(name)
    keys.press("Enter")
    expect(window(maja).get_by_label("Name")).to_be_focused()
    keys.press("Enter")
    item = window(maja).get_by_role("menuitemcheckbox", name=name)
    expect(item).to_have_attribute("aria-checked", "true")
    keys.type(name)
    keys.press("ArrowDown")
    expect(item).to_be_focused()
    keys.press("Enter")
    expect(item).to_have_attribute("aria-checked", "false")
    keys.press("Escape")
    expect(window(maja)).to_have_count(0)


def test_a_row_has_a_menu_of_its_own(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("A menu?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    row = maja.row(question)
    row.click(button="right")
    menu = maja.page.get_by_role("menu")
    expect(menu.get_by_role("menuitem")).to_have_text(["Labels", "Star", "Hand over", "Close"])
    menu.get_by_role("menuitem", name="Star").click()
    expect(row.locator(".starred")).to_be_visible()
    row.hover()
    maja.list.locator("li", has=maja.page.locator("a.row", has_text=question)).get_by_role("button").click()
    menu.get_by_role("menuitem", name="Remove the star").click()
    expect(row.locator(".starred")).to_have_count(0)


def test_a_star_is_found_again_and_nobody_elses(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("A star?")
    visitor().asks(question)
    maja, oskar = agent("maja", place="/unassigned"), agent("oskar", place="/starred")
    conversation = maja.opens(question)
    maja.page.locator("body").press("s")
    expect(maja.button("Star")).to_have_attribute("aria-pressed", "true")
    maja.turns_to("Starred")
    expect(maja.row_of(conversation)).to_be_visible()
    maja.row_of(conversation).click()
    maja.button("Star").click()
    expect(maja.row_of(conversation)).to_have_count(0)
    expect(oskar.row_of(conversation)).to_have_count(0)


def test_snoozed_it_leaves_the_inbox_and_comes_back_when_the_customer_writes(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, again = words("Snooze?"), words("Still there?")
    one = visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    conversation = taken(maja, question)
    maja.row_of(conversation).click()
    maja.page.locator("body").press("h")
    window(maja).get_by_role("menuitem", name="Tomorrow").click()
    expect(maja.toast).to_contain_text("Snoozed until Tomorrow 09:00")
    expect(maja.row_of(conversation)).to_have_count(0)
    maja.page.get_by_role("tab", name="Snoozed").click()
    expect(maja.row_of(conversation)).to_contain_text("09:00")
    one.writes(again)
    expect(maja.row_of(conversation)).to_have_count(0, timeout=SOON)
    maja.turns_to("My inbox")
    expect(maja.row(again)).to_be_visible()


def test_snoozed_until_a_moment_of_ones_own(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("A moment?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    conversation = taken(maja, question)
    maja.row_of(conversation).click()
    maja.button("Snooze").first.click()
    field = window(maja).get_by_label("A date and time")
    field.fill("2020-01-01T10:00")
    window(maja).get_by_role("button", name="Snooze").click()
    expect(window(maja).get_by_role("alert")).to_contain_text("Choose a time")
    now = maja.page.evaluate("new Date(Date.now() + 3 * 86400000).toLocaleDateString('sv')")
    field.fill(f"{now}T10:30")
    window(maja).get_by_role("button", name="Snooze").click()
    expect(maja.page.locator(".talk .about")).to_contain_text("Snoozed until")
    maja.button("Snooze").first.click()
    window(maja).get_by_role("menuitem", name="Back to the inbox now").click()
    expect(maja.row_of(conversation)).to_be_visible()


def test_a_ready_reply_by_colon_and_name(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question = words("Ready?")
    name = "r" + re.sub(r"\W", "", words("eply"))
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.composer.fill("Hi there, this is Maja")
    maja.button("Ready replies").click()
    maja.page.get_by_role("button", name="Save as ready reply").click()
    dialog = maja.page.get_by_role("dialog", name="Save as ready reply")
    expect(dialog.get_by_label("Text")).to_have_value("Hi there, this is {agent}")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Text").fill("Hi {customer}, it is in stock. {agent}")
    dialog.get_by_role("button", name="Add ready reply").click()
    expect(dialog).to_have_count(0)
    field = maja.page.locator(".write textarea")
    field.fill("")
    field.press_sequentially(f":{name[:6]}")
    option = maja.page.get_by_role("option", name=name)
    expect(option).to_contain_text("Hi, it is in stock. Maja")
    expect(field).to_have_attribute("role", "combobox")
    for _ in range(20):
        if option.get_attribute("aria-selected") == "true":
            break
        field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Hi, it is in stock. Maja")
    field.fill("")
    maja.goes("/settings/ready")
    maja.page.get_by_role("button", name=f"More about {name}").click()
    maja.page.get_by_role("menuitem", name="Remove").click()
    expect(maja.page.get_by_role("button", name=f"More about {name}")).to_have_count(0)


def test_labels_in_settings(agent: NewAgent, words: Words) -> None:
    first, second, renamed = words("One"), words("Two"), words("Three")
    maja = agent("maja", place="/settings/labels")
    form = maja.page.locator("section", has_text="Add a label").locator("form")
    for name in (first, second):
        form.get_by_label("Name").fill(name)
        form.get_by_role("button", name="Add label").click()
        expect(maja.page.get_by_role("button", name=f"More about {name}", exact=True)).to_be_visible()

    def act(name: str, what: str) -> None:
        maja.page.get_by_role("button", name=f"More about {name}", exact=True).click()
        maja.page.get_by_role("menuitem", name=what).click()

    act(first, "Edit")
    editing = maja.page.locator(".lines-list form")
    editing.get_by_label("Name").fill(renamed)
    editing.get_by_role("radio", name="Teal").click()
    editing.get_by_role("button", name="Save").click()
    expect(maja.page.locator(".label-lines li", has_text=renamed).locator(".dot.teal")).to_be_visible()
    act(renamed, "Merge into another")
    dialog = maja.page.get_by_role("dialog")
    dialog.get_by_role("radio", name=second).check()
    dialog.get_by_role("button", name="Merge").click()
    expect(maja.page.locator(".label-lines li", has_text=renamed)).to_have_count(0)
    act(second, "Retire")
    expect(maja.page.locator(".label-lines li", has_text=second)).to_have_count(0)


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "\u05ea\u05d5\u05d5\u05d9\u05ea </b> x", "W" * 40]
)
def test_hostile_names_do_no_harm(visitor: NewVisitor, agent: NewAgent, words: Words, name: str) -> None:
    question = words("Harm?")
    label = f"{name[:34]} {words('')[-4:]}".strip()
    visitor().asks(question)
    maja = agent("maja", place="/unassigned")
    conversation = maja.opens(question)
    maja.button("Labels").click()
    define(maja, label)
    maja.page.keyboard.press("Escape")
    expect(maja.row_of(conversation).locator(".dots > .sr")).to_contain_text(label)
    assert maja.page.locator("img[src=x]").count() == 0
    assert maja.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_holding_a_row_and_a_message(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    question, name = words("Held?"), words("Thumb")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned", **PHONE)
    hold(maja.row(question))
    sheet = maja.page.locator("dialog.sheet")
    expect(sheet.get_by_role("group", name="Labels of this conversation")).to_be_visible()
    expect_thumb_sized(maja.page)
    sheet.get_by_role("menuitem", name="All labels").tap()
    expect_thumb_sized(maja.page)
    define(maja, name)
    expect_no_sideways_scrolling(maja.page)
    maja.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(maja.row(question).locator(".dots > .sr")).to_have_text(f"Label: {name}")
    hold(maja.row(question))
    worn = sheet.get_by_role("group", name="Labels of this conversation").get_by_role("button", name=name)
    expect(worn).to_have_attribute("aria-pressed", "true")
    sheet.get_by_role("menuitem", name="Star").tap()
    expect(sheet).to_have_count(0)
    expect(maja.row(question).locator(".starred")).to_be_visible()
    maja.row(question).tap()
    hold(maja.log.locator(".line", has_text=question))
    chip = sheet.get_by_role("group", name="Labels of this message").get_by_role("button").first
    chip.tap()
    expect(chip).to_have_attribute("aria-pressed", "true")
    maja.page.keyboard.press("Escape")
    expect(maja.log.get_by_role("button", name=re.compile("^Label: "))).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_no_fault(visitor: NewVisitor, agent: NewAgent, words: Words, size: str) -> None:
    question = words("Axe?")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned", **options(size))
    row = maja.row(question)
    if size == "phone":
        hold(row)
        maja.page.get_by_role("menuitem", name="All labels").tap()
    else:
        row.click()
        maja.button("Labels").click()
    define(maja, words("Axed"), "Gold")
    maja.page.wait_for_timeout(400)
    expect_no_fault(maja.page)
    window(maja).get_by_role("button", name="New label").click()
    expect_no_fault(maja.page)
    maja.page.keyboard.press("Escape")
    expect_no_fault(maja.page)
    maja.goes("/settings/labels")
    expect_no_fault(maja.page)
    maja.goes("/settings/ready")
    expect_no_fault(maja.page)
