"""Customers and their companies, found by whatever the team knows them by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontdesk.base.access import Allowed
from frontdesk.base.db import Reading, Row
from frontdesk.people.access import may_know
from frontdesk.people.customers import as_brief
from frontdesk.people.model import Actor
from frontdesk.search import both, match, statements
from frontdesk.search.known import Known, as_number, shown, text_of
from frontdesk.search.match import Match
from frontdesk.search.model import FOREVER, MOST, Asked, CompanyHit, Hit, Narrowed
from frontdesk.search.query import Names, parsed
from frontdesk.search.spaces import COMPANY, CUSTOMER
from frontdesk.search.walk import Walk
from frontdesk.talk.access import may_read
from frontdesk.talk.customer_list import Wanted

_ANY_TIME = {"since": 0, "until": FOREVER}
_MOST_LISTED = 1_000


def customers(view: Reading, actor: Actor, asked: Asked) -> tuple[list[tuple[bool, Hit]], int]:
    """Hits, whether each holds the very words, and how many there are. Who narrows asks for what was said,
    and no customer is that.
    """
    if asked.narrowed != Narrowed() or not asked.wanted:
        return [], 0
    hits: dict[str, tuple[bool, Hit]] = {}
    walk = _walk(view, asked)
    for row, one in _either(walk, view, asked):
        if isinstance(may_read(actor, row[2]), Allowed) and row[2] not in hits:
            hits[row[2]] = (one.is_exact, _hit(row, one, asked))
        if len(hits) > MOST:
            break
    return list(hits.values())[:MOST], MOST + 1 if walk.is_cut and hits else len(hits)


def _walk(view: Reading, asked: Asked) -> Walk:
    return Walk(view, CUSTOMER, statements.CUSTOMERS, _text, asked, _ANY_TIME)


def _either(walk: Walk, view: Reading, asked: Asked) -> Iterator[tuple[Row, Match]]:
    """As it was typed; where nobody is found, as a phone number written in another way."""
    is_found = False
    for found in walk:
        is_found = True
        yield found
    number = None if is_found else as_number(asked.wanted)
    if number is not None:
        yield from _walk(view, replace(asked, wanted=(number,)))


def _known(row: Row) -> Known:
    return Known(as_brief(row[2:7]).called, *row[7:11])


def _text(row: Row) -> str:
    return text_of(_known(row))


def _hit(row: Row, one: Match, asked: Asked) -> Hit:
    """Its excerpt is the name, or more where more was sought."""
    brief, known = as_brief(row[2:7]), _known(row)
    named = match.find(known.called, asked.wanted, (), inside=True)
    seen = known.called if named else shown(known)
    spans = named.spans if named else tuple(span for span in one.spans if span[1] <= len(seen))
    pieces = match.excerpt(seen, Match(spans, one.is_exact))
    return Hit("customer", brief.id, None, brief, row[1], None, None, None, pieces, None, None, None)


def companies(view: Reading, actor: Actor, asked: Asked) -> tuple[list[CompanyHit], int]:
    """By name and website."""
    if asked.narrowed != Narrowed() or not asked.wanted or not isinstance(may_know(actor), Allowed):
        return [], 0
    walk = Walk(view, COMPANY, statements.COMPANIES, _named, asked, _ANY_TIME)
    hits: dict[str, tuple[bool, CompanyHit]] = {}
    for row, one in walk:
        hits.setdefault(row[2], (one.is_exact, _company_hit(row, one)))
        if len(hits) > MOST:
            break
    first = sorted(hits.values(), key=lambda hit: (not hit[0], hit[1].name.casefold()))
    return [hit for _, hit in first][:MOST], MOST + 1 if walk.is_cut and hits else len(hits)


def _named(row: Row) -> str:
    return " ".join(part for part in row[3:5] if part)


def _company_hit(row: Row, one: Match) -> CompanyHit:
    return CompanyHit("company", row[2], row[3], row[1], match.excerpt(_named(row), one))


def narrowed(view: Reading, actor: Actor, typed: str, wanted: Wanted) -> Wanted:
    """For the list of customers: also by words, which are those of names, addresses, numbers, companies."""
    if not typed.strip():
        return wanted
    view.first(both.READY)
    asked = replace(parsed(typed, Names(), Narrowed()), narrowed=Narrowed())
    found = _listed(_either(_walk(view, asked), view, asked)) if asked.wanted else ()
    return replace(wanted, ids=tuple(found))


def _listed(rows: Iterable[tuple[Row, Match]]) -> list[str]:
    ids: dict[str, None] = {}
    for row, _ in rows:
        ids[row[2]] = None
        if len(ids) == _MOST_LISTED:
            break
    return list(ids)
