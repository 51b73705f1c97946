"""Unassigned by team, every list by team and by channel, and the order of a list at every width."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests import databases
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent
from tests.browser.contexts import PHONE
from tests.browser.served import House
from tests.browser.test_axe import SIZES, expect_no_fault, options
from tests.browser.test_phone import expect_no_sideways_scrolling, expect_thumb_sized
from tests.cast import Cast

from frontdesk.base.clock import DAY
from frontdesk.base.db import Tx
from frontdesk.base.ids import new_id
from frontdesk.people import customers
from frontdesk.people.model import Channel, Team
from frontdesk.talk import conversations, messages, snooze

SOON = 3_000


def asked(tx: Tx, text: str, team: Team | None = None, channel: Channel = "widget") -> str:
    """Somebody asks by this channel, and waits in the queue of this team."""
    one = customers.appear(tx)
    here = conversations.start(tx, one, channel, start=new_id(), team_id=team.id if team else None)
    messages.receive(
        tx, one, new_id(), channel=channel, conversation_id=here.id, start=None, text=text, files=[]
    )
    return here.id


def furnish(cast: Cast) -> None:
    write = cast.desk.write_now
    billing, sales = cast.team("Billing", cast.oskar), cast.team("Sales", cast.maja)
    cast.team("Repairs", cast.maja)
    write(asked, "Billing: the first", billing)
    write(asked, "Billing: the second", billing)
    write(asked, "Sales: the only one", sales)
    write(asked, "Nobody's")
    write(asked, "By Messenger", None, "messenger")
    cast.leila.answers(write(asked, "Whose invoice?", billing), "Yours, from Billing.")
    cast.leila.answers(write(asked, "How many?", sales), "Three, from Sales.")
    cast.leila.answers(write(asked, "Who writes?", None, "messenger"), "Leila does, by Messenger.")
    asleep = write(asked, "Later?")
    cast.leila.answers(asleep, "On Monday.")
    write(lambda tx: snooze.snooze(tx, cast.leila.actor, conversation_id=asleep, until=tx.now + DAY))


def _served(shared: Path, folder: Path) -> AbstractContextManager[House]:
    (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
    return served.house(databases.Database(folder), furnish)


@pytest.fixture(scope="module")
def teams(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """For tests that answer nobody."""
    with _served(shared, tmp_path_factory.mktemp("teams")) as house:
        yield house


@pytest.fixture
def own_teams(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with _served(shared, tmp_path_factory.mktemp("own_teams")) as house:
        yield house


def queues(desk: AtDesk) -> Locator:
    return desk.page.get_by_role("navigation", name="Queues").get_by_role("link")


def only(desk: AtDesk) -> Locator:
    return desk.page.get_by_role("group", name="Only")


def narrows(desk: AtDesk, group: str, name: str) -> None:
    desk.button("Show only some").click()
    menu = desk.page.get_by_role("menu", name="Show only some")
    menu.get_by_role("group", name=group).get_by_role("menuitemradio", name=name, exact=True).click()
    expect(menu).to_have_count(0)


def test_unassigned_shows_each_teams_queue_and_ones_own_first(own_teams: House, agent: NewAgent) -> None:
    oskar, maja = (agent(who, own_teams, "/unassigned") for who in ("oskar", "maja"))
    expect(queues(oskar)).to_have_text(["All5", "Billing2", "Repairs", "Sales1"])
    expect(queues(maja)).to_have_text(["All5", "Repairs", "Sales1", "Billing2"])
    expect(queues(oskar).first).to_have_attribute("aria-current", "page")
    queues(oskar).filter(has_text="Billing").click()
    expect(oskar.list.get_by_role("heading", level=1)).to_have_text("Billing")
    expect(queues(oskar).filter(has_text="Billing")).to_have_attribute("aria-current", "page")
    expect(oskar.list.locator("a.row")).to_have_count(2)
    conversation = oskar.opens("Billing: the first")
    oskar.answers("We look.")
    expect(queues(oskar)).to_have_text(["All4", "Billing1", "Repairs", "Sales1"], timeout=SOON)
    expect(queues(maja)).to_have_text(["All4", "Repairs", "Sales1", "Billing1"], timeout=SOON)
    expect(oskar.row_of(conversation)).to_have_count(0)
    queues(oskar).filter(has_text="Repairs").click()
    expect(oskar.list).to_contain_text("Nobody waits for this team")
    queues(oskar).filter(has_text="All").click()
    expect(oskar.list.locator("a.row")).to_have_count(4)


def test_a_list_is_narrowed_by_team_and_by_channel(teams: House, agent: NewAgent) -> None:
    leila = agent("leila", teams, "/inbox")
    rows = leila.list.locator("a.row")
    expect(rows).to_have_count(3)
    narrows(leila, "Team", "Billing")
    expect(rows).to_have_count(1)
    expect(leila.row("Yours, from Billing.")).to_be_visible()
    expect(only(leila).get_by_role("button")).to_have_accessible_name("Show more than Billing")
    leila.turns_to("Unassigned")
    leila.turns_to("My inbox")
    expect(leila.row("Yours, from Billing.")).to_be_visible()
    expect(rows).to_have_count(1)
    narrows(leila, "Channel", "Messenger")
    expect(leila.list).to_contain_text("none of them fits")
    only(leila).get_by_role("button", name="Show more than Billing").click()
    expect(leila.row("Leila does, by Messenger.")).to_be_visible()
    expect(rows).to_have_count(1)
    leila.page.reload()
    expect(rows).to_have_count(1)
    only(leila).get_by_role("button").click()
    expect(rows).to_have_count(3)
    leila.turns_to("Unassigned")
    narrows(leila, "Channel", "Messenger")
    expect(rows).to_have_count(1)
    expect(leila.row("By Messenger")).to_be_visible()


def test_search_is_narrowed_by_channel_and_by_team(teams: House, agent: NewAgent) -> None:
    leila = agent("leila", teams, "/inbox")
    leila.page.keyboard.press("/")
    box = leila.page.get_by_role("combobox", name="Search everything")
    box.fill("from")
    found = leila.page.locator("#find-list").get_by_role("option")
    expect(found.filter(has_text="from Sales").first).to_be_visible()
    leila.page.get_by_role("combobox", name="Team").select_option(label="Billing")
    expect(found.filter(has_text="from Billing").first).to_be_visible()
    expect(found.filter(has_text="from Sales")).to_have_count(0)
    leila.page.get_by_role("button", name="Remove Billing").click()
    box.fill("by")
    leila.page.get_by_role("combobox", name="Channel").select_option(label="Messenger")
    expect(found.filter(has_text="Leila does, by Messenger").first).to_be_visible()
    leila.page.get_by_role("combobox", name="Channel").select_option(label="Website")
    expect(found.filter(has_text="by Messenger")).to_have_count(0)
    leila.page.get_by_role("button", name="Remove Website").click()
    expect(found.filter(has_text="Leila does, by Messenger").first).to_be_visible()


def test_the_order_is_turned_at_every_width(teams: House, agent: NewAgent) -> None:
    """Also where three tabs stand beside it, and the name of the list is read whole."""
    leila = agent("leila", teams, "/inbox")
    expect(leila.page.get_by_role("tab", name="Snoozed")).to_be_visible()
    for wide in (360, 390, 600, 899, 900, 1024, 1279, 1280, 1366, 1920):
        leila.page.set_viewport_size({"width": wide, "height": 800})
        _turns(leila)
    leila.row("Three, from Sales.").click()
    expect(leila.composer).to_be_visible()
    leila.button("About the customer").click()
    expect(leila.page.get_by_role("complementary", name="About")).to_be_visible()
    for wide in (1280, 1366, 1920):
        leila.page.set_viewport_size({"width": wide, "height": 800})
        _turns(leila)


def _turns(desk: AtDesk) -> None:
    order = desk.page.get_by_role("button", name=re.compile("^Order: "))
    expect(order).to_be_in_viewport(ratio=1)
    before = order.get_attribute("aria-label") or ""
    order.click()
    expect(order).not_to_have_accessible_name(before)
    head = desk.list.locator(".head h1")
    cut = head.evaluate("(one) => one.scrollWidth - one.clientWidth")
    assert cut <= 0, f"the name lacks {cut} pixels at {desk.page.viewport_size}"
    parts = desk.list.locator(".head").evaluate(
        "(one) => [...one.querySelectorAll('button')].every((part) => "
        "part.getBoundingClientRect().right <= one.getBoundingClientRect().right)"
    )
    assert parts, "something stands outside of the head"


def test_queues_and_filters_in_a_hand(teams: House, agent: NewAgent) -> None:
    oskar = agent("oskar", teams, "/unassigned", **PHONE)
    expect_thumb_sized(oskar.page)
    expect_no_sideways_scrolling(oskar.page)
    queues(oskar).filter(has_text="Billing").tap()
    expect(oskar.list.locator("a.row")).to_have_count(2)
    oskar.button("Show only some").tap()
    expect_thumb_sized(oskar.page)
    oskar.page.get_by_role("menuitemradio", name="Messenger").tap()
    expect(oskar.list).to_contain_text("none of them fits")
    only(oskar).get_by_role("button").tap()
    expect(oskar.list.locator("a.row")).to_have_count(2)


@SIZES
def test_axe(teams: House, agent: NewAgent, size: str) -> None:
    oskar = agent("oskar", teams, "/unassigned", **options(size))
    expect_no_fault(oskar.page)
    oskar.button("Show only some").click()
    expect_no_fault(oskar.page)
    oskar.page.get_by_role("menuitemradio", name="Messenger").click()
    expect(oskar.row("By Messenger")).to_be_visible()
    expect_no_fault(oskar.page)
    oskar.goes("/starred")
    expect_no_fault(oskar.page)
