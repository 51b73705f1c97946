"""Files that belong to messages. The bytes lie in a folder under a random name; here is what is known."""

from sqlalchemy import bindparam, func, select, update

from frontdesk.base.access import require
from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Missing, TooMany
from frontdesk.base.files import Stored
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.talk.access import may_open_file
from frontdesk.talk.events import FileUploaded
from frontdesk.talk.model import File
from frontdesk.talk.tables import attachment, conversation, message

A = attachment.c
LARGEST = 20 * 1024 * 1024
_DAILY_FILES = 100
_DAILY_BYTES = 500 * 1024 * 1024
UNUSED_AFTER = DAY

_COLUMNS = (A.id, A.name, A.type, A.size, A.width, A.height)
_INSERT = Prepared(attachment.insert())
_UNUSED = Prepared(
    select(*_COLUMNS).where(
        A.id == bindparam("file"), A.uploader == bindparam("actor"), A.message_id.is_(None)
    )
)
_ATTACH = Prepared(
    update(attachment)
    .where(A.id == bindparam("file"), A.uploader == bindparam("actor"), A.message_id.is_(None))
    .values(message_id=bindparam("message"), place=bindparam("nth"))
)
_TODAY = Prepared(
    select(func.count(), func.coalesce(func.sum(A.size), 0)).where(
        A.uploader == bindparam("actor"), A.at > bindparam("since")
    )
)
_OPEN = Prepared(
    select(*_COLUMNS, A.uploader, conversation.c.customer_id)
    .outerjoin(message, message.c.id == A.message_id)
    .outerjoin(conversation, conversation.c.id == message.c.conversation_id)
    .where(A.id == bindparam("file"))
)
_FORGET = Prepared(attachment.delete().where(A.id == bindparam("file"), A.message_id.is_(None)))


def add(tx: Tx, actor: Actor, stored: Stored, *, name: str, size: int) -> dict[str, File]:
    """A file that was uploaded and is in no message yet. Raises TooMany beyond a day's share."""
    file = File(stored.id, name, stored.type, size, stored.width, stored.height)
    count, size = tx.first(_TODAY, actor=actor.key, since=tx.now - DAY) or (0, 0)
    if count >= _DAILY_FILES or size + file.size > _DAILY_BYTES:
        raise TooMany("That is enough files for today.", data={"retry_after": 3600})
    tx.run(
        _INSERT,
        id=file.id,
        uploader=actor.key,
        at=tx.now,
        name=file.name,
        type=file.type,
        size=file.size,
        width=file.width,
        height=file.height,
        message_id=None,
        place=0,
    )
    tx.emit(FileUploaded(file.id))
    return {"file": file}


def mine(tx: Tx, actor: Actor, ids: list[str]) -> tuple[File, ...]:
    """The actor's own uploads that no message holds yet. Raises Missing for any other id."""
    rows = [tx.first(_UNUSED, file=id, actor=actor.key) for id in ids]
    if None in rows or len(set(ids)) < len(ids):
        raise Missing("A file is not there any more. Attach it again.")
    return tuple(File(*row) for row in rows if row is not None)


def attach(tx: Tx, actor: Actor, ids: list[str], message_id: str) -> None:
    for nth, id in enumerate(ids):
        if tx.run(_ATTACH, file=id, actor=actor.key, message=message_id, nth=nth) == 0:
            raise Missing("A file is not there any more. Attach it again.")


def get(view: Reading, actor: Actor, file_id: str) -> File:
    """Raises Missing, alike for what is not there and what the actor may not open."""
    row = view.first(_OPEN, file=file_id)
    if row is None:
        raise Missing("There is no such file.")
    require(may_open_file(actor, row[6], row[7]), "file")
    return File(*row[:6])


def forget_unused(tx: Tx, file_id: str) -> bool:
    """True when the row is gone and the bytes may follow; a file in a message stays."""
    return tx.run(_FORGET, file=file_id) == 1
