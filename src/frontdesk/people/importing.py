"""Customers out of a file: each row once, and nobody twice, however often it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.ids import is_id
from frontdesk.base.jobs import a_job
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.base.text import one_line
from frontdesk.people import customers, own_fields, profiles, read_profiles
from frontdesk.people.access import may_manage
from frontdesk.people.agents import address
from frontdesk.people.changes import Writer
from frontdesk.people.events import ImportBegan
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import OwnField, Profile, dialed
from frontdesk.people.tables import customer, customer_import, identity

JOB = "import_customers"
CHANNEL = "import"
MOST_FAULTS = 1_000
_FORGOTTEN_AFTER = 1 * DAY
_TARGETS = ("id", "name", "email", "phone", "company", "title", "about")
# What their capital letter alone does not make of it.
_CALLED = {"email": "E-mail"}
# At least one of these says who it is.
_SAYS_WHO = ("id", "name", "email", "phone")

T, C = customer_import.c, customer.c
_ADD = Prepared(customer_import.insert())
_COLUMNS = (T.file_id, T.agent_id, T.mapping, T.names, T.count, T.done, T.made, T.changed, T.unchanged)
_ONE = Prepared(select(*_COLUMNS, T.faults, T.finished_at).where(T.id == bindparam("one")))
_BEGIN = Prepared(
    update(customer_import)
    .where(T.id == bindparam("one"), T.mapping.is_(None))
    .values(mapping=bindparam("chosen"), agent_id=bindparam("who"), at=bindparam("now"))
)
_ON = Prepared(
    update(customer_import)
    .where(T.id == bindparam("one"))
    .values(
        done=bindparam("so_far"),
        made=bindparam("fresh"),
        changed=bindparam("other"),
        unchanged=bindparam("same"),
        faults=bindparam("wrong"),
    )
)
_END = Prepared(update(customer_import).where(T.id == bindparam("one")).values(finished_at=bindparam("now")))
_LEFT = Prepared(select(T.id, T.file_id).where(T.mapping.is_(None), T.at < bindparam("before")).limit(100))
_DROP = Prepared(customer_import.delete().where(T.id == bindparam("one")))
_KNOWN_AS = insert_if_new(identity)
_BY_ID = Prepared(
    select(identity.c.customer_id).where(
        identity.c.channel == CHANNEL, identity.c.external_id == bindparam("said")
    )
)
_BY_EMAIL = Prepared(
    select(C.id)
    .where(C.email == bindparam("said"), C.merged_into.is_(None))
    .order_by(C.proven.desc(), C.id)
    .limit(1)
)
_BY_NAME = Prepared(
    select(C.id, C.name, C.email, C.dial, C.company_id)
    .where(C.sorts == bindparam("said"), C.name.is_not(None), C.merged_into.is_(None))
    .order_by(C.id)
    .limit(100)
)
_NEVER_SEEN = Prepared(update(customer).where(C.id == bindparam("one")).values(seen_at=0))


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` as a spreadsheet counts: that of the names is 1."""

    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Import:
    """How far it is. `faults` are the first thousand."""

    done: int
    count: int
    made: int
    changed: int
    unchanged: int
    faults: tuple[Fault, ...]
    finished: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """What the job needs to know."""

    file_id: str
    agent_id: str | None
    mapping: Mapping[str, str]
    names: tuple[str, ...]
    state: Import


def upload(tx: Tx, actor: Actor, import_id: str, file_id: str, names: Sequence[str], count: int) -> None:
    """A file that somebody looks at before it is taken in."""
    require(may_manage(actor))
    nothing = dict.fromkeys(("done", "made", "changed", "unchanged"), 0)
    tx.run(
        _ADD,
        id=import_id,
        at=tx.now,
        agent_id=actor.id,
        file_id=file_id,
        names=orjson.dumps(list(names)).decode(),
        mapping=None,
        count=count,
        faults="[]",
        finished_at=None,
        **nothing,
    )


def begin(tx: Tx, actor: Actor, *, upload_id: str, mapping: Mapping[str, str]) -> dict[str, str]:
    """Raises Invalid for columns and fields that are not there, Conflict when it has begun already."""
    require(may_manage(actor))
    one = _get(tx, upload_id)
    fields = own_fields.by_id(tx, "customer")
    known = {*_TARGETS, *(id for id, field in fields.items() if not field.retired)}
    if not set(mapping) <= set(one.names) or not set(mapping.values()) <= known:
        raise Invalid("There is no such column or field.", fields={"mapping": "Choose again"})
    if len(set(mapping.values())) < len(mapping):
        raise Invalid("A field is one column's only.", fields={"mapping": "Chosen twice"})
    if not set(mapping.values()) & set(_SAYS_WHO):
        hint = "A name, an e-mail address, a phone number or an id"
        raise Invalid("Nothing here says who somebody is.", fields={"mapping": hint})
    chosen = orjson.dumps(dict(mapping)).decode()
    if not tx.run(_BEGIN, one=upload_id, chosen=chosen, who=actor.id, now=tx.now):
        raise Conflict("This file is taken in already.", data={"reason": "begun"})
    tx.enqueue(a_job(JOB, {"import_id": upload_id}))
    tx.emit(ImportBegan(upload_id))
    return {"import_id": upload_id}


def get(view: Reading, actor: Actor, import_id: str) -> Import:
    require(may_manage(actor))
    return _get(view, import_id).state


def begun(view: Reading, import_id: str) -> Begun | None:
    """None: there is nothing to do, or nothing any more."""
    if view.first(_ONE, one=import_id) is None:
        return None
    one = _get(view, import_id)
    return one if one.mapping and not one.state.finished else None


def _get(view: Reading, import_id: str) -> Begun:
    row = view.first(_ONE, one=import_id)
    if row is None:
        raise Missing("There is no such import.")
    file_id, agent_id, mapping, names, count, done, made, changed, unchanged, faults, finished_at = row
    told = tuple(Fault(number, words) for number, words in orjson.loads(faults))
    state = Import(done, count, made, changed, unchanged, told, finished_at is not None)
    return Begun(file_id, agent_id, orjson.loads(mapping or "{}"), tuple(orjson.loads(names)), state)


def portion(tx: Tx, import_id: str, rows: Sequence[Mapping[str, str]], start: int) -> int:
    """Takes in the rows from number `start` on, unless that was done before; how many are done."""
    one = _get(tx, import_id)
    state = one.state
    if state.done != start or state.finished:
        return state.done
    known, who = own_fields.by_id(tx, "customer"), Writer("import", one.agent_id)
    counts = {"made": state.made, "changed": state.changed, "unchanged": state.unchanged}
    faults = list(state.faults)
    for number, row in enumerate(rows, start + 2):
        try:
            with tx.attempt():
                counts[_taken_in(tx, row, known, who)] += 1
        except (Invalid, Conflict) as error:
            faults.append(Fault(number, _why(error, known)))
    kept = orjson.dumps([(fault.row, fault.words) for fault in faults[:MOST_FAULTS]]).decode()
    told = {"fresh": counts["made"], "other": counts["changed"], "same": counts["unchanged"]}
    tx.run(_ON, one=import_id, so_far=start + len(rows), wrong=kept, **told)
    return start + len(rows)


def _why(error: Invalid | Conflict, known: Mapping[str, OwnField]) -> str:
    fields = error.fields or {}
    name, hint = next(iter(fields.items()), ("", ""))
    called = known[name].name if name in known else _CALLED.get(name, name.capitalize())
    return " ".join(part for part in (f"{called}:" if called else "", error.message, hint) if part)


def _taken_in(tx: Tx, row: Mapping[str, str], known: Mapping[str, OwnField], who: Writer) -> str:
    if not any(name in row for name in _SAYS_WHO):
        raise Invalid("Nothing in this row says who it is.")
    wanted = _wanted(tx, row, known)
    said_id = one_line(row.get("id", ""), 200)
    there = _found(tx, said_id, wanted)
    before = there or _appeared(tx)
    if said_id and said_id != before.id:
        tx.run(_KNOWN_AS, channel=CHANNEL, external_id=said_id, customer_id=before.id)
    after = profiles.put(tx, before, wanted, who)
    return "made" if there is None else "unchanged" if after == before else "changed"


def _wanted(tx: Tx, row: Mapping[str, str], known: Mapping[str, OwnField]) -> dict[str, str | None]:
    usual: dict[str, Any] = {
        name: said for name, said in row.items() if name in ("name", "email", "phone", "title", "about")
    }
    asked = profiles.Asked(**usual, company_name=row.get("company"), fields=_own(row, known))
    return {name: said for name, said in profiles.checked(tx, asked).items() if said is not None}


def _own(row: Mapping[str, str], known: Mapping[str, OwnField]) -> dict[str, str]:
    return {id: said for id, said in row.items() if id in known}


def _appeared(tx: Tx) -> Profile:
    """They were never on the site, as far as anybody knows."""
    brief = customers.appear(tx)
    tx.run(_NEVER_SEEN, one=brief.id)
    found = read_profiles.find(tx, brief.id)
    assert found is not None, "the customer appeared in this transaction"
    return found


def _found(tx: Tx, said_id: str, wanted: Mapping[str, str | None]) -> Profile | None:
    """By the id, which is the desk's own or the one of an import before; else by the e-mail address; where
    there is neither, by all that is said of them.
    """
    if said_id:
        id = tx.value(_BY_ID, said=said_id) or (said_id if is_id(said_id) else None)
        found = read_profiles.find(tx, id) if id else None
        if found is not None:
            return found
    if wanted.get("email"):
        id = tx.value(_BY_EMAIL, said=address(str(wanted["email"])))
        return read_profiles.find(tx, id) if id else None
    return None if said_id else _by_name(tx, wanted)


def _by_name(tx: Tx, wanted: Mapping[str, str | None]) -> Profile | None:
    if not wanted.get("name"):
        return None
    said = dialed(wanted.get("phone")), wanted.get("company")
    for id, name, email, dial, company_id in tx.all(_BY_NAME, said=profiles.sorted_as(str(wanted["name"]))):
        if name == wanted["name"] and email is None and (dial, company_id) == said:
            return read_profiles.find(tx, id)
    return None


def end(tx: Tx, import_id: str) -> None:
    tx.run(_END, one=import_id, now=tx.now)


def forgotten(tx: Tx) -> list[str]:
    """Looked at, and never begun: leaves the desk. The ids of the files that can go."""
    left = tx.all(_LEFT, before=tx.now - _FORGOTTEN_AFTER)
    for id, _ in left:
        tx.run(_DROP, one=id)
    return [file_id for _, file_id in left]
