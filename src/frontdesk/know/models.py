"""Which language model finds the passages, and whether it can."""

from dataclasses import replace

import orjson
from sqlalchemy import bindparam, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import setting
from frontdesk.know.access import may_look
from frontdesk.know.events import ModelChanged
from frontdesk.know.model import SHIPPED, LanguageModel
from frontdesk.people.model import Actor

_KEY = "know.model"
_FRESH = LanguageModel(SHIPPED, None, 0, 0, None, is_off=False)

_FIND = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key", _KEY)))
_PUT = upsert(setting, ["key"], ["value"])


def current(view: Reading) -> LanguageModel:
    found: str | None = view.value(_FIND, key=_KEY)
    return _FRESH if found is None else LanguageModel(**orjson.loads(found))


def get(view: Reading, actor: Actor) -> LanguageModel:
    require(may_look(actor))
    return current(view)


def _set(tx: Tx, now: LanguageModel) -> LanguageModel:
    if now != current(tx):
        tx.run(_PUT, key=_KEY, value=orjson.dumps(now).decode())
        tx.emit(ModelChanged(now))
    return now


def broke(tx: Tx, fault: str) -> None:
    """The model that is used cannot be read: nothing is suggested until it can."""
    _set(tx, replace(current(tx), fault=fault, is_off=True))


def works(tx: Tx) -> None:
    """It was read."""
    now = current(tx)
    if now.is_off:
        _set(tx, replace(now, fault=None, is_off=False))
