"""Who a customer is: written by agents, proven by the site, claimed by the visitor, brought by an import.

All of it comes through `put`, which keeps who changed what, and tells it once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.folding import folded
from frontdesk.base.sql import Prepared
from frontdesk.base.text import one_line
from frontdesk.people import changes, companies, company, own_fields, read_profiles
from frontdesk.people.access import may_know
from frontdesk.people.agents import address
from frontdesk.people.changes import SITE, VISITOR, Writer
from frontdesk.people.events import CustomerChanged, ProfileChanged
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import (
    USUAL,
    Origin,
    Profile,
    dialed,
    digits,
    own_value,
    phone_number,
    remark,
    short,
)
from frontdesk.people.tables import customer

# Checked values by field: usual ones by name, own ones by id, the company by its id. None: nothing.
Values = Mapping[str, str | None]

C = customer.c
_SORTED = 80
_WRITE = Prepared(
    update(customer)
    .where(C.id == bindparam("one"))
    .values(
        name=bindparam("called"),
        email=bindparam("mail"),
        phone=bindparam("number"),
        dial=bindparam("end"),
        title=bindparam("does"),
        company_id=bindparam("works_at"),
        about=bindparam("said"),
        origins=bindparam("whence"),
        proven=bindparam("is_proven"),
    )
)
_SORT = Prepared(update(customer).where(C.id == bindparam("one")).values(sorts=bindparam("key")))
_COMPARE = Prepared(
    update(customer).where(C.id == bindparam("one")).values(sorts=bindparam("key"), dial=bindparam("end"))
)
_EMAIL = re.compile(r"[^\s<>()\[\]{},;:\"'@]{1,64}@[^\s<>()\[\]{},;:\"'@]+\.[^\W\d_]{2,24}(?![\w@])")
_NUMBER = re.compile(
    r"(?<![\w#.,@/+-])(?<!\d[ ])(\+|00?[1-9]|\(0|\(\d{3}\)[ .-]?\d{3}[ .-])[\d\s()./-]{4,20}\d(?![\w@-])"
)
_LEAST_DIGITS, _MOST_DIGITS = 8, 15
_LONGEST_READ = 4_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agent typed: None stays, empty is emptied. `seen`: what stood there when they began."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    title: str | None = None
    about: str | None = None
    company_id: str | None = None
    company_name: str | None = None
    fields: Mapping[str, str] | None = None
    seen: Values | None = None


def change(tx: Tx, actor: Actor, customer_id: str, asked: Asked) -> dict[str, Any]:
    """The profile after it, and what a colleague had changed meanwhile: the later wins, and is told."""
    require(may_know(actor), "customer")
    before = _get(tx, customer_id)
    wanted = checked(tx, asked)
    overwritten = _meanwhile(before, wanted, asked.seen or {})
    after = put(tx, before, wanted, changes.by(actor))
    return {"customer": after, "overwritten": overwritten}


def _get(tx: Tx, customer_id: str) -> Profile:
    found = read_profiles.find(tx, customer_id)
    if found is None:
        raise Missing("There is no such customer.")
    return found


def checked(tx: Tx, asked: Asked) -> dict[str, str | None]:
    """What is to be kept, as `put` takes it; a company of a new name is made. Raises Invalid."""
    wanted: dict[str, str | None] = {
        name: _USUAL[name](said) or None
        for name in ("name", "email", "phone", "title", "about")
        if (said := getattr(asked, name)) is not None
    }
    if asked.company_name is not None and asked.company_name.strip():
        wanted["company"] = companies.made_or_found(tx, asked.company_name).id
    elif asked.company_name is not None or asked.company_id == "":
        wanted["company"] = None
    elif asked.company_id is not None:
        wanted["company"] = companies.named(tx, asked.company_id).id
    if asked.fields:
        fit = own_fields.checked(own_fields.by_id(tx, "customer"), asked.fields)
        wanted |= {id: said or None for id, said in fit.items()}
    return wanted


def _email(typed: str) -> str:
    return address(typed) if typed.strip() else ""


def _phone(typed: str) -> str:
    return phone_number(typed) if typed.strip() else ""


_USUAL: dict[str, Any] = {
    "name": lambda typed: short(typed, "name"),
    "email": _email,
    "phone": _phone,
    "title": lambda typed: short(typed, "title"),
    "about": remark,
}


def _held(one: Profile) -> dict[str, str | None]:
    """Every field by its name; the company by its id."""
    usual = {name: getattr(one, name) or None for name in USUAL if name != "company"}
    return {**one.fields, **usual, "company": one.company.id if one.company else None}


def _meanwhile(before: Profile, wanted: Values, seen: Values) -> list[str]:
    held = _held(before)
    return [
        name
        for name, said in wanted.items()
        if name in seen and held.get(name) not in (seen[name] or None, said)
    ]


def put(tx: Tx, before: Profile, wanted: Values, who: Writer, *, proven: bool = False) -> Profile:
    """Writes what differs, keeps who did it, tells it. What stays as it was costs nothing. `wanted` is
    checked: usual fields by name, own ones by id, the company by its id.
    """
    held = _held(before)
    differ = [name for name, said in wanted.items() if said != held.get(name)]
    origins = _origins(before, wanted, differ, who.origin)
    is_proven = proven or before.proven
    if not differ and origins == before.origins and is_proven == before.proven:
        return before
    _write(tx, before, {**held, **wanted}, origins, is_proven)
    for name in differ:
        if name not in USUAL:
            own_fields.put(tx, before.id, name, wanted[name] or "")
    after = _get(tx, before.id)
    for name in differ:
        changes.keep(tx, before.id, who, name, _told(before, name), _told(after, name))
    if after.called != before.called:
        tx.run(_SORT, one=after.id, key=sorted_as(after.called))
    touched = [name for name in wanted if name in differ or origins.get(name) != before.origins.get(name)]
    _tell(tx, before, after, touched, who)
    return after


def _origins(before: Profile, wanted: Values, differ: list[str], origin: Origin | None) -> dict[str, Origin]:
    """An agent's word needs no mark; what the site signs is proven even where it stood already."""
    kept = {name: found for name, found in before.origins.items() if name not in differ}
    marked = wanted if origin == "proven" else differ
    if origin is not None:
        kept |= {name: origin for name in marked if wanted[name] and name != "about"}
    return kept


def _write(tx: Tx, before: Profile, now: Values, origins: Mapping[str, Origin], is_proven: bool) -> None:
    tx.run(
        _WRITE,
        one=before.id,
        called=now["name"],
        mail=now["email"],
        number=now["phone"],
        end=dialed(now["phone"]),
        does=now["title"],
        works_at=now["company"],
        said=now["about"] or "",
        whence=orjson.dumps(origins, option=orjson.OPT_SORT_KEYS).decode(),
        is_proven=int(is_proven),
    )


def settle(
    tx: Tx, customer_id: str, fields: Iterable[str], agent_id: str | None, *, tells: bool = True
) -> None:
    """What follows where a profile was written elsewhere: how it is sorted, compared, and who hears. Of
    somebody who stands for another nobody hears.
    """
    after = _get(tx, customer_id)
    tx.run(_COMPARE, one=after.id, key=sorted_as(after.called), end=dialed(after.phone))
    if not tells:
        return
    tx.emit(ProfileChanged(read_profiles.brief_of(after), after, sorted(fields), agent_id))


def sorted_as(name: str) -> str:
    """What lists sort a customer by who is called so."""
    return folded(name)[:_SORTED]


def _told(one: Profile, name: str) -> str | None:
    """A field's value in words: a company by its name."""
    if name == "company":
        return one.company.name if one.company else None
    return one.fields.get(name) if name not in USUAL else getattr(one, name) or None


def _tell(tx: Tx, before: Profile, after: Profile, fields: list[str], who: Writer) -> None:
    now, was = read_profiles.brief_of(after), read_profiles.brief_of(before)
    if now != was:
        tx.emit(CustomerChanged(now))
    tx.emit(ProfileChanged(now, after, fields, who.agent_id))


def vouch(tx: Tx, customer_id: str, claims: Mapping[str, str], fields: Mapping[str, str]) -> Profile:
    """What the site has signed: usual fields by name, the company by its name too, own ones by name or id.
    What is not fit to be kept is left out: a site's slip must not keep its visitor out. And what the site
    says again is no news: it does not undo what was changed since.
    """
    before = _get(tx, customer_id)
    wanted: dict[str, str | None] = {
        name: said for name, typed in claims.items() if (said := _signed(tx, name, typed)) is not None
    }
    wanted |= _signed_fields(tx, fields)
    fresh = {name: said for name, said in wanted.items() if not _is_no_news(tx, before, name, said)}
    return put(tx, before, fresh, SITE, proven=True)


def _signed(tx: Tx, name: str, typed: str) -> str | None:
    if name not in USUAL or name == "about":
        return None
    try:
        if name == "company":
            return companies.made_or_found(tx, typed).id
        return _USUAL[name](typed) or None
    except Invalid:
        return None


def _signed_fields(tx: Tx, given: Mapping[str, str]) -> dict[str, str | None]:
    if not given:
        return {}
    known = [one for one in own_fields.by_id(tx, "customer").values() if not one.retired]
    called = {folded(one.name): one for one in known} | {one.id: one for one in known}
    kept: dict[str, str | None] = {}
    for name, typed in given.items():
        field = called.get(folded(name))
        try:
            if field is not None and (said := own_value(field, typed)):
                kept[field.id] = said
        except Invalid:
            continue
    return kept


def _is_no_news(tx: Tx, before: Profile, name: str, said: str | None) -> bool:
    if said == _held(before).get(name):
        return False
    told = companies.named(tx, said).name if name == "company" and said else said
    return changes.last_said(tx, before.id, name, "site") == told


def claim(tx: Tx, customer_id: str, text: str) -> None:
    """What a visitor writes of themselves, where nothing is known: an e-mail address, a phone number. Nothing
    else follows from it: it is not proven. Nothing is read of a text that can hold neither.
    """
    if "@" not in text and sum(map(str.isdigit, text)) < _LEAST_DIGITS:
        return
    before = _get(tx, customer_id)
    said = {"email": _claimed_email, "phone": _claimed_phone}
    found = {name: look(tx, text[:_LONGEST_READ]) for name, look in said.items() if not getattr(before, name)}
    put(tx, before, {name: one for name, one in found.items() if one}, VISITOR)


def _claimed_email(tx: Tx, text: str) -> str | None:
    """The first one that is not the company's own."""
    own = _own_hosts(tx) if "@" in text else ()
    for match in _EMAIL.finditer(text):
        try:
            found = address(match[0])
        except Invalid:
            continue
        host = found.partition("@")[2]
        if not any(host == one or host.endswith(f".{one}") for one in own):
            return found
    return None


def _own_hosts(tx: Tx) -> tuple[str, ...]:
    house = company.find(tx)
    sites = (house.website, *house.allowed_sites) if house else ()
    hosts = (one.partition("://")[2].partition(":")[0].removeprefix("www.") for one in sites)
    return tuple(dict.fromkeys(host for host in hosts if host))


def _claimed_phone(_: Tx, text: str) -> str | None:
    for match in _NUMBER.finditer(text):
        if _LEAST_DIGITS <= len(digits(match[0])) <= _MOST_DIGITS:
            return one_line(match[0], 40)
    return None
