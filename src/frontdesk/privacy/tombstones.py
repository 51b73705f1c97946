"""Who was erased does not come back with a backup. Their ids, and nothing else of them, stand in the database
and in a file of the data folder beside it; what a restored database brings back is erased before anybody is
served.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from frontdesk.base.desk import Desk
from frontdesk.base.ids import is_id
from frontdesk.people import erasing as people
from frontdesk.privacy import erasing

FILE = "erased"

Stone = tuple[str, int, str | None]


def write_down(desk: Desk, folder: Path) -> None:
    """Every tombstone of the database is in the file, too."""
    known = {id for id, _, _ in _read(folder)}
    fresh = [one for one in desk.read_now(people.tombstones) if one[0] not in known]
    if not fresh:
        return
    with (folder / FILE).open("ab") as file:
        for id, at, agent_id in fresh:
            file.write(orjson.dumps({"id": id, "at": at, "by": agent_id}) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def apply(desk: Desk, folder: Path) -> int:
    """Erases again whoever came back; how many."""
    stones = [*_read(folder), *desk.read_now(people.tombstones)]
    back = [one for one in stones if desk.read_now(people.is_here, one[0])]
    again = [desk.write_now(erasing.erase_again, id, agent_id) for id, _, agent_id in back]
    write_down(desk, folder)
    return sum(one is not None for one in again)


def _read(folder: Path) -> Iterator[Stone]:
    """What is in the file; a line that was cut off by a crash says nothing."""
    path = folder / FILE
    if not path.is_file():
        return
    for line in path.read_bytes().splitlines():
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(told, dict) and is_id(told.get("id")):
            yield told["id"], int(told.get("at") or 0), told.get("by")
