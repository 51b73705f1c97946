"""A conversation that a visitor and an agent both have before them."""

import re

from playwright.sync_api import expect
from tests.browser.agent import AtDesk
from tests.browser.network import AGENT_POSTS, VISITOR_POSTS
from tests.browser.visitor import Visitor


class Sides:
    """Open on both screens. `writer` is whose words are at stake, `reader` the other."""

    def __init__(self, who: str, one: Visitor, oskar: AtDesk) -> None:
        self.both = (one, oskar)
        self.reader: Visitor | AtDesk = oskar if who == "visitor" else one
        self.writer: Visitor | AtDesk = one if who == "visitor" else oskar
        self.posts = VISITOR_POSTS if who == "visitor" else AGENT_POSTS

    def writes(self, text: str) -> None:
        if isinstance(self.writer, Visitor):
            self.writer.writes(text)
        else:
            self.writer.answers(text)

    def show_exactly(self, *texts: str) -> None:
        for side in self.both:
            expect(side.bubbles).to_have_text([re.compile(r"Hello\?"), "Hello.", *texts])
