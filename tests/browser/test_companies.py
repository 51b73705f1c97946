"""Companies, the list of customers, and everybody who is on the site."""

import re

from playwright.sync_api import Locator, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.test_customers import edits, opens_panel, panel, saves
from tests.browser.test_first_word import asks
from tests.serving import command

SOON = 5_000
# The page would ask every five seconds by itself; what is to be seen here is that it is told.
NO_ASKING = """
const every = window.setInterval;
window.setInterval = (run, after, ...more) => (after === 5000 ? 0 : every(run, after, ...more));
"""


def joins(desk: AtDesk, company: str) -> None:
    """The customer of the conversation that is open."""
    panel(desk).get_by_role("button", name="Edit", exact=True).click()
    panel(desk).get_by_role("combobox", name="Company").fill(company)
    desk.page.get_by_role("option", name=company).first.click()
    saves(desk)


def rows(desk: AtDesk) -> Locator:
    return desk.page.locator(".customers-table tbody tr")


def test_a_company_gathers_its_customers_talks_and_notes(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    company, said = words("Bean Counters"), [words("One"), words("Two")]
    noted, later = words("Pays late"), words("Pays at once now")
    maja = agent("maja", place="/unassigned")
    names = []
    for text in said:
        visitor().asks(text)
        maja.opens(text)
        names.append(opens_panel(maja).locator(".called").inner_text())
        joins(maja, company)
        if text == said[0]:
            maja.adds_note(noted)
        maja.button("Close the panel").click()
    opens_panel(maja).get_by_role("link", name=company).click()
    page = maja.page.locator(".company-in")
    expect(page.locator(".people li")).to_have_count(2)
    expect(page.locator("a.past")).to_have_count(2)
    expect(page.locator("a.past").first).to_contain_text(said[1])
    note = page.locator(".note")
    expect(note).to_have_count(1)
    expect(note).to_contain_text(noted)
    expect(note).to_contain_text(f"about {names[0]}")

    # It stands there as a colleague writes it, and leads to its place.
    oskar = agent("oskar", place="/unassigned")
    oskar.opens(said[1])
    oskar.adds_note(later)
    expect(note.first).to_contain_text(later, timeout=SOON)
    note.first.click()
    expect(maja.note(later)).to_be_in_viewport()
    maja.page.go_back()

    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Website").fill("javascript:alert(1)")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".wrong")).to_be_visible()
    page.get_by_label("Website").fill("beans.example")
    page.get_by_label("About", exact=True).fill("<b>Friendly</b>")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="beans.example")).to_have_attribute("href", "https://beans.example/")
    expect(page.locator(".about-them")).to_have_text("<b>Friendly</b>")
    expect(page.locator(".changes")).to_contain_text("Maja")


def test_the_list_narrows_by_company_label_field_and_when_they_were_seen(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    asked, name, company = words("Find me"), words("Findable Fia"), words("Fiaworks")
    field, value, label = words("Machine"), words("Lever"), words("Found")
    maja = agent("maja")
    asks(maja.page, "/api/own-fields", command(of="customer", name=field, kind="text", choices=[]))
    worn = asks(maja.page, "/api/labels", command(name=label, colour="blue", own=False))["label"]["id"]
    visitor().asks(asked)
    maja.goes("/unassigned")
    talk = maja.opens(asked)
    opens_panel(maja)
    edits(maja, Name=name, **{field: value})
    panel(maja).get_by_role("combobox", name="Company").fill(company)
    maja.page.get_by_role("option", name=company).first.click()
    saves(maja)
    asks(maja.page, f"/api/conversations/{talk}/labels", command(label_id=worn, message_id=None, on=True))
    maja.turns_to("Customers")
    expect(rows(maja).nth(5)).to_be_visible()
    maja.button("Filter").click()
    form = maja.page.get_by_role("dialog", name="Filter")
    for narrow, chip in (
        (lambda: form.get_by_label("Label").select_option(label=label), label),
        (lambda: form.get_by_label("Last seen").select_option("day"), "In the last day"),
        (lambda: form.get_by_label("Who").select_option("yes"), "With a name"),
    ):
        narrow()
        expect(maja.page.locator(".filter-chips")).to_contain_text(chip)
        expect(rows(maja).filter(has_text=name)).to_have_count(1)
    expect(rows(maja)).to_have_count(1)
    form.get_by_label("Field").select_option(label=field)
    form.get_by_label(field).fill(value)
    expect(maja.page.locator(".filter-chips")).to_contain_text(f"{field}: {value}")
    expect(rows(maja)).to_have_count(1)
    form.get_by_label("Last seen").select_option("older")
    expect(rows(maja)).to_have_count(0)
    expect(maja.page.get_by_text("Nobody fits")).to_be_visible()
    maja.page.keyboard.press("Escape")
    maja.button("Show everybody").click()
    expect(rows(maja).nth(5)).to_be_visible()
    maja.button("Filter").click()
    form.get_by_role("combobox", name="Company").fill(company)
    maja.page.get_by_role("option", name=company).first.click()
    expect(rows(maja)).to_have_count(1)
    expect(rows(maja)).to_contain_text(name)


def test_files_of_customers_are_the_admins(agent: NewAgent) -> None:
    for who, many in (("oskar", 0), ("maja", 1)):
        one = agent(who)
        one.turns_to("Customers")
        expect(rows(one).first).to_be_visible()
        expect(one.page.get_by_role("button", name="Import")).to_have_count(many)
        expect(one.page.get_by_role("link", name="Export")).to_have_count(many)
        status = one.page.evaluate("fetch('/api/customers.csv?limit=1').then(({ status }) => status)")
        assert status == (200 if many else 403)


def test_who_comes_to_the_site_is_there_at_once_and_where_they_go(
    visitor: NewVisitor, agent: NewAgent
) -> None:
    maja = agent("maja")
    maja.page.add_init_script(NO_ASKING)
    maja.page.goto(f"{maja.desk}/visitors")
    expect(maja.page.locator(".visitors-table, .void").first).to_be_visible()
    one = visitor(path="/faq")
    browser = one.page.evaluate("localStorage.getItem('frontdesk:browser')")
    line = maja.page.locator(f".visitors-table tr[data-id='{browser}']")
    expect(line).to_contain_text("Questions", timeout=SOON)
    one.visits("/delivery")
    expect(line).to_contain_text("Delivery", timeout=SOON)
    expect(line.locator(".col-pages")).to_have_text(re.compile("^2"))
    # Nothing stands outside the page.
    button = line.get_by_role("button", name=re.compile("Write first"))
    outer, inner = maja.page.locator(".visitors-table").bounding_box(), button.bounding_box()
    assert outer is not None
    assert inner is not None
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 0.5
