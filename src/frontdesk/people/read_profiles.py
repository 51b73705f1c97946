"""Profiles as screens see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import orjson
from sqlalchemy import bindparam, func, or_, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Row
from frontdesk.base.errors import Missing
from frontdesk.base.sql import Prepared, packs, places
from frontdesk.people import own_fields
from frontdesk.people.access import may_know
from frontdesk.people.model import Actor, CustomerBrief, called
from frontdesk.people.profile_model import CompanyName, Profile, dialed
from frontdesk.people.tables import block, customer, customer_company, identity, visitor_token

C, B = customer.c, block.c
COLUMNS = (
    C.id, C.name, C.lead, C.word, C.proven, C.email, C.phone, C.title, C.company_id, customer_company.c.name,
    C.about, C.origins, C.country, C.zone, C.language, C.device, C.created_at, C.seen_at, C.city,
)  # fmt: skip
SELECTED = select(*COLUMNS).outerjoin(customer_company, customer_company.c.id == C.company_id)
_ONE = Prepared(SELECTED.add_columns(C.merged_into).where(C.id == bindparam("one")))
_AT_ONCE = 50
_THEM = places(_AT_ONCE)
_MANY = Prepared(SELECTED.where(C.id.in_(_THEM)))
_KNOWN_BY = Prepared(
    select(identity.c.customer_id, identity.c.channel).where(identity.c.customer_id.in_(_THEM))
)
_HOLDING = Prepared(
    select(visitor_token.c.customer_id).where(visitor_token.c.customer_id.in_(_THEM)).distinct()
)
_BLOCKED = Prepared(
    select(B.customer_id, func.max(func.coalesce(B.until, 2**53)))
    .where(B.customer_id.in_(_THEM), or_(B.until.is_(None), B.until > bindparam("now")))
    .group_by(B.customer_id)
)
_FOR_EVER = 2**53
# How a channel's own ways to know somebody are called.
_CHANNEL: dict[str, str] = {"browser": "widget", "site": "widget"}
_MOST_MERGES = 100
_MOST_ALIKE = 5

_BRIEF = (C.id, C.name, C.lead, C.word, C.proven)
_NOT_ME = (C.id != bindparam("me"), C.merged_into.is_(None))
_SAME_EMAIL = Prepared(
    select(*_BRIEF).where(C.email == bindparam("said"), *_NOT_ME).limit(bindparam("most", 5))
)
_SAME_PHONE = Prepared(
    select(*_BRIEF).where(C.dial == bindparam("said"), *_NOT_ME).limit(bindparam("most", 5))
)
_SAME_NAME = Prepared(
    select(*_BRIEF)
    .where(
        C.company_id == bindparam("company"),
        C.sorts == bindparam("said"),
        C.name.is_not(None),
        *_NOT_ME,
    )
    .limit(bindparam("most", 5))
)
_SORTED_AS = Prepared(select(C.sorts).where(C.id == bindparam("one")))


def standing(view: Reading, customer_id: str) -> Row | None:
    """From COLUMNS, of whom this id stands for: who was merged into another is that other."""
    row = view.first(_ONE, one=customer_id)
    for _ in range(_MOST_MERGES):
        if row is None or row[-1] is None:
            break
        row = view.first(_ONE, one=row[-1])
    return None if row is None else row[:-1]


def find(view: Reading, customer_id: str) -> Profile | None:
    row = standing(view, customer_id)
    return None if row is None else as_profiles(view, [row])[0]


def get(view: Reading, actor: Actor, customer_id: str) -> Profile:
    """Raises Missing, alike for who is not there and whom the actor may not know."""
    require(may_know(actor), "customer")
    found = find(view, customer_id)
    if found is None:
        raise Missing("There is no such customer.")
    return found


def those(view: Reading, ids: Sequence[str]) -> list[Profile]:
    """In the order of their ids; without those who are not there."""
    rows = {row[0]: row for some in packs(ids, _AT_ONCE) for row in view.all(_MANY, **some)}
    return as_profiles(view, [rows[id] for id in ids if id in rows])


def as_profiles(view: Reading, rows: Sequence[Row]) -> list[Profile]:
    """From COLUMNS, in their order."""
    ids = [row[0] for row in rows]
    fields = own_fields.values(view, ids)
    channels, blocks = _channels(view, ids), _blocks(view, ids)
    return [
        _profile(row, fields.get(row[0], {}), tuple(channels.get(row[0], ())), blocks.get(row[0]))
        for row in rows
    ]


def _profile(
    row: Row, fields: Mapping[str, str], channels: tuple[str, ...], blocked_until: int | None
) -> Profile:
    id, name, lead, word, proven, email, phone, title, company_id, company = row[:10]
    return Profile(
        id=id,
        called=called(name, lead, word),
        named=name is not None,
        proven=bool(proven),
        name=name,
        email=email,
        phone=phone,
        title=title,
        company=CompanyName(company_id, company) if company is not None else None,
        about=row[10],
        fields=fields,
        origins=orjson.loads(row[11]),
        city=row[18],
        country=row[12],
        zone=row[13],
        language=row[14],
        device=row[15],
        channels=channels,
        created_at=row[16],
        seen_at=row[17],
        blocked_until=blocked_until,
    )


def brief_of(one: Profile) -> CustomerBrief:
    return CustomerBrief(one.id, one.called, one.named, one.proven)


def _channels(view: Reading, ids: Sequence[str]) -> dict[str, list[str]]:
    found = defaultdict[str, set[str]](set)
    for these in packs(ids, _AT_ONCE):
        for customer_id, channel in view.all(_KNOWN_BY, **these):
            if channel != "import":
                found[customer_id].add(_CHANNEL.get(channel) or channel)
        for (customer_id,) in view.all(_HOLDING, **these):
            found[customer_id].add("widget")
    return {id: sorted(some) for id, some in found.items()}


def _blocks(view: Reading, ids: Iterable[str]) -> dict[str, int]:
    """Until when, of those who are blocked now; 0: until it is lifted."""
    found = dict[str, int]()
    for some in packs(list(ids), _AT_ONCE):
        rows = view.all(_BLOCKED, now=view.now, **some)
        found |= {id: 0 if until == _FOR_EVER else until for id, until in rows}
    return found


def alike(view: Reading, one: Profile) -> list[CustomerBrief]:
    """Who may be the same person: the same e-mail or phone, or the same full name in one company."""
    said = (
        (_SAME_EMAIL, {"said": one.email} if one.email else None),
        (_SAME_PHONE, {"said": dialed(one.phone)} if one.phone else None),
        (_SAME_NAME, _name_there(view, one)),
    )
    rows: dict[str, Row] = {}
    for statement, given in said:
        if given is not None:
            found = view.all(statement, me=one.id, most=_MOST_ALIKE, **given)
            rows |= {row[0]: row for row in found if row[0] not in rows}
    return [
        CustomerBrief(id, called(name, lead, word), name is not None, bool(proven))
        for id, name, lead, word, proven in list(rows.values())[:_MOST_ALIKE]
    ]


def _name_there(view: Reading, one: Profile) -> dict[str, str] | None:
    """A full name has two parts at least: a first name alone is everybody's."""
    if one.company is None or one.name is None or len(one.name.split()) < 2:
        return None
    return {"said": str(view.value(_SORTED_AS, one=one.id)), "company": one.company.id}
