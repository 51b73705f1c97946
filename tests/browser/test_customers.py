"""Knowing the customer: the panel, two who edit at once, the history, the list, companies, visitors."""

import re

from playwright.sync_api import Locator, Page, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.contexts import PHONE
from tests.browser.test_phone import expect_no_sideways_scrolling, expect_thumb_sized


def panel(desk: AtDesk) -> Locator:
    return desk.page.get_by_role("complementary", name="About")


def opens_panel(desk: AtDesk) -> Locator:
    desk.button("About the customer").click()
    expect(panel(desk).locator(".who-is")).to_be_visible()
    return panel(desk)


def edits(desk: AtDesk, **fields: str) -> None:
    panel(desk).get_by_role("button", name="Edit", exact=True).click()
    for name, value in fields.items():
        panel(desk).get_by_label(name, exact=True).fill(value)


def saves(desk: AtDesk) -> None:
    panel(desk).get_by_role("button", name="Save", exact=True).click()
    expect(panel(desk).get_by_role("button", name="Edit", exact=True)).to_be_visible()


def more(desk: AtDesk, what: str) -> None:
    panel(desk).get_by_role("button", name="More:").click()
    desk.page.get_by_role("menuitem", name=what, exact=True).click()


def test_one_look_says_who_it_is_and_what_they_do(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    asked, address = words("Does it fit? Write to"), re.sub(r"[^a-z0-9]", "", words("vera").lower())
    ines = visitor(path="/grinders/hand-grinder-k2")
    ines.page.evaluate("Frontdesk('event', 'Added to basket', { product: '<img src=x>', pieces: 2 })")
    ines.asks(f"{asked} {address}@example.com")
    maja = agent("maja", place="/unassigned")
    maja.opens(asked)
    about = opens_panel(maja)
    expect(about.locator(".who-is")).to_contain_text("On the site now")
    expect(about.locator(".fields")).to_contain_text(f"{address}@example.com")
    expect(about.locator(".said-so")).to_have_text("claimed")
    events = about.locator(".events")
    expect(events.locator(".visit").first).to_contain_text("This visit")
    expect(events.locator(".event").filter(has_text="Added to basket")).to_be_visible(timeout=20_000)
    events.locator(".event").filter(has_text="Added to basket").click()
    expect(events.locator(".details")).to_contain_text("<img src=x>")
    ines.visits("/faq")
    expect(events.locator(".event strong")).to_contain_text("Questions", timeout=20_000)

    name, company = words("Vera Potter"), words("Kiln")
    edits(maja, Name=name, Title="Owner")
    panel(maja).get_by_role("combobox", name="Company").fill(company)
    maja.page.get_by_role("option", name=f"Add the company “{company}”").click()
    saves(maja)
    expect(maja.page.locator(".talk .head h2")).to_have_text(name)
    expect(about.locator(".fields")).to_contain_text("Owner")
    more(maja, "Who changed what")
    changes = maja.page.get_by_role("dialog").locator(".changes")
    expect(changes.filter(has_text="Title")).to_contain_text("Maja")
    maja.page.keyboard.press("Escape")
    about.get_by_role("link", name=company).click()
    expect(maja.page.get_by_role("heading", level=1)).to_have_text(company)
    expect(maja.page.locator(".people")).to_contain_text(name)
    expect(maja.page.locator(".past")).to_contain_text(asked)


def test_whoever_reaches_for_the_icon_finds_it_ready(agent: NewAgent) -> None:
    maja = agent("maja")
    maja.row("box and paper").click()
    expect(maja.page.locator("main.talk .bubble").last).to_be_visible()
    with maja.page.expect_response(re.compile(r"/api/customers/[0-9a-z]{26}$")):
        maja.page.get_by_role("button", name="About the customer").hover()
    expect(panel(maja)).to_have_count(0)


def test_two_edit_one_profile_and_the_earlier_is_told(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked = words("Who wins?")
    visitor().asks(asked)
    first, second = agent("maja", place="/unassigned"), agent("oskar", place="/unassigned")
    for one in (first, second):
        one.opens(asked)
        opens_panel(one)
    edits(first, Phone="+46 8 111 11 11", Title="Potter")
    edits(second, Phone="+46 8 222 22 22")
    saves(first)
    hint = panel(second).locator(".profile-form [role=status]").filter(has_text="Maja wrote")
    expect(hint).to_contain_text("+46 8 111 11 11")
    expect(panel(second).get_by_label("Title", exact=True)).to_have_value("Potter")
    saves(second)
    expect(second.toast).to_contain_text("replaced what a colleague had just written: Phone")
    expect(first.toast).to_contain_text("Oskar has just changed what you wrote: Phone")
    for one in (first, second):
        expect(panel(one).locator(".fields")).to_contain_text("+46 8 222 22 22")
        expect(panel(one).locator(".fields")).to_contain_text("Potter")


def test_past_conversations_open_beside_and_all_as_one(agent: NewAgent, words: Words) -> None:
    maja = agent("maja")
    maja.row("box and paper").click()
    about, draft = opens_panel(maja), words("Half a sentence")
    maja.composer.fill(draft)
    about.locator("a.past").filter(has_text="order 40806").click()
    beside = about.locator(".beside")
    expect(beside).to_contain_text("Please send it again")
    expect(maja.composer).to_have_value(draft)
    expect(maja.page.locator("main.talk .bubble").last).to_contain_text("box and paper")
    maja.page.keyboard.press("Escape")
    expect(beside).to_have_count(0)
    expect(about.locator("a.past").filter(has_text="order 40806")).to_be_focused()
    maja.composer.fill("")

    about.get_by_role("link", name="All as one").click()
    told = maja.page.get_by_role("log", name="Everything said with Ines Oliveira")
    expect(told.locator(".chapter").last).to_contain_text("box and paper")
    expect(told.locator(".mark-of").last).to_contain_text("with you")
    sought = maja.page.get_by_role("searchbox", name="Find in this history")
    sought.fill("send it again")
    expect(told.locator(".bubble.sought")).to_have_text("Please send it again")
    expect(told.locator(".bubble.sought")).to_be_in_viewport()
    sought.fill("nothing of this kind")
    expect(maja.page.locator(".finding [role=status]")).to_have_text("Nothing found")
    first = told.locator(".bubble").first
    maja.page.get_by_label("Go to a day").fill("2020-01-01")
    expect(told.locator(".day").first).to_have_text("Here it begins")
    expect(first).to_be_in_viewport()


def test_notes_of_all_conversations_and_the_history_without_them(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked, again, said = words("First"), words("Second"), words("She collects kettles")
    ines = visitor()
    ines.asks(asked)
    maja = agent("maja", place="/unassigned")
    maja.opens(asked)
    maja.adds_note(said)
    maja.button("Close").click()
    ines.goes_home()
    ines.begins().writes(again)
    maja.goes("/unassigned")
    maja.opens(again)
    about = opens_panel(maja)
    about.locator(".notes-of button.note").filter(has_text=said).click()
    expect(about.locator(".beside .note.sought")).to_contain_text(said)
    about.get_by_role("button", name="Back to About").click()
    about.get_by_role("link", name="All as one").click()
    told = maja.page.get_by_role("log")
    expect(told.locator(".chapter")).to_have_count(2)
    expect(told.locator(".note")).to_contain_text(said)
    maja.page.get_by_label("Notes", exact=True).uncheck()
    expect(told.locator(".note")).to_have_count(0)
    expect(told.locator(".bubble")).to_have_count(2)


def test_the_list_narrows_and_remembers_its_columns(agent: NewAgent) -> None:
    maja = agent("maja")
    maja.turns_to("Customers")
    rows = maja.page.locator(".customers-table tbody tr")
    expect(rows.nth(20)).to_be_visible()
    maja.page.get_by_role("searchbox").fill("oliveira")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Lisbon")
    maja.button("Columns").click()
    maja.page.get_by_role("checkbox", name="Phone").check()
    maja.page.keyboard.press("Escape")
    maja.page.get_by_role("searchbox").fill("")
    maja.button("Filter").click()
    maja.page.get_by_role("dialog", name="Filter").get_by_label("City").fill("Lisbon")
    maja.page.keyboard.press("Enter")
    maja.page.keyboard.press("Escape")
    expect(maja.button("Remove the filter Lisbon")).to_be_visible()
    expect(rows.first).to_contain_text("Lisbon")
    maja.page.reload()
    expect(maja.button("Remove the filter Lisbon")).to_be_visible()
    expect(maja.page.get_by_role("columnheader", name="Phone")).to_be_visible()
    rows.filter(has_text="Ines Oliveira").get_by_role("link").first.click()
    expect(maja.page.get_by_role("heading", level=1)).to_have_text("Ines Oliveira")


def test_who_is_here_is_spoken_to_blocked_and_merged(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    hello, asked, other = words("May I help?"), words("One"), words("Two")
    first, second = visitor(path="/faq"), visitor(path="/faq")
    second.asks(other)
    maja = agent("maja")
    maja.turns_to("Live visitors")
    line = maja.page.locator(".visitors-table tr").filter(has_text="Questions")
    line.get_by_role("button", name="Write first").first.click()
    maja.page.get_by_label("What you say").fill(hello)
    maja.button("Send").click()
    expect(maja.toast).to_contain_text("can see it now")
    expect(line.get_by_text("Invited").first).to_be_visible()

    first.asks(asked)
    maja.goes("/unassigned")
    if not maja.row(asked).is_visible():
        maja.goes("/inbox")
    maja.opens(asked)
    about = opens_panel(maja)
    more(maja, "Block")
    maja.page.get_by_label("A day").check()
    maja.page.get_by_role("dialog").get_by_role("button", name="Block", exact=True).click()
    expect(about.locator(".who-is")).to_contain_text("Blocked until")
    more(maja, "Unblock")
    expect(about.locator(".who-is")).not_to_contain_text("Blocked")

    called = words("Merged Away")
    edits(maja, Name=called)
    saves(maja)
    maja.goes("/unassigned")
    maja.opens(other)
    about = opens_panel(maja)
    more(maja, "Merge with another customer")
    find = maja.page.get_by_role("dialog")
    find.get_by_label("Find the other customer").fill(called)
    find.get_by_role("button", name=called).click()
    find.get_by_role("button", name="Merge", exact=True).click()
    expect(maja.toast).to_contain_text("Merged into")
    expect(about.locator("a.past")).to_have_count(1)
    maja.toast.get_by_role("button", name="Undo").click()
    expect(about.locator("a.past")).to_have_count(0, timeout=20_000)


def test_own_fields_and_how_long_things_are_kept(agent: NewAgent, words: Words) -> None:
    maja, field = agent("maja", place="/settings/fields"), words("Grinder")
    maja.page.get_by_label("Name", exact=True).fill(field)
    maja.page.get_by_label("Kind").select_option("choice")
    maja.page.get_by_label("Choices, one a line").fill("K2\nK3")
    maja.button("Add a field").click()
    expect(maja.page.locator(".lines-list").first).to_contain_text(field)
    maja.goes("/inbox")
    maja.row("box and paper").click()
    opens_panel(maja)
    panel(maja).get_by_role("button", name="Edit", exact=True).click()
    panel(maja).get_by_label(field).select_option("K3")
    saves(maja)
    expect(panel(maja).locator(".fields")).to_contain_text("K3")
    maja.goes("/settings/keeping")
    expect(maja.page.get_by_text("IP Geolocation by DB-IP")).to_be_visible()
    maja.page.get_by_label("Page visits and events").fill("60")
    maja.button("Save").click()
    expect(maja.toast).to_have_text("Saved")
    maja.page.reload()
    expect(maja.page.get_by_label("Page visits and events")).to_have_value("60")


def test_customers_out_of_a_file_and_into_one(agent: NewAgent, words: Words) -> None:
    maja, name = agent("maja"), words("Filed Person")
    sheet = f"Full name,Mail,Nothing\n{name},filed{len(name)}@example.com,x\n=1+1,not an address,y\n".encode()
    maja.turns_to("Customers")
    maja.button("Import").click()
    dialog = maja.page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": sheet}
    )
    dialog.get_by_label("Full name: Becomes").select_option("name")
    dialog.get_by_label("Mail: Becomes").select_option("email")
    dialog.get_by_role("button", name="Import 2 rows").click()
    expect(dialog.locator("[role=status]")).to_contain_text("1 new", timeout=20_000)
    expect(dialog.locator(".changes li")).to_contain_text("Row 3")
    dialog.get_by_role("button", name="Done").click()
    maja.page.get_by_role("searchbox").fill(name)
    expect(maja.page.locator(".customers-table tbody tr")).to_have_count(1)
    with maja.page.expect_download() as coming:
        maja.page.get_by_role("link", name="Export").click()
    assert name in coming.value.path().read_text()


def test_a_customer_is_given_what_is_kept_and_erased(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked, name = words("Forget me"), words("Gone Person")
    visitor().asks(asked)
    maja = agent("maja", place="/unassigned")
    maja.opens(asked)
    opens_panel(maja)
    edits(maja, Name=name)
    saves(maja)
    with maja.page.expect_download() as coming:
        more(maja, "Export their data")
    assert coming.value.suggested_filename.endswith(".zip")
    more(maja, "Erase")
    dialog = maja.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Erase", exact=True)).to_be_disabled()
    dialog.get_by_label(f"Type {name} to erase").fill(name)
    dialog.get_by_role("button", name="Erase", exact=True).click()
    expect(dialog.locator(".report")).to_contain_text("Conversations")
    dialog.get_by_role("button", name="Done").click()
    expect(maja.row(asked)).to_have_count(0)


def test_all_of_it_by_thumb(agent: NewAgent) -> None:
    maja = agent("maja", **PHONE)
    for place, there in (
        ("/customers", ".customers-table tbody tr"),
        ("/visitors", ".page .head"),
    ):
        maja.page.goto(maja.desk + place)
        expect(maja.page.locator(there).first).to_be_visible()
        fits(maja.page)
    maja.page.goto(maja.desk + "/customers?q=oliveira")
    maja.page.locator(".who-of a").first.tap()
    expect(maja.page.locator(".chapter").first).to_be_visible()
    fits(maja.page)
    maja.button("About the customer").tap()
    expect(panel(maja).locator("a.past").first).to_be_visible()
    fits(maja.page)
    panel(maja).get_by_role("button", name="Edit", exact=True).tap()
    fits(maja.page)


def fits(page: Page) -> None:
    expect_thumb_sized(page)
    expect_no_sideways_scrolling(page)
