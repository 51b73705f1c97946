"""Customers' companies: chosen by typing, made right there, changed on their own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.folding import folded
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.base.text import one_line, words
from frontdesk.people import changes, own_fields
from frontdesk.people.access import may_know
from frontdesk.people.events import CustomerCompanySaved
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import CompanyName, CustomerCompany, remark, web_address
from frontdesk.people.tables import customer, customer_company

P = customer_company.c
_LONGEST_NAME = 120
_LONGEST_ADDRESS = 300

_MANY = (
    select(func.count())
    .select_from(customer)
    .where(customer.c.company_id == P.id, customer.c.merged_into.is_(None))
    .correlate(customer_company)
    .scalar_subquery()
)
_COLUMNS = (P.id, P.name, P.website, P.about, _MANY)
_ONE = Prepared(select(*_COLUMNS).where(P.id == bindparam("one")))
_NAME = Prepared(select(P.id, P.name).where(P.id == bindparam("one")))
_CALLED = Prepared(select(P.id, P.name).where(P.folded == bindparam("key")))
_BEGINS = Prepared(
    select(*_COLUMNS)
    .where(P.folded >= bindparam("key"), P.folded < bindparam("end"))
    .order_by(P.folded)
    .limit(bindparam("most", 10))
)
_ADD = Prepared(customer_company.insert())
_CHANGE = Prepared(
    update(customer_company)
    .where(P.id == bindparam("one"))
    .values(
        name=bindparam("called"), folded=bindparam("key"), website=bindparam("site"), about=bindparam("said")
    )
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What is to become of a company; None: that stays."""

    name: str | None = None
    website: str | None = None
    about: str | None = None
    fields: Mapping[str, str] | None = None


def get(view: Reading, actor: Actor, company_id: str) -> CustomerCompany:
    require(may_know(actor), "company")
    return _get(view, company_id)


def _get(view: Reading, company_id: str) -> CustomerCompany:
    row = view.first(_ONE, one=company_id)
    if row is None:
        raise Missing("There is no such company.")
    return _company(row, own_fields.values_of(view, company_id))


def _company(row: tuple[Any, ...], fields: Mapping[str, str]) -> CustomerCompany:
    id, name, website, about, customers = row
    return CustomerCompany(id, name, website, about, dict(fields), customers)


def beginning(view: Reading, actor: Actor, typed: str, limit: int) -> list[CustomerCompany]:
    """Those whose name begins so, by name; the first ones for nothing typed."""
    require(may_know(actor), "company")
    key = _key(typed)
    rows = view.all(_BEGINS, key=key, end=f"{key}\U0010ffff", most=limit)
    values = own_fields.values(view, (row[0] for row in rows))
    return [_company(row, values.get(row[0], {})) for row in rows]


def find_called(view: Reading, name: str) -> CompanyName | None:
    row = view.first(_CALLED, key=_key(name))
    return None if row is None else CompanyName(*row)


def named(view: Reading, company_id: str) -> CompanyName:
    """The company with this id. Raises Invalid."""
    row = view.first(_NAME, one=company_id)
    if row is None:
        raise Invalid("There is no such company.", fields={"company_id": "Not a company"})
    return CompanyName(*row)


def _key(name: str) -> str:
    return folded(one_line(name, _LONGEST_NAME))


def made_or_found(tx: Tx, name: str) -> CompanyName:
    """Whoever types a name again, in whatever letters, means the same company. Raises Invalid."""
    kept = words(name, "company", _LONGEST_NAME, "The company's name")
    found = find_called(tx, kept)
    if found is not None:
        return found
    id, nothing = new_id(), {"website": None, "about": ""}
    tx.run(_ADD, id=id, name=kept, folded=_key(kept), created_at=tx.now, **nothing)
    tx.emit(CustomerCompanySaved(CustomerCompany(id, kept, None, "", {}, 0), renamed=True))
    return CompanyName(id, kept)


def add(tx: Tx, actor: Actor, *, name: str) -> dict[str, CustomerCompany]:
    """The one of this name, new or not."""
    require(may_know(actor), "company")
    return {"company": _get(tx, made_or_found(tx, name).id)}


def change(tx: Tx, actor: Actor, company_id: str, asked: Changed) -> CustomerCompany:
    """Raises Conflict naming the company that has this name already."""
    before = get(tx, actor, company_id)
    known = own_fields.by_id(tx, "company")
    fields = own_fields.checked(known, asked.fields or {})
    after = {
        "name": before.name if asked.name is None else _named(tx, before.id, asked.name),
        "website": before.website if asked.website is None else _website(asked.website),
        "about": before.about if asked.about is None else remark(asked.about),
    }
    was: dict[str, str | None] = {
        "name": before.name,
        "website": before.website,
        "about": before.about,
        **{id: before.fields.get(id) for id in fields},
    }
    becomes = {**after, **fields}
    differ = [name for name, said in becomes.items() if (said or None) != (was[name] or None)]
    for name in differ:
        changes.keep(tx, before.id, changes.by(actor), name, was[name], becomes[name])
        if name in fields:
            own_fields.put(tx, before.id, name, fields[name])
    if not differ:
        return before
    name = str(after["name"])
    tx.run(_CHANGE, one=before.id, called=name, key=_key(name), site=after["website"], said=after["about"])
    saved = _get(tx, before.id)
    tx.emit(CustomerCompanySaved(saved, renamed="name" in differ))
    return saved


def _named(tx: Tx, company_id: str, name: str) -> str:
    kept = words(name, "name", _LONGEST_NAME, "The name")
    other = find_called(tx, kept)
    if other is not None and other.id != company_id:
        data = {"reason": "known", "company_id": other.id}
        raise Conflict("There is a company of this name.", data=data)
    return kept


def _website(typed: str) -> str | None:
    kept = one_line(typed, _LONGEST_ADDRESS)
    if not kept:
        return None
    found = web_address(kept)
    if found is None:
        raise Invalid("This is not a website's address.", fields={"website": "Such as https://shop.example"})
    return found
