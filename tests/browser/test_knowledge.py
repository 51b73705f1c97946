"""Knowledge and Evaluation: what the desk knows, where from, and how good it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor
from tests.browser.contexts import PHONE
from tests.browser.knowing import lower_the_bar, raise_the_bar
from tests.browser.served import House
from tests.browser.test_axe import expect_no_fault, options
from tests.browser.test_phone import expect_no_sideways_scrolling, expect_thumb_sized
from tests.cast import Cast
from tests.databases import Database

READ = 60_000
# The replay lets everybody else go first.
LONG = 300_000
ASKED = {
    "Do you grind the beans for me": "Yes, choose a grind when you order, from coarse to fine.",
    "Can I send the kettle back": "You can send it back within 30 days, unused and in its box.",
    "Where is my parcel": "The tracking page of the carrier shows where your parcel is.",
    "Which filter fits the dripper": "The small dripper takes filters of size 01, the large one size 02.",
    "Do you sell spare burrs": "Spare burrs for all our grinders are in the shop under Parts.",
    "Is the grinder loud": "The hand grinder is nearly silent; nobody wakes up of it.",
}
UNANSWERED = """
async (asked) => {
  const { questions } = await (await fetch("/api/knowledge/unanswered")).json();
  return questions.some((one) => one.text === asked);
}
"""


def knowledge(desk: AtDesk, place: str = "") -> Page:
    desk.page.goto(f"{desk.desk}/knowledge{place}")
    expect(desk.page.locator(".wide-in")).to_be_visible()
    return desk.page


def line(page: Page, name: str) -> Locator:
    return page.locator(".lines tr").filter(has=page.get_by_role("link", name=name, exact=True))


def host(address: str) -> str:
    return address.removeprefix("http://")


def reads_the_shop(desk: AtDesk, demo: House) -> Page:
    """Adds the shop's website unless it is there, and waits until it is read."""
    page = knowledge(desk)
    expect(line(page, "Past conversations")).to_be_visible()
    if line(page, host(demo.shop)).count() == 0:
        page.get_by_role("button", name="Add a source").click()
        page.get_by_label("Address").fill(demo.shop)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(line(page, host(demo.shop))).to_contain_text(re.compile(r"read \d\d:\d\d"), timeout=READ)
    return page


def test_a_website_is_read_and_what_was_read_is_shown(agent: NewAgent, demo: House) -> None:
    page = reads_the_shop(agent("maja"), demo)
    line(page, host(demo.shop)).get_by_role("link").click()
    expect(page.locator(".lines tbody tr")).not_to_have_count(0)
    page.get_by_role("radio", name="Skipped").click()
    expect(page.locator(".lines")).to_contain_text("robots.txt")
    page.get_by_role("radio", name="All").click()
    page.get_by_role("button", name="Delivery", exact=True).click()
    passages = page.get_by_role("dialog").locator(".passages li")
    expect(passages).not_to_have_count(0)
    expect(page.get_by_role("dialog").get_by_role("link", name="Open the page")).to_have_attribute(
        "href", re.compile("/delivery$")
    )


def test_a_question_is_tried(agent: NewAgent, demo: House) -> None:
    maja = agent("maja")
    page = reads_the_shop(maja, demo)
    lower_the_bar(maja)
    page.get_by_label("A question as a customer would ask it").fill(
        "How long does delivery within Sweden take?"
    )
    page.keyboard.press("Enter")
    found = page.locator(".try-it .offer")
    expect(found.first).to_contain_text(re.compile("working days"))
    expect(page.locator(".why")).to_contain_text("Words:")
    page.get_by_role("button", name="Show them").click()
    expect(page.locator(".found.lower .offer")).not_to_have_count(0)


def test_a_source_is_switched_off_and_on(agent: NewAgent, demo: House) -> None:
    page = reads_the_shop(agent("maja"), demo)
    past = line(page, "Past conversations")
    past.get_by_role("button", name="More about Past conversations").click()
    page.get_by_role("menuitem", name="Switch off").click()
    expect(past.locator(".then")).to_have_text("off")
    page.get_by_role("button", name="Undo").click()
    expect(past.locator(".then")).to_have_text("on")


def test_a_document_is_added_and_a_broken_one_says_why(agent: NewAgent, tmp_path: Path) -> None:
    good, bad = tmp_path / "kettles.md", tmp_path / "broken.pdf"
    good.write_text(
        "# Field kettle\n\nThe field kettle holds one litre and boils on any gas stove in four minutes.\n"
    )
    bad.write_bytes(b"%PDF-1.7\nnothing that could be read")
    page = knowledge(agent("maja"))
    page.get_by_role("button", name="Add a source").click()
    page.get_by_role("radio", name="Documents").click()
    page.locator("dialog input[type=file]").set_input_files([good, bad])
    expect(page.locator("dialog .tray li").first).to_contain_text("Added")
    page.keyboard.press("Escape")
    expect(line(page, "kettles.md")).to_contain_text(re.compile(r"read \d\d:\d\d"), timeout=READ)
    refused = page.locator(".lines tr", has_text="broken.pdf").or_(page.locator(".tray .refused"))
    expect(refused.first).to_be_visible()
    line(page, "kettles.md").get_by_role("button").click()
    page.get_by_role("menuitem", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(line(page, "kettles.md")).to_have_count(0)


def test_answers_are_written_changed_and_retired_by_any_agent(agent: NewAgent) -> None:
    oskar, maja = agent("oskar"), agent("maja")
    page, watched = knowledge(oskar), knowledge(maja, "/answers")
    expect(page.get_by_role("button", name="Add a source")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^More about"))).to_have_count(0)
    page.get_by_role("button", name="Write an answer").first.click()
    page.get_by_label("What customers ask").fill("Do you ship to Iceland?")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("missing")
    page.get_by_label("The answer").fill("Every Thursday, by sea.")
    page.get_by_role("button", name="Save").click()
    expect(watched.get_by_role("heading", name="Do you ship to Iceland?")).to_be_visible()
    mine = watched.locator(".answers li", has_text="Iceland")
    mine.get_by_role("button", name="Edit").click()
    watched.get_by_label("The answer").fill("Every Friday, by sea.")
    watched.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("Every Friday")
    mine.get_by_role("button", name="Retire").click()
    expect(mine).to_have_count(0)
    watched.get_by_role("button", name="Undo").click()
    expect(mine).to_contain_text("Every Friday")


def test_a_question_without_an_answer_can_be_given_one(visitor: NewVisitor, agent: NewAgent) -> None:
    question = "Zorbling umbrella quixotic tangerine parallax?"
    maja = agent("maja", place="/unassigned")
    raise_the_bar(maja)
    visitor().asks(question)
    maja.opens(question)
    maja.page.wait_for_function(UNANSWERED, arg=question)
    page = knowledge(maja)
    asked = page.locator(".asked tr", has_text="Zorbling")
    expect(page.locator(".asked tr")).not_to_have_count(0)
    if asked.count() == 0:
        page.get_by_role("button", name="Show more").click()
    asked.get_by_role("button", name="Write an answer").click()
    expect(page.get_by_label("What customers ask")).to_have_value(question)
    page.get_by_label("The answer").fill("Only on Tuesdays.")
    page.get_by_role("button", name="Save").click()
    expect(asked).to_have_count(0)


def answered(cast: Cast) -> None:
    for way in ("{}?", "Hello, {}?", "{}, and how much is it?", "One thing: {}?"):
        for asked, said in ASKED.items():
            one = cast.stranger().asks(way.format(asked))
            cast.maja.answers(one, said)
            cast.maja.closes(one)


@pytest.fixture
def small(sqlite: Database) -> Iterator[House]:
    """A desk with a history that is replayed in seconds."""
    with served.house(sqlite, answered) as one:
        yield one


def test_the_history_is_replayed_and_the_bar_moved(agent: NewAgent, small: House) -> None:
    maja = agent("maja", small)
    page = maja.page
    page.goto(f"{maja.desk}/evaluation")
    run = page.get_by_role("button", name=re.compile("^Run (it|again)$"))
    expect(run).to_be_enabled(timeout=LONG)
    run.click()
    expect(page.locator(".figures b")).to_have_count(3, timeout=LONG)
    bar = page.get_by_role("slider", name="Bar for showing suggestions")
    before = int(bar.get_attribute("aria-valuenow") or "0")
    bar.focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    after = max(0, before - 10) + 1
    expect(bar).to_have_attribute("aria-valuenow", str(after))
    page.get_by_role("button", name="Undo").click()
    expect(bar).to_have_attribute("aria-valuenow", str(before))
    expect(page.get_by_role("button", name=re.compile("^Keep"))).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_no_fault(agent: NewAgent, demo: House, size: str) -> None:
    maja = agent("maja", **options(size))
    page = reads_the_shop(maja, demo)
    lower_the_bar(maja)
    page.get_by_label("A question as a customer would ask it").fill("How long does delivery take?")
    page.keyboard.press("Enter")
    expect(page.locator(".try-it .offer").first).to_be_visible()
    expect_no_fault(page)
    page.get_by_role("button", name="Add a source").click()
    page.wait_for_timeout(400)
    expect_no_fault(page)
    page.keyboard.press("Escape")
    line(page, host(demo.shop)).get_by_role("link").click()
    expect(page.locator(".lines tbody tr")).not_to_have_count(0)
    expect_no_fault(page)
    page.goto(f"{maja.desk}/evaluation")
    expect(page.locator(".evaluated, .void")).to_be_visible()
    expect_no_fault(page)


def test_pages_fit_a_thumb(agent: NewAgent, demo: House) -> None:
    maja = agent("maja", **PHONE)
    page = reads_the_shop(maja, demo)
    expect_no_sideways_scrolling(page)
    expect_thumb_sized(page)
    page.goto(f"{maja.desk}/evaluation")
    expect(page.locator(".evaluated, .void")).to_be_visible()
    expect_no_sideways_scrolling(page)
    expect_thumb_sized(page)
