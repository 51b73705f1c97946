"""Whose is it? Numbers, addresses and full names that customers wrote, as keyed hashes.

Nothing can be read out of the table; it only tells, of a text about to be sent, whether it holds what
belongs to another customer.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import orjson
from sqlalchemy import bindparam, delete, func, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, insert_if_new, packs, places
from frontdesk.base.tables import fact, setting
from frontdesk.know import detect
from frontdesk.know.blanks import cleaned
from frontdesk.know.detect import Span
from frontdesk.know.everyday import is_common_word, ordinary_words, proper_words
from frontdesk.know.exchanges import IMPORTED
from frontdesk.know.known import called_in, fold, value
from frontdesk.know.tables import identifier

_KEY, _MARK = "know.identifier_key", "know.identifiers_upto"
_CHUNK = 64
# What so many customers share, such as the shop's own telephone, is nobody's.
_SHARED = 3
# Of what more have than could be one person it is not asked who they are.
_ASKED_ABOUT = 50
_GET = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key")))
_SET_NEW = insert_if_new(setting)
_SET = Prepared(setting.update().where(setting.c.key == bindparam("one")).values(value=bindparam("now")))
_ADD = insert_if_new(identifier)
_WHOSE = Prepared(
    select(identifier.c.digest, identifier.c.customer_id).where(identifier.c.digest.in_(places(_CHUNK)))
)
_FORGET = Prepared(delete(identifier).where(identifier.c.customer_id == bindparam("customer")))
_OF = Prepared(select(identifier.c.digest).where(identifier.c.customer_id == bindparam("customer")))
_HAS = Prepared(
    select(func.count()).select_from(identifier).where(identifier.c.digest == bindparam("digest"))
)
_SAID = Prepared(
    select(fact.c.seq, fact.c.kind, fact.c.customer_id, fact.c.data)
    .where(fact.c.seq > bindparam("after"))
    .order_by(fact.c.seq)
    .limit(bindparam("limit", 1_000))
)
_SURE = frozenset({"e-mail", "phone", "card number", "account number", "address"})
_NUMBERS = frozenset(
    {"order number", "invoice number", "customer number", "tracking number", "number", "code"}
)
_LONG_NUMBER = re.compile(r"(?<![\w.,-])#?\w[\w-]{3,31}(?![\w%-])")
_PAIR = re.compile(r"(?=(?<![\w'’\-])([^\W\d_][\w'’\-]{1,40})[ \t]{1,3}([^\W\d_][\w'’\-]{1,40})\b)")


@dataclass(frozen=True, slots=True)
class Found:
    """`value` is what is hashed: the same however it is written."""

    start: int
    end: int
    value: str


def own(text: str) -> Iterator[str]:
    """What a customer who writes this owns, as values."""
    for one in detect.spans(text):
        found = value(text[one.start : one.end])
        if one.kind in _SURE and len(found) > 5:
            yield _value(text[one.start : one.end], one.kind)
        elif one.kind in _NUMBERS and sum(map(str.isdigit, found)) >= 4:
            yield found
    for name in called_in(text):
        yield from full_name(name)


def full_name(name: str) -> Iterator[str]:
    """Of two parts at least: a first name alone is everybody's."""
    parts = [fold(part) for part in re.findall(r"[^\W\d_]{2,}", name)] or [""]
    yield from {f"{one} {two}" for one, two in (*pairwise(parts), (parts[0], parts[-1])) if len(parts) > 1}


def _value(found: str, kind: str) -> str:
    if kind == "phone":
        # National and international: the last eight digits are the same.
        return "tel" + re.sub(r"\D", "", found)[-8:]
    if kind == "address":
        # With or without the town.
        found = next((part for part in found.split(",") if any(map(str.isdigit, part))), found)
    return value(found)


def candidates(text: str) -> list[Found]:
    """Everything in a text that could be somebody's."""
    found = [_found(text, one) for one in detect.spans(text) if one.kind in _SURE | _NUMBERS]
    for match in _LONG_NUMBER.finditer(text):
        if sum(map(str.isdigit, match[0])) >= 4:
            found.append(Found(*match.span(), value(match[0])))
    for match in _PAIR.finditer(text):
        if not (_is_plain(match[1]) or _is_plain(match[2])):
            found.append(Found(match.start(1), match.end(2), f"{fold(match[1])} {fold(match[2])}"))
    return sorted(found, key=lambda one: one.start)


def _found(text: str, one: Span) -> Found:
    return Found(one.start, one.end, _value(text[one.start : one.end], one.kind))


def _is_plain(word: str) -> bool:
    small = word.lower()
    is_common = is_common_word(small) or small in ordinary_words()
    return word in proper_words() or (word == small and is_common)


def foreign(
    view: Reading, customer_id: str, text: str, is_now: Callable[[str], str] = lambda id: id
) -> list[str]:
    """What of a text, as it stands there, belongs to another customer. Less than a millisecond. `is_now`: who
    a customer has turned out to be.
    """
    clean = cleaned(text)
    found = candidates(clean)
    key = view.value(_GET, key=_KEY)
    if not found or key is None:
        return []
    digests = {one.value: _digest(key, one.value) for one in found}
    owners = _owners(view, digests.values())
    whose = {value: _people(owners.get(digest, frozenset()), is_now) for value, digest in digests.items()}
    return of_others(clean, found, whose, customer_id)


def _people(owners: frozenset[str], is_now: Callable[[str], str]) -> frozenset[str]:
    if len(owners) > _ASKED_ABOUT:
        return owners
    return frozenset(one if one.startswith(IMPORTED) else is_now(one) for one in owners)


def of_others(
    text: str, found: Iterable[Found], whose: Mapping[str, frozenset[str]], customer_id: str
) -> list[str]:
    """Of what was found in a text, as it stands there, whatever is another customer's. `whose`: of each
    value, the customers who have it.
    """
    foreign = (one for one in found if _is_foreign(whose.get(one.value, frozenset()), customer_id))
    return list(dict.fromkeys(text[one.start : one.end] for one in foreign))


def _is_foreign(owners: frozenset[str], customer_id: str) -> bool:
    # An imported conversation may well be this customer's own past.
    others = [one for one in owners if not one.startswith(IMPORTED)]
    return 0 < len(others) < _SHARED and customer_id not in owners


def _owners(view: Reading, digests: Iterable[bytes]) -> dict[bytes, frozenset[str]]:
    owners: dict[bytes, frozenset[str]] = {}
    for some in packs(list(dict.fromkeys(digests)), _CHUNK):
        for digest, customer_id in view.all(_WHOSE, **some):
            owners[bytes(digest)] = owners.get(bytes(digest), frozenset()) | {customer_id}
    return owners


def _digest(key: str, value: str) -> bytes:
    return hmac.digest(key.encode(), value.encode(), "sha256")[:16]


def note(tx: Tx, limit: int = 1_000) -> bool:
    """Takes down what was written since the last time, out of the log; whether there may be more."""
    key = _key(tx)
    mark = tx.value(_GET, key=_MARK)
    rows = tx.all(_SAID, after=int(mark or 0), limit=limit)
    for _, kind, customer_id, data in rows:
        if kind == "CustomerWrote":
            note_written(tx, customer_id, orjson.loads(data)["message"]["text"], key)
        elif kind == "AgentReplied":
            _note_answer(tx, customer_id, orjson.loads(data)["message"]["text"], key)
        elif kind in ("CustomerAppeared", "CustomerChanged"):
            one = orjson.loads(data)["customer"]
            if one["named"]:
                _add(tx, customer_id or one["id"], full_name(one["called"]), key)
    if rows:
        _advance(tx, mark, rows[-1][0])
    return len(rows) == limit


def note_written(tx: Tx, customer_id: str, text: str, key: str | None = None) -> None:
    _add(tx, customer_id, own(cleaned(text)), key or _key(tx))


def _note_answer(tx: Tx, customer_id: str, text: str, key: str) -> None:
    """What an agent writes to a customer is theirs, unless it is known to be another's: a slip must not
    make a number belong to whom it was sent to by mistake.
    """
    clean = cleaned(text)
    values = {value(clean[one.start : one.end]) for one in detect.spans(clean) if one.kind in _NUMBERS}
    fresh = [one for one in values if sum(map(str.isdigit, one)) >= 4]
    _add(tx, customer_id, (one for one in fresh if not tx.value(_HAS, digest=_digest(key, one))), key)


def _add(tx: Tx, customer_id: str, values: Iterable[str], key: str) -> None:
    for one in set(values):
        tx.run(_ADD, digest=_digest(key, one), customer_id=customer_id)


def forget_customer(tx: Tx, customer_id: str) -> None:
    tx.run(_FORGET, customer=customer_id)


def same_person(view: Reading, customer_id: str) -> list[str]:
    """Ids of the imported conversations that hold what else only this customer has written."""
    mine = [bytes(digest) for (digest,) in view.all(_OF, customer=customer_id)]
    owners = _owners(view, mine) if mine else {}
    others = {one for shared in owners.values() if len(shared) < _SHARED for one in shared}
    return sorted(one.removeprefix(IMPORTED) for one in others if one.startswith(IMPORTED))


def _key(tx: Tx) -> str:
    found = tx.value(_GET, key=_KEY)
    if found is None:
        tx.run(_SET_NEW, key=_KEY, value=secrets.token_hex(32))
        found = tx.value(_GET, key=_KEY)
    return str(found)


def _advance(tx: Tx, mark: str | None, seq: int) -> None:
    if mark is None:
        tx.run(_SET_NEW, key=_MARK, value=str(seq))
    else:
        tx.run(_SET, one=_MARK, now=str(seq))
