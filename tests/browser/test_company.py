"""What admins and agents decide at the desk shows in the chat."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect
from tests.browser import served
from tests.browser.conftest import NewAgent, NewVisitor
from tests.browser.contexts import Contexts
from tests.browser.served import House
from tests.databases import Database


@pytest.fixture
def house(sqlite: Database) -> Iterator[House]:
    with served.house(sqlite) as one:
        yield one


def face() -> FilePayload:
    made = io.BytesIO()
    Image.new("RGB", (300, 240), "#12695c").save(made, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def test_an_agents_picture_stands_in_the_chat(house: House, agent: NewAgent, visitor: NewVisitor) -> None:
    maja = agent("maja", house, "/settings/you")
    with maja.page.expect_file_chooser() as choosing:
        maja.button("Choose a picture").click()
    choosing.value.set_files([face()])
    expect(maja.button("Change the picture")).to_be_visible()
    picture = visitor(house).opens_chat().greeting.locator(".face[title='Maja Lind'] img")
    expect(picture).to_have_js_property("naturalWidth", 192)
    maja.button("Remove").click()
    expect(maja.button("Choose a picture")).to_be_visible()


def test_a_name_that_changed_is_the_name_visitors_read(
    house: House, agent: NewAgent, visitor: NewVisitor
) -> None:
    maja = agent("maja", house, "/settings/you")
    maja.page.get_by_label("Your name").fill("Maia Lind")
    maja.page.get_by_role("button", name="Save").click()
    expect(maja.toast).to_contain_text("Saved")
    expect(visitor(house).opens_chat().greeting).to_contain_text("Maia is here now.")


def test_colour_and_greeting_reach_the_chat(house: House, agent: NewAgent, visitor: NewVisitor) -> None:
    one, maja = visitor(house).opens_chat(), agent("maja", house, "/settings/widget")
    expect(one.greeting.get_by_role("heading")).to_have_text("Hello, what can we help with?")
    maja.page.get_by_label("Colour as text").fill("#b4004e")
    maja.page.get_by_label("Greeting").fill("Hej, what are you brewing?")
    maja.page.get_by_role("button", name="Save").first.click()
    expect(maja.toast).to_contain_text("Saved")
    one.visits("/faq")
    expect(one.bubble).to_have_css("background-color", "rgb(180, 0, 78)")
    expect(one.greeting.get_by_role("heading")).to_have_text("Hej, what are you brewing?")
    expect(one.greeting).to_have_css("background-color", "rgb(180, 0, 78)")


def test_a_colour_nobody_could_read_is_not_taken(house: House, agent: NewAgent) -> None:
    maja = agent("maja", house, "/settings/widget")
    maja.page.get_by_label("Colour as text").fill("red")
    maja.page.get_by_role("button", name="Save").first.click()
    expect(maja.page.get_by_role("alert")).to_contain_text("A colour is # and six digits")


def test_on_a_site_that_is_not_allowed_the_chat_stays_shut(
    house: House, agent: NewAgent, visitor: NewVisitor, contexts: Contexts
) -> None:
    contexts.forgive("frame-ancestors")
    one, maja = visitor(house).opens_chat(), agent("maja", house, "/settings/widget")
    expect(one.greeting).to_be_visible()
    maja.page.get_by_label("Allowed sites").fill("https://another.example")
    maja.page.get_by_role("button", name="Save").last.click()
    expect(maja.toast).to_contain_text("Saved")
    with one.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        one.visits("/faq")
    expect(one.page.locator("frontdesk-chat iframe")).to_be_attached()
    expect(one.greeting).to_have_count(0)


def test_an_agent_who_is_no_admin_finds_no_company_settings(house: House, agent: NewAgent) -> None:
    oskar = agent("oskar", house, "/settings/widget")
    expect(oskar.page.get_by_text("Only admins see this page")).to_be_visible()
    expect(oskar.page.get_by_role("link", name=re.compile("Agents|Company"))).to_have_count(0)
