"""What the Knowledge page asks. Every query names its actor."""

from typing import Any

import orjson
from sqlalchemy import Select, bindparam, func, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Row
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.ids import is_id
from frontdesk.base.sql import Prepared
from frontdesk.know import sources
from frontdesk.know.access import may_look
from frontdesk.know.model import KnownPage, KnownPassage, PageState, Source
from frontdesk.know.tables import page, passage
from frontdesk.people.model import Actor

# As the page shows them.
_ORDER = {"website": 0, "conversations": 1, "answers": 2, "document": 3}

P, G = page.c, passage.c
_PAGE = (P.id, P.source_id, P.url, P.title, P.state, P.reason, P.read_at, P.changed_at)
_COUNTS = Prepared(select(G.source_id, *sources.COUNTED).group_by(G.source_id))
_ONE_PAGE = Prepared(select(*_PAGE).where(P.id == bindparam("one")))
_URL = Prepared(select(P.url).where(P.id == bindparam("one"), P.source_id == bindparam("source")))
_OF_PAGE = Prepared(
    select(G.id, G.kind, G.title, G.heading, G.questions, G.text, G.url, G.at)
    .where(G.page_id == bindparam("one"))
    .order_by(G.place)
)
_HOW_MANY = Prepared(select(func.count()).select_from(passage).where(G.page_id == bindparam("one")))
_PAGES: dict[tuple[bool, bool], Prepared] = {}


def all_sources(view: Reading, actor: Actor) -> list[Source]:
    require(may_look(actor))
    counted = {row[0]: row[1:] for row in view.all(_COUNTS)}
    found = [sources.as_source(row, counted.get(row[0], (0, 0))) for row in view.all(sources.ALL)]
    return sorted(found, key=lambda one: _ORDER[one.kind])


def get_source(view: Reading, actor: Actor, source_id: str) -> Source:
    require(may_look(actor), "source")
    return sources.get(view, source_id)


def file_of(view: Reading, actor: Actor, source_id: str) -> tuple[str, Source]:
    """The stored file of a document, by id. Raises Missing."""
    require(may_look(actor), "document")
    return sources.file_of(view, source_id), sources.get(view, source_id)


def pages(
    view: Reading, actor: Actor, source_id: str, *, state: PageState | None, after: str | None, limit: int
) -> tuple[list[KnownPage], str | None]:
    """By address. The cursor is the id of the last one."""
    get_source(view, actor, source_id)
    values: dict[str, Any] = {"source": source_id, "most": limit + 1}
    if state is not None:
        values["wanted"] = state
    if after is not None:
        values["last"] = _after(view, source_id, after)
    rows = view.all(_pages_query(state is not None, after is not None), **values)
    found = [_known(view, row) for row in rows[:limit]]
    return found, found[-1].id if len(rows) > limit else None


def _after(view: Reading, source_id: str, after: str) -> str:
    url: str | None = view.value(_URL, one=after, source=source_id) if is_id(after) else None
    if url is None:
        raise Invalid("The list cannot go on from there.", fields={"after": "Not a cursor of this list"})
    return url


def _pages_query(has_state: bool, goes_on: bool) -> Prepared:
    key = (has_state, goes_on)
    if key not in _PAGES:
        _PAGES[key] = Prepared(_build_pages(has_state, goes_on))
    return _PAGES[key]


def _build_pages(has_state: bool, goes_on: bool) -> Select[Any]:
    query = select(*_PAGE).where(P.source_id == bindparam("source"))
    query = query.order_by(P.url).limit(bindparam("most", 50))
    if has_state:
        query = query.where(P.state == bindparam("wanted"))
    return query.where(P.url > bindparam("last")) if goes_on else query


def _known(view: Reading, row: Row) -> KnownPage:
    id, source_id, url, title, state, reason, read_at, changed_at = row
    learnt = int(view.value(_HOW_MANY, one=id))
    return KnownPage(id, source_id, url, title, state, reason, read_at, changed_at, learnt)


def get_page(view: Reading, actor: Actor, page_id: str) -> tuple[KnownPage, list[KnownPassage]]:
    """A page and what was learnt of it, in its order. Raises Missing."""
    require(may_look(actor), "page")
    row = view.first(_ONE_PAGE, one=page_id)
    if row is None or sources.find_row(view, row[1]) is None:
        raise Missing("There is no such page.")
    learnt = [
        KnownPassage(id, kind, title, heading, tuple(orjson.loads(questions)), text, url, at)
        for id, kind, title, heading, questions, text, url, at in view.all(_OF_PAGE, one=page_id)
    ]
    return _known(view, row), learnt
