"""One question to the whole desk. Everything here asks the door: nothing is found that may not be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, func, select

from frontdesk.base.access import Allowed
from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.people.customers import as_brief
from frontdesk.people.model import Actor
from frontdesk.search import both, match, people, statements
from frontdesk.search.match import Match
from frontdesk.search.model import (
    FOREVER,
    MOST,
    Asked,
    CompanyHit,
    Counts,
    Found,
    Groups,
    Hit,
    Kind,
    LabelCount,
    Narrowed,
)
from frontdesk.search.spaces import FILE, MESSAGE, NOTE
from frontdesk.search.terms import without_mentions
from frontdesk.search.walk import Walk
from frontdesk.talk.access import may_read
from frontdesk.talk.tables import label, labelling, own_label, own_labelling

# So many conversations are looked through message by message.
_FEW = 400
_MOST_CUSTOMERS = 20
_NOTHING = Counts(0, 0, 0, 0, 0, 0)
# Asked at every letter that is typed.
_LABELS = Prepared(select(label.c.id, label.c.name, label.c.colour).where(label.c.retired_at.is_(None)))
_OWN_LABELS = Prepared(
    select(own_label.c.id, own_label.c.name, own_label.c.colour).where(
        own_label.c.retired_at.is_(None), own_label.c.agent_id == bindparam("me")
    )
)


@dataclass(frozen=True, slots=True)
class _Some:
    """Hits of one kind, and how many there are: at most one more than `MOST`."""

    hits: list[Hit]
    many: int


def search(view: Reading, actor: Actor, asked: Asked, limit: int) -> Found:
    """At most `limit` hits of each kind, the newest; those that hold the very words come first."""
    if asked.unknown or actor.kind != "agent":
        labels = _labels(view, actor, []) if actor.kind == "agent" else []
        return Found(Groups([], [], [], [], [], []), _NOTHING, labels, list(asked.unknown))
    view.first(both.READY)
    messages = _messages(view, actor, asked)
    notes = _notes(view, actor, asked)
    files = _of_kind(view, actor, asked, FILE, statements.FILES)
    named = _customers(view, actor, asked)
    theirs = _of_customers(view, actor, asked, named)
    customers = _with_latest(named, theirs)
    conversations = _conversations(view, actor, asked, [*messages.hits, *notes.hits, *files.hits], theirs)
    is_more = max(messages.many, notes.many, files.many) > MOST and bool(conversations.hits)
    talks = _Some(conversations.hits, MOST + 1 if is_more else conversations.many)
    companies, many_companies = people.companies(view, actor, asked)
    five = (talks, messages, notes, customers, files)
    return Found(
        _groups(five, companies[:limit], limit),
        _counts(five, many_companies),
        _labels(view, actor, [hit.conversation_id for hit in talks.hits if hit.conversation_id]),
        [],
    )


def _groups(five: Sequence[_Some], companies: list[CompanyHit], limit: int) -> Groups:
    talks, messages, notes, customers, files = (some.hits[:limit] for some in five)
    return Groups(talks, messages, notes, customers, files, companies)


def _counts(five: Sequence[_Some], companies: int) -> Counts:
    talks, messages, notes, customers, files = (some.many for some in five)
    return Counts(talks, messages, notes, customers, files, companies)


def _given(actor: Actor, narrowed: Narrowed) -> dict[str, Any]:
    return {
        "me": actor.id,
        "label": narrowed.label or "",
        "team": narrowed.team or "",
        "channel": narrowed.channel or "",
        "closed": -1 if narrowed.state is None else int(narrowed.state == "closed"),
        "since": narrowed.since or 0,
        "until": FOREVER if narrowed.until is None else narrowed.until,
    }


def _said(actor: Actor, narrowed: Narrowed) -> dict[str, Any]:
    return {**_given(actor, narrowed), "side": narrowed.by or ""}


def _messages(view: Reading, actor: Actor, asked: Asked) -> _Some:
    few = _is_few(view, actor, asked.narrowed)
    if few and asked.wanted:
        return _in_few(view, actor, asked)
    return _of_kind(view, actor, asked, MESSAGE, statements.MESSAGES)


def _is_few(view: Reading, actor: Actor, narrowed: Narrowed) -> bool:
    if narrowed.label is None and narrowed.team is None:
        return False
    given = {"label": narrowed.label or "", "team": narrowed.team or "", "me": actor.id}
    return int(view.value(statements.HOW_FEW, most=_FEW + 1, **given)) <= _FEW


def _in_few(view: Reading, actor: Actor, asked: Asked) -> _Some:
    narrowed = asked.narrowed
    rows = view.all(
        statements.IN_FEW, author=narrowed.agent or "", file=int(narrowed.file), **_said(actor, narrowed)
    )
    found = ((row, match.find(row[15], asked.wanted, asked.unwanted)) for row in rows)
    return _gathered(actor, MESSAGE, ((row, one) for row, one in found if one is not None))


def _of_kind(view: Reading, actor: Actor, asked: Asked, kind: str, statement: Prepared) -> _Some:
    walk = Walk(view, kind, statement, _last, asked, _said(actor, asked.narrowed))
    some = _gathered(actor, kind, walk)
    return _Some(some.hits, MOST + 1 if walk.is_cut and some.hits else some.many)


def _last(row: Row) -> str:
    return str(row[-1])


def _gathered(actor: Actor, kind: str, found: Iterable[tuple[Row, Match]]) -> _Some:
    hits: dict[str, tuple[bool, Hit]] = {}
    for row, one in found:
        if isinstance(may_read(actor, row[5]), Allowed) and row[10] not in hits:
            hits[row[10]] = (one.is_exact, _hit(kind, row, one))
        if len(hits) > MOST:
            break
    return _Some(_exact_first(list(hits.values())[:MOST]), len(hits))


def _exact_first(some: list[tuple[bool, Hit]]) -> list[Hit]:
    """Newest first, and before them those that hold what was typed just so."""
    return [hit for _, hit in sorted(some, key=lambda one: (not one[0], -one[1].at))]


_KINDS: dict[str, Kind] = {MESSAGE: "message", FILE: "file", NOTE: "note"}


def _hit(kind: str, row: Row, one: Match) -> Hit:
    return Hit(
        kind=_KINDS[kind],
        id=row[10],
        conversation_id=row[2],
        customer=as_brief(row[5:10]),
        at=row[1],
        position=row[11],
        by=row[12],
        agent_id=row[13],
        excerpt=match.excerpt(row[15] if kind != NOTE else _noted(row), one),
        closed=bool(row[3]),
        owner_id=row[4],
        item_id=row[14],
    )


_NOTED: tuple[tuple[Kind, Prepared], ...] = (("note", statements.NOTES), ("answer", statements.ANSWERS))


def _notes(view: Reading, actor: Actor, asked: Asked) -> _Some:
    """Notes, and what was answered under them. A note is written by the team alone, and has no file."""
    if asked.narrowed.by == "customer" or asked.narrowed.file:
        return _Some([], 0)
    hits: list[tuple[bool, Hit]] = []
    is_cut = False
    for kind, statement in _NOTED:
        walk = Walk(view, NOTE, statement, _noted, asked, _given(actor, asked.narrowed))
        for count, (row, one) in enumerate(walk):
            if isinstance(may_read(actor, row[5]), Allowed):
                hits.append((one.is_exact, replace(_hit(NOTE, row, one), kind=kind)))
            if count >= MOST:
                break
        is_cut = is_cut or walk.is_cut
    newest = sorted(hits, key=lambda one: -one[1].at)[:MOST]
    return _Some(_exact_first(newest), MOST + 1 if is_cut and hits else min(len(hits), MOST + 1))


def _noted(row: Row) -> str:
    return without_mentions(row[15])


def _customers(view: Reading, actor: Actor, asked: Asked) -> _Some:
    hits, many = people.customers(view, actor, asked)
    return _Some(_exact_first(hits), many)


def _of_customers(view: Reading, actor: Actor, asked: Asked, named: _Some) -> dict[str, list[Row]]:
    """The conversations of the first of them, by customer, newest first."""
    given = _given(actor, asked.narrowed) | {"most": MOST}
    first = named.hits[:_MOST_CUSTOMERS]
    return {one.id: view.all(statements.OF_CUSTOMER, customer=one.id, **given) for one in first}


def _with_latest(named: _Some, theirs: Mapping[str, list[Row]]) -> _Some:
    def latest(one: Hit) -> Hit:
        rows = theirs.get(one.id)
        return replace(one, conversation_id=rows[0][2]) if rows else one

    return _Some([latest(one) for one in named.hits], named.many)


def _conversations(
    view: Reading, actor: Actor, asked: Asked, said: Sequence[Hit], theirs: Mapping[str, list[Row]]
) -> _Some:
    """Those in which something was found, and those of the customers who were; by filters alone: all."""
    found = {hit.conversation_id: hit for hit in reversed(said) if hit.conversation_id}
    hits = [replace(hit, kind="conversation", id=hit.conversation_id or "") for hit in found.values()]
    hits += [_conversation_hit(row) for rows in theirs.values() for row in rows if row[2] not in found]
    if not asked.wanted:
        hits += [hit for hit in _filtered(view, actor, asked.narrowed) if hit.id not in found]
    hits.sort(key=lambda hit: -hit.at)
    return _Some(hits[:MOST], min(len(hits), MOST + 1))


def _filtered(view: Reading, actor: Actor, narrowed: Narrowed) -> list[Hit]:
    """By what is true of a conversation as a whole; of authors, sides and files its messages know."""
    if narrowed == Narrowed() or narrowed.agent or narrowed.by or narrowed.file:
        return []
    statement = statements.FEW if _is_few(view, actor, narrowed) else statements.ALL
    rows = view.all(statement, most=MOST + 1, **_given(actor, narrowed))
    return [_conversation_hit(row) for row in rows if isinstance(may_read(actor, row[5]), Allowed)]


def _conversation_hit(row: Row) -> Hit:
    pieces = match.excerpt(row[10] or "", None)
    brief = as_brief(row[5:10])
    return Hit(
        "conversation", row[2], row[2], brief, row[1], None, None, None, pieces, bool(row[3]), row[4], None
    )


def _labels(view: Reading, actor: Actor, conversations: list[str]) -> list[LabelCount]:
    """The team's labels and the asker's own, and how many of the found conversations bear each."""
    counts: list[LabelCount] = []
    for table, known in ((labelling, _LABELS), (own_labelling, _OWN_LABELS)):
        is_own = table is own_labelling
        many = func.count(table.c.conversation_id.distinct())
        counted = select(table.c.label_id, many).where(table.c.conversation_id.in_(conversations))
        if is_own:
            counted = counted.where(own_labelling.c.agent_id == actor.id)
        borne: dict[str, int] = dict(view.all(counted.group_by(table.c.label_id))) if conversations else {}
        mine = {"me": actor.id} if is_own else {}
        rows = view.all(known, **mine)
        counts += [LabelCount(id, name, colour, is_own, borne.get(id, 0)) for id, name, colour in rows]
    return sorted(counts, key=lambda one: (-one.count, one.name.casefold(), one.label_id))
