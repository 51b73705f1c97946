"""The desk goes down in the middle of it and comes back on the same data."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser import served
from tests.browser.conftest import NewAgent, NewVisitor
from tests.browser.served import House
from tests.databases import Database

BACK = 30_000
"""The browsers' own waits between two tries."""


@pytest.fixture
def house(sqlite: Database) -> Iterator[House]:
    with served.house(sqlite) as one:
        yield one


def test_what_both_wrote_while_the_desk_was_down_arrives_once_and_in_order(
    house: House, visitor: NewVisitor, agent: NewAgent
) -> None:
    one = visitor(house).asks("Hello?")
    maja = agent("maja", house, "/unassigned")
    maja.opens("Hello?")
    maja.answers("Hello.")
    expect(one.said("Hello.")).to_be_visible()

    house.running.kill()
    for text in ("One", "Two"):
        one.writes(text)
    maja.answers("Three")
    expect(one.screen.get_by_text("No connection. What you write is sent when it is back")).to_be_visible()
    expect(maja.banner).to_contain_text("No connection. 1 message waits here to be sent.")
    maja.answers("Four")
    expect(maja.banner).to_contain_text("2 messages wait here to be sent.")
    expect(maja.foot).to_have_text("Waiting")

    house.running.start()
    expect(maja.banner).to_be_hidden(timeout=BACK)
    expect(one.screen.get_by_text("No connection.")).to_be_hidden(timeout=BACK)
    for side in (one, maja):
        expect(side.bubbles).to_have_count(6, timeout=BACK)
        texts = side.bubbles.all_inner_texts()
        assert texts[:2] == ["Hello?", "Hello."]
        assert sorted(texts[2:]) == ["Four", "One", "Three", "Two"]
        assert texts.index("One") < texts.index("Two")
        assert texts.index("Three") < texts.index("Four")


def test_a_first_question_survives_that_the_desk_is_down(
    house: House, visitor: NewVisitor, agent: NewAgent
) -> None:
    one = visitor(house).begins()
    expect(one.chat.get_by_role("heading")).to_be_visible()
    house.running.kill()
    one.writes("Do you deliver to Malmö?")
    one.writes("By Friday, if you can.")
    house.running.start()
    expect(one.foot).to_contain_text("Sent", timeout=BACK)
    maja = agent("maja", house, "/unassigned")
    expect(maja.list.locator("a.row")).to_have_count(1)
    maja.opens("By Friday")
    expect(maja.bubbles).to_have_text(["Do you deliver to Malmö?", "By Friday, if you can."])


def test_the_desk_catches_up_with_what_it_missed(house: House, visitor: NewVisitor, agent: NewAgent) -> None:
    one = visitor(house).asks("Hello?")
    maja, oskar = agent("maja", house, "/unassigned"), agent("oskar", house, "/unassigned")
    maja.context.clock.install()
    maja.opens("Hello?")
    maja.context.set_offline(True)
    maja.context.clock.fast_forward(15_000)  # so long until a silent line counts as dead
    expect(maja.banner).to_contain_text("No connection.")
    oskar.opens("Hello?")
    oskar.answers("Oskar was quicker.")
    one.writes("Thank you")
    expect(oskar.said("Thank you")).to_be_visible()
    oskar.button("Close").click()
    expect(one.screen.get_by_text("Oskar closed this conversation")).to_be_visible()
    maja.context.set_offline(False)
    expect(maja.said("Thank you")).to_be_visible(timeout=BACK)
    expect(maja.log.get_by_text("Oskar closed this conversation")).to_be_visible()
    expect(maja.banner).to_be_hidden()
    assert maja.count("Unassigned") == 0
