"""Where a suggestion comes from can be opened: the very message, the very passage."""

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser import served
from tests.browser.conftest import NewAgent, NewVisitor
from tests.browser.knowing import lower_the_bar, offers, until_suggested
from tests.browser.served import House
from tests.cast import Cast
from tests.databases import Database

from frontdesk.base.files import Files
from frontdesk.know import answers, sources
from frontdesk.people.model import SYSTEM

PATIENCE = 30_000
PAST = "The grinder takes beans of any roast, oily ones too, and never needs more than a dry brush."
KETTLE = "The field kettle holds one litre and boils on any gas stove in four minutes."
FILLER = "Chapter {n} tells of gadget number {n}, which has nothing to do with whatever came before it."


def furnish(folder: Files, cast: Cast) -> None:
    talk = cast.ines.writes("Which beans does the grinder take?")
    said = cast.oskar.answers(talk, PAST)
    for n in range(70):
        cast.ines.writes(f"Something else, number {n}", talk)
        cast.oskar.answers(talk, f"An answer to number {n}")
    question = "Which beans does the grinder take?"
    cast.desk.write_now(
        answers.approve, cast.oskar.actor, question=question, text=PAST, message_id=said.message.id
    )
    chapters = "\n\n".join(f"# Chapter {n}\n\n{FILLER.format(n=n)}" for n in range(40))
    text = f"{chapters}\n\n# Field kettle\n\n{KETTLE}\n".encode()
    stored = folder.keep(io.BytesIO(text), "kettles.md", 100_000)
    added = {"name": stored.name, "type": "text/markdown", "size": stored.size}
    cast.desk.write_now(sources.add_document, SYSTEM, stored, **added)


@pytest.fixture
def house(sqlite: Database) -> Iterator[House]:
    with served.house(sqlite, lambda cast: furnish(Files(sqlite.folder / "files"), cast)) as one:
        yield one


def test_a_past_answer_opens_at_its_message(house: House, visitor: NewVisitor, agent: NewAgent) -> None:
    maja = agent("maja", house, "/unassigned")
    asked = "Which beans may I put into the grinder, oily ones too?"
    lower_the_bar(maja)
    until_suggested(maja, asked, "any roast")
    visitor(house).asks(asked)
    maja.opens(asked)
    card = offers(maja).filter(has_text="any roast").first
    expect(card).to_be_visible(timeout=PATIENCE)
    card.locator(".from a").click()
    sought = maja.log.locator(".bubble.sought")
    expect(sought).to_have_text(PAST)
    expect(sought).to_be_in_viewport(ratio=1)
    expect(sought).to_have_attribute("aria-current", "true")
    maja.page.reload()
    expect(sought).to_be_in_viewport(ratio=1)


def test_a_document_opens_at_its_passage(house: House, visitor: NewVisitor, agent: NewAgent) -> None:
    maja = agent("maja", house, "/unassigned")
    asked = "How quickly does the field kettle boil on a gas stove?"
    lower_the_bar(maja)
    until_suggested(maja, asked, "one litre")
    visitor(house).asks(asked)
    maja.opens(asked)
    card = offers(maja).filter(has_text="one litre").first
    expect(card).to_be_visible(timeout=PATIENCE)
    card.get_by_role("link", name="kettles.md").click()
    expect(maja.page).to_have_url(re.compile(r"/knowledge/\w+\?passage=\w+$"))
    sought = maja.page.locator(".passages li.sought")
    expect(sought).to_contain_text(KETTLE)
    expect(sought).to_be_in_viewport()
    expect(maja.page.get_by_role("link", name="Download")).to_be_visible()
