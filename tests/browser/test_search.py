"""One box: what was said is found as one types, and after `>` something is done instead."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests import databases
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent
from tests.browser.contexts import PHONE
from tests.browser.served import House
from tests.browser.test_axe import SIZES, expect_no_fault, options
from tests.cast import Cast
from tests.search.test_narrowed import private_label, team_label

BURR = "The burr set came broken, order KK-20431."
HOSTILE = '<img src=x onerror="document.title=1"> & "AND" OR NEAR('


def furnish(cast: Cast) -> None:
    said = cast.ines.asks(BURR)
    for number in range(90):
        cast.ines.writes(f"Filler number {number}.", said)
    cast.oskar.answers(said, "We send new burrs, Ines.")
    other = cast.stranger().asks("Is there a burr for the kettle?")
    cast.maja.answers(other, "No burr is in a kettle.")
    cast.maja.closes(other)
    cast.desk.write_now(team_label, said, "spare parts")
    cast.desk.write_now(private_label, cast.maja, other, "odd ones")
    cast.stranger().asks(HOSTILE)


@pytest.fixture(scope="module")
def furnished(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("searched")
    (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
    with served.house(databases.Database(folder), furnish) as house:
        yield house


def box(desk: AtDesk) -> Locator:
    return desk.page.get_by_role("combobox", name="Search everything")


def options_of(page: Page) -> Locator:
    return page.locator("#find-list").get_by_role("option")


def test_it_finds_as_one_types_and_opens_at_the_very_message(agent: NewAgent, furnished: House) -> None:
    maja = agent("maja", furnished)
    maja.page.keyboard.press("/")
    expect(box(maja)).to_be_focused()
    box(maja).press_sequentially("burr bro")
    hit = options_of(maja.page).filter(has_text="The burr set").first
    expect(hit.locator("mark")).to_have_text(["burr", "broken"])
    expect(hit).to_contain_text("Ines Oliveira")
    expect(hit).to_have_attribute("aria-selected", "true")
    box(maja).press("Enter")
    expect(box(maja)).to_be_hidden()
    sought = maja.log.locator(".bubble.sought")
    expect(sought).to_contain_text(BURR)
    expect(sought).to_be_in_viewport()


def test_groups_counts_keys_and_the_box_on_the_rail(agent: NewAgent, furnished: House) -> None:
    maja = agent("maja", furnished)
    maja.page.locator(".rail").get_by_role("button", name="Search").click()
    box(maja).fill("burr")
    expect(maja.page.get_by_role("group", name="Messages 4")).to_be_visible()
    expect(maja.page.get_by_role("group", name="Conversations 2")).to_be_visible()
    expect(maja.page.get_by_role("status").filter(has_text="6 found")).to_be_visible()
    box(maja).press("ArrowDown")
    expect(options_of(maja.page).nth(1)).to_have_attribute("aria-selected", "true")
    assert box(maja).get_attribute("aria-activedescendant") == options_of(maja.page).nth(1).get_attribute(
        "id"
    )
    box(maja).fill("20431")
    expect(options_of(maja.page).first).to_contain_text("KK-20431")
    box(maja).fill("livei")
    expect(maja.page.get_by_role("group", name="Customers").locator("mark")).to_have_text("livei")
    box(maja).press("Escape")
    expect(box(maja)).to_be_hidden()
    maja.page.keyboard.press("Control+k")
    expect(box(maja)).to_be_focused()


def test_labels_and_filters_narrow_and_stand_as_chips(agent: NewAgent, furnished: House) -> None:
    maja = agent("maja", furnished)
    maja.page.keyboard.press("/")
    box(maja).fill("burr")
    label = maja.page.get_by_role("button", name=re.compile("^spare parts"))
    expect(label).to_contain_text("1")
    label.click()
    expect(maja.page.get_by_role("group", name="Messages 2")).to_be_visible()
    maja.page.get_by_role("combobox", name="From").select_option(label="customers")
    expect(maja.page.get_by_role("group", name="Messages 1")).to_be_visible()
    maja.page.get_by_role("button", name="Remove spare parts").click()
    expect(maja.page.get_by_role("group", name="Messages 2")).to_be_visible()
    box(maja).fill("")
    box(maja).press("Backspace")
    expect(maja.page.get_by_role("button", name="Remove customers")).to_be_hidden()
    box(maja).fill("burr closed from:maja")
    expect(options_of(maja.page).first).to_contain_text("No burr is in a kettle")
    box(maja).fill("burr label:nowhere")
    expect(maja.page.get_by_text("Nothing is called label:nowhere")).to_be_visible()


def test_a_private_label_is_not_there_for_others(agent: NewAgent, furnished: House) -> None:
    for who, many in (("maja", 1), ("oskar", 0)):
        one = agent(who, furnished)
        one.page.keyboard.press("/")
        box(one).fill("burr")
        expect(options_of(one.page).first).to_be_visible()
        expect(one.page.get_by_role("button", name=re.compile("^odd ones"))).to_have_count(many)


def does(desk: AtDesk, typed: str) -> None:
    """The first command of what is typed."""
    desk.page.locator("body").press("Control+k")
    box(desk).fill(f">{typed}")
    expect(options_of(desk.page).first).to_have_attribute("aria-selected", "true")
    box(desk).press("Enter")


def test_after_a_greater_than_it_does_something(agent: NewAgent, furnished: House) -> None:
    leila = agent("leila", furnished)
    leila.page.keyboard.press("Control+k")
    box(leila).fill(">unas")
    expect(options_of(leila.page)).to_have_text(["Go to Unassigned"])
    box(leila).press("Enter")
    expect(leila.page).to_have_url(re.compile("/unassigned$"))
    leila.page.keyboard.press("Control+k")
    box(leila).fill("> dark")
    box(leila).press("Enter")
    expect(leila.page.locator("html")).to_have_attribute("data-theme", "dark")
    conversation = leila.opens(HOSTILE)
    does(leila, "label spare")
    row = leila.row_of(conversation)
    expect(row.locator(".dots > .sr")).to_have_text("Label: spare parts")
    does(leila, "star this")
    expect(row.locator(".starred")).to_be_visible()
    does(leila, "take it")
    expect(leila.log.get_by_text("You took this conversation")).to_be_visible()
    does(leila, "snooze until tom")
    expect(leila.toast).to_contain_text("Snoozed until")
    does(leila, "hand over to osk")
    expect(leila.log.get_by_text("You handed this conversation")).to_be_visible()
    does(leila, "close")
    expect(leila.toast).to_contain_text("Closed")


def test_hostile_questions_and_texts_do_no_harm(agent: NewAgent, furnished: House) -> None:
    maja = agent("maja", furnished)
    maja.page.keyboard.press("/")
    for typed in (
        '"',
        "*",
        "burr*",
        "a OR b",
        "%_%",
        "NEAR(",
        "\u202ehtiw",
        "'; DROP TABLE message; --",
        "(" * 399,
        "x" * 10_000,
        "burr " * 2_000,
        "\u200b\u200d\ufeff\u2066",
        "label:\" from:'",
        '{burr set} : ^ -"',
        "\u05e9\u05dc\u05d5\u05dd burr",
    ):
        box(maja).fill(typed)
        expect(maja.page.locator(".find-found[aria-busy=false]")).to_be_visible()
        expect(maja.page.get_by_text("cannot be reached")).to_be_hidden()
        assert maja.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for typed in ("\u202eburr broken", "bu\u200brr bro\u200dken"):
        box(maja).fill(typed)
        expect(options_of(maja.page).first).to_contain_text("The burr set came broken")
    box(maja).fill("onerror")
    expect(options_of(maja.page).first).to_contain_text("<img src=x onerror=")
    assert maja.page.locator(".find img").count() == 0


def test_on_a_phone_it_is_a_page(agent: NewAgent, furnished: House) -> None:
    maja = agent("maja", furnished, **PHONE)
    maja.page.get_by_role("button", name="More").click()
    maja.page.get_by_role("menuitem", name="Search").click()
    box(maja).fill("burr set")
    size = maja.page.viewport_size
    assert size is not None
    found = maja.page.get_by_role("dialog").bounding_box()
    assert found is not None
    assert (round(found["width"]), round(found["height"])) == (size["width"], size["height"])
    assert maja.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    options_of(maja.page).filter(has_text="The burr set").first.tap()
    expect(maja.log.locator(".bubble.sought")).to_be_in_viewport()


@SIZES
def test_axe(agent: NewAgent, furnished: House, size: str) -> None:
    maja = agent("maja", furnished, **options(size))
    maja.page.keyboard.press("Control+k")
    expect(maja.page.get_by_text("Type a word")).to_be_visible()
    box(maja).fill("burr")
    expect(options_of(maja.page).first).to_be_visible()
    maja.page.get_by_role("button", name=re.compile("^spare parts")).click()
    expect(maja.page.get_by_role("button", name="Remove spare parts")).to_be_visible()
    expect_no_fault(maja.page)
    box(maja).fill(">")
    expect(options_of(maja.page).first).to_be_visible()
    expect_no_fault(maja.page)
