"""What was written is sent once, in order, or visibly not sent."""

import re

from playwright.sync_api import expect
from tests.browser.conftest import BOTH
from tests.browser.network import lose_the_first_answer, lost, until
from tests.browser.sides import Sides

ON_ITS_WAY = re.compile("Sending|Waiting")
ARRIVED = re.compile("Sent|Seen")


@BOTH
def test_what_was_written_offline_arrives_once_and_in_order(sides: Sides) -> None:
    context = sides.writer.context
    context.set_offline(True)
    for text in ("First", "Second", "Third"):
        sides.writes(text)
    expect(sides.writer.foot).to_have_text(ON_ITS_WAY)
    context.set_offline(False)
    expect(sides.writer.foot).to_have_text(ARRIVED)
    sides.show_exactly("First", "Second", "Third")


@BOTH
def test_an_answer_of_the_desk_that_got_lost_doubles_nothing(sides: Sides) -> None:
    statuses = lose_the_first_answer(sides.writer.context, sides.posts)
    sides.writes("Once")
    expect(sides.writer.foot).to_have_text(ARRIVED)
    until(lambda: statuses == [201], sides.writer.page)
    sides.writes("Twice")
    expect(sides.writer.foot).to_have_text(ARRIVED)
    sides.show_exactly("Once", "Twice")


@BOTH
def test_a_reload_keeps_what_waits(sides: Sides) -> None:
    with lost(sides.writer.context, sides.posts):
        sides.writes("Still here")
        sides.writer.page.reload()
        expect(sides.writer.foot).to_have_text(ON_ITS_WAY)
        expect(sides.writer.bubbles.last).to_have_text("Still here")
    expect(sides.writer.foot).to_have_text(ARRIVED, timeout=30_000)
    sides.show_exactly("Still here")


@BOTH
def test_what_waited_more_than_ten_minutes_is_sent_when_its_writer_says_so(sides: Sides) -> None:
    writer, clock = sides.writer, sides.writer.context.clock
    clock.install()
    writer.page.reload()
    expect(writer.bubbles.last).to_be_visible()
    with lost(writer.context, sides.posts):
        sides.writes("Is anybody there")
        expect(writer.foot).to_have_text(ON_ITS_WAY)
        clock.fast_forward("11:00")
        expect(writer.screen.get_by_text("Not sent")).to_be_visible()
    writer.screen.get_by_role("button", name="Try again").click()
    expect(writer.screen.get_by_text("Not sent")).to_be_hidden()
    expect(writer.foot).to_have_text(ARRIVED)
    sides.show_exactly("Is anybody there")
