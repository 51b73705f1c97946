"""What screens ask of presence: what a customer's browsers saw, and who is on the site."""

from dataclasses import dataclass

import orjson
from sqlalchemy import and_, bindparam, func, or_, select, text

from frontdesk.base.clock import SECOND
from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.people import blocks
from frontdesk.people.customers import BRIEF, as_brief, word_for
from frontdesk.people.model import CustomerBrief, called
from frontdesk.people.tables import customer, identity
from frontdesk.presence import visits
from frontdesk.presence.invites import LASTS
from frontdesk.presence.model import HERE_FOR, CustomerEvent
from frontdesk.presence.tables import browser, invite, visit

V, B, I = visit.c, browser.c, identity.c  # noqa: E741 - the tables' first letters
# The newest of each browser, along its index: somebody may have hundreds of them.
_SEEN = Prepared(
    text("""
        SELECT v.at, v.id, v.kind, v.title, v.url, v.referrer, v.name, v.data, v.visit, v.browser
        FROM identity AS i CROSS JOIN visit AS v ON v.rowid IN (
            SELECT w.rowid FROM visit AS w
            WHERE w.browser = i.external_id AND (w.at, w.id) < (:before, :before_id)
            ORDER BY w.at DESC, w.id DESC LIMIT :most)
        WHERE i.channel = 'browser' AND i.customer_id = :customer
        ORDER BY v.at DESC, v.id DESC LIMIT :most"""),
    postgresql=text("""
        SELECT v.at, v.id, v.kind, v.title, v.url, v.referrer, v.name, v.data, v.visit, v.browser
        FROM identity AS i CROSS JOIN LATERAL (
            SELECT * FROM visit AS w
            WHERE w.browser = i.external_id AND (w.at, w.id) < (:before, :before_id)
            ORDER BY w.at DESC, w.id DESC LIMIT :most) AS v
        WHERE i.channel = 'browser' AND i.customer_id = :customer
        ORDER BY v.at DESC, v.id DESC LIMIT :most"""),
)
_NEXT_AT = Prepared(
    select(V.at)
    .where(
        V.browser == bindparam("of"),
        V.kind == "page",
        V.at >= bindparam("after"),
        or_(V.at > bindparam("after"), V.id > bindparam("after_id")),
    )
    .order_by(V.at, V.id)
    .limit(bindparam("one", 1))
)
# Of who is blocked nothing more is kept: they are nowhere at once, not only when a visit would be due.
_HERE = and_(B.seen_at > bindparam("since"), B.id.not_in(blocks.BROWSERS))
_COUNT = Prepared(select(func.count()).select_from(browser).where(_HERE))
_ON_SITE = Prepared(
    select(B.id, B.title, B.url, B.since, B.pages, B.city, B.country, B.device, invite.c.browser, *BRIEF)
    .outerjoin(invite, and_(invite.c.browser == B.id, invite.c.at > bindparam("invited_since")))
    .outerjoin(identity, and_(I.channel == "browser", I.external_id == B.id))
    .outerjoin(customer, customer.c.id == I.customer_id)
    .where(_HERE)
    .order_by(B.seen_at.desc(), B.id)
    .limit(bindparam("most", 200))
)
_PAGE_OF = Prepared(
    select(B.title, B.url, B.since)
    .join(identity, I.external_id == B.id)
    .where(I.channel == "browser", I.customer_id == bindparam("customer"), _HERE)
    .order_by(B.seen_at.desc())
    .limit(bindparam("one", 1))
)
_HERE_IS = Prepared(
    select(I.customer_id)
    .join(browser, B.id == I.external_id)
    .where(I.channel == "browser", I.external_id == bindparam("of"))
)


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on the site: `since` and `pages` are of this visit. `customer` None: not known yet."""

    browser: str
    customer: CustomerBrief | None
    called: str
    city: str | None
    country: str | None
    page: Page
    since: int
    pages: int
    device: str | None
    invited: bool


def seen(view: Reading, customer_id: str, before: tuple[int, str], limit: int) -> list[CustomerEvent]:
    """What the customer's browsers saw before a moment and an id, newest first."""
    found = view.all(_SEEN, customer=customer_id, before=before[0], before_id=before[1], most=limit)
    left = _left(view, found)
    return [_as_event(row, left.get(row[1])) for row in found]


def _left(view: Reading, rows: list[Row]) -> dict[str, int]:
    """When each of these pages was left for another, by id; `rows` are newest first."""
    later, found = dict[str, int](), dict[str, int]()
    for at, id, kind, *_, of in rows:
        if kind != "page":
            continue
        next_at = later[of] if of in later else view.value(_NEXT_AT, of=of, after=at, after_id=id, one=1)
        if next_at is not None:
            found[id] = next_at
        later[of] = at
    return found


def _as_event(row: Row, next_at: int | None) -> CustomerEvent:
    at, id, kind, title, url, referrer, name, data, visit_id, _ = row
    is_known = next_at is not None and next_at - at <= visits.APART
    return CustomerEvent(
        id,
        at,
        kind,
        title=title,
        url=url,
        referrer=referrer,
        name=name,
        data=None if data is None else orjson.loads(data),
        seconds=(next_at - at) // SECOND if next_at is not None and is_known else None,
        visit=visit_id,
    )


def on_site(view: Reading, limit: int) -> tuple[list[Visitor], int]:
    """Who is there now, the newest first, and how many there are."""
    since = view.now - HERE_FOR
    rows = view.all(_ON_SITE, since=since, now=view.now, invited_since=view.now - LASTS, most=limit)
    return [_as_visitor(row) for row in rows], int(view.value(_COUNT, since=since, now=view.now))


def _as_visitor(row: Row) -> Visitor:
    id, title, url, since, pages, city, country, device, invited, *known = row
    brief = as_brief(tuple(known)) if known[0] is not None else None
    name = brief.called if brief else called(None, city, word_for(id))
    return Visitor(
        id, brief, name, city, country, Page(title, url), since, pages, device, invited is not None
    )


def page_of(view: Reading, customer_id: str) -> tuple[str, str, int] | None:
    """The page that a customer has before them and since when they are here; None: they are not."""
    row = view.first(_PAGE_OF, customer=customer_id, since=view.now - HERE_FOR, now=view.now, one=1)
    return None if row is None else (row[0], row[1], row[2])


def whose(view: Reading, browser_id: str) -> str | None:
    """The customer who came with this browser."""
    found: str | None = view.value(_HERE_IS, of=browser_id)
    return found
