"""What is left after a transaction has erased something: the bytes of files, the words of search in old parts
of its index, pages of the database that are free now, and its log. A job cleans it, and repeats until it is
done.
"""

from pathlib import Path
from typing import Any

from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.presence import visits
from frontdesk.privacy import tombstones
from frontdesk.search.both import REWRITE


def forget_files(folder: Path, data: dict[str, Any]) -> None:
    files = Files(folder / "files")
    for id in data.get("files", ()):
        files.forget(id)


def cleaned(desk: Desk, folder: Path, data: dict[str, Any]) -> None:
    """Does what the job says. On SQLite everybody who writes waits while the database is written anew."""
    tombstones.write_down(desk, folder)
    forget_files(folder, data)
    # A visit may have been on its way while they were erased.
    desk.write_now(visits.forget_browsers, data.get("browsers", ()))
    desk.scrub(REWRITE)
