"""Whether there is room left on the database's disk, found out by writing."""

from frontdesk.base.db import Tx
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import setting

# A few pages of a database: what fits into the last free corner proves nothing.
_SIZE = 32 * 1024
_PUT = upsert(setting, ["key"], ["value"])
_DROP = Prepared(setting.delete().where(setting.c.key == "base.room"))


def use_some(tx: Tx) -> None:
    """Writes and takes it back. Raises, at the latest when it is committed, what a full disk raises."""
    tx.run(_PUT, key="base.room", value="." * _SIZE)
    tx.run(_DROP)
