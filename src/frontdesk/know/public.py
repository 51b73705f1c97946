"""What is the company's own: whatever stands on its website, in its documents and approved answers.

Kept in memory by whoever learns, and only added to: what was once public tells nothing about a customer.
"""

import itertools
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select

from frontdesk.base.db import Reading
from frontdesk.base.sql import Prepared
from frontdesk.know.detect import EMAIL, LINK, Span
from frontdesk.know.tables import passage

_TOKEN = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{4}|[0-9a-f]{12}|=")
_PORTION = 2_000
_OWN = Prepared(
    select(
        passage.c.id, passage.c.title, passage.c.heading, passage.c.questions, passage.c.text, passage.c.url
    )
    .where(passage.c.id > bindparam("after"), passage.c.kind != "reply")
    .order_by(passage.c.id)
    .limit(bindparam("limit", _PORTION))
)


class Public:
    """Words as they are written, which numbers stand beside what, addresses of mail and of pages."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._words: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        self._exact: set[str] = set()
        self._hosts: set[str] = set()
        self._upto = ""
        for text in texts:
            self.add(text)

    def refresh(self, view: Reading) -> None:
        """Read what came since the last time."""
        while rows := view.all(_OWN, after=self._upto, limit=_PORTION):
            for id, title, heading, questions, text, url in rows:
                self.add(f"{title}\n{heading}\n{questions}\n{text}")
                if url:
                    self.add_site(url)
                self._upto = id

    def add(self, text: str) -> None:
        tokens = _TOKEN.findall(text)
        self._words.update(tokens)
        small = [token.lower() for token in tokens]
        self._pairs.update(
            (one, two) for one, two in itertools.pairwise(small) if _has_digit(one) or _has_digit(two)
        )
        if "@" in text:
            self._exact.update(found.lower() for found in EMAIL.findall(text))
        if "/" in text:
            self._exact.update(found.lower() for found in LINK.findall(text))

    def add_site(self, url: str) -> None:
        self._hosts.add((urlsplit(url).hostname or "").removeprefix("www."))

    def has_word(self, word: str) -> bool:
        return word in self._words

    def owns(self, text: str, one: Span) -> bool:
        """Whether what was found is the company's: its own address, its own price."""
        found = text[one.start : one.end]
        if one.kind == "e-mail":
            return found.lower() in self._exact
        if one.kind == "link":
            return found.lower() in self._exact or self._is_own_page(found)
        small = [token.lower() for token in _TOKEN.findall(found)]
        if len(small) == 1:
            return found in self._words or small[0] in self._words
        known = all(token in self._words or token.lower() in self._words for token in _TOKEN.findall(found))
        return known and any(map(_has_digit, small)) and self._holds_pairs(small)

    def _holds_pairs(self, small: list[str]) -> bool:
        pairs = itertools.pairwise(small)
        return all(pair in self._pairs for pair in pairs if _has_digit(pair[0]) or _has_digit(pair[1]))

    def _is_own_page(self, link: str) -> bool:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        is_own = (parts.hostname or "").removeprefix("www.") in self._hosts
        return is_own and not parts.query and _LONG_NUMBER.search(parts.path + parts.fragment) is None


def _has_digit(token: str) -> bool:
    return any(map(str.isdigit, token))
