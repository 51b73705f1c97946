"""Learning in tests: one set of word lists for all, because opening them takes seconds."""

from functools import cache

from sqlalchemy import select
from tests.cast import Talk, id_of

from frontdesk.base.desk import Desk
from frontdesk.know import imports, passages, replies
from frontdesk.know.blanks import Blanker
from frontdesk.know.everyday import Everyday
from frontdesk.know.model import Passage
from frontdesk.know.public import Public
from frontdesk.know.tables import passage

_REPLIES = select(passage.c.id).where(passage.c.kind == "reply").order_by(passage.c.id)


@cache
def everyday() -> Everyday:
    return Everyday()


def blanker(*public: str) -> Blanker:
    return Blanker(everyday(), Public(public))


def learn(desk: Desk, talk: Talk, *public: str) -> None:
    heard = desk.read_now(replies.hear, blanker(*public), id_of(talk))
    desk.write_now(replies.keep, [heard] if heard else [])


def learn_all(desk: Desk, *public: str) -> None:
    teacher = blanker(*public)
    for portion in (replies.portion, imports.portion):
        after: str | None = ""
        while after is not None:
            found = desk.read_now(portion, teacher, after, 50)
            desk.write_now(replies.keep, found.heard)
            after = found.after


def learnt(desk: Desk) -> list[Passage]:
    ids = [row[0] for row in desk.read_now(lambda view: view.all(_REPLIES))]
    found = [desk.read_now(passages.find, one) for one in ids]
    return [one for one in found if one is not None]


def texts(desk: Desk) -> list[str]:
    return [one.text for one in learnt(desk)]
