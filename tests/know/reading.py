"""A website is read as its job would read it, and looked into."""

from typing import Any

from sqlalchemy import select
from tests.know.web import Web

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.tables import job
from frontdesk.know import sources
from frontdesk.know.learn import Learning
from frontdesk.know.model import Source
from frontdesk.know.tables import page, passage
from frontdesk.people.model import SYSTEM

HERE = ["127.0.0.1"]


def added(desk: Desk, web: Web, **plan: Any) -> str:
    return desk.write_now(sources.add_website, SYSTEM, url=web.url, **plan)["source"].id


async def read(desk: Desk, learning: Learning, id: str) -> Source:
    """One round, as its job would."""
    round = desk.read_now(sources.round_of, id)
    await learning.read_website(desk, {"source_id": id, "round": round})
    return desk.read_now(sources.get, id)


async def again(desk: Desk, learning: Learning, id: str) -> Source:
    desk.write_now(sources.read_again, SYSTEM, source_id=id)
    return await read(desk, learning, id)


def pages(desk: Desk, web: Web) -> dict[str, dict[str, Any]]:
    """By path."""
    columns = (page.c.url, page.c.state, page.c.reason, page.c.title, page.c.at, page.c.id)
    rows = desk.read_now(lambda view: view.all(select(*columns)))
    names = ("url", "state", "reason", "title", "at", "id")
    return {row[0].removeprefix(web.url): dict(zip(names, row, strict=True)) for row in rows}


def learnt(desk: Desk, web: Web) -> dict[str, list[str]]:
    """The passages' texts, by path."""
    query = select(passage.c.url, passage.c.text).order_by(passage.c.url, passage.c.place)
    found: dict[str, list[str]] = {}
    for url, text in desk.read_now(lambda view: view.all(query)):
        found.setdefault(url.removeprefix(web.url), []).append(text)
    return found


def ids(desk: Desk) -> set[str]:
    return {row[0] for row in desk.read_now(lambda view: view.all(select(passage.c.id)))}


def jobs(desk: Desk) -> list[str]:
    def query(view: Reading) -> list[str]:
        return [row[0] for row in view.all(select(job.c.kind))]

    return desk.read_now(query)
