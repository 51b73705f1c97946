"""Customers: they appear, are recognised, and prove who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

from sqlalchemy import bindparam, select, update

from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.errors import Conflict, Unknown
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.base.text import one_line
from frontdesk.people import profiles, read_profiles, sights
from frontdesk.people.events import CustomerAppeared, TokenReplaced
from frontdesk.people.model import UNSEEN, CustomerBrief, Sight, called
from frontdesk.people.tables import customer, identity, visitor_token

# What an unnamed customer is called where the place is unknown: stays with them.
_WORDS = (
    "Maple", "Birch", "Cedar", "Willow", "Rowan", "Hazel", "Juniper", "Clover", "Fern", "Heather", "Lark",
    "Wren", "Robin", "Heron", "Plover", "Otter", "Badger", "Hare", "Lynx", "Marten", "Amber", "Coral",
    "Pebble", "River", "Harbour", "Meadow", "Summit", "Canyon", "Comet", "Aurora", "Breeze", "Cobalt",
)  # fmt: skip

BRIEF = (customer.c.id, customer.c.name, customer.c.lead, customer.c.word, customer.c.proven)
_BY_TOKEN = Prepared(
    select(*BRIEF, visitor_token.c.seen_at, *sights.KEPT)
    .join(visitor_token, visitor_token.c.customer_id == customer.c.id)
    .where(visitor_token.c.digest == bindparam("digest"))
)
_BY_IDENTITY = Prepared(
    select(*BRIEF)
    .join(identity, identity.c.customer_id == customer.c.id)
    .where(identity.c.channel == bindparam("channel"), identity.c.external_id == bindparam("external_id"))
)
_INSERT = Prepared(customer.insert())
# What there is to know of a customer, when they appear.
_UNKNOWN = {
    **dict.fromkeys(("email", "phone", "title", "company_id", "merged_into", "dial")),
    "about": "",
    "origins": "{}",
}
_TOKEN = Prepared(visitor_token.insert())
_KNOWN_AS = insert_if_new(identity)
_TOKENS_OF = Prepared(select(visitor_token.c.digest).where(visitor_token.c.customer_id == bindparam("one")))
_DROP_TOKEN = Prepared(visitor_token.delete().where(visitor_token.c.digest == bindparam("digest")))
_SEEN = Prepared(
    update(visitor_token).where(visitor_token.c.digest == bindparam("token")).values(seen_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the site signed of its user. `subject` is the site's own id of them; `claims` are e-mail, phone,
    company and title by these names, `fields` own ones by theirs.
    """

    subject: str
    name: str | None
    claims: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def known(view: Reading, digest: str) -> CustomerBrief | None:
    """The customer who holds a token."""
    row = view.first(_BY_TOKEN, digest=digest)
    return None if row is None else as_brief(row[:5])


def get_known(view: Reading, digest: str) -> CustomerBrief:
    found = known(view, digest)
    if found is None:
        raise Unknown("This conversation is not known here.")
    return found


def recognised(tx: Tx, digest: str, *, browser: str | None = None, sight: Sight = UNSEEN) -> CustomerBrief:
    """The customer who holds a token; a new one when nobody holds it yet."""
    row = tx.first(_BY_TOKEN, digest=digest)
    if row is None:
        return _appear_with_token(tx, digest, browser, sight)
    if tx.now - row[5] > MINUTE:
        tx.run(_SEEN, token=digest, now=tx.now)
    sights.noticed(tx, row[0], row[6:], sight)
    return as_brief(row[:5])


def _appear_with_token(tx: Tx, digest: str, browser: str | None, sight: Sight) -> CustomerBrief:
    brief = appear(
        tx,
        city=sight.city,
        country=sight.country,
        language=sight.language,
        zone=sight.zone,
        device=sight.device,
        address=sight.address,
        word=word_for(browser) if browser else None,
    )
    tx.run(_TOKEN, digest=digest, customer_id=brief.id, created_at=tx.now, seen_at=tx.now)
    if browser:
        tx.run(_KNOWN_AS, channel="browser", external_id=browser, customer_id=brief.id)
    return brief


def appear(
    tx: Tx,
    *,
    name: str | None = None,
    city: str | None = None,
    country: str | None = None,
    language: str | None = None,
    zone: str | None = None,
    device: str | None = None,
    address: str | None = None,
    word: str | None = None,
    proven: bool = False,
) -> CustomerBrief:
    """A new customer. Without a name they are called by their city, or by a friendly word."""
    id = new_id()
    word = word or word_for(id)
    tx.run(
        _INSERT,
        id=id,
        name=name,
        city=city,
        country=country,
        word=word,
        lead=city,
        zone=zone,
        device=device,
        address=address,
        language=language,
        proven=int(proven),
        created_at=tx.now,
        seen_at=tx.now,
        sorts=profiles.sorted_as(called(name, city, word)),
        **_UNKNOWN,
    )
    brief = CustomerBrief(id, called(name, city, word), name is not None, proven)
    tx.emit(CustomerAppeared(brief))
    return brief


def prove(tx: Tx, old: str | None, new: str, proof: Proof) -> dict[str, CustomerBrief]:
    """Binds the token `new` to the person the site vouched for; the old token ends.

    A new token, because whoever knew the anonymous one must not come along into a proven history.
    Raises Conflict when `new` is not new.
    """
    known_as = _by_identity(tx, "site", proof.subject)
    holder = known(tx, old) if old else None
    if known_as is None and holder is not None and not holder.proven:
        known_as = holder
    if known_as is None:
        known_as = appear(tx, proven=True)
    tx.run(_KNOWN_AS, channel="site", external_id=proof.subject, customer_id=known_as.id)
    _bind(tx, old, new, known_as)
    return {"customer": _vouched(tx, known_as, proof)}


def _bind(tx: Tx, old: str | None, new: str, one: CustomerBrief) -> None:
    holder = known(tx, new)
    if new == old or (holder is not None and holder.id != one.id):
        raise Conflict("This token is in use. Make a new one.")
    if holder is None:
        tx.run(_TOKEN, digest=new, customer_id=one.id, created_at=tx.now, seen_at=tx.now)
    if old and tx.run(_DROP_TOKEN, digest=old):
        tx.emit(TokenReplaced(old))


def drop_tokens(tx: Tx, customer_id: str) -> None:
    """Whoever holds one of them is nobody from now on."""
    for (digest,) in tx.all(_TOKENS_OF, one=customer_id):
        tx.run(_DROP_TOKEN, digest=digest)
        tx.emit(TokenReplaced(digest))


def _vouched(tx: Tx, one: CustomerBrief, proof: Proof) -> CustomerBrief:
    name = _name(proof)
    claims = {**proof.claims, **({"name": name} if name else {})}
    return read_profiles.brief_of(profiles.vouch(tx, one.id, claims, proof.fields))


def _name(proof: Proof) -> str | None:
    return one_line(proof.name, 120) or None if proof.name else None


def _by_identity(view: Reading, channel: str, external_id: str) -> CustomerBrief | None:
    row = view.first(_BY_IDENTITY, channel=channel, external_id=external_id)
    return None if row is None else as_brief(row)


def word_for(key: str) -> str:
    """A friendly word that stays the same for the same browser, known or not."""
    return _WORDS[crc32(key.encode()) % len(_WORDS)]


def as_brief(row: Row) -> CustomerBrief:
    """From BRIEF, in its order."""
    id, name, city, word, proven = row
    return CustomerBrief(id, called(name, city, word), name is not None, bool(proven))
