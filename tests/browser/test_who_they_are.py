"""Who somebody is: their name, what was vouched for, what they do, and two who are one."""

import re
import time

import jwt
from playwright.sync_api import expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.test_customers import edits, more, opens_panel, panel, saves
from tests.browser.test_first_word import asks
from tests.browser.test_keeping import define
from tests.serving import command

SOON = 5_000


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def own_field(desk: AtDesk, name: str, kind: str, of: str = "customer") -> None:
    asks(desk.page, "/api/own-fields", command(of=of, name=name, kind=kind, choices=[]))


def test_a_glance_says_who_where_and_with_what(agent: NewAgent) -> None:
    maja = agent("maja")
    maja.row("box and paper").click()
    who = opens_panel(maja).locator(".who-is")
    expect(who.locator(".face")).to_have_text("IO")
    expect(who.locator(".called")).to_have_text("Ines Oliveira")
    expect(who).to_contain_text(re.compile(r"Lisbon, Portugal · \d\d:\d\d there"))
    expect(who).to_contain_text(re.compile(r"Last seen .+ · Website"))
    expect(who).to_contain_text("English")


def test_who_has_no_name_is_called_the_same_until_they_have_one(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    first, second, name = words("Anybody?"), words("Me again"), words("Nora Fjell")
    one = visitor()
    one.asks(first)
    maja = agent("maja", place="/unassigned")
    called = maja.row(first).locator(".name").inner_text()
    assert re.fullmatch(r"Visitor \w+|\w+ lead", called), called
    one.visits("/faq")
    one.goes_home() if one.bubble.get_attribute("aria-expanded") == "true" else one.opens_chat()
    one.chat.get_by_role("button", name="Write to us").click()
    one.writes(second)
    expect(maja.row(second).locator(".name")).to_have_text(called)
    maja.opens(first)
    opens_panel(maja)
    edits(maja, Name=name)
    saves(maja)
    for words_of in (first, second):
        expect(maja.row(words_of).locator(".name")).to_have_text(name)
    expect(maja.page.locator(".talk .head h2")).to_have_text(name)


def test_what_the_site_signed_is_marked_and_own_fields_are_checked(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked, name, company = words("It is me"), words("Signe Vik"), words("Vik & Co")
    number, link, day = words("Pieces"), words("Shop"), words("Since")
    maja = agent("maja")
    for field, kind in ((number, "number"), (link, "link"), (day, "date")):
        own_field(maja, field, kind)
    key = asks(maja.page, "/api/settings/identity-key", command())["key"]
    now, address = int(time.time()), f"{letters(name)}@vik.example"
    said = {"sub": name, "aud": "frontdesk", "iat": now, "exp": now + 300, "name": name, "email": address}
    token = jwt.encode({**said, "company": company, "fields": {number: "12"}}, key, algorithm="HS256")
    one = visitor()
    one.opens_chat()
    one.calls("identify", {"token": token})
    expect(one.greeting).to_be_visible()
    one.asks(asked)
    maja.goes("/unassigned")
    maja.opens(asked)
    fields = opens_panel(maja).locator(".fields")
    expect(panel(maja).locator(".called")).to_have_text(name)
    expect(fields).to_contain_text(address)
    expect(fields).to_contain_text(company)
    expect(fields.locator(".proven")).to_have_count(3)
    expect(fields.locator(".said-so")).to_have_count(0)

    edits(maja, **{number: "many", link: "javascript:alert(1)", day: "2026-02-03"})
    panel(maja).get_by_role("button", name="Save", exact=True).click()
    wrong = panel(maja).locator(".profile-form .wrong")
    expect(wrong.first).to_be_visible()
    panel(maja).get_by_label(number, exact=True).fill("1200.5")
    panel(maja).get_by_role("button", name="Save", exact=True).click()
    expect(panel(maja).get_by_label(link, exact=True)).to_have_attribute("aria-invalid", "true")
    panel(maja).get_by_label(link, exact=True).fill("vik.example/shop")
    saves(maja)
    expect(fields).to_contain_text("1,200.5")
    expect(fields).to_contain_text("3 February 2026")
    expect(fields.get_by_role("link", name="vik.example/shop")).to_have_attribute(
        "href", "https://vik.example/shop"
    )
    # What an agent wrote instead is the agent's word.
    expect(fields.locator(".proven")).to_have_count(2)


def test_events_tell_of_pages_talks_labels_and_changes(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked, label, title = words("A long story"), words("Story"), words("Smith")
    one = visitor(path="/faq")
    one.asks(asked)
    maja = agent("maja", place="/unassigned")
    conversation = maja.opens(asked)
    maja.button("Labels").click()
    define(maja, label)
    maja.page.keyboard.press("Escape")
    events = opens_panel(maja).locator(".events")
    edits(maja, Title=title)
    saves(maja)
    maja.button("Close").click()
    maja.goes(f"/c/{conversation}")
    opens_panel(maja)
    for what in ("Conversation started", "Conversation closed", f"Label {label}", "Title changed"):
        expect(events.locator(".event").filter(has_text=what)).to_have_count(1)
    events.locator(".event").filter(has_text="Title changed").click()
    expect(events.locator(".details")).to_contain_text(title)
    expect(events.locator(".details")).to_contain_text("Maja")
    events.locator(".event").filter(has_text="Conversation started").click()
    expect(events.get_by_role("link", name="Open the conversation").first).to_be_visible()


def test_the_customers_own_page_follows_while_they_browse(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked, hostile = words("Watch me"), words("<img src=x onerror=alert(1)>")
    one = visitor(path="/faq")
    one.asks(asked)
    maja = agent("maja", place="/unassigned")
    conversation = maja.opens(asked)
    told = asks(maja.page, f"/api/conversations/{conversation}")["conversation"]["customer"]
    maja.page.goto(f"{maja.desk}/customers/{told['id']}")
    events = panel(maja).locator(".events")
    expect(events.locator(".event strong")).to_contain_text("Questions")
    one.visits("/delivery")
    expect(events.locator(".event strong")).to_contain_text("Delivery", timeout=SOON)
    one.page.evaluate(
        "text => { document.title = text; history.pushState({}, '', '/delivery/express') }", hostile
    )
    expect(events.locator(".event strong")).to_have_text(hostile, timeout=SOON)
    expect(panel(maja).locator(".who-is")).to_contain_text("On the site now")
    one.calls("event", "Asked for a sample", {"size": "small"})
    line = events.locator(".event").filter(has_text="Asked for a sample")
    expect(line).to_be_visible(timeout=SOON)


def test_the_same_address_is_suggested_and_a_merge_can_be_undone(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    first, second = words("Write to"), words("As I said, write to")
    address = f"{letters(words('twice'))}@post.example"
    visitor().asks(f"{first} {address}")
    visitor().asks(f"{second} {address}")
    maja = agent("maja", place="/unassigned")
    maja.opens(second)
    about = opens_panel(maja)
    expect(about.locator(".duplicates")).to_contain_text("This may be the same person")
    expect(about.locator("a.past")).to_have_count(0)
    about.locator(".duplicates").get_by_role("button", name="Merge").click()
    maja.page.get_by_role("dialog").get_by_role("button", name="Merge", exact=True).click()
    expect(about.locator("a.past")).to_have_count(1)
    expect(about.locator("a.past")).to_contain_text(first)
    expect(about.locator(".duplicates")).to_have_count(0)
    more(maja, "Who changed what")
    dialog = maja.page.get_by_role("dialog")
    expect(dialog).to_contain_text("was merged into this customer")
    expect(dialog).to_contain_text("can be undone until")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog).to_contain_text("Undone")
    maja.page.keyboard.press("Escape")
    expect(about.locator("a.past")).to_have_count(0, timeout=20_000)
    expect(about.locator(".duplicates")).to_be_visible(timeout=20_000)


def test_of_who_is_blocked_nothing_is_seen_until_it_is_lifted(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked = words("Rude again")
    one = visitor()
    one.asks(asked)
    maja = agent("maja", place="/unassigned")
    maja.opens(asked)
    about = opens_panel(maja)
    expect(about.locator(".who-is")).to_contain_text("On the site now")
    one.composer.press_sequentially("Hm")
    expect(maja.log.locator(".typing")).to_be_visible(timeout=SOON)
    more(maja, "Block")
    maja.page.get_by_role("dialog").get_by_role("button", name="Block", exact=True).click()
    expect(about.locator(".who-is")).to_contain_text("Blocked until")
    expect(maja.log.locator(".typing")).to_have_count(0)
    expect(about.locator(".who-is")).not_to_contain_text("On the site now")
    one.composer.press_sequentially("Hm, hm")
    maja.page.wait_for_timeout(1_500)  # long enough for what must not come; it came within less above
    expect(maja.log.locator(".typing")).to_have_count(0)

    called = about.locator(".called").inner_text()
    maja.goes("/settings/keeping")
    line = maja.page.locator(".lines-list li").filter(has_text=called)
    expect(line).to_contain_text("Maja")
    line.get_by_role("button", name="Unblock").click()
    expect(line).to_have_count(0)
    maja.goes("/unassigned")
    maja.opens(asked)
    one.composer.press_sequentially("!")
    expect(maja.log.locator(".typing")).to_be_visible(timeout=SOON)
