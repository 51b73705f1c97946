"""Conversations from before the desk: JSON Lines in, learnt from like the team's own, shown to nobody.

`docs/import.md` tells the format.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

import orjson
from sqlalchemy import bindparam, delete, func, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.text import plain
from frontdesk.know import identifiers, replies
from frontdesk.know.blanks import Blanker
from frontdesk.know.exchanges import Turn, as_imported, exchanges
from frontdesk.know.replies import Heard, Portion
from frontdesk.know.tables import imported

LONGEST_LINE = 4_000_000
MOST_TURNS = 2_000
I = imported.c  # noqa: E741
_DIGEST = Prepared(select(I.digest).where(I.id == bindparam("one")))
_PUT = upsert(imported, ["id"], ["at", "digest", "agent", "turns", "customer"])
_SOME = Prepared(
    select(I.id, I.at, I.turns, I.customer)
    .where(I.id > bindparam("after"))
    .order_by(I.id)
    .limit(bindparam("limit", 50))
)
_COUNT = Prepared(select(func.count()).select_from(imported))
_DELETE = Prepared(delete(imported).where(I.id == bindparam("one")))


@dataclass(frozen=True, slots=True)
class Imported:
    """A conversation as a line of the file says it. `digest` tells whether it was changed since."""

    id: str
    at: int
    digest: str
    customer: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    fresh: int = 0
    changed: int = 0
    unchanged: int = 0


class _Wrong(Exception):
    pass


def lines(file: BinaryIO) -> Iterator[tuple[int, int, Imported | BadLine]]:
    """Each line's number, the bytes read so far, and what it says. One line at a time is in memory."""
    number = done = 0
    while line := file.readline(LONGEST_LINE + 1):
        number, done = number + 1, done + len(line)
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            done += _skip_rest(file)
            yield number, done, BadLine(number, f"longer than {LONGEST_LINE:,} bytes")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, done, _read(line, number)


def _skip_rest(file: BinaryIO) -> int:
    skipped = 0
    while part := file.readline(1 << 20):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _read(line: bytes, number: int) -> Imported | BadLine:
    try:
        return parsed(orjson.loads(line.removeprefix(b"\xef\xbb\xbf")))
    except orjson.JSONDecodeError:
        return BadLine(number, "is not JSON")
    except _Wrong as error:
        return BadLine(number, str(error))


def parsed(raw: Any) -> Imported:
    """Raises with a reason in words when it is not a conversation."""
    if not isinstance(raw, Mapping):
        raise _Wrong("is not an object")
    id = raw.get("id")
    if isinstance(id, int) and not isinstance(id, bool):
        id = str(id)
    if not isinstance(id, str) or not 0 < len(id) <= 200:
        raise _Wrong('has no "id"')
    turns = raw.get("turns")
    if not isinstance(turns, list) or not turns:
        raise _Wrong('has no "turns"')
    if len(turns) > MOST_TURNS:
        raise _Wrong(f"has more than {MOST_TURNS:,} turns")
    at = _time(raw.get("at"), '"at"')
    customer = raw.get("customer")
    if customer is not None and not isinstance(customer, str):
        raise _Wrong('"customer" is not a name')
    said = tuple(_turns(turns, at))
    return Imported(id, at, _digest(at, customer, said), customer, said)


def _turns(raw: list[Any], at: int) -> Iterator[Turn]:
    for place, one in enumerate(raw, 1):
        if not isinstance(one, Mapping) or one.get("by") not in ("customer", "agent"):
            raise _Wrong(f'turn {place} has no "by" that is "customer" or "agent"')
        text, agent = one.get("text"), one.get("agent")
        if not isinstance(text, str):
            raise _Wrong(f'turn {place} has no "text"')
        if agent is not None and not isinstance(agent, str):
            raise _Wrong(f'turn {place}: "agent" is not a name')
        # Without a time of its own a turn follows the one before.
        at = _time(one["at"], f'turn {place}: "at"') if one.get("at") is not None else at
        yield Turn(None, one["by"], agent if one["by"] == "agent" else None, at, plain(text).strip())


def _time(value: Any, field: str) -> int:
    """ISO 8601 (UTC where it says nothing) or milliseconds since 1970."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**14:
        return value
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value)
            return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)
        except (ValueError, OverflowError):
            pass
    raise _Wrong(f"{field} is no time: ISO 8601 or milliseconds since 1970")


def _digest(at: int, customer: str | None, turns: Iterable[Turn]) -> str:
    return hashlib.blake2b(_written(turns) + f"{at}{customer}".encode(), digest_size=16).hexdigest()


def _written(turns: Iterable[Turn]) -> bytes:
    return orjson.dumps([(turn.by, turn.agent_id, turn.at, turn.text) for turn in turns])


def put(tx: Tx, found: Iterable[Imported]) -> Counts:
    """Keeps them. The same id again: nothing when it says the same, else it takes the old one's place."""
    fresh = changed = unchanged = 0
    for one in found:
        was = tx.value(_DIGEST, one=one.id)
        if was == one.digest:
            unchanged += 1
            continue
        fresh, changed = fresh + (was is None), changed + (was is not None)
        _put_one(tx, one, was is not None)
    return Counts(fresh, changed, unchanged)


def _put_one(tx: Tx, one: Imported, was_there: bool) -> None:
    owner = as_imported(one.id)
    if was_there:
        identifiers.forget_customer(tx, owner)
    agents = [turn.agent_id for turn in one.turns if turn.agent_id]
    tx.run(
        _PUT, id=one.id, at=one.at, digest=one.digest, agent=agents[0] if agents else None,
        turns=_written(one.turns).decode(), customer=one.customer,
    )  # fmt: skip
    for text in (turn.text for turn in one.turns if turn.by == "customer"):
        identifiers.note_written(tx, owner, text)


def portion(view: Reading, blanker: Blanker, after: str, limit: int = 50) -> Portion:
    """The next imported ones, for `replies.keep`; begin with "". To be learnt again after each import."""
    if not replies.is_on(view):
        return Portion((), None)
    blanker.public.refresh(view)
    rows = view.all(_SOME, after=after, limit=limit)
    heard = tuple(_heard(id, turns, customer, blanker) for id, _, turns, customer in rows)
    return Portion(heard, rows[-1][0] if len(rows) == limit else None)


def _heard(id: str, written: str, customer: str | None, blanker: Blanker) -> Heard:
    turns = [Turn(None, by, None, at, text) for by, _, at, text in orjson.loads(written)]
    owner = as_imported(id)
    return Heard(owner, owner, tuple(exchanges(turns, customer, blanker)))


def count(view: Reading) -> int:
    return int(view.value(_COUNT))


def forget(tx: Tx, id: str) -> None:
    """One conversation, what was learnt from it, and whose numbers it held."""
    tx.run(_DELETE, one=id)
    replies.forget_customer(tx, as_imported(id))
    identifiers.forget_customer(tx, as_imported(id))


def forget_customer(tx: Tx, customer_id: str) -> None:
    """Everything learnt from a customer, and what was imported of the same person: it is recognised by the
    e-mail addresses, telephones and numbers that only these conversations share.
    """
    for owner in identifiers.same_person(tx, customer_id):
        forget(tx, owner)
    replies.forget_customer(tx, customer_id)
    identifiers.forget_customer(tx, customer_id)
