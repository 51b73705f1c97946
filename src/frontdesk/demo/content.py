"""Reads the pages of the shop: one Markdown-like file each, `key: value` lines first, then the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from frontdesk.demo.rates import as_table

SITE = Path(__file__).parent / "site"


@dataclass(frozen=True)
class Choice:
    """One thing that can be put in the basket: a colour, a size, or the product itself."""

    name: str
    price: int


@dataclass(frozen=True)
class Page:
    path: str
    head: Mapping[str, str]
    body: str

    @property
    def title(self) -> str:
        return self.head["title"]

    @property
    def lead(self) -> str:
        return self.head["lead"]

    @property
    def kind(self) -> str:
        return self.head.get("kind", "page")

    @property
    def updated(self) -> str:
        return self.head["updated"]

    @property
    def group(self) -> str:
        """The path of the page above this one; empty for pages at the top."""
        return self.path.rpartition("/")[0]

    @property
    def order(self) -> int:
        return int(self.head.get("order", "0"))

    @property
    def listed(self) -> bool:
        """Whether search engines are told of it. The basket is everyone's own."""
        return self.kind != "basket"

    @property
    def companions(self) -> list[str]:
        return ["/" + path for path in _split(self.head.get("with", ""), ",")]

    @property
    def choices(self) -> list[Choice]:
        """What to choose from before buying; one nameless choice when there is nothing to choose."""
        price = int(self.head["price"])
        if "options" in self.head:
            return [_option(text) for text in _split(self.head["options"], ";")]
        return [Choice(colour, price) for colour in _split(self.head.get("colours", ""), ",")] or [
            Choice("", price)
        ]


def _option(text: str) -> Choice:
    name, _, price = text.rpartition("=")
    return Choice(name.strip(), int(price))


def _split(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


@cache
def pages() -> Mapping[str, Page]:
    """Every page of the site by its path, the home page first."""
    folder = SITE / "pages"
    found = [_read(file, folder) for file in folder.rglob("*.md")]
    return {page.path: page for page in sorted(found, key=lambda page: (page.path.count("/"), page.path))}


def below(path: str) -> list[Page]:
    """The pages of a group, in the order the shop shows them."""
    return sorted((page for page in pages().values() if page.group == path), key=lambda page: page.order)


def _read(file: Path, folder: Path) -> Page:
    name = file.relative_to(folder).with_suffix("").as_posix()
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Page("/" if name == "home" else f"/{name}", fields, body.replace("{rates}", as_table()))
