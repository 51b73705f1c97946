"""Groups of near-same answers in the database: which one a new answer joins, and who speaks for each."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from frontdesk.base.db import Row, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.know import groups, passages
from frontdesk.know.exchanges import is_imported
from frontdesk.know.groups import Voice
from frontdesk.know.model import CONVERSATIONS, Passage
from frontdesk.know.tables import exchange, likeness

E = exchange.c
MOST_QUESTIONS = 12
# Of a very common answer the newest are enough to choose from; all are counted.
_CONSIDERED = 100
_ALIKE = Prepared(
    select(likeness.c.passage_id)
    .distinct()
    .where(likeness.c.band.in_([bindparam(f"band{at}") for at in range(groups.BANDS)]))
    .limit(bindparam("limit", 60))
)
_NEWEST = Prepared(
    select(E.text)
    .where(E.passage_id == bindparam("group"))
    .order_by(E.at.desc(), E.id)
    .limit(bindparam("limit", 1))
)
_MEMBERS = Prepared(
    select(
        E.id,
        E.text,
        E.at,
        E.pleased,
        E.question,
        E.customer_id,
        E.conversation_id,
        E.message_id,
        E.agent_id,
        E.asks,
    )
    .where(E.passage_id == bindparam("group"))
    .order_by(E.at.desc(), E.id)
)
_MARK = insert_if_new(likeness)
_UNMARK = Prepared(delete(likeness).where(likeness.c.passage_id == bindparam("group")))


def group_for(tx: Tx, text: str) -> str:
    """The id of the passage that says the same; a new one when none does."""
    shape = groups.shape(text)
    keys = groups.bands(shape)
    found = tx.all(_ALIKE, **{f"band{at}": key for at, key in enumerate(keys)}, limit=60) if keys else []
    group = next((id for (id,) in found if _says(tx, id, shape)), None) or new_id()
    for key in keys:
        tx.run(_MARK, band=key, passage_id=group)
    return group


def _says(tx: Tx, group: str, shape: groups.Shape) -> bool:
    text = tx.value(_NEWEST, group=group, limit=1)
    return text is not None and groups.say_the_same(shape, groups.shape(text))


def settle(tx: Tx, changed: Sequence[str]) -> None:
    """Who speaks for these groups now. A group that nobody is in any more is dropped."""
    gone: list[str] = []
    fresh: list[Passage] = []
    for group in changed:
        members = tx.all(_MEMBERS, group=group)
        was = passages.find(tx, group)
        now = _represented(group, members, was)
        if not members:
            tx.run(_UNMARK, group=group)
        if now is None:
            gone += [group] if was else []
        elif was is None:
            fresh.append(now)
        else:
            passages.change(tx, now)
    if fresh:
        passages.add(tx, fresh)
    if gone:
        passages.drop(tx, gone)


def _represented(group: str, members: list[Row], was: Passage | None) -> Passage | None:
    customers = {row[5] for row in members}
    # A question back is only an answer when it is what the team asks everybody.
    if not members or (len(customers) < 2 and all(row[9] for row in members)):
        return None
    text = _spoken(members[:_CONSIDERED], was)
    row = next(row for row in members if row[1] == text)
    return Passage(
        id=group,
        source_id=CONVERSATIONS,
        kind="reply",
        title="",
        heading="",
        questions=_questions(members),
        text=text,
        url=None,
        at=row[2],
        agent_id=row[8],
        conversation_id=None if is_imported(row[6]) else row[6],
        message_id=row[7],
        customer_id=row[5],
        cleared=was is not None and was.cleared and was.text == text,
        votes=len(customers),
    )


def _spoken(members: list[Row], was: Passage | None) -> str:
    """The best one's text. What an agent has cleared stays while anybody has said it."""
    if was is not None and was.cleared and any(row[1] == was.text for row in members):
        return was.text
    return groups.best([Voice(row[0], row[1], row[2], bool(row[3])) for row in members]).text


def _questions(members: list[Row]) -> tuple[str, ...]:
    """The newest of different customers."""
    asked: dict[str, str] = {}
    for row in members:
        if row[4] not in asked.values():
            asked.setdefault(row[5], row[4])
    return tuple(asked.values())[:MOST_QUESTIONS]
