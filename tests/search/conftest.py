"""Asking the whole desk as an agent would."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import AgentPlayer, Cast

from frontdesk.base.db import Reading
from frontdesk.search import read
from frontdesk.search.model import Found, Narrowed
from frontdesk.search.naming import names
from frontdesk.search.query import parsed

Ask = Callable[..., Found]


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """`ask("words", state="open", who=cast.oskar)`."""

    def asked(text: str, *, who: AgentPlayer = cast.maja, limit: int = 100, **narrowed: Any) -> Found:
        def query(view: Reading) -> Found:
            understood = parsed(text, names(view, who.actor, 0), Narrowed(**narrowed))
            return read.search(view, who.actor, understood, limit)

        return cast.desk.read_now(query)

    return asked


def texts(found: Found) -> list[str]:
    """Of the found messages, as they are shown."""
    return ["".join(piece for piece, _ in hit.excerpt) for hit in found.groups.messages]


def marked(found: Found) -> list[list[str]]:
    return [[piece for piece, is_found in hit.excerpt if is_found] for hit in found.groups.messages]
