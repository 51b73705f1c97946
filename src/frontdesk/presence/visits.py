"""Page visits and the site's own events: whispers with a small memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, func, or_, select

from frontdesk.base.clock import DAY, MINUTE
from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.sql import Prepared, packs, places, upsert
from frontdesk.people import sights
from frontdesk.people.tables import customer, identity
from frontdesk.presence.model import CustomerEvent, Seen
from frontdesk.presence.tables import browser as browsers
from frontdesk.presence.tables import invite, visit

KEPT = 500
# Whoever is away so long comes again.
APART = 30 * MINUTE
_SWEPT_AT_ONCE = 1_000

V, B, I = visit.c, browsers.c, identity.c  # noqa: E741 - the tables' first letters
_INSERT = Prepared(visit.insert())
_BROWSER = upsert(
    browsers,
    ["id"],
    ["visit", "since", "seen_at", "pages", "kept", "title", "url", "city", "country", "device"],
)
_BEYOND = Prepared(
    select(V.at, V.id)
    .where(V.browser == bindparam("of"))
    .order_by(V.at.desc(), V.id.desc())
    .limit(1)
    .offset(bindparam("kept", KEPT))
)
_TRIM = Prepared(
    visit.delete().where(
        V.browser == bindparam("of"),
        V.at <= bindparam("last"),
        or_(V.at < bindparam("last"), V.id <= bindparam("last_id")),
    )
)
_COUNT = Prepared(select(func.count()).select_from(visit).where(V.browser == bindparam("of")))
_OLD = Prepared(
    visit.delete().where(
        V.id.in_(select(V.id).where(V.at < bindparam("before")).limit(bindparam("some", _SWEPT_AT_ONCE)))
    )
)
_GONE = Prepared(browsers.delete().where(B.seen_at < bindparam("before")))
_PAGE = Prepared(
    select(V.title, V.url)
    .join(identity, I.external_id == V.browser)
    .where(I.channel == "browser", I.customer_id == bindparam("customer"), V.kind == "page")
    .order_by(V.at.desc(), V.id.desc())
    .limit(bindparam("one", 1))
)
_FORGET = Prepared(visit.delete().where(V.browser == bindparam("of")))
_FORGET_INVITE = Prepared(invite.delete().where(invite.c.browser == bindparam("of")))
_FORGET_BROWSER = Prepared(browsers.delete().where(B.id == bindparam("of")))
_OF_CUSTOMER = Prepared(
    select(I.external_id).where(I.channel == "browser", I.customer_id == bindparam("customer"))
)
AT_ONCE = 64
_WANTED = places(AT_ONCE)
_BROWSERS = Prepared(select(B.id, B.visit, B.since, B.seen_at, B.pages, B.kept).where(B.id.in_(_WANTED)))
_OWNERS = Prepared(
    select(I.external_id, I.customer_id, *sights.KEPT)
    .join(customer, customer.c.id == I.customer_id)
    .where(I.channel == "browser", I.external_id.in_(_WANTED))
)


@dataclass(frozen=True, slots=True)
class Known:
    """What stands written of a browser; `customer` as `sights.noticed` takes it."""

    visit: str = ""
    since: int = 0
    seen_at: int = 0
    pages: int = 0
    kept: int = 0
    customer_id: str | None = None
    customer: Row = ()


def known(view: Reading, ids: Iterable[str]) -> dict[str, Known]:
    """Of each of these browsers; nothing stands written of a new one."""
    wanted = sorted(set(ids))
    rows, owners = dict[str, Row](), dict[str, Row]()
    for some in packs(wanted, AT_ONCE):
        rows |= {row[0]: row[1:] for row in view.all(_BROWSERS, **some)}
        owners |= {row[0]: row[1:] for row in view.all(_OWNERS, **some)}
    return {
        id: Known(*rows.get(id, ("", 0, 0, 0, 0)), *((own[0], own[1:]) if (own := owners.get(id)) else ()))
        for id in wanted
    }


def record(tx: Tx, seen: list[Seen], before: dict[str, Known]) -> dict[str, CustomerEvent]:
    """Keeps what was seen, in its order, and forgets each browser's oldest beyond its share. `before` is what
    stood written of these browsers. What was seen, by id, as the team is shown it.
    """
    now = dict(before)
    events, rows = dict[str, CustomerEvent](), list[dict[str, Any]]()
    last = dict[str, Seen]()
    for one in seen:
        after = now[one.browser] = _after(now[one.browser], one)
        last[one.browser] = one
        if one.is_new:
            rows.append(_row(one, after.visit))
            events[one.id] = _event(one, after.visit)
    tx.many(_INSERT, rows)
    for id in [id for id, one in now.items() if id in last and one.kept > KEPT]:
        now[id] = _trimmed(tx, id, now[id])
    tx.many(_BROWSER, [_browser(one, now[id]) for id, one in last.items()])
    for id, one in last.items():
        owner = before[id]
        if owner.customer_id is not None:
            sights.noticed(tx, owner.customer_id, owner.customer, one.sight)
    return events


def _after(before: Known, one: Seen) -> Known:
    is_back = not before.visit or one.at - before.seen_at > APART
    visit_id, since, pages = (one.id, one.at, 0) if is_back else (before.visit, before.since, before.pages)
    pages += one.is_new and one.visit.kind == "page"
    kept = before.kept + one.is_new
    return Known(visit_id, since, one.at, pages, kept, before.customer_id, before.customer)


def _trimmed(tx: Tx, id: str, one: Known) -> Known:
    beyond = tx.first(_BEYOND, of=id, kept=KEPT)
    if beyond is not None:
        tx.run(_TRIM, of=id, last=beyond[0], last_id=beyond[1])
    kept = int(tx.value(_COUNT, of=id))
    return Known(one.visit, one.since, one.seen_at, one.pages, kept, one.customer_id, one.customer)


def _row(one: Seen, visit_id: str) -> dict[str, Any]:
    seen = one.visit
    return {
        "id": one.id,
        "browser": one.browser,
        "at": one.at,
        "kind": seen.kind,
        "url": seen.url,
        "title": seen.title,
        "referrer": seen.referrer,
        "name": seen.name,
        "data": seen.data,
        "visit": visit_id,
    }


def _browser(one: Seen, now: Known) -> dict[str, Any]:
    return {
        "id": one.browser,
        "visit": now.visit,
        "since": now.since,
        "seen_at": one.at,
        "pages": now.pages,
        "kept": now.kept,
        "title": one.visit.title,
        "url": one.visit.url,
        "city": one.sight.city,
        "country": one.sight.country,
        "device": one.sight.device,
    }


def _event(one: Seen, visit_id: str) -> CustomerEvent:
    seen = one.visit
    data = None if seen.data is None else orjson.loads(seen.data)
    return CustomerEvent(
        f"{one.at}-a-{one.id}",
        one.at,
        seen.kind,
        seen.title,
        seen.url,
        seen.referrer,
        seen.name,
        data,
        visit=visit_id,
    )


def current_page(view: Reading, customer_id: str) -> dict[str, str] | None:
    """The page a customer saw last: `{title, url}`."""
    row = view.first(_PAGE, customer=customer_id, one=1)
    return None if row is None else {"title": row[0], "url": row[1]}


def sweep(tx: Tx, days: int) -> bool:
    """Forgets some of what is older; whether there may be more."""
    before = tx.now - days * DAY
    tx.run(_GONE, before=before)
    return tx.run(_OLD, before=before, some=_SWEPT_AT_ONCE) == _SWEPT_AT_ONCE


def forget_customer(tx: Tx, customer_id: str) -> int:
    """Everything that their browsers saw; how much it was. While the browsers are still known as theirs."""
    return forget_browsers(tx, [id for (id,) in tx.all(_OF_CUSTOMER, customer=customer_id)])


def forget_browsers(tx: Tx, ids: Sequence[str]) -> int:
    """What these saw, and what they were told first; how much they saw."""
    count = 0
    for id in ids:
        count += tx.run(_FORGET, of=id)
        tx.run(_FORGET_BROWSER, of=id)
        tx.run(_FORGET_INVITE, of=id)
    return count
