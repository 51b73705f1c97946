"""The desk's own manners: keys, sounds, colours, the number in the title."""

import re

from playwright.sync_api import Page, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import NewAgent, NewVisitor, Words
from tests.browser.network import until

COUNT_TONES = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
"""
HIDE = """
Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
document.dispatchEvent(new Event("visibilitychange"));
"""
KEEP_NOTICES = """
window.notices = [];
window.Notification = class {
  static permission = "granted";
  constructor(title, how) { window.notices.push(title); this.tag = how.tag; }
  close() {}
};
"""
NEVER_ASKED = """
window.Notification = class {
  static permission = "default";
  static requestPermission() { window.asked = true; return Promise.resolve("denied"); }
};
"""


def test_keys_go_through_the_list_open_answer_and_close(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    questions = [words("First of three"), words("Second of three")]
    for question in questions:
        visitor().asks(question)
    petra = agent("petra", place="/unassigned")
    expect(petra.row(questions[1])).to_be_visible()
    petra.row(questions[1]).focus()
    petra.page.keyboard.press("j")
    expect(petra.row(questions[0])).to_be_focused()
    petra.page.keyboard.press("k")
    expect(petra.row(questions[1])).to_be_focused()
    petra.page.keyboard.press("Enter")
    expect(petra.said(questions[1])).to_be_visible()
    petra.page.keyboard.press("r")
    expect(petra.composer).to_be_focused()
    petra.page.keyboard.type("c?")
    expect(petra.composer).to_have_value("c?")
    expect(petra.page.get_by_role("dialog")).to_be_hidden()
    petra.composer.fill("")
    petra.page.keyboard.press("Escape")
    petra.page.keyboard.press("c")
    expect(petra.button("Reopen")).to_be_visible()
    petra.toast.get_by_role("button", name="Undo").click()
    expect(petra.button("Close")).to_be_visible()


def test_the_question_mark_lists_all_keys(agent: NewAgent) -> None:
    petra = agent("petra")
    petra.page.keyboard.press("?")
    keys = petra.page.get_by_role("dialog", name="All keys")
    for what in (
        "Next and previous conversation",
        "Open the conversation",
        "Reply",
        "Close the conversation",
    ):
        expect(keys.get_by_text(what, exact=True)).to_be_visible()
    petra.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def heard(page: Page) -> int:
    return int(page.evaluate("window.tones"))


def test_a_new_message_sounds_until_the_agent_turns_it_off(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    signe = agent("signe", place="/unassigned")
    signe.context.add_init_script(COUNT_TONES)
    signe.page.reload()
    signe.place("Unassigned").click()
    first = words("Can you hear me?")
    visitor().asks(first)
    expect(signe.row(first)).to_be_visible()
    until(lambda: heard(signe.page) > 0, signe.page)
    signe.page.get_by_role("button", name="Here, sound on").click()
    signe.page.get_by_role("menuitemcheckbox", name="Sound on").click()
    expect(signe.page.get_by_text("Here, sound off")).to_be_visible()
    before, second = heard(signe.page), words("And now?")
    visitor().asks(second)
    expect(signe.row(second)).to_be_visible()
    assert heard(signe.page) == before


def test_the_chat_sounds_when_the_visitor_asked_for_it(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    one = visitor()
    one.context.add_init_script(COUNT_TONES)
    one.visits("/").opens_chat()
    one.chat.get_by_role("button", name="Sound is off").click()
    question = words("Is it in stock?")
    one.asks(question)
    maja = agent("maja", place="/unassigned")
    maja.opens(question)
    maja.answers("It is.")
    expect(one.said("It is.")).to_be_visible()
    assert int(one.screen.evaluate("() => window.tones")) > 0


def test_colours_follow_the_agents_choice_on_every_device(agent: NewAgent) -> None:
    tove, other = agent("tove", place="/settings/you"), agent("tove")
    light = ground(other)
    tove.page.get_by_role("radio", name="Dark").click()
    for desk in (tove, other):
        expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert ground(other) != light
    tove.page.reload()
    expect(tove.page.locator("html")).to_have_attribute("data-theme", "dark")


def ground(desk: AtDesk) -> str:
    return str(desk.page.evaluate("getComputedStyle(document.body).backgroundColor"))


def number(page: Page) -> int:
    found = re.match(r"\((\d+)\) ", page.title())
    return int(found[1]) if found else 0


def test_the_title_counts_what_is_new_until_it_was_looked_at(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    leila = agent("leila", place="/unassigned")
    before, question = number(leila.page), words("Anybody?")
    visitor().asks(question)
    expect(leila.page).to_have_title(re.compile(rf"^\({before + 1}\) Unassigned · Kvarn & Kanna$"))
    leila.opens(question)
    until(lambda: number(leila.page) == before, leila.page)


def test_a_hidden_desk_shows_a_notice_with_the_name_alone(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    vera = agent("vera", place="/unassigned")
    vera.context.add_init_script(KEEP_NOTICES)
    vera.page.reload()
    expect(vera.list).to_be_visible()
    vera.page.evaluate(HIDE)
    question = words("Is this private?")
    visitor().asks(question)
    expect(vera.row(question)).to_be_visible()
    until(lambda: bool(vera.page.evaluate("window.notices.length")), vera.page)
    assert re.fullmatch(r"Visitor \w+ wrote", vera.page.evaluate("window.notices[0]"))


def test_the_desk_asks_once_whether_it_may_show_notices(
    visitor: NewVisitor, agent: NewAgent, words: Words
) -> None:
    vera = agent("vera", place="/unassigned")
    vera.context.add_init_script(NEVER_ASKED)
    vera.page.reload()
    expect(vera.list).to_be_visible()
    ask = vera.page.get_by_text("Be told of new messages when this tab is hidden?")
    expect(ask).to_be_hidden()
    vera.page.evaluate(HIDE)
    visitor().asks(words("Hello there"))
    expect(ask).to_be_visible()
    vera.page.get_by_role("button", name="Not now").click()
    expect(ask).to_be_hidden()
    second = words("Hello again")
    visitor().asks(second)
    expect(vera.row(second)).to_be_visible()
    expect(ask).to_be_hidden()
    assert vera.page.evaluate("window.asked") is None
