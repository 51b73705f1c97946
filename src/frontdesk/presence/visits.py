"""Page visits and the site's own events: whispers with a small memory."""

from sqlalchemy import bindparam, select

from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people.tables import identity
from frontdesk.presence.model import Visit
from frontdesk.presence.tables import visit

KEPT = 500
KEPT_FOR = 90 * DAY

V = visit.c
_INSERT = Prepared(visit.insert())
_BEYOND = Prepared(
    select(V.id)
    .where(V.browser == bindparam("browser"))
    .order_by(V.id.desc())
    .limit(1)
    .offset(bindparam("kept", KEPT))
)
_TRIM = Prepared(visit.delete().where(V.browser == bindparam("browser"), V.id <= bindparam("last")))
_OLD = Prepared(visit.delete().where(V.at < bindparam("before")))
_WHOSE = Prepared(
    select(identity.c.customer_id).where(
        identity.c.channel == "browser", identity.c.external_id == bindparam("browser")
    )
)
_PAGE = Prepared(
    select(V.title, V.url)
    .join(identity, identity.c.external_id == V.browser)
    .where(identity.c.channel == "browser", identity.c.customer_id == bindparam("customer"), V.kind == "page")
    .order_by(V.id.desc())
    .limit(bindparam("one", 1))
)


def record(tx: Tx, browser: str, seen: Visit) -> str | None:
    """Keeps the visit, forgets the browser's oldest beyond its share; the customer it belongs to, if any."""
    tx.run(
        _INSERT,
        id=new_id(),
        browser=browser,
        at=tx.now,
        kind=seen.kind,
        url=seen.url,
        title=seen.title,
        referrer=seen.referrer,
        name=seen.name,
        data=seen.data,
    )
    beyond = tx.value(_BEYOND, browser=browser, kept=KEPT)
    if beyond is not None:
        tx.run(_TRIM, browser=browser, last=beyond)
    whose: str | None = tx.value(_WHOSE, browser=browser)
    return whose


def current_page(view: Reading, customer_id: str) -> dict[str, str] | None:
    """The page a customer saw last: `{title, url}`."""
    row = view.first(_PAGE, customer=customer_id, one=1)
    return None if row is None else {"title": row[0], "url": row[1]}


def sweep(tx: Tx) -> None:
    tx.run(_OLD, before=tx.now - KEPT_FOR)
