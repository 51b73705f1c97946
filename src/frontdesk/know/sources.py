"""Sources: what the desk learns from, and how far the reading is."""

from dataclasses import asdict, replace
from typing import Any

import orjson
from sqlalchemy import bindparam, func, null, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Job, Reading, Row, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.files import Stored
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.know import links
from frontdesk.know.access import may_manage_sources
from frontdesk.know.events import SourceAdded, SourceChanged, SourceRemoved
from frontdesk.know.kinds import TYPES
from frontdesk.know.model import (
    ANSWERS,
    CONVERSATIONS,
    MOST_PAGES,
    NOT_BEGUN,
    Plan,
    Progress,
    Source,
    SourceFile,
)
from frontdesk.know.tables import passage, source
from frontdesk.people.model import Actor

LARGEST = 20 * 1024 * 1024
_MOST_PAGES = 20_000
REMOVED = "removed"

S = source.c
COLUMNS = (
    S.id, S.kind, S.name, S.plan, S.added_by, S.added_at, S.is_on, S.state, S.fault, S.read_at, S.counts,
    S.round, S.begun_at,
)  # fmt: skip
ALL = Prepared(select(*COLUMNS).where(S.state != REMOVED).order_by(S.added_at, S.id))
_ONE = Prepared(select(*COLUMNS).where(S.id == bindparam("one"), S.state != REMOVED))
COUNTED = (func.count(), func.coalesce(func.sum(1 - passage.c.cleared), 0))
_PASSAGES = Prepared(select(*COUNTED).where(passage.c.source_id == bindparam("one")))
_INSERT = Prepared(source.insert())
_SET_PLAN = Prepared(update(source).where(S.id == bindparam("one")).values(plan=bindparam("to")))
_TURN = Prepared(update(source).where(S.id == bindparam("one")).values(is_on=bindparam("to")))
_BEGIN_ROUND = Prepared(
    update(source)
    .where(S.id == bindparam("one"))
    .values(state="waiting", fault=null(), counts="{}", round=S.round + 1, begun_at=bindparam("at"))
)
_SET_STATE = Prepared(
    update(source)
    .where(S.id == bindparam("one"))
    .values(state=bindparam("to"), fault=bindparam("why"), counts=bindparam("counted"))
)
_REMOVE = Prepared(update(source).where(S.id == bindparam("one")).values(state=REMOVED, is_on=0))


def as_source(row: Row, counted: Row) -> Source:
    """From COLUMNS and COUNTED, in their order."""
    plan, counts = orjson.loads(row[3]), replace(NOT_BEGUN, **orjson.loads(row[10]))
    site = file = None
    if "url" in plan:
        site = Plan(plan["url"], tuple(plan["include"]), tuple(plan["exclude"]), plan["most"])
    if "file" in plan:
        file = SourceFile(plan["name"], plan["type"], plan["size"])
    rest = (row[4], row[5], bool(row[6]), row[7], row[8], row[9], int(counted[0]), int(counted[1]), counts)
    return Source(row[0], row[1], row[2], site, file, *rest)


def find_row(view: Reading, source_id: str) -> Row | None:
    return view.first(_ONE, one=source_id)


def get(view: Reading, source_id: str) -> Source:
    """Raises Missing."""
    row = find_row(view, source_id)
    if row is None:
        raise Missing("There is no such source.")
    return as_source(row, view.all(_PASSAGES, one=source_id)[0])


def file_of(view: Reading, source_id: str) -> str:
    """The stored file of a document, by id. Raises Missing."""
    row = find_row(view, source_id)
    found: str | None = None if row is None else orjson.loads(row[3]).get("file")
    if found is None:
        raise Missing("There is no such document.")
    return found


def round_of(view: Reading, source_id: str) -> int:
    row = find_row(view, source_id)
    return 0 if row is None else int(row[11])


# What admins decide.


def add_website(
    tx: Tx,
    actor: Actor,
    *,
    url: str,
    include: list[str] | tuple[str, ...] = (),
    exclude: list[str] | tuple[str, ...] = (),
    most: int = MOST_PAGES,
) -> dict[str, Source]:
    """Reading it begins by itself. Raises Conflict for a website that is a source already."""
    require(may_manage_sources(actor))
    plan = _planned(links.start_of(url), include, exclude, most)
    site = links.Site.at(plan.url)
    for row in tx.all(ALL):
        known = orjson.loads(row[3]).get("url")
        if known is not None and not site.hosts.isdisjoint(links.Site.at(known).hosts):
            raise Conflict("This website is a source already.", data={"reason": "known", "source_id": row[0]})
    name = plan.url.partition("://")[2].removeprefix("www.").rstrip("/")
    return {"source": _add(tx, actor, new_id(), "website", name, asdict(plan))}


def _planned(url: str, include: Any, exclude: Any, most: int) -> Plan:
    if not 1 <= most <= _MOST_PAGES:
        raise Invalid("This is no number of pages.", fields={"most": f"1 to {_MOST_PAGES:,}"})
    return Plan(url, links.folders(include, "include"), links.folders(exclude, "exclude"), most)


def add_document(
    tx: Tx, actor: Actor, stored: Stored, *, name: str, type: str, size: int
) -> dict[str, Source]:
    """Of a file that was stored; reading it begins by itself. Raises Invalid when its kind is not read."""
    require(may_manage_sources(actor))
    if type not in TYPES.values():
        raise Invalid(
            "Documents are PDF, Word, Markdown or text.", fields={"file": "A .pdf, .docx, .md or .txt"}
        )
    known = {"file": stored.id, "name": name, "type": type, "size": size}
    return {"source": _add(tx, actor, new_id(), "document", name, known)}


def _add(tx: Tx, actor: Actor, id: str, kind: str, name: str, plan: dict[str, Any]) -> Source:
    tx.run(
        _INSERT,
        id=id,
        kind=kind,
        name=name,
        plan=orjson.dumps(plan).decode(),
        added_by=actor.id or None,
        added_at=tx.now,
        is_on=1,
        state="waiting",
        fault=None,
        begun_at=None,
        read_at=None,
        round=0,
        counts="{}",
    )
    begin_round(tx, id)
    added = get(tx, id)
    tx.emit(SourceAdded(added))
    return added


def change_plan(
    tx: Tx, actor: Actor, *, source_id: str, include: list[str], exclude: list[str], most: int
) -> dict[str, Source]:
    """What to read of a website. It is read again."""
    require(may_manage_sources(actor))
    one = get(tx, source_id)
    if one.plan is None:
        raise Conflict("Only a website is read by a plan.")
    plan = _planned(one.plan.url, include, exclude, most)
    tx.run(_SET_PLAN, one=source_id, to=orjson.dumps(asdict(plan)).decode())
    begin_round(tx, source_id)
    return tell(tx, source_id)


def turn(tx: Tx, actor: Actor, *, source_id: str, is_on: bool) -> dict[str, Source]:
    """Off: nothing of it is suggested, and it is not read any more. Nothing is forgotten."""
    require(may_manage_sources(actor))
    if get(tx, source_id).is_on != is_on:
        tx.run(_TURN, one=source_id, to=int(is_on))
        return tell(tx, source_id)
    return {"source": get(tx, source_id)}


def read_again(tx: Tx, actor: Actor, *, source_id: str) -> dict[str, Source]:
    """Now. What is being read already is left to it."""
    require(may_manage_sources(actor))
    one = get(tx, source_id)
    if one.kind not in _JOBS:
        raise Conflict("This source is always up to date.")
    if one.state in ("waiting", "reading"):
        return {"source": one}
    begin_round(tx, source_id)
    return tell(tx, source_id)


def stop(tx: Tx, actor: Actor, *, source_id: str) -> dict[str, Source]:
    """What was read until now stays."""
    require(may_manage_sources(actor))
    one = get(tx, source_id)
    if one.state not in ("waiting", "reading"):
        return {"source": one}
    set_state(tx, source_id, "stopped", None, replace(one.counts, now=None))
    return tell(tx, source_id)


def remove(tx: Tx, actor: Actor, *, source_id: str) -> dict[str, object]:
    """Gone for everybody at once; what was learnt of it is forgotten by a job, in portions."""
    require(may_manage_sources(actor))
    if source_id in (ANSWERS, CONVERSATIONS):
        raise Conflict("This source can be turned off, but not removed.")
    row = find_row(tx, source_id)
    if row is None:
        raise Missing("There is no such source.")
    tx.run(_REMOVE, one=source_id)
    tx.enqueue(_job("forget_source", source_id, row[11], file=orjson.loads(row[3]).get("file")))
    tx.emit(SourceRemoved(source_id))
    return {}


_JOBS = {"website": "read_website", "document": "read_document"}


def begin_round(tx: Tx, source_id: str) -> None:
    """It is read anew; whatever reads it now ends."""
    tx.run(_BEGIN_ROUND, one=source_id, at=tx.now)
    row = find_row(tx, source_id)
    assert row is not None, "it was changed in this transaction"
    tx.enqueue(_job(_JOBS[row[1]], source_id, row[11]))


def job_id(kind: str, source_id: str, round: int) -> str:
    return f"{kind}-{source_id}-{round}"


def _job(kind: str, source_id: str, round: int, **more: str | None) -> Job:
    """One for each round, whoever asks."""
    data = orjson.dumps({"source_id": source_id, "round": round, **more})
    return Job(job_id(kind, source_id, round), kind, data, 0)


def tell(tx: Tx, source_id: str) -> dict[str, Source]:
    """That it changed, to whoever looks."""
    one = get(tx, source_id)
    tx.emit(SourceChanged(one))
    return {"source": one}


def set_state(tx: Tx, source_id: str, state: str, fault: str | None, counts: Progress) -> None:
    tx.run(_SET_STATE, one=source_id, to=state, why=fault, counted=orjson.dumps(counts).decode())
