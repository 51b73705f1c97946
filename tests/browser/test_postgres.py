"""The same desk on PostgreSQL."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser import served
from tests.browser.conftest import NewAgent, NewVisitor
from tests.browser.served import House
from tests.browser.story import SOON, Story
from tests.databases import Database

BACK = 30_000


@pytest.fixture
def house(postgres: Database) -> Iterator[House]:
    with served.house(postgres) as one:
        yield one


def test_a_question_is_answered_live_on_postgresql_too(
    house: House, visitor: NewVisitor, agent: NewAgent
) -> None:
    maja, oskar = (agent(name, house, "/unassigned") for name in ("maja", "oskar"))
    story = Story(visitor(house).opens_chat(), maja, oskar)
    expect(story.one.greeting).to_contain_text("are here now.")
    story.begins("Does it fit into a rucksack?")
    story.maja_looks("Does it fit into a rucksack?")
    story.maja_begins_to_reply_and_leaves_it()
    story.oskar_answers("It does, with room for a cup.")
    story.the_visitor_reads_it("It does, with room for a cup.")
    oskar.button("Close").click()
    expect(story.one.chat.get_by_text("Oskar closed this conversation")).to_be_visible(timeout=SOON)
    house.running.kill()
    story.one.writes("And a second cup?")
    house.running.start()
    expect(oskar.said("And a second cup?")).to_be_visible(timeout=BACK)
    expect(oskar.button("Close")).to_be_visible()
    story.one.page.reload()
    expect(story.one.bubbles).to_have_count(3)
