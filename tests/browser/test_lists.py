"""The lists of the desk: their order, their filter, and their length."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests import databases
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.network import until
from tests.browser.served import House
from tests.cast import Cast

from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Tx
from frontdesk.base.ids import new_id
from frontdesk.people import customers
from frontdesk.talk import conversations, messages

MANY = 3_000
AT_ONCE = 500
DRAWN = 60
"""Rows in the page at any time, whatever the length of the list."""


def furnish(cast: Cast) -> None:
    for first in range(0, MANY, AT_ONCE):
        cast.desk.write_now(ask_many, first, at=1_760_000_000_000 + first * MINUTE)


def ask_many(tx: Tx, first: int) -> None:
    for number in range(first, first + AT_ONCE):
        tx.now += MINUTE
        one = customers.appear(tx, name=f"Customer {number + 1}")
        conversation = conversations.start(tx, one, "widget", start=new_id())
        messages.receive(
            tx,
            one,
            new_id(),
            channel="widget",
            conversation_id=conversation.id,
            start=None,
            text=f"Question {number + 1}.",
            files=[],
        )


@pytest.fixture(scope="module")
def crowded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("crowded")
    (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
    with served.house(databases.Database(folder), furnish) as house:
        yield house


def order(desk: AtDesk, name: str) -> None:
    desk.page.get_by_role("button", name="Order: ").click()
    expect(desk.page.get_by_role("button", name=f"Order: {name} first")).to_be_visible()


def test_three_thousand_conversations_scroll_to_their_end(crowded: House, agent: NewAgent) -> None:
    maja = agent("maja", crowded, "/unassigned")
    rows = maja.list.locator("a.row")
    expect(rows.first).to_contain_text("Question 1.")
    expect(maja.place("Unassigned")).to_contain_text("3,000")
    maja.list.locator(".rows").hover()
    last, drawn = maja.row("Question 3000."), []

    def scrolled() -> bool:
        maja.page.mouse.wheel(0, 20_000)
        drawn.append(rows.count())
        return last.is_visible()

    until(scrolled, maja.page, seconds=60)
    assert max(drawn) <= DRAWN
    last.click()
    expect(maja.said("Question 3000.")).to_be_visible()


def test_unassigned_stands_oldest_first_until_its_order_is_turned_around(
    crowded: House, agent: NewAgent
) -> None:
    leila = agent("leila", crowded, "/unassigned")
    first = leila.list.locator("li").first
    expect(first).to_contain_text("Question 1.")
    order(leila, "newest")
    expect(first).to_contain_text("Question 3000.")
    leila.page.reload()
    expect(first).to_contain_text("Question 3000.")


def test_my_inbox_stands_newest_first(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    questions = [words("The first to ask"), words("The second to ask")]
    petra = agent("petra", place="/unassigned")
    for question in questions:
        visitor().asks(question)
        petra.opens(question)
        petra.answers(f"To {question}")
        expect(petra.row(question)).to_have_count(0)
    petra.place("My inbox").click()
    expect(petra.row(f"You: To {questions[0]}")).to_be_visible()
    places = [petra.list.locator("li", has_text=question) for question in questions]
    first, second = (int(place.get_attribute("aria-posinset") or 0) for place in places)
    assert second < first


def test_closed_conversations_stand_behind_the_filter(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question, answer = words("Is it done?"), words("It is done.")
    visitor().asks(question)
    petra = agent("petra", place="/unassigned")
    petra.opens(question)
    petra.answers(answer)
    petra.button("Close").click()
    petra.place("My inbox").click()
    expect(petra.list.locator("a.row, .void").first).to_be_visible()
    expect(petra.row(answer)).to_have_count(0)
    petra.page.get_by_role("tab", name="Closed").click()
    expect(petra.row(answer)).to_be_visible()
    petra.page.reload()
    expect(petra.row(answer)).to_be_visible()
    petra.row(answer).click()
    petra.button("Reopen").click()
    petra.page.get_by_role("tab", name="Open").click()
    expect(petra.row(answer)).to_be_visible()


def test_an_empty_inbox_says_what_can_be_done_next(crowded: House, agent: NewAgent) -> None:
    oskar = agent("oskar", crowded)
    expect(oskar.list.get_by_text("Nothing waits for you")).to_be_visible()
    expect(oskar.list.get_by_text("3,000 conversations are unassigned")).to_be_visible()
    oskar.button("Go to Unassigned").click()
    expect(oskar.row("Question 1.")).to_be_visible()
