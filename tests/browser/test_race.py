"""Two agents answer the same question in the same moment."""

import re
from contextlib import ExitStack

from playwright.sync_api import expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.network import AGENT_POSTS, held, until


def answer_at_once(desks: dict[str, AtDesk], answers: dict[str, str]) -> None:
    """Both have sent before either is heard."""
    with ExitStack() as both:
        waiting = [both.enter_context(held(desk.context, AGENT_POSTS)) for desk in desks.values()]
        for name, desk in desks.items():
            desk.answers(answers[name])
        until(lambda: all(waiting), desk.page)


def test_one_of_two_wins_and_the_other_keeps_the_draft(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    question = words("Which burrs fit a K2?")
    one = visitor().asks(question)
    desks = {name: agent(name.lower(), place="/unassigned") for name in ("Maja", "Oskar")}
    for desk in desks.values():
        first = desk.opens(question)
    answers = {"Maja": words("The steel set."), "Oskar": words("Set number two.")}
    answer_at_once(desks, answers)

    told = re.compile("answered first")
    strips = {name: desk.page.get_by_role("alert").filter(has_text=told) for name, desk in desks.items()}
    until(lambda: any(strip.is_visible() for strip in strips.values()), one.page)
    loser = "Maja" if strips["Maja"].is_visible() else "Oskar"
    winner = "Oskar" if loser == "Maja" else "Maja"
    expect(strips[loser]).to_contain_text(f"{winner} answered first. Draft kept.")
    expect(desks[loser].composer).to_have_value(answers[loser])
    expect(desks[winner].foot).to_have_text(re.compile("Sent|Seen"))
    expect(one.said(answers[winner])).to_be_visible()
    expect(one.said(answers[loser])).to_have_count(0)
    goes_on_in_a_conversation_of_their_own(desks[loser], desks[winner], first, answers[loser])
    one.goes_home()
    expect(one.chat.locator(".old")).to_have_count(2)
    one.chat.locator(".old", has_text=loser).click()
    expect(one.said(answers[loser])).to_be_visible()


def goes_on_in_a_conversation_of_their_own(loser: AtDesk, winner: AtDesk, first: str, answer: str) -> None:
    loser.button("Send as new").click()
    expect(loser.said(answer)).to_be_visible()
    expect(loser.log.get_by_text("Went on from an earlier conversation")).to_be_visible()
    assert first not in loser.page.url
    second = loser.page.url
    loser.log.get_by_role("link", name="Open it").click()
    expect(loser.page).to_have_url(re.compile(first))
    expect(loser.log.get_by_text("You went on in a new conversation")).to_be_visible()
    expect(winner.log.get_by_text("went on in a new conversation")).to_be_visible()
    winner.log.get_by_role("link", name="Open it").click()
    expect(winner.said(answer)).to_be_visible()
    assert winner.page.url.split("?")[0] == second.split("?")[0]
