"""axe finds no serious fault on any screen, light or dark, wide or narrow."""

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Frame, Page, expect
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.contexts import DESKTOP, PHONE, Contexts
from tests.browser.served import House
from tests.databases import Database
from tests.serving import as_process

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RUN = """
async () => {
  const found = await axe.run({ resultTypes: ["violations"], iframes: false });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
"""
LOOKS: tuple[Literal["light", "dark"], ...] = ("dark", "light")
SIZES = pytest.mark.parametrize("size", ["desktop", "phone"])


def options(size: str) -> dict[str, Any]:
    # axe is put into the pages, which their own policy forbids.
    return {**(PHONE if size == "phone" else DESKTOP), "reduced_motion": "reduce", "bypass_csp": True}


def expect_no_fault(place: Page | Frame) -> None:
    """As it stands there, light and dark."""
    page = place if isinstance(place, Page) else place.page
    place.evaluate(AXE.read_text("utf-8"))
    for look in LOOKS:
        page.emulate_media(color_scheme=look)
        assert place.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (look == "dark")
        found: list[str] = place.evaluate(RUN)
        assert not found, f"{look}\n" + "\n\n".join(found)


@SIZES
def test_the_doors(sqlite: Database, contexts: Contexts, demo: House, size: str) -> None:
    page = contexts.new(**options(size)).new_page()
    with as_process(sqlite) as empty:
        page.goto(empty.url)
        expect(page.get_by_role("heading", name="Set up your desk")).to_be_visible()
        page.get_by_role("button", name="Open the desk").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        expect_no_fault(page)
    page.goto(demo.desk)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect_no_fault(page)


@SIZES
def test_the_desk(visitor: NewVisitor, agent: NewAgent, words: Words, size: str) -> None:
    question = words("Is it waterproof? See https://kvarn.example")
    visitor().asks(question)
    maja = agent("maja", **options(size))
    expect_no_fault(maja.page)
    maja.turns_to("Unassigned")
    maja.opens(question)
    maja.picker.set_input_files({"name": "care.txt", "mimeType": "text/plain", "buffer": b"Wipe it dry."})
    expect(maja.tray.get_by_role("progressbar")).to_be_hidden()
    expect_no_fault(maja.page)
    maja.composer.fill(words("It is."))
    maja.button("Send").click()
    expect(maja.foot).to_contain_text(re.compile("Sent|Seen"))
    maja.button("Emoji").click()
    expect_no_fault(maja.page)
    maja.page.keyboard.press("Escape")
    maja.button("Close").click()
    expect(maja.toast).to_be_visible()
    expect_no_fault(maja.page)


@SIZES
def test_what_the_team_says_among_itself(
    visitor: NewVisitor, agent: NewAgent, words: Words, size: str
) -> None:
    question, said = words("Among us?"), words("is it so")
    visitor().asks(question)
    maja = agent("maja", place="/unassigned", **options(size))
    maja.opens(question)
    maja.page.get_by_role("tab", name="Internal note").click()
    maja.note_field.press_sequentially("@leil")
    expect(maja.candidates.first).to_be_visible()
    expect_no_fault(maja.page)
    maja.note_field.press("Enter")
    maja.note_field.press_sequentially(said)
    maja.button("Add note").click()
    note = maja.note(said)
    note.get_by_role("button", name="Answer in this thread").click()
    note.get_by_role("textbox").fill(words("Yes"))
    note.get_by_role("button", name="Answer", exact=True).click()
    expect(note).to_contain_text("1 answer")
    expect_no_fault(maja.page)
    if size == "phone":
        maja.button("More about this conversation").click()
        maja.page.get_by_role("menuitem", name="About the customer").click()
    else:
        maja.button("About the customer").click()
    expect(maja.page.get_by_role("complementary", name="About")).to_contain_text(said)
    expect_no_fault(maja.page)
    maja.button("Close the panel").click()
    if size == "phone":
        maja.button("More about this conversation").click()
        maja.page.get_by_role("menuitem", name="Hand over").click()
    else:
        maja.button("Hand over").click()
    expect(maja.page.get_by_role("option").first).to_be_visible()
    expect_no_fault(maja.page)
    maja.goes("/mentions")
    maja.bell.click()
    expect(maja.page.get_by_role("dialog", name="Notices")).to_be_visible()
    expect_no_fault(maja.page)


@SIZES
def test_the_settings(agent: NewAgent, size: str) -> None:
    maja = agent("maja", place="/settings/you", **options(size))
    for section in ("you", "company", "widget", "teams", "labels", "ready", "fields", "keeping", "agents"):
        maja.goes(f"/settings/{section}")
        expect(maja.page.get_by_text("Loading", exact=True)).to_have_count(0)
        expect_no_fault(maja.page)
    maja.page.get_by_role("button", name="More about Leila Haddad").click()
    expect(maja.page.get_by_role("menu")).to_be_visible()
    expect_no_fault(maja.page)


@SIZES
def test_customers(agent: NewAgent, size: str) -> None:
    maja = agent("maja", **options(size))
    for place, there in (
        ("/customers", ".customers-table tbody tr"),
        ("/visitors", ".page .void, .visitors-table"),
        ("/customers?q=oliveira", ".customers-table tbody tr"),
    ):
        maja.page.goto(maja.desk + place)
        expect(maja.page.locator(there).first).to_be_visible()
        expect_no_fault(maja.page)
    maja.button("Filter").click()
    expect_no_fault(maja.page)
    maja.page.keyboard.press("Escape")
    maja.page.locator(".who-of a").first.click()
    expect(maja.page.locator(".chapter").first).to_be_visible()
    if size == "phone":
        maja.button("About the customer").click()
    about = maja.page.get_by_role("complementary", name="About")
    about.locator(".event").first.click()
    about.get_by_role("button", name="Edit", exact=True).click()
    expect_no_fault(maja.page)
    about.get_by_role("button", name="Cancel").click()
    about.locator("a.past").first.click()
    expect(about.locator(".beside .bubble").first).to_be_visible()
    expect_no_fault(maja.page)
    about.get_by_role("button", name="Back to About").click()
    for what in ("Merge with another customer", "Block", "Erase"):
        about.get_by_role("button", name="More:").click()
        maja.page.get_by_role("menuitem", name=what, exact=True).click()
        expect(maja.page.get_by_role("dialog")).to_be_visible()
        expect_no_fault(maja.page)
        maja.page.keyboard.press("Escape")


@SIZES
def test_the_chat(visitor: NewVisitor, agent: NewAgent, words: Words, size: str) -> None:
    question = words("Does it rust?")
    one = visitor(**options(size)).opens_chat()
    expect(one.greeting).to_contain_text("Hello")
    frame = next(each for each in one.page.frames if each.parent_frame is not None)
    expect_no_fault(frame)
    one.asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.answers("Never. See https://kvarn.example/care")
    expect(one.said("Never.")).to_be_visible()
    one.picker.set_input_files({"name": "rust.txt", "mimeType": "text/plain", "buffer": b"Brown."})
    expect(one.tray.get_by_role("progressbar")).to_be_hidden()
    expect_no_fault(frame)
    one.chat.get_by_role("button", name="Send").click()
    expect(one.screen.locator(".file")).to_be_visible()
    maja.button("Close").click()
    expect(one.screen.get_by_text("Maja closed this conversation")).to_be_visible()
    one.chat.get_by_role("button", name="Emoji").click()
    expect_no_fault(frame)
    one.goes_home()
    expect(one.chat.locator(".old")).to_be_visible()
    expect_no_fault(frame)


@SIZES
def test_the_shop(visitor: NewVisitor, size: str) -> None:
    one = visitor(**options(size))
    for path in ("/", "/grinders/hand-grinder-k2", "/faq", "/basket", "/nowhere"):
        one.visits(path)
        expect(one.bubble).to_be_visible()
        expect_no_fault(one.page)
