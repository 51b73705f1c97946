"""Looking for what was planted in what was learnt."""

import re
from collections.abc import Iterable, Sequence

from frontdesk.know.known import value
from frontdesk.know.model import Passage


def survivors(texts: Sequence[str], planted: Iterable[str]) -> dict[str, list[str]]:
    """What is still there, and the texts that hold it. Numbers are found however they are grouped."""
    whole = "\n".join(texts).casefold()
    compact = "|".join(map(value, texts))
    found: dict[str, list[str]] = {}
    for one in set(planted):
        small, bare = one.casefold(), value(one)
        is_long = sum(map(str.isdigit, bare)) >= 5
        if _stands(small, whole) or (is_long and bare in compact):
            found[one] = [
                text for text in texts if _stands(small, text.casefold()) or (is_long and bare in value(text))
            ]
    return found


def _stands(small: str, text: str) -> bool:
    """As words of their own: "ek" does not stand in "check"."""
    return small in text and re.search(rf"(?<![^\W_]){re.escape(small)}(?![^\W_])", text) is not None


def texts_of(passages: Iterable[Passage]) -> list[str]:
    return [one.text for one in passages]
