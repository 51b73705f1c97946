"""Three agents and a visitor: a team is called, a thread tells everyone, what sleeps wakes by itself."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests import databases
from tests.browser import served
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.network import until
from tests.browser.served import House
from tests.browser.test_desk import COUNT_TONES, HIDE, KEEP_NOTICES
from tests.cast import Cast

from frontdesk.base.clock import SECOND
from frontdesk.base.db import Tx
from frontdesk.talk import ready, snooze

SOON = 3_000
ASLEEP = "Call me back in a moment."
# Longer than a server takes to start, and a page to open.
SLEEPS = 15 * SECOND
WAKES = 45_000

Seats = Callable[..., list[AtDesk]]


def furnish(cast: Cast) -> None:
    cast.team("Billing", cast.oskar, cast.leila)
    cast.team("Repairs", cast.oskar)
    for text, own in (("Hi {customer}, it is on its way. {agent}", False), ("Mine: {agent}", True)):
        name = "mine" if own else "ours"
        cast.desk.write_now(ready.add, cast.maja.actor, name=name, text=text, own=own)


@pytest.fixture(scope="module")
def house(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("together")
    (folder / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
    with served.house(databases.Database(folder), furnish) as one:
        yield one


@pytest.fixture
def seats(house: House, agent: NewAgent) -> Seats:
    def seat(*who: str, place: str = "/unassigned") -> list[AtDesk]:
        return [agent(one, house, place) for one in who]

    return seat


def test_a_team_is_called_and_each_member_hears_it(
    house: House, visitor: NewVisitor, seats: Seats, words: Words
) -> None:
    question, said = words("Was I charged twice?"), words("who knows this invoice?")
    one = visitor(house).asks(question)
    maja, *members = seats("maja", "oskar", "leila")
    maja.opens(question)
    before = [member.unseen() for member in members]
    maja.page.get_by_role("tab", name="Internal note").click()
    maja.note_field.press_sequentially("@bill")
    expect(maja.candidates).to_have_count(1)
    expect(maja.candidates).to_contain_text("Billing")
    expect(maja.candidates).to_contain_text("2 people")
    expect(maja.candidates.locator(".face")).to_be_visible()
    maja.note_field.press("Enter")
    expect(maja.note_field).to_have_value("@Billing ")
    maja.note_field.press_sequentially(said)
    maja.note_field.press("Enter")
    expect(maja.note(said).locator(".mention")).to_have_text("@Billing")
    for member, unseen in zip(members, before, strict=True):
        member.rings(unseen + 1)
        member.page.bring_to_front()
        member.turns_to("Mentions")
        member.row(said).click()
        expect(member.note(said)).to_be_visible()
        expect(member.said(question)).to_be_visible()
        member.rings(unseen)
    assert said not in one.page.content()
    expect(one.screen).not_to_contain_text("Billing")


def test_who_is_no_member_is_not_called(
    house: House, visitor: NewVisitor, seats: Seats, words: Words
) -> None:
    question, said = words("Is it paid?"), words("somebody of you")
    visitor(house).asks(question)
    maja, leila, oskar = seats("maja", "leila", "oskar")
    maja.opens(question)
    before, theirs = leila.unseen(), oskar.unseen()
    maja.calls("rep", "Repairs", said)
    oskar.rings(theirs + 1)
    leila.rings(before)
    leila.turns_to("Mentions")
    expect(leila.list.locator(".void, a.row").first).to_be_visible()
    expect(leila.row(said)).to_have_count(0)


def test_a_mention_sounds_and_shows_a_notice(
    house: House, visitor: NewVisitor, seats: Seats, words: Words
) -> None:
    question, said = words("Do you hear me?"), words("a secret of the house")
    visitor(house).asks(question)
    maja, oskar = seats("maja", "oskar")
    for script in (COUNT_TONES, KEEP_NOTICES):
        oskar.context.add_init_script(script)
    oskar.page.reload()
    oskar.place("Mentions").click()
    expect(oskar.list).to_be_visible()
    maja.opens(question)
    # Nobody calls before that page listens.
    before = oskar.unseen()
    oskar.page.evaluate(HIDE)
    maja.calls("osk", "Oskar Berg", said)
    oskar.rings(before + 1)
    until(lambda: int(oskar.page.evaluate("window.tones")) > 0, oskar.page)
    until(lambda: bool(oskar.page.evaluate("window.notices.length")), oskar.page)
    assert oskar.page.evaluate("window.notices") == ["Maja mentioned you"]


def test_everyone_in_a_thread_is_told(house: House, visitor: NewVisitor, seats: Seats, words: Words) -> None:
    question, said = words("Cracked?"), words("A crack in the lid")
    first, second = words("Seen it"), words("Me too")
    one = visitor(house).asks(question)
    maja, oskar, leila = seats("maja", "oskar", "leila")
    quiet = leila.unseen()
    maja.opens(question)
    maja.adds_note(said)
    maja.turns_to("My inbox")
    for writer, answer in ((oskar, first), (leila, second)):
        told = maja.unseen()
        earlier = oskar.unseen()
        writer.opens(question)
        under = writer.note(said)
        under.get_by_role("button", name="Answer in this thread").click()
        under.get_by_role("textbox", name="Answer in this thread").fill(answer)
        under.get_by_role("button", name="Answer", exact=True).click()
        expect(under).to_contain_text(answer)
        maja.rings(told + 1)
        writer.turns_to("My inbox")
        oskar.rings(earlier + (1 if writer is leila else 0))
    leila.rings(quiet)
    maja.turns_to("Unassigned")
    maja.row(question).click()
    expect(maja.note(said)).to_contain_text("2 answers")
    expect(maja.note(said).locator(".answer").last).to_contain_text(second)
    expect(one.screen).not_to_contain_text(first)
    assert all(text not in one.page.content() for text in (said, first, second))


def test_the_teams_ready_reply_is_everyones_and_ones_own_is_not(
    house: House, visitor: NewVisitor, seats: Seats, words: Words
) -> None:
    question = words("When?")
    visitor(house).asks(question)
    for desk, many in zip(seats("maja", "oskar"), (1, 0), strict=True):
        desk.opens(question)
        desk.composer.press_sequentially(":ours")
        field = desk.page.locator(".write textarea")
        expect(desk.page.get_by_role("option", name="ours")).to_be_visible()
        field.press("Enter")
        expect(field).to_have_value(re.compile("^Hi, it is on its way. (Maja|Oskar)$"))
        field.fill("")
        field.press_sequentially(":mine")
        expect(desk.page.get_by_role("option", name="mine")).to_have_count(many)
        field.fill("")


def test_what_sleeps_comes_back_on_top_by_itself(shared: Path, tmp_path: Path, agent: NewAgent) -> None:
    def furnished(cast: Cast) -> None:
        said = cast.ines.asks("An older one")
        cast.leila.answers(said, ASLEEP)
        cast.leila.answers(cast.lead.asks("And another"), "The newer of both.")

        def sleeps(tx: Tx) -> None:
            morning = tx.now + SLEEPS
            snooze.snooze(tx, cast.leila.actor, conversation_id=said.conversation.id, until=morning)

        cast.desk.write_now(sleeps)

    (tmp_path / "frontdesk.db").write_bytes(databases.migrated_file(shared).read_bytes())
    with served.house(databases.Database(tmp_path), furnished) as one:
        leila = agent("leila", one, "/inbox")
        expect(leila.row("The newer of both.")).to_be_visible()
        expect(leila.row(ASLEEP)).to_have_count(0)
        expect(leila.list.locator("a.row").first).to_contain_text(ASLEEP, timeout=WAKES)
        leila.rings(1)
