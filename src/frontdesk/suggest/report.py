"""How good it is: the newest replay, what became of the suggestions, and where the bar lies."""

from collections import Counter, defaultdict
from typing import Any

import orjson
from sqlalchemy import bindparam, func, select

from frontdesk.base import jobs
from frontdesk.base.access import require
from frontdesk.base.clock import DAY, HOUR
from frontdesk.base.db import Job, Reading, Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import job, setting
from frontdesk.know.access import may_look
from frontdesk.know.tables import source
from frontdesk.people.access import may_manage
from frontdesk.people.model import Actor
from frontdesk.suggest import events
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.model import Point, Quality, Report, Used, Week
from frontdesk.suggest.tables import report, suggestion

BAR = "suggest.bar"
JOB, NIGHTLY = "evaluate", "learn_by_night"
_NIGHT = 4 * HOUR + HOUR // 3
_VERDICTS = ("sent", "edited", "ignored", "rejected")
_WEEK = 7 * DAY
# 1 January 1970 was a Thursday.
_MONDAY = 4 * DAY

S = suggestion.c
_NEWEST = Prepared(select(report.c.data).order_by(report.c.at.desc()).limit(1))
_KEEP = Prepared(report.insert())
_JUDGED = Prepared(select(S.verdict_at, S.verdict, S.source_id).where(S.verdict_at >= bindparam("since")))
_NAMES = Prepared(select(source.c.id, source.c.kind, source.c.name))
_BAR = Prepared(select(setting.c.value).where(setting.c.key == BAR))
_PUT = upsert(setting, ["key"], ["value"])
_RUNNING = Prepared(
    select(func.count())
    .select_from(job)
    .where(job.c.kind == JOB, job.c.parked_at.is_(None), job.c.run_at <= bindparam("now"))
)


def bar(view: Reading) -> float | None:
    """Where an admin put it; None: where the engine's own calibration does."""
    found = view.value(_BAR)
    return None if found is None else float(found)


def bar_for(engine: Engine, set_bar: float | None) -> float:
    """The confidence from which on a suggestion is shown: an admin's choice goes before the engine's own."""
    return engine.threshold() if set_bar is None else set_bar


def move_bar(tx: Tx, actor: Actor, *, bar: float) -> dict[str, object]:
    require(may_manage(actor))
    if not 0 <= bar <= 1:
        raise Invalid("The bar lies between 0 and 1.", fields={"bar": "From 0 to 1"})
    tx.run(_PUT, key=BAR, value=str(bar))
    tx.emit(events.BarMoved(bar))
    return {}


def ask_for(tx: Tx, actor: Actor) -> dict[str, object]:
    """A replay, once; who asks while it runs gets the same one."""
    require(may_manage(actor))
    if not is_running(tx):
        tx.enqueue(jobs.a_job(JOB, {}))
    return {}


def is_running(view: Reading) -> bool:
    return int(view.value(_RUNNING, now=view.now)) > 0


def keep(tx: Tx, made: Report | None) -> None:
    """None: there was nothing to replay."""
    if made is not None:
        tx.run(_KEEP, id=new_id(), at=tx.now, data=orjson.dumps(made).decode())
    tx.emit(events.EvaluationDone(tx.now))


def newest(view: Reading) -> Report | None:
    row = view.first(_NEWEST)
    if row is None:
        return None
    data = orjson.loads(row[0])
    return Report(**{**data, "now": _quality(data["now"]), "before": _quality(data["before"])})


def _quality(data: dict[str, Any] | None) -> Quality | None:
    if data is None:
        return None
    return Quality(**{**data, "curve": tuple(Point(**one) for one in data["curve"])})


def became(view: Reading, actor: Actor, weeks: int) -> tuple[tuple[Week, ...], tuple[Used, ...]]:
    """By week and by source; `weeks` 0: since the beginning."""
    require(may_look(actor))
    since = _monday(view.now) - (weeks - 1) * _WEEK if weeks else 0
    rows = view.all(_JUDGED, since=since)
    return _by_week(rows), _by_source(rows, {row[0]: row[1:] for row in view.all(_NAMES)})


def _by_week(rows: list[Any]) -> tuple[Week, ...]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for at, verdict, _ in rows:
        found[_monday(at)][verdict] += 1
    if not found:
        return ()
    mondays = range(min(found), max(found) + 1, _WEEK)
    return tuple(Week(monday, *(found[monday][one] for one in _VERDICTS)) for monday in mondays)


def _by_source(rows: list[Any], names: dict[str, Any]) -> tuple[Used, ...]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, verdict, source_id in rows:
        if source_id in names:
            found[source_id][verdict] += 1
    used = [Used(*(id, *names[id], n.total(), *(n[one] for one in _VERDICTS))) for id, n in found.items()]
    return tuple(sorted(used, key=lambda one: -one.shown))


def _monday(at: int) -> int:
    return (at - _MONDAY) // _WEEK * _WEEK + _MONDAY


def next_night(now: int) -> Job:
    """One a night, at twenty past four, whoever asks and however often."""
    at = (now - _NIGHT) // DAY * DAY + DAY + _NIGHT
    return Job(f"{NIGHTLY}-{at}", NIGHTLY, b"{}", at)
