"""Which language model finds the passages, and whether it can."""

from dataclasses import replace

import orjson
from sqlalchemy import bindparam, select

from frontdesk.base.access import require
from frontdesk.base.clock import HOUR
from frontdesk.base.db import Reading, Tx
from frontdesk.base.jobs import a_job
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import setting
from frontdesk.know import vectors
from frontdesk.know.access import may_look, may_manage_sources
from frontdesk.know.events import ModelChanged
from frontdesk.know.model import SHIPPED, LanguageModel
from frontdesk.people.model import Actor

_KEY = "know.model"
READ_ANEW, FORGET_VECTORS = "read_anew", "forget_vectors"
# Until then every process has the new ones, and whoever changes their mind has the old ones.
_KEPT_FOR = HOUR
_FRESH = LanguageModel(SHIPPED, None, 0, 0, None, is_off=False)

_FIND = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key", _KEY)))
_PUT = upsert(setting, ["key"], ["value"])


def current(view: Reading) -> LanguageModel:
    found: str | None = view.value(_FIND, key=_KEY)
    return _FRESH if found is None else LanguageModel(**orjson.loads(found))


def get(view: Reading, actor: Actor) -> LanguageModel:
    require(may_look(actor))
    return current(view)


def choose(tx: Tx, actor: Actor, *, name: str) -> dict[str, LanguageModel]:
    """Everything is read with it, and then it is used. The one in use: nothing else is made ready any more.

    Whether there is such a model, and whether it can be read, is the caller's to know.
    """
    require(may_manage_sources(actor))
    now = current(tx)
    if name == now.used:
        # When it was put back after it could not be read, whoever waits for it tries at once.
        return {
            "model": _set(
                tx, replace(now, next=None, done=0, count=0, fault=now.fault if now.is_off else None)
            )
        }
    if name != now.next:
        tx.enqueue(a_job(READ_ANEW, {"name": name}))
        fault = now.fault if now.is_off else None
        _set(tx, replace(now, next=name, done=0, count=0, fault=fault))
    return {"model": current(tx)}


def progress(tx: Tx, name: str, done: int, count: int) -> bool:
    """False: another one was chosen meanwhile."""
    now = current(tx)
    if now.next != name:
        return False
    _set(tx, replace(now, done=done, count=count))
    return True


def refuse(tx: Tx, name: str, fault: str) -> None:
    """It cannot be used; what is used stays."""
    now = current(tx)
    if now.next == name:
        _set(tx, replace(now, next=None, done=0, count=0, fault=fault))


def switch(tx: Tx, name: str, encoder: str) -> bool:
    """From now on it is used, if everything was read with it. False: something was not."""
    now = current(tx)
    if now.next != name:
        return True
    if vectors.missing(tx, encoder, 1):
        return False
    _set(tx, LanguageModel(name, None, 0, 0, now.fault if now.is_off else None, now.is_off))
    tx.enqueue(a_job(FORGET_VECTORS, {"name": name, "encoder": encoder}, tx.now + _KEPT_FOR))
    return True


def forget_others(tx: Tx, name: str, encoder: str) -> bool:
    """A portion of the vectors that no model in use has made; whether there may be more."""
    now = current(tx)
    return (now.used, now.next) == (name, None) and vectors.forget_others(tx, encoder)


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
