"""What is said and done becomes findable, in the transaction in which it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, select, text

from frontdesk.base.db import Reading, Tx
from frontdesk.base.log import Fact
from frontdesk.base.sql import Prepared, packs, places
from frontdesk.people.model import called
from frontdesk.people.tables import customer
from frontdesk.search.both import ADD_WORDS, DROP_WORDS
from frontdesk.search.known import Known, terms_of, text_of
from frontdesk.search.spaces import COMPANY, CUSTOMER, FILE, LIVE, MESSAGE, NOTE, space_of
from frontdesk.search.statements import KNOWN
from frontdesk.search.tables import search_entry
from frontdesk.search.terms import endings, terms, without_mentions
from frontdesk.talk.tables import conversation, message

# Marks begin with a sign that no word holds.
HAS_FILE = "·f"

# Number, space, and the words between spaces; no space is that of a message.
Entered = tuple[int, str | None, str]

# Looked for in one walk over all entries.
_TOGETHER = 100

_ENTER = Prepared(search_entry.insert())
_ERA = Prepared(
    text(
        "INSERT INTO search_era (space, since, until) VALUES (:space, :at, :at) ON CONFLICT (space)"
        " DO UPDATE SET since = min(since, excluded.since), until = max(until, excluded.until)"
    ),
    postgresql=text(
        "INSERT INTO search_era (space, since, until) VALUES (:space, :at, :at) ON CONFLICT (space)"
        " DO UPDATE SET since = least(search_era.since, excluded.since),"
        " until = greatest(search_era.until, excluded.until)"
    ),
)
_ADD_WORDS, _DROP_WORDS = Prepared(ADD_WORDS), Prepared(DROP_WORDS)
E_ = search_entry.c
_ROW = (E_.number, E_.space, E_.terms)
_OF = Prepared(select(*_ROW).where(E_.of_id == bindparam("of")))
_ENTERED = Prepared(select(E_.number, E_.at).where(E_.of_id == bindparam("of")))
_WORKING_THERE = Prepared(
    select(customer.c.id)
    .where(customer.c.company_id == bindparam("company"), customer.c.id > bindparam("after"))
    .order_by(customer.c.id)
    .limit(bindparam("most", 200))
)
_PORTION = 200
_LEAVE = Prepared(search_entry.delete().where(E_.number == bindparam("one")))
_ALL_LEAVE = Prepared(search_entry.delete().where(E_.number.in_(places(_TOGETHER))))
_HERE = Prepared(
    select(*_ROW, message.c.text, message.c.agent_id)
    .outerjoin(
        message, (message.c.conversation_id == E_.conversation_id) & (message.c.position == E_.position)
    )
    .where(E_.conversation_id.in_(places(_TOGETHER)))
)
_OF_CUSTOMER = Prepared(
    select(*_ROW, message.c.text, message.c.agent_id)
    .join(conversation, conversation.c.id == E_.conversation_id)
    .outerjoin(
        message, (message.c.conversation_id == E_.conversation_id) & (message.c.position == E_.position)
    )
    .where(conversation.c.customer_id == bindparam("customer_id"), E_.number > bindparam("above"))
)
_STILL = Prepared(select(E_.number).where(E_.number.in_(places(_TOGETHER))))


@dataclass(frozen=True, slots=True)
class Entry:
    """`of_id` names what may change or go by itself; a message is found by its place."""

    kind: str
    number: int
    at: int
    terms: list[str]
    conversation_id: str | None = None
    position: int | None = None
    of_id: str | None = None


def marks_of(agent_id: str | None, has_file: bool = False) -> list[str]:
    """By whom, and with what."""
    return [*([f"·a{agent_id}"] if agent_id else []), *([HAS_FILE] if has_file else [])]


def follow(tx: Tx, facts: list[Fact]) -> None:
    """What these facts say can be found from the moment of their commit."""
    entries: list[Entry] = []
    for fact in facts:
        indexed = _INDEXED.get(fact.kind)
        if indexed is None:
            continue
        if fact.kind.endswith(("Changed", "Merged", "Undone", "Saved")):
            # What is to be dropped may have been said a moment ago, in the same group.
            enter(tx, entries)
            entries = []
        entries += indexed(tx, fact, orjson.loads(fact.data))
    enter(tx, entries)


def enter(tx: Tx, entries: list[Entry]) -> None:
    if not entries:
        return
    is_sqlite = tx.dialect == "sqlite"
    tx.many(_ENTER, [_row(one, is_sqlite) for one in entries])
    if is_sqlite:
        tx.many(_ADD_WORDS, [{"number": one.number, "words": _spaced(one)} for one in entries])
    spans: dict[str, list[int]] = {}
    for one in entries:
        spans.setdefault(space_of(one.kind, one.number), []).append(one.at)
    tx.many(_ERA, [{"space": space, "at": at} for space, ats in spans.items() for at in {min(ats), max(ats)}])


def _row(one: Entry, is_sqlite: bool) -> dict[str, Any]:
    # SQLite takes a message's words from its text again, should they have to go.
    is_short = is_sqlite and one.kind == MESSAGE and HAS_FILE not in one.terms
    return {
        "number": one.number,
        "at": one.at,
        "conversation_id": one.conversation_id,
        "position": one.position,
        "of_id": one.of_id,
        "space": None if is_short else space_of(one.kind, one.number),
        "terms": None if is_short else " ".join(one.terms),
    }


def _spaced(one: Entry) -> str:
    space = space_of(one.kind, one.number)
    return " ".join([space + term for term in one.terms])


def drop(tx: Tx, of_id: str) -> None:
    """A note, an answer in a thread or a customer leaves the index at once."""
    _drop_rows(tx, tx.all(_OF, of=of_id))


def forget_customer(tx: Tx, customer_id: str, above: int = -1) -> None:
    """Everything of a customer above a number leaves the index, and their name. Before it leaves the tables:
    SQLite asks for the words.
    """
    _drop_rows(tx, entered(tx, customer_id, above))
    drop(tx, customer_id)


def numbers_after(seq: int) -> int:
    """Above it stands what the facts behind this one have said."""
    return LIVE + 4 * seq + 3


def forget(tx: Tx, entries: Sequence[Entered]) -> None:
    """Those of these that are still there."""
    numbers = [number for number, _, _ in entries]
    still = {number for some in packs(numbers, _TOGETHER) for (number,) in tx.all(_STILL, **some)}
    _drop_rows(tx, [one for one in entries if one[0] in still])


def forget_conversations(tx: Tx, conversations: Sequence[str]) -> None:
    """The same of some conversations."""
    for some in packs(conversations, _TOGETHER):
        _drop_rows(tx, _as_entered(tx.all(_HERE, **some)))


def entered(view: Reading, customer_id: str, above: int = -1) -> list[Entered]:
    """Of their conversations what stands in the index above a number."""
    return _as_entered(view.all(_OF_CUSTOMER, customer_id=customer_id, above=above))


def _as_entered(rows: Iterable[tuple[Any, ...]]) -> list[Entered]:
    return [(number, space, _again(kept, words, agent_id)) for number, space, kept, words, agent_id in rows]


def _again(kept: str | None, words: str | None, agent_id: str | None) -> str:
    return kept if kept is not None else " ".join(message_terms(words or "", agent_id, False))


def _drop_rows(tx: Tx, rows: Sequence[Entered]) -> None:
    if tx.dialect == "sqlite":
        tx.many(_DROP_WORDS, [{"number": one[0], "words": _words_of(*one)} for one in rows])
    if len(rows) == 1:
        tx.run(_LEAVE, one=rows[0][0])
        return
    for some in packs([number for number, _, _ in rows], _TOGETHER):
        tx.run(_ALL_LEAVE, **some)


def _words_of(number: int, space: str | None, kept: str) -> str:
    begun = space or space_of(MESSAGE, number)
    return " ".join(begun + one for one in kept.split())


def message_terms(text: str, agent_id: str | None, has_file: bool) -> list[str]:
    return [*terms(text), *marks_of(agent_id, has_file)]


def note_terms(text: str, agent_id: str) -> list[str]:
    return [*terms(without_mentions(text)), *marks_of(agent_id)]


def file_terms(names: Iterable[str], agent_id: str | None) -> list[str]:
    return [*dict.fromkeys(term for name in names for term in endings(name)), *marks_of(agent_id)]


def _said(tx: Tx, fact: Fact, data: dict[str, Any]) -> list[Entry]:
    one = data["message"]
    return message_entries(
        LIVE + 4 * fact.seq,
        one["at"],
        one["conversation_id"],
        one["position"],
        one["text"],
        one["agent_id"],
        [file["name"] for file in one["files"]],
    )


def message_entries(
    number: int,
    at: int,
    conversation_id: str,
    position: int,
    text: str,
    agent_id: str | None,
    names: list[str],
) -> list[Entry]:
    """The message under `number`, its files under the next."""
    place = (conversation_id, position)
    entries = [Entry(MESSAGE, number, at, message_terms(text, agent_id, bool(names)), *place)]
    if names:
        entries.append(Entry(FILE, number + 1, at, file_terms(names, agent_id), *place))
    return entries


def _customer(tx: Tx, fact: Fact, data: dict[str, Any]) -> list[Entry]:
    """Who has just appeared is known by a name at most; of everybody else it is looked up what is known."""
    one, number = data["customer"], LIVE + 4 * fact.seq
    if fact.kind == "CustomerAppeared":
        return [customer_entry(number, fact.at, one["id"], Known(one["called"]))]
    drop(tx, one["id"])
    found = known(tx, one["id"])
    return [] if found is None else [customer_entry(number, fact.at, one["id"], found)]


def known(tx: Tx, customer_id: str) -> Known | None:
    """None for who is not there, or somebody else now."""
    row = tx.first(KNOWN, id=customer_id)
    return None if row is None else Known(called(*row[:3]), *row[3:])


def customer_entry(number: int, at: int, id: str, one: Known) -> Entry:
    return Entry(CUSTOMER, number, at, terms_of(text_of(one)), of_id=id)


def is_entered(tx: Tx, of_id: str) -> bool:
    return tx.first(_OF, of=of_id) is not None


def anew(tx: Tx, company_id: str, after: str) -> str | None:
    """Some of a company's customers, who are found by its new name from now on; whom to go on after."""
    rows = tx.all(_WORKING_THERE, company=company_id, after=after, most=_PORTION)
    for (id,) in rows:
        entered, found = tx.first(_ENTERED, of=id), known(tx, id)
        if entered is not None and found is not None:
            drop(tx, id)
            number, at = entered
            enter(tx, [customer_entry(number, at, id, found)])
    return rows[-1][0] if len(rows) == _PORTION else None


def _company(tx: Tx, fact: Fact, data: dict[str, Any]) -> list[Entry]:
    one = data["company"]
    drop(tx, one["id"])
    said = " ".join(part for part in (one["name"], one["website"]) if part)
    return [Entry(COMPANY, LIVE + 4 * fact.seq, fact.at, terms_of(said), of_id=one["id"])]


def _merged(tx: Tx, fact: Fact, data: dict[str, Any]) -> list[Entry]:
    """Who is gone is not found any more; the other's new name, if any, comes with a fact of its own."""
    drop(tx, data["gone_id"])
    return []


def _note(tx: Tx, fact: Fact, data: dict[str, Any]) -> list[Entry]:
    return _written_down(tx, fact, data["note"], data["note"])


def _answer(tx: Tx, fact: Fact, data: dict[str, Any]) -> list[Entry]:
    return _written_down(tx, fact, data["answer"], data["note"])


def _written_down(tx: Tx, fact: Fact, one: dict[str, Any], note: dict[str, Any]) -> list[Entry]:
    """A note, or an answer under one; edited it is indexed anew, deleted it is gone."""
    if fact.kind.endswith("Changed"):
        drop(tx, one["id"])
    if one["deleted_at"] is not None:
        return []
    where = (note["conversation_id"], note["position"])
    return [note_entry(LIVE + 4 * fact.seq, one["at"], *where, one["id"], one["text"], one["agent_id"])]


def note_entry(
    number: int, at: int, conversation_id: str, position: int, id: str, text: str, agent_id: str
) -> Entry:
    return Entry(NOTE, number, at, note_terms(text, agent_id), conversation_id, position, id)


_INDEXED: dict[str, Callable[[Tx, Fact, dict[str, Any]], list[Entry]]] = {
    "CustomerWrote": _said,
    "AgentReplied": _said,
    "CustomerAppeared": _customer,
    "CustomerChanged": _customer,
    "CustomersMerged": _merged,
    "MergeUndone": _customer,
    "ProfileChanged": _customer,
    "CustomerCompanySaved": _company,
    "NoteAdded": _note,
    "NoteChanged": _note,
    "ThreadAnswered": _answer,
    "ThreadAnswerChanged": _answer,
}
