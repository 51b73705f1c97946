"""A command is done once, however often it is sent."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import bindparam, update

from frontdesk.base.db import Answer, Tx
from frontdesk.base.errors import Conflict, Invalid
from frontdesk.base.ids import is_client_id
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import command

_HAND_OVER = Prepared(
    update(command).where(command.c.actor == bindparam("was")).values(actor=bindparam("now"))
)


def once(tx: Tx, actor: str, client_id: str, body: str, verb: Callable[[Tx], Any]) -> bytes:
    """The verb's value as JSON. The same id again: the first answer; with another body: Conflict."""
    first = tx.find_answer(actor, client_id)
    if first is not None:
        if first.body != body:
            raise Conflict("This command was already sent with other content.", data={"reason": "reused_id"})
        return first.result.encode()
    result = orjson.dumps(verb(tx))
    tx.keep_answer(actor, client_id, Answer(body, result.decode(), tx.now))
    return result


def hand_over(tx: Tx, actor: str, to: str) -> None:
    """Who sent under one name repeats under another, and is still answered once."""
    tx.write_answers()
    tx.run(_HAND_OVER, was=actor, now=to)


def fingerprint(verb: Callable[..., Any], body: dict[str, Any]) -> str:
    """What makes two commands the same."""
    written = orjson.dumps([verb.__module__, verb.__qualname__, body], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(written, digest_size=16).hexdigest()


def checked(client_id: object) -> str:
    if not isinstance(client_id, str) or not is_client_id(client_id):
        raise Invalid("The command needs an id.", fields={"client_id": "8 to 64 of A-Z a-z 0-9 _ -"})
    return client_id
