"""Setting up, signing in, being invited, and being shown out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests import databases
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent
from tests.browser.contexts import Contexts
from tests.browser.served import House
from tests.cast import PASSWORD
from tests.databases import Database
from tests.serving import as_process

OUT = "You were signed out."
SOON = 2_000


@pytest.fixture(scope="module")
def house(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Kvarn & Kanna on a desk of its own: signing in is counted by address."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
    with served.house(databases.Database(folder)) as one:
        yield one


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_new_desk_is_set_up_once(sqlite: Database, contexts: Contexts) -> None:
    with as_process(Database(sqlite.folder)) as desk:
        page = contexts.new().new_page()
        page.goto(desk.url)
        expect(page.get_by_role("heading", name="Set up your desk")).to_be_visible()
        page.get_by_label("Name", exact=True).fill("Kvarn & Kanna")
        page.get_by_label("Website").fill("shop.kvarn.example")
        page.get_by_label("Your name").fill("Maja Lind")
        page.get_by_label("E-mail").fill("maja.kvarn.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Open the desk").click()
        expect(page.get_by_role("alert")).to_contain_text("An address looks like name@company.com")
        page.get_by_label("E-mail").fill("maja@kvarn.example")
        page.get_by_role("button", name="Open the desk").click()
        expect(page.get_by_role("heading", name="My inbox")).to_be_visible()
        expect(page.get_by_text("Kvarn & Kanna").first).to_be_visible()

        second = contexts.new().new_page()
        second.goto(desk.url)
        expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(second.get_by_text("To the desk of Kvarn & Kanna.")).to_be_visible()


def test_a_wrong_password_stays_outside_and_the_right_one_comes_in(house: House, contexts: Contexts) -> None:
    page = contexts.new().new_page()
    page.goto(house.desk + "/unassigned")
    sign_in(page, "maja@kvarn.example", "not it at all")
    expect(page.get_by_role("alert")).to_have_text("The e-mail or the password is wrong.")
    sign_in(page, "maja@kvarn.example", PASSWORD)
    expect(page.get_by_role("heading", name="Unassigned")).to_be_visible()


def test_a_sign_in_link_works_once(demo: House, contexts: Contexts) -> None:
    page = contexts.new().new_page()
    page.goto(demo.sign_in_link)
    expect(page.get_by_role("heading", name="My inbox")).to_be_visible()
    assert "sign-in=" not in page.url
    other = contexts.new().new_page()
    other.goto(demo.sign_in_link)
    expect(other.get_by_text("This sign-in link was used or is too old.")).to_be_visible()


def test_an_invitation_brings_a_new_agent_in_once(house: House, agent: NewAgent, contexts: Contexts) -> None:
    maja = agent("maja", house, "/settings/agents")
    maja.page.get_by_label("E-mail").fill("kim@kvarn.example")
    maja.button("Make an invitation").click()
    expect(maja.page.get_by_text("Send this link to kim@kvarn.example.")).to_be_visible()
    link = maja.page.get_by_label("Invite an agent").input_value()
    expect(maja.page.get_by_role("listitem").filter(has_text="kim@kvarn.example")).to_be_visible()

    page = contexts.new().new_page()
    page.goto(link)
    expect(page.get_by_role("heading", name="Join Kvarn & Kanna")).to_be_visible()
    page.get_by_label("Your name").fill("Kim Åberg")
    page.get_by_label("Password").fill("four plain old words")
    page.get_by_role("button", name="Open the desk").click()
    expect(page.get_by_role("heading", name="My inbox")).to_be_visible()
    expect(maja.page.get_by_role("listitem").filter(has_text="Kim Åberg")).to_contain_text("At the desk")

    late = contexts.new().new_page()
    late.goto(link)
    expect(late.get_by_role("heading", name="This invitation is over")).to_be_visible()


def test_ending_a_session_elsewhere_shows_that_browser_out(
    house: House, contexts: Contexts, agent: NewAgent
) -> None:
    other = contexts.new().new_page()
    other.goto(house.desk)
    sign_in(other, "leila@kvarn.example", PASSWORD)
    expect(other.get_by_role("heading", name="My inbox")).to_be_visible()
    leila = agent("leila", house, "/settings/you")
    sessions = leila.page.get_by_role("listitem").filter(has_text="Last used")
    expect(sessions).to_have_count(1)
    expect(leila.page.get_by_text("This one")).to_be_visible()
    sessions.get_by_role("button", name="Sign out").click()
    expect(other.get_by_text(OUT)).to_be_visible(timeout=SOON)
    expect(sessions).to_have_count(0)


def test_a_new_password_ends_all_other_sessions(house: House, contexts: Contexts, agent: NewAgent) -> None:
    oskar, elsewhere = agent("oskar", house, "/settings/you"), contexts.new().new_page()
    elsewhere.goto(house.desk)
    sign_in(elsewhere, "oskar@kvarn.example", PASSWORD)
    expect(elsewhere.get_by_role("heading", name="My inbox")).to_be_visible()
    change_password(oskar, "wrong", "quite another one")
    expect(oskar.page.get_by_text("Not right")).to_be_visible()
    change_password(oskar, PASSWORD, "quite another one")
    expect(oskar.page.get_by_text("Changed. All other sessions were ended.")).to_be_visible()
    expect(elsewhere.get_by_text(OUT)).to_be_visible(timeout=SOON)
    sign_in(elsewhere, "oskar@kvarn.example", "quite another one")
    expect(elsewhere.get_by_role("heading", name="My inbox")).to_be_visible()


def change_password(desk: AtDesk, old: str, new: str) -> None:
    desk.page.get_by_label("Password now").fill(old)
    desk.page.get_by_label("New password").fill(new)
    desk.button("Change password").click()


def test_a_disabled_agent_is_out_within_two_seconds(demo: House, agent: NewAgent) -> None:
    # Nobody else's: who was disabled has to sign in anew.
    yngve, maja = agent("yngve"), agent("maja", place="/settings/agents")
    line = maja.page.get_by_role("listitem").filter(has_text="Yngve Alm")
    line.get_by_role("button", name="More about Yngve Alm").click()
    maja.page.get_by_role("menuitem", name="Disable").click()
    expect(yngve.page.get_by_text(OUT)).to_be_visible(timeout=SOON)
    expect(line).to_contain_text("Disabled")
    maja.toast.get_by_role("button", name="Enable").click()
    expect(line).not_to_contain_text("Disabled")


def test_who_signed_out_is_out(house: House, contexts: Contexts) -> None:
    page = contexts.new().new_page()
    page.goto(house.desk)
    sign_in(page, "maja@kvarn.example", PASSWORD)
    page.get_by_role("button", name=re.compile("Here, sound")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
