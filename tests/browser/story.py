"""What happens between one visitor and two agents, told step by step; the same on either database."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect
from tests.browser.agent import AtDesk
from tests.browser.visitor import Visitor

SECOND = 1_000
SOON = 2_000


@dataclass
class Story:
    one: Visitor
    maja: AtDesk
    oskar: AtDesk
    conversation: str = ""
    waiting: int = 0
    """How many were unassigned before."""

    def begins(self, question: str) -> None:
        """Both agents look at Unassigned and see the question within a second."""
        self.waiting = self.maja.count("Unassigned")
        self.one.begins().writes(question)
        for desk in (self.maja, self.oskar):
            expect(desk.row(question)).to_be_visible(timeout=SECOND)
            assert desk.count("Unassigned") == self.waiting + 1
        expect(self.one.foot).to_contain_text("Sent")

    def maja_looks(self, question: str) -> None:
        self.conversation = self.maja.opens(question)
        row = self.oskar.row_of(self.conversation)
        expect(row).to_contain_text("Maja looking", timeout=SOON)
        expect(self.one.foot).to_have_text("Seen")

    def maja_begins_to_reply_and_leaves_it(self) -> None:
        row = self.oskar.row_of(self.conversation)
        self.maja.composer.press_sequentially("Hm")
        expect(row).to_contain_text("Maja replying", timeout=SOON)
        expect(self.one.typing("Maja")).to_be_visible(timeout=SOON)
        self.maja.composer.fill("")
        expect(row).not_to_contain_text("replying", timeout=SOON)
        expect(self.one.typing("Maja")).to_be_hidden(timeout=SOON)
        self.maja.place("Unassigned").click()
        expect(row).not_to_contain_text("looking", timeout=SOON)

    def oskar_answers(self, answer: str) -> None:
        """It becomes his, and leaves Unassigned before Maja's eyes."""
        mine = self.oskar.count("My inbox")
        self.oskar.row_of(self.conversation).click()
        self.one.composer.press_sequentially("and")
        expect(self.oskar.log.locator(".typing")).to_be_visible(timeout=SOON)
        self.oskar.answers(answer)
        expect(self.maja.row_of(self.conversation)).to_have_count(0, timeout=SOON)
        assert self.maja.count("Unassigned") == self.waiting
        assert self.oskar.count("My inbox") == mine + 1
        expect(self.oskar.log.get_by_text("You took this conversation")).to_be_visible()

    def the_visitor_reads_it(self, answer: str) -> None:
        group = self.one.chat.locator(".theirs", has_text=answer)
        expect(group.locator(".said")).to_have_text(answer)
        expect(group.get_by_text("Oskar")).to_be_attached()
        expect(self.one.chat.get_by_role("heading", name="Oskar")).to_be_visible()
        expect(self.oskar.foot).to_have_text(re.compile(r"Seen · \d"))
