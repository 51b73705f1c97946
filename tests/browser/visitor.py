"""A visitor of the shop, and the chat as they have it before them."""

import re

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect


class Visitor:
    def __init__(self, context: BrowserContext, shop: str) -> None:
        self.context = context
        self.shop = shop
        self.page: Page = context.new_page()

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("frontdesk-chat iframe")

    @property
    def bubble(self) -> Locator:
        return self.page.locator("frontdesk-chat button")

    @property
    def screen(self) -> Locator:
        return self.chat.locator("body")

    @property
    def bubbles(self) -> Locator:
        return self.chat.locator(".said")

    @property
    def composer(self) -> Locator:
        return self.chat.get_by_role("textbox")

    @property
    def tray(self) -> Locator:
        """Files that are not sent yet."""
        return self.chat.locator(".attached")

    @property
    def dropping(self) -> Locator:
        """Shows where a file that is dragged over the chat may fall."""
        return self.chat.locator(".over")

    @property
    def picker(self) -> Locator:
        return self.chat.locator(".composer input[type=file]")

    @property
    def foot(self) -> Locator:
        """How far the newest message came."""
        return self.chat.locator(".mine .foot").last

    @property
    def greeting(self) -> Locator:
        return self.chat.locator(".hello")

    def visits(self, path: str) -> "Visitor":
        self.page.goto(self.shop + path)
        return self

    def opens_chat(self) -> "Visitor":
        self.bubble.click()
        expect(self.bubble).to_have_attribute("aria-expanded", "true")
        return self

    def closes_chat(self) -> None:
        self.chat.get_by_role("button", name="Close chat").click()
        expect(self.bubble).to_have_attribute("aria-expanded", "false")

    def goes_home(self) -> None:
        self.chat.get_by_role("button", name="All conversations").click()

    def begins(self) -> "Visitor":
        """Opens the chat and a conversation without a word in it."""
        if self.bubble.get_attribute("aria-expanded") != "true":
            self.opens_chat()
        self.chat.get_by_role("button", name="Write to us").click()
        expect(self.composer).to_be_visible()
        return self

    def asks(self, text: str) -> "Visitor":
        """In a new conversation; the desk has it."""
        self.begins().writes(text)
        expect(self.foot).to_have_text(re.compile("Sent|Seen"))
        return self

    def writes(self, text: str) -> Locator:
        self.composer.fill(text)
        self.chat.get_by_role("button", name="Send").click()
        bubble = self.said(text)
        expect(bubble).to_be_visible()
        return bubble

    def said(self, text: str) -> Locator:
        return self.chat.locator(".said", has_text=text)

    def typing(self, name: str) -> Locator:
        return self.chat.get_by_role("img", name=f"{name} is typing")

    def calls(self, what: str, *more: object) -> None:
        """As the shop's own scripts do."""
        self.page.evaluate("([what, ...more]) => window.Frontdesk(what, ...more)", [what, *more])
