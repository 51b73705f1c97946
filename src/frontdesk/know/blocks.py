"""A page's text, gathered block by block as a reader meets it: paragraphs, items, rows, answers. Pure."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from frontdesk.know import grid
from frontdesk.know.markup import Element, Sight, is_furniture
from frontdesk.know.plain import BLOCKS, clean, line, mark, visible

LONGEST_BLOCK = 8_000
_MOST_ELEMENTS, _MOST_BLOCKS, _MOST_LOOKS, _MOST_ALIKE = 40_000, 1_500, 40, 20
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BELOW_HEADINGS = 7
# Their whole text is one thing: a heading, a question, a term.
_CAPTURED = frozenset({*_HEADINGS, "summary", "dt", "button", "label"})
_STRONG = frozenset({"strong", "b"})
_DIGITS = re.compile(r"\d+")


class Block(NamedTuple):
    """`kind` is "text", "item", "row" or "answer". `is_main`: the page's markup says that the block belongs
    to what the page is about.
    """

    kind: str
    heading: str
    text: str
    questions: tuple[str, ...] = ()
    is_main: bool = False


def mark_of(block: Block) -> str:
    """Of its text; it ends with "m" for what is worth being kept once, however often a site repeats it."""
    is_kept = block.is_main and len(block.text.split()) >= 8
    return mark(block.text) + ("m" if is_kept else "")


@dataclass(slots=True)
class _Heading:
    """`within` is how deep its container lies, `before` how many blocks there were."""

    level: int
    text: str
    within: int
    before: int

    @property
    def is_question(self) -> bool:
        return self.text.endswith("?")


class Reader:
    """Goes through a tree once, without recursion: a page may be nested as deep as it likes."""

    def __init__(self, sight: Sight, main: Element | None) -> None:
        self.blocks: list[Block] = []
        self.hrefs: list[str] = []
        self.first_heading = ""
        self._sight, self._main = sight, main
        self._headings: list[_Heading] = []
        self._ends: list[tuple[Element, Callable[[], object]]] = []
        self._parts: list[str] = []
        self._linked = self._unstrong = 0
        self._depth = Counter[str]()
        self._captured: Element = None
        self._opens: dict[str, str] = {}
        self._scopes: list[str] = []
        self._numbers: list[int | None] = []
        self._kind, self._lead, self._term = "text", "", ""
        self._seen: set[tuple[str, tuple[str, ...]]] = set()
        self._alike = Counter[str]()
        self._looks = self._words = self._level = 0

    def read(self, body: Element) -> None:
        self._words = sum(len(text.split()) for text in body.itertext())
        walk = etree.iterwalk(body, events=("start", "end"))
        for count, (event, one) in enumerate(walk):
            if count > 2 * _MOST_ELEMENTS or len(self.blocks) >= _MOST_BLOCKS:
                break
            if event == "end":
                self._end(one)
            elif self._start(one):
                walk.skip_subtree()
        self._flush()

    def _start(self, one: Element) -> bool:
        """True when nothing below it need be looked at."""
        tag = one.tag
        self._level += 1
        if not isinstance(tag, str) or self._sight.hides(one):
            return True
        if tag == "a" and one.get("href") and "nofollow" not in (one.get("rel") or "").lower():
            self.hrefs.append(one.get("href"))
        if tag in BLOCKS and self._captured is None:
            self._flush()
        elif tag in BLOCKS or tag == "br":
            self._parts.append("\n")
        if is_furniture(one, self._is_main() or self._depth["article"] > 0) and not self._is_most(one):
            self._within(one, "furniture")
        self._count(one)
        if self._is_read() and self._captured is None:
            if tag == "table" and grid.is_data(one):
                self._table(one)
                return True
            self._open(one)
        self._say(one.text)
        return False

    def _count(self, one: Element) -> None:
        if one is self._main:
            self._within(one, "main")
        if one.tag == "article":
            self._within(one, "article")
        elif one.tag == "a":
            self._within(one, "a")
        elif one.tag in _STRONG:
            self._within(one, "strong")

    def _within(self, one: Element, what: str) -> None:
        self._depth[what] += 1
        self._ends.append((one, lambda: self._depth.subtract([what])))

    def _open(self, one: Element) -> None:
        tag = one.tag
        if tag in _CAPTURED or (one.get("itemprop") == "name" and any(self._scopes)):
            self._captured = one
        elif one.get("id") in self._opens:
            self._scope(one, self._opens[one.get("id")])
        elif tag in ("ul", "ol"):
            self._numbers.append(0 if tag == "ol" else None)
            self._ends.append((one, self._numbers.pop))
        elif tag == "li":
            self._item()
        elif tag == "dd":
            self._definition(one)
        elif tag == "details":
            self._scope(one, "")
        elif "schema.org/question" in (one.get("itemtype") or "").lower():
            name = next((x for x in one.iterdescendants() if x.get("itemprop") == "name"), None)
            self._scope(one, "" if name is None else line(visible(name, self._sight))[:300])

    def _scope(self, one: Element, question: str) -> None:
        self._scopes.append(question)
        self._ends.append((one, self._scopes.pop))

    def _item(self) -> None:
        self._kind = "item"
        if self._numbers and self._numbers[-1] is not None:
            self._numbers[-1] += 1
            self._lead = f"{self._numbers[-1]}. "
        else:
            self._lead = "- "

    def _definition(self, one: Element) -> None:
        if self._term.endswith("?"):
            self._scope(one, self._term)
        elif self._term:
            self._kind, self._lead = "row", f"{self._term}: "

    def _end(self, one: Element) -> None:
        if one is self._captured:
            self._captured = None
            self._capture(one)
        elif one.tag in BLOCKS and self._captured is None:
            self._flush()
            if one.tag in ("li", "dd"):
                self._kind, self._lead = "text", ""
        while self._ends and self._ends[-1][0] is one:
            self._ends.pop()[1]()
        self._level -= 1
        self._close()
        self._say(one.tail)

    def _close(self) -> None:
        """A question ends with what it stands in, once something was said there."""
        for one in self._headings[-2:]:
            if one.within > self._level and (one.is_question or one.level == _BELOW_HEADINGS):
                if len(self.blocks) > one.before:
                    self._headings.remove(one)
                else:
                    one.within = self._level

    def _say(self, text: str | None) -> None:
        if not text or not self._is_read():
            return
        self._parts.append(text)
        size = len(text.strip())
        self._linked += size if self._depth["a"] > 0 else 0
        self._unstrong += 0 if self._depth["strong"] > 0 else size

    def _is_main(self) -> bool:
        return self._depth["main"] > 0

    def _is_read(self) -> bool:
        return self._depth["furniture"] == 0 and (self._main is None or self._is_main())

    def _is_most(self, one: Element) -> bool:
        """A page that is framed whole in what sounds like furniture is still a page."""
        if one.tag in ("nav", "footer", "aside", "menu"):
            return False
        self._looks += 1
        if self._looks > _MOST_LOOKS:
            return False
        return sum(len(text.split()) for text in one.itertext()) > 0.6 * self._words

    def _take(self) -> str:
        text = clean("".join(self._parts))
        self._parts.clear()
        return text

    def _capture(self, one: Element) -> None:
        tag = one.tag
        text = line(self._take())[:300]
        self._linked = self._unstrong = 0
        if not text:
            return
        if tag == "summary" and self._scopes:
            self._scopes[-1] = text
        elif tag == "dt":
            self._term = text
        elif tag in _HEADINGS:
            self._heading(_HEADINGS[tag], text)
        elif text.endswith("?") and len(text.split()) > 2:
            if one.get("aria-controls"):
                self._opens[one.get("aria-controls")] = text
            else:
                self._heading(_BELOW_HEADINGS, text)

    def _heading(self, level: int, text: str) -> None:
        if level == 1 and not self.first_heading:
            self.first_heading = text
            self._headings = []
            return
        self._headings = [one for one in self._headings if one.level < level]
        self._headings.append(_Heading(level, text, self._level - 1, len(self.blocks)))

    def _flush(self) -> None:
        if not self._parts:
            return
        text = self._take()
        linked, unstrong = self._linked, self._unstrong
        self._linked = self._unstrong = 0
        if not text:
            return
        if not unstrong and self._kind == "text" and self._is_like_heading(text):
            self._heading(_BELOW_HEADINGS, text)
        elif linked <= 0.7 * len(text) or len(text.split()) >= 25:
            self._emit(self._kind, f"{self._lead}{text}")
        if self._kind != "text":
            # What follows within the same item goes on with it.
            self._lead = ""

    def _is_like_heading(self, text: str) -> bool:
        """A paragraph that is all in bold is a question or a heading, if it is short."""
        words = len(text.split())
        if text.endswith("?"):
            return words <= 30
        return words <= 8 and text[-1] not in ".!:;,"

    def _table(self, table: Element) -> None:
        self.hrefs += [one.get("href") for one in table.iter("a") if one.get("href")]
        for text in grid.sentences(table, self._sight):
            self._emit("row", text)

    def _emit(self, kind: str, text: str) -> None:
        words = text.split()
        asked = self._questions()
        if kind == "text" and len(words) < 2 and not asked and not _DIGITS.search(text):
            return
        key, alike = (mark(text), asked), _DIGITS.sub("0", text)
        self._alike[alike] += 1
        if key in self._seen or self._alike[alike] > _MOST_ALIKE:
            return
        self._seen.add(key)
        self.blocks.append(
            Block("answer" if asked else kind, self._path(), text[:LONGEST_BLOCK], asked, self._is_main())
        )

    def _questions(self) -> tuple[str, ...]:
        """What the markup around says it answers; else the heading above, if that asks something."""
        scoped = [one for one in self._scopes if one][-1:]
        asked = scoped or [one.text for one in self._headings if one.is_question][-1:]
        return tuple(asked)

    def _path(self) -> str:
        return " › ".join(one.text[:120] for one in self._headings if not one.is_question)
