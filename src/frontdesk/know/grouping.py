"""Groups of near-same answers in the database: which one a new answer joins, and who speaks for each."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, select

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
# Of a very common answer the newest are enough to choose from.
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
_MEMBER = select(
    E.id, E.text, E.at, E.pleased, E.question, E.customer_id, E.conversation_id, E.message_id, E.agent_id
)
_MEMBERS = Prepared(
    _MEMBER.where(E.passage_id == bindparam("group"))
    .order_by(E.at.desc(), E.id)
    .limit(bindparam("limit", _CONSIDERED))
)
_SAYS = Prepared(
    _MEMBER.where(E.passage_id == bindparam("group"), E.text == bindparam("words"))
    .order_by(E.at.desc(), E.id)
    .limit(bindparam("limit", 1))
)
_COUNTED = Prepared(
    select(func.count(E.customer_id.distinct()), func.min(E.asks)).where(E.passage_id == bindparam("group"))
)
_ASKED = Prepared(
    select(E.question)
    .distinct()
    .where(
        E.passage_id == bindparam("group"),
        E.question.in_([bindparam(f"question{at}") for at in range(MOST_QUESTIONS)]),
    )
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
        was = passages.find(tx, group)
        now = _represented(tx, group, was)
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


def _represented(tx: Tx, group: str, was: Passage | None) -> Passage | None:
    customers, only_asks = tx.all(_COUNTED, group=group)[0]
    if not customers:
        tx.run(_UNMARK, group=group)
    # A question back is only an answer when it is what the team asks everybody.
    if not customers or (customers < 2 and only_asks):
        return None
    members = tx.all(_MEMBERS, group=group, limit=_CONSIDERED)
    row = _speaker(tx, group, members, was)
    return Passage(
        id=group,
        source_id=CONVERSATIONS,
        kind="reply",
        title="",
        heading="",
        questions=_questions(tx, group, members, was),
        text=row[1],
        url=None,
        at=row[2],
        agent_id=row[8],
        conversation_id=None if is_imported(row[6]) else row[6],
        message_id=row[7],
        customer_id=row[5],
        cleared=was is not None and was.cleared and was.text == row[1],
        votes=customers,
    )


def _speaker(tx: Tx, group: str, members: list[Row], was: Passage | None) -> Row:
    """The best one. What an agent has cleared stays while anybody has said it."""
    if was is not None and was.cleared:
        row = tx.first(_SAYS, group=group, words=was.text, limit=1)
        if row is not None:
            return row
    best = groups.best([Voice(row[0], row[1], row[2], bool(row[3])) for row in members])
    return next(row for row in members if row[0] == best.id)


def _questions(tx: Tx, group: str, members: list[Row], was: Passage | None) -> tuple[str, ...]:
    """Of different customers. Those that are there stay, so that they need not be read anew each time."""
    kept = _still_asked(tx, group, was.questions) if was is not None and was.questions else []
    asked = {row[5]: row[4] for row in reversed(members)}
    fresh = (question for question in reversed(asked.values()) if question not in kept)
    return tuple(dict.fromkeys((*kept, *fresh)))[:MOST_QUESTIONS]


def _still_asked(tx: Tx, group: str, questions: Sequence[str]) -> list[str]:
    filled = [*questions, *[questions[0]] * MOST_QUESTIONS][:MOST_QUESTIONS]
    values = {f"question{at}": one for at, one in enumerate(filled)}
    there = {one for (one,) in tx.all(_ASKED, group=group, **values)}
    return [one for one in questions if one in there]
