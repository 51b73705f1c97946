"""An agent at the desk."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect


class AtDesk:
    def __init__(self, context: BrowserContext, desk: str) -> None:
        self.context = context
        self.desk = desk
        self.page: Page = context.new_page()

    @property
    def list(self) -> Locator:
        return self.page.locator(".list")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def screen(self) -> Locator:
        return self.page.locator("body")

    @property
    def bubbles(self) -> Locator:
        return self.log.locator(".bubble")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Reply")

    @property
    def tray(self) -> Locator:
        """Files that are not sent yet."""
        return self.page.locator(".tray li")

    @property
    def dropping(self) -> Locator:
        """Shows where a file that is dragged over the conversation may fall."""
        return self.page.get_by_text("Drop files here to attach them")

    @property
    def picker(self) -> Locator:
        return self.page.locator(".write input[type=file]")

    @property
    def foot(self) -> Locator:
        """How far the newest message came."""
        return self.log.locator(".ours .foot").last

    @property
    def toast(self) -> Locator:
        return self.page.locator(".toast")

    @property
    def banner(self) -> Locator:
        return self.page.locator(".banner")

    def goes(self, place: str) -> "AtDesk":
        self.page.goto(self.desk + place)
        expect(self.page.locator(".list .rows, .list .void, .page-in").first).to_be_visible()
        return self

    def place(self, name: str) -> Locator:
        return self.page.get_by_label("Places").get_by_role("link", name=re.compile(f"^{name}"))

    def turns_to(self, name: str) -> "AtDesk":
        """On the rail, or on the tabs of a phone."""
        self.page.locator(".rail a, .tabs a").filter(has_text=name, visible=True).click()
        return self

    def count(self, name: str) -> int:
        shown = self.place(name).locator(".count").all_inner_texts()
        return int(re.sub(r"\D.*", "", shown[0].replace(",", ""), flags=re.DOTALL)) if shown else 0

    def row(self, text: str) -> Locator:
        """By its last words."""
        return self.list.locator("a.row", has_text=text)

    def row_of(self, conversation: str) -> Locator:
        return self.list.locator(f'a.row[data-id="{conversation}"]')

    def opens(self, text: str) -> str:
        """The conversation whose last words these are; its id."""
        row = self.row(text)
        expect(row).to_be_visible()
        conversation = row.get_attribute("data-id") or ""
        row.click()
        expect(self.composer).to_be_visible()
        return conversation

    def answers(self, text: str) -> Locator:
        """Writes and sees it stand there; whether it came is another question."""
        self.composer.fill(text)
        self.composer.press("Enter")
        bubble = self.said(text)
        expect(bubble).to_be_visible()
        return bubble

    def said(self, text: str) -> Locator:
        return self.log.locator(".bubble", has_text=text)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    # What only the team sees

    @property
    def note_field(self) -> Locator:
        return self.page.locator(".write textarea[aria-label='Internal note']")

    @property
    def notes(self) -> Locator:
        return self.log.locator("article.note")

    def note(self, text: str) -> Locator:
        return self.notes.filter(has_text=text)

    @property
    def candidates(self) -> Locator:
        """Who is offered after an @."""
        return self.page.get_by_role("listbox", name="Mention a colleague").get_by_role("option")

    @property
    def bell(self) -> Locator:
        return self.page.locator(".of-bell .menu-button")

    def unseen(self) -> int:
        """How many notices the bell counts now; other tests may have left some."""
        found = re.search(r"(\d+) notice", self.bell.get_attribute("aria-label") or "")
        return int(found[1]) if found else 0

    def rings(self, many: int) -> None:
        """The bell counts so many notices that were not seen."""
        said = f", {many} notice{'' if many == 1 else 's'} not seen" if many else ""
        expect(self.bell).to_have_accessible_name(f"Notices{said}")

    @property
    def notices(self) -> Locator:
        return self.page.locator(".notices li")

    def adds_note(self, text: str) -> Locator:
        self.page.get_by_role("tab", name="Internal note").click()
        self.note_field.fill(text)
        self.note_field.press("Enter")
        note = self.note(text)
        expect(note).to_be_visible()
        return note

    def calls(self, query: str, name: str, text: str) -> Locator:
        """Adds a note that begins with a mention, chosen by keyboard."""
        self.page.get_by_role("tab", name="Internal note").click()
        self.note_field.press_sequentially(f"@{query}")
        expect(self.candidates.filter(has_text=name)).to_have_attribute("aria-selected", "true")
        self.note_field.press("Enter")
        self.note_field.press_sequentially(text)
        self.note_field.press("Enter")
        note = self.note(text)
        expect(note).to_be_visible()
        return note
