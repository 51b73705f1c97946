"""The whole story: somebody asks in the shop, two agents see it, one of them answers."""

import re

from playwright.sync_api import expect
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.story import SOON, Story


def test_a_question_is_answered_live(visitor: NewVisitor, agent: NewAgent, words: Words) -> None:
    story = Story(visitor(), agent("maja", place="/unassigned"), agent("oskar", place="/unassigned"))
    meets_the_team(story)
    question, answer = words("Does the K2 fit into a rucksack?"), words("It does, with room for a cup.")
    story.begins(question)
    story.maja_looks(question)
    story.maja_begins_to_reply_and_leaves_it()
    story.oskar_answers(answer)
    story.the_visitor_reads_it(answer)
    is_told_of_news_while_the_chat_is_shut(story, words)
    comes_back_to_oskar_when_written_to_after_closing(story, words)
    opens_again_when_oskar_writes(story, words)
    finds_old_conversations_after_a_reload(story, question, words)


def meets_the_team(story: Story) -> None:
    greeting = story.one.opens_chat().greeting
    expect(greeting).to_contain_text("Hello, what can we help with?")
    expect(greeting).to_contain_text(re.compile(r"Maja.*Oskar.*here now"))
    expect(greeting).to_contain_text("Usually answers in")
    expect(greeting.locator(".face").first).to_be_visible()


def is_told_of_news_while_the_chat_is_shut(story: Story, words: Words) -> None:
    one, title = story.one, story.one.page.title()
    one.closes_chat()
    story.oskar.answers(words("And it weighs 460 g."))
    expect(one.bubble).to_have_attribute("aria-label", "Open chat, 1 new message")
    expect(one.bubble).to_have_text("1")
    expect(one.page).to_have_title(f"(1) {title}")
    last = words("The travel press is lighter still.")
    story.oskar.answers(last)
    expect(one.page).to_have_title(f"(2) {title}")
    expect(story.oskar.foot).to_contain_text("Sent")
    one.opens_chat()
    expect(one.said(last)).to_be_visible()
    expect(one.page).to_have_title(title)
    expect(story.oskar.foot).to_contain_text("Seen")


def comes_back_to_oskar_when_written_to_after_closing(story: Story, words: Words) -> None:
    one, oskar = story.one, story.oskar
    oskar.button("Close").click()
    expect(oskar.log.get_by_text("You closed this conversation")).to_be_visible()
    expect(one.chat.get_by_text("Oskar closed this conversation")).to_be_visible()
    oskar.place("My inbox").click()
    expect(oskar.row_of(story.conversation)).to_have_count(0)
    more = words("One more thing: is there a bag for it?")
    one.writes(more)
    expect(oskar.toast).to_contain_text("wrote again. The conversation is open.", timeout=SOON)
    expect(oskar.row(more)).to_be_visible(timeout=SOON)
    oskar.toast.get_by_role("button", name="Open").click()
    expect(oskar.said(more)).to_be_visible()


def opens_again_when_oskar_writes(story: Story, words: Words) -> None:
    one, oskar = story.one, story.oskar
    oskar.button("Close").click()
    expect(oskar.button("Reopen")).to_be_visible()
    expect(one.chat.get_by_text("Oskar closed this conversation")).to_have_count(2)
    bag = words("There is, for 190 kr.")
    oskar.answers(bag)
    expect(oskar.button("Close")).to_be_visible()
    expect(one.said(bag)).to_be_visible()
    expect(oskar.log.get_by_text("You reopened this conversation")).to_be_visible()


def finds_old_conversations_after_a_reload(story: Story, question: str, words: Words) -> None:
    one = story.one
    one.goes_home()
    other = words("And do you engrave?")
    one.asks(other)
    expect(story.maja.row(other)).to_be_visible(timeout=SOON)
    one.page.reload()
    expect(one.said(other)).to_be_visible()
    one.goes_home()
    earlier = one.chat.locator(".old")
    expect(earlier).to_have_count(2)
    earlier.filter(has_text="Oskar").click()
    expect(one.said(question)).to_be_visible()
