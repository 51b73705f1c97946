"""What the screens ask of talk. Every query names the actor it answers."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select

from frontdesk.base.access import Allowed, require
from frontdesk.base.clock import DAY, MINUTE
from frontdesk.base.db import Reading
from frontdesk.base.db import Row as Record
from frontdesk.base.errors import Missing
from frontdesk.base.sql import Prepared
from frontdesk.people.customers import BRIEF, as_brief
from frontdesk.people.model import Actor, CustomerBrief
from frontdesk.people.tables import customer
from frontdesk.talk import read_notes
from frontdesk.talk.access import HAPPENINGS_FOR_CUSTOMERS, may_note, may_read
from frontdesk.talk.model import Conversation, File, Happening, Message, Row, Words
from frontdesk.talk.note_model import Note
from frontdesk.talk.tables import attachment, conversation, happening, message, own_labelling, reading, star

UNASSIGNED = "unassigned"
QUEUE = "team:"


def queue_of(team_id: str) -> str:
    """The place where a team's unassigned conversations are counted."""
    return f"{QUEUE}{team_id}"


def snoozed_by(agent_id: str) -> str:
    return f"snoozed:{agent_id}"


C, P = conversation.c, own_labelling.c
COLUMNS = (
    C.id, C.channel, C.owner_id, C.closed, C.started_at, C.last_at, C.last_by, C.last_agent_id, C.last_text,
    C.last_file, C.last_said_at, C.last_said_position, C.last_position, C.asked_position, C.customer_saw,
    C.team_saw, C.customer_unread, C.start, C.team_id, C.snoozed_until, C.labels,
)  # fmt: skip
MINE = and_(reading.c.conversation_id == C.id, reading.c.agent_id == bindparam("reader"))


_HAS_STAR = (
    exists()
    .where(star.c.conversation_id == C.id, star.c.agent_id == bindparam("reader"))
    .correlate(conversation)
)
_HAS_LABELS = (
    exists().where(P.conversation_id == C.id, P.agent_id == bindparam("reader")).correlate(conversation)
)
_OWN_LABELS = Prepared(
    select(P.label_id)
    .where(P.conversation_id == bindparam("one"), P.agent_id == bindparam("reader"))
    .distinct()
    .order_by(P.label_id)
)
# What the reader alone has of a conversation.
OWN = (func.coalesce(reading.c.position, 0), read_notes.newest_call(), _HAS_STAR, _HAS_LABELS)


def _selected(*more: ColumnElement[Any]) -> Select[Any]:
    return select(*COLUMNS, *BRIEF, *more).join(customer, customer.c.id == C.customer_id)


_ONE = Prepared(_selected().where(C.id == bindparam("id")))
_ROW = Prepared(_selected(*OWN).outerjoin(reading, MINE).where(C.id == bindparam("id")))
_OF_CUSTOMER = Prepared(
    _selected()
    .where(C.customer_id == bindparam("customer_id"))
    .order_by(C.last_at.desc())
    .limit(bindparam("limit", 100))
)
_STARTED_AS = Prepared(
    _selected().where(C.customer_id == bindparam("customer_id"), C.start == bindparam("start_key"))
)


def as_conversation(row: Record, brief: CustomerBrief) -> Conversation:
    """From COLUMNS, in their order."""
    return Conversation(*_parts(row, brief))


def _parts(row: Record, brief: CustomerBrief) -> tuple[Any, ...]:
    by, agent_id, text, file, said_at, position = row[6:12]
    last = None if by is None else Words(by, agent_id, text, file, said_at, position)
    labels = tuple(row[20].split())
    return (row[0], brief, row[1], row[2], bool(row[3]), row[4], row[5], last, *row[12:20], labels)


def _whole(row: Record) -> Conversation:
    return as_conversation(row, as_brief(row[21:26]))


def find_conversation(view: Reading, conversation_id: str) -> Conversation | None:
    row = view.first(_ONE, id=conversation_id)
    return None if row is None else _whole(row)


def get_conversation(view: Reading, actor: Actor, conversation_id: str) -> Conversation:
    """Raises Missing, alike for what is not there and what the actor may not see."""
    found = find_conversation(view, conversation_id)
    if found is None:
        raise Missing("There is no such conversation.")
    require(may_read(actor, found.customer.id), "conversation")
    return found


def find_started_as(view: Reading, customer_id: str, start: str) -> Conversation | None:
    row = view.first(_STARTED_AS, customer_id=customer_id, start_key=start)
    return None if row is None else _whole(row)


def get_row(view: Reading, actor: Actor, conversation_id: str) -> Row:
    row = view.first(_ROW, id=conversation_id, reader=actor.id)
    if row is None:
        raise Missing("There is no such conversation.")
    require(may_read(actor, row[21]), "conversation")
    return as_row(view, actor, row)


def as_row(view: Reading, actor: Actor, row: Record) -> Row:
    """From COLUMNS, BRIEF and OWN, in their order."""
    called, starred = read_notes.call(view, actor.id, row[27]), bool(row[28])
    worn = own_labels(view, actor, row[0]) if row[29] else ()
    return Row(*(*_parts(row, as_brief(row[21:26])), row[26], called, starred, worn))


def own_labels(view: Reading, actor: Actor, conversation_id: str) -> tuple[str, ...]:
    """The reader's own labels on it and on its messages."""
    return tuple(id for (id,) in view.all(_OWN_LABELS, one=conversation_id, reader=actor.id))


def of_customer(view: Reading, actor: Actor) -> list[Conversation]:
    """The customer's own conversations, newest first, at most a hundred."""
    return [_whole(row) for row in view.all(_OF_CUSTOMER, customer_id=actor.id, limit=100)]


_HOW_MANY = Prepared(
    select(func.count()).select_from(conversation).where(C.customer_id == bindparam("customer_id"))
)


def many_of_customer(view: Reading, actor: Actor, customer_id: str) -> int:
    require(may_read(actor, customer_id), "customer")
    return int(view.value(_HOW_MANY, customer_id=customer_id))


_ANSWERED = Prepared(
    select(C.answered_at - C.started_at)
    # An agent who starts one of their own has kept nobody waiting.
    .where(C.answered_at > bindparam("since"), C.answered_at > C.started_at)
    .order_by(C.answered_at.desc())
    .limit(bindparam("limit", 50))
)


def answers_in(view: Reading) -> int | None:
    """Minutes a customer usually waits for the first answer: the median of the last fifty within a month."""
    waits = [row[0] for row in view.all(_ANSWERED, since=view.now - 30 * DAY, limit=50)]
    return None if len(waits) < 5 else max(1, round(median(waits) / MINUTE))


Item = Message | Happening | Note
M, H = message.c, happening.c
_MESSAGE = (M.id, M.conversation_id, M.position, M.at, M.by, M.agent_id, M.text, M.client_id)
_HAPPENING = (H.conversation_id, H.position, H.at, H.what, H.agent_id, H.other_id)
_A = attachment.c
_FILE = (_A.id, _A.name, _A.type, _A.size, _A.width, _A.height)

_MESSAGES = Prepared(
    select(*_MESSAGE).where(
        M.conversation_id == bindparam("id"), M.position.between(bindparam("low"), bindparam("high"))
    )
)
_HAPPENINGS = Prepared(
    select(*_HAPPENING).where(
        H.conversation_id == bindparam("id"), H.position.between(bindparam("low"), bindparam("high"))
    )
)
_FILES = Prepared(
    select(M.id, *_FILE)
    .join(attachment, _A.message_id == M.id)
    .where(M.conversation_id == bindparam("id"), M.position.between(bindparam("low"), bindparam("high")))
    .order_by(_A.place)
)


def timeline(
    view: Reading,
    actor: Actor,
    conversation_id: str,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 60,
) -> tuple[list[Item], bool]:
    """`limit` positions, ascending, and whether there are more in that direction. Notes stand with the
    item they were written under.
    """
    found = get_conversation(view, actor, conversation_id)
    if after is not None:
        low = min(after, found.last_position) + 1
        high = min(low + limit - 1, found.last_position)
        more, under = high < found.last_position, low - 1
    else:
        high = found.last_position if before is None else min(before - 1, found.last_position)
        low = max(1, high - limit + 1)
        more = low > 1
        under = low if more else 0
    return _between(view, actor, conversation_id, low, high, under), more


def said_between(view: Reading, actor: Actor, id: str, low: int, high: int) -> list[Item]:
    """Messages and happenings of a conversation that the actor may see, in no order."""
    span = {"id": id, "low": low, "high": high}
    files = defaultdict[str, list[File]](list)
    for row in view.all(_FILES, **span):
        files[row[0]].append(File(*row[1:]))
    items: list[Item] = [
        Message(*(*row[:7], tuple(files[row[0]]), row[7])) for row in view.all(_MESSAGES, **span)
    ]
    return [*items, *_visible_to(actor, (Happening(*row) for row in view.all(_HAPPENINGS, **span)))]


def _between(view: Reading, actor: Actor, id: str, low: int, high: int, under: int) -> list[Item]:
    """With the notes from position `under` on: whoever has one item may not have all that stands under it."""
    items = said_between(view, actor, id, low, high)
    if isinstance(may_note(actor), Allowed):
        items += read_notes.between(view, id, under, high)
    return sorted(items, key=lambda item: (item.position, isinstance(item, Note), item.at, _id_of(item)))


def _id_of(item: Item) -> str:
    return item.id if isinstance(item, Note) else ""


def _visible_to(actor: Actor, happenings: Iterable[Happening]) -> list[Happening]:
    return [one for one in happenings if actor.kind != "customer" or one.what in HAPPENINGS_FOR_CUSTOMERS]
